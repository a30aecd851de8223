//! Programs under measurement and the tools that measure them.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpListener;
use std::path::Path;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;

/// Runs a tool of the testkit to its end; what it prints is JSON.
pub(crate) fn tool(programs: &Path, name: &str, words: &[&str], input: &str) -> Result<Value, String> {
    let mut command = Command::new(programs.join(name));
    command.args(words).stdin(Stdio::piped()).stdout(Stdio::piped());
    let failed = |error: std::io::Error| format!("{name}: {error}");
    let mut child = command.spawn().map_err(failed)?;
    if let Some(mut stdin) = child.stdin.take() {
        stdin.write_all(input.as_bytes()).map_err(failed)?;
    }
    let mut printed = Vec::new();
    if let Some(stdout) = &mut child.stdout {
        stdout.read_to_end(&mut printed).map_err(failed)?;
    }
    let status = child.wait().map_err(failed)?;
    if !status.success() {
        return Err(format!("`{name} {}` ended with {status}", words.first().unwrap_or(&"")));
    }
    serde_json::from_slice(&printed).map_err(failed_json(name))
}

fn failed_json(name: &str) -> impl Fn(serde_json::Error) -> String + '_ {
    move |error| format!("{name} printed something that cannot be read: {error}")
}

/// A running Steward.
pub(crate) struct Server {
    child: Child,
    /// Where its API and pages are.
    pub(crate) http: String,
    /// Where it takes mail.
    pub(crate) lmtp: String,
    /// From its start to the line that says it is ready.
    pub(crate) ready_after: Duration,
}

impl Server {
    pub(crate) fn start(programs: &Path, data_dir: &Path, database: &str) -> Result<Self, String> {
        let lmtp = free_address()?;
        let mut command = Command::new(programs.join("steward"));
        command.arg("serve").arg("--data-dir").arg(data_dir);
        command.args(["--database", database, "--listen", "127.0.0.1:0", "--lmtp-listen", &lmtp]);
        // The limits would be what is measured.
        command.args(["--requests-per-minute", "0", "--anonymous-requests-per-minute", "0", "--mail-domain", "bench.example"]);
        let log = fs::File::create(data_dir.join("serve.log")).map_err(|error| format!("log: {error}"))?;
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(log);
        let begun = Instant::now();
        let mut child = command.spawn().map_err(|error| format!("steward: {error}"))?;
        let mut line = String::new();
        if let Some(stdout) = child.stdout.take() {
            BufReader::new(stdout).read_line(&mut line).map_err(|error| format!("steward: {error}"))?;
        }
        let ready_after = begun.elapsed();
        let http = line.split("http://").nth(1).map(|rest| rest.trim().trim_end_matches('/').to_owned());
        match http {
            Some(http) => Ok(Self { child, http, lmtp, ready_after }),
            None => Err(format!("steward did not get ready: {line}")),
        }
    }

    /// Resident memory now and at its highest, in bytes.
    pub(crate) fn memory(&self) -> Result<(u64, u64), String> {
        let path = format!("/proc/{}/status", self.child.id());
        let text = fs::read_to_string(&path).map_err(|error| format!("{path}: {error}"))?;
        let field = |name: &str| {
            let line = text.lines().find_map(|line| line.strip_prefix(name));
            line.and_then(|line| line.split_whitespace().nth(1)).and_then(|number| number.parse::<u64>().ok()).unwrap_or_default() * 1024
        };
        Ok((field("VmRSS"), field("VmHWM")))
    }

    /// Its process.
    pub(crate) fn process(&self) -> u32 {
        self.child.id()
    }

    /// Asks it to stop, and waits until it has.
    pub(crate) fn stop(mut self) -> Result<(), String> {
        let failed = |error: std::io::Error| format!("stopping steward: {error}");
        Command::new("kill").arg(self.child.id().to_string()).status().map_err(failed)?;
        let status = self.child.wait().map_err(failed)?;
        if status.success() { Ok(()) } else { Err(format!("steward ended with {status}")) }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // Only after a failure is it still there; then nobody asks how it ends.
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

fn free_address() -> Result<String, String> {
    let listener = TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr());
    listener.map(|address| address.to_string()).map_err(|error| format!("no free port: {error}"))
}

/// Runs `steward` to its end.
pub(crate) fn steward(programs: &Path, words: &[&str]) -> Result<(), String> {
    let status = Command::new(programs.join("steward")).args(words).stdin(Stdio::null()).stdout(Stdio::null()).status();
    match status {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(format!("`steward {}` ended with {status}", words.join(" "))),
        Err(error) => Err(format!("steward: {error}")),
    }
}

/// A PostgreSQL server of our own.
pub(crate) struct Postgres {
    guard: Child,
    lifeline: Option<ChildStdin>,
    url: String,
}

impl Postgres {
    pub(crate) fn start(programs: &Path) -> Result<Self, String> {
        let failed = |error: std::io::Error| format!("PostgreSQL: {error}");
        let mut guard =
            Command::new(programs.join("bench-postgres")).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().map_err(failed)?;
        let mut url = String::new();
        if let Some(stdout) = guard.stdout.take() {
            BufReader::new(stdout).read_line(&mut url).map_err(failed)?;
        }
        let lifeline = guard.stdin.take();
        if url.trim().is_empty() {
            return Err("PostgreSQL did not start".to_owned());
        }
        Ok(Self { guard, lifeline, url: url.trim().to_owned() })
    }

    /// The address of a database of this name.
    pub(crate) fn address(&self, name: &str) -> String {
        match self.url.rsplit_once('/') {
            Some((server, _)) => format!("{server}/{name}"),
            None => self.url.clone(),
        }
    }

    /// Makes an empty database; tells its address.
    pub(crate) fn database(&self, name: &str) -> Result<String, String> {
        psql(&self.url, &format!("CREATE DATABASE {name}"))?;
        Ok(self.address(name))
    }

    /// Does at once what the server would do by itself in the minutes after a copy.
    pub(crate) fn settle(&self, name: &str) -> Result<(), String> {
        psql(&self.address(name), "VACUUM ANALYZE")?;
        psql(&self.address(name), "CHECKPOINT")
    }
}

fn psql(url: &str, sql: &str) -> Result<(), String> {
    match Command::new("psql").args([url, "-q", "-c", sql]).stdin(Stdio::null()).status() {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(format!("psql ended with {status}")),
        Err(error) => Err(format!("psql: {error}")),
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        drop(self.lifeline.take());
        drop(self.guard.wait());
    }
}
