//! The company as it is set up before its first ticket: organisations, desks, people, teams, categories, fields and mailboxes.

use std::collections::HashMap;

use kernel::{Actor, DeskId, OrganisationId, PersonId, Result, Via};
use people::desks::{AddCategory, AddMailbox, SaveDesk};
use people::fields::DeclareField;
use people::organisation::SaveOrganisation;
use people::person::{AddPerson, RoleSet};
use people::settings::{FieldType, Shape};
use people::team::SaveTeam;
use people::{Command, Context, Settings, session};

use super::fields::{BOOKING, INVOICE, QUAY, SHIP, SHIPS};
use super::texts::{CompanyFile, Extras, Tale, Who};
use super::{DEMO, canned, macros, unknown, views};

/// The company with the configuration that its setting up has left.
pub(super) struct World {
    pub(super) settings: Settings,
    pub(super) people: HashMap<String, Known>,
}

/// A person of the company.
pub(super) struct Known {
    pub(super) id: PersonId,
    pub(super) name: String,
    pub(super) email: String,
    pub(super) actor: Actor,
}

impl World {
    /// Sets it up, in stages: each needs the configuration that the one before has left.
    pub(super) fn found(cx: &mut Context<'_, '_>, tale: &Tale, password: &str) -> Result<Self> {
        let company = &tale.company;
        let mut organisations = HashMap::new();
        for one in &company.organisation {
            let save = SaveOrganisation { name: Some(one.name.clone()), domains: Some(one.domains.clone()), ..SaveOrganisation::default() };
            organisations.insert(one.key.as_str(), save.run(cx)?);
        }
        for desk in &company.desk {
            let save = SaveDesk {
                key: Some(desk.key.clone()),
                name: Some(desk.name.clone()),
                mark: Some(desk.mark.clone()),
                prefixes: Some(desk.prefixes.clone()),
                ..SaveDesk::default()
            };
            save.run(cx)?;
        }
        let settings = Settings::load(cx.tx)?;
        let ids = cx.acting_as(&DEMO, &settings, |cx| {
            equip_desks(cx, company)?;
            declare_fields(cx)?;
            add_people(cx, tale, &organisations, password)
        })?;
        let settings = Settings::load(cx.tx)?;
        cx.acting_as(&DEMO, &settings, |cx| make_teams(cx, company, &ids))?;
        let settings = Settings::load(cx.tx)?;
        let mut people = HashMap::new();
        for (key, id) in ids {
            let access = session::rows::access_of(cx.tx, id, Via::Console)?.ok_or_else(|| unknown("person", &key))?;
            let (name, email) = (access.name.clone(), access.email.clone());
            people.insert(key, Known { id, name, email, actor: Actor::Person(access.into()) });
        }
        let administrator = people.get("tomas").ok_or_else(|| unknown("person", "tomas"))?.actor.clone();
        cx.acting_as(&administrator, &settings, canned::write)?;
        cx.acting_as(&administrator, &settings, views::save)?;
        cx.acting_as(&administrator, &settings, macros::write)?;
        Ok(Self { settings, people })
    }

    /// The person with this key.
    pub(super) fn person(&self, key: &str) -> Result<&Known> {
        self.people.get(key).ok_or_else(|| unknown("person", key))
    }
}

pub(super) fn desk_called(settings: &Settings, key: &str) -> Result<DeskId> {
    settings.desk_called(key).map(|desk| desk.id).ok_or_else(|| unknown("desk", key))
}

fn equip_desks(cx: &mut Context<'_, '_>, company: &CompanyFile) -> Result<()> {
    for text in &company.desk {
        let desk = desk_called(cx.settings, &text.key)?;
        AddMailbox { desk, address: format!("{}@{}", text.mailbox, company.company.domain) }.run(cx)?;
        for path in &text.categories {
            AddCategory { desk, path: path.clone() }.run(cx)?;
        }
    }
    Ok(())
}

fn declare_fields(cx: &mut Context<'_, '_>) -> Result<()> {
    let ships = SHIPS.iter().map(|(name, _)| (*name).to_owned()).collect();
    let (care, finance) = (desk_called(cx.settings, "care")?, desk_called(cx.settings, "finance")?);
    let text = |desk: Option<DeskId>, key: &str, label: &str| DeclareField {
        desk,
        kind: None,
        category: None,
        key: key.to_owned(),
        label: label.to_owned(),
        field_type: FieldType::Text,
        options: Vec::new(),
        required: false,
        shape: Shape::default(),
    };
    DeclareField { field_type: FieldType::Choice, options: ships, ..text(None, SHIP, "Ship") }.run(cx)?;
    text(None, QUAY, "Quay").run(cx)?;
    text(Some(care), BOOKING, "Booking reference").run(cx)?;
    text(Some(finance), INVOICE, "Invoice number").run(cx)?;
    Ok(())
}

fn add_people(
    cx: &mut Context<'_, '_>,
    tale: &Tale,
    organisations: &HashMap<&str, OrganisationId>,
    password: &str,
) -> Result<Vec<(String, PersonId)>> {
    let Tale { company, extras, .. } = tale;
    let mut ids = Vec::new();
    for agent in &company.agent {
        let desks = agent.desks.iter().map(|key| desk_called(cx.settings, key)).collect::<Result<_>>()?;
        let roles = RoleSet { admin: extras.administrator == agent.who.key, desks, ..RoleSet::default() };
        let add = AddPerson { roles, ..described(&agent.who, extras, password) };
        ids.push((agent.who.key.clone(), add.run(cx)?));
    }
    for requester in &company.requester {
        let organisation = match requester.organisation.as_str() {
            "" => None,
            key => Some(*organisations.get(key).ok_or_else(|| unknown("organisation", key))?),
        };
        let roles = RoleSet { organisation_manager: extras.managers.contains(&requester.who.key), ..RoleSet::default() };
        let add = AddPerson { roles, organisation, ..described(&requester.who, extras, password) };
        ids.push((requester.who.key.clone(), add.run(cx)?));
    }
    Ok(ids)
}

fn described(who: &Who, extras: &Extras, password: &str) -> AddPerson {
    let title = (!who.title.is_empty()).then(|| serde_json::json!({ "title": who.title }).to_string());
    AddPerson {
        name: who.name.clone(),
        emails: vec![who.email.clone()],
        language: Some(who.language.clone()),
        time_zone: Some(who.time_zone.clone()),
        vip: extras.vip.contains(&who.key),
        password_hash: Some(password.to_owned()),
        fields: title,
        ..AddPerson::default()
    }
}

fn make_teams(cx: &mut Context<'_, '_>, company: &CompanyFile, ids: &[(String, PersonId)]) -> Result<()> {
    for text in &company.desk {
        let desk = desk_called(cx.settings, &text.key)?;
        for team in &text.teams {
            let of_team = company.agent.iter().filter(|agent| agent.teams.contains(&team.key));
            let members = of_team.filter_map(|agent| ids.iter().find(|(key, _)| *key == agent.who.key).map(|(_, id)| *id)).collect();
            let save = SaveTeam {
                key: Some(team.key.clone()),
                name: Some(team.name.clone()),
                desk: Some(desk),
                members: Some(members),
                ..SaveTeam::default()
            };
            save.run(cx)?;
        }
    }
    Ok(())
}
