//! Hooks, tellings and tries as rows.

use kernel::{Result, Stamp, WebhookDeliveryId, WebhookId};
use store::{Db, Row, Tx, values};

use super::{Attempt, Delivery, State, Webhook};

const HOOK: &str = "id, owner_id, name, url, secret, events, active, created_at, version";
const DELIVERY: &str = "id, webhook_id, event, body, state, attempts, next_at, created_at";

fn hook(row: &Row<'_>) -> Result<Webhook> {
    let events: String = row.get(5)?;
    Ok(Webhook {
        id: row.get(0)?,
        owner: row.get(1)?,
        name: row.get(2)?,
        url: row.get(3)?,
        secret: row.get(4)?,
        events: events.split(' ').filter(|word| !word.is_empty()).map(str::to_owned).collect(),
        active: row.get(6)?,
        created_at: row.get(7)?,
        version: row.get(8)?,
    })
}

fn delivery(row: &Row<'_>) -> Result<Delivery> {
    Ok(Delivery {
        id: row.get(0)?,
        webhook: row.get(1)?,
        event: row.get(2)?,
        body: row.get(3)?,
        state: State::by_word(&row.get::<String>(4)?).unwrap_or(State::Failed),
        attempts: row.get(5)?,
        next_at: row.get(6)?,
        created_at: row.get(7)?,
    })
}

/// All hooks, in the order in which they were added.
pub fn hooks(db: &mut Db<'_>) -> Result<Vec<Webhook>> {
    db.query(&format!("SELECT {HOOK} FROM webhook ORDER BY id"), values![], hook)
}

/// One hook.
pub fn by_id(db: &mut Db<'_>, id: WebhookId) -> Result<Option<Webhook>> {
    db.query_opt(&format!("SELECT {HOOK} FROM webhook WHERE id = ?1"), values![id], hook)
}

/// Writes a new hook.
pub fn insert(tx: &mut Tx<'_>, hook: &Webhook) -> Result<()> {
    let now = tx.now();
    tx.execute(
        &format!("INSERT INTO webhook ({HOOK}, updated_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?8)"),
        values![hook.id, hook.owner, &hook.name, &hook.url, &hook.secret, hook.events.join(" "), hook.active, now, hook.version],
    )?;
    Ok(())
}

/// Writes a changed hook; its version rises.
pub fn update(tx: &mut Tx<'_>, hook: &Webhook) -> Result<()> {
    let now = tx.now();
    tx.execute(
        "UPDATE webhook SET name = ?2, url = ?3, secret = ?4, events = ?5, active = ?6, updated_at = ?7, version = version + 1 WHERE id = ?1",
        values![hook.id, &hook.name, &hook.url, &hook.secret, hook.events.join(" "), hook.active, now],
    )?;
    Ok(())
}

/// Removes a hook with its log.
pub fn remove(tx: &mut Tx<'_>, id: WebhookId) -> Result<()> {
    for sql in [
        "DELETE FROM webhook_attempt WHERE delivery_id IN (SELECT id FROM webhook_delivery WHERE webhook_id = ?1)",
        "DELETE FROM webhook_delivery WHERE webhook_id = ?1",
        "DELETE FROM webhook WHERE id = ?1",
    ] {
        tx.execute(sql, values![id])?;
    }
    Ok(())
}

/// Writes a telling that waits.
pub fn enqueue(tx: &mut Tx<'_>, webhook: WebhookId, event: &str, body: &str) -> Result<WebhookDeliveryId> {
    let (id, now) = (WebhookDeliveryId(tx.id()), tx.now());
    tx.execute(
        &format!("INSERT INTO webhook_delivery ({DELIVERY}) VALUES (?1, ?2, ?3, ?4, 'waiting', 0, ?5, ?5)"),
        values![id, webhook, event, body, now],
    )?;
    Ok(id)
}

/// Hooks of which something is due.
pub fn due_hooks(db: &mut Db<'_>, now: Stamp) -> Result<Vec<WebhookId>> {
    db.query(
        "SELECT DISTINCT d.webhook_id FROM webhook_delivery d JOIN webhook w ON w.id = d.webhook_id
         WHERE d.state = 'waiting' AND d.next_at <= ?1 AND w.active = 1",
        values![now],
        |row| row.get(0),
    )
}

/// What is due of one hook, the oldest first.
pub fn due(db: &mut Db<'_>, webhook: WebhookId, now: Stamp, limit: usize) -> Result<Vec<Delivery>> {
    db.query(
        &format!(
            "SELECT {DELIVERY} FROM webhook_delivery WHERE webhook_id = ?1 AND state = 'waiting' AND next_at <= ?2 ORDER BY id LIMIT ?3"
        ),
        values![webhook, now, limit],
        delivery,
    )
}

/// Notes a try, and how the telling stands after it. False when somebody else has settled it meanwhile.
pub fn tried(tx: &mut Tx<'_>, delivery: &Delivery, attempt: &Attempt, (state, next_at): (State, Stamp)) -> Result<bool> {
    let now = tx.now();
    let ended = (state != State::Waiting).then_some(now);
    let settled = tx.execute(
        "UPDATE webhook_delivery SET state = ?3, attempts = attempts + 1, next_at = ?4, ended_at = ?5 WHERE id = ?1 AND attempts = ?2 AND state = 'waiting'",
        values![delivery.id, delivery.attempts, state.word(), next_at, ended],
    )?;
    if settled == 0 {
        return Ok(false);
    }
    tx.execute(
        "INSERT INTO webhook_attempt (delivery_id, number, started_at, millis, status, problem, response) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        values![delivery.id, attempt.number, attempt.started_at, attempt.millis, attempt.status, &attempt.problem, &attempt.response],
    )?;
    Ok(true)
}

/// One telling of a hook.
pub fn one(db: &mut Db<'_>, webhook: WebhookId, id: WebhookDeliveryId) -> Result<Option<Delivery>> {
    db.query_opt(&format!("SELECT {DELIVERY} FROM webhook_delivery WHERE webhook_id = ?1 AND id = ?2"), values![webhook, id], delivery)
}

/// Tellings of a hook before an id, the latest first, of one state or of all.
pub fn log(db: &mut Db<'_>, webhook: WebhookId, state: Option<State>, (before, limit): (i64, usize)) -> Result<Vec<Delivery>> {
    db.query(
        &format!(
            "SELECT {DELIVERY} FROM webhook_delivery WHERE webhook_id = ?1 AND id < ?2 AND (?3 = '' OR state = ?3) ORDER BY id DESC LIMIT ?4"
        ),
        values![webhook, before, state.map_or("", State::word), limit],
        delivery,
    )
}

/// The tries of a telling, the first one first.
pub fn attempts(db: &mut Db<'_>, delivery: WebhookDeliveryId) -> Result<Vec<Attempt>> {
    db.query(
        "SELECT number, started_at, millis, status, problem, response FROM webhook_attempt WHERE delivery_id = ?1 ORDER BY number",
        values![delivery],
        |row| {
            Ok(Attempt {
                number: row.get(0)?,
                started_at: row.get(1)?,
                millis: row.get(2)?,
                status: row.get(3)?,
                problem: row.get(4)?,
                response: row.get(5)?,
            })
        },
    )
}

/// How many tellings of each hook stand how.
pub fn figures(db: &mut Db<'_>) -> Result<Vec<(WebhookId, State, i64)>> {
    db.query("SELECT webhook_id, state, count(*) FROM webhook_delivery GROUP BY webhook_id, state", values![], |row| {
        Ok((row.get(0)?, State::by_word(&row.get::<String>(1)?).unwrap_or(State::Failed), row.get(2)?))
    })
}

/// Lets a telling be tried again from the beginning; its earlier tries stay in the log.
pub fn again(tx: &mut Tx<'_>, id: WebhookDeliveryId) -> Result<()> {
    let now = tx.now();
    tx.execute("UPDATE webhook_delivery SET state = 'waiting', next_at = ?2, ended_at = NULL WHERE id = ?1", values![id, now])?;
    Ok(())
}

/// Removes what ended before these moments.
pub fn sweep(tx: &mut Tx<'_>, delivered_before: Stamp, failed_before: Stamp) -> Result<u64> {
    const OLD: &str = "(state = 'delivered' AND ended_at < ?1) OR (state = 'failed' AND ended_at < ?2)";
    tx.execute(
        &format!("DELETE FROM webhook_attempt WHERE delivery_id IN (SELECT id FROM webhook_delivery WHERE {OLD})"),
        values![delivered_before, failed_before],
    )?;
    tx.execute(&format!("DELETE FROM webhook_delivery WHERE {OLD}"), values![delivered_before, failed_before])
}
