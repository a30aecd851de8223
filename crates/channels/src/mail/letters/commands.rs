//! Setting the words of letters, and going back to the built-in ones.

use journal::Fact;
use kernel::{FieldError, Message, Refusal, Result};
use people::{Command, Context, policy};

use super::{Place, SUBJECT_CHARS_MAX, Source, TEMPLATE_BYTES_MAX, check, rows};

/// Refuses what may not be a template, field by field.
pub(super) fn check_source(source: &Source) -> Result<()> {
    let mut wrong: Vec<FieldError> = Vec::new();
    let mut refuse = |field: &str, message: Message| wrong.push(FieldError { field: field.to_owned(), message });
    if source.subject.trim().is_empty() {
        refuse("subject", Message::new("error-needed"));
    }
    if source.subject.chars().count() > SUBJECT_CHARS_MAX {
        refuse("subject", Message::new("error-text-length").with("max", SUBJECT_CHARS_MAX));
    }
    if [&source.text, &source.html].into_iter().flatten().all(|text| text.trim().is_empty()) {
        refuse("text", Message::new("error-template-empty"));
    }
    let parts = [("subject", Some(&source.subject)), ("text", source.text.as_ref()), ("html", source.html.as_ref())];
    for (field, text) in parts.into_iter().filter_map(|(field, text)| text.map(|text| (field, text))) {
        if text.len() > TEMPLATE_BYTES_MAX {
            refuse(field, Message::new("error-text-length").with("max", TEMPLATE_BYTES_MAX));
        } else if let Err(message) = check::check(text) {
            refuse(field, message);
        }
    }
    if wrong.is_empty() { Ok(()) } else { Err(Refusal::Invalid(wrong).into()) }
}

/// Sets the words of a kind of letter.
#[derive(Clone, Debug)]
pub struct SaveTemplate {
    /// Which letters.
    pub place: Place,
    /// The version that the writer saw; 0 where nothing was written yet.
    pub expected_version: Option<i64>,
    /// The words.
    pub source: Source,
}

impl Command for SaveTemplate {
    type Receipt = ();
    fn run(self, cx: &mut Context<'_, '_>) -> Result<()> {
        policy::must_administer(cx.actor)?;
        check_source(&self.source)?;
        if let Some(expected) = self.expected_version {
            let current = rows::version(cx.tx, self.place)?;
            if current != expected {
                return Err(Refusal::Stale { current }.into());
            }
        }
        rows::put(cx.tx, self.place, &self.source)?;
        tell(cx, self.place)
    }
}

/// Goes back to the words that every desk has, or to the built-in ones.
#[derive(Clone, Copy, Debug)]
pub struct RemoveTemplate(pub Place);

impl Command for RemoveTemplate {
    type Receipt = ();
    fn run(self, cx: &mut Context<'_, '_>) -> Result<()> {
        policy::must_administer(cx.actor)?;
        if !rows::delete(cx.tx, self.0)? {
            return Err(Refusal::NotFound.into());
        }
        tell(cx, self.0)
    }
}

fn tell(cx: &mut Context<'_, '_>, place: Place) -> Result<()> {
    let (template, locale) = (place.kind.word().to_owned(), place.locale.tag().to_owned());
    cx.append(&Fact::TemplateChanged { template, locale, desk: place.desk })?;
    Ok(())
}
