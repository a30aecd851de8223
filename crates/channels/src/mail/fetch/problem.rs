//! Why mail cannot be fetched, in a word that programs know, a sentence that says what to do, and the other side's own words.

use kernel::text::clean_line;
use kernel::{Error, Message, Refusal};

/// Longest words of the other side that are kept, in characters.
const DETAIL_CHARS_MAX: usize = 300;

/// What stands in the way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Code {
    /// No such host.
    NameUnknown,
    /// The host has an address that nothing may be fetched from.
    AddressForbidden,
    /// Nobody takes calls at that port.
    NoConnection,
    /// The server does not answer in time.
    NoAnswer,
    /// TLS cannot be agreed on, or the certificate is not to be trusted.
    Tls,
    /// Encryption was asked for and is not offered.
    NoStarttls,
    /// The password would travel in the clear.
    Cleartext,
    /// User or password is wrong.
    SignInRefused,
    /// The refresh token is no longer good for anything.
    SignInAgain,
    /// The token service is away, or does not say what it should.
    Token,
    /// The folder cannot be opened.
    Folder,
    /// What was taken cannot be put where it should go.
    MoveTo,
    /// The server says what no such server says.
    Protocol,
    /// The server said no, or goodbye.
    Server,
    /// The connection broke.
    Lost,
    /// The message is larger than is taken.
    TooLarge,
    /// Our own database or disk.
    Storage,
    /// The credentials cannot be opened.
    SecretKey,
}

impl Code {
    /// The word in API and database.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::NameUnknown => "name_unknown",
            Self::AddressForbidden => "address_forbidden",
            Self::NoConnection => "no_connection",
            Self::NoAnswer => "no_answer",
            Self::Tls => "tls",
            Self::NoStarttls => "no_starttls",
            Self::Cleartext => "cleartext",
            Self::SignInRefused => "sign_in_refused",
            Self::SignInAgain => "sign_in_again",
            Self::Token => "token",
            Self::Folder => "folder",
            Self::MoveTo => "move_to",
            Self::Protocol => "protocol",
            Self::Server => "server",
            Self::Lost => "lost",
            Self::TooLarge => "too_large",
            Self::Storage => "storage",
            Self::SecretKey => "secret_key",
        }
    }

    /// The field to look at, and the sentence about it.
    const fn advice(self) -> (&'static str, &'static str) {
        match self {
            Self::NameUnknown => ("host", "error-mail-source-name-unknown"),
            Self::AddressForbidden => ("host", "error-mail-source-address-forbidden"),
            Self::NoConnection => ("port", "error-mail-source-no-connection"),
            Self::NoAnswer => ("port", "error-mail-source-no-answer"),
            Self::Tls => ("security", "error-mail-source-tls"),
            Self::NoStarttls => ("security", "error-mail-source-no-starttls"),
            Self::Cleartext => ("security", "error-mail-source-cleartext"),
            Self::SignInRefused => ("user", "error-mail-source-sign-in-refused"),
            Self::SignInAgain => ("refresh_token", "error-mail-source-sign-in-again"),
            Self::Token => ("token_url", "error-mail-source-token"),
            Self::Folder => ("folders", "error-mail-source-folder"),
            Self::MoveTo => ("move_to", "error-mail-source-move-to"),
            Self::Protocol | Self::TooLarge => ("kind", "error-mail-source-protocol"),
            Self::Server | Self::Lost => ("host", "error-mail-source-server"),
            Self::Storage => ("host", "error-mail-source-storage"),
            Self::SecretKey => ("password", "error-mail-source-secret-key"),
        }
    }

    /// Whether trying again soon could lock an account or annoys for nothing: somebody has to change something first.
    pub(super) const fn needs_somebody(self) -> bool {
        matches!(
            self,
            Self::AddressForbidden
                | Self::NoStarttls
                | Self::Cleartext
                | Self::SignInRefused
                | Self::SignInAgain
                | Self::Folder
                | Self::SecretKey
        )
    }
}

/// Why mail cannot be fetched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// What stands in the way.
    pub code: Code,
    /// The other side's words, on one line; empty when it had none.
    pub detail: String,
}

impl Problem {
    pub(super) fn new(code: Code, detail: impl AsRef<str>) -> Self {
        Self { code, detail: clean_line(detail.as_ref(), DETAIL_CHARS_MAX) }
    }

    /// As the answer to somebody who asked for a check.
    #[must_use]
    pub fn refusal(&self) -> Refusal {
        let (field, key) = self.code.advice();
        Refusal::invalid(field, Message::new(key).with("detail", &self.detail))
    }
}

impl std::fmt::Display for Problem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if self.detail.is_empty() { f.write_str(self.code.word()) } else { write!(f, "{}: {}", self.code.word(), self.detail) }
    }
}

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        Self::new(Code::Storage, error.to_string())
    }
}

/// A connection that breaks in the middle of something.
impl From<std::io::Error> for Problem {
    fn from(error: std::io::Error) -> Self {
        let code = if error.kind() == std::io::ErrorKind::TimedOut { Code::NoAnswer } else { Code::Lost };
        Self::new(code, error.to_string())
    }
}

pub(super) type Outcome<T> = std::result::Result<T, Problem>;
