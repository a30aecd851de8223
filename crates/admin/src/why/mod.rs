//! Why somebody sees a ticket or not: what each rule of the policy says, in sentences.

pub mod api;
mod told;

use std::sync::Arc;

use axum::Router;
use axum::extract::Query;
use axum::response::Response;
use axum::routing::get;
use desk::participants::rows as participants;
use desk::ticket::{self, Ticket};
use kernel::{Access, Actor, Error, PersonId, Refusal, Result, Via};
use maud::{Markup, html};
use people::organisation::{Organisation, rows as organisations};
use people::person::lists::{self, PersonLine, Wanted};
use people::person::{Person, email, rows};
use people::policy::{self, Explanation};
use people::{ServiceDesk, session};
use serde::Deserialize;
use store::Db;
use web::ApiResult;
use web::components::{Frame, icon};
use web::urls::admin as urls;

use crate::{Ask, Form, Posted, Visit, page as around};

/// People who are offered when a name fits several.
const OFFERED: usize = 8;

/// The routes of this folder.
pub(crate) fn router() -> Router<ServiceDesk> {
    Router::new().route("/admin/why", get(page))
}

#[derive(Debug, Default, Deserialize)]
struct Asked {
    person: Option<String>,
    ticket: Option<String>,
}

/// Somebody and a ticket, with everything that the sentences name.
pub(crate) struct Case {
    pub(crate) person: Person,
    /// What they may reach; none when they may not sign in.
    pub(crate) access: Option<Access>,
    pub(crate) ticket: Ticket,
    pub(crate) explanation: Explanation,
    pub(crate) works: bool,
    pub(crate) reads_notes: bool,
    /// The ticket's organisation.
    organisation: Option<Organisation>,
    requester: String,
    roles: Vec<String>,
}

impl Case {
    /// Asks the policy, with the rights that the person has now.
    pub(crate) fn ask(db: &mut Db<'_>, person: PersonId, ticket: Ticket) -> Result<Self> {
        let person = rows::by_id(db, person)?.ok_or(Refusal::NotFound)?;
        let access = session::rows::access_of(db, person.id, Via::Console)?;
        let explanation = match &access {
            Some(access) => {
                let actor = Actor::Person(Arc::new(access.clone()));
                let takes_part = |who| participants::takes_part(db, ticket.id, who);
                policy::visible_to(&actor).explain(&ticket.reach(), takes_part)?
            }
            // Who may not sign in sees nothing, whatever the rules would say.
            None => Explanation { findings: Vec::new() },
        };
        let actor = access.clone().map(|access| Actor::Person(Arc::new(access)));
        let organisation = ticket.organisation.map(|id| organisations::by_id(db, id)).transpose()?.flatten();
        let requester = ticket::rows::name_of(db, ticket.requester)?;
        let parts = participants::of_ticket(db, ticket.id)?.into_iter().filter(|one| one.person == person.id);
        Ok(Self {
            works: actor.as_ref().is_some_and(|actor| explanation.allows() && ticket.is_worked_by(actor)),
            reads_notes: actor.as_ref().is_some_and(|actor| explanation.allows() && ticket.shows_inside_to(actor)),
            roles: parts.map(|one| one.role).collect(),
            organisation,
            requester,
            person,
            access,
            ticket,
            explanation,
        })
    }
}

/// What came of the two words.
enum Found {
    Nothing,
    Case(Box<Case>),
    /// A name that fits several.
    Several(Vec<PersonLine>),
    NoPerson,
    NoTicket,
}

/// Somebody by id, address or the beginning of a name.
fn person_called(db: &mut Db<'_>, word: &str) -> Result<std::result::Result<PersonId, Vec<PersonLine>>> {
    if let Ok(id) = word.parse::<PersonId>()
        && rows::by_id(db, id)?.is_some()
    {
        return Ok(Ok(id));
    }
    if let Some(id) = email::normalise(word).map(|address| rows::id_of(db, &address)).transpose()?.flatten() {
        return Ok(Ok(id));
    }
    let wanted = Wanted { words: word.chars().take(100).collect(), ..Wanted::default() };
    let several = lists::page(db, &wanted, None, OFFERED)?;
    Ok(match several.as_slice() {
        [only] => Ok(only.id),
        _ => Err(several),
    })
}

fn find(db: &mut Db<'_>, actor: &Actor, asked: &Asked) -> Result<Found> {
    let word = |text: &Option<String>| text.as_deref().map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned);
    let (Some(person), Some(number)) = (word(&asked.person), word(&asked.ticket)) else { return Ok(Found::Nothing) };
    let person = match person_called(db, &person)? {
        Ok(person) => person,
        Err(several) if several.is_empty() => return Ok(Found::NoPerson),
        Err(several) => return Ok(Found::Several(several)),
    };
    match ticket::visible(db, actor, &number) {
        Ok(ticket) => Ok(Found::Case(Box::new(Case::ask(db, person, ticket)?))),
        Err(Error::Refusal(Refusal::NotFound)) => Ok(Found::NoTicket),
        Err(error) => Err(error),
    }
}

async fn page(visit: Visit, Query(asked): Query<Asked>) -> ApiResult<Response> {
    let actor = visit.actor();
    let (found, asked) = visit.read(move |db, _| Ok((find(db, &actor, &asked)?, asked))).await?;
    Ok(Visit::html(&around(&visit.frame, "why", &html! {}, &content(&visit, &asked, &found))))
}

fn content(visit: &Visit, asked: &Asked, found: &Found) -> Markup {
    let (frame, words) = (&visit.frame, visit.words());
    let number = asked.ticket.as_deref().unwrap_or_default();
    // An id in the address is shown as who it is.
    let person = match found {
        Found::Case(case) => case.person.emails.first().cloned().unwrap_or_default(),
        _ => asked.person.clone().unwrap_or_default(),
    };
    let values = Posted::default().with("person", person).with("ticket", number);
    let form = Form::new(frame, &values, true);
    html! {
        form.settings-form method="get" action=(urls::WHY) {
            div.field-pair {
                (form.line(&Ask::new("person", words.t("admin-why-person")).help(words.t("admin-why-person-help")).required()))
                (form.line(&Ask::new("ticket", words.t("admin-why-ticket")).help(words.t("admin-why-ticket-help")).required()))
            }
            div.form-end { button.button.primary.large type="submit" { (words.t("admin-why-ask")) } }
        }
        div.why-answer role="status" {
            @match found {
                Found::Nothing => {}
                Found::NoPerson => p.banner.doubt { (icon("circle-alert")) span { (words.t("admin-why-no-person")) } }
                Found::NoTicket => p.banner.doubt { (icon("circle-alert")) span { (words.t("admin-why-no-ticket")) } }
                Found::Several(several) => (choices(several, number, frame))
                Found::Case(case) => (told::answer(case, visit))
            }
        }
    }
}

fn choices(several: &[PersonLine], number: &str, frame: &Frame) -> Markup {
    let words = &frame.words;
    html! {
        h2 { (words.t("admin-why-several")) }
        ul.lines {
            @for line in several {
                li { div { a href=(urls::why(line.id, Some(number))) { b { (line.name) } } small { (line.email) } } }
            }
        }
    }
}
