//! Typed, time-ordered identifiers. People never see them in the pages (they see ticket numbers); the API shows them as strings.

use std::fmt;
use std::str::FromStr;
use std::sync::atomic::{AtomicI64, Ordering};

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::{Clock, Stamp};

/// Milliseconds from 1970 to 2025-01-01, where the time part of an identifier starts.
const EPOCH_MILLIS: i64 = 1_735_689_600_000;
const SEQUENCE_BITS: u32 = 12;
const NODE_BITS: u32 = 10;

/// Makes 63-bit identifiers: milliseconds, then a sequence, then the node, so that order follows time on each node.
#[derive(Debug)]
pub struct IdMaker {
    clock: Clock,
    node: i64,
    last: AtomicI64,
}

impl IdMaker {
    /// `node` is the number of this process among those that share a database, 0 to 1023.
    #[must_use]
    pub fn new(clock: Clock, node: u16) -> Self {
        Self { clock, node: i64::from(node) & ((1 << NODE_BITS) - 1), last: AtomicI64::new(0) }
    }

    /// The next identifier; never the same twice, even when the clock steps back.
    pub fn next(&self) -> i64 {
        let wanted = Self::ticks(self.clock.now());
        let last = self.last.fetch_update(Ordering::AcqRel, Ordering::Acquire, |last| Some(wanted.max(last + 1))).unwrap_or(0);
        (wanted.max(last + 1) << NODE_BITS) | self.node
    }

    /// The smallest identifier that could have been made at `at`: for narrowing by time.
    #[must_use]
    pub fn floor(at: Stamp) -> i64 {
        Self::ticks(at) << NODE_BITS
    }

    fn ticks(at: Stamp) -> i64 {
        (at.micros() / 1000 - EPOCH_MILLIS).max(0) << SEQUENCE_BITS
    }
}

macro_rules! id {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub i64);

        impl $name {
            /// The number as it is stored.
            #[must_use]
            pub const fn get(self) -> i64 { self.0 }
        }
        impl From<i64> for $name { fn from(raw: i64) -> Self { Self(raw) } }
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { write!(f, "{}", self.0) }
        }
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { write!(f, concat!(stringify!($name), "({})"), self.0) }
        }
        impl FromStr for $name {
            type Err = std::num::ParseIntError;
            fn from_str(text: &str) -> Result<Self, Self::Err> { text.parse().map(Self) }
        }
        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> { to.collect_str(&self.0) }
        }
        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                let text = std::borrow::Cow::<'de, str>::deserialize(from)?;
                text.parse().map_err(|_| serde::de::Error::custom("expected an id, which is a string of digits"))
            }
        }
    )*};
}

id! {
    /// A person: requester, agent or both.
    PersonId,
    /// A company, department or other group that persons belong to.
    OrganisationId,
    /// A group of agents within desks.
    TeamId,
    /// A service area: IT, HR, customer care...
    DeskId,
    /// A ticket of any kind.
    TicketId,
    /// A reply, a note or an incoming message on a ticket.
    MessageId,
    /// A file attached to a message or uploaded to be.
    AttachmentId,
    /// A node of a desk's category tree.
    CategoryId,
    /// A declared custom field.
    FieldId,
    /// A form: which fields a ticket of a kind is asked for.
    FormId,
    /// An address that receives mail for a desk.
    MailboxId,
    /// An account that mail is fetched from.
    MailSourceId,
    /// A raw message as it came in.
    IntakeId,
    /// A message on its way out.
    OutgoingId,
    /// A side conversation with a third party.
    SideId,
    /// A text that is written often.
    CannedId,
    /// A list that somebody saved.
    ViewId,
    /// Several steps under one name.
    MacroId,
    /// A reply that waits for its time.
    ScheduledId,
    /// What somebody has begun to write.
    DraftId,
    /// Something that has to be done on a ticket.
    TaskId,
    /// Time that somebody worked on a ticket.
    TimeEntryId,
    /// A signed-in browser.
    SessionId,
    /// An API token.
    TokenId,
    /// An address elsewhere that is told what happens.
    WebhookId,
    /// One telling of a webhook.
    WebhookDeliveryId,
    /// A passkey of a person.
    PasskeyId,
    /// A fact in the journal, before and after it has its position.
    FactId,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_rise_even_when_the_clock_steps_back() {
        let clock = Clock::manual(Stamp::from_micros(1_800_000_000_000_000));
        let ids = IdMaker::new(clock.clone(), 3);
        let mut before = 0;
        for step in 0..10_000 {
            if step == 5_000 {
                clock.advance_micros(-3_600_000_000);
            }
            let id = ids.next();
            assert!(id > before);
            assert_eq!(id & 1023, 3);
            before = id;
        }
    }

    #[test]
    fn an_id_is_a_string_in_json() {
        assert_eq!(serde_json::to_string(&TicketId(42)).unwrap(), "\"42\"");
        assert_eq!(serde_json::from_str::<TicketId>("\"42\"").unwrap(), TicketId(42));
        assert!(serde_json::from_str::<TicketId>("42").is_err());
    }
}
