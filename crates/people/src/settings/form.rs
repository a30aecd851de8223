//! Forms: which custom fields a ticket of a kind is asked for, in which order, when, of whom, and when one must be filled.

use std::collections::BTreeMap;

use kernel::{CategoryId, FormId, Names};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use utoipa::ToSchema;

use super::field::{CustomField, FieldType};

/// Most fields on one form.
pub const ITEMS_MAX: usize = 100;
/// Most terms of one condition.
pub const TERMS_MAX: usize = 10;

/// A published form.
#[derive(Clone, Debug)]
pub struct Form {
    /// Identifier.
    pub id: FormId,
    /// The kind of ticket.
    pub kind: String,
    /// Only in this category and those below it, when given.
    pub category: Option<CategoryId>,
    /// Rises with each publication.
    pub version: i64,
    /// Its sections.
    pub layout: Layout,
}

/// The sections of a form, in their order.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Layout {
    /// Sections.
    pub sections: Vec<Section>,
}

/// Fields under one heading.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Section {
    /// The heading by language; none for a section without one.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub title: Names,
    /// Fields in their order.
    pub items: Vec<Item>,
}

/// One field of a form.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Item {
    /// Key of the field.
    #[schema(example = "ship")]
    pub field: String,
    /// When it must be filled.
    #[serde(default)]
    pub required: Required,
    /// For `required: entering`, the states.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub states: Vec<String>,
    /// Who sees and fills it.
    #[serde(default)]
    pub audience: Audience,
    /// Asked only when this holds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when: Option<Condition>,
}

/// When a field must be filled.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Required {
    /// Never.
    #[default]
    No,
    /// When the ticket is opened by a page or a program; a mail cannot be asked.
    Create,
    /// When it is opened, and before an agent takes any further step.
    Always,
    /// Before an agent takes the ticket into one of some states.
    Entering,
    /// Before an agent takes it into a state that is done.
    Resolved,
}

impl Required {
    /// All of them with their words.
    pub const ALL: [(Self, &'static str); 5] =
        [(Self::No, "no"), (Self::Create, "create"), (Self::Always, "always"), (Self::Entering, "entering"), (Self::Resolved, "resolved")];
}

/// Who sees and fills a field.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Audience {
    /// Whoever asks, too.
    #[default]
    Everyone,
    /// Those who work on the ticket only.
    Agents,
}

/// A few terms about the values of fields above: all of them hold, or any.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Condition {
    /// Whether one of the terms is enough.
    #[serde(default)]
    pub any: bool,
    /// Terms.
    pub terms: Vec<Term>,
}

/// One term.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Term {
    /// Key of a field that stands above in the form.
    #[schema(example = "ship")]
    pub field: String,
    /// How it is compared.
    pub is: Compared,
    /// With what; one of them is enough.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub values: Vec<String>,
}

/// How a term compares.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Compared {
    /// One of the values.
    #[default]
    Is,
    /// None of the values.
    IsNot,
    /// Anything at all.
    Filled,
    /// Nothing.
    Empty,
}

impl Compared {
    /// All of them with their words.
    pub const ALL: [(Self, &'static str); 4] =
        [(Self::Is, "is"), (Self::IsNot, "is_not"), (Self::Filled, "filled"), (Self::Empty, "empty")];
}

impl Term {
    /// Whether it holds for a value; yes and no are compared as `yes` and `no`.
    #[must_use]
    pub fn holds(&self, value: Option<&Value>) -> bool {
        let value = value.filter(|value| !value.is_null());
        let same = |one: &Value, word: &String| match one {
            Value::Bool(flag) => word == if *flag { "yes" } else { "no" },
            Value::String(text) => text.to_lowercase() == word.to_lowercase(),
            Value::Number(number) => word.parse::<f64>().ok().is_some_and(|wanted| number.as_f64() == Some(wanted)),
            _ => false,
        };
        let has = |value: &Value| match value {
            Value::Array(items) => items.iter().any(|item| self.values.iter().any(|word| same(item, word))),
            one => self.values.iter().any(|word| same(one, word)),
        };
        match self.is {
            Compared::Is => value.is_some_and(has),
            Compared::IsNot => !value.is_some_and(has),
            Compared::Filled => value.is_some(),
            Compared::Empty => value.is_none(),
        }
    }
}

/// A field as a form asks for it.
#[derive(Clone, Debug)]
pub struct Asked<'a> {
    /// The field.
    pub field: &'a CustomField,
    /// Which section it is in.
    pub section: usize,
    /// Its heading.
    pub title: Option<&'a Names>,
    /// When it must be filled.
    pub required: Required,
    /// For `Required::Entering`.
    pub states: &'a [String],
    /// Who sees it.
    pub audience: Audience,
    /// Asked only when this holds.
    pub when: Option<&'a Condition>,
    /// Whether pages show it; a field that its kind's form leaves out is there for programs and queries only.
    pub listed: bool,
}

impl Asked<'_> {
    /// Whether somebody who works on the ticket, or somebody who does not, meets this field.
    #[must_use]
    pub const fn is_for(&self, working: bool) -> bool {
        working || (self.listed && matches!(self.audience, Audience::Everyone))
    }
    /// Whether a ticket in a state must have it.
    #[must_use]
    pub fn is_needed_in(&self, status: &str, done: bool) -> bool {
        match self.required {
            Required::No | Required::Create => false,
            Required::Always => true,
            Required::Entering => self.states.iter().any(|state| state == status),
            Required::Resolved => done,
        }
    }
}

/// Everything that a ticket of one place can be asked for, in the order of its form.
#[derive(Clone, Debug, Default)]
pub struct Asking<'a> {
    /// Fields.
    pub items: Vec<Asked<'a>>,
}

impl<'a> Asking<'a> {
    /// What a form makes of the fields that are there; without a form, every field in the order in which they were declared.
    #[must_use]
    pub fn new(form: Option<&'a Form>, fields: &[&'a CustomField]) -> Self {
        let Some(form) = form else {
            return Self { items: fields.iter().map(|field| unlisted(field, true)).collect() };
        };
        let mut items = Vec::with_capacity(fields.len());
        for (place, section) in form.layout.sections.iter().enumerate() {
            for item in &section.items {
                let Some(field) = fields.iter().find(|field| field.key == item.field) else { continue };
                items.push(Asked {
                    field,
                    section: place,
                    title: (!section.title.is_empty()).then_some(&section.title),
                    required: item.required,
                    states: &item.states,
                    audience: if field.field_type == FieldType::Person { Audience::Agents } else { item.audience },
                    when: item.when.as_ref(),
                    listed: true,
                });
            }
        }
        let left: Vec<&&CustomField> = fields.iter().filter(|field| !items.iter().any(|item| item.field.key == field.key)).collect();
        items.extend(left.into_iter().map(|field| unlisted(field, false)));
        Self { items }
    }

    /// The field with this key.
    #[must_use]
    pub fn find(&self, key: &str) -> Option<&Asked<'a>> {
        self.items.iter().find(|item| item.field.key == key)
    }

    /// Which of the fields are asked with these values. A field that is not asked counts as empty for those below it.
    #[must_use]
    pub fn shown(&self, values: &Map<String, Value>) -> Vec<&Asked<'a>> {
        let mut shown: Vec<&Asked<'a>> = Vec::with_capacity(self.items.len());
        for item in &self.items {
            let holds = item.when.is_none_or(|condition| {
                let term = |term: &Term| {
                    let value = values.get(&term.field).filter(|_| shown.iter().any(|above| above.field.key == term.field));
                    term.holds(value)
                };
                if condition.any { condition.terms.iter().any(term) } else { condition.terms.iter().all(term) }
            });
            if holds {
                shown.push(item);
            }
        }
        shown
    }

    /// Fields that a ticket with these values lacks in a state.
    #[must_use]
    pub fn missing(&self, values: &Map<String, Value>, (status, done): (&str, bool)) -> Vec<&'a CustomField> {
        let needed = self.shown(values).into_iter().filter(|item| item.is_needed_in(status, done));
        needed.filter(|item| is_empty(values.get(&item.field.key))).map(|item| item.field).collect()
    }

    /// Fields that must be filled by somebody who opens a ticket with these values.
    #[must_use]
    pub fn missing_at_first(&self, values: &Map<String, Value>, status: &str, working: bool) -> Vec<&'a CustomField> {
        let needed = self.shown(values).into_iter().filter(|item| item.required == Required::Create || item.is_needed_in(status, false));
        needed.filter(|item| item.is_for(working) && is_empty(values.get(&item.field.key))).map(|item| item.field).collect()
    }
}

/// Whether a value says nothing.
#[must_use]
pub fn is_empty(value: Option<&Value>) -> bool {
    match value {
        None | Some(Value::Null) => true,
        Some(Value::String(text)) => text.trim().is_empty(),
        Some(Value::Array(items)) => items.is_empty(),
        Some(_) => false,
    }
}

fn unlisted(field: &CustomField, listed: bool) -> Asked<'_> {
    Asked {
        field,
        section: 0,
        title: None,
        required: if field.required && listed { Required::Create } else { Required::No },
        states: &[],
        audience: if listed && field.field_type != FieldType::Person { Audience::Everyone } else { Audience::Agents },
        when: None,
        listed,
    }
}

#[cfg(test)]
mod tests {
    use kernel::FieldId;
    use serde_json::json;

    use super::super::field::Shape;
    use super::*;

    fn field(key: &str) -> CustomField {
        CustomField {
            id: FieldId(1),
            desk: None,
            kind: None,
            category: None,
            key: key.to_owned(),
            label: key.to_owned(),
            field_type: FieldType::Text,
            options: Vec::new(),
            required: false,
            archived: false,
            shape: Shape::default(),
        }
    }

    fn form(items: Vec<Item>) -> Form {
        Form {
            id: FormId(1),
            kind: "incident".into(),
            category: None,
            version: 1,
            layout: Layout { sections: vec![Section { title: Names::new(), items }] },
        }
    }

    fn when(field: &str, is: Compared, values: &[&str]) -> Option<Condition> {
        Some(Condition {
            any: false,
            terms: vec![Term { field: field.into(), is, values: values.iter().map(|word| (*word).to_owned()).collect() }],
        })
    }

    fn values(json: Value) -> Map<String, Value> {
        json.as_object().cloned().unwrap()
    }

    #[test]
    fn a_field_below_one_that_is_not_asked_is_not_asked_either() {
        let fields = [field("ship"), field("deck"), field("cabin")];
        let form = form(vec![
            Item { field: "ship".into(), ..Item::default() },
            Item { field: "deck".into(), when: when("ship", Compared::Is, &["aurora"]), ..Item::default() },
            Item { field: "cabin".into(), when: when("deck", Compared::Filled, &[]), required: Required::Always, ..Item::default() },
        ]);
        let asking = Asking::new(Some(&form), &fields.iter().collect::<Vec<_>>());
        let keys = |given: Value| asking.shown(&values(given)).iter().map(|item| item.field.key.clone()).collect::<Vec<_>>();
        assert_eq!(keys(json!({})), ["ship"]);
        assert_eq!(keys(json!({ "ship": "Aurora" })), ["ship", "deck"]);
        assert_eq!(keys(json!({ "ship": "Aurora", "deck": "3" })), ["ship", "deck", "cabin"]);
        // What is left over from before does not bring the third one back.
        assert_eq!(keys(json!({ "ship": "Borealis", "deck": "3" })), ["ship"]);
        let missing = |given: Value| asking.missing(&values(given), ("open", false)).len();
        assert_eq!((missing(json!({ "ship": "Aurora", "deck": "3" })), missing(json!({ "ship": "Borealis", "deck": "3" }))), (1, 0));
    }

    #[test]
    fn terms_compare_values_of_every_type() {
        let term = |is, values: &[&str]| Term { field: "x".into(), is, values: values.iter().map(|word| (*word).to_owned()).collect() };
        for (value, word) in
            [(json!("Aurora"), "aurora"), (json!(true), "yes"), (json!(false), "no"), (json!(3), "3.0"), (json!(["a", "b"]), "B")]
        {
            assert!(term(Compared::Is, &[word]).holds(Some(&value)), "{value}");
            assert!(!term(Compared::IsNot, &["else", word]).holds(Some(&value)), "{value}");
            assert!(!term(Compared::Is, &["else"]).holds(Some(&value)), "{value}");
        }
        assert!(term(Compared::Empty, &[]).holds(Some(&Value::Null)) && term(Compared::Filled, &[]).holds(Some(&json!(0))));
        assert!(term(Compared::IsNot, &["a"]).holds(None) && !term(Compared::Is, &["a"]).holds(None));
    }

    #[test]
    fn each_rule_asks_at_its_time() {
        let fields = [field("a"), field("b"), field("c"), field("d"), field("e")];
        let item = |field: &str, required| Item { field: field.into(), required, states: vec!["on_hold".into()], ..Item::default() };
        let form = form(vec![
            item("a", Required::No),
            item("b", Required::Create),
            item("c", Required::Always),
            item("d", Required::Entering),
            item("e", Required::Resolved),
        ]);
        let asking = Asking::new(Some(&form), &fields.iter().collect::<Vec<_>>());
        let keys = |fields: Vec<&CustomField>| fields.iter().map(|field| field.key.clone()).collect::<String>();
        assert_eq!(keys(asking.missing_at_first(&Map::new(), "new", true)), "bc");
        assert_eq!(keys(asking.missing(&Map::new(), ("open", false))), "c");
        assert_eq!(keys(asking.missing(&Map::new(), ("on_hold", false))), "cd");
        assert_eq!(keys(asking.missing(&Map::new(), ("closed", true))), "ce");
        assert_eq!(keys(asking.missing(&values(json!({ "c": " ", "e": "x" })), ("closed", true))), "c");
    }

    #[test]
    fn what_the_form_leaves_out_is_no_business_of_requesters() {
        let fields = [field("ship"), field("cost")];
        let form = form(vec![Item { field: "ship".into(), ..Item::default() }]);
        let all: Vec<&CustomField> = fields.iter().collect();
        let with = Asking::new(Some(&form), &all);
        assert!(
            with.find("ship").unwrap().is_for(false)
                && !with.find("cost").unwrap().is_for(false)
                && with.find("cost").unwrap().is_for(true)
        );
        assert!(Asking::new(None, &all).find("cost").unwrap().is_for(false));
    }
}
