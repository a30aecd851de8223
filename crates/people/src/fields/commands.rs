//! Declaring, changing and archiving custom fields. What a ticket holds is never taken away by it.

use journal::Fact;
use kernel::limits::{FIELDS_MAX, NAME_CHARS_MAX};
use kernel::{CategoryId, DeskId, FieldError, FieldId, Message, Refusal, Result};

use super::{rows, value};
use crate::desks::{KINDS, clean_key, clean_name};
use crate::settings::practice::are_names;
use crate::settings::{CustomField, FieldType, Shape};
use crate::{Command, Context, policy};

/// Most options of a choice.
const OPTIONS_MAX: usize = 500;
/// Longest pattern, in characters.
const PATTERN_CHARS_MAX: usize = 500;

/// Declares a custom field.
#[derive(Clone, Debug)]
pub struct DeclareField {
    /// Only on this desk.
    pub desk: Option<DeskId>,
    /// Only on this kind.
    pub kind: Option<String>,
    /// Only in this category and those below it.
    pub category: Option<CategoryId>,
    /// Name in API and queries.
    pub key: String,
    /// Name for people.
    pub label: String,
    /// What it holds.
    pub field_type: FieldType,
    /// Allowed values of a choice.
    pub options: Vec<String>,
    /// Must be filled when a ticket is opened.
    pub required: bool,
    /// Words, bounds and default.
    pub shape: Shape,
}

impl Command for DeclareField {
    type Receipt = FieldId;
    fn run(self, cx: &mut Context<'_, '_>) -> Result<FieldId> {
        policy::must_administer(cx.actor)?;
        let key = clean_key(&self.key)?;
        // What a query could not name would be a field that nobody can ask for.
        if !query::is_name(&key) {
            return Err(Refusal::invalid("key", Message::new("error-key-invalid")).into());
        }
        if cx.settings.fields.len() >= FIELDS_MAX {
            return Err(Refusal::Conflict(Message::new("error-fields-max").with("max", FIELDS_MAX)).into());
        }
        if cx.settings.fields.iter().any(|field| field.key == key) || query::is_reserved(&key) {
            return Err(Refusal::invalid("key", Message::new("error-key-taken").with("key", key)).into());
        }
        let field = CustomField {
            id: FieldId(cx.tx.id()),
            desk: self.desk,
            kind: self.kind,
            category: self.category,
            key,
            label: clean_name(&self.label)?,
            field_type: self.field_type,
            options: self.options,
            required: self.required,
            archived: false,
            shape: self.shape,
        };
        check(cx, &field)?;
        rows::insert(cx.tx, &field)?;
        cx.append(&Fact::FieldDeclared { field: field.id, key: field.key.clone() })?;
        cx.reconfigure()?;
        Ok(field.id)
    }
}

/// Changes a field; absent parts stay. Key and type never change: programs, queries and old tickets rely on them.
#[derive(Clone, Debug)]
pub struct ChangeField {
    /// Which.
    pub id: FieldId,
    /// Name for people.
    pub label: Option<String>,
    /// Only on this desk, or on all.
    pub desk: Option<Option<DeskId>>,
    /// Only on this kind, or on all.
    pub kind: Option<Option<String>>,
    /// Only in this category, or in all.
    pub category: Option<Option<CategoryId>>,
    /// Allowed values of a choice; one that tickets have can only be archived.
    pub options: Option<Vec<String>>,
    /// Must be filled when a ticket is opened.
    pub required: Option<bool>,
    /// Words, bounds and default.
    pub shape: Option<Shape>,
}

impl Command for ChangeField {
    type Receipt = FieldId;
    fn run(self, cx: &mut Context<'_, '_>) -> Result<FieldId> {
        policy::must_administer(cx.actor)?;
        let before = rows::by_id(cx.tx, self.id)?.ok_or(Refusal::NotFound)?;
        let mut field = before.clone();
        if let Some(label) = self.label {
            field.label = clean_name(&label)?;
        }
        field.desk = self.desk.unwrap_or(field.desk);
        field.kind = self.kind.unwrap_or(field.kind);
        field.category = self.category.unwrap_or(field.category);
        field.options = self.options.unwrap_or(field.options);
        field.required = self.required.unwrap_or(field.required);
        field.shape = self.shape.unwrap_or(field.shape);
        // An option that was there once may stand in a ticket: it goes to those that are kept and not offered.
        let gone: Vec<String> = before.options.iter().filter(|option| !field.options.contains(option)).cloned().collect();
        field.shape.archived_options.extend(gone.iter().filter(|option| !before.shape.archived_options.contains(option)).cloned());
        field.options.extend(gone);
        field.shape.archived_options.dedup();
        check(cx, &field)?;
        let fields = parts_that_differ(&before, &field);
        if fields.is_empty() {
            return Ok(field.id);
        }
        rows::update(cx.tx, &field)?;
        cx.append(&Fact::FieldChanged { field: field.id, key: field.key, fields })?;
        cx.reconfigure()?;
        Ok(field.id)
    }
}

fn parts_that_differ(before: &CustomField, after: &CustomField) -> Vec<String> {
    let parts = [
        ("label", before.label != after.label),
        ("desk", before.desk != after.desk),
        ("kind", before.kind != after.kind),
        ("category", before.category != after.category),
        ("options", before.options != after.options || before.shape.archived_options != after.shape.archived_options),
        ("required", before.required != after.required),
        (
            "words",
            (&before.shape.labels, &before.shape.help, &before.shape.option_labels)
                != (&after.shape.labels, &after.shape.help, &after.shape.option_labels),
        ),
        ("bounds", (before.shape.min, before.shape.max, &before.shape.pattern) != (after.shape.min, after.shape.max, &after.shape.pattern)),
        ("default", before.shape.default != after.shape.default),
    ];
    parts.into_iter().filter(|(_, differs)| *differs).map(|(part, _)| part.to_owned()).collect()
}

/// Takes a field out of use, or back into it.
#[derive(Clone, Copy, Debug)]
pub struct ArchiveField {
    /// Which.
    pub id: FieldId,
    /// Whether it is out of use.
    pub archived: bool,
}

impl Command for ArchiveField {
    type Receipt = FieldId;
    fn run(self, cx: &mut Context<'_, '_>) -> Result<FieldId> {
        policy::must_administer(cx.actor)?;
        let mut field = rows::by_id(cx.tx, self.id)?.ok_or(Refusal::NotFound)?;
        if field.archived != self.archived {
            field.archived = self.archived;
            rows::update(cx.tx, &field)?;
            let (field, key) = (field.id, field.key);
            cx.append(&if self.archived { Fact::FieldArchived { field, key } } else { Fact::FieldRevived { field, key } })?;
            cx.reconfigure()?;
        }
        Ok(self.id)
    }
}

/// Refuses a declaration that contradicts itself.
fn check(cx: &Context<'_, '_>, field: &CustomField) -> Result<()> {
    let mut errors = Vec::new();
    let mut wrong = |field: &str, message: Message| errors.push(FieldError { field: field.to_owned(), message });
    if let Some(desk) = field.desk.filter(|desk| cx.settings.desk(*desk).is_none()) {
        wrong("desk", Message::new("error-desk-unknown").with("desk", desk));
    }
    if let Some(kind) = field.kind.as_ref().filter(|kind| !KINDS.iter().any(|(known, _)| known == kind)) {
        wrong("kind", Message::new("error-kind-unknown").with("kind", kind));
    }
    if let Some(category) = field.category.filter(|category| cx.settings.category(*category).is_none()) {
        wrong("category", Message::new("error-category-unknown").with("category", category));
    }
    if field.field_type.has_options() == field.options.is_empty() {
        wrong("options", Message::new("error-options-for-choice"));
    }
    let fine =
        |option: &String| !option.trim().is_empty() && option.chars().count() <= NAME_CHARS_MAX && !option.chars().any(char::is_control);
    if field.options.len() > OPTIONS_MAX || !field.options.iter().all(fine) {
        wrong("options", Message::new("error-options").with("max", OPTIONS_MAX).with("chars", NAME_CHARS_MAX));
    }
    let words = [("labels", &field.shape.labels), ("help", &field.shape.help)];
    for (part, _) in words.into_iter().filter(|(_, names)| !are_names(names)) {
        wrong(part, Message::new("error-names").with("max", NAME_CHARS_MAX));
    }
    if !field.shape.option_labels.values().all(are_names) {
        wrong("option_labels", Message::new("error-names").with("max", NAME_CHARS_MAX));
    }
    if field.shape.min.zip(field.shape.max).is_some_and(|(min, max)| min > max) {
        wrong("min", Message::new("error-min-max"));
    }
    if let Some(pattern) = &field.shape.pattern
        && (!field.field_type.is_text() || pattern.chars().count() > PATTERN_CHARS_MAX || value::compiled(pattern).is_none())
    {
        wrong("pattern", Message::new("error-pattern"));
    }
    // With a broken pattern no default can be judged.
    if errors.is_empty()
        && let Some(message) = field.shape.default.as_ref().and_then(|default| value::wrong(field, default))
    {
        errors.push(FieldError { field: "default".to_owned(), message });
    }
    if errors.is_empty() { Ok(()) } else { Err(Refusal::Invalid(errors).into()) }
}
