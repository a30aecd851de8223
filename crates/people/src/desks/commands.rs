//! Making and changing desks, categories and mailboxes.

use std::collections::BTreeMap;

use journal::Fact;
use kernel::limits::{CATEGORY_DEPTH_MAX, NAME_CHARS_MAX};
use kernel::{CategoryId, DeskId, MailboxId, Message, PersonId, Refusal, Result};

use super::{KINDS, key_from, key_is_fine, rows};
use crate::person::{self, email};
use crate::settings::{Category, Desk};
use crate::{Command, Context, policy};

/// Adds a desk, or changes one when `id` is given; absent fields stay.
#[derive(Clone, Debug, Default)]
pub struct SaveDesk {
    /// Which, for a change.
    pub id: Option<DeskId>,
    /// The version that the caller read.
    pub expected_version: Option<i64>,
    /// Short name; made from the name when absent.
    pub key: Option<String>,
    /// Name.
    pub name: Option<String>,
    /// Shape in the navigation: square, circle, arch, diamond.
    pub mark: Option<String>,
    /// Number prefixes by kind.
    pub prefixes: Option<BTreeMap<String, String>>,
    /// Agents.
    pub agents: Option<Vec<PersonId>>,
    /// Days after which a reply to an ended ticket opens a new one; zero for never.
    pub follow_up_days: Option<i64>,
    /// Whether time worked must be logged before a ticket is resolved.
    pub time_required: Option<bool>,
}

/// Ten years.
const FOLLOW_UP_DAYS_MAX: i64 = 3_650;
const MARKS: [&str; 4] = ["square", "circle", "arch", "diamond"];

impl Command for SaveDesk {
    type Receipt = DeskId;
    fn run(self, cx: &mut Context<'_, '_>) -> Result<DeskId> {
        policy::must_administer(cx.actor)?;
        let (new, mut desk) = match self.id {
            Some(id) => (false, cx.settings.desk(id).cloned().ok_or(Refusal::NotFound)?),
            None => (true, blank(cx)),
        };
        if let (Some(expected), false) = (self.expected_version, new) {
            let current = rows::version(cx.tx, "desk", desk.id.get())?;
            if current != expected {
                return Err(Refusal::Stale { current }.into());
            }
        }
        let mut fields = Vec::new();
        if let Some(name) = self.name {
            desk.name = clean_name(&name)?;
            fields.push("name".to_owned());
        } else if new {
            return Err(Refusal::invalid("name", Message::new("error-needed")).into());
        }
        if let Some(key) = self.key.or_else(|| new.then(|| key_from(&desk.name))) {
            desk.key = clean_key(&key)?;
            if cx.settings.desks.iter().any(|other| other.key == desk.key && other.id != desk.id) {
                return Err(Refusal::invalid("key", Message::new("error-key-taken").with("key", &desk.key)).into());
            }
            fields.push("key".to_owned());
        }
        if let Some(mark) = self.mark {
            if !MARKS.contains(&mark.as_str()) {
                return Err(Refusal::invalid("mark", Message::new("error-one-of").with("options", MARKS.join(", "))).into());
            }
            desk.mark = mark;
            fields.push("mark".to_owned());
        }
        if let Some(prefixes) = self.prefixes {
            desk.prefixes = clean_prefixes(prefixes)?;
            fields.push("prefixes".to_owned());
        }
        if let Some(days) = self.follow_up_days {
            desk.follow_up_days = checked_days(days)?;
            fields.push("follow_up_days".to_owned());
        }
        if let Some(required) = self.time_required {
            desk.time_required = required;
            fields.push("time_required".to_owned());
        }
        if new {
            rows::insert(cx.tx, &desk)?;
            cx.append(&Fact::DeskAdded { desk: desk.id })?;
        } else {
            rows::update(cx.tx, &desk)?;
        }
        if let Some(agents) = self.agents {
            for agent in &agents {
                person::rows::by_id(cx.tx, *agent)?
                    .ok_or_else(|| Refusal::invalid("agents", Message::new("error-person-unknown").with("person", agent)))?;
            }
            rows::set_agents(cx.tx, desk.id, &agents)?;
            let (came, left) =
                (agents.iter().filter(|one| !desk.agents.contains(one)), desk.agents.iter().filter(|one| !agents.contains(one)));
            for person in came.chain(left) {
                person::tell_roles(cx, *person)?;
            }
            fields.push("agents".to_owned());
        }
        if !new {
            cx.append(&Fact::DeskChanged { desk: desk.id, fields })?;
        }
        cx.reconfigure()?;
        Ok(desk.id)
    }
}

/// A desk before anything was said of it; desks get the marks in turn.
fn blank(cx: &mut Context<'_, '_>) -> Desk {
    let place = cx.settings.desks.len() % MARKS.len();
    Desk {
        id: DeskId(cx.tx.id()),
        key: String::new(),
        name: String::new(),
        mark: MARKS.get(place).copied().unwrap_or("square").to_owned(),
        prefixes: BTreeMap::new(),
        agents: Vec::new(),
        follow_up_days: None,
        time_required: false,
    }
}

/// Zero switches the follow-ups off.
fn checked_days(days: i64) -> Result<Option<i64>> {
    if (0..=FOLLOW_UP_DAYS_MAX).contains(&days) {
        return Ok((days > 0).then_some(days));
    }
    let message = Message::new("error-between").with("min", 0).with("max", FOLLOW_UP_DAYS_MAX);
    Err(Refusal::invalid("follow_up_days", message).into())
}

/// Adds a category with all that are missing above it.
#[derive(Clone, Debug)]
pub struct AddCategory {
    /// Whose tree.
    pub desk: DeskId,
    /// Names from the root, joined by `/`.
    pub path: String,
}

impl Command for AddCategory {
    type Receipt = CategoryId;
    fn run(self, cx: &mut Context<'_, '_>) -> Result<CategoryId> {
        policy::must_administer(cx.actor)?;
        cx.settings.desk(self.desk).ok_or(Refusal::NotFound)?;
        let names: Vec<String> = self.path.split('/').map(clean_name).collect::<Result<_>>()?;
        if names.len() > CATEGORY_DEPTH_MAX {
            return Err(Refusal::invalid("path", Message::new("error-category-depth").with("max", CATEGORY_DEPTH_MAX)).into());
        }
        let mut above: Option<Category> = None;
        for name in names {
            let path = above.as_ref().map_or_else(|| name.clone(), |parent| format!("{}/{name}", parent.path));
            let known = rows::category_by_path(cx.tx, self.desk, &path)?;
            let category = match known {
                Some(category) => category,
                None => {
                    let id = CategoryId(cx.tx.id());
                    let category = Category { id, desk: self.desk, parent: above.map(|parent| parent.id), name, path };
                    rows::insert_category(cx.tx, &category)?;
                    cx.append(&Fact::CategoryAdded { category: id, desk: self.desk })?;
                    category
                }
            };
            above = Some(category);
        }
        cx.reconfigure()?;
        above.map(|category| category.id).ok_or_else(|| Refusal::invalid("path", Message::new("error-needed")).into())
    }
}

/// Gives a desk one more address at which it receives mail.
#[derive(Clone, Debug)]
pub struct AddMailbox {
    /// The desk that answers.
    pub desk: DeskId,
    /// The address.
    pub address: String,
}

impl Command for AddMailbox {
    type Receipt = MailboxId;
    fn run(self, cx: &mut Context<'_, '_>) -> Result<MailboxId> {
        policy::must_administer(cx.actor)?;
        cx.settings.desk(self.desk).ok_or_else(|| Refusal::invalid("desk", Message::new("error-desk-unknown").with("desk", self.desk)))?;
        let address = email::normalise(&self.address).ok_or_else(|| Refusal::invalid("address", Message::new("error-email-invalid")))?;
        if cx.settings.mailboxes.iter().any(|mailbox| mailbox.address == address) {
            return Err(Refusal::invalid("address", Message::new("error-email-taken").with("email", address)).into());
        }
        let id = MailboxId(cx.tx.id());
        rows::insert_mailbox(cx.tx, id, self.desk, &address)?;
        cx.append(&Fact::MailboxAdded { mailbox: id, desk: self.desk })?;
        cx.reconfigure()?;
        Ok(id)
    }
}

pub(crate) fn clean_name(name: &str) -> Result<String> {
    let name = name.trim();
    if name.is_empty() || name.chars().count() > NAME_CHARS_MAX || name.chars().any(char::is_control) {
        return Err(Refusal::invalid("name", Message::new("error-name-length").with("max", NAME_CHARS_MAX)).into());
    }
    Ok(name.to_owned())
}

pub(crate) fn clean_key(key: &str) -> Result<String> {
    let key = key.trim().to_lowercase();
    if key_is_fine(&key) { Ok(key) } else { Err(Refusal::invalid("key", Message::new("error-key-invalid")).into()) }
}

fn clean_prefixes(prefixes: BTreeMap<String, String>) -> Result<BTreeMap<String, String>> {
    prefixes
        .into_iter()
        .map(|(kind, prefix)| {
            let prefix = prefix.trim().to_uppercase();
            let fine = (2..=8).contains(&prefix.len()) && prefix.chars().all(|c| c.is_ascii_uppercase());
            if !fine || !KINDS.iter().any(|(known, _)| *known == kind) {
                return Err(Refusal::invalid(format!("prefixes.{kind}"), Message::new("error-prefix-invalid")).into());
            }
            Ok((kind, prefix))
        })
        .collect()
}
