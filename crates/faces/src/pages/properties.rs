//! Properties that are changed where they stand: a row opens its choices below itself, and says what a choice brings about.

use maud::{Markup, html};
use web::components::{
    Face, Frame, MenuItem, Priority, avatar, csrf_field, icon, kind_name, menu, nobody, priority_mark, priority_name, status_name, tag,
};
use web::urls::{self, TicketAction, ticket_action};

use super::about::{FieldItem, KindPick, Pick};
use super::models::TicketView;
use super::ticket::{assignee_form, form};
use super::words::level_name;

const LEVELS: [&str; 3] = ["high", "medium", "low"];
/// Longer lists get a field that narrows them.
const LONG: usize = 8;

/// A row that opens what changes it. Its name and value are its summary, so that the whole row can be pressed.
fn row(name: &str, label: &str, value: &Markup, body: &Markup) -> Markup {
    html! {
        details.picker.property name="picker" id={ "pick-" (name) } {
            summary { span.property-name { (label) } span.property-value { (value) } (icon("pencil-line")) }
            div.menu { (body) }
        }
    }
}

fn consequence(text: &str) -> Markup {
    html! { p.menu-consequence { (text) } }
}

/// The properties of a ticket, for those who may change them.
pub(super) fn editable(ticket: &TicketView, frame: &Frame) -> Markup {
    html! {
        div.property-list {
            (priority(ticket, frame))
            (team(ticket, frame))
            (assignee(ticket, frame))
            (category(ticket, frame))
            (service(ticket, frame))
            (tags(ticket, frame))
            @for field in &ticket.about.choices.fields { (custom(ticket, field, frame)) }
            (kind(ticket, frame))
            (desk(ticket, frame))
        }
    }
}

fn none(frame: &Frame) -> Markup {
    html! { span.quiet { (frame.words.t("property-empty")) } }
}

fn priority(ticket: &TicketView, frame: &Frame) -> Markup {
    let words = &frame.words;
    let value = html! {
        (priority_mark(ticket.priority, words)) (priority_name(ticket.priority, words))
        @if let Some(reason) = &ticket.priority_reason { span.quiet.reason { (reason) } }
    };
    let body = html! {
        (form(ticket, frame, TicketAction::Properties, &matrix(ticket, frame)))
        (form(ticket, frame, TicketAction::Priority, &override_form(ticket, frame)))
        (consequence(&words.t("consequence-priority")))
    };
    row("priority", &words.t("property-priority"), &value, &body)
}

/// Impact down, urgency across; each cell says which priority comes of it.
fn matrix(ticket: &TicketView, frame: &Frame) -> Markup {
    let words = &frame.words;
    let now = (ticket.context.impact.as_str(), ticket.context.urgency.as_str());
    html! {
        table.matrix {
            caption { (words.t("matrix-caption")) }
            thead { tr { td {} @for urgency in LEVELS { th scope="col" { span.hidden-label { (words.t("property-urgency")) ": " } (level_name(urgency, words)) } } } }
            tbody {
                @for impact in LEVELS {
                    tr {
                        th scope="row" { span.hidden-label { (words.t("property-impact")) ": " } (level_name(impact, words)) }
                        @for urgency in LEVELS {
                            @let priority = computed(impact, urgency);
                            td { button.matrix-cell type="submit" name="levels" value={ (impact) "-" (urgency) } aria-current=[(now == (impact, urgency)).then_some("true")]
                                aria-label=(words.with("matrix-cell", &[("impact", &level_name(impact, words)), ("urgency", &level_name(urgency, words)), ("priority", &priority_name(priority, words))])) title=(priority_name(priority, words)) { (priority_mark(priority, words)) } }
                        }
                    }
                }
            }
        }
    }
}

fn computed(impact: &str, urgency: &str) -> Priority {
    let level = |word: &str| desk::ticket::Level::by_word(word).unwrap_or_default();
    Priority::find(desk::ticket::priority_of(level(impact), level(urgency)).word()).unwrap_or(Priority::Normal)
}

fn override_form(ticket: &TicketView, frame: &Frame) -> Markup {
    let words = &frame.words;
    let items: Vec<MenuItem> = Priority::ALL
        .into_iter()
        .map(|priority| MenuItem {
            value: priority.word().to_owned(),
            mark: Some(priority_mark(priority, words)),
            label: priority_name(priority, words),
            hint: None,
            current: priority == ticket.priority,
        })
        .collect();
    html! {
        // Enter in the reason presses the first button there is: it changes no priority.
        button type="submit" name="priority" value=(ticket.priority.word()) hidden {}
        div.menu-reason {
            label for="priority-reason" { (words.t("priority-reason")) }
            input.input id="priority-reason" name="reason" required maxlength="255" autocomplete="off" value=(ticket.priority_reason.as_deref().unwrap_or_default());
        }
        (menu("priority", &items))
    }
}

fn team(ticket: &TicketView, frame: &Frame) -> Markup {
    let words = &frame.words;
    let current = ticket.team.as_ref().map(|(id, _)| *id);
    let item = |value: String, label: String, current: bool| MenuItem { value, mark: None, label, hint: None, current };
    let mut items: Vec<MenuItem> = ticket.teams.iter().map(|(id, name)| item(id.to_string(), name.clone(), current == Some(*id))).collect();
    items.push(item(String::new(), words.t("team-none"), current.is_none()));
    let value = ticket.team.as_ref().map_or_else(|| none(frame), |(_, name)| html! { (name) });
    let body = html! { (form(ticket, frame, TicketAction::Team, &menu("team", &items))) (consequence(&words.t("consequence-team"))) };
    row("team", &words.t("property-team"), &value, &body)
}

fn assignee(ticket: &TicketView, frame: &Frame) -> Markup {
    let words = &frame.words;
    let value = match &ticket.assignee {
        Some(agent) => html! { (avatar(agent.id, &agent.name, Face::Small)) (agent.name) },
        None => html! { (nobody(words)) span.quiet { (words.t("assignee-nobody")) } },
    };
    let body = html! { (assignee_form(ticket, frame)) (consequence(&words.t("consequence-assignee"))) };
    row("assignee", &words.t("property-assignee"), &value, &body)
}

/// A list of choices, with a field that narrows a long one.
fn choices(name: &str, list: &[Pick], current: Option<&str>, empty: Option<String>, frame: &Frame) -> Markup {
    let item = |pick: &Pick| MenuItem {
        value: pick.value.clone(),
        mark: None,
        label: pick.label.clone(),
        hint: None,
        current: current == Some(pick.value.as_str()),
    };
    let mut items: Vec<MenuItem> = list.iter().map(item).collect();
    items.extend(empty.map(|label| MenuItem { value: String::new(), mark: None, label, hint: None, current: current.is_none() }));
    html! {
        @if items.len() > LONG {
            input.input.menu-filter type="search" data-narrows aria-label=(frame.words.t("menu-narrow")) placeholder=(frame.words.t("menu-narrow")) autocomplete="off";
        }
        div.menu-scroll { (menu(name, &items)) }
    }
}

fn category(ticket: &TicketView, frame: &Frame) -> Markup {
    let words = &frame.words;
    let choice = &ticket.about.choices;
    if choice.categories.is_empty() {
        return html! {};
    }
    let value = ticket.context.category.as_ref().map_or_else(|| none(frame), |path| html! { (path) });
    let list = choices("category", &choice.categories, choice.category.as_deref(), Some(words.t("property-empty")), frame);
    row("category", &words.t("property-category"), &value, &form(ticket, frame, TicketAction::Properties, &list))
}

/// One line of text with its button.
fn line(id: &str, name: &str, value: &str, kind: &str, (label, help): (&str, Option<String>), frame: &Frame) -> Markup {
    html! {
        div.menu-line {
            input.input id=(id) name=(name) type=(kind) value=(value) aria-label=(label) maxlength="4000" step=[(kind == "number").then_some("any")] autocomplete="off";
            button.button type="submit" { (frame.words.t("panel-save")) }
        }
        @if let Some(help) = help { p.menu-consequence { (help) } }
    }
}

fn service(ticket: &TicketView, frame: &Frame) -> Markup {
    let words = &frame.words;
    let held = ticket.context.service.clone().unwrap_or_default();
    let value = if held.is_empty() {
        none(frame)
    } else {
        html! { (held) }
    };
    let body = line("edit-service", "service", &held, "text", (&words.t("property-service"), None), frame);
    row("service", &words.t("property-service"), &value, &form(ticket, frame, TicketAction::Properties, &body))
}

fn tags(ticket: &TicketView, frame: &Frame) -> Markup {
    let words = &frame.words;
    let held = &ticket.context.tags;
    let value = if held.is_empty() {
        none(frame)
    } else {
        html! { @for name in held { (tag(name)) } }
    };
    let body = line("edit-tags", "tags", &held.join(" "), "text", (&words.t("property-tags"), Some(words.t("tags-help"))), frame);
    row("tags", &words.t("property-tags"), &value, &form(ticket, frame, TicketAction::Properties, &body))
}

fn custom(ticket: &TicketView, field: &FieldItem, frame: &Frame) -> Markup {
    let words = &frame.words;
    let pick = |value: &str, label: String| Pick { value: value.to_owned(), label };
    let (name, id) = (format!("fields.{}", field.key), format!("edit-{}", field.key));
    let current = field.values.first().map(String::as_str);
    let held = current.unwrap_or_default();
    let body = match field.kind {
        "choice" => choices(&name, &field.options, current, Some(words.t("property-empty")), frame),
        "boolean" => choices(
            &name,
            &[pick("true", words.t("panel-yes")), pick("false", words.t("panel-no"))],
            current,
            Some(words.t("property-empty")),
            frame,
        ),
        "choices" => several(&name, field, frame),
        "long_text" => html! {
            div.menu-form { textarea.input id=(id) name=(name) rows="4" aria-label=(field.label) { (held) } div.menu-bar { button.button type="submit" { (words.t("panel-save")) } } }
        },
        "person" => html! {
            div.menu-line { input.input id=(id) name=(name) aria-label=(field.label) autocomplete="off" data-finds=(urls::FIND_PEOPLE); button.button type="submit" { (words.t("panel-save")) } }
        },
        kind => line(&id, &name, held, kind, (&field.label, None), frame),
    };
    let value = match (field.kind, held) {
        (_, "") => none(frame),
        ("boolean", "true") => html! { (words.t("panel-yes")) },
        ("boolean", _) => html! { (words.t("panel-no")) },
        ("date", day) => html! { (words.calendar_day(day).unwrap_or_else(|| day.to_owned())) },
        _ => html! { (field.shown) },
    };
    let body = html! { (form(ticket, frame, TicketAction::Properties, &body)) @if let Some(help) = &field.help { (consequence(help)) } };
    row(&format!("field-{}", field.key), &field.label, &value, &body)
}

/// Some of several options. The empty value says that the field was there when none is ticked.
fn several(name: &str, field: &FieldItem, frame: &Frame) -> Markup {
    html! {
        div.menu-form {
            input type="hidden" name=(name) value="";
            fieldset.menu-ticks {
                legend.hidden-label { (field.label) }
                @for option in &field.options { label { input type="checkbox" name=(name) value=(option.value) checked[field.values.contains(&option.value)]; span { (option.label) } } }
            }
            div.menu-bar { button.button type="submit" { (frame.words.t("panel-save")) } }
        }
    }
}

/// A kind that takes something away or asks for something has a page that shows it; the others are a click.
fn kind(ticket: &TicketView, frame: &Frame) -> Markup {
    let words = &frame.words;
    let listed = |names: &[String]| names.join(", ");
    let line = |one: &KindPick| {
        html! {
            span.menu-mark {}
            span {
                (kind_name(&one.kind, words))
                @if let Some(status) = &one.status { small.kind-effect { (words.with("change-kind-status", &[("status", &status_name(status, words))])) } }
                @if !one.needed.is_empty() { small.kind-effect { (words.with("change-kind-asks", &[("fields", &listed(&one.needed))])) } }
                @if !one.dropped.is_empty() { small.kind-effect { (words.with("change-kind-drops", &[("fields", &listed(&one.dropped))])) } }
            }
            @if one.kind != ticket.kind { small { (one.prefix) "-…" } }
        }
    };
    let items = html! {
        ul.menu-items {
            @for one in &ticket.about.choices.kinds {
                li {
                    @if one.needs_a_look() {
                        a.menu-item href=(urls::with_query(&urls::ticket_kind(&ticket.number), &[("to", &one.kind)])) { (line(one)) }
                    } @else {
                        button.menu-item type="submit" name="kind" value=(one.kind) aria-current=[(one.kind == ticket.kind).then_some("true")] { (line(one)) }
                    }
                }
            }
        }
    };
    let body = html! {
        (form(ticket, frame, TicketAction::Properties, &items))
        (consequence(&words.with("consequence-kind", &[("number", &ticket.number)])))
    };
    row("kind", &words.t("property-kind"), &html! { (kind_name(&ticket.kind, words)) }, &body)
}

fn desk(ticket: &TicketView, frame: &Frame) -> Markup {
    let words = &frame.words;
    let choice = &ticket.about.choices;
    let list = choices("desk", &choice.desks, Some(&choice.desk), None, frame);
    let body = html! { (form(ticket, frame, TicketAction::Properties, &list)) (consequence(&words.t("consequence-desk"))) };
    row("desk", &words.t("property-desk"), &html! { (ticket.context.desk) }, &body)
}

/// The title with what changes it.
pub(super) fn title(ticket: &TicketView, frame: &Frame) -> Markup {
    let words = &frame.words;
    html! {
        div.ticket-title {
            h1 id="ticket-title" { (ticket.title) }
            @if ticket.may_work {
                details.picker.title-edit name="picker" id="pick-title" {
                    summary.button.quiet.square title=(words.t("title-edit")) aria-label=(words.t("title-edit")) { (icon("pencil-line")) }
                    div.menu {
                        form method="post" action=(ticket_action(&ticket.number, TicketAction::Properties)) data-swap="ticket" {
                            (csrf_field(frame)) input type="hidden" name="version" value=(ticket.version);
                            (line("edit-title", "title", &ticket.title, "text", (&words.t("property-title"), Some(words.t("consequence-title"))), frame))
                        }
                    }
                }
            }
        }
    }
}
