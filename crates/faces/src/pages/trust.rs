//! What stands around a message beside its text: whether its sender is proven, why it is here, what it carries, and what can be done with
//! it when it does not belong here.

use kernel::{Stamp, is_date};
use maud::{Markup, html};
use web::components::{Frame, csrf_field, icon, linked, rich};
use web::{Words, urls};

use super::models::{MessageEntry, Said};
use desk::conversation::{Invitation, Protection};

/// Why a message is held.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Held {
    /// The domain that it claims to be from disowns it.
    Forged {
        /// The domain.
        domain: String,
    },
    /// Nothing proves the domain.
    Unproven {
        /// The domain.
        domain: String,
    },
    /// Readers could disagree about who sent it.
    Ambiguous,
    /// Its sender takes no part.
    Stranger,
    /// Its sender could not be proven.
    Other,
}

/// What stands around a message.
#[derive(Clone, Debug, Default)]
pub struct Trust {
    /// Whether the reader may move, admit and discard it.
    pub may_act: bool,
    /// Why it is held, when it is.
    pub held: Option<Held>,
    /// Whether it was judged to be junk.
    pub discarded: bool,
    /// Whether its author takes part already, so that nobody needs to be added.
    pub takes_part: bool,
    /// The number of the ticket that it came to, when it is another one than the page's.
    pub came_to: Option<String>,
    /// Invitations.
    pub invitations: Vec<Invitation>,
    /// Signed or encrypted parts.
    pub protection: Option<Protection>,
    /// What was put right while it was read.
    pub defects: Vec<String>,
    /// Addresses at which it could not be delivered, with the reason.
    pub came_back: Vec<(String, String)>,
}

/// Marks in the head of a message: where it came to, and a sender whom nobody vouches for.
pub(super) fn marks(said: &MessageEntry, words: &Words) -> Markup {
    html! {
        @if let Some(number) = &said.trust.came_to {
            span { (rich(&words.with("message-came-to", &[("ticket", &linked(&urls::ticket_alone(number), number))]))) }
        }
        @if said.unverified && said.trust.held.is_none() {
            span.unproven { (icon("shield-question-mark")) " " (words.t("message-unverified")) }
        }
    }
}

/// What of a message changes while it lies open in front of somebody.
pub(super) fn state(said: &MessageEntry) -> String {
    let trust = &said.trust;
    let word = if trust.discarded {
        "discarded"
    } else if trust.held.is_some() {
        "held"
    } else {
        "counts"
    };
    format!("{word} {} {} {}", trust.may_act, trust.came_back.len(), trust.came_to.as_deref().unwrap_or_default())
}

/// What can be done with a message.
pub(super) fn actions(said: &MessageEntry, frame: &Frame) -> Markup {
    let words = &frame.words;
    let judged = said.said == Said::Inbound;
    html! {
        @if said.trust.may_act && !said.trust.discarded {
            details.picker.message-menu name="picker" {
                summary.button.quiet.square aria-label=(words.t("message-actions")) title=(words.t("message-actions")) { (icon("ellipsis")) }
                div.menu {
                    ul.menu-items {
                        li { a.menu-item href=(urls::message_forward(said.id)) { span.menu-mark { (icon("forward")) } span { (words.t("forward-title")) } } }
                        @if judged {
                        li { a.menu-item href=(urls::message_move(said.id)) { span.menu-mark { (icon("split")) } span { (words.t("message-not-here")) } } }
                        li { (discard(said, frame, "menu-item", &html! { span.menu-mark { (icon("trash-2")) } span { (words.t("message-discard")) } })) }
                        }
                    }
                }
            }
        }
    }
}

/// The body of a message with what stands above and below it. What was discarded is folded away.
pub(super) fn around(said: &MessageEntry, frame: &Frame, body: &Markup) -> Markup {
    let words = &frame.words;
    html! {
        @if said.trust.discarded {
            details.discarded {
                summary { (icon("trash-2")) (words.t("message-discarded")) }
                @if said.trust.may_act { (admit(said, frame, false, &words.t("message-genuine"))) }
                (body)
            }
        } @else {
            @if let Some(held) = &said.trust.held { (band(said, held, frame)) }
            @for invitation in &said.trust.invitations { (invitation_card(invitation, words)) }
            (body)
            (below(said, words))
        }
    }
}

fn band(said: &MessageEntry, held: &Held, frame: &Frame) -> Markup {
    let words = &frame.words;
    let why = match held {
        Held::Forged { domain } => words.with("held-forged", &[("domain", domain)]),
        Held::Unproven { domain } => words.with("held-unproven", &[("domain", domain)]),
        Held::Ambiguous => words.t("held-ambiguous"),
        Held::Stranger => words.t("held-stranger"),
        Held::Other => words.t("held-other"),
    };
    let author = said.author.as_ref().map(|author| author.name.clone()).filter(|name| !name.is_empty());
    html! {
        div.held-band role="group" aria-labelledby={ "held-" (said.id) } {
            p { (icon("shield-alert")) b id={ "held-" (said.id) } { (words.t("held-title")) } }
            p { (why) " " (words.t("held-until")) }
            @if said.trust.may_act {
                div.held-choices {
                    (admit(said, frame, false, &words.t("message-genuine")))
                    @if let Some(name) = author.filter(|_| !said.trust.takes_part) {
                        (admit(said, frame, true, &words.with("message-genuine-join", &[("name", &name)])))
                    }
                    a.button href=(urls::message_move(said.id)) { (words.t("message-not-here")) }
                    (discard(said, frame, "button", &html! { (words.t("message-discard")) }))
                }
            }
        }
    }
}

fn admit(said: &MessageEntry, frame: &Frame, join: bool, label: &str) -> Markup {
    html! {
        form.one-button method="post" action=(urls::message_admit(said.id)) data-swap="ticket" {
            (csrf_field(frame))
            @if join { input type="hidden" name="add_participant" value="true"; }
            button.button type="submit" { (label) }
        }
    }
}

fn discard(said: &MessageEntry, frame: &Frame, class: &str, label: &Markup) -> Markup {
    html! {
        form.one-button method="post" action=(urls::message_discard(said.id)) data-swap="ticket" {
            (csrf_field(frame))
            button class=(class) type="submit" { (label) }
        }
    }
}

fn invitation_card(invitation: &Invitation, words: &Words) -> Markup {
    let what = match invitation.method.as_str() {
        "request" => words.t("invitation-request"),
        "cancel" => words.t("invitation-cancel"),
        "reply" => words.t("invitation-reply"),
        _ => words.t("invitation-other"),
    };
    let organiser = invitation.organiser.as_ref().map(|one| if one.name.is_empty() { &one.email } else { &one.name });
    html! {
        div.invitation role="group" aria-label=(what) {
            (icon("calendar"))
            div {
                small { (what) }
                b { (invitation.title) }
                @if let Some(when) = span_of(invitation, words) { p { (when) @if invitation.repeats { " · " (words.t("invitation-repeats")) } } }
                @if let Some(place) = &invitation.place { p { (place) } }
                @if let Some(name) = organiser { p.quiet { (words.with("invitation-by", &[("name", name)])) } }
            }
        }
    }
}

/// When it is, in the reader's zone; the end only with its time when both are on one day.
fn span_of(invitation: &Invitation, words: &Words) -> Option<String> {
    let (from, to) = (invitation.starts.as_deref()?, invitation.ends.as_deref());
    if is_date(from) {
        return words.calendar_day(from);
    }
    let start = Stamp::parse(from)?;
    let end = to.and_then(Stamp::parse).filter(|end| *end > start);
    Some(match end {
        None => words.date_time(start),
        Some(end) if words.is_same_day(start, end) => format!("{} – {}", words.date_time(start), words.time(end)),
        Some(end) => format!("{} – {}", words.date_time(start), words.date_time(end)),
    })
}

fn below(said: &MessageEntry, words: &Words) -> Markup {
    let trust = &said.trust;
    html! {
        @for (to, problem) in &trust.came_back {
            p.message-foot.came-back { (icon("mail-x")) (words.with("message-came-back", &[("to", to), ("problem", problem)])) }
        }
        @if let Some(protection) = &trust.protection {
            @for line in protected(protection, words) { p.message-foot { (icon("file-lock-2")) (line) } }
        }
        @if !trust.defects.is_empty() {
            p.message-foot { (icon("wrench")) (words.with("message-defects", &[("list", &trust.defects.join(", "))])) }
        }
        @if let Some(why) = joined(said, words) { p.message-foot { (icon("link")) (why) } }
    }
}

/// What is there, never whether it is valid: nobody has checked it.
fn protected(protection: &Protection, words: &Words) -> Vec<String> {
    let standard = match protection.standard.as_str() {
        "smime" => "S/MIME",
        "openpgp" => "OpenPGP",
        other => other,
    };
    let standard: [(&str, &dyn ToString); 1] = [("standard", &standard)];
    let mut lines = Vec::new();
    if protection.signed {
        lines.push(if protection.whole {
            words.with("protection-signed", &standard)
        } else {
            words.with("protection-signed-part", &standard)
        });
    }
    if protection.encrypted {
        let whole = protection.whole;
        lines.push(if whole { words.with("protection-encrypted", &standard) } else { words.with("protection-encrypted-part", &standard) });
    }
    lines
}

/// Why it joined this ticket; nothing for one that an agent has put here.
fn joined(said: &MessageEntry, words: &Words) -> Option<String> {
    if said.trust.came_to.is_some() {
        return None;
    }
    match said.joined_because.as_deref()? {
        "reply_address" => Some(words.t("joined-address")),
        "references" => Some(words.t("joined-thread")),
        "report" => Some(words.t("joined-report")),
        "moved" => Some(words.t("joined-moved")),
        "thread" => Some(words.t("joined-kin")),
        "subject_number" => Some(words.t("joined-subject")),
        _ => None,
    }
}
