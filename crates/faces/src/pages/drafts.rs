//! What is begun and not sent: the reader's list, other versions of a draft, and the sheet on which colleagues review one in its ticket.

use kernel::{DraftId, MessageId, PersonId, Stamp};
use maud::{Markup, html};
use web::components::{Face, Frame, Pane, avatar, chip, csrf_field, empty, icon, workspace};
use web::urls::{self, DraftAction, draft_action};

use super::models::TicketView;
use super::ticket::newest;

/// The page of drafts.
#[derive(Clone, Debug, Default)]
pub struct DraftsView {
    /// Those that wait for the reader's word.
    pub review: Vec<DraftEntry>,
    /// The reader's own.
    pub own: Vec<DraftEntry>,
    /// Thrown away lately.
    pub discarded: Vec<DraftEntry>,
}

/// One draft in a list.
#[derive(Clone, Debug)]
pub struct DraftEntry {
    /// Its id.
    pub id: DraftId,
    /// A note, otherwise a reply.
    pub note: bool,
    /// In a side conversation.
    pub aside: bool,
    /// Of a new ticket.
    pub new: bool,
    /// The ticket, when the reader still sees it.
    pub number: Option<String>,
    /// Its title.
    pub title: Option<String>,
    /// How it begins.
    pub glance: String,
    /// Whose it is.
    pub by: String,
    /// Of whom a review was asked.
    pub asked: Option<String>,
    /// Who found it good.
    pub approved: Option<String>,
    /// Last typed.
    pub at: Stamp,
}

/// Another version of a draft.
#[derive(Clone, Debug)]
pub struct VersionEntry {
    /// Its id.
    pub id: DraftId,
    /// Who wrote it.
    pub by: String,
    /// A note, otherwise a reply.
    pub note: bool,
    /// When.
    pub at: Stamp,
    /// Its text.
    pub text: String,
}

/// A draft that colleagues may look at.
#[derive(Clone, Debug)]
pub struct ReviewEntry {
    /// Its id.
    pub id: DraftId,
    /// Whose it is.
    pub author: (PersonId, String),
    /// The reader's own.
    pub own: bool,
    /// The reader was asked.
    pub for_me: bool,
    /// Of whom the review was asked.
    pub asked: String,
    /// What to look at.
    pub ask: String,
    /// Who found it good.
    pub approved: Option<String>,
    /// Who else writes at it now.
    pub held: Option<String>,
    /// The colleague who wrote into it last.
    pub edited: Option<String>,
    /// A note, otherwise a reply.
    pub note: bool,
    /// Of its words.
    pub revision: i64,
    /// Its text.
    pub text: String,
    /// Names of its files.
    pub files: Vec<String>,
    /// Last typed.
    pub at: Stamp,
    /// What was said about it.
    pub comments: Vec<CommentEntry>,
}

/// A comment on a draft.
#[derive(Clone, Debug)]
pub struct CommentEntry {
    /// Who.
    pub by: (PersonId, String),
    /// What.
    pub text: String,
    /// When.
    pub at: Stamp,
}

/// Everything that the reader has begun.
#[must_use]
pub fn drafts_page(view: &DraftsView, frame: &Frame) -> Markup {
    let words = &frame.words;
    let nothing = view.review.is_empty() && view.own.is_empty() && view.discarded.is_empty();
    let main = html! {
        div.page.drafts {
            h1 { (words.t("drafts-title")) }
            @if nothing {
                (empty(&words.t("drafts-empty"), &words.t("drafts-empty-why"), &[]))
            }
            (section("drafts-review", &words.t("drafts-review"), &view.review, None, frame))
            (section("drafts-own", &words.t("drafts-own"), &view.own, Some((DraftAction::Discard, "trash-2", words.t("draft-discard"))), frame))
            (section("drafts-discarded", &words.t("drafts-discarded"), &view.discarded, Some((DraftAction::Restore, "undo-2", words.t("draft-restore"))), frame))
        }
    };
    workspace(frame, &words.t("drafts-title"), Pane::Single, &main)
}

fn section(id: &str, title: &str, list: &[DraftEntry], action: Option<(DraftAction, &'static str, String)>, frame: &Frame) -> Markup {
    if list.is_empty() {
        return Markup::default();
    }
    let is_gone = matches!(action, Some((DraftAction::Restore, _, _)));
    html! {
        section aria-labelledby=(id) {
            h2 id=(id) { (title) }
            ul.draft-list {
                @for one in list {
                    li {
                        (line(one, !is_gone, frame))
                        @if let Some((action, symbol, label)) = &action {
                            form method="post" action=(draft_action(one.id, *action)) {
                                (csrf_field(frame))
                                input type="hidden" name="back" value="list";
                                button.button.quiet.square type="submit" aria-label=(label) title=(label) { (icon(symbol)) }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn line(one: &DraftEntry, leads: bool, frame: &Frame) -> Markup {
    let words = &frame.words;
    let what = match (one.new, one.aside, one.note) {
        (true, _, _) => words.t("draft-of-new"),
        (_, true, _) => words.t("draft-of-side"),
        (_, _, true) => words.t("draft-of-note"),
        _ => words.t("draft-of-reply"),
    };
    let body = html! {
        span.draft-what { (icon(if one.note { "lock" } else { "pencil-line" })) (what) }
        span.draft-words {
            @if let (Some(number), Some(title)) = (&one.number, &one.title) { b { (number) " " (title) } " " }
            (one.glance)
        }
        @if let Some(name) = &one.approved { (chip(&words.with("draft-approved-by", &[("name", name)]), "done")) }
        @else if let Some(name) = &one.asked { (chip(&words.with("draft-asked", &[("name", name)]), "noted")) }
        time datetime=(words.machine_time(one.at)) title=(words.date_time(one.at)) { (words.date_time(one.at)) }
    };
    let href = match &one.number {
        Some(number) => Some(urls::ticket(number)),
        None if one.new => Some(urls::NEW_TICKET.to_owned()),
        None => None,
    };
    html! {
        @match href.filter(|_| leads) {
            Some(href) => a.draft-line href={ (href) @if one.number.is_some() { "#composer" } } { (body) }
            None => div.draft-line { (body) }
        }
    }
}

/// What was written elsewhere or before, to be brought back.
#[must_use]
pub fn versions_page(draft: DraftId, list: &[VersionEntry], frame: &Frame) -> Markup {
    let words = &frame.words;
    let main = html! {
        div.page.drafts {
            h1 { (words.t("draft-versions")) }
            div id="versions" {
                p.quiet { (words.t("draft-versions-why")) }
                @for one in list {
                    article.draft-version {
                        header { b { (one.by) } " · " (words.date_time(one.at)) @if one.note { " · " (words.t("draft-of-note")) } }
                        pre.draft-text { (one.text) }
                        form method="post" action=(urls::draft_version(draft, one.id)) data-brings-back {
                            (csrf_field(frame))
                            button.button type="submit" { (icon("undo-2")) (words.t("draft-use-version")) }
                        }
                    }
                }
            }
        }
    };
    workspace(frame, &words.t("draft-versions"), Pane::Single, &main)
}

/// Drafts of the ticket that wait for a colleague's word.
pub(super) fn reviews(ticket: &TicketView, frame: &Frame) -> Markup {
    html! { @for one in &ticket.reviews { (review(one, newest(ticket, |_| true).map(|(id, _)| id), frame)) } }
}

fn review(one: &ReviewEntry, seen: Option<MessageId>, frame: &Frame) -> Markup {
    let words = &frame.words;
    let head = match (&one.approved, one.own) {
        (Some(name), _) => words.with("review-approved", &[("name", name)]),
        (None, true) => words.with("review-waits", &[("name", &one.asked)]),
        (None, false) if one.for_me => words.with("review-for-you", &[("name", &one.author.1)]),
        (None, false) => words.with("review-for-other", &[("name", &one.author.1), ("other", &one.asked)]),
    };
    html! {
        section.review.note[one.note] id={ "review-" (one.id) } aria-label=(head) {
            header {
                (avatar(one.author.0, &one.author.1, Face::Small))
                b { (head) }
                time datetime=(words.machine_time(one.at)) title=(words.date_time(one.at)) { (words.time(one.at)) }
            }
            @if !one.ask.is_empty() { p.review-ask { (icon("circle-alert")) (one.ask) } }
            @if let Some(name) = &one.edited { p.quiet { (words.with("review-edited", &[("name", name)])) } }
            @if let Some(name) = &one.held { p.review-held role="status" { (icon("pencil-line")) (words.with("review-held", &[("name", name)])) } }
            @if !one.own { pre.draft-text { (one.text) } }
            @if !one.files.is_empty() && !one.own { p.quiet { (icon("paperclip")) (one.files.join(", ")) } }
            @for comment in &one.comments {
                p.review-comment { (avatar(comment.by.0, &comment.by.1, Face::Small)) span { b { (comment.by.1) } " " (comment.text) } }
            }
            (review_forms(one, seen, frame))
        }
    }
}

fn form(one: &ReviewEntry, action: DraftAction, body: &Markup, frame: &Frame) -> Markup {
    html! {
        form.one-button method="post" action=(draft_action(one.id, action)) data-swap="ticket" {
            (csrf_field(frame))
            input type="hidden" name="revision" value=(one.revision);
            (body)
        }
    }
}

fn review_forms(one: &ReviewEntry, seen: Option<MessageId>, frame: &Frame) -> Markup {
    let words = &frame.words;
    let send = if one.note { words.t("composer-keep") } else { words.t("composer-send") };
    html! {
        div.review-bar {
            details.review-say id={ "review-say-" (one.id) } {
                summary.button.quiet { (icon("pencil-line")) (words.t("review-comment")) }
                form method="post" action=(draft_action(one.id, DraftAction::Comment)) data-swap="ticket" {
                    (csrf_field(frame))
                    label.hidden-label for={ "comment-" (one.id) } { (words.t("review-comment-label")) }
                    textarea.input id={ "comment-" (one.id) } name="text" rows="2" required maxlength="4000" {}
                    button.button type="submit" { (words.t("review-comment-send")) }
                }
            }
            @if one.own {
                (form(one, DraftAction::Review, &html! { button.button.quiet type="submit" name="reviewer" value="" { (words.t("review-take-back")) } }, frame))
            } @else {
                @if one.held.is_some() {
                    (form(one, DraftAction::Pen, &html! { button.button type="submit" { (icon("pencil-line")) (words.t("review-take-pen")) } }, frame))
                } @else {
                    // Its words are saved as they are typed, by a script; without one there is no way in.
                    details.review-edit id={ "review-edit-" (one.id) } {
                        summary.button.quiet { (icon("pencil-line")) (words.t("review-edit")) }
                        form data-editor={ "draft:" (one.id) } data-revision=(one.revision) {
                            (csrf_field(frame))
                            label.hidden-label for={ "review-body-" (one.id) } { (words.t("review-edit")) }
                            textarea.input id={ "review-body-" (one.id) } name="body" rows="6" { (one.text) }
                            p.quiet.review-state role="status" {}
                        }
                    }
                }
                @if one.approved.is_none() {
                    (form(one, DraftAction::Approve, &html! { button.button type="submit" { (icon("circle-check")) (words.t("review-approve")) } }, frame))
                }
                (form(one, DraftAction::Send, &html! { @if let Some(seen) = seen { input type="hidden" name="seen" value=(seen); } button.button.primary[!one.note].note[one.note] type="submit" { (send) } }, frame))
            }
        }
    }
}

/// Asks whom to show the draft to; a script fills in which draft it is.
pub(super) fn ask_dialog(ticket: &TicketView, frame: &Frame) -> Markup {
    let words = &frame.words;
    html! {
        dialog.ask-review id="ask-review" aria-labelledby="ask-review-title" {
            form method="post" action=(urls::DRAFTS) data-swap="ticket" data-asks-review {
                (csrf_field(frame))
                h2 id="ask-review-title" { (words.t("review-ask-title")) }
                div.field {
                    label for="ask-reviewer" { (words.t("review-of")) }
                    select.input id="ask-reviewer" name="reviewer" required {
                        @for one in ticket.assignable.iter().filter(|one| one.id != ticket.reader) { option value={ "p:" (one.id) } { (one.name) } }
                        @for (id, name) in &ticket.teams { option value={ "t:" (id) } { (words.with("review-team", &[("team", name)])) } }
                    }
                }
                div.field {
                    label for="ask-words" { (words.t("review-ask")) }
                    textarea.input id="ask-words" name="ask" rows="2" maxlength="1000" {}
                }
                footer {
                    button.button.primary type="submit" { (words.t("review-ask-send")) }
                    button.button type="button" data-closes { (words.t("close")) }
                }
            }
        }
    }
}
