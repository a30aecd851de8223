//! Slows guessing down: after a few wrong passwords an address, or a client's network address, waits.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use kernel::{Refusal, Result, Span, Stamp};

const TRIES_PER_KEY: u32 = 10;
const WINDOW: Span = Span::minutes(10);
/// Bounds memory when somebody guesses from very many addresses at once.
const KEYS_MAX: usize = 100_000;

/// Counts failures by key within a window.
#[derive(Debug, Default)]
pub struct Throttle {
    failures: Mutex<HashMap<String, (u32, Stamp)>>,
}

impl Throttle {
    /// Refuses when too many failures are on record for any of the keys.
    pub fn check(&self, keys: &[&str], now: Stamp) -> Result<()> {
        let failures = self.failures.lock().unwrap_or_else(PoisonError::into_inner);
        let wait = keys
            .iter()
            .filter_map(|key| failures.get(*key))
            .filter(|(count, since)| *count >= TRIES_PER_KEY && now < *since + WINDOW)
            .map(|(_, since)| (*since + WINDOW) - now)
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
    pub fn failed(&self, keys: &[&str], now: Stamp) {
        let mut failures = self.failures.lock().unwrap_or_else(PoisonError::into_inner);
        if failures.len() > KEYS_MAX {
            failures.retain(|_, (_, since)| now < *since + WINDOW);
            if failures.len() > KEYS_MAX {
                failures.clear();
            }
        }
        for key in keys {
            let entry = failures.entry((*key).to_owned()).or_insert((0, now));
            if now >= entry.1 + WINDOW {
                *entry = (0, now);
            }
            entry.0 += 1;
        }
    }

    /// Forgets the failures of a key after a success.
    pub fn succeeded(&self, key: &str) {
        self.failures.lock().unwrap_or_else(PoisonError::into_inner).remove(key);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn guessing_waits_and_the_window_ends() {
        let (throttle, start) = (Throttle::default(), Stamp::from_micros(1_800_000_000_000_000));
        for _ in 0..10 {
            assert!(throttle.check(&["mail:a", "ip:1"], start).is_ok());
            throttle.failed(&["mail:a", "ip:1"], start);
        }
        assert!(throttle.check(&["mail:a"], start).is_err());
        assert!(throttle.check(&["mail:b", "ip:1"], start).is_err());
        assert!(throttle.check(&["mail:b", "ip:2"], start).is_ok());
        assert!(throttle.check(&["mail:a"], start + Span::minutes(11)).is_ok());
    }
}
