//! Opening a store: find the database, bring it up to date, take a node number, start the threads.

use std::fs::{self, File, OpenOptions};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use crossbeam_channel::{Receiver, bounded};
use kernel::{Clock, Error, Result};
use rustix::fs::{FlockOperation, flock, statvfs};

use crate::blobs::{self, BlobSettings, Blobs};
use crate::job::Order;
use crate::shared::{Bell, Shared};
use crate::store::{Core, Inner, Threads};
use crate::{Dialect, fault, lite, migrate, pg};

/// Jobs that may wait; beyond it callers are told to try again.
const QUEUE_JOBS_MAX: usize = 4_096;
const NODES_MAX: u16 = 1_023;

/// Where everything is kept.
#[derive(Clone, Debug)]
pub struct Settings {
    /// `sqlite:/path/steward.db` or `postgres://user@host/database`.
    pub url: String,
    /// Lock files, and whatever else belongs to this machine.
    pub data_dir: PathBuf,
    /// The clock that all work goes by.
    pub clock: Clock,
    /// Where attachments and raw mail go.
    pub blobs: BlobSettings,
}

/// What an address names.
#[derive(Clone)]
pub(crate) enum Place {
    Lite(PathBuf),
    Pg(Box<postgres::Config>),
}

impl Place {
    pub(crate) fn parse(url: &str) -> Result<Self> {
        if let Some(path) = url.strip_prefix("sqlite:") {
            let path = path.strip_prefix("//").unwrap_or(path);
            if path.is_empty() || path == ":memory:" {
                return Err(Error::internal("the database address needs the path of a file, such as sqlite:/var/lib/steward/steward.db"));
            }
            return Ok(Self::Lite(PathBuf::from(path)));
        }
        if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            return pg::config(url).map(|config| Self::Pg(Box::new(config)));
        }
        Err(Error::internal("the database address must start with sqlite: or postgres://"))
    }
}

pub(crate) fn unusable(what: &str, path: &Path, error: &std::io::Error) -> Error {
    Error::unavailable(format!("{what} {}: {error}", path.display()))
}

/// Takes the lock file unless another process has it. The lock goes with the file handle.
pub(crate) fn lock(path: &Path) -> Result<Option<File>> {
    let file = lock_file(path)?;
    match flock(&file, FlockOperation::NonBlockingLockExclusive) {
        Ok(()) => Ok(Some(file)),
        Err(rustix::io::Errno::WOULDBLOCK) => Ok(None),
        Err(error) => Err(unusable("cannot lock", path, &error.into())),
    }
}

fn lock_file(path: &Path) -> Result<File> {
    OpenOptions::new().write(true).create(true).truncate(false).open(path).map_err(|error| unusable("cannot open", path, &error))
}

/// What is free for us on the disk that holds `path`, in bytes.
pub(crate) fn disk_bytes_free(path: &Path) -> Result<u64> {
    let disk = statvfs(path).map_err(|error| unusable("cannot look at the disk of", path, &error.into()))?;
    Ok(disk.f_bavail.saturating_mul(disk.f_frsize))
}

pub(crate) fn make_dir(path: &Path) -> Result<()> {
    fs::create_dir_all(path).map_err(|error| unusable("cannot make the directory", path, &error))
}

/// Opens whatever the settings name.
pub(crate) fn open(settings: Settings) -> Result<Inner> {
    make_dir(&settings.data_dir)?;
    match Place::parse(&settings.url)? {
        Place::Lite(path) => open_lite(settings, &path),
        Place::Pg(config) => open_pg(settings, &config),
    }
}

fn open_lite(settings: Settings, path: &Path) -> Result<Inner> {
    lite::check_version()?;
    if let Some(folder) = path.parent() {
        make_dir(folder)?;
    }
    let failed = |error: rusqlite::Error| fault::lite(&error, "opening the database");
    let conn = {
        // Two processes that open a new database at once would both try to make its tables.
        let guard = settings.data_dir.join("migrate.lock");
        let file = lock_file(&guard)?;
        flock(&file, FlockOperation::LockExclusive).map_err(|error| unusable("cannot lock", &guard, &error.into()))?;
        let mut conn = lite::open_writer(path).map_err(failed)?;
        migrate::lite(&mut conn, None)?;
        conn
    };
    let (node, node_lock) = local_node(&settings.data_dir)?;
    let shared = Arc::new(Shared::new(settings.clock.clone(), node));
    let (writes, write_orders) = bounded(QUEUE_JOBS_MAX);
    let (reads, read_orders) = bounded(QUEUE_JOBS_MAX);
    let core = Core { dialect: Dialect::Sqlite, writes, reads, shared };
    let blobs = Blobs::open(&settings.blobs, core.clone())?;
    let mut threads = Threads::default();
    threads.database.push(lite::start_writer(path, conn, &core.shared, write_orders)?);
    threads.database.extend(lite::start_readers(path, &core.shared, &read_orders)?);
    finish(settings, blobs, threads, Some(node_lock))
}

fn open_pg(settings: Settings, config: &postgres::Config) -> Result<Inner> {
    let mut client = pg::connect(config).map_err(|error| fault::pg(&error, "connecting"))?;
    migrate::pg(&mut client, None)?;
    drop(client);
    let listener = pg::Listener::open(config)?;
    let shared = Arc::new(Shared::new(settings.clock.clone(), listener.node));
    let (orders, taken): (_, Receiver<Order>) = bounded(QUEUE_JOBS_MAX);
    let core = Core { dialect: Dialect::Postgres, writes: orders.clone(), reads: orders, shared };
    let blobs = Blobs::open(&settings.blobs, core.clone())?;
    let mut threads = Threads::default();
    threads.database.extend(pg::start_workers(config, &core.shared, &taken)?);
    let bell = Bell::default();
    threads.bells.push(bell.clone());
    threads.helpers.push(pg::start_listener(listener, &core.shared, &threads.stop, bell)?);
    finish(settings, blobs, threads, None)
}

fn finish(settings: Settings, blobs: Blobs, mut threads: Threads, node_lock: Option<File>) -> Result<Inner> {
    let place = Place::parse(&settings.url)?;
    threads.bells.push(blobs.core.shared.mover.clone());
    threads.helpers.push(blobs::start_mover(&blobs, &threads.stop)?);
    Ok(Inner {
        core: blobs.core.clone(),
        blobs,
        place,
        data_dir: settings.data_dir,
        threads: Mutex::new(threads),
        serving: Mutex::new(None),
        node_lock,
    })
}

/// A number that no other process on this data directory has, so that identifiers made at the same moment differ.
fn local_node(data_dir: &Path) -> Result<(u16, File)> {
    let folder = data_dir.join("nodes");
    make_dir(&folder)?;
    for node in 0..=NODES_MAX {
        if let Some(file) = lock(&folder.join(node.to_string()))? {
            return Ok((node, file));
        }
    }
    Err(Error::unavailable("every node number of the data directory is taken"))
}
