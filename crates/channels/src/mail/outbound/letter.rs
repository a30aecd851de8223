//! What a queued mail says, composed when it is sent: in the recipient's language, with their own reply address.

use desk::attachments;
use desk::conversation;
use desk::conversation::Message;
use desk::ticket::{self, Ticket};
use kernel::limits::MAIL_REFERENCES_MAX;
use kernel::{Error, Locale, Result};
use people::Settings;
use people::person;
use people::settings::Desk;
use store::{BlobHash, Blobs, Db};

use super::super::auth::Signer;
use super::super::compose::{AutoSubmitted, Enclosure, Letter};
use super::super::letters::{self, LetterKind};
use super::super::templates::{Rendered, Template, render};
use super::super::{Mailbox, inbound, token};
use super::rows::{self, Outgoing};

/// Everything of a letter that the database knows; files are read afterwards.
pub(super) struct Draft {
    letter: Letter,
    files: Vec<attachments::Attachment>,
}

/// What the program itself is called.
#[derive(Clone, Copy, Debug)]
pub(super) struct FromWhom<'a> {
    /// The domain of desks without a mailbox.
    pub(super) domain: Option<&'a str>,
    /// The address of its pages.
    pub(super) site: Option<&'a str>,
}

/// Reads what a queued mail needs.
pub(super) fn draft(db: &mut Db<'_>, settings: &Settings, from_whom: FromWhom<'_>, out: &Outgoing) -> Result<Draft> {
    let gone = |what: &str| Error::internal(format!("{what} of outgoing mail {} is gone", out.id));
    let ticket = ticket::rows::by_id(db, out.ticket)?.ok_or_else(|| gone("the ticket"))?;
    let message = match out.message {
        Some(id) => conversation::rows::by_id(db, id)?.ok_or_else(|| gone("the message"))?,
        None => return Err(gone("the message")),
    };
    let to = person::rows::by_id(db, out.person)?.ok_or_else(|| gone("the recipient"))?;
    let desk = settings.desk(ticket.desk).ok_or_else(|| gone("the desk"))?;
    let mailbox = settings.mailbox_of(ticket.desk).map(|mailbox| mailbox.address.clone());
    let from = mailbox.or_else(|| from_whom.domain.map(|domain| format!("{}@{domain}", desk.key))).ok_or_else(|| gone("the mailbox"))?;
    let key = inbound::keys(settings)?.into_iter().next().ok_or_else(|| gone("the key"))?;
    let token = match message.side {
        Some(side) => token::sign_side(&key, side, out.person),
        None => token::sign(&key, ticket.id, out.person),
    };
    let reply_to = token::address(&from, &token);
    // The ticket's language wins: somebody who wrote in Latvian gets an answer in Latvian.
    let spoken = if message.side.is_some() { None } else { ticket.language.as_deref() };
    let locale = spoken.or(to.language.as_deref()).and_then(Locale::matching).unwrap_or_default();
    let agent = message.author.and_then(|author| settings.staff.get(&author)).map(|staff| staff.name.clone()).unwrap_or_default();
    let automatic = out.kind == "acknowledgement";
    let mut references = match message.side {
        Some(side) => rows::side_thread(db, side, out.person, out.id)?,
        None => rows::thread(db, ticket.id, out.person, out.id)?,
    };
    let about = About { ticket: &ticket, message: &message, desk, agent: &agent, locale, answers: !references.is_empty() };
    let words = words(db, &about, automatic, from_whom.site)?;
    let surplus = references.len().saturating_sub(MAIL_REFERENCES_MAX);
    references.drain(..surplus);
    let files = if automatic { Vec::new() } else { attachments::rows::of_message(db, message.id)? };
    let copies = match (automatic, message.side) {
        (true, _) => Vec::new(),
        (false, None) => message.cc,
        // Those whom a side conversation is with see each other.
        (false, Some(_)) => message.to,
    };
    let letter = Letter {
        from: Mailbox { name: desk.name.clone(), email: from },
        reply_to: Some(Mailbox { name: desk.name.clone(), email: reply_to }),
        to: vec![Mailbox { name: to.name, email: out.address.clone() }],
        cc: copies
            .into_iter()
            .filter(|copy| copy.email != out.address)
            .map(|copy| Mailbox { name: copy.name, email: copy.email })
            .collect(),
        subject: words.subject,
        text: words.text,
        html: Some(words.html),
        message_id: out.mail_id.clone(),
        in_reply_to: references.last().cloned(),
        references,
        automatic: automatic.then_some(AutoSubmitted::Replied),
        unsubscribe: None,
        attachments: Vec::new(),
        date: out.created_at,
    };
    Ok(Draft { letter, files })
}

/// What the words of a letter are about.
struct About<'a> {
    ticket: &'a Ticket,
    message: &'a Message,
    desk: &'a Desk,
    agent: &'a str,
    locale: Locale,
    /// Something was said before.
    answers: bool,
}

impl About<'_> {
    fn kind(&self, automatic: bool) -> LetterKind {
        match (automatic, self.message.side) {
            (true, _) => LetterKind::Acknowledgement,
            (false, None) => LetterKind::Reply,
            (false, Some(_)) => LetterKind::Side,
        }
    }

    /// The words that came with the program.
    fn built_in(&self, kind: LetterKind) -> Template<'_> {
        let (number, desk, agent) = (self.ticket.number.as_str(), self.desk.name.as_str(), self.agent);
        let (text, html) = (self.message.body_text.as_str(), self.message.body_html.as_deref());
        match kind {
            LetterKind::Acknowledgement => Template::Acknowledgement { number, desk, link: None },
            LetterKind::Reply => Template::AgentReply { number, title: &self.ticket.title, text, html, agent, desk },
            LetterKind::Side => {
                let subject = self.message.subject.as_deref().unwrap_or_default();
                Template::Side { subject, answers: self.answers, text, html, agent, desk }
            }
        }
    }

    fn values(&self, requester: String, site: Option<&str>) -> letters::Values {
        let own_subject = self.message.subject.clone().filter(|_| self.message.side.is_some());
        let link = site.map(|site| format!("{}{}", site.trim_end_matches('/'), web::urls::request(&self.ticket.number)));
        letters::Values {
            number: self.ticket.number.clone(),
            title: own_subject.unwrap_or_else(|| self.ticket.title.clone()),
            desk: self.desk.name.clone(),
            agent: self.agent.to_owned(),
            requester,
            link: link.unwrap_or_default(),
            text: self.message.body_text.clone(),
            html: self.message.body_html.clone(),
        }
    }
}

/// The desk's own words, else those of every desk, else those that came with the program.
fn words(db: &mut Db<'_>, about: &About<'_>, automatic: bool, site: Option<&str>) -> Result<Rendered> {
    let kind = about.kind(automatic);
    let Some(source) = letters::rows::best(db, about.ticket.desk, kind, about.locale)? else {
        return render(&about.built_in(kind), about.locale);
    };
    let requester = ticket::rows::name_of(db, about.ticket.requester)?;
    let values = letters::known(about.values(requester, site), kind);
    letters::fill(&source, &values, about.locale).or_else(|error| {
        // What an agent wrote must go out even where the words around it cannot be filled.
        tracing::warn!(%error, desk = %about.desk.key, kind = kind.word(), "the built-in words are used instead");
        render(&about.built_in(kind), about.locale)
    })
}

/// The envelope sender and the bytes of a drafted letter, signed when there is a key for its domain.
pub(super) fn finished(mut draft: Draft, blobs: &Blobs, signer: Option<&Signer>) -> Result<(Option<String>, Vec<u8>)> {
    for file in draft.files {
        let hash = BlobHash::parse(&file.hash).ok_or_else(|| Error::internal("an attachment without a hash"))?;
        let bytes = blobs.get_blocking(&hash)?;
        draft.letter.attachments.push(Enclosure {
            filename: file.filename,
            content_type: file.content_type,
            bytes,
            content_id: file.content_id,
        });
    }
    let raw = draft.letter.compose()?;
    let domain = draft.letter.from.email.rsplit_once('@').map_or("", |(_, domain)| domain);
    let raw = signer.map_or(Ok(raw.clone()), |signer| signer.sign(domain, &raw))?;
    Ok((draft.letter.envelope_from().map(str::to_owned), raw))
}
