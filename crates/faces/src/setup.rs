//! The doors of the set-up: what was filled in is kept after each page, everything is founded at the end, and a first ticket teaches.

use std::sync::Arc;

use axum::Router;
use axum::extract::{Extension, Form, Query, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum::routing::get;
use desk::conversation::{Body, BodyFormat};
use desk::ticket::{OpenTicket, Requester};
use kernel::{Actor, Error, Message, PersonId, Refusal, Result, Via};
use people::ServiceDesk;
use people::http::SiteSettings;
use people::once::{self, Purpose};
use people::pages::{Peer, browser_of, hashed, theme_of, with_session};
use people::person::email;
use people::setup::{self, DeskDraft, Draft, FoundDesk, Founded, STEWARD, TeamDraft, You};
use serde::Deserialize;
use web::components::Frame;
use web::pages::{SETUP_KINDS, SetupPage, SetupStep, kind_categories, kind_words, setup_links, setup_page};
use web::{ApiResult, Words, cookies, reader_of, urls};

/// Most colleagues that are invited at once.
const COLLEAGUES_MAX: usize = 30;

/// What a page can send, but for the password.
const FIELDS: [&str; 9] = ["name", "email", "time_zone", "kind", "company", "mailbox", "team", "colleagues", "code"];

/// The routes of the set-up.
pub fn router() -> Router<ServiceDesk> {
    Router::new().route(urls::SET_UP, get(page).post(fill))
}

type Parts = (State<ServiceDesk>, Extension<Arc<SiteSettings>>, Peer, HeaderMap);
type Fields = Vec<(String, String)>;
type Refusals = Vec<(String, String)>;

struct Visit {
    desk: ServiceDesk,
    site: Arc<SiteSettings>,
    peer: Peer,
    headers: HeaderMap,
    frame: Frame,
}

/// As long as there is nobody; afterwards there is nothing here.
async fn visit((State(desk), Extension(site), peer, headers): Parts) -> Result<Visit> {
    if !setup::is_open(&desk).await? {
        return Err(Refusal::NotFound.into());
    }
    let frame = Frame::visitor(reader_of(&headers), theme_of(&headers), urls::SET_UP, desk.clock().now());
    Ok(Visit { desk, site, peer, headers, frame })
}

impl Visit {
    /// What whoever showed the code has filled in, with their secret.
    async fn draft(&self) -> Result<Option<(String, Draft)>> {
        let Some(secret) = cookies::find(&self.headers, cookies::SET_UP) else { return Ok(None) };
        Ok(setup::draft(&self.desk, secret).await?.map(|draft| (secret.to_owned(), draft)))
    }
    fn shown(&self, step: SetupStep, draft: &Draft, refusals: Refusals) -> Response {
        self.shown_with(step, draft, (values(draft, step, &self.frame.words), refusals))
    }
    fn shown_with(&self, step: SetupStep, draft: &Draft, (values, refusals): (Vec<(&'static str, String)>, Refusals)) -> Response {
        let status = if refusals.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
        let page = SetupPage {
            step,
            values,
            refusals,
            zones: if step == SetupStep::You { kernel::zones() } else { Vec::new() },
            has_password: draft.you.as_ref().is_some_and(|you| !you.password_hash.is_empty()),
        };
        (status, Html(setup_page(&page, &self.frame).into_string())).into_response()
    }
}

#[derive(Debug, Deserialize)]
struct Asked {
    step: Option<String>,
}

async fn page(parts: Parts, Query(asked): Query<Asked>) -> ApiResult<Response> {
    let visit = visit(parts).await?;
    let Some((_, draft)) = visit.draft().await? else {
        return Ok(visit.shown(SetupStep::Code, &Draft::default(), Vec::new()));
    };
    let wanted = asked.step.as_deref().and_then(SetupStep::by_word).filter(|step| *step != SetupStep::Code);
    let next = missing(&draft);
    // Nobody skips a page, but everybody may go back.
    Ok(visit.shown(wanted.filter(|step| *step <= next).unwrap_or(next), &draft, Vec::new()))
}

/// The first page that is not filled in.
fn missing(draft: &Draft) -> SetupStep {
    match draft {
        Draft { you: None, .. } => SetupStep::You,
        Draft { desk: None, .. } => SetupStep::Desk,
        Draft { mailbox: None, .. } => SetupStep::Mailbox,
        Draft { team: None, .. } => SetupStep::Team,
        _ => SetupStep::Ready,
    }
}

fn values(draft: &Draft, step: SetupStep, words: &Words) -> Vec<(&'static str, String)> {
    let (you, desk, team) =
        (draft.you.clone().unwrap_or_default(), draft.desk.clone().unwrap_or_default(), draft.team.clone().unwrap_or_default());
    match step {
        SetupStep::Code => Vec::new(),
        SetupStep::You => vec![("name", you.name), ("email", you.email), ("time_zone", you.time_zone)],
        SetupStep::Desk => vec![("kind", desk.kind), ("name", desk.name), ("company", desk.company)],
        SetupStep::Mailbox => vec![("mailbox", draft.mailbox.clone().unwrap_or_default())],
        SetupStep::Team => vec![("team", team.name), ("colleagues", team.colleagues.join("\n"))],
        SetupStep::Ready => {
            let team = if team.colleagues.is_empty() { team.name } else { format!("{}: {}", team.name, team.colleagues.join(", ")) };
            let of = words.with("setup-desk-of", &[("desk", &desk.name), ("company", &desk.company)]);
            vec![
                ("you", format!("{}, {}", you.name, you.email)),
                ("desk", of),
                ("mailbox", draft.mailbox.clone().unwrap_or_default()),
                ("team", team),
            ]
        }
    }
}

fn of<'a>(fields: &'a Fields, name: &str) -> &'a str {
    fields.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value.trim())
}

async fn fill(parts: Parts, Form(fields): Form<Fields>) -> ApiResult<Response> {
    let visit = visit(parts).await?;
    let step = SetupStep::by_word(of(&fields, "step")).unwrap_or(SetupStep::Code);
    if step == SetupStep::Code {
        return enter(&visit, of(&fields, "code")).await;
    }
    let Some((secret, mut draft)) = visit.draft().await? else { return Ok(Redirect::to(urls::SET_UP).into_response()) };
    if step == SetupStep::Ready {
        return found(&visit, draft).await;
    }
    if let Err(error) = fill_in(&visit, step, &fields, &mut draft).await {
        return match error {
            Error::Refusal(Refusal::Invalid(errors)) => {
                let told = errors.into_iter().map(|error| (error.field, visit.frame.words.message(&error.message)));
                // What was typed stays; a password is typed again.
                let typed = FIELDS.into_iter().map(|name| (name, of(&fields, name).to_owned())).collect();
                Ok(visit.shown_with(step, &draft, (typed, told.collect())))
            }
            error => Err(error.into()),
        };
    }
    setup::keep(&visit.desk, &secret, &draft).await?;
    let next = SetupStep::COUNTED.into_iter().find(|one| *one > step).unwrap_or(SetupStep::Ready).min(missing(&draft));
    Ok(Redirect::to(&urls::with_query(urls::SET_UP, &[("step", next.word())])).into_response())
}

async fn enter(visit: &Visit, code: &str) -> ApiResult<Response> {
    match setup::enter(&visit.desk, code).await? {
        Some(secret) => {
            let mut response = Redirect::to(urls::SET_UP).into_response();
            response.headers_mut().append(header::SET_COOKIE, cookies::set_up(Some(&secret)));
            Ok(response)
        }
        None => {
            let text = visit.frame.words.t("setup-code-wrong");
            Ok(visit.shown(SetupStep::Code, &Draft::default(), vec![("code".to_owned(), text)]))
        }
    }
}

/// What was filled in, put into the draft; what is refused stays on the page.
async fn fill_in(visit: &Visit, step: SetupStep, fields: &Fields, draft: &mut Draft) -> Result<()> {
    let words = &visit.frame.words;
    match step {
        SetupStep::You => draft.you = Some(filled_you(words, fields, draft).await?),
        SetupStep::Desk => {
            let kind = SETUP_KINDS.iter().map(|(kind, _)| *kind).find(|kind| *kind == of(fields, "kind")).unwrap_or("other");
            let name = Some(of(fields, "name")).filter(|name| !name.is_empty()).map_or_else(|| kind_words(kind, words).0, str::to_owned);
            let company = needed("company", of(fields, "company"))?;
            draft.desk = Some(DeskDraft { company, kind: kind.to_owned(), name, categories: kind_categories(kind, words) });
        }
        SetupStep::Mailbox => {
            let typed = of(fields, "mailbox");
            draft.mailbox = Some(if typed.is_empty() { String::new() } else { address("mailbox", typed)? });
        }
        SetupStep::Team => {
            let own = draft.you.as_ref().map(|you| you.email.clone());
            let mut colleagues = Vec::new();
            let typed = of(fields, "colleagues");
            for one in typed.split([',', ';', '\n', ' ']).map(str::trim).filter(|one| !one.is_empty()) {
                let one = address("colleagues", one)?;
                if colleagues.len() >= COLLEAGUES_MAX {
                    return Err(Refusal::invalid("colleagues", Message::new("error-list-max").with("max", COLLEAGUES_MAX)).into());
                }
                if Some(&one) != own.as_ref() && !colleagues.contains(&one) {
                    colleagues.push(one);
                }
            }
            let name = Some(of(fields, "team")).filter(|name| !name.is_empty()).map_or_else(|| words.t("setup-team-usual"), str::to_owned);
            draft.team = Some(TeamDraft { name, colleagues });
        }
        SetupStep::Code | SetupStep::Ready => {}
    }
    Ok(())
}

async fn filled_you(words: &Words, fields: &Fields, draft: &Draft) -> Result<You> {
    let kept = draft.you.as_ref().map(|you| you.password_hash.clone()).unwrap_or_default();
    let typed = fields.iter().find(|(name, _)| name == "password").map(|(_, value)| value.as_str());
    let (name, email) = (needed("name", of(fields, "name"))?, address("email", of(fields, "email"))?);
    let zone = of(fields, "time_zone");
    let password_hash = match typed {
        Some(typed) => hashed(typed).await?,
        None if kept.is_empty() => return Err(Refusal::invalid("password", Message::new("error-needed")).into()),
        None => kept,
    };
    let time_zone = if kernel::zone_exists(zone) { zone.to_owned() } else { "UTC".to_owned() };
    Ok(You { name, email, password_hash, language: words.locale().tag().to_owned(), time_zone })
}

fn needed(field: &'static str, text: &str) -> Result<String> {
    if text.is_empty() { Err(Refusal::invalid(field, Message::new("error-needed")).into()) } else { Ok(text.to_owned()) }
}

fn address(field: &'static str, text: &str) -> Result<String> {
    email::normalise(text).ok_or_else(|| Refusal::invalid(field, Message::new("error-email-invalid")).into())
}

async fn found(visit: &Visit, draft: Draft) -> ApiResult<Response> {
    if missing(&draft) != SetupStep::Ready {
        return Ok(Redirect::to(urls::SET_UP).into_response());
    }
    let found = FoundDesk { draft, browser: browser_of(&visit.peer, &visit.headers) };
    let founded = match visit.desk.execute(&STEWARD, found).await {
        Err(Error::Refusal(Refusal::Invalid(errors))) => {
            let text = errors.first().map(|error| visit.frame.words.message(&error.message)).unwrap_or_default();
            let (_, draft) = visit.draft().await?.unwrap_or_default();
            return Ok(visit.shown(SetupStep::Ready, &draft, vec![(String::new(), text)]));
        }
        other => other?,
    };
    if let Err(error) = teach(visit, founded.person).await {
        tracing::warn!(%error, "the first ticket could not be opened");
    }
    let links = invited(visit, &founded).await;
    let response = if links.is_empty() {
        Redirect::to(urls::DESK).into_response()
    } else {
        Html(setup_links(&links, &visit.frame).into_string()).into_response()
    };
    let mut response = with_session(response, &founded.signed_in);
    response.headers_mut().append(header::SET_COOKIE, cookies::set_up(None));
    Ok(response)
}

/// Invites the colleagues; where the desk has no mailbox, the links are for the administrator to hand over.
async fn invited(visit: &Visit, founded: &Founded) -> Vec<(String, String)> {
    let mut links = Vec::new();
    for colleague in founded.colleagues.iter().copied() {
        let invited = once::invite(&visit.desk, &STEWARD, colleague).await;
        let record = visit.desk.read(move |db| people::person::rows::by_id(db, colleague)).await;
        match (invited, record) {
            (Ok(invited), Ok(Some(person))) if !invited.mailed => {
                let email = person.emails.into_iter().next().unwrap_or_default();
                links.push((email, once::link(&visit.site.base_url, Purpose::Invitation, &invited.secret)));
            }
            (Err(error), _) => tracing::warn!(%error, "a colleague could not be invited"),
            _ => {}
        }
    }
    links
}

/// A first ticket: what can be done with it stands in it.
async fn teach(visit: &Visit, person: PersonId) -> Result<()> {
    let access = visit.desk.read(move |db| people::session::rows::access_of(db, person, Via::Console)).await?;
    let access = access.ok_or_else(|| Error::internal("the administrator is gone"))?;
    let words = &visit.frame.words;
    let requester = Requester::Address { email: access.email.clone(), name: String::new() };
    let mut open = OpenTicket::new(words.t("setup-first-title"), requester, "web");
    open.body = Some(Body::written(&words.t("setup-first-text").replace(" | ", "\n\n"), BodyFormat::Text)?);
    open.assignee = Some(person);
    open.language = Some(words.locale());
    visit.desk.execute(&Actor::Person(Arc::new(access)), open).await?;
    Ok(())
}
