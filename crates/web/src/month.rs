//! A month as calendars show it: whole weeks from Monday to Sunday, in the reader's zone.

use fluent_bundle::FluentArgs;
use jiff::ToSpan;
use jiff::civil::{Date, Weekday};
use kernel::Stamp;

use crate::Words;

/// A month.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Month {
    /// In addresses: `2026-11`.
    pub word: String,
    /// As a heading: November 2026.
    pub title: String,
    /// The word of the month before, and of the one after.
    pub beside: (String, String),
    /// Whether today lies in it.
    pub is_now: bool,
    /// Monday to Sunday, short and in full.
    pub weekdays: Vec<(String, String)>,
    /// Its weeks' days, those of the months beside it included.
    pub days: Vec<MonthDay>,
}

/// A day of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MonthDay {
    /// `2026-11-21`.
    pub date: String,
    /// 21.
    pub number: i8,
    /// In full: 21 November 2026.
    pub name: String,
    /// Its day of the week, from 0 for Monday.
    pub weekday: usize,
    /// It is in the month itself.
    pub is_inside: bool,
    /// It is the reader's today.
    pub is_today: bool,
}

impl MonthDay {
    /// Saturday or Sunday.
    #[must_use]
    pub const fn is_rest(&self) -> bool {
        self.weekday > 4
    }
}

fn word_of(day: Date) -> String {
    format!("{:04}-{:02}", day.year(), day.month())
}

impl Words {
    /// The month that a word names, or else the one that it is.
    #[must_use]
    pub fn month(&self, asked: Option<&str>, now: Stamp) -> Month {
        let today = now.to_jiff().to_zoned(self.time_zone().clone()).date();
        let chosen = asked.and_then(|word| format!("{word}-01").parse::<Date>().ok()).filter(|day| (1900..=2200).contains(&day.year()));
        let first = chosen.unwrap_or(today).first_of_month();
        let last = first.last_of_month();
        let from = first.saturating_sub(i64::from(first.weekday().to_monday_zero_offset()).days());
        let to = last.saturating_add(i64::from(Weekday::Sunday.to_monday_zero_offset() - last.weekday().to_monday_zero_offset()).days());
        let mut named = FluentArgs::with_capacity(2);
        named.set("month", first.month());
        // As text, so that it is not grouped like a quantity.
        named.set("year", first.year().to_string());
        let title = self.say("month-title", Some(&named));
        let day = |date: Date| MonthDay {
            date: date.to_string(),
            number: date.day(),
            name: self.calendar_day(&date.to_string()).unwrap_or_default(),
            weekday: usize::try_from(date.weekday().to_monday_zero_offset()).unwrap_or_default(),
            is_inside: date.month() == first.month(),
            is_today: date == today,
        };
        Month {
            word: word_of(first),
            title,
            beside: (word_of(first.saturating_sub(1.day())), word_of(last.saturating_add(1.day()))),
            is_now: word_of(today) == word_of(first),
            weekdays: (1..=7)
                .map(|day| (self.with("weekday-short", &[("day", &day)]), self.with("weekday-long", &[("day", &day)])))
                .collect(),
            days: from.series(1.day()).take_while(|date| *date <= to).map(day).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use kernel::Locale;

    use super::*;

    fn month(locale: Locale, asked: Option<&str>, now: &str) -> Month {
        Words::new(locale, "Europe/Riga").month(asked, Stamp::parse(now).unwrap())
    }

    #[test]
    fn a_month_is_shown_in_whole_weeks() {
        let shown = month(Locale::En, None, "2026-11-21T23:30:00Z");
        assert_eq!((shown.title.as_str(), shown.word.as_str(), shown.is_now), ("November 2026", "2026-11", true));
        assert_eq!((shown.days[0].date.as_str(), shown.days.last().unwrap().date.as_str()), ("2026-10-26", "2026-12-06"));
        // Already Sunday in Riga.
        assert_eq!(shown.days.iter().filter(|day| day.is_today).map(|day| day.number).collect::<Vec<_>>(), [22]);
        assert_eq!(shown.beside, ("2026-10".to_owned(), "2026-12".to_owned()));
        assert_eq!(shown.weekdays[6], ("Sun".to_owned(), "Sunday".to_owned()));
    }

    #[test]
    fn a_month_can_be_asked_for_and_nonsense_is_this_one() {
        let february = month(Locale::Lv, Some("2027-02"), "2026-11-21T12:00:00Z");
        assert_eq!((february.title.as_str(), february.days.len(), february.is_now), ("2027. gada februāris", 28, false));
        for asked in ["2026-13", "x", "9999-12", "0001-01", "2026-11-05"] {
            assert_eq!(month(Locale::En, Some(asked), "2026-11-21T12:00:00Z").word, "2026-11", "{asked}");
        }
    }

    #[test]
    fn months_have_their_names_in_each_language() {
        let title = |locale| month(locale, None, "2026-11-21T12:00:00Z").title;
        assert_eq!(title(Locale::Ru), "Ноябрь 2026");
        assert_eq!(title(Locale::Ro), "Noiembrie 2026");
        assert_eq!(title(Locale::Vi), "Tháng 11 năm 2026");
        assert_eq!(title(Locale::ZhHans), "2026年11月");
    }
}
