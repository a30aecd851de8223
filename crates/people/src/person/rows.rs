//! Persons as rows.

use std::collections::HashMap;

use kernel::text::{fold, literal};
use kernel::{DeskId, OrganisationId, PersonId, Result, Stamp};
use store::{Db, Dialect, Row, Tx, listed, values};

use super::Person;
use crate::settings::Staff;

/// Fewer digits of a number are no search.
const PHONE_DIGITS_MIN: usize = 4;
const COLUMNS: &str = "p.id, p.name, p.organisation_id, p.organisation_manager, p.language, p.time_zone, p.vip, p.admin, p.auditor, p.disabled, p.fields, p.created_at, p.updated_at, p.version";

fn bare(row: &Row<'_>) -> Result<Person> {
    Ok(Person {
        id: row.get(0)?,
        name: row.get(1)?,
        emails: Vec::new(),
        phones: Vec::new(),
        organisation: row.get(2)?,
        organisation_manager: row.get(3)?,
        language: row.get(4)?,
        time_zone: row.get(5)?,
        vip: row.get(6)?,
        admin: row.get(7)?,
        auditor: row.get(8)?,
        disabled: row.get(9)?,
        fields: row.get(10)?,
        created_at: row.get(11)?,
        updated_at: row.get(12)?,
        version: row.get(13)?,
    })
}

/// A person with addresses and phones.
pub fn by_id(db: &mut Db<'_>, id: PersonId) -> Result<Option<Person>> {
    let Some(mut person) = db.query_opt(&format!("SELECT {COLUMNS} FROM person p WHERE p.id = ?1"), values![id], bare)? else {
        return Ok(None);
    };
    person.emails = db.query("SELECT email FROM person_email WHERE person_id = ?1 ORDER BY place", values![id], |row| row.get(0))?;
    person.phones = db.query("SELECT phone FROM person_phone WHERE person_id = ?1 ORDER BY place", values![id], |row| row.get(0))?;
    Ok(Some(person))
}

/// The person who has this address.
pub fn id_of(db: &mut Db<'_>, email: &str) -> Result<Option<PersonId>> {
    db.query_opt("SELECT person_id FROM person_email WHERE email = ?1", values![email], |row| row.get(0))
}

/// Waits for whoever is adding a person with this address at the same moment (PostgreSQL; SQLite has one writer).
pub fn hold_address(tx: &mut Tx<'_>, email: &str) -> Result<()> {
    if tx.dialect() == Dialect::Postgres {
        tx.execute("SELECT pg_advisory_xact_lock(1, hashtext(?1))", values![email])?;
    }
    Ok(())
}

/// A page of persons after an id, oldest first, optionally those whose name or address begins with a text.
pub fn page(db: &mut Db<'_>, after: i64, beginning: Option<&str>, limit: usize) -> Result<Vec<Person>> {
    let ids: Vec<PersonId> = match beginning {
        None => db.query("SELECT id FROM person WHERE id > ?1 ORDER BY id LIMIT ?2", values![after, limit], |row| row.get(0))?,
        Some(text) => {
            let upto = |from: &str| format!("{from}\u{10FFFF}");
            let (name, address) = (fold(text), text.to_lowercase());
            db.query(
                "SELECT id FROM person WHERE id > ?1 AND (folded BETWEEN ?2 AND ?3 OR id IN (SELECT person_id FROM person_email WHERE email BETWEEN ?4 AND ?5)) ORDER BY id LIMIT ?6",
                values![after, &name, upto(&name), &address, upto(&address), limit],
                |row| row.get(0),
            )?
        }
    };
    let mut people = Vec::with_capacity(ids.len());
    for id in ids {
        people.extend(by_id(db, id)?);
    }
    Ok(people)
}

/// Somebody as a finder shows them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Glimpse {
    /// Their id.
    pub id: PersonId,
    /// Their name.
    pub name: String,
    /// Their primary address; empty when there is none.
    pub email: String,
    /// Their organisation's name.
    pub organisation: Option<String>,
}

const GLIMPSE: &str = "SELECT p.id, p.name, e.email, o.name FROM person p LEFT JOIN person_email e ON e.person_id = p.id AND e.place = 0 LEFT JOIN organisation o ON o.id = p.organisation_id";

fn glimpse(row: &Row<'_>) -> Result<Glimpse> {
    Ok(Glimpse { id: row.get(0)?, name: row.get(1)?, email: row.get::<Option<String>>(2)?.unwrap_or_default(), organisation: row.get(3)? })
}

/// Persons of whose name a word, or whose address, begins with a text; a few of them, in no order.
pub fn named(db: &mut Db<'_>, beginning: &str, limit: usize) -> Result<Vec<Glimpse>> {
    let lower = beginning.to_lowercase();
    let plain = literal(&fold(beginning));
    let sql = format!(
        "{GLIMPSE} WHERE p.id IN (SELECT n.id FROM (SELECT id FROM person WHERE folded LIKE ?1 ESCAPE '\\' OR folded LIKE ?2 ESCAPE '\\' LIMIT ?3) n UNION SELECT m.person_id FROM (SELECT person_id FROM person_email WHERE email BETWEEN ?4 AND ?5 LIMIT ?3) m)"
    );
    db.query(&sql, values![format!("{plain}%"), format!("% {plain}%"), limit, &lower, format!("{lower}\u{10FFFF}")], glimpse)
}

/// These persons, in no order.
pub fn glimpses(db: &mut Db<'_>, ids: &[i64]) -> Result<Vec<Glimpse>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let (places, ids) = listed(1, ids.iter().copied());
    db.query(&format!("{GLIMPSE} WHERE p.id IN ({places})"), &ids, glimpse)
}

/// Persons who are called exactly so, whatever the case of the letters and their marks.
pub fn called(db: &mut Db<'_>, name: &str, limit: usize) -> Result<Vec<Glimpse>> {
    db.query(&format!("{GLIMPSE} WHERE p.folded = ?1 ORDER BY p.id LIMIT ?2"), values![fold(name), limit], glimpse)
}

/// A telephone number as it is stored, without the signs that people put between digits.
const DIGITS: &str =
    "REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(f.phone, ' ', ''), '-', ''), '(', ''), ')', ''), '/', ''), '.', ''), '+', '')";

/// Persons in whose number these digits stand one after the other, however it is written; too few digits find nobody.
pub fn with_phone(db: &mut Db<'_>, text: &str, limit: usize) -> Result<Vec<Glimpse>> {
    let digits = digits_of(text);
    if digits.len() < PHONE_DIGITS_MIN || text.chars().any(char::is_alphabetic) {
        return Ok(Vec::new());
    }
    let sql = format!("{GLIMPSE} JOIN person_phone f ON f.person_id = p.id WHERE {DIGITS} LIKE ?1 ORDER BY p.id LIMIT ?2");
    db.query(&sql, values![format!("%{digits}%"), limit], glimpse)
}

/// Persons who have exactly this number, an extension too.
pub fn at_number(db: &mut Db<'_>, text: &str, limit: usize) -> Result<Vec<Glimpse>> {
    let sql = format!("{GLIMPSE} WHERE p.id IN (SELECT f.person_id FROM person_phone f WHERE {DIGITS} = ?1) ORDER BY p.id LIMIT ?2");
    db.query(&sql, values![digits_of(text), limit], glimpse)
}

fn digits_of(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}

/// Everybody who works on a desk, administers or audits.
pub fn staff(db: &mut Db<'_>) -> Result<HashMap<PersonId, Staff>> {
    let rows = db.query(
        "SELECT p.id, p.name, e.email, p.disabled FROM person p JOIN person_email e ON e.person_id = p.id AND e.place = 0 WHERE p.staff = 1 OR p.admin = 1 OR p.auditor = 1",
        values![],
        |row| Ok((row.get(0)?, Staff { name: row.get(1)?, email: row.get(2)?, active: !row.get::<bool>(3)? })),
    )?;
    Ok(rows.into_iter().collect())
}

/// Writes a new person.
pub fn insert(tx: &mut Tx<'_>, person: &Person) -> Result<()> {
    tx.execute(
        "INSERT INTO person (id, name, language, time_zone, vip, organisation_id, organisation_manager, admin, auditor, disabled, staff, fields, created_at, updated_at, version, folded) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, 0, ?11, ?12, ?12, 1, ?13)",
        values![
            person.id, &person.name, person.language.as_deref(), person.time_zone.as_deref(), person.vip, person.organisation,
            person.organisation_manager, person.admin, person.auditor, person.disabled, &person.fields, person.created_at,
            fold(&person.name)
        ],
    )?;
    contact(tx, person)
}

/// Writes what changed, addresses and phones included.
pub fn update(tx: &mut Tx<'_>, person: &Person) -> Result<()> {
    tx.execute(
        "UPDATE person SET name = ?2, language = ?3, time_zone = ?4, vip = ?5, organisation_id = ?6, organisation_manager = ?7, admin = ?8, auditor = ?9, disabled = ?10, fields = ?11, updated_at = ?12, folded = ?13, version = version + 1 WHERE id = ?1",
        values![
            person.id, &person.name, person.language.as_deref(), person.time_zone.as_deref(), person.vip, person.organisation,
            person.organisation_manager, person.admin, person.auditor, person.disabled, &person.fields, person.updated_at,
            fold(&person.name)
        ],
    )?;
    let failing = failing_of(tx, person.id)?;
    tx.execute("DELETE FROM person_email WHERE person_id = ?1", values![person.id])?;
    tx.execute("DELETE FROM person_phone WHERE person_id = ?1", values![person.id])?;
    contact(tx, person)?;
    for one in failing {
        fail(tx, &one.email, one.since, &one.problem)?;
    }
    Ok(())
}

/// An address that mail came back from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FailingEmail {
    /// The address.
    pub email: String,
    /// When it was noticed last.
    pub since: Stamp,
    /// What the relay or the report said.
    pub problem: String,
}

/// Addresses of a person that mail came back from.
pub fn failing_of(db: &mut Db<'_>, person: PersonId) -> Result<Vec<FailingEmail>> {
    db.query(
        "SELECT email, bounced_at, bounce FROM person_email WHERE person_id = ?1 AND bounced_at IS NOT NULL ORDER BY place",
        values![person],
        |row| {
            let problem: Option<String> = row.get(2)?;
            Ok(FailingEmail { email: row.get(0)?, since: row.get(1)?, problem: problem.unwrap_or_default() })
        },
    )
}

/// Notes that mail to an address came back; the person, when somebody has it.
pub fn fail(tx: &mut Tx<'_>, email: &str, at: Stamp, problem: &str) -> Result<Option<PersonId>> {
    tx.execute("UPDATE person_email SET bounced_at = ?2, bounce = ?3 WHERE email = ?1", values![email, at, problem])?;
    id_of(tx, email)
}

/// Forgets that mail to an address came back; false when nothing was noted.
pub fn mend(tx: &mut Tx<'_>, email: &str) -> Result<bool> {
    let sql = "UPDATE person_email SET bounced_at = NULL, bounce = NULL WHERE email = ?1 AND bounced_at IS NOT NULL";
    Ok(tx.execute(sql, values![email])? > 0)
}

fn contact(tx: &mut Tx<'_>, person: &Person) -> Result<()> {
    for (place, email) in person.emails.iter().enumerate() {
        tx.execute("INSERT INTO person_email (email, person_id, place) VALUES (?1, ?2, ?3)", values![email, person.id, place])?;
    }
    for (place, phone) in person.phones.iter().enumerate() {
        tx.execute("INSERT INTO person_phone (person_id, place, phone) VALUES (?1, ?2, ?3)", values![person.id, place, phone])?;
    }
    Ok(())
}

/// Desks on which a person works.
pub fn desks_of(db: &mut Db<'_>, person: PersonId) -> Result<Vec<DeskId>> {
    db.query("SELECT desk_id FROM desk_agent WHERE person_id = ?1 ORDER BY desk_id", values![person], |row| row.get(0))
}

/// Sets on which desks a person works; `staff` follows. The desks that changed are other versions: whoever has one open does not undo it.
pub fn set_desks(tx: &mut Tx<'_>, person: PersonId, desks: &[DeskId]) -> Result<()> {
    let before = desks_of(tx, person)?;
    let changed = before.iter().filter(|desk| !desks.contains(desk)).chain(desks.iter().filter(|desk| !before.contains(desk)));
    for desk in changed {
        tx.execute("UPDATE desk SET version = version + 1 WHERE id = ?1", values![*desk])?;
    }
    tx.execute("DELETE FROM desk_agent WHERE person_id = ?1", values![person])?;
    for desk in desks {
        tx.execute("INSERT INTO desk_agent (desk_id, person_id) VALUES (?1, ?2)", values![*desk, person])?;
    }
    tx.execute("UPDATE person SET staff = ?2 WHERE id = ?1", values![person, !desks.is_empty()])?;
    Ok(())
}

/// The stored password and whether the person is disabled.
pub fn credential(db: &mut Db<'_>, person: PersonId) -> Result<Option<(String, bool)>> {
    db.query_opt(
        "SELECT c.password_hash, p.disabled FROM credential c JOIN person p ON p.id = c.person_id WHERE c.person_id = ?1",
        values![person],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )
}

/// Stores a password.
pub fn set_credential(tx: &mut Tx<'_>, person: PersonId, hash: &str, at: Stamp) -> Result<()> {
    tx.execute(
        "INSERT INTO credential (person_id, password_hash, changed_at) VALUES (?1, ?2, ?3) ON CONFLICT (person_id) DO UPDATE SET password_hash = excluded.password_hash, changed_at = excluded.changed_at",
        values![person, hash, at],
    )?;
    Ok(())
}

/// The organisation that has this mail domain.
pub fn organisation_by_domain(db: &mut Db<'_>, domain: &str) -> Result<Option<OrganisationId>> {
    db.query_opt("SELECT organisation_id FROM organisation_domain WHERE domain = ?1", values![domain], |row| row.get(0))
}
