//! The panel beside the drawing: what is selected there, to be changed.

use kernel::Locale;
use maud::{Markup, html};
use people::practice::field_keys;
use people::settings::practice::TURNS;
use people::settings::{Status, Transition};
use web::Words;
use web::components::{Choice, Field, Frame, chip, csrf_field, field, icon, select, turn_name, usual_status_name};
use web::urls::{self, admin};

use super::Drawn;
use super::page::{name_of, turn_of};

/// What a way asks for, in chips.
pub(super) fn demands(way: &Transition, words: &Words) -> Markup {
    html! {
        @if way.comment { " " (chip(&words.t("states-asks-note"), "plain")) }
        @if way.resolution_code { " " (chip(&words.t("states-asks-code"), "plain")) }
        @for field in &way.fields { " " (chip(field, "plain")) }
        @if way.administrators { " " (chip(&words.t("states-admins"), "plain")) }
    }
}

/// The panel.
pub(super) fn panel(frame: &Frame, drawn: &Drawn) -> Markup {
    let chosen = &drawn.chosen;
    if let Some(status) = drawn.practice.status(&chosen.state) {
        return of_state(frame, drawn, status);
    }
    if let Some(way) = drawn.practice.transition(&chosen.from, &chosen.to) {
        return of_way(frame, drawn, way);
    }
    let words = &frame.words;
    html! {
        h2 { (words.t("states-add")) }
        @if drawn.may_change { (add_state(frame, drawn)) }
        p.quiet { (words.t("states-hint")) }
    }
}

fn form(frame: &Frame, drawn: &Drawn, hidden: &[(&str, &str)], body: &Markup) -> Markup {
    html! {
        form method="post" action=(admin::states(&drawn.kind)) {
            (csrf_field(frame))
            @for (name, value) in hidden { input type="hidden" name=(name) value=(value); }
            (body)
        }
    }
}

fn turns(chosen: &str, words: &Words) -> Vec<Choice> {
    TURNS.iter().map(|turn| Choice::new(turn, turn_name(turn_of(turn), words), *turn == chosen)).collect()
}

fn add_state(frame: &Frame, drawn: &Drawn) -> Markup {
    let words = &frame.words;
    let (name, turn) = (words.t("states-name"), words.t("states-turn"));
    form(
        frame,
        drawn,
        &[("do", "add-state")],
        &html! {
            (field(&Field { name: "name", label: &name, required: true, autocomplete: Some("off"), ..Field::default() }))
            (select(&Field { name: "turn", label: &turn, ..Field::default() }, &turns("us", words)))
            div.form-end { button.button type="submit" { (icon("plus")) (words.t("states-add")) } }
        },
    )
}

/// A line for each language; what Steward says by itself stands in it as a hint.
fn names(names: &kernel::Names, usual: Option<&str>, words: &Words) -> Markup {
    html! {
        fieldset.states-names {
            legend { (words.t("states-names")) }
            @for locale in Locale::ALL {
                @let id = format!("name.{}", locale.tag());
                @let hint = usual.map(|word| usual_status_name(word, &Words::new(locale, "UTC")));
                label for=(id) lang=(locale.tag()) { (locale.own_name()) }
                input.input id=(id) name=(id) lang=(locale.tag()) value=(names.get(locale.tag()).map(String::as_str).unwrap_or_default()) placeholder=[hint] maxlength="120" autocomplete="off";
            }
            small { (words.t("states-names-help")) }
        }
    }
}

fn of_state(frame: &Frame, drawn: &Drawn, status: &Status) -> Markup {
    let words = &frame.words;
    let turn = words.t("states-turn");
    let others: Vec<Choice> = drawn
        .practice
        .statuses
        .iter()
        .filter(|other| other.word != status.word && drawn.practice.transition(&status.word, &other.word).is_none())
        .map(|other| Choice::new(&other.word, name_of(drawn, &other.word, words), false))
        .collect();
    let to = words.t("states-add-way-to");
    let first = drawn.practice.initial().is_some_and(|initial| initial.word == status.word);
    html! {
        h2 { (name_of(drawn, &status.word, words)) " " code { (status.word) } }
        @if first { p.quiet { (words.t("states-start-about")) } }
        h3 { (words.t("states-leads-to")) }
        ul.states-ways.stacked {
            @for way in drawn.practice.transitions.iter().filter(|way| way.from == status.word) {
                li { a href=(urls::with_query(&admin::states(&drawn.kind), &[("from", &way.from), ("to", &way.to)])) data-part-link { (icon("arrow-right")) (name_of(drawn, &way.to, words)) } (demands(way, words)) }
            }
        }
        @if drawn.may_change {
            @if !others.is_empty() {
                (form(frame, drawn, &[("do", "add-way"), ("from", &status.word)], &html! {
                    (select(&Field { name: "to", label: &to, ..Field::default() }, &others))
                    div.form-end { button.button type="submit" { (icon("plus")) (words.t("states-add-way")) } }
                }))
            }
            hr;
            (form(frame, drawn, &[("state", &status.word)], &html! {
                (select(&Field { name: "turn", label: &turn, ..Field::default() }, &turns(&status.turn, words)))
                (names(&status.names, Some(&status.word), words))
                div.form-end.states-buttons {
                    button.button type="submit" name="do" value="save-state" { (icon("check")) (words.t("states-save")) }
                    button.button.quiet.square type="submit" name="do" value="state-up" aria-label=(words.t("states-up")) title=(words.t("states-up")) { (icon("chevron-up")) }
                    button.button.quiet.square type="submit" name="do" value="state-down" aria-label=(words.t("states-down")) title=(words.t("states-down")) { (icon("chevron-down")) }
                    button.button.quiet type="submit" name="do" value="remove-state" { (icon("trash-2")) (words.t("states-remove")) }
                }
            }))
        }
        p { a href=(admin::states(&drawn.kind)) data-part-link { (words.t("states-add")) } }
    }
}

fn of_way(frame: &Frame, drawn: &Drawn, way: &Transition) -> Markup {
    let words = &frame.words;
    let (from, to) = (name_of(drawn, &way.from, words), name_of(drawn, &way.to, words));
    let tick = |name: &str, label: String, ticked: bool| {
        html! { div.tick { input type="checkbox" id=(name) name=(name) value="1" checked[ticked]; label for=(name) { (label) } } }
    };
    let back = drawn.practice.transition(&way.to, &way.from);
    let keys = field_keys(&drawn.settings, &drawn.kind);
    let fields = drawn.settings.fields.iter().filter(|field| keys.contains(&field.key.as_str()));
    html! {
        h2 { (words.with("states-way", &[("from", &from), ("to", &to)])) }
        @if drawn.may_change {
            (form(frame, drawn, &[("from", &way.from), ("to", &way.to)], &html! {
                fieldset.states-asks {
                    legend { (words.t("states-asks")) }
                    (tick("comment", words.t("states-asks-note"), way.comment))
                    (tick("resolution_code", words.t("states-asks-code"), way.resolution_code))
                    @for field in fields {
                        div.tick { input type="checkbox" id={ "field-" (field.key) } name="fields" value=(field.key) checked[way.fields.contains(&field.key)]; label for={ "field-" (field.key) } { (field.label_in(words.locale())) } }
                    }
                }
                (tick("administrators", words.t("states-admins-only"), way.administrators))
                (names(&way.names, None, words))
                div.form-end.states-buttons {
                    button.button type="submit" name="do" value="save-way" { (icon("check")) (words.t("states-save")) }
                    button.button.quiet type="submit" name="do" value="remove-way" { (icon("trash-2")) (words.t("states-remove-way")) }
                }
            }))
        } @else { p { (demands(way, words)) } }
        p { a href=(urls::with_query(&admin::states(&drawn.kind), &[("state", &way.from)])) data-part-link { (icon("arrow-left")) (from) } }
        @if back.is_some() { p { a href=(urls::with_query(&admin::states(&drawn.kind), &[("from", &way.to), ("to", &way.from)])) data-part-link { (words.with("states-way", &[("from", &to), ("to", &from)])) } } }
        p { a href=(admin::states(&drawn.kind)) data-part-link { (words.t("states-add")) } }
    }
}
