//! Mail out: a durable queue filled by a reactor, emptied by a worker that never gives up before five days.

mod account;
mod letter;
mod queue;
mod release;
mod retry;
pub mod rows;
mod trial;
mod worker;

pub use queue::Queue;
pub use release::Releaser;
pub use retry::RetryMail;
pub use trial::{Trial, send_trial, sender_of};
pub use worker::{Dispatcher, Settings};
