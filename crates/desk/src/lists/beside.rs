//! What tickets of a page name beside themselves. One statement asks for all of it: on PostgreSQL each costs a way to the server and back.

use std::collections::HashMap;

use kernel::{OrganisationId, PersonId, Result, TicketId};
use store::{Db, Value, listed};

/// What is asked for; each once is enough.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    /// Name and address of these.
    pub people: Vec<PersonId>,
    /// Names of these.
    pub organisations: Vec<OrganisationId>,
    /// Tags of these.
    pub tags: Vec<TicketId>,
    /// Which of these have links at all.
    pub links: Vec<TicketId>,
}

/// What is known of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Beside {
    /// Name and first address, which may be empty.
    pub people: HashMap<PersonId, (String, String)>,
    /// Names.
    pub organisations: HashMap<OrganisationId, String>,
    /// Tags in order.
    pub tags: HashMap<TicketId, Vec<String>>,
    /// Tickets with links.
    pub linked: Vec<TicketId>,
}

/// Each sort of it: number, id, and two texts.
const SORTS: [&str; 4] = [
    "SELECT 0, p.id, p.name, COALESCE(e.email, '') FROM person p LEFT JOIN person_email e ON e.person_id = p.id AND e.place = 0 WHERE p.id IN",
    "SELECT 1, o.id, o.name, '' FROM organisation o WHERE o.id IN",
    "SELECT 2, g.ticket_id, g.tag, '' FROM ticket_tag g WHERE g.ticket_id IN",
    "SELECT DISTINCT 3, l.ticket_id, '', '' FROM ticket_link l WHERE l.ticket_id IN",
];

/// Reads it.
///
/// # Errors
/// A fault of the database.
pub fn beside(db: &mut Db<'_>, wanted: &Wanted) -> Result<Beside> {
    let mut beside = Beside::default();
    let Some((sql, ids)) = statement(wanted) else { return Ok(beside) };
    let found: Vec<(i64, i64, String, String)> = db.query(&sql, &ids, |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)))?;
    for (sort, id, text, more) in found {
        match sort {
            0 => drop(beside.people.insert(PersonId(id), (text, more))),
            1 => drop(beside.organisations.insert(OrganisationId(id), text)),
            2 => beside.tags.entry(TicketId(id)).or_default().push(text),
            _ => beside.linked.push(TicketId(id)),
        }
    }
    beside.tags.values_mut().for_each(|tags| tags.sort_unstable());
    Ok(beside)
}

fn statement(wanted: &Wanted) -> Option<(String, Vec<Value<'static>>)> {
    let lists = [
        wanted.people.iter().map(|id| id.get()).collect::<Vec<_>>(),
        wanted.organisations.iter().map(|id| id.get()).collect(),
        wanted.tags.iter().map(|id| id.get()).collect(),
        wanted.links.iter().map(|id| id.get()).collect(),
    ];
    let lists = lists.map(|mut ids| {
        ids.sort_unstable();
        ids.dedup();
        ids
    });
    // All are filled up to one length, so that few statements differ.
    let longest = lists.iter().map(Vec::len).max().unwrap_or_default();
    let (mut parts, mut values) = (Vec::new(), Vec::new());
    for (sort, ids) in SORTS.iter().zip(lists).filter(|(_, ids)| !ids.is_empty()) {
        let (places, more) = listed(values.len() + 1, ids.into_iter().chain(std::iter::repeat(0)).take(longest));
        parts.push(format!("{sort} ({places})"));
        values.extend(more);
    }
    (!parts.is_empty()).then(|| (parts.join(" UNION ALL "), values))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_asked_for_is_not_read_and_statements_are_alike() {
        assert_eq!(statement(&Wanted::default()), None);
        let tickets = |count: i64| (1..=count).map(TicketId).collect::<Vec<_>>();
        let wanted =
            |people: i64, count: i64| Wanted { people: (1..=people).map(PersonId).collect(), tags: tickets(count), ..Wanted::default() };
        let (sql, values) = statement(&wanted(3, 9)).expect("a statement");
        assert_eq!((values.len(), sql.matches("SELECT").count(), sql.contains("organisation")), (32, 2, false));
        assert_eq!(statement(&wanted(12, 16)).map(|(sql, _)| sql), Some(sql));
    }
}
