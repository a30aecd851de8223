//! The one place that says whether a value is one for a field, whichever door it comes through.

use kernel::Message;
use kernel::limits::FIELD_TEXT_CHARS_MAX;
use regex::{Regex, RegexBuilder};
use serde_json::Value;

use crate::person::email;
use crate::settings::{CustomField, FieldType};

/// A compiled pattern may not take more than this; the engine is linear in the text.
const PATTERN_BYTES_MAX: usize = 256 * 1024;

/// A pattern that the whole text must fit; nothing when it is none, or needs too much.
#[must_use]
pub fn compiled(pattern: &str) -> Option<Regex> {
    RegexBuilder::new(&format!("^(?:{pattern})$")).size_limit(PATTERN_BYTES_MAX).build().ok()
}

/// Why a value is not one for this field; nothing when it is.
#[must_use]
pub fn wrong(field: &CustomField, value: &Value) -> Option<Message> {
    match field.field_type {
        FieldType::Text | FieldType::LongText => match value.as_str() {
            Some(text) => wrong_text(field, text),
            None => Some(Message::new("error-text-length").with("max", FIELD_TEXT_CHARS_MAX)),
        },
        FieldType::Url => match value.as_str().filter(|text| is_web_address(text)) {
            Some(text) => wrong_text(field, text),
            None => Some(Message::new("error-url-needed")),
        },
        FieldType::Email => match value.as_str().filter(|text| email::normalise(text).is_some()) {
            Some(text) => wrong_text(field, text),
            None => Some(Message::new("error-email-invalid")),
        },
        FieldType::Number => match value.as_f64() {
            Some(number) => wrong_size(field, number),
            None => Some(Message::new("error-number-needed")),
        },
        FieldType::Boolean => (!value.is_boolean()).then(|| Message::new("error-boolean-needed")),
        FieldType::Date => (!value.as_str().is_some_and(kernel::is_date)).then(|| Message::new("error-date-needed")),
        FieldType::Choice => (!is_option(field, value)).then(|| options(field)),
        FieldType::Choices => {
            let fine = value.as_array().is_some_and(|items| {
                items.iter().enumerate().all(|(at, item)| is_option(field, item) && !items.iter().take(at).any(|before| before == item))
            });
            (!fine).then(|| options(field))
        }
        FieldType::Person => {
            let fine = value.as_str().is_some_and(|id| id.parse::<kernel::PersonId>().is_ok());
            (!fine).then(|| Message::new("error-person-id"))
        }
    }
}

fn is_option(field: &CustomField, value: &Value) -> bool {
    value.as_str().is_some_and(|text| field.live_options().any(|option| option == text))
}

fn options(field: &CustomField) -> Message {
    Message::new("error-one-of").with("options", field.live_options().collect::<Vec<_>>().join(", "))
}

fn wrong_size(field: &CustomField, number: f64) -> Option<Message> {
    let outside = field.shape.min.is_some_and(|min| number < min) || field.shape.max.is_some_and(|max| number > max);
    outside.then(|| match (field.shape.min, field.shape.max) {
        (Some(min), Some(max)) => Message::new("error-between").with("min", min).with("max", max),
        (Some(min), None) => Message::new("error-at-least").with("min", min),
        (_, max) => Message::new("error-at-most").with("max", max.unwrap_or_default()),
    })
}

fn wrong_text(field: &CustomField, text: &str) -> Option<Message> {
    let chars = text.chars().count();
    if chars > FIELD_TEXT_CHARS_MAX || text.contains('\0') {
        return Some(Message::new("error-text-length").with("max", FIELD_TEXT_CHARS_MAX));
    }
    // A length is a whole number far below 2^53.
    let length = f64::from(u32::try_from(chars).unwrap_or(u32::MAX));
    if field.shape.min.is_some_and(|min| length < min) {
        return Some(Message::new("error-chars-at-least").with("min", field.shape.min.unwrap_or_default()));
    }
    if field.shape.max.is_some_and(|max| length > max) {
        return Some(Message::new("error-text-length").with("max", field.shape.max.unwrap_or_default()));
    }
    let fits = field.shape.pattern.as_deref().and_then(compiled).is_none_or(|pattern| pattern.is_match(text));
    (!fits).then(|| Message::new("error-pattern-differs"))
}

/// Only what a browser opens without running anything: no `javascript:`, no `data:`.
fn is_web_address(text: &str) -> bool {
    let rest = ["https://", "http://"].iter().find_map(|scheme| {
        text.get(..scheme.len()).filter(|start| start.eq_ignore_ascii_case(scheme)).and_then(|_| text.get(scheme.len()..))
    });
    rest.is_some_and(|rest| rest.starts_with(|c: char| c.is_alphanumeric() || c == '['))
        && !text.chars().any(|c| c.is_whitespace() || c.is_control())
}

#[cfg(test)]
mod tests {
    use kernel::FieldId;
    use serde_json::json;

    use super::*;
    use crate::settings::Shape;

    fn field(field_type: FieldType, shape: Shape) -> CustomField {
        let options = if field_type.has_options() { vec!["Aurora".to_owned(), "Borealis".to_owned()] } else { Vec::new() };
        let (key, label) = ("x".to_owned(), "X".to_owned());
        CustomField {
            id: FieldId(1),
            desk: None,
            kind: None,
            category: None,
            key,
            label,
            field_type,
            options,
            required: false,
            archived: false,
            shape,
        }
    }

    fn key(field_type: FieldType, shape: Shape, value: Value) -> Option<&'static str> {
        wrong(&field(field_type, shape), &value).map(|message| message.key)
    }

    #[test]
    fn an_address_of_the_web_is_one_that_runs_nothing() {
        for fine in ["https://brackwater.example/a?b=c#d", "http://[::1]:80/", "HTTPS://x.example"] {
            assert_eq!(key(FieldType::Url, Shape::default(), json!(fine)), None, "{fine}");
        }
        for odd in
            ["javascript:alert(1)", "data:text/html,x", "//x.example", "https://", "https:// x", "ftp://x.example", "brackwater.example"]
        {
            assert_eq!(key(FieldType::Url, Shape::default(), json!(odd)), Some("error-url-needed"), "{odd}");
        }
    }

    #[test]
    fn bounds_and_patterns_hold_for_the_whole_value() {
        let bounds = || Shape { min: Some(2.0), max: Some(4.0), ..Shape::default() };
        let pattern = || Shape { pattern: Some("[A-Z]{2}|x".into()), ..Shape::default() };
        assert_eq!(key(FieldType::Number, bounds(), json!(1.9)), Some("error-between"));
        assert_eq!(key(FieldType::Number, bounds(), json!(4)), None);
        assert_eq!(key(FieldType::Text, bounds(), json!("üü")), None);
        assert_eq!(key(FieldType::Text, bounds(), json!("ü")), Some("error-chars-at-least"));
        assert_eq!(key(FieldType::Text, bounds(), json!("abcde")), Some("error-text-length"));
        assert_eq!(key(FieldType::Text, pattern(), json!("AB")), None);
        // Without the brackets around it "x" would fit at any end.
        assert_eq!(key(FieldType::Text, pattern(), json!("ABx")), Some("error-pattern-differs"));
    }

    #[test]
    fn several_choices_are_options_once_each() {
        let kept = || Shape { archived_options: vec!["Borealis".into()], ..Shape::default() };
        assert_eq!(key(FieldType::Choices, Shape::default(), json!(["Aurora", "Borealis"])), None);
        for odd in [json!(["Aurora", "Aurora"]), json!(["Titanic"]), json!("Aurora"), json!([1])] {
            assert_eq!(key(FieldType::Choices, Shape::default(), odd), Some("error-one-of"));
        }
        assert_eq!(key(FieldType::Choice, kept(), json!("Borealis")), Some("error-one-of"));
    }

    #[test]
    fn a_pattern_that_needs_too_much_is_none() {
        assert!(compiled("[a-z]+").is_some());
        assert!(compiled("(").is_none() && compiled(r"(?:\w{1000}){1000}").is_none());
    }
}
