//! Checking what callers put into a ticket.

use kernel::limits::{FIELD_TEXT_CHARS_MAX, TAG_CHARS_MAX, TAGS_MAX, TITLE_CHARS_MAX};
use kernel::{FieldError, Message, Refusal, Result};
use people::settings::{CustomField, FieldType};
use serde_json::{Map, Value};

const ERRORS_MAX: usize = 50;

/// A title on one line, or a refusal.
pub(super) fn clean_title(title: &str) -> Result<String> {
    let title: String = title.chars().map(|c| if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}') { ' ' } else { c }).collect();
    let title = title.trim();
    if title.is_empty() {
        return Err(Refusal::invalid("title", Message::new("error-needed")).into());
    }
    if title.chars().count() > TITLE_CHARS_MAX {
        return Err(Refusal::invalid("title", Message::new("error-text-length").with("max", TITLE_CHARS_MAX)).into());
    }
    Ok(title.to_owned())
}

/// A text on one line that may be empty, such as the name of a service.
pub(super) fn clean_line(field: &'static str, text: Option<&str>) -> Result<Option<String>> {
    let Some(text) = text else { return Ok(None) };
    if text.chars().count() > TITLE_CHARS_MAX {
        return Err(Refusal::invalid(field, Message::new("error-text-length").with("max", TITLE_CHARS_MAX)).into());
    }
    let line = kernel::text::clean_line(text, TITLE_CHARS_MAX);
    Ok((!line.is_empty()).then_some(line))
}

/// Tags in lower case, once each, in their order.
pub(super) fn clean_tags(tags: &[String]) -> Result<Vec<String>> {
    let mut clean: Vec<String> = Vec::new();
    for tag in tags {
        let tag = tag.trim().to_lowercase();
        let fine = !tag.is_empty()
            && tag.chars().count() <= TAG_CHARS_MAX
            && !tag.chars().any(|c| c.is_whitespace() || c.is_control() || matches!(c, ',' | '"' | '(' | ')'));
        if !fine {
            return Err(Refusal::invalid("tags", Message::new("error-tag-invalid").with("max", TAG_CHARS_MAX)).into());
        }
        if !clean.contains(&tag) {
            clean.push(tag);
        }
        // Inside the loop: comparing ten thousand with each other would take long (T-S4).
        if clean.len() > TAGS_MAX {
            return Err(Refusal::invalid("tags", Message::new("error-tags-max").with("max", TAGS_MAX)).into());
        }
    }
    Ok(clean)
}

/// Refuses values that their declarations do not allow. `null` clears a value. `complete` asks for the required ones too.
pub(super) fn check_fields<'a>(given: &Map<String, Value>, declared: impl Iterator<Item = &'a CustomField>, complete: bool) -> Result<()> {
    let declared: Vec<&CustomField> = declared.collect();
    let mut errors: Vec<FieldError> = Vec::new();
    for (key, value) in given {
        let message = match declared.iter().find(|field| field.key == *key) {
            None => Some(Message::new("error-field-unknown").with("field", key)),
            Some(_) if value.is_null() => None,
            Some(field) => wrong(field, value),
        };
        errors.extend(message.map(|message| FieldError { field: format!("fields.{key}"), message }));
    }
    if complete {
        let missing = declared.iter().filter(|field| field.required && given.get(&field.key).is_none_or(Value::is_null));
        errors.extend(missing.map(|field| FieldError { field: format!("fields.{}", field.key), message: Message::new("error-needed") }));
    }
    // Whoever sends thousands of unknown names is not told each of them.
    errors.truncate(ERRORS_MAX);
    if errors.is_empty() { Ok(()) } else { Err(Refusal::Invalid(errors).into()) }
}

fn wrong(field: &CustomField, value: &Value) -> Option<Message> {
    let fine = match field.field_type {
        FieldType::Text => value.as_str().is_some_and(|text| text.chars().count() <= FIELD_TEXT_CHARS_MAX && !text.contains('\0')),
        FieldType::Number => value.is_number(),
        FieldType::Boolean => value.is_boolean(),
        FieldType::Date => value.as_str().is_some_and(kernel::is_date),
        FieldType::Choice => value.as_str().is_some_and(|text| field.options.iter().any(|option| option == text)),
    };
    if fine {
        return None;
    }
    Some(match field.field_type {
        FieldType::Text => Message::new("error-text-length").with("max", FIELD_TEXT_CHARS_MAX),
        FieldType::Number => Message::new("error-number-needed"),
        FieldType::Boolean => Message::new("error-boolean-needed"),
        FieldType::Date => Message::new("error-date-needed"),
        FieldType::Choice => Message::new("error-one-of").with("options", field.options.join(", ")),
    })
}
