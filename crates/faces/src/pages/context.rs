//! The panel beside the conversation.

use maud::{Markup, html};
use web::components::{
    Face, Frame, avatar, chip, context_section, csrf_field, icon, kbd, kind_name, person, priority_mark, priority_name, properties, tag,
    turn_mark, turn_name,
};
use web::urls;

use super::about::{Caller, Participant};
use super::models::{ContextView, Link, TicketView};
use super::properties::editable;
use super::words::{channel_name, level_name, link_name};
use super::{tasks, time};

/// The kinds of link that are offered, the usual ones first.
const LINKS: [&str; 9] = ["relates_to", "caused_by", "causes", "parent", "child", "blocks", "blocked_by", "duplicate_of", "duplicated_by"];

/// The whole panel.
pub(super) fn context(ticket: &TicketView, frame: &Frame) -> Markup {
    let words = &frame.words;
    let view = &ticket.context;
    let tasks_title = titled(&words.t("tasks-title"), tasks::progress(ticket, frame));
    let time_title = titled(&words.t("time-title"), time::total(ticket, frame));
    html! {
        aside.context id="about" aria-label=(words.t("context-about")) {
            section.caller { (requester(ticket, frame)) (about_requester(view, &ticket.about.caller, frame)) (latest(ticket, frame)) }
            (context_section(Some(&words.t("context-properties")), &about_ticket(ticket, frame)))
            @if view.has_fields { (super::fields::section(ticket, frame)) }
            @if ticket.inside {
                section id="tasks" { (tasks_title) (tasks::tasks(ticket, frame)) }
                section id="time" { (time_title) (time::time(ticket, frame)) }
            }
            @if ticket.may_work || !view.links.is_empty() { section id="links" { h2 { (words.t("context-links")) } (links(ticket, frame)) } }
            @if ticket.may_work || !ticket.about.people.is_empty() { section id="people" { h2 { (words.t("context-participants")) } (participants(ticket, frame)) } }
            div data-similar=(urls::similar_to(&ticket.number)) {}
        }
    }
}

fn titled(title: &str, figure: Option<String>) -> Markup {
    html! { h2 { (title) @if let Some(figure) = figure { span.figure { (figure) } } } }
}

fn requester(ticket: &TicketView, frame: &Frame) -> Markup {
    let view = &ticket.context;
    let face = avatar(view.requester.id, &view.requester.name, Face::Large);
    html! {
        div.caller-head {
            (person(&face, &view.requester.name, view.organisation.as_deref().unwrap_or_default()))
            @if ticket.about.caller.vip { (chip(&frame.words.t("caller-vip"), "waiting")) }
            @if ticket.may_work { (other_requester(ticket, frame)) }
        }
    }
}

/// Somebody else is meant: found while typing, or added; with what it brings about.
fn other_requester(ticket: &TicketView, frame: &Frame) -> Markup {
    let words = &frame.words;
    let name = &ticket.context.requester.name;
    html! {
        details.picker.requester-edit name="picker" id="pick-requester" {
            summary.button.quiet.square title=(words.t("gaps-requester-change")) aria-label=(words.t("gaps-requester-change")) { (icon("pencil-line")) }
            div.menu {
                form.menu-form method="post" action=(urls::ticket_requester(&ticket.number)) data-swap="ticket" {
                    (csrf_field(frame)) input type="hidden" name="version" value=(ticket.version); input type="hidden" name="person" value="";
                    label for="requester-who" { (words.t("gaps-requester-who")) }
                    input.input id="requester-who" name="requester" autocomplete="off" data-finds=(urls::FIND_PEOPLE) data-sets="person" aria-describedby="requester-who-help";
                    p.quiet id="requester-who-help" { (words.t("gaps-caller-find")) }
                    details {
                        summary { (words.t("gaps-requester-new")) }
                        div.menu-form {
                            label for="requester-name" { (words.t("new-name")) }
                            input.input id="requester-name" name="name" autocomplete="off" maxlength="200";
                            label for="requester-phone" { (words.t("property-phone")) }
                            input.input id="requester-phone" name="phone" type="tel" autocomplete="off" maxlength="60";
                        }
                    }
                    @if ticket.context.requester_email.is_some() {
                        label.menu-tick { input type="checkbox" name="keep" value="1" checked; span { (words.with("gaps-requester-keep", &[("name", name)])) } }
                    }
                    div.menu-bar { button.button.primary type="submit" { (words.t("gaps-requester-do")) } }
                    p.menu-consequence { (words.with("gaps-requester-consequence", &[("name", name)])) }
                }
            }
        }
    }
}

/// What can be copied by one press.
fn copied(text: &str, shown: &Markup, frame: &Frame) -> Markup {
    let label = frame.words.with("copy-this", &[("text", &text)]);
    html! { (shown) button.copy type="button" data-copy=(text) data-copied=(frame.words.t("panel-copied")) aria-label=(label) title=(label) hidden { (icon("copy")) } }
}

fn about_requester(view: &ContextView, caller: &Caller, frame: &Frame) -> Markup {
    let words = &frame.words;
    let all = |query: &str| urls::with_query(&urls::view(urls::View::All), &[("q", query)]);
    let (open, total) = caller.others;
    let word = view.requester_email.clone().unwrap_or_else(|| view.requester.id.to_string());
    let others = (total > 0).then(|| {
        html! { a href=(all(&format!("requester:{word}"))) { (words.with("caller-before", &[("open", &open), ("all", &total)])) } }
    });
    let company = caller.organisation.as_ref().filter(|(_, open)| *open > 0).map(|(id, open)| {
        html! { a href=(all(&format!("organisation:{id} -turn:done"))) { (words.with("caller-organisation-open", &[("n", open)])) } }
    });
    let list = |values: &[String], link: &str| {
        (!values.is_empty()).then(|| {
            html! {
                @for value in values { span.copy-line { (copied(value, &html! { a class=(if link == "tel:" { "number" } else { "" }) href={ (link) (value) } { (value) } }, frame)) } }
            }
        })
    };
    let mut pairs = vec![
        (words.t("property-email"), list(&caller.emails, "mailto:")),
        (words.t("property-phone"), list(&caller.phones, "tel:")),
        (words.t("property-language"), caller.language.as_ref().map(|name| html! { (name) })),
        (words.t("caller-clock"), caller.local_time.as_ref().map(|clock| html! { span.number { (clock) } })),
    ];
    pairs.extend(caller.fields.iter().map(|(label, value)| (label.clone(), Some(html! { (value) }))));
    pairs.push((words.t("context-before"), others));
    pairs.push((words.t("property-organisation"), company));
    properties(&pairs)
}

/// The requester's other tickets, open ones first.
fn latest(ticket: &TicketView, frame: &Frame) -> Markup {
    let words = &frame.words;
    let caller = &ticket.about.caller;
    html! {
        @if !caller.latest.is_empty() {
            details.caller-latest open[caller.others.0 > 0] {
                summary { (words.t("caller-latest")) }
                ul.related {
                    @for other in &caller.latest {
                        li {
                            (turn_mark(other.turn, Some(&turn_name(other.turn, words))))
                            a href=(urls::ticket(&other.number)) title=(other.title) { (other.number) " " (other.title) }
                            small { (words.moment(other.updated, frame.now)) }
                        }
                    }
                }
            }
        }
    }
}

fn about_ticket(ticket: &TicketView, frame: &Frame) -> Markup {
    let words = &frame.words;
    let view = &ticket.context;
    let opened = html! { time datetime=(words.machine_time(view.created)) { (words.date_time(view.created)) } " " (channel_name(&view.channel, words)) };
    html! {
        @if ticket.may_work { (editable(ticket, frame)) } @else { (read_only(ticket, frame)) }
        (properties(&[(words.t("property-opened"), Some(html! { span { (opened) } }))]))
    }
}

fn read_only(ticket: &TicketView, frame: &Frame) -> Markup {
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
    let pairs = vec![
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
    properties(&pairs)
}

fn participants(ticket: &TicketView, frame: &Frame) -> Markup {
    let words = &frame.words;
    let role = |one: &Participant| if one.role == "watcher" { words.t("role-watcher") } else { words.t("role-cc") };
    let action = urls::ticket_people(&ticket.number);
    html! {
        @if !ticket.about.people.is_empty() {
            ul.related.people {
                @for one in &ticket.about.people {
                    li {
                        (avatar(one.person, &one.name, Face::Small))
                        span { (one.name) small { (role(one)) } }
                        @if ticket.may_work {
                            form method="post" action=(action) data-swap="ticket" {
                                (csrf_field(frame)) input type="hidden" name="person" value=(one.person); input type="hidden" name="role" value=(one.role); input type="hidden" name="leave" value="1";
                                button.button.quiet.square type="submit" aria-label=(words.with("people-remove", &[("name", &one.name)])) title=(words.with("people-remove", &[("name", &one.name)])) { (icon("x")) }
                            }
                        }
                    }
                }
            }
        }
        @if ticket.may_work {
            form.one-line method="post" action=(action) data-swap="ticket" {
                (csrf_field(frame)) input type="hidden" name="person" value=(ticket.reader); input type="hidden" name="role" value="watcher";
                @if ticket.about.watching { input type="hidden" name="leave" value="1"; }
                button.button id="watch" type="submit" data-key="w" aria-pressed=(if ticket.about.watching { "true" } else { "false" }) { (icon("eye")) @if ticket.about.watching { (words.t("watch-stop")) } @else { (words.t("watch-start")) } " " (kbd("w")) }
            }
            details.picker.property name="picker" id="pick-person" {
                summary { span.property-name { (words.t("people-add")) } span.property-value {} (icon("plus")) }
                div.menu {
                    form.menu-form method="post" action=(action) data-swap="ticket" {
                        (csrf_field(frame))
                        label for="people-who" { (words.t("people-who")) }
                        input.input id="people-who" name="person" required autocomplete="off" data-finds=(urls::FIND_PEOPLE);
                        div.menu-bar {
                            button.button type="submit" name="role" value="cc" { (words.t("people-as-cc")) }
                            button.button type="submit" name="role" value="watcher" { (words.t("people-as-watcher")) }
                        }
                        p.menu-consequence { (words.t("consequence-people")) }
                    }
                }
            }
        }
    }
}

fn links(ticket: &TicketView, frame: &Frame) -> Markup {
    let words = &frame.words;
    html! {
        @if !ticket.context.links.is_empty() { ul.related { @for one in &ticket.context.links { (link(ticket, one, frame)) } } }
        @if ticket.may_work {
            details.picker.property name="picker" id="pick-link" {
                summary { span.property-name { (words.t("link-add")) } span.property-value {} (icon("plus")) }
                div.menu {
                    form.menu-form method="post" action=(urls::ticket_links(&ticket.number)) data-swap="ticket" {
                        (csrf_field(frame))
                        label for="link-kind" { (words.t("link-kind")) }
                        select.input id="link-kind" name="kind" { @for kind in LINKS { option value=(kind) { (link_name(kind, words)) } } }
                        label for="link-target" { (words.t("link-target")) }
                        input.input id="link-target" name="target" required autocomplete="off" data-finds=(urls::find_tickets(&ticket.number));
                        div.menu-bar { button.button.primary type="submit" { (words.t("link-do")) } }
                        p.menu-consequence { (words.t("consequence-link")) }
                    }
                }
            }
        }
    }
}

fn link(ticket: &TicketView, link: &Link, frame: &Frame) -> Markup {
    let words = &frame.words;
    let label = words.with("link-remove", &[("ticket", &link.number)]);
    html! {
        li.link {
            (turn_mark(link.turn, Some(&turn_name(link.turn, words))))
            a href=(urls::ticket(&link.number)) title=(link.title) { (link.number) " " (link.title) }
            small { (link_name(&link.link, words)) " · " (web::components::status_name(&link.status, words)) }
            @if ticket.may_work {
                form method="post" action=(urls::ticket_links(&ticket.number)) data-swap="ticket" {
                    (csrf_field(frame)) input type="hidden" name="kind" value=(link.link); input type="hidden" name="target" value=(link.number); input type="hidden" name="remove" value="1";
                    button.button.quiet.square type="submit" aria-label=(label) title=(label) { (icon("x")) }
                }
            }
        }
    }
}
