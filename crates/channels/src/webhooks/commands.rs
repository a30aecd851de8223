//! Adding, changing, trying out and removing hooks. Facts name fields, never secrets.

use journal::Fact;
use kernel::{Message, Refusal, Result, WebhookDeliveryId, WebhookId};
use people::{Command, Context, ServiceDesk, policy};
use serde_json::json;

use super::limits::{HOOKS_MAX, NAME_CHARS_MAX};
use super::{State, TEST_EVENT, Webhook, address, rows, signature};

/// What a secret is for, so that it opens nowhere else.
pub(super) fn purpose(id: WebhookId) -> String {
    format!("webhook {id}")
}

/// What a caller says of a hook; absent is unchanged, or usual.
#[derive(Clone, Debug, Default)]
pub struct WebhookInput {
    /// What people call it.
    pub name: Option<String>,
    /// Where to.
    pub url: Option<String>,
    /// Kinds of facts; none means all.
    pub events: Option<Vec<String>>,
    /// Whether it is told anything.
    pub active: Option<bool>,
}

fn clean_name(name: &str) -> Result<String> {
    let name = name.trim();
    if name.is_empty() || name.chars().count() > NAME_CHARS_MAX || name.chars().any(char::is_control) {
        return Err(Refusal::invalid("name", Message::new("error-text-length").with("max", NAME_CHARS_MAX)).into());
    }
    Ok(name.to_owned())
}

fn clean_events(events: Vec<String>) -> Result<Vec<String>> {
    let mut known = Vec::new();
    for event in events.iter().map(|event| event.trim()).filter(|event| !event.is_empty()) {
        if !Fact::KINDS.contains(&event) {
            return Err(Refusal::invalid("events", Message::new("error-webhook-event").with("event", event)).into());
        }
        if !known.iter().any(|one| one == event) {
            known.push(event.to_owned());
        }
    }
    Ok(known)
}

fn apply(hook: &mut Webhook, input: WebhookInput) -> Result<Vec<String>> {
    let before = hook.clone();
    if let Some(url) = input.url {
        hook.url = address::clean(&url)?;
    }
    if let Some(name) = input.name {
        hook.name = clean_name(&name)?;
    }
    if let Some(events) = input.events {
        hook.events = clean_events(events)?;
    }
    hook.active = input.active.unwrap_or(hook.active);
    let changes = [
        ("name", hook.name != before.name),
        ("url", hook.url != before.url),
        ("events", hook.events != before.events),
        ("active", hook.active != before.active),
    ];
    Ok(changes.into_iter().filter(|(_, changed)| *changed).map(|(name, _)| name.to_owned()).collect())
}

/// A hook with what signs it, which is shown this once.
#[derive(Clone)]
pub struct Secret {
    /// The hook.
    pub webhook: Webhook,
    /// The secret.
    pub secret: String,
}

/// Tells one more address.
#[derive(Clone)]
pub struct AddWebhook {
    /// For the vault.
    pub desk: ServiceDesk,
    /// What is said of it.
    pub input: WebhookInput,
}

impl Command for AddWebhook {
    type Receipt = Secret;
    fn run(self, cx: &mut Context<'_, '_>) -> Result<Secret> {
        policy::must_administer(cx.actor)?;
        let owner = cx.actor.person().ok_or(Refusal::Unauthenticated)?;
        if rows::hooks(cx.tx)?.len() >= HOOKS_MAX {
            return Err(Refusal::Conflict(Message::new("error-webhooks-many").with("max", HOOKS_MAX)).into());
        }
        let (id, secret) = (WebhookId(cx.tx.id()), signature::fresh());
        let sealed = self.desk.vault().seal(&purpose(id), &secret)?;
        let mut webhook = Webhook {
            id,
            owner,
            name: String::new(),
            url: String::new(),
            secret: sealed,
            events: Vec::new(),
            active: true,
            created_at: cx.now(),
            version: 1,
        };
        let url = self.input.url.clone().ok_or_else(|| Refusal::invalid("url", Message::new("error-needed")))?;
        let name = self.input.name.clone().filter(|name| !name.trim().is_empty());
        let named = name.unwrap_or_else(|| address::host(&url).unwrap_or_default());
        apply(&mut webhook, WebhookInput { name: Some(named), ..self.input })?;
        rows::insert(cx.tx, &webhook)?;
        cx.append(&Fact::WebhookAdded { webhook: id })?;
        cx.reconfigure()?;
        Ok(Secret { webhook, secret })
    }
}

fn found(cx: &mut Context<'_, '_>, id: WebhookId) -> Result<Webhook> {
    policy::must_administer(cx.actor)?;
    Ok(rows::by_id(cx.tx, id)?.ok_or(Refusal::NotFound)?)
}

fn must_be(hook: &Webhook, expected: Option<i64>) -> Result<()> {
    match expected {
        Some(version) if version != hook.version => Err(Refusal::Stale { current: hook.version }.into()),
        _ => Ok(()),
    }
}

/// Changes a hook; it still tells what its owner may know.
#[derive(Clone, Debug)]
pub struct ChangeWebhook {
    /// Which.
    pub id: WebhookId,
    /// The version that the caller read.
    pub expected_version: Option<i64>,
    /// What is said of it.
    pub input: WebhookInput,
}

impl Command for ChangeWebhook {
    type Receipt = ();
    fn run(self, cx: &mut Context<'_, '_>) -> Result<()> {
        let mut hook = found(cx, self.id)?;
        must_be(&hook, self.expected_version)?;
        let fields = apply(&mut hook, self.input)?;
        if fields.is_empty() {
            return Ok(());
        }
        rows::update(cx.tx, &hook)?;
        cx.append(&Fact::WebhookChanged { webhook: hook.id, fields })?;
        cx.reconfigure()
    }
}

/// Gives a hook another secret; the old one signs nothing from then on.
#[derive(Clone)]
pub struct RenewSecret {
    /// For the vault.
    pub desk: ServiceDesk,
    /// Which.
    pub id: WebhookId,
}

impl Command for RenewSecret {
    type Receipt = Secret;
    fn run(self, cx: &mut Context<'_, '_>) -> Result<Secret> {
        let mut webhook = found(cx, self.id)?;
        let secret = signature::fresh();
        webhook.secret = self.desk.vault().seal(&purpose(webhook.id), &secret)?;
        rows::update(cx.tx, &webhook)?;
        cx.append(&Fact::WebhookChanged { webhook: webhook.id, fields: vec!["secret".to_owned()] })?;
        cx.reconfigure()?;
        Ok(Secret { webhook, secret })
    }
}

/// Removes a hook with its log.
#[derive(Clone, Copy, Debug)]
pub struct RemoveWebhook {
    /// Which.
    pub id: WebhookId,
}

impl Command for RemoveWebhook {
    type Receipt = ();
    fn run(self, cx: &mut Context<'_, '_>) -> Result<()> {
        let hook = found(cx, self.id)?;
        rows::remove(cx.tx, hook.id)?;
        cx.append(&Fact::WebhookRemoved { webhook: hook.id })?;
        cx.reconfigure()
    }
}

/// Tells a hook something harmless, to see whether it hears.
#[derive(Clone, Copy, Debug)]
pub struct TestWebhook {
    /// Which.
    pub id: WebhookId,
}

impl Command for TestWebhook {
    type Receipt = WebhookDeliveryId;
    fn run(self, cx: &mut Context<'_, '_>) -> Result<WebhookDeliveryId> {
        let hook = found(cx, self.id)?;
        if !hook.active {
            return Err(Refusal::Conflict(Message::new("error-webhook-inactive")).into());
        }
        let body = json!({ "type": TEST_EVENT, "timestamp": cx.now().to_string(), "data": { "webhook": hook.id.to_string() } });
        rows::enqueue(cx.tx, hook.id, TEST_EVENT, &body.to_string())
    }
}

/// Tries a telling once more, whether it was given up or delivered.
#[derive(Clone, Copy, Debug)]
pub struct Redeliver {
    /// The hook.
    pub webhook: WebhookId,
    /// The telling.
    pub delivery: WebhookDeliveryId,
}

impl Command for Redeliver {
    type Receipt = ();
    fn run(self, cx: &mut Context<'_, '_>) -> Result<()> {
        let hook = found(cx, self.webhook)?;
        let delivery = rows::one(cx.tx, hook.id, self.delivery)?.ok_or(Refusal::NotFound)?;
        if delivery.state != State::Waiting || delivery.next_at > cx.now() {
            rows::again(cx.tx, delivery.id)?;
        }
        Ok(())
    }
}
