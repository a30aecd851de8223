//! What keeps a dead name server from delaying the intake: after several slow questions in a row the server itself is tried, and left alone
//! for a while when it does not answer. Names that were slow are not asked for again at once either.

use std::collections::HashMap;
use std::time::Duration;

use tokio::time::Instant;

/// A question that took at least this long and got no answer counts as slow.
pub(super) const SLOW: Duration = Duration::from_millis(900);
const SLOW_IN_A_ROW: u32 = 3;
const OPEN: Duration = Duration::from_secs(30);
const NAMES_MAX: usize = 512;

/// The state; time is an argument.
#[derive(Debug, Default)]
pub(super) struct Breaker {
    in_a_row: u32,
    open_until: Option<Instant>,
    slow_names: HashMap<String, Instant>,
}

impl Breaker {
    /// Whether a name may be asked for now.
    pub(super) fn allows(&self, name: &str, now: Instant) -> bool {
        let open = self.open_until.is_some_and(|until| now < until);
        let slow = self.slow_names.get(name).is_some_and(|until| now < *until);
        !open && !slow
    }

    /// Notes that a name was slow. True when it is time to try the server itself.
    #[must_use]
    pub(super) fn slow(&mut self, name: &str, now: Instant) -> bool {
        if self.slow_names.len() >= NAMES_MAX {
            self.slow_names.retain(|_, until| now < *until);
        }
        if self.slow_names.len() < NAMES_MAX {
            self.slow_names.insert(name.to_owned(), now + OPEN);
        }
        self.in_a_row = self.in_a_row.saturating_add(1);
        self.in_a_row >= SLOW_IN_A_ROW
    }

    /// The server itself answered, or not. True when it is left alone from now on.
    pub(super) fn tried(&mut self, answered: bool, now: Instant) -> bool {
        if answered {
            self.in_a_row = 0;
            return false;
        }
        let news = self.open_until.is_none_or(|until| until <= now);
        self.open_until = Some(now + OPEN);
        news
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_server_that_does_not_answer_is_left_alone_for_half_a_minute() {
        let (mut breaker, now) = (Breaker::default(), Instant::now());
        assert!(!breaker.slow("a.net", now) && !breaker.slow("b.net", now) && breaker.slow("c.net", now));
        assert!(breaker.tried(false, now) && !breaker.tried(false, now));
        assert!(!breaker.allows("d.net", now + Duration::from_secs(29)));
        let later = now + Duration::from_secs(31);
        assert!(breaker.allows("d.net", later));
        // The first slow question afterwards is enough to try the server again.
        assert!(breaker.slow("d.net", later) && breaker.tried(false, later));
    }

    #[test]
    fn slow_names_of_a_stranger_do_not_stop_questions_about_others() {
        let (mut breaker, now) = (Breaker::default(), Instant::now());
        for name in ["a.net", "b.net", "c.net"] {
            if breaker.slow(name, now) {
                breaker.tried(true, now);
            }
        }
        assert!(breaker.allows("bank.net", now) && !breaker.allows("a.net", now));
        assert!(breaker.allows("a.net", now + OPEN));
    }

    #[test]
    fn the_memory_of_slow_names_is_bounded() {
        let (mut breaker, now) = (Breaker::default(), Instant::now());
        for n in 0..5_000 {
            let _ = breaker.slow(&format!("{n}.net"), now);
        }
        assert!(breaker.slow_names.len() <= NAMES_MAX);
    }
}
