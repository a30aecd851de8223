//! An IMAP server that does what a test wants: also what no server should.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::{Arc, Mutex};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpListener;
use tokio::sync::watch;

use super::super::connect::Stream;
use super::acceptor;

pub(in super::super) const USUAL: &str = "IMAP4rev1 IDLE MOVE UIDPLUS AUTH=PLAIN";

#[derive(Clone, Default)]
pub(in super::super) struct Letter {
    pub(in super::super) raw: Vec<u8>,
    pub(in super::super) flags: BTreeSet<String>,
}

#[derive(Clone, Default)]
pub(in super::super) struct Shelf {
    pub(in super::super) validity: u32,
    pub(in super::super) next: u32,
    pub(in super::super) letters: BTreeMap<u32, Letter>,
}

/// What the server is to do wrong.
#[derive(Default)]
pub(in super::super) struct Faults {
    /// Hang up after so many bytes of the answer to a FETCH of bodies.
    pub(in super::super) cut_body_after: Option<usize>,
    /// Hang up at the command with this number, counted over all conversations, before or after it took effect.
    pub(in super::super) cut_at_command: Option<(usize, bool)>,
    /// Sizes that are not true.
    pub(in super::super) sizes: HashMap<u32, usize>,
    /// Lengths of literals that are not true; the bytes that follow are true.
    pub(in super::super) literals: HashMap<u32, String>,
    /// Messages that are not handed out.
    pub(in super::super) refused: HashSet<u32>,
    /// Messages that are left out, silently.
    pub(in super::super) left_out: HashSet<u32>,
    /// Messages that somebody else removes just before they are asked for.
    pub(in super::super) vanish: HashSet<u32>,
    /// Everything is told twice.
    pub(in super::super) twice: bool,
    /// A message that comes while a search is answered: too late to be found, and told before its end.
    pub(in super::super) during_search: Option<Vec<u8>>,
    /// Each byte is a packet.
    pub(in super::super) dribble: bool,
    /// Answers to commands that begin with this word.
    pub(in super::super) answers: HashMap<&'static str, String>,
    /// Put behind the answer to STARTTLS, unencrypted.
    pub(in super::super) injected: Option<String>,
    /// In place of the greeting.
    pub(in super::super) greeting: Option<String>,
}

pub(in super::super) struct State {
    pub(in super::super) shelves: BTreeMap<String, Shelf>,
    pub(in super::super) capabilities: String,
    pub(in super::super) faults: Faults,
    /// Everything that was said to the server.
    pub(in super::super) log: Vec<String>,
    pub(in super::super) commands: usize,
    /// Access tokens that are good.
    pub(in super::super) tokens: HashSet<String>,
    pub(in super::super) conversations: usize,
}

#[derive(Clone)]
pub(in super::super) struct FakeImap {
    pub(in super::super) port: u16,
    pub(in super::super) state: Arc<Mutex<State>>,
    news: watch::Sender<u32>,
}

impl FakeImap {
    pub(in super::super) async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let shelf = Shelf { validity: 7, next: 1, letters: BTreeMap::new() };
        let state = State {
            shelves: BTreeMap::from([("INBOX".to_owned(), shelf)]),
            capabilities: USUAL.to_owned(),
            faults: Faults::default(),
            log: Vec::new(),
            commands: 0,
            tokens: HashSet::new(),
            conversations: 0,
        };
        let server = Self { port, state: Arc::new(Mutex::new(state)), news: watch::Sender::new(0) };
        let serving = server.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let one = Talk {
                    server: serving.clone(),
                    stream: BufReader::new(Box::new(stream)),
                    folder: String::new(),
                    selected: false,
                    told: 0,
                };
                tokio::spawn(async move { drop(one.run().await) });
            }
        });
        server
    }

    pub(in super::super) fn with<T>(&self, change: impl FnOnce(&mut State) -> T) -> T {
        change(&mut self.state.lock().unwrap())
    }

    /// Puts a message into a folder; its UID.
    pub(in super::super) fn put(&self, folder: &str, raw: Vec<u8>) -> u32 {
        let uid = self.with(|state| {
            let shelf = state.shelves.entry(folder.to_owned()).or_insert(Shelf { validity: 7, next: 1, letters: BTreeMap::new() });
            let uid = shelf.next;
            shelf.next += 1;
            shelf.letters.insert(uid, Letter { raw, flags: BTreeSet::new() });
            uid
        });
        self.news.send_modify(|n| *n += 1);
        uid
    }

    pub(in super::super) fn flags(&self, folder: &str, uid: u32) -> BTreeSet<String> {
        self.with(|state| state.shelves[folder].letters[&uid].flags.clone())
    }

    pub(in super::super) fn count(&self, folder: &str) -> usize {
        self.with(|state| state.shelves.get(folder).map_or(0, |shelf| shelf.letters.len()))
    }

    pub(in super::super) fn said(&self, word: &str) -> usize {
        self.with(|state| state.log.iter().filter(|line| line.contains(word)).count())
    }
}

struct Talk {
    server: FakeImap,
    stream: BufReader<Stream>,
    folder: String,
    selected: bool,
    /// Messages in the folder that this conversation was told of.
    told: usize,
}

type Step = std::io::Result<bool>;

fn gone<T>() -> std::io::Result<T> {
    Err(std::io::ErrorKind::ConnectionAborted.into())
}

impl Talk {
    async fn run(mut self) -> std::io::Result<()> {
        self.server.with(|state| state.conversations += 1);
        let greeting = self.server.with(|state| state.faults.greeting.clone());
        self.send(&greeting.unwrap_or_else(|| "* OK ready\r\n".to_owned())).await?;
        loop {
            let Some(line) = self.line().await? else { return Ok(()) };
            let (tag, command) = line.split_once(' ').unwrap_or((&line, ""));
            let (tag, command) = (tag.to_owned(), command.to_owned());
            let cut = self.server.with(|state| {
                state.commands += 1;
                state.log.push(command.clone());
                state.faults.cut_at_command.filter(|(at, _)| *at == state.commands).map(|(_, effect)| effect)
            });
            if cut == Some(false) {
                return gone();
            }
            let more = self.answer(&tag, &command, cut == Some(true)).await?;
            if !more {
                return Ok(());
            }
        }
    }

    async fn line(&mut self) -> std::io::Result<Option<String>> {
        let mut line = String::new();
        Ok((self.stream.read_line(&mut line).await? > 0).then(|| line.trim_end().to_owned()))
    }

    async fn send(&mut self, text: &str) -> std::io::Result<()> {
        self.bytes(text.as_bytes()).await
    }

    async fn bytes(&mut self, bytes: &[u8]) -> std::io::Result<()> {
        let dribble = self.server.with(|state| state.faults.dribble);
        for part in bytes.chunks(if dribble { 1 } else { bytes.len().max(1) }) {
            self.stream.write_all(part).await?;
            self.stream.flush().await?;
        }
        Ok(())
    }

    async fn answer(&mut self, tag: &str, command: &str, cut: bool) -> Step {
        let scripted = self
            .server
            .with(|state| state.faults.answers.iter().find(|(word, _)| command.starts_with(**word)).map(|(_, answer)| answer.clone()));
        if let Some(answer) = scripted {
            self.send(&answer.replace("{tag}", tag)).await?;
            return Ok(!answer.contains("* BYE"));
        }
        let words: Vec<&str> = command.splitn(4, ' ').collect();
        let mut said = String::new();
        match words.as_slice() {
            ["CAPABILITY"] => said = format!("* CAPABILITY {}\r\n", self.server.with(|state| state.capabilities.clone())),
            ["STARTTLS"] => return self.encrypt(tag).await,
            ["AUTHENTICATE", mechanism] => return self.authenticate(tag, mechanism).await,
            ["LOGIN", ..] if command == "LOGIN \"desk\" \"s3cret\"" => {}
            ["LOGIN", ..] => return self.refuse(tag, "[AUTHENTICATIONFAILED] wrong").await,
            ["SELECT", name] => match self.select(name) {
                Some(text) => said = text,
                None => return self.refuse(tag, "no such folder").await,
            },
            ["UID", "SEARCH", ..] if self.selected => {
                said = self.search(command.strip_prefix("UID SEARCH ").unwrap());
                if let Some(raw) = self.server.with(|state| state.faults.during_search.take()) {
                    self.server.put(&self.folder, raw);
                    said.push_str(&self.news());
                }
            }
            ["UID", "FETCH", set, what] if self.selected => return self.fetch(tag, set, what, cut).await,
            ["UID", verb, ..] if self.selected => match self.change(verb, words.get(2).unwrap_or(&""), words.get(3).unwrap_or(&"")) {
                Ok(()) => {}
                Err(text) => return self.refuse(tag, text).await,
            },
            ["CREATE", name] => {
                let name = name.trim_matches('"').to_owned();
                self.server.with(|state| state.shelves.entry(name).or_default().next = 1);
            }
            ["IDLE"] => return self.idle(tag).await,
            ["NOOP"] => {}
            ["LOGOUT"] => {
                self.send(&format!("* BYE then\r\n{tag} OK\r\n")).await?;
                return Ok(false);
            }
            _ => {
                self.send(&format!("{tag} BAD what?\r\n")).await?;
                return Ok(true);
            }
        }
        if cut {
            return gone();
        }
        self.send(&format!("{said}{tag} OK done\r\n")).await?;
        Ok(true)
    }

    async fn refuse(&mut self, tag: &str, text: &str) -> Step {
        self.send(&format!("{tag} NO {text}\r\n")).await?;
        Ok(true)
    }

    async fn encrypt(&mut self, tag: &str) -> Step {
        let injected = self.server.with(|state| state.faults.injected.clone()).unwrap_or_default();
        self.send(&format!("{tag} OK go\r\n{injected}")).await?;
        let plain: Stream = Box::new(tokio::io::empty());
        let plain = std::mem::replace(&mut self.stream, BufReader::new(plain)).into_inner();
        self.stream = BufReader::new(Box::new(acceptor().accept(plain).await?));
        Ok(true)
    }

    async fn authenticate(&mut self, tag: &str, mechanism: &str) -> Step {
        self.send("+ \r\n").await?;
        let given = self.line().await?.unwrap_or_default();
        let given = String::from_utf8(STANDARD.decode(given).unwrap_or_default()).unwrap_or_default();
        let fine = match mechanism {
            "PLAIN" => given == "\0desk\0s3cret",
            _ => self.server.with(|state| state.tokens.iter().any(|good| given == format!("user=desk\x01auth=Bearer {good}\x01\x01"))),
        };
        if !fine && mechanism == "XOAUTH2" {
            self.send(&format!("+ {}\r\n", STANDARD.encode("{\"status\":\"400\"}"))).await?;
            self.line().await?;
        }
        if fine {
            self.send(&format!("{tag} OK in\r\n")).await?;
            return Ok(true);
        }
        self.refuse(tag, "[AUTHENTICATIONFAILED] wrong").await
    }

    fn select(&mut self, name: &str) -> Option<String> {
        self.folder = name.trim_matches('"').to_owned();
        let folder = self.folder.clone();
        let text = self.server.with(|state| {
            let shelf = state.shelves.get(&folder)?;
            let (count, validity, next) = (shelf.letters.len(), shelf.validity, shelf.next);
            self.told = count;
            Some(format!(
                "* FLAGS (\\Seen \\Deleted)\r\n* {count} EXISTS\r\n* 0 RECENT\r\n* OK [UIDVALIDITY {validity}] numbered\r\n* OK [UIDNEXT {next}] next\r\n"
            ))
        })?;
        self.selected = true;
        Some(text)
    }

    fn search(&self, criteria: &str) -> String {
        let mut words = criteria.split(' ');
        let set = words.nth(1).unwrap_or_default();
        let others: Vec<&str> = words.collect();
        let found: Vec<String> = self.server.with(|state| {
            let letters = &state.shelves[&self.folder].letters;
            let uids = within(set, letters);
            let fits = |letter: &Letter| {
                (!others.contains(&"UNSEEN") || !letter.flags.contains("\\Seen"))
                    && (!others.contains(&"UNDELETED") || !letter.flags.contains("\\Deleted"))
            };
            uids.into_iter().filter(|uid| fits(&letters[uid])).map(|uid| uid.to_string()).collect()
        });
        format!("* SEARCH {}\r\n", found.join(" "))
    }

    async fn fetch(&mut self, tag: &str, set: &str, what: &str, cut: bool) -> Step {
        let folder = self.folder.clone();
        let bodies = what.contains("BODY.PEEK[]");
        let (told, refused, cut_after) = self.server.with(|state| {
            let State { shelves, faults, .. } = state;
            let shelf = shelves.get_mut(&folder).unwrap();
            if bodies {
                let vanish = std::mem::take(&mut faults.vanish);
                shelf.letters.retain(|uid, _| !vanish.contains(uid));
            }
            let uids = within(set, &shelf.letters);
            let refused = bodies && uids.iter().any(|uid| faults.refused.contains(uid));
            let mut told = Vec::new();
            for (place, uid) in uids.iter().enumerate().filter(|_| !refused) {
                if bodies && faults.left_out.contains(uid) {
                    continue;
                }
                let one = tell(place + 1, *uid, &shelf.letters[uid], what, faults);
                for _ in 0..if faults.twice { 2 } else { 1 } {
                    told.extend_from_slice(&one);
                }
            }
            (told, refused, if bodies { faults.cut_body_after.take() } else { None })
        });
        if refused {
            return self.refuse(tag, "[SERVERBUG] cannot be read").await;
        }
        if let Some(bytes) = cut_after.filter(|bytes| *bytes < told.len()) {
            self.bytes(&told[..bytes]).await?;
            return gone();
        }
        self.bytes(&told).await?;
        if cut || cut_after.is_some() {
            return gone();
        }
        self.send(&format!("{tag} OK fetched\r\n")).await?;
        Ok(true)
    }

    fn change(&self, verb: &str, set: &str, rest: &str) -> Result<(), &'static str> {
        self.server.with(|state| {
            let uids = within(set, &state.shelves[&self.folder].letters);
            match verb {
                "STORE" => {
                    let flag = rest.split(['(', ')']).nth(1).unwrap_or_default().to_owned();
                    let shelf = state.shelves.get_mut(&self.folder).unwrap();
                    for uid in uids {
                        shelf.letters.get_mut(&uid).unwrap().flags.insert(flag.clone());
                    }
                }
                "EXPUNGE" => {
                    let shelf = state.shelves.get_mut(&self.folder).unwrap();
                    shelf.letters.retain(|uid, letter| !(uids.contains(uid) && letter.flags.contains("\\Deleted")));
                }
                "MOVE" | "COPY" => {
                    let target = rest.trim_matches('"').to_owned();
                    if !state.shelves.contains_key(&target) {
                        return Err("[TRYCREATE] no such folder");
                    }
                    for uid in uids {
                        let from = state.shelves.get_mut(&self.folder).unwrap();
                        let letter = from.letters[&uid].clone();
                        if verb == "MOVE" {
                            from.letters.remove(&uid);
                        }
                        let to = state.shelves.get_mut(&target).unwrap();
                        to.letters.insert(to.next, letter);
                        to.next += 1;
                    }
                }
                _ => return Err("what?"),
            }
            Ok(())
        })
    }

    /// What this conversation was not told of yet, as every server tells it at its next word.
    fn news(&mut self) -> String {
        let before = std::mem::replace(&mut self.told, self.server.count(&self.folder));
        if self.told > before { format!("* {} EXISTS\r\n", self.told) } else { String::new() }
    }

    async fn idle(&mut self, tag: &str) -> Step {
        let mut news = self.server.news.subscribe();
        let told = self.news();
        self.send(&format!("+ idling\r\n{told}")).await?;
        let mut line = String::new();
        while line.is_empty() {
            let read = tokio::select! {
                _ = news.changed() => None,
                read = self.stream.read_line(&mut line) => Some(read?),
            };
            match read {
                None => {
                    let told = self.news();
                    self.send(&told).await?;
                }
                Some(0) => return gone(),
                Some(_) => {}
            }
        }
        self.send(&format!("{tag} OK idled\r\n")).await?;
        Ok(true)
    }
}

fn tell(place: usize, uid: u32, letter: &Letter, what: &str, faults: &Faults) -> Vec<u8> {
    let mut text =
        format!("* {place} FETCH (UID {uid} FLAGS ({})", letter.flags.iter().cloned().collect::<Vec<_>>().join(" ")).into_bytes();
    if what.contains("RFC822.SIZE") {
        let size = faults.sizes.get(&uid).copied().unwrap_or(letter.raw.len());
        text.extend_from_slice(format!(" RFC822.SIZE {size}").as_bytes());
    }
    let body = if what.contains("BODY.PEEK[]") {
        Some(("BODY[]", letter.raw.clone()))
    } else if what.contains("HEADER") {
        let end = letter.raw.windows(4).position(|four| four == b"\r\n\r\n").map_or(letter.raw.len(), |at| at + 4);
        Some(("BODY[HEADER]<0>", letter.raw[..end].to_vec()))
    } else {
        None
    };
    if let Some((name, body)) = body {
        let lie = faults.literals.get(&uid).filter(|_| name == "BODY[]");
        let length = lie.cloned().unwrap_or_else(|| body.len().to_string());
        text.extend_from_slice(format!(" {name} {{{length}}}\r\n").as_bytes());
        text.extend_from_slice(&body);
    }
    text.extend_from_slice(b")\r\n");
    text
}

/// The numbers of a set that are there; `n:*` names the last one in any case.
fn within(set: &str, letters: &BTreeMap<u32, Letter>) -> Vec<u32> {
    let last = letters.keys().last().copied().unwrap_or_default();
    let number = |text: &str| if text == "*" { last } else { text.parse().unwrap_or_default() };
    let mut found = BTreeSet::new();
    for part in set.split(',') {
        let (from, to) = part.split_once(':').unwrap_or((part, part));
        let (from, to) = (number(from), number(to));
        found.extend(letters.range(from.min(to)..=from.max(to)).map(|(uid, _)| *uid));
    }
    found.into_iter().collect()
}
