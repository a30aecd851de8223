//! The SQL that a query becomes, in both dialects.

use query::{Bind, Dialect, parse, to_sql};

use crate::vocabulary::{Desk, ask};

/// Text and values, written out.
fn written(text: &str, dialect: Dialect) -> String {
    let sql = ask(text, dialect).unwrap();
    let binds: Vec<String> = sql
        .binds
        .iter()
        .map(|bind| match bind {
            Bind::Int(n) if *n > 1_000_000_000_000_000 => kernel::Stamp::from_micros(*n).to_string(),
            Bind::Int(n) => n.to_string(),
            Bind::Real(n) => n.to_string(),
            Bind::Text(text) => format!("{text:?}"),
        })
        .collect();
    format!("{} <- {}", sql.text, binds.join(" "))
}

fn lite(text: &str) -> String {
    written(text, Dialect::Sqlite)
}

fn pg(text: &str) -> String {
    written(text, Dialect::Postgres)
}

#[test]
fn words_become_bound_patterns() {
    assert_eq!(lite("a_b"), r#"(t.title LIKE ?1 ESCAPE '\' OR t.snippet LIKE ?1 ESCAPE '\') <- "%a\\_b%""#);
    assert_eq!(pg("\"a b\""), r#"(t.title COLLATE "C" ILIKE ?1 ESCAPE '\' OR t.snippet COLLATE "C" ILIKE ?1 ESCAPE '\') <- "%a b%""#);
    assert_eq!(
        lite("title:Ēka"),
        r#"(t.title LIKE ?1 ESCAPE '\') OR (t.title LIKE ?2 ESCAPE '\') OR (t.title LIKE ?3 ESCAPE '\') <- "%Ēka%" "%ĒKA%" "%ēka%""#
    );
}

#[test]
fn words_of_a_set_become_what_they_stand_for() {
    assert_eq!(lite("team:network"), "t.team_id = ?1 <- 7");
    assert_eq!(lite("team:Network,payroll"), "t.team_id IN (?1, ?2) <- 7 8");
    assert_eq!(lite("assignee:anna"), "t.assignee_id IN (?1, ?2) <- 42 43");
    assert_eq!(lite("assignee:nobody"), "1 = 0 <- ");
    assert_eq!(lite("team:none"), "t.team_id IS NULL <- ");
    assert_eq!(lite("team:none,network"), "(t.team_id IS NULL) OR (t.team_id = ?1) <- 7");
    assert_eq!(
        lite("tag:vpn,\"out of office\""),
        "EXISTS (SELECT 1 FROM ticket_tag g WHERE g.ticket_id = t.id AND g.tag IN (?1, ?2)) <- \"vpn\" \"out of office\""
    );
    assert_eq!(lite("priority>=high"), "t.priority IN (?1, ?2) <- \"high\" \"critical\"");
    assert_eq!(lite("priority<normal"), "t.priority = ?1 <- \"low\"");
    assert_eq!(lite("priority:normal..high"), "t.priority IN (?1, ?2) <- \"normal\" \"high\"");
    assert_eq!(lite("priority>critical"), "1 = 0 <- ");
}

#[test]
fn negation_takes_in_what_has_no_value() {
    assert_eq!(lite("-team:network"), "((t.team_id = ?1) IS NOT TRUE) <- 7");
    assert_eq!(
        lite("is:open -(team:network OR team:payroll)"),
        "(t.open = 1) AND ((((t.team_id = ?1) OR (t.team_id = ?2)) IS NOT TRUE)) <- 7 8"
    );
}

#[test]
fn flags_are_predicates_of_the_program() {
    assert_eq!(lite("is:Overdue"), "t.due_at < ?1 <- 2026-11-21T08:00:00Z");
    assert_eq!(lite("late:no"), "((t.due_at < ?1) IS NOT TRUE) <- 2026-11-21T08:00:00Z");
    assert_eq!(lite("automatic:yes"), "t.automatic = ?1 <- 1");
}

#[test]
fn a_length_of_time_is_an_age() {
    assert_eq!(lite("created<7d"), "t.created_at >= ?1 <- 2026-11-14T08:00:00.000001Z");
    assert_eq!(lite("created<=7d"), "t.created_at >= ?1 <- 2026-11-14T08:00:00Z");
    assert_eq!(lite("created>7d"), "t.created_at < ?1 <- 2026-11-14T08:00:00Z");
    assert_eq!(lite("created>=7d"), "t.created_at < ?1 <- 2026-11-14T08:00:00.000001Z");
    assert_eq!(lite("created:2h"), "t.created_at >= ?1 AND t.created_at < ?2 <- 2026-11-21T06:00:00Z 2026-11-21T08:00:00.000001Z");
    let ages = "t.created_at >= ?1 AND t.created_at < ?2 <- 2026-11-07T08:00:00Z 2026-11-14T08:00:00.000001Z";
    assert_eq!((lite("created:1w..2w").as_str(), lite("created:14d..7d").as_str()), (ages, ages));
}

#[test]
fn a_deadline_counts_forward() {
    assert_eq!(lite("due<4h"), "t.due_at < ?1 <- 2026-11-21T12:00:00Z");
    assert_eq!(lite("due:4h"), "t.due_at >= ?1 AND t.due_at < ?2 <- 2026-11-21T08:00:00Z 2026-11-21T12:00:00.000001Z");
    assert_eq!(lite("due:none"), "t.due_at IS NULL <- ");
}

#[test]
fn days_are_whole_in_the_readers_zone() {
    assert_eq!(
        lite("created:2026-01-01..2026-02-01"),
        "t.created_at >= ?1 AND t.created_at < ?2 <- 2025-12-31T22:00:00Z 2026-02-01T22:00:00Z"
    );
    assert_eq!(lite("created:yesterday"), "t.created_at >= ?1 AND t.created_at < ?2 <- 2026-11-19T22:00:00Z 2026-11-20T22:00:00Z");
    assert_eq!(lite("created>=this_week"), "t.created_at >= ?1 <- 2026-11-15T22:00:00Z");
    assert_eq!(lite("created<last_month"), "t.created_at < ?1 <- 2026-09-30T21:00:00Z");
    assert_eq!(lite("created>2026-11-20"), "t.created_at >= ?1 <- 2026-11-20T22:00:00Z");
    assert_eq!(lite("created<=2026-11-20"), "t.created_at < ?1 <- 2026-11-20T22:00:00Z");
    assert_eq!(lite("created:7d..today"), "t.created_at >= ?1 AND t.created_at < ?2 <- 2026-11-14T08:00:00Z 2026-11-21T22:00:00Z");
    // The day on which the clocks go back has 25 hours.
    assert_eq!(lite("created:2026-10-25"), "t.created_at >= ?1 AND t.created_at < ?2 <- 2026-10-24T21:00:00Z 2026-10-25T22:00:00Z");
}

#[test]
fn numbers_compare_as_numbers() {
    assert_eq!(lite("files>=3"), "t.files >= ?1 <- 3");
    assert_eq!(lite("files:1,2.5"), "(t.files = ?1) OR (t.files = CAST(?2 AS DOUBLE PRECISION)) <- 1 2.5");
    assert_eq!(pg("files:-1..3"), "(t.files >= ?1) AND (t.files <= ?2) <- -1 3");
}

#[test]
fn a_custom_field_counts_when_its_member_is_of_its_type() {
    assert_eq!(
        lite("colour:red"),
        r#"(CASE WHEN json_type(t.fields, ?1) = 'text' THEN json_extract(t.fields, ?1) END) = ?2 <- "$.\"colour\"" "red""#
    );
    assert_eq!(
        pg("colour:red"),
        "(CASE WHEN jsonb_typeof(CAST(t.fields AS jsonb) -> CAST(?1 AS TEXT)) = 'string' \
         THEN CAST(t.fields AS jsonb) ->> CAST(?1 AS TEXT) END) = ?2 <- \"colour\" \"red\""
    );
    assert_eq!(
        lite("seats>2"),
        "(CASE WHEN json_type(t.fields, ?1) IN ('integer', 'real') THEN CAST(json_extract(t.fields, ?1) AS REAL) END) \
         > CAST(?2 AS DOUBLE PRECISION) <- \"$.\\\"seats\\\"\" 2"
    );
    assert_eq!(
        pg("seats>2"),
        "(CASE WHEN jsonb_typeof(CAST(t.fields AS jsonb) -> CAST(?1 AS TEXT)) = 'number' \
         THEN CAST(CAST(t.fields AS jsonb) ->> CAST(?1 AS TEXT) AS DOUBLE PRECISION) END) > CAST(?2 AS DOUBLE PRECISION) <- \"seats\" 2"
    );
    assert_eq!(
        lite("insured:yes"),
        "(CASE WHEN json_type(t.fields, ?1) IN ('true', 'false') THEN json_type(t.fields, ?1) END) = ?2 <- \"$.\\\"insured\\\"\" \"true\""
    );
    assert_eq!(
        pg("floors:one"),
        "CAST(t.fields AS jsonb) -> CAST(?1 AS TEXT) @> jsonb_build_array(CAST(?2 AS TEXT)) <- \"floors\" \"one\""
    );
    assert!(pg("bought:2026-01").contains(r#"END) COLLATE "C" >= ?2 AND (CASE"#));
}

#[test]
fn placeholders_begin_where_the_caller_says() {
    let filter = parse("team:network files>2").unwrap().filter;
    let sql = to_sql(&filter, &Desk, Dialect::Sqlite, 5).unwrap();
    assert_eq!(sql.text, "(t.team_id = ?5) AND (t.files > ?6)");
}
