//! Rules of the journal that hold on both databases.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "these are tests; the helpers between them do not count as such"
)]

mod chain;
mod order;
mod reactors;
mod speed;

use journal::{Fact, append};
use kernel::{Actor, FactId, Result, TicketId};
use store::{Store, Tx};

const ACTOR: Actor = Actor::System("test");

/// Writes one fact about a setting, or about a ticket.
fn write(tx: &mut Tx<'_>, key: &str, ticket: Option<TicketId>) -> Result<FactId> {
    append(tx, &ACTOR, ticket, &Fact::SettingChanged { key: key.to_owned() })
}

fn add(store: &Store, key: &str) -> FactId {
    let key = key.to_owned();
    store.write_blocking(move |tx| write(tx, &key, None)).unwrap()
}

fn key(fact: &Fact) -> &str {
    match fact {
        Fact::SettingChanged { key } => key,
        other => panic!("another fact: {other:?}"),
    }
}

/// The keys in the journal, in order; the positions must be 1, 2, 3...
fn keys(store: &Store) -> Vec<String> {
    let entries = store.read_blocking(|db| journal::read_after(db, 0, 100_000)).unwrap();
    let positions: Vec<i64> = entries.iter().filter_map(|entry| entry.position).collect();
    assert_eq!(positions, (1..=i64::try_from(entries.len()).unwrap()).collect::<Vec<_>>());
    entries.iter().map(|entry| key(&entry.fact).to_owned()).collect()
}
