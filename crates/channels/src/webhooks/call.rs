//! One call to somebody else's address. Redirects are not followed, and the address that is connected to is looked at, not the name (T-S2).

use std::net::IpAddr;
use std::sync::Arc;
use std::time::Instant;

use http_body_util::{BodyExt, Full, Limited};
use hyper::body::Bytes;
use hyper::{Request, StatusCode, Uri, header};
use hyper_util::rt::TokioIo;
use kernel::Network;
use tokio::time::timeout;

use super::limits::{ANSWER_WITHIN, RESPONSE_BYTES_MAX, RESPONSE_CHARS_MAX};
use crate::mail::fetch::Connector;
use crate::mail::fetch::connect::Stream;

/// How webhooks reach other machines.
#[derive(Clone, Debug)]
pub struct WebhookSettings {
    /// Names, addresses, TLS.
    pub connector: Arc<Connector>,
    /// Networks that may be called although they are not public.
    pub networks: Vec<Network>,
}

/// What is sent.
pub(super) struct Call<'a> {
    pub(super) url: &'a str,
    pub(super) id: String,
    pub(super) seconds: i64,
    pub(super) signature: String,
    pub(super) body: String,
}

/// What came of it.
pub(super) struct Answered {
    pub(super) status: Option<StatusCode>,
    pub(super) problem: Option<String>,
    pub(super) response: Option<String>,
    pub(super) millis: i64,
}

impl WebhookSettings {
    /// Calls, and waits for the answer for a while.
    pub(super) async fn call(&self, call: &Call<'_>) -> Answered {
        let begun = Instant::now();
        let outcome = timeout(ANSWER_WITHIN, self.exchange(call)).await;
        let (status, problem, response) = match outcome {
            Ok(Ok((status, text))) => (Some(status), None, Some(text)),
            Ok(Err(problem)) => (None, Some(problem), None),
            Err(_) => (None, Some(format!("no answer within {} s", ANSWER_WITHIN.as_secs())), None),
        };
        let response = response.filter(|text| !text.is_empty());
        Answered { status, problem, response, millis: i64::try_from(begun.elapsed().as_millis()).unwrap_or(i64::MAX) }
    }

    fn admits(&self, address: IpAddr) -> bool {
        is_public(address.to_canonical()) || self.networks.iter().any(|network| network.contains(address))
    }

    async fn exchange(&self, call: &Call<'_>) -> Result<(StatusCode, String), String> {
        let url: Uri = call.url.parse().map_err(|error: hyper::http::uri::InvalidUri| error.to_string())?;
        let host = url.host().ok_or("the address has no host")?;
        let bare = host.trim_start_matches('[').trim_end_matches(']');
        let encrypted = url.scheme_str() == Some("https");
        let port = url.port_u16().unwrap_or(if encrypted { 443 } else { 80 });
        let tcp = self.connector.tcp_where(bare, port, |address| self.admits(address)).await.map_err(|problem| problem.to_string())?;
        let stream: Stream =
            if encrypted { self.connector.encrypt(bare, tcp).await.map_err(|problem| problem.to_string())? } else { Box::new(tcp) };
        let (mut sender, connection) =
            hyper::client::conn::http1::handshake(TokioIo::new(stream)).await.map_err(|error| error.to_string())?;
        let request = Request::post(url.path_and_query().map_or("/", |path| path.as_str()))
            .header(header::HOST, url.authority().map_or(host, |authority| authority.as_str()))
            .header(header::CONTENT_TYPE, "application/json")
            .header(header::USER_AGENT, concat!("Steward/", env!("CARGO_PKG_VERSION")))
            .header("webhook-id", &call.id)
            .header("webhook-timestamp", call.seconds)
            .header("webhook-signature", &call.signature)
            .body(Full::new(Bytes::from(call.body.clone())))
            .map_err(|error| error.to_string())?;
        let exchange = async {
            let response = sender.send_request(request).await.map_err(|error| error.to_string())?;
            let status = response.status();
            // Only the beginning is kept; an endless answer is not waited for.
            let body = Limited::new(response.into_body(), RESPONSE_BYTES_MAX).collect().await;
            let bytes = body.map(http_body_util::Collected::to_bytes).unwrap_or_default();
            let text: String = String::from_utf8_lossy(&bytes).chars().filter(|c| *c != '\0').take(RESPONSE_CHARS_MAX).collect();
            Ok((status, text))
        };
        tokio::pin!(exchange);
        tokio::select! {
            done = &mut exchange => done,
            broken = connection => match broken {
                Ok(()) => exchange.await,
                Err(error) => Err(error.to_string()),
            },
        }
    }
}

/// Whether an address can be anybody's on the internet: not this machine, not this network, not what machines have without being asked.
fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(v4) => {
            let [a, b, c, _] = v4.octets();
            let shared = a == 100 && (64..128).contains(&b);
            let special = a == 0 || a >= 240 || (a == 198 && (b == 18 || b == 19)) || (a == 192 && b == 0 && c == 0);
            !(v4.is_loopback()
                || v4.is_private()
                || v4.is_link_local()
                || v4.is_multicast()
                || v4.is_broadcast()
                || v4.is_documentation()
                || shared
                || special)
        }
        IpAddr::V6(v6) => {
            let [first, second, ..] = v6.segments();
            // Only 2000::/3 is given out; of it, not what carries an IPv4 address (Teredo, 6to4) nor what is for documents.
            let given_out = (first & 0xe000) == 0x2000;
            let carries = first == 0x2002 || (first == 0x2001 && second == 0);
            let documents = first == 0x2001 && second == 0x0db8;
            given_out && !carries && !documents
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn t_s2_only_public_addresses_are_called_unless_a_network_was_allowed() {
        let refused = [
            "127.0.0.1",
            "127.8.9.1",
            "::1",
            "::ffff:127.0.0.1",
            "::ffff:10.0.0.1",
            "10.0.0.1",
            "172.16.0.1",
            "192.168.1.1",
            "169.254.169.254",
            "100.64.0.1",
            "0.0.0.0",
            "0.1.2.3",
            "192.0.0.8",
            "198.18.0.1",
            "224.0.0.1",
            "240.0.0.1",
            "255.255.255.255",
            "::",
            "fe80::1",
            "fc00::1",
            "fd00:ec2::254",
            "ff02::1",
            "64:ff9b::a9fe:a9fe",
            "64:ff9b:1::7f00:1",
            "2002:7f00:1::",
            "2001::1",
        ];
        let strict = WebhookSettings { connector: Arc::new(Connector::new(Vec::new(), false)), networks: Vec::new() };
        for address in refused {
            assert!(!strict.admits(address.parse().unwrap()), "{address}");
        }
        for address in ["203.0.114.9", "8.8.8.8", "2a00:1450::1", "100.128.0.1"] {
            assert!(strict.admits(address.parse().unwrap()), "{address}");
        }
        let open = WebhookSettings { networks: vec![Network::parse("10.1.0.0/16").unwrap()], ..strict };
        assert!(open.admits("10.1.2.3".parse().unwrap()) && !open.admits("10.2.2.3".parse().unwrap()));
    }

    #[tokio::test]
    async fn t_s2_a_forbidden_address_is_not_called_however_it_is_written() {
        let strict = WebhookSettings { connector: Arc::new(Connector::new(Vec::new(), false)), networks: Vec::new() };
        for host in ["127.0.0.1", "localhost", "127.1", "0x7f.0.0.1", "2130706433", "0177.0.0.1", "[::1]", "[::ffff:127.0.0.1]", "0"] {
            let url = format!("http://{host}:9/hook");
            let call = Call { url: &url, id: "1".into(), seconds: 0, signature: "v1,x".into(), body: "{}".into() };
            let answered = strict.call(&call).await;
            assert!(answered.status.is_none(), "{host}");
            assert!(!answered.problem.unwrap().contains("refused"), "{host} was connected to");
        }
    }
}
