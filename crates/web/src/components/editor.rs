//! Where text is written: a plain field, over which the rich editor is put when somebody begins to write; its tools, and the files that go along.

use kernel::limits::{ATTACHMENT_BYTES_MAX, ATTACHMENTS_PER_MESSAGE_MAX};
use maud::{Markup, html};

use crate::components::{Frame, icon};
use crate::urls;

/// A file that goes with what is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EditorFile {
    /// Its handle.
    pub handle: String,
    /// Its id, by which the text shows it.
    pub number: String,
    /// Name for people.
    pub name: String,
    /// As the sender says.
    pub content_type: String,
    /// Size.
    pub bytes: usize,
    /// A picture in the text.
    pub inline: bool,
}

/// What somebody began to write.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Written {
    /// As plain text.
    pub text: String,
    /// As HTML, when plain text does not say all of it.
    pub html: Option<String>,
    /// Files.
    pub files: Vec<EditorFile>,
}

/// A text to be written.
#[derive(Clone, Copy, Debug)]
pub struct Editor<'a> {
    /// The id of the text field.
    pub id: &'a str,
    /// What it is, for those who do not see.
    pub label: &'a str,
    /// Shown while nothing stands in it.
    pub placeholder: &'a str,
    /// What stands in it.
    pub written: &'a Written,
    /// Height of the plain field, in lines.
    pub rows: u8,
    /// The language that it will be written in, for the browser's spelling.
    pub language: Option<&'a str>,
    /// The ticket that it is about, for saved replies and mentions.
    pub ticket: Option<&'a str>,
    /// Text alone: no files, no saved replies.
    pub bare: bool,
}

/// The text field with its tools. The form around it needs `data-editor`; [`editor_buttons`] go into its bar.
#[must_use]
pub fn editor(e: &Editor<'_>, frame: &Frame) -> Markup {
    let words = &frame.words;
    let of_ticket = |path: &str| e.ticket.map_or_else(|| path.to_owned(), |number| urls::with_query(path, &[("ticket", number)]));
    let size = words.bytes(ATTACHMENT_BYTES_MAX);
    html! {
        div.editor-field
            data-canned=[(!e.bare).then(|| of_ticket(urls::CANNED_FRAGMENT))] data-colleagues=[e.ticket.map(|_| of_ticket(urls::COLLEAGUES_FRAGMENT))]
            data-upload=[(!e.bare).then_some(urls::UPLOADS)] data-upload-bytes-max=(ATTACHMENT_BYTES_MAX) data-uploads-max=(ATTACHMENTS_PER_MESSAGE_MAX)
            data-say-remove=(words.with("editor-file-remove", &[("name", &"{name}")])) data-say-failed=(words.with("editor-file-failed", &[("name", &"{name}")]))
            data-say-large=(words.with("editor-file-large", &[("name", &"{name}"), ("size", &size)]))
            data-say-many=(words.with("editor-files-max", &[("max", &ATTACHMENTS_PER_MESSAGE_MAX)])) data-say-busy=(words.t("editor-file-busy")) {
            (tools(e.label, frame))
            label.hidden-label for=(e.id) { (e.label) }
            textarea.editor-plain id=(e.id) name="body" required rows=(e.rows) lang=[e.language] placeholder=(e.placeholder) data-html=[e.written.html.as_deref()] { (e.written.text) }
            ul.composer-files aria-label=(words.t("editor-files")) {
                @for file in &e.written.files {
                    li.composer-file hidden[file.inline] data-file=(file.number) {
                        span { (file.name) } small { (words.bytes(file.bytes)) }
                        input type="hidden" name="attachment" value=(file.handle) data-name=(file.name) data-type=(file.content_type)
                            data-size=(file.bytes) data-file=(file.number) data-inline=(if file.inline { "yes" } else { "no" });
                        button.button.quiet.square type="button" data-drops="file" aria-label=(words.with("editor-file-remove", &[("name", &file.name)])) { (icon("x")) }
                    }
                }
            }
        }
    }
}

/// The tools in the order in which they lie; a gap parts the groups.
fn tools(label: &str, frame: &Frame) -> Markup {
    let words = &frame.words;
    html! {
        div.editor-tools role="toolbar" aria-label=(words.with("editor-tools", &[("name", &label)])) {
            (tool("strong", "bold", &words.t("editor-bold"), "mod-b"))
            (tool("em", "italic", &words.t("editor-italic"), "mod-i"))
            (tool("strike", "strikethrough", &words.t("editor-strike"), "mod-shift-x"))
            (tool("code", "code", &words.t("editor-code"), "mod-e"))
            span.editor-gap {}
            (tool("bullets", "list", &words.t("editor-bullets"), "mod-shift-8"))
            (tool("numbers", "list-ordered", &words.t("editor-numbers"), "mod-shift-7"))
            (tool("quote", "text-quote", &words.t("editor-quote"), "mod-shift-9"))
            (tool("block", "square-code", &words.t("editor-code-block"), "mod-alt-c"))
            span.editor-gap {}
            (tool("link", "link", &words.t("editor-link"), "mod-shift-k"))
            span.editor-gap {}
            (tool("undo", "undo-2", &words.t("editor-undo"), "mod-z"))
            (tool("redo", "redo-2", &words.t("editor-redo"), "mod-y"))
        }
        div.editor-link hidden data-wrong=(words.t("editor-link-invalid")) {
            label.hidden-label { (words.t("editor-link-address")) }
            input.input type="text" inputmode="url" autocomplete="off" maxlength="2000" aria-label=(words.t("editor-link-address")) placeholder="https://";
            button.button type="button" { (words.t("editor-link-set")) }
        }
    }
}

/// A shortcut as keyboards bear it.
fn keys_of(keys: &str, modifier: &str) -> String {
    let key = |word: &str| match word {
        "mod" => modifier.to_owned(),
        other => other.chars().take(1).flat_map(char::to_uppercase).chain(other.chars().skip(1)).collect(),
    };
    keys.split('-').map(key).collect::<Vec<_>>().join("+")
}

fn tool(name: &str, symbol: &str, label: &str, keys: &str) -> Markup {
    let title = format!("{label} ({})", keys_of(keys, "Ctrl"));
    html! {
        button.button.quiet.square type="button" data-tool=(name) aria-label=(label) aria-keyshortcuts=(keys_of(keys, "Control")) title=(title) { (icon(symbol)) }
    }
}

/// Buttons beside the one that sends: a file, a saved reply, and a colleague where a note is written.
#[must_use]
pub fn editor_buttons(mentions: bool, frame: &Frame) -> Markup {
    let words = &frame.words;
    let size = words.bytes(ATTACHMENT_BYTES_MAX);
    let attach = words.t("editor-attach");
    let limit = words.with("editor-attach-limit", &[("size", &size)]);
    let (canned, mention) = (words.t("editor-canned"), words.t("editor-mention"));
    html! {
        span.editor-buttons {
            button.button.quiet.square type="button" data-tool="attach" aria-label=(attach) title={ (attach) ". " (limit) } { (icon("paperclip")) }
            input type="file" multiple hidden tabindex="-1" aria-label=(attach);
            button.button.quiet.square type="button" data-tool="canned" aria-label=(canned) title={ (canned) " (/)" } { (icon("message-square-quote")) }
            @if mentions { button.button.quiet.square.note-only type="button" data-tool="mention" aria-label=(mention) title={ (mention) " (@)" } { (icon("at-sign")) } }
        }
    }
}
