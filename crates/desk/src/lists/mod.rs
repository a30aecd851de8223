//! Lists of tickets: a query, narrowed by the policy, sorted, in pages that do not shift while tickets come and go.

pub mod rows;
mod scope;
mod vocabulary;

pub use vocabulary::TicketWords;

use kernel::{Actor, Message, Refusal, Result};
use people::{Settings, policy};
use serde::{Deserialize, Serialize};
use store::{Db, Dialect};

use crate::ticket::Ticket;

/// Which page of which list.
#[derive(Clone, Debug, Default)]
pub struct ListRequest {
    /// The query language; empty for everything.
    pub query: String,
    /// Replaces the query's own order, such as `-updated`.
    pub sort: Option<String>,
    /// Rows.
    pub limit: usize,
    /// Where the page before ended.
    pub after: Option<Mark>,
    /// Whether to count all pages.
    pub count: bool,
}

/// Where a page ended: the values that it was sorted by and the id of its last row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mark {
    /// Sort values.
    pub keys: Vec<i64>,
    /// Id.
    pub id: i64,
}

/// A page of a list.
#[derive(Debug)]
pub struct TicketPage {
    /// Its tickets.
    pub tickets: Vec<Ticket>,
    /// Where the next page begins.
    pub next: Option<Mark>,
    /// How many there are on all pages, when asked.
    pub total: Option<u64>,
}

/// Reads a page.
pub fn page(db: &mut Db<'_>, settings: &Settings, actor: &Actor, request: &ListRequest) -> Result<TicketPage> {
    let query = query::parse(&request.query)?;
    let sort = match &request.sort {
        Some(text) => query::parse_sort(text).map_err(|error| error.refusal_on("sort"))?,
        None => query.sort,
    };
    let dialect = match db.dialect() {
        Dialect::Sqlite => query::Dialect::Sqlite,
        Dialect::Postgres => query::Dialect::Postgres,
    };
    let scope = scope::narrowed(&policy::visible_to(actor), settings);
    let first = scope.binds.len() + 1;
    let (filter, order) = {
        let words = TicketWords::new(db, settings, actor);
        let order = query::order_by(&sort, &words)?;
        (query::to_sql(&query.filter, &words, dialect, first)?, order)
    };
    let order: Vec<(&'static str, bool)> =
        if order.is_empty() { vec![("t.updated_at", true)] } else { order.iter().map(|by| (without_gaps(by.column), by.descending)).collect() };
    if request.after.as_ref().is_some_and(|mark| mark.keys.len() != order.len()) {
        return Err(Refusal::Malformed(Message::new("error-cursor")).into());
    }
    let mut predicate = rows::Predicate::default();
    predicate.add(&scope.text, scope.binds);
    predicate.add(&filter.text, filter.binds);
    let total = if request.count { Some(rows::count(db, &predicate)?) } else { None };
    let mut found = rows::page(db, predicate, &order, request.after.as_ref(), request.limit + 1)?;
    let more = found.len() > request.limit;
    found.truncate(request.limit);
    let next = found.last().filter(|_| more).map(|(ticket, keys)| Mark { keys: keys.clone(), id: ticket.id.get() });
    Ok(TicketPage { tickets: found.into_iter().map(|(ticket, _)| ticket).collect(), next, total })
}

/// A page ends at values that must be there: a time that has not come yet sorts as the earliest.
fn without_gaps(column: &'static str) -> &'static str {
    match column {
        "t.resolved_at" => "COALESCE(t.resolved_at, 0)",
        "t.closed_at" => "COALESCE(t.closed_at, 0)",
        other => other,
    }
}

/// How many tickets a query finds for this reader.
pub fn count(db: &mut Db<'_>, settings: &Settings, actor: &Actor, query: &str) -> Result<u64> {
    let query = query::parse(query)?;
    let dialect = match db.dialect() {
        Dialect::Sqlite => query::Dialect::Sqlite,
        Dialect::Postgres => query::Dialect::Postgres,
    };
    let scope = scope::narrowed(&policy::visible_to(actor), settings);
    let first = scope.binds.len() + 1;
    let filter = query::to_sql(&query.filter, &TicketWords::new(db, settings, actor), dialect, first)?;
    let mut predicate = rows::Predicate::default();
    predicate.add(&scope.text, scope.binds);
    predicate.add(&filter.text, filter.binds);
    rows::count(db, &predicate)
}
