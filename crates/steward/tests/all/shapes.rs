//! Boards and calendars, and lists that are read from the counts that are kept: the same tickets as the plain list, in another shape.

use desk::lists::{self, Kept, ListRequest};
use kernel::{Actor, Span, Via};
use people::session;
use serde_json::{Value, json};
use testkit::{Role, TestDesk};

use crate::counting::{CHANGES, Dice, QUERIES, change};
use crate::house::{TICKETS, both, items, opened, text};

const VIEWS: &str = "/api/v1/views";

fn number(ticket: &Value) -> String {
    text(ticket, "/number").to_owned()
}

fn actor(desk: &TestDesk, role: Role) -> Actor {
    let person = desk.persona(role).id;
    let access = desk.wait(desk.desk.read(move |db| session::rows::access_of(db, person, Via::Console))).unwrap().unwrap();
    Actor::Person(access.into())
}

/// Numbers page by page.
fn pages(desk: &TestDesk, role: Role, request: &ListRequest) -> Vec<Vec<String>> {
    let (mut pages, mut after) = (Vec::new(), None);
    loop {
        let request = ListRequest { after, ..request.clone() };
        let (settings, actor, backwards) = (desk.desk.settings(), actor(desk, role), request.backwards);
        let page = desk.wait(desk.desk.read(move |db| lists::page(db, &settings, &actor, &request))).unwrap();
        pages.push(page.tickets.into_iter().map(|ticket| ticket.number).collect());
        after = if backwards { page.previous } else { page.next };
        if after.is_none() {
            return pages;
        }
    }
}

fn counted(desk: &TestDesk, role: Role, kept: &Kept, query: &str) -> u64 {
    let (settings, actor, kept, query) = (desk.desk.settings(), actor(desk, role), kept.clone(), query.to_owned());
    desk.wait(desk.desk.read(move |db| kept.count(db, &settings, &actor, (&query, "")))).unwrap()
}

#[test]
fn t_x3_a_list_that_is_known_to_be_short_shows_the_same_tickets_in_the_same_order() {
    both(|desk| {
        let (mut dice, kept) = (Dice(11), Kept::default());
        let mut tickets: Vec<String> = (0..9).map(|_| text(&opened(desk, &json!({})), "/number").to_owned()).collect();
        for step in 0..CHANGES * 4 {
            change(desk, &mut dice, step % CHANGES, &mut tickets);
            desk.advance(Span::seconds(1));
            let role = *dice.of(&[Role::Agent, Role::OtherAgent, Role::Requester, Role::Admin]);
            let query = *dice.of(&QUERIES);
            let sort = *dice.of(&[None, Some("-updated"), Some("created"), Some("-priority,-updated"), Some("turn,created")]);
            let request = ListRequest {
                query: query.to_owned(),
                sort: sort.map(str::to_owned),
                limit: 1 + dice.roll(7),
                backwards: dice.roll(2) == 1,
                ..ListRequest::default()
            };
            let plain = pages(desk, role, &request);
            // Counted now and then only: what is kept has changes to catch up with.
            if dice.roll(3) == 0 {
                assert_eq!(counted(desk, role, &kept, query), plain.concat().len() as u64);
            }
            let quick = pages(desk, role, &ListRequest { kept: Some(kept.clone()), ..request });
            assert_eq!(quick, plain, "{query:?} by {sort:?} of {role:?} after step {step}");
        }
        desk.leaves_mail();
    });
}

/// The columns of a board as its page shows them: their ids, counts and numbers of tickets.
fn columns(page: &str) -> Vec<(String, u64, Vec<String>)> {
    let column = |part: &str| {
        let id = part.split('"').next().unwrap().to_owned();
        let count = part.split("class=\"count\"").nth(1).unwrap().split('>').nth(1).unwrap().split('<').next().unwrap().parse().unwrap();
        let numbers = part.split("data-number=\"").skip(1).map(|rest| rest.split('"').next().unwrap().to_owned()).collect();
        (id, count, numbers)
    };
    page.split("<section data-group=\"").skip(1).map(column).collect()
}

fn board(desk: &TestDesk, by: &str) -> Vec<(String, u64, Vec<String>)> {
    let pages = desk.pages(Role::Agent);
    let chosen = pages.form("/desk/lists", &[("list", "/desk/views/open"), ("layout", "board"), ("board", by), ("back", "/desk")]);
    assert_eq!(chosen.status, 303);
    columns(&pages.get("/desk/views/open").text())
}

fn put(desk: &TestDesk, role: Role, ticket: &Value, to: &str) -> u16 {
    desk.pages(role).form("/desk/lists/move", &[("pick", &number(ticket)), ("to", to), ("back", "/desk/views/open")]).status
}

#[test]
fn a_ticket_that_is_put_into_a_column_becomes_what_the_column_says() {
    both(|desk| {
        let anna = desk.persona(Role::Agent).id.to_string();
        let ticket = opened(desk, &json!({ "kind": "incident" }));
        let state = || desk.api(Role::Agent).get(&format!("{TICKETS}/{}", number(&ticket))).must(200);
        let turns = board(desk, "turn");
        let ids: Vec<&str> = turns.iter().map(|(id, _, _)| id.as_str()).collect();
        assert_eq!(ids, ["turn:us", "turn:requester", "turn:third_party", "turn:done"]);
        assert_eq!((turns[0].1, &turns[0].2), (1, &vec![number(&ticket)]));
        for (by, to, path, value) in [
            ("turn", "turn:requester", "/turn", "requester"),
            ("turn", "turn:us", "/turn", "us"),
            ("status", "status:pending", "/status", "pending"),
            ("priority", "priority:critical", "/priority", "critical"),
            ("assignee", &format!("assignee:{anna}"), "/assignee/id", &anna),
        ] {
            assert_eq!(put(desk, Role::Agent, &ticket, to), 303, "{to}");
            assert_eq!(state().pointer(path), Some(&json!(value)), "{to}");
            let columns = board(desk, by);
            let (_, count, numbers) = columns.iter().find(|(id, _, _)| id == to).unwrap();
            assert_eq!((*count, numbers.clone()), (1, vec![number(&ticket)]), "{to} in {columns:?}");
        }
        assert_eq!(put(desk, Role::Agent, &ticket, "assignee:none"), 303);
        assert!(state().pointer("/assignee").is_none_or(Value::is_null));
        for (wrong, status) in [("turn", 404), ("day:2026-11-21", 404), ("priority:urgent", 404), ("team:x", 404)] {
            assert_eq!(put(desk, Role::Agent, &ticket, wrong), status, "{wrong}");
        }
        // Who does not work on the desk changes nothing, and hears nothing of the ticket.
        let before = state()["version"].clone();
        assert_eq!(put(desk, Role::OtherAgent, &ticket, "priority:low"), 303);
        assert_eq!(put(desk, Role::Requester, &ticket, "priority:low"), 403);
        assert_eq!(state()["version"], before);
        desk.leaves_mail();
    });
}

#[test]
fn the_api_moves_tickets_to_a_turn_and_names_those_that_cannot_go_there() {
    both(|desk| {
        let (one, other) = (opened(desk, &json!({ "kind": "incident" })), opened(desk, &json!({ "kind": "incident" })));
        let path = format!("{TICKETS}/{}", number(&other));
        desk.api(Role::Agent).post(&format!("{path}/transition"), &json!({ "to": "resolved", "resolution_code": "fixed" })).must(200);
        desk.api(Role::Agent).post(&format!("{path}/transition"), &json!({ "to": "closed" })).must(200);
        let done = desk
            .api(Role::Agent)
            .post(&format!("{TICKETS}/bulk"), &json!({ "tickets": [number(&one), number(&other)], "turn": "requester" }))
            .must(200);
        assert_eq!((&done["changed"], text(&done, "/refused/0/ticket")), (&json!(1), number(&other).as_str()), "{done}");
        desk.leaves_mail();
    });
}

#[test]
fn a_calendar_shows_each_ticket_on_its_day_in_the_readers_zone() {
    both(|desk| {
        let field = json!({ "key": "needed_by", "label": "Needed by", "type": "date" });
        desk.api(Role::Admin).post("/api/v1/fields", &field).must(201);
        let now = opened(desk, &json!({ "title": "Opened now" }));
        let day = text(&now, "/created_at")[..10].to_owned();
        opened(desk, &json!({ "title": "For Christmas", "fields": { "needed_by": "2031-12-24" } }));
        let pages = desk.pages(Role::Agent);
        let choose = |date: &str| {
            let fields = [("list", "/desk/views/open"), ("layout", "calendar"), ("date", date), ("back", "/desk")];
            assert_eq!(pages.form("/desk/lists", &fields).status, 303);
        };
        choose("created");
        let page = pages.get(&format!("/desk/views/open?month={}", &day[..7])).text();
        assert!(page.contains("Opened now") && page.contains("For Christmas"), "{page}");
        choose("needed_by");
        let page = pages.get("/desk/views/open?month=2031-12").text();
        assert!(page.contains("For Christmas") && !page.contains("Opened now"));
        assert!(!pages.get("/desk/views/open?month=2031-11").text().contains("For Christmas"));
        // Live updates ask for the month that is shown; beside a ticket there are rows.
        let fragment = pages.get("/desk/fragments/shape?list=%2Fdesk%2Fviews%2Fopen%3Fmonth%3D2031-12").text();
        assert!(fragment.starts_with("<div class=\"month\"") && fragment.contains("For Christmas"));
        let beside = pages.get(&format!("/desk/tickets/{}?list=%2Fdesk%2Fviews%2Fopen%3Fmonth%3D2031-12", number(&now))).text();
        assert!(beside.contains("<ol class=\"rows\"") && beside.contains("Opened now"));
        assert!(pages.get("/desk/views/open?shape=list").text().contains("<ol class=\"rows\""), "an address can ask for rows");
        assert!(pages.get("/desk/views/open?q=colour%3Ared").text().contains("id=\"q-refusal\""));
        desk.leaves_mail();
    });
}

#[test]
fn a_view_comes_in_the_shape_in_which_it_was_saved() {
    both(|desk| {
        opened(desk, &json!({ "kind": "incident" }));
        let agent = desk.api(Role::Agent);
        let view = agent.post(VIEWS, &json!({ "name": "Board", "query": "is:open", "shape": "board", "group": "status" })).must(201);
        assert_eq!((text(&view, "/shape"), text(&view, "/group"), &view["date"]), ("board", "status", &Value::Null));
        let page = desk.pages(Role::Agent).get(&format!("/desk/views/{}", text(&view, "/id"))).text();
        assert!(columns(&page).iter().any(|(id, count, _)| id == "status:new" && *count == 1), "{page}");
        let path = format!("{VIEWS}/{}", text(&view, "/id"));
        let changed = agent.patch(&path, &json!({ "shape": "calendar", "date": "updated" })).must(200);
        assert_eq!((text(&changed, "/shape"), text(&changed, "/date")), ("calendar", "updated"));
        assert!(desk.pages(Role::Agent).get(&format!("/desk/views/{}", text(&view, "/id"))).text().contains("id=\"month\""));
        for (wrong, field) in [(json!({ "shape": "wall" }), "shape"), (json!({ "date": "due" }), "date")] {
            let problem = agent.patch(&path, &wrong).problem(422);
            assert!(problem.to_string().contains(field), "{problem}");
        }
        let plain = agent.patch(&path, &json!({ "shape": null, "date": null })).must(200);
        assert_eq!((text(&plain, "/shape"), &plain["date"]), ("list", &Value::Null));
        assert_eq!(items(&agent.get(VIEWS)).len(), 1);
        desk.leaves_mail();
    });
}
