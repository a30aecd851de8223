//! What every other crate speaks in: identifiers, time, who acts, what can go wrong, limits and languages.
//! Nothing here does input or output; the clock and the random source are handed in.

mod actor;
mod clock;
mod error;
mod ids;
pub mod limits;
mod locale;
mod network;
mod number;
pub mod text;

pub use actor::{Access, Actor, Via};
pub use clock::{Clock, Span, Stamp, is_date, zone_exists, zones};
pub use error::{Error, Fault, FaultKind, FieldError, Message, Refusal, Result, still_at};
pub use ids::*;
pub use locale::{Locale, Names, named_in};
pub use network::Network;
pub use number::{plain_number, written_number};
