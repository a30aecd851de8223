//! What is read, and what is said about what cannot be.

use kernel::Refusal;
use query::{Dialect, Expr, Op, Place, QueryError, order_by, parse, parse_sort};

use crate::vocabulary::{Desk, ask};

fn normal(text: &str) -> String {
    parse(text).map_or_else(|error| format!("{error}"), |query| query.to_string())
}

/// The key of the message, the arguments but the place, and the characters that it points at.
fn complaint(text: &str) -> String {
    let error = ask(text, Dialect::Sqlite).unwrap_err();
    let args: Vec<&str> = error.message.args.iter().filter(|(name, _)| *name != "at").map(|(_, value)| value.as_str()).collect();
    let pointed: String = text.chars().skip(error.at.start).take(error.at.end - error.at.start).collect();
    format!("{} [{}] at {} {pointed}", error.message.key.trim_start_matches("error-query-"), args.join(" "), error.at.start)
}

#[test]
fn an_empty_query_fits_everything() {
    assert_eq!(parse("").unwrap().filter, Expr::True);
    assert_eq!(parse(" \u{3000}\n").unwrap().filter, Expr::True);
    assert_eq!(ask("", Dialect::Sqlite).unwrap().text, "1 = 1");
}

#[test]
fn terms_side_by_side_bind_more_tightly_than_or() {
    assert_eq!(normal("a  b OR c"), "(a b OR c)");
    assert_eq!(normal("a (b OR c) AND d"), "a (b OR c) d");
    assert_eq!(normal("((a b) c) (d OR (e OR f))"), "a b c (d OR e OR f)");
    assert_eq!(normal("or and not"), "or and not");
}

#[test]
fn minus_and_not_negate() {
    assert_eq!(normal("NOT a -b -(c d) -(e OR f) -\"g h\" -tag:i"), "-a -b -(c d) -(e OR f) -\"g h\" -tag:i");
    assert_eq!(normal("--a NOT -b"), "a b");
    assert_eq!(normal("- a- -"), "- a- -");
}

#[test]
fn a_test_has_a_field_a_sign_and_values() {
    assert_eq!(normal("Status:open,New"), "status:open,New");
    assert_eq!(normal("created<7d created<=7d created>7d created>=2026-01-01"), "created<7d created<=7d created>7d created>=2026-01-01");
    assert_eq!(normal(r#"title:"a \"b\" \\ c",d"#), r#"title:"a \"b\" \\ c",d"#);
    let query = parse("created:2026-01-01..2026-02-01").unwrap();
    let Expr::Test { op, values, .. } = query.filter else { panic!("a test") };
    assert_eq!((op, values[0].text.as_str(), values[1].text.as_str()), (Op::Range, "2026-01-01", "2026-02-01"));
    assert_eq!((values[0].at, values[1].at), (Place { start: 8, end: 18 }, Place { start: 20, end: 30 }));
}

#[test]
fn a_sign_without_a_field_before_it_is_part_of_a_word() {
    for word in ["12:30", "<b>", "a->b", ":", "anna@example.org", "заявка:1", "100%", "C++", "a,b", "..."] {
        assert!(matches!(parse(word).unwrap().filter, Expr::Text { phrase: false, .. }), "{word}");
        assert_eq!(normal(word), word);
    }
}

#[test]
fn the_order_stands_apart_from_the_filter() {
    let query = parse("printer sort:-Priority,created tag:vpn").unwrap();
    assert_eq!(query.to_string(), "printer tag:vpn sort:-priority sort:created");
    assert_eq!(query.sort, parse_sort("-priority,created").unwrap());
    assert!(query.sort[0].descending && !query.sort[1].descending);
    assert_eq!(parse_sort(" ").unwrap(), []);
    assert_eq!(order_by(&query.sort, &Desk).unwrap()[1].column, "t.created_at");
    assert!(order_by(&query.sort, &Desk).unwrap()[0].column.starts_with("CASE t.priority"));
}

#[test]
fn a_text_that_cannot_be_read_is_refused_at_its_place() {
    assert_eq!(complaint("a \"b"), "quote-open [] at 2 \"");
    assert_eq!(complaint("é (a"), "group-open [] at 2 (");
    assert_eq!(complaint("a)"), "group-close [] at 1 )");
    assert_eq!(complaint("a ( ) b"), "group-empty [] at 2 ( )");
    assert_eq!(complaint("a \"\""), "phrase-empty [] at 2 \"\"");
    assert_eq!(complaint("a OR"), "side-missing [OR] at 2 OR");
    assert_eq!(complaint("OR a"), "side-missing [OR] at 0 OR");
    assert_eq!(complaint("a OR OR b"), "side-missing [OR] at 2 OR");
    assert_eq!(complaint("(a AND)"), "side-missing [AND] at 3 AND");
    assert_eq!(complaint("AND a"), "side-missing [AND] at 0 AND");
    assert_eq!(complaint("a NOT"), "side-missing [NOT] at 2 NOT");
    assert_eq!(complaint("a -OR b"), "side-missing [NOT] at 2 -");
    assert_eq!(complaint("team: x"), "value-missing [team] at 5 ");
    assert_eq!(complaint("team:a,,b"), "value-missing [team] at 7 ");
    assert_eq!(complaint("created<1d,2d"), "value-single [created] at 0 created<1d,2d");
    assert_eq!(complaint("created:1d..2d,3d"), "value-single [created] at 8 1d..2d");
    assert_eq!(complaint("created:..7d"), "range-open [created] at 8 ..7d");
    assert_eq!(complaint("(a sort:created)"), "sort-inside [] at 3 sort:created");
    assert_eq!(complaint("-sort:created"), "sort-inside [] at 1 sort:created");
    assert_eq!(complaint("sort>created"), "sort-bad [] at 0 sort>created");
    assert_eq!(complaint("sort:a;b"), "sort-bad [] at 5 a;b");
}

#[test]
fn what_the_vocabulary_does_not_know_is_refused_with_the_nearest_word() {
    assert_eq!(complaint("a -statsu:open"), "field-unknown-near [statsu status] at 3 statsu");
    assert_eq!(complaint("http://example.org"), "field-unknown [http] at 0 http");
    assert_eq!(complaint("status:new,opne"), "value-unknown-near [status opne open] at 11 opne");
    assert_eq!(complaint("status:zzzzzz"), "value-unknown [status zzzzzz] at 7 zzzzzz");
    assert_eq!(complaint("team:nome"), "value-unknown-near [team nome none] at 5 nome");
    assert_eq!(complaint("desk:none"), "value-unknown [desk none] at 5 none");
    assert_eq!(complaint("is:opn"), "value-unknown-near [is opn open] at 3 opn");
    assert_eq!(complaint("priority>hihg"), "value-unknown-near [priority hihg high] at 9 hihg");
    assert_eq!(complaint("insured:maybe"), "value-unknown [insured maybe] at 8 maybe");
    assert_eq!(complaint("late:yse"), "value-unknown-near [late yse yes] at 5 yse");
}

#[test]
fn a_comparison_that_makes_no_sense_is_refused() {
    assert_eq!(complaint("status>open"), "operator [status >] at 0 status>open");
    assert_eq!(complaint("title:a..b"), "range-here [title :] at 0 title:a..b");
    assert_eq!(complaint("tag<=x"), "operator [tag <=] at 0 tag<=x");
    assert_eq!(complaint("is>open"), "operator [is >] at 0 is>open");
    assert_eq!(complaint("created:2026-02-01..2026-01-01"), "range-backwards [created] at 0 created:2026-02-01..2026-01-01");
    assert_eq!(complaint("files:9..3"), "range-backwards [files] at 0 files:9..3");
    assert_eq!(complaint("bought:2026..2025"), "range-backwards [bought] at 0 bought:2026..2025");
    assert_eq!(complaint("created<last_weak"), "time-bad-near [created last_weak last_week] at 8 last_weak");
    assert_eq!(complaint("created:2026-02-30"), "time-bad [created 2026-02-30] at 8 2026-02-30");
    assert_eq!(complaint("bought<7d"), "day-bad [bought 7d] at 7 7d");
    assert_eq!(complaint("seats>many"), "number-bad [seats many] at 6 many");
    assert_eq!(complaint("created<nothing"), "time-bad [created nothing] at 8 nothing");
}

#[test]
fn an_order_by_what_cannot_be_sorted_is_refused() {
    let refused = |text: &str| order_by(&parse_sort(text).unwrap(), &Desk).unwrap_err();
    let key = |error: QueryError| (error.message.key, error.at.start);
    assert_eq!(key(refused("created,-assignee")), ("error-query-sort-field", 8));
    assert_eq!(key(refused("colour")), ("error-query-sort-field", 0));
    assert_eq!(key(refused("-statsu")), ("error-query-field-unknown-near", 0));
    assert_eq!(parse_sort("created; drop").unwrap_err().message.key, "error-query-sort-bad");
    assert_eq!(parse_sort("created created").unwrap_err().message.key, "error-query-sort-bad");
}

#[test]
fn a_query_error_is_a_refusal_of_the_field_q() {
    let refusal = Refusal::from(parse("a OR").unwrap_err());
    assert_eq!(refusal.status(), 422);
    let Refusal::Invalid(errors) = refusal else { panic!("invalid") };
    assert_eq!(errors[0].field, "q");
    assert_eq!(errors[0].message.args, [("at", "3".to_owned()), ("word", "OR".to_owned())]);
}

#[test]
fn limits_hold_whatever_comes() {
    let key = |text: &str| parse(text).unwrap_err().message.key;
    assert_eq!(key(&"a".repeat(1_000_000)), "error-query-too-long");
    assert_eq!(key(&"(".repeat(100_000)), "error-query-too-long");
    assert_eq!(key(&"(".repeat(4_096)), "error-query-too-deep");
    assert_eq!(key(&"-".repeat(4_096)), "error-query-too-deep");
    assert_eq!(key(&"-(".repeat(2_048)), "error-query-too-deep");
    assert_eq!(key(&"NOT ".repeat(1_000)), "error-query-too-deep");
    assert_eq!(key(&"a ".repeat(65)), "error-query-too-many-terms");
    assert_eq!(key(&format!("tag:a{}", ",a".repeat(64))), "error-query-too-many-terms");
    assert_eq!(key(&"sort:a ".repeat(65)), "error-query-too-many-terms");
    assert!(parse(&"a ".repeat(64)).is_ok());
    assert!(parse(&format!("{}a{}", "(".repeat(16), ")".repeat(16))).is_ok());
    assert!(parse(&"a".repeat(4_096)).is_ok());
}
