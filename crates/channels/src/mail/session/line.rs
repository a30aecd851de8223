//! Reading commands and writing answers, each with an end to the patience.

use std::io;
use std::time::Duration;

use tokio::io::{AsyncBufReadExt, AsyncWriteExt};
use tokio::time::{Instant, timeout, timeout_at};

use super::super::listener::Intake;
use super::Session;

/// Longest command line; RFC 5321 asks for 512 and extensions for some more.
const LINE_BYTES_MAX: usize = 2_048;
/// Answers held back while more commands wait (PIPELINING).
const HELD_BYTES_MAX: usize = 16 * 1024;
/// The patience with a silent caller while others wait for a place.
const TIMEOUT_WHEN_CROWDED: Duration = Duration::from_secs(20);

/// A command line without its end, or the text of refusal.
type Line = Result<Vec<u8>, &'static str>;

impl<I: Intake> Session<I> {
    pub(super) async fn flush(&mut self) -> io::Result<()> {
        if self.held.is_empty() {
            return Ok(());
        }
        let held = std::mem::take(&mut self.held);
        let writing = async {
            self.stream.get_mut().write_all(&held).await?;
            self.stream.get_mut().flush().await
        };
        timeout(self.settings.command_timeout, writing).await.unwrap_or_else(|_| Err(io::ErrorKind::TimedOut.into()))
    }

    /// When the patience with the next command ends. It is counted for the whole line, so that a byte now and then does not
    /// keep a place, and for the whole conversation since its last message, so that a command now and then does not either.
    fn patience_ends(&self) -> Instant {
        let wait = self.settings.command_timeout;
        let wait = if self.limits.is_crowded() { wait.min(TIMEOUT_WHEN_CROWDED) } else { wait };
        (Instant::now() + wait).min(self.fruitful_at + self.settings.barren_timeout)
    }

    /// The next command line; none when the conversation is over.
    pub(super) async fn line(&mut self) -> io::Result<Option<Line>> {
        let mut line: Vec<u8> = Vec::new();
        let mut too_long = false;
        let until = self.patience_ends();
        loop {
            if self.stream.buffer().is_empty() || self.held.len() > HELD_BYTES_MAX {
                self.flush().await?;
            }
            let stop = &mut self.stop;
            let filled = tokio::select! {
                biased;
                () = async { drop(stop.wait_for(|stop| *stop).await) } => None,
                filled = timeout_at(until, self.stream.fill_buf()) => Some(filled.map(|buffer| buffer.map(<[u8]>::len))),
            };
            match filled {
                None => {
                    self.leave("4.3.2", "is stopping, try again later");
                    return Ok(None);
                }
                Some(Err(_)) => {
                    self.leave("4.4.2", "waited too long");
                    return Ok(None);
                }
                Some(Ok(length)) => {
                    if length? == 0 {
                        return Ok(None);
                    }
                }
            }
            let buffer = self.stream.buffer();
            let end = buffer.iter().position(|byte| *byte == b'\n');
            let used = end.map_or(buffer.len(), |at| at + 1);
            let piece = buffer.get(..used).unwrap_or_default();
            too_long |= line.len() + piece.len() > LINE_BYTES_MAX;
            if !too_long {
                line.extend_from_slice(piece);
            }
            self.stream.consume(used);
            if end.is_some() {
                return Ok(Some(ended(line, too_long)));
            }
        }
    }
}

/// A line of commands ends with CRLF: what ends with a bare LF was written by somebody who hopes that two servers disagree.
fn ended(mut line: Vec<u8>, too_long: bool) -> Line {
    if too_long {
        return Err("500 5.5.2 the line is too long");
    }
    let Some(length) = line.strip_suffix(b"\r\n").map(<[u8]>::len) else { return Err("500 5.5.2 lines end with CRLF") };
    line.truncate(length);
    Ok(line)
}
