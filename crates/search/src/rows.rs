//! What is indexed, as rows. Reads only.

use kernel::{OrganisationId, PersonId, Result, TicketId};
use store::{Db, Value, listed, values};

/// A ticket with its words.
#[derive(Clone, Debug, Default)]
pub(crate) struct TicketText {
    pub(crate) id: i64,
    pub(crate) desk: i64,
    /// Its number, and those it had.
    pub(crate) numbers: Vec<String>,
    pub(crate) title: String,
    pub(crate) tags: Vec<String>,
    pub(crate) updated_at: i64,
    /// Who could see it, as the index writes it.
    pub(crate) reach: Vec<String>,
    /// Messages and names of files that everybody reads who sees the ticket.
    pub(crate) open: Vec<String>,
    /// Those that only the desk reads.
    pub(crate) inside: Vec<String>,
    /// How many messages were read.
    pub(crate) messages: usize,
    /// Whether there are files with text.
    pub(crate) has_files: bool,
}

/// The text of a file.
#[derive(Clone, Debug)]
pub(crate) struct FileText {
    /// Whether everybody reads it who sees the ticket.
    pub(crate) open: bool,
    pub(crate) text: String,
}

/// Somebody, or an organisation.
#[derive(Clone, Debug, Default)]
pub(crate) struct NamedText {
    pub(crate) id: i64,
    pub(crate) name: String,
    /// Addresses, telephones, the organisation's name or domains.
    pub(crate) about: Vec<String>,
    pub(crate) updated_at: i64,
}

/// So much of one message is indexed: what is longer is a log that somebody pasted.
const MESSAGE_CHARS_MAX: i64 = 50_000;
/// So much of one ticket: a loop of machines must not fill the memory.
const TICKET_BYTES_MAX: usize = 1024 * 1024;
/// So many files of one ticket, the newest first, and so much of their text.
const FILES_MAX: usize = 40;
const FILES_BYTES_MAX: usize = 1024 * 1024;

/// A message of these kinds is read by everybody who sees the ticket, unless it is held, junk, or belongs to a side conversation.
const OPEN: &str = "m.kind <> 'note' AND m.held = 0 AND m.discarded = 0 AND m.side_id IS NULL";

/// The tickets with these ids; what is not there any more is left out.
pub(crate) fn tickets(db: &mut Db<'_>, ids: &[i64]) -> Result<Vec<TicketText>> {
    let (list, binds) = listed(1, ids.iter().copied());
    let mut found = db.query(
        &format!(
            "SELECT id, desk_id, number, title, updated_at, requester_id, organisation_id FROM ticket WHERE id IN ({list}) ORDER BY id"
        ),
        &binds,
        |row| {
            let (desk, requester): (i64, PersonId) = (row.get(1)?, row.get(5)?);
            let organisation: Option<OrganisationId> = row.get(6)?;
            let mut reach = vec![format!("d{desk}"), format!("p{requester}")];
            reach.extend(organisation.map(|id| format!("o{id}")));
            Ok(TicketText {
                id: row.get(0)?,
                desk,
                numbers: vec![row.get(2)?],
                title: row.get(3)?,
                updated_at: row.get::<i64>(4)? / 1_000_000,
                reach,
                ..TicketText::default()
            })
        },
    )?;
    let mut add = |sql: String, put: &dyn Fn(&mut TicketText, String)| -> Result<()> {
        db.each(&sql, &binds, |row| {
            let id: i64 = row.get(0)?;
            if let Some(one) = found.binary_search_by_key(&id, |one| one.id).ok().and_then(|at| found.get_mut(at)) {
                put(one, row.get(1)?);
            }
            Ok(())
        })
    };
    add(format!("SELECT ticket_id, number FROM former_number WHERE ticket_id IN ({list})"), &|one, text| one.numbers.push(text))?;
    add(format!("SELECT ticket_id, tag FROM ticket_tag WHERE ticket_id IN ({list})"), &|one, text| one.tags.push(text))?;
    add(format!("SELECT ticket_id, CAST(person_id AS TEXT) FROM participant WHERE ticket_id IN ({list})"), &|one, text| {
        one.reach.push(format!("p{text}"));
    })?;
    add(format!("SELECT ticket_id, CAST(desk_id AS TEXT) FROM ticket_desk WHERE ticket_id IN ({list})"), &|one, text| {
        one.reach.push(format!("d{text}"));
    })?;
    let texts = |open: bool| {
        let which = if open { OPEN.to_owned() } else { format!("NOT ({OPEN})") };
        format!(
            "SELECT m.ticket_id, substr(m.body_text, 1, {MESSAGE_CHARS_MAX}) FROM message m WHERE m.ticket_id IN ({list}) AND {which} ORDER BY m.id DESC"
        )
    };
    let files = |open: bool| {
        let which = if open { OPEN.to_owned() } else { format!("NOT ({OPEN})") };
        format!(
            "SELECT m.ticket_id, a.filename FROM message m JOIN attachment a ON a.message_id = m.id WHERE m.ticket_id IN ({list}) AND m.files > 0 AND {which}"
        )
    };
    for (open, message) in [(true, true), (true, false), (false, true), (false, false)] {
        add(if message { texts(open) } else { files(open) }, &|one, text| {
            let held: usize = one.open.iter().chain(&one.inside).map(String::len).sum();
            one.messages += usize::from(message);
            if held + text.len() <= TICKET_BYTES_MAX {
                if open { &mut one.open } else { &mut one.inside }.push(text);
            }
        })?;
    }
    add(
        format!(
            "SELECT DISTINCT m.ticket_id, '' FROM message m JOIN attachment a ON a.message_id = m.id JOIN file_text t ON t.hash = a.hash WHERE m.ticket_id IN ({list}) AND m.files > 0 AND t.text IS NOT NULL"
        ),
        &|one, _| one.has_files = true,
    )?;
    Ok(found)
}

/// The text of a ticket's files, each content once: openly where one message shows it to everybody.
pub(crate) fn files(db: &mut Db<'_>, ticket: i64) -> Result<Vec<FileText>> {
    let sql = format!(
        "SELECT MAX(CASE WHEN {OPEN} THEN 1 ELSE 0 END), t.text FROM message m JOIN attachment a ON a.message_id = m.id JOIN file_text t ON t.hash = a.hash
         WHERE m.ticket_id = ?1 AND m.files > 0 AND t.text IS NOT NULL GROUP BY t.hash ORDER BY MAX(a.id) DESC LIMIT ?2"
    );
    let (mut found, mut held) = (Vec::new(), 0);
    db.each(&sql, values![ticket, FILES_MAX], |row| {
        let text: String = row.get(1)?;
        held += text.len();
        if held <= FILES_BYTES_MAX {
            found.push(FileText { open: row.get::<i64>(0)? == 1, text });
        }
        Ok(())
    })?;
    Ok(found)
}

/// The tickets to which the content of these files is attached.
pub(crate) fn tickets_of_files(db: &mut Db<'_>, files: &[i64]) -> Result<Vec<i64>> {
    if files.is_empty() {
        return Ok(Vec::new());
    }
    let (list, binds) = listed(1, files.iter().copied());
    let sql = format!(
        "SELECT DISTINCT m.ticket_id FROM attachment f JOIN attachment a ON a.hash = f.hash JOIN message m ON m.id = a.message_id WHERE f.id IN ({list})"
    );
    db.query(&sql, &binds, |row| row.get(0))
}

/// The persons with these ids.
pub(crate) fn people(db: &mut Db<'_>, ids: &[i64]) -> Result<Vec<NamedText>> {
    let (list, binds) = listed(1, ids.iter().copied());
    let mut found = db.query(
        &format!("SELECT p.id, p.name, p.updated_at, o.name FROM person p LEFT JOIN organisation o ON o.id = p.organisation_id WHERE p.id IN ({list}) ORDER BY p.id"),
        &binds,
        |row| {
            let organisation: Option<String> = row.get(3)?;
            let updated_at = row.get::<i64>(2)? / 1_000_000;
            Ok(NamedText { id: row.get(0)?, name: row.get(1)?, about: organisation.into_iter().collect(), updated_at })
        },
    )?;
    about(db, &mut found, &format!("SELECT person_id, email FROM person_email WHERE person_id IN ({list})"), &binds)?;
    about(db, &mut found, &format!("SELECT person_id, phone FROM person_phone WHERE person_id IN ({list})"), &binds)?;
    Ok(found)
}

/// Who belongs to these organisations.
pub(crate) fn people_of(db: &mut Db<'_>, organisations: &[i64]) -> Result<Vec<i64>> {
    if organisations.is_empty() {
        return Ok(Vec::new());
    }
    let (list, binds) = listed(1, organisations.iter().copied());
    db.query(&format!("SELECT id FROM person WHERE organisation_id IN ({list})"), &binds, |row| row.get(0))
}

/// The organisations with these ids.
pub(crate) fn organisations(db: &mut Db<'_>, ids: &[i64]) -> Result<Vec<NamedText>> {
    let (list, binds) = listed(1, ids.iter().copied());
    let mut found =
        db.query(&format!("SELECT id, name, updated_at FROM organisation WHERE id IN ({list}) ORDER BY id"), &binds, |row| {
            Ok(NamedText { id: row.get(0)?, name: row.get(1)?, about: Vec::new(), updated_at: row.get::<i64>(2)? / 1_000_000 })
        })?;
    about(db, &mut found, &format!("SELECT organisation_id, domain FROM organisation_domain WHERE organisation_id IN ({list})"), &binds)?;
    Ok(found)
}

fn about(db: &mut Db<'_>, found: &mut [NamedText], sql: &str, binds: &[Value<'_>]) -> Result<()> {
    let rows: Vec<(i64, String)> = db.query(sql, binds, |row| Ok((row.get(0)?, row.get(1)?)))?;
    for (id, text) in rows {
        if let Some(one) = found.binary_search_by_key(&id, |one| one.id).ok().and_then(|at| found.get_mut(at)) {
            one.about.push(text);
        }
    }
    Ok(())
}

/// The ids of a table below one, the newest first: a rebuild begins with what people look for.
pub(crate) fn below(db: &mut Db<'_>, table: Table, id: i64, limit: usize) -> Result<Vec<i64>> {
    let sql = match table {
        Table::Ticket => "SELECT id FROM ticket WHERE id < ?1 ORDER BY id DESC LIMIT ?2",
        Table::Person => "SELECT id FROM person WHERE id < ?1 ORDER BY id DESC LIMIT ?2",
        Table::Organisation => "SELECT id FROM organisation WHERE id < ?1 ORDER BY id DESC LIMIT ?2",
    };
    db.query(sql, values![id, limit], |row| row.get(0))
}

/// How many rows a rebuild has to read.
pub(crate) fn how_many(db: &mut Db<'_>) -> Result<i64> {
    let sql = "SELECT (SELECT COUNT(*) FROM ticket) + (SELECT COUNT(*) FROM person) + (SELECT COUNT(*) FROM organisation)";
    db.query_one(sql, &[], |row| row.get(0))
}

/// Tables whose rows are indexed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Table {
    Ticket,
    Person,
    Organisation,
}

/// A message as snippets are cut from it.
#[derive(Clone, Debug)]
pub(crate) struct Passage {
    pub(crate) message: i64,
    pub(crate) text: String,
}

/// So many messages of a ticket, and so much of each, are looked at for a snippet.
const PASSAGES_MAX: usize = 24;
const PASSAGE_CHARS_MAX: i64 = 6_000;

/// The newest messages of a ticket; without its inside for those who may not read it.
pub(crate) fn passages(db: &mut Db<'_>, ticket: TicketId, inside: bool) -> Result<Vec<Passage>> {
    let which = if inside { "1 = 1" } else { OPEN };
    let sql = format!(
        "SELECT m.id, substr(m.body_text, 1, {PASSAGE_CHARS_MAX}) FROM message m WHERE m.ticket_id = ?1 AND {which} ORDER BY m.id DESC LIMIT ?2"
    );
    db.query(&sql, values![ticket, PASSAGES_MAX], |row| Ok(Passage { message: row.get(0)?, text: row.get(1)? }))
}

/// So much of a first message tells what it is about.
const OPENING_CHARS_MAX: i64 = 2_000;

/// The beginning of the first message that everybody reads; empty where there is none.
pub(crate) fn opening(db: &mut Db<'_>, ticket: TicketId) -> Result<String> {
    let sql = format!(
        "SELECT substr(m.body_text, 1, {OPENING_CHARS_MAX}) FROM message m WHERE m.ticket_id = ?1 AND {OPEN} ORDER BY m.id LIMIT 1"
    );
    Ok(db.query_opt(&sql, values![ticket], |row| row.get(0))?.unwrap_or_default())
}

/// A file as snippets are cut from it.
#[derive(Clone, Debug)]
pub(crate) struct NamedFile {
    pub(crate) message: i64,
    pub(crate) handle: String,
    pub(crate) name: String,
    /// Its content.
    pub(crate) hash: String,
}

/// So many files of a ticket are looked at for a snippet.
const NAMED_FILES_MAX: usize = 12;

/// The newest files of a ticket that lie beside its messages; without its inside for those who may not read it.
pub(crate) fn named_files(db: &mut Db<'_>, ticket: TicketId, inside: bool) -> Result<Vec<NamedFile>> {
    let which = if inside { "1 = 1" } else { OPEN };
    let sql = format!(
        "SELECT m.id, a.handle, a.filename, a.hash FROM message m JOIN attachment a ON a.message_id = m.id
         WHERE m.ticket_id = ?1 AND m.files > 0 AND {which} ORDER BY a.id DESC LIMIT ?2"
    );
    db.query(&sql, values![ticket, NAMED_FILES_MAX], |row| {
        Ok(NamedFile { message: row.get(0)?, handle: row.get(1)?, name: row.get(2)?, hash: row.get(3)? })
    })
}

/// The text of a content, where it is known and there is any.
pub(crate) fn file_text(db: &mut Db<'_>, hash: &str) -> Result<Option<String>> {
    db.query_opt("SELECT text FROM file_text WHERE hash = ?1 AND text IS NOT NULL", values![hash], |row| row.get(0))
}
