//! What one caller and all callers together may take of a door: places, messages a minute, memory.

use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};
use std::net::{IpAddr, Ipv6Addr};
use std::num::NonZeroU32;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use governor::clock::{Clock, DefaultClock};
use governor::middleware::NoOpMiddleware;
use governor::state::keyed::DashMapStateStore;
use governor::{Quota, RateLimiter};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::{Protocol, Settings};

/// Memory is counted in pieces of this size.
const PIECE_BYTES: usize = 4 * 1024;
/// After so many new callers, those that have been quiet are forgotten.
const TIDY_EVERY: u64 = 1_000;
/// Most callers that are told why they are turned away; beyond that they are just hung up on.
const GOODBYES_MAX: usize = 64;

/// Why a caller gets no place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::mail) enum Refused {
    /// All are taken.
    Full,
    /// This address has as many as it may.
    TooManyOfOne,
}

type Counter<C> = RateLimiter<u64, DashMapStateStore<u64>, C, NoOpMiddleware<<C as Clock>::Instant>>;

/// The state of all limits of one door.
pub(in crate::mail) struct Limits<C: Clock = DefaultClock> {
    places: Arc<Semaphore>,
    places_max: usize,
    /// How many places each address has.
    taken: Arc<Mutex<HashMap<IpAddr, usize>>>,
    per_address_max: usize,
    messages: Option<Counter<C>>,
    of_sender: Option<Counter<C>>,
    hasher: RandomState,
    memory: Arc<Semaphore>,
    exempt: Box<dyn Fn(IpAddr) -> bool + Send + Sync>,
    callers: AtomicU64,
    goodbyes: AtomicUsize,
}

impl Limits {
    pub(in crate::mail) fn new(settings: &Settings) -> Self {
        Self::with_clock(settings, &DefaultClock::default())
    }
}

impl<C: Clock + Clone> Limits<C> {
    fn with_clock(settings: &Settings, clock: &C) -> Self {
        let counter = |rate: u32| {
            NonZeroU32::new(rate).map(|rate| RateLimiter::new(Quota::per_minute(rate), DashMapStateStore::default(), clock.clone()))
        };
        // A relay of ours brings everybody's mail from one address; what LMTP is spoken with always is one.
        let (lmtp, trusted) = (settings.protocol == Protocol::Lmtp, Arc::clone(&settings.trusted));
        // One message of the largest size always has room, with what its buffer takes too much while it grows.
        let memory = settings.memory_bytes_max.max(settings.bytes_max.saturating_mul(2)).div_ceil(PIECE_BYTES) + 16;
        Self {
            places: Arc::new(Semaphore::new(settings.connections_max)),
            places_max: settings.connections_max,
            taken: Arc::default(),
            per_address_max: settings.connections_per_address_max,
            messages: counter(settings.messages_per_minute),
            of_sender: counter(settings.sender_messages_per_minute),
            hasher: RandomState::new(),
            memory: Arc::new(Semaphore::new(memory.min(Semaphore::MAX_PERMITS))),
            exempt: Box::new(move |address| lmtp || trusted(address)),
            callers: AtomicU64::new(0),
            goodbyes: AtomicUsize::new(0),
        }
    }

    /// A place for a caller, kept until it is dropped.
    pub(in crate::mail) fn enter(&self, address: IpAddr) -> Result<Place, Refused> {
        if self.callers.fetch_add(1, Ordering::Relaxed) % TIDY_EVERY == TIDY_EVERY - 1 {
            for counter in [&self.messages, &self.of_sender].into_iter().flatten() {
                counter.retain_recent();
                counter.shrink_to_fit();
            }
        }
        let permit = Arc::clone(&self.places).try_acquire_owned().map_err(|_| Refused::Full)?;
        let network = network(address);
        let mut taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        let count = taken.entry(network).or_default();
        if *count >= self.per_address_max && !(self.exempt)(address) {
            return Err(Refused::TooManyOfOne);
        }
        *count += 1;
        Ok(Place { network, taken: Arc::clone(&self.taken), _permit: permit })
    }

    /// Whether most places are taken, so that nobody may dawdle.
    pub(in crate::mail) fn is_crowded(&self) -> bool {
        self.places.available_permits() < self.places_max.div_ceil(5)
    }

    /// Counts one message of an envelope sender (reports have none); false when it is one too many.
    pub(in crate::mail) fn may_send(&self, address: IpAddr, sender: Option<&str>) -> bool {
        if (self.exempt)(address) {
            return true;
        }
        let network = network(address);
        if self.messages.as_ref().is_some_and(|counter| counter.check_key(&self.hasher.hash_one(network)).is_err()) {
            return false;
        }
        // Counted for each address apart: a stranger who writes in somebody's name must not use up their share.
        let key = |sender: &str| self.hasher.hash_one((network, sender.to_lowercase()));
        self.of_sender.as_ref().zip(sender).is_none_or(|(counter, sender)| counter.check_key(&key(sender)).is_ok())
    }

    /// Nothing held yet.
    pub(in crate::mail) fn hold(&self) -> Held {
        Held { pieces: 0, permit: None, memory: Arc::clone(&self.memory) }
    }

    pub(super) fn may_say_goodbye(&self) -> bool {
        let one_more = |count: usize| (count < GOODBYES_MAX).then_some(count + 1);
        self.goodbyes.fetch_update(Ordering::Relaxed, Ordering::Relaxed, one_more).is_ok()
    }

    pub(super) fn said_goodbye(&self) {
        self.goodbyes.fetch_sub(1, Ordering::Relaxed);
    }
}

/// A caller's place.
#[derive(Debug)]
pub(in crate::mail) struct Place {
    network: IpAddr,
    taken: Arc<Mutex<HashMap<IpAddr, usize>>>,
    _permit: OwnedSemaphorePermit,
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        let left = taken.get(&self.network).map_or(0, |count| count.saturating_sub(1));
        if left == 0 {
            taken.remove(&self.network);
        } else {
            taken.insert(self.network, left);
        }
    }
}

/// Memory that an unfinished message takes; given back when it is dropped.
pub(in crate::mail) struct Held {
    pieces: usize,
    permit: Option<OwnedSemaphorePermit>,
    memory: Arc<Semaphore>,
}

impl Held {
    /// Holds so many bytes altogether; false when there is not that much.
    pub(in crate::mail) fn grow_to(&mut self, bytes: usize) -> bool {
        let more = bytes.div_ceil(PIECE_BYTES).saturating_sub(self.pieces);
        let Ok(count) = u32::try_from(more) else { return false };
        if count == 0 {
            return true;
        }
        let Ok(permit) = Arc::clone(&self.memory).try_acquire_many_owned(count) else { return false };
        match &mut self.permit {
            Some(held) => held.merge(permit),
            none => *none = Some(permit),
        }
        self.pieces += more;
        true
    }

    /// Gives everything back.
    pub(in crate::mail) fn release(&mut self) {
        self.permit = None;
        self.pieces = 0;
    }
}

/// Whole networks of IPv6 belong to one customer, so they count as one.
fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(address) => IpAddr::V6(Ipv6Addr::from_bits(address.to_bits() & (u128::MAX << 64))),
        address => address,
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use governor::clock::FakeRelativeClock;

    use super::*;

    fn settings() -> Settings {
        Settings { connections_max: 10, connections_per_address_max: 2, ..Settings::new(Protocol::Smtp, "desk.example.com") }
    }

    fn ip(text: &str) -> IpAddr {
        text.parse().unwrap()
    }

    #[test]
    fn t_s4_an_address_has_a_few_places_and_gets_them_back() {
        let limits = Limits::new(&settings());
        let first = limits.enter(ip("192.0.2.1")).unwrap();
        let _second = limits.enter(ip("192.0.2.1")).unwrap();
        assert_eq!(limits.enter(ip("192.0.2.1")).unwrap_err(), Refused::TooManyOfOne);
        assert!(limits.enter(ip("192.0.2.2")).is_ok());
        drop(first);
        assert!(limits.enter(ip("::ffff:192.0.2.1")).is_ok());
        assert_eq!(limits.taken.lock().unwrap().len(), 1, "who left is forgotten");
    }

    #[test]
    fn t_s4_a_network_of_ipv6_counts_as_one_caller() {
        let limits = Limits::new(&settings());
        let _places = (limits.enter(ip("2001:db8::1")).unwrap(), limits.enter(ip("2001:db8::2")).unwrap());
        assert_eq!(limits.enter(ip("2001:db8::ffff:3")).unwrap_err(), Refused::TooManyOfOne);
        assert!(limits.enter(ip("2001:db8:0:1::1")).is_ok());
    }

    #[test]
    fn t_s4_all_addresses_together_have_so_many_places() {
        let limits = Limits::new(&settings());
        let places: Vec<Place> = (1..=10).map(|last| limits.enter(ip(&format!("192.0.2.{last}"))).unwrap()).collect();
        assert_eq!(limits.enter(ip("192.0.2.11")).unwrap_err(), Refused::Full);
        assert!(limits.is_crowded());
        drop(places);
        assert!(!limits.is_crowded() && limits.enter(ip("192.0.2.11")).is_ok());
    }

    #[test]
    fn relays_of_ours_and_lmtp_have_no_limits_by_address() {
        let trusted: super::super::Trusted = Arc::new(|address: IpAddr| address.is_loopback());
        for settings in [Settings { trusted, ..settings() }, Settings { protocol: Protocol::Lmtp, ..settings() }] {
            let limits = Limits::new(&Settings { messages_per_minute: 1, ..settings });
            let places: Vec<Place> = (0..10).map(|_| limits.enter(ip("127.0.0.1")).unwrap()).collect();
            assert_eq!(places.len(), 10);
            assert!((0..100).all(|_| limits.may_send(ip("127.0.0.1"), Some("a@b.example"))));
        }
    }

    #[test]
    fn t_s4_messages_of_an_address_and_of_a_sender_are_counted_by_the_minute() {
        let clock = FakeRelativeClock::default();
        let settings = Settings { messages_per_minute: 6, sender_messages_per_minute: 2, ..settings() };
        let limits = Limits::with_clock(&settings, &clock);
        let here = ip("192.0.2.1");
        let sent = |sender: &str| limits.may_send(here, Some(sender));
        assert!(sent("a@b.example") && sent("A@B.example") && !sent("a@b.example"));
        assert!(limits.may_send(ip("192.0.2.2"), Some("a@b.example")), "somebody else in the same name");
        assert!(sent("c@b.example") && limits.may_send(here, None) && limits.may_send(here, None), "reports have no sender to count");
        assert!(!limits.may_send(here, None), "six from this address");
        clock.advance(Duration::from_secs(60));
        assert!(sent("a@b.example"));
        let free = Limits::new(&Settings { messages_per_minute: 0, sender_messages_per_minute: 0, ..settings });
        assert!((0..1_000).all(|_| free.may_send(here, Some("a@b.example"))));
    }

    #[test]
    fn t_s4_memory_of_unfinished_messages_is_shared_and_given_back() {
        let limits = Limits::new(&Settings { memory_bytes_max: 1_000_000, bytes_max: 400_000, ..settings() });
        let (mut first, mut second) = (limits.hold(), limits.hold());
        assert!(first.grow_to(100_000) && first.grow_to(800_000) && first.grow_to(800_000));
        assert!(!second.grow_to(400_000));
        first.release();
        assert!(second.grow_to(400_000));
        drop(second);
        assert!(first.grow_to(1_000_000));
    }

    #[test]
    fn a_message_of_the_largest_size_always_has_room() {
        let limits = Limits::new(&Settings { memory_bytes_max: 0, ..settings() });
        assert!(limits.hold().grow_to(settings().bytes_max * 2));
    }
}
