//! Who says whether a sender is who they claim to be.

use std::future::Future;
use std::pin::Pin;

use desk::conversation::{Authentication, Verdict};

use super::super::ParsedMail;
use super::super::auth::{Checker, Connection, SenderClaim};
use super::rows::Intake;

/// A message whose sender is to be checked.
#[derive(Clone, Copy)]
pub struct Suspect<'a> {
    /// The message as it came.
    pub raw: &'a [u8],
    /// What it says.
    pub mail: &'a ParsedMail,
    /// How it came.
    pub intake: &'a Intake,
}

/// Results that may have to wait for the network.
pub type Findings<'a> = Pin<Box<dyn Future<Output = Authentication> + Send + 'a>>;

/// Checks senders, before the transaction that makes a ticket of their message.
pub trait Inspect: Send + Sync {
    /// What can be found out about the sender of a message. Never fails: what could not be checked is no evidence.
    fn inspect<'a>(&'a self, suspect: Suspect<'a>) -> Findings<'a>;
}

/// Asks nobody: a sender is then neither proven nor refuted.
#[derive(Clone, Copy, Debug)]
pub struct NoChecks;

impl Inspect for NoChecks {
    fn inspect<'a>(&'a self, suspect: Suspect<'a>) -> Findings<'a> {
        let verdict = if suspect.mail.sender_ambiguous { Verdict::Ambiguous } else { Verdict::None };
        Box::pin(std::future::ready(Authentication { verdict, ..Authentication::default() }))
    }
}

impl Inspect for Checker {
    fn inspect<'a>(&'a self, suspect: Suspect<'a>) -> Findings<'a> {
        let intake = suspect.intake;
        // What came through a door has a conversation; what was fetched or imported has none. The doors note an address only where they saw
        // the stranger's own, or a relay of ours named it.
        let connection = matches!(intake.source.as_str(), "smtp" | "lmtp").then(|| Connection {
            client_ip: intake.client_ip.as_deref().and_then(|address| address.parse().ok()),
            helo: intake.helo.clone().unwrap_or_default(),
            mail_from: intake.envelope_from.clone().unwrap_or_default(),
        });
        Box::pin(async move { self.check(suspect.raw, SenderClaim::of(suspect.mail), connection.as_ref()).await })
    }
}
