//! The listeners' view of the desk: which addresses exist, and where messages go.

use std::sync::Arc;

use kernel::Actor;
use people::ServiceDesk;

use super::super::listener::{Acceptance, Envelope, Intake, Protocol, Taken};
use super::pressure::Pressure;
use super::{TakeMail, mailbox_of};

/// Takes mail for the desk's mailboxes.
#[derive(Clone)]
pub struct MailDoor {
    desk: ServiceDesk,
    pressure: Arc<Pressure>,
}

impl MailDoor {
    /// A door into this desk.
    #[must_use]
    pub fn new(desk: ServiceDesk) -> Self {
        Self { desk, pressure: Arc::default() }
    }
}

impl Intake for MailDoor {
    async fn accepts(&self, recipient: &str) -> Acceptance {
        // Asked before the content comes, so that a sender keeps a message that could not be stored instead of sending it for
        // nothing; and before the mailbox is looked for, so that the time of an answer does not tell which ones there are.
        if !self.desk.store().has_room() {
            return Acceptance::TryLater;
        }
        if mailbox_of(&self.desk.settings(), recipient).is_some_and(|mailbox| mailbox.active) {
            Acceptance::Yes
        } else {
            Acceptance::UnknownMailbox
        }
    }

    async fn take(&self, envelope: Envelope, raw: Vec<u8>) -> Taken {
        let source = match envelope.protocol {
            Protocol::Smtp => "smtp",
            Protocol::Lmtp => "lmtp",
        };
        let taken = async {
            let mut command = TakeMail::new(&self.desk, source, envelope.mail_from, envelope.recipients, raw).await?;
            command.client_ip = envelope.client_ip.map(|address| address.to_string());
            command.helo = envelope.helo;
            let id = self.desk.execute(&Actor::System("mail"), command).await?;
            tokio::time::sleep(self.pressure.delay(&self.desk).await.unwrap_or_default()).await;
            Ok::<_, kernel::Error>(id)
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
