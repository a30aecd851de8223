//! Whether a sender is who the `From` field says (SPF, DKIM, DMARC, ARC), and our own signature on what we send.
//!
//! The checks lean to doubt: whatever could not be evaluated is no pass, and only a policy that the domain itself publishes, with everything
//! evaluated that could have satisfied it, is a failure. Names that strangers choose are asked for, but cannot delay or change what is
//! found out about the domain that matters, the one in `From`.

mod breaker;
mod chain;
mod checker;
mod dkim;
mod keys;
mod received;
mod resolver;
mod results;
mod signer;
mod spf;
mod verdict;

use std::net::{IpAddr, SocketAddr};

use kernel::Network;

pub use checker::Checker;
pub use keys::{KeyKind, PrivateKey};
pub use resolver::{Dns, DnsText};
pub use signer::Signer;

use super::ParsedMail;

/// Who is asked for DNS records.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ResolverChoice {
    /// The servers that the machine is set up with.
    System,
    /// The server at this address.
    Address(SocketAddr),
    /// Nobody: only what a trusted relay says counts.
    #[default]
    Off,
}

/// What the checks need to know about the surroundings.
#[derive(Clone, Debug, Default)]
pub struct CheckSettings {
    /// Who is asked for DNS records.
    pub resolver: ResolverChoice,
    /// Our name, for the macros of SPF.
    pub host_name: String,
    /// Servers of ours that hand mail on; loopback always belongs to them.
    pub trusted_relays: Vec<Network>,
    /// Names in `Authentication-Results` that only servers of ours write.
    pub trusted_authserv_ids: Vec<String>,
    /// Domains whose ARC seal is believed.
    pub trusted_sealers: Vec<String>,
}

/// Whom the message claims to be from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SenderClaim<'a> {
    /// One address that every reader finds.
    Address(&'a str),
    /// Readers could find different ones, or none.
    Ambiguous,
}

impl<'a> SenderClaim<'a> {
    /// The claim of a message.
    #[must_use]
    pub fn of(mail: &'a ParsedMail) -> Self {
        match &mail.from {
            Some(from) if !mail.sender_ambiguous => Self::Address(&from.email),
            _ => Self::Ambiguous,
        }
    }
}

/// The conversation in which a message came. Messages that were fetched or imported have none.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Connection {
    /// Address of the other side; none for LMTP, which only a relay of ours speaks.
    pub client_ip: Option<IpAddr>,
    /// What it called itself.
    pub helo: String,
    /// Envelope sender without brackets; empty for reports.
    pub mail_from: String,
}

#[cfg(test)]
mod tests;
