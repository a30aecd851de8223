//! `steward mail dkim-key`.

use std::fs::OpenOptions;
use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use channels::mail::auth::{KeyKind, PrivateKey};

use super::make_data_dir;
use crate::config::Config;
use crate::{Failure, console};

/// Makes a key unless the file holds one, and prints the record to publish.
pub(super) fn run(config: &Config, file: Option<PathBuf>, kind: KeyKind) -> Result<(), Failure> {
    let domain =
        config.dkim_domain().ok_or_else(|| Failure::Usage("set mail_domain, the domain that the key is to sign for".to_owned()))?;
    let selector = match (config.dkim_selector.first(), kind) {
        (Some(selector), KeyKind::Rsa2048) => selector.clone(),
        (Some(selector), KeyKind::Ed25519) => config.dkim_selector.get(1).cloned().unwrap_or_else(|| format!("{selector}-ed25519")),
        (None, _) => return Err(Failure::Usage("set dkim_selector, the name of the key".to_owned())),
    };
    let file = file.unwrap_or_else(|| config.data_dir.join(format!("dkim-{selector}.pem")));
    let shown = file.display();
    let key = if file.exists() {
        let pem = std::fs::read(&file).map_err(|error| Failure::Failed(format!("{shown} cannot be read: {error}")))?;
        console::out(&format!("{shown} holds a key already; it stays."));
        PrivateKey::from_pem(&pem).map_err(|error| Failure::Failed(format!("{shown}: {error}")))?
    } else {
        if file.parent() == Some(&config.data_dir) {
            make_data_dir(&config.data_dir)?;
        }
        let key = PrivateKey::generate(kind)?;
        write(&file, &key)?;
        console::out(&format!("{shown} holds the new key; keep a copy, for backups do not have it."));
        key
    };
    console::out("Publish this record:\n");
    console::out(&format!("{selector}._domainkey.{domain}. IN TXT {}", key.zone_text()));
    console::out(&format!("\nThen set dkim_key = \"{shown}\" and dkim_selector = \"{selector}\", restart, and ask steward doctor."));
    Ok(())
}

fn write(file: &Path, key: &PrivateKey) -> Result<(), Failure> {
    let failed = |error: std::io::Error| Failure::Failed(format!("{} cannot be written: {error}", file.display()));
    let mut out = OpenOptions::new().write(true).create_new(true).mode(0o600).open(file).map_err(failed)?;
    out.write_all(key.to_pem().as_bytes()).and_then(|()| out.sync_all()).map_err(failed)
}
