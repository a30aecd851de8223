//! Every setting once: its name, default, meaning, and where its value goes. Flags, environment, file and `config default` are made from it.

use super::values::{
    Outcome, address, base_url, database, domain, names, networks, number, optional, optional_address, optional_path, relay, resolver,
    secret_key,
};
use super::{BlobStore, Config, LogFormat};

/// One setting.
pub struct Key {
    /// Name in `steward.toml`; with hyphens the flag, in capitals after `STEWARD_` the environment variable.
    pub name: &'static str,
    /// What it is when nobody sets it.
    pub default: &'static str,
    /// One line.
    pub help: &'static str,
    /// What stands for the value in the help.
    pub stands_for: &'static str,
    /// Stores a value.
    pub set: fn(&mut Config, &str) -> Outcome,
}

impl Key {
    /// As a flag, without the two hyphens before it.
    #[must_use]
    pub fn flag(&self) -> String {
        self.name.replace('_', "-")
    }
    /// As an environment variable.
    #[must_use]
    pub fn variable(&self) -> String {
        format!("STEWARD_{}", self.name.to_ascii_uppercase())
    }
    /// The default as `steward.toml` writes it.
    #[must_use]
    pub fn default_in_toml(&self) -> String {
        if self.default.parse::<u64>().is_ok() { self.default.to_owned() } else { format!("{:?}", self.default) }
    }
}

const fn key(
    name: &'static str,
    default: &'static str,
    stands_for: &'static str,
    help: &'static str,
    set: fn(&mut Config, &str) -> Outcome,
) -> Key {
    Key { name, default, help, stands_for, set }
}

macro_rules! into {
    ($field:ident, $read:expr) => {
        |config: &mut Config, value: &str| {
            config.$field = $read(value);
            Ok(())
        }
    };
}
macro_rules! try_into {
    ($field:ident, $read:expr) => {
        |config: &mut Config, value: &str| {
            config.$field = $read(value)?;
            Ok(())
        }
    };
}
macro_rules! s3 {
    ($field:ident) => {
        |config: &mut Config, value: &str| {
            value.trim().clone_into(&mut config.s3.$field);
            Ok(())
        }
    };
}

/// All settings, in the order in which `config default` prints them.
pub const KEYS: &[Key] = &[
    key("data_dir", "./steward-data", "DIR", "Directory of the database, attachments and lock files.", |config, value| {
        config.data_dir = optional_path(value).ok_or("a directory is needed")?;
        Ok(())
    }),
    key(
        "database",
        "",
        "URL",
        "Database: sqlite:/path/steward.db or postgres://user@host/name; empty for steward.db in the data directory.",
        database,
    ),
    key("listen", "127.0.0.1:7070", "ADDR", "Address of pages and API.", try_into!(listen, address)),
    key(
        "base_url",
        "",
        "URL",
        "How people reach it from outside, such as https://help.example.org; empty for the address it listens on.",
        try_into!(base_url, base_url),
    ),
    key("ops_listen", "", "ADDR", "Address of /metrics for Prometheus; empty for none.", try_into!(ops_listen, optional_address)),
    key(
        "smtp_listen",
        "",
        "ADDR",
        "Address that takes mail from other servers by SMTP; empty for none.",
        try_into!(smtp_listen, optional_address),
    ),
    key(
        "lmtp_listen",
        "",
        "ADDR",
        "Address that takes mail from a mail server beside it by LMTP; empty for none.",
        try_into!(lmtp_listen, optional_address),
    ),
    key(
        "smtp_relay",
        "",
        "URL",
        "Where outgoing mail goes: smtp://host:port or smtps://user:password@host; while empty it waits in the queue.",
        relay,
    ),
    key("mail_domain", "", "DOMAIN", "Domain of the desks' addresses.", try_into!(mail_domain, domain)),
    key(
        "mail_hostname",
        "",
        "NAME",
        "Name in the greeting of the mail doors; empty for the mail domain.",
        try_into!(mail_hostname, domain),
    ),
    key(
        "mail_bytes_max",
        "26214400",
        "BYTES",
        "Largest incoming mail.",
        try_into!(mail_bytes_max, |value| number(value, 10_000, 104_857_600)),
    ),
    key(
        "mail_recipients_max",
        "100",
        "N",
        "Most recipients of an incoming mail.",
        try_into!(mail_recipients_max, |value| number(value, 1, 10_000)),
    ),
    key(
        "mail_connections_max",
        "256",
        "N",
        "Most conversations at a time at each mail door.",
        try_into!(mail_connections_max, |value| number(value, 1, 10_000)),
    ),
    key(
        "mail_connections_per_address_max",
        "20",
        "N",
        "Most conversations at a time with one address at the SMTP door; relays of mail_trusted_relays have no such limit.",
        try_into!(mail_connections_per_address_max, |value| number(value, 1, 10_000)),
    ),
    key(
        "mail_messages_per_minute",
        "300",
        "N",
        "Most messages a minute that one address may bring to the SMTP door; 0 for no limit.",
        try_into!(mail_messages_per_minute, |value| number(value, 0, 1_000_000)),
    ),
    key(
        "mail_sender_messages_per_minute",
        "60",
        "N",
        "Most messages a minute of one envelope sender from one address at the SMTP door; 0 for no limit.",
        try_into!(mail_sender_messages_per_minute, |value| number(value, 0, 1_000_000)),
    ),
    key(
        "mail_trusted_relays",
        "",
        "NETWORKS",
        "Addresses or networks, separated by commas, of your own mail servers: no limits by address, and XFORWARD is believed.",
        try_into!(mail_trusted_relays, networks),
    ),
    key(
        "webhook_networks",
        "",
        "NETWORKS",
        "Networks, separated by commas, that webhooks may call although they are not public, such as 10.0.0.0/8; empty for none.",
        try_into!(webhook_networks, networks),
    ),
    key("mail_tls_cert", "", "FILE", "Certificate chain (PEM) for STARTTLS at the mail doors.", into!(mail_tls_cert, optional_path)),
    key("mail_tls_key", "", "FILE", "Private key (PEM) of that certificate.", into!(mail_tls_key, optional_path)),
    key(
        "dns_resolver",
        "system",
        "ADDR",
        "Name server by which senders of mail are checked: system, off, or an address such as 127.0.0.1:53.",
        try_into!(dns_resolver, resolver),
    ),
    key(
        "trusted_authserv_ids",
        "",
        "LIST",
        "Names in Authentication-Results, separated by commas, that only your own mail server or provider writes.",
        try_into!(trusted_authserv_ids, names),
    ),
    key(
        "trusted_sealers",
        "",
        "LIST",
        "Domains, separated by commas, of forwarders and mailing lists whose ARC seals are believed.",
        try_into!(trusted_sealers, names),
    ),
    key(
        "dkim_key",
        "",
        "FILE",
        "Private key (PEM) that signs outgoing mail; steward mail dkim-key makes one. Several are separated by commas.",
        |config, value| {
            config.dkim_key = value.split(',').filter_map(optional_path).collect();
            Ok(())
        },
    ),
    key(
        "dkim_selector",
        "steward",
        "NAME",
        "Name under which the key is published, before ._domainkey.; one for each key.",
        try_into!(dkim_selector, names),
    ),
    key("dkim_domain", "", "DOMAIN", "Domain that signs; empty for the mail domain.", try_into!(dkim_domain, domain)),
    key(
        "mail_fetch_cleartext",
        "here",
        "KIND",
        "Where mail may be fetched from without encryption: here (this machine) or anywhere.",
        |config, value| {
            config.mail_fetch_cleartext_anywhere = match value.trim() {
                "here" => false,
                "anywhere" => true,
                _ => return Err("expected here or anywhere".to_owned()),
            };
            Ok(())
        },
    ),
    key(
        "secret_key",
        "",
        "KEY",
        "Seals stored credentials, 64 hexadecimal digits, the same on every node; empty for secret.key in the data directory, which is made when needed. Better set by STEWARD_SECRET_KEY than here.",
        secret_key,
    ),
    key(
        "undo_send_seconds",
        "10",
        "N",
        "For how many seconds a reply written on a page can be taken back before it goes; 0 for not at all.",
        |config, value| {
            config.undo_send_seconds = number(value, 0, 120)?;
            Ok(())
        },
    ),
    key("blob_store", "directory", "KIND", "Where attachments and raw mail go: directory or s3.", |config, value| {
        config.blob_store = match value.trim() {
            "directory" => BlobStore::Directory,
            "s3" => BlobStore::S3,
            _ => return Err("expected directory or s3".to_owned()),
        };
        Ok(())
    }),
    key("blob_dir", "", "DIR", "That directory; empty for blobs in the data directory.", into!(blob_dir, optional_path)),
    key("s3_endpoint", "", "URL", "Address of the S3-compatible service.", s3!(endpoint)),
    key("s3_bucket", "", "NAME", "Bucket.", s3!(bucket)),
    key("s3_region", "us-east-1", "NAME", "Region, as the service names it.", s3!(region)),
    key("s3_prefix", "", "TEXT", "Put before the name of every object.", s3!(prefix)),
    key("s3_access_key", "", "KEY", "Access key; better set by STEWARD_S3_ACCESS_KEY than here.", s3!(access_key)),
    key("s3_secret_key", "", "KEY", "Secret key; better set by STEWARD_S3_SECRET_KEY than here.", s3!(secret_key)),
    key(
        "http_connections_max",
        "2048",
        "N",
        "Most open connections to pages and API.",
        try_into!(http_connections_max, |value| number(value, 1, 100_000)),
    ),
    key(
        "trusted_proxies",
        "",
        "LIST",
        "Addresses or networks, separated by commas, whose X-Forwarded-For is believed.",
        try_into!(trusted_proxies, networks),
    ),
    key(
        "requests_per_minute",
        "600000",
        "N",
        "Requests a minute for each token or session; 0 for no limit.",
        try_into!(requests_per_minute, |value| number(value, 0, 10_000_000)),
    ),
    key(
        "requests_burst",
        "60000",
        "N",
        "How many of them may come at once.",
        try_into!(requests_burst, |value| number(value, 1, 10_000_000)),
    ),
    key(
        "anonymous_requests_per_minute",
        "6000",
        "N",
        "Requests a minute for each network address without token or session; 0 for no limit.",
        |config, value| {
            config.anonymous_requests_per_minute = number(value, 0, 10_000_000)?;
            Ok(())
        },
    ),
    key("log_format", "text", "KIND", "Log lines as text or json.", |config, value| {
        config.log_format = match value.trim() {
            "text" => LogFormat::Text,
            "json" => LogFormat::Json,
            _ => return Err("expected text or json".to_owned()),
        };
        Ok(())
    }),
    key(
        "log_level",
        "info",
        "LEVEL",
        "error, warn, info, debug (one line per request) or trace; per part as in info,store=debug.",
        |config, value| {
            config.log_level = optional(value).ok_or("a level is needed")?;
            Ok(())
        },
    ),
];
