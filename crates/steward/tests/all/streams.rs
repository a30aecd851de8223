//! The journal as pages and as a stream.

use std::time::Duration;

use axum::body::BodyDataStream;
use futures_util::StreamExt;
use kernel::Span;
use people::desks::SaveDesk;
use people::person::{ChangePerson, EnablePerson, RoleSet, SetPassword};
use serde_json::{Value, json};
use testkit::{Api, Role, TestDesk, password_hash};
use tokio::time::timeout;

use crate::house::{below, both, items, opened, path, text};

/// Nothing of this takes so long; a stream that says nothing fails the test instead of holding it up.
const LIMIT: Duration = Duration::from_secs(20);

/// A stream of events that is read one by one.
pub(crate) struct Stream {
    body: BodyDataStream,
    read: String,
}

impl Stream {
    pub(crate) fn open(desk: &TestDesk, api: &Api<'_>, address: &str) -> Self {
        let response = desk.wait(api.ask("GET", address, "", Vec::new()));
        assert_eq!(response.status(), 200);
        assert!(response.headers()["content-type"].to_str().unwrap().starts_with("text/event-stream"));
        Self { body: response.into_body().into_data_stream(), read: String::new() }
    }

    /// The next event as id and data; none when the stream has ended.
    fn next(&mut self, desk: &TestDesk) -> Option<(String, String)> {
        loop {
            if let Some((event, rest)) = self.read.split_once("\n\n") {
                let field = |name: &str| event.lines().find_map(|line| line.strip_prefix(name)).unwrap_or_default().trim().to_owned();
                let event = (field("id:"), field("data:"));
                self.read = rest.to_owned();
                if !event.1.is_empty() {
                    return Some(event);
                }
                continue;
            }
            let chunk = desk.wait(async { timeout(LIMIT, self.body.next()).await }).expect("the stream says nothing")?;
            self.read.push_str(std::str::from_utf8(&chunk.unwrap()).unwrap());
        }
    }

    /// The data of the next event with this name; others are passed over.
    pub(crate) fn named(&mut self, desk: &TestDesk, name: &str) -> String {
        loop {
            if let Some((event, rest)) = self.read.split_once("\n\n") {
                let field = |name: &str| event.lines().find_map(|line| line.strip_prefix(name)).unwrap_or_default().trim().to_owned();
                let found = (field("event:"), field("data:"));
                self.read = rest.to_owned();
                if found.0 == name {
                    return found.1;
                }
                continue;
            }
            let chunk = desk.wait(async { timeout(LIMIT, self.body.next()).await }).expect("the stream says nothing");
            self.read.push_str(std::str::from_utf8(&chunk.expect("the stream has ended").unwrap()).unwrap());
        }
    }

    fn fact(&mut self, desk: &TestDesk) -> (String, Value) {
        let (id, data) = self.next(desk).expect("the stream has ended");
        (id, serde_json::from_str(&data).unwrap())
    }
}

fn journal(desk: &TestDesk, api: &Api<'_>) -> Vec<Value> {
    desk.settle();
    let (mut facts, mut after) = (Vec::new(), 0);
    loop {
        let page = api.get(&format!("/api/v1/events?after={after}&limit=7")).must(200);
        let position = page["position"].as_i64().unwrap();
        facts.extend(page["items"].as_array().unwrap().iter().cloned());
        if position == after {
            return facts;
        }
        after = position;
    }
}

#[test]
fn pages_of_the_journal_are_gap_free_and_narrowed_to_the_reader() {
    both(|desk| {
        let ticket = opened(desk, &json!({}));
        opened(desk, &json!({ "desk": "hr", "requester": "mara@brackwater.example" }));
        desk.api(Role::Agent).post(&below(&ticket, "messages"), &json!({ "body": "Hello", "kind": "note" })).must(201);
        let all = journal(desk, &desk.api(Role::Auditor));
        let positions: Vec<i64> = all.iter().map(|fact| fact["position"].as_i64().unwrap()).collect();
        assert_eq!(positions, (1..=i64::try_from(all.len()).unwrap()).collect::<Vec<_>>());
        let kinds =
            |role: Role| -> Vec<String> { journal(desk, &desk.api(role)).iter().map(|fact| text(fact, "/kind").to_owned()).collect() };
        assert_eq!(kinds(Role::Agent), ["ticket.opened", "message.added"]);
        assert_eq!(kinds(Role::Requester), ["ticket.opened"]);
        assert_eq!(kinds(Role::Manager), ["ticket.opened", "ticket.opened"]);
        assert_eq!(kinds(Role::OtherAgent), ["ticket.opened"]);
        assert_eq!(kinds(Role::Stranger), [""; 0]);
        let last = all.last().unwrap();
        assert_eq!((text(last, "/kind"), text(last, "/person/name"), &last["ticket"]), ("message.added", "Anna Agent", &ticket["id"]));
        desk.api(Role::Agent).get("/api/v1/events?limit=201").problem(400);
        desk.api(Role::Agent).get("/api/v1/events?after=x").problem(400);
    });
}

#[test]
fn a_stream_goes_on_where_it_was_left() {
    both(|desk| {
        let api = desk.api(Role::Agent);
        let mut stream = Stream::open(desk, &api, "/api/v1/events/stream");
        let first = opened(desk, &json!({}));
        desk.settle();
        let (id, fact) = stream.fact(desk);
        assert_eq!((text(&fact, "/kind"), &fact["ticket"], id.parse().ok()), ("ticket.opened", &first["id"], fact["position"].as_i64()));
        drop(stream);
        for title in ["One", "Two", "Three"] {
            api.patch(&path(&first), &json!({ "title": title })).must(200);
        }
        desk.settle();
        let mut resumed = Stream::open(desk, &api.with("last-event-id", &id), "/api/v1/events/stream");
        for (n, title) in ["One", "Two", "Three"].into_iter().enumerate() {
            let (at, fact) = resumed.fact(desk);
            assert_eq!(at.parse::<usize>().unwrap(), id.parse::<usize>().unwrap() + n + 1);
            assert_eq!(text(&fact, "/data/changes/0/to"), title);
        }
        // It goes over into what happens now without a gap.
        api.patch(&path(&first), &json!({ "title": "Four" })).must(200);
        desk.settle();
        assert_eq!(text(&resumed.fact(desk).1, "/data/changes/0/to"), "Four");
        let mut from_start = Stream::open(desk, &desk.api(Role::Admin), "/api/v1/events/stream?after=0");
        assert_eq!(from_start.fact(desk).0, "1");
        api.with("last-event-id", "x").get("/api/v1/events/stream").problem(400);
    });
}

#[test]
fn a_stream_tells_its_reader_only_of_what_they_may_see() {
    both(|desk| {
        let mut rosa = Stream::open(desk, &desk.api(Role::Requester), "/api/v1/events/stream");
        let mut otto = Stream::open(desk, &desk.api(Role::OtherAgent), "/api/v1/events/stream");
        let (mine, api) = (opened(desk, &json!({})), desk.api(Role::Agent));
        api.post(&below(&mine, "messages"), &json!({ "kind": "note", "body": "Inner" })).must(201);
        api.patch(&path(&mine), &json!({ "tags": ["inner"], "title": "Inner" })).must(200);
        let other = opened(desk, &json!({ "desk": "hr", "requester": "mara@brackwater.example" }));
        api.post(&below(&mine, "transition"), &json!({ "to": "resolved" })).must(200);
        desk.settle();
        let told: Vec<String> = (0..2).map(|_| text(&rosa.fact(desk).1, "/kind").to_owned()).collect();
        assert_eq!(told, ["ticket.opened", "ticket.moved"]);
        assert_eq!(otto.fact(desk).1["ticket"], other["id"]);
    });
}

/// What takes somebody's access away, and the door it comes through.
fn losses(desk: &TestDesk, role: Role) -> Vec<(&'static str, Box<dyn Fn() + '_>)> {
    let id = desk.persona(role).id;
    let roles = RoleSet { desks: vec![desk.hr], ..RoleSet::default() };
    vec![
        (
            "roles",
            Box::new(move || {
                desk.execute(ChangePerson { id: Some(id), roles: Some(roles.clone()), ..ChangePerson::default() });
            }),
        ),
        (
            "agents of the desk",
            Box::new(move || {
                desk.execute(SaveDesk { id: Some(desk.it), agents: Some(vec![id]), ..SaveDesk::default() });
            }),
        ),
        (
            "password",
            Box::new(move || {
                desk.execute(SetPassword { id, password_hash: password_hash() });
            }),
        ),
        (
            "disabled",
            Box::new(move || {
                desk.execute(EnablePerson { id, enabled: false });
            }),
        ),
    ]
}

#[test]
fn t_l4_losing_rights_ends_sessions_tokens_and_streams_at_once() {
    both(|desk| {
        for (what, lose) in losses(desk, Role::Agent) {
            let (api, pages) = (desk.with_token(&desk.token_for(Role::Agent)), desk.with_session(&desk.session_for(Role::Agent)));
            api.get("/api/v1/me").must(200);
            assert_eq!(pages.get("/desk").status, 200, "{what}");
            let mut streams = [Stream::open(desk, &api, "/api/v1/events/stream"), Stream::open(desk, &pages, "/desk/live")];
            lose();
            api.get("/api/v1/me").problem(401);
            let turned_away = pages.get("/desk");
            assert!(turned_away.status == 303 && turned_away.header("location").starts_with("/login"), "{what} {}", turned_away.status);
            for stream in &mut streams {
                // What had happened before may still come; then it ends without anything happening.
                while let Some((_, data)) = stream.next(desk) {
                    assert!(!data.is_empty());
                }
            }
        }
    });
}

#[test]
fn t_l4_somebody_elses_access_is_left_alone() {
    both(|desk| {
        let (token, session) = (desk.token_for(Role::OtherAgent), desk.session_for(Role::OtherAgent));
        let mut stream = Stream::open(desk, &desk.with_token(&token), "/api/v1/events/stream");
        for (_, lose) in losses(desk, Role::Agent) {
            lose();
        }
        desk.with_token(&token).get("/api/v1/me").must(200);
        assert_eq!(desk.with_session(&session).get("/desk").status, 200);
        opened(desk, &json!({ "desk": "hr" }));
        desk.settle();
        assert_eq!(text(&stream.fact(desk).1, "/kind"), "ticket.opened");
        // The same roles again are no change.
        let same = RoleSet { desks: vec![desk.hr], ..RoleSet::default() };
        let id = desk.persona(Role::OtherAgent).id;
        desk.execute(ChangePerson { id: Some(id), roles: Some(same), ..ChangePerson::default() });
        desk.with_token(&token).get("/api/v1/me").must(200);
    });
}

#[test]
fn a_session_that_nobody_uses_ends() {
    both(|desk| {
        let pages = desk.pages(Role::Agent);
        for _ in 0..2 {
            desk.advance(Span::days(13));
            assert_eq!(pages.get("/desk").status, 200);
        }
        // However much it is used, nobody stays signed in for more than thirty days.
        desk.advance(Span::days(5));
        assert_eq!(pages.get("/desk").status, 303);
        let fresh = desk.pages(Role::Agent);
        desk.advance(Span::days(15));
        assert_eq!(fresh.get("/desk").status, 303);
        assert_eq!(items(&desk.api(Role::Agent).get("/api/v1/desks")).len(), 2);
    });
}
