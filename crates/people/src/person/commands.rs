//! Adding, changing, disabling persons; setting passwords and roles.

use journal::Fact;
use kernel::limits::NAME_CHARS_MAX;
use kernel::{DeskId, FieldError, Locale, Message, OrganisationId, PersonId, Refusal, Result};

use super::{Person, email, rows};
use crate::{Command, Context, once, policy, session, token};

const PHONES_MAX: usize = 20;
const PHONE_CHARS_MAX: usize = 60;

/// What a person may do.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RoleSet {
    /// Administrator.
    pub admin: bool,
    /// Auditor.
    pub auditor: bool,
    /// Sees the tickets of their organisation.
    pub organisation_manager: bool,
    /// Desks on which they are an agent.
    pub desks: Vec<DeskId>,
}

/// Adds a person.
#[derive(Clone, Debug, Default)]
pub struct AddPerson {
    /// Full name; when it is empty the local part of the address stands in, or the number.
    pub name: String,
    /// Addresses, the primary first; whoever has no rights and does not sign in needs none.
    pub emails: Vec<String>,
    /// Phone numbers.
    pub phones: Vec<String>,
    /// Organisation; found by mail domain when absent.
    pub organisation: Option<OrganisationId>,
    /// BCP 47 tag.
    pub language: Option<String>,
    /// IANA zone.
    pub time_zone: Option<String>,
    /// Special attention.
    pub vip: bool,
    /// Rights.
    pub roles: RoleSet,
    /// Hash of a password (see `password::hash`), when they shall sign in.
    pub password_hash: Option<String>,
    /// Custom values, JSON object.
    pub fields: Option<String>,
}

impl Command for AddPerson {
    type Receipt = PersonId;
    fn run(self, cx: &mut Context<'_, '_>) -> Result<PersonId> {
        policy::must_keep_people(cx.actor)?;
        if self.roles != RoleSet::default() || self.password_hash.is_some() {
            policy::must_administer(cx.actor)?;
        }
        let (emails, phones) = (clean_emails(&self.emails)?, clean_phones(&self.phones)?);
        if emails.is_empty() && (self.roles != RoleSet::default() || self.password_hash.is_some()) {
            return Err(Refusal::invalid("emails", Message::new("error-email-needed")).into());
        }
        check_profile(self.language.as_deref(), self.time_zone.as_deref())?;
        let organisation = match (self.organisation, emails.first()) {
            (Some(organisation), _) => Some(organisation),
            (None, Some(email)) => organisation_of(cx, email)?,
            (None, None) => None,
        };
        let person = Person {
            id: PersonId(cx.tx.id()),
            name: clean_name(&self.name, stands_in(&emails, &phones))?,
            emails,
            phones,
            organisation,
            organisation_manager: self.roles.organisation_manager,
            language: self.language,
            time_zone: self.time_zone,
            vip: self.vip,
            admin: self.roles.admin,
            auditor: self.roles.auditor,
            disabled: false,
            fields: self.fields.unwrap_or_else(|| "{}".to_owned()),
            created_at: cx.now(),
            updated_at: cx.now(),
            version: 1,
        };
        for address in &person.emails {
            free(cx, address, person.id)?;
        }
        rows::insert(cx.tx, &person)?;
        cx.append(&Fact::PersonAdded { person: person.id })?;
        if self.roles != RoleSet::default() {
            set_roles(cx, person.id, &self.roles)?;
        }
        if let Some(hash) = self.password_hash {
            let now = cx.now();
            rows::set_credential(cx.tx, person.id, &hash, now)?;
        }
        Ok(person.id)
    }
}

/// Finds the person with this address or adds them, as an incoming mail or a logged call does.
pub fn ensure_person(cx: &mut Context<'_, '_>, address: &str, name: &str, language: Option<Locale>) -> Result<PersonId> {
    let Some(address) = email::normalise(address) else {
        return Err(Refusal::invalid("requester", Message::new("error-email-invalid")).into());
    };
    if let Some(known) = rows::id_of(cx.tx, &address)? {
        return Ok(known);
    }
    // Two first mails of somebody new may come at once: the second one finds the person that the first one added.
    rows::hold_address(cx.tx, &address)?;
    if let Some(known) = rows::id_of(cx.tx, &address)? {
        return Ok(known);
    }
    let add = AddPerson {
        name: name.to_owned(),
        emails: vec![address],
        language: language.map(|locale| locale.tag().to_owned()),
        ..AddPerson::default()
    };
    add.run(cx)
}

/// Changes a person's record; absent fields stay.
#[derive(Clone, Debug, Default)]
pub struct ChangePerson {
    /// Whom.
    pub id: Option<PersonId>,
    /// The version that the caller read.
    pub expected_version: Option<i64>,
    /// Name.
    pub name: Option<String>,
    /// Addresses.
    pub emails: Option<Vec<String>>,
    /// Phones.
    pub phones: Option<Vec<String>>,
    /// Organisation, or none.
    pub organisation: Option<Option<OrganisationId>>,
    /// BCP 47 tag, or none.
    pub language: Option<Option<String>>,
    /// IANA zone, or none.
    pub time_zone: Option<Option<String>>,
    /// Special attention.
    pub vip: Option<bool>,
    /// Rights.
    pub roles: Option<RoleSet>,
    /// Custom values.
    pub fields: Option<String>,
}

impl ChangePerson {
    /// Puts what the caller gave into the record; returns the names of those fields.
    fn write_into(&mut self, person: &mut Person) -> Result<Vec<String>> {
        let mut changed = Vec::new();
        let mut note = |name: &str| changed.push(name.to_owned());
        if let Some(name) = self.name.take() {
            person.name = clean_name(&name, stands_in(&person.emails, &person.phones))?;
            note("name");
        }
        if let Some(emails) = self.emails.take() {
            person.emails = clean_emails(&emails)?;
            note("emails");
        }
        if let Some(phones) = self.phones.take() {
            person.phones = clean_phones(&phones)?;
            note("phones");
        }
        if let Some(organisation) = self.organisation.take() {
            person.organisation = organisation;
            note("organisation");
        }
        if let Some(language) = self.language.take() {
            person.language = language;
            note("language");
        }
        if let Some(zone) = self.time_zone.take() {
            person.time_zone = zone;
            note("time_zone");
        }
        if let Some(vip) = self.vip.take() {
            person.vip = vip;
            note("vip");
        }
        if let Some(fields) = self.fields.take() {
            person.fields = fields;
            note("fields");
        }
        Ok(changed)
    }
}

impl Command for ChangePerson {
    type Receipt = PersonId;
    fn run(mut self, cx: &mut Context<'_, '_>) -> Result<PersonId> {
        let id = self.id.ok_or(Refusal::NotFound)?;
        if !policy::sees_person(cx.actor, id) {
            return Err(Refusal::NotFound.into());
        }
        let own_profile = cx.actor.person() == Some(id)
            && self.emails.is_none()
            && self.organisation.is_none()
            && self.vip.is_none()
            && self.roles.is_none()
            && self.fields.is_none();
        if !own_profile {
            policy::must_keep_people(cx.actor)?;
        }
        let mut person = rows::by_id(cx.tx, id)?.ok_or(Refusal::NotFound)?;
        // An agent corrects requesters; the record of a colleague or administrator is an administrator's matter.
        let staff = person.admin || person.auditor || cx.settings.staff.contains_key(&id);
        if self.roles.is_some() || (staff && !own_profile) {
            policy::must_administer(cx.actor)?;
        }
        kernel::still_at(self.expected_version, person.version)?;
        let changed = self.write_into(&mut person)?;
        // Whoever signs in or works here is reached by mail.
        let signs_in =
            staff || self.roles.as_ref().is_some_and(|roles| *roles != RoleSet::default()) || rows::credential(cx.tx, id)?.is_some();
        if person.emails.is_empty() && signs_in {
            return Err(Refusal::invalid("emails", Message::new("error-email-needed")).into());
        }
        check_profile(person.language.as_deref(), person.time_zone.as_deref())?;
        for address in &person.emails {
            free(cx, address, id)?;
        }
        person.updated_at = cx.now();
        let former = RoleSet {
            admin: person.admin,
            auditor: person.auditor,
            organisation_manager: person.organisation_manager,
            desks: rows::desks_of(cx.tx, id)?,
        };
        if let Some(roles) = &self.roles {
            (person.admin, person.auditor, person.organisation_manager) = (roles.admin, roles.auditor, roles.organisation_manager);
        }
        rows::update(cx.tx, &person)?;
        // Whoever sets the addresses has looked at them: what was noted against them begins anew.
        if changed.iter().any(|field| field == "emails") {
            for address in &person.emails {
                rows::mend(cx.tx, address)?;
            }
        }
        if !changed.is_empty() {
            cx.append(&Fact::PersonChanged { person: id, fields: changed })?;
        }
        if let Some(roles) = self.roles.filter(|roles| *roles != former) {
            set_roles(cx, id, &roles)?;
        } else if staff || cx.actor.person() == Some(id) {
            cx.reconfigure()?;
        }
        Ok(id)
    }
}

/// Takes the right to sign in away, or gives it back. Sessions and tokens end at once.
#[derive(Clone, Copy, Debug)]
pub struct EnablePerson {
    /// Whom.
    pub id: PersonId,
    /// Whether they may sign in.
    pub enabled: bool,
}

impl Command for EnablePerson {
    type Receipt = ();
    fn run(self, cx: &mut Context<'_, '_>) -> Result<()> {
        policy::must_administer(cx.actor)?;
        let mut person = rows::by_id(cx.tx, self.id)?.ok_or(Refusal::NotFound)?;
        if cx.actor.person() == Some(self.id) && !self.enabled {
            return Err(Refusal::Conflict(Message::new("error-not-oneself")).into());
        }
        person.disabled = !self.enabled;
        person.updated_at = cx.now();
        rows::update(cx.tx, &person)?;
        if self.enabled {
            cx.append(&Fact::PersonEnabled { person: self.id })?;
        } else {
            cx.append(&Fact::PersonDisabled { person: self.id })?;
            once::rows::end_links(cx.tx, self.id)?;
            end_access(cx, self.id)?;
        }
        cx.reconfigure()
    }
}

/// Sets a password; every session and token of the person ends.
#[derive(Clone, Debug)]
pub struct SetPassword {
    /// Whose.
    pub id: PersonId,
    /// See `password::hash`.
    pub password_hash: String,
}

impl Command for SetPassword {
    type Receipt = ();
    fn run(self, cx: &mut Context<'_, '_>) -> Result<()> {
        if cx.actor.person() != Some(self.id) {
            policy::must_administer(cx.actor)?;
        }
        let now = cx.now();
        rows::set_credential(cx.tx, self.id, &self.password_hash, now)?;
        cx.append(&Fact::PasswordChanged { person: self.id })?;
        once::rows::end_links(cx.tx, self.id)?;
        end_access(cx, self.id)
    }
}

/// Sets the actor's own password, who has confirmed that it is they: every session and token ends, and this browser gets a new session.
#[derive(Clone, Debug)]
pub struct ChangeOwnPassword {
    /// See `password::hash`.
    pub password_hash: String,
    /// The browser that goes on.
    pub browser: session::Browser,
}

impl Command for ChangeOwnPassword {
    type Receipt = session::SignedIn;
    fn run(self, cx: &mut Context<'_, '_>) -> Result<session::SignedIn> {
        let (person, _) = session::must_be_confirmed(cx)?;
        SetPassword { id: person, password_hash: self.password_hash }.run(cx)?;
        session::start(cx, person, &self.browser)
    }
}

fn set_roles(cx: &mut Context<'_, '_>, person: PersonId, roles: &RoleSet) -> Result<()> {
    if cx.actor.person() == Some(person) && !roles.admin {
        return Err(Refusal::Conflict(Message::new("error-not-oneself")).into());
    }
    if let Some(unknown) = roles.desks.iter().find(|desk| cx.settings.desk(**desk).is_none()) {
        return Err(Refusal::invalid("roles", Message::new("error-desk-unknown").with("desk", unknown)).into());
    }
    rows::set_desks(cx.tx, person, &roles.desks)?;
    tell_roles(cx, person)
}

/// After rights have changed, by whichever door: says so, and ends what was given out under the old ones (T-L4).
pub(crate) fn tell_roles(cx: &mut Context<'_, '_>, person: PersonId) -> Result<()> {
    let now = rows::by_id(cx.tx, person)?.ok_or(Refusal::NotFound)?;
    let desks = rows::desks_of(cx.tx, person)?;
    crate::team::rows::leave_others(cx.tx, person)?;
    cx.append(&Fact::RolesChanged { person, admin: now.admin, auditor: now.auditor, desks })?;
    end_access(cx, person)
}

fn end_access(cx: &mut Context<'_, '_>, person: PersonId) -> Result<()> {
    session::rows::end_all(cx.tx, person)?;
    token::rows::revoke_all(cx.tx, person)?;
    cx.reconfigure()
}

fn organisation_of(cx: &mut Context<'_, '_>, address: &str) -> Result<Option<OrganisationId>> {
    match email::organisation_domain(address) {
        Some(domain) => rows::organisation_by_domain(cx.tx, domain),
        None => Ok(None),
    }
}

fn free(cx: &mut Context<'_, '_>, address: &str, person: PersonId) -> Result<()> {
    match rows::id_of(cx.tx, address)? {
        Some(other) if other != person => Err(Refusal::invalid("emails", Message::new("error-email-taken").with("email", address)).into()),
        _ => Ok(()),
    }
}

fn clean_emails(emails: &[String]) -> Result<Vec<String>> {
    let mut clean: Vec<String> = Vec::with_capacity(emails.len());
    for text in emails.iter().take(20) {
        let address = email::normalise(text).ok_or_else(|| Refusal::invalid("emails", Message::new("error-email-invalid")))?;
        if !clean.contains(&address) {
            clean.push(address);
        }
    }
    Ok(clean)
}

/// What stands in for a name that nobody gave.
fn stands_in<'a>(emails: &'a [String], phones: &'a [String]) -> &'a str {
    let address = emails.first().and_then(|address| address.split('@').next());
    address.or_else(|| phones.first().map(String::as_str)).unwrap_or_default()
}

/// Numbers as people write them, on one line each.
fn clean_phones(phones: &[String]) -> Result<Vec<String>> {
    if phones.len() > PHONES_MAX {
        return Err(Refusal::invalid("phones", Message::new("error-list-max").with("max", PHONES_MAX)).into());
    }
    if phones.iter().any(|phone| phone.chars().count() > PHONE_CHARS_MAX) {
        return Err(Refusal::invalid("phones", Message::new("error-text-length").with("max", PHONE_CHARS_MAX)).into());
    }
    Ok(phones.iter().map(|phone| kernel::text::clean_line(phone, PHONE_CHARS_MAX)).filter(|phone| !phone.is_empty()).collect())
}

fn clean_name(name: &str, stand_in: &str) -> Result<String> {
    let name: String = name.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let name = name.trim();
    let name = if name.is_empty() { stand_in } else { name };
    if name.is_empty() || name.chars().count() > NAME_CHARS_MAX {
        return Err(Refusal::invalid("name", Message::new("error-name-length").with("max", NAME_CHARS_MAX)).into());
    }
    Ok(name.to_owned())
}

fn check_profile(language: Option<&str>, zone: Option<&str>) -> Result<()> {
    let mut errors = Vec::new();
    if language.is_some_and(|tag| tag.len() > 35 || !tag.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')) {
        errors.push(FieldError { field: "language".into(), message: Message::new("error-language-unknown") });
    }
    if zone.is_some_and(|zone| !kernel::zone_exists(zone)) {
        errors.push(FieldError { field: "time_zone".into(), message: Message::new("error-time-zone-unknown") });
    }
    if errors.is_empty() { Ok(()) } else { Err(Refusal::Invalid(errors).into()) }
}
