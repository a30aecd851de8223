//! What every page and every API answer shares: the design system with its assets, the six languages, addresses, and the HTTP envelope
//! (errors, JSON, paging, cookies, forgery checks, live streams). It reads no data: slices hand in what is to be shown.

pub mod assets;
pub mod components;
pub mod cookies;
pub mod csrf;
mod dates;
mod envelope;
mod error;
mod etag;
mod headers;
mod json;
pub mod keys;
pub mod matching;
mod month;
pub mod pages;
mod paging;
pub mod pwa;
mod sort;
pub mod specimens;
mod sse;
pub mod urls;
mod words;

pub use assets::Room;
pub use envelope::{RequestId, envelope, reader_of};
pub use error::{ApiError, ApiResult, problem};
pub use etag::{etag, if_match};
pub use headers::{Ground, MessageLook, TextSize, message_document, security_headers};
pub use json::ApiJson;
pub use month::{Month, MonthDay};
pub use paging::{Cursor, Page};
pub use sse::{SseEvent, sse};
pub use words::{StatusNames, Words};
