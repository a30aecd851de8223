//! The entries of the timeline.

use maud::{Markup, html};
use web::components::{
    Face, Frame, MessageGround, MessageSheet, Priority, avatar, chip, fact, fold, icon, kind_name, linked, message, priority_name, rich,
    status_name, strong, system_face,
};
use web::{Words, urls};

use super::models::{Entry, FactEntry, Happened, MessageEntry, Said};
use super::outgoing::deliveries;
use super::words::{channel_name, field_name, level_name, link_name};
use super::{previewing, record, said, trust};

/// One entry.
pub(super) fn entry(entry: &Entry, frame: &Frame) -> Markup {
    match entry {
        Entry::Message(said) => message_entry(said, frame),
        Entry::Fact(happened) => fact_entry(happened, &frame.words),
    }
}

fn message_entry(said: &MessageEntry, frame: &Frame) -> Markup {
    let words = &frame.words;
    let author = said.author.as_ref();
    let sheet = MessageSheet {
        ground: match said.said {
            Said::Inbound => MessageGround::Mail,
            Said::Reply => MessageGround::Reply,
            Said::Note => MessageGround::Note,
        },
        anchor: format!("message-{}", said.id),
        face: author.map_or_else(|| system_face(words), |person| avatar(person.id, &person.name, Face::Medium)),
        author: author.map_or_else(|| words.t("author-system"), |person| person.name.clone()),
        marks: marks(said, words),
        time: html! { time datetime=(words.machine_time(said.at)) title=(words.date_time(said.at)) { (words.time(said.at)) } (trust::actions(said, frame)) },
        state: trust::state(said),
        body: trust::around(said, frame, &mailed(said, words)),
    };
    message(&sheet, words)
}

/// The body with what became of it; a side conversation is folded under its subject.
fn mailed(said: &MessageEntry, words: &Words) -> Markup {
    html! {
        @match &said.outgoing.side {
            Some(subject) => (fold(&words.with("message-side", &[("subject", subject)]), &body(said, words))),
            None => (body(said, words)),
        }
        (deliveries(&said.outgoing.deliveries, words))
    }
}

/// A message without the sheet around it, for a side conversation.
pub(super) fn bare_message(said: &MessageEntry, words: &Words) -> Markup {
    let author = said.author.as_ref().map_or_else(|| words.t("author-system"), |person| person.name.clone());
    html! {
        div.side-message {
            div.message-head {
                b { (author) } @if said.stranger { (chip(&words.t("message-stranger"), "waiting")) }
                time datetime=(words.machine_time(said.at)) { (words.date_time(said.at)) }
            }
            (body(said, words))
            (deliveries(&said.outgoing.deliveries, words))
        }
    }
}

/// Names as a plain list.
pub(super) fn plain_list(names: &[String]) -> String {
    names.join(", ")
}

fn marks(said: &MessageEntry, words: &Words) -> Markup {
    html! {
        @match said.said {
            Said::Inbound => {
                span { @if said.channel == "mail" { (icon("mail")) " " } (channel_name(&said.channel, words)) }
            }
            Said::Reply => { @if let Some(people) = addressed(said, words) { span { (people) } } }
            Said::Note => {}
        }
        @if let Some((tag, name)) = said::foreign_language(said.language.as_deref(), words) {
            span.message-language lang=(tag) title=(words.with("message-language", &[("language", &name)])) { (name) }
        }
        @if said.original {
            a.message-original href=(urls::message_original(said.id)) download title=(words.t("message-original-title")) { (words.t("message-original")) }
        }
        @if said.stranger { (chip(&words.t("message-stranger"), "waiting")) }
        @if said.outgoing.overtaken { (chip(&words.t("message-overtaken"), "waiting")) }
        @if said.automatic { (chip(&words.t("message-automatic"), "")) }
        (trust::marks(said, words))
    }
}

fn addressed(said: &MessageEntry, words: &Words) -> Option<String> {
    let (to, cc) = (said.to.join(", "), said.cc.join(", "));
    match (to.is_empty(), cc.is_empty()) {
        (true, _) => None,
        (false, true) => Some(words.with("message-to", &[("to", &to)])),
        (false, false) => Some(words.with("message-to-cc", &[("to", &to), ("cc", &cc)])),
    }
}

/// HTML is shown in its frame; everything else as text with what it quotes folded away.
fn body(said: &MessageEntry, words: &Words) -> Markup {
    html! {
        @if said.has_html {
            (said::frame(&urls::message_body(said.id), &said.text, words))
        } @else {
            (said::text(&said.text, said.language.as_deref(), words))
        }
        @if !said.attachments.is_empty() {
            div.attachments {
                @for file in &said.attachments { (previewing::tile(file, words)) }
            }
        }
    }
}

fn fact_entry(entry: &FactEntry, words: &Words) -> Markup {
    let by = entry.by.clone().unwrap_or_else(|| words.t("author-system"));
    let sentence = html! { (rich(&sentence(&entry.what, words))) " · " (by) };
    let time = html! { time datetime=(words.machine_time(entry.at)) title=(words.date_time(entry.at)) { (words.time(entry.at)) } };
    fact(&format!("fact-{}", entry.id), symbol(&entry.what), &sentence, &time)
}

const fn symbol(what: &Happened) -> &'static str {
    match what {
        Happened::Opened { .. } => "circle-plus",
        Happened::Changed { .. } | Happened::KindChanged { .. } => "pencil-line",
        Happened::Moved { .. } => "arrow-right-left",
        Happened::Tagged { .. } => "tag",
        Happened::Linked { .. } | Happened::Unlinked { .. } => "link",
        Happened::ParticipantAdded { .. } | Happened::ParticipantRemoved { .. } => "user-round-plus",
        Happened::MailSent { .. } => "mail-check",
        Happened::MailFailed { .. } | Happened::MailBounced { .. } => "mail-x",
        Happened::Shared { .. } | Happened::Merged { .. } | Happened::Absorbed { .. } | Happened::Unmerged { .. } => "link",
        Happened::Task { .. } => "list-checks",
        Happened::TimeLogged { .. } | Happened::TimeChanged { .. } | Happened::TimeRemoved { .. } => "timer",
        Happened::MacroRun { .. } => "zap",
        Happened::Snoozed { .. } | Happened::Woke { .. } => "alarm-clock",
        Happened::SendScheduled { .. } => "circle-dashed",
        Happened::SendWithdrawn => "x",
        Happened::SendFailed => "mail-x",
        Happened::DraftShared { .. } | Happened::DraftSent { .. } => "pencil-line",
        Happened::DraftApproved { .. } => "circle-check",
        Happened::SideOpened { .. } => "mail-plus",
        Happened::MessageGone { .. } | Happened::MessageCame { .. } | Happened::MessageAdmitted | Happened::MessageDiscarded => {
            "arrow-right-left"
        }
    }
}

fn sentence(what: &Happened, words: &Words) -> String {
    match what {
        Happened::Opened { channel } => words.with("fact-opened", &[("channel", &channel_name(channel, words))]),
        Happened::Changed { field, from, to, reason } => {
            let changed = changed(field, from.as_deref(), to.as_deref(), words);
            match reason {
                Some(reason) => words.with("fact-with-reason", &[("fact", &changed), ("reason", reason)]),
                None => changed,
            }
        }
        Happened::Moved { from, to, because } => {
            let (from, to) = (status_name(from, words), strong(&status_name(to, words)));
            let moved = words.with("fact-changed", &[("field", &words.t("property-status")), ("from", &from), ("to", &to)]);
            match because.as_deref() {
                Some("reply") => words.with("fact-with-reason", &[("fact", &moved), ("reason", &words.t("because-reply"))]),
                Some("message") => words.with("fact-with-reason", &[("fact", &moved), ("reason", &words.t("because-message"))]),
                Some("kind_changed") => words.with("fact-with-reason", &[("fact", &moved), ("reason", &words.t("because-kind"))]),
                Some("merged") => words.with("fact-with-reason", &[("fact", &moved), ("reason", &words.t("because-merged"))]),
                Some("unmerged") => words.with("fact-with-reason", &[("fact", &moved), ("reason", &words.t("because-unmerged"))]),
                Some("moved_away") => words.with("fact-with-reason", &[("fact", &moved), ("reason", &words.t("because-moved-away"))]),
                Some("discarded") => words.with("fact-with-reason", &[("fact", &moved), ("reason", &words.t("because-discarded"))]),
                _ => moved,
            }
        }
        Happened::KindChanged { kind, former_number, number } => {
            words.with("fact-kind", &[("kind", &strong(&kind_name(kind, words))), ("former", former_number), ("number", &strong(number))])
        }
        Happened::Tagged { added, removed } => tagged(added, removed, words),
        Happened::Linked { link, number } => {
            words.with("fact-linked", &[("ticket", &other(number, words)), ("link", &strong(&link_name(link, words)))])
        }
        Happened::Unlinked { link, number } => {
            words.with("fact-unlinked", &[("ticket", &other(number, words)), ("link", &link_name(link, words))])
        }
        Happened::ParticipantAdded { name, role } if role == "watcher" => words.with("fact-watcher-added", &[("name", &strong(name))]),
        Happened::ParticipantAdded { name, .. } => words.with("fact-cc-added", &[("name", &strong(name))]),
        Happened::ParticipantRemoved { name, role } if role == "watcher" => words.with("fact-watcher-removed", &[("name", name)]),
        Happened::ParticipantRemoved { name, .. } => words.with("fact-cc-removed", &[("name", name)]),
        Happened::Shared { desk } => words.with("fact-shared", &[("desk", &strong(desk))]),
        Happened::Merged { number } => words.with("fact-merged", &[("ticket", &other(number, words))]),
        Happened::Absorbed { number } => words.with("fact-absorbed", &[("ticket", &other(number, words))]),
        Happened::Unmerged { number } => words.with("fact-unmerged", &[("ticket", &other(number, words))]),
        Happened::MessageGone { number } => words.with("fact-message-gone", &[("ticket", &other(number, words))]),
        Happened::MessageCame { number } => words.with("fact-message-came", &[("ticket", &other(number, words))]),
        Happened::Task { step, title } => record::task_sentence(*step, title, words),
        Happened::TimeLogged { minutes, work } => {
            words.with("fact-time-logged", &[("time", &strong(&words.duration(*minutes))), ("work", &record::work_name(work, words))])
        }
        Happened::TimeChanged { from, to } => {
            words.with("fact-time-changed", &[("from", &words.duration(*from)), ("to", &strong(&words.duration(*to)))])
        }
        Happened::TimeRemoved { minutes } => words.with("fact-time-removed", &[("time", &words.duration(*minutes))]),
        Happened::MacroRun { title } => words.with("fact-macro-run", &[("title", &strong(title))]),
        Happened::Snoozed { until: Some(until) } => words.with("fact-snoozed", &[("at", &strong(&words.date_time(*until)))]),
        Happened::Snoozed { until: None } => words.t("fact-snoozed-reply"),
        Happened::Woke { because } => record::woke_sentence(because, words),
        Happened::SendScheduled { at } => words.with("fact-send-scheduled", &[("at", &words.date_time(*at))]),
        Happened::SendWithdrawn => words.t("fact-send-withdrawn"),
        Happened::SendFailed => words.t("fact-send-failed"),
        Happened::DraftShared { name } => words.with("fact-draft-shared", &[("name", &strong(name))]),
        Happened::DraftApproved { name } => words.with("fact-draft-approved", &[("name", &strong(name))]),
        Happened::DraftSent { author, editor, approver } => draft_sent(author, editor.as_deref(), approver.as_deref(), words),
        Happened::SideOpened { subject } => words.with("fact-side-opened", &[("subject", &strong(subject))]),
        Happened::MessageAdmitted => words.t("fact-message-admitted"),
        Happened::MessageDiscarded => words.t("fact-message-discarded"),
        Happened::MailBounced { to, problem } => words.with("fact-mail-bounced", &[("to", &strong(to)), ("problem", problem)]),
        Happened::MailSent { to } => words.with("fact-mail-sent", &[("to", to)]),
        Happened::MailFailed { to, problem } => words.with("fact-mail-failed", &[("to", &strong(to)), ("problem", problem)]),
    }
}

fn draft_sent(author: &str, editor: Option<&str>, approver: Option<&str>, words: &Words) -> String {
    let wrote = match editor {
        Some(editor) => words.with("fact-draft-sent-edited", &[("name", &strong(author)), ("editor", &strong(editor))]),
        None => words.with("fact-draft-sent", &[("name", &strong(author))]),
    };
    match approver {
        Some(approver) => words.with("fact-draft-sent-approved", &[("wrote", &wrote), ("name", &strong(approver))]),
        None => wrote,
    }
}

/// Another ticket by its number; without one, it is a ticket that the reader does not see.
fn other(number: &str, words: &Words) -> String {
    if number.is_empty() { words.t("fact-other-ticket") } else { linked(&urls::ticket(number), number) }
}

fn changed(field: &str, from: Option<&str>, to: Option<&str>, words: &Words) -> String {
    let value = |word: &str| match field {
        "priority" => Priority::find(word).map_or_else(|| word.to_owned(), |known| priority_name(known, words)),
        "impact" | "urgency" => level_name(word, words),
        "kind" => kind_name(word, words),
        _ => word.to_owned(),
    };
    let name = field_name(field, words);
    match (from, to) {
        (Some(from), Some(to)) => words.with("fact-changed", &[("field", &name), ("from", &value(from)), ("to", &strong(&value(to)))]),
        (None, Some(to)) => words.with("fact-set", &[("field", &name), ("to", &strong(&value(to)))]),
        (Some(from), None) => words.with("fact-cleared", &[("field", &name), ("from", &value(from))]),
        (None, None) => words.with("fact-touched", &[("field", &name)]),
    }
}

fn tagged(added: &[String], removed: &[String], words: &Words) -> String {
    let put = words.with("fact-tags-added", &[("n", &added.len()), ("tags", &strong(&added.join(", ")))]);
    let taken = words.with("fact-tags-removed", &[("n", &removed.len()), ("tags", &removed.join(", "))]);
    match (added.is_empty(), removed.is_empty()) {
        (false, true) => put,
        (true, _) => taken,
        (false, false) => format!("{put}; {taken}"),
    }
}
