//! Lists of tickets: a query, narrowed by the policy, sorted, in pages that do not shift while tickets come and go.

pub mod beside;
pub mod cells;
mod counting;
pub mod groups;
mod kept;
mod record;
pub mod rows;
mod scope;
mod sets;
mod shape;
mod vocabulary;
mod worded;

pub use kept::Kept;
use kept::Look;
pub use record::TicketRecord;
pub use vocabulary::TicketWords;

use std::cmp::Ordering;
use std::collections::HashMap;

use kernel::{Actor, Message, Refusal, Result, Stamp, TicketId};
use people::{Settings, policy};
use serde::{Deserialize, Serialize};
use store::{Db, Dialect};

use crate::ticket::Ticket;

/// Which page of which list.
#[derive(Clone, Debug, Default)]
pub struct ListRequest {
    /// The query language; empty for everything.
    pub query: String,
    /// The query of the view that it is asked in: both must hold, and its order counts when the query has none.
    pub within: String,
    /// Replaces the query's own order, such as `-updated`.
    pub sort: Option<String>,
    /// Rows.
    pub limit: usize,
    /// Where the page before ended.
    pub after: Option<Mark>,
    /// Reads the other way from there: the page that ends before that mark, in the same order.
    pub backwards: bool,
    /// Whether to count all pages.
    pub count: bool,
    /// What is kept: by it a list that is known to be short, or that is asked for by words, is not looked for among all tickets.
    pub kept: Option<Kept>,
}

/// Up to so many tickets are looked up one by one and sorted here. An index that is walked until a page is full costs more where one ticket
/// in a thousand fits, and less where each second one does.
const FEW: usize = 1_000;

/// Where a page ended: the values that it was sorted by and the id of its last row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mark {
    /// Sort values.
    pub keys: Vec<i64>,
    /// Id.
    pub id: i64,
    /// The group that it lies in, where a list is read group by group.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group: Option<String>,
}

/// A page of a list.
#[derive(Debug)]
pub struct TicketPage {
    /// Its tickets.
    pub tickets: Vec<Ticket>,
    /// Where the next page begins.
    pub next: Option<Mark>,
    /// Where the page before ends.
    pub previous: Option<Mark>,
    /// How many there are on all pages, when asked.
    pub total: Option<u64>,
}

/// Reads a page.
pub fn page(db: &mut Db<'_>, settings: &Settings, actor: &Actor, request: &ListRequest) -> Result<TicketPage> {
    let found = read(db, settings, actor, request)?;
    let mark = |row: Option<&Row>| row.map(|(ticket, keys)| Mark { keys: keys.clone(), id: ticket.id.get(), group: None });
    let (first, last) = (mark(found.rows.first()), mark(found.rows.last()));
    let (next, previous) = ends(request, found.more, (first, last));
    Ok(TicketPage { tickets: found.rows.into_iter().map(|(ticket, _)| ticket).collect(), next, previous, total: found.total })
}

/// A ticket with the values that it was sorted by.
type Row = (Ticket, Vec<i64>);

/// Rows in the order of the list, and whether there are more in the direction of reading.
struct Found {
    rows: Vec<Row>,
    more: bool,
    total: Option<u64>,
}

/// The marks on both sides of a page, where there is something on that side.
fn ends(request: &ListRequest, more: bool, (first, last): (Option<Mark>, Option<Mark>)) -> (Option<Mark>, Option<Mark>) {
    if request.backwards { (last, first.filter(|_| more)) } else { (last.filter(|_| more), first.filter(|_| request.after.is_some())) }
}

fn read(db: &mut Db<'_>, settings: &Settings, actor: &Actor, request: &ListRequest) -> Result<Found> {
    let look = look(db, request)?;
    read_as_of(db, (settings, actor), look.as_ref(), request)
}

/// The look at the journal that the counts of a list need, where it has some.
fn look(db: &mut Db<'_>, request: &ListRequest) -> Result<Option<Look>> {
    request.kept.as_ref().map(|kept| kept.look(db)).transpose()
}

/// The same for one of several lists that share a look at the journal.
fn read_as_of(db: &mut Db<'_>, (settings, actor): (&Settings, &Actor), look: Option<&Look>, request: &ListRequest) -> Result<Found> {
    let (asked, order) = asked(db, settings, actor, request)?;
    let dialect = dialect_of(db);
    let filter = query::to_sql(&asked, &TicketWords::new(db, settings, actor), dialect, 1)?;
    if request.after.as_ref().is_some_and(|mark| mark.keys.len() != order.len()) {
        return Err(Refusal::Malformed(Message::new("error-cursor")).into());
    }
    let parts = predicates(settings, actor, &asked, filter);
    let (mut rows, total) = of_all(db, (settings, actor), look, (&asked, parts), &order, request)?;
    let more = rows.len() > request.limit;
    rows.truncate(request.limit);
    if request.backwards {
        rows.reverse();
    }
    Ok(Found { rows, more, total })
}

/// By what a list is sorted: expressions of the program, and whether the largest comes first.
type Order = Vec<(&'static str, bool)>;

/// What is asked for, and in which order it is read.
fn asked(db: &mut Db<'_>, settings: &Settings, actor: &Actor, request: &ListRequest) -> Result<(query::Expr, Order)> {
    let (query, within) = (query::parse(&request.query)?, query::parse(&request.within)?);
    let sort = match &request.sort {
        Some(text) => query::parse_sort(text).map_err(|error| error.refusal_on("sort"))?,
        None if query.sort.is_empty() => within.sort,
        None => query.sort,
    };
    let given_in = if request.sort.is_some() { "sort" } else { "q" };
    let order = query::order_by(&sort, &TicketWords::new(db, settings, actor)).map_err(|error| error.refusal_on(given_in))?;
    let mut order: Order = if order.is_empty() {
        vec![("t.updated_at", true)]
    } else {
        order.iter().map(|by| (without_gaps(by.column), by.descending)).collect()
    };
    if request.backwards {
        order.iter_mut().for_each(|(_, descending)| *descending = !*descending);
    }
    Ok((both(within.filter, query.filter), order))
}

/// One row more than a page has, in the direction of reading, and how many there are in all when that was asked.
fn of_all(
    db: &mut Db<'_>,
    reader: (&Settings, &Actor),
    look: Option<&Look>,
    (filter, parts): (&query::Expr, Vec<rows::Predicate>),
    order: &[(&'static str, bool)],
    request: &ListRequest,
) -> Result<(Vec<Row>, Option<u64>)> {
    let (mut few, mut total) = (None, None);
    match (&request.kept, look) {
        (Some(kept), Some(look)) => {
            if let Some(worded) = kept.worded(db, reader, look, filter)? {
                let total = u64::try_from(worded.ids.len()).unwrap_or(u64::MAX);
                return Ok((worded.page(db, order, request)?, request.count.then_some(total)));
            }
            kept.bring_up_together(db, look, &parts.iter().collect::<Vec<_>>())?;
            if request.count {
                total = kept.counted(db, reader, look, std::slice::from_ref(filter), 0)?.first().map(|counted| counted.count);
            }
            few = kept.few(db, look, &parts, FEW)?;
        }
        _ if request.count => total = Some(parts.iter().map(|part| rows::count(db, part)).sum::<Result<u64>>()?),
        _ => {}
    }
    let rows = match few {
        Some(ids) => of_few(db, &ids, order, request)?,
        None => of_parts(db, parts, order, request)?,
    };
    Ok((rows, total))
}

/// By an index, until the page is full: once for each part of what the reader may see.
fn of_parts(db: &mut Db<'_>, parts: Vec<rows::Predicate>, order: &[(&'static str, bool)], request: &ListRequest) -> Result<Vec<Row>> {
    let several = parts.len() > 1;
    let mut rows = Vec::new();
    for part in parts {
        rows.extend(rows::page(db, part, order, request.after.as_ref(), request.limit + 1)?);
    }
    if several {
        rows.sort_by(|(a, a_keys), (b, b_keys)| in_order(order, (a_keys, a.id.get()), (b_keys, b.id.get())));
    }
    Ok(rows)
}

/// From the few that are known to fit.
fn of_few(db: &mut Db<'_>, ids: &[i64], order: &[(&'static str, bool)], request: &ListRequest) -> Result<Vec<Row>> {
    let mut keyed = rows::keyed(db, ids, order)?;
    if let Some(mark) = &request.after {
        keyed.retain(|(id, keys)| in_order(order, (keys, *id), (&mark.keys, mark.id)).is_gt());
    }
    keyed.sort_by(|(a, a_keys), (b, b_keys)| in_order(order, (a_keys, *a), (b_keys, *b)));
    keyed.truncate(request.limit + 1);
    whole(db, keyed)
}

/// Whole tickets, in the same order.
fn whole(db: &mut Db<'_>, keyed: Vec<(i64, Vec<i64>)>) -> Result<Vec<Row>> {
    let shown: Vec<i64> = keyed.iter().map(|(id, _)| *id).collect();
    let mut tickets: HashMap<i64, Ticket> = rows::these(db, &shown)?.into_iter().map(|ticket| (ticket.id.get(), ticket)).collect();
    Ok(keyed.into_iter().filter_map(|(id, keys)| Some((tickets.remove(&id)?, keys))).collect())
}

/// Both conditions as one, without another level where they are lists of conditions already.
fn both(one: query::Expr, other: query::Expr) -> query::Expr {
    let parts = |expr: query::Expr| match expr {
        query::Expr::True => Vec::new(),
        query::Expr::And(parts) => parts,
        single => vec![single],
    };
    let mut all = parts(one);
    all.extend(parts(other));
    match (all.len(), all.pop()) {
        (1, Some(single)) => single,
        (_, Some(last)) => {
            all.push(last);
            query::Expr::And(all)
        }
        (_, None) => query::Expr::True,
    }
}

fn dialect_of(db: &Db<'_>) -> query::Dialect {
    match db.dialect() {
        Dialect::Sqlite => query::Dialect::Sqlite,
        Dialect::Postgres => query::Dialect::Postgres,
    }
}

/// The filter within each part of what the actor may see.
fn predicates(settings: &Settings, actor: &Actor, asked: &query::Expr, filter: query::Sql) -> Vec<rows::Predicate> {
    let shape = shape::Shape::of(asked, settings);
    let parts = scope::parts(&policy::visible_to(actor), settings, &shape, filter.binds.len() + 1);
    let mut whole = rows::Predicate::default();
    whole.add(&filter.text, filter.binds);
    // Said outright, because no index knows what a turn or a status implies.
    whole.add(shape.open.map_or("", |open| if open { "t.open = 1" } else { "t.open = 0" }), Vec::new());
    let within = |part: scope::Narrowed| {
        let mut predicate = whole.clone();
        predicate.is_everywhere = part.text.is_empty() && !shape.selective;
        predicate.add(&part.text, part.binds);
        predicate
    };
    parts.into_iter().map(within).collect()
}

/// The same order as the database's: by the keys, then by the id in the direction of the first.
fn in_order(order: &[(&'static str, bool)], a: (&[i64], i64), b: (&[i64], i64)) -> Ordering {
    let turned = |ordering: Ordering, descending: bool| if descending { ordering.reverse() } else { ordering };
    let keys = order.iter().zip(a.0.iter().zip(b.0)).map(|((_, descending), (a, b))| turned(a.cmp(b), *descending));
    let id = turned(a.1.cmp(&b.1), order.first().is_none_or(|(_, descending)| *descending));
    keys.fold(Ordering::Equal, Ordering::then).then(id)
}

/// A page ends at values that must be there: a time that has not come yet sorts as the earliest.
fn without_gaps(column: &'static str) -> &'static str {
    match column {
        "t.resolved_at" => "COALESCE(t.resolved_at, 0)",
        "t.closed_at" => "COALESCE(t.closed_at, 0)",
        other => other,
    }
}

/// What changed last of everything that the actor sees, newest first: about as many as asked for.
///
/// A finder looks through these by itself. However many tickets there are, it reads no more than that, and titles of last week are what
/// people look for by a few letters; the list finds older ones.
pub fn newest(db: &mut Db<'_>, settings: &Settings, actor: &Actor, about: usize) -> Result<Vec<rows::Glimpse>> {
    let parts = predicates(settings, actor, &query::Expr::True, query::Sql { text: String::new(), binds: Vec::new() });
    let each = about.div_ceil(parts.len().max(1));
    let mut found = Vec::with_capacity(about);
    for part in parts {
        found.extend(rows::newest(db, part, each)?);
    }
    found.sort_by_key(|glimpse| std::cmp::Reverse(glimpse.updated_at));
    Ok(found)
}

/// Those of these candidates that fit a filter and that the reader may see, in no order. Candidates come from elsewhere, such as the index
/// of words; nothing of them may be shown or counted that did not come through here.
pub fn among(db: &mut Db<'_>, settings: &Settings, actor: &Actor, filter: &query::Expr, ids: &[i64]) -> Result<Vec<rows::Brief>> {
    let dialect = dialect_of(db);
    let filter = query::to_sql(filter, &TicketWords::new(db, settings, actor), dialect, 1)?;
    // The candidates are few: they are looked up, whatever order a list would have.
    let shape = shape::Shape { selective: true, ..shape::Shape::default() };
    let parts = scope::parts(&policy::visible_to(actor), settings, &shape, filter.binds.len() + 1);
    let mut found = Vec::new();
    for part in parts {
        let mut predicate = rows::Predicate::default();
        predicate.add(&filter.text, filter.binds.clone());
        predicate.add(&part.text, part.binds);
        found.extend(rows::among(db, &predicate, ids)?);
    }
    Ok(found)
}

/// A query in its normal form, once it is known that this reader can ask it; `field` is where an error is told.
pub fn checked(db: &mut Db<'_>, settings: &Settings, actor: &Actor, text: &str, field: &'static str) -> Result<String> {
    let query = query::parse(text).map_err(|error| error.refusal_on(field))?;
    let dialect = dialect_of(db);
    let words = TicketWords::new(db, settings, actor);
    query::to_sql(&query.filter, &words, dialect, 1).map_err(|error| error.refusal_on(field))?;
    query::order_by(&query.sort, &words).map_err(|error| error.refusal_on(field))?;
    Ok(query.to_string())
}

/// A query within another as one text: both must hold, and the narrower one's order counts where it has one.
pub fn narrowed(within: &str, query: &str) -> Result<String> {
    let (query, within) = (query::parse(query)?, query::parse(within)?);
    let sort = if query.sort.is_empty() { within.sort } else { query.sort };
    Ok(query::Query { filter: both(within.filter, query.filter), sort }.to_string())
}

/// A filter at a moment, within each part of what the actor may see.
fn predicates_at(db: &mut Db<'_>, settings: &Settings, actor: &Actor, asked: &query::Expr, now: Stamp) -> Result<Vec<rows::Predicate>> {
    let dialect = dialect_of(db);
    let filter = query::to_sql(asked, &TicketWords::at(db, settings, actor, now), dialect, 1)?;
    Ok(predicates(settings, actor, asked, filter))
}

/// All tickets that a query finds for this reader within a list, by id; at most so many.
pub fn ids(
    db: &mut Db<'_>,
    (settings, actor): (&Settings, &Actor),
    kept: &Kept,
    (within, query): (&str, &str),
    limit: usize,
) -> Result<Vec<TicketId>> {
    let (query, within, now) = (query::parse(query)?, query::parse(within)?, db.now());
    let filter = both(within.filter, query.filter);
    let look = kept.look(db)?;
    if let Some(worded) = kept.worded(db, (settings, actor), &look, &filter)? {
        return Ok(worded.ids.into_iter().take(limit).map(TicketId).collect());
    }
    let mut found = Vec::new();
    for part in predicates_at(db, settings, actor, &filter, now)? {
        found.extend(rows::ids_up_to(db, part, limit)?);
    }
    found.sort_unstable();
    found.dedup();
    found.truncate(limit);
    Ok(found)
}

/// Whether a list with this filter has this ticket, which the reader sees.
pub fn has(db: &mut Db<'_>, (settings, actor): (&Settings, &Actor), kept: &Kept, filter: &query::Expr, ticket: &Ticket) -> Result<bool> {
    let look = kept.look(db)?;
    if let Some(worded) = kept.worded(db, (settings, actor), &look, filter)? {
        return Ok(worded.ids.binary_search(&ticket.id.get()).is_ok());
    }
    let record = TicketRecord::load(db, settings, actor, ticket)?;
    let words = TicketWords::new(db, settings, actor);
    Ok(query::Meaning::of(filter, &words)?.fits(&record))
}

/// How many tickets a query finds for this reader, counted one by one; [`Kept`] knows it without.
pub fn count(db: &mut Db<'_>, settings: &Settings, actor: &Actor, query: &str) -> Result<u64> {
    let (query, now) = (query::parse(query)?, db.now());
    let mut total = 0;
    for part in predicates_at(db, settings, actor, &query.filter, now)? {
        total += rows::count(db, &part)?;
    }
    Ok(total)
}
