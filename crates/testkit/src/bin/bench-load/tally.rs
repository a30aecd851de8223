//! Times of single requests, and what they come to.

use std::time::Duration;

use serde_json::{Value, json};

/// Collects times.
#[derive(Default)]
pub(crate) struct Tally {
    micros: Vec<u64>,
}

impl Tally {
    pub(crate) fn add(&mut self, time: Duration) {
        self.micros.push(u64::try_from(time.as_micros()).unwrap_or(u64::MAX));
    }

    pub(crate) fn merge(&mut self, other: Self) {
        self.micros.extend(other.micros);
    }

    /// Count, median, 99th percentile and maximum in microseconds, and how many a second over `time`.
    pub(crate) fn summary(mut self, time: Duration) -> Value {
        self.micros.sort_unstable();
        let count = self.micros.len();
        let per_second = f64::from(u32::try_from(count).unwrap_or(u32::MAX)) / time.as_secs_f64();
        json!({
            "count": count, "seconds": time.as_secs_f64(), "per_second": per_second,
            "p50_us": self.at(50), "p99_us": self.at(99), "max_us": self.micros.last().copied().unwrap_or_default(),
        })
    }

    /// The time that so many of a hundred do not exceed.
    fn at(&self, percent: usize) -> u64 {
        let place = (self.micros.len() * percent).div_ceil(100).saturating_sub(1);
        self.micros.get(place).copied().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_are_of_the_times_themselves() {
        let mut tally = Tally::default();
        for micros in (1..=200).rev() {
            tally.add(Duration::from_micros(micros));
        }
        let summary = tally.summary(Duration::from_secs(2));
        assert_eq!((&summary["p50_us"], &summary["p99_us"], &summary["max_us"]), (&json!(100), &json!(198), &json!(200)));
        assert_eq!(summary["per_second"], json!(100.0));
    }
}
