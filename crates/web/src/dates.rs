//! Dates and times in the reader's order and zone; the names of months stand in the catalogues.

use fluent_bundle::FluentArgs;
use jiff::Zoned;
use jiff::civil::{Date, Weekday};
use kernel::Stamp;

use crate::Words;

const MORNING_HOUR: i8 = 8;
/// Later than this is no longer a day's work.
const LATEST_HOUR: i8 = 20;

impl Words {
    fn local(&self, at: Stamp) -> Zoned {
        at.to_jiff().to_zoned(self.time_zone().clone())
    }

    /// A moment as a browser writes it, `2026-03-12T08:30`, on the clock of the reader; none when it is not one.
    #[must_use]
    pub fn chosen(&self, text: &str) -> Option<Stamp> {
        let local: jiff::civil::DateTime = text.trim().parse().ok()?;
        let zoned = local.to_zoned(self.time_zone().clone()).ok()?;
        Some(Stamp::from_micros(zoned.timestamp().as_microsecond()))
    }

    /// The day with its year: 12 March 2026.
    #[must_use]
    pub fn date(&self, at: Stamp) -> String {
        let local = self.local(at);
        let mut args = FluentArgs::with_capacity(3);
        args.set("day", local.day());
        args.set("month", local.month());
        // As text, so that it is not grouped like a quantity.
        args.set("year", local.year().to_string());
        self.say("date-long", Some(&args))
    }

    /// A whole day of a calendar, such as `2026-03-12`, which is the same day in every zone; none when it is no date.
    #[must_use]
    pub fn calendar_day(&self, text: &str) -> Option<String> {
        let day: Date = text.parse().ok()?;
        let mut args = FluentArgs::with_capacity(3);
        args.set("day", day.day());
        args.set("month", day.month());
        args.set("year", day.year().to_string());
        Some(self.say("date-long", Some(&args)))
    }

    /// The time of day: 08:31.
    #[must_use]
    pub fn time(&self, at: Stamp) -> String {
        self.local(at).strftime("%H:%M").to_string()
    }

    /// Day and time: 12 March 2026, 08:31.
    #[must_use]
    pub fn date_time(&self, at: Stamp) -> String {
        self.with("date-time", &[("date", &self.date(at)), ("time", &self.time(at))])
    }

    /// A heading for a day of a timeline: "Today, 12 March", and with the year when it is another one.
    #[must_use]
    pub fn day(&self, at: Stamp, now: Stamp) -> String {
        let (day, today) = (self.local(at).date(), self.local(now).date());
        let text = if day.year() == today.year() { self.short_date(day) } else { self.date(at) };
        if day == today {
            self.with("date-today", &[("date", &text)])
        } else if today.yesterday().is_ok_and(|yesterday| day == yesterday) {
            self.with("date-yesterday", &[("date", &text)])
        } else {
            text
        }
    }

    /// When it was, as one says it: "Today, 08:31", "8 March, 08:31", and with the year when it is another one.
    #[must_use]
    pub fn moment(&self, at: Stamp, now: Stamp) -> String {
        let (day, today, time) = (self.local(at).date(), self.local(now).date(), self.time(at));
        if day == today {
            self.with("moment-today", &[("time", &time)])
        } else if today.yesterday().is_ok_and(|yesterday| day == yesterday) {
            self.with("moment-yesterday", &[("time", &time)])
        } else if day.year() == today.year() {
            self.with("date-time", &[("date", &self.short_date(day)), ("time", &time)])
        } else {
            self.date_time(at)
        }
    }

    /// When it will be, as one says it: "Today, 17:00", "Tomorrow, 08:00", "30 November, 08:00".
    #[must_use]
    pub fn moment_ahead(&self, at: Stamp, now: Stamp) -> String {
        let (day, today) = (self.local(at).date(), self.local(now).date());
        if today.tomorrow().is_ok_and(|tomorrow| day == tomorrow) {
            return self.with("moment-tomorrow", &[("time", &self.time(at))]);
        }
        self.moment(at, now)
    }

    /// A full hour some hours ahead on the reader's clock, while that is still in the day.
    #[must_use]
    pub fn later_today(&self, now: Stamp) -> Option<Stamp> {
        let local = self.local(now);
        let hour = local.hour().checked_add(if local.minute() == 0 { 3 } else { 4 })?;
        if hour > LATEST_HOUR {
            return None;
        }
        self.at_hour(local.date(), hour)
    }

    /// Eight in the morning on the reader's clock, so many days ahead.
    #[must_use]
    pub fn morning_in(&self, now: Stamp, days: i64) -> Option<Stamp> {
        let day = self.local(now).date().checked_add(jiff::Span::new().try_days(days).ok()?).ok()?;
        self.at_hour(day, MORNING_HOUR)
    }

    /// Eight in the morning of next Monday on the reader's clock.
    #[must_use]
    pub fn next_monday(&self, now: Stamp) -> Option<Stamp> {
        let day = self.local(now).date().nth_weekday(1, Weekday::Monday).ok()?;
        self.at_hour(day, MORNING_HOUR)
    }

    /// The reader's today, as `2026-03-12`.
    #[must_use]
    pub fn today(&self, now: Stamp) -> String {
        self.local(now).date().to_string()
    }

    fn at_hour(&self, day: Date, hour: i8) -> Option<Stamp> {
        let zoned = day.at(hour, 0, 0, 0).to_zoned(self.time_zone().clone()).ok()?;
        Some(Stamp::from_micros(zoned.timestamp().as_microsecond()))
    }

    /// Whether both lie on the same day for this reader.
    #[must_use]
    pub fn is_same_day(&self, one: Stamp, other: Stamp) -> bool {
        self.local(one).date() == self.local(other).date()
    }

    fn short_date(&self, day: Date) -> String {
        self.with("date-short", &[("day", &day.day()), ("month", &day.month())])
    }

    /// How long ago, as short as a list column needs it: now, 3 m, 4 h, 2 d, 5 w, 1 y.
    #[must_use]
    pub fn ago(&self, at: Stamp, now: Stamp) -> String {
        let minutes = (now - at).micros() / 60_000_000;
        let (hours, days) = (minutes / 60, minutes / (60 * 24));
        match minutes {
            ..1 => self.t("ago-now"),
            1..60 => self.with("ago-minutes", &[("n", &minutes)]),
            60..1_440 => self.with("ago-hours", &[("n", &hours)]),
            _ if days < 14 => self.with("ago-days", &[("n", &days)]),
            _ if days < 364 => self.with("ago-weeks", &[("n", &(days / 7))]),
            _ => self.with("ago-years", &[("n", &(days / 364).max(1))]),
        }
    }

    /// How long something took: 25 min, 2 h, 1 h 25 min.
    #[must_use]
    pub fn duration(&self, minutes: i64) -> String {
        match (minutes / 60, minutes % 60) {
            (0, rest) => self.with("duration-minutes", &[("m", &rest)]),
            (hours, 0) => self.with("duration-hours", &[("h", &hours)]),
            (hours, rest) => self.with("duration-both", &[("h", &hours), ("m", &rest)]),
        }
    }

    /// As spreadsheets read it, in the reader's zone: `2026-11-21 08:30`.
    #[must_use]
    pub fn sortable(&self, at: Stamp) -> String {
        let local = self.local(at);
        let (day, time) = (local.date(), local.time());
        format!("{day} {:02}:{:02}", time.hour(), time.minute())
    }

    /// For `datetime` attributes, which programs read: to the second.
    #[must_use]
    pub fn machine_time(&self, at: Stamp) -> String {
        let exact = at.to_string();
        exact.split_once('.').map_or_else(|| exact.clone(), |(seconds, _)| format!("{seconds}Z"))
    }
}

#[cfg(test)]
mod tests {
    use kernel::Locale;

    use super::*;

    fn at(text: &str) -> Stamp {
        Stamp::parse(text).unwrap()
    }

    #[test]
    fn dates_follow_the_language_and_the_zone() {
        let late = at("2026-03-12T22:31:00Z");
        let say = |locale| Words::new(locale, "Europe/Riga").date_time(late);
        assert_eq!(say(Locale::En), "13 March 2026, 00:31");
        assert_eq!(say(Locale::Vi), "13 tháng 3, 2026 00:31");
        assert_eq!(say(Locale::Ro), "13 martie 2026, 00:31");
        assert_eq!(say(Locale::Lv), "2026. gada 13. marts, 00:31");
        assert_eq!(say(Locale::Ru), "13 марта 2026 г., 00:31");
        assert_eq!(say(Locale::ZhHans), "2026年3月13日 00:31");
    }

    #[test]
    fn a_whole_day_is_the_same_day_in_every_zone() {
        for zone in ["UTC", "Pacific/Kiritimati", "Pacific/Pago_Pago"] {
            let words = Words::new(Locale::En, zone);
            assert_eq!(words.calendar_day("2026-03-12").as_deref(), Some("12 March 2026"));
            assert_eq!(words.calendar_day("soon"), None);
        }
    }

    #[test]
    fn ages_are_short() {
        let now = at("2026-03-12T12:00:00Z");
        let say = |locale, then: &str| Words::new(locale, "UTC").ago(at(then), now);
        assert_eq!(say(Locale::En, "2026-03-12T12:00:00Z"), "now");
        assert_eq!(say(Locale::En, "2026-03-12T11:57:00Z"), "3 m");
        assert_eq!(say(Locale::Vi, "2026-03-12T08:00:00Z"), "4 giờ");
        assert_eq!(say(Locale::ZhHans, "2026-03-10T08:00:00Z"), "2 天");
        assert_eq!(say(Locale::Ru, "2026-01-10T08:00:00Z"), "8 нед");
        assert_eq!(say(Locale::En, "2024-01-10T08:00:00Z"), "2 y");
        assert_eq!(say(Locale::En, "2026-03-12T12:05:00Z"), "now");
    }

    #[test]
    fn a_day_heading_leaves_out_what_is_plain() {
        let now = at("2026-03-12T12:00:00Z");
        let words = Words::new(Locale::En, "UTC");
        assert_eq!(words.day(at("2026-03-12T01:00:00Z"), now), "Today, 12 March");
        assert_eq!(words.day(at("2026-03-11T23:00:00Z"), now), "Yesterday, 11 March");
        assert_eq!(words.day(at("2025-12-31T23:00:00Z"), now), "31 December 2025");
    }

    #[test]
    fn what_is_put_off_comes_back_on_the_readers_clock() {
        let words = Words::new(Locale::En, "Europe/Riga");
        let now = at("2026-03-12T09:10:00Z");
        assert_eq!(words.later_today(now), Some(at("2026-03-12T13:00:00Z")));
        assert_eq!(words.later_today(at("2026-03-12T18:30:00Z")), None);
        assert_eq!(words.morning_in(now, 1), Some(at("2026-03-13T06:00:00Z")));
        assert_eq!(words.next_monday(now), Some(at("2026-03-16T06:00:00Z")));
        // A Monday's next one is a week away, and summer time begins on the way.
        assert_eq!(words.next_monday(at("2026-03-23T09:00:00Z")), Some(at("2026-03-30T05:00:00Z")));
        assert_eq!(words.moment_ahead(at("2026-03-13T06:00:00Z"), now), "Tomorrow, 08:00");
        assert_eq!((words.duration(5), words.duration(120), words.duration(85)), ("5 min".into(), "2 h".into(), "1 h 25 min".into()));
    }

    #[test]
    fn a_moment_is_said_from_today() {
        let now = at("2026-03-12T12:00:00Z");
        let say = |locale, then: &str| Words::new(locale, "UTC").moment(at(then), now);
        assert_eq!(say(Locale::En, "2026-03-12T08:31:00Z"), "Today, 08:31");
        assert_eq!(say(Locale::Lv, "2026-03-11T08:31:00Z"), "Vakar, 08:31");
        assert_eq!(say(Locale::En, "2026-03-08T08:31:00Z"), "8 March, 08:31");
        assert_eq!(say(Locale::ZhHans, "2025-03-08T08:31:00Z"), "2025年3月8日 08:31");
    }
}
