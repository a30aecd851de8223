//! A relay that keeps what it is given, and refuses when it is told to.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};

use channels::mail::outbound::{Dispatcher, Settings};
use channels::mail::relay::Relay;
use channels::mail::{ParsedMail, parse};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};

use crate::TestDesk;

/// A letter as the relay got it.
#[derive(Clone, Debug)]
pub struct Trapped {
    /// Envelope sender; empty for letters that nothing may answer.
    pub from: String,
    /// Envelope recipients.
    pub to: Vec<String>,
    /// The bytes.
    pub raw: Vec<u8>,
    /// What it says.
    pub mail: ParsedMail,
}

impl Trapped {
    /// A header as it stands there, unfolded; empty when there is none.
    pub fn header(&self, name: &str) -> String {
        let text = String::from_utf8_lossy(&self.raw).replace("\r\n ", " ").replace("\r\n\t", " ");
        let head = text.split("\r\n\r\n").next().unwrap_or_default().to_owned();
        let wanted = format!("{}:", name.to_lowercase());
        let found: Vec<&str> = head.lines().filter(|line| line.to_lowercase().starts_with(&wanted)).collect();
        assert!(found.len() < 2, "{name} stands there twice: {head}");
        found.first().map(|line| line.get(wanted.len()..).unwrap_or_default().trim().to_owned()).unwrap_or_default()
    }
}

/// Answers to what begins so (a command, or `.` for the end of a letter) instead of the usual ones; see [`MailTrap::answer`].
type Script = Arc<Mutex<Vec<(String, String)>>>;

/// The relay.
pub struct MailTrap {
    url: String,
    down: Arc<AtomicBool>,
    script: Script,
    letters: Arc<Mutex<Vec<Trapped>>>,
    dispatcher: Dispatcher,
}

impl MailTrap {
    /// Starts one beside a desk, whose mail then leaves through it.
    pub fn start(desk: &TestDesk) -> Self {
        let (down, letters) = (Arc::new(AtomicBool::new(false)), Arc::new(Mutex::new(Vec::new())));
        let listener = desk.wait(TcpListener::bind("127.0.0.1:0")).unwrap();
        let url = format!("smtp://{}?tls=none", listener.local_addr().unwrap());
        let script = Script::default();
        let (state, kept, answers) = (Arc::clone(&down), Arc::clone(&letters), Arc::clone(&script));
        desk.runtime().spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(conversation(stream, Arc::clone(&state), Arc::clone(&answers), Arc::clone(&kept)));
            }
        });
        let relay = Arc::new(Relay::from_url(&url).unwrap());
        let settings = Settings {
            relay,
            domain: Some("desk.example".to_owned()),
            site: Some(crate::BASE.to_owned()),
            pages: crate::BASE.to_owned(),
            signer: None,
        };
        let dispatcher = Dispatcher::new(desk.desk.clone(), settings);
        Self { url, down, script, letters, dispatcher }
    }

    /// Where it listens.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// From now on it takes nothing, or takes mail again.
    pub fn set_down(&self, down: bool) {
        self.down.store(down, Ordering::SeqCst);
    }

    /// From now on it gives these answers to commands that begin so, `.` for the end of a letter; `hang up` ends the connection. A letter
    /// whose end is answered with `hang up` was taken all the same: that is how a relay loses its answer.
    pub fn answer(&self, script: &[(&str, &str)]) {
        *self.script.lock().unwrap() = script.iter().map(|(start, answer)| ((*start).to_owned(), (*answer).to_owned())).collect();
    }

    /// What has to be told is told and leaves; the letters that came here since the last time, by recipient.
    pub fn letters(&self, desk: &TestDesk) -> Vec<Trapped> {
        desk.react();
        self.send(desk);
        let mut letters = std::mem::take(&mut *self.letters.lock().unwrap());
        letters.sort_by(|a, b| a.to.cmp(&b.to));
        letters
    }

    /// The only letter that came since the last time.
    pub fn letter(&self, desk: &TestDesk) -> Trapped {
        let mut letters = self.letters(desk);
        let to: Vec<&Vec<String>> = letters.iter().map(|letter| &letter.to).collect();
        assert_eq!(letters.len(), 1, "{to:?}");
        letters.remove(0)
    }

    /// Sends what is due.
    pub fn send(&self, desk: &TestDesk) {
        while desk.wait(self.dispatcher.round()).unwrap() > 0 {}
    }
}

async fn conversation(stream: TcpStream, down: Arc<AtomicBool>, script: Script, letters: Arc<Mutex<Vec<Trapped>>>) {
    let (reading, mut writing) = stream.into_split();
    let mut reading = BufReader::new(reading);
    let (mut from, mut to) = (String::new(), Vec::new());
    let mut answer = if down.load(Ordering::SeqCst) { "421 not now" } else { "220 trap" }.to_owned();
    loop {
        let over = answer == "hang up" || writing.write_all(format!("{answer}\r\n").as_bytes()).await.is_err();
        if over || answer.starts_with("421") {
            return;
        }
        let Some(line) = line(&mut reading).await else { return };
        let line = String::from_utf8_lossy(&line).trim_end().to_owned();
        if let Some(told) = told(&script, &line) {
            answer = told;
            continue;
        }
        let verb = line.to_ascii_uppercase();
        let usual = match verb.get(..4).unwrap_or_default() {
            _ if down.load(Ordering::SeqCst) => "421 not now",
            "EHLO" => "250-trap\r\n250-8BITMIME\r\n250 SMTPUTF8",
            "MAIL" => {
                from = address(&line);
                to.clear();
                "250 go on"
            }
            "RCPT" => {
                to.push(address(&line));
                "250 go on"
            }
            "DATA" => {
                if writing.write_all(b"354 go on\r\n").await.is_err() {
                    return;
                }
                let Some(raw) = data(&mut reading).await else { return };
                answer = told(&script, ".").unwrap_or_else(|| "250 kept".to_owned());
                if answer.starts_with("250") || answer == "hang up" {
                    let letter = Trapped { from: std::mem::take(&mut from), to: std::mem::take(&mut to), mail: parse(&raw), raw };
                    letters.lock().unwrap().push(letter);
                }
                continue;
            }
            _ => "250 ok",
        };
        answer = usual.to_owned();
    }
}

fn told(script: &Script, line: &str) -> Option<String> {
    script.lock().unwrap().iter().find(|(start, _)| line.starts_with(start.as_str())).map(|(_, answer)| answer.clone())
}

async fn line(reading: &mut (impl AsyncBufReadExt + Unpin)) -> Option<Vec<u8>> {
    let mut line = Vec::new();
    let read = reading.read_until(b'\n', &mut line).await.ok()?;
    (read > 0).then_some(line)
}

async fn data(reading: &mut (impl AsyncBufReadExt + Unpin)) -> Option<Vec<u8>> {
    let mut raw = Vec::new();
    loop {
        let line = line(reading).await?;
        if line == b".\r\n" {
            return Some(raw);
        }
        raw.extend_from_slice(line.strip_prefix(b".").unwrap_or(&line));
    }
}

fn address(line: &str) -> String {
    let start = line.find('<').map_or(0, |at| at + 1);
    let end = line.find('>').unwrap_or(line.len());
    line.get(start..end).unwrap_or_default().to_owned()
}
