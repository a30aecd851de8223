//! Macros: whose they are, what is shown before, all or nothing, one way back.

use kernel::Span;
use serde_json::{Value, json};
use testkit::{Api, Role, TestDesk};

use crate::house::{below, both, items, one, opened, path, text};

const MACROS: &str = "/api/v1/macros";

fn written(desk: &TestDesk, role: Role, steps: &Value, more: &Value) -> Value {
    let mut fields = json!({ "title": "Solved", "steps": steps });
    for (key, value) in more.as_object().unwrap() {
        fields[key] = value.clone();
    }
    desk.api(role).post(MACROS, &fields).must(201)
}

fn at(ticket: &Value, one: &Value) -> String {
    below(ticket, &format!("macros/{}", text(one, "/id")))
}

fn own(one: &Value) -> String {
    format!("{MACROS}/{}", text(one, "/id"))
}

fn titles(desk: &TestDesk, role: Role, more: &str) -> Vec<String> {
    items(&desk.api(role).get(&format!("{MACROS}{more}"))).iter().map(|one| text(one, "/title").to_owned()).collect()
}

fn kinds(api: &Api<'_>, ticket: &Value) -> Vec<String> {
    let all = items(&api.get(&below(ticket, "timeline")));
    all.iter().filter_map(|one| Some(one.pointer("/fact/kind")?.as_str()?.to_owned())).collect()
}

fn full() -> Value {
    json!({
        "status": "resolved", "resolution_code": "fixed", "assignee": "me", "team": "network", "priority": "high",
        "add_tags": ["Gate"], "remove_tags": ["night"], "watch": true,
        "text": { "kind": "reply", "texts": [
            { "language": "en", "text": "Hello {{requester.first_name}}, {{ticket.number}} is solved." },
            { "language": "lv", "text": "Labdien, {{requester.first_name}}!" },
        ] },
    })
}

#[test]
fn t_x1_a_macro_is_found_by_those_whose_it_is() {
    both(|desk| {
        let steps = json!({ "watch": true });
        written(desk, Role::Admin, &steps, &json!({ "title": "All", "scope": "everybody" }));
        written(desk, Role::Agent, &steps, &json!({ "title": "Desk", "scope": "desk", "desk": "it" }));
        let mine = written(desk, Role::Agent, &steps, &json!({ "title": "Own" }));
        assert_eq!(titles(desk, Role::Agent, ""), ["All", "Desk", "Own"]);
        assert_eq!(titles(desk, Role::OtherAgent, ""), ["All"]);
        assert_eq!(titles(desk, Role::Admin, ""), ["All", "Desk"], "nobody reads what somebody keeps for themselves");
        desk.api(Role::Requester).get(MACROS).problem(403);
        let ticket = opened(desk, &json!({}));
        for role in [Role::OtherAgent, Role::Admin] {
            desk.api(role).get(&own(&mine)).problem(404);
            desk.api(role).patch(&own(&mine), &json!({ "title": "x" })).problem(404);
            desk.api(role).delete(&own(&mine), &json!({})).problem(404);
            desk.api(role).post(&at(&ticket, &mine), &json!({})).problem(404);
        }
        let agent = desk.api(Role::Agent);
        agent.with("if-match", "\"v9\"").patch(&own(&mine), &json!({ "title": "x" })).problem(412);
        assert_eq!(agent.patch(&own(&mine), &json!({ "title": "Mine" })).must(200)["steps"], steps);
        agent.post(&at(&ticket, &mine), &json!({})).must(200);
        assert_eq!(agent.get(&own(&mine)).must(200)["uses"], 1);
        agent.delete(&own(&mine), &json!({})).must(204);
        agent.post(&at(&ticket, &mine), &json!({})).problem(404);
        desk.leaves_mail();
    });
}

#[test]
fn what_no_ticket_could_take_is_refused_when_it_is_written() {
    one(|desk| {
        let agent = desk.api(Role::Agent);
        let note = |text: &str| json!({ "kind": "note", "texts": [{ "language": "en", "text": text }] });
        for (steps, field) in [
            (json!({}), "steps"),
            (json!({ "status": "flown" }), "steps.status"),
            (json!({ "resolution_code": "fixed" }), "steps.resolution_code"),
            (json!({ "assignee": "nobody@nowhere.example" }), "steps.assignee"),
            (json!({ "team": "no-such-team" }), "steps.team"),
            (json!({ "category": "7" }), "steps.category"),
            (json!({ "priority": "urgent" }), "steps.priority"),
            (json!({ "impact": "critical" }), "steps.impact"),
            (json!({ "snooze": "forever" }), "steps.snooze"),
            (json!({ "fields": { "no_such_field": 1 } }), "fields.no_such_field"),
            (json!({ "text": note("{{ 7*7 }}") }), "body"),
            (json!({ "text": note(" ") }), "body"),
            (json!({ "text": { "kind": "note", "texts": [{ "language": "tlh", "text": "x" }] } }), "language"),
        ] {
            assert_eq!(agent.post(MACROS, &json!({ "title": "x", "steps": steps })).invalid(), [field], "{steps}");
        }
        let watch = json!({ "watch": true });
        assert_eq!(agent.post(MACROS, &json!({ "title": " ", "steps": watch })).invalid(), ["title"]);
        assert_eq!(agent.post(MACROS, &json!({ "title": "x", "steps": watch, "scope": "everybody" })).invalid(), ["place"]);
    });
}

#[test]
fn what_is_shown_before_is_what_happens_and_showing_changes_nothing() {
    both(|desk| {
        let agent = desk.api(Role::Agent);
        let ticket = opened(desk, &json!({ "tags": ["night"] }));
        let one = written(desk, Role::Agent, &full(), &json!({}));
        let before = agent.get(&path(&ticket)).must(200);
        let (facts, letters) = (kinds(&agent, &ticket), desk.waiting_letters());
        let plan = agent.post(&at(&ticket, &one), &json!({ "preview": true })).must(200);
        assert_eq!((&plan["applied"], &plan["undo"], &plan["refused"]), (&json!(false), &Value::Null, &json!([])), "{plan}");
        assert_eq!(text(&plan, "/message/text"), format!("Hello Rosa, {} is solved.", text(&ticket, "/number")));
        assert_eq!(plan["message"]["to"], json!(["rosa@brackwater.example"]));
        assert_eq!(agent.get(&path(&ticket)).must(200), before, "looking changes nothing");
        assert_eq!((kinds(&agent, &ticket), desk.waiting_letters()), (facts, letters));
        assert_eq!(agent.get(&own(&one)).must(200)["uses"], 0);
        let done = agent.post(&at(&ticket, &one), &json!({})).must(200);
        assert_eq!(done["changes"], plan["changes"]);
        let now = agent.get(&path(&ticket)).must(200);
        for change in plan["changes"].as_array().unwrap() {
            let (field, to) = (text(change, "/field"), text(change, "/to"));
            let value = match field {
                "assignee" | "team" => now[field]["id"].clone(),
                "tags" => json!(now["tags"].as_array().unwrap().iter().filter_map(Value::as_str).collect::<Vec<_>>().join(", ")),
                _ => now[field].clone(),
            };
            assert_eq!(value, to, "{field} of {now}");
        }
        let changed: Vec<&str> = plan["changes"].as_array().unwrap().iter().map(|change| text(change, "/field")).collect();
        assert_eq!(changed, ["priority", "team", "assignee", "status", "resolution_code", "tags"]);
        assert!(kinds(&agent, &ticket).contains(&"macro.run".to_owned()));
        assert!(!kinds(&desk.api(Role::Requester), &ticket).contains(&"macro.run".to_owned()), "inner work stays inside");
        desk.leaves_mail();
    });
}

#[test]
fn a_macro_is_one_step_that_one_undo_takes_back() {
    both(|desk| {
        let agent = desk.api(Role::Agent);
        let ticket = opened(desk, &json!({ "tags": ["night"] }));
        let mut steps = full();
        steps["text"] = Value::Null;
        let one = written(desk, Role::Agent, &steps, &json!({}));
        let before = agent.get(&path(&ticket)).must(200);
        let done = agent.post(&at(&ticket, &one), &json!({})).must(200);
        let undone = agent.post(&format!("/api/v1/undo/{}", text(&done, "/undo")), &json!({})).must(200);
        assert_eq!(undone["tickets"][0]["kept"], json!([]), "{undone}");
        let now = agent.get(&path(&ticket)).must(200);
        for field in ["status", "assignee", "team", "priority", "tags", "resolution_code", "watchers"] {
            assert_eq!(now[field], before[field], "{field}");
        }
        desk.leaves_mail();
    });
}

#[test]
fn one_refused_step_means_that_nothing_is_done() {
    both(|desk| {
        let agent = desk.api(Role::Agent);
        let ticket = opened(desk, &json!({}));
        agent.post(&below(&ticket, "tasks"), &json!({ "title": "Open gate 3 by hand", "mandatory": true })).must(201);
        let one = written(desk, Role::Agent, &full(), &json!({}));
        let before = agent.get(&path(&ticket)).must(200);
        let plan = agent.post(&at(&ticket, &one), &json!({ "preview": true })).must(200);
        assert_eq!(text(&plan, "/refused/0/field"), "status", "{plan}");
        assert!(plan["changes"].as_array().unwrap().iter().any(|change| change["field"] == "priority"), "the rest is shown too: {plan}");
        assert_eq!(agent.post(&at(&ticket, &one), &json!({})).invalid(), ["to"]);
        assert_eq!(agent.get(&path(&ticket)).must(200), before);
        assert_eq!(agent.get(&own(&one)).must(200)["uses"], 0);
        desk.leaves_mail();
    });
}

#[test]
fn t_x2_a_macro_does_nothing_that_its_runner_may_not() {
    both(|desk| {
        let ticket = opened(desk, &json!({}));
        let hidden = opened(desk, &json!({ "desk": "hr", "requester": "sam@elsewhere.example" }));
        let all = written(desk, Role::Admin, &json!({ "add_tags": ["x"] }), &json!({ "scope": "everybody" }));
        let it = written(desk, Role::Admin, &json!({ "team": "network" }), &json!({ "scope": "desk", "desk": "it" }));
        desk.api(Role::Agent).post(&at(&hidden, &all), &json!({})).problem(404);
        desk.api(Role::Agent).post(&at(&hidden, &all), &json!({ "preview": true })).problem(404);
        desk.api(Role::OtherAgent).post(&at(&ticket, &all), &json!({ "preview": true })).problem(404);
        desk.api(Role::Auditor).post(&at(&ticket, &all), &json!({})).problem(403);
        desk.api(Role::Requester).post(&at(&ticket, &all), &json!({})).problem(403);
        assert_eq!(desk.api(Role::Admin).post(&at(&hidden, &it), &json!({})).invalid(), ["macro"], "it is of another desk");
        assert!(!titles(desk, Role::Admin, &format!("?ticket={}", text(&hidden, "/number"))).is_empty());
        assert_eq!(titles(desk, Role::Admin, &format!("?ticket={}", text(&hidden, "/number"))).len(), 1);
        let stale = desk.api(Role::Agent).with("if-match", "\"v99\"").post(&at(&ticket, &all), &json!({}));
        stale.problem(412);
        desk.leaves_mail();
    });
}

#[test]
fn a_macro_speaks_the_ticket_s_language_and_puts_it_off() {
    one(|desk| {
        let agent = desk.api(Role::Agent);
        let rosa = desk.persona(Role::Requester).id;
        desk.api(Role::Admin).patch(&format!("/api/v1/people/{rosa}"), &json!({ "language": "lv" })).must(200);
        let ticket = opened(desk, &json!({}));
        let mut steps = full();
        (steps["status"], steps["resolution_code"], steps["snooze"]) = (Value::Null, Value::Null, json!("3d"));
        let one = written(desk, Role::Agent, &steps, &json!({}));
        let plan = agent.post(&at(&ticket, &one), &json!({ "preview": true })).must(200);
        assert_eq!(text(&plan, "/message/text"), "Labdien, Rosa!");
        let snooze = plan["changes"].as_array().unwrap().iter().find(|change| change["field"] == "snooze").unwrap().clone();
        assert_eq!(text(&snooze, "/to"), (desk.desk.clock().now() + Span::days(3)).to_string());
        assert!(plan["changes"].as_array().unwrap().iter().any(|change| change["to"] == "pending"), "as after every reply: {plan}");
        agent.post(&at(&ticket, &one), &json!({})).must(200);
        desk.advance(Span::days(1));
        let note = json!({ "text": { "kind": "note", "texts": [{ "language": "en", "text": "Seen by {{agent.first_name}}." }] } });
        let note = written(desk, Role::Agent, &note, &json!({}));
        agent.post(&at(&ticket, &note), &json!({})).must(200);
        let said = agent.get(&below(&ticket, "messages")).must(200);
        let last = said["items"].as_array().unwrap().last().unwrap().clone();
        assert_eq!((text(&last, "/kind"), text(&last, "/body_text")), ("note", "Seen by Anna."), "{said}");
        desk.leaves_mail();
    });
}
