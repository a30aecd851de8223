//! Slows guessing down: after a few wrong passwords an address, or a client's network address, waits.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use kernel::{Refusal, Result, Span, Stamp};

const TRIES_PER_ADDRESS: u32 = 10;
/// A whole office may share one network address: one forgetful colleague must not lock all others out.
const TRIES_PER_NETWORK: u32 = 100;
const WINDOW: Span = Span::minutes(10);
/// Bounds memory when somebody guesses from very many addresses at once.
const KEYS_MAX: usize = 100_000;

/// Under which name failures are counted.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Guessed {
    /// Passwords of this mail address.
    Address(String),
    /// From this network address.
    Network(String),
}

impl Guessed {
    const fn tries_max(&self) -> u32 {
        match self {
            Self::Address(_) => TRIES_PER_ADDRESS,
            Self::Network(_) => TRIES_PER_NETWORK,
        }
    }
}

/// Counts failures by key within a window.
#[derive(Debug, Default)]
pub struct Throttle {
    failures: Mutex<HashMap<Guessed, (u32, Stamp)>>,
}

impl Throttle {
    /// Refuses when too many failures are on record for any of the keys.
    pub fn check(&self, keys: &[&Guessed], now: Stamp) -> Result<()> {
        let failures = self.failures.lock().unwrap_or_else(PoisonError::into_inner);
        let wait = keys
            .iter()
            .filter_map(|key| failures.get(*key).map(|(count, since)| (key.tries_max(), *count, *since)))
            .filter(|(most, count, since)| count >= most && now < *since + WINDOW)
            .map(|(_, _, since)| (since + WINDOW) - now)
            .max();
        match wait {
            None => Ok(()),
            Some(wait) => {
                let seconds = u64::try_from(wait.micros() / 1_000_000 + 1).unwrap_or(1);
                Err(Refusal::TooMany { retry_after_seconds: seconds }.into())
            }
        }
    }

    /// Records a failure under every key.
    pub fn failed(&self, keys: &[&Guessed], now: Stamp) {
        let mut failures = self.failures.lock().unwrap_or_else(PoisonError::into_inner);
        if failures.len() > KEYS_MAX {
            failures.retain(|_, (_, since)| now < *since + WINDOW);
            if failures.len() > KEYS_MAX {
                failures.clear();
            }
        }
        for key in keys {
            let entry = failures.entry((*key).clone()).or_insert((0, now));
            if now >= entry.1 + WINDOW {
                *entry = (0, now);
            }
            entry.0 += 1;
        }
    }

    /// Forgets the failures of a key after a success.
    pub fn succeeded(&self, key: &Guessed) {
        self.failures.lock().unwrap_or_else(PoisonError::into_inner).remove(key);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const START: Stamp = Stamp::from_micros(1_800_000_000_000_000);

    fn address(name: &str) -> Guessed {
        Guessed::Address(name.to_owned())
    }
    fn network(name: &str) -> Guessed {
        Guessed::Network(name.to_owned())
    }

    #[test]
    fn guessing_waits_and_the_window_ends() {
        let throttle = Throttle::default();
        for _ in 0..TRIES_PER_ADDRESS {
            assert!(throttle.check(&[&address("a"), &network("1")], START).is_ok());
            throttle.failed(&[&address("a"), &network("1")], START);
        }
        assert!(throttle.check(&[&address("a"), &network("2")], START).is_err());
        assert!(throttle.check(&[&address("a")], START + Span::minutes(11)).is_ok());
    }

    #[test]
    fn one_forgetful_person_does_not_lock_their_office_out() {
        let throttle = Throttle::default();
        for _ in 0..TRIES_PER_ADDRESS {
            throttle.failed(&[&address("a"), &network("1")], START);
        }
        assert!(throttle.check(&[&address("b"), &network("1")], START).is_ok());
    }

    #[test]
    fn guessing_at_many_addresses_from_one_network_waits_too() {
        let throttle = Throttle::default();
        for at in 0..TRIES_PER_NETWORK {
            throttle.failed(&[&address(&at.to_string()), &network("1")], START);
        }
        assert!(throttle.check(&[&address("b"), &network("1")], START).is_err());
        assert!(throttle.check(&[&address("b"), &network("2")], START).is_ok());
    }
}
