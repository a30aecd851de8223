use std::collections::BTreeSet;
use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};
use std::thread;
use std::time::Duration;

use kernel::Clock;
use store::testing::empty;
use store::{BlobHash, BlobSettings, Dialect, Settings, Store, verify};

use crate::{add, table};

const CHILD: &str = "STEWARD_TEST_WRITE";

/// Not a test by itself: the process that the next one kills. It says every word that was acknowledged.
#[test]
fn writes_where_the_environment_says() {
    let Ok(place) = std::env::var(CHILD) else { return };
    let (url, dir) = place.split_once(' ').unwrap();
    let dir = std::path::Path::new(dir);
    let blobs = BlobSettings::Directory(dir.join("blobs"));
    let store = Store::open(Settings { url: url.to_owned(), data_dir: dir.join("data"), clock: Clock::system(), blobs }).unwrap();
    let writers: Vec<_> = (0..8)
        .map(|writer| {
            let store = store.clone();
            thread::spawn(move || {
                for n in 0.. {
                    let word = format!("{writer}-{n}");
                    let kept = word.clone();
                    store
                        .write_blocking(move |tx| {
                            tx.put_blob(kept.as_bytes())?;
                            add(tx, &kept)
                        })
                        .unwrap();
                    println!("acknowledged {word}.");
                }
            })
        })
        .collect();
    writers.into_iter().for_each(|writer| writer.join().unwrap());
}

#[test]
fn what_was_acknowledged_survives_a_kill() {
    for dialect in [Dialect::Sqlite, Dialect::Postgres] {
        let place = empty(dialect);
        let BlobSettings::Directory(blobs) = &place.settings.blobs else { panic!("a directory") };
        let dir = blobs.parent().unwrap();
        let store = Store::open(place.settings.clone()).unwrap();
        store.write_blocking(table).unwrap();
        store.close();
        for pause in [50, 120, 200, 330] {
            let acknowledged = killed_after(&place.settings.url, dir, Duration::from_millis(pause));
            let store = Store::open(place.settings.clone()).unwrap();
            let kept: BTreeSet<String> = crate::words(&store).into_iter().collect();
            for word in &acknowledged {
                assert!(kept.contains(word), "{word} was acknowledged and lost");
                assert_eq!(store.blobs().get_blocking(&BlobHash::of(word.as_bytes())).unwrap(), word.as_bytes());
            }
            assert_eq!(verify::database(&store).unwrap().problems, Vec::<String>::new());
            // The next process says the same words again.
            store.write_blocking(|tx| tx.execute("DELETE FROM note", &[])).unwrap();
            store.close();
        }
    }
}

/// Lets a process write until it is killed; the moment varies, nothing is asserted about it.
fn killed_after(url: &str, dir: &std::path::Path, pause: Duration) -> Vec<String> {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "killing::writes_where_the_environment_says", "--nocapture"])
        .env(CHILD, format!("{url} {}", dir.display()))
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut said = BufReader::new(child.stdout.take().unwrap()).lines();
    let mut words = Vec::new();
    let word = |line: String| Some(line.rsplit_once("acknowledged ")?.1.strip_suffix('.')?.to_owned());
    // The first word shows that the process has started.
    while words.is_empty() {
        words.extend(said.next().unwrap().ok().and_then(word));
    }
    thread::sleep(pause);
    child.kill().unwrap();
    child.wait().unwrap();
    // A line that the kill cut short was not said.
    words.extend(said.map_while(Result::ok).filter_map(word));
    words
}
