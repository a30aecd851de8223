//! The normal form says the same as what was written.

use proptest::prelude::*;
use query::{Dialect, Expr, Op, Operand, Place, Query, Sort, parse, parse_sort};

use crate::vocabulary::ask;

const NOWHERE: Place = Place { start: 0, end: 0 };

fn operand() -> impl Strategy<Value = Operand> {
    let bare = "[a-zёā0-9%'_*;-]{1,6}".prop_map(|text| (text, false));
    let quoted = "[ -~]{1,8}".prop_map(|text| (text, true));
    prop_oneof![bare, quoted].prop_map(|(text, quoted)| Operand { text, quoted, at: NOWHERE })
}

fn leaf() -> impl Strategy<Value = Expr> {
    let word = "[a-zё0-9%'_]{1,8}".prop_map(|text| Expr::Text { text, phrase: false, at: NOWHERE });
    let phrase = "[!-~][ -~]{0,8}".prop_map(|text| Expr::Text { text, phrase: true, at: NOWHERE });
    let name = "[a-r][a-z_]{0,6}";
    let is =
        (name, prop::collection::vec(operand(), 1..4)).prop_map(|(field, values)| Expr::Test { field, op: Op::Is, values, at: NOWHERE });
    let ops = prop::sample::select(vec![Op::Less, Op::LessOrEqual, Op::Greater, Op::GreaterOrEqual]);
    let compared = (name, ops, operand()).prop_map(|(field, op, value)| Expr::Test { field, op, values: vec![value], at: NOWHERE });
    let range = (name, "[a-z0-9-]{1,6}", "[a-z0-9-]{1,6}").prop_map(|(field, from, to)| {
        let end = |text| Operand { text, quoted: false, at: NOWHERE };
        Expr::Test { field, op: Op::Range, values: vec![end(from), end(to)], at: NOWHERE }
    });
    prop_oneof![word, phrase, is, compared, range]
}

/// Trees without nesting that the text could not show: no `And` in an `And`, no `Not` of a `Not`.
fn tidy(expr: Expr) -> Expr {
    match expr {
        Expr::And(terms) => Expr::And(
            terms
                .into_iter()
                .flat_map(|term| match tidy(term) {
                    Expr::And(inner) => inner,
                    other => vec![other],
                })
                .collect(),
        ),
        Expr::Or(sides) => Expr::Or(
            sides
                .into_iter()
                .flat_map(|side| match tidy(side) {
                    Expr::Or(inner) => inner,
                    other => vec![other],
                })
                .collect(),
        ),
        Expr::Not(inner) => match tidy(*inner) {
            Expr::Not(inner) => *inner,
            other => Expr::Not(Box::new(other)),
        },
        other => other,
    }
}

fn tree() -> impl Strategy<Value = Expr> {
    leaf()
        .prop_recursive(3, 20, 4, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 2..4).prop_map(Expr::And),
                prop::collection::vec(inner.clone(), 2..4).prop_map(Expr::Or),
                inner.prop_map(|inner| Expr::Not(Box::new(inner))),
            ]
        })
        .prop_map(tidy)
}

proptest! {
    #[test]
    fn a_tree_is_read_back_from_its_normal_form(filter in tree(), fields in prop::collection::vec(("[a-z][a-z_]{0,6}", any::<bool>()), 0..3)) {
        let sort = fields.into_iter().map(|(field, descending)| Sort { field, descending, at: NOWHERE }).collect();
        let query = Query { filter, sort };
        prop_assert_eq!(parse(&query.to_string()), Ok(query));
    }

    #[test]
    fn a_text_means_the_same_as_its_normal_form(text in "([ab1:<>=.,()\"\\\\ -]|OR |AND |NOT |sort:|..|status:|created<){0,24}") {
        if let Ok(query) = parse(&text) {
            let normal = query.to_string();
            let read = parse(&normal);
            prop_assert_eq!(&read, &Ok(query), "{} became {}", text, normal);
            prop_assert_eq!(read.unwrap().to_string(), normal);
        }
    }

    #[test]
    fn any_text_is_answered_and_errors_point_into_it(text in any::<String>(), ascii in "[ -~]{0,60}") {
        for text in [text, ascii] {
            let length = text.chars().count();
            if let Err(error) = ask(&text, Dialect::Postgres) {
                prop_assert!(error.at.start <= error.at.end && error.at.end <= length);
            }
            let _ = parse_sort(&text);
        }
    }

    #[test]
    fn any_value_of_any_field_is_answered(field in "(created|due|bought|seats|files|priority|room)", sign in "(:|<|<=|>|>=)", value in "[-0-9a-z:.+_]{1,14}") {
        for dialect in [Dialect::Sqlite, Dialect::Postgres] {
            let _ = ask(&format!("{field}{sign}{value}"), dialect);
        }
    }
}
