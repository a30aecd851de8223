//! Sealing (PostgreSQL): gives facts their place soon after their commit. A place handed out inside the transaction would either make
//! all writers wait for each other, or let a reader's cursor pass a commit that comes late.

use std::time::Duration;

use kernel::{Error, Result};
use serde::Serialize;
use store::{Dialect, Store, Tx, values};

use crate::append::{place, set_head};
use crate::chain::{COLUMNS, Record};
use crate::read::head;
use crate::wait::{Stoppable, Waiter};

/// Behind the wake-ups, in case one was lost.
const POLL: Duration = Duration::from_millis(250);
const RETRY: Duration = Duration::from_millis(500);
const SETTLE_PAUSE: Duration = Duration::from_millis(5);
const SETTLE_TRIES_MAX: u32 = 2_000;
const BATCH_FACTS_MAX: usize = 2_000;

/// Transactions below this number have all ended, so nothing can be committed any more before what they left.
const SETTLED: &str = "xid < CAST(CAST(pg_snapshot_xmin(pg_current_snapshot()) AS text) AS bigint)";

/// Gives facts their place for as long as it lives; every node runs one, and one at a time works.
pub struct Sealer {
    _thread: Option<Stoppable>,
}

impl Sealer {
    /// Starts sealing. On SQLite there is nothing to do but to place what a restored backup of PostgreSQL left waiting.
    ///
    /// # Errors
    /// A fault of the database, or no thread.
    pub fn start(store: &Store) -> Result<Self> {
        if store.dialect() == Dialect::Sqlite {
            seal(store)?;
            return Ok(Self { _thread: None });
        }
        let own = store.clone();
        let thread = Stoppable::start("journal-seal", store.subscribe(), move |waiter| run(&own, waiter))?;
        Ok(Self { _thread: Some(thread) })
    }
}

fn run(store: &Store, mut waiter: Waiter) {
    while !waiter.stopped() {
        match seal(store) {
            Ok(_) => waiter.for_change(POLL),
            Err(error) => {
                tracing::warn!(%error, "facts cannot be sealed; tried again");
                waiter.pause(RETRY);
            }
        }
    }
}

/// Gives every fact that can have one its place; tells how many.
///
/// # Errors
/// A fault of the database.
pub fn seal(store: &Store) -> Result<usize> {
    let mut sealed = 0;
    // Looking first costs no commit, and a commit would wake whoever waits for facts.
    while store.read_blocking(|db| {
        let settled = if db.dialect() == Dialect::Postgres { SETTLED } else { "1 = 1" };
        db.query_one(&format!("SELECT EXISTS (SELECT 1 FROM journal_pending WHERE {settled})"), &[], |row| row.get::<bool>(0))
    })? {
        let count = store.write_blocking(|tx| match tx.dialect() {
            Dialect::Sqlite => place_waiting(tx),
            Dialect::Postgres => seal_batch(tx),
        })?;
        sealed += count;
        if count == 0 {
            break;
        }
    }
    Ok(sealed)
}

/// Gives every fact its place that was committed before this call, waiting for older transactions that may still be open.
///
/// # Errors
/// `Unavailable` when such a transaction stays open for seconds; or a fault of the database.
pub fn settle(store: &Store) -> Result<()> {
    let newest = store.read_blocking(|db| db.query_one("SELECT MAX(id) FROM journal_pending", &[], |row| row.get::<Option<i64>>(0)))?;
    let Some(newest) = newest else { return Ok(()) };
    for _ in 0..SETTLE_TRIES_MAX {
        seal(store)?;
        let left = store.read_blocking(move |db| {
            db.query_one("SELECT EXISTS (SELECT 1 FROM journal_pending WHERE id <= ?1)", values![newest], |row| row.get::<bool>(0))
        })?;
        if !left {
            return Ok(());
        }
        std::thread::sleep(SETTLE_PAUSE);
    }
    Err(Error::unavailable("an open transaction keeps facts from getting their places"))
}

fn waiting(tx: &mut Tx<'_>, settled: &str) -> Result<Vec<Record>> {
    tx.query(&format!("SELECT {COLUMNS} FROM journal_pending WHERE {settled} ORDER BY xid, id LIMIT ?1"), values![BATCH_FACTS_MAX], |row| {
        Record::from_row(row, 0)
    })
}

fn place_waiting(tx: &mut Tx<'_>) -> Result<usize> {
    let records = waiting(tx, "1 = 1")?;
    for record in &records {
        place(tx, record)?;
        tx.execute("DELETE FROM journal_pending WHERE id = ?1", values![record.id])?;
    }
    Ok(records.len())
}

/// What the statement that moves a batch is told of each fact.
#[derive(Serialize)]
struct Seal {
    id: i64,
    position: i64,
    hash: String,
}

fn seal_batch(tx: &mut Tx<'_>) -> Result<usize> {
    let ours = tx.query_one("SELECT pg_try_advisory_xact_lock(hashtext('steward journal'))", &[], |row| row.get::<bool>(0))?;
    if !ours {
        return Ok(0);
    }
    let records = waiting(tx, SETTLED)?;
    let mut last = head(tx)?;
    let mut seals = Vec::with_capacity(records.len());
    for record in &records {
        last.position += 1;
        last.hash = record.hash(&last.hash, last.position);
        let hash = last.hash.iter().map(|byte| format!("{byte:02x}")).collect();
        seals.push(Seal { id: record.id, position: last.position, hash });
    }
    if seals.is_empty() {
        return Ok(0);
    }
    let list = serde_json::to_string(&seals).map_err(|error| Error::internal(format!("sealing: {error}")))?;
    let moved = tx.execute(
        "WITH sealed AS (SELECT * FROM json_to_recordset(CAST(CAST(?1 AS text) AS json)) AS s (id bigint, position bigint, hash text)),
         gone AS (DELETE FROM journal_pending p USING sealed s WHERE p.id = s.id
           RETURNING s.position, p.id, p.at, p.actor, p.person_id, p.ticket_id, p.kind, p.body, s.hash)
         INSERT INTO journal (position, id, at, actor, person_id, ticket_id, kind, body, hash)
         SELECT position, id, at, actor, person_id, ticket_id, kind, body, decode(hash, 'hex') FROM gone",
        values![list],
    )?;
    if usize::try_from(moved) != Ok(seals.len()) {
        return Err(Error::internal("sealing moved another number of facts than it placed"));
    }
    set_head(tx, last.position, &last.hash)?;
    tx.notify()?;
    Ok(seals.len())
}
