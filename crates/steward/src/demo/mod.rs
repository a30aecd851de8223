//! The sample company that `serve --demo` fills a fresh data directory with: written by hand, the same every time, told relative to
//! the day on which it is opened. Everything goes through the commands that people use, in the order in which it happened, so that
//! the journal, the numbers and the times are those of a desk that has worked for three months.

mod canned;
mod company;
mod fields;
mod files;
mod macros;
mod plan;
mod practices;
mod tell;
#[cfg(test)]
mod tests;
mod texts;
mod views;

use desk::seen;
use kernel::{Actor, Error, Result, Span, Stamp};
use people::service_desk::rows::set_value;
use people::{Context, ServiceDesk, Settings, person};
use store::cursor;

use company::World;
use tell::Teller;
use texts::Tale;

/// The password of everybody in the sample company.
pub const PASSWORD: &str = "brackwater-ferries";

/// The setting that marks a data directory as a demo.
const MARK: &str = "demo";
/// The part of Steward that the journal names as the author of what no person did.
const DEMO: Actor = Actor::System("demo");
/// The reactors that write to people, by the names of their cursors; they begin after what the demo tells.
const SENDERS: [&str; 1] = ["mail_queue"];
/// When the company set its service desk up; older than the oldest conversation.
const FOUNDED_BEFORE: Span = Span::days(91);
/// What is younger, its agents have not read yet.
const READ_BEFORE: Span = Span::hours(4);
/// Who is named on the console: an administrator, an agent and a requester.
const SHOWN: [(&str, &str); 3] = [("administrator", "tomas"), ("agent", "jonas"), ("requester", "rosa")];

/// What the demo holds, for the console.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DemoSummary {
    /// Whether it was filled just now; otherwise it had been before.
    pub filled: bool,
    /// Persons.
    pub people: usize,
    /// Desks.
    pub desks: usize,
    /// Tickets.
    pub tickets: usize,
    /// Messages on them.
    pub messages: usize,
    /// The password of everybody.
    pub password: &'static str,
    /// Whom to sign in as.
    pub sign_ins: Vec<SignIn>,
}

/// Somebody of the sample company to sign in as.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignIn {
    /// administrator, agent or requester.
    pub role: &'static str,
    /// Name.
    pub name: String,
    /// Address to sign in with.
    pub email: String,
}

/// Whether this data directory holds the sample company.
#[must_use]
pub fn is_demo(settings: &Settings) -> bool {
    settings.value(MARK) == Some("1")
}

/// Fills a fresh data directory, in one transaction: a start that is killed leaves it fresh. One that was filled before stays as it is.
/// Nobody is sent mail for what it tells: start the reactors afterwards.
///
/// # Errors
/// When the data directory holds another service desk, or the database fails.
pub async fn fill(desk: &ServiceDesk) -> Result<DemoSummary> {
    let tale = Tale::read()?;
    let mut summary = summary(&tale)?;
    if is_demo(&desk.settings()) {
        return Ok(summary);
    }
    let hashed = tokio::task::spawn_blocking(|| person::password::hash(PASSWORD)).await;
    let password = hashed.map_err(|error| Error::internal(format!("the demo's password: {error}")))??;
    let (now, own) = (desk.clock().now(), desk.clone());
    summary.filled = desk.run(&DEMO, move |cx| tell_all(cx, &own, &tale, (&password, now))).await?;
    Ok(summary)
}

fn tell_all(cx: &mut Context<'_, '_>, desk: &ServiceDesk, tale: &Tale, (password, now): (&str, Stamp)) -> Result<bool> {
    // Two nodes may be started at once: the second waits here and then finds the mark.
    cx.tx.lock(MARK)?;
    let found = Settings::load(cx.tx)?;
    if is_demo(&found) {
        return Ok(false);
    }
    if !found.desks.is_empty() || !found.staff.is_empty() {
        return Err(Error::internal("this data directory already holds a service desk; --demo needs a fresh one (--data-dir DIR)"));
    }
    cx.tx.set_now(now - FOUNDED_BEFORE);
    let world = World::found(cx, tale, password)?;
    let administrator = world.person(&tale.extras.administrator)?.actor.clone();
    let mut teller = Teller::new(tale, world);
    for step in plan::plan(tale, now) {
        teller.tell(cx, &step)?;
    }
    cx.tx.set_now(now);
    practices::set_up(cx, desk, &administrator)?;
    // The agents have kept up until this morning: what is new stands out.
    for person in Settings::load(cx.tx)?.staff.keys() {
        seen::rows::caught_up(cx.tx, *person, now - READ_BEFORE)?;
    }
    set_value(cx.tx, MARK, "1")?;
    set_value(cx.tx, "company", &tale.company.company.name)?;
    cx.append(&journal::Fact::SettingChanged { key: MARK.to_owned() })?;
    // Nobody has read anything yet, so what there is to read is where the journal ends.
    let end = journal::lag(cx.tx, MARK)?;
    for reactor in SENDERS {
        cursor::set(cx.tx, reactor, end)?;
    }
    cx.reconfigure()?;
    Ok(true)
}

fn summary(tale: &Tale) -> Result<DemoSummary> {
    let everybody = || tale.company.agent.iter().map(|one| &one.who).chain(tale.company.requester.iter().map(|one| &one.who));
    let sign_in = |(role, key): (&'static str, &str)| {
        let who = everybody().find(|who| who.key == key).ok_or_else(|| unknown("person", key))?;
        Ok(SignIn { role, name: who.name.clone(), email: who.email.clone() })
    };
    Ok(DemoSummary {
        filled: false,
        people: everybody().count(),
        desks: tale.company.desk.len(),
        tickets: tale.stories.len(),
        messages: tale.stories.iter().map(|story| story.text.message.len()).sum(),
        password: PASSWORD,
        sign_ins: SHOWN.into_iter().map(sign_in).collect::<Result<_>>()?,
    })
}

fn unknown(what: &str, key: &str) -> Error {
    Error::internal(format!("the demo names a {what} that it does not have: {key}"))
}
