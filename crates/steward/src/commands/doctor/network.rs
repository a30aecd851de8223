//! Addresses that are listened on, and the one that people use.

use std::net::{IpAddr, SocketAddr};

use people::ServiceDesk;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream, lookup_host};
use tokio::time::{Duration, timeout};

use super::Findings;
use crate::config::Config;

const WAIT: Duration = Duration::from_secs(2);
const ANSWER_BYTES_MAX: u64 = 16 * 1024;

pub(super) async fn examine(config: &Config, desk: Option<&ServiceDesk>, found: &mut Findings) {
    // While another process serves this data directory, its addresses are in use and that is right.
    let serving = desk.is_some_and(|desk| desk.store().lock_for_serving().is_err()) || is_alive(&config.listen).await;
    let listeners = [
        ("listen", Some(&config.listen)),
        ("ops_listen", config.ops_listen.as_ref()),
        ("smtp_listen", config.smtp_listen.as_ref()),
        ("lmtp_listen", config.lmtp_listen.as_ref()),
    ];
    for (name, address) in listeners {
        let Some(address) = address else { continue };
        match TcpListener::bind(address.as_str()).await {
            Ok(_) => found.ok(name, &format!("{address} is free")),
            Err(_) if serving => found.ok(name, &format!("{address} is in use; Steward is running")),
            Err(error) => found.fail(name, &format!("{address} cannot be listened on: {error}")),
        }
    }
    base_url(config, found).await;
}

/// Whether a Steward answers at this address.
async fn is_alive(address: &str) -> bool {
    let ask = async {
        let mut stream = TcpStream::connect(address).await.ok()?;
        stream.write_all(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n").await.ok()?;
        let mut answer = String::new();
        stream.take(ANSWER_BYTES_MAX).read_to_string(&mut answer).await.ok()?;
        Some(answer.contains("\"alive\""))
    };
    matches!(timeout(WAIT, ask).await, Ok(Some(true)))
}

async fn base_url(config: &Config, found: &mut Findings) {
    let loopback = lookup_host(config.listen.as_str()).await.is_ok_and(|mut found| found.all(|address: SocketAddr| is_near(address.ip())));
    match config.base_url.as_deref() {
        Some(url) if url.starts_with("https://") => found.ok("base_url", url),
        Some(url) if is_local(url) => found.ok("base_url", &format!("{url}, for this machine only")),
        Some(url) => found.warn(
            "base_url",
            &format!(
                "{url} is not encrypted: put a proxy with TLS before it and set https://…; browsers refuse the session cookie otherwise"
            ),
        ),
        None if loopback => {
            found.warn("base_url", "not set: links work on this machine only; set it to the https:// address that people use")
        }
        None => found.fail("base_url", "not set, although others can reach it: set it to the https:// address that people use"),
    }
}

fn is_near(address: IpAddr) -> bool {
    address.to_canonical().is_loopback()
}

fn is_local(url: &str) -> bool {
    let host = url.split("://").nth(1).unwrap_or_default();
    let host = if host.starts_with('[') {
        host.split(']').next().unwrap_or_default().trim_start_matches('[')
    } else {
        host.split(':').next().unwrap_or_default()
    };
    host == "localhost" || host.parse().is_ok_and(is_near)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_of_this_machine_is_known() {
        for local in ["http://localhost:7070", "http://127.0.0.1", "http://[::1]:7070"] {
            assert!(is_local(local), "{local}");
        }
        assert!(!is_local("http://help.example.org") && !is_local("http://10.0.0.1:80"));
    }
}
