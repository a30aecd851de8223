//! What the portal promises, through its router.

use std::sync::Arc;

use axum::Extension;
use axum::body::{Body as HttpBody, to_bytes};
use axum::http::Request;
use kernel::{Locale, MessageId, OrganisationId, PersonId, Via};
use people::Identity;
use people::desks::SaveDesk;
use people::organisation::SaveOrganisation;
use people::person::{AddPerson, RoleSet};
use people::session::rows::access_of;
use store::testing::Fixture;
use tower::ServiceExt;

use super::*;
use desk::participants::Participate;
use desk::ticket::MoveTicket;

const CONSOLE: Actor = Actor::System("console");

struct Portal {
    desk: ServiceDesk,
    _fixture: Fixture,
}

struct Page {
    status: StatusCode,
    location: String,
    text: String,
}

impl Portal {
    fn new() -> Self {
        let fixture = Fixture::sqlite();
        let desk = ServiceDesk::open(fixture.store().clone()).unwrap();
        for name in ["IT", "Guest care"] {
            desk.execute_blocking(&CONSOLE, SaveDesk { name: Some(name.to_owned()), ..SaveDesk::default() }).unwrap();
        }
        Self { desk, _fixture: fixture }
    }

    fn person(&self, name: &str, roles: RoleSet, organisation: Option<OrganisationId>) -> Caller {
        let email = format!("{}@customer.example", name.to_lowercase());
        let person = AddPerson { name: name.to_owned(), emails: vec![email], roles, organisation, ..AddPerson::default() };
        let id = self.desk.execute_blocking(&CONSOLE, person).unwrap();
        self.caller(id)
    }

    fn requester(&self, name: &str) -> Caller {
        self.person(name, RoleSet::default(), None)
    }

    fn agent(&self) -> Caller {
        let desks = vec![self.desk.settings().desks[0].id];
        self.person("Jonas", RoleSet { desks, ..RoleSet::default() }, None)
    }

    fn caller(&self, id: PersonId) -> Caller {
        let access = self.desk.store().read_blocking(move |db| access_of(db, id, Via::Console)).unwrap().unwrap();
        let words = Words::new(Locale::En, "UTC");
        Caller {
            identity: Identity { access: Arc::new(access), preferences: Arc::default(), secret_hash: String::new() },
            secret: format!("secret of {id}"),
            words,
        }
    }

    fn opened(&self, by: &Caller, title: &str) -> Ticket {
        let mut command = OpenTicket::new(title, Requester::Person(by.identity.access.person), "portal");
        command.body = Some(Body::text("The gate is red."));
        self.desk.execute_blocking(&by.actor(), command).unwrap()
    }

    fn said(&self, by: &Caller, ticket: &Ticket, note: bool, text: Body) -> MessageId {
        let message = AddMessage {
            ticket: ticket.id,
            basis: Basis::ANY,
            note,
            body: text,
            cc: Vec::new(),
            attachments: Vec::new(),
            recipients: None,
            mentions: Vec::new(),
            overtaken: false,
            channel: "web",
        };
        self.desk.execute_blocking(&by.actor(), message).unwrap().1
    }

    fn moved(&self, ticket: &Ticket, to: &str) {
        let command = MoveTicket::to(ticket.id, to);
        self.desk.execute_blocking(&CONSOLE, command).unwrap();
    }

    fn now(&self, ticket: &Ticket) -> Ticket {
        let id = ticket.id;
        self.desk.store().read_blocking(move |db| ticket::rows::by_id(db, id)).unwrap().unwrap()
    }

    fn ask(&self, caller: &Caller, request: Request<HttpBody>) -> Page {
        let app = router().layer(Extension(caller.clone())).with_state(self.desk.clone());
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        runtime.block_on(async {
            let response = app.oneshot(request).await.unwrap();
            let location = response.headers().get("location").map(|value| value.to_str().unwrap().to_owned()).unwrap_or_default();
            let status = response.status();
            let bytes = to_bytes(response.into_body(), 1_000_000).await.unwrap();
            Page { status, location, text: String::from_utf8(bytes.to_vec()).unwrap() }
        })
    }

    fn get(&self, caller: &Caller, path: &str) -> Page {
        self.ask(caller, Request::get(path).body(HttpBody::empty()).unwrap())
    }

    fn post(&self, caller: &Caller, path: &str, fields: &[(&str, &str)]) -> Page {
        let form: Vec<String> = fields.iter().map(|(name, value)| format!("{name}={}", urls::encoded(value))).collect();
        let request = Request::post(path).header("content-type", "application/x-www-form-urlencoded");
        self.ask(caller, request.body(HttpBody::from(form.join("&"))).unwrap())
    }
}

#[test]
fn notes_and_inner_facts_never_appear() {
    let portal = Portal::new();
    let (rosa, jonas) = (portal.requester("Rosa"), portal.agent());
    let ticket = portal.opened(&rosa, "Gate");
    let note = portal.said(&jonas, &ticket, true, Body::html("<p>Between us: old firmware</p>"));
    let answer = portal.said(&jonas, &ticket, false, Body::html("<p>We look at it</p>"));
    let change =
        desk::ticket::ChangeTicket { id: Some(ticket.id), assignee: Some(jonas.actor().person()), ..desk::ticket::ChangeTicket::default() };
    portal.desk.execute_blocking(&jonas.actor(), change).unwrap();
    let page = portal.get(&rosa, &urls::request(&ticket.number));
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.text.contains("The gate is red.") && page.text.contains(&urls::request_message_body(answer)), "{}", page.text);
    assert!(!page.text.contains("Between us") && !page.text.contains(&note.to_string()), "{}", page.text);
    for word in ["incident", "question", "Priority", "Assignee", "Pending", "Normal"] {
        assert!(!page.text.contains(word), "{word}");
    }
    assert_eq!(portal.get(&rosa, &urls::request_message_body(note)).status, StatusCode::NOT_FOUND);
    assert_eq!(portal.get(&rosa, &urls::request_message_body(answer)).status, StatusCode::OK);
}

#[test]
fn notes_do_not_appear_to_an_agent_either() {
    let portal = Portal::new();
    let (jonas, colleague) = (portal.agent(), portal.requester("Mei"));
    let ticket = portal.opened(&jonas, "My own laptop");
    let note = portal.said(&jonas, &ticket, true, Body::html("<p>Between us</p>"));
    assert!(!portal.get(&jonas, &urls::request(&ticket.number)).text.contains(&note.to_string()));
    assert_eq!(portal.get(&jonas, &urls::request_message_body(note)).status, StatusCode::NOT_FOUND);
    let other = portal.opened(&colleague, "Somebody else's");
    let list = portal.get(&jonas, urls::REQUESTS);
    assert!(list.text.contains(&ticket.number) && !list.text.contains(&other.number), "{}", list.text);
    assert_eq!(portal.get(&jonas, &urls::request(&other.number)).status, StatusCode::NOT_FOUND);
}

#[test]
fn a_foreign_request_is_the_same_as_none() {
    let portal = Portal::new();
    let (rosa, stranger) = (portal.requester("Rosa"), portal.requester("Eve"));
    let ticket = portal.opened(&rosa, "Gate");
    let csrf = stranger.csrf();
    let fields = [("csrf", csrf.as_str()), ("text", "Let me in")];
    let (foreign, none) = (portal.get(&stranger, &urls::request(&ticket.number)), portal.get(&stranger, &urls::request("QST-999999")));
    assert_eq!((foreign.status, &foreign.text), (none.status, &none.text));
    assert_eq!(foreign.status, StatusCode::NOT_FOUND);
    assert_eq!(portal.post(&stranger, &urls::request_reply(&ticket.number), &fields).status, StatusCode::NOT_FOUND);
    assert!(!portal.get(&stranger, urls::REQUESTS).text.contains(&ticket.number));
    assert_eq!(portal.now(&ticket).version, ticket.version);
}

#[test]
fn those_in_copy_and_managers_of_the_organisation_see_a_request() {
    let portal = Portal::new();
    let company = SaveOrganisation { name: Some("Quay Ltd".to_owned()), ..SaveOrganisation::default() };
    let organisation = portal.desk.execute_blocking(&CONSOLE, company).unwrap();
    let rosa = portal.person("Rosa", RoleSet::default(), Some(organisation));
    let manager = portal.person("Ilze", RoleSet { organisation_manager: true, ..RoleSet::default() }, Some(organisation));
    let colleague = portal.requester("Duty");
    let ticket = portal.opened(&rosa, "Gate");
    assert!(!portal.get(&colleague, urls::REQUESTS).text.contains(&ticket.number));
    let joins = Participate { ticket: ticket.id, person: "duty@customer.example".to_owned(), role: "cc", joins: true };
    portal.desk.execute_blocking(&CONSOLE, joins).unwrap();
    for reader in [&manager, &colleague] {
        let list = portal.get(reader, urls::REQUESTS);
        assert!(list.text.contains(&ticket.number) && list.text.contains("asked by Rosa"), "{}", list.text);
        assert_eq!(portal.get(reader, &urls::request(&ticket.number)).status, StatusCode::OK);
    }
}

#[test]
fn a_reply_joins_and_reopens_what_was_done() {
    let portal = Portal::new();
    let (rosa, jonas) = (portal.requester("Rosa"), portal.agent());
    let ticket = portal.opened(&rosa, "Gate");
    portal.said(&jonas, &ticket, false, Body::text("It works again."));
    portal.moved(&ticket, "resolved");
    assert!(portal.get(&rosa, &urls::request(&ticket.number)).text.contains("If you write, this request is opened again."));
    let csrf = rosa.csrf();
    let answer = portal.post(&rosa, &urls::request_reply(&ticket.number), &[("csrf", &csrf), ("text", "It does not.")]);
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    assert!(answer.location.starts_with(&format!("{}?told=sent#message-", urls::request(&ticket.number))), "{}", answer.location);
    let now = portal.now(&ticket);
    assert_eq!((now.status.as_str(), now.turn.as_str(), now.resolved_at), ("open", "us", None));
    let page = portal.get(&rosa, &urls::request(&ticket.number)).text;
    assert!(page.contains("It does not.") && page.contains("Opened again") && page.contains("We are working on it"), "{page}");
}

#[test]
fn an_agent_writes_to_their_own_request_as_the_one_who_asked() {
    let portal = Portal::new();
    let jonas = portal.agent();
    let ticket = portal.opened(&jonas, "My own laptop");
    portal.moved(&ticket, "resolved");
    let csrf = jonas.csrf();
    portal.post(&jonas, &urls::request_reply(&ticket.number), &[("csrf", &csrf), ("text", "Still slow")]);
    assert_eq!(portal.now(&ticket).turn, "us");
}

#[test]
fn what_an_agent_works_on_belongs_to_the_workspace() {
    let portal = Portal::new();
    let (rosa, jonas) = (portal.requester("Rosa"), portal.agent());
    let ticket = portal.opened(&rosa, "Gate");
    let watches = Participate { ticket: ticket.id, person: "jonas@customer.example".to_owned(), role: "watcher", joins: true };
    portal.desk.execute_blocking(&CONSOLE, watches).unwrap();
    assert!(!portal.get(&jonas, urls::REQUESTS).text.contains(&ticket.number));
    assert_eq!(portal.get(&jonas, &urls::request(&ticket.number)).location, urls::ticket(&ticket.number));
    let csrf = jonas.csrf();
    let reply = portal.post(&jonas, &urls::request_reply(&ticket.number), &[("csrf", &csrf), ("text", "As a customer")]);
    assert_eq!(reply.status, StatusCode::NOT_FOUND);
}

#[test]
fn a_reply_needs_a_text_and_a_form_of_ours() {
    let portal = Portal::new();
    let rosa = portal.requester("Rosa");
    let ticket = portal.opened(&rosa, "Gate");
    let csrf = rosa.csrf();
    let empty = portal.post(&rosa, &urls::request_reply(&ticket.number), &[("csrf", &csrf), ("text", " ")]);
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(empty.text.contains("text-refusal") && empty.text.contains("This is needed."), "{}", empty.text);
    let forged = portal.post(&rosa, &urls::request_reply(&ticket.number), &[("csrf", "guessed"), ("text", "Hello")]);
    assert_eq!(forged.status, StatusCode::FORBIDDEN);
    assert_eq!(portal.now(&ticket).version, ticket.version);
}

#[test]
fn a_new_request_is_ones_own_at_the_chosen_desk() {
    let portal = Portal::new();
    let rosa = portal.requester("Rosa");
    let page = portal.get(&rosa, urls::NEW_REQUEST).text;
    assert!(page.contains("Guest care") && page.contains("Who should answer?"), "{page}");
    let csrf = rosa.csrf();
    let fields = [("csrf", csrf.as_str()), ("desk", "guest-care"), ("title", "Lost bag"), ("body", "A blue one.")];
    let desk = portal.desk.settings().desks[1].clone();
    let fields = fields.map(|(name, value)| if name == "desk" { (name, desk.key.as_str()) } else { (name, value) });
    let made = portal.post(&rosa, urls::NEW_REQUEST, &fields);
    assert_eq!(made.status, StatusCode::SEE_OTHER, "{}", made.text);
    let number = made.location.trim_start_matches("/requests/").split('?').next().unwrap().to_owned();
    let ticket = portal.desk.store().read_blocking(move |db| ticket::rows::called(db, &number)).unwrap().unwrap();
    assert_eq!((ticket.desk, ticket.requester, ticket.channel.as_str()), (desk.id, rosa.identity.access.person, "portal"));
    let page = portal.get(&rosa, &made.location).text;
    assert!(page.contains("Lost bag") && page.contains("A blue one.") && page.contains("We have received your request."), "{page}");
    let empty = portal.post(&rosa, urls::NEW_REQUEST, &[("csrf", &csrf), ("title", ""), ("body", "kept <text>")]);
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(empty.text.contains("title-refusal") && empty.text.contains("kept &lt;text&gt;"), "{}", empty.text);
}

#[test]
fn pages_of_the_list_hold_every_request_once() {
    let portal = Portal::new();
    let rosa = portal.requester("Rosa");
    let made: Vec<String> = (0..27).map(|n| portal.opened(&rosa, &format!("Request {n}")).number).collect();
    let first = portal.get(&rosa, urls::REQUESTS).text;
    let next = first.split("href=\"/requests?cursor=").nth(1).and_then(|rest| rest.split('"').next()).unwrap();
    let second = portal.get(&rosa, &format!("/requests?cursor={next}")).text;
    for number in made {
        let link = format!("href=\"{}\"", urls::request(&number));
        assert_eq!(first.matches(&link).count() + second.matches(&link).count(), 1, "{number}");
    }
    assert!(second.contains("Newest requests") && !second.contains("?cursor="), "{second}");
}
