//! Mail in and out. Everything that comes in was written by strangers: each value that leaves this module is bounded,
//! free of control characters, and says where parsers could disagree about it.

mod address;
pub mod api;
pub mod auth;
mod automatic;
mod body;
mod bounce;
pub mod compose;
pub mod fetch;
mod headers;
pub mod inbound;
mod language;
pub mod listener;
pub mod outbound;
mod parse;
mod quotes;
pub mod relay;
mod sameness;
mod session;
mod spam;
mod structure;
pub mod templates;
pub mod threading;
pub mod token;

pub use address::Mailbox;
pub use automatic::Automatic;
pub use desk::conversation::sanitise;
pub use kernel::text::{clean_filename, clean_line};
pub use parse::{ParsedAttachment, ParsedMail, parse};
pub use sanitise::clean;
