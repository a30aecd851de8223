//! The drawing of a practice: a column for each turn, a row for each state, ways that never cross a state.
//!
//! A way leaves its state sideways in the state's own row, which no other state is in, turns in the gap beside the column that it leads
//! to, and enters sideways. So no way can run behind a state, whatever is drawn.

use people::settings::Practice;
use people::settings::practice::TURNS;

/// Width of a state.
pub(super) const NODE_WIDTH: i32 = 118;
/// Height of a state.
pub(super) const NODE_HEIGHT: i32 = 38;
const ROW: i32 = 54;
/// Room for the heads of the columns.
pub(super) const TOP: i32 = 44;
const GAP: i32 = 20;
const LANE: i32 = 8;
const CORNER: i32 = 6;

/// A state's place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Node {
    pub(super) word: String,
    pub(super) x: i32,
    pub(super) y: i32,
}

/// A line between two states, with a head for each direction that exists.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Line {
    pub(super) from: String,
    pub(super) to: String,
    /// Whether the way back exists too.
    pub(super) both: bool,
    pub(super) path: String,
    pub(super) heads: String,
}

/// Everything that is drawn.
#[derive(Clone, Debug, Default)]
pub(super) struct Drawing {
    pub(super) width: i32,
    pub(super) height: i32,
    /// Left edges of the columns.
    pub(super) columns: Vec<i32>,
    pub(super) nodes: Vec<Node>,
    pub(super) lines: Vec<Line>,
}

#[derive(Clone, Copy)]
struct Edge {
    a: usize,
    b: usize,
    forth: bool,
    back: bool,
}

/// How an edge runs: straight down within a column, or through a lane of a gap.
#[derive(Clone, Copy)]
struct Run {
    edge: Edge,
    gap: Option<usize>,
    leaves_right: bool,
    enters_right: bool,
}

fn column_of(practice: &Practice, at: usize) -> usize {
    let turn = practice.statuses.get(at).map(|status| status.turn.as_str()).unwrap_or_default();
    TURNS.iter().position(|known| *known == turn).unwrap_or(0)
}

fn edges(practice: &Practice) -> Vec<Edge> {
    let at = |word: &str| practice.statuses.iter().position(|status| status.word == word);
    let mut found: Vec<Edge> = Vec::new();
    for way in &practice.transitions {
        let (Some(from), Some(to)) = (at(&way.from), at(&way.to)) else { continue };
        let (a, b, forth) = if from < to { (from, to, true) } else { (to, from, false) };
        match found.iter_mut().find(|edge| edge.a == a && edge.b == b) {
            Some(edge) if forth => edge.forth = true,
            Some(edge) => edge.back = true,
            None => found.push(Edge { a, b, forth, back: !forth }),
        }
    }
    found
}

fn run(practice: &Practice, edge: Edge) -> Run {
    let (from, to) = (column_of(practice, edge.a), column_of(practice, edge.b));
    let between = (edge.a + 1..edge.b).any(|at| column_of(practice, at) == from);
    match from.cmp(&to) {
        std::cmp::Ordering::Less => Run { edge, gap: Some(to), leaves_right: true, enters_right: false },
        std::cmp::Ordering::Greater => Run { edge, gap: Some(to + 1), leaves_right: false, enters_right: true },
        std::cmp::Ordering::Equal if between => Run { edge, gap: Some(from), leaves_right: false, enters_right: false },
        std::cmp::Ordering::Equal => Run { edge, gap: None, leaves_right: false, enters_right: false },
    }
}

/// Where the ends of lines meet a side of a state: apart from each other, in the order of where they go.
fn port(runs: &[Run], at: usize, right: bool, this: &Edge) -> i32 {
    let mut others: Vec<usize> = Vec::new();
    for run in runs.iter().filter(|run| run.gap.is_some()) {
        if run.edge.a == at && run.leaves_right == right {
            others.push(run.edge.b);
        } else if run.edge.b == at && run.enters_right == right {
            others.push(run.edge.a);
        }
    }
    others.sort_unstable();
    let other = if this.a == at { this.b } else { this.a };
    let place = others.iter().position(|one| *one == other).unwrap_or(0);
    let (place, count) = (i32::try_from(place).unwrap_or(0), i32::try_from(others.len()).unwrap_or(1));
    top(at) + NODE_HEIGHT * (place + 1) / (count + 1)
}

fn top(at: usize) -> i32 {
    TOP + ROW * i32::try_from(at).unwrap_or(0)
}

/// For each run the lane of its gap: two that would lie over each other get different ones.
fn lanes(runs: &[Run]) -> Vec<usize> {
    let mut given: Vec<usize> = Vec::with_capacity(runs.len());
    for (index, run) in runs.iter().enumerate() {
        let Some(gap) = run.gap else {
            given.push(0);
            continue;
        };
        let clash = |other: &Run| other.gap == Some(gap) && other.edge.a < run.edge.b + 1 && run.edge.a < other.edge.b + 1;
        let taken: Vec<usize> = runs.iter().take(index).zip(&given).filter(|(other, _)| clash(other)).map(|(_, lane)| *lane).collect();
        given.push((0..).find(|lane| !taken.contains(lane)).unwrap_or(0));
    }
    given
}

/// Draws a practice.
pub(super) fn drawing(practice: &Practice) -> Drawing {
    let mut runs: Vec<Run> = edges(practice).into_iter().map(|edge| run(practice, edge)).collect();
    // Short ones first: they get the lanes nearest to the states.
    runs.sort_by_key(|run| (run.edge.b - run.edge.a, run.edge.a));
    let lanes = lanes(&runs);
    let widest = |gap: usize| {
        let used = runs.iter().zip(&lanes).filter(|(run, _)| run.gap == Some(gap)).map(|(_, lane)| lane + 1).max().unwrap_or(0);
        GAP + LANE * i32::try_from(used).unwrap_or(0)
    };
    let mut columns = Vec::with_capacity(TURNS.len());
    let mut gaps = Vec::with_capacity(TURNS.len() + 1);
    let mut x = 0;
    for gap in 0..=TURNS.len() {
        gaps.push(x);
        x += if gap == TURNS.len() { widest(gap) - GAP + 4 } else { widest(gap) };
        if gap < TURNS.len() {
            columns.push(x);
            x += NODE_WIDTH;
        }
    }
    let left = |at: usize| columns.get(column_of(practice, at)).copied().unwrap_or(0);
    let nodes =
        practice.statuses.iter().enumerate().map(|(at, status)| Node { word: status.word.clone(), x: left(at), y: top(at) }).collect();
    let lines = runs.iter().zip(&lanes).map(|(run, lane)| line(practice, (run, *lane), &runs, (&gaps, &left))).collect();
    Drawing { width: x, height: top(practice.statuses.len()) - ROW + NODE_HEIGHT + 10, columns, nodes, lines }
}

fn line(practice: &Practice, (run, lane): (&Run, usize), runs: &[Run], (gaps, left): (&[i32], &impl Fn(usize) -> i32)) -> Line {
    let Edge { a, b, forth, back } = run.edge;
    let word = |at: usize| practice.statuses.get(at).map(|status| status.word.clone()).unwrap_or_default();
    let (from, to) = if forth { (word(a), word(b)) } else { (word(b), word(a)) };
    let both = forth && back;
    let Some(gap) = run.gap else {
        let (x, start, end) = (left(a) + NODE_WIDTH / 2, top(a) + NODE_HEIGHT, top(b));
        let mut heads = String::new();
        if forth {
            heads.push_str(&format!("M{x} {end}l-4 -7h8z"));
        }
        if back {
            heads.push_str(&format!("M{x} {start}l-4 7h8z"));
        }
        return Line { from, to, both, path: format!("M{x} {start}V{end}"), heads };
    };
    let side = |at: usize, right: bool| left(at) + if right { NODE_WIDTH } else { 0 };
    let (x0, y0) = (side(a, run.leaves_right), port(runs, a, run.leaves_right, &run.edge));
    let (x1, y1) = (side(b, run.enters_right), port(runs, b, run.enters_right, &run.edge));
    let lane = gaps.get(gap).copied().unwrap_or(0) + GAP / 2 + LANE * i32::try_from(lane).unwrap_or(0);
    let corner = CORNER.min((y1 - y0).abs() / 2);
    let (into, out, down) = ((lane - x0).signum(), (x1 - lane).signum(), (y1 - y0).signum());
    let path = format!(
        "M{x0} {y0}H{}Q{lane} {y0} {lane} {}V{}Q{lane} {y1} {} {y1}H{x1}",
        lane - corner * into,
        y0 + corner * down,
        y1 - corner * down,
        lane + corner * out
    );
    let head = |x: i32, y: i32, right: bool| if right { format!("M{x} {y}l7 -4v8z") } else { format!("M{x} {y}l-7 -4v8z") };
    let mut heads = String::new();
    if forth {
        heads.push_str(&head(x1, y1, run.enters_right));
    }
    if back {
        heads.push_str(&head(x0, y0, run.leaves_right));
    }
    Line { from, to, both, path, heads }
}

#[cfg(test)]
mod tests {
    use kernel::Names;
    use people::settings::{Status, Transition};

    use super::*;

    fn practice(states: &[(&str, &str)], ways: &[(&str, &str)]) -> Practice {
        Practice {
            version: 1,
            statuses: states
                .iter()
                .map(|(word, turn)| Status { word: (*word).into(), turn: (*turn).into(), names: Names::new() })
                .collect(),
            transitions: ways.iter().map(|(from, to)| Transition::plain(*from, *to)).collect(),
        }
    }

    #[test]
    fn each_state_has_a_row_and_stands_under_its_turn() {
        let drawn = drawing(&practice(&[("new", "us"), ("pending", "requester"), ("open", "us"), ("closed", "done")], &[]));
        let of = |word: &str| drawn.nodes.iter().find(|node| node.word == word).unwrap();
        assert_eq!(of("new").x, of("open").x);
        assert!(of("new").x < of("pending").x && of("pending").x < of("closed").x);
        let rows: std::collections::BTreeSet<i32> = drawn.nodes.iter().map(|node| node.y).collect();
        assert_eq!(rows.len(), 4);
        assert!(drawn.nodes.iter().all(|node| node.x >= 0 && node.x + NODE_WIDTH <= drawn.width && node.y + NODE_HEIGHT <= drawn.height));
    }

    #[test]
    fn a_way_and_the_way_back_are_one_line_with_two_heads() {
        let drawn = drawing(&practice(&[("new", "us"), ("pending", "requester")], &[("pending", "new"), ("new", "pending")]));
        assert_eq!(drawn.lines.len(), 1);
        assert!(drawn.lines[0].both && drawn.lines[0].heads.matches('M').count() == 2);
    }

    #[test]
    fn no_vertical_of_a_line_runs_through_a_column() {
        let states = [("a", "us"), ("b", "requester"), ("c", "us"), ("d", "third_party"), ("e", "us"), ("f", "done")];
        let words: Vec<&str> = states.iter().map(|(word, _)| *word).collect();
        let ways: Vec<(&str, &str)> =
            words.iter().flat_map(|from| words.iter().filter(move |to| *to != from).map(move |to| (*from, *to))).collect();
        let drawn = drawing(&practice(&states, &ways));
        assert_eq!(drawn.lines.len(), 15);
        for line in drawn.lines.iter().filter(|line| line.path.contains('Q')) {
            // The lane is the first number after the first Q.
            let lane: i32 = line.path.split('Q').nth(1).and_then(|rest| rest.split(' ').next()).unwrap().parse().unwrap();
            assert!(drawn.columns.iter().all(|x| lane <= *x || lane >= x + NODE_WIDTH), "{}", line.path);
        }
    }
}
