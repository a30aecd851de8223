use std::future::Future;
use std::pin::pin;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, mpsc};
use std::task::{Context, Waker};
use std::thread;

use kernel::{Error, Locale, PersonId, Refusal, Stamp};
use store::testing::Fixture;
use store::{Dialect, Value, values};

use crate::{add, table, words};

#[test]
fn values_come_back_as_they_went_in() {
    Fixture::both(|store| {
        store
            .write_blocking(|tx| {
                let blob = if tx.dialect() == Dialect::Sqlite { "BLOB" } else { "BYTEA" };
                tx.execute(
                    &format!("CREATE TABLE every (n BIGINT, r DOUBLE PRECISION, t TEXT, b {blob}, flag BIGINT, at BIGINT, person BIGINT)"),
                    &[],
                )?;
                let insert = "INSERT INTO every (n, r, t, b, flag, at, person) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
                tx.execute(insert, values![i64::MIN, 0.1, "a\0ž'?1", &[0_u8, 255], true, Stamp::from_micros(-5), PersonId(9)])?;
                tx.execute(insert, &vec![Value::Null; 7])?;
                tx.execute(insert, values![1_i64, 2.0, Locale::ZhHans, vec![1_u8], false, Some(3_i64), None::<PersonId>])?;
                Ok(())
            })
            .unwrap();
        let rows = store
            .read_blocking(|db| {
                db.query("SELECT n, r, t, b, flag, at, person FROM every ORDER BY COALESCE(n, 0)", &[], |row| {
                    Ok((
                        row.get::<Option<i64>>(0)?,
                        row.get::<Option<f64>>(1)?,
                        row.get::<Option<String>>(2)?,
                        row.get::<Option<Vec<u8>>>(3)?,
                        row.get::<Option<bool>>(4)?,
                        row.get::<Option<Stamp>>(5)?,
                        row.get::<Option<PersonId>>(6)?,
                    ))
                })
            })
            .unwrap();
        let first = (
            Some(i64::MIN),
            Some(0.1),
            Some("až'?1".into()),
            Some(vec![0, 255]),
            Some(true),
            Some(Stamp::from_micros(-5)),
            Some(PersonId(9)),
        );
        assert_eq!(rows[0], first);
        assert_eq!(rows[1], (None, None, None, None, None, None, None));
        assert_eq!(rows[2].2.as_deref(), Some("zh-Hans"));
        let sums = store.read_blocking(|db| {
            db.query_one("SELECT SUM(at), COUNT(*), AVG(at), SUM(r), MAX(t) FROM every WHERE n > ?1", values![0_i64], |row| {
                Ok((row.get::<i64>(0)?, row.get::<u32>(1)?, row.get::<f64>(2)?, row.get::<f64>(3)?, row.get::<Locale>(4)?))
            })
        });
        assert_eq!(sums.unwrap(), (3, 1, 3.0, 2.0, Locale::ZhHans));
    });
}

#[test]
fn an_error_undoes_its_job_and_no_other() {
    Fixture::both(|store| {
        store.write_blocking(table).unwrap();
        let threads: Vec<_> = (0..40)
            .map(|n| {
                let store = store.clone();
                thread::spawn(move || {
                    store.write_blocking(move |tx| {
                        add(tx, &format!("word {n}"))?;
                        if n % 2 == 0 { Ok(()) } else { Err(Refusal::NotFound.into()) }
                    })
                })
            })
            .collect();
        for (n, thread) in threads.into_iter().enumerate() {
            let done = thread.join().unwrap();
            assert_eq!(done.is_ok(), n % 2 == 0, "{done:?}");
        }
        assert_eq!(words(store).len(), 20);
    });
}

#[test]
fn a_panic_undoes_its_job_and_the_store_lives_on() {
    Fixture::both(|store| {
        store.write_blocking(table).unwrap();
        for _ in 0..20 {
            let done = store.write_blocking::<(), _>(|tx| {
                add(tx, "lost")?;
                panic!("on purpose")
            });
            assert!(matches!(done, Err(Error::Fault(_))));
            assert!(store.read_blocking::<(), _>(|_| panic!("on purpose")).is_err());
        }
        store.write_blocking(|tx| add(tx, "kept")).unwrap();
        assert_eq!(words(store), ["kept"]);
    });
}

#[test]
fn a_taken_key_is_told_and_an_attempt_can_go_on_after_it() {
    Fixture::both(|store| {
        store.write_blocking(table).unwrap();
        store.write_blocking(|tx| add(tx, "one")).unwrap();
        assert!(store.write_blocking(|tx| add(tx, "one")).unwrap_err().is_taken());
        store
            .write_blocking(|tx| {
                add(tx, "before")?;
                let taken = tx.attempt(|tx| {
                    add(tx, "inside")?;
                    add(tx, "one")
                });
                assert!(taken.unwrap_err().is_taken());
                add(tx, "after")
            })
            .unwrap();
        assert_eq!(words(store), ["one", "before", "after"]);
    });
}

#[test]
fn a_failure_that_the_job_swallows_is_not_acknowledged_where_the_server_undid_the_work() {
    let fixture = Fixture::postgres();
    let store = fixture.store();
    store.write_blocking(table).unwrap();
    let done = store.write_blocking(|tx| {
        add(tx, "one")?;
        drop(add(tx, "one"));
        Ok(())
    });
    assert!(done.is_err());
    assert!(words(store).is_empty());
}

#[test]
fn hooks_run_after_the_commit_and_only_then() {
    Fixture::both(|store| {
        store.write_blocking(table).unwrap();
        let count = Arc::new(AtomicU32::new(0));
        let (kept, lost, undone) = (Arc::clone(&count), Arc::clone(&count), Arc::clone(&count));
        store
            .write_blocking(move |tx| {
                tx.after_commit(move || {
                    kept.fetch_add(1, Ordering::SeqCst);
                });
                drop(tx.attempt::<()>(|tx| {
                    tx.after_commit(move || {
                        undone.fetch_add(10, Ordering::SeqCst);
                    });
                    Err(Error::internal("no"))
                }));
                Ok(())
            })
            .unwrap();
        let failed = store.write_blocking::<(), _>(move |tx| {
            tx.after_commit(move || {
                lost.fetch_add(100, Ordering::SeqCst);
            });
            Err(Error::internal("no"))
        });
        assert!(failed.is_err());
        assert_eq!(count.load(Ordering::SeqCst), 1);
    });
}

#[test]
fn jobs_that_wait_together_share_a_commit() {
    let fixture = Fixture::sqlite();
    let store = fixture.store();
    store.write_blocking(table).unwrap();
    let before = store.stats();
    let (started, has_started) = mpsc::channel();
    let (go, gate) = mpsc::channel::<()>();
    let blocker = {
        let store = store.clone();
        thread::spawn(move || {
            store.write_blocking(move |_| {
                started.send(()).unwrap();
                gate.recv().unwrap();
                Ok(())
            })
        })
    };
    has_started.recv().unwrap();
    let threads: Vec<_> = (0..30)
        .map(|n| {
            let store = store.clone();
            thread::spawn(move || store.write_blocking(move |tx| add(tx, &n.to_string())))
        })
        .collect();
    while store.stats().writes_waiting < 30 {
        thread::yield_now();
    }
    go.send(()).unwrap();
    blocker.join().unwrap().unwrap();
    for thread in threads {
        thread.join().unwrap().unwrap();
    }
    let after = store.stats();
    assert_eq!(after.jobs - before.jobs, 31);
    assert!(after.commits - before.commits < 31, "{after:?}");
}

#[test]
fn numbers_rise_without_repeating() {
    Fixture::each(|fixture| {
        let second = fixture.second();
        let threads: Vec<_> = (0..8)
            .map(|n| {
                let store = if n % 2 == 0 { fixture.store().clone() } else { second.clone() };
                thread::spawn(move || -> Vec<i64> {
                    (0..10).map(|_| store.write_blocking(|tx| tx.next_number("ticket IT-'x")).unwrap()).collect()
                })
            })
            .collect();
        let mut all: Vec<i64> = threads.into_iter().flat_map(|thread| thread.join().unwrap()).collect();
        all.sort_unstable();
        assert_eq!(all, (1..=80).collect::<Vec<_>>());
        assert_eq!(fixture.store().write_blocking(|tx| tx.next_number("other")).unwrap(), 1);
    });
}

#[test]
fn a_sequence_whose_creation_was_undone_starts_again() {
    Fixture::both(|store| {
        let undone = store.write_blocking::<i64, _>(|tx| {
            tx.next_number("fresh")?;
            tx.next_number("fresh")?;
            Err(Refusal::NotFound.into())
        });
        assert!(undone.is_err());
        assert_eq!(store.write_blocking(|tx| tx.next_number("fresh")).unwrap(), 1);
    });
}

#[test]
fn a_full_database_turns_work_away_and_recovers() {
    let fixture = Fixture::sqlite();
    let store = fixture.store();
    store.write_blocking(table).unwrap();
    let limit = |pages: i64| {
        store.write_blocking(move |tx| tx.query_one(&format!("PRAGMA max_page_count = {pages}"), &[], |row| row.get::<i64>(0))).unwrap()
    };
    limit(1);
    let full = (0..1_000).find_map(|n| store.write_blocking(move |tx| add(tx, &format!("{n}{}", "x".repeat(2_000)))).err());
    assert!(full.unwrap().is_unavailable());
    let kept = words(store).len();
    limit(1_000_000);
    store.write_blocking(|tx| add(tx, "again")).unwrap();
    assert_eq!(words(store).len(), kept + 1);
}

#[test]
fn a_commit_that_fails_is_not_acknowledged() {
    Fixture::both(|store| {
        store.write_blocking(table).unwrap();
        store
            .write_blocking(|tx| tx.execute("CREATE TABLE line (note BIGINT REFERENCES note (id) DEFERRABLE INITIALLY DEFERRED)", &[]))
            .unwrap();
        let hooks = Arc::new(AtomicU32::new(0));
        let hook = Arc::clone(&hooks);
        let done = store.write_blocking(move |tx| {
            tx.after_commit(move || {
                hook.fetch_add(1, Ordering::SeqCst);
            });
            add(tx, "lost")?;
            tx.execute("INSERT INTO line (note) VALUES (404)", &[])
        });
        assert!(done.unwrap_err().is_unavailable());
        assert_eq!((words(store).len(), hooks.load(Ordering::SeqCst)), (0, 0));
        store.write_blocking(|tx| add(tx, "kept")).unwrap();
        assert_eq!(words(store), ["kept"]);
    });
}

#[test]
fn the_last_handle_may_go_with_a_job() {
    for dialect in [Dialect::Sqlite, Dialect::Postgres] {
        let place = store::testing::empty(dialect);
        let store = store::Store::open(place.settings.clone()).unwrap();
        let last = store.clone();
        let (go, gate) = mpsc::channel::<()>();
        let (told, closed) = mpsc::channel();
        {
            // Polled once, so that the job is handed in, and then given up.
            let waiting = pin!(store.write(move |_| {
                gate.recv().unwrap();
                drop(last);
                told.send(()).unwrap();
                Ok(())
            }));
            assert!(waiting.poll(&mut Context::from_waker(Waker::noop())).is_pending());
        }
        drop(store);
        go.send(()).unwrap();
        closed.recv().unwrap();
    }
}

#[test]
fn a_lost_session_is_told_and_replaced() {
    let fixture = Fixture::postgres();
    let store = fixture.store();
    store.write_blocking(table).unwrap();
    let mut admin = postgres::Client::connect(&fixture.settings().url, postgres::NoTls).unwrap();
    let cut = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()";
    // Between the work and its commit, so that the outcome is unknown to us.
    let done = store.write_blocking(move |tx| {
        add(tx, "unknown")?;
        admin.execute(cut, &[]).unwrap();
        Ok(())
    });
    assert!(done.unwrap_err().is_unavailable());
    // The listening session is lost too, and with it the node's number: writing waits for both.
    while store.write_blocking(|tx| add(tx, "after")).is_err() {
        thread::yield_now();
    }
    assert_eq!(words(store), ["after"]);
}

#[test]
fn nodes_and_processes_have_numbers_of_their_own() {
    Fixture::each(|fixture| {
        let second = fixture.second();
        assert_ne!(fixture.store().ids().next() & 1023, second.ids().next() & 1023);
    });
}

#[test]
fn a_closed_store_turns_work_away() {
    Fixture::each(|fixture| {
        fixture.store().write_blocking(table).unwrap();
        let store = fixture.store().clone();
        store.close();
        assert!(store.write_blocking(|tx| add(tx, "late")).unwrap_err().is_unavailable());
        fixture.reopen();
        fixture.store().write_blocking(|tx| add(tx, "again")).unwrap();
        assert_eq!(words(fixture.store()), ["again"]);
    });
}

#[test]
fn one_process_serves_a_directory() {
    let fixture = Fixture::sqlite();
    fixture.store().lock_for_serving().unwrap();
    let second = fixture.second();
    assert!(second.lock_for_serving().unwrap_err().is_unavailable());
    second.write_blocking(table).unwrap();
}

#[test]
fn a_store_is_ready_when_it_can_read_and_write() {
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    Fixture::both(|store| {
        runtime.block_on(store.ping()).unwrap();
        let id = runtime.block_on(async {
            store.write(table).await?;
            store.write(|tx| add(tx, "async")).await
        });
        let found = runtime.block_on(store.read(|db| db.query_one("SELECT id FROM note", &[], |row| row.get::<i64>(0))));
        assert_eq!(found.unwrap(), id.unwrap());
        store.close();
        assert!(runtime.block_on(store.ping()).is_err());
    });
}
