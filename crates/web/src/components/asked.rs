//! Custom fields of a form. A field that is asked only with certain other values says so; scripts hide it and the sentence instead.

use maud::{Markup, html};

use super::{Choice, Field, field, icon, select, text_area};
use crate::Words;

/// What a field is filled with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AskedKind {
    /// One line: `text`, `url`, `email`, `date`.
    Line(&'static str),
    /// A number; kept as text, because every language writes it otherwise.
    Number,
    /// Several lines.
    Area,
    /// One of some values.
    Choice(Vec<(String, String)>),
    /// Some of some values.
    Choices(Vec<(String, String)>),
}

/// A field as it stands on a page.
#[derive(Clone, Debug)]
pub struct AskedField {
    /// Its key; the form sends `fields.<key>`.
    pub key: String,
    /// Name.
    pub label: String,
    /// A sentence of help.
    pub help: Option<String>,
    /// What it is filled with.
    pub kind: AskedKind,
    /// What stands in it; several for several choices.
    pub values: Vec<String>,
    /// Whether it must be filled.
    pub required: bool,
    /// Why it was refused.
    pub refusal: Option<String>,
    /// Heading above it, when a section begins here.
    pub heading: Option<String>,
    /// When it is asked: as data for scripts, and in words.
    pub when: Option<(String, String)>,
}

impl AskedField {
    /// Its name in the form.
    #[must_use]
    pub fn name(&self) -> String {
        format!("fields.{}", self.key)
    }
}

/// All fields, under the headings of their sections.
#[must_use]
pub fn asked_fields(fields: &[AskedField], words: &Words) -> Markup {
    html! {
        @for one in fields {
            @if let Some(heading) = &one.heading { h2.asked-heading { (heading) } }
            div.asked data-field=(one.key) data-when=[one.when.as_ref().map(|(data, _)| data)] {
                @if let Some((_, told)) = &one.when { p.asked-when { (told) } }
                (control(one, words))
            }
        }
    }
}

fn control(one: &AskedField, words: &Words) -> Markup {
    let (name, label) = (one.name(), if one.required { one.label.clone() } else { words.with("asked-optional", &[("label", &one.label)]) });
    let value = one.values.first().map(String::as_str).unwrap_or_default();
    let made = Field {
        name: &name,
        label: &label,
        value,
        help: one.help.as_deref(),
        refusal: one.refusal.as_deref(),
        autocomplete: Some("off"),
        // A field that may be out of sight must not hold the form up; the server asks for it.
        required: one.required && one.when.is_none(),
        ..Field::default()
    };
    match &one.kind {
        AskedKind::Line(kind) => field(&Field { kind, ..made }),
        AskedKind::Number => field(&made),
        AskedKind::Area => text_area(&made, 4),
        AskedKind::Choice(options) => {
            let none = Choice::new("", words.t("asked-choose"), value.is_empty());
            let all: Vec<Choice> =
                std::iter::once(none).chain(options.iter().map(|(word, label)| Choice::new(word, label, word == value))).collect();
            select(&made, &all)
        }
        AskedKind::Choices(options) => html! {
            fieldset.field.wrong[one.refusal.is_some()] {
                legend { (label) }
                @if let Some(refusal) = &one.refusal { p.refusal id={ (name) "-refusal" } { (icon("circle-alert")) (refusal) } }
                @if let Some(help) = &one.help { small { (help) } }
                @for (at, (word, label)) in options.iter().enumerate() {
                    div.asked-tick {
                        input type="checkbox" id={ (name) "-" (at) } name=(name) value=(word) checked[one.values.contains(word)];
                        label for={ (name) "-" (at) } { (label) }
                    }
                }
            }
        },
    }
}
