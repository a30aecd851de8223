//! Lists as files: whole, within their reader's scope, and harmless to whatever opens them.

use serde_json::{Value, json};
use testkit::{Answer, Role, TestDesk};

use crate::house::{both, opened, text};

const EXPORT: &str = "/api/v1/tickets/export";

fn asked(desk: &TestDesk, role: Role, rest: &str) -> Answer {
    desk.api(role).get(&format!("{EXPORT}{rest}"))
}

/// Lines of a file without its mark and its head.
fn lines(answer: &Answer) -> Vec<String> {
    let text = answer.text();
    assert!(text.starts_with('\u{feff}'), "spreadsheets take it for UTF-8");
    text.trim_start_matches('\u{feff}').lines().skip(1).map(str::to_owned).collect()
}

fn facts(desk: &TestDesk) -> Vec<Value> {
    let found = desk.api(Role::Admin).get("/api/v1/events?limit=200").must(200);
    let all = found["items"].as_array().unwrap().clone();
    all.into_iter().filter(|fact| fact.to_string().contains("tickets.exported")).collect()
}

#[test]
fn t_x3_an_export_has_every_ticket_that_its_reader_sees_and_no_other_and_is_in_the_journal() {
    both(|desk| {
        let numbers: Vec<String> = (0..7).map(|_| text(&opened(desk, &json!({})), "/number").to_owned()).collect();
        let theirs = opened(desk, &json!({ "desk": "hr", "requester": "sam@elsewhere.example" }));
        assert_eq!(lines(&asked(desk, Role::Agent, "?columns=number")), numbers, "in the order of opening");
        assert_eq!(lines(&asked(desk, Role::Admin, "?columns=number")).len(), 8);
        assert_eq!(lines(&asked(desk, Role::Stranger, "?columns=number")), [text(&theirs, "/number")]);
        assert_eq!(lines(&asked(desk, Role::Agent, "?columns=number&q=desk:hr")), Vec::<String>::new());
        let whole: Value = serde_json::from_str(&asked(desk, Role::Agent, "?format=json").text()).unwrap();
        assert_eq!(whole.as_array().unwrap().len(), 7);
        let listed = desk.api(Role::Agent).get("/api/v1/tickets?sort=created").must(200);
        assert_eq!(whole, listed["items"], "whole tickets, as the API shows them");
        let none: Value = serde_json::from_str(&asked(desk, Role::Agent, "?format=json&q=desk:hr").text()).unwrap();
        assert_eq!(none, json!([]));
        for (wrong, field) in [
            ("?q=stat:open", "q"),
            ("?format=pdf", "format"),
            ("?columns=salary", "columns"),
            ("?columns=", "columns"),
            ("?sort=moon", "sort"),
        ] {
            assert_eq!(asked(desk, Role::Agent, wrong).invalid(), [field], "{wrong}");
        }
        desk.anonymous().get(EXPORT).problem(401);
        desk.settle();
        let kept = facts(desk);
        assert_eq!(kept.len(), 6, "what was refused is no export: {kept:?}");
        assert!(kept.iter().any(|fact| fact.to_string().contains("desk:hr") && fact.to_string().contains("csv")));
        assert!(kept.iter().any(|fact| fact.to_string().contains("\"tickets\":7")), "{kept:?}");
        desk.leaves_mail();
    });
}

#[test]
fn t_a7_a_cell_that_a_spreadsheet_would_run_is_a_text() {
    both(|desk| {
        for title in ["=1+1", "+SUM(A1)", "-1", "@x", "＝cmd", "\"=1\"", "Sự cố, \"cổng\" 2"] {
            opened(desk, &json!({ "title": title, "tags": ["=evil"] }));
        }
        let written = lines(&asked(desk, Role::Agent, "?columns=subject,tags"));
        let wanted = [
            "'=1+1,'=evil",
            "'+SUM(A1),'=evil",
            "'-1,'=evil",
            "'@x,'=evil",
            "'＝cmd,'=evil",
            "\"'\"\"=1\"\"\",'=evil",
            "\"Sự cố, \"\"cổng\"\" 2\",'=evil",
        ];
        assert_eq!(written, wanted);
        let page = desk.pages(Role::Agent).get("/desk/export?list=%2Fdesk%2Fviews%2Fopen&format=csv").text();
        assert!(page.contains(",'=1+1,") && !page.contains(",=1+1,"), "{page}");
        assert!(page.lines().next().unwrap().contains("Number,Subject"), "heads in the reader's words");
        desk.leaves_mail();
    });
}

#[test]
fn a_workbook_has_every_row_and_progress_is_told_to_its_reader_alone() {
    both(|desk| {
        for _ in 0..3 {
            opened(desk, &json!({ "title": "=HYPERLINK(1)" }));
        }
        let book = desk.pages(Role::Agent).get("/desk/export?list=%2Fdesk%2Fviews%2Fopen&format=xlsx&id=one-1");
        assert_eq!(book.status, 200);
        assert!(
            book.header("content-disposition").starts_with("attachment; filename=\"tickets-")
                && book.header("content-disposition").ends_with(".xlsx\"")
        );
        assert!(book.header("content-type").contains("spreadsheetml"));
        assert!(book.body.starts_with(b"PK"), "a workbook");
        let said = desk.pages(Role::Agent).get("/desk/fragments/exports/one-1").text();
        assert!(said.contains("data-over=\"whole\"") && said.contains('3'), "{said}");
        assert_eq!(desk.pages(Role::Admin).get("/desk/fragments/exports/one-1").seen().0, 404);
        assert_eq!(desk.pages(Role::Agent).get("/desk/export?list=%2Fdesk&format=pdf").seen().0, 404);
        desk.leaves_mail();
    });
}
