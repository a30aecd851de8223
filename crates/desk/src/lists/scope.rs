//! The policy's scope as a predicate over tickets (`t`).

use people::Settings;
use people::policy::Scope;
use query::Bind;

/// A predicate with its values, placeholders numbered from 1.
pub(super) struct Narrowed {
    pub(super) text: String,
    pub(super) binds: Vec<Bind>,
}

/// The predicate; empty when everything may be seen.
pub(super) fn narrowed(scope: &Scope, settings: &Settings) -> Narrowed {
    let Scope::Some { desks, person, organisations } = scope else { return Narrowed { text: String::new(), binds: Vec::new() } };
    // Who works on every desk sees everything, and the database need not prove it row by row.
    if !settings.desks.is_empty() && settings.desks.iter().all(|desk| desks.contains(&desk.id)) {
        return Narrowed { text: String::new(), binds: Vec::new() };
    }
    let mut binds: Vec<Bind> = Vec::new();
    let mut place = |value: i64| {
        binds.push(Bind::Int(value));
        format!("?{}", binds.len())
    };
    let me = place(person.get());
    let mut own = format!("t.id IN (SELECT o.id FROM ticket o WHERE o.requester_id = {me} UNION SELECT r.ticket_id FROM participant r WHERE r.person_id = {me}");
    if !organisations.is_empty() {
        let list: Vec<String> = organisations.iter().map(|id| place(id.get())).collect();
        own.push_str(&format!(" UNION SELECT g.id FROM ticket g WHERE g.organisation_id IN ({})", list.join(", ")));
    }
    own.push(')');
    let text = if desks.is_empty() {
        own
    } else {
        let list: Vec<String> = desks.iter().map(|id| place(id.get())).collect();
        format!("(t.desk_id IN ({}) OR {own})", list.join(", "))
    };
    Narrowed { text, binds }
}
