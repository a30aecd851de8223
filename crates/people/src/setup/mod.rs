//! Set-up in the browser: as long as there is nobody, whoever can read the program's console fills in five short pages, and everything is
//! founded at once. Afterwards its address is like any that does not exist (T-X7).

mod found;
pub mod rows;

pub use found::{FoundDesk, Founded};

use kernel::{Actor, Result};
use serde::{Deserialize, Serialize};

use crate::ServiceDesk;
use crate::second_factor::fresh_code;
use crate::session::{fresh_secret, secret_hash};

/// Who the journal names as author of the set-up.
pub const STEWARD: Actor = Actor::System("setup");

/// What was filled in so far.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Draft {
    /// The administrator.
    pub you: Option<You>,
    /// The first desk.
    pub desk: Option<DeskDraft>,
    /// Its mailbox; empty for none yet.
    pub mailbox: Option<String>,
    /// Its team.
    pub team: Option<TeamDraft>,
}

/// The administrator to be.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct You {
    /// Name.
    pub name: String,
    /// Address.
    pub email: String,
    /// See `password::hash`.
    pub password_hash: String,
    /// Language.
    pub language: String,
    /// Time zone.
    pub time_zone: String,
}

/// The desk to be.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeskDraft {
    /// Whom it helps.
    pub company: String,
    /// What it does: it, care, people, facilities, finance, other.
    pub kind: String,
    /// Its name.
    pub name: String,
    /// Categories to begin with.
    pub categories: Vec<String>,
}

/// The team to be.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TeamDraft {
    /// Its name.
    pub name: String,
    /// Addresses of colleagues, who are invited.
    pub colleagues: Vec<String>,
}

/// Whether there is nobody yet.
pub async fn is_open(desk: &ServiceDesk) -> Result<bool> {
    if desk.settings().staff.is_empty() { Ok(!desk.read(rows::has_anybody).await?) } else { Ok(false) }
}

/// A new code for the console, when there is nobody yet. What was filled in before a restart stays.
pub fn prepare(desk: &ServiceDesk) -> Result<Option<String>> {
    if desk.store().read_blocking(rows::has_anybody)? {
        return Ok(None);
    }
    let code = fresh_code();
    let hash = code_hash(&code);
    desk.store().write_blocking(move |tx| rows::set_code(tx, &hash))?;
    Ok(Some(code))
}

fn code_hash(code: &str) -> String {
    let typed: String = code.chars().filter(|c| c.is_ascii_alphanumeric()).collect();
    secret_hash(&format!("setup:{}", typed.to_lowercase()))
}

/// Shows the code of the console; the secret for the cookie of whoever did.
pub async fn enter(desk: &ServiceDesk, code: &str) -> Result<Option<String>> {
    let (hash, secret) = (code_hash(code), fresh_secret());
    let kept = secret_hash(&secret);
    let right = desk.store().write(move |tx| rows::enter(tx, &hash, &kept)).await?;
    Ok(right.then_some(secret))
}

/// What whoever holds this cookie has filled in; none when the cookie is not theirs.
pub async fn draft(desk: &ServiceDesk, secret: &str) -> Result<Option<Draft>> {
    let hash = secret_hash(secret);
    let text = desk.read(move |db| rows::draft(db, &hash)).await?;
    Ok(text.map(|text| serde_json::from_str(&text).unwrap_or_default()))
}

/// Keeps what was filled in.
pub async fn keep(desk: &ServiceDesk, secret: &str, draft: &Draft) -> Result<()> {
    let (hash, text) = (secret_hash(secret), serde_json::to_string(draft).unwrap_or_default());
    desk.store().write(move |tx| rows::keep(tx, &hash, &text)).await
}
