//! The checks as the intake asks for them.

use super::super::inbound::{Findings, Inspect, Suspect, rows::Intake};
use super::{Checker, Connection, SenderClaim};

impl Inspect for Checker {
    fn inspect<'a>(&'a self, suspect: Suspect<'a>) -> Findings<'a> {
        Box::pin(async move {
            let connection = connection(suspect.intake);
            self.check(suspect.raw, SenderClaim::of(suspect.mail), connection.as_ref()).await
        })
    }
}

/// How the message came, when a server handed it over. The doors note an address only where they saw the stranger's own, or a relay of ours
/// named it.
fn connection(intake: &Intake) -> Option<Connection> {
    matches!(intake.source.as_str(), "smtp" | "lmtp").then(|| Connection {
        client_ip: intake.client_ip.as_deref().and_then(|ip| ip.parse().ok()),
        helo: intake.helo.clone().unwrap_or_default(),
        mail_from: intake.envelope_from.clone().unwrap_or_default(),
    })
}
