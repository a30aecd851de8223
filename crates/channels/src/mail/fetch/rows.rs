//! Accounts, where fetching stands in their folders, and which messages were taken, as rows.

use std::collections::HashSet;

use kernel::{IntakeId, MailSourceId, Result, Stamp};
use store::{Db, Row, Tx, Value, values};

use super::source::{Afterwards, Auth, Kind, MailSource, Provider, Security};

const COLUMNS: &str = "id, mailbox_id, kind, host, port, security, username, auth, provider, token_url, client_id, password, client_secret, refresh_token, folders, afterwards, move_to, active, version, created_at";

fn source(row: &Row<'_>) -> Result<MailSource> {
    let word = |index: usize| row.get::<String>(index);
    let folders: String = row.get(14)?;
    Ok(MailSource {
        id: row.get(0)?,
        mailbox: row.get(1)?,
        kind: Kind::by_word(&word(2)?).unwrap_or(Kind::Imap),
        host: row.get(3)?,
        port: u16::try_from(row.get::<i64>(4)?).unwrap_or_default(),
        security: Security::by_word(&word(5)?).unwrap_or(Security::Tls),
        user: row.get(6)?,
        auth: Auth::by_word(&word(7)?).unwrap_or(Auth::Password),
        provider: row.get::<Option<String>>(8)?.as_deref().and_then(Provider::by_word),
        token_url: row.get(9)?,
        client_id: row.get(10)?,
        password: row.get(11)?,
        client_secret: row.get(12)?,
        refresh_token: row.get(13)?,
        folders: serde_json::from_str(&folders).unwrap_or_default(),
        // A word from a later version must not make anything go away.
        afterwards: Afterwards::by_word(&word(15)?).unwrap_or(Afterwards::Keep),
        move_to: row.get(16)?,
        active: row.get(17)?,
        version: row.get(18)?,
        created_at: row.get(19)?,
    })
}

/// All accounts, in the order in which they were added.
pub fn sources(db: &mut Db<'_>) -> Result<Vec<MailSource>> {
    db.query(&format!("SELECT {COLUMNS} FROM mail_source ORDER BY id"), values![], source)
}

/// One account.
pub fn by_id(db: &mut Db<'_>, id: MailSourceId) -> Result<Option<MailSource>> {
    db.query_opt(&format!("SELECT {COLUMNS} FROM mail_source WHERE id = ?1"), values![id], source)
}

/// Writes a new account.
pub fn insert(tx: &mut Tx<'_>, s: &MailSource) -> Result<()> {
    let now = tx.now();
    let folders = serde_json::to_string(&s.folders).unwrap_or_default();
    tx.execute(
        &format!("INSERT INTO mail_source ({COLUMNS}, updated_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?20)"),
        values![
            s.id, s.mailbox, s.kind.word(), &s.host, s.port, s.security.word(), &s.user, s.auth.word(), s.provider.map(Provider::word),
            &s.token_url, &s.client_id, &s.password, &s.client_secret, &s.refresh_token, folders, s.afterwards.word(), &s.move_to, s.active,
            s.version, now
        ],
    )?;
    Ok(())
}

/// Writes a changed account; its version rises.
pub fn update(tx: &mut Tx<'_>, s: &MailSource) -> Result<()> {
    let now = tx.now();
    let folders = serde_json::to_string(&s.folders).unwrap_or_default();
    tx.execute(
        "UPDATE mail_source SET mailbox_id = ?2, host = ?3, port = ?4, security = ?5, username = ?6, auth = ?7, provider = ?8, token_url = ?9, client_id = ?10, password = ?11, client_secret = ?12, refresh_token = ?13, folders = ?14, afterwards = ?15, move_to = ?16, active = ?17, updated_at = ?18, version = version + 1 WHERE id = ?1",
        values![
            s.id, s.mailbox, &s.host, s.port, s.security.word(), &s.user, s.auth.word(), s.provider.map(Provider::word), &s.token_url,
            &s.client_id, &s.password, &s.client_secret, &s.refresh_token, folders, s.afterwards.word(), &s.move_to, s.active, now
        ],
    )?;
    Ok(())
}

/// Removes an account with everything that is known of its folders.
pub fn remove(tx: &mut Tx<'_>, id: MailSourceId) -> Result<()> {
    for sql in [
        "DELETE FROM mail_source_taken WHERE source_id = ?1",
        "DELETE FROM mail_source_folder WHERE source_id = ?1",
        "DELETE FROM mail_source WHERE id = ?1",
    ] {
        tx.execute(sql, values![id])?;
    }
    Ok(())
}

/// Keeps the refresh token that a provider gave in place of `before`; not when somebody set another one meanwhile.
pub fn renew_refresh_token(tx: &mut Tx<'_>, id: MailSourceId, before: &str, after: &str) -> Result<bool> {
    let sql = "UPDATE mail_source SET refresh_token = ?3 WHERE id = ?1 AND refresh_token = ?2";
    Ok(tx.execute(sql, values![id, before, after])? == 1)
}

/// Whether mail is to be fetched from an account as it was when its version was this.
pub fn is_current(db: &mut Db<'_>, id: MailSourceId, version: i64) -> Result<bool> {
    let sql = "SELECT 1 FROM mail_source WHERE id = ?1 AND version = ?2 AND active = 1";
    Ok(db.query_opt::<i64>(sql, values![id, version], |row| row.get(0))?.is_some())
}

/// Where fetching stands in a folder.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FolderState {
    /// Its name; empty for POP3.
    pub folder: String,
    /// UIDVALIDITY under which the following holds.
    pub validity: i64,
    /// Every message up to this UID was seen to.
    pub last_uid: i64,
    /// Up to this UID messages were there before fetching began; of those only unread ones are taken when they are merely to be marked.
    pub known_uid: i64,
    /// When everything that waited had last been taken.
    pub last_success_at: Option<Stamp>,
    /// What stands in the way.
    pub problem: Option<String>,
    /// In the server's words.
    pub detail: Option<String>,
    /// Since when.
    pub problem_at: Option<Stamp>,
}

const FOLDER_COLUMNS: &str = "folder, validity, last_uid, known_uid, last_success_at, problem, detail, problem_at";

fn folder_state(row: &Row<'_>) -> Result<FolderState> {
    Ok(FolderState {
        folder: row.get(0)?,
        validity: row.get(1)?,
        last_uid: row.get(2)?,
        known_uid: row.get(3)?,
        last_success_at: row.get(4)?,
        problem: row.get(5)?,
        detail: row.get(6)?,
        problem_at: row.get(7)?,
    })
}

/// The folders of an account in which fetching has begun.
pub fn folders(db: &mut Db<'_>, id: MailSourceId) -> Result<Vec<FolderState>> {
    db.query(&format!("SELECT {FOLDER_COLUMNS} FROM mail_source_folder WHERE source_id = ?1 ORDER BY folder"), values![id], folder_state)
}

/// One folder.
pub fn folder(db: &mut Db<'_>, id: MailSourceId, folder: &str) -> Result<Option<FolderState>> {
    let sql = format!("SELECT {FOLDER_COLUMNS} FROM mail_source_folder WHERE source_id = ?1 AND folder = ?2");
    db.query_opt(&sql, values![id, folder], folder_state)
}

/// Begins anew in a folder: at first sight, and when its UIDVALIDITY is another.
pub fn begin_folder(tx: &mut Tx<'_>, id: MailSourceId, folder: &str, validity: i64, known_uid: i64) -> Result<()> {
    tx.execute(
        "INSERT INTO mail_source_folder (source_id, folder, validity, last_uid, known_uid) VALUES (?1, ?2, ?3, 0, ?4)
         ON CONFLICT (source_id, folder) DO UPDATE SET validity = excluded.validity, last_uid = 0, known_uid = excluded.known_uid",
        values![id, folder, validity, known_uid],
    )?;
    // Numbers of before mean nothing now.
    tx.execute(
        "UPDATE mail_source_taken SET settled = 1 WHERE source_id = ?1 AND folder = ?2 AND settled = 0 AND validity <> ?3",
        values![id, folder, validity],
    )?;
    Ok(())
}

/// Everything up to this UID was seen to.
pub fn advance(tx: &mut Tx<'_>, id: MailSourceId, folder: &str, validity: i64, last_uid: i64) -> Result<()> {
    let sql = "UPDATE mail_source_folder SET last_uid = ?4 WHERE source_id = ?1 AND folder = ?2 AND validity = ?3 AND last_uid < ?4";
    tx.execute(sql, values![id, folder, validity, last_uid])?;
    Ok(())
}

/// Everything that waited was taken.
pub fn note_success(tx: &mut Tx<'_>, id: MailSourceId, folder: &str) -> Result<()> {
    let now = tx.now();
    tx.execute(
        "INSERT INTO mail_source_folder (source_id, folder, validity, last_uid, known_uid, last_success_at) VALUES (?1, ?2, 0, 0, 0, ?3)
         ON CONFLICT (source_id, folder) DO UPDATE SET last_success_at = excluded.last_success_at, problem = NULL, detail = NULL, problem_at = NULL",
        values![id, folder, now],
    )?;
    Ok(())
}

/// Something stands in the way; `problem_at` stays when it did before.
pub fn note_problem(tx: &mut Tx<'_>, id: MailSourceId, folder: &str, problem: &str, detail: &str) -> Result<()> {
    let now = tx.now();
    tx.execute(
        "INSERT INTO mail_source_folder (source_id, folder, validity, last_uid, known_uid, problem, detail, problem_at) VALUES (?1, ?2, 0, 0, 0, ?3, ?4, ?5)
         ON CONFLICT (source_id, folder) DO UPDATE SET
           problem_at = CASE WHEN mail_source_folder.problem = excluded.problem THEN mail_source_folder.problem_at ELSE excluded.problem_at END,
           problem = excluded.problem, detail = excluded.detail",
        values![id, folder, problem, detail, now],
    )?;
    Ok(())
}

/// How many messages of an account were taken.
pub fn count_taken(db: &mut Db<'_>, id: MailSourceId) -> Result<i64> {
    db.query_one("SELECT COUNT(*) FROM mail_source_taken WHERE source_id = ?1", values![id], |row| row.get(0))
}

/// A place in which markers hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The account.
    pub source: MailSourceId,
    /// The folder; empty for POP3.
    pub folder: String,
    /// Its UIDVALIDITY; 0 for POP3.
    pub validity: i64,
}

/// Markers asked for in one statement.
const MARKERS_AT_ONCE: usize = 400;

/// Which of these were taken.
pub fn taken_of(db: &mut Db<'_>, place: &Place, markers: &[String]) -> Result<HashSet<String>> {
    let mut found = HashSet::new();
    for some in markers.chunks(MARKERS_AT_ONCE) {
        let marks: Vec<String> = (0..some.len()).map(|at| format!("?{}", at + 4)).collect();
        let sql = format!(
            "SELECT marker FROM mail_source_taken WHERE source_id = ?1 AND folder = ?2 AND validity = ?3 AND marker IN ({})",
            marks.join(", ")
        );
        let mut bound: Vec<Value<'_>> = vec![place.source.into(), (&place.folder).into(), place.validity.into()];
        bound.extend(some.iter().map(Value::from));
        found.extend(db.query::<String>(&sql, &bound, |row| row.get(0))?);
    }
    Ok(found)
}

/// A message of an account that had the same content.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Same {
    /// Where it was.
    pub folder: String,
    /// Under which UIDVALIDITY.
    pub validity: i64,
    /// Its marker.
    pub marker: String,
    /// What became of it.
    pub intake: IntakeId,
    /// The server has nothing left to do about it.
    pub settled: bool,
}

impl Same {
    /// Whether it was taken under the numbers that hold in this place.
    pub fn is_in(&self, place: &Place) -> bool {
        self.folder == place.folder && self.validity == place.validity
    }
}

/// Messages of an account with this content, the latest first.
pub fn same_content(db: &mut Db<'_>, source: MailSourceId, raw_hash: &str, limit: usize) -> Result<Vec<Same>> {
    let sql = "SELECT folder, validity, marker, intake_id, settled FROM mail_source_taken WHERE source_id = ?1 AND raw_hash = ?2 ORDER BY intake_id DESC LIMIT ?3";
    let same = |row: &Row<'_>| {
        Ok(Same { folder: row.get(0)?, validity: row.get(1)?, marker: row.get(2)?, intake: row.get(3)?, settled: row.get(4)? })
    };
    db.query(sql, values![source, raw_hash, limit], same)
}

/// Marks a message as taken; `settled` when the server has nothing left to do about it.
pub fn mark(tx: &mut Tx<'_>, place: &Place, marker: &str, raw_hash: &str, intake: IntakeId, settled: bool) -> Result<()> {
    tx.execute(
        "INSERT INTO mail_source_taken (source_id, folder, validity, marker, raw_hash, intake_id, settled) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        values![place.source, &place.folder, place.validity, marker, raw_hash, intake, settled],
    )?;
    Ok(())
}

/// Messages that were taken and that the server still has to mark, move or remove.
pub fn unsettled(db: &mut Db<'_>, place: &Place, limit: usize) -> Result<Vec<String>> {
    db.query(
        "SELECT marker FROM mail_source_taken WHERE source_id = ?1 AND folder = ?2 AND validity = ?3 AND settled = 0 ORDER BY intake_id LIMIT ?4",
        values![place.source, &place.folder, place.validity, limit],
        |row| row.get(0),
    )
}

/// The server did.
pub fn settle(tx: &mut Tx<'_>, place: &Place, markers: &[String]) -> Result<()> {
    for marker in markers {
        tx.execute(
            "UPDATE mail_source_taken SET settled = 1 WHERE source_id = ?1 AND folder = ?2 AND validity = ?3 AND marker = ?4",
            values![place.source, &place.folder, place.validity, marker],
        )?;
    }
    Ok(())
}
