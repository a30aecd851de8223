//! Teams: groups of agents within a desk.

pub mod api;
pub mod rows;

use journal::Fact;
use kernel::limits::NAME_CHARS_MAX;
use kernel::{DeskId, Message, PersonId, Refusal, Result, TeamId};

use crate::desks::{key_from, key_is_fine};
use crate::settings::Team;
use crate::{Command, Context, policy};

/// Adds a team, or changes one when `id` is given; absent fields stay.
#[derive(Clone, Debug, Default)]
pub struct SaveTeam {
    /// Which, for a change.
    pub id: Option<TeamId>,
    /// The version that the caller read.
    pub expected_version: Option<i64>,
    /// Short name; made from the name when absent.
    pub key: Option<String>,
    /// Name.
    pub name: Option<String>,
    /// The desk it belongs to; fixed once made.
    pub desk: Option<DeskId>,
    /// Members, who must be agents of the desk.
    pub members: Option<Vec<PersonId>>,
}

impl Command for SaveTeam {
    type Receipt = TeamId;
    fn run(self, cx: &mut Context<'_, '_>) -> Result<TeamId> {
        policy::must_administer(cx.actor)?;
        let (new, mut team) = match self.id {
            Some(id) => (false, cx.settings.team(id).cloned().ok_or(Refusal::NotFound)?),
            None => {
                let desk = self.desk.ok_or_else(|| Refusal::invalid("desk", Message::new("error-needed")))?;
                (true, Team { id: TeamId(cx.tx.id()), key: String::new(), name: String::new(), desk, members: Vec::new() })
            }
        };
        if let (Some(expected), false) = (self.expected_version, new) {
            let current = crate::desks::rows::version(cx.tx, "team", team.id.get())?;
            if current != expected {
                return Err(Refusal::Stale { current }.into());
            }
        }
        let desk = cx
            .settings
            .desk(team.desk)
            .ok_or_else(|| Refusal::invalid("desk", Message::new("error-desk-unknown").with("desk", team.desk)))?;
        let mut fields = Vec::new();
        if let Some(name) = self.name {
            name.trim().clone_into(&mut team.name);
            fields.push("name".to_owned());
        }
        if team.name.is_empty() || team.name.chars().count() > NAME_CHARS_MAX {
            return Err(Refusal::invalid("name", Message::new("error-name-length").with("max", NAME_CHARS_MAX)).into());
        }
        if let Some(key) = self.key.or_else(|| new.then(|| key_from(&team.name))) {
            team.key = key;
            if !key_is_fine(&team.key) {
                return Err(Refusal::invalid("key", Message::new("error-key-invalid")).into());
            }
            if cx.settings.teams.iter().any(|other| other.key == team.key && other.id != team.id) {
                return Err(Refusal::invalid("key", Message::new("error-key-taken").with("key", &team.key)).into());
            }
            fields.push("key".to_owned());
        }
        if let Some(members) = self.members {
            if let Some(stranger) = members.iter().find(|member| !desk.agents.contains(member)) {
                return Err(Refusal::invalid("members", Message::new("error-not-agent-of-desk").with("person", stranger)).into());
            }
            team.members = members;
            fields.push("members".to_owned());
        }
        if new {
            rows::insert(cx.tx, &team)?;
            cx.append(&Fact::TeamAdded { team: team.id })?;
        } else {
            rows::update(cx.tx, &team)?;
            cx.append(&Fact::TeamChanged { team: team.id, fields })?;
        }
        cx.reconfigure()?;
        Ok(team.id)
    }
}
