use std::sync::mpsc;
use std::thread;

use kernel::Span;
use store::testing::Fixture;
use store::values;

use crate::{add, table, words};

#[test]
fn readers_do_not_wait_for_a_writer() {
    Fixture::both(|store| {
        store.write_blocking(table).unwrap();
        let (started, has_started) = mpsc::channel();
        let (go, gate) = mpsc::channel::<()>();
        let writer = {
            let store = store.clone();
            thread::spawn(move || {
                store.write_blocking(move |tx| {
                    add(tx, "slow")?;
                    started.send(()).unwrap();
                    gate.recv().unwrap();
                    Ok(())
                })
            })
        };
        has_started.recv().unwrap();
        assert!(words(store).is_empty());
        go.send(()).unwrap();
        writer.join().unwrap().unwrap();
        assert_eq!(words(store), ["slow"]);
    });
}

#[test]
fn a_reader_sees_one_snapshot() {
    Fixture::both(|store| {
        store.write_blocking(table).unwrap();
        let writer = store.clone();
        let counts = store.read_blocking(move |db| {
            let count = |db: &mut store::Db<'_>| db.query_one("SELECT count(*) FROM note", &[], |row| row.get::<i64>(0));
            let before = count(db)?;
            thread::spawn(move || writer.write_blocking(|tx| add(tx, "meanwhile"))).join().unwrap()?;
            Ok((before, count(db)?))
        });
        assert_eq!(counts.unwrap(), (0, 0));
        assert_eq!(words(store), ["meanwhile"]);
    });
}

#[test]
fn a_reader_cannot_write() {
    Fixture::both(|store| {
        store.write_blocking(table).unwrap();
        let tried = store.read_blocking(|db| db.query("INSERT INTO note (id) VALUES (1) RETURNING id", &[], |row| row.get::<i64>(0)));
        assert!(tried.is_err());
        assert!(words(store).is_empty());
    });
}

#[test]
fn a_wrong_number_of_values_is_a_fault() {
    Fixture::both(|store| {
        store.write_blocking(table).unwrap();
        let few = store.read_blocking(|db| db.query_opt("SELECT id FROM note WHERE id = ?1 OR id = ?2", values![1_i64], |_| Ok(())));
        assert!(few.is_err());
        let missing = store.read_blocking(|db| db.query_one("SELECT id FROM note", &[], |row| row.get::<i64>(0)));
        assert!(missing.is_err());
    });
}

#[test]
fn what_is_written_aside_wakes_nobody() {
    let fixture = Fixture::postgres();
    let store = fixture.store();
    let mut changes = store.subscribe();
    let at_first = *changes.borrow_and_update();
    store.write_blocking(table).unwrap();
    // Told after the answer.
    while *changes.borrow_and_update() == at_first {
        thread::yield_now();
    }
    let before = *changes.borrow_and_update();
    store.write_blocking(|tx| store::cursor::set(tx, "reader", 7)).unwrap();
    store.write_blocking(|tx| store::lease::acquire(tx, "lease", "me", Span::seconds(30)).map(|_| ())).unwrap();
    assert_eq!(store.read_blocking(|db| store::cursor::get(db, "reader")).unwrap(), 7);
    // What follows is told, and it alone: also where something is written aside in the same transaction.
    store
        .write_blocking(|tx| {
            store::cursor::set(tx, "reader", 8)?;
            add(tx, "heard")?;
            store::cursor::set(tx, "reader", 9)
        })
        .unwrap();
    while *changes.borrow_and_update() == before {
        thread::yield_now();
    }
    assert_eq!(*changes.borrow(), before + 1);
}

#[test]
fn subscribers_hear_of_commits_here_and_on_other_nodes() {
    Fixture::each(|fixture| {
        let mut changes = fixture.store().subscribe();
        let before = *changes.borrow_and_update();
        fixture.store().write_blocking(table).unwrap();
        while *changes.borrow_and_update() == before {
            thread::yield_now();
        }
        if fixture.store().dialect() == store::Dialect::Postgres {
            let seen = *changes.borrow_and_update();
            fixture.second().write_blocking(|tx| tx.notify()).unwrap();
            while *changes.borrow_and_update() == seen {
                thread::yield_now();
            }
        }
    });
}
