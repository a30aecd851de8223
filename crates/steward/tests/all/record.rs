//! The record of a ticket: tasks with their order and needs, time worked and timers, putting off; on both databases.

use desk::snoozing::Waker;
use kernel::Span;
use serde_json::{Value, json};
use testkit::{Mail, Role, TestDesk};

use crate::house::{below, both, found, items, opened, path, text};

const TASKS: &str = "tasks";
const TIMES: &str = "time-entries";

fn task(desk: &TestDesk, ticket: &Value, more: &Value) -> Value {
    desk.api(Role::Agent).post(&below(ticket, TASKS), more).must(201)
}

fn task_path(ticket: &Value, task: &Value) -> String {
    below(ticket, &format!("{TASKS}/{}", text(task, "/id")))
}

fn titles(desk: &TestDesk, ticket: &Value) -> Vec<String> {
    items(&desk.api(Role::Agent).get(&below(ticket, TASKS))).iter().map(|one| text(one, "/title").to_owned()).collect()
}

fn kinds(desk: &TestDesk, ticket: &Value) -> Vec<String> {
    desk.settle();
    let timeline = items(&desk.api(Role::Agent).get(&below(ticket, "timeline")));
    timeline.iter().filter(|one| one["type"] == "fact").map(|one| text(one, "/fact/kind").to_owned()).collect()
}

fn wake(desk: &TestDesk) {
    while desk.wait(Waker::new(desk.desk.clone()).round()).unwrap() > 0 {}
}

fn snoozed(desk: &TestDesk, ticket: &Value) -> bool {
    desk.api(Role::Agent).get(&path(ticket)).must(200)["snoozed"].as_bool().unwrap()
}

#[test]
fn tasks_keep_their_order_and_tell_what_became_of_them() {
    both(|desk| {
        let ticket = opened(desk, &json!({}));
        let agent = desk.api(Role::Agent);
        let badge =
            task(desk, &ticket, &json!({ "title": "  Order the\nbadge ", "due_on": "2026-11-30", "assignee": "anna@desk.example" }));
        assert_eq!((text(&badge, "/title"), text(&badge, "/assignee/email")), ("Order the badge", "anna@desk.example"));
        for title in ["Desk", "Phone"] {
            task(desk, &ticket, &json!({ "title": title, "checklist": "First day" }));
        }
        let phone = items(&agent.get(&below(&ticket, TASKS))).pop().unwrap();
        agent.patch(&task_path(&ticket, &phone), &json!({ "place": 0 })).must(200);
        assert_eq!(titles(desk, &ticket), ["Phone", "Order the badge", "Desk"]);
        agent.patch(&task_path(&ticket, &phone), &json!({ "place": 99 })).must(200);
        assert_eq!(titles(desk, &ticket), ["Order the badge", "Desk", "Phone"]);
        let done = agent.patch(&task_path(&ticket, &badge), &json!({ "done": true, "title": "Badge" })).must(200);
        assert_eq!((&done["done"], text(&done, "/done_by/email")), (&json!(true), "anna@desk.example"));
        agent.patch(&task_path(&ticket, &badge), &json!({ "done": false, "due_on": null })).must(200);
        agent.delete(&task_path(&ticket, &phone), &json!({})).must(204);
        assert_eq!(titles(desk, &ticket), ["Badge", "Desk"]);
        let told = kinds(desk, &ticket);
        for kind in ["task.added", "task.changed", "task.done", "task.reopened", "task.removed"] {
            assert!(told.iter().any(|one| one == kind), "{kind} in {told:?}");
        }
        agent.with("if-match", "\"v1\"").patch(&task_path(&ticket, &badge), &json!({ "title": "x" })).problem(412);
        for (wrong, field) in [
            (json!({ "title": " " }), "title"),
            (json!({ "title": "x", "due_on": "soon" }), "due_on"),
            (json!({ "title": "x", "assignee": "nobody@desk.example" }), "assignee"),
            (json!({ "title": "x", "blocked_by": ["77"] }), "blocked_by"),
        ] {
            assert_eq!(agent.post(&below(&ticket, TASKS), &wrong).invalid(), [field]);
        }
        desk.leaves_mail();
    });
}

#[test]
fn a_task_waits_for_others_and_never_in_a_circle() {
    both(|desk| {
        let ticket = opened(desk, &json!({}));
        let agent = desk.api(Role::Agent);
        let one = task(desk, &ticket, &json!({ "title": "Approve" }));
        let two = task(desk, &ticket, &json!({ "title": "Order", "blocked_by": [one["id"]] }));
        let three = task(desk, &ticket, &json!({ "title": "Deliver", "blocked_by": [two["id"]] }));
        assert_eq!((&two["blocked"], &three["blocked"]), (&json!(true), &json!(true)));
        for (task, need) in [(&one, &three), (&one, &two), (&two, &two)] {
            let refused = agent.patch(&task_path(&ticket, task), &json!({ "blocked_by": [need["id"]] }));
            assert_eq!(refused.invalid(), ["blocked_by"]);
        }
        let early = agent.patch(&task_path(&ticket, &three), &json!({ "done": true })).problem(422);
        assert!(early.to_string().contains("Order"), "{early}");
        agent.patch(&task_path(&ticket, &one), &json!({ "done": true })).must(200);
        agent.patch(&task_path(&ticket, &two), &json!({ "done": true })).must(200);
        let last = agent.patch(&task_path(&ticket, &three), &json!({ "done": true })).must(200);
        assert_eq!((&last["done"], &last["blocked"]), (&json!(true), &json!(false)));
        let other = opened(desk, &json!({}));
        let foreign = agent.post(&below(&other, TASKS), &json!({ "title": "x", "blocked_by": [one["id"]] }));
        assert_eq!(foreign.invalid(), ["blocked_by"], "tasks of another ticket are no needs");
        agent.patch(&task_path(&other, &one), &json!({ "title": "x" })).problem(404);
        desk.leaves_mail();
    });
}

#[test]
fn a_ticket_with_open_mandatory_tasks_is_not_resolved_and_says_which() {
    both(|desk| {
        let ticket = opened(desk, &json!({}));
        let agent = desk.api(Role::Agent);
        let must = task(desk, &ticket, &json!({ "title": "Return the badge", "mandatory": true }));
        task(desk, &ticket, &json!({ "title": "Nice to have" }));
        for to in ["resolved", "closed"] {
            let refused = agent.post(&below(&ticket, "transition"), &json!({ "to": to })).problem(422);
            let said = refused.to_string();
            assert!(said.contains("Return the badge") && !said.contains("Nice to have"), "{said}");
        }
        assert_eq!(text(&agent.get(&path(&ticket)).must(200), "/status"), "new");
        agent.patch(&task_path(&ticket, &must), &json!({ "done": true })).must(200);
        agent.post(&below(&ticket, "transition"), &json!({ "to": "resolved" })).must(200);
        // Who withdraws what they asked for is not asked.
        let second = opened(desk, &json!({}));
        task(desk, &second, &json!({ "title": "Return the badge", "mandatory": true }));
        desk.api(Role::Requester).post(&below(&second, "transition"), &json!({ "to": "closed" })).must(200);
        desk.leaves_mail();
    });
}

#[test]
fn tasks_and_time_are_the_agents_own_business() {
    both(|desk| {
        let ticket = opened(desk, &json!({}));
        let item = task(desk, &ticket, &json!({ "title": "Inside" }));
        desk.api(Role::Agent).post(&below(&ticket, TIMES), &json!({ "minutes": 5 })).must(201);
        let requester = desk.api(Role::Requester);
        for rest in [TASKS, TIMES] {
            requester.get(&below(&ticket, rest)).problem(404);
        }
        requester.post(&below(&ticket, TASKS), &json!({ "title": "x" })).problem(404);
        requester.post(&below(&ticket, TIMES), &json!({ "minutes": 5 })).problem(404);
        requester.patch(&task_path(&ticket, &item), &json!({ "done": true })).problem(404);
        requester.post(&below(&ticket, "snooze"), &json!({})).problem(403);
        let told = items(&requester.get(&below(&ticket, "timeline")));
        assert!(
            !told.iter().any(|one| one["fact"]["kind"].as_str().is_some_and(|kind| kind.starts_with("task") || kind.starts_with("time")))
        );
        desk.leaves_mail();
    });
}

#[test]
fn time_is_summed_up_corrected_by_its_author_and_can_be_demanded() {
    both(|desk| {
        let ticket = opened(desk, &json!({}));
        let agent = desk.api(Role::Agent);
        desk.api(Role::Admin).patch("/api/v1/desks/it", &json!({ "time_required": true })).must(200);
        let refused = agent.post(&below(&ticket, "transition"), &json!({ "to": "resolved" })).problem(422);
        assert!(refused.to_string().contains("time worked"), "{refused}");
        let entry = agent
            .post(&below(&ticket, TIMES), &json!({ "minutes": 25, "work": "travel", "billable": true, "note": "To the quay" }))
            .must(201);
        agent.post(&below(&ticket, TIMES), &json!({ "minutes": 10 })).must(201);
        let list = agent.get(&below(&ticket, TIMES)).must(200);
        assert_eq!((&list["total_minutes"], &list["billable_minutes"]), (&json!(35), &json!(25)));
        let one = below(&ticket, &format!("{TIMES}/{}", text(&entry, "/id")));
        agent.patch(&one, &json!({ "minutes": 30 })).must(200);
        for minutes in [0, -5, 1_441] {
            assert_eq!(agent.post(&below(&ticket, TIMES), &json!({ "minutes": minutes })).invalid(), ["minutes"]);
        }
        assert_eq!(
            agent.post(&below(&ticket, TIMES), &json!({ "minutes": 5, "started_at": "2999-01-01T00:00:00Z" })).invalid(),
            ["started_at"]
        );
        agent.post(&below(&ticket, "transition"), &json!({ "to": "resolved" })).must(200);
        desk.api(Role::Admin).delete(&one, &json!({})).must(204);
        assert_eq!(agent.get(&below(&ticket, TIMES)).must(200)["total_minutes"], json!(10));
        let told = kinds(desk, &ticket);
        for kind in ["time.logged", "time.changed", "time.removed"] {
            assert!(told.iter().any(|one| one == kind), "{kind} in {told:?}");
        }
        desk.leaves_mail();
    });
}

#[test]
fn one_timer_a_person_and_what_it_gathered_is_a_draft_until_it_is_kept() {
    both(|desk| {
        let [first, second] = ["one", "two"].map(|title| opened(desk, &json!({ "title": title })));
        let agent = desk.api(Role::Agent);
        let drive = |ticket: &Value, action: &str| agent.post(&below(ticket, "timer"), &json!({ "action": action })).must(200);
        drive(&first, "start");
        desk.advance(Span::minutes(10));
        drive(&first, "pause");
        desk.advance(Span::hours(3));
        let paused = agent.get("/api/v1/me/timer").must(200);
        assert_eq!((&paused["running"], &paused["seconds"], &paused["ticket"]), (&json!(false), &json!(600), &first["number"]));
        drive(&first, "start");
        desk.advance(Span::seconds(90));
        let switched = drive(&second, "start");
        assert_eq!((&switched["ticket"], &switched["seconds"]), (&second["number"], &json!(0)));
        let list = agent.get(&below(&first, TIMES)).must(200);
        let draft = list["items"][0].clone();
        assert_eq!((&draft["draft"], &draft["minutes"], &list["total_minutes"]), (&json!(true), &json!(12), &json!(0)));
        assert_eq!(desk.api(Role::Admin).get(&below(&first, TIMES)).must(200)["items"], json!([]), "a draft is its author's alone");
        let one = below(&first, &format!("{TIMES}/{}", text(&draft, "/id")));
        desk.api(Role::Admin).patch(&one, &json!({ "note": "x" })).problem(404);
        agent.patch(&one, &json!({ "note": "Called back", "work": "call" })).must(200);
        assert_eq!(agent.get(&below(&first, TIMES)).must(200)["total_minutes"], json!(12));
        assert!(kinds(desk, &first).contains(&"time.logged".to_owned()));
        desk.advance(Span::seconds(5));
        let slip = drive(&second, "stop");
        assert_eq!((&slip["draft"], &slip["ticket"]), (&Value::Null, &Value::Null), "a slip of the hand leaves nothing");
        desk.leaves_mail();
    });
}

#[test]
fn a_snoozed_ticket_comes_back_by_the_clock() {
    both(|desk| {
        let ticket = opened(desk, &json!({ "assignee": "anna@desk.example" }));
        let agent = desk.api(Role::Agent);
        let number = text(&ticket, "/number").to_owned();
        let until = (desk.desk.clock().now() + Span::hours(16)).to_string();
        let off = agent.post(&below(&ticket, "snooze"), &json!({ "until": until })).must(200);
        assert_eq!((&off["snoozed"], &off["snoozed_until"]), (&json!(true), &json!(until)));
        assert_eq!(found(&agent, "is:snoozed assignee:me,none"), [number.as_str()]);
        assert!(found(&agent, "assignee:me -turn:done -is:snoozed").is_empty());
        desk.advance(Span::hours(15));
        wake(desk);
        assert!(snoozed(desk, &ticket));
        desk.advance(Span::hours(1));
        wake(desk);
        assert!(!snoozed(desk, &ticket));
        assert_eq!(found(&agent, "assignee:me -turn:done -is:snoozed"), [number.as_str()]);
        let told = kinds(desk, &ticket);
        assert!(told.ends_with(&["ticket.snoozed".to_owned(), "ticket.woke".to_owned()]), "{told:?}");
        for wrong in [json!({ "until": "2001-01-01T00:00:00Z" }), json!({ "until": "2999-01-01T00:00:00Z" }), json!({ "until": "soon" })] {
            assert_eq!(agent.post(&below(&ticket, "snooze"), &wrong).invalid(), ["until"]);
        }
        desk.leaves_mail();
    });
}

#[test]
fn a_snoozed_ticket_comes_back_when_somebody_writes_and_not_for_a_note() {
    both(|desk| {
        let mail = Mail::new("Rosa Marin <rosa@brackwater.example>", "Gates", "snooze-1@brackwater.example").header("X-Test-Verdict: pass");
        let channels::mail::inbound::Outcome::Opened(number) = desk.mail(&mail) else { panic!("not opened") };
        let ticket = json!({ "number": number });
        let agent = desk.api(Role::Agent);
        agent.post(&below(&ticket, "snooze"), &json!({})).must(200);
        agent.post(&below(&ticket, "messages"), &json!({ "kind": "note", "body": "waiting" })).must(201);
        desk.advance(Span::days(40));
        wake(desk);
        assert!(snoozed(desk, &ticket));
        desk.api(Role::Requester).post(&below(&ticket, "messages"), &json!({ "body": "Any news?" })).must(201);
        assert!(!snoozed(desk, &ticket));
        agent.post(&below(&ticket, "snooze"), &json!({})).must(200);
        let answer = Mail::new("Rosa Marin <rosa@brackwater.example>", "Re: Gates", "snooze-2@brackwater.example")
            .header("X-Test-Verdict: pass")
            .header("In-Reply-To: <snooze-1@brackwater.example>");
        desk.mail(&answer);
        assert!(!snoozed(desk, &ticket), "a mail brings it back too");
        agent.post(&below(&ticket, "snooze"), &json!({})).must(200);
        agent.send("DELETE", &below(&ticket, "snooze"), "", Vec::new()).must(200);
        agent.post(&below(&ticket, "snooze"), &json!({})).must(200);
        let done = agent.post(&below(&ticket, "transition"), &json!({ "to": "resolved" })).must(200);
        assert_eq!(done["snoozed"], json!(false), "what is done is not put off");
        agent.post(&below(&ticket, "snooze"), &json!({})).problem(409);
        desk.leaves_mail();
    });
}
