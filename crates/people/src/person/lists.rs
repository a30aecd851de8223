//! People and organisations as the administration lists them: by name, in pages, narrowed by what is asked.

use kernel::text::{fold, literal};
use kernel::{DeskId, OrganisationId, PersonId, Result};
use store::{Db, Value, values};

/// Which people.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    /// Words that a name or an address begins with.
    pub words: String,
    /// Only with this role.
    pub role: Option<RoleFilter>,
    /// Only of this organisation.
    pub organisation: Option<OrganisationId>,
    /// Only those who may sign in, or only those who may not.
    pub active: Option<bool>,
}

/// A role to look for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RoleFilter {
    /// Administrators.
    Admin,
    /// Auditors.
    Auditor,
    /// Agents of any desk.
    Agent,
    /// Agents of this desk.
    AgentOf(DeskId),
    /// Managers of their organisation.
    Manager,
    /// Nobody of these.
    Requester,
}

/// A person as the list shows them.
#[derive(Clone, Debug)]
pub struct PersonLine {
    /// Identifier.
    pub id: PersonId,
    /// Full name.
    pub name: String,
    /// Primary address.
    pub email: String,
    /// Name of their organisation.
    pub organisation: Option<String>,
    /// Special attention.
    pub vip: bool,
    /// Administrator.
    pub admin: bool,
    /// Auditor.
    pub auditor: bool,
    /// Manager of their organisation.
    pub manager: bool,
    /// Works on some desk.
    pub agent: bool,
    /// May not sign in.
    pub disabled: bool,
}

/// Where a page ends: the folded name and the id.
pub type Place = (String, i64);

/// Values of a statement under construction.
struct Draft {
    text: String,
    binds: Vec<Bind>,
}

enum Bind {
    Int(i64),
    Text(String),
}

impl Draft {
    fn place(&mut self, bind: Bind) -> String {
        self.binds.push(bind);
        format!("?{}", self.binds.len())
    }
    /// Patterns of what begins with a word, of what has a word that begins so, and of addresses that begin so.
    fn beginnings(&mut self, word: &str) -> (String, String, String) {
        let name = literal(&fold(word));
        let (begins, within) = (Bind::Text(format!("{name}%")), Bind::Text(format!("% {name}%")));
        let address = Bind::Text(format!("{}%", literal(&word.to_lowercase())));
        (self.place(begins), self.place(within), self.place(address))
    }
    fn and(&mut self, condition: &str) {
        self.text.push_str(" AND ");
        self.text.push_str(condition);
    }
    fn values(&self) -> Vec<Value<'_>> {
        self.binds
            .iter()
            .map(|bind| match bind {
                Bind::Int(n) => Value::from(*n),
                Bind::Text(text) => Value::from(text),
            })
            .collect()
    }
}

fn narrowed(wanted: &Wanted) -> Draft {
    let mut draft = Draft { text: "1 = 1".to_owned(), binds: Vec::new() };
    for word in wanted.words.split_whitespace().take(4) {
        let (begins, within, address) = draft.beginnings(word);
        draft.and(&format!(
            "(p.folded LIKE {begins} ESCAPE '\\' OR p.folded LIKE {within} ESCAPE '\\' OR p.id IN (SELECT a.person_id FROM person_email a WHERE a.email LIKE {address} ESCAPE '\\'))"
        ));
    }
    match wanted.role {
        None => {}
        Some(RoleFilter::Admin) => draft.and("p.admin = 1"),
        Some(RoleFilter::Auditor) => draft.and("p.auditor = 1"),
        Some(RoleFilter::Agent) => draft.and("p.staff = 1"),
        Some(RoleFilter::AgentOf(desk)) => {
            let desk = draft.place(Bind::Int(desk.get()));
            draft.and(&format!("p.id IN (SELECT d.person_id FROM desk_agent d WHERE d.desk_id = {desk})"));
        }
        Some(RoleFilter::Manager) => draft.and("p.organisation_manager = 1"),
        Some(RoleFilter::Requester) => draft.and("p.admin = 0 AND p.auditor = 0 AND p.staff = 0"),
    }
    if let Some(organisation) = wanted.organisation {
        let place = draft.place(Bind::Int(organisation.get()));
        draft.and(&format!("p.organisation_id = {place}"));
    }
    if let Some(active) = wanted.active {
        draft.and(if active { "p.disabled = 0" } else { "p.disabled = 1" });
    }
    draft
}

/// A page by name, after a place.
pub fn page(db: &mut Db<'_>, wanted: &Wanted, after: Option<&Place>, limit: usize) -> Result<Vec<PersonLine>> {
    let mut draft = narrowed(wanted);
    if let Some((name, id)) = after {
        let (name, id) = (draft.place(Bind::Text(name.clone())), draft.place(Bind::Int(*id)));
        draft.and(&format!("(p.folded > {name} OR (p.folded = {name} AND p.id > {id}))"));
    }
    let limit = draft.place(Bind::Int(i64::try_from(limit).unwrap_or(i64::MAX)));
    let sql = format!(
        "SELECT p.id, p.name, COALESCE(e.email, ''), o.name, p.vip, p.admin, p.auditor, p.organisation_manager, p.staff, p.disabled FROM person p LEFT JOIN person_email e ON e.person_id = p.id AND e.place = 0 LEFT JOIN organisation o ON o.id = p.organisation_id WHERE {} ORDER BY p.folded, p.id LIMIT {limit}",
        draft.text
    );
    db.query(&sql, &draft.values(), |row| {
        Ok(PersonLine {
            id: row.get(0)?,
            name: row.get(1)?,
            email: row.get(2)?,
            organisation: row.get(3)?,
            vip: row.get(4)?,
            admin: row.get(5)?,
            auditor: row.get(6)?,
            manager: row.get(7)?,
            agent: row.get(8)?,
            disabled: row.get(9)?,
        })
    })
}

/// The place of a row as the database folds it, from which the next page goes on.
pub fn place_of(db: &mut Db<'_>, id: PersonId) -> Result<Place> {
    db.query_one("SELECT folded, id FROM person WHERE id = ?1", values![id], |row| Ok((row.get(0)?, row.get(1)?)))
}

/// How many there are in all.
pub fn count(db: &mut Db<'_>, wanted: &Wanted) -> Result<i64> {
    let draft = narrowed(wanted);
    db.query_one(&format!("SELECT COUNT(*) FROM person p WHERE {}", draft.text), &draft.values(), |row| row.get(0))
}

/// Open tickets that somebody has: as the one who works on them.
pub fn assigned(db: &mut Db<'_>, person: PersonId) -> Result<i64> {
    db.query_one("SELECT COUNT(*) FROM ticket WHERE assignee_id = ?1 AND open = 1", values![person], |row| row.get(0))
}

/// Whether somebody has a password to sign in with.
pub fn has_password(db: &mut Db<'_>, person: PersonId) -> Result<bool> {
    let found: Option<i64> = db.query_opt("SELECT 1 FROM credential WHERE person_id = ?1", values![person], |row| row.get(0))?;
    Ok(found.is_some())
}

/// An organisation as the list shows it.
#[derive(Clone, Debug)]
pub struct OrganisationLine {
    /// Identifier.
    pub id: OrganisationId,
    /// Name.
    pub name: String,
    /// Its first mail domain.
    pub domain: Option<String>,
    /// Who sees what its members asked for.
    pub sharing: String,
    /// How many people belong to it.
    pub people: i64,
}

/// Organisations by name, after a place.
pub fn organisations(db: &mut Db<'_>, words: &str, after: Option<&Place>, limit: usize) -> Result<Vec<OrganisationLine>> {
    let mut draft = Draft { text: "1 = 1".to_owned(), binds: Vec::new() };
    for word in words.split_whitespace().take(4) {
        let (begins, within, address) = draft.beginnings(word);
        draft.and(&format!(
            "(o.folded LIKE {begins} ESCAPE '\\' OR o.folded LIKE {within} ESCAPE '\\' OR o.id IN (SELECT d.organisation_id FROM organisation_domain d WHERE d.domain LIKE {address} ESCAPE '\\'))"
        ));
    }
    if let Some((name, id)) = after {
        let (name, id) = (draft.place(Bind::Text(name.clone())), draft.place(Bind::Int(*id)));
        draft.and(&format!("(o.folded > {name} OR (o.folded = {name} AND o.id > {id}))"));
    }
    let limit = draft.place(Bind::Int(i64::try_from(limit).unwrap_or(i64::MAX)));
    let sql = format!(
        "SELECT o.id, o.name, (SELECT MIN(d.domain) FROM organisation_domain d WHERE d.organisation_id = o.id), o.sharing, (SELECT COUNT(*) FROM person p WHERE p.organisation_id = o.id) FROM organisation o WHERE {} ORDER BY o.folded, o.id LIMIT {limit}",
        draft.text
    );
    db.query(&sql, &draft.values(), |row| {
        Ok(OrganisationLine { id: row.get(0)?, name: row.get(1)?, domain: row.get(2)?, sharing: row.get(3)?, people: row.get(4)? })
    })
}

/// The place of an organisation's row.
pub fn place_of_organisation(db: &mut Db<'_>, id: OrganisationId) -> Result<Place> {
    db.query_one("SELECT folded, id FROM organisation WHERE id = ?1", values![id], |row| Ok((row.get(0)?, row.get(1)?)))
}

/// How many people would see what the others of an organisation asked for.
pub fn managers_of(db: &mut Db<'_>, id: OrganisationId) -> Result<(i64, i64)> {
    db.query_one(
        "SELECT COUNT(*), CAST(COALESCE(SUM(organisation_manager), 0) AS BIGINT) FROM person WHERE organisation_id = ?1",
        values![id],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )
}
