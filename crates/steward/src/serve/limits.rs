//! How often somebody may ask: by token or session, or by network address for who shows neither.

use std::hash::{BuildHasher, RandomState};
use std::net::{IpAddr, Ipv6Addr, SocketAddr};
use std::num::NonZeroU32;
use std::sync::Arc;

use axum::extract::{ConnectInfo, Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use governor::clock::{Clock, DefaultClock};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};
use kernel::Refusal;
use web::{ApiError, cookies};

use crate::config::{Config, Network};

/// Counts requests.
pub(crate) struct Limits {
    known: Option<DefaultKeyedRateLimiter<u64>>,
    strangers: Option<DefaultKeyedRateLimiter<IpAddr>>,
    clock: DefaultClock,
    hasher: RandomState,
    proxies: Vec<Network>,
}

/// What a request is counted under.
enum Counted {
    Secret(u64),
    Address(IpAddr),
}

impl Limits {
    pub(crate) fn new(config: &Config) -> Self {
        let known = NonZeroU32::new(config.requests_per_minute)
            .map(|rate| Quota::per_minute(rate).allow_burst(NonZeroU32::new(config.requests_burst).unwrap_or(rate)));
        let strangers = NonZeroU32::new(config.anonymous_requests_per_minute).map(Quota::per_minute);
        Self {
            known: known.map(RateLimiter::keyed),
            strangers: strangers.map(RateLimiter::keyed),
            clock: DefaultClock::default(),
            hasher: RandomState::new(),
            proxies: config.trusted_proxies.clone(),
        }
    }

    /// Forgets who has not asked lately; called now and then, so that memory stays bounded.
    pub(crate) fn tidy(&self) {
        if let Some(known) = &self.known {
            known.retain_recent();
            known.shrink_to_fit();
        }
        if let Some(strangers) = &self.strangers {
            strangers.retain_recent();
            strangers.shrink_to_fit();
        }
    }

    /// Counts one request; the seconds to wait when it is one too many.
    fn count(&self, counted: &Counted) -> Result<(), u64> {
        let outcome = match counted {
            Counted::Secret(secret) => self.known.as_ref().map_or(Ok(()), |limit| limit.check_key(secret).map(drop)),
            Counted::Address(address) => self.strangers.as_ref().map_or(Ok(()), |limit| limit.check_key(address).map(drop)),
        };
        outcome.map_err(|not_until| not_until.wait_time_from(self.clock.now()).as_secs() + 1)
    }

    /// The address that asks: the connection's, or the one that a trusted proxy names.
    fn client(&self, peer: IpAddr, headers: &HeaderMap) -> IpAddr {
        let trusted = |address: IpAddr| self.proxies.iter().any(|network| network.contains(address));
        if !trusted(peer) {
            return peer;
        }
        let values = headers.get_all("x-forwarded-for").iter().filter_map(|value| value.to_str().ok());
        let named: Vec<&str> = values.flat_map(|value| value.split(',')).collect();
        // From the right: what stands left of the proxy's own entry was written by the client.
        let addresses = named.into_iter().rev().map_while(|address| address.trim().parse().ok());
        addresses.into_iter().find(|address| !trusted(*address)).unwrap_or(peer)
    }

    fn counted(&self, request: &Request) -> Counted {
        let headers = request.headers();
        let secret = match headers.get(header::AUTHORIZATION) {
            Some(value) => Some(value.as_bytes()),
            None => cookies::find(headers, cookies::SESSION).map(str::as_bytes),
        };
        match secret {
            Some(secret) => Counted::Secret(self.hasher.hash_one(secret)),
            None => Counted::Address(counted_address(request)),
        }
    }
}

/// Whole networks of IPv6 belong to one customer, so they count as one.
fn counted_address(request: &Request) -> IpAddr {
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip().to_canonical());
    match peer {
        Some(IpAddr::V6(address)) => IpAddr::V6(Ipv6Addr::from_bits(address.to_bits() & (u128::MAX << 64))),
        Some(address) => address,
        None => IpAddr::V6(Ipv6Addr::UNSPECIFIED),
    }
}

/// Puts the address of the asker where handlers look for it, also behind a trusted proxy.
pub(crate) async fn find_client(State(limits): State<Arc<Limits>>, mut request: Request, next: Next) -> Response {
    if let Some(ConnectInfo(peer)) = request.extensions().get::<ConnectInfo<SocketAddr>>().copied() {
        let client = limits.client(peer.ip(), request.headers());
        request.extensions_mut().insert(ConnectInfo(SocketAddr::new(client, peer.port())));
    }
    next.run(request).await
}

/// Turns requests away that come too often.
pub(crate) async fn limit(State(limits): State<Arc<Limits>>, request: Request, next: Next) -> Response {
    if is_free(request.uri().path()) {
        return next.run(request).await;
    }
    let counted = limits.counted(&request);
    if let Err(seconds) = limits.count(&counted) {
        return too_many(seconds);
    }
    let address = counted_address(&request);
    let response = next.run(request).await;
    // A made-up token has a count of its own each time: guessing counts under the address too.
    if response.status() == StatusCode::UNAUTHORIZED
        && matches!(counted, Counted::Secret(_))
        && let Err(seconds) = limits.count(&Counted::Address(address))
    {
        return too_many(seconds);
    }
    response
}

/// Files that browsers keep, and what watchdogs ask.
fn is_free(path: &str) -> bool {
    path.starts_with("/assets/") || matches!(path, "/healthz" | "/readyz" | "/favicon.ico")
}

fn too_many(seconds: u64) -> Response {
    ApiError::from(Refusal::TooMany { retry_after_seconds: seconds }).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn limits(proxies: &[&str]) -> Limits {
        let config = Config {
            requests_per_minute: 60,
            requests_burst: 5,
            anonymous_requests_per_minute: 3,
            trusted_proxies: proxies.iter().map(|text| Network::parse(text).unwrap()).collect(),
            ..Config::default()
        };
        Limits::new(&config)
    }

    #[test]
    fn each_token_has_its_own_burst() {
        let limits = limits(&[]);
        for _ in 0..5 {
            assert!(limits.count(&Counted::Secret(1)).is_ok());
        }
        assert!(limits.count(&Counted::Secret(1)).is_err_and(|seconds| seconds >= 1));
        assert!(limits.count(&Counted::Secret(2)).is_ok());
    }

    #[test]
    fn only_a_trusted_proxy_names_the_client() {
        let mut headers = HeaderMap::new();
        headers.insert("x-forwarded-for", "6.6.6.6, 203.0.113.9, 10.0.0.2".parse().unwrap());
        let (proxy, stranger): (IpAddr, IpAddr) = ("10.0.0.1".parse().unwrap(), "198.51.100.7".parse().unwrap());
        let limits = limits(&["10.0.0.0/8"]);
        assert_eq!(limits.client(proxy, &headers).to_string(), "203.0.113.9");
        assert_eq!(limits.client(stranger, &headers), stranger);
        headers.insert("x-forwarded-for", "203.0.113.9, <b>6.6.6.6</b>".parse().unwrap());
        assert_eq!(limits.client(proxy, &headers), proxy);
    }
}
