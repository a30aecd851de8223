//! The words of a draft as the editor gives them, within limits. What becomes of HTML is decided when it is sent.

use std::collections::BTreeMap;

use kernel::limits::{ATTACHMENTS_PER_MESSAGE_MAX, BODY_BYTES_MAX, FIELD_TEXT_CHARS_MAX, FIELDS_MAX, MAIL_PARTICIPANTS_MAX};
use kernel::{Message as Text, PersonId, Refusal, Result};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::conversation::{Body, BodyFormat};

/// What is written so far.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Content {
    /// Text.
    pub body: String,
    /// How it is written.
    pub format: BodyFormat,
    /// Recipients; absent for those whom the page offers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to: Option<Vec<String>>,
    /// Copies; absent for those whom the page offers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cc: Option<Vec<String>>,
    /// Uploaded files.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub attachments: Vec<DraftFile>,
    /// Further fields of the form, such as the title of a new ticket.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub fields: BTreeMap<String, String>,
}

/// A file that was uploaded for it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct DraftFile {
    /// The handle that the upload gave.
    pub id: String,
    /// Name.
    pub name: String,
    /// Type.
    pub r#type: String,
    /// Bytes.
    pub size: i64,
    /// Its own id, by which the page shows it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
    /// Shown in the text.
    pub inline: bool,
}

/// Bytes of an address, a handle or a name of a field.
const WORD_BYTES_MAX: usize = 255;
/// Characters shown of a draft in lists.
const GLANCE_CHARS: usize = 140;

impl Content {
    /// Whether nothing would be lost with it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        let words = self.plain().trim().is_empty() && !self.body.contains("<img");
        words && self.attachments.is_empty() && self.fields.values().all(|value| value.trim().is_empty())
    }

    /// Refuses what no form of ours would hold.
    pub fn check(&self) -> Result<()> {
        if self.body.len() > BODY_BYTES_MAX {
            return Err(Refusal::TooLarge { bytes_max: BODY_BYTES_MAX }.into());
        }
        let long = |list: &Option<Vec<String>>| {
            list.as_ref().is_some_and(|list| list.len() > MAIL_PARTICIPANTS_MAX || list.iter().any(|one| one.len() > WORD_BYTES_MAX))
        };
        if long(&self.to) || long(&self.cc) {
            return Err(Refusal::invalid("cc", Text::new("error-text-length").with("max", WORD_BYTES_MAX)).into());
        }
        let wrong =
            |file: &DraftFile| file.id.len() > WORD_BYTES_MAX || file.name.len() > WORD_BYTES_MAX || file.r#type.len() > WORD_BYTES_MAX;
        if self.attachments.len() > ATTACHMENTS_PER_MESSAGE_MAX || self.attachments.iter().any(wrong) {
            return Err(Refusal::invalid("attachments", Text::new("error-attachments-max").with("max", ATTACHMENTS_PER_MESSAGE_MAX)).into());
        }
        let field = |(key, value): (&String, &String)| key.len() > WORD_BYTES_MAX || value.chars().count() > FIELD_TEXT_CHARS_MAX;
        if self.fields.len() > FIELDS_MAX || self.fields.iter().any(field) {
            return Err(Refusal::invalid("fields", Text::new("error-text-length").with("max", FIELD_TEXT_CHARS_MAX)).into());
        }
        Ok(())
    }

    /// Its text without markup.
    #[must_use]
    pub fn plain(&self) -> String {
        Body::written(&self.body, self.format).map(|body| body.text).unwrap_or_default()
    }

    /// The colleagues whom its words call by name, as the editor marks them.
    #[must_use]
    pub fn mentions(&self) -> Vec<PersonId> {
        if self.format != BodyFormat::Html {
            return Vec::new();
        }
        // What somebody only types is escaped: a mark of the editor is the one thing that looks like this.
        let marks = self.body.split("<span ").skip(1).filter_map(|rest| rest.split_once('>').map(|(mark, _)| mark));
        let called = marks.filter(|mark| mark.contains("class=\"mention\"")).filter_map(|mark| {
            let (_, id) = mark.split_once("data-person=\"")?;
            id.split_once('"')?.0.parse().ok()
        });
        let mut people: Vec<PersonId> = called.collect();
        people.sort_unstable();
        people.dedup();
        people
    }

    /// Its beginning on one line.
    #[must_use]
    pub fn glance(&self) -> String {
        let text = self.plain();
        let title = self.fields.get("title").map(|title| format!("{title} ")).unwrap_or_default();
        kernel::text::clean_line(&format!("{title}{text}"), GLANCE_CHARS)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn body(text: &str, format: BodyFormat) -> Content {
        Content { body: text.to_owned(), format, ..Content::default() }
    }

    #[test]
    fn an_empty_editor_is_no_draft_and_a_picture_is_one() {
        assert!(body("  \n", BodyFormat::Text).is_empty());
        assert!(body("<p></p>", BodyFormat::Html).is_empty());
        assert!(!body("<p><img src=\"/desk/attachments/1\"></p>", BodyFormat::Html).is_empty());
        assert!(!Content { attachments: vec![DraftFile::default()], ..Content::default() }.is_empty());
    }

    #[test]
    fn only_the_marks_of_the_editor_call_somebody() {
        let html = "<p><span class=\"mention\" data-person=\"7\">@Anna</span> and <span data-person=\"9\" class=\"mention\">@Jo</span></p>";
        assert_eq!(body(html, BodyFormat::Html).mentions(), [PersonId(7), PersonId(9)]);
        let typed = "<p>&lt;span class=\"mention\" data-person=\"7\"&gt; <span data-person=\"8\">x</span></p>";
        assert!(body(typed, BodyFormat::Html).mentions().is_empty());
        assert!(body(html, BodyFormat::Text).mentions().is_empty());
    }

    #[test]
    fn what_is_older_or_shorter_can_still_be_read() {
        let read: Content = serde_json::from_str(r#"{"body":"Hello"}"#).unwrap();
        assert_eq!(read, body("Hello", BodyFormat::Text));
    }

    #[test]
    fn t_s4_no_draft_is_larger_than_what_could_be_sent() {
        assert!(body(&"x".repeat(BODY_BYTES_MAX + 1), BodyFormat::Text).check().is_err());
        let cc = Some(vec!["a@b.example".to_owned(); MAIL_PARTICIPANTS_MAX + 1]);
        assert!(Content { cc, ..Content::default() }.check().is_err());
    }
}
