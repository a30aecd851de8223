//! `steward migrate`.

use store::Store;

use super::make_data_dir;
use crate::config::Config;
use crate::{Failure, console};

/// Brings the database up to date.
pub(super) fn run(config: &Config) -> Result<(), Failure> {
    make_data_dir(&config.data_dir)?;
    let waiting = store::migrate_status(&config.database_url())?.iter().filter(|one| !one.applied).count();
    Store::open(config.store_settings())?.close();
    console::out(&match waiting {
        0 => "The database was up to date.".to_owned(),
        1 => "1 migration applied; the database is up to date.".to_owned(),
        n => format!("{n} migrations applied; the database is up to date."),
    });
    Ok(())
}

/// Lists migrations without changing anything.
pub(super) fn status(config: &Config) -> Result<(), Failure> {
    for one in store::migrate_status(&config.database_url())? {
        let state = if one.applied { "applied" } else { "waiting" };
        console::out(&format!("{:04}\t{state}\t{}", one.version, one.name));
    }
    Ok(())
}
