//! Checking what callers put into a ticket.

use kernel::limits::{TAG_CHARS_MAX, TAGS_MAX, TITLE_CHARS_MAX};
use kernel::{Message, Refusal, Result};

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
pub(crate) fn clean_tags(tags: &[String]) -> Result<Vec<String>> {
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
