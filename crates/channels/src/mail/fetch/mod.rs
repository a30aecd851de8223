//! Mail from accounts elsewhere, by IMAP and POP3. A server is asked to let go of a message only after the raw message is committed here;
//! each message that was taken is marked in the transaction that took it, so that no crash and no broken connection takes it twice.

mod account;
pub mod api;
mod check;
mod commands;
pub(crate) mod connect;
mod folder;
mod imap;
mod maildrop;
mod names;
mod notice;
mod oauth;
mod pop3;
mod problem;
pub mod rows;
mod source;
mod taking;
mod wire;
mod worker;

pub use check::{Checked, FolderSeen, Step, check};
pub use commands::{AddMailSource, ChangeMailSource, RemoveMailSource, SourceInput};
pub use connect::Connector;
pub use problem::{Code, Problem};
pub use source::{Afterwards, Auth, Kind, MailSource, Provider, Security};
pub use worker::{FetchSettings, Fetcher};

#[cfg(test)]
mod tests;
