//! Lists: queries, order, pages, counts.

use std::collections::BTreeSet;

use kernel::Span;
use serde_json::{Value, json};
use testkit::{Role, TestDesk};

use crate::house::{TICKETS, asked, both, found, items, opened, path, text};

#[test]
fn a_query_finds_what_it_names() {
    both(|desk| {
        let api = desk.api(Role::Agent);
        opened(desk, &json!({ "title": "Printer on fire", "kind": "incident", "impact": "high", "urgency": "high", "tags": ["fire"] }));
        desk.advance(Span::days(2));
        opened(
            desk,
            &json!({ "title": "New laptop", "kind": "request", "team": "network", "assignee": "anna@desk.example", "service": "Laptops" }),
        );
        let third = opened(desk, &json!({ "title": "Wi-Fi slow", "requester": "jo@customer.example", "body": "Nothing loads." }));
        api.post(&format!("{}/transition", path(&third)), &json!({ "to": "resolved" })).must(200);
        for (query, numbers) in [
            ("", &["INC-1", "QUE-1", "REQ-1"][..]),
            ("printer", &["INC-1"]),
            ("\"on fire\"", &["INC-1"]),
            ("priority:critical", &["INC-1"]),
            ("priority>=normal -kind:incident", &["QUE-1", "REQ-1"]),
            ("is:open", &["INC-1", "REQ-1"]),
            ("is:done", &["QUE-1"]),
            ("turn:done", &["QUE-1"]),
            ("tag:fire,water", &["INC-1"]),
            ("assignee:anna@desk.example", &["REQ-1"]),
            ("assignee:me", &["REQ-1"]),
            ("assignee:none", &["INC-1", "QUE-1"]),
            ("team:network", &["REQ-1"]),
            ("requester:jo@customer.example", &["QUE-1"]),
            ("organisation:\"brackwater ferries\"", &["INC-1", "REQ-1"]),
            ("number:inc-1", &["INC-1"]),
            ("created<1d", &["QUE-1", "REQ-1"]),
            ("created>1d", &["INC-1"]),
            ("created:2026-11-02", &["INC-1"]),
            ("(printer OR loads)", &["INC-1", "QUE-1"]),
            ("has:tag", &["INC-1"]),
            ("channel:mail", &[]),
            ("service:laptops", &["REQ-1"]),
            ("requester:nobody@nowhere.example", &[]),
        ] {
            let mut there = found(&api, query);
            there.sort();
            assert_eq!(there, numbers, "{query}");
            let counted = asked(&api, query, "&count=true&limit=1").must(200);
            assert_eq!(counted["total"], numbers.len(), "{query}");
        }
        for (query, place) in [
            ("stat:open", "stat"),
            ("kind:incdent", "incident"),
            ("priority>urgent", "urgent"),
            ("(a", "("),
            ("created:tomorrowish", "tomorrowish"),
        ] {
            let refused = asked(&api, query, "");
            assert_eq!(refused.invalid(), ["q"], "{query}");
            assert!(refused.text().contains(place), "{query}: {}", refused.text());
        }
        assert_eq!(api.get(&format!("{TICKETS}?sort=-colour")).invalid(), ["sort"]);
    });
}

#[test]
fn a_list_comes_in_the_order_that_was_asked_for() {
    both(|desk| {
        let api = desk.api(Role::Agent);
        let made: Vec<Value> = [("low", "low"), ("high", "high"), ("medium", "medium"), ("high", "medium")]
            .into_iter()
            .map(|(impact, urgency)| {
                desk.advance(Span::minutes(1));
                opened(desk, &json!({ "impact": impact, "urgency": urgency }))
            })
            .collect();
        desk.advance(Span::minutes(1));
        api.patch(&path(&made[0]), &json!({ "title": "Touched" })).must(200);
        let order = |address: &str| -> Vec<String> {
            items(&api.get(address)).iter().map(|ticket| text(ticket, "/number")[4..].to_owned()).collect()
        };
        assert_eq!(order(TICKETS), ["1", "4", "3", "2"]);
        for (sort, wanted) in [
            ("created", ["1", "2", "3", "4"]),
            ("-created", ["4", "3", "2", "1"]),
            ("updated", ["2", "3", "4", "1"]),
            ("-priority,created", ["2", "4", "3", "1"]),
            ("priority,-created", ["1", "3", "4", "2"]),
        ] {
            assert_eq!(order(&format!("{TICKETS}?sort={sort}")), wanted, "{sort}");
            // Page by page it is the same.
            let (mut walked, mut cursor) = (Vec::new(), String::new());
            loop {
                let page = api.get(&format!("{TICKETS}?sort={sort}&limit=1{cursor}")).must(200);
                walked.extend(page["items"].as_array().unwrap().iter().map(|ticket| text(ticket, "/number")[4..].to_owned()));
                let Some(next) = page["next_cursor"].as_str() else { break };
                cursor = format!("&cursor={next}");
            }
            assert_eq!(walked, wanted, "{sort}");
        }
        assert_eq!(order(&format!("{TICKETS}?q={}", TestDesk::encoded("sort:-priority"))), ["2", "4", "3", "1"]);
    });
}

/// Reads all pages; between two of them `meanwhile` happens.
fn walk(desk: &TestDesk, role: Role, sort: &str, mut meanwhile: impl FnMut(usize)) -> Vec<String> {
    let (mut walked, mut cursor) = (Vec::new(), String::new());
    for page in 0.. {
        let answer = desk.api(role).get(&format!("{TICKETS}?limit=4&sort={sort}{cursor}")).must(200);
        walked.extend(answer["items"].as_array().unwrap().iter().map(|ticket| text(ticket, "/number").to_owned()));
        let Some(next) = answer["next_cursor"].as_str() else { break };
        cursor = format!("&cursor={next}");
        meanwhile(page);
    }
    walked
}

#[test]
fn paging_neither_skips_nor_repeats_while_tickets_change() {
    both(|desk| {
        let api = desk.api(Role::Agent);
        let made: Vec<Value> = (0..30)
            .map(|n| {
                // Several at the same moment too.
                if n % 3 == 0 {
                    desk.advance(Span::seconds(1));
                }
                opened(desk, &json!({}))
            })
            .collect();
        let before: BTreeSet<String> = made.iter().map(|ticket| text(ticket, "/number").to_owned()).collect();
        for sort in ["created", "-created"] {
            let walked = walk(desk, Role::Agent, sort, |page| {
                desk.advance(Span::seconds(1));
                opened(desk, &json!({}));
                api.patch(&path(&made[page * 3]), &json!({ "title": format!("{sort} {page}"), "priority": "critical" })).must(200);
            });
            let once: BTreeSet<String> = walked.iter().cloned().collect();
            assert_eq!(once.len(), walked.len(), "{sort} repeats");
            assert!(before.is_subset(&once), "{sort} skips");
        }
        // In the order of the last change a ticket that changes moves; those that rest are met exactly once.
        let mut touched = BTreeSet::new();
        let walked = walk(desk, Role::Agent, "-updated", |page| {
            desk.advance(Span::seconds(1));
            let ticket = &made[page * 2 + 1];
            touched.insert(text(ticket, "/number").to_owned());
            api.patch(&path(ticket), &json!({ "title": format!("again {page}") })).must(200);
        });
        for number in before.difference(&touched) {
            assert_eq!(walked.iter().filter(|one| *one == number).count(), 1, "{number}");
        }
    });
}

#[test]
fn messages_and_people_come_in_pages_too() {
    both(|desk| {
        let (api, ticket) = (desk.api(Role::Agent), opened(desk, &json!({})));
        for n in 0..5 {
            api.post(&format!("{}/messages", path(&ticket)), &json!({ "kind": "note", "body": format!("Note {n}") })).must(201);
        }
        for (address, wanted) in [(format!("{}/messages", path(&ticket)), 6), ("/api/v1/people".to_owned(), 7)] {
            let (mut ids, mut cursor) = (Vec::new(), String::new());
            loop {
                let page = api.get(&format!("{address}?limit=2{cursor}")).must(200);
                ids.extend(page["items"].as_array().unwrap().iter().map(|item| text(item, "/id").to_owned()));
                let Some(next) = page["next_cursor"].as_str() else { break };
                cursor = format!("&cursor={next}");
            }
            assert_eq!((ids.len(), ids.iter().collect::<BTreeSet<_>>().len()), (wanted, wanted), "{address}");
        }
        assert_eq!(items(&api.get("/api/v1/people?q=rosa")).len(), 1);
        assert_eq!(items(&api.get("/api/v1/people?q=ROSA%20M")).len(), 1);
        assert_eq!(items(&api.get("/api/v1/people?q=%25")).len(), 0);
    });
}
