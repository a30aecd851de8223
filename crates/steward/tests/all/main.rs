//! The real program in a directory of its own: commands, settings, serving, stopping, copies.

mod backup;
mod doctor;
mod importing;
mod serving;
mod settings;
mod setup;
mod support;
mod verify;
