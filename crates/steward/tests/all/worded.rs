//! Lists with free words: they are in the whole conversation, and nowhere where the reader may not look.

use std::sync::Arc;

use desk::lists::{self, Kept, ListRequest};
use kernel::{Access, Actor};
use people::session::rows::access_of;
use search::SearchIndex;
use serde_json::{Value, json};
use testkit::{Role, TestDesk};

use crate::counting::{CHANGES, Dice, change};
use crate::house::{TICKETS, asked, below, both, found, items, opened, path, text};

/// Has the index read everything that has happened. In these tests nobody follows the journal, so that both moments can be looked at.
fn indexed(desk: &TestDesk) {
    desk.api(Role::Admin).get("/api/v1/search?q=anything").must(200);
}

fn said(desk: &TestDesk, ticket: &Value, kind: &str, body: &str) {
    desk.api(Role::Admin).post(&below(ticket, "messages"), &json!({ "kind": kind, "body": body })).must(201);
}

#[test]
fn words_of_a_list_are_in_the_whole_conversation_and_in_any_form() {
    both(|desk| {
        let printer = opened(desk, &json!({ "title": "Printer on floor two", "body": "The wombat tray jams since seven." }));
        said(desk, &printer, "reply", "Somebody comes at noon.");
        let lamp = opened(desk, &json!({ "title": "Lamp", "body": "The printers are fine; sự cố mạng." }));
        let (printer, lamp) = (text(&printer, "/number"), text(&lamp, "/number"));
        indexed(desk);
        let api = desk.api(Role::Agent);
        assert_eq!(found(&api, "wombat"), [printer], "an older message");
        assert_eq!(found(&api, "printer sort:created"), [printer, lamp]);
        assert_eq!(found(&api, "print sort:created"), [printer, lamp], "the last word may be the beginning of one");
        assert_eq!(found(&api, "\"wombat tray\" jammed"), [printer], "a phrase, and another form of a word");
        assert_eq!(found(&api, "su co"), [lamp], "marks are optional");
        assert_eq!(found(&api, "printer -wombat"), [lamp]);
        assert_eq!(found(&api, "-wombat is:open"), [lamp], "a word that must not be there needs no other");
        assert_eq!(found(&api, "printer is:done"), Vec::<String>::new());
        assert_eq!(found(&api, "+"), Vec::<String>::new(), "what is no word is looked for as it stands");
        let total = |query: &str| asked(&api, query, "&count=true&limit=1").must(200)["total"].clone();
        assert_eq!((total("printer"), total("wombat"), total("printer -wombat")), (json!(2), json!(1), json!(1)));
        let preview = json!({ "q": "wombat", "changes": { "add_tags": ["seen"] }, "preview": true });
        assert_eq!(
            api.post("/api/v1/bulk", &preview).must(200)["total"],
            1,
            "what is done with a whole result is done with the same tickets"
        );
        let csv = api.get("/api/v1/tickets/export?q=wombat&format=csv");
        assert!(csv.text().contains(printer) && !csv.text().contains(lamp), "{}", csv.text());
        let explained = |number: &str| api.get(&format!("/api/v1/queries/explain?q=wombat&ticket={number}")).must(200)["fits"].clone();
        assert_eq!((explained(printer), explained(lamp)), (json!(true), json!(false)));
    });
}

#[test]
fn what_the_index_does_not_know_yet_is_in_the_list_at_once() {
    both(|desk| {
        let gates = opened(desk, &json!({ "title": "Gates", "body": "A wombat." }));
        indexed(desk);
        let api = desk.api(Role::Agent);
        assert_eq!(found(&api, "wombat").len(), 1);
        let new = opened(desk, &json!({ "title": "Wombat in the hall" }));
        assert_eq!(found(&api, "wombat").len(), 2, "a new ticket");
        desk.api(Role::Admin).patch(&path(&new), &json!({ "title": "Quokka in the hall" })).must(200);
        assert_eq!((found(&api, "wombat").len(), found(&api, "quokka").len()), (1, 1), "another title");
        said(desk, &gates, "reply", "A numbat, rather.");
        assert_eq!(found(&api, "numbat"), [text(&gates, "/number")], "the newest message");
        desk.api(Role::Admin).patch(&path(&gates), &json!({ "desk": "hr", "team": null, "assignee": null })).must(200);
        assert_eq!(found(&api, "wombat").len(), 0, "what went to another desk");
        let total = asked(&api, "wombat", "&count=true&limit=1").must(200)["total"].clone();
        assert_eq!(total, 0);
        indexed(desk);
        assert_eq!((found(&api, "wombat").len(), found(&api, "quokka").len(), found(&api, "numbat").len()), (0, 1, 0));
        assert_eq!(found(&desk.api(Role::OtherAgent), "wombat").len(), 1, "and the whole conversation is read there");
    });
}

#[test]
fn t_x3_nobody_lists_or_counts_by_the_words_of_a_note_that_they_may_not_read() {
    both(|desk| {
        let ticket = opened(desk, &json!({ "title": "Printer on floor two" }));
        said(desk, &ticket, "note", "The zanzibar contract ends; do not tell.");
        said(desk, &ticket, "reply", "We are on it.");
        let other = desk.persona(Role::OtherAgent).email;
        desk.api(Role::Admin).post(&below(&ticket, "participants"), &json!({ "person": other, "role": "cc" })).must(201);
        indexed(desk);
        let count = |role: Role, query: &str| {
            let api = desk.api(role);
            let total = asked(&api, query, "&count=true&limit=1").must(200)["total"].as_u64().unwrap();
            assert_eq!(total, found(&api, query).len() as u64, "{role:?} {query}");
            total
        };
        for role in [Role::Agent, Role::Admin, Role::Auditor] {
            assert_eq!((count(role, "zanzibar"), count(role, "printer -zanzibar"), count(role, "-zanzibar")), (1, 0, 0), "{role:?}");
        }
        // Who takes part without reading the desk's notes finds, and misses, nothing by them.
        for role in [Role::Requester, Role::Manager, Role::OtherAgent] {
            assert_eq!((count(role, "printer"), count(role, "printer -zanzibar"), count(role, "-zanzibar")), (1, 1, 1), "{role:?}");
            for query in ["zanzibar", "zanzib", "\"zanzibar contract\"", "printer zanzibar"] {
                assert_eq!(count(role, query), 0, "{role:?} {query}");
            }
        }
        for query in ["printer", "zanzibar", "-quokka"] {
            assert_eq!(count(Role::Stranger, query), 0, "{query}");
        }
    });
}

pub(crate) fn reader(desk: &TestDesk, role: Role) -> Actor {
    let person = desk.persona(role).id;
    let via = kernel::Via::Session(kernel::SessionId(1));
    let access: Access = desk.desk.store().read_blocking(move |db| access_of(db, person, via)).unwrap().unwrap();
    Actor::Person(Arc::new(access))
}

/// All pages of a list, forwards or backwards.
fn pages(desk: &TestDesk, actor: &Actor, kept: &Kept, (query, sort): (&str, &str)) -> Vec<i64> {
    let (mut all, mut after) = (Vec::new(), None);
    loop {
        let (settings, actor) = (desk.desk.settings(), actor.clone());
        let request = ListRequest {
            query: query.to_owned(),
            sort: Some(sort.to_owned()),
            limit: 3,
            after: after.clone(),
            kept: Some(kept.clone()),
            ..ListRequest::default()
        };
        let page = desk.desk.store().read_blocking(move |db| lists::page(db, &settings, &actor, &request)).unwrap();
        all.extend(page.tickets.iter().map(|ticket| ticket.id.get()));
        match page.next {
            Some(next) => after = Some(next),
            None => return all,
        }
    }
}

#[test]
fn a_long_list_that_is_walked_is_the_short_one_that_is_looked_up() {
    both(|desk| {
        let mut dice = Dice(11);
        let mut tickets: Vec<String> = (0..12).map(|_| text(&opened(desk, &json!({})), "/number").to_owned()).collect();
        let index = SearchIndex::of(desk.desk.store());
        let looked_up = Kept::default().searching(index.clone());
        // Nothing is few: what else is asked is counted, and every page is walked to.
        let walked = Kept::default().searching(index.clone()).looking_up(0);
        let mut seen = 0;
        for round in 0..4 {
            for step in 0..CHANGES {
                change(desk, &mut dice, step, &mut tickets);
            }
            // In each second round the index is behind.
            if round % 2 == 0 {
                index.catch_up().unwrap();
            }
            for role in [Role::Agent, Role::OtherAgent, Role::Requester, Role::Manager, Role::Admin] {
                let actor = reader(desk, role);
                for query in
                    ["gates", "gates is:open", "-stay", "gates -stay desk:it", "gates tag:hot", "shut created<2d", "seven assignee:none"]
                {
                    for sort in ["-updated", "created", "-priority,updated"] {
                        let [one, other] = [&looked_up, &walked].map(|kept| pages(desk, &actor, kept, (query, sort)));
                        assert_eq!(one, other, "{query:?} by {sort} for {role:?} in round {round}");
                        seen += one.len();
                    }
                }
            }
        }
        assert!(seen > 500, "{seen}");
        desk.leaves_mail();
    });
}

#[test]
fn a_desk_whose_index_is_not_built_yet_lists_by_titles_numbers_and_newest_messages() {
    both(|desk| {
        let ticket = opened(desk, &json!({ "title": "Printer", "body": "Wombat." }));
        let api = desk.api(Role::Agent);
        for query in ["rinte", "wombat", text(&ticket, "/number")] {
            assert_eq!(items(&asked(&api, query, "")).len(), 1, "{query}");
        }
        assert_eq!(items(&api.get(&format!("{TICKETS}?q=quokka"))).len(), 0);
    });
}
