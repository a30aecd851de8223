use journal::{Verdict, settle, verify};
use store::testing::Fixture;
use store::{Store, values};

use crate::add;

fn filled(store: &Store) {
    for key in ["a", "b", "c", "d"] {
        add(store, key);
    }
    settle(store).unwrap();
    assert_eq!(store.read_blocking(verify).unwrap(), Verdict::Whole { facts: 4 });
}

fn tampered(sql: &'static str) -> Vec<i64> {
    [Fixture::sqlite(), Fixture::postgres()]
        .iter()
        .map(|fixture| {
            filled(fixture.store());
            fixture.store().write_blocking(move |tx| tx.execute(sql, &[])).unwrap();
            match fixture.store().read_blocking(verify).unwrap() {
                Verdict::Broken { position, .. } => position,
                Verdict::Whole { .. } => panic!("not noticed: {sql}"),
            }
        })
        .collect()
}

#[test]
fn an_empty_journal_is_whole() {
    Fixture::both(|store| assert_eq!(store.read_blocking(verify).unwrap(), Verdict::Whole { facts: 0 }));
}

#[test]
fn a_changed_fact_is_named() {
    assert_eq!(tampered("UPDATE journal SET body = replace(body, 'b', 'x') WHERE position = 2"), [2, 2]);
    assert_eq!(tampered("UPDATE journal SET person_id = 5 WHERE position = 3"), [3, 3]);
    assert_eq!(tampered("UPDATE journal SET at = at + 1 WHERE position = 1"), [1, 1]);
}

#[test]
fn a_removed_fact_is_named() {
    assert_eq!(tampered("DELETE FROM journal WHERE position = 2"), [2, 2]);
    assert_eq!(tampered("DELETE FROM journal WHERE position >= 3"), [3, 3]);
}

#[test]
fn an_inserted_fact_is_named() {
    let insert = "INSERT INTO journal (position, id, at, actor, kind, body, hash)
                  SELECT 5, id + 1, at, actor, kind, body, hash FROM journal WHERE position = 4";
    assert_eq!(tampered(insert), [5, 5]);
}

#[test]
fn a_fact_that_was_appended_with_a_fitting_hash_is_named() {
    Fixture::both(|store| {
        filled(store);
        // Sealed properly, then the end set back: the chain alone would not tell.
        let end = store.read_blocking(journal::head).unwrap();
        add(store, "e");
        settle(store).unwrap();
        store
            .write_blocking(move |tx| tx.execute("UPDATE journal_head SET position = ?1, hash = ?2", values![end.position, &end.hash]))
            .unwrap();
        let verdict = store.read_blocking(verify).unwrap();
        assert!(matches!(verdict, Verdict::Broken { position: 5, .. }));
    });
}
