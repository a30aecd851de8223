//! Who says whether a sender is who they claim to be.

use std::future::Future;
use std::pin::Pin;

use desk::conversation::{Authentication, Verdict};

use super::super::ParsedMail;
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
