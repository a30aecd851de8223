//! The text in attached files: found by whoever may read the message beside which the file lies, and by nobody else.

use base64::Engine as _;
use desk::attachments::texts::TextReader;
use filetext::Reader;
use search::SearchIndex;
use serde_json::{Value, json};
use testkit::{Answer, Api, Role, TestDesk};

use crate::faults::until;
use crate::house::{below, both, one, opened, path, text};
use crate::support::Place;

fn fixture(name: &str) -> Vec<u8> {
    std::fs::read(format!("{}/../../testdata/attachments/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

fn asked(api: &Api<'_>, query: &str) -> Answer {
    api.get(&format!("/api/v1/search?kinds=ticket&q={}", TestDesk::encoded(query)))
}

/// The numbers of the tickets that a search finds, the best first.
fn found(api: &Api<'_>, query: &str) -> Vec<String> {
    let answer = asked(api, query).must(200);
    answer["items"].as_array().unwrap().iter().map(|item| text(item, "/ticket/number").to_owned()).collect()
}

fn reader(desk: &TestDesk) -> TextReader {
    TextReader::new(desk.desk.clone(), Reader::at(env!("CARGO_BIN_EXE_steward")))
}

/// Reads what waits; how many files that were.
fn read_all(desk: &TestDesk) -> usize {
    let reader = reader(desk);
    let mut files = 0;
    while desk.wait(reader.round()).unwrap() {
        files += 1;
        assert!(files < 100, "there is no end to it");
    }
    files
}

/// A ticket whose message of this kind has this file.
fn with_file(desk: &TestDesk, title: &str, (kind, name): (&str, &str), bytes: &[u8]) -> Value {
    let ticket = opened(desk, &json!({ "title": title }));
    attach(desk, &ticket, (kind, name), bytes);
    ticket
}

fn attach(desk: &TestDesk, ticket: &Value, (kind, name): (&str, &str), bytes: &[u8]) -> Value {
    let api = desk.api(Role::Admin);
    let file = api.upload(name, "application/octet-stream", bytes).must(201);
    api.post(&below(ticket, "messages"), &json!({ "kind": kind, "body": "See the file.", "attachments": [file["id"]] })).must(201)
}

/// How many contents are in which state.
fn states(desk: &TestDesk) -> Vec<(String, i64)> {
    let sql = "SELECT state, count(*) FROM file_text GROUP BY state ORDER BY state";
    desk.desk.store().read_blocking(move |db| db.query(sql, &[], |row| Ok((row.get(0)?, row.get(1)?)))).unwrap()
}

fn tries(desk: &TestDesk) -> i64 {
    desk.desk.store().read_blocking(|db| db.query_one("SELECT SUM(tries) FROM file_text", &[], |row| row.get(0))).unwrap()
}

const NAMES: [&str; 8] =
    ["handbook.docx", "crew.xlsx", "drill.pptx", "handbook.odt", "crew.ods", "drill.odp", "invoice.pdf", "printed.pdf"];

#[test]
fn the_words_of_every_kind_of_file_are_found_in_every_language() {
    both(|desk| {
        for name in NAMES {
            with_file(desk, "Question", ("reply", name), &fixture(name));
        }
        let api = desk.api(Role::Agent);
        assert_eq!(found(&api, "phao"), Vec::<String>::new());
        assert_eq!(read_all(desk), NAMES.len());
        assert_eq!(states(desk), [("whole".to_owned(), NAMES.len() as i64)]);
        // As people type: other forms, no marks, half a sentence.
        for (query, least) in
            [("ao phao", 8), ("jacket", 7), ("tesatura", 7), ("glabsana", 7), ("спасательный", 8), ("救生衣", 8), ("舷梯发票", 8)]
        {
            assert_eq!(found(&api, query).len(), least, "{query}");
        }
        assert_eq!(found(&api, "47113"), ["QUE-1"]);
        assert_eq!(found(&api, "\"muster station\""), ["QUE-3"]);
        assert_eq!(found(&api, "jacket -capstan").len(), 5, "what a file says can be left out");
        assert_eq!(read_all(desk), 0, "nothing is read twice");
    });
}

#[test]
fn a_result_says_in_which_file_it_was_found() {
    both(|desk| {
        let ticket = with_file(desk, "Question", ("reply", "gangway survey.pdf"), &fixture("invoice.pdf"));
        read_all(desk);
        let api = desk.api(Role::Agent);
        let item = &asked(&api, "jackets").must(200)["items"][0];
        assert_eq!(text(item, "/attachment/filename"), "gangway survey.pdf");
        let file = api.get(&format!("/api/v1/attachments/{}", text(item, "/attachment/id")));
        assert_eq!(file.body, fixture("invoice.pdf"));
        let whole: String = item["passage"].as_array().unwrap().iter().map(|part| text(part, "/text")).collect();
        assert!(whole.starts_with("The gangway invoice covers forty life jackets."), "{whole}");
        // By its name alone, too.
        assert_eq!(text(&asked(&api, "survey").must(200)["items"][0], "/attachment/filename"), "gangway survey.pdf");
        // What the messages say themselves is shown from them.
        let item = &asked(&api, "\"see the file\"").must(200)["items"][0];
        assert_eq!((item["ticket"]["number"].as_str(), item.get("attachment")), (ticket["number"].as_str(), None));
        let page = desk.pages(Role::Agent).get("/desk/search?q=jackets").text();
        assert!(page.contains("gangway survey.pdf") && page.contains("<mark>jackets</mark>"), "{page}");
    });
}

#[test]
fn t_x3_the_text_of_a_file_is_found_by_those_alone_who_may_read_its_message() {
    both(|desk| {
        let ticket = with_file(desk, "Printer on floor two", ("note", "zanzibar.txt"), b"The wombat contract ends; do not tell.");
        read_all(desk);
        for role in [Role::Agent, Role::Admin, Role::Auditor] {
            assert_eq!(found(&desk.api(role), "wombat").len(), 1, "{role:?}");
            assert_eq!(found(&desk.api(role), "printer -wombat").len(), 0, "{role:?}");
        }
        for role in [Role::Requester, Role::Manager] {
            let api = desk.api(role);
            for query in ["wombat", "womba", "\"wombat contract\"", "zanzibar", "wombta"] {
                assert_eq!(found(&api, query), Vec::<String>::new(), "{role:?} {query}");
            }
            assert_eq!(found(&api, "printer -wombat").len(), 1, "{role:?}");
            let seen = asked(&api, "printer").text();
            assert!(!seen.contains("wombat") && !seen.contains("zanzibar"), "{role:?}");
        }
        for role in [Role::OtherAgent, Role::Stranger] {
            assert_eq!(found(&desk.api(role), "wombat"), Vec::<String>::new(), "{role:?}");
        }
        // The same content beside a public reply is read by everybody who sees that.
        let shown = with_file(desk, "Contract", ("reply", "contract.txt"), b"The wombat contract ends; do not tell.");
        assert_eq!(read_all(desk), 0, "the same content is read once");
        assert_eq!(found(&desk.api(Role::Requester), "wombat"), [text(&shown, "/number")]);
        assert_eq!(found(&desk.api(Role::Agent), "wombat").len(), 2);
        // A desk that has the ticket no longer finds it no longer.
        desk.api(Role::Admin).patch(&path(&ticket), &json!({ "desk": "hr", "team": null, "assignee": null })).must(200);
        assert_eq!(found(&desk.api(Role::Agent), "wombat"), [text(&shown, "/number")]);
        assert_eq!(found(&desk.api(Role::OtherAgent), "wombat"), [text(&path_number(desk, &ticket), "/number")]);
    });
}

/// The ticket as it is now.
fn path_number(desk: &TestDesk, ticket: &Value) -> Value {
    desk.api(Role::Admin).get(&path(ticket)).must(200)
}

#[test]
fn a_file_of_a_ticket_that_was_merged_leads_to_whoever_may_read_it() {
    both(|desk| {
        let kept = opened(desk, &json!({ "title": "Gangway" }));
        let merged = with_file(desk, "Gangway again", ("note", "a.txt"), b"wombat");
        attach(desk, &merged, ("reply", "b.txt"), b"capstan");
        read_all(desk);
        let seen = |role: Role, query: &str| found(&desk.api(role), query).len();
        let into = json!({ "into": kept["number"] });
        desk.api(Role::Admin).post(&below(&merged, "merge"), &into).must(200);
        assert_eq!((seen(Role::Agent, "wombat"), seen(Role::Agent, "capstan")), (1, 1));
        assert_eq!((seen(Role::Requester, "wombat"), seen(Role::Requester, "capstan")), (0, 1));
        assert_eq!((seen(Role::Stranger, "wombat"), seen(Role::OtherAgent, "capstan")), (0, 0));
    });
}

#[test]
fn what_is_no_text_says_why_and_keeps_nobody_waiting() {
    one(|desk| {
        for (name, bytes) in [
            ("photo.jpg", &b"\xFF\xD8\xFF\xE0\0\x10JFIF\0"[..]),
            ("locked.pdf", &fixture("locked.pdf")),
            ("broken.pdf", b"%PDF-1.7 and nothing else"),
            ("blank.txt", b"   \n  "),
            ("long.log", "wombat ".repeat(60_000).as_bytes()),
            ("sound.txt", b"bollard"),
        ] {
            with_file(desk, "Question", ("reply", name), bytes);
        }
        assert_eq!(read_all(desk), 6);
        let all = ["cut", "damaged", "empty", "kind", "locked", "whole"].map(|state| (state.to_owned(), 1));
        assert_eq!(states(desk), all);
        let health = desk.pages(Role::Admin).get(web::urls::admin::HEALTH).text();
        assert!(health.contains("Waiting to be read for search: 0. Could not be read: 1."), "{health}");
        let api = desk.api(Role::Agent);
        assert_eq!((found(&api, "wombat").len(), found(&api, "bollard").len()), (1, 1));
    });
}

#[test]
fn a_file_that_lies_nowhere_any_more_is_tried_three_times() {
    one(|desk| {
        let lost = b"wombat that will be lost";
        with_file(desk, "Question", ("reply", "lost.txt"), lost);
        let hash = store::BlobHash::of(lost);
        desk.desk
            .store()
            .write_blocking(move |tx| tx.execute("UPDATE blob SET inline = NULL WHERE hash = ?1", store::values![&hash]))
            .unwrap();
        with_file(desk, "Question", ("reply", "sound.txt"), b"bollard");
        assert_eq!(read_all(desk), 4, "what was tried less goes first");
        assert_eq!(states(desk), [("damaged".to_owned(), 1), ("whole".to_owned(), 1)]);
        assert_eq!(tries(desk), 3);
    });
}

#[test]
fn where_no_process_can_be_started_files_wait_and_are_not_to_blame() {
    one(|desk| {
        with_file(desk, "Question", ("reply", "sound.txt"), b"bollard");
        let broken = TextReader::new(desk.desk.clone(), Reader::at("/nowhere/steward"));
        for _ in 0..5 {
            assert!(desk.wait(broken.round()).is_err());
        }
        assert_eq!((states(desk), tries(desk)), (vec![("waiting".to_owned(), 1)], 0));
        assert_eq!(read_all(desk), 1);
        assert_eq!(found(&desk.api(Role::Agent), "bollard").len(), 1);
    });
}

#[test]
fn an_index_that_is_built_anew_reads_no_file_again() {
    both(|desk| {
        with_file(desk, "Question", ("reply", "a.txt"), b"bollard");
        with_file(desk, "Question", ("note", "b.txt"), b"capstan");
        assert_eq!(read_all(desk), 2);
        let folder = desk.desk.store().data_dir().join("search");
        std::fs::remove_dir_all(&folder).ok();
        let index = SearchIndex::of(desk.desk.store());
        for (word, inside) in [("bollard", false), ("capstan", true)] {
            let reach = if inside {
                search::Reach::All
            } else {
                search::Reach::Some { desks: vec![], person: requester(desk), organisations: vec![] }
            };
            let words = vec![search::Word::of(word)];
            let wanted = search::Search { kind: search::Kind::Tickets, words, typing: false, loosely: false, reach, now: 0, limit: 10 };
            assert_eq!(index.candidates(&wanted).unwrap().len(), 1, "{word}");
        }
        assert_eq!(read_all(desk), 0);
    });
}

fn requester(desk: &TestDesk) -> i64 {
    desk.persona(Role::Requester).id.get()
}

#[test]
fn a_draft_of_a_file_is_not_read_before_a_message_has_it() {
    one(|desk| {
        let file = desk.api(Role::Admin).upload("a.txt", "text/plain", b"bollard").must(201);
        assert_eq!((read_all(desk), states(desk)), (0, vec![]));
        let ticket = opened(desk, &json!({}));
        let message = json!({ "kind": "reply", "body": "x", "attachments": [file["id"]] });
        desk.api(Role::Admin).post(&below(&ticket, "messages"), &message).must(201);
        assert_eq!(read_all(desk), 1);
    });
}

/// A mail with this file, as a mail program sends it.
fn mail(id: &str, name: &str, bytes: &[u8]) -> String {
    let encoded = base64::engine::general_purpose::STANDARD.encode(bytes);
    let lines: Vec<&str> = encoded.as_bytes().chunks(76).map(|line| std::str::from_utf8(line).unwrap()).collect();
    format!(
        "From: Rosa <rosa@example.com>\r\nTo: it@desk.example\r\nSubject: Papers {id}\r\nMessage-ID: <{id}@example.com>\r\nDate: Fri, 20 Nov 2026 10:00:00 +0000\r\n\
         MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nHello\r\n--b\r\n\
         Content-Type: application/octet-stream; name=\"{name}\"\r\nContent-Disposition: attachment; filename=\"{name}\"\r\nContent-Transfer-Encoding: base64\r\n\r\n{}\r\n--b--\r\n",
        lines.join("\r\n")
    )
}

#[test]
fn a_program_that_is_killed_before_it_read_the_files_of_its_mails_reads_them_after_it_starts_again() {
    let place = Place::set_up();
    let token = place.token();
    for (id, name) in [("one", "invoice.pdf"), ("two", "crew.xlsx"), ("three", "handbook.docx")] {
        let file = place.path(&format!("{id}.eml"));
        std::fs::write(&file, mail(id, name, &fixture(name))).unwrap();
        place.run(&["mail", "import", file.to_str().unwrap()], "").must_succeed();
    }
    for _ in 0..3 {
        place.serve(&[]).kill();
    }
    let serving = place.serve(&[]);
    until("all three are found by what their files say", || {
        serving.get("/api/v1/search?kinds=ticket&q=jackets", &token).json()["total"] == 3
    });
    assert_eq!(serving.get("/api/v1/search?kinds=ticket&q=47113", &token).json()["total"], 1);
}
