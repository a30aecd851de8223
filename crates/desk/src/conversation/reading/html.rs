//! Folding within the HTML of a letter: its lines are read as a reader sees them, judged like those of a plain text, and what is of no
//! interest at first is put into `<details>`, which opens without any script. Nothing is taken out and nothing moves.

use super::fold::{Kind, Run, folds, kinds};
use super::lines::{Line, Mark, Quoted};
use super::tree::{self, Node, What};
use crate::conversation::sanitise::marks;

/// What stands on the folds, in the reader's language.
#[derive(Clone, Copy, Debug)]
pub struct Labels<'a> {
    /// On earlier messages.
    pub quote: &'a str,
    /// On a signature.
    pub signature: &'a str,
    /// On a legal notice.
    pub disclaimer: &'a str,
    /// BCP 47 tag of the reader's language.
    pub language: &'a str,
}

const BLOCKS: [&str; 29] = [
    "address",
    "blockquote",
    "caption",
    "center",
    "dd",
    "details",
    "div",
    "dl",
    "dt",
    "figcaption",
    "figure",
    "footer",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "li",
    "ol",
    "p",
    "pre",
    "summary",
    "table",
    "tr",
    "ul",
    "tbody",
];
/// Blocks with a gap above and below.
const PARAGRAPHS: [&str; 12] = ["p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "pre", "table", "blockquote"];
/// Elements whose children can be nothing but their own parts: a fold between those would be thrown out by the browser.
const STRICT: [&str; 9] = ["table", "tbody", "thead", "tfoot", "tr", "colgroup", "ul", "ol", "dl"];
/// Headings that Outlook draws a line above, in the colours of its versions.
const OUTLOOK_LINES: [&str; 3] = ["border-top:solid #e1e1e1", "border-top:solid #b5c4df", "border-top: solid #e1e1e1"];

/// Clean HTML with its quotes, signature and legal notice folded. HTML in which nothing new would be left comes back as it is.
#[must_use]
pub fn fold_html(clean: &str, labels: &Labels<'_>) -> String {
    let Some(nodes) = tree::read(clean) else { return clean.to_owned() };
    let page = Page::of(&nodes);
    let mut wraps: Vec<Wrap> = Vec::new();
    for fold in folds(&kinds(&page.lines), &page.lines) {
        page.wrap(&nodes, fold, &mut wraps);
    }
    wraps.sort_by_key(|wrap| wrap.from);
    let mut out = String::with_capacity(clean.len() + wraps.len() * 100);
    let mut at = 0;
    for wrap in wraps {
        let label = match wrap.kind {
            Kind::Signature => labels.signature,
            Kind::Disclaimer => labels.disclaimer,
            _ => labels.quote,
        };
        let label = label.replace('&', "&amp;").replace('<', "&lt;");
        out.push_str(clean.get(at..wrap.from).unwrap_or_default());
        out.push_str(&format!("<details class=\"fold\"><summary lang=\"{}\">{label}</summary>", labels.language));
        out.push_str(clean.get(wrap.from..wrap.until).unwrap_or_default());
        out.push_str("</details>");
        at = wrap.until;
    }
    out.push_str(clean.get(at..).unwrap_or_default());
    out
}

/// Bytes that go behind one fold.
struct Wrap {
    kind: Kind,
    from: usize,
    until: usize,
}

/// A line with the leaves that stand in it.
#[derive(Default)]
struct PageLine {
    line: Line,
    leaves: Option<(usize, usize)>,
}

/// The lines of a letter with the leaves in each, and for each node the first and last of the leaves within it. Leaves are texts and
/// pictures that can be seen.
struct Page {
    lines: Vec<Line>,
    leaves: Vec<Option<(usize, usize)>>,
    spans: Vec<Option<(usize, usize)>>,
}

impl Page {
    fn of(nodes: &[Node<'_>]) -> Self {
        let states = Vec::with_capacity(nodes.len());
        let mut reader = Reader { lines: Vec::new(), current: PageLine::default(), spans: vec![None; nodes.len()], leaves: 0, states };
        let mut closing: Vec<usize> = Vec::new();
        for (id, node) in nodes.iter().enumerate() {
            while let Some(open) = closing.last().and_then(|open| nodes.get(*open)).filter(|open| open.end <= node.start && node.start > 0)
            {
                reader.end_of(open.tag());
                closing.pop();
            }
            reader.enter(id, node);
            if !node.children.is_empty() {
                closing.push(id);
            }
        }
        // Parents stand before their children.
        for (id, node) in nodes.iter().enumerate().skip(1).rev() {
            if let Some(Some((first, last))) = reader.spans.get(id).copied()
                && let Some(parent) = reader.spans.get_mut(node.parent)
            {
                *parent = Some(parent.map_or((first, last), |(f, l)| (f.min(first), l.max(last))));
            }
        }
        reader.end_line();
        let (mut lines, leaves): (Vec<Line>, Vec<_>) = reader.lines.into_iter().map(|line| (line.line, line.leaves)).unzip();
        lines.iter_mut().for_each(Line::settle);
        Self { lines, leaves, spans: reader.spans }
    }

    /// Finds the nodes that hold the lines of a fold and nothing else.
    fn wrap(&self, nodes: &[Node<'_>], fold: Run, wraps: &mut Vec<Wrap>) {
        let within = self.leaves.iter().take(fold.until).skip(fold.from).filter_map(|leaves| *leaves);
        let Some((first, last)) = within.reduce(|a, b| (a.0.min(b.0), a.1.max(b.1))) else { return };
        let mut open = vec![0_usize];
        while let Some(id) = open.pop() {
            let Some(node) = nodes.get(id) else { continue };
            let mut run: Option<(usize, usize)> = None;
            let may_wrap = may_hold_a_fold(nodes, id);
            for child in &node.children {
                let Some(held) = nodes.get(*child) else { continue };
                match self.spans.get(*child).copied().flatten() {
                    Some((from, until)) if first <= from && until <= last => {
                        run = Some((run.map_or(held.start, |(start, _)| start), held.end));
                    }
                    Some((from, until)) => {
                        if from <= last && first <= until {
                            open.push(*child);
                        }
                        end_run(&mut run, may_wrap, fold.kind, wraps);
                    }
                    None => {}
                }
            }
            end_run(&mut run, may_wrap, fold.kind, wraps);
        }
    }
}

fn end_run(run: &mut Option<(usize, usize)>, may_wrap: bool, kind: Kind, wraps: &mut Vec<Wrap>) {
    if let Some((from, until)) = run.take().filter(|_| may_wrap) {
        wraps.push(Wrap { kind, from, until });
    }
}

/// Whether a browser would leave `<details>` where it is put among the children of the node: a paragraph would end there.
fn may_hold_a_fold(nodes: &[Node<'_>], id: usize) -> bool {
    let mut at = id;
    if nodes.get(id).is_some_and(|node| STRICT.contains(&node.tag())) {
        return false;
    }
    while let Some(node) = nodes.get(at) {
        match node.tag() {
            "p" | "summary" => return false,
            "td" | "th" | "caption" => return true,
            _ if at == 0 => return true,
            _ => at = node.parent,
        }
    }
    false
}

/// What an element says of all within it.
#[derive(Clone, Copy, Default)]
struct State {
    quoted: Quoted,
    mark: Option<Mark>,
}

struct Reader {
    lines: Vec<PageLine>,
    current: PageLine,
    spans: Vec<Option<(usize, usize)>>,
    leaves: usize,
    states: Vec<State>,
}

impl Reader {
    fn enter(&mut self, id: usize, node: &Node<'_>) {
        let around = self.states.get(node.parent).copied().unwrap_or_default();
        match node.what {
            What::Text(text) => {
                self.states.push(around);
                self.text(id, &decoded(text), around);
            }
            What::Element { tag, .. } => {
                self.begin_of(tag);
                let mut state = around;
                if tag == "blockquote" {
                    state.quoted = match node.attribute("type").is_some() || node.is_marked(marks::QUOTE) {
                        true => Quoted::Yes,
                        false if around.quoted == Quoted::Yes => Quoted::Yes,
                        false => Quoted::Perhaps,
                    };
                }
                let outlook =
                    || tag == "div" && node.attribute("style").is_some_and(|style| OUTLOOK_LINES.iter().any(|line| style.contains(line)));
                let begins_history = around.quoted != Quoted::Yes && (node.is_marked(marks::HISTORY) || outlook());
                state.mark = match () {
                    () if begins_history => Some(Mark::History),
                    () if node.is_marked(marks::ATTRIBUTION) => Some(Mark::Attribution),
                    () if node.is_marked(marks::SIGNATURE) => Some(Mark::Signature),
                    () => around.mark,
                };
                self.states.push(state);
                if begins_history {
                    // The mark itself may hold nothing: what follows it is meant.
                    self.line_break();
                    self.current.line.mark = Some(Mark::History);
                }
                if tag == "img" && !node.is_marked(marks::TRACKER) || tag == "hr" {
                    self.current.line.picture |= tag == "img";
                    self.leaf(id, state);
                }
                if tag == "hr" {
                    self.current.line.text.push_str("__________");
                    self.line_break();
                }
            }
        }
    }

    fn text(&mut self, id: usize, text: &str, state: State) {
        if text.trim_matches([' ', '\u{A0}', '\n', '\t', '\r', '\u{200B}']).is_empty() {
            let current = &mut self.current;
            if !current.line.text.is_empty() {
                current.line.text.push(' ');
            }
            return;
        }
        self.leaf(id, state);
        let current = &mut self.current;
        for word in text.split_inclusive([' ', '\n', '\t', '\r']) {
            let bare = word.trim_end_matches([' ', '\n', '\t', '\r']);
            current.line.text.push_str(bare);
            if bare.len() < word.len() && !current.line.text.ends_with(' ') {
                current.line.text.push(' ');
            }
        }
    }

    fn leaf(&mut self, id: usize, state: State) {
        let leaf = self.leaves;
        self.leaves += 1;
        if let Some(span) = self.spans.get_mut(id) {
            *span = Some((leaf, leaf));
        }
        let current = &mut self.current;
        current.leaves = Some(current.leaves.map_or((leaf, leaf), |(first, _)| (first, leaf)));
        // A line is quoted or marked as its first words are.
        if current.leaves == Some((leaf, leaf)) {
            current.line.quoted = state.quoted;
            current.line.mark = current.line.mark.or(state.mark);
        }
    }

    fn begin_of(&mut self, tag: &str) {
        match tag {
            "br" => self.end_line(),
            "td" | "th" => self.current.line.text.push(' '),
            _ if BLOCKS.contains(&tag) => self.gap(tag),
            _ => {}
        }
    }

    fn end_of(&mut self, tag: &str) {
        if BLOCKS.contains(&tag) {
            self.gap(tag);
        }
    }

    fn gap(&mut self, tag: &str) {
        self.line_break();
        if PARAGRAPHS.contains(&tag) && self.lines.last().is_some_and(|line| line.leaves.is_some()) {
            self.end_line();
        }
    }

    /// Begins a line, unless nothing stands in the current one.
    fn line_break(&mut self) {
        if self.current.leaves.is_some() || self.current.line.mark.is_some() {
            self.end_line();
        }
    }

    fn end_line(&mut self) {
        self.lines.push(std::mem::take(&mut self.current));
    }
}

/// The characters that a serialiser writes as entities.
fn decoded(text: &str) -> String {
    text.replace("&nbsp;", "\u{A0}").replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&")
}
