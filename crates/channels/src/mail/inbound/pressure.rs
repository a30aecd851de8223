//! How fast the doors may take mail: a queue of messages that nobody has read yet only grows when more is taken than is read, and a
//! sender's patience costs less than an agent who does not see what was acknowledged minutes ago.

use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use kernel::{Result, Span};
use people::ServiceDesk;

use super::rows;

/// So many may wait before a door slows down: bursts are taken at full speed.
const WAITING_FREE: i32 = 500;
/// The delay of an answer when twice as many wait; it grows with the square of what is too much.
const DELAY: Duration = Duration::from_millis(10);
const DELAY_MAX: Duration = Duration::from_secs(2);
/// How old the count may be.
const FRESH: Span = Span::millis(100);

/// What all doors know of the queue.
#[derive(Debug, Default)]
pub(in super::super) struct Pressure {
    waiting: AtomicI64,
    counted_at: AtomicI64,
}

impl Pressure {
    /// How long an answer is to be held back now.
    pub(in super::super) async fn delay(&self, desk: &ServiceDesk) -> Result<Duration> {
        let now = desk.clock().now().micros();
        let counted_at = self.counted_at.load(Ordering::Relaxed);
        let mine = now - counted_at >= FRESH.micros()
            && self.counted_at.compare_exchange(counted_at, now, Ordering::Relaxed, Ordering::Relaxed).is_ok();
        if mine {
            self.waiting.store(desk.read(rows::count_waiting).await?, Ordering::Relaxed);
        }
        Ok(delay_for(self.waiting.load(Ordering::Relaxed)))
    }
}

fn delay_for(waiting: i64) -> Duration {
    let times_too_many = |waiting: i64| f64::from(i32::try_from(waiting).unwrap_or(i32::MAX)) / f64::from(WAITING_FREE) - 1.0;
    let over = times_too_many(waiting).clamp(0.0, 100.0);
    DELAY.mul_f64(over * over).min(DELAY_MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_door_slows_down_only_when_too_many_wait() {
        assert_eq!(delay_for(0), Duration::ZERO);
        assert_eq!(delay_for(500), Duration::ZERO);
        assert_eq!(delay_for(1_000), DELAY);
        assert_eq!(delay_for(3_000), DELAY * 25);
        assert_eq!(delay_for(i64::MAX), DELAY_MAX);
    }
}
