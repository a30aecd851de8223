//! The journal: every fact in one gap-free order, chained by hashes. It is timeline, audit trail, feed and the source that
//! reactors follow. On SQLite a fact gets its place at once; on PostgreSQL it waits in `journal_pending` until the [`Sealer`]
//! gives it one, in an order that no later commit can precede.

mod append;
mod chain;
pub mod facts;
pub mod parked;
mod reactor;
mod read;
mod sealer;
mod verify;
mod wait;

pub use append::append;
pub use facts::{Change, Fact};
pub use reactor::{Reactor, Runner, Running, lag};
pub use read::{Browse, Browsed, Entry, Head, Written, browse, head, of_ticket, read_after, written_after};
pub use sealer::{Sealer, seal, settle};
pub use verify::{Verdict, verify};
pub use wait::{Stoppable, Waiter};
