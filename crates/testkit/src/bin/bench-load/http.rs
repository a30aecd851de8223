//! A kept connection that sends one request after another.

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::Outcome;

const PIECE_BYTES: usize = 64 * 1024;

/// One connection.
pub(crate) struct Connection {
    stream: TcpStream,
    buffer: Vec<u8>,
}

/// Status and body of an answer.
pub(crate) struct Reply<'c> {
    pub(crate) status: u16,
    pub(crate) body: &'c [u8],
}

impl Connection {
    pub(crate) async fn open(address: &str) -> Outcome<Self> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        Ok(Self { stream, buffer: Vec::with_capacity(PIECE_BYTES) })
    }

    /// Sends a whole request and waits for the whole answer.
    pub(crate) async fn send(&mut self, request: &[u8]) -> Outcome<Reply<'_>> {
        self.stream.write_all(request).await?;
        self.buffer.clear();
        let head = loop {
            self.more().await?;
            if let Some(at) = self.buffer.windows(4).position(|four| four == b"\r\n\r\n") {
                break at + 4;
            }
        };
        let text = std::str::from_utf8(self.buffer.get(..head).unwrap_or_default())?.to_ascii_lowercase();
        let status = text.split(' ').nth(1).and_then(|word| word.parse().ok()).ok_or("an answer without a status")?;
        let field = |name: &str| text.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(':').map(str::trim));
        let Some(length) = field("content-length").and_then(|value| value.parse::<usize>().ok()) else {
            return Err(format!("an answer without a length: {text}").into());
        };
        while self.buffer.len() < head + length {
            self.more().await?;
        }
        Ok(Reply { status, body: self.buffer.get(head..head + length).unwrap_or_default() })
    }

    async fn more(&mut self) -> Outcome<()> {
        self.buffer.reserve(PIECE_BYTES);
        if self.stream.read_buf(&mut self.buffer).await? == 0 {
            return Err("the server closed the connection".into());
        }
        Ok(())
    }
}

/// A request without a body.
pub(crate) fn get(address: &str, header: &str, path: &str) -> Vec<u8> {
    format!("GET {path} HTTP/1.1\r\nHost: {address}\r\n{header}\r\n\r\n").into_bytes()
}

/// A request with a JSON body.
pub(crate) fn post(address: &str, header: &str, path: &str, body: &str) -> Vec<u8> {
    with_body("POST", address, header, (path, body))
}

/// A change with a JSON body.
pub(crate) fn patch(address: &str, header: &str, path: &str, body: &str) -> Vec<u8> {
    with_body("PATCH", address, header, (path, body))
}

fn with_body(method: &str, address: &str, header: &str, (path, body): (&str, &str)) -> Vec<u8> {
    let length = body.len();
    format!(
        "{method} {path} HTTP/1.1\r\nHost: {address}\r\n{header}\r\nContent-Type: application/json\r\nContent-Length: {length}\r\n\r\n{body}"
    )
    .into_bytes()
}
