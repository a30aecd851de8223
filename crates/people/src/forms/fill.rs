//! Forms on pages: fields as they are shown, and what a page sent as values.

use kernel::{FieldError, Locale, Message, Names, named_in, plain_number, written_number};
use serde_json::{Map, Value};
use web::Words;
use web::components::{AskedField, AskedKind};

use crate::settings::form::{Compared, Condition, Required};
use crate::settings::{Asked, Asking, CustomField, FieldType};

/// For whom and at which moment a form is shown.
#[derive(Clone, Copy, Debug)]
pub struct Filling<'a> {
    /// Whether for somebody who works on the ticket.
    pub working: bool,
    /// State of the ticket and whether it is done; none before it is opened.
    pub at: Option<(&'a str, bool)>,
    /// The reader's words.
    pub words: &'a Words,
    /// Refusals by the name of the field.
    pub refusals: &'a [(String, String)],
}

/// What a form sent: names and values in their order.
pub type Sent = [(String, String)];

/// The fields of a form as they stand on a page, with values of the ticket or what was typed.
#[must_use]
pub fn shown(asking: &Asking<'_>, values: &Map<String, Value>, typed: Option<&Sent>, filling: &Filling<'_>) -> Vec<AskedField> {
    let mut section = None;
    let items = asking.items.iter().filter(|item| item.listed && item.is_for(filling.working));
    let mut fields = Vec::new();
    for item in items {
        let begins = section != Some(item.section);
        section = Some(item.section);
        let mut one = as_shown(asking, item, filling);
        one.heading = item.title.filter(|_| begins).and_then(|title: &Names| named_in(title, filling.words.locale())).map(str::to_owned);
        one.values = match typed {
            Some(sent) => sent.iter().filter(|(name, _)| *name == one.name()).map(|(_, value)| value.clone()).collect(),
            None => values.get(&item.field.key).map(texts).unwrap_or_default(),
        };
        match &mut one.kind {
            // What was chosen before its option was archived stays until somebody chooses something else.
            AskedKind::Choice(options) | AskedKind::Choices(options) => {
                let held = values.get(&item.field.key).map(texts).unwrap_or_default();
                let gone =
                    held.into_iter().filter(|value| item.field.options.contains(value) && !options.iter().any(|(word, _)| word == value));
                let gone: Vec<_> =
                    gone.map(|value| (value.clone(), item.field.option_in(&value, filling.words.locale()).to_owned())).collect();
                options.extend(gone);
            }
            AskedKind::Number if typed.is_none() => one.values.iter_mut().for_each(|value| *value = written_number(value)),
            _ => {}
        }
        fields.push(one);
    }
    fields
}

fn as_shown(asking: &Asking<'_>, item: &Asked<'_>, filling: &Filling<'_>) -> AskedField {
    let (field, words) = (item.field, filling.words);
    let locale = words.locale();
    let required = match filling.at {
        Some((status, done)) => item.is_needed_in(status, done),
        None => matches!(item.required, Required::Create | Required::Always),
    };
    let name = format!("fields.{}", field.key);
    AskedField {
        key: field.key.clone(),
        label: field.label_in(locale).to_owned(),
        help: field
            .help_in(locale)
            .map(str::to_owned)
            .or_else(|| (field.field_type == FieldType::Person).then(|| words.t("asked-person-help"))),
        kind: kind_of(field, words),
        values: Vec::new(),
        required,
        refusal: filling.refusals.iter().find(|(known, _)| *known == name).map(|(_, text)| text.clone()),
        heading: None,
        when: item.when.map(|condition| {
            let data = serde_json::to_string(condition).unwrap_or_default();
            (data, words.with("asked-only-if", &[("condition", &told(condition, asking, words))]))
        }),
    }
}

fn kind_of(field: &CustomField, words: &Words) -> AskedKind {
    let options = || field.live_options().map(|option| (option.to_owned(), field.option_in(option, words.locale()).to_owned())).collect();
    match field.field_type {
        FieldType::Text => AskedKind::Line("text"),
        FieldType::Url => AskedKind::Line("url"),
        FieldType::Email => AskedKind::Line("email"),
        // Who has no address stands there by name.
        FieldType::Person => AskedKind::Line("text"),
        FieldType::Date => AskedKind::Line("date"),
        FieldType::LongText => AskedKind::Area,
        FieldType::Number => AskedKind::Number,
        FieldType::Boolean => AskedKind::Choice(vec![("yes".into(), words.t("asked-yes")), ("no".into(), words.t("asked-no"))]),
        FieldType::Choice => AskedKind::Choice(options()),
        FieldType::Choices => AskedKind::Choices(options()),
    }
}

/// A condition in the reader's words.
#[must_use]
pub fn told(condition: &Condition, asking: &Asking<'_>, words: &Words) -> String {
    let terms: Vec<String> = condition
        .terms
        .iter()
        .map(|term| {
            let field = asking.find(&term.field).map(|item| item.field);
            let label = field.map_or_else(|| term.field.clone(), |field| field.label_in(words.locale()).to_owned());
            let name = |value: &String| match (field, value.as_str()) {
                (Some(field), "yes") if field.field_type == FieldType::Boolean => words.t("asked-yes"),
                (Some(field), "no") if field.field_type == FieldType::Boolean => words.t("asked-no"),
                (Some(field), other) => field.option_in(other, words.locale()).to_owned(),
                (None, other) => other.to_owned(),
            };
            let values = term.values.iter().map(name).collect::<Vec<_>>().join(" / ");
            let args: [(&str, &dyn ToString); 2] = [("field", &label), ("values", &values)];
            match term.is {
                Compared::Is => words.with("asked-is", &args),
                Compared::IsNot => words.with("asked-is-not", &args),
                Compared::Filled => words.with("asked-filled", &[("field", &label)]),
                Compared::Empty => words.with("asked-empty", &[("field", &label)]),
            }
        })
        .collect();
    let join = |first: String, second: String| {
        let args: [(&str, &dyn ToString); 2] = [("first", &first), ("second", &second)];
        if condition.any { words.with("asked-or", &args) } else { words.with("asked-and", &args) }
    };
    terms.into_iter().reduce(join).unwrap_or_default()
}

fn texts(value: &Value) -> Vec<String> {
    match value {
        Value::Array(items) => items.iter().flat_map(texts).collect(),
        Value::String(text) => vec![text.clone()],
        Value::Bool(flag) => vec![if *flag { "yes" } else { "no" }.to_owned()],
        Value::Null => Vec::new(),
        other => vec![other.to_string()],
    }
}

/// What stands in an empty form.
#[must_use]
pub fn defaults(asking: &Asking<'_>) -> Map<String, Value> {
    let given = asking.items.iter().filter_map(|item| Some((item.field.key.clone(), item.field.shape.default.clone()?)));
    given.collect()
}

/// A value as people read it.
#[must_use]
pub fn readable(field: &CustomField, value: &Value, words: &Words) -> String {
    let locale: Locale = words.locale();
    match (field.field_type, value) {
        (FieldType::Boolean, Value::Bool(flag)) => words.t(if *flag { "asked-yes" } else { "asked-no" }),
        (_, value) => texts(value).iter().map(|text| field.option_in(text, locale).to_owned()).collect::<Vec<_>>().join(", "),
    }
}

/// What a page sent, as values: every field that the page showed and that is asked with the others; an empty one is `null`.
/// A person comes as an address, which the caller looks up.
pub fn values_from(asking: &Asking<'_>, sent: &Sent, working: bool) -> Result<Map<String, Value>, Vec<FieldError>> {
    let (mut values, mut errors) = (Map::new(), Vec::new());
    for item in asking.items.iter().filter(|item| item.listed && item.is_for(working)) {
        let name = format!("fields.{}", item.field.key);
        let given: Vec<&str> =
            sent.iter().filter(|(known, _)| *known == name).map(|(_, value)| value.trim()).filter(|value| !value.is_empty()).collect();
        match value_of(item.field, &given) {
            Ok(value) => drop(values.insert(item.field.key.clone(), value)),
            Err(message) => errors.push(FieldError { field: name, message }),
        }
    }
    if !errors.is_empty() {
        return Err(errors);
    }
    // Without scripts every field is in sight: what is not asked with the other values does not count.
    let asked: Vec<String> = asking.shown(&values).iter().map(|item| item.field.key.clone()).collect();
    for (key, value) in &mut values {
        if !asked.contains(key) {
            *value = Value::Null;
        }
    }
    Ok(values)
}

fn value_of(field: &CustomField, given: &[&str]) -> Result<Value, Message> {
    let Some(first) = given.first() else { return Ok(Value::Null) };
    Ok(match field.field_type {
        FieldType::Choices => Value::Array(given.iter().map(|one| Value::from(*one)).collect()),
        FieldType::Boolean => Value::Bool(*first == "yes"),
        FieldType::Number => {
            let plain = plain_number(first).ok_or_else(|| Message::new("error-number-needed"))?;
            let number =
                plain.parse::<i64>().map(Value::from).ok().or_else(|| plain.parse::<f64>().ok().filter(|n| n.is_finite()).map(Value::from));
            number.ok_or_else(|| Message::new("error-number-needed"))?
        }
        _ => Value::from(*first),
    })
}
