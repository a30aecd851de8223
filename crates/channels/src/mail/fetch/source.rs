//! An account that mail is fetched from.

use kernel::{MailSourceId, MailboxId, Stamp};

macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$of:meta])* $variant:ident = $word:literal),* $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum $name { $($(#[$of])* $variant),* }

        impl $name {
            /// All words.
            pub const WORDS: &'static [&'static str] = &[$($word),*];
            /// The word in API and database.
            #[must_use]
            pub const fn word(self) -> &'static str {
                match self { $(Self::$variant => $word),* }
            }
            /// By its word.
            #[must_use]
            pub fn by_word(word: &str) -> Option<Self> {
                match word { $($word => Some(Self::$variant),)* _ => None }
            }
        }
    };
}

words! {
    /// The protocol.
    Kind {
        /// RFC 9051 and 3501.
        Imap = "imap",
        /// RFC 1939.
        Pop3 = "pop3",
    }
}
words! {
    /// How the connection is encrypted.
    Security {
        /// From the first byte.
        Tls = "tls",
        /// After a word in the clear; never without.
        Starttls = "starttls",
        /// Not at all.
        None = "none",
    }
}
words! {
    /// How to sign in.
    Auth {
        /// User and password.
        Password = "password",
        /// A token that is fetched anew whenever it expires.
        Xoauth2 = "xoauth2",
    }
}
words! {
    /// Who gives out the tokens.
    Provider {
        /// Google.
        Google = "google",
        /// Microsoft.
        Microsoft = "microsoft",
        /// Somebody else, at a token address of their own.
        Custom = "custom",
    }
}
words! {
    /// What happens on the server to a message that is safely here.
    Afterwards {
        /// IMAP: it is marked as read.
        Seen = "seen",
        /// IMAP: it goes to another folder.
        Move = "move",
        /// It goes away.
        Delete = "delete",
        /// POP3: it stays.
        Keep = "keep",
    }
}

impl Kind {
    /// The port when none is given.
    #[must_use]
    pub const fn usual_port(self, security: Security) -> u16 {
        match (self, security) {
            (Self::Imap, Security::Tls) => 993,
            (Self::Imap, _) => 143,
            (Self::Pop3, Security::Tls) => 995,
            (Self::Pop3, _) => 110,
        }
    }
}

impl Provider {
    /// Where tokens are given out.
    #[must_use]
    pub const fn token_url(self) -> Option<&'static str> {
        match self {
            Self::Google => Some("https://oauth2.googleapis.com/token"),
            Self::Microsoft => Some("https://login.microsoftonline.com/common/oauth2/v2.0/token"),
            Self::Custom => None,
        }
    }
}

/// An account that mail is fetched from. Its secrets are sealed.
#[derive(Clone, Debug)]
pub struct MailSource {
    /// Identifier.
    pub id: MailSourceId,
    /// The address of ours that it feeds.
    pub mailbox: MailboxId,
    /// Protocol.
    pub kind: Kind,
    /// Name or address of the server.
    pub host: String,
    /// Port.
    pub port: u16,
    /// Encryption.
    pub security: Security,
    /// User.
    pub user: String,
    /// How to sign in.
    pub auth: Auth,
    /// Who gives out tokens.
    pub provider: Option<Provider>,
    /// Where they do.
    pub token_url: Option<String>,
    /// Our name with them.
    pub client_id: Option<String>,
    /// Sealed.
    pub password: Option<String>,
    /// Sealed.
    pub client_secret: Option<String>,
    /// Sealed.
    pub refresh_token: Option<String>,
    /// Folders to fetch from; POP3 has one without a name.
    pub folders: Vec<String>,
    /// What happens on the server afterwards.
    pub afterwards: Afterwards,
    /// The folder to move to.
    pub move_to: Option<String>,
    /// Whether mail is fetched.
    pub active: bool,
    /// Rises with every change.
    pub version: i64,
    /// Added.
    pub created_at: Stamp,
}

/// What a sealed secret is for: it opens for nothing else.
pub(super) fn purpose(id: MailSourceId, field: &str) -> String {
    format!("mail_source:{id}:{field}")
}
