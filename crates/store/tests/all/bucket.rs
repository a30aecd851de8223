//! Blobs in an S3-compatible service: a bucket on loopback that speaks as much of the protocol as we use.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

use kernel::{Clock, Stamp};
use store::{BlobHash, BlobSettings, Settings, Store};

type Objects = Arc<Mutex<BTreeMap<String, Vec<u8>>>>;

fn bucket() -> (String, Objects) {
    let (listener, objects) = (TcpListener::bind("127.0.0.1:0").unwrap(), Objects::default());
    let address = format!("http://{}", listener.local_addr().unwrap());
    let kept = Arc::clone(&objects);
    thread::spawn(move || {
        for stream in listener.incoming().map_while(Result::ok) {
            let kept = Arc::clone(&kept);
            thread::spawn(move || while answer(&stream, &kept).is_some() {});
        }
    });
    (address, objects)
}

/// One request and its answer; none when the peer has gone.
fn answer(stream: &TcpStream, objects: &Objects) -> Option<()> {
    let mut reader = BufReader::new(stream);
    let mut line = String::new();
    reader.read_line(&mut line).ok().filter(|read| *read > 0)?;
    let mut words = line.split_whitespace();
    let (method, target) = (words.next()?.to_owned(), words.next()?.to_owned());
    let mut length = 0;
    loop {
        let mut header = String::new();
        reader.read_line(&mut header).ok()?;
        if header.trim().is_empty() {
            break;
        }
        if let Some((name, value)) = header.split_once(':')
            && name.eq_ignore_ascii_case("content-length")
        {
            length = value.trim().parse().ok()?;
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).ok()?;
    let (path, query) = target.split_once('?').unwrap_or((&target, ""));
    let key = path.trim_start_matches("/desk/").to_owned();
    let mut objects = objects.lock().unwrap();
    let (status, body) = match method.as_str() {
        "PUT" => {
            objects.insert(key, body);
            ("200 OK", Vec::new())
        }
        "DELETE" => {
            objects.remove(&key);
            ("204 No Content", Vec::new())
        }
        "GET" if query.contains("list-type") => ("200 OK", listing(&objects)),
        _ => objects.get(&key).map_or(("404 Not Found", Vec::new()), |bytes| ("200 OK", bytes.clone())),
    };
    let head = format!(
        "HTTP/1.1 {status}\r\nContent-Length: {}\r\nETag: \"e\"\r\nLast-Modified: Sat, 21 Nov 2026 00:00:00 GMT\r\n\r\n",
        body.len()
    );
    let mut stream = stream;
    stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(&body)).ok()
}

fn listing(objects: &BTreeMap<String, Vec<u8>>) -> Vec<u8> {
    let item = |(key, bytes): (&String, &Vec<u8>)| {
        let size = bytes.len();
        format!(
            "<Contents><Key>{key}</Key><Size>{size}</Size><LastModified>2026-11-21T00:00:00.000Z</LastModified><ETag>e</ETag></Contents>"
        )
    };
    let items: String = objects.iter().map(item).collect();
    format!("<?xml version=\"1.0\"?><ListBucketResult><IsTruncated>false</IsTruncated>{items}</ListBucketResult>").into_bytes()
}

fn open(folder: &std::path::Path, endpoint: &str) -> Store {
    let blobs = BlobSettings::S3 {
        endpoint: endpoint.to_owned(),
        bucket: "desk".to_owned(),
        region: "us-east-1".to_owned(),
        access_key: "key".to_owned(),
        secret_key: "secret".to_owned(),
        prefix: "blobs".to_owned(),
    };
    let url = format!("sqlite:{}", folder.join("steward.db").display());
    Store::open(Settings { url, data_dir: folder.to_owned(), clock: Clock::manual(Stamp::parse("2026-11-22T00:00:00Z").unwrap()), blobs })
        .unwrap()
}

#[test]
fn blobs_move_to_a_bucket_and_are_read_from_there() {
    let (folder, (endpoint, objects)) = (tempfile::tempdir().unwrap(), bucket());
    let store = open(folder.path(), &endpoint);
    let hash = store.write_blocking(|tx| tx.put_blob(b"a file")).unwrap();
    let inline = |store: &Store| {
        store.read_blocking(|db| db.query_one("SELECT count(*) FROM blob WHERE inline IS NOT NULL", &[], |row| row.get::<i64>(0))).unwrap()
    };
    while inline(&store) > 0 {
        thread::yield_now();
    }
    let key = format!("blobs/{}/{}/{hash}", &hash.as_str()[0..2], &hash.as_str()[2..4]);
    assert_eq!(objects.lock().unwrap().get(&key).map(Vec::as_slice), Some(b"a file".as_slice()));
    assert_eq!(store.blobs().get_blocking(&hash).unwrap(), b"a file");
    let large = store.blobs().put_large_blocking(vec![7; 2_000_000]).unwrap();
    assert_eq!(large, BlobHash::of(&vec![7; 2_000_000]));
    objects.lock().unwrap().insert(key, b"another".to_vec());
    assert!(store.blobs().get_blocking(&hash).is_err(), "what was exchanged in the bucket is noticed");
    store.close();
}
