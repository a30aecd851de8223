//! Which ticket a message belongs to, and why. The decision is pure: what it needs to know it asks through
//! [`LookUps`], so that each rule can be read and tested on its own.

use kernel::{PersonId, Result, TicketId};
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

/// What becomes of a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Decision {
    /// It continues a ticket.
    Join {
        /// The ticket.
        ticket: TicketId,
        /// Why.
        because: JoinedBecause,
        /// The sender is not a participant: their words join as their own, and give them no access (T-M3).
        stranger: bool,
        /// For whom the reply address was made, when it came by that.
        addressed: Option<PersonId>,
    },
    /// It opens a ticket.
    Open,
    /// It came before.
    Duplicate,
}

/// What the decision has to ask of the desk.
pub trait LookUps {
    /// Whether a message with this id was taken from this mailbox before.
    fn is_known(&mut self, message_id: &str) -> Result<bool>;
    /// The ticket and person of a token, when it is genuine and the ticket still exists.
    fn by_token(&mut self, token: &str) -> Result<Option<(TicketId, PersonId)>>;
    /// The ticket of the first of these messages that is known, sent or received, with the id that was found.
    fn by_message_id(&mut self, newest_first: &[String]) -> Result<Option<(TicketId, String)>>;
    /// The ticket with a number such as `INC-1042`.
    fn by_number(&mut self, number: &str) -> Result<Option<TicketId>>;
    /// Whether the address belongs to a requester, watcher, copy recipient or assigned agent of the ticket.
    fn is_participant(&mut self, ticket: TicketId, email: &str) -> Result<bool>;
}

/// Decides.
///
/// # Errors
/// Only what a look-up returns.
pub fn decide(mail: &ParsedMail, desk: &mut impl LookUps) -> Result<Decision> {
    if let Some(id) = &mail.message_id
        && desk.is_known(id)?
    {
        return Ok(Decision::Duplicate);
    }
    for token in &mail.reply_tokens {
        if let Some((ticket, person)) = desk.by_token(token)? {
            let stranger = is_stranger(mail, ticket, desk)?;
            return Ok(Decision::Join { ticket, because: JoinedBecause::ReplyAddress, stranger, addressed: Some(person) });
        }
    }
    if let Some(reported) = &mail.bounce_of
        && let Some((ticket, message_id)) = desk.by_message_id(std::slice::from_ref(reported))?
    {
        return Ok(Decision::Join { ticket, because: JoinedBecause::Report { message_id }, stranger: true, addressed: None });
    }
    let named = thread_ids(mail);
    if !named.is_empty()
        && let Some((ticket, message_id)) = desk.by_message_id(&named)?
    {
        let stranger = is_stranger(mail, ticket, desk)?;
        return Ok(Decision::Join { ticket, because: JoinedBecause::References { message_id }, stranger, addressed: None });
    }
    for number in numbers(&mail.subject) {
        if let Some(ticket) = desk.by_number(&number)?
            && !is_stranger(mail, ticket, desk)?
        {
            return Ok(Decision::Join { ticket, because: JoinedBecause::SubjectNumber { number }, stranger: false, addressed: None });
        }
    }
    Ok(Decision::Open)
}

/// A sender about whom readers could disagree is nobody we know.
fn is_stranger(mail: &ParsedMail, ticket: TicketId, desk: &mut impl LookUps) -> Result<bool> {
    match &mail.from {
        Some(from) if !mail.sender_ambiguous => Ok(!desk.is_participant(ticket, &from.email)?),
        _ => Ok(true),
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
mod tests {
    use super::super::address::Mailbox;
    use super::*;

    /// Ticket 7 is INC-1042, of alice, with two messages; its genuine token is `good`.
    #[derive(Default)]
    struct Desk {
        asked: Vec<String>,
    }

    impl LookUps for Desk {
        fn is_known(&mut self, message_id: &str) -> Result<bool> {
            Ok(message_id == "seen@x")
        }
        fn by_token(&mut self, token: &str) -> Result<Option<(TicketId, PersonId)>> {
            Ok((token == "good").then_some((TicketId(7), PersonId(3))))
        }
        fn by_message_id(&mut self, newest_first: &[String]) -> Result<Option<(TicketId, String)>> {
            self.asked = newest_first.to_vec();
            Ok(newest_first.iter().find(|id| ["one@x", "two@x"].contains(&id.as_str())).map(|id| (TicketId(7), id.clone())))
        }
        fn by_number(&mut self, number: &str) -> Result<Option<TicketId>> {
            Ok((number == "INC-1042").then_some(TicketId(7)))
        }
        fn is_participant(&mut self, ticket: TicketId, email: &str) -> Result<bool> {
            Ok(ticket == TicketId(7) && email == "alice@example.com")
        }
    }

    fn mail(from: &str) -> ParsedMail {
        ParsedMail { from: Mailbox::new("", from), ..ParsedMail::default() }
    }

    fn decided(mail: &ParsedMail) -> Decision {
        decide(mail, &mut Desk::default()).unwrap()
    }

    #[test]
    fn a_genuine_reply_address_joins_before_everything_else() {
        let mail = ParsedMail { reply_tokens: vec!["bad".into(), "good".into()], subject: "INC-9".into(), ..mail("alice@example.com") };
        let expected =
            Decision::Join { ticket: TicketId(7), because: JoinedBecause::ReplyAddress, stranger: false, addressed: Some(PersonId(3)) };
        assert_eq!(decided(&mail), expected);
    }

    #[test]
    fn references_are_asked_newest_first() {
        let mail = ParsedMail {
            in_reply_to: vec!["new@x".into()],
            references: vec!["one@x".into(), "two@x".into(), "new@x".into()],
            ..mail("alice@example.com")
        };
        let mut desk = Desk::default();
        let decision = decide(&mail, &mut desk).unwrap();
        assert_eq!(desk.asked, ["new@x", "two@x", "one@x"]);
        assert!(
            matches!(decision, Decision::Join { because: JoinedBecause::References { message_id }, stranger: false, .. } if message_id == "two@x")
        );
    }

    #[test]
    fn t_m3_an_unknown_sender_joins_a_known_thread_as_a_stranger() {
        let mail = ParsedMail { references: vec!["one@x".into()], ..mail("mallory@evil.example") };
        assert!(matches!(decided(&mail), Decision::Join { stranger: true, .. }));
    }

    #[test]
    fn t_m3_an_ambiguous_sender_is_a_stranger_even_with_a_known_address() {
        let mail = ParsedMail { references: vec!["one@x".into()], sender_ambiguous: true, ..mail("alice@example.com") };
        assert!(matches!(decided(&mail), Decision::Join { stranger: true, .. }));
    }

    #[test]
    fn a_subject_number_joins_only_from_a_participant() {
        for subject in ["[INC-1042] Printer", "Re: inc-1042", "AW: Printer #INC-1042", "Re: Принтер (INC-1042)", "回复：INC-1042打印机"]
        {
            let known = ParsedMail { subject: subject.into(), ..mail("alice@example.com") };
            assert!(matches!(decided(&known), Decision::Join { because: JoinedBecause::SubjectNumber { .. }, .. }), "{subject}");
            let unknown = ParsedMail { subject: subject.into(), ..mail("mallory@evil.example") };
            assert_eq!(decided(&unknown), Decision::Open, "{subject}");
            let ambiguous = ParsedMail { sender_ambiguous: true, ..known };
            assert_eq!(decided(&ambiguous), Decision::Open, "{subject}");
        }
    }

    #[test]
    fn a_report_joins_the_ticket_of_the_message_that_bounced() {
        let mail = ParsedMail { bounce_of: Some("two@x".into()), ..mail("mailer-daemon@mx.example") };
        assert!(matches!(decided(&mail), Decision::Join { because: JoinedBecause::Report { .. }, .. }));
    }

    #[test]
    fn a_message_seen_before_is_a_duplicate_and_any_other_opens() {
        let again = ParsedMail { message_id: Some("seen@x".into()), references: vec!["one@x".into()], ..mail("alice@example.com") };
        assert_eq!(decided(&again), Decision::Duplicate);
        let other = ParsedMail { subject: "Printer COVID-19 ABC-1".into(), ..mail("alice@example.com") };
        assert_eq!(decided(&other), Decision::Open);
    }
}
