//! Macros: the menu of a ticket, what one would do, and the pages where they are written.

use kernel::{Locale, MacroId};
use maud::{Markup, PreEscaped, html};
use web::components::{
    AskedField, Choice, Editor, Field, Frame, Pane, Written, asked_fields, chip, csrf_field, editor, field, icon, kbd, select, workspace,
};
use web::urls;

use super::models::TicketView;
use desk::canned::filling::NAMES;
use desk::conversation::Body;

/// Longer menus get a field that narrows them.
const LONG: usize = 6;

/// The menu in the head of a ticket.
pub(super) fn picker(ticket: &TicketView, frame: &Frame) -> Markup {
    let words = &frame.words;
    let label = words.t("macro-title");
    html! {
        details.picker name="picker" id="pick-macro" {
            summary.button title=(label) data-key="m" { (icon("zap")) span.picker-label { (label) } " " (kbd("m")) }
            div.menu {
                @if ticket.macros.len() > LONG {
                    input.input.menu-filter type="search" data-narrows aria-label=(words.t("menu-narrow")) placeholder=(words.t("menu-narrow")) autocomplete="off";
                }
                div.menu-scroll {
                    ul.menu-items {
                        @for (id, title) in &ticket.macros {
                            li { a.menu-item href=(urls::ticket_macro(&ticket.number, *id)) data-macro { span.menu-mark { (icon("zap")) } span { (title) } } }
                        }
                        li { a.menu-item href=(urls::MACROS) { span.menu-mark { (icon("pencil-line")) } span { (words.t("macro-manage")) } } }
                    }
                }
            }
        }
    }
}

/// One line of what a macro would do.
#[derive(Clone, Debug)]
pub(crate) struct PlanLine {
    /// The field.
    pub(crate) label: String,
    /// As it is.
    pub(crate) from: String,
    /// As it would be.
    pub(crate) to: String,
}

/// What would be said.
#[derive(Clone, Debug)]
pub(crate) struct PlanSaid {
    /// A note stays inside.
    pub(crate) note: bool,
    /// Names of those who get a reply.
    pub(crate) to: Vec<String>,
    /// The text.
    pub(crate) body: Body,
}

/// What a macro would do to one ticket.
#[derive(Clone, Debug)]
pub(crate) struct PlanPage {
    /// The macro.
    pub(crate) id: MacroId,
    /// Its title.
    pub(crate) title: String,
    /// Number of the ticket.
    pub(crate) number: String,
    /// Title of the ticket.
    pub(crate) ticket: String,
    /// The version that was looked at.
    pub(crate) version: i64,
    /// What would be other.
    pub(crate) lines: Vec<PlanLine>,
    /// Whether the reader would begin to watch it.
    pub(crate) watches: bool,
    /// What would be said.
    pub(crate) said: Option<PlanSaid>,
    /// What stands against it.
    pub(crate) unable: Vec<String>,
}

/// What a macro would do, with the button that does it. Scripts show the same in front of the ticket.
pub(crate) fn plan_page(plan: &PlanPage, frame: &Frame) -> Markup {
    let main = html! {
        div.page.form-page {
            header.page-head { p.crumbs { a href=(urls::ticket(&plan.number)) { (plan.number) } " " (plan.ticket) } }
            (plan_of(plan, frame))
        }
    };
    workspace(frame, &format!("{} {}", plan.number, plan.title), Pane::Single, &main)
}

fn plan_of(plan: &PlanPage, frame: &Frame) -> Markup {
    let words = &frame.words;
    let does_nothing = plan.lines.is_empty() && plan.said.is_none() && !plan.watches;
    let may = plan.unable.is_empty() && !does_nothing;
    html! {
        section.macro-plan id="macro-plan" {
            h1 id="macro-plan-title" { (icon("zap")) span { (plan.title) } }
            @if !plan.unable.is_empty() {
                div.banner.refused role="alert" {
                    (icon("circle-alert"))
                    div { b { (words.t("macro-plan-refused")) } ul { @for why in &plan.unable { li { (why) } } } }
                }
            } @else if does_nothing {
                p.quiet { (words.t("macro-plan-nothing")) }
            }
            (changes(&plan.lines))
            @if plan.watches { p.macro-watch { (icon("eye")) (words.t("macro-plan-watch")) } }
            @if let Some(said) = &plan.said { (said_of(said, frame)) }
            form method="post" action=(urls::ticket_macro(&plan.number, plan.id)) data-swap="ticket" {
                (csrf_field(frame))
                input type="hidden" name="version" value=(plan.version);
                @if may { p.quiet { (words.t("macro-plan-undo")) } }
                div.form-end {
                    @if may { button.button.primary type="submit" autofocus { (icon("check")) (words.t("macro-plan-do")) " " (kbd("↵")) } }
                    a.button.quiet href=(urls::ticket(&plan.number)) data-back autofocus[!may] { (words.t("cancel")) }
                }
            }
        }
    }
}

/// What would be other, field by field.
pub(super) fn changes(lines: &[PlanLine]) -> Markup {
    html! {
        @if !lines.is_empty() {
            dl.macro-changes {
                @for line in lines { div { dt { (line.label) } dd { del { (line.from) } (icon("arrow-right")) ins { (line.to) } } } }
            }
        }
    }
}

fn said_of(said: &PlanSaid, frame: &Frame) -> Markup {
    let words = &frame.words;
    let head = match (said.note, said.to.is_empty()) {
        (true, _) => words.t("macro-plan-note"),
        (false, false) => words.with("macro-plan-reply", &[("names", &said.to.join(", "))]),
        (false, true) => words.t("macro-plan-reply-nobody"),
    };
    html! {
        figure.macro-said.note[said.note] {
            figcaption { (icon(if said.note { "lock" } else { "reply" })) (head) }
            blockquote tabindex="0" {
                @match &said.body.html {
                    // The sanitiser made it.
                    Some(clean) => (PreEscaped(clean.clone())),
                    None => div.macro-text { (said.body.text) },
                }
            }
        }
    }
}

/// One line of the list.
#[derive(Clone, Debug)]
pub(crate) struct MacroRow {
    /// Which.
    pub(crate) id: MacroId,
    /// Title.
    pub(crate) title: String,
    /// Name of whose it is.
    pub(crate) place: String,
    /// What it does, in words.
    pub(crate) does: String,
    /// How often it was run.
    pub(crate) uses: i64,
    /// Whether the reader may change it.
    pub(crate) may_write: bool,
}

/// All that the reader finds.
pub(crate) fn macros_page(rows: &[MacroRow], frame: &Frame) -> Markup {
    let words = &frame.words;
    let title = words.t("macro-title");
    let main = html! {
        div.page.canned-page {
            header.page-head {
                h1 { (title) }
                p { (words.t("macro-about")) }
                a.button.primary href=(urls::macro_one("new")) { (icon("plus")) (words.t("macro-new")) }
            }
            @if rows.is_empty() { p.quiet { (words.t("macro-none")) } }
            ul.canned-list {
                @for one in rows {
                    li {
                        div.canned-head {
                            @if one.may_write { a href=(urls::macro_one(&one.id.to_string())) { b { (one.title) } } } @else { b { (one.title) } }
                            (chip(&one.place, ""))
                            @if one.uses > 0 { span.end.quiet { (words.with("macro-uses", &[("n", &one.uses)])) } }
                        }
                        p.quiet { (one.does) }
                    }
                }
            }
        }
    };
    workspace(frame, &title, Pane::Single, &main)
}

/// A choice with the name of its field.
pub(crate) struct Pick {
    /// Name in the form.
    pub(crate) name: &'static str,
    /// What it is.
    pub(crate) label: String,
    /// What can be chosen; nothing to choose from is not shown.
    pub(crate) choices: Vec<Choice>,
}

/// A line of text with the name of its field.
pub(crate) struct Line {
    /// Name in the form.
    pub(crate) name: &'static str,
    /// What it is.
    pub(crate) label: String,
    /// What stands in it.
    pub(crate) value: String,
    /// A sentence of help.
    pub(crate) help: Option<String>,
}

/// The form of one.
#[derive(Default)]
pub(crate) struct MacroForm {
    /// Which; none for a new one.
    pub(crate) id: Option<MacroId>,
    /// The version that the form was made from.
    pub(crate) version: i64,
    /// Title.
    pub(crate) title: String,
    /// Whose it can be.
    pub(crate) places: Vec<Choice>,
    /// What it can change.
    pub(crate) picks: Vec<Pick>,
    /// What is written beside it.
    pub(crate) lines: Vec<Line>,
    /// Whether whoever runs it watches the ticket.
    pub(crate) watch: bool,
    /// Fields of the desk's own.
    pub(crate) fields: Vec<AskedField>,
    /// Nothing, a reply, a note.
    pub(crate) kinds: Vec<Choice>,
    /// The language of the text.
    pub(crate) language: Locale,
    /// Languages in which it has a text.
    pub(crate) known: Vec<String>,
    /// The text.
    pub(crate) written: Written,
    /// What is wrong, by field.
    pub(crate) refusals: Vec<(String, String)>,
}

impl MacroForm {
    fn refusal(&self, name: &str) -> Option<&str> {
        self.refusals.iter().find(|(field, _)| field == name).map(|(_, text)| text.as_str())
    }
    /// Refusals that no field of the page shows.
    fn others(&self) -> impl Iterator<Item = &str> {
        let shows = |name: &str| {
            matches!(name, "title" | "place" | "body" | "kind")
                || self.picks.iter().any(|pick| pick.name == name)
                || self.lines.iter().any(|line| line.name == name)
                || self.fields.iter().any(|field| field.name() == name)
        };
        self.refusals.iter().filter(move |(name, _)| !shows(name)).map(|(_, text)| text.as_str())
    }
}

/// The page on which one is written.
pub(crate) fn macro_form(form: &MacroForm, frame: &Frame) -> Markup {
    let words = &frame.words;
    let heading = if form.id.is_some() { words.t("macro-edit") } else { words.t("macro-new") };
    let (title, place, place_help) = (words.t("canned-name"), words.t("canned-place"), words.t("macro-place-help"));
    let here = urls::macro_one(&form.id.map_or_else(|| "new".to_owned(), |id| id.to_string()));
    let main = html! {
        div.page.form-page.canned-page.macro-page {
            header.page-head { h1 { (heading) } p { (words.t("macro-about")) } }
            form method="post" action=(here) data-editor={ "macro:" (form.language.tag()) } {
                (csrf_field(frame))
                input type="hidden" name="version" value=(form.version);
                @for text in form.others() { p.banner.refused role="alert" { (icon("circle-alert")) span { (text) } } }
                div.field-pair {
                    (field(&Field { name: "title", label: &title, value: &form.title, refusal: form.refusal("title"), required: true, autocomplete: Some("off"), ..Field::default() }))
                    (select(&Field { name: "place", label: &place, help: Some(&place_help), refusal: form.refusal("place"), ..Field::default() }, &form.places))
                }
                h2 { (words.t("macro-does")) }
                div.macro-steps {
                    @for pick in form.picks.iter().filter(|pick| pick.choices.len() > 1) {
                        (select(&Field { name: pick.name, label: &pick.label, refusal: form.refusal(pick.name), ..Field::default() }, &pick.choices))
                    }
                    @for line in &form.lines {
                        (field(&Field { name: line.name, label: &line.label, value: &line.value, help: line.help.as_deref(), refusal: form.refusal(line.name), autocomplete: Some("off"), ..Field::default() }))
                    }
                    div.asked-tick { input type="checkbox" id="watch" name="watch" value="yes" checked[form.watch]; label for="watch" { (words.t("macro-watch")) } }
                }
                @if !form.fields.is_empty() {
                    details.macro-fields open[form.fields.iter().any(|field| !field.values.is_empty() || field.refusal.is_some())] {
                        summary { (words.t("macro-fields")) }
                        (asked_fields(&form.fields, words))
                    }
                }
                h2 { (words.t("macro-says")) }
                (text_of(form, &here, frame))
                div.form-end {
                    // The text may be left out, which the editor's own field does not know; the server says what is missing.
                    button.button.primary type="submit" data-send formnovalidate { (words.t("canned-save")) }
                    a.button.quiet href=(urls::MACROS) { (words.t("cancel")) }
                }
            }
            @if let Some(id) = form.id {
                form.canned-remove method="post" action=(urls::macro_remove(&id.to_string())) {
                    (csrf_field(frame))
                    button.button.quiet type="submit" { (icon("trash-2")) (words.t("canned-remove")) }
                }
            }
        }
    };
    workspace(frame, &heading, Pane::Single, &main)
}

fn text_of(form: &MacroForm, here: &str, frame: &Frame) -> Markup {
    let words = &frame.words;
    let (kind, text) = (words.t("macro-says-to"), words.t("canned-text"));
    let languages: Vec<Choice> =
        Locale::ALL.into_iter().map(|locale| Choice::new(locale.tag(), locale.own_name(), locale == form.language)).collect();
    html! {
        (select(&Field { name: "kind", label: &kind, refusal: form.refusal("kind"), ..Field::default() }, &form.kinds))
        @if form.known.is_empty() {
            (select(&Field { name: "language", label: &words.t("canned-language"), ..Field::default() }, &languages))
        } @else {
            input type="hidden" name="language" value=(form.language.tag());
            nav.canned-languages aria-label=(words.t("canned-languages")) {
                @for locale in Locale::ALL {
                    a.chip href=(urls::with_query(here, &[("language", locale.tag())])) lang=(locale.tag()) aria-current=[(locale == form.language).then_some("page")] {
                        @if form.known.iter().any(|known| known == locale.tag()) { (icon("check")) } (locale.own_name())
                    }
                }
            }
        }
        div.field {
            span.label aria-hidden="true" { (text) }
            (editor(&Editor { id: "macro-body", label: &text, placeholder: &text, written: &form.written, rows: 6, language: Some(form.language.tag()), ticket: None, bare: true }, frame))
            @if let Some(refusal) = form.refusal("body") { p.refusal { (refusal) } }
            p.help { (words.t("macro-text-help")) " " (words.t("canned-names-help")) " " @for name in NAMES { code { "{{" (name) "}}" } " " } }
        }
    }
}
