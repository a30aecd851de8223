use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::{Arc, mpsc};
use std::thread;

use journal::{Entry, Reactor, Runner, Sealer, lag, parked};
use kernel::limits::REACTOR_TRIES_MAX;
use kernel::{Error, Result, Span};
use store::testing::Fixture;
use store::{Store, Tx, values};

use crate::{add, key};

/// Copies facts into a table; refuses the ones it is told to.
#[derive(Clone, Default)]
struct Copier {
    refuses: Arc<AtomicBool>,
    panics: Arc<AtomicBool>,
    tried: Arc<AtomicU32>,
    told: Option<mpsc::Sender<i64>>,
}

impl Reactor for Copier {
    fn name(&self) -> &'static str {
        "copier"
    }
    fn react(&mut self, tx: &mut Tx<'_>, entry: &Entry) -> Result<()> {
        let position = entry.position.unwrap();
        tx.execute("INSERT INTO copy (position, word) VALUES (?1, ?2)", values![position, key(&entry.fact)])?;
        if key(&entry.fact) == "poison" {
            self.tried.fetch_add(1, Ordering::SeqCst);
            assert!(!self.panics.load(Ordering::SeqCst), "on purpose");
            if self.refuses.load(Ordering::SeqCst) {
                return Err(Error::internal("cannot copy poison"));
            }
        }
        if let Some(told) = self.told.clone() {
            tx.after_commit(move || {
                let _ = told.send(position);
            });
        }
        Ok(())
    }
}

fn table(store: &Store) {
    store.write_blocking(|tx| tx.execute("CREATE TABLE copy (position BIGINT NOT NULL PRIMARY KEY, word TEXT NOT NULL)", &[])).unwrap();
}

fn copied(store: &Store) -> Vec<String> {
    store.read_blocking(|db| db.query("SELECT word FROM copy ORDER BY position", &[], |row| row.get(0))).unwrap()
}

fn runner(store: &Store, copier: &Copier) -> Runner {
    Runner::new(store, Box::new(copier.clone()))
}

#[test]
fn a_reactor_sees_every_fact_once_and_goes_on_where_it_was() {
    Fixture::each(|fixture| {
        table(fixture.store());
        let words: Vec<String> = (0..250).map(|n| n.to_string()).collect();
        for word in &words[..120] {
            add(fixture.store(), word);
        }
        runner(fixture.store(), &Copier::default()).catch_up().unwrap();
        assert_eq!(fixture.store().read_blocking(|db| lag(db, "copier")).unwrap(), 0);
        for word in &words[120..] {
            add(fixture.store(), word);
        }
        assert_eq!(fixture.store().read_blocking(|db| lag(db, "copier")).unwrap(), 130);
        // As after a crash: the lease of the former run ends by itself.
        fixture.clock().advance(Span::seconds(60));
        fixture.reopen();
        runner(fixture.store(), &Copier::default()).catch_up().unwrap();
        assert_eq!(copied(fixture.store()), words);
    });
}

#[test]
fn a_running_reactor_wakes_by_itself_and_stops_when_dropped() {
    Fixture::both(|store| {
        table(store);
        let _sealer = Sealer::start(store).unwrap();
        let (told, copies) = mpsc::channel();
        let running = runner(store, &Copier { told: Some(told), ..Copier::default() }).start().unwrap();
        for n in 1..=5 {
            add(store, "word");
            assert_eq!(copies.recv().unwrap(), n);
        }
        drop(running);
        assert!(copies.recv().is_err(), "the reactor is gone");
    });
}

#[test]
fn a_fact_that_keeps_failing_is_set_aside_and_the_rest_goes_on() {
    Fixture::both(|store| {
        for panics in [false, true] {
            store.write_blocking(|tx| tx.execute("DROP TABLE IF EXISTS copy", &[])).unwrap();
            table(store);
            let copier = Copier::default();
            copier.refuses.store(!panics, Ordering::SeqCst);
            copier.panics.store(panics, Ordering::SeqCst);
            for word in ["a", "poison", "b"] {
                add(store, word);
            }
            let runner = runner(store, &copier);
            runner.catch_up().unwrap();
            assert_eq!(copied(store), ["a", "b"]);
            assert_eq!(copier.tried.load(Ordering::SeqCst), REACTOR_TRIES_MAX + 1, "once in the batch, then alone");
            let aside = store.read_blocking(|db| parked::list(db, 10)).unwrap();
            assert_eq!((aside.len(), aside[0].reactor.as_str(), aside[0].tries), (1, "copier", REACTOR_TRIES_MAX));
            assert!(aside[0].error.contains(if panics { "on purpose" } else { "cannot copy poison" }));

            let position = aside[0].position;
            let ask = || assert!(store.write_blocking(move |tx| parked::retry(tx, "copier", position)).unwrap());
            ask();
            runner.catch_up().unwrap();
            let still = store.read_blocking(|db| parked::list(db, 10)).unwrap();
            assert_eq!((still.len(), still[0].tries, still[0].retry), (1, REACTOR_TRIES_MAX + 1, false));

            copier.refuses.store(false, Ordering::SeqCst);
            copier.panics.store(false, Ordering::SeqCst);
            ask();
            runner.catch_up().unwrap();
            assert_eq!(copied(store), ["a", "poison", "b"]);
            assert!(store.read_blocking(|db| parked::list(db, 10)).unwrap().is_empty());
            store.write_blocking(|tx| tx.execute("DELETE FROM lease", &[])).unwrap();
        }
    });
}

#[test]
fn one_node_at_a_time_runs_a_reactor() {
    let fixture = Fixture::postgres();
    let (store, second) = (fixture.store(), fixture.second());
    table(store);
    let (first, other) = (runner(store, &Copier::default()), runner(&second, &Copier::default()));
    add(store, "a");
    first.catch_up().unwrap();
    add(store, "b");
    assert!(other.catch_up().unwrap_err().is_unavailable());
    fixture.clock().advance(Span::seconds(60));
    other.catch_up().unwrap();
    assert!(first.catch_up().unwrap_err().is_unavailable(), "the one that slept does not take it back");
    assert_eq!(copied(store), ["a", "b"]);
}

#[test]
fn two_runs_at_once_do_nothing_twice() {
    Fixture::each(|fixture| {
        table(fixture.store());
        for n in 0..300 {
            add(fixture.store(), &n.to_string());
        }
        let threads: Vec<_> = [fixture.store().clone(), fixture.second()]
            .into_iter()
            .map(|store| {
                thread::spawn(move || {
                    let done = runner(&store, &Copier::default()).catch_up();
                    assert!(done.as_ref().err().is_none_or(Error::is_unavailable), "{done:?}");
                })
            })
            .collect();
        threads.into_iter().for_each(|thread| thread.join().unwrap());
        assert_eq!(copied(fixture.store()).len(), 300);
    });
}
