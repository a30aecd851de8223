//! Leases: one node at a time does a thing. Clocks only decide how soon another may take over; a rising fence decides who is right,
//! so a node that slept through its lease changes nothing.

use kernel::{Error, Result, Span};

use crate::Tx;

/// Rises each time a lease changes hands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fence(pub i64);

/// A lease that was granted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lease {
    /// What it is on.
    pub name: String,
    /// Which grant this is.
    pub fence: Fence,
}

/// Takes or renews the lease on `name` for `ttl`; nothing when another holder has it.
///
/// # Errors
/// A fault of the database.
pub fn acquire(tx: &mut Tx<'_>, name: &str, holder: &str, ttl: Span) -> Result<Option<Lease>> {
    let now = tx.now();
    let sql = "INSERT INTO lease (name, holder, fence, expires_at) VALUES (?1, ?2, 1, ?3)
         ON CONFLICT (name) DO UPDATE SET
           fence = CASE WHEN lease.holder = excluded.holder THEN lease.fence ELSE lease.fence + 1 END,
           holder = excluded.holder, expires_at = excluded.expires_at
         WHERE lease.holder = excluded.holder OR lease.expires_at <= ?4
         RETURNING fence";
    let fence = tx.aside(|tx| tx.query_opt(sql, values![name, holder, now + ttl, now], |row| row.get(0)))?;
    Ok(fence.map(|fence| Lease { name: name.to_owned(), fence: Fence(fence) }))
}

/// Makes this transaction depend on the lease: call it in every transaction of the work that the lease covers.
///
/// # Errors
/// `Unavailable` when the lease has passed to another holder; or a fault of the database.
pub fn hold(tx: &mut Tx<'_>, lease: &Lease) -> Result<()> {
    // Writing the row keeps others from taking the lease until this transaction ends.
    let sql = "UPDATE lease SET fence = fence WHERE name = ?1 AND fence = ?2";
    let held = tx.aside(|tx| tx.execute(sql, values![&lease.name, lease.fence.0]))?;
    if held == 1 { Ok(()) } else { Err(Error::unavailable(format!("the lease on {} has passed to another node", lease.name))) }
}

/// Gives the lease back early, so that another need not wait for its end.
///
/// # Errors
/// A fault of the database.
pub fn release(tx: &mut Tx<'_>, lease: &Lease) -> Result<()> {
    tx.execute("UPDATE lease SET holder = '', expires_at = 0 WHERE name = ?1 AND fence = ?2", values![&lease.name, lease.fence.0])?;
    Ok(())
}
