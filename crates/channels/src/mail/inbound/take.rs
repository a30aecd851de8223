//! Taking a message: the raw bytes are durable before anybody is told so.

use journal::Fact;
use kernel::{IntakeId, MailboxId, Result};
use people::{Command, Context, ServiceDesk};
use store::BlobHash;

use super::rows;

/// From here on bytes go to the object store before the transaction, so that the database file does not swell.
const LARGE_BYTES: usize = 1024 * 1024;

/// Stores a raw message with its envelope.
#[derive(Clone, Debug)]
pub struct TakeMail {
    /// lmtp, smtp, import.
    pub source: &'static str,
    /// Envelope sender.
    pub envelope_from: Option<String>,
    /// Envelope recipients.
    pub recipients: Vec<String>,
    /// The message as it came.
    pub raw: Raw,
    /// Address of the machine that handed it over.
    pub client_ip: Option<String>,
    /// What that machine called itself.
    pub helo: Option<String>,
    /// The mailbox that it was fetched for.
    pub mailbox: Option<MailboxId>,
}

/// Bytes that are in the object store already, or not.
#[derive(Clone, Debug)]
pub enum Raw {
    /// To be stored with the row.
    Bytes(Vec<u8>),
    /// Stored before.
    Stored {
        /// Hash.
        hash: BlobHash,
        /// Size.
        bytes: u64,
    },
}

impl TakeMail {
    /// Prepares a message, storing large ones first.
    pub async fn new(
        desk: &ServiceDesk,
        source: &'static str,
        envelope_from: Option<String>,
        recipients: Vec<String>,
        raw: Vec<u8>,
    ) -> Result<Self> {
        let raw = if raw.len() < LARGE_BYTES {
            Raw::Bytes(raw)
        } else {
            let bytes = u64::try_from(raw.len()).unwrap_or(u64::MAX);
            Raw::Stored { hash: desk.store().blobs().put_large(raw).await?, bytes }
        };
        Ok(Self { source, envelope_from, recipients, raw, client_ip: None, helo: None, mailbox: None })
    }
}

impl Command for TakeMail {
    type Receipt = IntakeId;
    fn run(self, cx: &mut Context<'_, '_>) -> Result<IntakeId> {
        let id = IntakeId(cx.tx.id());
        let hash = match &self.raw {
            Raw::Bytes(bytes) => cx.tx.put_blob(bytes)?,
            Raw::Stored { hash, bytes } => {
                cx.tx.adopt_blob(hash, *bytes)?;
                hash.clone()
            }
        };
        rows::insert(cx.tx, id, &self, hash.as_str())?;
        cx.append(&Fact::MailTaken { intake: id, source: self.source.to_owned() })?;
        Ok(id)
    }
}
