//! Adding, changing and removing accounts that mail is fetched from. Facts name fields, never secrets.

use journal::Fact;
use kernel::{MailSourceId, MailboxId, Message, Refusal, Result};
use people::{Command, Context, ServiceDesk, policy};

use super::oauth::is_token_url;
use super::rows;
use super::source::{Afterwards, Auth, Kind, MailSource, Provider, Security, purpose};

/// Folders of one account: each has a connection of its own.
const FOLDERS_MAX: usize = 8;
/// Accounts that mail is fetched from.
const SOURCES_MAX: usize = 200;
const TEXT_CHARS_MAX: usize = 255;
/// A refresh token is the longest of the secrets, in bytes.
const SECRET_BYTES_MAX: usize = 8_192;

/// What a caller says of an account; absent is unchanged, or usual.
#[derive(Clone, Default)]
pub struct SourceInput {
    /// The address of ours that it feeds.
    pub mailbox: Option<MailboxId>,
    /// Only when it is added.
    pub kind: Option<Kind>,
    /// Name or address of the server.
    pub host: Option<String>,
    /// Port.
    pub port: Option<u16>,
    /// Encryption.
    pub security: Option<Security>,
    /// User.
    pub user: Option<String>,
    /// How to sign in.
    pub auth: Option<Auth>,
    /// Who gives out tokens.
    pub provider: Option<Provider>,
    /// Where they do.
    pub token_url: Option<String>,
    /// Our name with them.
    pub client_id: Option<String>,
    /// Password.
    pub password: Option<String>,
    /// Our secret with whoever gives out tokens.
    pub client_secret: Option<String>,
    /// What tokens are given out for.
    pub refresh_token: Option<String>,
    /// Folders.
    pub folders: Option<Vec<String>>,
    /// What happens on the server afterwards.
    pub afterwards: Option<Afterwards>,
    /// The folder to move to.
    pub move_to: Option<String>,
    /// Whether mail is fetched.
    pub active: Option<bool>,
}

fn needed(field: &str) -> Refusal {
    Refusal::invalid(field, Message::new("error-needed"))
}

fn line(field: &str, text: String) -> Result<String> {
    let text = text.trim().to_owned();
    if text.is_empty() {
        return Err(needed(field).into());
    }
    if text.chars().count() > TEXT_CHARS_MAX || text.chars().any(char::is_control) {
        return Err(Refusal::invalid(field, Message::new("error-text-length").with("max", TEXT_CHARS_MAX)).into());
    }
    Ok(text)
}

/// What was given, applied to an account; the names of the fields that changed.
struct Applying<'a> {
    desk: &'a ServiceDesk,
    source: &'a mut MailSource,
    changed: Vec<String>,
}

impl Applying<'_> {
    fn set<T: PartialEq>(&mut self, field: &str, value: Option<T>, place: impl FnOnce(&mut MailSource) -> &mut T) {
        let Some(value) = value else { return };
        let place = place(self.source);
        if *place != value {
            *place = value;
            self.changed.push(field.to_owned());
        }
    }

    /// An empty secret takes the old one away.
    fn secret(
        &mut self,
        field: &'static str,
        value: Option<String>,
        place: impl FnOnce(&mut MailSource) -> &mut Option<String>,
    ) -> Result<()> {
        let Some(secret) = value else { return Ok(()) };
        if secret.len() > SECRET_BYTES_MAX || secret.contains(['\0', '\r', '\n']) {
            return Err(Refusal::invalid(field, Message::new("error-text-length").with("max", SECRET_BYTES_MAX)).into());
        }
        let sealed = if secret.is_empty() { None } else { Some(self.desk.vault().seal(&purpose(self.source.id, field), &secret)?) };
        *place(self.source) = sealed;
        self.changed.push(field.to_owned());
        Ok(())
    }

    fn all(&mut self, input: SourceInput) -> Result<()> {
        let host = input.host.map(|host| line("host", host)).transpose()?.map(|host| host.to_lowercase());
        if host.as_deref().is_some_and(|host| !is_host(host)) {
            return Err(Refusal::invalid("host", Message::new("error-mail-source-host")).into());
        }
        let moves_servers = host.as_ref().is_some_and(|host| *host != self.source.host);
        // A secret goes to the server that it was given for, not to one that is named later (T-S2).
        if moves_servers && !self.source.host.is_empty() && self.source.password.is_some() && input.password.is_none() {
            return Err(Refusal::invalid("password", Message::new("error-mail-source-password-again")).into());
        }
        let token_moves = input.token_url.as_ref().is_some_and(|url| Some(url) != self.source.token_url.as_ref());
        if token_moves && self.source.refresh_token.is_some() && input.refresh_token.is_none() {
            return Err(Refusal::invalid("refresh_token", Message::new("error-mail-source-password-again")).into());
        }
        self.set("host", host, |s| &mut s.host);
        self.set("mailbox", input.mailbox, |s| &mut s.mailbox);
        self.set("security", input.security, |s| &mut s.security);
        self.set("port", input.port, |s| &mut s.port);
        let user = input.user.map(|user| line("user", user)).transpose()?;
        self.set("user", user, |s| &mut s.user);
        self.set("auth", input.auth, |s| &mut s.auth);
        self.set("provider", input.provider.map(Some), |s| &mut s.provider);
        let token_url = input.token_url.map(|url| line("token_url", url)).transpose()?;
        self.set("token_url", token_url.map(Some), |s| &mut s.token_url);
        let client_id = input.client_id.map(|id| line("client_id", id)).transpose()?;
        self.set("client_id", client_id.map(Some), |s| &mut s.client_id);
        self.secret("password", input.password, |s| &mut s.password)?;
        self.secret("client_secret", input.client_secret, |s| &mut s.client_secret)?;
        self.secret("refresh_token", input.refresh_token, |s| &mut s.refresh_token)?;
        let folders =
            input.folders.map(|folders| folders.into_iter().map(|one| line("folders", one)).collect::<Result<Vec<_>>>()).transpose()?;
        self.set("folders", folders, |s| &mut s.folders);
        self.set("afterwards", input.afterwards, |s| &mut s.afterwards);
        let move_to = input.move_to.map(|folder| line("move_to", folder)).transpose()?;
        self.set("move_to", move_to.map(Some), |s| &mut s.move_to);
        self.set("active", input.active, |s| &mut s.active);
        Ok(())
    }
}

fn is_host(host: &str) -> bool {
    host.len() <= 253 && host.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | ':' | '_')) && !host.starts_with('-')
}

/// What holds between the fields.
fn check(cx: &Context<'_, '_>, s: &MailSource) -> Result<()> {
    if !cx.settings.mailboxes.iter().any(|mailbox| mailbox.id == s.mailbox) {
        return Err(Refusal::invalid("mailbox", Message::new("error-mail-source-mailbox")).into());
    }
    if s.port == 0 {
        return Err(needed("port").into());
    }
    let fits = match s.kind {
        Kind::Imap => s.afterwards != Afterwards::Keep,
        Kind::Pop3 => matches!(s.afterwards, Afterwards::Keep | Afterwards::Delete),
    };
    if !fits {
        let options = if s.kind == Kind::Imap { "seen, move, delete" } else { "keep, delete" };
        return Err(Refusal::invalid("afterwards", Message::new("error-one-of").with("options", options)).into());
    }
    if s.kind == Kind::Imap && s.folders.is_empty() {
        return Err(needed("folders").into());
    }
    if s.folders.len() > FOLDERS_MAX {
        return Err(Refusal::invalid("folders", Message::new("error-list-max").with("max", FOLDERS_MAX)).into());
    }
    if s.afterwards == Afterwards::Move {
        let target = s.move_to.as_ref().ok_or_else(|| needed("move_to"))?;
        // Moving into a folder that is fetched from would go round and round.
        if s.folders.iter().any(|folder| folder.eq_ignore_ascii_case(target)) {
            return Err(Refusal::invalid("move_to", Message::new("error-mail-source-round")).into());
        }
    }
    if s.auth == Auth::Xoauth2 {
        s.provider.ok_or_else(|| needed("provider"))?;
        s.client_id.as_ref().ok_or_else(|| needed("client_id"))?;
        let url = s.token_url.as_deref().or_else(|| s.provider.and_then(Provider::token_url)).ok_or_else(|| needed("token_url"))?;
        if !is_token_url(url) {
            return Err(Refusal::invalid("token_url", Message::new("error-mail-source-token-url")).into());
        }
    }
    Ok(())
}

/// Fetches mail from one more account.
#[derive(Clone)]
pub struct AddMailSource {
    /// The desk whose vault seals the secrets.
    pub desk: ServiceDesk,
    /// The account.
    pub input: SourceInput,
}

impl Command for AddMailSource {
    type Receipt = MailSourceId;
    fn run(self, cx: &mut Context<'_, '_>) -> Result<MailSourceId> {
        policy::must_administer(cx.actor)?;
        if rows::sources(cx.tx)?.len() >= SOURCES_MAX {
            return Err(Refusal::invalid("host", Message::new("error-list-max").with("max", SOURCES_MAX)).into());
        }
        let mut input = self.input;
        let kind = input.kind.ok_or_else(|| needed("kind"))?;
        let security = *input.security.get_or_insert(Security::Tls);
        input.port.get_or_insert(kind.usual_port(security));
        input.host.get_or_insert_default();
        input.user.get_or_insert_default();
        let mut source = MailSource {
            id: MailSourceId(cx.tx.id()),
            mailbox: input.mailbox.ok_or_else(|| needed("mailbox"))?,
            kind,
            host: String::new(),
            port: 0,
            security,
            user: String::new(),
            auth: Auth::Password,
            provider: None,
            token_url: None,
            client_id: None,
            password: None,
            client_secret: None,
            refresh_token: None,
            folders: if kind == Kind::Imap { vec!["INBOX".to_owned()] } else { Vec::new() },
            afterwards: if kind == Kind::Imap { Afterwards::Seen } else { Afterwards::Keep },
            move_to: None,
            active: true,
            version: 1,
            created_at: cx.now(),
        };
        let mut applying = Applying { desk: &self.desk, source: &mut source, changed: Vec::new() };
        applying.all(input)?;
        check(cx, &source)?;
        rows::insert(cx.tx, &source)?;
        cx.append(&Fact::MailSourceAdded { source: source.id, mailbox: source.mailbox })?;
        cx.reconfigure()?;
        Ok(source.id)
    }
}

/// Changes an account.
#[derive(Clone)]
pub struct ChangeMailSource {
    /// The desk whose vault seals the secrets.
    pub desk: ServiceDesk,
    /// Which.
    pub id: MailSourceId,
    /// From `If-Match`.
    pub expected_version: Option<i64>,
    /// What changes.
    pub input: SourceInput,
}

impl Command for ChangeMailSource {
    type Receipt = MailSourceId;
    fn run(self, cx: &mut Context<'_, '_>) -> Result<MailSourceId> {
        policy::must_administer(cx.actor)?;
        let mut source = rows::by_id(cx.tx, self.id)?.ok_or(Refusal::NotFound)?;
        kernel::still_at(self.expected_version, source.version)?;
        if self.input.kind.is_some_and(|kind| kind != source.kind) {
            let message = Message::new("error-one-of").with("options", source.kind.word());
            return Err(Refusal::invalid("kind", message).into());
        }
        let mut applying = Applying { desk: &self.desk, source: &mut source, changed: Vec::new() };
        applying.all(self.input)?;
        let fields = applying.changed;
        check(cx, &source)?;
        if !fields.is_empty() {
            rows::update(cx.tx, &source)?;
            cx.append(&Fact::MailSourceChanged { source: self.id, fields })?;
            cx.reconfigure()?;
        }
        Ok(self.id)
    }
}

/// Fetches no more mail from an account. What was taken stays; what the server has stays there.
#[derive(Clone, Copy, Debug)]
pub struct RemoveMailSource {
    /// Which.
    pub id: MailSourceId,
}

impl Command for RemoveMailSource {
    type Receipt = ();
    fn run(self, cx: &mut Context<'_, '_>) -> Result<()> {
        policy::must_administer(cx.actor)?;
        rows::by_id(cx.tx, self.id)?.ok_or(Refusal::NotFound)?;
        rows::remove(cx.tx, self.id)?;
        cx.append(&Fact::MailSourceRemoved { source: self.id })?;
        cx.reconfigure()
    }
}
