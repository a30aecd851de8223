use std::sync::mpsc;
use std::thread;

use journal::{Sealer, seal, settle};
use kernel::{Refusal, TicketId};
use store::testing::Fixture;

use crate::{add, key, keys, write};

#[test]
fn facts_come_back_in_the_order_of_their_places() {
    Fixture::both(|store| {
        let ids: Vec<_> = ["a", "b", "c"].iter().map(|key| add(store, key)).collect();
        settle(store).unwrap();
        assert_eq!(keys(store), ["a", "b", "c"]);
        let page = store.read_blocking(|db| journal::read_after(db, 1, 1)).unwrap();
        assert_eq!((page.len(), page[0].id, page[0].position), (1, ids[1], Some(2)));
        assert_eq!((page[0].actor.as_str(), page[0].person), ("system:test", None));
    });
}

#[test]
fn undone_work_leaves_no_fact_and_no_gap() {
    Fixture::both(|store| {
        add(store, "a");
        let undone = store.write_blocking::<(), _>(|tx| {
            write(tx, "undone", None)?;
            Err(Refusal::NotFound.into())
        });
        assert!(undone.is_err());
        add(store, "b");
        settle(store).unwrap();
        assert_eq!(keys(store), ["a", "b"]);
    });
}

#[test]
fn a_late_commit_is_never_skipped() {
    let fixture = Fixture::postgres();
    let (store, second) = (fixture.store(), fixture.second());
    let (started, has_started) = mpsc::channel();
    let (go, gate) = mpsc::channel::<()>();
    let late = {
        let store = second.clone();
        thread::spawn(move || {
            store.write_blocking(move |tx| {
                write(tx, "late", None)?;
                started.send(()).unwrap();
                gate.recv().unwrap();
                Ok(())
            })
        })
    };
    has_started.recv().unwrap();
    add(store, "early");
    assert_eq!(seal(store).unwrap(), 0, "nothing has its place while an older transaction may still commit");
    go.send(()).unwrap();
    late.join().unwrap().unwrap();
    settle(store).unwrap();
    assert_eq!(keys(store), ["late", "early"]);
}

#[test]
fn places_have_no_gaps_when_many_write_on_several_nodes() {
    Fixture::each(|fixture| {
        let nodes = [fixture.store().clone(), fixture.second()];
        let sealers: Vec<_> = nodes.iter().map(|store| Sealer::start(store).unwrap()).collect();
        let writers: Vec<_> = (0..8)
            .map(|n| {
                let store = nodes[n % 2].clone();
                thread::spawn(move || {
                    for step in 0..40 {
                        let done = store.write_blocking(move |tx| {
                            write(tx, &format!("{n} {step} first"), None)?;
                            write(tx, &format!("{n} {step} second"), None)?;
                            if step % 10 == 9 { Err(Refusal::NotFound.into()) } else { Ok(()) }
                        });
                        assert_eq!(done.is_err(), step % 10 == 9);
                    }
                })
            })
            .collect();
        // A reader follows while all this goes on, and must see every place exactly once.
        let mut seen = Vec::new();
        while seen.len() < 8 * 36 * 2 {
            let from = i64::try_from(seen.len()).unwrap();
            let page = nodes[0].read_blocking(move |db| journal::read_after(db, from, 50)).unwrap();
            for entry in page {
                assert_eq!(entry.position, Some(i64::try_from(seen.len()).unwrap() + 1));
                seen.push(key(&entry.fact).to_owned());
            }
        }
        writers.into_iter().for_each(|writer| writer.join().unwrap());
        drop(sealers);
        settle(&nodes[0]).unwrap();
        assert_eq!(keys(&nodes[0]), seen);
        for n in 0..8 {
            let own: Vec<_> = seen.iter().filter(|key| key.starts_with(&format!("{n} "))).collect();
            let wanted: Vec<String> = (0..40)
                .filter(|step| step % 10 != 9)
                .flat_map(|step| [format!("{n} {step} first"), format!("{n} {step} second")])
                .collect();
            assert!(own.iter().zip(&wanted).all(|(own, wanted)| *own == wanted), "each writer's facts keep their order");
        }
        assert!(nodes[0].read_blocking(journal::verify).unwrap().is_whole());
    });
}

#[test]
fn a_ticket_shows_its_facts_at_once_and_in_order() {
    Fixture::both(|store| {
        let ticket = TicketId(7);
        let put = |key: &'static str| store.write_blocking(move |tx| write(tx, key, Some(ticket))).unwrap();
        put("a");
        add(store, "elsewhere");
        settle(store).unwrap();
        put("b");
        put("c");
        let shown = |limit| -> Vec<String> {
            let entries = store.read_blocking(move |db| journal::of_ticket(db, ticket, limit)).unwrap();
            entries.iter().map(|entry| key(&entry.fact).to_owned()).collect()
        };
        assert_eq!(shown(10), ["a", "b", "c"]);
        assert_eq!(shown(2), ["b", "c"]);
        settle(store).unwrap();
        assert_eq!(shown(10), ["a", "b", "c"]);
    });
}

#[test]
fn facts_that_a_backup_of_the_other_database_left_waiting_get_their_places() {
    let fixture = Fixture::sqlite();
    let store = fixture.store();
    add(store, "first");
    store
        .write_blocking(|tx| {
            tx.execute(
                "INSERT INTO journal_pending (id, xid, at, actor, kind, body)
                 SELECT id + 1, 0, at, actor, kind, body FROM journal",
                &[],
            )
        })
        .unwrap();
    drop(Sealer::start(store).unwrap());
    assert_eq!(keys(store), ["first", "first"]);
    assert!(store.read_blocking(journal::verify).unwrap().is_whole());
}
