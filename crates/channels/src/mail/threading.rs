//! Which ticket a message belongs to, why, and what its sender may do there. The decision is pure: what it needs to know it
//! asks through [`LookUps`], so that each rule can be read and tested on its own.
//!
//! Where a message belongs and who wrote it are two questions. A thread is found by what only somebody who has the mail can
//! know; an identity is only taken from a header for which the sending domain vouches, or, where the domain publishes no
//! policy, from evidence that went to that very address (T-M1).

use desk::conversation::Verdict;
use kernel::{PersonId, Result, SideId, TicketId};
use serde::{Deserialize, Serialize};

use super::parse::ParsedMail;

/// Most ticket numbers of a subject that are tried.
const NUMBERS_MAX: usize = 5;

/// Why a message joined its ticket; shown to the agent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "by")]
pub enum JoinedBecause {
    /// It was sent to the signed reply address of the ticket.
    ReplyAddress,
    /// It answers a message of the ticket.
    References {
        /// The newest known message that it names.
        message_id: String,
    },
    /// A message of the ticket names it, or names what it names: they are of one thread, though the beginning came late or never.
    Thread {
        /// The message that both know.
        message_id: String,
    },
    /// It answers a message that an agent put into this ticket.
    Moved {
        /// That message.
        message_id: String,
    },
    /// It is a delivery report about a message of the ticket.
    Report {
        /// The message that it reports on.
        message_id: String,
    },
    /// Its subject names the ticket and a participant wrote it.
    SubjectNumber {
        /// The number as found.
        number: String,
    },
}

/// What the sender of a message may do in the ticket that it joined.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// A participant, vouched for by their domain.
    Proven,
    /// A participant, as only the reader of a mail of ours can be; their domain says nothing.
    Plausible,
    /// The address of a participant, with nothing behind it but what others can know: held for a glance.
    Unproven,
    /// Somebody who takes no part: their own author, held for a glance, no access (T-M3).
    Stranger,
    /// The domain says that it is forged, or readers could disagree about the sender: held, and nothing moves.
    Refused,
}

impl Standing {
    /// Whether the message acts for the person whose address it carries.
    #[must_use]
    pub const fn acts(self) -> bool {
        matches!(self, Self::Proven | Self::Plausible)
    }
    /// Whether an agent has to look, so that the ticket comes back to us.
    #[must_use]
    pub const fn calls(self) -> bool {
        !matches!(self, Self::Refused)
    }
}

/// What becomes of a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Decision {
    /// It continues a ticket.
    Join {
        /// The ticket.
        ticket: TicketId,
        /// Why.
        because: JoinedBecause,
        /// What its sender may do there.
        standing: Standing,
    },
    /// It answers in a side conversation.
    Side {
        /// Which.
        side: SideId,
        /// Why.
        because: JoinedBecause,
        /// Held for a glance: the sender's domain disowns it, or nobody can tell who it is.
        held: bool,
    },
    /// It opens a ticket.
    Open,
    /// It came before, by the same way.
    Duplicate,
    /// It came before to a mailbox of another desk: one ticket, seen by both.
    Share(TicketId),
}

/// A mail with the same id that was taken before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Earlier {
    /// Whether it came to a mailbox to which this one comes too.
    pub same_mailbox: bool,
    /// Whether it says the same.
    pub same_content: bool,
    /// The ticket that it became or joined.
    pub ticket: Option<TicketId>,
}

/// How a ticket is known to belong to a Message-ID.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Known {
    /// The ticket.
    pub ticket: TicketId,
    /// The id.
    pub message_id: String,
    /// How.
    pub by: KnownBy,
}

/// How a Message-ID came to be known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KnownBy {
    /// The message came in or went out.
    Message,
    /// It was only ever named in the References of others.
    Referenced,
    /// An agent said that it belongs there.
    Moved,
}

/// What the decision has to ask of the desk.
pub trait LookUps {
    /// Mails with this id that were taken before.
    fn earlier(&mut self, message_id: &str) -> Result<Vec<Earlier>>;
    /// The ticket and person of a token, when it is genuine and the ticket still exists.
    fn by_token(&mut self, token: &str) -> Result<Option<(TicketId, PersonId)>>;
    /// The side conversation and person of a token, when it is genuine.
    fn side_by_token(&mut self, token: &str) -> Result<Option<(SideId, PersonId)>>;
    /// The side conversation of the first of these messages that is known, with the id that was found.
    fn side_by_message(&mut self, message_ids: &[String]) -> Result<Option<(SideId, String)>>;
    /// Which of these messages are known, sent or received, in the order asked.
    fn known(&mut self, message_ids: &[String]) -> Result<Vec<Known>>;
    /// The ticket with a number such as `INC-1042`.
    fn by_number(&mut self, number: &str) -> Result<Option<TicketId>>;
    /// The person with this address, when it is the requester or in CC.
    fn participant(&mut self, ticket: TicketId, email: &str) -> Result<Option<PersonId>>;
    /// Whether one of these messages went from us to this very address.
    fn went_to(&mut self, email: &str, message_ids: &[String]) -> Result<bool>;
}

/// Decides.
///
/// # Errors
/// Only what a look-up returns.
pub fn decide(mail: &ParsedMail, verdict: Verdict, desk: &mut impl LookUps) -> Result<Decision> {
    if let Some(decision) = seen_before(mail, desk)? {
        return Ok(decision);
    }
    let named = thread_ids(mail);
    let known = desk.known(&named)?;
    let sender = Sender { mail, verdict, named: &named };
    // What an agent has put right wins over what the mail says of itself.
    if let Some(found) = known.iter().find(|one| one.by == KnownBy::Moved) {
        let because = JoinedBecause::Moved { message_id: found.message_id.clone() };
        let standing = sender.standing(found.ticket, None, desk)?;
        return Ok(Decision::Join { ticket: found.ticket, because, standing });
    }
    for token in &mail.reply_tokens {
        if let Some((ticket, person)) = desk.by_token(token)? {
            let standing = sender.standing(ticket, Some(person), desk)?;
            return Ok(Decision::Join { ticket, because: JoinedBecause::ReplyAddress, standing });
        }
    }
    if let Some(decision) = beside(&sender, desk)? {
        return Ok(decision);
    }
    if let Some(reported) = &mail.bounce_of
        && let Some(found) = desk.known(std::slice::from_ref(reported))?.into_iter().find(|one| one.by != KnownBy::Referenced)
    {
        let because = JoinedBecause::Report { message_id: found.message_id };
        return Ok(Decision::Join { ticket: found.ticket, because, standing: Standing::Stranger });
    }
    if let Some(found) = known.iter().find(|one| one.by == KnownBy::Message) {
        let because = JoinedBecause::References { message_id: found.message_id.clone() };
        let standing = sender.standing(found.ticket, None, desk)?;
        return Ok(Decision::Join { ticket: found.ticket, because, standing });
    }
    if let Some(decision) = of_one_thread(&sender, &known, desk)? {
        return Ok(decision);
    }
    by_subject(&sender, desk)
}

/// The same id and the same words are the same mail; an id alone can be anybody's.
fn seen_before(mail: &ParsedMail, desk: &mut impl LookUps) -> Result<Option<Decision>> {
    let Some(id) = mail.identity() else { return Ok(None) };
    let earlier: Vec<Earlier> = desk.earlier(&id)?.into_iter().filter(|one| one.same_content).collect();
    if earlier.iter().any(|one| one.same_mailbox) {
        return Ok(Some(Decision::Duplicate));
    }
    let elsewhere = earlier.iter().find_map(|one| one.ticket).map(Decision::Share);
    Ok(elsewhere.or_else(|| (!earlier.is_empty()).then_some(Decision::Duplicate)))
}

/// Side conversations have addresses and a thread of their own, so that what a supplier writes never reaches the requester.
fn beside(sender: &Sender<'_>, desk: &mut impl LookUps) -> Result<Option<Decision>> {
    let mail = sender.mail;
    let held = sender.is_refused();
    for token in &mail.reply_tokens {
        if let Some((side, _)) = desk.side_by_token(token)? {
            return Ok(Some(Decision::Side { side, because: JoinedBecause::ReplyAddress, held }));
        }
    }
    if let Some(reported) = &mail.bounce_of
        && let Some((side, message_id)) = desk.side_by_message(std::slice::from_ref(reported))?
    {
        return Ok(Some(Decision::Side { side, because: JoinedBecause::Report { message_id }, held: false }));
    }
    let found = desk.side_by_message(sender.named)?;
    Ok(found.map(|(side, message_id)| Decision::Side { side, because: JoinedBecause::References { message_id }, held }))
}

/// Ids that were only ever named: anybody can name an id, so they lead only people who take part already.
fn of_one_thread(sender: &Sender<'_>, known: &[Known], desk: &mut impl LookUps) -> Result<Option<Decision>> {
    let own: Vec<String> = sender.mail.message_id.iter().cloned().collect();
    let named = desk.known(&own)?.into_iter().chain(known.iter().cloned()).find(|one| one.by == KnownBy::Referenced);
    let Some(found) = named else { return Ok(None) };
    let standing = sender.standing(found.ticket, None, desk)?;
    let leads = matches!(standing, Standing::Proven | Standing::Plausible | Standing::Unproven);
    let because = JoinedBecause::Thread { message_id: found.message_id };
    Ok(leads.then_some(Decision::Join { ticket: found.ticket, because, standing }))
}

/// A number is no secret: it joins what a participant wrote, and nobody else's.
fn by_subject(sender: &Sender<'_>, desk: &mut impl LookUps) -> Result<Decision> {
    for number in numbers(&sender.mail.subject) {
        let Some(ticket) = desk.by_number(&number)? else { continue };
        let standing = sender.standing(ticket, None, desk)?;
        if matches!(standing, Standing::Proven | Standing::Plausible | Standing::Unproven) {
            return Ok(Decision::Join { ticket, because: JoinedBecause::SubjectNumber { number }, standing });
        }
    }
    Ok(Decision::Open)
}

/// Who claims to write, and what speaks for it.
struct Sender<'m> {
    mail: &'m ParsedMail,
    verdict: Verdict,
    named: &'m [String],
}

impl Sender<'_> {
    fn is_refused(&self) -> bool {
        self.mail.from.is_none() || self.mail.sender_ambiguous || matches!(self.verdict, Verdict::Fail | Verdict::Ambiguous)
    }

    /// `addressed` is for whom the reply address was made, when the mail came by a genuine one.
    fn standing(&self, ticket: TicketId, addressed: Option<PersonId>, desk: &mut impl LookUps) -> Result<Standing> {
        let Some(from) = self.mail.from.as_ref().filter(|_| !self.is_refused()) else { return Ok(Standing::Refused) };
        let Some(person) = desk.participant(ticket, &from.email)? else { return Ok(Standing::Stranger) };
        if self.verdict == Verdict::Pass {
            return Ok(Standing::Proven);
        }
        let strong = addressed == Some(person) || desk.went_to(&from.email, self.named)?;
        Ok(if strong { Standing::Plausible } else { Standing::Unproven })
    }
}

/// The ids that the message names, newest first: what it answers, then its thread from the end.
fn thread_ids(mail: &ParsedMail) -> Vec<String> {
    let mut ids: Vec<String> = Vec::new();
    for id in mail.in_reply_to.iter().chain(mail.references.iter().rev()) {
        if !ids.contains(id) {
            ids.push(id.clone());
        }
    }
    ids
}

/// What may be ticket numbers in a subject: `[INC-1042]`, `INC-1042`, `#INC-1042`, in any case.
fn numbers(subject: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for word in subject.split(|c: char| !(c.is_ascii_alphanumeric() || c == '-')) {
        let Some((prefix, digits)) = word.split_once('-') else { continue };
        let lettered = (2..=10).contains(&prefix.len()) && prefix.chars().all(|c| c.is_ascii_alphabetic());
        let numbered = (1..=12).contains(&digits.len()) && digits.chars().all(|c| c.is_ascii_digit());
        let number = word.to_ascii_uppercase();
        if lettered && numbered && !found.contains(&number) && found.len() < NUMBERS_MAX {
            found.push(number);
        }
    }
    found
}

#[cfg(test)]
mod tests;
