use kernel::Span;
use store::testing::Fixture;
use store::{cursor, lease};

const TTL: Span = Span::seconds(30);

#[test]
fn one_holder_at_a_time_has_a_lease() {
    Fixture::each(|fixture| {
        let store = fixture.store().clone();
        let acquire = |who: &'static str| store.write_blocking(move |tx| lease::acquire(tx, "mail", who, TTL)).unwrap();
        let first = acquire("a").unwrap();
        assert_eq!(acquire("b"), None);
        assert_eq!(acquire("a").as_ref(), Some(&first), "renewing keeps the fence");
        fixture.clock().advance(TTL);
        let second = acquire("b").unwrap();
        assert!(second.fence > first.fence);
        assert_eq!(acquire("a"), None);
    });
}

#[test]
fn a_holder_that_slept_through_its_lease_changes_nothing() {
    Fixture::each(|fixture| {
        let store = fixture.store().clone();
        let asleep = store.write_blocking(|tx| lease::acquire(tx, "mail", "a", TTL)).unwrap().unwrap();
        fixture.clock().advance(TTL);
        let awake = store.write_blocking(|tx| lease::acquire(tx, "mail", "b", TTL)).unwrap().unwrap();
        let work = |lease: lease::Lease, to: i64| {
            store.write_blocking(move |tx| {
                cursor::set(tx, "mail", to)?;
                lease::hold(tx, &lease)
            })
        };
        work(awake, 5).unwrap();
        assert!(work(asleep, 9).unwrap_err().is_unavailable());
        assert_eq!(store.read_blocking(|db| cursor::get(db, "mail")).unwrap(), 5);
    });
}

#[test]
fn a_released_lease_is_free_at_once() {
    Fixture::both(|store| {
        let lease = store.write_blocking(|tx| lease::acquire(tx, "mail", "a", TTL)).unwrap().unwrap();
        let given = lease.clone();
        store.write_blocking(move |tx| lease::release(tx, &given)).unwrap();
        let next = store.write_blocking(|tx| lease::acquire(tx, "mail", "b", TTL)).unwrap().unwrap();
        assert!(next.fence > lease.fence);
    });
}
