//! The address of a hook.

use hyper::Uri;
use kernel::{Message, Refusal, Result};

use super::limits::URL_CHARS_MAX;

/// An address that can be called: http or https, a host, no name or password in it. Where the host may be is looked at when it is called,
/// because a name leads elsewhere tomorrow (T-S2).
pub(super) fn clean(url: &str) -> Result<String> {
    let url = url.trim();
    let wrong = || Refusal::invalid("url", Message::new("error-webhook-url"));
    let uri: Uri = url.parse().map_err(|_| wrong())?;
    let web = matches!(uri.scheme_str(), Some("http" | "https"));
    let plain = !url.contains('@') && uri.port_u16() != Some(0) && url.chars().count() <= URL_CHARS_MAX;
    if web && plain && uri.host().is_some_and(|host| !host.is_empty()) { Ok(url.to_owned()) } else { Err(wrong().into()) }
}

/// The host that an address names.
pub(super) fn host(url: &str) -> Option<String> {
    url.parse::<Uri>().ok()?.host().map(str::to_owned)
}
