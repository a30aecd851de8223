//! Mail in and out. Everything that comes in was written by strangers: each value that leaves this module is bounded,
//! free of control characters, and says where parsers could disagree about it.

mod address;
pub mod api;
pub mod auth;
mod automatic;
mod away;
mod body;
mod bounce;
mod charset;
pub mod compose;
mod date;
mod encoding;
pub mod fetch;
mod files;
mod headers;
pub mod inbound;
mod invitation;
pub mod letters;
pub mod listener;
pub mod outbound;
mod params;
mod parse;
mod protection;
pub mod relay;
mod rtf;
mod sameness;
mod session;
mod smime;
mod spam;
mod structure;
pub mod templates;
pub mod threading;
mod tnef;
pub mod token;
mod uuencode;
mod words;

pub use address::Mailbox;
pub use automatic::Automatic;
pub use bounce::{Action, DeliveryReport};
pub use desk::conversation::sanitise;
pub use kernel::text::{clean_filename, clean_line};
pub use parse::{ParsedAttachment, ParsedMail, parse};
pub use sanitise::clean;

#[cfg(test)]
mod corpus_tests;
