//! Everything that was filled in, founded in one transaction: a set-up that breaks off leaves nothing.

use journal::Fact;
use kernel::{DeskId, Error, PersonId, Refusal, Result};

use super::{Draft, STEWARD, rows};
use crate::desks::{AddCategory, AddMailbox, SaveDesk, key_from};
use crate::person::{AddPerson, RoleSet};
use crate::service_desk::rows::set_value;
use crate::session::{self, Browser, SignedIn};
use crate::team::SaveTeam;
use crate::{Command, Context, Settings};

/// The key of a desk whose name has no short form.
const KEY: &str = "helpdesk";

/// Founds the desk.
#[derive(Clone, Debug)]
pub struct FoundDesk {
    /// All of it.
    pub draft: Draft,
    /// The administrator's browser.
    pub browser: Browser,
}

/// What there is now.
#[derive(Clone, Debug)]
pub struct Founded {
    /// The administrator.
    pub person: PersonId,
    /// Their session.
    pub signed_in: SignedIn,
    /// The desk.
    pub desk: DeskId,
    /// Colleagues, who are to be invited.
    pub colleagues: Vec<PersonId>,
}

impl Command for FoundDesk {
    type Receipt = Founded;
    fn run(self, cx: &mut Context<'_, '_>) -> Result<Founded> {
        cx.tx.lock("set_up")?;
        if rows::has_anybody(cx.tx)? {
            return Err(Refusal::NotFound.into());
        }
        let lacking = || Error::from(Refusal::NotFound);
        let Draft { you, desk, mailbox, team } = self.draft;
        let (you, desk, team) = (you.ok_or_else(lacking)?, desk.ok_or_else(lacking)?, team.unwrap_or_default());
        let key = Some(key_from(&desk.name)).filter(|key| !key.is_empty()).unwrap_or_else(|| KEY.to_owned());
        let id = SaveDesk { name: Some(desk.name.clone()), key: Some(key.clone()), ..SaveDesk::default() }.run(cx)?;
        // Each stage needs the configuration that the one before has left.
        let settings = Settings::load(cx.tx)?;
        let roles = |admin| RoleSet { admin, desks: vec![id], ..RoleSet::default() };
        let (person, colleagues) = cx.acting_as(&STEWARD, &settings, |cx| {
            for path in desk.categories {
                AddCategory { desk: id, path }.run(cx)?;
            }
            if let Some(address) = mailbox.filter(|address| !address.is_empty()) {
                AddMailbox { desk: id, address }.run(cx)?;
            }
            let administrator = AddPerson {
                name: you.name,
                emails: vec![you.email],
                language: Some(you.language.clone()),
                time_zone: Some(you.time_zone.clone()),
                roles: roles(true),
                password_hash: Some(you.password_hash),
                ..AddPerson::default()
            };
            let person = administrator.run(cx)?;
            let mut colleagues = Vec::new();
            for email in team.colleagues {
                let colleague = AddPerson {
                    emails: vec![email],
                    language: Some(you.language.clone()),
                    time_zone: Some(you.time_zone.clone()),
                    roles: roles(false),
                    ..AddPerson::default()
                };
                colleagues.push(colleague.run(cx)?);
            }
            Ok((person, colleagues))
        })?;
        let settings = Settings::load(cx.tx)?;
        let members = [vec![person], colleagues.clone()].concat();
        let name = Some(team.name).filter(|name| !name.trim().is_empty()).unwrap_or(desk.name);
        let team_key = Some(key_from(&name)).filter(|key| !key.is_empty()).unwrap_or(key);
        let save = SaveTeam { key: Some(team_key), name: Some(name), desk: Some(id), members: Some(members), ..SaveTeam::default() };
        cx.acting_as(&STEWARD, &settings, |cx| save.run(cx))?;
        set_value(cx.tx, "company", desk.company.trim())?;
        cx.append(&Fact::SettingChanged { key: "company".to_owned() })?;
        rows::end(cx.tx)?;
        let signed_in = session::start(cx, person, &self.browser)?;
        cx.reconfigure()?;
        Ok(Founded { person, signed_in, desk: id, colleagues })
    }
}
