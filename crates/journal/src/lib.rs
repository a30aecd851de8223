//! The journal.
pub mod facts;
pub use facts::{Change, Fact};
/// Placeholder until the mechanics land.
pub fn append(
    tx: &mut store::Tx<'_>,
    actor: &kernel::Actor,
    ticket: Option<kernel::TicketId>,
    fact: &Fact,
) -> kernel::Result<kernel::FactId> {
    let _ = (actor, ticket, fact);
    Ok(kernel::FactId(tx.id()))
}
