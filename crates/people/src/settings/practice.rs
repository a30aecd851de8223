//! The states of a kind of ticket and the ways between them, as one version of them says.

use std::collections::{BTreeMap, BTreeSet};

use kernel::limits::NAME_CHARS_MAX;
use kernel::{FieldError, Locale, Message, Names};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Most states of one practice: more than anybody can keep in mind, and few enough to draw.
pub const STATUSES_MAX: usize = 30;
/// Longest key of a state.
const KEY_CHARS_MAX: usize = 40;
/// Whose move it can be.
pub const TURNS: [&str; 4] = ["us", "requester", "third_party", "done"];

/// A kind's states and the ways between them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Practice {
    /// Which version of the kind's practice this is; a draft has none.
    #[serde(skip)]
    pub version: i64,
    /// In the order of a ticket's usual life; the first is where it begins.
    pub statuses: Vec<Status>,
    /// Allowed moves.
    pub transitions: Vec<Transition>,
}

/// One state.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Status {
    /// Its word in API and queries.
    #[serde(rename = "status")]
    #[schema(example = "waiting_for_parts")]
    pub word: String,
    /// Whose turn it is in it: us, requester, third_party, done.
    #[schema(example = "third_party")]
    pub turn: String,
    /// What people read, by language; the states that Steward knows have names of their own.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub names: Names,
}

/// One way from a state to another.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Transition {
    /// Where it begins.
    #[schema(example = "open")]
    pub from: String,
    /// Where it leads.
    #[schema(example = "resolved")]
    pub to: String,
    /// What the step is called, by language; the state that it leads to when empty.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub names: Names,
    /// Whether an agent must say something.
    #[serde(default, skip_serializing_if = "is_false")]
    pub comment: bool,
    /// Whether an agent must say how it was resolved.
    #[serde(default, skip_serializing_if = "is_false")]
    pub resolution_code: bool,
    /// Keys of custom fields that must be filled.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<String>,
    /// Whether only administrators may take it.
    #[serde(default, skip_serializing_if = "is_false")]
    pub administrators: bool,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands over a reference")]
const fn is_false(flag: &bool) -> bool {
    !*flag
}

impl Transition {
    /// Between two states, open to every agent and asking for nothing.
    #[must_use]
    pub fn plain(from: impl Into<String>, to: impl Into<String>) -> Self {
        Self { from: from.into(), to: to.into(), ..Self::default() }
    }
    /// Whether it asks for anything.
    #[must_use]
    pub fn demands(&self) -> bool {
        self.comment || self.resolution_code || !self.fields.is_empty()
    }
}

/// One difference between two versions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Difference {
    /// status or transition.
    #[schema(example = "status")]
    pub what: &'static str,
    /// added, removed, changed or moved.
    #[schema(example = "added")]
    pub how: &'static str,
    /// The state, or the one where the way begins.
    pub from: String,
    /// Where the way leads.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to: Option<String>,
}

impl Practice {
    /// The state in which a ticket begins.
    #[must_use]
    pub fn initial(&self) -> Option<&Status> {
        self.statuses.first()
    }
    /// The state with this word.
    #[must_use]
    pub fn status(&self, word: &str) -> Option<&Status> {
        self.statuses.iter().find(|status| status.word == word)
    }
    /// Where a ticket in `from` may go.
    pub fn next<'a>(&'a self, from: &'a str) -> impl Iterator<Item = &'a str> + 'a {
        self.statuses.iter().map(|status| status.word.as_str()).filter(move |to| self.transition(from, to).is_some())
    }
    /// The way between two states.
    #[must_use]
    pub fn transition(&self, from: &str, to: &str) -> Option<&Transition> {
        self.transitions.iter().find(|way| way.from == from && way.to == to)
    }

    /// What stands against publishing it: each with the part that it is about. `fields` are the keys that a way may ask for.
    #[must_use]
    pub fn problems(&self, fields: &[&str]) -> Vec<FieldError> {
        let mut problems = Vec::new();
        let mut tell = |field: String, message: Message| problems.push(FieldError { field, message });
        if self.initial().is_none_or(|status| status.turn == "done") {
            tell("statuses".into(), Message::new("error-practice-start"));
        }
        if !self.statuses.iter().any(|status| status.turn == "done") {
            tell("statuses".into(), Message::new("error-practice-no-end"));
        }
        if self.statuses.len() > STATUSES_MAX {
            tell("statuses".into(), Message::new("error-practice-states-max").with("max", STATUSES_MAX));
        }
        let mut seen = BTreeSet::new();
        for status in self.statuses.iter().take(STATUSES_MAX) {
            let at = || format!("statuses.{}", status.word);
            if !seen.insert(status.word.as_str()) || !is_key(&status.word) {
                tell(at(), Message::new("error-practice-key").with("status", &status.word));
            }
            if !TURNS.contains(&status.turn.as_str()) {
                tell(at(), Message::new("error-one-of").with("options", TURNS.join(", ")));
            }
            if !are_names(&status.names) {
                tell(at(), Message::new("error-names").with("max", NAME_CHARS_MAX));
            }
        }
        let mut ways = BTreeSet::new();
        for way in self.transitions.iter().take(STATUSES_MAX * STATUSES_MAX) {
            let at = || format!("transitions.{}.{}", way.from, way.to);
            let known = self.status(&way.from).is_some() && self.status(&way.to).is_some();
            if !known || way.from == way.to || !ways.insert((way.from.as_str(), way.to.as_str())) {
                tell(at(), Message::new("error-practice-way").with("from", &way.from).with("to", &way.to));
            }
            if !are_names(&way.names) {
                tell(at(), Message::new("error-names").with("max", NAME_CHARS_MAX));
            }
            for field in way.fields.iter().filter(|field| !fields.contains(&field.as_str())) {
                tell(at(), Message::new("error-field-unknown").with("field", field));
            }
        }
        problems.extend(self.dead_ends());
        problems
    }

    /// States that no ticket can come into, and states that no ticket can get done from.
    fn dead_ends(&self) -> Vec<FieldError> {
        let start: Vec<&str> = self.initial().map(|status| status.word.as_str()).into_iter().collect();
        let done = self.statuses.iter().filter(|status| status.turn == "done").map(|status| status.word.as_str());
        let reached = self.closure(start, |way| (way.from.as_str(), way.to.as_str()));
        let ending = self.closure(done.collect(), |way| (way.to.as_str(), way.from.as_str()));
        let mut problems = Vec::new();
        for status in self.statuses.iter().take(STATUSES_MAX) {
            let field = format!("statuses.{}", status.word);
            if !reached.contains(status.word.as_str()) {
                problems.push(FieldError {
                    field: field.clone(),
                    message: Message::new("error-practice-unreachable").with("status", &status.word),
                });
            }
            if !ending.contains(status.word.as_str()) {
                problems.push(FieldError { field, message: Message::new("error-practice-stuck").with("status", &status.word) });
            }
        }
        problems
    }

    fn closure<'a>(&'a self, from: Vec<&'a str>, ends: impl Fn(&'a Transition) -> (&'a str, &'a str)) -> BTreeSet<&'a str> {
        let mut found: BTreeSet<&str> = from.iter().copied().collect();
        let mut open = from;
        while let Some(here) = open.pop() {
            for (_, next) in self.transitions.iter().map(&ends).filter(|(before, _)| *before == here) {
                if found.insert(next) {
                    open.push(next);
                }
            }
        }
        found
    }

    /// What this version says otherwise than an earlier one.
    #[must_use]
    pub fn differences(&self, before: &Self) -> Vec<Difference> {
        let mut found = Vec::new();
        let state = |how, word: &str| Difference { what: "status", how, from: word.to_owned(), to: None };
        for status in &self.statuses {
            match before.status(&status.word) {
                None => found.push(state("added", &status.word)),
                Some(known) if known != status => found.push(state("changed", &status.word)),
                Some(_) => {}
            }
        }
        found.extend(before.statuses.iter().filter(|old| self.status(&old.word).is_none()).map(|old| state("removed", &old.word)));
        let order = |one: &Self, other: &Self| -> Vec<String> {
            one.statuses.iter().filter(|status| other.status(&status.word).is_some()).map(|status| status.word.clone()).collect()
        };
        let (now, then) = (order(self, before), order(before, self));
        found.extend(now.iter().zip(&then).find(|(a, b)| a != b).map(|(word, _)| state("moved", word)));
        let way = |how, way: &Transition| Difference { what: "transition", how, from: way.from.clone(), to: Some(way.to.clone()) };
        for one in &self.transitions {
            match before.transition(&one.from, &one.to) {
                None => found.push(way("added", one)),
                Some(known) if known != one => found.push(way("changed", one)),
                Some(_) => {}
            }
        }
        found.extend(before.transitions.iter().filter(|old| self.transition(&old.from, &old.to).is_none()).map(|old| way("removed", old)));
        found
    }
}

/// Whether a word can be a state's key: it stands in queries, addresses and programs.
#[must_use]
pub fn is_key(word: &str) -> bool {
    let fine = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    (1..=KEY_CHARS_MAX).contains(&word.len()) && word.chars().all(fine) && word.starts_with(|c: char| c.is_ascii_lowercase())
}

/// Whether names are in languages that there are, on one line and not too long.
#[must_use]
pub fn are_names(names: &Names) -> bool {
    let fine = |name: &str| !name.trim().is_empty() && name.chars().count() <= NAME_CHARS_MAX && !name.chars().any(char::is_control);
    names.iter().all(|(tag, name)| Locale::ALL.iter().any(|locale| locale.tag() == tag) && fine(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn practice(states: &[(&str, &str)], ways: &[(&str, &str)]) -> Practice {
        Practice {
            version: 0,
            statuses: states
                .iter()
                .map(|(word, turn)| Status { word: (*word).into(), turn: (*turn).into(), names: Names::new() })
                .collect(),
            transitions: ways.iter().map(|(from, to)| Transition::plain(*from, *to)).collect(),
        }
    }

    fn told(practice: &Practice) -> Vec<(String, &'static str)> {
        practice.problems(&["ship"]).into_iter().map(|problem| (problem.field, problem.message.key)).collect()
    }

    #[test]
    fn a_practice_that_leads_from_its_start_to_its_end_has_no_problem() {
        assert_eq!(
            told(&practice(&[("new", "us"), ("away", "third_party"), ("closed", "done")], &[("new", "away"), ("away", "closed")])),
            []
        );
    }

    #[test]
    fn a_state_that_is_never_reached_and_one_without_an_end_are_named() {
        let one = practice(
            &[("new", "us"), ("lost", "us"), ("trap", "us"), ("closed", "done")],
            &[("new", "trap"), ("new", "closed"), ("lost", "closed")],
        );
        let expected = [("statuses.lost", "error-practice-unreachable"), ("statuses.trap", "error-practice-stuck")];
        assert_eq!(told(&one), expected.map(|(field, key)| (field.to_owned(), key)));
    }

    #[test]
    fn a_practice_begins_with_work_and_ends() {
        assert!(told(&practice(&[], &[])).contains(&("statuses".to_owned(), "error-practice-start")));
        assert!(told(&practice(&[("closed", "done")], &[])).contains(&("statuses".to_owned(), "error-practice-start")));
        assert!(told(&practice(&[("new", "us")], &[])).contains(&("statuses".to_owned(), "error-practice-no-end")));
    }

    #[test]
    fn keys_ways_and_fields_are_checked() {
        let mut one = practice(
            &[("new", "us"), ("new", "us"), ("A b", "us"), ("x", "moon"), ("closed", "done")],
            &[("new", "new"), ("new", "closed"), ("x", "away")],
        );
        one.transitions.push(Transition { fields: vec!["ship".into(), "mast".into()], ..Transition::plain("x", "closed") });
        one.statuses.push(Status { names: Names::from([("xx".into(), "?".into())]), word: "odd".into(), turn: "us".into() });
        let keys: Vec<&str> = told(&one).into_iter().map(|(_, key)| key).collect();
        for key in ["error-practice-key", "error-practice-way", "error-one-of", "error-field-unknown", "error-names"] {
            assert!(keys.contains(&key), "{key}");
        }
        assert_eq!(keys.iter().filter(|key| **key == "error-field-unknown").count(), 1);
    }

    #[test]
    fn differences_name_every_state_and_way_once() {
        let before = practice(&[("new", "us"), ("open", "us"), ("closed", "done")], &[("new", "open"), ("open", "closed")]);
        let mut after = practice(&[("open", "us"), ("new", "us"), ("parts", "third_party")], &[("new", "open"), ("open", "parts")]);
        after.transitions[0].comment = true;
        let told: Vec<(&str, &str, String)> = after.differences(&before).into_iter().map(|one| (one.what, one.how, one.from)).collect();
        let expected = [
            ("status", "added", "parts"),
            ("status", "removed", "closed"),
            ("status", "moved", "open"),
            ("transition", "changed", "new"),
            ("transition", "added", "open"),
            ("transition", "removed", "open"),
        ];
        assert_eq!(told, expected.map(|(what, how, from)| (what, how, from.to_owned())));
        assert_eq!(after.differences(&after), []);
    }
}
