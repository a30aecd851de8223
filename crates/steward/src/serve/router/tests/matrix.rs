//! The access matrix, made from the policy's table (which another test compares with the router): every route, every role, one's own
//! ticket and somebody else's.

use axum::body::to_bytes;
use axum::http::{Method, Request};
use desk::conversation::Body as Text;
use desk::ticket::{OpenTicket, Requester};
use kernel::{Actor, DeskId, PersonId};
use people::desks::SaveDesk;
use people::person::{AddPerson, RoleSet, password};
use people::policy::{Guard, RouteRule};
use people::session::{Browser, SignIn};
use people::token::AddToken;
use store::testing::Fixture;
use tower::ServiceExt;
use web::{cookies, csrf};

use super::*;
use crate::config::Config;

const BASE: &str = "http://127.0.0.1:7070";
const STEWARD: Actor = Actor::System("test");
const NOBODYS_NUMBER: &str = "INC-999999";
const NOBODYS_ID: &str = "999999";

/// Somebody with both ways to be known.
struct Persona {
    role: &'static str,
    token: String,
    session: String,
}

struct House {
    _fixture: Fixture,
    app: Router,
    personas: Vec<Persona>,
    number: String,
    message: String,
}

struct Told {
    status: u16,
    location: String,
    body: String,
}

/// The guards as they are meant, written apart from the code that applies them.
fn admitted(guard: Guard, role: &str) -> bool {
    match guard {
        Guard::Anyone => true,
        Guard::SignedIn => role != "anonymous",
        Guard::Staff => ["agent", "other agent", "admin", "auditor"].contains(&role),
        Guard::Admin => role == "admin",
        Guard::AdminOrAuditor => ["admin", "auditor"].contains(&role),
    }
}

impl House {
    fn new() -> Self {
        let fixture = Fixture::sqlite();
        let desk = ServiceDesk::open(fixture.store().clone()).unwrap();
        let [it, hr] =
            ["IT", "HR"].map(|name| desk.execute_blocking(&STEWARD, SaveDesk { name: Some(name.into()), ..SaveDesk::default() }).unwrap());
        let hash = password::hash("correct horse battery staple").unwrap();
        let roles = [
            ("requester", RoleSet::default()),
            ("other requester", RoleSet::default()),
            ("agent", works_on(it)),
            ("other agent", works_on(hr)),
            ("auditor", RoleSet { auditor: true, ..RoleSet::default() }),
            ("admin", RoleSet { admin: true, ..RoleSet::default() }),
        ];
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let mut requester = None;
        let mut personas = vec![Persona { role: "anonymous", token: String::new(), session: String::new() }];
        for (role, roles) in roles {
            let emails = vec![format!("{}@{}.example", role.replace(' ', "."), role.replace(' ', "-"))];
            let person = desk
                .execute_blocking(&STEWARD, AddPerson { emails, roles, password_hash: Some(hash.clone()), ..AddPerson::default() })
                .unwrap();
            requester.get_or_insert(person);
            personas.push(known(&desk, role, person, &hash));
        }
        let mut open = OpenTicket::new("The gates stay shut", Requester::Person(requester.unwrap()), "api");
        (open.desk, open.body) = (Some(it), Some(Text::text("Since seven.")));
        let ticket = desk.execute_blocking(&STEWARD, open).unwrap();
        let id = ticket.id;
        let messages = desk.store().read_blocking(move |db| desk::conversation::rows::of_ticket(db, id, true, 0, 1)).unwrap();
        let config = Config { requests_per_minute: 0, anonymous_requests_per_minute: 0, ..Config::default() };
        let app = runtime.block_on(async {
            build(Parts {
                installation: crate::serve::installation(&desk, &config),
                search: search::SearchIndex::of(desk.store()),
                desk,
                workspace: Workspace::default(),
                site: Arc::new(SiteSettings { base_url: BASE.to_owned(), demo: false }),
                limits: Arc::new(Limits::new(&config)),
                metrics: Arc::new(Metrics::new()),
                fetching: crate::serve::mail::fetching(&config),
                mail: crate::serve::mail::facts(&config, BASE.to_owned()),
                stopping: watch::channel(false).1,
            })
        });
        Self { _fixture: fixture, app, personas, number: ticket.number, message: messages[0].id.to_string() }
    }

    async fn ask(&self, persona: &Persona, rule: &RouteRule, path: &str) -> Told {
        let mut request =
            Request::builder().method(Method::from_bytes(rule.method.as_bytes()).unwrap()).uri(path).header("x-request-id", "matrix");
        let mut body = "{}".to_owned();
        if rule.path.starts_with("/api/") {
            request = request.header(header::CONTENT_TYPE, "application/json");
            if !persona.token.is_empty() {
                request = request.header(header::AUTHORIZATION, format!("Bearer {}", persona.token));
            }
        } else {
            request = request.header(header::ORIGIN, BASE).header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
            body = format!("csrf={}", csrf::token(persona.session.as_bytes()));
            if !persona.session.is_empty() {
                request = request.header(header::COOKIE, format!("{}={}", cookies::SESSION, persona.session));
            }
        }
        let response = self.app.clone().oneshot(request.body(Body::from(body)).unwrap()).await.unwrap();
        let header_of =
            |name| response.headers().get(name).and_then(|value: &HeaderValue| value.to_str().ok()).unwrap_or_default().to_owned();
        let (status, location, kind) = (response.status().as_u16(), header_of(header::LOCATION), header_of(header::CONTENT_TYPE));
        // A stream of events has no end to wait for.
        let bytes =
            if kind.starts_with("text/event-stream") { Bytes::new() } else { to_bytes(response.into_body(), usize::MAX).await.unwrap() };
        Told { status, location, body: String::from_utf8_lossy(&bytes).into_owned() }
    }
}

fn works_on(desk: DeskId) -> RoleSet {
    RoleSet { desks: vec![desk], ..RoleSet::default() }
}

fn known(desk: &ServiceDesk, role: &'static str, person: PersonId, hash: &str) -> Persona {
    let (_, token) = desk.execute_blocking(&STEWARD, AddToken { person, name: role.to_owned() }).unwrap();
    let sign_in = SignIn { person, password_hash: hash.to_owned(), browser: Browser::default() };
    let session = desk.execute_blocking(&STEWARD, sign_in).unwrap().done().unwrap().secret;
    Persona { role, token, session }
}

/// The path with its variables filled in.
fn filled(path: &str, number: &str, id: &str) -> String {
    let part = |part: &str| match part {
        "{number}" | "{reference}" => number.to_owned(),
        "{hash}" | "{*path}" | "{reactor}" => "none".to_owned(),
        part if part.starts_with('{') => id.to_owned(),
        part => part.to_owned(),
    };
    let query = match path.rsplit('/').next() {
        Some("kind") if path.starts_with("/api/") => "?to=incident",
        Some("access") => "?person=1",
        Some("step") => "?to=resolved",
        _ => "",
    };
    path.split('/').map(part).collect::<Vec<_>>().join("/") + query
}

/// What is inside a ticket, beside the conversation.
const INSIDE: [&str; 5] = ["/scheduled-sends", "/side-conversations", "/tasks", "/time-entries", "/presence"];

fn within<T>(work: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(work)
}

#[test]
fn t_x2_every_route_lets_in_whom_the_table_says_and_nobody_else() {
    let house = House::new();
    within(async {
        for rule in policy::rules().iter().filter(|rule| rule.path != "/logout") {
            for persona in &house.personas {
                let told = house.ask(persona, rule, &filled(rule.path, NOBODYS_NUMBER, NOBODYS_ID)).await;
                let place = format!("{} {} as {}: {} {}", rule.method, rule.path, persona.role, told.status, told.body);
                assert!(told.status < 500 && told.status != 405, "{place}");
                let is_page = !rule.path.starts_with("/api/");
                match (admitted(rule.guard, persona.role), persona.role) {
                    (true, _) => {
                        let closed = told.status == 401 || (told.status == 403 && rule.method == "GET");
                        assert!(!closed || rule.path == "/login", "{place}");
                    }
                    (false, "anonymous") if is_page && rule.method == "GET" && !rule.path.contains("/live") => {
                        assert!(told.status == 303 && told.location.starts_with("/login"), "{place}");
                    }
                    (false, "anonymous") => assert!(told.status == 401 || told.location.starts_with("/login"), "{place}"),
                    (false, _) => assert_eq!(told.status, 403, "{place}"),
                }
            }
        }
    });
}

#[test]
fn t_x1_somebody_elses_ticket_looks_as_if_it_did_not_exist() {
    let house = House::new();
    let of_ticket = |rule: &&RouteRule| ["{number}", "{reference}", "/messages/{id}"].iter().any(|part| rule.path.contains(part));
    within(async {
        for rule in policy::rules().iter().filter(of_ticket) {
            for persona in &house.personas {
                if !admitted(rule.guard, persona.role) {
                    continue;
                }
                let found = house.ask(persona, rule, &filled(rule.path, &house.number, &house.message)).await;
                let place = format!("{} {} as {}: {} {}", rule.method, rule.path, persona.role, found.status, found.body);
                // In the portal everybody sees their own requests and no others, whatever they may see elsewhere.
                let stranger = match rule.path.starts_with("/requests") {
                    true => persona.role != "requester",
                    false => ["other requester", "other agent"].contains(&persona.role),
                };
                if stranger {
                    let missing = house.ask(persona, rule, &filled(rule.path, NOBODYS_NUMBER, NOBODYS_ID)).await;
                    assert!(rule.method != "GET" || found.status == 404, "{place}");
                    let same = found.body.replace(&house.number, NOBODYS_NUMBER).replace(&house.message, NOBODYS_ID);
                    assert_eq!((found.status, same), (missing.status, missing.body), "{place}");
                    assert!(!found.body.contains("gates"), "{place}");
                } else if rule.method == "GET"
                    && !["/raw", "/body", "/original", "/kind", "/access", "/step", "/macros/{id}"]
                        .iter()
                        .any(|end| rule.path.ends_with(end))
                {
                    let wanted = match persona.role {
                        // What is inside a ticket does not exist for whoever asked for it.
                        "requester" if INSIDE.iter().any(|end| rule.path.ends_with(end)) => 404,
                        // What a reply would do exists for those who can write one.
                        "auditor" if rule.path.ends_with("/consequence") => 404,
                        // Pages that only change something are for those who may.
                        "auditor"
                            if ["/merge", "/move", "/forward", "/kind", "/fields", "/step"].iter().any(|end| rule.path.ends_with(end)) =>
                        {
                            403
                        }
                        _ => 200,
                    };
                    assert_eq!(found.status, wanted, "{place}");
                }
            }
        }
    });
}
