//! The text of a message in the three formats that callers write.

use kernel::limits::BODY_BYTES_MAX;
use kernel::{Message, Refusal, Result};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::sanitise;

/// How a body is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum BodyFormat {
    /// Plain text.
    #[default]
    Text,
    /// HTML, which is sanitised.
    Html,
    /// CommonMark.
    Markdown,
}

/// A body ready to be stored: text always, sanitised HTML when there was any.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Body {
    /// Plain text.
    pub text: String,
    /// Sanitised HTML.
    pub html: Option<String>,
}

impl Body {
    /// From what a caller wrote; refuses what is empty or too long.
    pub fn written(body: &str, format: BodyFormat) -> Result<Self> {
        if body.len() > BODY_BYTES_MAX {
            return Err(Refusal::TooLarge { bytes_max: BODY_BYTES_MAX }.into());
        }
        let body = match format {
            BodyFormat::Text => Self::text(body),
            BodyFormat::Html => Self::html(body),
            BodyFormat::Markdown => Self::html(&markdown(body)),
        };
        if body.text.trim().is_empty() && body.html.as_ref().is_none_or(|html| !html.contains("<img")) {
            return Err(Refusal::invalid("body", Message::new("error-needed")).into());
        }
        Ok(body)
    }
    /// Plain text.
    #[must_use]
    pub fn text(text: &str) -> Self {
        Self { text: tidy(text), html: None }
    }
    /// HTML.
    #[must_use]
    pub fn html(html: &str) -> Self {
        let clean = sanitise::clean(html);
        let text = sanitise::text_of(&clean);
        Self { text: tidy(&text), html: Some(clean) }
    }
    /// The beginning on one line, for lists.
    #[must_use]
    pub fn snippet(&self) -> String {
        snippet(&self.text)
    }
}

/// The beginning of a text on one line, without quoted lines.
#[must_use]
pub(crate) fn snippet(text: &str) -> String {
    const SNIPPET_CHARS: usize = 160;
    let words = text.lines().filter(|line| !line.trim_start().starts_with('>')).flat_map(str::split_whitespace);
    let mut out = String::with_capacity(SNIPPET_CHARS + 8);
    let mut count = 0;
    for word in words {
        if count > 0 {
            out.push(' ');
            count += 1;
        }
        for c in word.chars() {
            if count >= SNIPPET_CHARS {
                return out;
            }
            out.push(c);
            count += 1;
        }
    }
    out
}

fn markdown(text: &str) -> String {
    let options = pulldown_cmark::Options::ENABLE_TABLES | pulldown_cmark::Options::ENABLE_STRIKETHROUGH;
    let mut html = String::with_capacity(text.len() * 3 / 2);
    pulldown_cmark::html::push_html(&mut html, pulldown_cmark::Parser::new_ext(text, options));
    html
}

/// Line ends as \n; NUL and other control characters away; no trailing blank lines.
fn tidy(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let clean: String = text.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).collect();
    clean.trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markdown_becomes_clean_html_and_readable_text() {
        let body = Body::written("**Hello** <script>alert(1)</script>\n\n- one\n- two", BodyFormat::Markdown).unwrap();
        assert!(!body.html.as_ref().unwrap().contains("script"));
        assert!(body.html.unwrap().contains("<strong>Hello</strong>"));
        assert!(body.text.contains("one") && !body.text.contains("<li>"));
    }

    #[test]
    fn an_empty_body_is_refused_and_controls_fall_away() {
        assert!(Body::written(" \n ", BodyFormat::Text).is_err());
        assert!(Body::written("<p> </p>", BodyFormat::Html).is_err());
        assert_eq!(Body::written("a\r\nb\0c\u{7}", BodyFormat::Text).unwrap().text, "a\nbc");
    }
}
