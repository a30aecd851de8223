//! Whether people find what they look for, measured in each language on requests of all languages together, as one desk has them.

use std::collections::HashMap;
use std::path::Path;

use serde::Deserialize;
use serde_json::json;
use testkit::{Role, TestDesk};

use crate::house::{one, opened, text};

const LANGUAGES: [&str; 6] = ["en", "vi", "ro", "lv", "ru", "zh-Hans"];
const QUERIES_MIN: usize = 40;
/// Of what answers a query, so much must be among the first ten.
const RECALL_MIN: f64 = 0.95;

#[derive(Deserialize)]
struct Set {
    request: Vec<Asked>,
    query: Vec<Looked>,
}

#[derive(Deserialize)]
struct Asked {
    key: String,
    title: String,
    body: String,
}

#[derive(Deserialize)]
struct Looked {
    text: String,
    finds: Vec<String>,
}

fn set(language: &str) -> Set {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("../../testdata/search/{language}.toml"));
    toml::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

#[test]
fn nineteen_of_twenty_answers_are_among_the_first_ten_in_every_language() {
    one(|desk| {
        let mut numbers = HashMap::new();
        for language in LANGUAGES {
            for request in set(language).request {
                let ticket = opened(desk, &json!({ "title": request.title, "body": request.body }));
                numbers.insert((language, request.key), text(&ticket, "/number").to_owned());
            }
        }
        let api = desk.api(Role::Agent);
        let mut poor = Vec::new();
        for language in LANGUAGES {
            let queries = set(language).query;
            assert!(queries.len() >= QUERIES_MIN, "{language} has {} queries", queries.len());
            let (mut recalled, mut first, mut missed) = (0.0, 0, Vec::new());
            for query in &queries {
                let path = format!("/api/v1/search?kinds=ticket&limit=10&q={}", TestDesk::encoded(&query.text));
                let answer = api.get(&path).must(200);
                let found: Vec<&str> = answer["items"].as_array().unwrap().iter().map(|item| text(item, "/ticket/number")).collect();
                let wanted: Vec<&str> = query.finds.iter().map(|key| numbers[&(language, key.clone())].as_str()).collect();
                let hits = wanted.iter().filter(|number| found.contains(number)).count();
                recalled += hits as f64 / wanted.len() as f64;
                first += usize::from(found.first().is_some_and(|number| wanted.contains(number)));
                if hits < wanted.len() {
                    missed.push(query.text.as_str());
                }
            }
            let recall = recalled / queries.len() as f64;
            println!("{language}: {} queries, recall at 10 {recall:.3}, first {first}, missed {missed:?}", queries.len());
            if recall < RECALL_MIN {
                poor.push((language, recall, missed.join(", ")));
            }
        }
        assert!(poor.is_empty(), "{poor:?}");
    });
}
