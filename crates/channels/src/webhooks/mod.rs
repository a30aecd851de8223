//! Webhooks: other programs are told what happens, in the form of the Standard Webhooks specification. Each hook tells only what its owner
//! may know. A telling is tried for three days, kept with all its tries, and can be repeated.

mod address;
pub mod api;
mod call;
mod commands;
mod limits;
mod reactor;
pub mod rows;
mod signature;
mod worker;

use kernel::{PersonId, Result, Stamp, WebhookDeliveryId, WebhookId};
use store::Tx;

pub use call::WebhookSettings;
pub use commands::{AddWebhook, ChangeWebhook, Redeliver, RemoveWebhook, RenewSecret, Secret, TestWebhook, WebhookInput};

pub use reactor::Watcher;
pub use worker::Teller;

/// The event by which a hook is tried out; no fact has this name.
pub const TEST_EVENT: &str = "webhook.test";

/// An address elsewhere that is told what happens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Webhook {
    /// Identifier.
    pub id: WebhookId,
    /// Whoever may know what it tells: nothing else is told.
    pub owner: PersonId,
    /// What people call it.
    pub name: String,
    /// Where to.
    pub url: String,
    /// What signs it, sealed.
    pub secret: String,
    /// Kinds of facts; none means all.
    pub events: Vec<String>,
    /// Whether it is told anything.
    pub active: bool,
    /// When it was added.
    pub created_at: Stamp,
    /// Rises with each change.
    pub version: i64,
}

impl Webhook {
    /// Whether it wants to be told of this kind of fact.
    #[must_use]
    pub fn wants(&self, kind: &str) -> bool {
        self.active && (self.events.is_empty() || self.events.iter().any(|event| event == kind))
    }
}

/// How a telling stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// It is to be tried, for the first time or again.
    Waiting,
    /// The other side took it.
    Delivered,
    /// It was given up.
    Failed,
}

impl State {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Waiting, Self::Delivered, Self::Failed];

    /// As it is stored and shown by the API.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Delivered => "delivered",
            Self::Failed => "failed",
        }
    }

    /// By its word.
    #[must_use]
    pub fn by_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.word() == word)
    }
}

/// One telling.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delivery {
    /// Identifier; the same in each try, so that the other side knows it again.
    pub id: WebhookDeliveryId,
    /// The hook.
    pub webhook: WebhookId,
    /// The kind of fact.
    pub event: String,
    /// What is sent.
    pub body: String,
    /// How it stands.
    pub state: State,
    /// Tries so far.
    pub attempts: i64,
    /// Not before.
    pub next_at: Stamp,
    /// When it happened.
    pub created_at: Stamp,
}

/// Removes what ended long ago from the log.
pub fn sweep(tx: &mut Tx<'_>) -> Result<u64> {
    let now = tx.now();
    rows::sweep(tx, now - limits::DELIVERED_KEPT, now - limits::FAILED_KEPT)
}

/// One try.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attempt {
    /// From 1.
    pub number: i64,
    /// When it began.
    pub started_at: Stamp,
    /// How long it took.
    pub millis: i64,
    /// The HTTP status, when there was an answer.
    pub status: Option<i64>,
    /// What stood in the way, when there was none.
    pub problem: Option<String>,
    /// The beginning of the answer.
    pub response: Option<String>,
}
