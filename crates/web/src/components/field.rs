//! Form controls with their label, help and refusal.

use maud::{Markup, html};

use crate::components::icon;

/// A one-line input.
#[derive(Clone, Copy, Debug, Default)]
pub struct Field<'a> {
    /// Name in the form; also the id of the input.
    pub name: &'a str,
    /// What it is.
    pub label: &'a str,
    /// `text`, `email`, `password`...; text when empty.
    pub kind: &'a str,
    /// What stands in it.
    pub value: &'a str,
    /// The browser's autocomplete hint.
    pub autocomplete: Option<&'a str>,
    /// One sentence of help.
    pub help: Option<&'a str>,
    /// Why the value was refused.
    pub refusal: Option<&'a str>,
    /// Whether it must be filled in.
    pub required: bool,
    /// Whether the page opens with the cursor here.
    pub autofocus: bool,
}

fn described_by(name: &str, help: Option<&str>, refusal: Option<&str>) -> Option<String> {
    let parts: Vec<String> = [(refusal, "refusal"), (help, "help")]
        .into_iter()
        .filter(|(text, _)| text.is_some())
        .map(|(_, part)| format!("{name}-{part}"))
        .collect();
    (!parts.is_empty()).then(|| parts.join(" "))
}

fn below(name: &str, help: Option<&str>, refusal: Option<&str>) -> Markup {
    html! {
        @if let Some(refusal) = refusal { p.refusal id={ (name) "-refusal" } { (icon("circle-alert")) (refusal) } }
        @if let Some(help) = help { small id={ (name) "-help" } { (help) } }
    }
}

const fn wrong(refusal: Option<&str>) -> &'static str {
    if refusal.is_some() { "field wrong" } else { "field" }
}

/// A labelled input.
#[must_use]
pub fn field(field: &Field<'_>) -> Markup {
    let kind = if field.kind.is_empty() { "text" } else { field.kind };
    html! {
        div class=(wrong(field.refusal)) {
            label for=(field.name) { (field.label) }
            input.input id=(field.name) name=(field.name) type=(kind) value=(field.value) autocomplete=[field.autocomplete]
                aria-describedby=[described_by(field.name, field.help, field.refusal)] aria-invalid=[field.refusal.map(|_| "true")]
                required[field.required] autofocus[field.autofocus];
            (below(field.name, field.help, field.refusal))
        }
    }
}

/// A labelled text of several lines; `kind` is not used.
#[must_use]
pub fn text_area(field: &Field<'_>, rows: u8) -> Markup {
    html! {
        div class=(wrong(field.refusal)) {
            label for=(field.name) { (field.label) }
            textarea.input id=(field.name) name=(field.name) rows=(rows) required[field.required]
                aria-describedby=[described_by(field.name, field.help, field.refusal)] aria-invalid=[field.refusal.map(|_| "true")] { (field.value) }
            (below(field.name, field.help, field.refusal))
        }
    }
}

/// One of the values of a choice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// What the form sends.
    pub value: String,
    /// What people read.
    pub label: String,
    /// Whether it is chosen.
    pub selected: bool,
}

impl Choice {
    /// A choice.
    #[must_use]
    pub fn new(value: impl ToString, label: impl Into<String>, selected: bool) -> Self {
        Self { value: value.to_string(), label: label.into(), selected }
    }
}

/// A labelled choice; of `field` the name, label, help and refusal are used.
#[must_use]
pub fn select(field: &Field<'_>, choices: &[Choice]) -> Markup {
    html! {
        div class=(wrong(field.refusal)) {
            label for=(field.name) { (field.label) }
            select.input id=(field.name) name=(field.name) required[field.required] aria-describedby=[described_by(field.name, field.help, field.refusal)]
                aria-invalid=[field.refusal.map(|_| "true")] {
                @for choice in choices { option value=(choice.value) selected[choice.selected] { (choice.label) } }
            }
            (below(field.name, field.help, field.refusal))
        }
    }
}
