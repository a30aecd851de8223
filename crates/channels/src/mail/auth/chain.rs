//! ARC (RFC 8617): what a server on the way saw before it changed the message. A chain that anybody can write says nothing, so only one whose
//! newest seal is of a trusted domain is looked at.

use mail_auth::common::crypto::Algorithm;
use mail_auth::{AuthenticatedMessage, DkimResult, MessageAuthenticator};

use super::results::Results;

/// Links of a chain that are followed; each may cost two questions.
const LINKS_MAX: usize = 10;

/// What a chain is worth.
pub(super) struct Chain {
    /// pass, fail, temperror.
    pub(super) result: &'static str,
    /// What the first server of the unbroken run of trusted ones found out.
    pub(super) results: Option<Results>,
}

/// The domain of the newest seal, when it is trusted.
pub(super) fn sealer<'a>(message: &'a AuthenticatedMessage<'_>, trusted: &[String]) -> Option<&'a str> {
    let links = message.as_headers.len();
    let newest = message.as_headers.last().filter(|_| !message.has_arc_errors && links <= LINKS_MAX)?;
    is_trusted(&newest.header.d, trusted).then_some(newest.header.d.as_str())
}

/// Follows the chain.
pub(super) async fn check(resolver: &MessageAuthenticator, message: &AuthenticatedMessage<'_>, trusted: &[String]) -> Chain {
    let output = resolver.verify_arc(message).await;
    let sound = output.sets().last().is_some_and(|set| {
        let signature = set.signature.header;
        signature.a != Algorithm::RsaSha1 && signature.h.iter().any(|name| name.eq_ignore_ascii_case("from"))
    });
    match output.result() {
        DkimResult::Pass if sound => {
            let first = output.sets().iter().rev().take_while(|set| is_trusted(&set.seal.header.d, trusted)).last();
            Chain { result: "pass", results: first.and_then(|set| Results::read(set.results.value)) }
        }
        DkimResult::TempError(_) => Chain { result: "temperror", results: None },
        _ => Chain { result: "fail", results: None },
    }
}

fn is_trusted(domain: &str, trusted: &[String]) -> bool {
    trusted.iter().any(|known| known.eq_ignore_ascii_case(domain))
}
