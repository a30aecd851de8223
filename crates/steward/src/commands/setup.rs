//! `steward setup`: a desk with its address, a team, and an administrator who works there.

use kernel::{DeskId, Locale, TeamId};
use people::desks::SaveDesk;
use people::person::{AddPerson, RoleSet, password};
use people::team::SaveTeam;
use people::{ServiceDesk, desks};

use super::{CONSOLE, open_or_make, rows};
use crate::cli::Setup;
use crate::config::Config;
use crate::serve::first;
use crate::{Failure, console};

/// The first desk when nobody names one.
const DESK_NAME: &str = "Help desk";
const DESK_KEY: &str = "helpdesk";

/// Sets up. Each step looks first, so that a set-up that was cut short can be repeated.
pub(super) fn run(config: &Config, asked: &Setup) -> Result<(), Failure> {
    let locale = asked.locale.as_deref().map(language).transpose()?;
    let password = console::read_password()?;
    password::check(&password)?;
    let desk = open_or_make(config)?;
    if desk.store().read_blocking(rows::has_administrator)? {
        return Err(Failure::Failed("this help desk is set up already: add people by steward user add".to_owned()));
    }
    first::ensure_keys(&desk)?;
    let first_desk = ensure_desk(&desk, asked.desk_name.as_deref())?;
    let mailbox = ensure_mailbox(&desk, config, first_desk)?;
    let team = ensure_team(&desk, first_desk)?;
    let administrator = desk.execute_blocking(
        &CONSOLE,
        AddPerson {
            name: asked.admin_name.clone(),
            emails: vec![asked.admin_email.clone()],
            language: locale.map(|locale| locale.tag().to_owned()),
            roles: RoleSet { admin: true, desks: vec![first_desk], ..RoleSet::default() },
            password_hash: Some(password::hash(&password)?),
            ..AddPerson::default()
        },
    )?;
    desk.execute_blocking(&CONSOLE, SaveTeam { id: Some(team), members: Some(vec![administrator]), ..SaveTeam::default() })?;
    let settings = desk.settings();
    let name = settings.desk(first_desk).map_or(DESK_NAME, |desk| desk.name.as_str());
    console::out(&format!("{} administers and works on the desk {name}.", asked.admin_name));
    console::out(&mailbox.map_or_else(
        || "It gets a mail address when --mail-domain is set.".to_owned(),
        |address| format!("It receives mail at {address}."),
    ));
    desk.store().close();
    Ok(())
}

fn language(tag: &str) -> Result<Locale, Failure> {
    let known = || Locale::ALL.map(Locale::tag).join(", ");
    Locale::matching(tag).ok_or_else(|| Failure::Usage(format!("the language {tag} is not known; choose one of {}", known())))
}

fn ensure_desk(desk: &ServiceDesk, name: Option<&str>) -> Result<DeskId, Failure> {
    let (name, key) = match name {
        Some(name) => (name, desks::key_from(name)),
        None => (DESK_NAME, DESK_KEY.to_owned()),
    };
    if let Some(known) = desk.settings().desks.iter().find(|known| known.key == key) {
        return Ok(known.id);
    }
    // A name in signs alone has no short form.
    let key = Some(key).filter(|key| !key.is_empty()).unwrap_or_else(|| DESK_KEY.to_owned());
    Ok(desk.execute_blocking(&CONSOLE, SaveDesk { name: Some(name.to_owned()), key: Some(key), ..SaveDesk::default() })?)
}

fn ensure_mailbox(desk: &ServiceDesk, config: &Config, first_desk: DeskId) -> Result<Option<String>, Failure> {
    let Some(domain) = &config.mail_domain else { return Ok(None) };
    first::ensure_mailboxes(desk, domain)?;
    Ok(desk.settings().mailboxes.iter().find(|mailbox| mailbox.desk == first_desk).map(|mailbox| mailbox.address.clone()))
}

fn ensure_team(desk: &ServiceDesk, first_desk: DeskId) -> Result<TeamId, Failure> {
    let settings = desk.settings();
    if let Some(known) = settings.teams.iter().find(|team| team.desk == first_desk) {
        return Ok(known.id);
    }
    let Some(of) = settings.desk(first_desk) else { return Err(Failure::Failed("the desk is gone again".to_owned())) };
    let (name, key) = (of.name.clone(), of.key.clone());
    Ok(desk.execute_blocking(&CONSOLE, SaveTeam { name: Some(name), key: Some(key), desk: Some(first_desk), ..SaveTeam::default() })?)
}
