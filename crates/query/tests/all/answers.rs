//! What a query finds in an embedded database.

use query::{Bind, Dialect, order_by, parse, to_sql};
use rusqlite::{Connection, params_from_iter, types::Value};

use crate::vocabulary::Desk;

const TICKETS: &str = "
    CREATE TABLE ticket (id INTEGER PRIMARY KEY, title TEXT, snippet TEXT, status TEXT, priority TEXT, team_id BIGINT, desk_id BIGINT,
        assignee_id BIGINT, created_at BIGINT, due_at BIGINT, files BIGINT, automatic BIGINT, open BIGINT, fields TEXT);
    CREATE TABLE ticket_tag (ticket_id BIGINT, tag TEXT);
    INSERT INTO ticket VALUES
        (1, 'Printer on fire', 'smoke', 'open', 'critical', 7, 1, 41, 1795248000000000, 1795250000000000, 2, 0, 1,
         '{\"colour\": \"red\", \"seats\": 4, \"insured\": true, \"bought\": \"2026-01-31\", \"room\": \"Ēka 2\", \"floors\": [\"one\", \"two\"]}'),
        (2, 'Не работает Принтер', '100% sure', 'closed', 'low', NULL, 1, NULL, 1793000000000000, NULL, 0, 1, 0, '{\"seats\": \"many\", \"insured\": false}'),
        (3, 'VPN', 'a_b', 'new', 'normal', 8, 1, 42, 1794600000000000, 1795300000000000, 11, 0, 1, '{\"seats\": 2.5, \"bought\": \"2026-02-01\"}');
    INSERT INTO ticket_tag VALUES (1, 'hot'), (3, 'vpn'), (3, 'hot');";

fn found(text: &str) -> Vec<i64> {
    let conn = Connection::open_in_memory().unwrap();
    conn.execute_batch(TICKETS).unwrap();
    let query = parse(text).unwrap();
    let sql = to_sql(&query.filter, &Desk, Dialect::Sqlite, 1).unwrap();
    let mut order: Vec<String> = order_by(&query.sort, &Desk)
        .unwrap()
        .iter()
        .map(|by| format!("{}{}", by.column, if by.descending { " DESC" } else { "" }))
        .collect();
    order.push("t.id".to_owned());
    let values = sql.binds.into_iter().map(|bind| match bind {
        Bind::Int(n) => Value::Integer(n),
        Bind::Real(n) => Value::Real(n),
        Bind::Text(text) => Value::Text(text),
    });
    let statement = format!("SELECT t.id FROM ticket t WHERE {} ORDER BY {}", sql.text, order.join(", "));
    let mut statement = conn.prepare(&statement).unwrap();
    let rows = statement.query_map(params_from_iter(values), |row| row.get(0)).unwrap();
    rows.map(|id| id.unwrap()).collect()
}

#[test]
fn words_and_phrases_are_found_in_any_case_and_literally() {
    assert_eq!(found("PRINTER"), [1]);
    assert_eq!(found("принтер"), [2]);
    assert_eq!(found("\"on fire\" smoke"), [1]);
    assert_eq!(found("\"fire on\""), []);
    assert_eq!(found("100%"), [2]);
    assert_eq!(found("a_b"), [3]);
    assert_eq!(found("a%b"), []);
    assert_eq!(found("title:vpn,fire"), [1, 3]);
    assert_eq!(found("room:ēka"), [1]);
}

#[test]
fn tests_combine() {
    assert_eq!(found(""), [1, 2, 3]);
    assert_eq!(found("is:open tag:hot"), [1, 3]);
    assert_eq!(found("is:open -tag:vpn"), [1]);
    assert_eq!(found("status:new,closed"), [2, 3]);
    assert_eq!(found("(team:network OR status:closed)"), [1, 2]);
    assert_eq!(found("assignee:me,none"), [1, 2]);
    assert_eq!(found("assignee:nobody"), []);
}

#[test]
fn negation_finds_what_has_no_value() {
    assert_eq!(found("-team:network"), [2, 3]);
    assert_eq!(found("-team:none"), [1, 3]);
    assert_eq!(found("-due<100w"), [2]);
    assert_eq!(found("-colour:red"), [2, 3]);
    assert_eq!(found("-(team:network OR team:payroll)"), [2]);
    assert_eq!(found("late:no"), [1, 2, 3]);
}

#[test]
fn times_and_days_are_found_by_age_and_date() {
    // Created 2026-11-21 08:00, 2026-10-26 and 2026-11-13 20:00 UTC.
    assert_eq!(found("created<7d"), [1]);
    assert_eq!(found("created>7d"), [2, 3]);
    assert_eq!(found("created:last_week"), [3]);
    assert_eq!(found("created:2026-10-01..2026-11-13"), [2, 3]);
    assert_eq!(found("created:today,last_month"), [1, 2]);
    assert_eq!(found("due<1h"), [1]);
    assert_eq!(found("bought:2026-01"), [1]);
    assert_eq!(found("bought>2026-01-31"), [3]);
    assert_eq!(found("bought:none"), [2]);
}

#[test]
fn numbers_and_flags_are_found_in_columns_and_custom_fields() {
    assert_eq!(found("files>=2"), [1, 3]);
    assert_eq!(found("files:2..10"), [1]);
    assert_eq!(found("seats>2.4"), [1, 3]);
    assert_eq!(found("seats:2.5"), [3]);
    assert_eq!(found("seats:none"), [2]);
    assert_eq!(found("insured:yes"), [1]);
    assert_eq!(found("insured:no,none"), [2, 3]);
    assert_eq!(found("automatic:yes"), [2]);
    assert_eq!(found("colour:red"), [1]);
    assert_eq!(found("floors:two"), [1]);
    assert_eq!(found("floors:none"), [2, 3]);
}

#[test]
fn a_scale_compares_and_sorts_by_its_order() {
    assert_eq!(found("priority>=normal"), [1, 3]);
    assert_eq!(found("sort:-priority"), [1, 3, 2]);
    assert_eq!(found("sort:priority"), [2, 3, 1]);
    assert_eq!(found("sort:-created"), [1, 3, 2]);
}

#[test]
fn the_largest_query_allowed_is_still_answered() {
    assert_eq!(found(&"e ".repeat(64)), found("e"));
    assert_eq!(found(&format!("title:é{}", ",é".repeat(15))), []);
    assert_eq!(found(&format!("created:1d{}", ",1d".repeat(63))), [1]);
    let nested = format!("{}vpn{}", "-(zzz OR ".repeat(8), ")".repeat(8));
    assert_eq!(found(&nested), found("vpn"));
}
