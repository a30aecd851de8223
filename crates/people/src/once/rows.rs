//! Links that work once, and their letters, as rows.

use kernel::{OutgoingId, PersonId, Result, Stamp};
use store::{Db, Row, Tx, values};

/// Whose a link is.
#[derive(Clone, Debug)]
pub struct Live {
    /// The person.
    pub person: PersonId,
    /// Their name.
    pub name: String,
    /// Their primary address.
    pub email: String,
}

/// Writes a link.
pub fn insert_link(tx: &mut Tx<'_>, secret_hash: &str, person: PersonId, (purpose, until): (&str, Stamp)) -> Result<()> {
    let now = tx.now();
    tx.execute(
        "INSERT INTO one_time_link (secret_hash, person_id, purpose, created_at, expires_at) VALUES (?1, ?2, ?3, ?4, ?5)",
        values![secret_hash, person, purpose, now, until],
    )?;
    Ok(())
}

/// The link that still works, of a person who may sign in. Looking uses nothing up: programs that read mail follow links too.
pub fn live(db: &mut Db<'_>, secret_hash: &str, purpose: &str, now: Stamp) -> Result<Option<Live>> {
    db.query_opt(
        "SELECT p.id, p.name, e.email FROM one_time_link l JOIN person p ON p.id = l.person_id JOIN person_email e ON e.person_id = p.id AND e.place = 0 WHERE l.secret_hash = ?1 AND l.purpose = ?2 AND l.expires_at > ?3 AND p.disabled = 0",
        values![secret_hash, purpose, now],
        |row| Ok(Live { person: row.get(0)?, name: row.get(1)?, email: row.get(2)? }),
    )
}

/// Uses a link up; false when somebody else was faster.
pub fn take(tx: &mut Tx<'_>, secret_hash: &str) -> Result<bool> {
    Ok(tx.execute("DELETE FROM one_time_link WHERE secret_hash = ?1", values![secret_hash])? == 1)
}

/// Ends every link of a person, and the letters that would still bring one.
pub fn end_links(tx: &mut Tx<'_>, person: PersonId) -> Result<()> {
    tx.execute("DELETE FROM one_time_link WHERE person_id = ?1", values![person])?;
    tx.execute("UPDATE account_mail SET state = 'ended', sealed = NULL WHERE person_id = ?1 AND state = 'waiting'", values![person])?;
    Ok(())
}

/// When a person was last invited, as long as that link works.
pub fn invited_at(db: &mut Db<'_>, person: PersonId, now: Stamp) -> Result<Option<Stamp>> {
    db.query_opt(
        "SELECT created_at FROM one_time_link WHERE person_id = ?1 AND purpose = 'invitation' AND expires_at > ?2",
        values![person, now],
        |row| row.get(0),
    )
}

/// Notes that somebody asked for a link.
pub fn ask(tx: &mut Tx<'_>, address_hash: &str, network: &str) -> Result<()> {
    let (id, now) = (tx.id(), tx.now());
    tx.execute(
        "INSERT INTO reset_ask (id, address_hash, network, asked_at) VALUES (?1, ?2, ?3, ?4)",
        values![id, address_hash, network, now],
    )?;
    Ok(())
}

/// How often a link was asked for at an address.
pub fn asked_for(db: &mut Db<'_>, address_hash: &str, since: Stamp) -> Result<i64> {
    let sql = "SELECT COUNT(*) FROM reset_ask WHERE address_hash = ?1 AND asked_at > ?2";
    db.query_one(sql, values![address_hash, since], |row| row.get(0))
}

/// How often a link was asked for from a network.
pub fn asked_from(db: &mut Db<'_>, network: &str, since: Stamp) -> Result<i64> {
    let sql = "SELECT COUNT(*) FROM reset_ask WHERE network = ?1 AND asked_at > ?2";
    db.query_one(sql, values![network, since], |row| row.get(0))
}

/// Forgets links that have expired, and who asked for them long ago.
pub fn sweep(tx: &mut Tx<'_>, before: Stamp) -> Result<u64> {
    let now = tx.now();
    tx.execute("DELETE FROM reset_ask WHERE asked_at < ?1", values![before])?;
    tx.execute("DELETE FROM one_time_link WHERE expires_at <= ?1", values![now])
}

/// A letter that brings a link.
pub struct NewMail<'a> {
    /// Identifier.
    pub id: OutgoingId,
    /// To whom.
    pub person: PersonId,
    /// Their address.
    pub address: &'a str,
    /// reset, invitation.
    pub kind: &'a str,
    /// Hash of the link's secret.
    pub secret_hash: &'a str,
    /// The secret, sealed.
    pub sealed: &'a str,
    /// When the link ends, and with it the sense of the letter.
    pub until: Stamp,
}

/// Queues a letter.
pub fn insert_mail(tx: &mut Tx<'_>, new: &NewMail<'_>) -> Result<()> {
    let now = tx.now();
    tx.execute(
        "INSERT INTO account_mail (id, person_id, address, kind, secret_hash, sealed, state, attempts, next_at, expires_at, created_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, 'waiting', 0, ?7, ?8, ?7)",
        values![new.id, new.person, new.address, new.kind, new.secret_hash, new.sealed, now, new.until],
    )?;
    Ok(())
}

/// A letter on its way out.
#[derive(Clone, Debug)]
pub struct Mail {
    /// Identifier.
    pub id: OutgoingId,
    /// To whom.
    pub person: PersonId,
    /// Their name.
    pub name: String,
    /// Their language.
    pub language: Option<String>,
    /// Their address when it was queued.
    pub address: String,
    /// reset, invitation.
    pub kind: String,
    /// Hash of the link's secret.
    pub secret_hash: String,
    /// The secret, sealed.
    pub sealed: String,
    /// Tries so far.
    pub attempts: i64,
    /// When the link ends.
    pub expires_at: Stamp,
    /// Queued.
    pub created_at: Stamp,
}

fn mail(row: &Row<'_>) -> Result<Mail> {
    let sealed: Option<String> = row.get(7)?;
    Ok(Mail {
        id: row.get(0)?,
        person: row.get(1)?,
        name: row.get(2)?,
        language: row.get(3)?,
        address: row.get(4)?,
        kind: row.get(5)?,
        secret_hash: row.get(6)?,
        sealed: sealed.unwrap_or_default(),
        attempts: row.get(8)?,
        expires_at: row.get(9)?,
        created_at: row.get(10)?,
    })
}

/// What is due, oldest first.
pub fn due(db: &mut Db<'_>, now: Stamp, limit: usize) -> Result<Vec<Mail>> {
    db.query(
        "SELECT m.id, m.person_id, p.name, p.language, m.address, m.kind, m.secret_hash, m.sealed, m.attempts, m.expires_at, m.created_at FROM account_mail m JOIN person p ON p.id = m.person_id WHERE m.state = 'waiting' AND m.next_at <= ?1 ORDER BY m.next_at, m.id LIMIT ?2",
        values![now, limit],
        mail,
    )
}

/// What became of a letter about an account, without its secret.
#[derive(Clone, Debug)]
pub struct MailState {
    /// To whom.
    pub person: PersonId,
    /// Their address when it was queued.
    pub address: String,
    /// reset, invitation.
    pub kind: String,
    /// waiting, sent, failed; ended when its link ended before it went.
    pub state: String,
    /// When it is tried next.
    pub next_at: Stamp,
    /// Tries so far.
    pub attempts: i64,
    /// What the relay said last.
    pub problem: Option<String>,
    /// Queued.
    pub created_at: Stamp,
}

/// The newest letters of one state, or of all when it is empty.
pub fn latest(db: &mut Db<'_>, state: &str, limit: usize) -> Result<Vec<MailState>> {
    db.query(
        "SELECT person_id, address, kind, state, next_at, attempts, problem, created_at FROM account_mail WHERE ?1 = '' OR state = ?1 ORDER BY id DESC LIMIT ?2",
        values![state, limit],
        |row| {
            Ok(MailState {
                person: row.get(0)?,
                address: row.get(1)?,
                kind: row.get(2)?,
                state: row.get(3)?,
                next_at: row.get(4)?,
                attempts: row.get(5)?,
                problem: row.get(6)?,
                created_at: row.get(7)?,
            })
        },
    )
}

/// The relay has it; the secret is forgotten.
pub fn sent(tx: &mut Tx<'_>, id: OutgoingId) -> Result<bool> {
    let now = tx.now();
    let sql = "UPDATE account_mail SET state = 'sent', sent_at = ?2, attempts = attempts + 1, problem = NULL, sealed = NULL WHERE id = ?1 AND state = 'waiting'";
    Ok(tx.execute(sql, values![id, now])? == 1)
}

/// To be tried again.
pub fn again(tx: &mut Tx<'_>, id: OutgoingId, next_at: Stamp, problem: &str) -> Result<()> {
    let sql = "UPDATE account_mail SET attempts = attempts + 1, next_at = ?2, problem = ?3 WHERE id = ?1 AND state = 'waiting'";
    tx.execute(sql, values![id, next_at, problem])?;
    Ok(())
}

/// Given up; the secret is forgotten.
pub fn failed(tx: &mut Tx<'_>, id: OutgoingId, problem: &str) -> Result<bool> {
    let sql = "UPDATE account_mail SET state = 'failed', attempts = attempts + 1, problem = ?2, sealed = NULL WHERE id = ?1 AND state = 'waiting'";
    Ok(tx.execute(sql, values![id, problem])? == 1)
}
