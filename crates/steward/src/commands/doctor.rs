//! `steward doctor`: looks at everything that can be wrong around the program, and says what to do.

mod mail;
mod network;
mod records;

use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use kernel::{Clock, Span, Stamp};
use people::ServiceDesk;
use store::Store;

use super::{database_file, rows};
use crate::config::{Config, unknown_environment};
use crate::{Failure, console};

/// No machine runs this program before it was written.
const WRITTEN: &str = "2026-11-01T00:00:00Z";
/// More than this between our clock and the database server's is a fault.
const CLOCKS_APART_MAX: Span = Span::minutes(1);
const MEBIBYTE: u64 = 1024 * 1024;
const DISK_MEBIBYTES_MIN: u64 = 64;
const DISK_MEBIBYTES_GOOD: u64 = 1_024;

/// How one thing is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum State {
    Ok,
    Warn,
    Fail,
}

/// Prints what it finds and counts what is wrong.
#[derive(Default)]
struct Findings {
    warnings: usize,
    failures: usize,
}

impl Findings {
    fn say(&mut self, state: State, what: &str, text: &str) {
        let word = match state {
            State::Ok => "ok",
            State::Warn => "warn",
            State::Fail => "fail",
        };
        self.warnings += usize::from(state == State::Warn);
        self.failures += usize::from(state == State::Fail);
        console::out(&format!("{word:<5} {what}: {text}"));
    }
    fn ok(&mut self, what: &str, text: &str) {
        self.say(State::Ok, what, text);
    }
    fn warn(&mut self, what: &str, text: &str) {
        self.say(State::Warn, what, text);
    }
    fn fail(&mut self, what: &str, text: &str) {
        self.say(State::Fail, what, text);
    }
}

/// Examines everything.
pub(super) fn run(config: &Config) -> Result<(), Failure> {
    let mut found = Findings::default();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| Failure::Failed(format!("no thread to work with: {error}")))?;
    environment(&mut found);
    data_dir(config, &mut found);
    let desk = database(config, &runtime, &mut found);
    clock(desk.as_ref(), &mut found);
    runtime.block_on(network::examine(config, desk.as_ref(), &mut found));
    runtime.block_on(mail::examine(config, desk.as_ref(), &mut found));
    runtime.block_on(records::examine(config, &mut found));
    if let Some(desk) = &desk {
        people(desk, &mut found);
        desk.store().close();
    }
    match (found.failures, found.warnings) {
        (0, 0) => console::out("Everything is in order."),
        (0, n) => console::out(&format!("It works; {n} to look at.")),
        (n, _) => return Err(Failure::Failed(format!("{n} to mend: see the lines that begin with fail"))),
    }
    Ok(())
}

fn environment(found: &mut Findings) {
    let names = std::env::vars_os().filter_map(|(name, _)| name.into_string().ok());
    let unknown = unknown_environment(names);
    if unknown.is_empty() {
        found.ok("settings", "every key is known");
    }
    for (name, nearest) in unknown {
        let hint = nearest.map_or_else(|| "see steward config default".to_owned(), |nearest| format!("did you mean {nearest}?"));
        found.warn("settings", &format!("the variable {name} means nothing here; {hint}"));
    }
}

fn data_dir(config: &Config, found: &mut Findings) {
    let shown = config.data_dir.display();
    let Ok(data) = std::fs::metadata(&config.data_dir) else {
        found.warn("data directory", &format!("{shown} does not exist yet; setup or serve makes it"));
        return;
    };
    let mode = data.permissions().mode() & 0o777;
    if mode & 0o077 == 0 {
        found.ok("data directory", &format!("{shown} is closed to others"));
    } else {
        found.warn("data directory", &format!("{shown} is open to others ({mode:o}): chmod 700 {shown}"));
    }
    disk(&config.data_dir, found);
}

fn disk(path: &Path, found: &mut Findings) {
    match rustix::fs::statvfs(path) {
        Ok(disk) => {
            let free = disk.f_bavail.saturating_mul(disk.f_frsize) / MEBIBYTE;
            match free {
                0..DISK_MEBIBYTES_MIN => {
                    found.fail("disk", &format!("{free} MiB are free; mail is turned away below {DISK_MEBIBYTES_MIN}: make room"))
                }
                DISK_MEBIBYTES_MIN..DISK_MEBIBYTES_GOOD => found.warn("disk", &format!("{free} MiB are free: make room soon")),
                _ => found.ok("disk", &format!("{} GiB are free", free / 1_024)),
            }
        }
        Err(error) => found.fail("disk", &format!("cannot be looked at: {error}")),
    }
}

fn database(config: &Config, runtime: &tokio::runtime::Runtime, found: &mut Findings) -> Option<ServiceDesk> {
    if let Some(file) = database_file(config).filter(|file| !file.exists()) {
        found.warn("database", &format!("{} does not exist yet; setup or serve makes it", file.display()));
        return None;
    }
    let waiting = match store::migrate_status(&config.database_url()) {
        Ok(all) => all.iter().filter(|one| !one.applied).count(),
        Err(error) => {
            found.fail("database", &format!("cannot be reached: {error}"));
            return None;
        }
    };
    if waiting > 0 {
        found.warn("database", &format!("{waiting} migrations wait; serve applies them, or steward migrate"));
        return None;
    }
    match Store::open(config.store_settings()).and_then(ServiceDesk::open) {
        Ok(desk) => {
            let version = desk.store().read_blocking(rows::version).unwrap_or_default();
            match runtime.block_on(desk.store().ping()) {
                Ok(()) => found.ok("database", &format!("{version}, up to date, can be written")),
                Err(error) => found.fail("database", &format!("{version}, cannot be written: {error}")),
            }
            Some(desk)
        }
        Err(error) => {
            found.fail("database", &format!("cannot be opened: {error}"));
            None
        }
    }
}

fn clock(desk: Option<&ServiceDesk>, found: &mut Findings) {
    let now = Clock::system().now();
    if Stamp::parse(WRITTEN).is_some_and(|written| now < written) {
        found.fail("clock", &format!("it is not {now}: set the machine's clock"));
        return;
    }
    let theirs = desk.and_then(|desk| desk.store().read_blocking(rows::time).ok()).unwrap_or(now);
    let apart = (theirs - now).micros().abs();
    if apart > CLOCKS_APART_MAX.micros() {
        found.fail(
            "clock",
            &format!("the database server's is {} seconds away from ours: let both follow a time server", apart / 1_000_000),
        );
    } else {
        found.ok("clock", &format!("{now}"));
    }
}

fn people(desk: &ServiceDesk, found: &mut Findings) {
    match desk.store().read_blocking(rows::has_administrator) {
        Ok(true) => found.ok("people", "somebody administers"),
        Ok(false) => found.warn("people", "nobody administers: run steward setup"),
        Err(error) => found.fail("people", &error.to_string()),
    }
    match desk.store().read_blocking(|db| journal::parked::list(db, 1_000)) {
        Ok(parked) if parked.is_empty() => found.ok("journal", "nothing was set aside"),
        Ok(parked) => {
            let last = parked.first().map_or("", |first| first.error.as_str());
            found.warn("journal", &format!("{} facts were set aside, the last because of: {last}; see /api/v1/parked", parked.len()));
        }
        Err(error) => found.fail("journal", &error.to_string()),
    }
}
