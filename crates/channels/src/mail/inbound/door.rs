//! The listeners' view of the desk: which addresses exist, and where messages go.

use kernel::Actor;
use people::ServiceDesk;

use super::super::listener::{Acceptance, Envelope, Intake, Protocol, Taken};
use super::{TakeMail, mailbox_of};

/// Takes mail for the desk's mailboxes.
#[derive(Clone)]
pub struct MailDoor {
    desk: ServiceDesk,
}

impl MailDoor {
    /// A door into this desk.
    #[must_use]
    pub fn new(desk: ServiceDesk) -> Self {
        Self { desk }
    }
}

impl Intake for MailDoor {
    async fn accepts(&self, recipient: &str) -> Acceptance {
        if mailbox_of(&self.desk.settings(), recipient).is_none() {
            return Acceptance::UnknownMailbox;
        }
        // Asked here too, so that a sender keeps a message that could not be stored instead of sending it for nothing.
        if self.desk.store().has_room() { Acceptance::Yes } else { Acceptance::TryLater }
    }

    async fn take(&self, envelope: Envelope, raw: Vec<u8>) -> Taken {
        let source = match envelope.protocol {
            Protocol::Smtp => "smtp",
            Protocol::Lmtp => "lmtp",
        };
        let taken = async {
            let command = TakeMail::new(&self.desk, source, envelope.mail_from, envelope.recipients, raw).await?;
            self.desk.execute(&Actor::System("mail"), command).await
        };
        match taken.await {
            Ok(id) => Taken::Stored(id.to_string()),
            Err(error) => {
                tracing::error!(%error, "a message could not be stored; its sender keeps it");
                Taken::TryLater
            }
        }
    }
}
