//! The policy's scope as predicates over tickets (`t`).
//!
//! A list is read in parts that share no ticket and are merged afterwards, because "of these desks or one's own" as one condition makes
//! the database sort everything that is visible, where each part by itself can be read from an index in the order of the list.

use kernel::{DeskId, OrganisationId, PersonId};
use people::Settings;
use people::policy::Scope;
use query::Bind;

use super::shape::Shape;

/// A predicate with its values.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Narrowed {
    pub(super) text: String,
    pub(super) binds: Vec<Bind>,
}

/// The parts for a query of this shape; an empty text holds everything. Placeholders are numbered from `first`.
pub(super) fn parts(scope: &Scope, settings: &Settings, shape: &Shape, first: usize) -> Vec<Narrowed> {
    let all: Vec<DeskId> = settings.desks.iter().map(|desk| desk.id).collect();
    let wanted = |desks: &[DeskId]| -> Vec<DeskId> {
        desks.iter().copied().filter(|desk| shape.desks.as_ref().is_none_or(|only| only.contains(desk))).collect()
    };
    match scope {
        // Who works on every desk sees everything, and the database need not prove it row by row.
        Scope::Some { desks, person, organisations } if all.is_empty() || all.iter().any(|desk| !desks.contains(desk)) => {
            let own = Own { person: *person, organisations, desks };
            if shape.selective || desks.is_empty() {
                return vec![whole(desks, &own, first)];
            }
            let mut parts = by_desk(&wanted(desks), shape.open, first);
            if let Some(only) = &shape.desks {
                let others: Vec<DeskId> = desks.iter().copied().filter(|desk| !only.contains(desk)).collect();
                parts.extend((!others.is_empty() && !only.is_empty()).then(|| shared_by(&others, only, first)));
            }
            parts.push(elsewhere(desks, &own, first));
            parts
        }
        Scope::All | Scope::Some { .. } => {
            let narrow = shape.open.is_some() || shape.desks.is_some();
            if shape.selective || !narrow || all.is_empty() {
                return vec![Narrowed::default()];
            }
            let mut parts = by_desk(&wanted(&all), shape.open, first);
            if shape.desks.is_some() {
                parts.push(shared(&wanted(&all), first));
            }
            parts
        }
    }
}

/// What somebody sees wherever it is.
struct Own<'a> {
    person: PersonId,
    organisations: &'a [OrganisationId],
    desks: &'a [DeskId],
}

/// A predicate under construction.
struct Draft {
    first: usize,
    binds: Vec<Bind>,
}

impl Draft {
    fn new(first: usize) -> Self {
        Self { first, binds: Vec::new() }
    }

    fn place(&mut self, value: i64) -> String {
        self.binds.push(Bind::Int(value));
        format!("?{}", self.first + self.binds.len() - 1)
    }

    fn list(&mut self, values: impl Iterator<Item = i64>) -> String {
        values.map(|value| self.place(value)).collect::<Vec<_>>().join(", ")
    }

    fn own(&mut self, own: &Own<'_>) -> String {
        let me = self.place(own.person.get());
        let mut text = format!(
            "t.id IN (SELECT o.id FROM ticket o WHERE o.requester_id = {me} UNION SELECT r.ticket_id FROM participant r WHERE r.person_id = {me}"
        );
        if !own.organisations.is_empty() {
            let list = self.list(own.organisations.iter().map(|id| id.get()));
            text.push_str(&format!(" UNION SELECT g.id FROM ticket g WHERE g.organisation_id IN ({list})"));
        }
        if !own.desks.is_empty() {
            let list = self.list(own.desks.iter().map(|id| id.get()));
            text.push_str(&format!(" UNION SELECT d.ticket_id FROM ticket_desk d WHERE d.desk_id IN ({list})"));
        }
        text.push(')');
        text
    }

    fn with(self, text: String) -> Narrowed {
        Narrowed { text, binds: self.binds }
    }
}

/// One condition for everything; the sign keeps the database from choosing the index of the desk for it.
fn whole(desks: &[DeskId], own: &Own<'_>, first: usize) -> Narrowed {
    let mut draft = Draft::new(first);
    let own = draft.own(own);
    if desks.is_empty() {
        return draft.with(own);
    }
    let list = draft.list(desks.iter().map(|id| id.get()));
    draft.with(format!("(+t.desk_id IN ({list}) OR {own})"))
}

/// A part for each desk, and for open and finished tickets each unless the query says which: the indexes of a desk hold them apart.
fn by_desk(desks: &[DeskId], open: Option<bool>, first: usize) -> Vec<Narrowed> {
    let halves: &[&str] = if open.is_some() { &[""] } else { &[" AND t.open = 1", " AND t.open = 0"] };
    let part = |desk: DeskId, half: &str| {
        let mut draft = Draft::new(first);
        let desk = draft.place(desk.get());
        draft.with(format!("t.desk_id = {desk}{half}"))
    };
    desks.iter().flat_map(|desk| halves.iter().map(|half| part(*desk, half))).collect()
}

/// What came to several desks and is answered by one that the query does not name.
fn shared(desks: &[DeskId], first: usize) -> Narrowed {
    let mut draft = Draft::new(first);
    let list = draft.list(desks.iter().map(|id| id.get()));
    draft.with(format!("t.id IN (SELECT d.ticket_id FROM ticket_desk d WHERE d.desk_id IN ({list})) AND +t.desk_id NOT IN ({list})"))
}

/// What these desks answer and came to desks that the query names too.
fn shared_by(desks: &[DeskId], wanted: &[DeskId], first: usize) -> Narrowed {
    let mut draft = Draft::new(first);
    let wanted = draft.list(wanted.iter().map(|id| id.get()));
    let list = draft.list(desks.iter().map(|id| id.get()));
    draft.with(format!("t.id IN (SELECT d.ticket_id FROM ticket_desk d WHERE d.desk_id IN ({wanted})) AND +t.desk_id IN ({list})"))
}

/// One's own on other desks.
fn elsewhere(desks: &[DeskId], own: &Own<'_>, first: usize) -> Narrowed {
    let mut draft = Draft::new(first);
    let own = draft.own(own);
    let list = draft.list(desks.iter().map(|id| id.get()));
    // The desk first: where a few tickets are looked at, what one takes part in is mostly never read.
    draft.with(format!("+t.desk_id NOT IN ({list}) AND {own}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(scope: &Scope, shape: &Shape) -> Vec<String> {
        parts(scope, &Settings::default(), shape, 3).into_iter().map(|part| part.text).collect()
    }

    fn agent() -> Scope {
        Scope::Some { desks: vec![DeskId(7)], person: PersonId(1), organisations: Vec::new() }
    }

    #[test]
    fn a_list_of_a_desk_is_read_in_the_order_of_its_index() {
        let open = texts(&agent(), &Shape { open: Some(true), ..Shape::default() });
        assert_eq!(open[0], "t.desk_id = ?3");
        assert!(open.len() == 2 && open[1].starts_with("+t.desk_id NOT IN (?5) AND "), "{open:?}");
        let any = texts(&agent(), &Shape::default());
        assert_eq!(any[..2], ["t.desk_id = ?3 AND t.open = 1", "t.desk_id = ?3 AND t.open = 0"]);
    }

    #[test]
    fn a_selective_query_is_read_by_its_own_index() {
        let text = texts(&agent(), &Shape { selective: true, open: Some(true), desks: None });
        assert!(text.len() == 1 && text[0].starts_with("(+t.desk_id IN (?5) OR t.id IN ("), "{text:?}");
    }

    #[test]
    fn a_desk_that_the_query_excludes_is_not_looked_at() {
        let text = texts(&agent(), &Shape { desks: Some(vec![DeskId(8)]), ..Shape::default() });
        // But for what the agent's own desk answers and the other one got too.
        assert!(text.len() == 2 && text[0].ends_with("d.desk_id IN (?3)) AND +t.desk_id IN (?4)"), "{text:?}");
        assert!(text[1].starts_with("+t.desk_id NOT IN (?5) AND "), "{text:?}");
    }

    #[test]
    fn who_asks_sees_only_what_concerns_them() {
        let requester = Scope::Some { desks: Vec::new(), person: PersonId(1), organisations: vec![OrganisationId(2)] };
        let text = texts(&requester, &Shape { open: Some(true), ..Shape::default() });
        assert!(text.len() == 1 && text[0].contains("o.requester_id = ?3") && text[0].contains("g.organisation_id IN (?4)"), "{text:?}");
        assert_eq!(texts(&Scope::All, &Shape::default()), [""]);
    }
}
