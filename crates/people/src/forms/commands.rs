//! Publishing and removing forms.

use std::collections::BTreeSet;

use journal::Fact;
use kernel::limits::NAME_CHARS_MAX;
use kernel::{CategoryId, FieldError, FormId, Message, Refusal, Result};

use super::rows;
use crate::settings::form::{Audience, Compared, ITEMS_MAX, Item, Layout, Required, TERMS_MAX};
use crate::settings::practice::are_names;
use crate::settings::{CustomField, FieldType, Form};
use crate::{Command, Context, Settings, policy};

/// Publishes the form of a kind, or of a kind in a category; it takes the place of the one before.
#[derive(Clone, Debug)]
pub struct PublishForm {
    /// The kind of ticket.
    pub kind: String,
    /// Only in this category and those below it.
    pub category: Option<CategoryId>,
    /// The version that the publisher read; none for a new one.
    pub expected_version: Option<i64>,
    /// Its sections.
    pub layout: Layout,
}

impl Command for PublishForm {
    type Receipt = FormId;
    fn run(self, cx: &mut Context<'_, '_>) -> Result<FormId> {
        policy::must_administer(cx.actor)?;
        let before = rows::all(cx.tx)?.into_iter().find(|form| form.kind == self.kind && form.category == self.category);
        let current = before.as_ref().map_or(0, |form| form.version);
        kernel::still_at(self.expected_version, current)?;
        let errors = problems(cx.settings, &self.kind, self.category, &self.layout);
        if !errors.is_empty() {
            return Err(Refusal::Invalid(errors).into());
        }
        let id = before.map_or_else(|| FormId(cx.tx.id()), |form| form.id);
        let form = Form { id, kind: self.kind, category: self.category, version: current + 1, layout: self.layout };
        rows::save(cx.tx, &form)?;
        cx.append(&Fact::FormPublished { form: id, ticket_kind: form.kind, version: form.version })?;
        cx.reconfigure()?;
        Ok(id)
    }
}

/// Takes a form away: every field is asked for again, in the order in which they were declared.
#[derive(Clone, Copy, Debug)]
pub struct RemoveForm {
    /// Which.
    pub id: FormId,
}

impl Command for RemoveForm {
    type Receipt = ();
    fn run(self, cx: &mut Context<'_, '_>) -> Result<()> {
        policy::must_administer(cx.actor)?;
        let form = rows::all(cx.tx)?.into_iter().find(|form| form.id == self.id).ok_or(Refusal::NotFound)?;
        rows::delete(cx.tx, self.id)?;
        cx.append(&Fact::FormRemoved { form: self.id, ticket_kind: form.kind })?;
        cx.reconfigure()?;
        Ok(())
    }
}

/// What stands against publishing a form.
#[must_use]
pub fn problems(settings: &Settings, kind: &str, category: Option<CategoryId>, layout: &Layout) -> Vec<FieldError> {
    let mut errors = Vec::new();
    let mut tell = |field: String, message: Message| errors.push(FieldError { field, message });
    let Some(practice) = settings.practices.get(kind) else {
        tell("kind".into(), Message::new("error-kind-unknown").with("kind", kind));
        return errors;
    };
    if let Some(category) = category.filter(|id| settings.category(*id).is_none()) {
        tell("category".into(), Message::new("error-category-unknown").with("category", category));
    }
    if layout.sections.iter().map(|section| section.items.len().max(1)).sum::<usize>() > ITEMS_MAX {
        tell("sections".into(), Message::new("error-form-items-max").with("max", ITEMS_MAX));
        return errors;
    }
    let mut above: BTreeSet<&str> = BTreeSet::new();
    for section in &layout.sections {
        if !are_names(&section.title) {
            tell("sections.title".into(), Message::new("error-names").with("max", NAME_CHARS_MAX));
        }
        for item in &section.items {
            let at = || format!("items.{}", item.field);
            let known =
                settings.fields.iter().find(|field| field.key == item.field && field.kind.as_deref().is_none_or(|only| only == kind));
            match known {
                None => tell(at(), Message::new("error-field-unknown").with("field", &item.field)),
                Some(field) => {
                    if let Some(message) = wrong_item(field, item, &above).or_else(|| odd_value(settings, item)) {
                        tell(at(), message);
                    }
                }
            }
            if let Some(odd) = item.states.iter().find(|state| practice.status(state).is_none()) {
                tell(at(), Message::new("error-form-state").with("status", odd));
            }
            if !above.insert(&item.field) {
                tell(at(), Message::new("error-form-twice"));
            }
        }
    }
    errors
}

fn wrong_item(field: &CustomField, item: &Item, above: &BTreeSet<&str>) -> Option<Message> {
    if field.field_type == FieldType::Person && item.audience == Audience::Everyone {
        // Whoever may name persons could ask who is known here (T-X3).
        return Some(Message::new("error-form-person"));
    }
    if item.required == Required::Entering && item.states.is_empty() {
        return Some(Message::new("error-form-states-needed"));
    }
    let condition = item.when.as_ref()?;
    if condition.terms.is_empty() || condition.terms.len() > TERMS_MAX {
        return Some(Message::new("error-form-terms").with("max", TERMS_MAX));
    }
    if let Some(term) = condition.terms.iter().find(|term| !above.contains(term.field.as_str())) {
        return Some(Message::new("error-form-order").with("field", &term.field));
    }
    let bare = |is: Compared, values: usize| matches!(is, Compared::Is | Compared::IsNot) && values == 0;
    condition.terms.iter().any(|term| bare(term.is, term.values.len())).then(|| Message::new("error-form-values"))
}

/// A condition on a choice compares with its options: anything else would never hold, and nobody would see why.
fn odd_value(settings: &Settings, item: &Item) -> Option<Message> {
    item.when.iter().flat_map(|when| &when.terms).find_map(|term| {
        let field = settings.fields.iter().find(|field| field.key == term.field)?;
        let known = |value: &String| match field.field_type {
            FieldType::Choice | FieldType::Choices => field.options.iter().any(|option| option.to_lowercase() == value.to_lowercase()),
            FieldType::Boolean => matches!(value.as_str(), "yes" | "no"),
            FieldType::Number => value.parse::<f64>().is_ok(),
            _ => true,
        };
        let odd = term.values.iter().find(|value| !known(value))?;
        Some(Message::new("error-form-value").with("value", odd).with("field", &field.label))
    })
}
