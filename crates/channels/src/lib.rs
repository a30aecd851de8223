//! The doors of the service desk, and webhooks. Mail is the first: what comes in is parsed into plain values, what goes out is composed
//! from plain values; neither knows a database.

pub mod mail;
pub mod webhooks;
