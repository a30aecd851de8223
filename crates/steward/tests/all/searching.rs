//! Search by words: every form of a word, and nothing that its reader may not see.

use std::fs;

use search::{SearchIndex, State};
use serde_json::{Value, json};
use testkit::{Answer, Api, Role, TestDesk};

use crate::house::{below, both, one, opened, path, text};

fn asked(api: &Api<'_>, query: &str, more: &str) -> Answer {
    api.get(&format!("/api/v1/search?q={}{more}", TestDesk::encoded(query)))
}

/// The numbers of the tickets that a search finds, the best first.
fn found(api: &Api<'_>, query: &str) -> Vec<String> {
    let answer = asked(api, query, "&kinds=ticket").must(200);
    let numbers: Vec<String> = answer["items"].as_array().unwrap().iter().map(|item| text(item, "/ticket/number").to_owned()).collect();
    assert_eq!(answer["total"], numbers.len(), "{query}");
    let counted: u64 = answer["facets"]["desk"].as_array().unwrap().iter().map(|facet| facet["tickets"].as_u64().unwrap()).sum();
    assert_eq!(counted, numbers.len() as u64, "{query}");
    numbers
}

fn noted(desk: &TestDesk, ticket: &Value, note: &str) {
    desk.api(Role::Admin).post(&below(ticket, "messages"), &json!({ "kind": "note", "body": note })).must(201);
}

#[test]
fn every_form_of_a_word_finds_it_in_every_language() {
    both(|desk| {
        for (title, body) in [
            ("The printers are offline", "They stopped after resetting the router."),
            ("Máy in gặp sự cố", "Không đăng nhập được vào hệ thống."),
            ("Întrebare despre gestionării stocului", "Rapoartele din conturile noastre lipsesc."),
            ("Nepieciešama palīdzības dienesta atbilde", "Datoriem nav tīkla."),
            ("Ошибка при создании заявок", "Письма не приходят с утра."),
            ("打印机无法连接网络", "重启之后仍然无法打印。"),
        ] {
            opened(desk, &json!({ "title": title, "body": body }));
        }
        let api = desk.api(Role::Agent);
        for (query, number) in [
            ("printer", "QUE-1"),
            ("reset routers", "QUE-1"),
            ("pritner offline", "QUE-1"),
            ("\"printers are offline\"", "QUE-1"),
            ("su co", "QUE-2"),
            ("sự cố", "QUE-2"),
            ("dang nhap", "QUE-2"),
            ("gestionare", "QUE-3"),
            ("cont", "QUE-3"),
            ("palidzibas", "QUE-4"),
            ("palīdzība", "QUE-4"),
            ("dators", "QUE-4"),
            ("заявка", "QUE-5"),
            ("письмо", "QUE-5"),
            ("打印机", "QUE-6"),
            ("网络", "QUE-6"),
            ("重启", "QUE-6"),
            ("QUE-6", "QUE-6"),
            ("que-000006", "QUE-6"),
            ("#6", "QUE-6"),
            ("que 6", "QUE-6"),
            ("打印机 que 0006", "QUE-6"),
        ] {
            assert_eq!(found(&api, query).first().map(String::as_str), Some(number), "{query}");
        }
        assert_eq!(found(&api, "\"offline are printers\""), Vec::<String>::new());
        assert_eq!(found(&api, "zzyzx"), Vec::<String>::new());
    });
}

#[test]
fn words_and_tests_of_fields_hold_together() {
    both(|desk| {
        opened(desk, &json!({ "title": "Printer jam", "tags": ["third-floor"] }));
        opened(desk, &json!({ "title": "Printer toner", "desk": "hr" }));
        opened(desk, &json!({ "title": "Scanner toner", "priority": "high", "priority_reason": "Now." }));
        let api = desk.api(Role::Admin);
        let sorted = |query: &str| {
            let mut numbers = found(&api, query);
            numbers.sort();
            numbers
        };
        let all = sorted("printer");
        assert_eq!(all.len(), 2);
        assert_eq!(sorted("printer desk:hr").len(), 1);
        assert_eq!(sorted("printer -toner").len(), 1);
        assert_eq!(sorted("toner priority:high").len(), 1);
        assert_eq!(sorted("third-floor").len(), 1);
        assert_eq!(sorted("priority:high").len(), 1);
        assert_eq!(sorted(""), Vec::<String>::new());
        let answer = asked(&api, "toner", "").must(200);
        assert_eq!(answer["facets"]["kind"].as_array().unwrap().iter().map(|one| one["tickets"].as_u64().unwrap()).sum::<u64>(), 2);
        assert_eq!(answer["index"]["state"], "ready");
        asked(&api, "stat:open printer", "").must(422);
        asked(&api, "printer", "&kinds=spaceship").must(422);
    });
}

#[test]
fn what_was_found_is_marked_in_title_and_passage_as_plain_text() {
    one(|desk| {
        opened(desk, &json!({ "title": "<b>VPN</b> drops", "body": "Hello <script>alert(1)</script>, the vpn drops since Monday." }));
        let answer = asked(&desk.api(Role::Agent), "vpn", "&kinds=ticket").must(200);
        let item = &answer["items"][0];
        let marked = |parts: &Value| -> Vec<String> {
            parts.as_array().unwrap().iter().filter(|part| part["marked"] == true).map(|part| text(part, "/text").to_owned()).collect()
        };
        assert_eq!(marked(&item["title"]), ["VPN"]);
        assert_eq!(marked(&item["passage"]), ["vpn"]);
        let whole: String = item["passage"].as_array().unwrap().iter().map(|part| text(part, "/text")).collect();
        assert!(whole.contains("<script>alert(1)</script>, the vpn drops"), "{whole}");
    });
}

#[test]
fn pages_follow_each_other_without_gaps() {
    one(|desk| {
        for at in 0..7 {
            opened(desk, &json!({ "title": format!("Printer number {at}") }));
        }
        let api = desk.api(Role::Agent);
        let (mut numbers, mut cursor) = (Vec::new(), String::new());
        loop {
            let answer = asked(&api, "printer", &format!("&kinds=ticket&limit=3{cursor}")).must(200);
            assert_eq!(answer["total"], 7);
            numbers.extend(answer["items"].as_array().unwrap().iter().map(|item| text(item, "/ticket/number").to_owned()));
            match answer["next_cursor"].as_str() {
                Some(next) => cursor = format!("&cursor={next}"),
                None => break,
            }
        }
        numbers.sort();
        numbers.dedup();
        assert_eq!(numbers.len(), 7);
    });
}

#[test]
fn people_are_found_by_those_who_may_look_them_up() {
    both(|desk| {
        let names = |role: Role, query: &str| -> Vec<String> {
            let answer = asked(&desk.api(role), query, "&kinds=person,organisation").must(200);
            answer["items"].as_array().unwrap().iter().map(|item| text(item, "/name").to_owned()).collect()
        };
        assert!(names(Role::Agent, "rosa")[0].starts_with("Rosa"));
        assert!(names(Role::Agent, "brackwater").contains(&"Brackwater Ferries".to_owned()));
        assert_eq!(names(Role::Requester, "rosa"), Vec::<String>::new());
        assert_eq!(names(Role::Stranger, "brackwater"), Vec::<String>::new());
        let admin = desk.api(Role::Admin);
        let answer = asked(&admin, "brackwater", "&kinds=organisation").must(200);
        let path = format!("/api/v1/organisations/{}", text(&answer, "/items/0/id"));
        admin.patch(&path, &json!({ "name": "Quokka Shipping" })).must(200);
        let people = names(Role::Agent, "quokka");
        assert!(people.contains(&"Quokka Shipping".to_owned()), "{people:?}");
        assert!(people.iter().any(|name| name.starts_with("Rosa")), "its people are found by its new name: {people:?}");
    });
}

#[test]
fn t_x3_nobody_finds_or_counts_by_the_words_of_a_note_that_they_may_not_read() {
    both(|desk| {
        let ticket = opened(desk, &json!({ "title": "Printer on floor two" }));
        noted(desk, &ticket, "The zanzibar contract ends; do not tell.");
        for role in [Role::Agent, Role::Admin, Role::Auditor] {
            assert_eq!(found(&desk.api(role), "zanzibar").len(), 1, "{role:?}");
            assert_eq!(found(&desk.api(role), "printer -zanzibar").len(), 0, "{role:?}");
        }
        for role in [Role::Requester, Role::Manager] {
            let api = desk.api(role);
            assert_eq!(found(&api, "printer").len(), 1, "{role:?}");
            for query in ["zanzibar", "zanzibr", "\"zanzibar contract\"", "printer \"zanzibar contract\"", "zanzib"] {
                let there = found(&api, query);
                // Of several words one may be missing: then the ticket is found by the title alone, and would be without the note.
                let without = found(&api, &query.replace("zanzibar contract", "nowhere written"));
                assert_eq!(there, without, "{role:?} {query}");
            }
            // A word that must not be there would tell by what is missing.
            assert_eq!(found(&api, "printer -zanzibar").len(), 1, "{role:?}");
            assert!(!asked(&api, "printer", "").text().contains("zanzibar"), "{role:?}");
        }
        for role in [Role::OtherAgent, Role::Stranger] {
            for query in ["printer", "zanzibar", "-zanzibar printer", "QUE-1", "#1"] {
                assert_eq!(found(&desk.api(role), query), Vec::<String>::new(), "{role:?} {query}");
            }
        }
    });
}

#[test]
fn t_x3_an_agent_of_another_desk_who_takes_part_reads_no_more_than_a_requester() {
    both(|desk| {
        let ticket = opened(desk, &json!({ "title": "Laptop for the new colleague" }));
        noted(desk, &ticket, "Budget approved by quokka.");
        let other = desk.persona(Role::OtherAgent).email;
        desk.api(Role::Admin).post(&below(&ticket, "participants"), &json!({ "person": other, "role": "cc" })).must(201);
        let api = desk.api(Role::OtherAgent);
        assert_eq!(found(&api, "laptop").len(), 1);
        assert_eq!(found(&api, "quokka").len(), 0);
        assert_eq!(found(&api, "laptop -quokka").len(), 1);
        assert!(!asked(&api, "laptop", "").text().contains("quokka"));
    });
}

#[test]
fn t_x4_what_was_taken_away_is_found_no_longer() {
    both(|desk| {
        let ticket = opened(desk, &json!({ "title": "Payroll question about wombat" }));
        assert_eq!(found(&desk.api(Role::Agent), "wombat").len(), 1);
        desk.api(Role::Admin).patch(&path(&ticket), &json!({ "desk": "hr", "team": null, "assignee": null })).must(200);
        assert_eq!(found(&desk.api(Role::Agent), "wombat").len(), 0);
        assert_eq!(found(&desk.api(Role::OtherAgent), "wombat").len(), 1);
    });
}

#[test]
fn t_s1_a_hostile_search_is_answered_or_refused_and_never_a_fault() {
    both(|desk| {
        opened(desk, &json!({ "title": "Printer" }));
        let api = desk.api(Role::Agent);
        for hostile in [
            "'",
            "';--",
            "')",
            "\"",
            "\"\"",
            "%",
            "_",
            "*",
            "\\",
            "a*",
            "(((",
            "-",
            "--",
            "title:",
            "printer'); DROP TABLE ticket;--",
            "pg_sleep(1)",
            "randomblob(1e9)",
            "[a-z]+",
            "^(a+)+$",
            "~0.5",
            "a^9",
            "{!lucene}",
            "\u{0}",
            "\u{202e}printer",
            "NaN",
            "۱۲۳",
            "🖨",
            "-'",
        ] {
            let answer = asked(&api, hostile, "");
            assert!([200, 400, 422].contains(&answer.seen().0), "{hostile:?}: {}", answer.text());
        }
        let long = "a".repeat(5_000);
        assert_eq!(asked(&api, &long, "").seen().0, 422);
        asked(&api, &"word ".repeat(500), "").must(422);
        asked(&api, "printer", "&cursor=bm9uc2Vuc2U").must(400);
        assert_eq!(found(&api, "printer").len(), 1);
    });
}

#[test]
fn what_happens_is_found_after_a_restart_without_building_anew() {
    both(|desk| {
        opened(desk, &json!({ "title": "First giraffe" }));
        assert_eq!(found(&desk.api(Role::Agent), "giraffe").len(), 1);
        let folder = desk.desk.store().data_dir().join("search");
        let before = fs::read_dir(&folder).unwrap().count();
        assert!(before > 0);
        // Another handle is another process: the first lets go when its desk does, so it is only asked how far it came.
        assert_eq!(SearchIndex::of(desk.desk.store()).state_elsewhere(), Some(State::Ready));
        opened(desk, &json!({ "title": "Second giraffe" }));
        assert_eq!(found(&desk.api(Role::Agent), "giraffe").len(), 2);
    });
}

fn in_a_fresh_hand(desk: &TestDesk) -> SearchIndex {
    SearchIndex::of(desk.desk.store())
}

#[test]
fn an_index_goes_on_where_it_was_killed_and_a_damaged_one_is_made_anew() {
    one(|desk| {
        let search = |index: &SearchIndex, word: &str| {
            let wanted = search::Search {
                kind: search::Kind::Tickets,
                words: vec![search::Word::of(word)],
                typing: false,
                loosely: false,
                reach: search::Reach::All,
                now: 0,
                limit: 10,
            };
            index.candidates(&wanted).unwrap().len()
        };
        opened(desk, &json!({ "title": "A giraffe" }));
        let folder = desk.desk.store().data_dir().join("search");
        let index = in_a_fresh_hand(desk);
        assert_eq!(search(&index, "giraffe"), 1);
        drop(index);
        opened(desk, &json!({ "title": "Another giraffe" }));
        let index = in_a_fresh_hand(desk);
        assert_eq!(search(&index, "giraffe"), 2, "what happened meanwhile is caught up with, nothing is doubled");
        drop(index);
        let damage: [&dyn Fn(); 3] = [
            &|| {
                // A byte in the middle of every file of words.
                for file in fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()) {
                    if file.extension().is_some_and(|ending| ending == "term" || ending == "idx") {
                        let mut bytes = fs::read(&file).unwrap();
                        let middle = bytes.len() / 3;
                        bytes[middle] ^= 0x55;
                        fs::write(&file, bytes).unwrap();
                    }
                }
            },
            &|| fs::write(folder.join("meta.json"), "{").unwrap(),
            &|| {
                let meta = fs::read_to_string(folder.join("meta.json")).unwrap();
                fs::write(folder.join("meta.json"), meta.replace("\\\"version\\\":", "\\\"version\\\":9")).unwrap();
            },
        ];
        for damage in damage {
            damage();
            let index = in_a_fresh_hand(desk);
            assert_eq!(search(&index, "giraffe"), 2);
            assert_eq!(index.state(), State::Ready);
        }
    });
}

#[test]
fn a_rebuild_finds_what_was_there_and_tells_how_far_it_is() {
    both(|desk| {
        opened(desk, &json!({ "title": "Wallaby" }));
        let index = in_a_fresh_hand(desk);
        let mut told = Vec::new();
        index.rebuild(|done, all| told.push((done, all))).unwrap();
        assert!(told.windows(2).all(|pair| pair[0].0 <= pair[1].0) && told.iter().all(|(_, all)| *all > 0), "{told:?}");
        assert_eq!(index.state(), State::Ready);
        assert_eq!(index.state_elsewhere(), Some(State::Ready));
    });
}
