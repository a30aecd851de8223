use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use store::testing::{Fixture, empty};
use store::{BlobHash, BlobSettings, Dialect, Store, backup, values, verify};

/// Something in every table of the store's own, blobs inline and moved, and a server's sequences past their start.
fn fill(store: &Store) -> Vec<BlobHash> {
    let large = vec![7_u8; 300_000];
    let moved = store.blobs().put_large_blocking(large).unwrap();
    store
        .write_blocking(move |tx| {
            tx.adopt_blob(&moved, 300_000)?;
            let small = tx.put_blob(b"\0raw\xff")?;
            for _ in 0..7 {
                tx.next_number("ticket:IT")?;
            }
            tx.next_number("once")?;
            for position in 1..=3_000_i64 {
                tx.execute(
                    "INSERT INTO journal (position, id, at, actor, person_id, kind, body, hash) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
                    values![
                        position,
                        i64::MAX - position,
                        -position,
                        "sessioņ\n\"",
                        (position % 2 == 0).then_some(position),
                        "k",
                        "b",
                        &[0_u8, 255]
                    ],
                )?;
            }
            tx.execute("INSERT INTO journal_pending (id, xid, at, actor, kind, body) VALUES (1, 9000000000, 5, 'session', 'k', 'b')", &[])?;
            Ok(vec![moved, small])
        })
        .unwrap()
}

/// Every row of the tables that a backup must carry over unchanged.
fn content(store: &Store) -> Vec<String> {
    let tables = ["SELECT * FROM journal ORDER BY position", "SELECT hash, bytes_size, created_at FROM blob ORDER BY hash"];
    store
        .read_blocking(move |db| {
            let mut lines = Vec::new();
            for sql in tables {
                let width = if sql.contains("FROM blob") { 3 } else { 9 };
                lines.extend(db.query(sql, &[], |row| {
                    let cells: Result<Vec<_>, _> = (0..width).map(|index| row.cell(index).map(|cell| format!("{cell:?}"))).collect();
                    Ok(cells?.join(" "))
                })?);
            }
            Ok(lines)
        })
        .unwrap()
}

fn archive(dir: &Path) -> std::path::PathBuf {
    dir.join("steward.backup")
}

#[test]
fn a_backup_of_either_database_restores_into_either() {
    for from in [Fixture::sqlite(), Fixture::postgres()] {
        let blobs = fill(from.store());
        let dir = tempfile::tempdir().unwrap();
        let written = backup::write(from.store(), &archive(dir.path())).unwrap();
        assert_eq!((written.blobs, fs::read_dir(dir.path()).unwrap().count()), (2, 1));
        for into in [Dialect::Sqlite, Dialect::Postgres] {
            let place = empty(into);
            assert_eq!(backup::restore(&archive(dir.path()), &place.settings).unwrap(), written);
            let store = Store::open(place.settings.clone()).unwrap();
            assert_eq!(content(&store), content(from.store()));
            for hash in &blobs {
                assert_eq!(store.blobs().get_blocking(hash).unwrap(), from.store().blobs().get_blocking(hash).unwrap());
            }
            let next = |sequence: &'static str| store.write_blocking(move |tx| tx.next_number(sequence)).unwrap();
            assert_eq!((next("ticket:IT"), next("once"), next("new")), (8, 2, 1));
            let waiting = store.read_blocking(|db| db.query_one("SELECT xid FROM journal_pending", &[], |row| row.get::<i64>(0)));
            assert_eq!(waiting.unwrap(), 0);
            let report = verify::database(&store).unwrap();
            assert_eq!((report.problems.as_slice(), report.blobs), (&[][..], 2));
            store.close();
        }
    }
}

#[test]
fn a_backup_is_one_moment_although_work_goes_on() {
    Fixture::both(|store| {
        store
            .write_blocking(|tx| {
                tx.execute("CREATE TABLE a (n BIGINT NOT NULL PRIMARY KEY)", &[])?;
                tx.execute("CREATE TABLE z (n BIGINT NOT NULL PRIMARY KEY)", &[])
            })
            .unwrap();
        let stop = Arc::new(AtomicBool::new(false));
        let writer = {
            let (store, stop) = (store.clone(), Arc::clone(&stop));
            thread::spawn(move || {
                let mut n = 0_i64;
                while !stop.load(Ordering::SeqCst) {
                    n += 1;
                    store
                        .write_blocking(move |tx| {
                            tx.execute("INSERT INTO a (n) VALUES (?1)", values![n])?;
                            tx.execute("INSERT INTO z (n) VALUES (?1)", values![n])?;
                            tx.put_blob(&n.to_be_bytes())
                        })
                        .unwrap();
                }
            })
        };
        let dir = tempfile::tempdir().unwrap();
        for _ in 0..5 {
            let written = backup::write(store, &archive(dir.path())).unwrap();
            let rows = |name: &str| written.tables.iter().find(|table| table.name == name).unwrap().rows;
            assert_eq!((rows("a"), rows("blob")), (rows("z"), written.blobs));
            assert_eq!(rows("a"), written.blobs);
        }
        stop.store(true, Ordering::SeqCst);
        writer.join().unwrap();
    });
}

#[test]
fn a_filled_place_is_not_overwritten() {
    let dir = tempfile::tempdir().unwrap();
    let from = Fixture::sqlite();
    backup::write(from.store(), &archive(dir.path())).unwrap();
    Fixture::each(|fixture| {
        let (settings, store) = (fixture.settings().clone(), fixture.store().clone());
        store.write_blocking(|tx| tx.next_number("kept")).unwrap();
        store.close();
        let refused = backup::restore(&archive(dir.path()), &settings).unwrap_err();
        assert!(refused.to_string().contains("not empty"), "{refused}");
        fixture.reopen();
        assert_eq!(fixture.store().write_blocking(|tx| tx.next_number("kept")).unwrap(), 2);
    });
}

#[test]
fn a_damaged_archive_leaves_nothing_behind() {
    let from = Fixture::sqlite();
    fill(from.store());
    let dir = tempfile::tempdir().unwrap();
    backup::write(from.store(), &archive(dir.path())).unwrap();
    let whole = fs::read(archive(dir.path())).unwrap();
    let marks: [(&str, Vec<u8>); 4] = [
        ("cut short", whole[..whole.len() / 2].to_vec()),
        ("without its end", whole[..whole.len() - 3 * 512 - 512].to_vec()),
        ("a changed row", replaced(&whole, b"sessio\xc5\x86", b"sessiO\xc5\x86")),
        ("a changed blob", replaced(&whole, &[7; 64], &[8; 64])),
    ];
    for dialect in [Dialect::Sqlite, Dialect::Postgres] {
        let place = empty(dialect);
        for (what, bytes) in &marks {
            let path = dir.path().join("damaged");
            fs::write(&path, bytes).unwrap();
            let refused = backup::restore(&path, &place.settings).expect_err(what);
            assert!(refused.to_string().contains("damaged"), "{what}: {refused}");
        }
        // The same place is still empty enough for the good one.
        backup::restore(&archive(dir.path()), &place.settings).unwrap();
    }
}

fn replaced(bytes: &[u8], from: &[u8], to: &[u8]) -> Vec<u8> {
    let at = bytes.windows(from.len()).position(|window| window == from).unwrap();
    [&bytes[..at], to, &bytes[at + from.len()..]].concat()
}

#[test]
fn a_check_names_what_is_damaged() {
    Fixture::each(|fixture| {
        let store = fixture.store();
        let hash = store.blobs().put_large_blocking(b"whole".to_vec()).unwrap();
        let adopted = hash.clone();
        store.write_blocking(move |tx| tx.adopt_blob(&adopted, 5)).unwrap();
        assert_eq!(verify::database(store).unwrap().problems, Vec::<String>::new());
        let BlobSettings::Directory(root) = &fixture.settings().blobs else { panic!("a directory") };
        let digits = hash.as_str();
        fs::write(root.join(&digits[0..2]).join(&digits[2..4]).join(digits), b"other").unwrap();
        let report = verify::database(store).unwrap();
        assert_eq!((report.problems.len(), report.blobs), (1, 1));
        assert!(report.problems[0].contains(digits));
    });
}
