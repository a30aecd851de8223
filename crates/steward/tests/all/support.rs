//! Runs the program, talks to it, and stops it by its own id.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, ExitStatus, Stdio};

use tempfile::TempDir;

pub(crate) const PASSWORD: &str = "correct horse battery staple\n";

/// A place of its own for one service desk.
pub(crate) struct Place {
    dir: TempDir,
}

/// How a command ended.
pub(crate) struct Ended {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Place {
    pub(crate) fn new() -> Self {
        Self { dir: tempfile::tempdir().unwrap() }
    }

    /// With a desk IT, its address it@desk.example and the administrator ada@example.org.
    pub(crate) fn set_up() -> Self {
        let place = Self::new();
        let line = [
            "setup",
            "--admin-email",
            "ada@example.org",
            "--admin-name",
            "Ada Agent",
            "--desk-name",
            "IT",
            "--mail-domain",
            "desk.example",
        ];
        place.run(&line, PASSWORD).must_succeed();
        place
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    pub(crate) fn data(&self) -> PathBuf {
        self.path("data")
    }

    /// The program with nothing from outside but what is given.
    pub(crate) fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_steward"));
        // Nothing leaves this machine, unless a test serves the names itself.
        command.env_clear().env("STEWARD_DNS_RESOLVER", "off").current_dir(self.dir.path()).args(args);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    /// Runs a command on the data directory `data` to its end.
    pub(crate) fn run(&self, args: &[&str], input: &str) -> Ended {
        let mut command = self.command(args);
        command.env("STEWARD_DATA_DIR", self.data());
        finished(command, input)
    }

    pub(crate) fn token(&self) -> String {
        self.run(&["token", "add", "--email", "ada@example.org", "--name", "test"], "").must_succeed().out.trim().to_owned()
    }

    /// Serves on a free port until it is stopped.
    pub(crate) fn serve(&self, args: &[&str]) -> Serving {
        let mut line = vec!["serve", "--listen", "127.0.0.1:0"];
        line.extend(args);
        let mut command = self.command(&line);
        // Tests ask as often as they like, unless they say otherwise.
        command.env("STEWARD_REQUESTS_PER_MINUTE", "0").env("STEWARD_ANONYMOUS_REQUESTS_PER_MINUTE", "0");
        command.env("STEWARD_DATA_DIR", self.data()).stderr(Stdio::from(std::fs::File::create(self.path("log")).unwrap()));
        Serving::start(command, self.path("log"))
    }
}

pub(crate) fn finished(mut command: Command, input: &str) -> Ended {
    let mut child = command.spawn().unwrap();
    child.stdin.take().unwrap().write_all(input.as_bytes()).ok();
    let output = child.wait_with_output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    Ended { code: output.status.code().unwrap(), out: text(output.stdout), err: text(output.stderr) }
}

impl Ended {
    pub(crate) fn must_succeed(self) -> Self {
        assert_eq!(self.code, 0, "{}", self.err);
        self
    }
    /// Ended with this status and one sentence that has these words.
    pub(crate) fn must_fail(self, code: i32, words: &str) {
        assert_eq!(self.code, code, "{} {}", self.out, self.err);
        let last = self.err.lines().last().unwrap_or_default();
        assert!(last.starts_with("steward: ") && last.contains(words), "{}", self.err);
        assert!(!self.err.contains("backtrace") && !self.err.contains("panicked"), "{}", self.err);
    }
}

/// A running server; dropped, it is killed.
pub(crate) struct Serving {
    child: Child,
    stdout: BufReader<ChildStdout>,
    pub(crate) address: SocketAddr,
    pub(crate) said: Vec<String>,
}

/// What came back from a request.
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) head: String,
    pub(crate) body: String,
}

impl Answer {
    pub(crate) fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.body).unwrap_or_else(|_| panic!("{} {}", self.status, self.body))
    }
    pub(crate) fn has(&self, header: &str) -> bool {
        self.head.to_lowercase().contains(&header.to_lowercase())
    }
}

impl Serving {
    fn start(mut command: Command, log: PathBuf) -> Self {
        let mut child = command.spawn().unwrap();
        let stdout = BufReader::new(child.stdout.take().unwrap());
        let mut serving = Self { child, stdout, address: SocketAddr::from(([127, 0, 0, 1], 0)), said: Vec::new() };
        loop {
            let mut line = String::new();
            let read = serving.stdout.read_line(&mut line).unwrap();
            assert!(read > 0, "it ended before it was ready: {}", std::fs::read_to_string(&log).unwrap_or_default());
            serving.said.push(line.trim_end().to_owned());
            if let Some(address) = line.trim_end().strip_prefix("Steward is ready at http://") {
                serving.address = address.parse().unwrap();
                return serving;
            }
        }
    }

    pub(crate) fn get(&self, path: &str, token: &str) -> Answer {
        self.ask(&["GET", path], &[("Authorization", &format!("Bearer {token}"))], "")
    }

    pub(crate) fn post(&self, path: &str, token: &str, body: &str) -> Answer {
        self.ask(&["POST", path], &[("Authorization", &format!("Bearer {token}")), ("Content-Type", "application/json")], body)
    }

    pub(crate) fn ask(&self, line: &[&str; 2], headers: &[(&str, &str)], body: &str) -> Answer {
        ask(self.address, line, headers, body)
    }

    /// Posts with an idempotency key; none when no answer came, as from a server that was killed meanwhile.
    pub(crate) fn try_post(&self, path: &str, token: &str, key: &str, body: &str) -> Option<u16> {
        let mut stream = TcpStream::connect(self.address).ok()?;
        let head = format!(
            "POST {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\nContent-Length: {}\r\nAuthorization: Bearer {token}\r\n\
             Content-Type: application/json\r\nIdempotency-Key: {key}\r\n\r\n{body}",
            self.address,
            body.len()
        );
        stream.write_all(head.as_bytes()).ok()?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer).ok()?;
        answer.split(' ').nth(1)?.parse().ok()
    }

    /// Ends it at once, wherever it is.
    pub(crate) fn kill(&self) {
        let id = rustix::process::Pid::from_child(&self.child);
        rustix::process::kill_process(id, rustix::process::Signal::KILL).unwrap();
    }

    /// Asks it to stop; the status it ends with and what else it said.
    pub(crate) fn stop(mut self) -> (ExitStatus, String) {
        self.signal();
        let mut rest = String::new();
        self.stdout.read_to_string(&mut rest).unwrap();
        (self.child.wait().unwrap(), rest)
    }

    pub(crate) fn signal(&self) {
        let id = rustix::process::Pid::from_child(&self.child);
        rustix::process::kill_process(id, rustix::process::Signal::TERM).unwrap();
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

pub(crate) fn ask(address: SocketAddr, line: &[&str; 2], headers: &[(&str, &str)], body: &str) -> Answer {
    let mut stream = TcpStream::connect(address).unwrap();
    let mut request =
        format!("{} {} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\nContent-Length: {}\r\n", line[0], line[1], body.len());
    for (name, value) in headers {
        request.push_str(&format!("{name}: {value}\r\n"));
    }
    stream.write_all(format!("{request}\r\n{body}").as_bytes()).unwrap();
    let mut text = String::new();
    stream.read_to_string(&mut text).unwrap();
    let (head, body) = text.split_once("\r\n\r\n").unwrap_or((&text, ""));
    let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or_else(|| panic!("no answer: {text}"));
    Answer { status, head: head.to_owned(), body: body.to_owned() }
}

/// A port that nobody listened on a moment ago.
pub(crate) fn free_address() -> String {
    std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().to_string()
}

/// The database of a place, opened beside the program.
pub(crate) fn store_of(data: &Path) -> store::Store {
    store::Store::open(store::Settings {
        url: format!("sqlite:{}", data.join("steward.db").display()),
        data_dir: data.to_owned(),
        clock: kernel::Clock::system(),
        blobs: store::BlobSettings::Directory(data.join("blobs")),
    })
    .unwrap()
}
