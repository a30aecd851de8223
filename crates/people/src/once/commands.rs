//! Asking for a link, sending one, using it.

use journal::Fact;
use kernel::{Actor, Message, OutgoingId, PersonId, Refusal, Result, Span};

use super::{Purpose, rows, seal_purpose};
use crate::person::{self, email};
use crate::session::{fresh_secret, secret_hash};
use crate::{Command, Context, ServiceDesk, policy};

/// How many letters an address gets in an hour. Whoever asks more often hears the same answer.
const PER_ADDRESS: i64 = 3;
/// How often one network may ask in an hour.
const PER_NETWORK: i64 = 20;
const HOUR: Span = Span::hours(1);
/// Characters of a secret: 256 bits as base64url.
const SECRET_CHARS: usize = 43;

/// A secret before anybody has it, sealed for the letter.
#[derive(Clone)]
pub struct Fresh {
    secret: String,
    hash: String,
    sealed: String,
}

impl Fresh {
    /// Makes one. It is made before anybody looks whether the address is known, so that both take the same time (T-L3).
    pub fn make(desk: &ServiceDesk) -> Result<Self> {
        let secret = fresh_secret();
        let hash = secret_hash(&secret);
        let sealed = desk.vault().seal(&seal_purpose(&hash), &secret)?;
        Ok(Self { secret, hash, sealed })
    }
}

/// Puts a link and its letter down.
fn issue(cx: &mut Context<'_, '_>, (person, address): (PersonId, &str), purpose: Purpose, fresh: &Fresh) -> Result<()> {
    let (id, until) = (OutgoingId(cx.tx.id()), cx.now() + purpose.life());
    rows::insert_link(cx.tx, &fresh.hash, person, (purpose.word(), until))?;
    let mail = rows::NewMail { id, person, address, kind: purpose.word(), secret_hash: &fresh.hash, sealed: &fresh.sealed, until };
    rows::insert_mail(cx.tx, &mail)?;
    cx.append(&Fact::MailQueued { outgoing: id, purpose: purpose.word().to_owned(), person })?;
    Ok(())
}

/// Somebody has forgotten their password, or says so. Whether there is such a person is never told.
#[derive(Clone)]
pub struct AskReset {
    /// The address as it was typed.
    pub address: String,
    /// The network that it was asked from.
    pub network: String,
    /// A fresh link.
    pub fresh: Fresh,
}

impl Command for AskReset {
    type Receipt = ();
    fn run(self, cx: &mut Context<'_, '_>) -> Result<()> {
        let since = cx.now() - HOUR;
        if rows::asked_from(cx.tx, &self.network, since)? >= PER_NETWORK {
            return Err(Refusal::TooMany { retry_after_seconds: 3_600 }.into());
        }
        let address = email::normalise(&self.address).unwrap_or_default();
        let hash = secret_hash(&address);
        let asked = rows::asked_for(cx.tx, &hash, since)?;
        rows::ask(cx.tx, &hash, &self.network)?;
        let Some(person) = person::rows::id_of(cx.tx, &address)? else { return Ok(()) };
        let may = person::rows::by_id(cx.tx, person)?.is_some_and(|person| !person.disabled);
        if may && asked < PER_ADDRESS {
            issue(cx, (person, &address), Purpose::Reset, &self.fresh)?;
            cx.append(&Fact::ResetAsked { person })?;
        }
        Ok(())
    }
}

/// Sends a person a link by which they set their first password.
#[derive(Clone)]
pub struct InvitePerson {
    /// Whom.
    pub person: PersonId,
    /// A fresh link.
    pub fresh: Fresh,
}

impl Command for InvitePerson {
    type Receipt = ();
    fn run(self, cx: &mut Context<'_, '_>) -> Result<()> {
        policy::must_administer(cx.actor)?;
        let person = person::rows::by_id(cx.tx, self.person)?.ok_or(Refusal::NotFound)?;
        let address = person.emails.first().filter(|_| !person.disabled);
        let address = address.ok_or_else(|| Refusal::Conflict(Message::new("error-person-disabled")))?;
        // Who signs in already sets a new password by themselves; an invitation would end their sessions.
        if person::rows::credential(cx.tx, self.person)?.is_some() {
            return Err(Refusal::Conflict(Message::new("error-person-signs-in")).into());
        }
        // The newest invitation is the one that works.
        rows::end_links(cx.tx, self.person)?;
        issue(cx, (self.person, address), Purpose::Invitation, &self.fresh)?;
        cx.append(&Fact::PersonInvited { person: self.person })?;
        Ok(())
    }
}

/// An invitation on its way.
#[derive(Clone, Debug)]
pub struct Invited {
    /// The link's secret, see [`super::link`]: where the desk sends no mail yet, an administrator hands the link over themselves.
    pub secret: String,
    /// Whether the desk has an address to write from.
    pub mailed: bool,
}

/// Invites a person: what pages, API and set-up call.
pub async fn invite(desk: &ServiceDesk, actor: &Actor, person: PersonId) -> Result<Invited> {
    let fresh = Fresh::make(desk)?;
    let secret = fresh.secret.clone();
    desk.execute(actor, InvitePerson { person, fresh }).await?;
    Ok(Invited { secret, mailed: !desk.settings().mailboxes.is_empty() })
}

/// Uses a link up: the person has this password from now on, and every session, token and other link of theirs ends.
#[derive(Clone, Debug)]
pub struct UseLink {
    /// The secret out of the link.
    pub secret: String,
    /// What the link must be for.
    pub purpose: Purpose,
    /// See `password::hash`.
    pub password_hash: String,
}

impl Command for UseLink {
    type Receipt = PersonId;
    fn run(self, cx: &mut Context<'_, '_>) -> Result<PersonId> {
        if self.secret.len() != SECRET_CHARS {
            return Err(Refusal::NotFound.into());
        }
        let hash = secret_hash(&self.secret);
        let now = cx.now();
        let found = rows::live(cx.tx, &hash, self.purpose.word(), now)?.ok_or(Refusal::NotFound)?;
        // Two that come at once: only one of them takes the row away.
        if !rows::take(cx.tx, &hash)? {
            return Err(Refusal::NotFound.into());
        }
        let set = person::SetPassword { id: found.person, password_hash: self.password_hash };
        set.run(cx)?;
        Ok(found.person)
    }
}
