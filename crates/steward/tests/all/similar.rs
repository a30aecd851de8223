//! Tickets about the same matter: how good the likeness is, and that it tells nobody what they may not see.

use std::collections::HashMap;
use std::path::Path;

use serde::Deserialize;
use serde_json::{Value, json};
use testkit::{Role, TestDesk};

use crate::house::{below, both, one, opened, text};

const LANGUAGES: [&str; 6] = ["en", "vi", "ro", "lv", "ru", "zh-Hans"];
/// Of the first five, so many at least are about the same matter.
const PRECISION_MIN: f64 = 0.75;

#[derive(Deserialize)]
struct Set {
    topic: Vec<HashMap<String, Value>>,
}

fn numbers_of(answer: &Value) -> Vec<&str> {
    answer["items"].as_array().unwrap().iter().map(|item| text(item, "/number")).collect()
}

#[test]
fn three_of_four_similar_tickets_are_about_the_same_matter_in_every_language() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../testdata/search/similar.toml");
    let set: Set = toml::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    one(|desk| {
        let mut topics: HashMap<String, usize> = HashMap::new();
        let mut asked: HashMap<&str, Vec<String>> = HashMap::new();
        for (topic, texts) in set.topic.iter().enumerate() {
            for language in LANGUAGES {
                for pair in texts[language].as_array().unwrap() {
                    let ticket = opened(desk, &json!({ "title": pair[0], "body": pair[1] }));
                    let number = text(&ticket, "/number").to_owned();
                    topics.insert(number.clone(), topic);
                    asked.entry(language).or_default().push(number);
                }
            }
        }
        let api = desk.api(Role::Agent);
        let mut poor = Vec::new();
        for language in LANGUAGES {
            let (mut right, mut all, mut shown) = (0, 0, 0);
            for number in &asked[language] {
                let answer = api.get(&format!("/api/v1/tickets/{number}/similar?limit=5")).must(200);
                let found = numbers_of(&answer);
                assert!(!found.contains(&number.as_str()), "a ticket is not similar to itself");
                right += found.iter().filter(|other| topics[**other] == topics[number]).count();
                shown += found.len();
                // What is not found counts like what is wrong: each has five of its kind.
                all += 5;
            }
            let precision = f64::from(right as u32) / f64::from(all as u32);
            println!("{language}: precision at 5 {precision:.3} over {} requests; {right} of {shown} shown", asked[language].len());
            if precision < PRECISION_MIN {
                poor.push((language, precision));
            }
        }
        assert!(poor.is_empty(), "{poor:?}");
    });
}

#[test]
fn what_is_typed_finds_what_was_opened_before() {
    one(|desk| {
        let printer = opened(desk, &json!({ "title": "Printer on deck 3 is offline", "body": "Nothing comes out of the printer." }));
        opened(desk, &json!({ "title": "Timetable of the night ferry", "body": "When does it leave on Sundays?" }));
        let api = desk.api(Role::Agent);
        let answer = api.get(&format!("/api/v1/search/similar?title={}", TestDesk::encoded("printers offline again"))).must(200);
        assert_eq!(numbers_of(&answer), [text(&printer, "/number")]);
        let short = api.get("/api/v1/search/similar?title=pri").must(200);
        assert!(numbers_of(&short).is_empty());
        api.get("/api/v1/search/similar?title=printer&limit=21").must(400);
    });
}

/// T-X3: neither tickets of other desks nor the text of notes show in what is similar.
#[test]
fn t_x3_similar_tickets_are_those_that_the_reader_may_see_by_what_the_reader_may_read() {
    both(|desk| {
        let hidden = opened(desk, &json!({ "title": "Crane hook corroded", "body": "The crane hook is corroded.", "desk": "hr" }));
        let plain = opened(desk, &json!({ "title": "Coffee machine", "body": "It leaks." }));
        let note = json!({ "kind": "note", "body": "The crane hook is corroded as well.", "body_format": "text" });
        desk.api(Role::Agent).post(&below(&plain, "messages"), &note).must(201);
        let address = format!("/api/v1/search/similar?title={}", TestDesk::encoded("crane hook corroded"));
        assert_eq!(numbers_of(&desk.api(Role::Agent).get(&address).must(200)), Vec::<&str>::new());
        assert_eq!(numbers_of(&desk.api(Role::Admin).get(&address).must(200)), [text(&hidden, "/number")]);
        desk.api(Role::Agent).get(&below(&hidden, "similar")).must(404);
    });
}
