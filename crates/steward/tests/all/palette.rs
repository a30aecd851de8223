//! The palette: a number in any form, titles, people; for each only what they may see.

use serde_json::json;
use testkit::{Role, TestDesk};

use crate::house::{both, opened, text};

fn palette(desk: &TestDesk, role: Role, typed: &str) -> String {
    let answer = desk.pages(role).get(&format!("/desk/fragments/palette?q={}", TestDesk::encoded(typed)));
    assert_eq!(answer.seen().0, 200, "{typed}: {}", answer.text());
    answer.text()
}

/// The part of the answer with this sort of things; empty when there is none.
fn group(answer: &str, sort: &str) -> String {
    answer.split("<section").find(|part| part.contains(&format!("data-sort=\"{sort}\""))).unwrap_or_default().to_owned()
}

#[test]
fn a_number_is_found_in_every_form_and_by_its_beginning() {
    both(|desk| {
        let ticket = opened(desk, &json!({ "title": "The gates stay shut", "kind": "incident" }));
        let number = text(&ticket, "/number");
        assert_eq!(number, "INC-1");
        for form in ["INC-1", "inc 1", "#INC-1", "1", "#1", "https://desk.example/desk/tickets/INC-1"] {
            let exact = group(&palette(desk, Role::Agent, form), "exact");
            assert!(exact.contains("/desk/tickets/INC-1\""), "{form}: {exact}");
        }
        for _ in 0..11 {
            opened(desk, &json!({ "title": "Another", "kind": "incident" }));
        }
        assert!(group(&palette(desk, Role::Agent, "#inc-12"), "exact").contains("INC-12"));
        assert!(!group(&palette(desk, Role::Agent, "#inc-99"), "exact").contains("INC-"));
    });
}

#[test]
fn titles_are_found_by_parts_of_words_in_any_spelling_and_the_hit_is_marked() {
    both(|desk| {
        opened(desk, &json!({ "title": "Boarding gates reject passes" }));
        opened(desk, &json!({ "title": "Imprimanta nu scanează înapoi" }));
        let found = group(&palette(desk, Role::Agent, "reject GAT"), "find");
        assert!(found.contains("<mark>gat</mark>es") && found.contains("<mark>reject</mark>"), "{found}");
        assert!(group(&palette(desk, Role::Agent, "inapoi"), "find").contains("<mark>înapoi</mark>"));
        assert_eq!(group(&palette(desk, Role::Agent, "gates quickly"), "find"), "");
        // A sign in front narrows.
        assert_eq!(group(&palette(desk, Role::Agent, "@gates"), "find"), "");
        assert!(!group(&palette(desk, Role::Agent, "#gates"), "go").contains("/desk/views/open\""));
    });
}

#[test]
fn people_are_found_by_any_word_of_their_name_and_by_their_address() {
    both(|desk| {
        for typed in ["rosa", "ROSA", "rosa@brack", "@rosa", "agent", "anna@"] {
            assert!(group(&palette(desk, Role::Agent, typed), "people").contains("requester:"), "{typed}");
        }
        assert!(group(&palette(desk, Role::Agent, "brackwater f"), "people").contains("organisation:"));
        for typed in ["%", "_", "\\", "'"] {
            assert_eq!(group(&palette(desk, Role::Agent, typed), "people"), "", "{typed} means itself");
        }
    });
}

#[test]
fn t_l6_nobody_finds_a_ticket_that_they_may_not_see() {
    both(|desk| {
        let ticket = opened(
            desk,
            &json!({ "title": "Something about salaries", "kind": "incident", "desk": "hr", "requester": "otto@desk.example" }),
        );
        let number = text(&ticket, "/number");
        for typed in [number, "#inc", "salaries", "1"] {
            assert!(!palette(desk, Role::Agent, typed).contains("/desk/tickets/"), "{typed}");
        }
        for role in [Role::OtherAgent, Role::Admin, Role::Auditor] {
            assert!(palette(desk, role, "salaries").contains(&format!("/desk/tickets/{number}")), "{role:?}");
        }
        for role in [Role::Requester, Role::Manager, Role::Stranger] {
            assert_eq!(desk.pages(role).get("/desk/fragments/palette?q=salaries").seen().0, 403, "{role:?}");
            assert_eq!(desk.pages(role).get("/desk/palette?q=salaries").seen().0, 403, "{role:?}");
        }
    });
}
