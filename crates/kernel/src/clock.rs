//! Time as an argument: a stamp is microseconds since 1970 in UTC, a clock is handed to whoever needs one.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A point in time, microseconds since 1970-01-01T00:00:00Z.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Stamp(i64);

/// A length of time, in microseconds.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Span(i64);

impl Span {
    /// `n` milliseconds.
    #[must_use]
    pub const fn millis(n: i64) -> Self {
        Self(n * 1_000)
    }
    /// `n` seconds.
    #[must_use]
    pub const fn seconds(n: i64) -> Self {
        Self(n * 1_000_000)
    }
    /// `n` minutes.
    #[must_use]
    pub const fn minutes(n: i64) -> Self {
        Self::seconds(n * 60)
    }
    /// `n` hours.
    #[must_use]
    pub const fn hours(n: i64) -> Self {
        Self::minutes(n * 60)
    }
    /// `n` days of 24 hours.
    #[must_use]
    pub const fn days(n: i64) -> Self {
        Self::hours(n * 24)
    }
    /// The length in microseconds.
    #[must_use]
    pub const fn micros(self) -> i64 {
        self.0
    }
}

impl Stamp {
    /// From microseconds since 1970.
    #[must_use]
    pub const fn from_micros(micros: i64) -> Self {
        Self(micros)
    }
    /// Microseconds since 1970.
    #[must_use]
    pub const fn micros(self) -> i64 {
        self.0
    }
    /// Whole seconds since 1970.
    #[must_use]
    pub const fn seconds(self) -> i64 {
        self.0.div_euclid(1_000_000)
    }
    /// The same as a `jiff` timestamp; out-of-range values (beyond the year 9999) become the epoch.
    #[must_use]
    pub fn to_jiff(self) -> jiff::Timestamp {
        jiff::Timestamp::from_microsecond(self.0).unwrap_or(jiff::Timestamp::UNIX_EPOCH)
    }
    /// Reads RFC 3339.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        text.parse::<jiff::Timestamp>().ok().map(|at| Self(at.as_microsecond()))
    }
}

impl std::ops::Add<Span> for Stamp {
    type Output = Self;
    fn add(self, span: Span) -> Self {
        Self(self.0.saturating_add(span.0))
    }
}
impl std::ops::Sub<Span> for Stamp {
    type Output = Self;
    fn sub(self, span: Span) -> Self {
        Self(self.0.saturating_sub(span.0))
    }
}
impl std::ops::Sub for Stamp {
    type Output = Span;
    fn sub(self, other: Self) -> Span {
        Span(self.0.saturating_sub(other.0))
    }
}

/// RFC 3339 in UTC with the trailing zeros of the fraction left out.
impl fmt::Display for Stamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.to_jiff())
    }
}
impl fmt::Debug for Stamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}
impl Serialize for Stamp {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}
impl<'de> Deserialize<'de> for Stamp {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(from)?;
        Self::parse(&text).ok_or_else(|| serde::de::Error::custom("expected a time in RFC 3339"))
    }
}

/// Whether this names a time zone of the IANA database, such as `Europe/Riga`.
#[must_use]
pub fn zone_exists(name: &str) -> bool {
    name.len() <= 64 && jiff::tz::TimeZone::get(name).is_ok()
}

/// The time zones that people choose from: those named after places, and UTC.
#[must_use]
pub fn zones() -> Vec<String> {
    const OTHERS: [&str; 6] = ["Etc/", "SystemV/", "US/", "posix/", "right/", "posixrules"];
    let named = jiff::tz::db().available().map(|name| name.as_str().to_owned());
    let mut zones: Vec<String> = named.filter(|name| name.contains('/') && !OTHERS.iter().any(|other| name.starts_with(other))).collect();
    zones.sort_unstable();
    zones.dedup();
    zones.insert(0, "UTC".to_owned());
    zones
}

/// Whether this is a day of the calendar written as `2026-11-21`.
#[must_use]
pub fn is_date(text: &str) -> bool {
    text.len() == 10 && text.parse::<jiff::civil::Date>().is_ok()
}

/// Where the time comes from: the machine, or a test.
#[derive(Clone, Debug)]
pub struct Clock(Source);

#[derive(Clone, Debug)]
enum Source {
    System,
    Manual(Arc<AtomicI64>),
}

impl Clock {
    /// The machine's clock.
    #[must_use]
    pub const fn system() -> Self {
        Self(Source::System)
    }
    /// A clock that stands still until it is moved.
    #[must_use]
    pub fn manual(start: Stamp) -> Self {
        Self(Source::Manual(Arc::new(AtomicI64::new(start.micros()))))
    }
    /// The time now.
    #[must_use]
    pub fn now(&self) -> Stamp {
        match &self.0 {
            #[expect(clippy::disallowed_methods, reason = "the one place that reads the machine's clock")]
            Source::System => Stamp(jiff::Timestamp::now().as_microsecond()),
            Source::Manual(at) => Stamp(at.load(Ordering::Acquire)),
        }
    }
    /// Moves a manual clock; the machine's clock is left alone.
    pub fn advance(&self, by: Span) {
        self.advance_micros(by.micros());
    }
    /// Moves a manual clock by microseconds, which may be negative.
    pub fn advance_micros(&self, by: i64) {
        if let Source::Manual(at) = &self.0 {
            at.fetch_add(by, Ordering::AcqRel);
        }
    }
    /// Sets a manual clock.
    pub fn set(&self, to: Stamp) {
        if let Source::Manual(at) = &self.0 {
            at.store(to.micros(), Ordering::Release);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stamp_round_trips_through_rfc_3339() {
        let at = Stamp::parse("2026-11-21T08:30:00.25Z").unwrap();
        assert_eq!(at.to_string(), "2026-11-21T08:30:00.25Z");
        assert_eq!(Stamp::parse("2026-11-21T10:30:00.25+02:00"), Some(at));
        assert_eq!(Stamp::parse("yesterday"), None);
    }
}
