//! The panel beside the drawing: what is selected there, to be changed.

use kernel::Locale;
use maud::{Markup, html};
use people::practice::field_keys;
use people::settings::practice::TURNS;
use people::settings::{Status, Transition};
use web::Words;
use web::components::{Choice, Field, Frame, chip, csrf_field, field, icon, select, turn_mark, turn_name, usual_status_name};
use web::urls::{self, admin};

use super::Drawn;
use super::page::{name_of, turn_of};

/// What a way asks for, in chips.
pub(super) fn demands(drawn: &Drawn, way: &Transition, words: &Words) -> Markup {
    let label = |key: &String| {
        drawn.settings.fields.iter().find(|field| field.key == *key).map_or(key.as_str(), |field| field.label_in(words.locale())).to_owned()
    };
    html! {
        @if way.comment { " " (chip(&words.t("states-asks-note"), "plain")) }
        @if way.resolution_code { " " (chip(&words.t("states-asks-code"), "plain")) }
        @for field in &way.fields { " " (chip(&label(field), "plain")) }
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
        @if drawn.may_change {
            h2 tabindex="-1" data-part-home { (words.t("states-add")) }
            (add_state(frame, drawn))
            p.quiet { (words.t("states-hint")) }
        } @else {
            h2 tabindex="-1" data-part-home { (words.t("states-read")) }
            p.quiet { (words.t("states-read-about")) }
        }
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

/// The steps from a state, in the order of the states that they lead to.
pub(super) fn ways<'a>(drawn: &'a Drawn, from: &'a str) -> impl Iterator<Item = &'a Transition> {
    drawn.practice.statuses.iter().filter_map(move |status| drawn.practice.transition(from, &status.word))
}

/// A line for the reader's language, and the others behind it; what Steward says by itself stands in them as a hint.
fn names(names: &kernel::Names, usual: Option<&str>, words: &Words) -> Markup {
    let line = |locale: Locale, label: &str| {
        let id = format!("name.{}", locale.tag());
        let hint = usual.map(|word| usual_status_name(word, &Words::new(locale, "UTC")));
        let value = names.get(locale.tag()).map(String::as_str).unwrap_or_default();
        html! {
            label for=(id) { (label) }
            input.input id=(id) name=(id) lang=(locale.tag()) value=(value) placeholder=[hint] maxlength="120" autocomplete="off";
        }
    };
    html! {
        div.field { (line(words.locale(), &words.t("states-name"))) }
        details.unfold {
            summary { (words.t("states-names")) }
            div.states-names {
                @for locale in Locale::ALL.into_iter().filter(|locale| *locale != words.locale()) { (line(locale, locale.own_name())) }
                small { (words.t("states-names-help")) }
            }
        }
    }
}

fn way_link(drawn: &Drawn, way: &Transition, label: &Markup, words: &Words) -> Markup {
    let (from, to) = (name_of(drawn, &way.from, words), name_of(drawn, &way.to, words));
    let told = words.with("states-way", &[("from", &from), ("to", &to)]);
    html! { a href=(urls::with_query(&admin::states(&drawn.kind), &[("from", &way.from), ("to", &way.to)])) aria-label=(told) title=(told) data-part-link { (label) } }
}

/// Boxes for the steps on one side of a state; one that exists leads to what it asks for.
fn way_ticks(drawn: &Drawn, status: &Status, (name, legend): (&str, String), words: &Words) -> Markup {
    let others = drawn.practice.statuses.iter().filter(|other| other.word != status.word);
    html! {
        fieldset.states-steps {
            legend { (legend) }
            @for other in others {
                @let way = if name == "leads" { drawn.practice.transition(&status.word, &other.word) } else { drawn.practice.transition(&other.word, &status.word) };
                @let id = format!("{name}-{}", other.word);
                div.states-step {
                    input type="checkbox" id=(id) name=(name) value=(other.word) checked[way.is_some()];
                    label for=(id) { (name_of(drawn, &other.word, words)) }
                    @if let Some(way) = way { span { (demands(drawn, way, words)) } (way_link(drawn, way, &icon("pencil-line"), words)) }
                }
            }
        }
    }
}

fn of_state(frame: &Frame, drawn: &Drawn, status: &Status) -> Markup {
    let words = &frame.words;
    let turn = words.t("states-turn");
    let first = drawn.practice.initial().is_some_and(|initial| initial.word == status.word);
    let square = |what: &str, label: &str, mark: &str| {
        html! { button.button.quiet.square type="submit" name="do" value=(what) data-focus=(what) aria-label=(label) title=(label) { (icon(mark)) } }
    };
    html! {
        h2 tabindex="-1" data-part-home { (name_of(drawn, &status.word, words)) " " code { (status.word) } }
        @if first { p.quiet { (words.t("states-start-about")) } }
        @if drawn.may_change {
            (form(frame, drawn, &[("state", &status.word)], &html! {
                (names(&status.names, Some(&status.word), words))
                (select(&Field { name: "turn", label: &turn, ..Field::default() }, &turns(&status.turn, words)))
                (way_ticks(drawn, status, ("leads", words.t("states-leads-to")), words))
                (way_ticks(drawn, status, ("reached", words.t("states-reached-from")), words))
                div.form-end.states-buttons {
                    button.button.primary type="submit" name="do" value="save-state" data-focus="save-state" { (icon("check")) (words.t("states-save")) }
                    (square("state-up", &words.t("states-up"), "chevron-up"))
                    (square("state-down", &words.t("states-down"), "chevron-down"))
                    button.button.quiet type="submit" name="do" value="remove-state" { (icon("trash-2")) (words.t("states-remove")) }
                }
            }))
            p { a href=(admin::states(&drawn.kind)) data-part-link { (icon("plus")) (words.t("states-add")) } }
        } @else {
            p { (turn_mark(turn_of(&status.turn), None)) " " (turn_name(turn_of(&status.turn), words)) }
            h3 { (words.t("states-leads-to")) }
            ul.states-ways.stacked {
                @for way in ways(drawn, &status.word) { li { (way_link(drawn, way, &html! { (name_of(drawn, &way.to, words)) }, words)) (demands(drawn, way, words)) } }
            }
        }
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
        h2 tabindex="-1" data-part-home { (words.with("states-way", &[("from", &from), ("to", &to)])) }
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
                    button.button.primary type="submit" name="do" value="save-way" data-focus="save-way" { (icon("check")) (words.t("states-save")) }
                    button.button.quiet type="submit" name="do" value="remove-way" { (icon("trash-2")) (words.t("states-remove-way")) }
                }
            }))
        } @else if way.demands() || way.administrators { p { (demands(drawn, way, words)) } } @else { p.quiet { (words.t("states-asks-nothing")) } }
        p { a href=(urls::with_query(&admin::states(&drawn.kind), &[("state", &way.from)])) data-part-link { (icon("arrow-left")) (from) } }
        @if back.is_some() { p { a href=(urls::with_query(&admin::states(&drawn.kind), &[("from", &way.to), ("to", &way.from)])) data-part-link { (words.with("states-way", &[("from", &to), ("to", &from)])) } } }
        @if drawn.may_change { p { a href=(admin::states(&drawn.kind)) data-part-link { (icon("plus")) (words.t("states-add")) } } }
    }
}
