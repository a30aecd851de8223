//! The collection of odd messages through each door: what comes out at the API is what a person should find, however the
//! message came in and whatever its line ends.

use std::io::{BufRead, BufReader, Write};
use std::net::TcpStream;
use std::path::PathBuf;
use std::sync::Arc;

use channels::mail::inbound::{MailDoor, Outcome, TakeMail};
use channels::mail::listener::{self, Protocol, Settings};
use kernel::Actor;
use serde::Deserialize;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use store::Dialect;
use testkit::{Role, TestDesk};
use tokio::net::TcpListener;
use tokio::sync::watch;

use crate::house::{below, items, serve, text};

const IT: &str = "it@desk.example";

/// What is compared here of the expectations; the rest is compared beside the parser.
#[derive(Debug, Deserialize)]
struct Expected {
    subject: String,
    sender: String,
    #[serde(default)]
    text_contains: Vec<String>,
    #[serde(default)]
    text_excludes: Vec<String>,
    attachments: Option<Vec<Attachment>>,
    automatic: Option<String>,
    language: Option<String>,
    #[serde(default)]
    as_stored: bool,
}

#[derive(Debug, Deserialize)]
struct Attachment {
    name: Option<String>,
    sha256: Option<String>,
}

struct Case {
    name: String,
    raw: Vec<u8>,
    expected: Expected,
}

#[derive(Clone, Copy, Debug)]
enum LineEnd {
    Lf,
    CrLf,
}

fn cases(end: LineEnd) -> Vec<Case> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../testdata/mail");
    let mut paths: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "eml"));
    paths.sort();
    paths
        .into_iter()
        .map(|path| {
            let expected: Expected = toml::from_str(&std::fs::read_to_string(path.with_extension("toml")).unwrap()).unwrap();
            let raw = std::fs::read(&path).unwrap();
            let raw = match (expected.as_stored, end) {
                (true, _) => raw,
                (false, LineEnd::Lf) => with_lf(&raw),
                (false, LineEnd::CrLf) => {
                    with_lf(&raw).iter().flat_map(|byte| if *byte == b'\n' { vec![13, 10] } else { vec![*byte] }).collect()
                }
            };
            Case { name: path.file_stem().unwrap().to_str().unwrap().to_owned(), raw, expected }
        })
        .collect()
}

fn with_lf(raw: &[u8]) -> Vec<u8> {
    raw.iter().enumerate().filter(|(at, byte)| **byte != b'\r' || raw.get(at + 1) != Some(&b'\n')).map(|(_, byte)| *byte).collect()
}

/// Feeds all cases through one door of a fresh desk, and compares what the desk then tells about each.
fn through(end: LineEnd, feed: impl FnOnce(&TestDesk, &[Case])) {
    let desk = TestDesk::open(Dialect::Sqlite, serve);
    let cases = cases(end);
    feed(&desk, &cases);
    let outcomes = desk.read_mail();
    assert_eq!(outcomes.len(), cases.len());
    let mut wrong: Vec<String> = Vec::new();
    for (case, outcome) in cases.iter().zip(outcomes) {
        let complaints = match &outcome {
            Outcome::Opened(number) | Outcome::Joined(number) | Outcome::Unreadable(number) => {
                let found = items(&desk.api(Role::Admin).get(&format!("{}?limit=200", below(&json!({ "number": number }), "messages"))));
                let same = |message: &&Value| {
                    message["attachments"][0]["filename"] == "message.eml" || is_the_same(&raw_of(&desk, message), &case.raw)
                };
                found
                    .iter()
                    .rev()
                    .find(same)
                    .map_or_else(|| vec!["the message as it came is not there".to_owned()], |message| compared(&desk, case, message))
            }
            other => vec![format!("{other:?}")],
        };
        if !complaints.is_empty() {
            wrong.push(format!("{} ({outcome:?})\n    {}", case.name, complaints.join("\n    ")));
        }
    }
    desk.react();
    desk.leaves_mail();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A door that ends a message with a line end adds one where it is missing, and nothing else.
fn is_the_same(stored: &[u8], sent: &[u8]) -> bool {
    stored.strip_prefix(sent).is_some_and(|rest| rest.is_empty() || rest == b"\r\n")
}

fn raw_of(desk: &TestDesk, message: &Value) -> Vec<u8> {
    desk.api(Role::Admin).get(&format!("/api/v1/messages/{}/raw", text(message, "/id"))).body
}

fn compared(desk: &TestDesk, case: &Case, message: &Value) -> Vec<String> {
    let mut wrong = Vec::new();
    let wanted = &case.expected;
    let unreadable = wanted.sender == "ambiguous" && message["attachments"][0]["filename"] == "message.eml";
    let body = text(message, "/body_text");
    if message["subject"].as_str().unwrap_or_default() != wanted.subject && !unreadable {
        wrong.push(format!("subject {} is not {:?}", message["subject"], wanted.subject));
    }
    if wanted.sender != "ambiguous" && message.pointer("/from/email").and_then(Value::as_str) != Some(&wanted.sender) {
        wrong.push(format!("from {} is not {}", message["from"], wanted.sender));
    }
    if wanted.sender == "ambiguous" && message["verified"] == true {
        wrong.push("an ambiguous sender was believed".to_owned());
    }
    for words in wanted.text_contains.iter().filter(|words| !body.contains(words.as_str()) && !unreadable) {
        wrong.push(format!("text lacks {words:?}: {body:?}"));
    }
    for words in wanted.text_excludes.iter().filter(|words| body.contains(words.as_str()) && !unreadable) {
        wrong.push(format!("text has {words:?}"));
    }
    if !unreadable && message["automatic"] != json!(wanted.automatic.is_some()) {
        wrong.push(format!("automatic is {}", message["automatic"]));
    }
    if let Some(language) = wanted.language.as_deref().filter(|language| *language != "none")
        && message["language"] != language
    {
        wrong.push(format!("language is {}, not {language}", message["language"]));
    }
    if let (Some(files), false) = (&wanted.attachments, unreadable) {
        wrong.extend(files_compared(desk, files, message["attachments"].as_array().unwrap()));
    }
    wrong
}

fn files_compared(desk: &TestDesk, wanted: &[Attachment], found: &[Value]) -> Vec<String> {
    if found.len() != wanted.len() {
        return vec![format!("{} files, wanted {}", found.len(), wanted.len())];
    }
    let mut wrong = Vec::new();
    for (wanted, found) in wanted.iter().zip(found) {
        if wanted.name.as_deref().is_some_and(|name| found["filename"] != name) {
            wrong.push(format!("file {} is not {:?}", found["filename"], wanted.name));
        }
        let bytes = desk.api(Role::Admin).get(&format!("/api/v1/attachments/{}", text(found, "/id"))).body;
        let hash = |bytes: &[u8]| Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect::<String>();
        // Texts are counted with LF, and the last line may have got its end at the door.
        let lf = with_lf(&bytes);
        let hashes = [hash(&bytes), hash(&lf), hash(lf.strip_suffix(b"\n").unwrap_or(&lf))];
        if wanted.sha256.as_ref().is_some_and(|wanted| !hashes.contains(wanted)) {
            wrong.push(format!("file {} has other content", found["filename"]));
        }
    }
    wrong
}

fn imported(desk: &TestDesk, cases: &[Case]) {
    for case in cases {
        desk.wait(async {
            let command = TakeMail::new(&desk.desk, "import", None, vec![IT.to_owned()], case.raw.clone()).await.unwrap();
            desk.desk.execute(&Actor::System("test"), command).await.unwrap();
        });
    }
}

/// Hands the cases over in one conversation.
fn spoken(desk: &TestDesk, cases: &[Case], protocol: Protocol) {
    let (stop, stopped) = watch::channel(false);
    let listener = desk.wait(TcpListener::bind("127.0.0.1:0")).unwrap();
    let address = listener.local_addr().unwrap();
    let settings = Settings { trusted: Arc::new(|address| address.is_loopback()), ..Settings::new(protocol, "desk.example") };
    let serving = desk.runtime().spawn(listener::serve(listener, settings, Arc::new(MailDoor::new(desk.desk.clone())), stopped));
    let stream = TcpStream::connect(address).unwrap();
    let mut answers = BufReader::new(stream.try_clone().unwrap());
    let mut say = |bytes: &[u8], code: &str, what: &str| {
        (&stream).write_all(bytes).unwrap();
        loop {
            let mut line = String::new();
            answers.read_line(&mut line).unwrap();
            assert!(line.starts_with(code), "{what}: {line:?}");
            if line.as_bytes().get(3) == Some(&b' ') {
                return;
            }
        }
    };
    say(b"", "220", "greeting");
    say(if protocol == Protocol::Lmtp { b"LHLO mx.example\r\n" } else { b"EHLO mx.example\r\n" }, "250", "hello");
    for case in cases {
        say(b"MAIL FROM:<someone@mx.example>\r\n", "250", &case.name);
        say(format!("RCPT TO:<{IT}>\r\n").as_bytes(), "250", &case.name);
        say(b"DATA\r\n", "354", &case.name);
        say(&stuffed(&case.raw), "250", &case.name);
    }
    say(b"QUIT\r\n", "221", "goodbye");
    stop.send(true).unwrap();
    desk.wait(serving).unwrap();
}

/// RFC 5321, 4.5.2: dots at the beginning of lines are doubled, and a line with one alone ends the message.
fn stuffed(raw: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(raw.len() + 16);
    let mut before = [b'\r', b'\n'];
    for byte in raw {
        if *byte == b'.' && before == *b"\r\n" {
            out.push(b'.');
        }
        out.push(*byte);
        before = [before[1], *byte];
    }
    out.extend_from_slice(if before == *b"\r\n" { b".\r\n" } else { b"\r\n.\r\n" });
    out
}

#[test]
fn the_collection_is_read_from_files_with_lf() {
    through(LineEnd::Lf, imported);
}

#[test]
fn the_collection_is_read_from_files_with_crlf() {
    through(LineEnd::CrLf, imported);
}

#[test]
fn the_collection_is_read_from_smtp_with_lf() {
    through(LineEnd::Lf, |desk, cases| spoken(desk, cases, Protocol::Smtp));
}

#[test]
fn the_collection_is_read_from_smtp_with_crlf() {
    through(LineEnd::CrLf, |desk, cases| spoken(desk, cases, Protocol::Smtp));
}

#[test]
fn the_collection_is_read_from_lmtp_with_lf() {
    through(LineEnd::Lf, |desk, cases| spoken(desk, cases, Protocol::Lmtp));
}

#[test]
fn the_collection_is_read_from_lmtp_with_crlf() {
    through(LineEnd::CrLf, |desk, cases| spoken(desk, cases, Protocol::Lmtp));
}
