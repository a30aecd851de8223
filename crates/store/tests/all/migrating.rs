use std::collections::BTreeSet;
use std::process::{Command, Stdio};
use std::time::Duration;

use store::testing::Fixture;
use store::{BlobSettings, Db, Dialect, Settings, Store, migrate_status};

const CHILD: &str = "STEWARD_TEST_OPEN";

#[test]
fn every_migration_is_applied_and_none_twice() {
    Fixture::each(|fixture| {
        let status = migrate_status(&fixture.settings().url).unwrap();
        assert!(!status.is_empty() && status.iter().all(|one| one.applied), "{status:?}");
        fixture.reopen();
        assert_eq!(migrate_status(&fixture.settings().url).unwrap(), status);
    });
    let dir = tempfile::tempdir().unwrap();
    let waiting = migrate_status(&format!("sqlite:{}", dir.path().join("none.db").display())).unwrap();
    assert!(waiting.iter().all(|one| !one.applied));
}

/// Not a test by itself: the process that the next one kills.
#[test]
fn opens_what_the_environment_names() {
    let Ok(dir) = std::env::var(CHILD) else {
        return;
    };
    let (url, dir) = dir.split_once(' ').unwrap();
    drop(Store::open(settings(url, dir.as_ref())));
}

fn settings(url: &str, dir: &std::path::Path) -> Settings {
    Settings {
        url: url.to_owned(),
        data_dir: dir.join("data"),
        clock: kernel::Clock::system(),
        blobs: BlobSettings::Directory(dir.join("blobs")),
    }
}

#[test]
fn a_migration_that_was_killed_is_taken_up_again() {
    for pause in (0..24).map(|n| Duration::from_millis(n * 2)) {
        let dir = tempfile::tempdir().unwrap();
        killed_then_opened(&format!("sqlite:{}", dir.path().join("s.db").display()), dir.path(), pause);
    }
    let server = store::testing::server();
    for n in 0..12 {
        let dir = tempfile::tempdir().unwrap();
        let mut admin = postgres::Client::connect(&server, postgres::NoTls).unwrap();
        let name = format!("steward_kill_{}_{n}", std::process::id());
        admin.batch_execute(&format!("CREATE DATABASE {name}")).unwrap();
        killed_then_opened(&store::testing::with_database(&server, &name), dir.path(), Duration::from_millis(n * 6));
        admin.batch_execute(&format!("DROP DATABASE {name} WITH (FORCE)")).unwrap();
    }
}

fn killed_then_opened(url: &str, dir: &std::path::Path, pause: Duration) {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "migrating::opens_what_the_environment_names"])
        .env(CHILD, format!("{url} {}", dir.display()))
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    // The moment of the kill is what varies; nothing is asserted about it.
    std::thread::sleep(pause);
    child.kill().unwrap();
    child.wait().unwrap();
    let store = Store::open(settings(url, dir)).unwrap();
    store.write_blocking(|tx| tx.next_number("works")).unwrap();
    store.close();
    assert!(migrate_status(url).unwrap().iter().all(|one| one.applied));
}

/// A line for each column and index: what must be the same on both databases.
fn shape(db: &mut Db<'_>) -> kernel::Result<BTreeSet<String>> {
    let sqlite = db.dialect() == Dialect::Sqlite;
    let columns = if sqlite {
        "SELECT m.name, c.name, c.type, (c.\"notnull\" = 0 AND c.pk = 0) FROM sqlite_master m, pragma_table_info(m.name) c
         WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%'"
    } else {
        "SELECT table_name, column_name, data_type, is_nullable = 'YES' FROM information_schema.columns WHERE table_schema = 'public'"
    };
    let indexes = if sqlite {
        "SELECT m.name, i.\"unique\", (SELECT group_concat(name) FROM (SELECT name FROM pragma_index_info(i.name) ORDER BY seqno)), i.partial
         FROM sqlite_master m, pragma_index_list(m.name) i WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%'
         UNION ALL SELECT m.name, 1, c.name, 0 FROM sqlite_master m, pragma_table_info(m.name) c
         WHERE m.type = 'table' AND c.pk = 1 AND c.type = 'INTEGER'"
    } else {
        "SELECT CAST(CAST(i.indrelid AS regclass) AS text), i.indisunique,
           (SELECT string_agg(a.attname, ',' ORDER BY k.place) FROM unnest(i.indkey) WITH ORDINALITY k (num, place)
            JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.num), i.indpred IS NOT NULL
         FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid WHERE c.relnamespace = CAST('public' AS regnamespace)"
    };
    let mut lines = BTreeSet::new();
    for (table, column, kind, null) in
        db.query(columns, &[], |row| Ok((row.get::<String>(0)?, row.get::<String>(1)?, row.get::<String>(2)?, row.get::<bool>(3)?)))?
    {
        if table == "refinery_schema_history" {
            continue;
        }
        let class = match kind.to_ascii_lowercase().as_str() {
            "integer" | "bigint" | "int4" => "number",
            "text" | "character varying" => "text",
            "blob" | "bytea" => "bytes",
            "double precision" => "real",
            other => panic!("{table}.{column} has the type {other}, which is not portable"),
        };
        lines.insert(format!("{table}.{column} {class} {null}"));
    }
    for (table, unique, columns, partial) in
        db.query(indexes, &[], |row| Ok((row.get::<String>(0)?, row.get::<bool>(1)?, row.get::<Option<String>>(2)?, row.get::<bool>(3)?)))?
    {
        lines.insert(format!("index on {table} ({}) unique {unique} partial {partial}", columns.unwrap_or_default()));
    }
    lines.retain(|line| !line.contains("refinery_schema_history"));
    Ok(lines)
}

/// The order of all tickets, which PostgreSQL's planner may use only where it is asked for.
const PARTIAL_ON_POSTGRESQL: [&str; 2] = ["index on ticket (created_at,id) unique false", "index on ticket (updated_at,id) unique false"];

#[test]
fn both_databases_have_the_same_schema() {
    let (lite, pg) = (Fixture::sqlite(), Fixture::postgres());
    let of = |fixture: &Fixture| fixture.store().read_blocking(shape).unwrap();
    let (mut lite, mut pg) = (of(&lite), of(&pg));
    assert!(lite.len() > 20);
    for index in PARTIAL_ON_POSTGRESQL {
        assert!(lite.remove(&format!("{index} partial false")), "{lite:?}");
        assert!(pg.remove(&format!("{index} partial true")), "{pg:?}");
    }
    assert_eq!(lite.difference(&pg).collect::<Vec<_>>(), Vec::<&String>::new(), "only SQLite");
    assert_eq!(pg.difference(&lite).collect::<Vec<_>>(), Vec::<&String>::new(), "only PostgreSQL");
}
