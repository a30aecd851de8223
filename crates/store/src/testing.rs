//! Fresh databases for tests: a directory for SQLite; for PostgreSQL a database of the server named by `STEWARD_TEST_POSTGRES`, or of
//! a throw-away cluster that this process starts and that ends with it.
#![expect(clippy::unwrap_used, clippy::panic, reason = "only tests call this; a failure here is a failure of the test")]

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

use kernel::{Clock, Stamp};
use postgres::{Client, NoTls};
use tempfile::TempDir;

use crate::{BlobSettings, Dialect, Settings, Store};

/// An open store on a database of its own, removed when this is dropped.
pub struct Fixture {
    store: Option<Store>,
    place: Empty,
}

/// A place for a store, empty until one is opened there; removed when this is dropped.
pub struct Empty {
    /// What to open it with.
    pub settings: Settings,
    database: Option<Database>,
    _dir: TempDir,
}

struct Database {
    server: String,
    name: String,
}

/// An empty place, with a clock that stands still.
pub fn empty(dialect: Dialect) -> Empty {
    match dialect {
        Dialect::Sqlite => Empty::sqlite_with(clock()),
        Dialect::Postgres => Empty::postgres_on(&server(), clock()),
    }
}

impl Empty {
    fn sqlite_with(clock: Clock) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let url = format!("sqlite:{}", dir.path().join("steward.db").display());
        Self::new(dir, url, None, clock)
    }

    fn postgres_on(server: &str, clock: Clock) -> Self {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let name = format!("steward_test_{}_{}", std::process::id(), NUMBER.fetch_add(1, Ordering::Relaxed));
        Client::connect(server, NoTls).unwrap().batch_execute(&format!("CREATE DATABASE {name}")).unwrap();
        let url = with_database(server, &name);
        let database = Database { server: server.to_owned(), name };
        Self::new(tempfile::tempdir().unwrap(), url, Some(database), clock)
    }

    fn new(dir: TempDir, url: String, database: Option<Database>, clock: Clock) -> Self {
        let blobs = BlobSettings::Directory(dir.path().join("blobs"));
        let settings = Settings { url, data_dir: dir.path().join("data"), clock, blobs };
        Self { settings, database, _dir: dir }
    }
}

impl Drop for Empty {
    fn drop(&mut self) {
        if let Some(Database { server, name }) = &self.database
            && let Ok(mut client) = Client::connect(server, NoTls)
        {
            drop(client.batch_execute(&format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)")));
        }
    }
}

impl Fixture {
    /// On SQLite, with a clock that stands still.
    pub fn sqlite() -> Self {
        Self::sqlite_with(clock())
    }

    /// On SQLite, with this clock.
    pub fn sqlite_with(clock: Clock) -> Self {
        Self::open(Empty::sqlite_with(clock))
    }

    /// On PostgreSQL, with a clock that stands still.
    pub fn postgres() -> Self {
        Self::postgres_on(&server(), clock())
    }

    /// On a database of its own on this server.
    pub fn postgres_on(server: &str, clock: Clock) -> Self {
        Self::open(Empty::postgres_on(server, clock))
    }

    fn open(place: Empty) -> Self {
        Self { store: Some(Store::open(place.settings.clone()).unwrap()), place }
    }

    /// Runs a test on both databases.
    pub fn both(test: impl Fn(&Store)) {
        Self::each(|fixture| test(fixture.store()));
    }

    /// Runs a test on both databases, for one that also needs the clock, the settings or a restart.
    pub fn each(test: impl Fn(&mut Self)) {
        test(&mut Self::sqlite());
        test(&mut Self::postgres());
    }

    /// The store.
    pub fn store(&self) -> &Store {
        self.store.as_ref().unwrap()
    }

    /// What the store was opened with.
    pub fn settings(&self) -> &Settings {
        &self.place.settings
    }

    /// The clock, to be moved by hand.
    pub fn clock(&self) -> &Clock {
        &self.place.settings.clock
    }

    /// Another store on the same database, as another process or node would have it.
    pub fn second(&self) -> Store {
        Store::open(self.place.settings.clone()).unwrap()
    }

    /// Closes the store and opens it again.
    pub fn reopen(&mut self) {
        self.store().close();
        self.store = None;
        self.store = Some(Store::open(self.place.settings.clone()).unwrap());
    }
}

impl Drop for Fixture {
    fn drop(&mut self) {
        if let Some(store) = self.store.take() {
            store.close();
        }
    }
}

fn clock() -> Clock {
    Clock::manual(Stamp::parse("2026-11-02T08:00:00Z").unwrap_or_default())
}

/// The address of another database on the same server.
pub fn with_database(server: &str, name: &str) -> String {
    let (base, query) = server.split_once('?').map_or((server, None), |(base, query)| (base, Some(query)));
    let authority = base.find("://").map_or(0, |at| at + 3);
    let end = base.get(authority..).and_then(|rest| rest.find('/')).map_or(base.len(), |at| authority + at);
    let base = base.get(..end).unwrap_or(base);
    query.map_or_else(|| format!("{base}/{name}"), |query| format!("{base}/{name}?{query}"))
}

/// The server that tests share: the one named in the environment, or our own.
pub fn server() -> String {
    static OWN: OnceLock<Cluster> = OnceLock::new();
    std::env::var("STEWARD_TEST_POSTGRES").unwrap_or_else(|_| OWN.get_or_init(|| Cluster::start(false)).url.clone())
}

/// A PostgreSQL server in a directory of its own. It stops when this process ends, however it ends.
pub struct Cluster {
    /// Where to connect.
    pub url: String,
    /// The process id of the server itself.
    pub pid: u32,
    guard: Child,
    lifeline: Option<ChildStdin>,
}

/// Runs the server and stops it when the other end of standard input goes away: also when the test was killed.
const GUARD: &str = r#"
set -e
dir="$1"; bin="$2"; shift 2
trap '' INT
"$bin/initdb" -D "$dir/data" -U postgres -A trust -E UTF8 --locale=C --no-sync >"$dir/initdb.log" 2>&1 || { cat "$dir/initdb.log" >&2; exit 1; }
"$bin/postgres" -D "$dir/data" -k "$dir" -c listen_addresses= -c max_connections=300 "$@" >"$dir/server.log" 2>&1 </dev/null &
server=$!
for _ in $(seq 600); do "$bin/pg_isready" -q -h "$dir" && break; sleep 0.05; done
echo "$server"
cat >/dev/null || true
kill -QUIT "$server" 2>/dev/null || true
wait "$server" 2>/dev/null || true
rm -rf "$dir"
"#;

impl Cluster {
    /// Starts a server. Without `durable` it does not flush to disk, which is enough for all but crash and speed tests.
    pub fn start(durable: bool) -> Self {
        let dir = tempfile::Builder::new().prefix("steward-pg-").tempdir().unwrap().keep();
        let mut command = guard_command(&dir);
        command.args(["-c", GUARD, "guard"]);
        command.arg(&dir).arg(programs());
        if !durable {
            command.args(["-c", "fsync=off", "-c", "full_page_writes=off"]);
        }
        let mut guard = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        let lifeline = guard.stdin.take();
        let mut line = String::new();
        BufReader::new(guard.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let Ok(pid) = line.trim().parse() else { panic!("the PostgreSQL server for tests did not start") };
        let host = dir.display().to_string().replace('/', "%2F");
        Self { url: format!("postgres://postgres@{host}/postgres"), pid, guard, lifeline }
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        drop(self.lifeline.take());
        drop(self.guard.wait());
    }
}

/// The server refuses to run as root, so it gets the user that its package made.
fn guard_command(dir: &Path) -> Command {
    if !rustix::process::geteuid().is_root() {
        return Command::new("sh");
    }
    assert!(Command::new("chown").arg("postgres").arg(dir).status().unwrap().success());
    let mut command = Command::new("runuser");
    command.args(["-u", "postgres", "--", "sh"]).current_dir(dir);
    command
}

/// The newest installed server's programs.
fn programs() -> PathBuf {
    let mut found: Vec<(u32, PathBuf)> = std::fs::read_dir("/usr/lib/postgresql")
        .unwrap_or_else(|_| panic!("no PostgreSQL below /usr/lib/postgresql: install it or set STEWARD_TEST_POSTGRES"))
        .filter_map(|entry| entry.ok().map(|entry| entry.path()))
        .filter_map(|path| Some((path.file_name()?.to_str()?.parse().ok()?, path.join("bin"))))
        .collect();
    found.sort();
    found.pop().unwrap().1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_database_of_an_address_is_replaced() {
        assert_eq!(with_database("postgres://u@h:1/a?b=c", "x"), "postgres://u@h:1/x?b=c");
        assert_eq!(with_database("postgres://u@%2Ftmp%2Fpg/postgres", "x"), "postgres://u@%2Ftmp%2Fpg/x");
        assert_eq!(with_database("postgres://h", "x"), "postgres://h/x");
    }
}
