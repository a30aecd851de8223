//! The API of tickets, as the contract describes it.

use kernel::Span;
use serde_json::{Value, json};
use testkit::{Role, TestDesk};

use crate::house::{TICKETS, below, both, items, keys, one, opened, path, text};

const TICKET_KEYS: [&str; 37] = [
    "assignee",
    "breached",
    "category",
    "channel",
    "closed_at",
    "created_at",
    "desk",
    "due",
    "fields",
    "first_reply_at",
    "id",
    "impact",
    "kind",
    "language",
    "links",
    "merged",
    "merged_from",
    "merged_into",
    "number",
    "organisation",
    "practice_version",
    "priority",
    "priority_reason",
    "requester",
    "resolution_code",
    "resolved_at",
    "service",
    "snoozed",
    "snoozed_until",
    "status",
    "tags",
    "team",
    "title",
    "turn",
    "updated_at",
    "urgency",
    "version",
];
const MESSAGE_KEYS: [&str; 23] = [
    "attachments",
    "author",
    "automatic",
    "body_html",
    "body_text",
    "bounce_of",
    "cc",
    "channel",
    "created_at",
    "discarded",
    "extras",
    "from",
    "held",
    "id",
    "joined_because",
    "kind",
    "language",
    "message_id",
    "side_conversation",
    "stranger",
    "subject",
    "to",
    "verified",
];

#[test]
fn a_ticket_needs_only_a_title_and_a_requester() {
    both(|desk| {
        let api = desk.api(Role::Agent);
        let made = api.post(TICKETS, &json!({ "title": "  No network\u{7}", "requester": "Jo@Customer.example" }));
        let ticket = made.must(201);
        assert_eq!(keys(&ticket), TICKET_KEYS);
        for (pointer, value) in [
            ("/title", "No network"),
            ("/kind", "question"),
            ("/number", "QUE-1"),
            ("/status", "new"),
            ("/turn", "us"),
            ("/impact", "medium"),
            ("/urgency", "medium"),
            ("/priority", "normal"),
            ("/channel", "api"),
            ("/desk/key", "it"),
            ("/requester/email", "jo@customer.example"),
            ("/requester/name", "jo"),
        ] {
            assert_eq!(text(&ticket, pointer), value);
        }
        assert_eq!((&ticket["version"], &ticket["tags"], &ticket["breached"]), (&json!(1), &json!([]), &json!([])));
        assert_eq!(ticket["due"], json!({ "first_reply": null, "next_reply": null, "resolve": null }));
        assert!(text(&ticket, "/created_at").ends_with('Z') && ticket["id"].is_string());
        for reference in [text(&ticket, "/id"), "QUE-1", "que-1", "que%201", "%23QUE-1", "que-0001"] {
            let same = api.get(&format!("{TICKETS}/{reference}"));
            assert_eq!((same.must(200), same.header("etag")), (ticket.clone(), "\"v1\"".to_owned()), "{reference}");
        }
        assert_eq!(api.post(TICKETS, &json!({})).invalid(), ["title"]);
        assert_eq!(api.post(TICKETS, &json!({ "title": "x" })).invalid(), ["requester"]);
        assert_eq!(api.post(TICKETS, &json!({ "title": " ", "requester": "jo@customer.example" })).invalid(), ["title"]);
        assert_eq!(api.post(TICKETS, &json!({ "title": "x", "requester": "nobody" })).invalid(), ["requester"]);
        assert_eq!(api.post(TICKETS, &json!({ "title": "x", "requester": "12" })).invalid(), ["requester"]);
    });
}

#[test]
fn a_number_has_the_prefix_of_its_kind_and_desk() {
    both(|desk| {
        let admin = desk.api(Role::Admin);
        admin.patch("/api/v1/desks/hr", &json!({ "prefixes": { "incident": "hri" } })).must(200);
        let kinds = [
            ("question", "QUE"),
            ("incident", "INC"),
            ("request", "REQ"),
            ("problem", "PRB"),
            ("change", "CHG"),
            ("release", "REL"),
            ("task", "TSK"),
        ];
        for (kind, prefix) in kinds {
            for count in 1..=2 {
                assert_eq!(text(&opened(desk, &json!({ "kind": kind })), "/number"), format!("{prefix}-{count}"));
            }
        }
        assert_eq!(text(&opened(desk, &json!({ "kind": "incident", "desk": "HR" })), "/number"), "HRI-1");
        assert_eq!(text(&opened(desk, &json!({ "kind": "request", "desk": "hr" })), "/number"), "REQ-3");
        assert_eq!(
            admin.post(TICKETS, &json!({ "title": "x", "requester": "rosa@brackwater.example", "kind": "story" })).invalid(),
            ["kind"]
        );
        assert_eq!(admin.patch("/api/v1/desks/hr", &json!({ "prefixes": { "incident": "1" } })).invalid(), ["prefixes.incident"]);
    });
}

#[test]
fn a_change_of_a_record_that_has_changed_since_is_refused() {
    both(|desk| {
        let api = desk.api(Role::Agent);
        let ticket = opened(desk, &json!({}));
        let changed = api.with("if-match", "\"v1\"").patch(&path(&ticket), &json!({ "title": "Gate 3" }));
        assert_eq!((changed.must(200)["version"].clone(), changed.header("etag")), (json!(2), "\"v2\"".to_owned()));
        for stale in ["\"v1\"", "\"v3\"", "W/\"v2\"", "\"2\"", "nonsense"] {
            let api = api.with("if-match", stale);
            for refused in [
                api.patch(&path(&ticket), &json!({ "title": "Gate 4", "tags": ["x"] })),
                api.post(&below(&ticket, "transition"), &json!({ "to": "open", "comment": "no" })),
                api.post(&below(&ticket, "messages"), &json!({ "body": "no" })),
            ] {
                refused.problem(412);
                assert_eq!(refused.header("etag"), "\"v2\"");
            }
        }
        let now = api.get(&path(&ticket)).must(200);
        assert_eq!((text(&now, "/title"), &now["version"], &now["tags"]), ("Gate 3", &json!(2), &json!([])));
        assert_eq!(items(&api.get(&below(&ticket, "messages"))).len(), 1);
        // Nothing to change is no change.
        assert_eq!(api.patch(&path(&ticket), &json!({ "title": "Gate 3" })).must(200)["version"], 2);
        for record in ["/api/v1/desks/it", "/api/v1/teams/network"] {
            let admin = desk.api(Role::Admin);
            let (tag, id) = (admin.get(record).header("etag"), text(&admin.get(record).json(), "/id").to_owned());
            let record = format!("{}/{id}", record.rsplit_once('/').unwrap().0);
            admin.with("if-match", &tag).patch(&record, &json!({ "name": "Other name" })).must(200);
            admin.with("if-match", &tag).patch(&record, &json!({ "name": "Third name" })).problem(412);
        }
    });
}

#[test]
fn the_same_key_and_body_give_the_first_answer_again() {
    both(|desk| {
        let (api, ticket) = (desk.api(Role::Agent), opened(desk, &json!({})));
        let other = opened(desk, &json!({}));
        let posts = [
            (TICKETS.to_owned(), json!({ "title": "Once", "requester": "rosa@brackwater.example" })),
            (below(&ticket, "messages"), json!({ "body": "Once" })),
            (below(&ticket, "transition"), json!({ "to": "open" })),
            (below(&ticket, "links"), json!({ "kind": "relates_to", "target": text(&other, "/number") })),
            (below(&ticket, "participants"), json!({ "person": "jo@customer.example", "role": "cc" })),
        ];
        for (at, (address, body)) in posts.iter().enumerate() {
            let keyed = api.with("idempotency-key", format!("key-{at}"));
            let first = keyed.post(address, body);
            assert!(first.status < 300 && first.header("idempotency-replayed").is_empty(), "{address} {}", first.text());
            let again = keyed.post(address, body);
            assert_eq!((again.status, again.text()), (first.status, first.text()), "{address}");
            assert_eq!(again.header("idempotency-replayed"), "true");
            let mut different = body.clone();
            different["title"] = json!("Twice");
            let reused = keyed.json("POST", address, &json!({ "body": "Other", "title": "Other", "requester": "rosa@brackwater.example" }));
            assert!(reused.status == 409 || reused.status == 422, "{address} {}", reused.text());
        }
        api.with("idempotency-key", "key-0")
            .post(TICKETS, &json!({ "title": "Twice", "requester": "rosa@brackwater.example" }))
            .problem(409);
        // A key is one person's own, and only an answer is remembered, not a refusal.
        let admin = desk.api(Role::Admin).with("idempotency-key", "key-0");
        assert!(admin.post(TICKETS, &posts[0].1).header("idempotency-replayed").is_empty());
        let keyed = api.with("idempotency-key", "refused-first");
        keyed.post(&below(&ticket, "transition"), &json!({ "to": "nowhere" })).problem(422);
        keyed.post(TICKETS, &json!({ "title": "After a refusal", "requester": "rosa@brackwater.example" })).must(201);
        assert_eq!(items(&api.get(&format!("{TICKETS}?q=title:once"))).len(), 2);
        assert_eq!(items(&api.get(&below(&ticket, "messages"))).len(), 2);
        for odd in ["", &"k".repeat(256)] {
            api.with("idempotency-key", odd).post(TICKETS, &posts[0].1).problem(400);
        }
        let keyed = api.with("idempotency-key", "file");
        let first = keyed.upload("a.txt", "text/plain", b"one");
        assert_eq!(keyed.upload("a.txt", "text/plain", b"one").must(201), first.must(201));
        keyed.upload("a.txt", "text/plain", b"two").problem(409);
        desk.leaves_mail();
    });
}

/// How a ticket of a kind gets into each status: the moves from its beginning.
fn ways(practice: &Value) -> Vec<(String, Vec<String>)> {
    let statuses = practice["statuses"].as_array().unwrap();
    let mut ways = vec![(text(&statuses[0], "/status").to_owned(), Vec::new())];
    let mut at = 0;
    while let Some((status, way)) = ways.get(at).cloned() {
        at += 1;
        let next = statuses.iter().find(|one| one["status"] == status.as_str()).unwrap()["next"].as_array().unwrap();
        for to in next.iter().filter_map(Value::as_str) {
            if !ways.iter().any(|(known, _)| known == to) {
                ways.push((to.to_owned(), [way.clone(), vec![to.to_owned()]].concat()));
            }
        }
    }
    ways
}

fn walked(desk: &TestDesk, kind: &str, way: &[String]) -> Value {
    let ticket = opened(desk, &json!({ "kind": kind }));
    for to in way {
        desk.api(Role::Agent).post(&below(&ticket, "transition"), &json!({ "to": to })).must(200);
    }
    ticket
}

#[test]
fn a_ticket_moves_only_as_its_practice_allows_and_a_refusal_names_the_allowed() {
    one(|desk| {
        let api = desk.api(Role::Agent);
        let practices = items(&api.get("/api/v1/practices"));
        assert_eq!(practices.len(), 7);
        for practice in &practices {
            let (kind, statuses) = (text(practice, "/kind"), practice["statuses"].as_array().unwrap());
            let ways = ways(practice);
            assert_eq!(ways.len(), statuses.len(), "{kind} has a status that nothing leads to");
            for (status, way) in &ways {
                let here = statuses.iter().find(|one| one["status"] == status.as_str()).unwrap();
                let next: Vec<&str> = here["next"].as_array().unwrap().iter().filter_map(Value::as_str).collect();
                let ticket = walked(desk, kind, way);
                for to in statuses.iter().map(|one| text(one, "/status")).chain(["nonsense", ""]).filter(|to| !next.contains(to)) {
                    let refused = api.post(&below(&ticket, "transition"), &json!({ "to": to }));
                    assert_eq!(refused.invalid(), ["to"]);
                    let said = refused.json()["detail"].as_str().unwrap().to_owned();
                    assert!(next.iter().all(|allowed| said.contains(allowed)), "{kind} {status} -> {to}: {said}");
                }
                for to in next {
                    let moved = api.post(&below(&walked(desk, kind, way), "transition"), &json!({ "to": to })).must(200);
                    let turn = &statuses.iter().find(|one| one["status"] == to).unwrap()["turn"];
                    assert_eq!((text(&moved, "/status"), &moved["turn"]), (to, turn), "{kind} {status} -> {to}");
                    assert_eq!(moved["resolved_at"].is_string(), *turn == "done", "{kind} {status} -> {to}");
                }
            }
        }
    });
}

#[test]
fn a_resolution_is_kept_until_the_ticket_is_reopened() {
    both(|desk| {
        let (api, ticket) = (desk.api(Role::Agent), opened(desk, &json!({ "kind": "incident" })));
        let done = json!({ "to": "resolved", "comment": "Firmware 4.1", "resolution_code": "fixed" });
        let resolved = api.post(&below(&ticket, "transition"), &done).must(200);
        assert_eq!((text(&resolved, "/resolution_code"), &resolved["closed_at"]), ("fixed", &Value::Null));
        let messages = items(&api.get(&below(&ticket, "messages")));
        assert_eq!((text(&messages[1], "/kind"), text(&messages[1], "/body_text")), ("note", "Firmware 4.1"));
        desk.advance(Span::hours(1));
        let closed = api.post(&below(&ticket, "transition"), &json!({ "to": "closed" })).must(200);
        assert!(closed["closed_at"].is_string() && closed["resolved_at"] == resolved["resolved_at"], "{closed}");
        let open = api.post(&below(&ticket, "transition"), &json!({ "to": "open" })).must(200);
        assert_eq!([&open["resolved_at"], &open["closed_at"], &open["resolution_code"]], [&Value::Null; 3]);
        let long = json!({ "to": "resolved", "resolution_code": "x".repeat(61) });
        assert_eq!(api.post(&below(&ticket, "transition"), &long).invalid(), ["resolution_code"]);
    });
}

#[test]
fn a_ticket_of_another_kind_is_still_found_by_its_former_number() {
    both(|desk| {
        let (api, ticket) = (desk.api(Role::Agent), opened(desk, &json!({})));
        let incident = api.patch(&path(&ticket), &json!({ "kind": "incident" })).must(200);
        assert_eq!((text(&incident, "/number"), text(&incident, "/kind"), &incident["id"]), ("INC-1", "incident", &ticket["id"]));
        let change = api.patch(&path(&ticket), &json!({ "kind": "change" })).must(200);
        assert_eq!((text(&change, "/number"), text(&change, "/status"), text(&change, "/turn")), ("CHG-1", "draft", "us"));
        for number in ["QUE-1", "INC-1", "CHG-1", "inc 1"] {
            assert_eq!(api.get(&format!("{TICKETS}/{}", TestDesk::encoded(number))).must(200)["id"], ticket["id"], "{number}");
        }
        assert_eq!(api.patch(&path(&ticket), &json!({ "kind": "story" })).invalid(), ["kind"]);
        // The way back gets a new number; none is used twice.
        assert_eq!(text(&api.patch(&path(&ticket), &json!({ "kind": "question" })).must(200), "/number"), "QUE-2");
        assert_eq!(text(&opened(desk, &json!({})), "/number"), "QUE-3");
    });
}

#[test]
fn impact_times_urgency_is_the_priority_unless_somebody_overrides_it() {
    both(|desk| {
        let (api, ticket) = (desk.api(Role::Agent), opened(desk, &json!({})));
        let matrix = [("high", ["critical", "high", "normal"]), ("medium", ["high", "normal", "low"]), ("low", ["normal", "low", "low"])];
        for (impact, row) in matrix {
            for (urgency, wanted) in ["high", "medium", "low"].into_iter().zip(row) {
                let changed = api.patch(&path(&ticket), &json!({ "impact": impact, "urgency": urgency })).must(200);
                assert_eq!(text(&changed, "/priority"), wanted, "{impact} x {urgency}");
                assert_eq!(text(&opened(desk, &json!({ "impact": impact, "urgency": urgency })), "/priority"), wanted);
            }
        }
        let forced = api.patch(&path(&ticket), &json!({ "priority": "critical", "priority_reason": "The director" })).must(200);
        assert_eq!(
            (text(&forced, "/priority"), text(&forced, "/priority_reason"), text(&forced, "/impact")),
            ("critical", "The director", "low")
        );
        let later = api.patch(&path(&ticket), &json!({ "title": "Other" })).must(200);
        assert_eq!(text(&later, "/priority"), "critical");
        let judged = api.patch(&path(&ticket), &json!({ "urgency": "high" })).must(200);
        assert_eq!((text(&judged, "/priority"), &judged["priority_reason"]), ("normal", &Value::Null));
        assert_eq!(api.patch(&path(&ticket), &json!({ "priority": "urgent" })).invalid(), ["priority"]);
    });
}

#[test]
fn team_assignee_and_category_belong_to_the_desk() {
    both(|desk| {
        let (admin, api, ticket) = (desk.api(Role::Admin), desk.api(Role::Agent), opened(desk, &json!({})));
        admin.post("/api/v1/desks/it/categories", &json!({ "path": "Network/Wi-Fi" })).must(201);
        admin.post("/api/v1/desks/hr/categories", &json!({ "path": "Leave" })).must(201);
        let placed = api
            .patch(&path(&ticket), &json!({ "team": "network", "assignee": "anna@desk.example", "category": "network/wi-fi" }))
            .must(200);
        assert_eq!(text(&placed, "/team/key"), "network");
        assert_eq!((text(&placed, "/assignee/name"), text(&placed, "/category/name")), ("Anna Agent", "Network/Wi-Fi"));
        let otto = desk.persona(Role::OtherAgent).id.to_string();
        for (field, value) in [
            ("team", "payroll"),
            ("team", "nobody"),
            ("assignee", otto.as_str()),
            ("assignee", "rosa@brackwater.example"),
            ("category", "Leave"),
        ] {
            assert_eq!(api.patch(&path(&ticket), &json!({ field: value })).invalid(), [field], "{field} {value}");
            let new = json!({ "title": "x", "requester": "rosa@brackwater.example", field: value });
            assert_eq!(api.post(TICKETS, &new).invalid(), [field], "{field} {value}");
        }
        let emptied = api.patch(&path(&ticket), &json!({ "team": null, "assignee": null, "category": null })).must(200);
        assert_eq!([&emptied["team"], &emptied["assignee"], &emptied["category"]], [&Value::Null; 3]);
        api.patch(&path(&ticket), &json!({ "team": "network", "assignee": "anna@desk.example", "category": "Network" })).must(200);
        let moved = admin.patch(&path(&ticket), &json!({ "desk": "hr" })).must(200);
        assert_eq!([&moved["team"], &moved["assignee"], &moved["category"]], [&Value::Null; 3]);
        api.get(&path(&ticket)).problem(404);
    });
}

#[test]
fn tags_are_lower_case_and_once_each() {
    both(|desk| {
        let (api, ticket) = (desk.api(Role::Agent), opened(desk, &json!({ "tags": ["VIP", "gates", "vip"] })));
        assert_eq!(ticket["tags"], json!(["gates", "vip"]));
        let changed = api.patch(&path(&ticket), &json!({ "tags": ["gates", "Đà-Nẵng"] })).must(200);
        assert_eq!(changed["tags"], json!(["gates", "đà-nẵng"]));
        for odd in ["", "two words", "a,b", "\"", "(x", &"x".repeat(41), "a\u{0}b"] {
            assert_eq!(api.patch(&path(&ticket), &json!({ "tags": [odd] })).invalid(), ["tags"], "{odd:?}");
        }
        let many: Vec<String> = (0..41).map(|n| format!("t{n}")).collect();
        assert_eq!(api.patch(&path(&ticket), &json!({ "tags": many })).invalid(), ["tags"]);
        assert_eq!(api.patch(&path(&ticket), &json!({ "tags": [] })).must(200)["tags"], json!([]));
    });
}

#[test]
fn custom_fields_hold_what_they_were_declared_for() {
    both(|desk| {
        let (admin, api) = (desk.api(Role::Admin), desk.api(Role::Agent));
        for (key, kind, options) in [
            ("ship", "choice", json!(["Aurora", "Borealis"])),
            ("deck", "number", json!([])),
            ("aboard", "boolean", json!([])),
            ("sails_on", "date", json!([])),
            ("cabin", "text", json!([])),
        ] {
            let field = json!({ "key": key, "label": key, "type": kind, "options": options, "required": key == "ship", "desk": "it", "kind": "incident" });
            admin.post("/api/v1/fields", &field).must(201);
        }
        let open = |fields: Value| {
            let ticket =
                json!({ "title": "x", "requester": "rosa@brackwater.example", "kind": "incident", "desk": "it", "fields": fields });
            api.post(TICKETS, &ticket)
        };
        assert_eq!(open(json!({})).invalid(), ["fields.ship"]);
        assert_eq!(open(json!({ "ship": null, "deck": 1 })).invalid(), ["fields.ship"]);
        let wrong = open(json!({ "ship": "Titanic", "deck": "3", "aboard": "yes", "sails_on": "2026-02-30", "cabin": 7, "mast": 1 }));
        let mut named = wrong.invalid();
        named.sort();
        assert_eq!(named, ["fields.aboard", "fields.cabin", "fields.deck", "fields.mast", "fields.sails_on", "fields.ship"]);
        let right = json!({ "ship": "Aurora", "deck": 3.5, "aboard": true, "sails_on": "2026-11-21", "cabin": "12 ü" });
        let ticket = open(right.clone()).must(201);
        assert_eq!(ticket["fields"], right);
        let changed = api.patch(&path(&ticket), &json!({ "fields": { "deck": null, "ship": "Borealis" } })).must(200);
        assert_eq!(changed["fields"], json!({ "ship": "Borealis", "aboard": true, "sails_on": "2026-11-21", "cabin": "12 ü" }));
        for (query, found) in [
            ("ship:borealis", 1),
            ("ship:aurora", 0),
            ("aboard:yes", 1),
            ("sails_on:2026-11-21", 1),
            ("sails_on<2026-11-21", 0),
            ("deck:none", 1),
        ] {
            let answer = api.get(&format!("{TICKETS}?q={}", TestDesk::encoded(query)));
            assert_eq!(items(&answer).len(), found, "{query}");
        }
        // Another kind does not have these fields.
        assert_eq!(
            api.post(TICKETS, &json!({ "title": "x", "requester": "rosa@brackwater.example", "fields": { "ship": "Aurora" } })).invalid(),
            ["fields.ship"]
        );
        for odd in [
            json!({ "key": "kind", "label": "x", "type": "text" }),
            json!({ "key": "ship", "label": "x", "type": "text" }),
            json!({ "key": "A b", "label": "x", "type": "text" }),
        ] {
            assert_eq!(admin.post("/api/v1/fields", &odd).invalid(), ["key"]);
        }
        assert_eq!(admin.post("/api/v1/fields", &json!({ "key": "rig", "label": "x", "type": "money" })).invalid(), ["type"]);
        assert_eq!(admin.post("/api/v1/fields", &json!({ "key": "rig", "label": "x", "type": "choice" })).invalid(), ["options"]);
    });
}

#[test]
fn both_sides_of_a_link_show_it() {
    both(|desk| {
        let (api, one, other) = (desk.api(Role::Agent), opened(desk, &json!({})), opened(desk, &json!({ "kind": "change" })));
        let link = json!({ "kind": "caused_by", "target": "chg 1" });
        let here = api.post(&below(&one, "links"), &link).must(201);
        assert_eq!(
            (text(&here, "/links/0/kind"), text(&here, "/links/0/number"), text(&here, "/links/0/status")),
            ("caused_by", "CHG-1", "draft")
        );
        let there = api.get(&path(&other)).must(200);
        assert_eq!((text(&there, "/links/0/kind"), text(&there, "/links/0/number")), ("causes", "QUE-1"));
        assert_eq!(api.post(&below(&one, "links"), &link).must(201)["links"].as_array().unwrap().len(), 1);
        assert_eq!(api.post(&below(&one, "links"), &json!({ "kind": "loves", "target": "CHG-1" })).invalid(), ["kind"]);
        for target in ["QUE-1", "INC-9", "", "'"] {
            assert_eq!(api.post(&below(&one, "links"), &json!({ "kind": "blocks", "target": target })).invalid(), ["target"], "{target}");
        }
        assert_eq!(
            api.delete(&below(&other, "links"), &json!({ "kind": "causes", "target": text(&one, "/id") })).must(200)["links"],
            json!([])
        );
        assert_eq!(api.get(&path(&one)).must(200)["links"], json!([]));
        // A link says nothing of a ticket that its reader may not see.
        let secret = opened(desk, &json!({ "desk": "hr", "title": "Dismissal", "requester": "mara@brackwater.example" }));
        desk.api(Role::Admin).post(&below(&secret, "links"), &json!({ "kind": "relates_to", "target": text(&one, "/number") })).must(201);
        assert!(!api.get(&path(&one)).text().contains("Dismissal"));
        assert_eq!(api.get(&path(&one)).must(200)["links"], json!([]));
        assert_eq!(api.post(&below(&one, "links"), &json!({ "kind": "blocks", "target": text(&secret, "/number") })).invalid(), ["target"]);
    });
}

#[test]
fn a_participant_sees_the_ticket_until_they_are_removed() {
    both(|desk| {
        let (api, ticket) = (desk.api(Role::Agent), opened(desk, &json!({})));
        let sam = desk.api(Role::Stranger);
        sam.get(&path(&ticket)).problem(404);
        for role in ["cc", "watcher"] {
            let part = json!({ "person": "sam@elsewhere.example", "role": role });
            let list = api.post(&below(&ticket, "participants"), &part).must(201);
            assert_eq!((text(&list, "/items/0/person/name"), text(&list, "/items/0/role")), ("Sam Stranger", role));
            assert_eq!(sam.get(&path(&ticket)).must(200)["id"], ticket["id"]);
            assert_eq!(items(&sam.get(TICKETS)).len(), 1);
            assert_eq!(api.delete(&below(&ticket, "participants"), &part).status, 204);
            sam.get(&path(&ticket)).problem(404);
            assert_eq!(items(&sam.get(TICKETS)).len(), 0);
        }
        assert_eq!(api.post(&below(&ticket, "participants"), &json!({ "person": "x@y.example", "role": "owner" })).invalid(), ["role"]);
        assert_eq!(api.post(&below(&ticket, "participants"), &json!({ "person": "nonsense", "role": "cc" })).status, 422);
    });
}

#[test]
fn a_reply_waits_for_the_requester_whose_answer_brings_it_back() {
    both(|desk| {
        let (api, rosa, ticket) = (desk.api(Role::Agent), desk.api(Role::Requester), opened(desk, &json!({})));
        desk.advance(Span::minutes(5));
        let reply = api
            .post(
                &below(&ticket, "messages"),
                &json!({ "body": "**Try** gate 4.\n\n<script>alert(1)</script>", "body_format": "markdown" }),
            )
            .must(201);
        assert_eq!(keys(&reply), MESSAGE_KEYS);
        assert_eq!(
            (text(&reply, "/kind"), text(&reply, "/to/0/email"), &reply["verified"]),
            ("reply", "rosa@brackwater.example", &json!(true))
        );
        assert!(text(&reply, "/body_html").contains("<strong>Try</strong>") && !reply.to_string().contains("script"));
        let pending = api.get(&path(&ticket)).must(200);
        assert_eq!(
            (text(&pending, "/status"), text(&pending, "/turn"), text(&pending, "/first_reply_at")),
            ("pending", "requester", "2026-11-02T08:05:00Z")
        );
        let answer = rosa.post(&below(&ticket, "messages"), &json!({ "body": "It works." })).must(201);
        assert_eq!((text(&answer, "/kind"), text(&answer, "/author/name")), ("inbound", "Rosa Marin"));
        assert_eq!(text(&api.get(&path(&ticket)).must(200), "/status"), "open");
        for to in ["resolved", "closed"] {
            api.post(&below(&ticket, "transition"), &json!({ "to": to })).must(200);
            rosa.post(&below(&ticket, "messages"), &json!({ "body": "Again." })).must(201);
            assert_eq!(text(&api.get(&path(&ticket)).must(200), "/status"), "open", "after {to}");
        }
        for body in ["", "  \n", "\u{0}"] {
            assert_eq!(api.post(&below(&ticket, "messages"), &json!({ "body": body })).invalid(), ["body"]);
        }
        assert_eq!(api.post(&below(&ticket, "messages"), &json!({ "body": "x", "kind": "shout" })).invalid(), ["kind"]);
        api.post(&below(&ticket, "messages"), &json!({ "body": "x".repeat(1_048_577) })).problem(413);
        desk.leaves_mail();
    });
}

#[test]
fn a_requester_never_sees_a_note_or_the_inner_work() {
    both(|desk| {
        let (api, rosa, ticket) = (desk.api(Role::Agent), desk.api(Role::Requester), opened(desk, &json!({})));
        let file = api.upload("secret.txt", "text/plain", b"secret").must(201);
        let note = json!({ "kind": "note", "body": "Secret: she is difficult.", "attachments": [file["id"]] });
        let note = api.post(&below(&ticket, "messages"), &note).must(201);
        api.patch(&path(&ticket), &json!({ "title": "Secret title change", "tags": ["difficult"], "team": "network" })).must(200);
        api.post(&below(&ticket, "participants"), &json!({ "person": "sam@elsewhere.example", "role": "watcher" })).must(201);
        desk.settle();
        for reader in [&rosa, &desk.api(Role::Stranger), &desk.api(Role::Manager)] {
            for address in ["messages", "timeline"] {
                let told = reader.get(&below(&ticket, address));
                told.must(200);
                assert!(!told.text().contains("difficult") && !told.text().contains("ecret:"), "{}", told.text());
            }
            let events = reader.get("/api/v1/events?limit=200");
            assert_eq!(events.status, 200);
            for inner in ["note", "ticket.changed", "ticket.tagged", "participant", "person.", "desk.", "mail."] {
                assert!(
                    !events.text().contains(&format!("\"{inner}")) || inner == "note" && !events.text().contains("\"note\""),
                    "{inner}: {}",
                    events.text()
                );
            }
            reader.get(&format!("/api/v1/messages/{}", text(&note, "/id"))).problem(404);
            reader.get(&format!("/api/v1/attachments/{}", text(&file, "/id"))).problem(404);
        }
        // Nor does the snippet or the search tell.
        assert_eq!(items(&rosa.get(&format!("{TICKETS}?q=difficult"))).len(), 0);
        assert_eq!(items(&desk.api(Role::Auditor).get(&below(&ticket, "messages"))).len(), 2);
        let told: Vec<String> = items(&api.get(&below(&ticket, "timeline"))).iter().map(|item| text(item, "/type").to_owned()).collect();
        assert_eq!(told.iter().filter(|kind| *kind == "message").count(), 2);
        desk.leaves_mail();
    });
}

#[test]
fn a_file_is_attached_by_whoever_uploaded_it_and_downloaded_as_a_file() {
    both(|desk| {
        let (api, rosa, ticket) = (desk.api(Role::Agent), desk.api(Role::Requester), opened(desk, &json!({})));
        let file = api.upload("sự cố.png", "image/png", b"\x89PNG").must(201);
        assert_eq!(keys(&file), ["content_id", "content_type", "filename", "id", "inline", "sha256", "size"]);
        assert!(text(&file, "/id").len() >= 22 && text(&file, "/sha256").len() == 64);
        let address = format!("/api/v1/attachments/{}", text(&file, "/id"));
        rosa.get(&address).problem(404);
        assert_eq!(api.get(&address).body, b"\x89PNG");
        let taken = json!({ "body": "Mine now", "attachments": [file["id"]] });
        assert_eq!(rosa.post(&below(&ticket, "messages"), &taken).invalid(), ["attachments"]);
        let message = api.post(&below(&ticket, "messages"), &json!({ "body": "See the picture", "attachments": [file["id"]] })).must(201);
        let mut attached = file.clone();
        attached.as_object_mut().unwrap().remove("content_id");
        assert_eq!(message["attachments"][0], attached);
        assert_eq!(api.post(&below(&ticket, "messages"), &taken).invalid(), ["attachments"]);
        let download = rosa.get(&address);
        assert_eq!(
            (download.status, download.header("content-type"), download.body.as_slice()),
            (200, "image/png".to_owned(), &b"\x89PNG"[..])
        );
        assert!(download.header("content-disposition").starts_with("attachment; "));
        assert_eq!(
            (download.header("x-content-type-options"), download.header("content-security-policy")),
            ("nosniff".to_owned(), "sandbox; default-src 'none'".to_owned())
        );
        desk.api(Role::Stranger).get(&address).problem(404);
        desk.api(Role::OtherAgent).get(&address).problem(404);
        api.send("POST", "/api/v1/attachments", "multipart/form-data; boundary=edge", b"--edge--\r\n".to_vec()).problem(422);
        api.send("POST", "/api/v1/attachments", "multipart/form-data", b"x".to_vec()).problem(400);
        api.send("POST", "/api/v1/attachments", "application/json", b"{}".to_vec()).problem(400);
        desk.leaves_mail();
    });
}

#[test]
fn every_refusal_is_a_problem_of_the_same_shape() {
    one(|desk| {
        let (api, ticket) = (desk.api(Role::Agent), opened(desk, &json!({})));
        api.send("POST", TICKETS, "application/json", b"{".to_vec()).problem(400);
        api.get(&format!("{TICKETS}?limit=0")).problem(400);
        api.get(&format!("{TICKETS}?limit=x")).problem(400);
        api.get(&format!("{TICKETS}?surprise=1")).problem(400);
        api.get(&format!("{TICKETS}?cursor=x")).problem(400);
        desk.anonymous().get(TICKETS).problem(401);
        desk.with_token("steward_wrong").get(TICKETS).problem(401);
        assert_eq!(desk.anonymous().get(TICKETS).header("www-authenticate"), "Bearer");
        desk.api(Role::Requester).get("/api/v1/people").problem(403);
        api.get(&format!("{TICKETS}/INC-99")).problem(404);
        api.get("/api/v1/nothing").problem(404);
        api.send("PUT", TICKETS, "application/json", b"{}".to_vec()).problem(405);
        api.with("if-match", "\"v9\"").patch(&path(&ticket), &json!({ "title": "x" })).problem(412);
        api.send("POST", TICKETS, "application/json", vec![b' '; 2 * 1024 * 1024 + 1]).problem(413);
        for kind in ["", "text/plain", "application/xml", "application/x-www-form-urlencoded"] {
            api.send("POST", TICKETS, kind, b"{}".to_vec()).problem(415);
        }
        assert_eq!(api.post(TICKETS, &json!({ "title": "x", "requester": "a@b.example", "is_admin": true })).invalid(), ["is_admin"]);
        assert_eq!(api.post(TICKETS, &json!({ "title": 7, "requester": "a@b.example" })).invalid(), ["title"]);
        let latvian = api.with("accept-language", "lv").get("/api/v1/nothing");
        assert_eq!(latvian.status, 404);
    });
}

#[test]
fn many_at_once_may_name_the_same_new_person() {
    both(|desk| {
        let api = desk.api(Role::Agent);
        let ask = |n: usize| {
            let body = json!({ "title": format!("At once {n}"), "requester": "new@customer.example", "cc": ["other@customer.example"] });
            let api = api.with("idempotency-key", n / 2);
            async move { api.ask("POST", TICKETS, "application/json", body.to_string().into_bytes()).await.status().as_u16() }
        };
        let statuses = desk.wait(futures_util::future::join_all((0..24).map(|n| ask(n / 2 * 2))));
        assert_eq!(statuses, [201; 24]);
        assert_eq!(items(&desk.api(Role::Admin).get("/api/v1/people?q=new@customer")).len(), 1);
        // Two with the same key were one.
        assert_eq!(items(&api.get(TICKETS)).len(), 12);
    });
}
