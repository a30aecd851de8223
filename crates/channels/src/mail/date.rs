//! The `Date` field, in the forms of RFC 5322, of its forefathers and of the programs that never read it.

use kernel::Stamp;
use mail_parser::DateTime;

/// Longest field that is looked at.
const FIELD_BYTES_MAX: usize = 200;
/// Zones by name, in minutes east of Greenwich: those of RFC 822, and those that programs near our users write.
const ZONES: [(&str, i32); 36] = [
    ("z", 0),
    ("ut", 0),
    ("utc", 0),
    ("gmt", 0),
    ("wet", 0),
    ("west", 60),
    ("bst", 60),
    ("cet", 60),
    ("met", 60),
    ("mez", 60),
    ("cest", 120),
    ("mest", 120),
    ("mesz", 120),
    ("eet", 120),
    ("eest", 180),
    ("msk", 180),
    ("msd", 240),
    ("samt", 240),
    ("yekt", 300),
    ("omst", 360),
    ("krat", 420),
    ("ict", 420),
    ("hkt", 480),
    ("sgt", 480),
    ("irkt", 480),
    ("jst", 540),
    ("kst", 540),
    ("vlat", 600),
    ("est", -300),
    ("edt", -240),
    ("cst", -360),
    ("cdt", -300),
    ("mst", -420),
    ("mdt", -360),
    ("pst", -480),
    ("pdt", -420),
];
const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// When a field says that the message was written, and what was wrong with the field.
pub(crate) fn read(field: &str) -> (Option<Stamp>, Option<&'static str>) {
    let mut parts = Parts::default();
    for word in without_comments(kernel::text::prefix(field, FIELD_BYTES_MAX)).split([' ', '\t', ',', ';', '\r', '\n']) {
        parts.add(word);
    }
    let Some(stamp) = parts.stamp() else { return (None, Some("unreadable date")) };
    (Some(stamp), parts.zone.is_none().then_some("date without its zone"))
}

fn without_comments(text: &str) -> String {
    let mut depth = 0_usize;
    let mut out = String::with_capacity(text.len());
    let mut comment = String::new();
    for c in text.chars() {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ if depth == 0 => out.push(c),
            _ => comment.push(c),
        }
    }
    // `Mon, 5 Jan 2026 10:00:00 (EST)`: the only zone there is stands in the comment.
    out.push(' ');
    if ZONES.iter().any(|(name, _)| comment.eq_ignore_ascii_case(name)) {
        out.push_str(&comment);
    }
    out
}

#[derive(Default)]
struct Parts {
    day: Option<u32>,
    month: Option<u32>,
    year: Option<u32>,
    clock: Option<(u32, u32, u32)>,
    /// Minutes east of Greenwich.
    zone: Option<i32>,
    afternoon: Option<bool>,
}

impl Parts {
    fn add(&mut self, word: &str) {
        let lower = word.trim_matches(['.', '"']).to_ascii_lowercase();
        let first = lower.chars().next();
        match first {
            None => {}
            Some('+' | '-') if self.clock.is_some() && self.zone.is_none() => self.zone = offset(&lower),
            Some(c) if c.is_ascii_digit() => self.number(&lower),
            Some(c) if c.is_ascii_alphabetic() => self.name(&lower),
            Some(_) => {}
        }
    }

    fn name(&mut self, word: &str) {
        let head = word.get(..3).unwrap_or(word);
        if let (Some((_, minutes)), true) = (ZONES.iter().find(|(name, _)| *name == word), self.clock.is_some()) {
            self.zone = self.zone.or(Some(*minutes));
        } else if let Some(at) =
            word.find(['+', '-']).filter(|_| self.clock.is_some() && (word.starts_with("gmt") || word.starts_with("utc")))
        {
            self.zone = word.get(at..).and_then(offset).or(self.zone);
        } else if let (Some(at), None) = (MONTHS.iter().position(|month| *month == head), self.month) {
            self.month = u32::try_from(at + 1).ok();
        } else if matches!(word, "am" | "pm") {
            self.afternoon = Some(word == "pm");
        }
    }

    fn number(&mut self, word: &str) {
        if let Some((date, time)) = word.split_once('t').filter(|(date, _)| date.matches('-').count() == 2) {
            self.number(date);
            self.clock(time);
        } else if word.contains(':') || (self.year.is_some() && self.clock.is_none() && word.matches('.').count() == 2) {
            self.clock(word);
        } else if word.matches(['-', '/', '.']).count() >= 2 {
            self.dashed(word);
        } else if let Ok(value) = word.trim_end_matches(|c: char| c.is_ascii_alphabetic()).parse::<u32>() {
            match (self.day, self.year) {
                (None, _) if (1..=31).contains(&value) && word.len() <= 4 => self.day = Some(value),
                (_, None) => self.year = year(value, word.len()),
                _ => {}
            }
        }
    }

    /// `2026-01-05`, `5-Jan-2026`, `05.01.2026`; what could be either month or day is left out.
    fn dashed(&mut self, word: &str) {
        let pieces: Vec<&str> = word.split(['-', '/', '.']).collect();
        let [first, second, third] = pieces.as_slice() else { return };
        let number = |text: &str| text.parse::<u32>().ok();
        if first.len() == 4 {
            (self.year, self.month, self.day) = (number(first), number(second), number(third));
        } else if let Some(month) = second.get(..3).and_then(|head| MONTHS.iter().position(|month| *month == head)) {
            (self.day, self.month) = (number(first), u32::try_from(month + 1).ok());
            self.year = number(third).and_then(|value| year(value, third.len()));
        } else if word.contains('.') {
            (self.day, self.month) = (number(first), number(second));
            self.year = number(third).and_then(|value| year(value, third.len()));
        }
    }

    fn clock(&mut self, word: &str) {
        let digits_end = word.find(|c: char| !c.is_ascii_digit() && !matches!(c, ':' | '.')).unwrap_or(word.len());
        let (digits, rest) = word.split_at_checked(digits_end).unwrap_or((word, ""));
        let mut fields = digits.split([':', '.']).map(|field| field.parse::<u32>().ok());
        let (Some(Some(hour)), Some(Some(minute))) = (fields.next(), fields.next()) else { return };
        if self.clock.is_none() {
            self.clock = Some((hour, minute, fields.next().flatten().unwrap_or(0)));
            match rest {
                "" => {}
                "am" | "pm" => self.afternoon = Some(rest == "pm"),
                _ if rest.starts_with(['+', '-']) => self.zone = offset(rest),
                _ => self.name(rest),
            }
        }
    }

    fn stamp(&self) -> Option<Stamp> {
        let (hour, minute, second) = self.clock.unwrap_or((0, 0, 0));
        let hour = match self.afternoon {
            Some(true) if hour < 12 => hour + 12,
            Some(false) if hour == 12 => 0,
            _ => hour,
        };
        let (year, month, day) = (self.year?, self.month?, self.day?);
        if !(1..=12).contains(&month)
            || day == 0
            || day > days(year, month)
            || hour > 24
            || minute > 59
            || second > 60
            || !(1970..=2200).contains(&year)
        {
            return None;
        }
        let small = |value: u32| u8::try_from(value).ok();
        let date = DateTime {
            year: u16::try_from(year).ok()?,
            month: small(month)?,
            day: small(day)?,
            hour: small(hour)?,
            minute: small(minute)?,
            second: small(second)?,
            tz_before_gmt: false,
            tz_hour: 0,
            tz_minute: 0,
        };
        let seconds = date.to_timestamp_local() - i64::from(self.zone.unwrap_or(0)) * 60;
        Some(Stamp::from_micros(seconds.checked_mul(1_000_000)?))
    }
}

/// RFC 5322, 4.3: two digits below 50 are of this century; three digits count from 1900.
fn year(value: u32, digits: usize) -> Option<u32> {
    match digits {
        2 if value < 50 => Some(2000 + value),
        2 | 3 => Some(1900 + value),
        4 => Some(value),
        _ => None,
    }
}

fn days(year: u32, month: u32) -> u32 {
    match month {
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Minutes of `+0300`, `-03:30`, `+3`.
fn offset(word: &str) -> Option<i32> {
    let sign = if word.starts_with('-') { -1 } else { 1 };
    let digits: String = word.chars().filter(char::is_ascii_digit).collect();
    let (hours, minutes) = match digits.len() {
        1 | 2 => (digits.parse::<i32>().ok()?, 0),
        3 | 4 => {
            let (hours, minutes) = digits.split_at_checked(digits.len() - 2)?;
            (hours.parse().ok()?, minutes.parse::<i32>().ok()?)
        }
        _ => return None,
    };
    (hours <= 14 && minutes < 60).then_some(sign * (hours * 60 + minutes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_is_read_in_every_form_that_programs_write() {
        for (field, expected, defect) in [
            ("Mon, 05 Jan 2026 10:00:00 +0300", Some("2026-01-05T07:00:00Z"), None),
            ("5 Jan 2026 10:00 +0300", Some("2026-01-05T07:00:00Z"), None),
            ("Mon,05 Jan 2026 10:00:00 GMT", Some("2026-01-05T10:00:00Z"), None),
            ("Mon, 5 Jan 26 10:00:00 EST", Some("2026-01-05T15:00:00Z"), None),
            ("Mon, 5 Jan 99 10:00:00 -0000", Some("1999-01-05T10:00:00Z"), None),
            ("Wed, 5 Jan 126 10:00:00 +0000", Some("2026-01-05T10:00:00Z"), None),
            ("Mon, 5 Jan 2026 10:00:00 +0300 (MSK)", Some("2026-01-05T07:00:00Z"), None),
            ("Mon, 5 Jan 2026 10:00:00 (MSK)", Some("2026-01-05T07:00:00Z"), None),
            ("Mon, 5 Jan 2026 10:00:00 MSK", Some("2026-01-05T07:00:00Z"), None),
            ("Mon, 5 Jan 2026 10:00:00 GMT+0700", Some("2026-01-05T03:00:00Z"), None),
            ("Mon, 5 Jan 2026 10:00:00 +07:00", Some("2026-01-05T03:00:00Z"), None),
            ("Mon Jan  5 10:00:00 2026", Some("2026-01-05T10:00:00Z"), Some("date without its zone")),
            ("Mon Jan  5 10:00:00 EST 2026", Some("2026-01-05T15:00:00Z"), None),
            ("Mon, 5 Jan 2026 10:00:00", Some("2026-01-05T10:00:00Z"), Some("date without its zone")),
            ("2026-01-05T10:00:00Z", Some("2026-01-05T10:00:00Z"), None),
            ("2026-01-05T10:00:00.123+03:00", Some("2026-01-05T07:00:00Z"), None),
            ("2026-01-05 10:00:00 +0300", Some("2026-01-05T07:00:00Z"), None),
            ("5-Jan-2026 10:00:00 +0000", Some("2026-01-05T10:00:00Z"), None),
            ("05.01.2026 10:00:00 +0300", Some("2026-01-05T07:00:00Z"), None),
            ("Monday, January 5, 2026 3:04 PM GMT", Some("2026-01-05T15:04:00Z"), None),
            ("Mon, 29 Feb 2028 10:00:00 +0000", Some("2028-02-29T10:00:00Z"), None),
            ("Mon, 05 Jan 2026 10.00.00 +0000", Some("2026-01-05T10:00:00Z"), None),
            ("Thu, 30 Feb 2026 10:00:00 +0000", None, Some("unreadable date")),
            ("Mon, 99 Foo 2026", None, Some("unreadable date")),
            ("01/02/2026 10:00", None, Some("unreadable date")),
            ("yesterday", None, Some("unreadable date")),
            ("", None, Some("unreadable date")),
            ("Mon, 5 Jan 9999999 10:00:00 +9999", None, Some("unreadable date")),
        ] {
            assert_eq!(read(field), (expected.and_then(Stamp::parse), defect), "{field}");
        }
    }
}
