//! The page of a form: its fields one below the other, and beside them how people meet it.

use kernel::{FormId, named_in};
use maud::{Markup, html};
use people::Settings;
use people::forms::fill::{self, Filling};
use people::settings::form::{Audience, Item, Required};
use people::settings::{Asking, CustomField, FieldType, Form, Practice};
use web::Words;
use web::components::{Choice, Field, Frame, asked_fields, chip, csrf_field, icon, kind_name, select, status_name};
use web::urls::admin;

use super::{Edited, fields_of, terms};
use crate::{Head, Refused, Visit, record_page};

/// The page of one form.
pub(super) fn form_page(visit: &Visit, settings: &Settings, edited: &Edited, refused: Option<&Refused>) -> Markup {
    let (frame, words) = (&visit.frame, visit.words());
    let category = edited.category.and_then(|id| settings.category(id));
    let kind = kind_name(&edited.kind, words);
    let title = category.map_or_else(
        || words.with("forms-of", &[("kind", &kind)]),
        |one| words.with("forms-of", &[("kind", &format!("{kind}, {}", one.path))]),
    );
    let marks = match edited.live {
        None => chip(&words.t("forms-default"), "plain"),
        Some((_, version)) => chip(&words.with("states-version-n", &[("version", &version)]), "done"),
    };
    let head = Head { title, about: Some(words.t("forms-about")), marks, ..Head::default() };
    let place = admin::form(&edited.kind);
    let open = visit.may_change();
    let content = html! {
        (categories(settings, edited, words))
        div.form-edit id="form-part" data-part {
            form method="post" action=(place) data-effect=[open.then_some(&place)] data-effect-into="form-effect" {
                (csrf_field(frame))
                input type="hidden" name="version" value=(edited.live.map_or(0, |(_, version)| version));
                @if let Some(category) = edited.category { input type="hidden" name="category" value=(category); }
                @if !open { p.banner { (icon("lock")) span { (words.t("admin-read-only")) } } }
                fieldset.form-items disabled[!open] { legend.hidden-label { (words.t("own-fields-title")) } (items(settings, edited, words)) }
                (options(settings, edited, words))
                @if open {
                    @if edited.touched { p.states-bar role="status" { (chip(&words.t("states-draft"), "noted")) span.quiet { (words.t("forms-unpublished")) } } }
                    div.form-end.states-buttons {
                        button.button.primary type="submit" name="do" value="publish" data-focus="publish" { (icon("check")) (words.t("forms-publish")) }
                        button.button type="submit" name="do" value="try" data-focus="try" { (icon("eye")) (words.t("forms-try")) }
                        @if edited.live.is_some() { button.button.quiet type="submit" name="do" value="remove" { (icon("trash-2")) (words.t("forms-remove")) } }
                    }
                }
            }
            div.form-effect id="form-effect" aria-live="polite" {
                @for (name, text) in refused.map(Refused::told).unwrap_or_default() { p.banner.refused role="alert" { (icon("circle-alert")) span { @if let Some(label) = name.and_then(|name| label_of(name, settings, words)) { b { (label) ": " } } (text) } } }
                @if let Some(effect) = &edited.effect { (effect_of(effect, settings, words)) }
                (preview(settings, edited, frame))
            }
        }
    };
    record_page(frame, "forms", &head, &content)
}

/// The field that a refusal is about.
fn label_of(name: &str, settings: &Settings, words: &Words) -> Option<String> {
    let key = name.strip_prefix("items.")?;
    settings.fields.iter().find(|field| field.key == key).map(|field| field.label_in(words.locale()).to_owned())
}

/// What the fields of the form offer, as suggestions for conditions.
fn options(settings: &Settings, edited: &Edited, words: &Words) -> Markup {
    let fields = fields_of(settings, &edited.kind, edited.category);
    html! {
        datalist id="form-options" {
            @for field in &fields { @for option in field.live_options() { option value=(option) { (field.label_in(words.locale())) } } }
            @if fields.iter().any(|field| field.field_type == FieldType::Boolean) { option value="yes" { (words.t("asked-yes")) } option value="no" { (words.t("asked-no")) } }
        }
    }
}

fn categories(settings: &Settings, edited: &Edited, words: &Words) -> Markup {
    let label = words.t("forms-category");
    let chosen = edited.category.map(|id| id.to_string()).unwrap_or_default();
    let named = |desk: kernel::DeskId| settings.desk(desk).map(|desk| desk.name.clone()).unwrap_or_default();
    let all = std::iter::once(Choice::new("", words.t("own-fields-all"), chosen.is_empty()));
    let choices: Vec<Choice> = all
        .chain(
            settings
                .categories
                .iter()
                .map(|one| Choice::new(one.id, format!("{}: {}", named(one.desk), one.path), one.id.to_string() == chosen)),
        )
        .collect();
    html! {
        @if choices.len() > 1 {
            form.filters method="get" action=(admin::form(&edited.kind)) data-filter {
                label for="category" { (label) }
                select.input id="category" name="category" { @for choice in &choices { option value=(choice.value) selected[choice.selected] { (choice.label) } } }
                button.button type="submit" { (words.t("forms-go")) }
            }
        }
    }
}

fn effect_of(effect: &[desk::practice::api::Lacking], settings: &Settings, words: &Words) -> Markup {
    let label = |key: &str| {
        settings.fields.iter().find(|field| field.key == key).map_or(key.to_owned(), |field| field.label_in(words.locale()).to_owned())
    };
    html! {
        @if effect.is_empty() { p.banner.good role="status" { (icon("check")) span { (words.t("forms-effect-none")) } } }
        @for one in effect { p.banner.doubt role="status" { (icon("circle-alert")) span { (words.with("forms-effect", &[("n", &one.tickets), ("field", &label(&one.field))])) } } }
    }
}

/// A block for each field: those on the form in their order, then those that are not.
fn items(settings: &Settings, edited: &Edited, words: &Words) -> Markup {
    let fields = fields_of(settings, &edited.kind, edited.category);
    let mut rows: Vec<(&CustomField, Option<&Item>, String)> = Vec::new();
    for section in &edited.layout.sections {
        for (at, item) in section.items.iter().enumerate() {
            let heading = if at == 0 { named_in(&section.title, words.locale()).unwrap_or_default() } else { "" };
            rows.extend(fields.iter().find(|field| field.key == item.field).map(|field| (*field, Some(item), heading.to_owned())));
        }
    }
    let left: Vec<&CustomField> = fields.iter().filter(|field| !rows.iter().any(|(known, ..)| known.key == field.key)).copied().collect();
    rows.extend(left.into_iter().map(|field| (field, None, String::new())));
    html! {
        @if rows.is_empty() { p { (words.t("forms-no-fields")) " " a href=(admin::FIELD_NEW) { (words.t("own-fields-new")) } } }
        @for (at, (field, item, heading)) in rows.iter().enumerate() { (block(at + 1, field, (*item, heading), (settings, edited, words))) }
    }
}

fn block(
    place: usize,
    field: &CustomField,
    (item, heading): (Option<&Item>, &str),
    (settings, edited, words): (&Settings, &Edited, &Words),
) -> Markup {
    let key = &field.key;
    let blank = Item::default();
    let set = item.unwrap_or(&blank);
    let name = |part: &str| format!("{part}.{key}");
    let required: Vec<Choice> =
        Required::ALL.into_iter().map(|(one, word)| Choice::new(word, required_name(one, words), set.required == one)).collect();
    let audience = [("everyone", words.t("forms-everyone")), ("agents", words.t("forms-agents"))];
    let audience: Vec<Choice> = audience
        .into_iter()
        .map(|(word, label)| Choice::new(word, label, (set.audience == Audience::Agents) == (word == "agents")))
        .collect();
    let practice = settings.practices.get(&edited.kind);
    let on = item.is_some();
    let others: Vec<(String, String)> = fields_of(settings, &edited.kind, edited.category)
        .into_iter()
        .filter(|other| other.key != *key)
        .map(|other| (other.key.clone(), other.label_in(words.locale()).to_owned()))
        .collect();
    html! {
        div.form-item {
            input type="hidden" name=(name("place")) value=(place);
            details open[set.when.is_some() || edited.moved == *key] {
                summary {
                    (field.label_in(words.locale())) " " code { (key) }
                    @if !on { small { (words.t("forms-off")) } } @else {
                        @if set.required != Required::No { (chip(&required_name(set.required, words), "waiting")) }
                        @if set.audience == Audience::Agents { (chip(&words.t("forms-agents"), "noted")) }
                        @if set.when.is_some() { (chip(&words.t("forms-conditional"), "away")) }
                    }
                }
                div {
                    div.tick.wide { input type="checkbox" id=(name("on")) name=(name("on")) value="1" checked[on]; label for=(name("on")) { (words.t("forms-on")) } }
                    (select(&Field { name: &name("required"), label: &words.t("forms-required"), ..Field::default() }, &required))
                    (select(&Field { name: &name("audience"), label: &words.t("forms-audience"), ..Field::default() }, &audience))
                    @if let Some(practice) = practice { (states(field, set, practice, words)) }
                    (terms::rows(key, set.when.as_ref(), &others, words))
                    div.wide { (web::components::field(&Field { name: &name("heading"), label: &words.t("forms-heading"), value: heading, autocomplete: Some("off"), ..Field::default() })) }
                }
            }
            div.form-moves { (move_button("up", field, words)) (move_button("down", field, words)) }
        }
    }
}

fn move_button(way: &str, field: &CustomField, words: &Words) -> Markup {
    let what = if way == "up" { words.t("states-up") } else { words.t("states-down") };
    let (what, label) = (format!("{what}: {}", field.label_in(words.locale())), format!("{way}.{}", field.key));
    html! { button.button.quiet.square type="submit" name="do" value=(label) data-focus=(label) aria-label=(what) title=(what) { (icon(if way == "up" { "chevron-up" } else { "chevron-down" })) } }
}

/// The states before which the field must be filled; in sight only when that is asked for.
fn states(field: &CustomField, set: &Item, practice: &Practice, words: &Words) -> Markup {
    let name = format!("states.{}", field.key);
    html! {
        fieldset.form-states.wide {
            legend { (words.t("forms-states")) }
            div.form-state-row {
                @for status in &practice.statuses {
                    label { input type="checkbox" name=(name) value=(status.word) checked[set.states.contains(&status.word)]; (kernel::named_in(&status.names, words.locale()).map_or_else(|| status_name(&status.word, words), str::to_owned)) }
                }
            }
        }
    }
}

fn required_name(required: Required, words: &Words) -> String {
    match required {
        Required::No => words.t("forms-required-no"),
        Required::Create => words.t("forms-required-create"),
        Required::Always => words.t("forms-required-always"),
        Required::Entering => words.t("forms-required-entering"),
        Required::Resolved => words.t("forms-required-resolved"),
    }
}

/// The form as an agent and as a requester meet it.
fn preview(settings: &Settings, edited: &Edited, frame: &Frame) -> Markup {
    let words = &frame.words;
    let form = Form { id: FormId(0), kind: edited.kind.clone(), category: edited.category, version: 0, layout: edited.layout.clone() };
    let asking = Asking::new(Some(&form), &fields_of(settings, &edited.kind, edited.category));
    let shown = |working: bool| {
        let mut fields = fill::shown(&asking, &fill::defaults(&asking), None, &Filling { working, at: None, words, refusals: &[] });
        if !working {
            // The two stand on one page: their controls must not share names and ids.
            for field in &mut fields {
                field.key.insert(0, '~');
                field.when = field.when.take().map(|(data, told)| (data.replace("\"field\":\"", "\"field\":\"~"), told));
            }
        }
        html! { @if fields.is_empty() { p.quiet { (words.t("forms-nothing")) } } @else { (asked_fields(&fields, words)) } }
    };
    html! {
        section aria-labelledby="preview" {
            h2 id="preview" { (words.t("forms-preview")) }
            div.form-two {
                div { h3 { (words.t("forms-as-agent")) } div.form-preview data-asked { (shown(true)) } }
                div { h3 { (words.t("forms-as-requester")) } div.form-preview data-asked { (shown(false)) } }
            }
        }
    }
}
