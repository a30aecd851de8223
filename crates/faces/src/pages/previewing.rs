//! A look into a file, as a page and as the part of it that a dialog shows.

use kernel::AttachmentId;
use maud::{Markup, html};
use web::components::{Frame, Pane, icon, workspace};
use web::{Words, urls};

use super::models::File;

/// What there is to see.
#[derive(Clone, Debug)]
pub(crate) enum Look {
    Picture,
    Document,
    Sound,
    Film,
    Table { rows: Vec<Vec<String>>, cut: bool },
    Text { text: String, cut: bool },
    Nothing,
}

/// A file that somebody looks into.
#[derive(Clone, Debug)]
pub(crate) struct Preview {
    pub(crate) id: AttachmentId,
    pub(crate) name: String,
    pub(crate) bytes: usize,
    pub(crate) look: Look,
    /// Its message.
    pub(crate) back: String,
}

/// The page; a script takes `.preview` out of it and shows that in a dialog.
pub(crate) fn preview_page(preview: &Preview, frame: &Frame) -> Markup {
    let words = &frame.words;
    let file = urls::attachment(preview.id);
    let main = html! {
        div.page.preview-page {
            article.preview aria-labelledby="preview-name" {
                header.preview-head {
                    h1 id="preview-name" { (preview.name) } span.quiet { (words.bytes(preview.bytes)) }
                    a.button.quiet href=(file) download=(preview.name) { (icon("download")) (words.t("preview-download")) }
                }
                div.preview-body { (look(preview, &file, words)) }
            }
            p { a href=(preview.back) { (words.t("preview-back")) } }
        }
    };
    workspace(frame, &preview.name, Pane::Single, &main)
}

fn look(preview: &Preview, file: &str, words: &Words) -> Markup {
    let inline = urls::attachment_inline(preview.id);
    html! {
        @match &preview.look {
            Look::Picture => img.preview-picture src=(file) alt=(preview.name);,
            Look::Document => {
                iframe.preview-document src=(inline) title=(preview.name) {}
                p.quiet { a href=(inline) target="_blank" rel="noopener" { (words.t("preview-open")) } }
            },
            Look::Sound => audio.preview-sound src=(file) controls preload="metadata" {},
            Look::Film => video.preview-film src=(file) controls preload="metadata" {},
            Look::Table { rows, cut } => {
                div.preview-table tabindex="0" role="region" aria-label=(preview.name) {
                    table { @for row in rows { tr { @for cell in row { td { (cell) } } } } }
                }
                @if *cut { p.quiet { (words.t("preview-cut")) } }
            },
            Look::Text { text, cut } => {
                pre.preview-text tabindex="0" role="region" aria-label=(preview.name) { (text) }
                @if *cut { p.quiet { (words.t("preview-cut")) } }
            },
            Look::Nothing => p { (words.t("preview-none")) },
        }
    }
}

/// The sign of a kind of file.
fn symbol(content_type: &str) -> &'static str {
    match content_type.split('/').next().unwrap_or_default() {
        "image" => "image",
        "audio" => "file-audio",
        "video" => "file-video",
        "text" => "file-text",
        _ if content_type == "application/pdf" || content_type == "message/rfc822" => "file-text",
        _ if content_type.ends_with("json") || content_type.ends_with("xml") => "file-code",
        _ => "file",
    }
}

/// A file of a message: a picture small, everything with its name and size. The name opens a look into it, the arrow takes it.
pub(crate) fn tile(file: &File, words: &Words) -> Markup {
    let shows = matches!(file.content_type.as_str(), "image/png" | "image/jpeg" | "image/gif" | "image/webp");
    let size = words.bytes(file.bytes);
    let address = urls::attachment(file.id);
    html! {
        div.file-tile.picture[shows] {
            a.file-look href=(urls::attachment_preview(file.id)) data-preview=(file.id) title=(words.with("preview-look", &[("name", &file.name)])) {
                @if shows { img src=(address) alt="" loading="lazy" width="96" height="72"; } @else { (icon(symbol(&file.content_type))) }
                span.file-name { (file.name) } span.quiet { (size) }
            }
            a.file-take href=(address) download=(file.name) aria-label=(words.with("preview-download-one", &[("name", &file.name)])) title=(words.t("preview-download")) { (icon("download")) }
        }
    }
}
