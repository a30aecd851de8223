//! From a template and its values to a letter's words.

use std::collections::BTreeMap;

use kernel::{Error, Locale, Result};
use minijinja::value::Value;
use minijinja::{AutoEscape, Environment, UndefinedBehavior};

use super::super::sanitise;
use super::super::templates::{FUEL, Limited, OUTPUT_BYTES_MAX, Rendered, page};
use super::{SUBJECT_CHARS_MAX, Source, Values, check};

/// Fills a template; the plain text is always there, whichever of both was written.
///
/// # Errors
/// When the template holds what it may not, or its output goes beyond all measure.
pub(crate) fn fill(source: &Source, values: &Values, locale: Locale) -> Result<Rendered> {
    let html = match values.html.as_deref() {
        Some(html) => sanitise::clean(html),
        None if values.text.is_empty() => String::new(),
        None => sanitise::from_text(&values.text),
    };
    let own = values.text.len().saturating_add(html.len());
    let text = values.text.trim_end();
    // Where there is no markup, the form without markup stands for both.
    let (plain, named) = (named(values, text, text), named(values, text, &html));
    let subject = super::super::clean_line(&filled(&source.subject, "letter.subject", &plain, 0)?, SUBJECT_CHARS_MAX);
    let written =
        source.html.as_deref().map(|source| filled(source, "letter.html", &named, own)).transpose()?.map(|text| sanitise::clean(&text));
    let text = match (&source.text, &written) {
        (Some(source), _) => filled(source, "letter.txt", &plain, own)?,
        (None, Some(html)) => sanitise::to_text(html),
        (None, None) => String::new(),
    };
    let body = match (written, &source.text) {
        (Some(html), _) => html,
        (None, Some(source)) => laid_out(source, values, &html, own)?,
        (None, None) => String::new(),
    };
    Ok(Rendered { subject, text, html: page(locale, &body) })
}

/// A text template as HTML, with what the agent wrote in its own form: a mark stands for it while the rest is escaped.
fn laid_out(source: &str, values: &Values, html: &str, own: usize) -> Result<String> {
    let mark = format!("steward{:032x}", rand::random::<u128>());
    let text = filled(source, "letter.txt", &named(values, &mark, &mark), own)?;
    Ok(sanitise::from_text(&text).replace(&mark, html))
}

fn named(values: &Values, text: &str, html: &str) -> BTreeMap<&'static str, Value> {
    let plain = [
        ("number", values.number.as_str()),
        ("title", values.title.as_str()),
        ("desk", values.desk.as_str()),
        ("agent", values.agent.as_str()),
        ("requester", values.requester.as_str()),
        ("link", values.link.as_str()),
        ("text", text),
    ];
    let mut named: BTreeMap<&'static str, Value> = plain.into_iter().map(|(name, value)| (name, Value::from(value))).collect();
    named.insert("html", Value::from_safe_string(html.to_owned()));
    named
}

fn filled(source: &str, name: &str, values: &BTreeMap<&'static str, Value>, own: usize) -> Result<String> {
    let broken = |problem: String| Error::internal(format!("a template cannot be used: {problem}"));
    check::check(source).map_err(|message| broken(format!("{message:?}")))?;
    let mut environment = Environment::empty();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_fuel(Some(FUEL));
    environment.set_auto_escape_callback(|name| if name.ends_with(".html") { AutoEscape::Html } else { AutoEscape::None });
    environment.add_template(name, source).map_err(|error| broken(error.to_string()))?;
    let mut out = Limited::up_to(OUTPUT_BYTES_MAX.saturating_add(own));
    let template = environment.get_template(name).map_err(|error| broken(error.to_string()))?;
    template.render_captured_to(Value::from(values.clone()), &mut out).map(drop).map_err(|error| broken(error.to_string()))?;
    out.text().ok_or_else(|| broken("it is not text".to_owned()))
}
