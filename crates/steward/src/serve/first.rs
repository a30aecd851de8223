//! What a service desk needs once: keys that only it knows, and an address for every desk.

use channels::mail::inbound::PrepareKeys;
use kernel::{Actor, DeskId, Result};
use people::desks::AddMailbox;
use people::person::email;
use people::{ServiceDesk, Settings};

/// Stands before the @ where a desk's own name cannot.
const LOCAL_PART: &str = "support";
/// The key of the desk that set-up makes when nobody names one.
const UNNAMED_DESK: &str = "helpdesk";

const STEWARD: Actor = Actor::System("setup");

/// Makes the keys of signed reply addresses when there are none yet.
pub(crate) fn ensure_keys(desk: &ServiceDesk) -> Result<()> {
    desk.execute_blocking(&STEWARD, PrepareKeys)
}

/// Gives every desk that has no address one under the mail domain.
pub(crate) fn ensure_mailboxes(desk: &ServiceDesk, domain: &str) -> Result<()> {
    for (of, address) in missing(&desk.settings(), domain) {
        tracing::info!(%address, "a desk got its mail address");
        desk.execute_blocking(&STEWARD, AddMailbox { desk: of, address })?;
    }
    Ok(())
}

fn missing(settings: &Settings, domain: &str) -> Vec<(DeskId, String)> {
    let mut taken: Vec<String> = settings.mailboxes.iter().map(|mailbox| mailbox.address.clone()).collect();
    let mut found = Vec::new();
    for desk in &settings.desks {
        if settings.mailboxes.iter().any(|mailbox| mailbox.desk == desk.id) {
            continue;
        }
        let own = if desk.key.is_ascii() && desk.key != UNNAMED_DESK { desk.key.as_str() } else { LOCAL_PART };
        let candidates = [own.to_owned(), format!("{LOCAL_PART}-{}", desk.id)];
        let address =
            candidates.iter().filter_map(|local| email::normalise(&format!("{local}@{domain}"))).find(|address| !taken.contains(address));
        if let Some(address) = address {
            taken.push(address.clone());
            found.push((desk.id, address));
        }
    }
    found
}
