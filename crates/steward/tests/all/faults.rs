//! The database is away, or the disk is full: nothing is acknowledged that is not kept, and it recovers by itself.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use serde_json::json;
use store::testing::Cluster;
use testkit::Proxy;

use crate::support::{Answer, Place, Serving, finished, free_address};

/// A mail conversation; each line is answered.
pub(crate) struct Lmtp(BufReader<TcpStream>);

impl Lmtp {
    pub(crate) fn open(door: &str) -> std::io::Result<Self> {
        let mut talk = Self(BufReader::new(TcpStream::connect(door)?));
        talk.heard()?;
        talk.say("LHLO tester\r\n")?;
        Ok(talk)
    }

    fn heard(&mut self) -> std::io::Result<u16> {
        loop {
            let mut line = String::new();
            if self.0.read_line(&mut line)? == 0 {
                return Err(std::io::ErrorKind::UnexpectedEof.into());
            }
            if line.as_bytes().get(3) != Some(&b'-') {
                return line.get(..3).and_then(|code| code.parse().ok()).ok_or_else(|| std::io::ErrorKind::InvalidData.into());
            }
        }
    }

    fn say(&mut self, line: &str) -> std::io::Result<u16> {
        self.0.get_mut().write_all(line.as_bytes())?;
        self.heard()
    }

    /// Hands a mail over; the code that decides about it.
    pub(crate) fn send(&mut self, id: &str, subject: &str) -> std::io::Result<u16> {
        self.say("MAIL FROM:<jo@customer.example>\r\n")?;
        let accepted = self.say("RCPT TO:<it@desk.example>\r\n")?;
        if accepted != 250 {
            self.say("RSET\r\n")?;
            return Ok(accepted);
        }
        let go_on = self.say("DATA\r\n")?;
        if go_on != 354 {
            return Ok(go_on);
        }
        self.say(&format!(
            "From: jo@customer.example\r\nTo: it@desk.example\r\nSubject: {subject}\r\nMessage-ID: <{id}>\r\n\r\n{subject}\r\n.\r\n"
        ))
    }
}

fn opened(serving: &Serving, token: &str, title: &str) -> Answer {
    let body = json!({ "title": title, "requester": "jo@customer.example", "body": title }).to_string();
    serving.post("/api/v1/tickets", token, &body)
}

/// Titles of all tickets, in the order of their titles.
pub(crate) fn titles(serving: &Serving, token: &str) -> Vec<String> {
    let (mut titles, mut cursor) = (Vec::new(), String::new());
    loop {
        let page = serving.get(&format!("/api/v1/tickets?limit=200&sort=created{cursor}"), token);
        assert_eq!(page.status, 200, "{}", page.body);
        let page = page.json();
        titles.extend(page["items"].as_array().unwrap().iter().map(|ticket| ticket["title"].as_str().unwrap().to_owned()));
        let Some(next) = page["next_cursor"].as_str() else { break };
        cursor = format!("&cursor={next}");
    }
    titles.sort();
    titles
}

/// Waits until a condition holds that follows from what is told on the stream of events; looked at after each event and each sign of life.
pub(crate) fn until_told(serving: &Serving, token: &str, what: &str, mut holds: impl FnMut() -> bool) {
    let mut stream = TcpStream::connect(serving.address).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(60))).unwrap();
    write!(stream, "GET /api/v1/events/stream HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {token}\r\n\r\n").unwrap();
    let (start, mut told) = (Instant::now(), [0; 16 * 1024]);
    loop {
        let read = stream.read(&mut told).unwrap_or(0);
        assert!(read > 0 && start.elapsed() < Duration::from_secs(240), "in vain: {what}");
        if holds() {
            return;
        }
    }
}

/// Waits until a condition holds that the program brings about by itself.
pub(crate) fn until(what: &str, mut holds: impl FnMut() -> bool) {
    let start = Instant::now();
    while !holds() {
        assert!(start.elapsed() < Duration::from_secs(120), "in vain: {what}");
        std::thread::yield_now();
    }
}

fn door_says(door: &str, id: &str) -> u16 {
    Lmtp::open(door).and_then(|mut talk| talk.send(id, id)).unwrap_or(421)
}

#[test]
fn while_the_database_is_away_nothing_is_acknowledged_and_afterwards_it_goes_on() {
    let cluster = Cluster::start(false);
    let socket_dir = cluster.url.split('@').nth(1).unwrap().split('/').next().unwrap().replace("%2F", "/");
    let proxy = Proxy::to(&socket_dir);
    let place = Place::new();
    let url = proxy.url("postgres");
    let run = |args: &[&str], input: &str| {
        let mut command = place.command(args);
        command.env("STEWARD_DATA_DIR", place.data()).env("STEWARD_DATABASE", &url);
        finished(command, input).must_succeed()
    };
    let setup = ["setup", "--admin-email", "ada@example.org", "--admin-name", "Ada", "--desk-name", "IT", "--mail-domain", "desk.example"];
    run(&setup, crate::support::PASSWORD);
    let token = run(&["token", "add", "--email", "ada@example.org", "--name", "test"], "").out.trim().to_owned();
    let door = free_address();
    let serving = place.serve(&["--database", &url, "--mail-domain", "desk.example", "--lmtp-listen", &door]);
    let mut kept = Vec::new();
    for round in 0..3 {
        let before = format!("before {round}");
        assert_eq!(opened(&serving, &token, &before).status, 201);
        assert_eq!(door_says(&door, &format!("mail {round}")), 250);
        kept.extend([before, format!("mail {round}")]);
        proxy.cut();
        for attempt in 0..5 {
            let refused = opened(&serving, &token, &format!("lost {round} {attempt}"));
            assert_eq!(refused.status, 503, "{}", refused.body);
            assert!(refused.has("retry-after:") && refused.has("application/problem+json"), "{}", refused.head);
            assert!(!refused.body.contains("postgres") && !refused.body.contains("127.0.0.1"), "{}", refused.body);
            assert_eq!(serving.get("/api/v1/tickets", &token).status, 503);
            let said = door_says(&door, &format!("lost mail {round} {attempt}"));
            assert!([421, 451, 452].contains(&said), "{said}");
        }
        assert_eq!(serving.ask(&["GET", "/healthz"], &[], "").status, 200);
        assert_eq!(serving.ask(&["GET", "/readyz"], &[], "").status, 503);
        proxy.mend();
        until("ready again", || serving.ask(&["GET", "/readyz"], &[], "").status == 200);
        let after = format!("after {round}");
        until("written again", || opened(&serving, &token, &after).status == 201);
        kept.push(after);
    }
    kept.sort();
    until_told(&serving, &token, "all mail read", || titles(&serving, &token).len() >= kept.len());
    assert_eq!(titles(&serving, &token), kept);
    assert!(serving.stop().0.success());
    run(&["verify"], "");
}

/// A small disk of its own; none where this process may not mount one.
struct SmallDisk(PathBuf);

impl SmallDisk {
    fn mount(at: PathBuf, megabytes: usize) -> Option<Self> {
        std::fs::create_dir_all(&at).unwrap();
        let size = format!("size={megabytes}m");
        let mounted = Command::new("mount").args(["-t", "tmpfs", "-o", &size, "steward-test"]).arg(&at).output();
        mounted.is_ok_and(|output| output.status.success()).then_some(Self(at))
    }

    /// Takes all the space that is left, down to the last block.
    fn fill(&self) -> PathBuf {
        let path = self.0.join("ballast");
        let mut file = std::fs::File::create(&path).unwrap();
        let mut block = vec![0; 1024 * 1024];
        while !block.is_empty() {
            while file.write_all(&block).is_ok() {}
            block.truncate(block.len() / 2);
        }
        path
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        drop(Command::new("umount").arg("-l").arg(&self.0).output());
    }
}

#[test]
fn on_a_full_disk_nothing_is_acknowledged_and_with_room_it_goes_on() {
    let place = Place::new();
    let Some(disk) = SmallDisk::mount(place.data(), 160) else {
        // Only root may mount; whoever runs tests as somebody else sees this rule checked in CI.
        return;
    };
    let setup = ["setup", "--admin-email", "ada@example.org", "--admin-name", "Ada", "--desk-name", "IT", "--mail-domain", "desk.example"];
    place.run(&setup, crate::support::PASSWORD).must_succeed();
    let (token, door) = (place.token(), free_address());
    let serving = place.serve(&["--mail-domain", "desk.example", "--lmtp-listen", &door]);
    let mut kept = Vec::new();
    for round in 0..3 {
        let before = format!("before {round}");
        assert_eq!(opened(&serving, &token, &before).status, 201);
        kept.push(before);
        let ballast = disk.fill();
        let mut refused = 0;
        for attempt in 0..60 {
            // Some may still fit into what the database had reserved; whatever is acknowledged must be kept.
            let title = format!("full {round} {attempt} {}", "x".repeat(200));
            match opened(&serving, &token, &title).status {
                201 => kept.push(title),
                503 => refused += 1,
                other => panic!("{other}"),
            }
            assert_eq!(door_says(&door, &format!("full mail {round} {attempt}")), 452);
        }
        assert!(refused > 0, "the disk was not full");
        assert_eq!(serving.get("/api/v1/me", &token).status, 200);
        assert_eq!(serving.ask(&["GET", "/readyz"], &[], "").status, 503);
        std::fs::remove_file(ballast).unwrap();
        let after = format!("after {round}");
        until("written again", || opened(&serving, &token, &after).status == 201);
        kept.push(after);
        until("mail is taken again", || door_says(&door, &format!("mail {round}")) == 250);
        kept.push(format!("mail {round}"));
    }
    kept.sort();
    until_told(&serving, &token, "all mail read", || titles(&serving, &token).len() >= kept.len());
    assert_eq!(titles(&serving, &token), kept);
    assert!(serving.stop().0.success());
    place.run(&["verify"], "").must_succeed();
    assert!(Path::new(&place.data()).exists());
}
