//! Drafts as the API shows them.

use std::collections::HashMap;

use kernel::{PersonId, Result};
use serde::Serialize;
use store::Db;
use utoipa::ToSchema;

use super::{Comment, Content, Draft, Reviewers, Version, rows};
use crate::conversation::rows::contacts;
use crate::ticket::view::PersonRef;

/// Something that was begun.
#[derive(Debug, Serialize, ToSchema)]
pub struct DraftView {
    /// Identifier.
    #[schema(example = "8123456789012345")]
    pub id: String,
    /// Where it is written: `ticket:…`, `side:…`, `side-new:…`, `new`.
    pub place: String,
    /// The ticket.
    pub ticket: Option<String>,
    /// Whose it is.
    pub author: Option<PersonRef>,
    /// reply or note.
    #[schema(example = "reply")]
    pub kind: &'static str,
    /// What is written.
    pub content: Content,
    /// open, discarded, sent.
    pub state: String,
    /// Rises with each change of its words.
    pub revision: i64,
    /// The review that was asked for.
    pub review: Option<ReviewView>,
    /// Who writes at a shared draft just now.
    pub pen: Option<PersonRef>,
    /// Begun.
    pub created_at: String,
    /// Its words were last changed.
    pub saved_at: String,
}

/// A review that was asked for.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReviewView {
    /// When.
    pub asked_at: String,
    /// Of whom, when that is a person.
    pub reviewer: Option<PersonRef>,
    /// Of which team.
    pub team: Option<String>,
    /// What to look at.
    pub ask: String,
    /// Who found it good.
    pub approved_by: Option<PersonRef>,
    /// When.
    pub approved_at: Option<String>,
    /// What was said about it, oldest first.
    pub comments: Vec<CommentView>,
}

/// A comment on a draft.
#[derive(Debug, Serialize, ToSchema)]
pub struct CommentView {
    /// Who.
    pub person: Option<PersonRef>,
    /// What they say.
    pub text: String,
    /// When.
    pub created_at: String,
}

/// Another version of a draft.
#[derive(Debug, Serialize, ToSchema)]
pub struct VersionView {
    /// Identifier.
    pub id: String,
    /// Who wrote it.
    pub person: Option<PersonRef>,
    /// reply or note.
    pub kind: &'static str,
    /// What was written.
    pub content: Content,
    /// When.
    pub saved_at: String,
}

/// What became of a save.
#[derive(Debug, Serialize, ToSchema)]
pub struct SavedView {
    /// The draft as it is now; absent when there was nothing to keep.
    pub draft: Option<DraftView>,
    /// Other versions that can be brought back.
    pub versions: usize,
    /// Something that was written elsewhere became another version just now.
    pub set_aside: bool,
    /// A colleague is writing: what was sent became another version instead.
    pub held_by: Option<PersonRef>,
}

type People = HashMap<PersonId, PersonRef>;

/// People by their ids.
pub(super) fn people(db: &mut Db<'_>, ids: &[PersonId]) -> Result<People> {
    Ok(contacts(db, ids)?.into_iter().map(|(id, name, email)| (id, PersonRef { id: id.to_string(), name, email })).collect())
}

const fn kind(note: bool) -> &'static str {
    if note { "note" } else { "reply" }
}

/// A draft with its people and comments.
pub fn draft(db: &mut Db<'_>, d: Draft) -> Result<DraftView> {
    let comments = if d.review.is_some() { rows::comments(db, d.id)? } else { Vec::new() };
    let mut ids: Vec<PersonId> = comments.iter().map(|comment| comment.person).collect();
    ids.push(d.person);
    ids.extend(d.pen.map(|(person, _)| person));
    if let Some(review) = &d.review {
        ids.extend(review.approved.map(|(person, _)| person));
        if let Reviewers::Person(person) = review.of {
            ids.push(person);
        }
    }
    let people = people(db, &ids)?;
    let named = |id: PersonId| people.get(&id).cloned();
    let comment = |one: Comment| CommentView { person: named(one.person), text: one.text, created_at: one.at.to_string() };
    let now = db.now();
    let review = d.review.map(|review| ReviewView {
        asked_at: review.asked_at.to_string(),
        reviewer: match review.of {
            Reviewers::Person(person) => named(person),
            Reviewers::Team(_) => None,
        },
        team: match review.of {
            Reviewers::Person(_) => None,
            Reviewers::Team(team) => Some(team.to_string()),
        },
        ask: review.ask,
        approved_by: review.approved.and_then(|(person, _)| named(person)),
        approved_at: review.approved.map(|(_, at)| at.to_string()),
        comments: comments.into_iter().map(comment).collect(),
    });
    Ok(DraftView {
        id: d.id.to_string(),
        place: d.place,
        ticket: d.ticket.map(|id| id.to_string()),
        author: named(d.person),
        kind: kind(d.note),
        content: d.content,
        state: d.state,
        revision: d.revision,
        review,
        pen: d.pen.filter(|(_, until)| *until > now).and_then(|(person, _)| named(person)),
        created_at: d.created_at.to_string(),
        saved_at: d.saved_at.to_string(),
    })
}

/// Several.
pub fn drafts(db: &mut Db<'_>, list: Vec<Draft>) -> Result<Vec<DraftView>> {
    list.into_iter().map(|one| draft(db, one)).collect()
}

/// Versions with their writers.
pub fn versions(db: &mut Db<'_>, list: Vec<Version>) -> Result<Vec<VersionView>> {
    let people = people(db, &list.iter().map(|version| version.person).collect::<Vec<_>>())?;
    let view = |version: Version| VersionView {
        id: version.id.to_string(),
        person: people.get(&version.person).cloned(),
        kind: kind(version.note),
        content: version.content,
        saved_at: version.saved_at.to_string(),
    };
    Ok(list.into_iter().map(view).collect())
}
