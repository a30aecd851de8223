//! Mail out: a durable queue filled by a reactor, emptied by a worker that never gives up before five days.

mod account;
mod letter;
mod queue;
mod release;
mod retry;
pub mod rows;
mod worker;

pub use queue::Queue;
pub use release::Releaser;
pub use retry::RetryMail;
pub use worker::{Dispatcher, Settings};
