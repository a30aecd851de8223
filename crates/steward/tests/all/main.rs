//! The real program in a directory of its own: commands, settings, serving, stopping, copies.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a failure in a helper is a failure of the test that called it")]

mod backup;
mod doctor;
mod importing;
mod postgres;
mod serving;
mod settings;
mod setup;
mod support;
mod verify;
