//! Who may do what to whose ticket, for every route of the policy's table that names one; and that a refusal says and does nothing.

use kernel::TicketId;
use people::policy;
use serde_json::{Value, json};
use testkit::{Answer, Role, TestDesk};

use crate::house::{TICKETS, below, both, items, opened, text};

/// Whose ticket, and where.
const SITUATIONS: [(&str, &str, &str); 4] = [
    ("own request", "it", "rosa@brackwater.example"),
    ("colleague's request", "hr", "mara@brackwater.example"),
    ("customer's request", "it", "jo@customer.example"),
    ("of another desk", "hr", "jo@customer.example"),
];

/// Who sees the ticket, written apart from the code that decides it.
fn sees(role: Role, desk: &str, requester: &str) -> bool {
    match role {
        Role::Admin | Role::Auditor => true,
        Role::Agent => desk == "it",
        Role::OtherAgent => desk == "hr",
        Role::Requester => requester.starts_with("rosa"),
        Role::Manager => requester.ends_with("@brackwater.example"),
        Role::Stranger => false,
    }
}

/// Who works on it.
fn works(role: Role, desk: &str) -> bool {
    role == Role::Admin || (role == Role::Agent && desk == "it") || (role == Role::OtherAgent && desk == "hr")
}

/// A request that would succeed for an administrator, with the status that this role gets.
struct Deed {
    body: Option<Value>,
    path: String,
    wanted: u16,
}

fn deed(route: &policy::RouteRule, role: Role, (desk, requester): (&str, &str), ticket: &Value) -> Deed {
    let (sees, works) = (sees(role, desk, requester), works(role, desk));
    let own = (role == Role::Requester && requester.starts_with("rosa")) || (role == Role::Manager && requester.starts_with("mara"));
    let agents = |done: u16| {
        if !sees {
            404
        } else if works {
            done
        } else {
            403
        }
    };
    // What is inside a ticket does not exist for whoever only asked.
    let inside = sees && (works || role == Role::Auditor);
    let insiders = |done: u16| if inside { agents(done) } else { 404 };
    let path = route.path.replace("{reference}", text(ticket, "/number")).replace("{id}", "1");
    let query = match route.path.rsplit('/').next() {
        Some("kind") => "?to=incident".to_owned(),
        Some("access") => format!("?person={}", text(ticket, "/requester/id")),
        _ => String::new(),
    };
    let rest = route.path.trim_start_matches("/api/v1/tickets/{reference}").trim_start_matches('/');
    let (body, wanted) = match (route.method, rest) {
        ("GET", "" | "messages" | "timeline" | "participants" | "similar") => (None, if sees { 200 } else { 404 }),
        ("PATCH", "") => (Some(json!({ "title": "Changed", "tags": ["changed"] })), agents(200)),
        ("POST", "messages") => {
            let may = sees && (works || role != Role::Auditor);
            (Some(json!({ "body": "Changed" })), if may { 201 } else { agents(201) })
        }
        ("POST", "transition") => (Some(json!({ "to": "closed" })), if own { 200 } else { agents(200) }),
        ("POST", "links") => (Some(json!({ "kind": "relates_to", "target": text(ticket, "/links/0/number") })), agents(201)),
        ("DELETE", "links") => (Some(json!({ "kind": "relates_to", "target": text(ticket, "/links/0/number") })), agents(200)),
        ("POST", "participants") => (Some(json!({ "person": "cc@customer.example", "role": "cc" })), agents(201)),
        ("DELETE", "participants") => (Some(json!({ "person": "cc@customer.example", "role": "cc" })), agents(204)),
        ("GET", "scheduled-sends" | "side-conversations") => (None, if inside { 200 } else { 404 }),
        ("POST", "side-conversations") => (Some(json!({ "subject": "x", "to": ["x@supplier.example"], "body": "x" })), agents(201)),
        ("POST", "merge") => (Some(json!({ "into": text(ticket, "/links/0/number") })), agents(200)),
        ("POST", "merge/preview") => (Some(json!({ "into": text(ticket, "/links/0/number") })), agents(200)),
        // What was never merged cannot be parted; who may not work on it does not even learn that.
        ("DELETE", "merge") => (None, agents(409)),
        ("GET", "presence") => (None, if inside { 200 } else { 404 }),
        ("GET" | "PUT" | "DELETE", "seen") => (None, if sees { 200 } else { 404 }),
        ("PUT", "presence") => (Some(json!({ "place": "test-page", "activity": "viewing" })), if inside { 204 } else { 404 }),
        ("DELETE", "presence") => (Some(json!({ "place": "test-page" })), if inside { 204 } else { 404 }),
        ("GET", "tasks" | "time-entries") => (None, if inside { 200 } else { 404 }),
        ("POST", "tasks") => (Some(json!({ "title": "Changed" })), insiders(201)),
        ("POST", "time-entries") => (Some(json!({ "minutes": 5 })), insiders(201)),
        ("POST", "timer") => (Some(json!({ "action": "start" })), insiders(200)),
        // Of this ticket there is no such task and no such entry.
        ("PATCH", "tasks/{id}") => (Some(json!({ "title": "Changed" })), insiders(404)),
        ("PATCH", "time-entries/{id}") => (Some(json!({ "minutes": 5 })), 404),
        ("DELETE", "tasks/{id}" | "time-entries/{id}") => (None, 404),
        // There is no such macro; that it is a matter of staff is said before.
        ("POST", "macros/{id}") if matches!(role, Role::Requester | Role::Manager | Role::Stranger) => (Some(json!({})), 403),
        ("POST", "macros/{id}") => (Some(json!({})), agents(404)),
        ("GET", "kind") => (None, agents(200)),
        // Who sees what is told to administrators and auditors.
        ("GET", "access") if !matches!(role, Role::Admin | Role::Auditor) => (None, 403),
        ("GET", "access") => (None, if sees { 200 } else { 404 }),
        ("POST", "snooze") => (Some(json!({})), agents(200)),
        ("DELETE", "snooze") => (None, agents(200)),
        other => panic!("say who may call {other:?}"),
    };
    Deed { body, path: path + &query, wanted }
}

fn done(desk: &TestDesk, role: Option<Role>, method: &str, path: &str, body: Option<&Value>) -> Answer {
    let api = role.map_or_else(|| desk.anonymous(), |role| desk.api(role));
    match body {
        Some(body) => api.json(method, path, body),
        None => api.send(method, path, "", Vec::new()),
    }
}

/// Everything that a deed could have changed: the ticket's row and how many facts it has.
fn state(desk: &TestDesk, ticket: &Value) -> (i64, usize, usize) {
    let id: TicketId = text(ticket, "/id").parse().unwrap();
    desk.desk
        .store()
        .read_blocking(move |db| {
            let version = ::desk::ticket::rows::by_id(db, id)?.unwrap().version;
            let messages = ::desk::conversation::rows::of_ticket(db, id, true, 0, 100)?.len();
            Ok((version, journal::of_ticket(db, id, 100)?.len(), messages))
        })
        .unwrap()
}

/// A ticket linked to another of the same desk and requester, so that whoever sees one sees the other.
fn scene(desk: &TestDesk, of: &str, requester: &str) -> Value {
    let more = json!({ "desk": of, "requester": requester });
    let (ticket, other) = (opened(desk, &more), opened(desk, &more));
    let link = json!({ "kind": "blocks", "target": text(&other, "/number") });
    desk.api(Role::Admin).post(&below(&ticket, "links"), &link).must(201)
}

#[test]
fn t_x1_every_route_of_a_ticket_does_for_each_role_what_the_policy_says() {
    both(|desk| {
        let routes: Vec<_> =
            policy::rules().iter().filter(|rule| rule.path.starts_with("/api/") && rule.path.contains("{reference}")).collect();
        assert!(routes.len() >= 10);
        for (situation, of, requester) in SITUATIONS {
            for route in &routes {
                let ticket = scene(desk, of, requester);
                // Those who may do nothing first: what they try must leave nothing behind for the others.
                let mut roles = Role::ALL.to_vec();
                roles.sort_by_key(|role| works(*role, of));
                for role in roles {
                    let place = format!("{} {} as {role:?}, {situation}", route.method, route.path);
                    let deed = deed(route, role, (of, requester), &ticket);
                    let before = state(desk, &ticket);
                    let answer = done(desk, Some(role), route.method, &deed.path, deed.body.as_ref());
                    let wanted = if deed.wanted < 300 && answer.status == 422 && route.path.ends_with("/transition") {
                        // Somebody before has closed it already.
                        422
                    } else if deed.wanted < 300 && answer.status == 409 && route.path.ends_with("/merge") {
                        // Somebody before has merged it already.
                        409
                    } else {
                        deed.wanted
                    };
                    assert_eq!(answer.status, wanted, "{place}: {}", answer.text());
                    if deed.wanted >= 300 {
                        assert_eq!(state(desk, &ticket), before, "{place} left something behind");
                    }
                    if deed.wanted == 404 {
                        let number = text(&ticket, "/number");
                        let nowhere = deed.path.replace(number, "QUE-999999");
                        let missing = done(desk, Some(role), route.method, &nowhere, deed.body.as_ref());
                        assert_eq!(answer.seen(), missing.seen(), "{place}");
                    }
                }
                let stranger = done(desk, None, route.method, &below(&ticket, "").replace("/links", ""), None);
                assert!(stranger.status == 401 || stranger.status == 404, "{}", stranger.status);
            }
        }
        desk.leaves_mail();
    });
}

#[test]
fn t_x2_what_the_policy_lets_see_is_what_every_list_shows() {
    both(|desk| {
        for (_, of, requester) in SITUATIONS {
            opened(desk, &json!({ "desk": of, "requester": requester, "title": format!("{of} {requester}") }));
        }
        desk.settle();
        for role in Role::ALL {
            let mut wanted: Vec<String> = SITUATIONS
                .iter()
                .filter(|(_, of, requester)| sees(role, of, requester))
                .map(|(_, of, requester)| format!("{of} {requester}"))
                .collect();
            wanted.sort();
            let api = desk.api(role);
            let answer = api.get(&format!("{TICKETS}?count=true"));
            let mut listed: Vec<String> = items(&answer).iter().map(|ticket| text(ticket, "/title").to_owned()).collect();
            listed.sort();
            assert_eq!(listed, wanted, "{role:?}");
            assert_eq!(answer.json()["total"], wanted.len(), "{role:?}");
            let events = api.get("/api/v1/events?limit=200").must(200);
            let opened = events["items"].as_array().unwrap().iter().filter(|fact| fact["kind"] == "ticket.opened").count();
            assert_eq!(opened, wanted.len(), "{role:?}");
        }
    });
}

/// Ids below a ticket: a public reply with a file, a note with a file.
fn children(desk: &TestDesk, ticket: &Value) -> Vec<(&'static str, String)> {
    let admin = desk.api(Role::Admin);
    let mut ids = Vec::new();
    for (kind, message_of, file_of) in [("reply", "reply", "file of a reply"), ("note", "note", "file of a note")] {
        let file = admin.upload("x.txt", "text/plain", kind.as_bytes()).must(201);
        let body = json!({ "kind": kind, "body": kind, "attachments": [file["id"]] });
        let message = admin.post(&below(ticket, "messages"), &body).must(201);
        ids.push((message_of, format!("/api/v1/messages/{}", text(&message, "/id"))));
        ids.push((file_of, format!("/api/v1/attachments/{}", text(&file, "/id"))));
    }
    ids
}

#[test]
fn t_x1_messages_and_files_are_seen_only_through_their_ticket() {
    both(|desk| {
        for (situation, of, requester) in SITUATIONS {
            let ticket = opened(desk, &json!({ "desk": of, "requester": requester }));
            for (what, address) in children(desk, &ticket) {
                for role in Role::ALL {
                    let inner = what.contains("note");
                    let may = sees(role, of, requester) && (!inner || works(role, of) || role == Role::Auditor);
                    let answer = desk.api(role).get(&address);
                    assert_eq!(answer.status, if may { 200 } else { 404 }, "{what} as {role:?}, {situation}: {}", answer.text());
                    if !may {
                        let nowhere = format!("{}/9999999", address.rsplit_once('/').unwrap().0);
                        assert_eq!(answer.seen(), desk.api(role).get(&nowhere).seen(), "{what} as {role:?}, {situation}");
                    }
                }
                desk.anonymous().get(&address).problem(401);
            }
        }
        desk.leaves_mail();
    });
}

#[test]
fn t_x1_people_see_themselves_and_staff_sees_everybody() {
    both(|desk| {
        for role in Role::ALL {
            let staff = matches!(role, Role::Agent | Role::OtherAgent | Role::Auditor | Role::Admin);
            for whom in Role::ALL {
                let answer = desk.api(role).get(&format!("/api/v1/people/{}", desk.persona(whom).id));
                assert_eq!(answer.status, if staff || role == whom { 200 } else { 404 }, "{role:?} looks at {whom:?}");
                if answer.status == 404 {
                    assert_eq!(answer.seen(), desk.api(role).get("/api/v1/people/999999").seen());
                }
            }
            assert_eq!(text(&desk.api(role).get("/api/v1/me").must(200), "/id"), desk.persona(role).id.to_string());
        }
    });
}

#[test]
fn an_agent_corrects_requesters_and_only_an_administrator_touches_staff_and_roles() {
    both(|desk| {
        let person = |role: Role| format!("/api/v1/people/{}", desk.persona(role).id);
        let agent = desk.api(Role::Agent);
        agent.patch(&person(Role::Requester), &json!({ "phones": ["+371 2000 0000"], "vip": true })).must(200);
        for whom in [Role::OtherAgent, Role::Admin, Role::Auditor] {
            agent.patch(&person(whom), &json!({ "emails": ["mine@desk.example"] })).problem(403);
        }
        for roles in [json!(["admin"]), json!(["agent"]), json!(["auditor"]), json!(["organisation_manager"]), json!([])] {
            agent.patch(&person(Role::Agent), &json!({ "roles": roles })).problem(403);
            agent.patch(&person(Role::Requester), &json!({ "roles": roles })).problem(403);
        }
        agent.post("/api/v1/people", &json!({ "email": "new@desk.example", "roles": ["admin"] })).problem(403);
        desk.api(Role::Auditor).patch(&person(Role::Requester), &json!({ "vip": false })).problem(403);
        desk.api(Role::Auditor).post("/api/v1/people", &json!({ "email": "new@desk.example" })).problem(403);
        desk.api(Role::Admin).post(&format!("{}/disable", person(Role::Admin)), &json!({})).problem(409);
        desk.api(Role::Admin).patch(&person(Role::Admin), &json!({ "roles": ["agent"] })).problem(409);
        let roles = desk.api(Role::Admin).get(&person(Role::Agent)).must(200)["roles"].clone();
        assert_eq!(roles, json!(["requester", "agent:it"]));
    });
}

#[test]
fn a_requester_asks_for_themselves_and_leaves_agents_fields_alone() {
    both(|desk| {
        let rosa = desk.api(Role::Requester);
        for email in ["mara@brackwater.example", "nobody@nowhere.example", "1"] {
            rosa.post(TICKETS, &json!({ "title": "x", "requester": email })).problem(403);
        }
        let own = json!({ "title": "x", "requester": "rosa@brackwater.example" });
        for (field, value) in [
            ("priority", json!("critical")),
            ("team", json!("network")),
            ("assignee", json!("anna@desk.example")),
            ("tags", json!(["vip"])),
        ] {
            let mut more = own.clone();
            more[field] = value;
            rosa.post(TICKETS, &more).problem(403);
        }
        rosa.post(TICKETS, &own).must(201);
        assert_eq!(items(&rosa.get(TICKETS)).len(), 1);
    });
}
