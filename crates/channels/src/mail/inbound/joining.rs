//! A mail that joins a ticket: as its participant, or held for an agent's glance.

use desk::conversation::{self, NewMessage};
use desk::linking::Link;
use desk::ticket::{self, Ticket, after_inbound};
use desk::{merging, participants};
use journal::Fact;
use kernel::limits::MAIL_PARTICIPANTS_MAX;
use kernel::{Error, MessageId, PersonId, Result, SideId, Span, TicketId};
use people::person;
use people::{Command, Context};

use super::super::threading::{JoinedBecause, Standing};
use super::super::{DeliveryReport, ParsedMail};
use super::UNKNOWN_SENDER;
use super::desk_side::{Arrival, Outcome, share_with};
use super::opening::{Opening, body_of, copies_of, named_by, open, part_of, sender};
use super::rows;

/// Where a message goes and what it may do there.
pub(super) struct Joining {
    pub(super) ticket: TicketId,
    pub(super) because: JoinedBecause,
    pub(super) standing: Standing,
}

/// Joins.
pub(super) fn join(cx: &mut Context<'_, '_>, arrival: Arrival, joining: Joining) -> Result<Outcome> {
    let mut ticket = merging::lock_target(cx.tx, joining.ticket)?.ok_or_else(|| Error::internal("the ticket of a thread vanished"))?;
    let person = arrival.mail.automatic.is_none();
    if person && joining.standing.acts() && is_long_closed(cx, &ticket) {
        return follow_up(cx, arrival, &ticket);
    }
    let author = author_of(cx, &arrival, joining.standing)?;
    if let (Standing::Proven, Some(from)) = (joining.standing, &arrival.mail.from) {
        person::clear_bounce(cx, &from.email)?;
    }
    let intake = arrival.intake.id;
    let new = message_of(cx, arrival, &mut ticket, (author, &joining))?;
    let message = conversation::add(cx, &mut ticket, new)?;
    // A machine's answer is no reason to work on a ticket again (T-M6), nor is what its sender's domain disowns.
    if person && joining.standing.calls() {
        after_inbound(cx, &mut ticket)?;
    }
    ticket::rows::update(cx.tx, &mut ticket)?;
    rows::conclude(cx.tx, intake, "joined", Some(ticket.id), Some(message))?;
    Ok(Outcome::Joined(ticket.number))
}

/// What the mail becomes, and what it brings into the ticket beside itself.
fn message_of(
    cx: &mut Context<'_, '_>,
    mut arrival: Arrival,
    ticket: &mut Ticket,
    (author, joining): (PersonId, &Joining),
) -> Result<NewMessage> {
    let standing = joining.standing;
    let mut part = part_of(&mut arrival, author);
    part.stranger = matches!(standing, Standing::Stranger | Standing::Refused);
    part.held = !standing.acts();
    part.verified = standing == Standing::Proven;
    part.origin = (ticket.id != joining.ticket).then_some(joining.ticket);
    part.joined_because = serde_json::to_string(&joining.because).ok();
    part.bounce_of = note_bounce(cx, &arrival, ticket.id)?;
    if standing == Standing::Proven && arrival.mail.automatic.is_none() {
        bring_copies(cx, &arrival, ticket)?;
    }
    if standing.acts() {
        share_with(cx, ticket, &arrival.mailboxes)?;
        rows::remember_named(cx.tx, &named_by(&arrival.mail), ticket.id)?;
    }
    Ok(NewMessage {
        kind: "inbound",
        channel: "mail",
        author: Some(author),
        uploader: None,
        body: body_of(&arrival.mail),
        cc: Vec::new(),
        attachments: Vec::new(),
        language: arrival.mail.language.map(|locale| locale.tag().to_owned()),
        mail: Some(part),
    })
}

fn author_of(cx: &mut Context<'_, '_>, arrival: &Arrival, standing: Standing) -> Result<PersonId> {
    match sender(&arrival.mail, &arrival.intake) {
        // Whoever readers could disagree about is nobody; a forged sender is named, because the agent must see who it claims to be.
        Some(from) if !(standing == Standing::Refused && arrival.mail.sender_ambiguous) => {
            person::ensure_person(cx, &from.email, &from.name, arrival.mail.language)
        }
        _ => person::ensure_person(cx, UNKNOWN_SENDER, "", None),
    }
}

/// A participant for whom their domain vouches may bring others along; nobody else may (T-M1).
fn bring_copies(cx: &mut Context<'_, '_>, arrival: &Arrival, ticket: &Ticket) -> Result<()> {
    let there = participants::rows::of_ticket(cx.tx, ticket.id)?.len();
    for address in copies_of(cx, &arrival.mail).into_iter().take(MAIL_PARTICIPANTS_MAX.saturating_sub(there)) {
        let other = person::ensure_person(cx, &address, "", None)?;
        participants::add(cx, ticket, other, "cc")?;
    }
    Ok(())
}

/// Notes on the mail that came back that it did; only a report on a mail of ours, of this ticket, counts.
fn note_bounce(cx: &mut Context<'_, '_>, arrival: &Arrival, ticket: TicketId) -> Result<Option<MessageId>> {
    let Some(reported) = &arrival.mail.bounce_of else { return Ok(None) };
    let Some(sent) = rows::sent_as(cx.tx, reported)? else { return Ok(None) };
    if let Some(problem) = problem_of(&arrival.mail, &sent.address) {
        rows::bounced(cx.tx, sent.id, &problem)?;
        person::note_bounce(cx, &sent.address, &problem)?;
        cx.append_to(ticket, &Fact::MailBounced { address: sent.address, message: sent.message, problem })?;
    }
    Ok(sent.message)
}

/// Why the mail to an address failed for good; none when the report says that it was late, arrived, or was read, or speaks of others.
fn problem_of(mail: &ParsedMail, address: &str) -> Option<String> {
    let about_it = |report: &&DeliveryReport| {
        let original = report.original_recipient.as_deref().unwrap_or_default();
        [report.final_recipient.as_str(), original].iter().any(|named| named.eq_ignore_ascii_case(address))
    };
    let failed = mail.reports.iter().filter(about_it).find(|report| report.is_permanent())?;
    let said = failed.diagnostic.clone().or_else(|| failed.status.clone());
    Some(said.unwrap_or_else(|| conversation::Body::text(&mail.text).snippet()))
}

/// An answer in a side conversation: inside, whoever wrote it.
pub(super) fn answer_beside(
    cx: &mut Context<'_, '_>,
    mut arrival: Arrival,
    (side, because, held): (SideId, JoinedBecause, bool),
) -> Result<Outcome> {
    let standing = if held { Standing::Refused } else { Standing::Plausible };
    let author = author_of(cx, &arrival, standing)?;
    let beside = desk::side::rows::by_id(cx.tx, side)?.ok_or_else(|| Error::internal("the side conversation of a mail vanished"))?;
    let bounce_of = note_bounce(cx, &arrival, beside.ticket)?;
    let language = arrival.mail.language.map(|locale| locale.tag().to_owned());
    let body = body_of(&arrival.mail);
    let mut part = part_of(&mut arrival, author);
    part.held = held;
    part.bounce_of = bounce_of;
    part.joined_because = serde_json::to_string(&because).ok();
    let received = desk::side::receive(cx, side, part, body, language)?;
    rows::conclude(cx.tx, arrival.intake.id, "joined", Some(received.ticket.id), Some(received.message))?;
    Ok(Outcome::Joined(received.ticket.number))
}

fn is_long_closed(cx: &Context<'_, '_>, ticket: &Ticket) -> bool {
    let days = cx.settings.desk(ticket.desk).and_then(|desk| desk.follow_up_days);
    let ended = ticket.closed_at.or(ticket.resolved_at);
    !ticket.is_open() && days.zip(ended).is_some_and(|(days, ended)| cx.now() > ended + Span::days(days))
}

/// A ticket of its own, linked to the one that ended long ago, with the same people and place.
fn follow_up(cx: &mut Context<'_, '_>, arrival: Arrival, former: &Ticket) -> Result<Outcome> {
    let opening = Opening::of(cx, &arrival)?;
    let mut ticket = open(cx, arrival, opening)?;
    if ticket.desk == former.desk {
        ticket.team = former.team;
        ticket::rows::update(cx.tx, &mut ticket)?;
    }
    Link { ticket: ticket.id, kind: "relates_to".to_owned(), target: former.id.to_string(), linked: true }.run(cx)?;
    Ok(Outcome::Opened(ticket.number))
}
