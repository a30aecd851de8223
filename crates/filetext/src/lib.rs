//! The text that is in a file, for searching: plain text, HTML, PDF, and the documents of office programs. Files come from strangers,
//! so they are read in a process of its own with little memory and nothing to reach ([`Reader`]); what is here runs on its inside.

mod apart;
mod archive;
mod child;
mod html;
mod kind;
mod office;
mod pdf;
mod plain;
pub mod rtf;
mod sink;

pub use apart::{Reader, Reading, Why};
pub use child::{COMMAND, run};
pub use kind::may_have_text;

use kind::Kind;
use sink::Sink;

/// Files with more bytes are not read.
pub const FILE_BYTES_MAX: usize = 32 * 1024 * 1024;
/// So much text of a file is kept; what comes behind it is not searched.
pub const TEXT_BYTES_MAX: usize = 200_000;

/// Why a file has no text, or no more of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stop {
    /// It is of no kind that is read here.
    Unknown,
    /// It wants a password.
    Locked,
    /// It cannot be read, or not to its end.
    Damaged,
    /// It unpacks to more than anything honest does.
    TooLarge,
    /// Enough was read.
    Enough,
}

/// Reads a file; the ending of its name helps where its bytes say little.
fn read(ending: &str, bytes: Vec<u8>, sink: &mut Sink<'_>) -> Result<(), Stop> {
    match kind::of(ending, &bytes) {
        Kind::Plain => plain::read(&bytes, sink),
        Kind::Html => html::read(&bytes, sink),
        Kind::Rich => rtf::text(&bytes, sink),
        Kind::Pdf => pdf::read(bytes, sink),
        Kind::Archive => archive::read(&bytes, sink),
        Kind::Locked => Err(Stop::Locked),
        Kind::Unknown => Err(Stop::Unknown),
    }
}

#[cfg(test)]
mod tests;
