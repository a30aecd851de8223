//! Mail out: a durable queue filled by a reactor, emptied by a worker that never gives up before five days.

mod letter;
mod queue;
pub mod rows;
mod worker;

pub use queue::Queue;
pub use worker::{Dispatcher, Settings};
