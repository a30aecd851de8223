//! `steward user`.

use kernel::{DeskId, PersonId};
use people::person::{AddPerson, EnablePerson, Person, RoleSet, password, rows as person_rows};
use people::second_factor::ResetSecondFactor;
use people::{ServiceDesk, Settings};

use super::{CONSOLE, open, open_or_make, person_called};
use crate::cli::{Role, UserAction, UserAdd};
use crate::config::Config;
use crate::{Failure, console};

const PAGE_ROWS: usize = 500;

/// Adds, lists, disables and enables; takes second factors away.
pub(super) fn run(config: &Config, action: UserAction) -> Result<(), Failure> {
    match action {
        UserAction::Add(asked) => add(config, asked),
        UserAction::List => list(&open(config)?),
        UserAction::Disable { email } => disable(&open(config)?, &email),
        UserAction::Enable { email } => enable(&open(config)?, &email),
        UserAction::ResetSecondFactor { email } => reset_second_factor(&open(config)?, &email),
    }
}

fn add(config: &Config, asked: UserAdd) -> Result<(), Failure> {
    let password = console::read_password()?;
    password::check(&password)?;
    let desk = open_or_make(config)?;
    let desks = match asked.role {
        Role::Requester | Role::Admin if asked.desks.is_empty() => Vec::new(),
        Role::Requester => return Err(Failure::Usage("a requester works on no desk: leave --desk out".to_owned())),
        Role::Admin | Role::Agent => chosen_desks(&desk.settings(), &asked.desks)?,
    };
    let roles = RoleSet { admin: asked.role == Role::Admin, desks, ..RoleSet::default() };
    let person = AddPerson {
        name: asked.name.clone(),
        emails: vec![asked.email.clone()],
        roles,
        password_hash: Some(password::hash(&password)?),
        ..AddPerson::default()
    };
    let id = desk.execute_blocking(&CONSOLE, person)?;
    console::out(&format!("{} ({}) was added with the id {id}.", asked.name, asked.email));
    desk.store().close();
    Ok(())
}

fn chosen_desks(settings: &Settings, keys: &[String]) -> Result<Vec<DeskId>, Failure> {
    if settings.desks.is_empty() {
        return Err(Failure::Failed("there is no desk yet on which an agent could work: run steward setup first".to_owned()));
    }
    if keys.is_empty() {
        return Ok(settings.desks.iter().map(|desk| desk.id).collect());
    }
    let known = || settings.desks.iter().map(|desk| desk.key.as_str()).collect::<Vec<_>>().join(", ");
    keys.iter()
        .map(|key| {
            settings
                .desk_called(key)
                .map(|desk| desk.id)
                .ok_or_else(|| Failure::Failed(format!("there is no desk {key}, only {}", known())))
        })
        .collect()
}

fn list(desk: &ServiceDesk) -> Result<(), Failure> {
    let settings = desk.settings();
    let mut after = 0;
    loop {
        let page = desk.store().read_blocking(move |db| person_rows::page(db, after, None, PAGE_ROWS))?;
        for person in &page {
            console::out(&line(&settings, person));
        }
        match page.last() {
            Some(last) if page.len() == PAGE_ROWS => after = last.id.get(),
            _ => return Ok(()),
        }
    }
}

fn line(settings: &Settings, person: &Person) -> String {
    let email = person.emails.first().map_or("", String::as_str);
    let state = if person.disabled { "disabled" } else { "active" };
    format!("{email}\t{}\t{}\t{state}", person.name, roles(settings, person.id, person).join(","))
}

fn roles(settings: &Settings, id: PersonId, person: &Person) -> Vec<String> {
    let mut roles = Vec::new();
    if person.admin {
        roles.push("admin".to_owned());
    }
    if person.auditor {
        roles.push("auditor".to_owned());
    }
    roles.extend(settings.desks.iter().filter(|desk| desk.agents.contains(&id)).map(|desk| format!("agent:{}", desk.key)));
    if person.organisation_manager {
        roles.push("organisation_manager".to_owned());
    }
    if roles.is_empty() {
        roles.push("requester".to_owned());
    }
    roles
}

fn disable(desk: &ServiceDesk, email: &str) -> Result<(), Failure> {
    let id = person_called(desk, email)?;
    desk.execute_blocking(&CONSOLE, EnablePerson { id, enabled: false })?;
    console::out(&format!("{email} can no longer sign in; sessions and tokens have ended."));
    desk.store().close();
    Ok(())
}

fn enable(desk: &ServiceDesk, email: &str) -> Result<(), Failure> {
    let id = person_called(desk, email)?;
    desk.execute_blocking(&CONSOLE, EnablePerson { id, enabled: true })?;
    console::out(&format!("{email} can sign in again."));
    desk.store().close();
    Ok(())
}

fn reset_second_factor(desk: &ServiceDesk, email: &str) -> Result<(), Failure> {
    let person = person_called(desk, email)?;
    desk.execute_blocking(&CONSOLE, ResetSecondFactor { person })?;
    console::out(&format!("{email} signs in with the password alone until a second factor is set up again; sessions have ended."));
    desk.store().close();
    Ok(())
}
