//! Canned responses: the list that opens while one types, and the pages where they are written.

use kernel::{CannedId, Locale};
use maud::{Markup, PreEscaped, html};
use web::components::{Choice, Editor, Field, Frame, Pane, Written, chip, csrf_field, editor, field, icon, kbd, select, workspace};
use web::urls;

use desk::canned::filling::NAMES;
use desk::conversation::Body;

/// A text that fits what somebody types, filled in.
#[derive(Clone, Debug)]
pub(crate) struct Suggested {
    /// Which.
    pub(crate) id: CannedId,
    /// Title.
    pub(crate) title: String,
    /// What one types to have it.
    pub(crate) shortcut: Option<String>,
    /// The text as it will stand there.
    pub(crate) body: Body,
}

/// Canned responses after "/", each with what it will say.
pub(crate) fn suggestions(list: &[Suggested], frame: &Frame) -> Markup {
    html! {
        div.suggest {
            ul role="listbox" aria-label=(frame.words.t("editor-canned")) {
                @for one in list {
                    li role="option" aria-selected="false" data-id=(one.id) {
                        span { (one.title) }
                        @if let Some(shortcut) = &one.shortcut { (kbd(&format!("/{shortcut}"))) }
                    }
                }
            }
            div.suggest-previews {
                @for one in list { div data-preview=(one.id) hidden { div.suggest-text { (said(&one.body)) } } }
            }
        }
    }
}

/// HTML that the sanitiser made, or text as paragraphs.
fn said(body: &Body) -> Markup {
    match &body.html {
        Some(clean) => PreEscaped(clean.clone()),
        None => html! {
            @for paragraph in body.text.split("\n\n") {
                p { @for (at, line) in paragraph.lines().enumerate() { @if at > 0 { br; } (line) } }
            }
        },
    }
}

/// One line of the list.
#[derive(Clone, Debug)]
pub(crate) struct CannedRow {
    /// Which.
    pub(crate) id: CannedId,
    /// Title.
    pub(crate) title: String,
    /// What one types to have it.
    pub(crate) shortcut: Option<String>,
    /// Name of whose it is.
    pub(crate) place: String,
    /// Languages that it speaks.
    pub(crate) languages: Vec<String>,
    /// The beginning of its text.
    pub(crate) snippet: String,
    /// How often it was sent.
    pub(crate) uses: i64,
    /// Whether the reader may change it.
    pub(crate) may_write: bool,
}

/// All that the reader finds.
pub(crate) fn canned_page(rows: &[CannedRow], frame: &Frame) -> Markup {
    let words = &frame.words;
    let title = words.t("canned-title");
    let main = html! {
        div.page.canned-page {
            header.page-head {
                h1 { (title) }
                p { (words.t("canned-about")) }
                a.button.primary href=(urls::canned_one("new")) { (icon("plus")) (words.t("canned-new")) }
            }
            @if rows.is_empty() { p.quiet { (words.t("canned-none")) } }
            ul.canned-list {
                @for one in rows {
                    li {
                        div.canned-head {
                            @if one.may_write { a href=(urls::canned_one(&one.id.to_string())) { b { (one.title) } } } @else { b { (one.title) } }
                            @if let Some(shortcut) = &one.shortcut { (kbd(&format!("/{shortcut}"))) }
                            (chip(&one.place, ""))
                            span.end.quiet { (words.with("canned-uses", &[("n", &one.uses)])) }
                        }
                        p.quiet { (one.snippet) }
                        small.quiet { (one.languages.join(" · ")) }
                    }
                }
            }
        }
    };
    workspace(frame, &title, Pane::Single, &main)
}

/// The form of one.
#[derive(Clone, Debug, Default)]
pub(crate) struct CannedForm {
    /// Which; none for a new one.
    pub(crate) id: Option<CannedId>,
    /// The version that the form was made from.
    pub(crate) version: i64,
    /// Title.
    pub(crate) title: String,
    /// Shortcut.
    pub(crate) shortcut: String,
    /// Whose it can be.
    pub(crate) places: Vec<Choice>,
    /// The language of the text.
    pub(crate) language: Locale,
    /// Languages in which it has a text.
    pub(crate) known: Vec<String>,
    /// The text.
    pub(crate) written: Written,
    /// What is wrong, by field.
    pub(crate) refusals: Vec<(String, String)>,
}

/// The page on which one is written.
pub(crate) fn canned_form(form: &CannedForm, frame: &Frame) -> Markup {
    let words = &frame.words;
    let heading = if form.id.is_some() { words.t("canned-edit") } else { words.t("canned-new") };
    let refusal = |name: &str| form.refusals.iter().find(|(field, _)| field == name).map(|(_, text)| text.as_str());
    let (title, shortcut, place) = (words.t("canned-name"), words.t("canned-shortcut"), words.t("canned-place"));
    let (shortcut_help, place_help, text) = (words.t("canned-shortcut-help"), words.t("canned-place-help"), words.t("canned-text"));
    let here = urls::canned_one(&form.id.map_or_else(|| "new".to_owned(), |id| id.to_string()));
    let main = html! {
        div.page.form-page.canned-page {
            header.page-head { h1 { (heading) } p { (words.t("canned-about")) } }
            @if form.id.is_some() {
                nav.canned-languages aria-label=(words.t("canned-languages")) {
                    @for locale in Locale::ALL {
                        a.chip href=(urls::with_query(&here, &[("language", locale.tag())])) lang=(locale.tag()) aria-current=[(locale == form.language).then_some("page")] {
                            @if form.known.iter().any(|known| known == locale.tag()) { (icon("check")) } (locale.own_name())
                        }
                    }
                }
            }
            form method="post" action=(here) data-editor={ "canned:" (form.language.tag()) } {
                (csrf_field(frame))
                input type="hidden" name="version" value=(form.version);
                @if form.id.is_some() { input type="hidden" name="language" value=(form.language.tag()); }
                (field(&Field { name: "title", label: &title, value: &form.title, refusal: refusal("title"), required: true, autocomplete: Some("off"), ..Field::default() }))
                div.field-pair {
                    (field(&Field { name: "shortcut", label: &shortcut, value: &form.shortcut, help: Some(&shortcut_help), refusal: refusal("shortcut"), autocomplete: Some("off"), ..Field::default() }))
                    (select(&Field { name: "place", label: &place, help: Some(&place_help), refusal: refusal("place"), ..Field::default() }, &form.places))
                }
                @if form.id.is_none() {
                    @let languages: Vec<Choice> = Locale::ALL.into_iter().map(|locale| Choice::new(locale.tag(), locale.own_name(), locale == form.language)).collect();
                    (select(&Field { name: "language", label: &words.t("canned-language"), ..Field::default() }, &languages))
                }
                div.field {
                    span.label aria-hidden="true" { (text) }
                    (editor(&Editor { id: "canned-body", label: &text, placeholder: &text, written: &form.written, rows: 8, language: Some(form.language.tag()), ticket: None, bare: true }, frame))
                    @if let Some(refusal) = refusal("body") { p.refusal { (refusal) } }
                    p.help { (words.t("canned-names-help")) " " @for name in NAMES { code { "{{" (name) "}}" } " " } }
                }
                div.form-end {
                    button.button.primary type="submit" data-send { (words.t("canned-save")) }
                    a.button.quiet href=(urls::CANNED) { (words.t("cancel")) }
                }
            }
            @if let Some(id) = form.id {
                form.canned-remove method="post" action=(urls::canned_remove(&id.to_string())) {
                    (csrf_field(frame))
                    @if form.known.len() > 1 && form.known.iter().any(|known| known == form.language.tag()) {
                        button.button.quiet type="submit" name="language" value=(form.language.tag()) { (icon("trash-2")) (words.with("canned-remove-language", &[("language", &form.language.own_name())])) }
                    }
                    button.button.quiet type="submit" { (icon("trash-2")) (words.t("canned-remove")) }
                }
            }
        }
    };
    workspace(frame, &heading, Pane::Single, &main)
}

/// What stands in an editor for a text that was written before.
pub(crate) fn written(body: &Body) -> Written {
    Written { text: body.text.clone(), html: body.html.clone(), files: Vec::new() }
}
