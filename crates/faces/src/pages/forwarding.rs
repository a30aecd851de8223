//! The page on which a message is passed on.

use kernel::{AttachmentId, MessageId};
use maud::{Markup, html};
use web::components::{Editor, Field, Frame, Pane, Written, csrf_field, editor, editor_buttons, field, icon, workspace};
use web::urls;

use super::said;

/// A file that can go along.
#[derive(Clone, Debug)]
pub(crate) struct ForwardFile {
    /// Which.
    pub(crate) id: AttachmentId,
    /// Its name.
    pub(crate) name: String,
    /// Its size.
    pub(crate) bytes: usize,
    /// Whether it goes along.
    pub(crate) chosen: bool,
}

/// What the page needs.
#[derive(Clone, Debug)]
pub(crate) struct ForwardPage {
    /// The ticket's number.
    pub(crate) number: String,
    /// The message.
    pub(crate) message: MessageId,
    /// Addresses.
    pub(crate) to: String,
    /// Subject.
    pub(crate) subject: String,
    /// Who wrote it, when, about what, to whom.
    pub(crate) heading: Vec<(String, String)>,
    /// Its text.
    pub(crate) text: String,
    /// Whether it has markup of its own.
    pub(crate) has_html: bool,
    /// Its files.
    pub(crate) files: Vec<ForwardFile>,
    /// Own words.
    pub(crate) written: Written,
    /// What is wrong, by field.
    pub(crate) refusals: Vec<(String, String)>,
}

/// The page.
pub(crate) fn forward_page(page: &ForwardPage, frame: &Frame) -> Markup {
    let words = &frame.words;
    let title = words.t("forward-title");
    let refusal = |name: &str| page.refusals.iter().find(|(field, _)| field == name).map(|(_, text)| text.as_str());
    let (to, subject, text, help) = (words.t("composer-to"), words.t("side-subject"), words.t("forward-own"), words.t("side-to"));
    let back = format!("{}#message-{}", urls::ticket(&page.number), page.message);
    let main = html! {
        div.page.form-page.forward-page {
            header.page-head { h1 { (title) } p { (words.t("forward-about")) } }
            form method="post" action=(urls::message_forward(page.message)) data-editor={ "forward:" (page.message) } novalidate {
                (csrf_field(frame))
                (field(&Field { name: "to", label: &to, value: &page.to, help: Some(&help), refusal: refusal("to"), required: true, autofocus: true, autocomplete: Some("off"), ..Field::default() }))
                (field(&Field { name: "subject", label: &subject, value: &page.subject, refusal: refusal("subject"), required: true, autocomplete: Some("off"), ..Field::default() }))
                div.field {
                    span.label aria-hidden="true" { (text) }
                    (editor(&Editor { id: "forward-body", label: &text, placeholder: &text, written: &page.written, rows: 4, language: None, ticket: Some(&page.number), bare: false }, frame))
                    @if let Some(refusal) = refusal("body") { p.refusal { (refusal) } }
                }
                section.forward-original aria-label=(words.t("forward-begins")) {
                    dl.properties { @for (name, value) in &page.heading { dt { (name) } dd { (value) } } }
                    @if page.has_html { (said::frame(&urls::message_body(page.message), &page.text, words)) } @else { (said::text(&page.text, None, words)) }
                }
                @if !page.files.is_empty() {
                    fieldset.choices {
                        legend { (words.t("forward-files")) }
                        @for file in &page.files {
                            label.check { input type="checkbox" name="file" value=(file.id) checked[file.chosen]; " " (file.name) " " span.quiet { (words.bytes(file.bytes)) } }
                        }
                    }
                }
                @if let Some(refusal) = refusal("attachments") { p.refusal { (refusal) } }
                div.form-end {
                    button.button.primary type="submit" data-send { (icon("forward")) (words.t("forward-send")) }
                    (editor_buttons(false, frame))
                    a.button.quiet href=(back) { (words.t("cancel")) }
                }
            }
        }
    };
    workspace(frame, &title, Pane::Single, &main)
}
