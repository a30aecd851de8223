//! Custom values of a ticket: in the panel, on a page of their own, with a step that asks for them, and with another kind.

use maud::{Markup, html};
use web::components::{
    AskedField, Choice, Field, Frame, Pane, asked_fields, csrf_field, field, icon, kind_name, properties, select, status_name, text_area,
    workspace,
};
use web::urls;

use super::models::TicketView;

/// The values in the panel, with the way to the page where they are edited.
pub(super) fn section(ticket: &TicketView, frame: &Frame) -> Markup {
    let words = &frame.words;
    let pairs: Vec<(String, Option<Markup>)> =
        ticket.context.fields.iter().map(|(label, value)| (label.clone(), Some(html! { (value) }))).collect();
    html! {
        section.fields-section {
            h2 {
                (words.t("fields-title"))
                @if ticket.may_work { a href=(urls::ticket_fields(&ticket.number)) aria-label=(words.t("fields-edit-details")) { (words.t("fields-edit")) } }
            }
            // Whoever works on it has them among the properties, to be changed there.
            @if !ticket.may_work { (properties(&pairs)) }
        }
    }
}

/// What every one of these pages is about.
#[derive(Clone, Debug)]
pub struct About {
    /// Number of the ticket.
    pub number: String,
    /// Its title.
    pub title: String,
    /// The version that was read.
    pub version: i64,
    /// Refusals by the name of the field.
    pub refusals: Vec<(String, String)>,
}

impl About {
    fn refusal(&self, name: &str) -> Option<&str> {
        self.refusals.iter().find(|(known, _)| known == name).map(|(_, text)| text.as_str())
    }
    /// Refusals that no field of the page shows.
    fn others<'a>(&'a self, shown: &'a [AskedField]) -> impl Iterator<Item = &'a str> {
        let own = move |name: &str| matches!(name, "comment" | "resolution_code") || shown.iter().any(|one| one.name() == name);
        self.refusals.iter().filter(move |(name, _)| !own(name)).map(|(_, text)| text.as_str())
    }
}

/// Where a form goes and what its button says.
struct Send {
    action: String,
    label: String,
}

fn around(about: &About, frame: &Frame, (title, lead): (&str, &str), fields: &[AskedField], (send, controls): (&Send, &Markup)) -> Markup {
    let words = &frame.words;
    let main = html! {
        div.page.form-page {
            header.page-head {
                p.crumbs { a href=(urls::ticket(&about.number)) { (about.number) } " " (about.title) }
                h1 { (title) }
                @if !lead.is_empty() { p { (lead) } }
            }
            form method="post" action=(send.action) {
                (csrf_field(frame))
                input type="hidden" name="version" value=(about.version);
                @for text in about.others(fields) { p.banner.refused role="alert" { (icon("circle-alert")) span { (text) } } }
                div data-asked { (asked_fields(fields, words)) }
                (controls)
                div.form-end {
                    button.button.primary type="submit" { (icon("check")) (send.label) }
                    a.button.quiet href=(urls::ticket(&about.number)) { (words.t("cancel")) }
                }
            }
        }
    };
    workspace(frame, &format!("{} {title}", about.number), Pane::Single, &main)
}

/// The page where values are edited.
#[must_use]
pub fn fields_page(about: &About, fields: &[AskedField], frame: &Frame) -> Markup {
    let words = &frame.words;
    let send = Send { action: urls::ticket_fields(&about.number), label: words.t("fields-save") };
    around(about, frame, (&words.t("fields-edit-details"), ""), fields, (&send, &html! {}))
}

/// A step that asks for something.
#[derive(Clone, Debug, Default)]
pub struct StepPage {
    /// The state that it leads to.
    pub to: String,
    /// Whether a note is asked for.
    pub comment: bool,
    /// Whether it asks how the ticket was resolved.
    pub code: bool,
    /// What was typed.
    pub comment_text: String,
    /// What was typed.
    pub code_text: String,
}

/// Its page.
#[must_use]
pub fn step_page(about: &About, step: &StepPage, fields: &[AskedField], frame: &Frame) -> Markup {
    let words = &frame.words;
    let title = words.with("step-title", &[("status", &status_name(&step.to, words))]);
    let (comment, code, help) = (words.t("step-comment"), words.t("step-code"), words.t("step-code-help"));
    let controls = html! {
        input type="hidden" name="to" value=(step.to);
        @if step.code {
            (field(&Field { name: "resolution_code", label: &code, value: &step.code_text, help: Some(&help), refusal: about.refusal("resolution_code"), required: true, autocomplete: Some("off"), ..Field::default() }))
        }
        @if step.comment {
            (text_area(&Field { name: "comment", label: &comment, value: &step.comment_text, refusal: about.refusal("comment"), required: true, ..Field::default() }, 4))
        }
    };
    let send = Send { action: urls::ticket_step(&about.number), label: title.clone() };
    around(about, frame, (&title, &words.t("step-about")), fields, (&send, &controls))
}

/// What a change of kind does, with names.
#[derive(Clone, Debug)]
pub struct KindPage {
    /// Kinds to choose from.
    pub kinds: Vec<&'static str>,
    /// The one that was chosen, and what it means.
    pub chosen: Option<ChosenKind>,
}

/// What one kind means for the ticket.
#[derive(Clone, Debug)]
pub struct ChosenKind {
    /// The kind.
    pub kind: String,
    /// The status that the ticket would have.
    pub status: String,
    /// Names of fields that it keeps.
    pub kept: Vec<String>,
    /// Names of fields that it does not.
    pub dropped: Vec<String>,
}

/// The page of a change of kind: first the choice, then what it means, then the change.
#[must_use]
pub fn kind_page(about: &About, page: &KindPage, fields: &[AskedField], frame: &Frame) -> Markup {
    let words = &frame.words;
    let label = words.t("property-kind");
    let current = page.chosen.as_ref().map(|chosen| chosen.kind.as_str()).unwrap_or_default();
    let choices: Vec<Choice> = page.kinds.iter().map(|kind| Choice::new(kind, kind_name(kind, words), *kind == current)).collect();
    let title = words.t("change-kind");
    let Some(chosen) = &page.chosen else {
        let main = html! {
            div.page.form-page {
                header.page-head { p.crumbs { a href=(urls::ticket(&about.number)) { (about.number) } " " (about.title) } h1 { (title) } p { (words.t("change-kind-about")) } }
                form method="get" action=(urls::ticket_kind(&about.number)) {
                    (select(&Field { name: "to", label: &label, ..Field::default() }, &choices))
                    div.form-end { button.button.primary type="submit" { (words.t("change-kind-see")) } a.button.quiet href=(urls::ticket(&about.number)) { (words.t("cancel")) } }
                }
            }
        };
        return workspace(frame, &format!("{} {title}", about.number), Pane::Single, &main);
    };
    let list = |names: &[String]| names.join(", ");
    let controls = html! {
        input type="hidden" name="to" value=(chosen.kind);
        ul.kind-change {
            li { (icon("circle-dot")) (words.with("change-kind-status", &[("status", &status_name(&chosen.status, words))])) }
            @if !chosen.kept.is_empty() { li { (icon("check")) (words.with("change-kind-kept", &[("fields", &list(&chosen.kept))])) } }
            @if !chosen.dropped.is_empty() { li.gone { (icon("x")) (words.with("change-kind-dropped", &[("fields", &list(&chosen.dropped))])) } }
        }
    };
    let send = Send {
        action: urls::ticket_kind(&about.number),
        label: words.with("change-kind-do", &[("kind", &kind_name(&chosen.kind, words))]),
    };
    around(about, frame, (&title, &words.t("change-kind-about")), fields, (&send, &controls))
}
