//! The company whose desk is measured: 4 desks, 20 teams, 200 agents, 50,000 people who ask, of 500 organisations.

use kernel::{Actor, CategoryId, DeskId, Error, OrganisationId, PersonId, Result, SessionId, TeamId, Via};
use people::desks::{AddCategory, AddMailbox, SaveDesk};
use people::organisation::SaveOrganisation;
use people::person::{AddPerson, RoleSet};
use people::team::SaveTeam;
use people::token::AddToken;
use people::{Command, Context, ServiceDesk, session};

/// Who is written as the author of what sets the company up.
pub(crate) const BENCH: Actor = Actor::System("bench");
const DESKS: [(&str, &str, &[&str]); 4] = [
    ("it", "IT", &["network", "workplace", "identity", "applications", "servers", "security", "telephony", "field-service"]),
    ("care", "Customer care", &["bookings", "refunds", "complaints", "groups", "freight", "loyalty"]),
    ("hr", "HR", &["payroll", "hiring", "learning"]),
    ("finance", "Finance", &["payables", "receivables", "travel"]),
];
const CATEGORIES: usize = 12;
const AGENTS_PER_TEAM: usize = 10;
const ORGANISATIONS: usize = 500;
const AT_ONCE: usize = 2_000;
const GIVEN: [&str; 16] =
    ["Rosa", "Linh", "Andrei", "Ilze", "Mei", "Jonas", "Deniz", "Hanna", "Oleg", "Ioana", "Duc", "Wei", "Marta", "Peter", "Aisha", "Tomas"];
const FAMILY: [&str; 16] = [
    "Marin", "Nguyen", "Popescu", "Ozola", "Chen", "Berg", "Aydin", "Lind", "Petrov", "Ionescu", "Tran", "Zhang", "Kalns", "Hughes",
    "Khan", "Novak",
];

/// Runs a closure as one command.
struct Run<F>(F);

impl<F, T> Command for Run<F>
where
    F: FnOnce(&mut Context<'_, '_>) -> Result<T> + Send + 'static,
    T: Send + 'static,
{
    type Receipt = T;
    fn run(self, cx: &mut Context<'_, '_>) -> Result<T> {
        (self.0)(cx)
    }
}

fn run<T: Send + 'static>(service: &ServiceDesk, job: impl FnOnce(&mut Context<'_, '_>) -> Result<T> + Send + 'static) -> Result<T> {
    service.execute_blocking(&BENCH, Run(job))
}

/// Somebody who asks.
#[derive(Clone)]
pub(crate) struct Requester {
    pub(crate) id: PersonId,
    pub(crate) organisation: Option<OrganisationId>,
    pub(crate) name: String,
    pub(crate) email: String,
}

/// A team with those who work in it.
pub(crate) struct Team {
    pub(crate) id: TeamId,
    pub(crate) key: String,
    pub(crate) agents: Vec<Actor>,
}

/// A desk.
pub(crate) struct Desk {
    pub(crate) id: DeskId,
    pub(crate) mailbox: String,
    pub(crate) teams: Vec<Team>,
    pub(crate) categories: Vec<CategoryId>,
}

/// Everybody.
pub(crate) struct Company {
    pub(crate) desks: Vec<Desk>,
    pub(crate) requesters: Vec<Requester>,
    pub(crate) administrator: PersonId,
}

/// How somebody comes in.
pub(crate) struct Keys {
    pub(crate) token: String,
    pub(crate) session: String,
}

impl Company {
    /// Sets it up, in stages: each needs the configuration that the one before has left.
    pub(crate) fn found(service: &ServiceDesk, requesters: usize) -> Result<Self> {
        let ids = run(service, add_desks)?;
        let mut desks = Vec::new();
        for (id, (key, _, teams)) in ids.into_iter().zip(DESKS) {
            let (mailbox, categories) = run(service, move |cx| equip(cx, id, key))?;
            let mut staffed = Vec::new();
            for team in teams {
                let people = run(service, move |cx| add_agents(cx, id, team))?;
                let found = run(service, move |cx| add_team(cx, id, team, people))?;
                staffed.push(found);
            }
            desks.push(Desk { id, mailbox, teams: staffed, categories });
        }
        let administrator = run(service, add_administrator)?;
        run(service, add_organisations)?;
        let mut known = Vec::with_capacity(requesters);
        while known.len() < requesters {
            let (from, to) = (known.len(), requesters.min(known.len() + AT_ONCE));
            known.extend(run(service, move |cx| add_requesters(cx, from, to))?);
        }
        Ok(Self { desks, requesters: known, administrator })
    }
}

/// A token and a session of a person.
pub(crate) fn keys_of(service: &ServiceDesk, person: PersonId) -> Result<Keys> {
    run(service, move |cx| {
        let (_, token) = AddToken { person, name: "bench".to_owned() }.run(cx)?;
        let session = session::fresh_secret();
        let (id, expires) = (SessionId(cx.tx.id()), cx.now() + session::SESSION_IDLE);
        let (secret_hash, expires_at) = (session::secret_hash(&session), expires);
        let new = session::rows::New { id, person, secret_hash: &secret_hash, client: "bench", network: "127.0.0.1", expires_at };
        session::rows::insert(cx.tx, &new)?;
        Ok(Keys { token, session })
    })
}

fn name(n: usize) -> String {
    let part = |list: &[&str; 16], n: usize| list.get(n % 16).copied().unwrap_or_default().to_owned();
    format!("{} {}", part(&GIVEN, n), part(&FAMILY, n / 16))
}

fn add_desks(cx: &mut Context<'_, '_>) -> Result<Vec<DeskId>> {
    let save = |(key, name, _): (&str, &str, _)| SaveDesk { key: Some(key.to_owned()), name: Some(name.to_owned()), ..SaveDesk::default() };
    DESKS.into_iter().map(|desk| save(desk).run(cx)).collect()
}

fn equip(cx: &mut Context<'_, '_>, desk: DeskId, key: &str) -> Result<(String, Vec<CategoryId>)> {
    let mailbox = format!("{key}@bench.example");
    AddMailbox { desk, address: mailbox.clone() }.run(cx)?;
    let mut categories = Vec::new();
    for n in 1..=CATEGORIES {
        categories.push(AddCategory { desk, path: format!("Topic {n}") }.run(cx)?);
    }
    Ok((mailbox, categories))
}

fn add_agents(cx: &mut Context<'_, '_>, desk: DeskId, team: &str) -> Result<Vec<PersonId>> {
    let add = |n: usize| AddPerson {
        name: name(n * 7 + team.len()),
        emails: vec![format!("{team}-{n}@bench.example")],
        language: Some("en".to_owned()),
        time_zone: Some("Europe/Riga".to_owned()),
        roles: RoleSet { desks: vec![desk], ..RoleSet::default() },
        ..AddPerson::default()
    };
    (0..AGENTS_PER_TEAM).map(|n| add(n).run(cx)).collect()
}

fn add_team(cx: &mut Context<'_, '_>, desk: DeskId, key: &str, members: Vec<PersonId>) -> Result<Team> {
    let mut agents = Vec::new();
    for person in &members {
        let access = session::rows::access_of(cx.tx, *person, Via::Session(SessionId(1)))?;
        agents.push(Actor::Person(access.ok_or_else(|| Error::internal("an agent who was just added is missing"))?.into()));
    }
    let save =
        SaveTeam { key: Some(key.to_owned()), name: Some(key.to_owned()), desk: Some(desk), members: Some(members), ..SaveTeam::default() };
    Ok(Team { id: save.run(cx)?, key: key.to_owned(), agents })
}

fn add_administrator(cx: &mut Context<'_, '_>) -> Result<PersonId> {
    let roles = RoleSet { admin: true, ..RoleSet::default() };
    AddPerson { name: "Administrator".to_owned(), emails: vec!["admin@bench.example".to_owned()], roles, ..AddPerson::default() }.run(cx)
}

fn add_organisations(cx: &mut Context<'_, '_>) -> Result<()> {
    for n in 0..ORGANISATIONS {
        let save = SaveOrganisation {
            name: Some(format!("Company {n}")),
            domains: Some(vec![format!("company-{n}.example")]),
            ..SaveOrganisation::default()
        };
        save.run(cx)?;
    }
    Ok(())
}

fn add_requesters(cx: &mut Context<'_, '_>, from: usize, to: usize) -> Result<Vec<Requester>> {
    let mut requesters = Vec::with_capacity(to - from);
    for n in from..to {
        requesters.push(add_requester(cx, n)?);
    }
    Ok(requesters)
}

fn add_requester(cx: &mut Context<'_, '_>, n: usize) -> Result<Requester> {
    let (name, email) = (name(n), format!("person-{n}@company-{}.example", n % ORGANISATIONS));
    let id = AddPerson { name: name.clone(), emails: vec![email.clone()], ..AddPerson::default() }.run(cx)?;
    let organisation = people::person::rows::by_id(cx.tx, id)?.and_then(|person| person.organisation);
    Ok(Requester { id, organisation, name, email })
}
