//! What would make a database slow is refused before it runs (T-S4).

use kernel::limits::{QUERY_COST_MAX, QUERY_TERMS_MAX};
use query::{Dialect, Meaning, QueryError, parse};

use crate::vocabulary::{Desk, ask};

fn cost(text: &str) -> usize {
    Meaning::of(&parse(text).unwrap().filter, &Desk).unwrap().cost()
}

fn refused(text: &str) -> QueryError {
    ask(text, Dialect::Sqlite).unwrap_err()
}

fn argument(error: &QueryError, name: &str) -> String {
    error.message.args.iter().find(|(known, _)| *known == name).map(|(_, value)| value.clone()).unwrap()
}

#[test]
fn what_costs_more_for_each_record_counts_more() {
    assert_eq!(cost("team:network"), 1);
    assert!(cost("colour:red") > cost("team:network"));
    assert!(cost("printer") > cost("colour:red"));
    assert_eq!(cost("принтер"), 3 * cost("printer"));
    assert!(cost("printer tag:hot") < cost("printer") + cost("tag:hot"));
    assert_eq!(cost("(printer OR tag:hot)"), cost("printer") + cost("tag:hot"));
    assert_eq!(cost("-printer"), cost("printer"));
}

#[test]
fn t_s4_a_query_made_to_be_slow_is_refused_and_its_dearest_part_named() {
    let slow = format!("team:network ({})", vec!["принтер"; 20].join(" OR "));
    let error = refused(&slow);
    assert_eq!(error.message.key, "error-query-too-costly");
    assert_eq!(argument(&error, "part"), "принтер");
    assert_eq!(argument(&error, "max"), QUERY_COST_MAX.to_string());
    assert_eq!(slow.chars().skip(error.at.start).take(7).collect::<String>(), "принтер");
    assert_eq!(refused(&format!("-(title:ā{})", ",ā".repeat(60))).message.key, "error-query-too-costly");
    // Terms that must all hold are looked at until one fails, and so are many of them together.
    assert!(cost(&"printer ".repeat(QUERY_TERMS_MAX)) <= QUERY_COST_MAX);
}

#[test]
fn t_s4_hostile_sizes_are_refused_at_once() {
    assert_eq!(refused(&"a".repeat(1_000_000)).message.key, "error-query-too-long");
    assert_eq!(refused(&"(".repeat(1_000_000)).message.key, "error-query-too-long");
    assert_eq!(refused(&format!("tag:a{}", ",a".repeat(10_000))).message.key, "error-query-too-long");
    assert_eq!(refused(&format!("tag:a{}", ",a".repeat(1_000))).message.key, "error-query-too-many-terms");
    assert_eq!(refused(&format!("{}a{}", "(".repeat(1_000), ")".repeat(1_000))).message.key, "error-query-too-deep");
    assert_eq!(refused(&format!("{}a", "-".repeat(4_000))).message.key, "error-query-too-deep");
    assert_eq!(refused(&"NOT ".repeat(900)).message.key, "error-query-too-deep");
}
