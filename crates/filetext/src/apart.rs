//! Having a file read by a process of its own, and taking whatever comes of that.

use std::io;
use std::os::unix::process::ExitStatusExt;
use std::path::PathBuf;
use std::process::{ExitStatus, Stdio};
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::process::{Child, Command};
use tokio::time::timeout;

use crate::child::{COMMAND, DAMAGED, ENOUGH, LOCKED, TOO_LARGE, UNKNOWN, UNSAFE};
use crate::{FILE_BYTES_MAX, TEXT_BYTES_MAX, kind};

/// How long one file may take, however little the process gets to work.
const TIME: Duration = Duration::from_secs(60);
/// The program's allocator sets aside a gigabyte of addresses unless it is told otherwise, and addresses are what the reader is confined by.
const ARENA: (&str, &str) = ("MIMALLOC_ARENA_RESERVE", "32MiB");
const SIGXCPU: i32 = 24;
const SIGKILL: i32 = 9;

/// What came of reading a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reading {
    /// Its text; not whole where there was too much of it or the rest could not be read.
    Text {
        /// Words, blanks and ends of lines.
        text: String,
        /// Whether that is all of it.
        whole: bool,
    },
    /// It has none that could be read.
    Nothing(Why),
}

/// Why a file has no text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// It was read, and there are no words in it: a scan, say.
    NoWords,
    /// It is of a kind that is not read.
    Kind,
    /// It wants a password.
    Locked,
    /// It cannot be read, or its reader died of it.
    Damaged,
    /// It is larger, or unpacks to more, than is read.
    TooLarge,
    /// It keeps the processor busy for longer than anything honest does.
    TooSlow,
    /// Its time ran out on a machine with much to do, or the machine ended its reader: another time it may go well.
    Interrupted,
}

/// Has files read, each by a process that has nothing but that file.
#[derive(Clone, Debug)]
pub struct Reader {
    program: PathBuf,
    time: Duration,
}

impl Reader {
    /// By this program itself, also after the file that it was started from has been replaced.
    #[must_use]
    pub fn of_this_program() -> Self {
        let running = PathBuf::from("/proc/self/exe");
        let program = if running.exists() { running } else { std::env::current_exe().unwrap_or(running) };
        Self::at(program)
    }

    /// By a program that is Steward.
    #[must_use]
    pub fn at(program: impl Into<PathBuf>) -> Self {
        Self { program: program.into(), time: TIME }
    }

    /// The same with another patience.
    #[must_use]
    pub fn within(self, time: Duration) -> Self {
        Self { time, ..self }
    }

    /// The process that reads a file of this name from its standard input.
    #[must_use]
    pub fn process(&self, name: &str) -> std::process::Command {
        let mut process = std::process::Command::new(&self.program);
        process.args([COMMAND, kind::ending(name)]).env_clear().env(ARENA.0, ARENA.1).current_dir("/");
        process.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        process
    }

    /// Reads a file.
    ///
    /// # Errors
    /// No process can be started, which says nothing about the file.
    pub async fn read(&self, name: &str, bytes: &[u8]) -> io::Result<Reading> {
        if bytes.len() > FILE_BYTES_MAX {
            return Ok(Reading::Nothing(Why::TooLarge));
        }
        let mut child = Command::from(self.process(name)).kill_on_drop(true).spawn()?;
        let mut text = Vec::new();
        let ended = timeout(self.time, talk(&mut child, bytes, &mut text)).await;
        let status = match ended {
            Ok(status) => Some(status?),
            Err(_) => {
                child.kill().await?;
                None
            }
        };
        judged(status, text)
    }
}

/// Hands the file over while its text comes back.
async fn talk(child: &mut Child, bytes: &[u8], text: &mut Vec<u8>) -> io::Result<ExitStatus> {
    let (input, output) = (child.stdin.take(), child.stdout.take());
    let give = async {
        if let Some(mut input) = input {
            // Who has read enough goes before the end.
            drop(input.write_all(bytes).await);
            drop(input.shutdown().await);
        }
    };
    let take = async {
        let most = u64::try_from(TEXT_BYTES_MAX).unwrap_or(u64::MAX);
        match output {
            Some(output) => output.take(most).read_to_end(text).await,
            None => Ok(0),
        }
    };
    tokio::join!(give, take).1?;
    child.wait().await
}

fn judged(status: Option<ExitStatus>, text: Vec<u8>) -> io::Result<Reading> {
    // A sign may be cut in two where the reader died.
    let mut text = String::from_utf8_lossy(&text).into_owned();
    text.truncate(text.trim_end_matches([char::REPLACEMENT_CHARACTER, ' ', '\n']).len());
    let code = status.and_then(|status| status.code()).and_then(|code| u8::try_from(code).ok());
    if code == Some(UNSAFE) {
        return Err(io::Error::other("the process that reads files cannot be confined"));
    }
    if !text.is_empty() {
        return Ok(Reading::Text { text, whole: code == Some(0) });
    }
    let killed = status.and_then(|status| status.signal());
    let why = match (code, killed) {
        (Some(0 | ENOUGH), _) => Why::NoWords,
        (Some(UNKNOWN), _) => Why::Kind,
        (Some(LOCKED), _) => Why::Locked,
        (Some(TOO_LARGE), _) => Why::TooLarge,
        (Some(DAMAGED), _) => Why::Damaged,
        (None, Some(SIGXCPU)) => Why::TooSlow,
        (None, Some(SIGKILL) | None) => Why::Interrupted,
        _ => Why::Damaged,
    };
    Ok(Reading::Nothing(why))
}
