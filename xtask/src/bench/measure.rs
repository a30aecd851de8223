//! The measurements themselves.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use serde_json::Value;

use super::figures::{Aim, Database, Figures, Unit, millis, number};
use super::program::{Postgres, Server, steward, tool};
use super::{Options, emptied, json_of, searching};

/// A generated desk.
pub(crate) struct Desk {
    pub(crate) folder: PathBuf,
    pub(crate) summary: Value,
}

/// Which database is measured.
pub(crate) enum Place<'p> {
    Sqlite,
    Postgres(&'p Postgres),
}

impl Place<'_> {
    pub(super) fn database(&self) -> Database {
        match self {
            Self::Sqlite => Database::Sqlite,
            Self::Postgres(_) => Database::Postgres,
        }
    }

    fn serve(&self, programs: &Path, desk: &Desk, name: &str) -> Result<Server, String> {
        let (folder, database) = self.data_of(desk, name);
        Server::start(programs, &folder, &database)
    }

    /// The data directory of a desk and the address of its database.
    pub(super) fn data_of(&self, desk: &Desk, name: &str) -> (PathBuf, String) {
        match self {
            Self::Sqlite => (desk.folder.clone(), format!("sqlite:{}/steward.db", desk.folder.display())),
            Self::Postgres(server) => (desk.copy_folder(), server.address(name)),
        }
    }
}

impl Desk {
    /// Generates one, unless that of the run before is to be used again.
    pub(crate) fn generate(programs: &Path, folder: &Path, tickets: usize, keep: bool) -> Result<Self, String> {
        let (data, note) = (folder.join("data"), folder.join("summary.json"));
        if keep && let Some(summary) = fs::read(&note).ok().and_then(|text| serde_json::from_slice(&text).ok()) {
            return Ok(Self { folder: data, summary });
        }
        emptied(folder)?;
        println!("generating a desk with {tickets} tickets");
        let summary = json_of(programs, "bench-generate", &[&data.display().to_string(), &tickets.to_string()])?;
        fs::write(&note, summary.to_string()).map_err(|error| format!("{}: {error}", note.display()))?;
        println!("generated in {:.0} s", number(&summary, "seconds"));
        Ok(Self { folder: data, summary })
    }

    fn copy_folder(&self) -> PathBuf {
        self.folder.with_file_name("postgres")
    }

    /// Writes a backup of it; tells where.
    pub(crate) fn back_up(&self, programs: &Path) -> Result<PathBuf, String> {
        let file = self.folder.with_file_name("desk.backup");
        steward(programs, &["backup", &file.display().to_string(), "--data-dir", &self.folder.display().to_string()])?;
        Ok(file)
    }

    /// Restores that backup into another database, and removes it.
    pub(crate) fn restore(&self, programs: &Path, file: &Path, database: &str) -> Result<(), String> {
        let copy = self.copy_folder();
        emptied(&copy)?;
        let name = file.display().to_string();
        steward(programs, &["restore", &name, "--data-dir", &copy.display().to_string(), "--database", database])?;
        fs::remove_file(file).map_err(|error| format!("{name}: {error}"))
    }

    pub(super) fn text(&self, path: &str) -> String {
        self.summary.pointer(path).and_then(Value::as_str).unwrap_or_default().to_owned()
    }

    fn token(&self) -> String {
        self.text("/administrator/token")
    }

    fn people(&self) -> String {
        self.summary.get("people").map(Value::to_string).unwrap_or_default()
    }
}

/// Creation and mail on a small desk.
pub(crate) fn writing(programs: &Path, place: &Place<'_>, desk: &Desk, options: Options, figures: &mut Figures) -> Result<(), String> {
    let server = place.serve(programs, desk, "small")?;
    let bench = Bench { programs, server: &server, desk, database: place.database(), size: "" };
    bench.create(options, figures)?;
    bench.mail(options, figures)?;
    bench.streams(options, figures)?;
    server.stop()
}

/// Starting, reading, and once more writing, on the large desk.
pub(crate) fn reading(programs: &Path, place: &Place<'_>, desk: &Desk, options: Options, figures: &mut Figures) -> Result<(), String> {
    let database = place.database();
    // A desk that has worked for two years has its file in the system's cache; one that was copied this minute may not.
    if matches!(place, Place::Sqlite) {
        read_through(&desk.folder.join("steward.db"))?;
    }
    // Built while the desk serves it would be what is measured.
    searching::rebuild(programs, place, desk, figures)?;
    let mut starts = Vec::new();
    for _ in 0..3 {
        let server = place.serve(programs, desk, "large")?;
        starts.push(server.ready_after.as_secs_f64());
        server.stop()?;
    }
    starts.sort_by(f64::total_cmp);
    let slowest = starts.last().copied().unwrap_or(f64::NAN);
    figures.add(database, "start to ready, slowest of three", Unit::Seconds, Some(Aim::Below(0.5)), slowest);
    let server = place.serve(programs, desk, "large")?;
    std::thread::sleep(Duration::from_secs(5));
    let (idle, _) = server.memory()?;
    figures.add(database, "resident memory, idle", Unit::Megabytes, Some(Aim::Below(80.0)), megabytes(idle));
    let bench = Bench { programs, server: &server, desk, database, size: ", large desk" };
    bench.read(options, figures)?;
    bench.search(options, figures)?;
    let (_, highest) = server.memory()?;
    figures.add(database, "resident memory, highest while reading", Unit::Megabytes, Some(Aim::Below(150.0)), megabytes(highest));
    bench.create(options, figures)?;
    bench.mail(options, figures)?;
    let (_, highest) = server.memory()?;
    figures.add(
        database,
        "resident memory, highest of all, writing included",
        Unit::Megabytes,
        Some(Aim::Below(150.0)),
        megabytes(highest),
    );
    server.stop()?;
    let begun = Instant::now();
    match place {
        Place::Sqlite => steward(programs, &["verify", "--data-dir", &desk.folder.display().to_string()])?,
        Place::Postgres(postgres) => {
            steward(
                programs,
                &["verify", "--data-dir", &desk.copy_folder().display().to_string(), "--database", &postgres.address("large")],
            )?;
        }
    }
    figures.add(database, "`steward verify` of the large desk afterwards", Unit::Seconds, None, begun.elapsed().as_secs_f64());
    Ok(())
}

fn read_through(file: &Path) -> Result<(), String> {
    let read = fs::File::open(file).and_then(|mut file| std::io::copy(&mut file, &mut std::io::sink()));
    read.map(|_| ()).map_err(|error| format!("{}: {error}", file.display()))
}

pub(super) fn megabytes(bytes: u64) -> f64 {
    f64::from(u32::try_from(bytes / 1_000).unwrap_or(u32::MAX)) / 1_000.0
}

/// A running server and who asks it.
pub(super) struct Bench<'b> {
    programs: &'b Path,
    pub(super) server: &'b Server,
    pub(super) desk: &'b Desk,
    pub(super) database: Database,
    /// Added to what is measured.
    size: &'static str,
}

impl Bench<'_> {
    pub(super) fn load(&self, what: &str, words: &[&str], input: &str, figures: &mut Figures) -> Result<Value, String> {
        let found = tool(self.programs, "bench-load", words, input)?;
        figures.keep(self.database, what, &found);
        Ok(found)
    }

    fn create(&self, options: Options, figures: &mut Figures) -> Result<(), String> {
        let (token, people) = (self.desk.token(), self.desk.people());
        let seconds = if options.quick { "3" } else { "10" };
        let what = format!("creation over HTTP, 1 client{}", self.size);
        let one = self.load(&what, &["create", &self.server.http, &token, "1", seconds, &people], "", figures)?;
        figures.add(self.database, &format!("{what}, p50"), Unit::Millis, Some(Aim::Below(1.0)), millis(&one, "p50_us"));
        let what = format!("creation over HTTP, 64 clients{}", self.size);
        let many = self.load(&what, &["create", &self.server.http, &token, "64", seconds, &people], "", figures)?;
        let aim = if self.database == Database::Sqlite { 3_000.0 } else { 1_500.0 };
        figures.add(self.database, &what, Unit::PerSecond, Some(Aim::AtLeast(aim)), number(&many, "per_second"));
        Ok(())
    }

    fn mail(&self, options: Options, figures: &mut Figures) -> Result<(), String> {
        let (token, mailbox) = (self.desk.token(), self.desk.text("/mailbox"));
        let seconds = if options.quick { "5" } else { "25" };
        let paces = [("5 kB, as fast as taken", "0", "5000"), ("5 kB, at 1,000/s", "1000", "5000"), ("40 kB, at 300/s", "300", "40000")];
        for (pace, per_second, bytes) in paces {
            let what = format!("LMTP, 8 connections, {pace}{}", self.size);
            let words = ["mail", &self.server.lmtp, &self.server.http, &token, &mailbox, "8", seconds, per_second, bytes];
            let found = self.load(&what, &words, "", figures)?;
            if per_second == "0" {
                figures.add(
                    self.database,
                    &format!("{what}: acknowledged"),
                    Unit::PerSecond,
                    Some(Aim::AtLeast(1_000.0)),
                    number(&found, "per_second"),
                );
            }
            let readable = found.get("readable").cloned().unwrap_or_default();
            let p99 = millis(&readable, "p99_us") / 1_000.0;
            figures.keep(self.database, &format!("{what}: from acknowledged to readable"), &readable);
            figures.add(self.database, &format!("{what}: readable after, p99"), Unit::Seconds, Some(Aim::Below(2.0)), p99);
        }
        Ok(())
    }

    fn read(&self, options: Options, figures: &mut Figures) -> Result<(), String> {
        let long = self.long();
        let paths = |path: &dyn Fn(&str) -> String| long.iter().map(|number| path(number)).collect::<Vec<_>>().join("\n");
        let bearer = format!("Authorization: Bearer {}", self.desk.text("/agent/token"));
        let cookie = format!("Cookie: __Host-steward={}", self.desk.text("/agent/session"));
        let api = Reader { header: &bearer, aim: 3.0, options };
        let page = Reader { header: &cookie, aim: 8.0, options };
        self.get("ticket by API", &api, &paths(&|number| format!("/api/v1/tickets/{number}")), figures)?;
        self.get("its 20 messages by API", &api, &paths(&|number| format!("/api/v1/tickets/{number}/messages")), figures)?;
        self.get("ticket with 20 messages as a page", &page, &paths(&|number| format!("/desk/tickets/{number}")), figures)?;
        let inbox = Reader { header: &cookie, aim: 15.0, options };
        self.get("inbox page, grouped by priority, with marks of what was read", &inbox, "/desk/views/open", figures)?;
        let palette = Reader { header: &cookie, aim: 30.0, options };
        let typed = ["", "printer", "pas", "inc-10", "1042", "person-77", "company-3", "nothing.like.this"];
        let asked: Vec<String> = typed.iter().map(|typed| format!("/desk/fragments/palette?q={typed}")).collect();
        self.get("answer of the palette", &palette, &asked.join("\n"), figures)?;
        let query = format!("q=team:{}%20is:open%20sort:-created", self.desk.text("/team"));
        let list = format!("/api/v1/tickets?{query}&limit=50");
        let pages = tool(self.programs, "bench-load", &["walk", &self.server.http, &bearer, &list], "")?;
        let pages: Vec<&str> =
            pages.get("pages").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default().iter().filter_map(Value::as_str).collect();
        let cursor = |path: &str| path.split("&cursor=").nth(1).map(|cursor| format!("&cursor={cursor}")).unwrap_or_default();
        let deep: Vec<&str> = shuffled(&pages);
        let tenth = pages.get(9).or(pages.last()).copied().unwrap_or_default();
        for (place, list) in [("first page", vec![list.as_str()]), ("page 10", vec![tenth]), ("any page", deep)] {
            self.get(&format!("open tickets of a team, {place}, by API"), &api, &list.join("\n"), figures)?;
            let list: Vec<String> = list.iter().map(|path| format!("/desk/views/open?{query}{}", cursor(path))).collect();
            self.get(&format!("open tickets of a team, {place}, as a page"), &page, &list.join("\n"), figures)?;
        }
        let mixed = [
            paths(&|number| format!("/desk/tickets/{number}")),
            pages.iter().map(|path| format!("/desk/views/open?{query}{}", cursor(path))).collect::<Vec<_>>().join("\n"),
        ];
        let count = if options.quick { "1000" } else { "10000" };
        self.load("pages of both kinds, 8 clients", &["get", &self.server.http, &cookie, "8", count], &mixed.join("\n"), figures)?;
        Ok(())
    }

    /// Tickets with twenty messages.
    pub(super) fn long(&self) -> Vec<String> {
        let all = self.desk.summary.get("long").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
        all.iter().filter_map(Value::as_str).map(str::to_owned).collect()
    }

    pub(super) fn token(&self) -> String {
        self.desk.token()
    }

    /// Open pages while others work.
    fn streams(&self, options: Options, figures: &mut Figures) -> Result<(), String> {
        let (cookie, token) = (format!("Cookie: __Host-steward={}", self.desk.text("/agent/session")), self.desk.token());
        let (streams, seconds) = if options.quick { ("500", "3") } else { ("2000", "15") };
        let process = self.server.process().to_string();
        let what = format!("{streams} live streams, 50 changes/s{}", self.size);
        let words = ["streams", &self.server.http, &cookie, &token, streams, "50", seconds, &process];
        let found = self.load(&what, &words, "", figures)?;
        figures.add(
            self.database,
            &format!("{what}: delivered after, p50"),
            Unit::Millis,
            Some(Aim::Below(100.0)),
            millis(&found, "p50_us"),
        );
        figures.add(
            self.database,
            &format!("{what}: memory of each"),
            Unit::Kilobytes,
            Some(Aim::Below(30.0)),
            number(&found, "bytes_each_busy") / 1_000.0,
        );
        Ok(())
    }

    fn get(&self, what: &str, reader: &Reader<'_>, paths: &str, figures: &mut Figures) -> Result<(), String> {
        let count = if reader.options.quick { "500" } else { "3000" };
        let found = self.load(what, &["get", &self.server.http, reader.header, "1", count], paths, figures)?;
        figures.add(self.database, &format!("{what}, p99"), Unit::Millis, Some(Aim::Below(reader.aim)), millis(&found, "p99_us"));
        Ok(())
    }
}

/// How somebody reads, and how soon the answer is to be there.
struct Reader<'r> {
    header: &'r str,
    aim: f64,
    options: Options,
}

/// The same pages in an order that jumps about.
fn shuffled<'p>(pages: &[&'p str]) -> Vec<&'p str> {
    let count = pages.len().max(1);
    (0..count).filter_map(|n| pages.get(n * 7_919 % count).copied()).collect()
}
