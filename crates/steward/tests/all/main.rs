//! The real program in a directory of its own: commands, settings, serving, stopping, copies. And the whole router on a desk of its own
//! (`house`): the API, who may do what, mail in and out.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::as_conversions,
    clippy::expect_used,
    clippy::type_complexity,
    reason = "a failure in a helper is a failure of the test that called it"
)]

mod access;
mod administration;
mod api;
mod attached;
mod backup;
mod bulk;
mod corpus;
mod counting;
mod doctor;
mod exporting;
mod faults;
mod gaps;
mod hostile_files;
mod house;
mod importing;
mod inbox;
mod intake;
mod kept;
mod kill;
mod lists;
mod macros;
mod merging;
mod outbound;
mod palette;
mod postgres;
mod practices;
mod queries;
mod record;
mod relaying;
mod relevance;
mod searching;
mod security;
mod serving;
mod settings;
mod setup;
mod shapes;
mod signin;
mod similar;
mod streams;
mod support;
mod together;
mod trust;
mod verify;
mod views;
mod webhooks;
mod worded;
mod writing;
