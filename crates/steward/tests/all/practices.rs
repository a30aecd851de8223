//! States that a desk draws itself, custom fields and forms: the same for pages, programs and mail.

use serde_json::{Value, json};
use testkit::{Mail, Role, TestDesk};

use crate::house::{TICKETS, both, items, opened, path, text};

const INCIDENT: &str = "/api/v1/practices/incident";

/// The usual states of an incident with one more: waiting for parts.
fn with_parts() -> Value {
    let ways = [
        ("new", "open"),
        ("new", "pending"),
        ("open", "pending"),
        ("pending", "open"),
        ("open", "parts"),
        ("parts", "open"),
        ("open", "resolved"),
        ("resolved", "open"),
        ("resolved", "closed"),
        ("closed", "open"),
    ];
    let ways: Vec<Value> = ways.iter().map(|(from, to)| json!({ "from": from, "to": to })).collect();
    let state = |word: &str, turn: &str| json!({ "status": word, "turn": turn });
    json!({
        "statuses": [
            state("new", "us"), state("open", "us"), state("pending", "requester"),
            { "status": "parts", "turn": "third_party", "names": { "en": "Waiting for parts", "lv": "Gaida detaļas" } },
            state("resolved", "done"), state("closed", "done"),
        ],
        "transitions": ways,
    })
}

fn incident(desk: &TestDesk) -> Value {
    opened(desk, &json!({ "kind": "incident", "desk": "it" }))
}

fn go(desk: &TestDesk, ticket: &Value, body: &Value) -> testkit::Answer {
    desk.api(Role::Agent).post(&format!("{}/transition", path(ticket)), body)
}

fn field(desk: &TestDesk, body: &Value) -> Value {
    desk.api(Role::Admin).post("/api/v1/fields", body).must(201)
}

fn form(desk: &TestDesk, kind: &str, items: &Value) -> Value {
    desk.api(Role::Admin).post("/api/v1/forms", &json!({ "kind": kind, "sections": [{ "items": items }] })).must(201)
}

fn open_as(desk: &TestDesk, role: Role, kind: &str, fields: &Value) -> testkit::Answer {
    let requester = if role == Role::Agent { "rosa@brackwater.example" } else { desk.persona(role).email };
    desk.api(role).post(TICKETS, &json!({ "title": "x", "requester": requester, "kind": kind, "desk": "it", "fields": fields }))
}

#[test]
fn a_running_ticket_keeps_its_states_and_a_new_one_has_the_newest() {
    both(|desk| {
        let (admin, old) = (desk.api(Role::Admin), incident(desk));
        assert_eq!(old["practice_version"], 1);
        let published = admin.post(&format!("{INCIDENT}/versions"), &json!({ "practice": with_parts(), "remark": "Parts" })).must(201);
        assert_eq!(published["version"], 2);
        let new = incident(desk);
        assert_eq!(new["practice_version"], 2);
        for ticket in [&old, &new] {
            go(desk, ticket, &json!({ "to": "open" })).must(200);
        }
        // The old one knows on_hold and not parts, the new one parts and not on_hold.
        assert_eq!(go(desk, &old, &json!({ "to": "parts" })).invalid(), ["to"]);
        assert_eq!(go(desk, &new, &json!({ "to": "on_hold" })).invalid(), ["to"]);
        assert_eq!(go(desk, &old, &json!({ "to": "on_hold" })).must(200)["status"], "on_hold");
        let moved = go(desk, &new, &json!({ "to": "parts" })).must(200);
        assert_eq!((text(&moved, "/status"), text(&moved, "/turn")), ("parts", "third_party"));
        // Both states can be asked for, though the newest version knows only one.
        for (query, found) in [("status:parts", 1), ("status:on_hold", 1)] {
            assert_eq!(items(&admin.get(&format!("{TICKETS}?q={}", TestDesk::encoded(query)))).len(), found, "{query}");
        }
        let versions = items(&admin.get(&format!("{INCIDENT}/versions")));
        assert_eq!(versions.iter().map(|one| one["version"].as_i64().unwrap()).collect::<Vec<_>>(), [2, 1]);
        assert_eq!((text(&versions[0], "/remark"), text(&versions[0], "/differences/0/from")), ("Parts", "parts"));
        // Going back is publishing the old one again.
        let first = versions[1]["practice"].clone();
        assert_eq!(admin.post(&format!("{INCIDENT}/versions"), &json!({ "practice": first })).must(201)["version"], 3);
        assert_eq!(incident(desk)["practice_version"], 3);
        desk.settle();
        let facts = admin.get("/api/v1/events?limit=200").text();
        assert_eq!(facts.matches(r#""practice.published""#).count(), 2);
    });
}

#[test]
fn states_that_lead_nowhere_are_not_published() {
    both(|desk| {
        let admin = desk.api(Role::Admin);
        let publish = |practice: &Value| admin.post(&format!("{INCIDENT}/versions"), &json!({ "practice": practice }));
        let broken = json!({
            "statuses": [
                { "status": "new", "turn": "us" }, { "status": "lost", "turn": "us" }, { "status": "trap", "turn": "us" },
                { "status": "closed", "turn": "done" },
            ],
            "transitions": [{ "from": "new", "to": "trap" }, { "from": "new", "to": "closed" }, { "from": "lost", "to": "closed", "fields": ["nothing"] }],
        });
        assert_eq!(publish(&broken).invalid(), ["transitions.lost.closed", "statuses.lost", "statuses.trap"]);
        let told = admin.post(&format!("{INCIDENT}/check"), &broken).must(200);
        assert_eq!(told["problems"].as_array().unwrap().len(), 3);
        assert_eq!(publish(&json!({ "statuses": [], "transitions": [] })).invalid(), ["statuses", "statuses"]);
        // What it says already is no new version, and a version that somebody else has replaced is not replaced unseen.
        publish(&with_parts()).must(201);
        publish(&with_parts()).must(409);
        let late = json!({ "practice": with_parts(), "expected_version": 1 });
        admin.post(&format!("{INCIDENT}/versions"), &late).must(412);
        admin.post("/api/v1/practices/wish/versions", &json!({ "practice": with_parts() })).must(404);
        desk.api(Role::Agent).post(&format!("{INCIDENT}/versions"), &json!({ "practice": with_parts() })).must(403);
    });
}

#[test]
fn a_draft_is_followed_by_nobody_until_it_is_published() {
    both(|desk| {
        let admin = desk.api(Role::Admin);
        let draft = format!("{INCIDENT}/draft");
        admin.get(&draft).must(404);
        assert_eq!(admin.json("PUT", &draft, &with_parts()).status, 204);
        assert_eq!(admin.get(&draft).must(200)["base"], 1);
        assert_eq!(incident(desk)["practice_version"], 1);
        admin.post(&format!("{INCIDENT}/versions"), &json!({})).must(201);
        admin.get(&draft).must(404);
        assert_eq!(incident(desk)["practice_version"], 2);
        // A draft that was begun before somebody else published is not published over their work.
        assert_eq!(admin.json("PUT", &draft, &with_parts()).status, 204);
        let mut other = with_parts();
        other["statuses"][3]["names"] = json!({ "en": "Parts" });
        admin.post(&format!("{INCIDENT}/versions"), &json!({ "practice": other })).must(201);
        admin.post(&format!("{INCIDENT}/versions"), &json!({})).must(412);
        assert_eq!(admin.delete(&draft, &json!({})).status, 204);
        admin.get(&draft).must(404);
    });
}

#[test]
fn running_tickets_go_over_to_the_newest_states_by_a_mapping_that_names_every_state() {
    both(|desk| {
        let admin = desk.api(Role::Admin);
        let (held, fresh, done) = (incident(desk), incident(desk), incident(desk));
        go(desk, &held, &json!({ "to": "on_hold" })).must(200);
        go(desk, &done, &json!({ "to": "resolved" })).must(200);
        admin.post(&format!("{INCIDENT}/versions"), &json!({ "practice": with_parts() })).must(201);
        let adopt = |body: Value| admin.post(&format!("{INCIDENT}/adoption"), &body);
        let told = adopt(json!({ "version": 2, "preview": true })).must(200);
        assert_eq!(
            told["tickets"],
            json!([
                { "version": 1, "status": "new", "tickets": 1, "becomes": "new" },
                { "version": 1, "status": "on_hold", "tickets": 1, "becomes": null },
            ])
        );
        assert_eq!(adopt(json!({ "version": 2 })).invalid(), ["mapping.on_hold"]);
        assert_eq!(adopt(json!({ "version": 2, "mapping": { "on_hold": "moon" } })).invalid(), ["mapping.on_hold"]);
        adopt(json!({ "version": 1, "mapping": { "on_hold": "parts" } })).must(412);
        assert_eq!(adopt(json!({ "version": 2, "mapping": { "on_hold": "parts" } })).must(200)["moved"], 2);
        let now = |ticket: &Value| admin.get(&path(ticket)).must(200);
        assert_eq!((now(&held)["status"].clone(), now(&held)["practice_version"].clone()), (json!("parts"), json!(2)));
        assert_eq!((now(&fresh)["status"].clone(), now(&fresh)["practice_version"].clone()), (json!("new"), json!(2)));
        assert_eq!(now(&done)["practice_version"], 1);
        let timeline = admin.get(&format!("{}/timeline", path(&held))).text();
        assert!(timeline.contains(r#""because":"practice""#));
        assert_eq!(adopt(json!({ "version": 2 })).must(200)["moved"], 0);
        desk.api(Role::Agent).post(&format!("{INCIDENT}/adoption"), &json!({ "version": 2 })).must(403);
    });
}

#[test]
fn a_step_asks_for_what_its_state_and_its_way_demand() {
    both(|desk| {
        field(desk, &json!({ "key": "cause", "label": "Cause", "type": "text" }));
        field(desk, &json!({ "key": "part", "label": "Part", "type": "text" }));
        form(desk, "incident", &json!([{ "field": "cause", "required": "resolved", "audience": "agents" }, { "field": "part" }]));
        let mut practice = with_parts();
        let ways = practice["transitions"].as_array_mut().unwrap();
        ways[4] = json!({ "from": "open", "to": "parts", "fields": ["part"], "comment": true });
        ways[6] = json!({ "from": "open", "to": "resolved", "resolution_code": true });
        ways.push(json!({ "from": "open", "to": "closed", "administrators": true }));
        desk.api(Role::Admin).post(&format!("{INCIDENT}/versions"), &json!({ "practice": practice })).must(201);
        let ticket = incident(desk);
        go(desk, &ticket, &json!({ "to": "open" })).must(200);
        assert_eq!(go(desk, &ticket, &json!({ "to": "parts" })).invalid(), ["comment", "fields.part"]);
        assert_eq!(
            go(desk, &ticket, &json!({ "to": "parts", "comment": "Ordered", "fields": { "part": " " } })).invalid(),
            ["fields.part"]
        );
        let there = go(desk, &ticket, &json!({ "to": "parts", "comment": "Ordered", "fields": { "part": "Rotor" } })).must(200);
        assert_eq!((text(&there, "/status"), text(&there, "/fields/part")), ("parts", "Rotor"));
        go(desk, &ticket, &json!({ "to": "open" })).must(200);
        assert_eq!(go(desk, &ticket, &json!({ "to": "resolved" })).invalid(), ["resolution_code", "fields.cause"]);
        // A refused step leaves nothing behind.
        assert!(desk.api(Role::Agent).get(&path(&ticket)).must(200)["fields"].get("cause").is_none());
        // Only administrators may take it, and for others it is not among those that are possible.
        let refused = go(desk, &ticket, &json!({ "to": "closed", "fields": { "cause": "Rust" } }));
        assert_eq!(refused.invalid(), ["to"]);
        go(desk, &ticket, &json!({ "to": "resolved", "resolution_code": "fixed", "fields": { "cause": "Rust" } })).must(200);
        // While it is done, what it needed for that cannot be taken away; what is not needed can.
        let change = |fields: Value| desk.api(Role::Agent).patch(&path(&ticket), &json!({ "fields": fields }));
        assert_eq!(change(json!({ "cause": null })).invalid(), ["fields.cause"]);
        change(json!({ "part": null })).must(200);
        // Whoever asked is not held up by what is for agents.
        let own = desk
            .api(Role::Requester)
            .post(TICKETS, &json!({ "title": "x", "requester": desk.persona(Role::Requester).email, "kind": "incident", "desk": "it" }));
        let own = own.must(201);
        go(desk, &own, &json!({ "to": "open" })).must(200);
        desk.api(Role::Requester)
            .post(&format!("{}/transition", path(&own)), &json!({ "to": "closed", "fields": { "part": "x" } }))
            .must(403);
    });
}

#[test]
fn a_field_is_demanded_only_where_it_is_asked() {
    both(|desk| {
        field(desk, &json!({ "key": "ship", "label": "Ship", "type": "choice", "options": ["Aurora", "Borealis"] }));
        field(desk, &json!({ "key": "deck", "label": "Deck", "type": "number", "min": 1, "max": 9 }));
        let when = json!({ "terms": [{ "field": "ship", "is": "is", "values": ["Aurora"] }] });
        form(desk, "incident", &json!([{ "field": "ship" }, { "field": "deck", "required": "always", "when": when }]));
        for role in [Role::Agent, Role::Requester] {
            let open = |fields: Value| open_as(desk, role, "incident", &fields);
            open(json!({})).must(201);
            open(json!({ "ship": "Borealis" })).must(201);
            assert_eq!(open(json!({ "ship": "Aurora" })).invalid(), ["fields.deck"]);
            assert_eq!(open(json!({ "ship": "Aurora", "deck": 12 })).invalid(), ["fields.deck"]);
            assert_eq!(open(json!({ "ship": "Borealis", "deck": 3 })).invalid(), ["fields.deck"]);
            open(json!({ "ship": "Aurora", "deck": 3 })).must(201);
        }
        // A change that makes it asked for must bring it along.
        let ticket = open_as(desk, Role::Agent, "incident", &json!({ "ship": "Borealis" })).must(201);
        let change = |fields: Value| desk.api(Role::Agent).patch(&path(&ticket), &json!({ "fields": fields }));
        assert_eq!(change(json!({ "ship": "Aurora" })).invalid(), ["fields.deck"]);
        change(json!({ "ship": "Aurora", "deck": 4 })).must(200);
        assert_eq!(change(json!({ "deck": null })).invalid(), ["fields.deck"]);
    });
}

#[test]
fn t_x5_what_a_form_keeps_among_agents_a_requester_neither_sets_nor_sees_nor_finds() {
    both(|desk| {
        field(desk, &json!({ "key": "ship", "label": "Ship", "type": "text" }));
        field(desk, &json!({ "key": "fault", "label": "Whose fault", "type": "text", "default": "nobody" }));
        field(desk, &json!({ "key": "cost", "label": "Cost", "type": "number" }));
        form(desk, "incident", &json!([{ "field": "ship" }, { "field": "fault", "audience": "agents", "required": "create" }]));
        // `cost` is on no line of the form: it is for programs of the desk only.
        assert_eq!(open_as(desk, Role::Requester, "incident", &json!({ "fault": "mine" })).invalid(), ["fields.fault"]);
        assert_eq!(open_as(desk, Role::Requester, "incident", &json!({ "cost": 3 })).invalid(), ["fields.cost"]);
        let own = open_as(desk, Role::Requester, "incident", &json!({ "ship": "Aurora" })).must(201);
        assert_eq!(own["fields"], json!({ "ship": "Aurora" }));
        let requester = desk.api(Role::Requester);
        assert_eq!(requester.get(&path(&own)).must(200)["fields"], json!({ "ship": "Aurora" }));
        assert_eq!(desk.api(Role::Agent).get(&path(&own)).must(200)["fields"], json!({ "ship": "Aurora", "fault": "nobody" }));
        requester.get(&format!("{TICKETS}?q=fault:nobody")).invalid();
        assert_eq!(items(&desk.api(Role::Agent).get(&format!("{TICKETS}?q=fault:nobody"))).len(), 1);
        let keys =
            |role: Role| items(&desk.api(role).get("/api/v1/fields")).iter().map(|one| text(one, "/key").to_owned()).collect::<Vec<_>>();
        assert_eq!((keys(Role::Requester), keys(Role::Agent).len()), (vec!["ship".to_owned()], 3));
        let asked = items(&requester.get("/api/v1/forms/asked?kind=incident&desk=it"));
        assert_eq!(asked.iter().map(|one| text(one, "/field")).collect::<Vec<_>>(), ["ship"]);
        requester.get("/api/v1/forms").must(403);
    });
}

#[test]
fn a_mail_is_taken_whatever_a_form_demands_and_the_next_step_asks() {
    both(|desk| {
        field(desk, &json!({ "key": "ship", "label": "Ship", "type": "text" }));
        field(desk, &json!({ "key": "size", "label": "Size", "type": "choice", "options": ["S", "L"], "default": "S" }));
        form(desk, "question", &json!([{ "field": "ship", "required": "always" }, { "field": "size" }]));
        desk.mail(&Mail::new("rosa@brackwater.example", "The gates", "<gates@brackwater.example>").to("it@desk.example"));
        let ticket = items(&desk.api(Role::Agent).get(TICKETS)).first().cloned().unwrap();
        assert_eq!(ticket["fields"], json!({ "size": "S" }));
        assert_eq!(go(desk, &ticket, &json!({ "to": "open" })).invalid(), ["fields.ship"]);
        // Other work goes on, and what tickets lack is counted before a form is published.
        desk.api(Role::Agent).patch(&path(&ticket), &json!({ "impact": "high" })).must(200);
        let tried = json!({ "kind": "question", "sections": [{ "items": [{ "field": "ship", "required": "always" }] }] });
        let effect = desk.api(Role::Admin).post("/api/v1/forms/effect", &tried).must(200);
        assert_eq!(effect["lacking"], json!([{ "field": "ship", "tickets": 1 }]));
        go(desk, &ticket, &json!({ "to": "open", "fields": { "ship": "Aurora" } })).must(200);
        assert_eq!(desk.api(Role::Admin).post("/api/v1/forms/effect", &tried).must(200)["lacking"], json!([]));
    });
}

#[test]
fn a_form_that_contradicts_itself_is_not_published() {
    both(|desk| {
        let admin = desk.api(Role::Admin);
        field(desk, &json!({ "key": "ship", "label": "Ship", "type": "text" }));
        field(desk, &json!({ "key": "master", "label": "Master", "type": "person" }));
        field(desk, &json!({ "key": "only", "label": "Only", "type": "text", "kind": "change" }));
        let tried = |items: Value| admin.post("/api/v1/forms", &json!({ "kind": "incident", "sections": [{ "items": items }] })).invalid();
        assert_eq!(tried(json!([{ "field": "nothing" }])), ["items.nothing"]);
        assert_eq!(tried(json!([{ "field": "only" }])), ["items.only"]);
        assert_eq!(tried(json!([{ "field": "ship" }, { "field": "ship" }])), ["items.ship"]);
        assert_eq!(tried(json!([{ "field": "master" }])), ["items.master"]);
        assert_eq!(tried(json!([{ "field": "ship", "required": "entering" }])), ["items.ship"]);
        assert_eq!(tried(json!([{ "field": "ship", "required": "entering", "states": ["moon"] }])), ["items.ship"]);
        let when = |field: &str, values: Value| json!({ "terms": [{ "field": field, "is": "is", "values": values }] });
        let after = json!([{ "field": "master", "audience": "agents", "when": when("ship", json!(["x"])) }, { "field": "ship" }]);
        assert_eq!(tried(after), ["items.master"]);
        assert_eq!(
            tried(json!([{ "field": "ship" }, { "field": "master", "audience": "agents", "when": when("ship", json!([])) }])),
            ["items.master"]
        );
        let form = form(desk, "incident", &json!([{ "field": "ship" }]));
        let again = json!({ "kind": "incident", "expected_version": 0, "sections": [] });
        admin.post("/api/v1/forms", &again).must(412);
        assert_eq!(admin.delete(&format!("/api/v1/forms/{}", text(&form, "/id")), &json!({})).status, 204);
        assert_eq!(items(&admin.get("/api/v1/forms")).len(), 0);
    });
}

#[test]
fn a_category_may_have_a_form_and_fields_of_its_own() {
    both(|desk| {
        let admin = desk.api(Role::Admin);
        for category in ["Network/Wi-Fi", "Doors"] {
            admin.post("/api/v1/desks/it/categories", &json!({ "path": category })).must(201);
        }
        let categories = items(&admin.get("/api/v1/desks/it/categories"));
        let network = categories.iter().find(|one| text(one, "/path") == "Network").map(|one| text(one, "/id").to_owned()).unwrap();
        field(desk, &json!({ "key": "ssid", "label": "SSID", "type": "text", "desk": "it", "category": "Network" }));
        let body =
            json!({ "kind": "incident", "category": network, "sections": [{ "items": [{ "field": "ssid", "required": "create" }] }] });
        admin.post("/api/v1/forms", &body).must(201);
        let open = |category: Value, fields: Value| {
            let ticket = json!({ "title": "x", "requester": "rosa@brackwater.example", "kind": "incident", "desk": "it", "category": category, "fields": fields });
            desk.api(Role::Agent).post(TICKETS, &ticket)
        };
        assert_eq!(open(json!("Network/Wi-Fi"), json!({})).invalid(), ["fields.ssid"]);
        let ticket = open(json!("Network/Wi-Fi"), json!({ "ssid": "crew" })).must(201);
        open(json!("Doors"), json!({})).must(201);
        open(Value::Null, json!({})).must(201);
        assert_eq!(open(json!("Doors"), json!({ "ssid": "crew" })).invalid(), ["fields.ssid"]);
        // Elsewhere the ticket cannot have it: the timeline says what it was.
        let moved = desk.api(Role::Agent).patch(&path(&ticket), &json!({ "category": "Doors" })).must(200);
        assert_eq!(moved["fields"], json!({}));
        assert!(desk.api(Role::Agent).get(&format!("{}/timeline", path(&ticket))).text().contains(r#"{"field":"ssid","from":"crew"}"#));
    });
}

#[test]
fn another_kind_keeps_what_it_knows_tells_what_it_drops_and_asks_for_the_rest() {
    both(|desk| {
        field(desk, &json!({ "key": "ship", "label": "Ship", "type": "text" }));
        field(desk, &json!({ "key": "gate", "label": "Gate", "type": "text", "kind": "incident" }));
        field(desk, &json!({ "key": "cause", "label": "Cause", "type": "text", "kind": "problem" }));
        form(desk, "problem", &json!([{ "field": "ship" }, { "field": "cause", "required": "always" }]));
        let ticket = open_as(desk, Role::Agent, "incident", &json!({ "ship": "Aurora", "gate": "3" })).must(201);
        let agent = desk.api(Role::Agent);
        let told = agent.get(&format!("{}/kind?to=problem", path(&ticket))).must(200);
        assert_eq!(told, json!({ "kind": "problem", "status": "new", "kept": ["ship"], "dropped": ["gate"], "needed": ["cause"] }));
        assert_eq!(agent.patch(&path(&ticket), &json!({ "kind": "problem" })).invalid(), ["fields.cause"]);
        let turned = agent.patch(&path(&ticket), &json!({ "kind": "problem", "fields": { "cause": "Rust" } })).must(200);
        assert_eq!(turned["fields"], json!({ "ship": "Aurora", "cause": "Rust" }));
        assert!(agent.get(&format!("{}/timeline", path(&turned))).text().contains(r#"{"field":"gate","from":"3"}"#));
        desk.api(Role::Requester).get(&format!("{}/kind?to=problem", path(&turned))).must(403);
        assert_eq!(agent.get(&format!("{}/kind?to=wish", path(&turned))).invalid(), ["kind"]);
    });
}

#[test]
fn fields_change_and_rest_without_taking_anything_from_old_tickets() {
    both(|desk| {
        let admin = desk.api(Role::Admin);
        let ship =
            json!({ "key": "ship", "label": "Ship", "labels": { "lv": "Kuģis" }, "type": "choice", "options": ["Aurora", "Borealis"] });
        field(desk, &ship);
        let ticket = open_as(desk, Role::Agent, "incident", &json!({ "ship": "Borealis" })).must(201);
        let changed =
            admin.patch("/api/v1/fields/ship", &json!({ "options": ["Aurora", "Cetus"], "help": { "en": "Which one" } })).must(200);
        assert_eq!((&changed["options"], &changed["archived_options"]), (&json!(["Aurora", "Cetus", "Borealis"]), &json!(["Borealis"])));
        assert_eq!(open_as(desk, Role::Agent, "incident", &json!({ "ship": "Borealis" })).invalid(), ["fields.ship"]);
        // What stands there stays, also when it comes again with other changes.
        desk.api(Role::Agent).patch(&path(&ticket), &json!({ "title": "y", "fields": { "ship": "Borealis" } })).must(200);
        assert_eq!(items(&admin.get(&format!("{TICKETS}?q=ship:borealis"))).len(), 1);
        admin.post("/api/v1/fields/ship/archive", &json!({})).must(200);
        assert_eq!(open_as(desk, Role::Agent, "incident", &json!({ "ship": "Aurora" })).invalid(), ["fields.ship"]);
        assert_eq!(admin.get(&path(&ticket)).must(200)["fields"], json!({ "ship": "Borealis" }));
        assert_eq!(items(&admin.get(&format!("{TICKETS}?q=ship:borealis"))).len(), 1);
        admin.post("/api/v1/fields/ship/revive", &json!({})).must(200);
        open_as(desk, Role::Agent, "incident", &json!({ "ship": "Aurora" })).must(201);
        let wrong = |body: Value| admin.patch("/api/v1/fields/ship", &body).invalid();
        assert_eq!(wrong(json!({ "labels": { "de": "Schiff" } })), ["labels"]);
        assert_eq!(wrong(json!({ "min": 3, "max": 1 })), ["min"]);
        assert_eq!(wrong(json!({ "pattern": "x" })), ["pattern"]);
        assert_eq!(wrong(json!({ "default": "Titanic" })), ["default"]);
        desk.api(Role::Agent).patch("/api/v1/fields/ship", &json!({ "label": "x" })).must(403);
        admin.patch("/api/v1/fields/nothing", &json!({ "label": "x" })).must(404);
        desk.settle();
        let facts = admin.get("/api/v1/events?limit=200").text();
        for fact in ["field.declared", "field.changed", "field.archived", "field.revived"] {
            assert_eq!(facts.matches(&format!("\"{fact}\"")).count(), 1, "{fact}");
        }
    });
}

#[test]
fn values_of_every_type_are_checked_kept_and_found() {
    both(|desk| {
        let person = desk.persona(Role::Agent).id.to_string();
        let values = [
            ("line", "text", json!({ "pattern": "[A-Z]{2}-\\d+" }), json!("BW-12"), json!("12"), "line:bw-12"),
            ("story", "long_text", json!({}), json!("one\ntwo"), json!(3), "story:two"),
            ("seats", "number", json!({ "min": 1 }), json!(2), json!(0), "seats:2"),
            ("aboard", "boolean", json!({}), json!(true), json!("true"), "aboard:yes"),
            ("sails", "date", json!({}), json!("2026-11-21"), json!("21.11.2026"), "sails:2026-11-21"),
            ("size", "choice", json!({ "options": ["S", "L"] }), json!("S"), json!("M"), "size:s"),
            ("decks", "choices", json!({ "options": ["upper", "lower"] }), json!(["upper"]), json!(["upper", "upper"]), "decks:upper"),
            ("owner", "person", json!({}), json!(person), json!("4711"), "owner:me"),
            ("page", "url", json!({}), json!("https://brackwater.example/a"), json!("javascript:alert(1)"), "page:brackwater"),
            ("post", "email", json!({}), json!("rosa@brackwater.example"), json!("rosa"), "post:rosa"),
        ];
        let mut right = serde_json::Map::new();
        for (key, kind, shape, fine, odd, _) in &values {
            let mut body = json!({ "key": key, "label": key, "type": kind });
            body.as_object_mut().unwrap().extend(shape.as_object().cloned().unwrap());
            field(desk, &body);
            assert_eq!(open_as(desk, Role::Agent, "incident", &json!({ *key: odd })).invalid(), [format!("fields.{key}")]);
            right.insert((*key).to_owned(), fine.clone());
        }
        let ticket = open_as(desk, Role::Agent, "incident", &Value::Object(right.clone())).must(201);
        assert_eq!(ticket["fields"], Value::Object(right));
        for (.., query) in &values {
            assert_eq!(items(&desk.api(Role::Agent).get(&format!("{TICKETS}?q={}", TestDesk::encoded(query)))).len(), 1, "{query}");
        }
    });
}
