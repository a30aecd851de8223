//! The panel beside the conversation.

use maud::{Markup, html};
use web::components::{Face, Frame, avatar, context_section, person, priority_mark, priority_name, properties, tag, turn_mark, turn_name};
use web::urls;

use super::models::{ContextView, TicketView};
use super::words::{channel_name, kind_name, level_name, link_name};

/// The whole panel.
pub(super) fn context(ticket: &TicketView, frame: &Frame) -> Markup {
    let words = &frame.words;
    let view = &ticket.context;
    html! {
        aside.context id="about" aria-label=(words.t("context-about")) {
            (context_section(None, &requester(view)))
            (context_section(None, &about_requester(view, frame)))
            (context_section(Some(&words.t("context-properties")), &about_ticket(ticket, frame)))
            @if !view.participants.is_empty() { (context_section(Some(&words.t("context-participants")), &participants(view, frame))) }
            @if !view.links.is_empty() { (context_section(Some(&words.t("context-links")), &links(view, frame))) }
        }
    }
}

fn requester(view: &ContextView) -> Markup {
    let face = avatar(view.requester.id, &view.requester.name, Face::Large);
    person(&face, &view.requester.name, view.organisation.as_deref().unwrap_or_default())
}

fn about_requester(view: &ContextView, frame: &Frame) -> Markup {
    let words = &frame.words;
    let others = view.requester_email.as_deref().filter(|_| view.other_open > 0).map(|email| {
        let all = urls::with_query(&urls::view(urls::View::Open), &[("q", &format!("requester:{email} -turn:done"))]);
        html! { a href=(all) { (words.with("context-other-open", &[("n", &view.other_open)])) } }
    });
    properties(&[
        (words.t("property-email"), view.requester_email.as_ref().map(|email| html! { a href={ "mailto:" (email) } { (email) } })),
        (words.t("property-phone"), view.requester_phone.as_ref().map(|phone| html! { span.number { (phone) } })),
        (words.t("context-before"), others),
    ])
}

fn about_ticket(ticket: &TicketView, frame: &Frame) -> Markup {
    let words = &frame.words;
    let view = &ticket.context;
    let priority = html! {
        (priority_mark(ticket.priority, words)) (priority_name(ticket.priority, words))
        @if let Some(reason) = &ticket.priority_reason { span.quiet.reason { (reason) } }
    };
    let assignee = match &ticket.assignee {
        Some(agent) => html! { (avatar(agent.id, &agent.name, Face::Small)) (agent.name) },
        None => html! { span.quiet { (words.t("assignee-nobody")) } },
    };
    let text = |value: &Option<String>| value.as_ref().map(|text| html! { (text) });
    let mut pairs = vec![
        (words.t("property-kind"), Some(html! { (kind_name(&ticket.kind, words)) })),
        (words.t("property-desk"), Some(html! { (view.desk) })),
        (words.t("property-priority"), Some(priority)),
        (words.t("property-impact"), Some(html! { (level_name(&view.impact, words)) })),
        (words.t("property-urgency"), Some(html! { (level_name(&view.urgency, words)) })),
        (words.t("property-team"), ticket.team.as_ref().map(|(_, name)| html! { (name) })),
        (words.t("property-assignee"), Some(assignee)),
        (words.t("property-category"), text(&view.category)),
        (words.t("property-service"), text(&view.service)),
        (words.t("property-tags"), (!view.tags.is_empty()).then(|| html! { @for name in &view.tags { (tag(name)) } })),
    ];
    pairs.extend(view.fields.iter().map(|(label, value)| (label.clone(), Some(html! { (value) }))));
    pairs.push((words.t("property-opened"), Some(html! { span { time datetime=(words.machine_time(view.created)) { (words.date_time(view.created)) } " " (channel_name(&view.channel, words)) } })));
    properties(&pairs)
}

fn participants(view: &ContextView, frame: &Frame) -> Markup {
    html! {
        ul.related {
            @for (name, role) in &view.participants {
                li.participant { span { (name) } small { @if role == "watcher" { (frame.words.t("role-watcher")) } @else { (frame.words.t("role-cc")) } } }
            }
        }
    }
}

fn links(view: &ContextView, frame: &Frame) -> Markup {
    html! {
        ul.related {
            @for link in &view.links {
                li {
                    (turn_mark(link.turn, Some(&turn_name(link.turn, &frame.words))))
                    a href=(urls::ticket(&link.number)) { (link.number) " " (link.title) }
                    small { (link_name(&link.link, &frame.words)) }
                }
            }
        }
    }
}
