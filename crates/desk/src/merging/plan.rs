//! What a merge would do: who joins, who gains sight of what. The preview shows it and the merge does it, so that both are one.

use kernel::{Actor, DeskId, Message, Refusal, Result};
use people::{Settings, organisation};
use serde::Deserialize;
use store::Db;
use utoipa::ToSchema;

use super::rows::{self, Somebody};
use super::{chain, must_stand_alone};
use crate::ticket::{self, Ticket};

/// Whom a merge brings along.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum People {
    /// The requester's own people: the same person, or the same organisation.
    #[default]
    Organisation,
    /// Everybody who took part.
    All,
}

/// What becomes of the people of the merged ticket, and who sees more than before.
#[derive(Clone, Debug)]
pub struct Plan {
    /// Who joins the other ticket, and sees its conversation from then on.
    pub joining: Vec<Somebody>,
    /// Who takes part there already.
    pub there: Vec<Somebody>,
    /// Who is left out: they get no further answers.
    pub left_out: Vec<Somebody>,
    /// People of the other ticket who see the messages of the merged one from then on.
    pub readers: Vec<Somebody>,
    /// Desks whose agents see the merged ticket's messages and notes from then on.
    pub desks: Vec<DeskId>,
    /// The organisation whose managers see its messages from then on.
    pub organisation: Option<String>,
    /// Messages of the merged ticket, those among them that are inside, and its files.
    pub counts: (i64, i64, i64),
}

/// Refuses a merge that cannot be, before anything is changed or told.
pub(super) fn check(db: &mut Db<'_>, actor: &Actor, ticket: &Ticket, into: &Ticket) -> Result<()> {
    if !ticket::sees(db, actor, ticket)? {
        return Err(Refusal::NotFound.into());
    }
    ticket.must_be_worked_by(actor)?;
    if ticket.id == into.id {
        return Err(Refusal::invalid("into", Message::new("error-merge-itself")).into());
    }
    into.must_be_worked_by(actor)?;
    must_stand_alone(db, actor, ticket)?;
    if into.merged_into.is_some() && chain(db, into.id)?.contains(&ticket.id) {
        let message = Message::new("error-merge-circle").with("ticket", &ticket.number).with("into", &into.number);
        return Err(Refusal::invalid("into", message).into());
    }
    must_stand_alone(db, actor, into)
}

/// The ticket that a word names, if the actor may see it; otherwise a refusal of that field.
pub(super) fn named(db: &mut Db<'_>, actor: &Actor, field: &'static str, word: &str) -> Result<Ticket> {
    match ticket::visible(db, actor, word) {
        Err(kernel::Error::Refusal(Refusal::NotFound)) => {
            Err(Refusal::invalid(field, Message::new("error-ticket-unknown").with("ticket", word.chars().take(40).collect::<String>()))
                .into())
        }
        other => other,
    }
}

/// Plans the merge of `ticket` into the ticket that `into` names, with that ticket; refuses one that cannot be.
pub fn preview(
    db: &mut Db<'_>,
    settings: &Settings,
    actor: &Actor,
    ticket: &Ticket,
    (into, people): (&str, People),
) -> Result<(Ticket, Plan)> {
    let into = named(db, actor, "into", into)?;
    check(db, actor, ticket, &into)?;
    let plan = plan(db, settings, ticket, &into, people)?;
    Ok((into, plan))
}

pub(super) fn plan(db: &mut Db<'_>, settings: &Settings, ticket: &Ticket, into: &Ticket, people: People) -> Result<Plan> {
    let (here, there) = (rows::people_of(db, ticket.id)?, rows::people_of(db, into.id)?);
    let home = there.first().and_then(|requester| requester.organisation);
    let agents = |one: &Somebody| into.desks().any(|desk| settings.desk(desk).is_some_and(|desk| desk.agents.contains(&one.person)));
    let mut plan = Plan {
        joining: Vec::new(),
        there: Vec::new(),
        left_out: Vec::new(),
        readers: there.iter().filter(|one| here.iter().all(|other| other.person != one.person)).cloned().collect(),
        desks: into.desks().filter(|desk| ticket.desks().all(|own| own != *desk)).collect(),
        organisation: gained(db, ticket, into)?,
        counts: rows::counts(db, ticket.id)?,
    };
    dedup(&mut plan.readers);
    for one in here {
        let known = |role: &str| there.iter().any(|other| other.person == one.person && (other.role == "cc" || role == "watcher"));
        let family = one.organisation.is_some() && one.organisation == home;
        if known(&one.role) {
            plan.there.push(one);
        } else if people == People::All || family || (one.role == "watcher" && agents(&one)) {
            plan.joining.push(one);
        } else {
            plan.left_out.push(one);
        }
    }
    for list in [&mut plan.there, &mut plan.joining, &mut plan.left_out] {
        dedup(list);
    }
    Ok(plan)
}

/// Once each: whoever has copies and watches is told of as having copies.
fn dedup(list: &mut Vec<Somebody>) {
    let mut seen = Vec::new();
    list.retain(|one| {
        let new = !seen.contains(&one.person);
        seen.push(one.person);
        new
    });
}

fn gained(db: &mut Db<'_>, ticket: &Ticket, into: &Ticket) -> Result<Option<String>> {
    match into.organisation.filter(|organisation| Some(*organisation) != ticket.organisation) {
        Some(organisation) => Ok(organisation::rows::by_id(db, organisation)?.map(|organisation| organisation.name)),
        None => Ok(None),
    }
}
