//! Pages and counts of tickets as SQL, put together from typed parts: expressions of the program and bound values only.

use std::collections::HashSet;

use kernel::{DeskId, Result, TicketId};
use query::Bind;
use store::{Db, Dialect, Row, Value, listed, values};

use super::Mark;
use super::record::About;
use crate::mentioning;
use crate::ticket::{Ticket, rows as ticket_rows};

/// Conditions that all must hold, with their values in the order of the placeholders.
#[derive(Clone, Debug, Default)]
pub struct Predicate {
    parts: Vec<String>,
    binds: Vec<Bind>,
    /// No desk and no person narrows it: it is read in the order of all tickets.
    pub(super) is_everywhere: bool,
}

impl Predicate {
    /// One more condition, whose placeholders continue the numbering. It is grouped here: alternatives that a reader asks for must not
    /// reach past what the reader may see.
    pub fn add(&mut self, text: &str, binds: Vec<Bind>) {
        if !text.is_empty() {
            self.parts.push(format!("({text})"));
        }
        self.binds.extend(binds);
    }
    pub(super) fn text(&self) -> String {
        if self.parts.is_empty() { "1 = 1".to_owned() } else { self.parts.join(" AND ") }
    }
    /// What tells it from every other: its conditions and their values.
    pub(super) fn key(&self) -> String {
        format!("{} {:?}", self.text(), self.binds)
    }
    /// Whether it asks about links, which depend on another ticket, too.
    pub(super) fn asks_links(&self) -> bool {
        self.parts.iter().any(|part| part.contains("ticket_link"))
    }
    fn place(&mut self, value: i64) -> String {
        self.binds.push(Bind::Int(value));
        format!("?{}", self.binds.len())
    }
    /// Another's conditions as a text whose placeholders stand for values of this one, which it takes over.
    fn take_in(&mut self, other: &Self) -> String {
        let text = numbered_from(self.binds.len(), &other.text());
        self.binds.extend(other.binds.iter().cloned());
        text
    }
    fn values(&self) -> Vec<Value<'_>> {
        self.binds.iter().map(value).collect()
    }
}

/// A text of the program with its placeholders counted on from so many.
fn numbered_from(first: usize, text: &str) -> String {
    let mut pieces = text.split('?');
    let mut out = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let digits = piece.bytes().take_while(u8::is_ascii_digit).count();
        let (number, rest) = piece.split_at(digits);
        match number.parse::<usize>() {
            Ok(number) => out.push_str(&format!("?{}{rest}", first + number)),
            Err(_) => out.push_str(&format!("?{piece}")),
        }
    }
    out
}

fn value(bind: &Bind) -> Value<'_> {
    match bind {
        Bind::Int(number) => Value::from(*number),
        Bind::Real(number) => Value::from(*number),
        Bind::Text(text) => Value::from(text.as_str()),
    }
}

/// How many tickets fit.
pub fn count(db: &mut Db<'_>, predicate: &Predicate) -> Result<u64> {
    let sql = format!("SELECT COUNT(*) FROM ticket t WHERE {}", predicate.text());
    let count: i64 = db.query_one(&sql, &predicate.values(), |row| row.get(0))?;
    Ok(u64::try_from(count).unwrap_or(0))
}

/// The tickets that fit, in no order; as many as there are.
pub(super) fn ids(db: &mut Db<'_>, predicate: &Predicate) -> Result<Vec<i64>> {
    let mut found = Vec::new();
    db.each(&format!("SELECT t.id FROM ticket t WHERE {}", predicate.text()), &predicate.values(), |row| {
        found.push(row.get(0)?);
        Ok(())
    })?;
    Ok(found)
}

/// Those of these tickets that fit. The candidates come first in the join, so that each is looked up by its id whatever else there is an
/// index for.
pub(super) fn still(db: &mut Db<'_>, predicate: &Predicate, ids: &[i64]) -> Result<Vec<i64>> {
    let mut found = Vec::new();
    for group in ids.chunks(CANDIDATES_MANY) {
        let size = padded(group.len());
        let mut here = predicate.clone();
        let some = group.iter().copied().chain(std::iter::repeat(0)).take(size);
        let places: Vec<String> = some.map(|id| format!("(CAST({} AS BIGINT))", here.place(id))).collect();
        let sql = format!(
            "WITH c (id) AS (VALUES {}) SELECT t.id FROM c CROSS JOIN ticket t WHERE t.id = c.id AND {}",
            places.join(", "),
            predicate.text()
        );
        found.extend(db.query(&sql, &here.values(), |row| row.get::<i64>(0))?);
    }
    Ok(found)
}

/// For each of these conditions, those of these few tickets that fit it: all of it by one statement.
pub(super) fn fitting(db: &mut Db<'_>, predicates: &[&Predicate], ids: &[i64]) -> Result<Vec<HashSet<i64>>> {
    let mut all = Predicate::default();
    let fits: String = predicates.iter().map(|one| format!(", CASE WHEN {} THEN 1 ELSE 0 END", all.take_in(one))).collect();
    let some = ids.iter().copied().chain(std::iter::repeat(0)).take(padded(ids.len()).max(ids.len()));
    let places: Vec<String> = some.map(|id| all.place(id)).collect();
    let sql = format!("SELECT t.id{fits} FROM ticket t WHERE t.id IN ({})", places.join(", "));
    let mut found = vec![HashSet::new(); predicates.len()];
    for (id, fits) in db.query(&sql, &all.values(), |row| with_keys(row, predicates.len()))? {
        for (set, _) in found.iter_mut().zip(fits).filter(|(_, fits)| *fits == 1) {
            set.insert(id);
        }
    }
    Ok(found)
}

/// The tickets that have a link to one of these.
pub(super) fn linked_to(db: &mut Db<'_>, ids: &[i64]) -> Result<Vec<i64>> {
    let mut found = Vec::new();
    for group in ids.chunks(CANDIDATES_MANY) {
        let (places, values) = listed(1, group.iter().copied());
        let sql = format!("SELECT DISTINCT ticket_id FROM ticket_link WHERE target_id IN ({places})");
        found.extend(db.query(&sql, &values, |row| row.get::<i64>(0))?);
    }
    Ok(found)
}

/// Ids of the tickets that fit, at most so many.
pub fn ids_up_to(db: &mut Db<'_>, mut predicate: Predicate, limit: usize) -> Result<Vec<TicketId>> {
    let rows = predicate.place(i64::try_from(limit).unwrap_or(i64::MAX));
    let sql = format!("SELECT t.id FROM ticket t WHERE {} ORDER BY t.id LIMIT {rows}", predicate.text());
    db.query(&sql, &predicate.values(), |row| row.get(0))
}

/// What PostgreSQL must be told to read tickets in the order of all of them; the indexes of that order are for nothing else.
fn in_order_of_all(db: &Db<'_>, predicate: &Predicate, first: &str) -> Option<String> {
    let is_kept = matches!(first, "t.updated_at" | "t.created_at");
    (predicate.is_everywhere && is_kept && db.dialect() == Dialect::Postgres).then(|| format!("{first} >= 0"))
}

/// The statement for the ids that fit, after a mark, in an order; and the order, with its keys as columns.
fn in_page(
    db: &Db<'_>,
    mut predicate: Predicate,
    order: &[(&'static str, bool)],
    after: Option<&Mark>,
    limit: usize,
) -> (Predicate, [String; 3]) {
    let of_all = order.first().and_then(|(column, _)| in_order_of_all(db, &predicate, column));
    predicate.parts.extend(of_all);
    if let Some(mark) = after {
        let beyond = beyond(&mut predicate, order, mark);
        predicate.parts.push(beyond);
    }
    // The id follows the direction of the first key, so that one index serves both.
    let last_descends = order.first().is_none_or(|(_, descending)| *descending);
    let direction = |descending: bool| if descending { "DESC" } else { "ASC" };
    let mut by: Vec<String> = order.iter().map(|(column, descending)| format!("{column} {}", direction(*descending))).collect();
    by.push(format!("t.id {}", direction(last_descends)));
    let keys: String = order.iter().map(|(column, _)| format!(", {column}")).collect();
    let rows = predicate.place(i64::try_from(limit).unwrap_or(i64::MAX));
    let (by, fit) = (by.join(", "), predicate.text());
    let tail = format!("FROM ticket t WHERE {fit} ORDER BY {by} LIMIT {rows}");
    (predicate, [tail, by, keys])
}

/// Tickets that fit, after a mark, in an order, with the values they were sorted by.
pub fn page(
    db: &mut Db<'_>,
    predicate: Predicate,
    order: &[(&'static str, bool)],
    after: Option<&Mark>,
    limit: usize,
) -> Result<Vec<(Ticket, Vec<i64>)>> {
    let (predicate, [tail, by, keys]) = in_page(db, predicate, order, after, limit);
    // Only ids are sorted; whole tickets are read for the page alone, where a list of hundreds would be carried through the sort.
    let sql = format!("SELECT {}{keys} FROM ticket t WHERE t.id IN (SELECT t.id {tail}) ORDER BY {by}", ticket_rows::COLUMNS);
    let count = order.len();
    db.query(&sql, &predicate.values(), |row| {
        let keys = (0..count).map(|place| row.get(ticket_rows::COLUMN_COUNT + place)).collect::<Result<Vec<i64>>>()?;
        Ok((ticket_rows::ticket(row)?, keys))
    })
}

/// The same, by their ids alone.
pub(super) fn marks(
    db: &mut Db<'_>,
    predicate: Predicate,
    order: &[(&'static str, bool)],
    after: Option<&Mark>,
    limit: usize,
) -> Result<Vec<(i64, Vec<i64>)>> {
    let (predicate, [tail, _, keys]) = in_page(db, predicate, order, after, limit);
    db.query(&format!("SELECT t.id{keys} {tail}"), &predicate.values(), |row| with_keys(row, order.len()))
}

/// An id, and behind it so many values that it is sorted by.
fn with_keys(row: &Row<'_>, count: usize) -> Result<(i64, Vec<i64>)> {
    let keys = (1..=count).map(|place| row.get(place)).collect::<Result<Vec<i64>>>()?;
    Ok((row.get(0)?, keys))
}

/// What these tickets are sorted by, in no order.
pub(super) fn keyed(db: &mut Db<'_>, ids: &[i64], order: &[(&'static str, bool)]) -> Result<Vec<(i64, Vec<i64>)>> {
    let keys: String = order.iter().map(|(column, _)| format!(", {column}")).collect();
    let mut found = Vec::with_capacity(ids.len());
    for group in ids.chunks(CANDIDATES_MANY) {
        let (places, values) = listed(1, group.iter().copied());
        let sql = format!("SELECT t.id{keys} FROM ticket t WHERE t.id IN ({places})");
        found.extend(db.query(&sql, &values, |row| with_keys(row, order.len()))?);
    }
    Ok(found)
}

/// Rows behind a mark: a row value where all keys run the same way, because the spelled-out form has a far worse tail.
fn beyond(predicate: &mut Predicate, order: &[(&'static str, bool)], mark: &Mark) -> String {
    let last_descends = order.first().is_none_or(|(_, descending)| *descending);
    if order.iter().all(|(_, descending)| *descending == last_descends) {
        let columns: String = order.iter().map(|(column, _)| format!("{column}, ")).collect();
        let marks: String = mark.keys.iter().map(|key| format!("{}, ", predicate.place(*key))).collect();
        let id = predicate.place(mark.id);
        return format!("({columns}t.id) {} ({marks}{id})", if last_descends { "<" } else { ">" });
    }
    let id = predicate.place(mark.id);
    let mut text = format!("t.id {} {id}", if last_descends { "<" } else { ">" });
    for ((column, descending), key) in order.iter().zip(&mark.keys).rev() {
        let key = predicate.place(*key);
        text = format!("({column} {} {key} OR ({column} = {key} AND {text}))", if *descending { "<" } else { ">" });
    }
    text
}

/// The little of a ticket that a finder shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Glimpse {
    /// Its number.
    pub number: String,
    /// Its title.
    pub title: String,
    /// Whose turn it is.
    pub turn: String,
    /// Its status.
    pub status: String,
    /// Last changed.
    pub updated_at: kernel::Stamp,
}

/// What changed last of the tickets that fit, newest first.
pub fn newest(db: &mut Db<'_>, mut predicate: Predicate, limit: usize) -> Result<Vec<Glimpse>> {
    let of_all = in_order_of_all(db, &predicate, "t.updated_at");
    predicate.parts.extend(of_all);
    let rows = predicate.place(i64::try_from(limit).unwrap_or(i64::MAX));
    let sql = format!(
        "SELECT t.number, t.title, t.turn, t.status, t.updated_at FROM ticket t WHERE {} ORDER BY t.updated_at DESC, t.id DESC LIMIT {rows}",
        predicate.text()
    );
    db.query(&sql, &predicate.values(), |row| {
        Ok(Glimpse { number: row.get(0)?, title: row.get(1)?, turn: row.get(2)?, status: row.get(3)?, updated_at: row.get(4)? })
    })
}

/// Tickets whose number begins like this; whether somebody may see them is for the caller to ask.
pub fn numbered(db: &mut Db<'_>, beginning: &str, limit: usize) -> Result<Vec<Ticket>> {
    let sql = format!("SELECT {} FROM ticket t WHERE t.number BETWEEN ?1 AND ?2 ORDER BY t.id DESC LIMIT ?3", ticket_rows::COLUMNS);
    db.query(&sql, values![beginning, &format!("{beginning}\u{10FFFF}"), limit], ticket_rows::ticket)
}

/// What is counted of a candidate, and where it lies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Brief {
    /// Identifier.
    pub id: i64,
    /// Desk.
    pub desk: kernel::DeskId,
    /// Kind.
    pub kind: String,
    /// Status.
    pub status: String,
}

/// Candidates are checked in groups of these sizes, filled up with ids that nothing has, so that few statements are prepared.
const CANDIDATES: [usize; 3] = [6, 60, CANDIDATES_MANY];
const CANDIDATES_MANY: usize = 500;

fn padded(count: usize) -> usize {
    CANDIDATES.into_iter().find(|size| count <= *size).unwrap_or(CANDIDATES_MANY)
}

/// Those of these tickets that fit.
pub fn among(db: &mut Db<'_>, predicate: &Predicate, ids: &[i64]) -> Result<Vec<Brief>> {
    let mut found = Vec::with_capacity(ids.len());
    for group in ids.chunks(CANDIDATES_MANY) {
        let size = padded(group.len());
        let mut here = predicate.clone();
        let places: Vec<String> = group.iter().copied().chain(std::iter::repeat(0)).take(size).map(|id| here.place(id)).collect();
        let sql = format!(
            "SELECT t.id, t.desk_id, t.kind, t.status FROM ticket t WHERE t.id IN ({}) AND {}",
            places.join(", "),
            predicate.text()
        );
        found.extend(
            db.query(&sql, &here.values(), |row| Ok(Brief { id: row.get(0)?, desk: row.get(1)?, kind: row.get(2)?, status: row.get(3)? }))?,
        );
    }
    Ok(found)
}

/// These tickets; whether somebody may see them was asked before.
pub fn these(db: &mut Db<'_>, ids: &[i64]) -> Result<Vec<Ticket>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let (places, ids) = listed(1, ids.iter().copied());
    let sql = format!("SELECT {} FROM ticket t WHERE t.id IN ({places})", ticket_rows::COLUMNS);
    db.query(&sql, &ids, ticket_rows::ticket)
}

/// What is stored beside a ticket, for a query that looks at it in memory.
pub fn about(db: &mut Db<'_>, ticket: TicketId) -> Result<About> {
    let tags = ticket_rows::tags(db, ticket)?;
    let participants =
        db.query("SELECT person_id, role FROM participant WHERE ticket_id = ?1", values![ticket], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let mentions = mentioning::rows::of_ticket(db, ticket)?.into_iter().map(|(_, person)| person).collect();
    let linked = db.query(
        "SELECT o.desk_id, o.also_desks FROM ticket_link l JOIN ticket o ON o.id = l.target_id WHERE l.ticket_id = ?1",
        values![ticket],
        |row| {
            let (desk, more): (DeskId, Option<String>) = (row.get(0)?, row.get(1)?);
            let more = more.iter().flat_map(|text| text.split(' ')).filter_map(|id| id.parse().ok().map(DeskId));
            Ok(std::iter::once(desk).chain(more.collect::<Vec<_>>()).collect())
        },
    )?;
    let (files, files_inside, held): (i64, i64, i64) = db.query_one(
        "SELECT COALESCE(MAX(CASE WHEN files > 0 AND kind <> 'note' AND held = 0 THEN 1 ELSE 0 END), 0), COALESCE(MAX(CASE WHEN files > 0 THEN 1 ELSE 0 END), 0), COALESCE(MAX(CASE WHEN held = 1 AND discarded = 0 AND bounce_of IS NULL THEN 1 ELSE 0 END), 0) FROM message WHERE ticket_id = ?1",
        values![ticket],
        |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
    )?;
    Ok(About { tags, participants, mentions, linked, files: files == 1, files_inside: files_inside == 1, held: held == 1 })
}

/// Whether there is any ticket at all.
pub fn any(db: &mut Db<'_>) -> Result<bool> {
    let found: Option<i64> = db.query_opt("SELECT 1 FROM ticket LIMIT 1", values![], |row| row.get(0))?;
    Ok(found.is_some())
}

#[cfg(test)]
mod tests {
    use std::sync::OnceLock;

    use store::testing::Fixture;

    use super::*;

    #[test]
    fn conditions_taken_in_keep_their_values() {
        let one = |text: &str, value| {
            let mut predicate = Predicate::default();
            predicate.add(text, vec![Bind::Int(value), Bind::Int(value + 1)]);
            predicate
        };
        let mut all = one("t.open = ?1 OR t.id = ?2", 1);
        assert_eq!(
            all.take_in(&one("t.team_id = ?2 AND t.title LIKE '?' AND t.id = ?1", 7)),
            "(t.team_id = ?4 AND t.title LIKE '?' AND t.id = ?3)"
        );
        assert_eq!(all.take_in(&one("t.id IN (?1, ?2)", 11)), "(t.id IN (?5, ?6))");
        assert_eq!(all.binds, [1, 2, 7, 8, 11, 12].map(Bind::Int));
    }

    #[test]
    fn alternatives_of_a_filter_stay_within_the_scope() {
        let mut predicate = Predicate::default();
        predicate.add("t.open = 1 OR t.open = 0", Vec::new());
        predicate.add("", Vec::new());
        predicate.add("t.requester_id = ?1", vec![Bind::Int(7)]);
        assert_eq!(predicate.text(), "(t.open = 1 OR t.open = 0) AND (t.requester_id = ?1)");
    }

    /// Tickets of one desk, of which the open ones changed last, and how PostgreSQL reads a page of some of them.
    fn plan_of(narrowed: &str, is_everywhere: bool, after: Option<&Mark>) -> String {
        static DESK: OnceLock<Fixture> = OnceLock::new();
        let fixture = DESK.get_or_init(|| {
            let fixture = Fixture::postgres();
            fixture.store().write_blocking(filled).unwrap();
            fixture
        });
        let mut predicate = Predicate { is_everywhere, ..Predicate::default() };
        predicate.add("t.turn = 'done'", Vec::new());
        predicate.add(narrowed, Vec::new());
        let after = after.cloned();
        let plan = fixture.store().read_blocking(move |db| {
            let (predicate, [tail, ..]) = in_page(db, predicate, &[("t.updated_at", true)], after.as_ref(), 2);
            db.query(&format!("EXPLAIN SELECT t.id {tail}"), &predicate.values(), |row| row.get::<String>(0))
        });
        plan.unwrap().join("\n")
    }

    fn filled(tx: &mut store::Tx<'_>) -> Result<()> {
        for statement in [
            "SET LOCAL session_replication_role = replica",
            "INSERT INTO ticket (id, number, desk_id, kind, status, turn, open, title, snippet, impact, urgency, priority, requester_id, channel, fields, created_at, updated_at, version) \
             SELECT n, 'N-' || n, 1 + n % 2, 'incident', 'new', CASE WHEN n > 18000 THEN 'us' ELSE 'done' END, CASE WHEN n > 18000 THEN 1 ELSE 0 END, \
             repeat('a title ', 9), repeat('what was said ', 9), 'low', 'low', 'low', 1, 'mail', '{}', n, n, 1 FROM generate_series(1, 20000) AS s(n)",
            "ANALYZE ticket",
        ] {
            tx.execute(statement, &[])?;
        }
        Ok(())
    }

    #[test]
    fn finished_tickets_of_a_desk_are_not_looked_for_among_everything_that_changed_later() {
        let of_desk = "t.open = 0 AND t.desk_id = 1";
        let later = Mark { keys: vec![9_000], id: 9_000, group: None };
        for after in [None, Some(&later)] {
            let plan = plan_of(of_desk, false, after);
            assert!(plan.contains("ticket_desk_updated") && !plan.contains("Sort"), "{plan}");
            let plan = plan_of("", true, after);
            assert!(plan.contains("ticket_updated") && !plan.contains("Sort"), "{plan}");
        }
    }
}
