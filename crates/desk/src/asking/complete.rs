//! What could be written next. Proposals come from settings and from indexes, never from looking through tickets; and none tells of a team,
//! a person or a tag that the reader could not see (T-X3).

use kernel::limits::QUERY_BYTES_MAX;
use kernel::{Actor, DeskId, Result};
use people::desks::KINDS;
use people::settings::FieldType;
use people::{Settings, organisation, person, policy};
use query::{FieldKind, Op, Place, Vocabulary, Wanted};
use store::Db;
use web::Words;

use super::names::{ABOUT, TIMES, custom, label, length, when, word_name};
use super::rows;
use crate::lists::TicketWords;

const PROPOSALS_MAX: usize = 10;
const LENGTHS: [&str; 5] = ["1h", "4h", "1d", "7d", "30d"];
const IS: [&str; 9] = ["open", "done", "assigned", "unassigned", "answered", "unanswered", "held", "merged", "snoozed"];
const HAS: [&str; 4] = ["attachment", "tag", "link", "cc"];

/// Something that could be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposal {
    /// What takes the place of what was typed.
    pub insert: String,
    /// What it stands for: a name, a meaning in a line.
    pub about: String,
    /// Whether the term is then whole.
    pub whole: bool,
}

/// What could be written at a place in a text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Completion {
    /// What a proposal replaces, in characters.
    pub place: Place,
    /// The nearest first.
    pub proposals: Vec<Proposal>,
}

/// What could be written at the character `at` of a text.
pub fn complete(db: &mut Db<'_>, settings: &Settings, actor: &Actor, (text, at): (&str, usize), words: &Words) -> Result<Completion> {
    let Some(spot) = Some(text).filter(|text| text.len() <= QUERY_BYTES_MAX).and_then(|text| query::spot(text, at)) else {
        return Ok(Completion::default());
    };
    let mut proposer = Proposer { db, settings, actor, words, typed: spot.typed.to_lowercase(), found: Vec::new() };
    match spot.wanted {
        Wanted::Name => proposer.names(),
        Wanted::Value { field, op } => proposer.values(&field, op)?,
    }
    proposer.found.truncate(PROPOSALS_MAX);
    Ok(Completion { place: spot.place, proposals: proposer.found })
}

struct Proposer<'a, 'c> {
    db: &'a mut Db<'c>,
    settings: &'a Settings,
    actor: &'a Actor,
    words: &'a Words,
    typed: String,
    found: Vec<Proposal>,
}

impl Proposer<'_, '_> {
    /// All fields, the usual ones first, and whether they are compared.
    fn fields(&mut self) -> Vec<(String, bool)> {
        let vocabulary = TicketWords::new(self.db, self.settings, self.actor);
        let all = vocabulary.names();
        let known = ABOUT.iter().map(|(name, _)| (*name).to_owned());
        let own = all.iter().filter(|name| ABOUT.iter().all(|(known, _)| known != name)).cloned();
        known
            .chain(own)
            .map(|name| {
                let compared = vocabulary.field(&name).is_some_and(|field| {
                    matches!(field.kind, FieldKind::Time | FieldKind::Day | FieldKind::Number | FieldKind::Scale { .. })
                });
                (name, compared)
            })
            .collect()
    }

    fn names(&mut self) {
        let mut later = Vec::new();
        for (name, compared) in self.fields() {
            let called = label(&name, self.settings, self.words);
            let begins = name.starts_with(&self.typed);
            if !begins && !called.to_lowercase().starts_with(&self.typed) {
                continue;
            }
            let about = ABOUT.iter().find(|(known, _)| *known == name).map_or(called, |(_, key)| self.words.t(key));
            let mut these = vec![Proposal { insert: format!("{name}:"), about, whole: false }];
            if compared && name == self.typed {
                let sign = |sign: &str, key: &str| Proposal { insert: format!("{name}{sign}"), about: self.words.t(key), whole: false };
                these.extend([sign("<", "query-op-less"), sign(">", "query-op-more")]);
            }
            if begins { self.found.extend(these) } else { later.extend(these) }
        }
        self.found.extend(later);
        for (word, insert, key) in
            [("sort", "sort:", "query-about-sort"), ("or", "OR", "query-about-or"), ("not", "NOT", "query-about-not")]
        {
            if word.starts_with(&self.typed) {
                self.found.push(Proposal { insert: insert.to_owned(), about: self.words.t(key), whole: !insert.ends_with(':') });
            }
        }
    }

    /// Proposes a value when what was typed begins it, or a word of what it is called.
    fn offer(&mut self, value: &str, about: String) {
        let begins = |text: &str| text.to_lowercase().split_whitespace().any(|word| word.starts_with(&self.typed));
        let fits = self.typed.is_empty()
            || value.to_lowercase().starts_with(&self.typed)
            || about.to_lowercase().starts_with(&self.typed)
            || begins(&about);
        let insert = quoted(value);
        if fits && self.found.len() < PROPOSALS_MAX && self.found.iter().all(|known| known.insert != insert) {
            self.found.push(Proposal { insert, about, whole: true });
        }
    }

    fn values(&mut self, field: &str, op: Op) -> Result<()> {
        if field == "sort" {
            self.orders();
            return Ok(());
        }
        let (kind, known) = {
            let vocabulary = TicketWords::new(self.db, self.settings, self.actor);
            let Some(found) = vocabulary.field(field) else { return Ok(()) };
            let nullable = matches!(found.kind, FieldKind::Reference { nullable: true } | FieldKind::Time | FieldKind::Words)
                || matches!(found.column, query::Column::Json { .. })
                || matches!(field, "language" | "service");
            let time = matches!(found.kind, FieldKind::Time | FieldKind::Day);
            ((nullable, time), vocabulary.known_words(field))
        };
        let (nullable, time) = kind;
        match field {
            "is" => IS.iter().for_each(|word| self.offer(word, self.flag(word))),
            "has" => HAS.iter().for_each(|word| self.offer(word, self.flag(word))),
            "assignee" | "mentions" => self.agents(),
            "requester" | "watcher" => self.people()?,
            "team" => self.teams(),
            "category" => self.categories(),
            "desk" => self.desks(),
            "tag" => self.tags()?,
            "organisation" => self.organisations()?,
            _ if time => self.times(op),
            "status" => {
                let ordered = self.statuses(known);
                self.words_of(field, &ordered);
            }
            own => self.words_of(own, &known),
        }
        if nullable && op == Op::Is {
            self.offer("none", self.words.t("query-none"));
        }
        Ok(())
    }

    fn flag(&self, word: &str) -> String {
        let key = match word {
            "open" => "query-flag-open",
            "done" => "query-flag-done",
            "assigned" => "query-flag-assigned",
            "unassigned" => "query-flag-unassigned",
            "answered" => "query-with-reply",
            "unanswered" => "query-without-reply",
            "held" => "query-with-held",
            "merged" => "query-flag-merged",
            "snoozed" => "query-flag-snoozed",
            "attachment" => "query-with-attachment",
            "tag" => "query-with-tag",
            "link" => "query-with-link",
            _ => "query-with-cc",
        };
        self.words.t(key)
    }

    fn orders(&mut self) {
        let sign = if self.typed.starts_with('-') { "-" } else { "" };
        self.typed = self.typed.trim_start_matches('-').to_owned();
        let names: Vec<&str> = {
            let vocabulary = TicketWords::new(self.db, self.settings, self.actor);
            ABOUT.iter().map(|(name, _)| *name).filter(|name| vocabulary.field(name).is_some_and(|field| field.sortable)).collect()
        };
        for name in names {
            let called = label(name, self.settings, self.words);
            let ways =
                if sign.is_empty() { &[("", "query-ascending"), ("-", "query-descending")][..] } else { &[("-", "query-descending")][..] };
            if !name.starts_with(&self.typed) && !called.to_lowercase().starts_with(&self.typed) {
                continue;
            }
            for (sign, key) in ways {
                let about = format!("{called}, {}", self.words.t(key));
                self.found.push(Proposal { insert: format!("{sign}{name}"), about, whole: true });
            }
        }
    }

    fn times(&mut self, op: Op) {
        let ago = |text: &str| length(text, self.words).unwrap_or_default();
        let lengths: Vec<(&str, String)> = LENGTHS.iter().map(|text| (*text, ago(text))).collect();
        let days: Vec<(&str, String)> = TIMES.iter().map(|(word, _)| (*word, when(word, self.words))).collect();
        // A comparison is mostly with an age, a colon mostly with a day.
        let ordered = if op == Op::Is { [days, lengths] } else { [lengths, days] };
        for (value, about) in ordered.into_iter().flatten() {
            self.offer(value, about);
        }
    }

    /// Statuses in the order in which tickets go through them, those of the usual kinds first.
    fn statuses(&self, known: Vec<String>) -> Vec<String> {
        let usual = KINDS.iter().filter_map(|(kind, _)| self.settings.practices.get(*kind)).flat_map(|practice| &practice.statuses);
        let mut ordered: Vec<String> = Vec::with_capacity(known.len());
        for word in usual.map(|status| status.word.clone()).chain(known) {
            if !ordered.contains(&word) {
                ordered.push(word);
            }
        }
        ordered
    }

    fn words_of(&mut self, field: &str, known: &[String]) {
        let own = custom(self.settings, field);
        match own.map(|field| field.field_type) {
            Some(FieldType::Boolean) => {
                self.offer("yes", self.words.t("query-yes"));
                self.offer("no", self.words.t("query-no"));
            }
            Some(FieldType::Person) => self.offer("me", self.words.t("query-me")),
            _ => {}
        }
        let offered = |word: &&String| own.is_none_or(|field| field.live_options().any(|option| option == word.as_str()));
        for word in known.iter().filter(offered) {
            let about = word_name(field, word, self.settings, self.words).unwrap_or_default();
            self.offer(word, about);
        }
    }

    /// Whether what belongs to this desk may be proposed: to those who work there, and those who read everything.
    fn reads(&self, desk: DeskId) -> bool {
        policy::reads_notes(self.actor, desk)
    }

    fn teams(&mut self) {
        let settings = self.settings;
        for team in settings.teams.iter().filter(|team| policy::reads_notes(self.actor, team.desk)) {
            self.offer(&team.key, team.name.clone());
        }
    }

    fn desks(&mut self) {
        let settings = self.settings;
        for desk in &settings.desks {
            if self.reads(desk.id) {
                self.offer(&desk.key, desk.name.clone());
            }
        }
    }

    fn categories(&mut self) {
        let settings = self.settings;
        for category in &settings.categories {
            if self.reads(category.desk) {
                self.offer(&category.path, settings.desk(category.desk).map(|desk| desk.name.clone()).unwrap_or_default());
            }
        }
    }

    fn agents(&mut self) {
        self.offer("me", self.words.t("query-me"));
        if !policy::looks_people_up(self.actor) {
            return;
        }
        let settings = self.settings;
        let mut staff: Vec<_> = settings.staff.values().filter(|staff| staff.active).collect();
        staff.sort_by_cached_key(|staff| staff.name.to_lowercase());
        for one in staff {
            self.offer(&one.email, one.name.clone());
        }
    }

    fn people(&mut self) -> Result<()> {
        self.offer("me", self.words.t("query-me"));
        if !policy::looks_people_up(self.actor) || self.typed.is_empty() {
            return Ok(());
        }
        let mut found = person::rows::named(self.db, &self.typed, PROPOSALS_MAX)?;
        found.sort_by_cached_key(|one| one.name.to_lowercase());
        for one in found {
            let value = if one.email.is_empty() { one.id.to_string() } else { one.email };
            self.offer(&value, one.name);
        }
        Ok(())
    }

    fn organisations(&mut self) -> Result<()> {
        if !policy::looks_people_up(self.actor) || self.typed.is_empty() {
            return Ok(());
        }
        for (_, name) in organisation::rows::named(self.db, &self.typed, PROPOSALS_MAX)? {
            self.offer(&name, name.clone());
        }
        Ok(())
    }

    fn tags(&mut self) -> Result<()> {
        let desks = policy::desks_read_inside(self.actor);
        for tag in rows::tags_from(self.db, &self.typed)? {
            if self.found.len() >= PROPOSALS_MAX {
                break;
            }
            let seen = match &desks {
                None => true,
                Some(desks) => rows::desks_of_tag(self.db, &tag)?.iter().any(|desk| desks.contains(desk)),
            };
            if seen {
                self.offer(&tag, String::new());
            }
        }
        Ok(())
    }
}

/// A value as it must stand in a query.
fn quoted(value: &str) -> String {
    let plain =
        !value.is_empty() && !value.contains(|c: char| c.is_whitespace() || matches!(c, '(' | ')' | '"' | ',')) && !value.contains("..");
    if plain {
        return value.to_owned();
    }
    format!("\"{}\"", value.replace('\\', "\\\\").replace('"', "\\\""))
}
