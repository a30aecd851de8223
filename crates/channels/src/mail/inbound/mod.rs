//! Mail in: stored first, answered with 250, then read. What was read becomes a ticket or joins one; what cannot be read
//! becomes a ticket too, with the raw message attached.

mod desk_side;
mod door;
mod evidence;
mod file;
mod inspect;
mod joining;
mod opening;
mod pressure;
mod rethread;
pub mod rows;
mod take;
mod worker;

pub use desk_side::{Outcome, ProcessMail};
pub use door::MailDoor;
pub use file::messages_in;
pub use inspect::{Findings, Inspect, NoChecks, Suspect};
pub(super) use pressure::Pressure;
pub use rethread::{Misplaced, misplaced};
pub use take::TakeMail;
pub use worker::{Worker, drain, process_batch};

use std::borrow::Cow;

use kernel::{Error, Result};
use people::settings::Mailbox;
use people::{Command, Context, Settings, service_desk};
use unicode_normalization::UnicodeNormalization;

use super::token::Key;

const KEYS: &str = "mail_reply_keys";
/// For whom a message counts when nobody can tell who wrote it. The domain can never exist (RFC 6761).
pub const UNKNOWN_SENDER: &str = desk::conversation::UNKNOWN_SENDER;

/// Makes the key of reply addresses when there is none yet.
#[derive(Clone, Copy, Debug)]
pub struct PrepareKeys;

impl Command for PrepareKeys {
    type Receipt = ();
    fn run(self, cx: &mut Context<'_, '_>) -> Result<()> {
        if service_desk::rows::values(cx.tx)?.contains_key(KEYS) {
            return Ok(());
        }
        let key: Key = rand::random();
        let text: String = key.iter().map(|byte| format!("{byte:02x}")).collect();
        service_desk::rows::set_value(cx.tx, KEYS, &text)?;
        cx.append(&journal::Fact::SettingChanged { key: KEYS.to_owned() })?;
        cx.reconfigure()
    }
}

/// The keys of reply addresses, the newest first; older ones still verify.
pub fn keys(settings: &Settings) -> Result<Vec<Key>> {
    let text = settings.value(KEYS).unwrap_or_default();
    let keys: Option<Vec<Key>> = text.split_whitespace().map(key_from).collect();
    keys.filter(|keys| !keys.is_empty()).ok_or_else(|| Error::internal("the key of the reply addresses is missing"))
}

fn key_from(hex: &str) -> Option<Key> {
    let byte = |at: usize| u8::from_str_radix(hex.get(at * 2..at * 2 + 2)?, 16).ok();
    let bytes: Option<Vec<u8>> = (0..32).map(byte).collect();
    if hex.len() == 64 { bytes?.try_into().ok() } else { None }
}

/// The mailbox that an address belongs to, with or without a detail after `+`; a signed reply address of any mailbox too.
#[must_use]
pub fn mailbox_of<'a>(settings: &'a Settings, address: &str) -> Option<&'a Mailbox> {
    let address = comparable(address);
    let (local, domain) = address.rsplit_once('@')?;
    let bare = format!("{}@{domain}", local.split('+').next().unwrap_or(local));
    let known = |wanted: &str| settings.mailboxes.iter().find(|mailbox| comparable(&mailbox.address) == wanted);
    known(&address).or_else(|| known(&bare)).or_else(|| {
        // A mailbox with a long name gets replies at `r+<token>`.
        let replies = super::token::find(&address).is_some() && local.starts_with("r+");
        let here = |mailbox: &&Mailbox| comparable(&mailbox.address).ends_with(&format!("@{domain}"));
        settings.mailboxes.iter().find(|mailbox| replies && here(mailbox))
    })
}

/// An address in the form in which two are compared: lower case, letters composed, the domain as the DNS has it, so that
/// `bücher.example` and `xn--bcher-kva.example` are one.
fn comparable(address: &str) -> Cow<'_, str> {
    let address = address.trim();
    if address.is_ascii() {
        let lower = !address.bytes().any(|byte| byte.is_ascii_uppercase());
        return if lower { Cow::Borrowed(address) } else { Cow::Owned(address.to_ascii_lowercase()) };
    }
    let (local, domain) = address.rsplit_once('@').unwrap_or((address, ""));
    let local: String = local.to_lowercase().nfc().collect();
    let domain = idna::domain_to_ascii(domain).unwrap_or_else(|_| domain.to_lowercase());
    Cow::Owned(format!("{local}@{domain}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_the_same_in_every_spelling_of_its_domain() {
        for (one, other) in [
            ("hilfe@bücher.example", "hilfe@xn--bcher-kva.example"),
            ("hilfe@BÜCHER.example", "Hilfe@XN--BCHER-KVA.EXAMPLE"),
            ("hilfe@bu\u{308}cher.example", "hilfe@bücher.example"),
            ("hỗtrợ@ví-dụ.example", "hô\u{303}trơ\u{323}@ví-dụ.example"),
            ("помощь@пример.example", "ПОМОЩЬ@xn--e1afmkfd.example"),
        ] {
            assert_eq!(comparable(one), comparable(other));
        }
        assert_ne!(comparable("help@example.com"), comparable("help@еxample.com"), "a Cyrillic letter is not a Latin one");
    }
}
