//! Changes of many tickets in the background: what is shown before, each ticket once, stopped, taken back as one.

use desk::bulk::Runner;
use kernel::Span;
use serde_json::{Value, json};
use testkit::{Role, TestDesk};

use crate::house::{below, both, items, one, opened, path, text};

const BULK: &str = "/api/v1/bulk";

/// Takes what is under way so many pieces further, as the server does; a new runner each time, as after a crash, once the lease of the one
/// before has run out.
fn rounds(desk: &TestDesk, count: usize) {
    for _ in 0..count {
        desk.advance(Span::minutes(2));
        desk.wait(Runner::new(desk.desk.clone()).round()).unwrap();
    }
}

fn numbers(tickets: &[Value]) -> Vec<&str> {
    tickets.iter().map(|ticket| text(ticket, "/number")).collect()
}

fn many(desk: &TestDesk, count: usize) -> Vec<Value> {
    (0..count).map(|_| opened(desk, &json!({}))).collect()
}

fn begun(desk: &TestDesk, role: Role, input: &Value) -> Value {
    desk.api(role).post(BULK, input).must(202)
}

fn now(desk: &TestDesk, role: Role, run: &Value) -> Value {
    desk.api(role).get(&format!("{BULK}/{}", text(run, "/id"))).must(200)
}

fn step(desk: &TestDesk, run: &Value, what: &str) -> Value {
    desk.api(Role::Agent).post(&format!("{BULK}/{}/{what}", text(run, "/id")), &json!({})).must(200)
}

fn changes_of(desk: &TestDesk, ticket: &Value) -> usize {
    let all = items(&desk.api(Role::Agent).get(&below(ticket, "timeline")));
    all.iter().filter(|one| one.pointer("/fact/kind") == Some(&json!("ticket.tagged"))).count()
}

#[test]
fn each_ticket_of_a_result_is_changed_once_whoever_goes_on_and_all_is_taken_back_as_one() {
    both(|desk| {
        let tickets = many(desk, 120);
        let input = json!({ "q": "desk:it -tag:storm", "changes": { "add_tags": ["storm"] } });
        let run = begun(desk, Role::Agent, &input);
        assert_eq!((&run["state"], &run["total"], &run["changed"]), (&json!("running"), &json!(120), &json!(0)));
        let late = opened(desk, &json!({}));
        rounds(desk, 1);
        assert_eq!(now(desk, Role::Agent, &run)["changed"], 100, "a piece is a transaction");
        rounds(desk, 3);
        let done = now(desk, Role::Agent, &run);
        assert_eq!((&done["state"], &done["changed"], &done["can_be_undone"]), (&json!("done"), &json!(120), &json!(true)), "{done}");
        assert!(tickets.iter().all(|ticket| changes_of(desk, ticket) == 1), "nothing twice, nothing left out");
        assert_eq!(changes_of(desk, &late), 0, "what came later was not meant");
        desk.api(Role::Admin).patch(&path(&tickets[3]), &json!({ "tags": ["calm"] })).must(200);
        step(desk, &run, "undo");
        rounds(desk, 4);
        let undone = now(desk, Role::Agent, &run);
        assert_eq!(
            (&undone["state"], &undone["undone"], &undone["can_be_undone"]),
            (&json!("undone"), &json!(120), &json!(false)),
            "{undone}"
        );
        assert_eq!(desk.api(Role::Agent).get(&path(&tickets[7])).must(200)["tags"], json!([]));
        assert_eq!(desk.api(Role::Agent).get(&path(&tickets[3])).must(200)["tags"], json!(["calm"]), "what others did stays");
        desk.api(Role::Agent).post(&format!("{BULK}/{}/undo", text(&run, "/id")), &json!({})).problem(409);
    });
}

#[test]
fn t_x2_a_run_counts_and_names_nothing_that_its_owner_may_not_see() {
    both(|desk| {
        let tickets = many(desk, 3);
        let hidden = opened(desk, &json!({ "desk": "hr", "requester": "sam@elsewhere.example", "title": "Secret" }));
        let all = json!({ "q": "is:open", "changes": { "priority": "high" } });
        let mut look = all.clone();
        look["preview"] = json!(true);
        let seen = desk.api(Role::Agent).post(BULK, &look).must(200);
        assert_eq!((&seen["total"], &seen["changed"], &seen["refused"]), (&json!(3), &json!(3), &json!([])), "{seen}");
        assert_eq!(desk.api(Role::Agent).get(&path(&tickets[0])).must(200)["priority"], "normal", "looking changes nothing");
        let mut named: Vec<&str> = numbers(&tickets);
        named.push(text(&hidden, "/number"));
        let run = begun(desk, Role::Agent, &json!({ "tickets": named, "changes": { "priority": "high" } }));
        assert_eq!(run["total"], 3, "what one does not see is not found");
        for role in [Role::Admin, Role::OtherAgent] {
            desk.api(role).get(&format!("{BULK}/{}", text(&run, "/id"))).problem(404);
            desk.api(role).post(&format!("{BULK}/{}/stop", text(&run, "/id")), &json!({})).problem(404);
        }
        desk.api(Role::Requester).post(BULK, &all).problem(403);
        // Another desk takes one of them away before its turn has come.
        desk.api(Role::Admin).patch(&path(&tickets[1]), &json!({ "desk": "hr" })).must(200);
        rounds(desk, 2);
        let done = now(desk, Role::Agent, &run);
        assert_eq!((&done["changed"], &done["refused_count"]), (&json!(2), &json!(1)), "{done}");
        assert_eq!(done["refused"][0]["ticket"], "", "its number is no longer theirs to know: {done}");
        assert_eq!(desk.api(Role::Admin).get(&path(&hidden)).must(200)["priority"], "normal");
    });
}

#[test]
fn t_x2_who_lost_their_rights_changes_nothing_any_more() {
    both(|desk| {
        let tickets = many(desk, 105);
        let run = begun(desk, Role::Agent, &json!({ "tickets": numbers(&tickets), "changes": { "team": "network" } }));
        rounds(desk, 1);
        let person = desk.persona(Role::Agent).id;
        desk.api(Role::Admin).post(&format!("/api/v1/people/{person}/disable"), &json!({})).must(204);
        rounds(desk, 3);
        let with_team = tickets.iter().filter(|ticket| !desk.api(Role::Admin).get(&path(ticket)).must(200)["team"].is_null()).count();
        assert_eq!(with_team, 100);
        assert_eq!(run["total"], 105);
    });
}

#[test]
fn one_is_stopped_and_what_was_done_stays_until_it_is_taken_back() {
    both(|desk| {
        let tickets = many(desk, 105);
        let input = json!({ "tickets": numbers(&tickets), "changes": { "status": "resolved" } });
        let letters = desk.waiting_letters();
        let run = begun(desk, Role::Agent, &input);
        rounds(desk, 1);
        let stopped = step(desk, &run, "stop");
        assert_eq!((&stopped["state"], &stopped["changed"]), (&json!("stopped"), &json!(100)));
        rounds(desk, 2);
        assert_eq!(now(desk, Role::Agent, &run)["changed"], 100);
        desk.api(Role::Agent).post(&format!("{BULK}/{}/stop", text(&run, "/id")), &json!({})).problem(409);
        step(desk, &run, "undo");
        rounds(desk, 3);
        assert_eq!(now(desk, Role::Agent, &run)["state"], "undone");
        desk.react();
        assert_eq!(desk.waiting_letters(), letters, "a change of status writes to nobody");
        assert!(tickets.iter().all(|ticket| desk.api(Role::Agent).get(&path(ticket)).must(200)["status"] == "new"));
    });
}

#[test]
fn a_macro_for_many_writes_to_requesters_only_when_their_number_was_said() {
    both(|desk| {
        let tickets = many(desk, 4);
        let steps = json!({ "status": "resolved", "text": { "kind": "reply", "texts": [{ "language": "en", "text": "{{ticket.number}} is solved." }] } });
        let written = desk.api(Role::Agent).post("/api/v1/macros", &json!({ "title": "Solved", "steps": steps })).must(201);
        let mut input = json!({ "tickets": numbers(&tickets[..2]), "macro": written["id"] });
        let quiet = begun(desk, Role::Agent, &input);
        rounds(desk, 2);
        assert_eq!(now(desk, Role::Agent, &quiet)["changed"], 2);
        let said = |ticket: &Value| items(&desk.api(Role::Agent).get(&below(ticket, "messages"))).len();
        assert_eq!((said(&tickets[0]), said(&tickets[1])), (1, 1), "nobody was written to");
        (input["tickets"], input["mails"]) = (json!(numbers(&tickets[2..])), json!(1));
        assert_eq!(desk.api(Role::Agent).post(BULK, &input).invalid(), ["mails"]);
        input["mails"] = json!(2);
        begun(desk, Role::Agent, &input);
        rounds(desk, 2);
        assert_eq!((said(&tickets[2]), said(&tickets[3])), (2, 2));
        desk.leaves_mail();
    });
}

#[test]
fn t_s1_what_cannot_be_meant_is_refused_and_so_is_too_much_at_once() {
    one(|desk| {
        let tickets = many(desk, 2);
        let agent = desk.api(Role::Agent);
        let edit = json!({ "priority": "high" });
        for wrong in [
            json!({ "changes": edit }),
            json!({ "q": "is:open", "tickets": ["INC-1"], "changes": edit }),
            json!({ "q": "is:open" }),
            json!({ "q": "is:open", "changes": edit, "macro": "7" }),
            json!({ "q": "is:open", "changes": { "unread": true } }),
        ] {
            agent.post(BULK, &wrong).problem(400);
        }
        assert_eq!(agent.post(BULK, &json!({ "tickets": ["INC-99999"], "changes": edit })).invalid(), ["tickets"]);
        agent.post(BULK, &json!({ "q": "is:open", "macro": "7" })).problem(404);
        for _ in 0..kernel::limits::BULK_RUNS_MAX {
            begun(desk, Role::Agent, &json!({ "tickets": numbers(&tickets), "changes": edit }));
        }
        agent.post(BULK, &json!({ "tickets": numbers(&tickets), "changes": edit })).problem(409);
    });
}
