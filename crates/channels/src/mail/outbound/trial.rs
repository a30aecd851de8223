//! A letter to whoever asks for it, to see that mail leaves.

use kernel::{Error, Result};
use people::{ServiceDesk, Settings as Desks};

use super::super::address::Mailbox;
use super::super::compose::{AutoSubmitted, Letter};
use super::super::relay::Delivery;
use super::worker::Settings;

/// What is said in it, in the reader's words.
#[derive(Clone, Debug)]
pub struct Trial {
    /// To whom.
    pub name: String,
    /// Their address.
    pub address: String,
    /// Subject.
    pub subject: String,
    /// The text.
    pub text: String,
}

/// The address that mail is written from: the first mailbox, else one at our domain.
#[must_use]
pub fn sender_of(desks: &Desks, domain: Option<&str>) -> Option<String> {
    let mailbox = desks.mailboxes.iter().find(|mailbox| mailbox.active).map(|mailbox| mailbox.address.clone());
    mailbox.or_else(|| domain.map(|domain| format!("{}@{domain}", desks.desks.first().map_or("desk", |desk| desk.key.as_str()))))
}

/// Hands the letter to the relay at once, signed as all mail is, and past the queue: whoever asked wants to know now.
///
/// # Errors
/// When there is no address to write from.
pub async fn send_trial(desk: &ServiceDesk, settings: &Settings, trial: Trial) -> Result<Delivery> {
    let from = sender_of(&desk.settings(), settings.domain.as_deref()).ok_or_else(|| Error::internal("no address to write from"))?;
    let domain = from.rsplit_once('@').map_or("", |(_, domain)| domain).to_owned();
    let to = trial.address.clone();
    let letter = Letter {
        from: Mailbox { name: String::new(), email: from },
        reply_to: None,
        to: vec![Mailbox { name: trial.name, email: trial.address }],
        cc: Vec::new(),
        subject: trial.subject,
        text: trial.text,
        html: None,
        message_id: format!("trial.{}@{domain}", desk.store().ids().next()),
        in_reply_to: None,
        references: Vec::new(),
        automatic: Some(AutoSubmitted::Generated),
        unsubscribe: None,
        attachments: Vec::new(),
        date: desk.clock().now(),
    };
    let raw = letter.compose()?;
    let raw = settings.signer.as_ref().map_or(Ok(raw.clone()), |signer| signer.sign(&domain, &raw))?;
    Ok(settings.relay.deliver(letter.envelope_from(), &[to], &raw).await)
}
