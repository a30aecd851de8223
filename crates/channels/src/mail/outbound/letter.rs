//! What a queued mail says, composed when it is sent: in the recipient's language, with their own reply address.

use desk::attachments;
use desk::conversation;
use desk::ticket;
use kernel::limits::MAIL_REFERENCES_MAX;
use kernel::{Error, Locale, Result};
use people::Settings;
use people::person;
use store::{BlobHash, Blobs, Db};

use super::super::auth::Signer;
use super::super::compose::{AutoSubmitted, Enclosure, Letter};
use super::super::letters::{self, LetterKind};
use super::super::templates::{Template, render};
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
    let mailbox = settings.mailboxes.iter().find(|mailbox| mailbox.desk == ticket.desk).map(|mailbox| mailbox.address.clone());
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
    let template = if let (Some(_), Some(subject)) = (message.side, message.subject.as_deref()) {
        let (text, html) = (message.body_text.as_str(), message.body_html.as_deref());
        Template::Side { subject, answers: !references.is_empty(), text, html, agent: &agent, desk: &desk.name }
    } else if automatic {
        Template::Acknowledgement { number: &ticket.number, desk: &desk.name, link: None }
    } else {
        Template::AgentReply {
            number: &ticket.number,
            title: &ticket.title,
            text: &message.body_text,
            html: message.body_html.as_deref(),
            agent: &agent,
            desk: &desk.name,
        }
    };
    let said = letters::Values {
        number: ticket.number.clone(),
        title: message.subject.clone().filter(|_| message.side.is_some()).unwrap_or_else(|| ticket.title.clone()),
        desk: desk.name.clone(),
        agent: agent.clone(),
        requester: ticket::rows::contact(db, ticket.requester)?.map(|(name, _)| name).unwrap_or_default(),
        link: from_whom
            .site
            .map(|site| format!("{}{}", site.trim_end_matches('/'), web::urls::request(&ticket.number)))
            .unwrap_or_default(),
        text: message.body_text.clone(),
        html: message.body_html.clone(),
    };
    let kind = match (automatic, message.side) {
        (true, _) => LetterKind::Acknowledgement,
        (false, None) => LetterKind::Reply,
        (false, Some(_)) => LetterKind::Side,
    };
    let own = letters::rows::best(db, ticket.desk, kind, locale)?;
    let own = own.and_then(|source| match letters::fill(&source, &letters::api::known(said, kind), locale) {
        Ok(words) => Some(words),
        // What an agent wrote must go out even where the words around it cannot be filled.
        Err(error) => {
            tracing::warn!(%error, desk = %desk.key, kind = kind.word(), "the built-in words are used instead");
            None
        }
    });
    let words = own.map_or_else(|| render(&template, locale), Ok)?;
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
