//! A service desk for tests: a database of its own, people in every role, a clock that is moved by hand, a relay that keeps what it is
//! given. A test says what happens; what it forgot to look at (mail that left, facts that were set aside, a broken journal) fails it.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "only tests call this; a failure here is a failure of the test"
)]

mod answer;
mod api;
mod desk;
mod mails;
mod people;
mod proxy;
mod trap;

pub use answer::Answer;
pub use api::Api;
pub use desk::{Serve, TestDesk};
pub use mails::Mail;
pub use people::{PASSWORD, Persona, Role, password_hash};
pub use proxy::Proxy;
pub use trap::{MailTrap, Trapped};

/// The address under which pages and API think they are reached.
pub const BASE: &str = "http://127.0.0.1:7070";
