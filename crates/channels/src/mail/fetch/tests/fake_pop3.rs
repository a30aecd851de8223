//! A POP3 server that does what a test wants: also what no server should.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::{Arc, Mutex};

use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpListener;

use super::super::connect::Stream;
use super::acceptor;

pub(in super::super) struct State {
    /// Messages by their place, with their lasting names.
    pub(in super::super) letters: Vec<(String, Vec<u8>)>,
    pub(in super::super) log: Vec<String>,
    pub(in super::super) commands: usize,
    /// Hang up at the command with this number, before or after its answer.
    pub(in super::super) cut_at_command: Option<(usize, bool)>,
    /// Hang up after so many bytes of a message.
    pub(in super::super) cut_message_after: Option<usize>,
    pub(in super::super) has_names: bool,
    pub(in super::super) sizes: HashMap<usize, String>,
    pub(in super::super) refused: HashSet<usize>,
    pub(in super::super) has_stls: bool,
    pub(in super::super) injected: String,
    pub(in super::super) answers: BTreeMap<&'static str, String>,
}

#[derive(Clone)]
pub(in super::super) struct FakePop3 {
    pub(in super::super) port: u16,
    state: Arc<Mutex<State>>,
}

impl FakePop3 {
    pub(in super::super) async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let state = State {
            letters: Vec::new(),
            log: Vec::new(),
            commands: 0,
            cut_at_command: None,
            cut_message_after: None,
            has_names: true,
            sizes: HashMap::new(),
            refused: HashSet::new(),
            has_stls: true,
            injected: String::new(),
            answers: BTreeMap::new(),
        };
        let server = Self { port, state: Arc::new(Mutex::new(state)) };
        let serving = server.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let talk =
                    Talk { server: serving.clone(), stream: BufReader::new(Box::new(stream)), listed: Vec::new(), marked: BTreeSet::new() };
                tokio::spawn(async move { drop(talk.run().await) });
            }
        });
        server
    }

    pub(in super::super) fn with<T>(&self, change: impl FnOnce(&mut State) -> T) -> T {
        change(&mut self.state.lock().unwrap())
    }

    pub(in super::super) fn put(&self, name: &str, raw: Vec<u8>) {
        self.with(|state| state.letters.push((name.to_owned(), raw)));
    }

    pub(in super::super) fn count(&self) -> usize {
        self.with(|state| state.letters.len())
    }

    pub(in super::super) fn said(&self, word: &str) -> usize {
        self.with(|state| state.log.iter().filter(|line| line.starts_with(word)).count())
    }
}

struct Talk {
    server: FakePop3,
    stream: BufReader<Stream>,
    listed: Vec<(String, Vec<u8>)>,
    marked: BTreeSet<usize>,
}

fn gone<T>() -> std::io::Result<T> {
    Err(std::io::ErrorKind::ConnectionAborted.into())
}

impl Talk {
    async fn run(mut self) -> std::io::Result<()> {
        self.listed = self.server.with(|state| state.letters.clone());
        self.send(b"+OK ready\r\n").await?;
        loop {
            let mut line = String::new();
            if self.stream.read_line(&mut line).await? == 0 {
                return Ok(());
            }
            let line = line.trim_end().to_owned();
            let (scripted, cut) = self.server.with(|state| {
                state.commands += 1;
                state.log.push(line.clone());
                let scripted = state.answers.iter().find(|(word, _)| line.starts_with(**word)).map(|(_, answer)| answer.clone());
                (scripted, state.cut_at_command.filter(|(at, _)| *at == state.commands).map(|(_, answered)| answered))
            });
            if cut == Some(false) {
                return gone();
            }
            match scripted {
                Some(answer) => self.send(answer.as_bytes()).await?,
                None => self.answer(&line).await?,
            }
            if cut.is_some() || line == "QUIT" {
                return gone();
            }
        }
    }

    async fn send(&mut self, bytes: &[u8]) -> std::io::Result<()> {
        self.stream.write_all(bytes).await?;
        self.stream.flush().await
    }

    async fn answer(&mut self, line: &str) -> std::io::Result<()> {
        let (word, rest) = line.split_once(' ').unwrap_or((line, ""));
        let at = rest.split(' ').next().and_then(|word| word.parse::<usize>().ok()).unwrap_or_default();
        let (has_names, has_stls) = self.server.with(|state| (state.has_names, state.has_stls));
        let there = self.listed.len();
        let letters = self.listed.iter().enumerate().map(|(place, letter)| (place + 1, letter));
        let text = match word {
            "CAPA" => "+OK\r\nUIDL\r\nUSER\r\n.\r\n".to_owned(),
            "STLS" if has_stls => return self.encrypt().await,
            "USER" => "+OK\r\n".to_owned(),
            "PASS" if rest == "s3cret" => "+OK in\r\n".to_owned(),
            "PASS" => "-ERR [AUTH] wrong\r\n".to_owned(),
            "STAT" => format!("+OK {there} 1\r\n"),
            "UIDL" if has_names => {
                let lines: Vec<String> = letters.map(|(place, (name, _))| format!("{place} {name}\r\n")).collect();
                format!("+OK\r\n{}.\r\n", lines.concat())
            }
            "LIST" => {
                let size = |place: usize, raw: &Vec<u8>| {
                    self.server.with(|state| state.sizes.get(&place).cloned()).unwrap_or_else(|| raw.len().to_string())
                };
                let lines: Vec<String> = letters.map(|(place, (_, raw))| format!("{place} {}\r\n", size(place, raw))).collect();
                format!("+OK\r\n{}.\r\n", lines.concat())
            }
            "RETR" | "TOP" if (1..=there).contains(&at) => return self.message(word, at).await,
            "DELE" if (1..=there).contains(&at) => {
                self.marked.insert(at);
                "+OK\r\n".to_owned()
            }
            "QUIT" => {
                let gone: Vec<(String, Vec<u8>)> = self.marked.iter().map(|at| self.listed[at - 1].clone()).collect();
                self.server.with(|state| {
                    for letter in gone {
                        let place = state.letters.iter().position(|one| *one == letter);
                        if let Some(place) = place {
                            state.letters.remove(place);
                        }
                    }
                });
                "+OK bye\r\n".to_owned()
            }
            _ => "-ERR what?\r\n".to_owned(),
        };
        self.send(text.as_bytes()).await
    }

    async fn encrypt(&mut self) -> std::io::Result<()> {
        let injected = self.server.with(|state| state.injected.clone());
        self.send(format!("+OK go\r\n{injected}").as_bytes()).await?;
        let plain: Stream = Box::new(tokio::io::empty());
        let plain = std::mem::replace(&mut self.stream, BufReader::new(plain)).into_inner();
        self.stream = BufReader::new(Box::new(acceptor().accept(plain).await?));
        Ok(())
    }

    async fn message(&mut self, word: &str, at: usize) -> std::io::Result<()> {
        let (refused, cut) =
            self.server.with(|state| (state.refused.contains(&at), if word == "RETR" { state.cut_message_after.take() } else { None }));
        if refused && word == "RETR" {
            return self.send(b"-ERR [SYS/PERM] cannot be read\r\n").await;
        }
        let raw = self.listed[at - 1].1.clone();
        let end = raw.windows(4).position(|four| four == b"\r\n\r\n").map_or(raw.len(), |at| at + 4);
        let shown = if word == "TOP" { &raw[..end] } else { &raw[..] };
        let mut text = b"+OK follows\r\n".to_vec();
        for line in shown.split_inclusive(|byte| *byte == b'\n') {
            if line.starts_with(b".") {
                text.push(b'.');
            }
            text.extend_from_slice(line);
        }
        text.extend_from_slice(b".\r\n");
        match cut.filter(|bytes| *bytes < text.len()) {
            Some(bytes) => {
                self.send(&text[..bytes]).await?;
                gone()
            }
            None => self.send(&text).await,
        }
    }
}
