use store::values;

use crate::support::{Place, store_of};

#[test]
fn a_whole_desk_verifies() {
    let place = Place::set_up();
    let told = place.run(&["verify"], "").must_succeed().out;
    assert!(told.contains("Database whole") && told.contains("Journal whole"), "{told}");
}

#[test]
fn a_changed_fact_is_named_by_its_position() {
    let place = Place::set_up();
    tampered(&place, "UPDATE journal SET at = at + 1 WHERE position = ?1", 3);
    place.run(&["verify"], "").must_fail(1, "the journal is broken at position 3: a fact was changed or inserted");
}

#[test]
fn a_removed_fact_is_named_by_its_position() {
    let place = Place::set_up();
    tampered(&place, "DELETE FROM journal WHERE position = ?1", 2);
    place.run(&["verify"], "").must_fail(1, "the journal is broken at position 2: a fact was removed");
}

fn tampered(place: &Place, sql: &'static str, position: i64) {
    let store = store_of(&place.data());
    let changed = store.write_blocking(move |tx| tx.execute(sql, values![position])).unwrap();
    assert_eq!(changed, 1);
    store.close();
}
