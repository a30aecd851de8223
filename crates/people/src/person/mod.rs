//! A person: somebody with addresses, numbers, a language and a time zone; requester, agent or both. Who only rings has no address; whoever
//! signs in or works here has one.

pub mod api;
mod bounce;
mod caller;
mod commands;
pub mod email;
pub mod lists;
pub mod password;
pub mod rows;

pub use bounce::{clear_bounce, note_bounce};
pub use caller::{Caller, ensure_caller};
pub(crate) use commands::tell_roles;
pub use commands::{AddPerson, ChangeOwnPassword, ChangePerson, EnablePerson, RoleSet, SetPassword, ensure_person};

use kernel::{OrganisationId, PersonId, Stamp};

/// A person's record.
#[derive(Clone, Debug)]
pub struct Person {
    /// Identifier.
    pub id: PersonId,
    /// Full name as they write it.
    pub name: String,
    /// Addresses, the primary first, lower case; none for somebody who only rings.
    pub emails: Vec<String>,
    /// Numbers as written.
    pub phones: Vec<String>,
    /// The organisation they belong to.
    pub organisation: Option<OrganisationId>,
    /// Whether they see their organisation's tickets.
    pub organisation_manager: bool,
    /// BCP 47 tag.
    pub language: Option<String>,
    /// IANA zone.
    pub time_zone: Option<String>,
    /// Deserves special attention.
    pub vip: bool,
    /// Administrator.
    pub admin: bool,
    /// Auditor.
    pub auditor: bool,
    /// May not sign in.
    pub disabled: bool,
    /// Custom values, JSON object.
    pub fields: String,
    /// Made.
    pub created_at: Stamp,
    /// Last changed.
    pub updated_at: Stamp,
    /// Rises with each change.
    pub version: i64,
}
