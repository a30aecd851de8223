//! The signed part of a reply address: `help+<token>@example.com`. It says which ticket an answer belongs to and for
//! whom the address was made, and cannot be guessed (T-M1): 128 bits of HMAC-SHA256 over both.
//!
//! ticket (8 bytes), person (8 bytes), tag (16 bytes), in base32 without padding: 52 letters and digits, because
//! mail systems change the case of addresses and dislike other characters.

use hmac::{Hmac, Mac};
use kernel::{PersonId, SideId, TicketId};
use sha2::Sha256;
use subtle::ConstantTimeEq;

const ALPHABET: &[u8; 32] = b"abcdefghijklmnopqrstuvwxyz234567";
const TOKEN_CHARS: usize = 52;
const TAG_BYTES: usize = 16;
/// Longest local part of an address (RFC 5321, 4.5.3.1.1).
const LOCAL_BYTES_MAX: usize = 64;
/// Keeps these tags apart from whatever else the same key may sign.
const PURPOSE: &[u8] = b"steward reply address v1\0";
/// Answers in a side conversation: such a token never leads into the ticket's own conversation, nor the other way.
const PURPOSE_SIDE: &[u8] = b"steward side address v1\0";

/// A key of 32 random bytes.
pub type Key = [u8; 32];

/// The token for answers of a person to a ticket.
#[must_use]
pub fn sign(key: &Key, ticket: TicketId, person: PersonId) -> String {
    signed(key, PURPOSE, ticket.get(), person)
}

/// The token for answers of a person in a side conversation.
#[must_use]
pub fn sign_side(key: &Key, side: SideId, person: PersonId) -> String {
    signed(key, PURPOSE_SIDE, side.get(), person)
}

fn signed(key: &Key, purpose: &[u8], subject: i64, person: PersonId) -> String {
    let mut bytes = Vec::with_capacity(32);
    bytes.extend_from_slice(&subject.to_be_bytes());
    bytes.extend_from_slice(&person.get().to_be_bytes());
    bytes.extend_from_slice(&tag(key, purpose, &bytes));
    encode(&bytes)
}

/// What a token says, when one of the keys made it. Several keys let an old one fade out; all are always tried, so
/// that time tells nothing.
#[must_use]
pub fn verify(keys: &[Key], token: &str) -> Option<(TicketId, PersonId)> {
    verified(keys, PURPOSE, token).map(|(ticket, person)| (TicketId(ticket), person))
}

/// The same for a side conversation.
#[must_use]
pub fn verify_side(keys: &[Key], token: &str) -> Option<(SideId, PersonId)> {
    verified(keys, PURPOSE_SIDE, token).map(|(side, person)| (SideId(side), person))
}

fn verified(keys: &[Key], purpose: &[u8], token: &str) -> Option<(i64, PersonId)> {
    let bytes = decode(token)?;
    let (said, given) = bytes.split_at_checked(TAG_BYTES)?;
    let genuine = keys.iter().fold(subtle::Choice::from(0), |found, key| found | tag(key, purpose, said).ct_eq(given));
    if !bool::from(genuine) {
        return None;
    }
    let (subject, person) = said.split_at_checked(8)?;
    let number = |bytes: &[u8]| <[u8; 8]>::try_from(bytes).ok().map(i64::from_be_bytes);
    Some((number(subject)?, PersonId(number(person)?)))
}

/// The reply address of a mailbox with a token: `help@example.com` becomes `help+<token>@example.com`. A local part
/// too long for both is replaced by `r`; the token alone says where the answer belongs.
#[must_use]
pub fn address(mailbox: &str, token: &str) -> String {
    let (local, domain) = mailbox.rsplit_once('@').unwrap_or((mailbox, "localhost"));
    let base = local.split('+').next().unwrap_or_default();
    let base = if base.is_empty() || base.len() + 1 + token.len() > LOCAL_BYTES_MAX { "r" } else { base };
    format!("{base}+{token}@{domain}")
}

/// What may be a token in an address, in lower case: only its form is checked.
#[must_use]
pub fn find(address: &str) -> Option<String> {
    let address = address.trim().trim_start_matches('<').trim_end_matches('>');
    let (local, _) = address.rsplit_once('@')?;
    let (_, token) = local.rsplit_once('+')?;
    let token = token.to_ascii_lowercase();
    decode(&token).map(|_| token)
}

fn tag(key: &Key, purpose: &[u8], said: &[u8]) -> Vec<u8> {
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(key) else { return Vec::new() };
    mac.update(purpose);
    mac.update(said);
    mac.finalize().into_bytes().iter().copied().take(TAG_BYTES).collect()
}

fn encode(bytes: &[u8]) -> String {
    let mut out = String::with_capacity(TOKEN_CHARS);
    let mut held = 0_u32;
    let mut bits = 0_u32;
    let mut push = |five: u32| {
        let letter = usize::try_from(five & 31).ok().and_then(|at| ALPHABET.get(at)).copied().unwrap_or(b'a');
        out.push(char::from(letter));
    };
    for byte in bytes {
        held = (held << 8) | u32::from(*byte);
        bits += 8;
        while bits >= 5 {
            bits -= 5;
            push(held >> bits);
        }
        held &= (1 << bits) - 1;
    }
    if bits > 0 {
        push(held << (5 - bits));
    }
    out
}

fn decode(token: &str) -> Option<Vec<u8>> {
    if token.len() != TOKEN_CHARS {
        return None;
    }
    let mut bytes = Vec::with_capacity(32);
    let mut held = 0_u32;
    let mut bits = 0_u32;
    for byte in token.bytes() {
        let at = ALPHABET.iter().position(|letter| *letter == byte.to_ascii_lowercase())?;
        held = (held << 5) | u32::try_from(at).ok()?;
        bits += 5;
        if bits >= 8 {
            bits -= 8;
            bytes.push(u8::try_from((held >> bits) & 0xFF).ok()?);
        }
        held &= (1 << bits) - 1;
    }
    // Spare bits other than zero would be a second spelling of the same token.
    (held == 0).then_some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    const OLD: Key = [7; 32];
    const NEW: Key = [9; 32];

    #[test]
    fn a_token_says_its_ticket_and_person_in_any_case() {
        let token = sign(&NEW, TicketId(123_456_789_012_345), PersonId(42));
        assert_eq!(token.len(), TOKEN_CHARS);
        assert_eq!(verify(&[NEW], &token), Some((TicketId(123_456_789_012_345), PersonId(42))));
        assert_eq!(verify(&[NEW], &token.to_uppercase()), Some((TicketId(123_456_789_012_345), PersonId(42))));
    }

    #[test]
    fn an_old_key_still_verifies_while_it_is_kept() {
        let token = sign(&OLD, TicketId(1), PersonId(2));
        assert!(verify(&[NEW, OLD], &token).is_some());
        assert!(verify(&[NEW], &token).is_none());
        assert!(verify(&[], &token).is_none());
    }

    #[test]
    fn t_m1_a_changed_or_guessed_token_is_refused() {
        let token = sign(&NEW, TicketId(1), PersonId(2));
        for at in 0..token.len() {
            let mut forged: Vec<char> = token.chars().collect();
            forged[at] = if forged[at] == 'a' { 'b' } else { 'a' };
            let forged: String = forged.into_iter().collect();
            assert_eq!(verify(&[NEW], &forged), None, "{forged}");
        }
        for guess in ["", "a", token.get(1..).unwrap(), &format!("{token}a"), &"a".repeat(52), &"é".repeat(26)] {
            assert_eq!(verify(&[NEW], guess), None, "{guess}");
        }
        for ticket in 2..10_000 {
            let other = sign(&OLD, TicketId(ticket), PersonId(2));
            let forged = format!("{}{}", other.get(..26).unwrap(), token.get(26..).unwrap());
            assert_eq!(verify(&[NEW], &forged), None);
        }
    }

    #[test]
    fn t_x2_a_token_of_a_side_conversation_is_none_of_the_ticket_and_the_other_way() {
        let (side, ticket) = (sign_side(&NEW, SideId(1), PersonId(2)), sign(&NEW, TicketId(1), PersonId(2)));
        assert_eq!(verify_side(&[NEW], &side), Some((SideId(1), PersonId(2))));
        assert_eq!((verify(&[NEW], &side), verify_side(&[NEW], &ticket)), (None, None));
        assert_eq!(verify_side(&[OLD], &side), None);
        assert_eq!(find(&address("help@example.com", &side)).as_deref(), Some(side.as_str()));
    }

    #[test]
    fn the_whole_local_part_fits_64_bytes() {
        let token = sign(&NEW, TicketId(i64::MAX), PersonId(i64::MAX));
        for mailbox in ["help@example.com", "servicedesk@example.com", "help+x@example.com", "a-very-long-mailbox-name@example.com"] {
            let address = address(mailbox, &token);
            assert!(address.rsplit_once('@').unwrap().0.len() <= 64, "{address}");
            assert_eq!(find(&address).as_deref(), Some(token.as_str()));
            assert_eq!(find(&format!("<{}>", address.to_uppercase())).as_deref(), Some(token.as_str()));
        }
        assert_eq!(find("help+sales@example.com"), None);
    }
}
