use std::thread;

use kernel::{Error, Refusal, Stamp};
use store::BlobHash;
use store::testing::Fixture;

const LATER: &str = "2999-01-01T00:00:00Z";

fn wait_until_moved(store: &store::Store) {
    let waiting =
        || store.read_blocking(|db| db.query_one("SELECT count(*) FROM blob WHERE inline IS NOT NULL", &[], |row| row.get::<i64>(0)));
    while waiting().unwrap() > 0 {
        thread::yield_now();
    }
}

#[test]
fn a_blob_is_there_at_once_and_after_it_has_moved() {
    Fixture::each(|fixture| {
        let bytes = b"Content-Type: text/plain\r\n\r\n\0\xff".repeat(100);
        let kept = bytes.clone();
        let hash = fixture.store().write_blocking(move |tx| tx.put_blob(&kept)).unwrap();
        assert_eq!(hash, BlobHash::of(&bytes));
        assert_eq!(fixture.store().blobs().get_blocking(&hash).unwrap(), bytes);
        wait_until_moved(fixture.store());
        assert_eq!(fixture.store().blobs().get_blocking(&hash).unwrap(), bytes);
        fixture.reopen();
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        assert_eq!(runtime.block_on(fixture.store().blobs().get(&hash)).unwrap(), bytes);
    });
}

#[test]
fn equal_bytes_are_kept_once() {
    Fixture::both(|store| {
        let put = || store.write_blocking(|tx| tx.put_blob(b"same")).unwrap();
        assert_eq!(put(), put());
        wait_until_moved(store);
        put();
        let rows = store.read_blocking(|db| db.query("SELECT hash FROM blob", &[], |row| row.get::<BlobHash>(0)));
        assert_eq!(rows.unwrap().len(), 1);
    });
}

#[test]
fn a_missing_blob_does_not_exist_and_a_damaged_one_is_a_fault() {
    Fixture::each(|fixture| {
        let store = fixture.store();
        let missing = store.blobs().get_blocking(&BlobHash::of(b"nobody"));
        assert!(matches!(missing, Err(Error::Refusal(Refusal::NotFound))));
        let hash = store.write_blocking(|tx| tx.put_blob(b"whole")).unwrap();
        wait_until_moved(store);
        let store::BlobSettings::Directory(root) = &fixture.settings().blobs else { panic!("a directory") };
        let digits = hash.as_str();
        let path = root.join(&digits[0..2]).join(&digits[2..4]).join(digits);
        std::fs::write(&path, b"wh").unwrap();
        assert!(matches!(store.blobs().get_blocking(&hash), Err(Error::Fault(_))));
        std::fs::remove_file(&path).unwrap();
        assert!(matches!(store.blobs().get_blocking(&hash), Err(Error::Fault(_))));
    });
}

#[test]
fn the_sweep_removes_what_no_row_records() {
    Fixture::both(|store| {
        let (kept, gone) = (vec![1_u8; 10], vec![2_u8; 10]);
        let kept = store.blobs().put_large_blocking(kept).unwrap();
        let gone = store.blobs().put_large_blocking(gone).unwrap();
        let adopted = kept.clone();
        store.write_blocking(move |tx| tx.adopt_blob(&adopted, 10)).unwrap();
        assert_eq!(store.blobs().sweep(Stamp::from_micros(0)).unwrap(), 0, "what is new stays");
        assert_eq!(store.blobs().sweep(Stamp::parse(LATER).unwrap()).unwrap(), 1);
        assert_eq!(store.blobs().get_blocking(&kept).unwrap(), [1; 10]);
        let late = store.write_blocking(move |tx| tx.adopt_blob(&gone, 10).map(|()| gone));
        assert!(store.blobs().get_blocking(&late.unwrap()).is_err());
    });
}

#[test]
fn a_blob_is_forgotten_only_when_nothing_refers_to_it() {
    Fixture::both(|store| {
        let hash = store
            .write_blocking(|tx| {
                tx.execute("CREATE TABLE paper (hash TEXT NOT NULL REFERENCES blob (hash))", &[])?;
                let hash = tx.put_blob(b"contract")?;
                tx.execute("INSERT INTO paper (hash) VALUES (?1)", store::values![&hash])?;
                Ok(hash)
            })
            .unwrap();
        let forget = |hash: BlobHash| store.write_blocking(move |tx| tx.forget_blob(&hash)).unwrap();
        assert!(!forget(hash.clone()));
        store.write_blocking(|tx| tx.execute("DELETE FROM paper", &[])).unwrap();
        assert!(forget(hash));
    });
}
