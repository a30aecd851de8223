//! `steward backup` and `steward restore`.

use std::path::Path;

use store::backup::Manifest;

use super::{make_data_dir, open};
use crate::config::Config;
use crate::{Failure, console};

/// Writes a copy of everything into a file.
pub(super) fn backup(config: &Config, file: &Path) -> Result<(), Failure> {
    let desk = open(config)?;
    let manifest = store::backup::write(desk.store(), file)?;
    console::out(&format!("{} holds {}.", file.display(), content(&manifest)));
    desk.store().close();
    Ok(())
}

/// Fills an empty data directory or database from such a file.
pub(super) fn restore(config: &Config, file: &Path) -> Result<(), Failure> {
    if !file.is_file() {
        return Err(Failure::Failed(format!("there is no file {}", file.display())));
    }
    make_data_dir(&config.data_dir)?;
    let manifest = store::backup::restore(file, &config.store_settings())?;
    console::out(&format!("{} was restored: {}. Check it by steward verify.", file.display(), content(&manifest)));
    Ok(())
}

fn content(manifest: &Manifest) -> String {
    format!("{} rows in {} tables and {} blobs, as of {}", manifest.rows(), manifest.tables.len(), manifest.blobs, manifest.created_at)
}
