//! Settings of the program. A flag beats the environment (`STEWARD_…`), which beats `steward.toml`, which beats the default.

mod keys;
mod load;
mod values;

use std::path::PathBuf;

use channels::mail::auth::{CheckSettings, PrivateKey, ResolverChoice, Signer};
pub use kernel::Network;
pub use keys::{KEYS, Key};
pub use load::{Given, load, unknown_environment};

/// How log lines look.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LogFormat {
    /// For people.
    #[default]
    Text,
    /// For programs, one object a line.
    Json,
}

/// Where attachments and raw mail go.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum BlobStore {
    /// A directory.
    #[default]
    Directory,
    /// A bucket of an S3-compatible service.
    S3,
}

/// A bucket and the keys to it.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct S3 {
    /// Base address of the service.
    pub endpoint: String,
    /// Name of the bucket.
    pub bucket: String,
    /// Region.
    pub region: String,
    /// Public half of the key.
    pub access_key: String,
    /// Secret half of the key.
    pub secret_key: String,
    /// Put before every name.
    pub prefix: String,
}

/// Everything that can be set.
#[derive(Clone, Default)]
pub struct Config {
    /// Where the database, locks and blobs are.
    pub data_dir: PathBuf,
    /// Address of the database; empty for the file in the data directory.
    pub database: String,
    /// Where pages and API are served.
    pub listen: String,
    /// How people reach it.
    pub base_url: Option<String>,
    /// Where metrics are served.
    pub ops_listen: Option<String>,
    /// Door for mail from other servers.
    pub smtp_listen: Option<String>,
    /// Door for mail from the relay beside us.
    pub lmtp_listen: Option<String>,
    /// Where outgoing mail goes.
    pub smtp_relay: Option<String>,
    /// The part after the @ of our addresses.
    pub mail_domain: Option<String>,
    /// Our name in the greeting of the mail doors.
    pub mail_hostname: Option<String>,
    /// Largest incoming mail.
    pub mail_bytes_max: usize,
    /// Most recipients of an incoming mail.
    pub mail_recipients_max: usize,
    /// Most conversations at each mail door.
    pub mail_connections_max: usize,
    /// Most of them with one address.
    pub mail_connections_per_address_max: usize,
    /// Most messages a minute from one address; 0 for no limit.
    pub mail_messages_per_minute: u32,
    /// Most messages a minute of one sender from one address; 0 for no limit.
    pub mail_sender_messages_per_minute: u32,
    /// Networks of our own relays: no limits by address, and their XFORWARD is believed.
    pub mail_trusted_relays: Vec<Network>,
    /// Networks that webhooks may call although they are not public.
    pub webhook_networks: Vec<Network>,
    /// Certificate chain for STARTTLS.
    pub mail_tls_cert: Option<PathBuf>,
    /// Its private key.
    pub mail_tls_key: Option<PathBuf>,
    /// Who is asked for the DNS records by which senders of mail are checked.
    pub dns_resolver: ResolverChoice,
    /// Names in `Authentication-Results` that only our own mail server writes.
    pub trusted_authserv_ids: Vec<String>,
    /// Domains whose ARC seals are believed.
    pub trusted_sealers: Vec<String>,
    /// Private keys that sign outgoing mail.
    pub dkim_key: Vec<PathBuf>,
    /// Under which names their public halves are published.
    pub dkim_selector: Vec<String>,
    /// The domain that signs, when it is not the mail domain.
    pub dkim_domain: Option<String>,
    /// Whether mail may be fetched without encryption from elsewhere than this machine.
    pub mail_fetch_cleartext_anywhere: bool,
    /// Seals stored credentials; none for the file in the data directory.
    pub secret_key: Option<people::vault::SecretKey>,
    /// For how many seconds a reply from a page can be taken back.
    pub undo_send_seconds: i64,
    /// Where blobs go.
    pub blob_store: BlobStore,
    /// The directory, when it is not `blobs` in the data directory.
    pub blob_dir: Option<PathBuf>,
    /// The bucket.
    pub s3: S3,
    /// Most open HTTP connections.
    pub http_connections_max: usize,
    /// Networks whose `X-Forwarded-For` is believed.
    pub trusted_proxies: Vec<Network>,
    /// Requests a minute for each token or session; 0 for no limit.
    pub requests_per_minute: u32,
    /// How many of them may come at once.
    pub requests_burst: u32,
    /// Requests a minute for each address that shows no token or session; 0 for no limit.
    pub anonymous_requests_per_minute: u32,
    /// How log lines look.
    pub log_format: LogFormat,
    /// From which level on, or directives such as `info,store=debug`.
    pub log_level: String,
}

impl Config {
    /// The address of the database, with the default filled in.
    #[must_use]
    pub fn database_url(&self) -> String {
        if self.database.is_empty() { format!("sqlite:{}", self.data_dir.join("steward.db").display()) } else { self.database.clone() }
    }

    /// The directory of blobs, with the default filled in.
    #[must_use]
    pub fn blob_dir(&self) -> PathBuf {
        self.blob_dir.clone().unwrap_or_else(|| self.data_dir.join("blobs"))
    }

    /// Blobs as the store wants them.
    #[must_use]
    pub fn blob_settings(&self) -> store::BlobSettings {
        match self.blob_store {
            BlobStore::Directory => store::BlobSettings::Directory(self.blob_dir()),
            BlobStore::S3 => {
                let S3 { endpoint, bucket, region, access_key, secret_key, prefix } = self.s3.clone();
                store::BlobSettings::S3 { endpoint, bucket, region, access_key, secret_key, prefix }
            }
        }
    }

    /// What the store needs, on the machine's clock.
    #[must_use]
    pub fn store_settings(&self) -> store::Settings {
        store::Settings {
            url: self.database_url(),
            data_dir: self.data_dir.clone(),
            clock: kernel::Clock::system(),
            blobs: self.blob_settings(),
        }
    }

    /// Our name in the greeting of the mail doors.
    #[must_use]
    pub fn mail_hostname(&self) -> &str {
        self.mail_hostname.as_deref().or(self.mail_domain.as_deref()).unwrap_or("localhost")
    }

    /// The domain that signs outgoing mail.
    #[must_use]
    pub fn dkim_domain(&self) -> Option<&str> {
        self.dkim_domain.as_deref().or(self.mail_domain.as_deref())
    }

    /// What the checks of senders need.
    #[must_use]
    pub fn check_settings(&self) -> CheckSettings {
        CheckSettings {
            resolver: self.dns_resolver,
            host_name: self.mail_hostname().to_owned(),
            trusted_relays: self.mail_trusted_relays.clone(),
            trusted_authserv_ids: self.trusted_authserv_ids.clone(),
            trusted_sealers: self.trusted_sealers.clone(),
        }
    }

    /// What signs outgoing mail, when a key is set.
    ///
    /// # Errors
    /// A sentence that names the file.
    pub fn signer(&self) -> Result<Option<Signer>, String> {
        let Some(domain) = self.dkim_domain().filter(|_| !self.dkim_key.is_empty()) else { return Ok(None) };
        let keys = self.dkim_selector.iter().zip(&self.dkim_key).map(|(selector, file)| {
            let wrong = |problem: String| format!("dkim_key: {}: {problem}", file.display());
            let pem = std::fs::read(file).map_err(|error| wrong(error.to_string()))?;
            Ok((selector.clone(), PrivateKey::from_pem(&pem).map_err(|error| wrong(error.to_string()))?))
        });
        let keys = keys.collect::<Result<Vec<_>, String>>()?;
        Signer::new(domain, keys).map(Some).map_err(|error| format!("dkim_key: {error}"))
    }

    /// What holds only between several keys.
    fn check(&self) -> Result<(), String> {
        if self.mail_tls_cert.is_some() != self.mail_tls_key.is_some() {
            return Err("mail_tls_cert and mail_tls_key belong together: set both or none".to_owned());
        }
        if !self.dkim_key.is_empty() {
            if self.dkim_domain().is_none() {
                return Err("dkim_key signs for a domain: set mail_domain or dkim_domain".to_owned());
            }
            if self.dkim_key.len() != self.dkim_selector.len() {
                return Err("dkim_selector: each key needs a name of its own, in the order of dkim_key".to_owned());
            }
        }
        let s3 = &self.s3;
        if self.blob_store == BlobStore::S3 {
            for (name, value) in [
                ("s3_endpoint", &s3.endpoint),
                ("s3_bucket", &s3.bucket),
                ("s3_access_key", &s3.access_key),
                ("s3_secret_key", &s3.secret_key),
            ] {
                if value.is_empty() {
                    return Err(format!("{name} is needed when blob_store is \"s3\""));
                }
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests;
