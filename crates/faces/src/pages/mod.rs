//! What agents see. Every function goes from a plain model to markup and reads no data, so that a page, a fragment and a live update of
//! the same thing come from the same function.

pub mod about;
pub mod asking;
pub(crate) mod bulk;
pub(crate) mod canned;
mod context;
pub mod drafts;
mod entries;
pub mod fields;
pub mod finding;
pub(crate) mod forwarding;
mod inbox;
mod inbox_tools;
pub mod lists;
pub(crate) mod macros;
pub mod merging;
pub mod models;
pub mod new_ticket;
pub mod outgoing;
pub(crate) mod previewing;
mod profile;
mod profile_steps;
mod properties;
mod record;
pub(crate) mod said;
pub(crate) mod searching;
pub mod settling;
pub(crate) mod shapes;
pub(crate) mod similar;
mod snooze;
mod tasks;
mod ticket;
mod time;
pub mod trust;
pub(crate) mod views;
pub(crate) mod words;
pub(crate) mod writing;

pub use inbox::{inbox_page, rows_fragment};
pub use merging::{merge_page, move_page};
pub use new_ticket::new_ticket_page;
pub use profile::{PasskeyLine, Profile, SessionLine, TokenLine, profile_page, zones};
pub use profile_steps::{
    ConfirmPage, Removal, app_page, confirm_page, own_codes_page, passkey_page, password_page, removal_page, token_page,
};
pub use ticket::{ticket_fragment, ticket_page};
pub use words::{channel_name, channel_noun, field_name, level_name, link_name};

#[cfg(test)]
mod tests;
