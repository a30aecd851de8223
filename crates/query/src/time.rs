//! Times as people write them.

use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use jiff::{Span as Calendar, ToSpan};
use kernel::{Span, Stamp};

/// Words that stand for a time, for suggestions.
pub(crate) const WORDS: &[&str] = &[
    "now",
    "today",
    "yesterday",
    "tomorrow",
    "this_week",
    "last_week",
    "next_week",
    "this_month",
    "last_month",
    "next_month",
    "this_quarter",
    "last_quarter",
    "next_quarter",
    "this_year",
    "last_year",
    "next_year",
];

/// A time as it was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Moment {
    /// A point.
    At(Stamp),
    /// A distance from now.
    Away(Span),
    /// Whole days, the second of the two not among them.
    Days(Date, Date),
}

/// The reader's clock on the wall.
pub(crate) struct Wall {
    pub(crate) now: Stamp,
    zone: TimeZone,
}

impl Wall {
    /// A zone that is not known is taken for UTC.
    pub(crate) fn new(now: Stamp, zone: &str) -> Self {
        Self { now, zone: TimeZone::get(zone).unwrap_or(TimeZone::UTC) }
    }

    /// Reads `7d`, `2026-11-21`, `2026-11`, `2026`, `last_week`, RFC 3339, or a date and a time on the reader's clock.
    pub(crate) fn read(&self, text: &str) -> Option<Moment> {
        // jiff reads more of ISO 8601 than we want to promise.
        let plain = text.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | ':' | '.' | '+' | '_'));
        if !plain || text.len() > 40 {
            return None;
        }
        let text = text.to_ascii_lowercase();
        if text == "now" {
            return Some(Moment::At(self.now));
        }
        away(&text).or_else(|| written_days(&text)).or_else(|| self.named_days(&text)).or_else(|| self.point(&text))
    }

    /// The first microsecond of whole days or of a point, and the first one behind.
    pub(crate) fn bounds(&self, from: Date, to: Date) -> Option<(Stamp, Stamp)> {
        Some((self.midnight(from)?, self.midnight(to)?))
    }

    fn midnight(&self, date: Date) -> Option<Stamp> {
        let start = date.to_zoned(self.zone.clone()).ok()?;
        Some(Stamp::from_micros(start.timestamp().as_microsecond()))
    }

    fn named_days(&self, text: &str) -> Option<Moment> {
        let today = self.now.to_jiff().to_zoned(self.zone.clone()).date();
        let steps = |name: &str| match name {
            "this" => Some(0),
            "last" => Some(-1),
            "next" => Some(1),
            _ => None,
        };
        let (start, step, length): (Date, i64, Calendar) = match text {
            "today" => (today, 0, 1.day()),
            "yesterday" => (today, -1, 1.day()),
            "tomorrow" => (today, 1, 1.day()),
            _ => {
                let (which, unit) = text.split_once('_')?;
                let (start, length) = unit_around(today, unit)?;
                (start, steps(which)?, length)
            }
        };
        let from = start.checked_add(length.checked_mul(step).ok()?).ok()?;
        Some(Moment::Days(from, from.checked_add(length).ok()?))
    }

    fn point(&self, text: &str) -> Option<Moment> {
        if !text.contains('t') || !text.starts_with(|c: char| c.is_ascii_digit()) {
            return None;
        }
        let text = text.to_ascii_uppercase();
        let stamp = Stamp::parse(&text).or_else(|| {
            let on_the_wall: DateTime = text.parse().ok()?;
            let zoned = on_the_wall.to_zoned(self.zone.clone()).ok()?;
            Some(Stamp::from_micros(zoned.timestamp().as_microsecond()))
        })?;
        Some(Moment::At(stamp))
    }
}

fn away(text: &str) -> Option<Moment> {
    let unit = match text.chars().last()? {
        'm' => Span::minutes(1),
        'h' => Span::hours(1),
        'd' => Span::days(1),
        'w' => Span::days(7),
        _ => return None,
    };
    let count = text.get(..text.len() - 1).filter(|count| count.chars().all(|c| c.is_ascii_digit()))?;
    let micros = count.parse::<i64>().ok()?.checked_mul(unit.micros())?;
    Some(Moment::Away(Stamp::from_micros(micros) - Stamp::default()))
}

/// `2026-11-21`, `2026-11` or `2026`.
fn written_days(text: &str) -> Option<Moment> {
    let mut parts = text.split('-');
    let mut part = |digits: usize| -> Option<Option<i16>> {
        let Some(part) = parts.next() else {
            return Some(None);
        };
        let fine = part.len() == digits && part.chars().all(|c| c.is_ascii_digit());
        fine.then(|| part.parse().ok())
    };
    let (year, month, day) = (part(4)??, part(2)?, part(2)?);
    if parts.next().is_some() {
        return None;
    }
    let length = match (month, day) {
        (None, _) => 1.year(),
        (_, None) => 1.month(),
        _ => 1.day(),
    };
    let from = Date::new(year, month.unwrap_or(1).try_into().ok()?, day.unwrap_or(1).try_into().ok()?).ok()?;
    Some(Moment::Days(from, from.checked_add(length).ok()?))
}

/// The first day of the week, month, quarter or year around `day`, and how long that is.
fn unit_around(day: Date, unit: &str) -> Option<(Date, Calendar)> {
    match unit {
        "week" => {
            let since_monday = i64::from(day.weekday().to_monday_zero_offset());
            Some((day.checked_sub(since_monday.days()).ok()?, 1.week()))
        }
        "month" => Some((day.first_of_month(), 1.month())),
        "quarter" => {
            let month = (day.month() - 1) / 3 * 3 + 1;
            Some((Date::new(day.year(), month, 1).ok()?, 3.months()))
        }
        "year" => Some((day.first_of_year(), 1.year())),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn days(text: &str) -> String {
        // A Thursday, already Friday in Riga.
        let wall = Wall::new(Stamp::parse("2026-11-19T23:30:00Z").unwrap(), "Europe/Riga");
        match wall.read(text) {
            Some(Moment::Days(from, to)) => format!("{from} {to}"),
            Some(Moment::At(at)) => at.to_string(),
            Some(Moment::Away(span)) => format!("{}", span.micros() / 60_000_000),
            None => "?".to_owned(),
        }
    }

    #[test]
    fn words_are_whole_days_on_the_readers_calendar() {
        assert_eq!(days("today"), "2026-11-20 2026-11-21");
        assert_eq!(days("yesterday"), "2026-11-19 2026-11-20");
        assert_eq!(days("this_week"), "2026-11-16 2026-11-23");
        assert_eq!(days("last_week"), "2026-11-09 2026-11-16");
        assert_eq!(days("last_month"), "2026-10-01 2026-11-01");
        assert_eq!(days("Next_Quarter"), "2027-01-01 2027-04-01");
        assert_eq!(days("this_year"), "2026-01-01 2027-01-01");
        assert!(WORDS.iter().all(|word| days(word) != "?"));
    }

    #[test]
    fn dates_may_leave_out_the_day_and_the_month() {
        assert_eq!(days("2024-02-29"), "2024-02-29 2024-03-01");
        assert_eq!(days("2024-02"), "2024-02-01 2024-03-01");
        assert_eq!(days("2024"), "2024-01-01 2025-01-01");
    }

    #[test]
    fn a_time_without_offset_is_on_the_readers_clock() {
        assert_eq!(days("2026-11-20T08:30"), "2026-11-20T06:30:00Z");
        assert_eq!(days("2026-11-20T08:30:00Z"), "2026-11-20T08:30:00Z");
        assert_eq!(days("2026-11-20T08:30:00+05:00"), "2026-11-20T03:30:00Z");
    }

    #[test]
    fn lengths_are_minutes_hours_days_and_weeks() {
        assert_eq!((days("30m"), days("4h"), days("7d"), days("2w")), ("30".into(), "240".into(), "10080".into(), "20160".into()));
    }

    #[test]
    fn what_is_not_a_time_is_not_read() {
        for text in [
            "",
            "d",
            "-7d",
            "+7d",
            "7y",
            "99999999999999999d",
            "2026-13",
            "2026-02-30",
            "20260101",
            "26",
            "2026-1-1",
            "2026-01-01-01",
            "9999",
            "last",
            "last_",
            "_week",
            "т",
            "PT4H",
            "2026-01-01T",
        ] {
            assert_eq!(days(text), "?", "{text}");
        }
    }
}
