use std::thread;
use std::time::Instant;

use journal::Sealer;
use kernel::{Clock, TicketId};
use store::testing::{Cluster, Fixture};
use store::values;

use crate::write;

/// Durable commits a second with 64 callers: three inserts and a fact a job. Run with `--release -- --ignored --nocapture`.
#[test]
#[ignore = "a measurement, not a rule"]
fn speed_of_durable_work() {
    let lite = Fixture::sqlite_with(Clock::system());
    measure("SQLite", &lite);
    drop(lite);
    let cluster = Cluster::start(true);
    measure("PostgreSQL", &Fixture::postgres_on(&cluster.url, Clock::system()));
}

fn measure(name: &str, fixture: &Fixture) {
    const CALLERS: i64 = 64;
    const JOBS: i64 = 400;
    let store = fixture.store();
    store
        .write_blocking(|tx| {
            for table in ["one", "two", "three"] {
                tx.execute(
                    &format!("CREATE TABLE {table} (id BIGINT NOT NULL PRIMARY KEY, at BIGINT NOT NULL, word TEXT NOT NULL, n BIGINT)"),
                    &[],
                )?;
                tx.execute(&format!("CREATE INDEX {table}_at ON {table} (at)"), &[])?;
            }
            Ok(())
        })
        .unwrap();
    let _sealer = Sealer::start(store).unwrap();
    let start = Instant::now();
    let threads: Vec<_> = (0..CALLERS)
        .map(|_| {
            let store = store.clone();
            thread::spawn(move || {
                for _ in 0..JOBS {
                    store
                        .write_blocking(|tx| {
                            let (id, now) = (tx.id(), tx.now());
                            let number = tx.next_number("ticket")?;
                            let word = "a printer on the third floor does not print";
                            tx.execute("INSERT INTO one (id, at, word, n) VALUES (?1, ?2, ?3, ?4)", values![id, now, word, number])?;
                            tx.execute("INSERT INTO two (id, at, word, n) VALUES (?1, ?2, ?3, ?4)", values![id, now, word, number])?;
                            tx.execute("INSERT INTO three (id, at, word, n) VALUES (?1, ?2, ?3, ?4)", values![id, now, word, number])?;
                            write(tx, "speed", Some(TicketId(id)))
                        })
                        .unwrap();
                }
            })
        })
        .collect();
    threads.into_iter().for_each(|thread| thread.join().unwrap());
    let seconds = start.elapsed().as_secs_f64();
    let jobs = f64::from(i32::try_from(CALLERS * JOBS).unwrap());
    println!("{name}: {:.0} durable jobs a second, {:?}", jobs / seconds, store.stats());
}
