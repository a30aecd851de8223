//! What each command does.

mod backup;
mod dkim;
mod doctor;
mod mail;
mod migrate;
mod rows;
mod search;
mod serve;
mod setup;
mod token;
mod user;
mod verify;

use std::fs::DirBuilder;
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};

use kernel::{Actor, PersonId};
use people::ServiceDesk;
use people::person::{email, rows as person_rows};
use store::Store;

use crate::cli::{Call, Command, ConfigAction, MigrateAction, SearchAction};
use crate::config::{Config, KEYS};
use crate::{Failure, console, logs};

/// Who the journal names as author of what the command line does.
const CONSOLE: Actor = Actor::System("console");

/// Runs a command to its end.
pub(crate) fn dispatch(call: Call) -> Result<(), Failure> {
    let Call { command, config } = call;
    if let Command::Serve(serve) = &command {
        return serve::run(config, serve.demo);
    }
    logs::start(&config, Some("warn,refinery_core=error"))?;
    match command {
        Command::Serve(_) => Ok(()),
        Command::Setup(asked) => setup::run(&config, &asked),
        Command::User { action } => user::run(&config, action),
        Command::Token { action } => token::run(&config, action),
        Command::Mail { action } => mail::run(&config, action),
        Command::Migrate { action: None } => migrate::run(&config),
        Command::Migrate { action: Some(MigrateAction::Status) } => migrate::status(&config),
        Command::Backup { file } => backup::backup(&config, &file),
        Command::Restore { file } => backup::restore(&config, &file),
        Command::Search { action: SearchAction::Rebuild } => search::rebuild(&config),
        Command::Verify => verify::run(&config),
        Command::Doctor => doctor::run(&config),
        Command::Config { action: ConfigAction::Default } => {
            print_defaults();
            Ok(())
        }
    }
}

fn print_defaults() {
    console::out("# Settings of Steward. A flag (--listen) beats the environment (STEWARD_LISTEN), which beats this file.");
    for key in KEYS {
        console::out(&format!("\n# {}\n{} = {}", key.help, key.name, key.default_in_toml()));
    }
}

/// Makes the data directory, for nobody else to read.
pub(crate) fn make_data_dir(path: &Path) -> Result<(), Failure> {
    DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(path)
        .map_err(|error| Failure::Failed(format!("the data directory {} cannot be made: {error}", path.display())))
}

/// The file of the database, when it is one.
fn database_file(config: &Config) -> Option<PathBuf> {
    let url = config.database_url();
    url.strip_prefix("sqlite:").map(|path| PathBuf::from(path.strip_prefix("//").unwrap_or(path)))
}

/// Opens the service desk, making what is not there.
fn open_or_make(config: &Config) -> Result<ServiceDesk, Failure> {
    make_data_dir(&config.data_dir)?;
    let store = Store::open(config.store_settings())?;
    Ok(ServiceDesk::open(store)?)
}

/// Opens a service desk that must be there already.
fn open(config: &Config) -> Result<ServiceDesk, Failure> {
    must_exist(config)?;
    open_or_make(config)
}

fn must_exist(config: &Config) -> Result<(), Failure> {
    match database_file(config) {
        Some(file) if !file.exists() => Err(Failure::Failed(format!(
            "there is no database at {}: run steward setup or steward serve first, or check --data-dir",
            file.display()
        ))),
        _ => Ok(()),
    }
}

/// The person with this address.
fn person_called(desk: &ServiceDesk, address: &str) -> Result<PersonId, Failure> {
    let unknown = || Failure::Failed(format!("nobody has the address {address}"));
    let normal = email::normalise(address).ok_or_else(unknown)?;
    desk.store().read_blocking(move |db| person_rows::id_of(db, &normal))?.ok_or_else(unknown)
}
