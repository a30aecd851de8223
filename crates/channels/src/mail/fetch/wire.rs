//! Lines and lengths from a server that is not trusted: each has a bound and an end of patience, so that neither memory nor time can be
//! used up from there.

use std::time::Duration;

use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::time::timeout;

use super::connect::Stream;
use super::problem::{Code, Outcome, Problem};

/// Longest line, in bytes.
pub(super) const LINE_BYTES_MAX: usize = 64 * 1024;
/// Wait for a line.
const LINE_TIMEOUT: Duration = Duration::from_secs(60);
/// The slowest that a message may come, in bytes a second.
const SLOWEST: usize = 1_024;

/// A conversation.
pub(super) struct Wire {
    stream: BufReader<Stream>,
}

impl Wire {
    pub(super) fn new(stream: Stream) -> Self {
        Self { stream: BufReader::with_capacity(16 * 1024, stream) }
    }

    /// The connection again, to be encrypted. What came before encryption and was not asked for could have been put there by anybody
    /// on the way, so nothing may be left.
    pub(super) fn into_stream(self) -> Outcome<Stream> {
        if self.stream.buffer().is_empty() {
            return Ok(self.stream.into_inner());
        }
        Err(Problem::new(Code::Protocol, "the server went on talking when encryption was to begin"))
    }

    pub(super) async fn send(&mut self, bytes: &[u8]) -> Outcome<()> {
        let sent = async {
            self.stream.write_all(bytes).await?;
            self.stream.flush().await
        };
        timeout(LINE_TIMEOUT, sent).await.map_err(|_| Problem::new(Code::NoAnswer, "the server does not read"))??;
        Ok(())
    }

    /// Adds to `into` up to the end of a line, or until it has grown by `most`; tells whether the line is complete.
    pub(super) async fn more(&mut self, into: &mut Vec<u8>, most: usize, patience: Duration) -> Outcome<bool> {
        let limit = u64::try_from(most).unwrap_or(u64::MAX);
        let mut bounded = (&mut self.stream).take(limit);
        let read = timeout(patience, bounded.read_until(b'\n', into)).await;
        let read = read.map_err(|_| Problem::new(Code::NoAnswer, "the server is silent"))??;
        if into.last() == Some(&b'\n') && read > 0 {
            return Ok(true);
        }
        if read < most {
            return Err(Problem::new(Code::Lost, "the server hung up"));
        }
        Ok(false)
    }

    /// One line without its end.
    pub(super) async fn line(&mut self) -> Outcome<Vec<u8>> {
        let mut line = Vec::new();
        if !self.more(&mut line, LINE_BYTES_MAX, LINE_TIMEOUT).await? {
            return Err(Problem::new(Code::Protocol, "a line without end"));
        }
        line.pop_if(|byte| *byte == b'\n');
        line.pop_if(|byte| *byte == b'\r');
        Ok(line)
    }

    /// Adds exactly so many bytes to `into`. Room is made as they come, not as they are promised.
    pub(super) async fn exactly(&mut self, bytes: usize, into: &mut Vec<u8>) -> Outcome<()> {
        let limit = u64::try_from(bytes).unwrap_or(u64::MAX);
        let patience = LINE_TIMEOUT + Duration::from_secs(u64::try_from(bytes / SLOWEST).unwrap_or(0));
        let mut bounded = (&mut self.stream).take(limit);
        let read = timeout(patience, bounded.read_to_end(into)).await;
        let read = read.map_err(|_| Problem::new(Code::NoAnswer, "the server is too slow"))??;
        if read == bytes { Ok(()) } else { Err(Problem::new(Code::Lost, "the server hung up")) }
    }
}
