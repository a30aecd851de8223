//! Whether an account can be fetched from, step by step, so that somebody sees how far it came.

use std::sync::Arc;
use std::time::Duration;

use people::ServiceDesk;
use tokio::time::timeout;

use super::account::Account;
use super::imap::Imap;
use super::oauth::Tokens;
use super::pop3::Pop3;
use super::problem::{Code, Outcome, Problem};
use super::source::{Kind, MailSource};
use super::worker::{FetchSettings, Fetcher};

/// How long one step may take.
const STEP_TIMEOUT: Duration = Duration::from_secs(20);

/// One step of a check.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// The name stands for an address.
    Name,
    /// Somebody takes the call.
    Connection,
    /// The line is encrypted as it should be, and a mail server speaks.
    Encryption,
    /// We are let in.
    SignIn,
    /// The folders are there.
    Folders,
}

impl Step {
    /// All of them, in their order.
    pub const ALL: [Self; 5] = [Self::Name, Self::Connection, Self::Encryption, Self::SignIn, Self::Folders];

    /// The word in the API.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Connection => "connection",
            Self::Encryption => "encryption",
            Self::SignIn => "sign_in",
            Self::Folders => "folders",
        }
    }
}

/// A folder as a check found it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FolderSeen {
    /// Its name; empty for POP3.
    pub name: String,
    /// Messages in it.
    pub messages: u32,
}

/// How far a check came.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Checked {
    /// What went well.
    pub passed: Vec<Step>,
    /// What did not; what would have come after it was not tried.
    pub failed: Option<(Step, Problem)>,
    /// What there is to fetch, when everything went well.
    pub folders: Vec<FolderSeen>,
}

/// Tries an account: connects, signs in and opens each folder, and changes nothing.
pub async fn check(desk: &ServiceDesk, settings: &FetchSettings, source: MailSource) -> Checked {
    let shared = Fetcher::new(desk.clone(), settings).shared();
    let account = Account { shared, source: Arc::new(source), tokens: Tokens::default(), lease: None };
    let mut checked = Checked::default();
    for step in Step::ALL {
        let tried = timeout(STEP_TIMEOUT, account.tried(step)).await;
        let outcome = tried.unwrap_or_else(|_| Err(Problem::new(Code::NoAnswer, "the server does not answer in time")));
        match outcome {
            Ok(folders) => {
                checked.passed.push(step);
                checked.folders = folders;
            }
            Err(problem) => {
                checked.failed = Some((step, problem));
                break;
            }
        }
    }
    checked
}

impl Account {
    /// One step with a connection of its own, so that a step that went well cannot hide why the next one does not.
    async fn tried(&self, step: Step) -> Outcome<Vec<FolderSeen>> {
        let (connector, s, most) = (&self.shared.connector, &self.source, self.shared.message_bytes_max);
        match step {
            Step::Name => drop(connector.addresses(&s.host, s.port).await?),
            Step::Connection => drop(connector.tcp(&s.host, s.port).await?),
            Step::Encryption => match s.kind {
                Kind::Imap => Imap::connect(connector, &s.host, s.port, s.security, most).await?.logout().await,
                Kind::Pop3 => Pop3::connect(connector, &s.host, s.port, s.security, most).await?.quit().await?,
            },
            Step::SignIn => match s.kind {
                Kind::Imap => self.imap().await?.logout().await,
                Kind::Pop3 => self.pop3().await?.quit().await?,
            },
            Step::Folders => return self.folders().await,
        }
        Ok(Vec::new())
    }

    async fn folders(&self) -> Outcome<Vec<FolderSeen>> {
        if self.source.kind == Kind::Pop3 {
            let mut pop = self.pop3().await?;
            let messages = pop.count().await?;
            pop.quit().await?;
            return Ok(vec![FolderSeen { name: String::new(), messages }]);
        }
        let mut imap = self.imap().await?;
        let mut seen = Vec::new();
        for name in &self.source.folders {
            seen.push(FolderSeen { name: name.clone(), messages: imap.select(name).await?.messages });
        }
        imap.logout().await;
        Ok(seen)
    }
}
