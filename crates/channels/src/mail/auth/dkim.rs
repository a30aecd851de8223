//! The signatures of a message (RFC 6376): which of them could count, and what comes of each.

use mail_auth::common::crypto::Algorithm;
use mail_auth::common::headers::Header;
use mail_auth::dkim::{DkimError, Signature};
use mail_auth::{AuthenticatedMessage, DkimOutput, DkimResult, DnsError, Error, MessageAuthenticator};

use super::results::Results;
use super::verdict::{could_align, speaks_for};

/// Signatures that are looked at.
const SIGNATURES_MAX: usize = 5;

/// A signature that could count, and what came of it.
pub(super) struct Signed {
    pub(super) signature: Signature,
    /// pass, fail, neutral, permerror, temperror; empty when nobody was asked.
    pub(super) result: &'static str,
    /// It does not fit the message.
    pub(super) broken: bool,
}

/// The signatures that could count, the most telling first.
pub(super) fn candidates<'m>(message: &AuthenticatedMessage<'m>, domain: &str) -> Vec<Header<'m, Signature>> {
    let mut found: Vec<(u8, &Header<'m, Signature>)> = Vec::new();
    for header in &message.dkim_headers {
        let signature = &header.header;
        let signer = signature.d.to_lowercase();
        let covers = signature.h.iter().any(|name| name.eq_ignore_ascii_case("from"));
        if covers && signature.a != Algorithm::RsaSha1 && could_align(&signer, domain) {
            let rank = if signer == domain { 0 } else { 2 - u8::from(speaks_for(&signer, domain)) };
            found.push((rank, header));
        }
    }
    found.sort_by_key(|(rank, _)| *rank);
    let first = found.into_iter().take(SIGNATURES_MAX).map(|(_, header)| header.clone());
    first
        .map(|mut header| {
            header.header.d.make_ascii_lowercase();
            header
        })
        .collect()
}

/// What comes of the one signature that is left in the message.
pub(super) async fn verify(dns: &MessageAuthenticator, message: &AuthenticatedMessage<'_>) -> (&'static str, bool) {
    let outputs = dns.verify_dkim(message).await;
    match outputs.first().map(DkimOutput::result) {
        Some(DkimResult::Pass) => ("pass", false),
        Some(DkimResult::TempError(_)) => ("temperror", false),
        Some(DkimResult::Fail(Error::Crypto(_))) => ("fail", true),
        Some(DkimResult::Fail(_)) => ("fail", false),
        Some(DkimResult::Neutral(Error::Dkim(DkimError::FailedBodyHashMatch))) => ("fail", true),
        Some(DkimResult::Neutral(_)) => ("neutral", false),
        Some(DkimResult::PermError(_)) => ("permerror", false),
        Some(DkimResult::None) | None => ("none", false),
    }
}

/// What the signatures come to, in the library's terms: passes, and those that nobody could tell about.
pub(super) fn outputs<'s>(signed: &'s [Signed], stated: &'s [Signature]) -> Vec<DkimOutput<'s>> {
    let unknown = || DkimOutput::temp_err(Error::Dns(DnsError::Resolver(String::new())));
    let ours = signed.iter().filter_map(|one| match one.result {
        "pass" => Some(DkimOutput::pass().with_signature(&one.signature)),
        "temperror" => Some(unknown().with_signature(&one.signature)),
        _ => None,
    });
    ours.chain(stated.iter().map(|signature| DkimOutput::pass().with_signature(signature))).collect()
}

/// Signatures that a trusted relay saw pass before it changed the message.
pub(super) fn stated_signatures(results: &Results) -> Vec<Signature> {
    let passed = results.all("dkim").filter(|dkim| dkim.result == "pass");
    let domains = passed.filter_map(|dkim| dkim.domain("header.d").or_else(|| dkim.domain("header.i")));
    domains.take(SIGNATURES_MAX).map(|domain| Signature { d: domain.to_owned(), ..Signature::default() }).collect()
}
