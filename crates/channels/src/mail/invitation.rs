//! Calendar invitations (RFC 5545, RFC 5546): what a person wants to see of them. Repetitions are never expanded, so
//! that a rule cannot cost more than its line (Stalwart CVE-2025-59045 was that).

use calcard::common::timezone::Tz;
use calcard::icalendar::{
    ICalendar, ICalendarComponent, ICalendarComponentType, ICalendarEntry, ICalendarParameterName, ICalendarProperty, ICalendarValue,
};
use calcard::{Entry, Parser};
use desk::conversation::{Correspondent, Invitation};
use kernel::Stamp;
use kernel::limits::{NAME_CHARS_MAX, TITLE_CHARS_MAX};

use super::address::Mailbox;
use super::structure::Leaf;
use kernel::text::{clean_line, prefix};

/// As much of a calendar as is read.
const CALENDAR_BYTES_MAX: usize = 128 * 1024;
/// Most events of one calendar that are shown.
const EVENTS_MAX: usize = 5;

/// Whether a part is a calendar.
pub(crate) fn is_one(leaf: &Leaf) -> bool {
    let named = || leaf.filename.as_deref().is_some_and(|name| name.to_ascii_lowercase().ends_with(".ics"));
    leaf.kind.is("text", "calendar") || leaf.kind.is("application", "ics") || leaf.kind.is("text", "x-vcalendar") || named()
}

/// The events of a calendar; `method` is what the part says that it wants.
pub(crate) fn read(text: &str, method: &str) -> Vec<Invitation> {
    let Entry::ICalendar(calendar) = Parser::new(prefix(text.trim_start(), CALENDAR_BYTES_MAX)).entry() else { return Vec::new() };
    let inside = calendar.components.first().and_then(|root| value(root, &ICalendarProperty::Method)).and_then(ICalendarValue::as_text);
    let method = clean_line(inside.unwrap_or(method), 20).to_ascii_lowercase();
    let method = if method.is_empty() { "publish".to_owned() } else { method };
    let shown = |component: &&ICalendarComponent| {
        matches!(component.component_type, ICalendarComponentType::VEvent | ICalendarComponentType::VTodo)
    };
    calendar.components.iter().filter(shown).take(EVENTS_MAX).map(|event| invitation(&calendar, event, &method)).collect()
}

fn value<'c>(component: &'c ICalendarComponent, property: &ICalendarProperty) -> Option<&'c ICalendarValue> {
    component.property(property)?.values.first()
}

fn invitation(calendar: &ICalendar, event: &ICalendarComponent, method: &str) -> Invitation {
    let text = |property: &ICalendarProperty, chars_max: usize| {
        let text = clean_line(value(event, property).and_then(ICalendarValue::as_text).unwrap_or_default(), chars_max);
        (!text.is_empty()).then_some(text)
    };
    let starts = event.property(&ICalendarProperty::Dtstart);
    let ends = event.property(&ICalendarProperty::Dtend).or_else(|| event.property(&ICalendarProperty::Due));
    Invitation {
        method: method.to_owned(),
        title: text(&ICalendarProperty::Summary, TITLE_CHARS_MAX).unwrap_or_default(),
        place: text(&ICalendarProperty::Location, TITLE_CHARS_MAX),
        organiser: event.property(&ICalendarProperty::Organizer).and_then(organiser),
        starts: starts.and_then(|entry| moment(calendar, entry)).map(Moment::text),
        ends: ends.and_then(|entry| moment(calendar, entry)).or_else(|| after(calendar, event, starts?)).map(Moment::text),
        repeats: event.is_recurrent(),
    }
}

fn organiser(entry: &ICalendarEntry) -> Option<Correspondent> {
    let name = entry.parameter(&ICalendarParameterName::Cn).and_then(|name| name.as_text()).unwrap_or_default();
    let address = entry.calendar_address()?;
    let address = address.get(..7).filter(|head| head.eq_ignore_ascii_case("mailto:")).and_then(|_| address.get(7..)).unwrap_or(address);
    let email = Mailbox::new(name, address).map(|mailbox| mailbox.email).unwrap_or_default();
    let name = clean_line(name, NAME_CHARS_MAX);
    (!name.is_empty() || !email.is_empty()).then_some(Correspondent { name, email })
}

/// A point in time, or a day when only that is known.
enum Moment {
    At(Stamp),
    Day(String),
}

impl Moment {
    fn text(self) -> String {
        match self {
            Self::At(stamp) => stamp.to_string(),
            Self::Day(day) => day,
        }
    }
}

fn moment(calendar: &ICalendar, entry: &ICalendarEntry) -> Option<Moment> {
    let date = entry.values.first()?.as_partial_date_time()?;
    let (year, month, day) = (date.year?, date.month?, date.day?);
    if !(1..=12).contains(&month) || !(1..=31).contains(&day) || !(1900..=2200).contains(&year) {
        return None;
    }
    let whole_day = || Some(Moment::Day(format!("{year:04}-{month:02}-{day:02}")));
    if date.hour.is_none() {
        return whole_day();
    }
    let zone = entry.tz_id().map_or(Zone::Unknown, |name| zone(calendar, name));
    let seconds = match zone {
        Zone::Known(zone) => date.to_date_time_with_tz(zone)?.timestamp(),
        Zone::Offset(minutes) => date.to_date_time_with_tz(Tz::UTC)?.timestamp() - i64::from(minutes) * 60,
        Zone::Unknown if date.tz_hour.is_some() => date.to_date_time_with_tz(Tz::UTC)?.timestamp(),
        // A clock on a wall that nobody names: only the day is sure.
        Zone::Unknown => return whole_day(),
    };
    Some(Moment::At(Stamp::from_micros(seconds.checked_mul(1_000_000)?)))
}

enum Zone {
    Known(Tz),
    /// Minutes east of Greenwich.
    Offset(i32),
    Unknown,
}

/// A zone by the name that the calendar gives it: of the tz database, of Windows, or what the calendar itself defines.
fn zone(calendar: &ICalendar, name: &str) -> Zone {
    if let Some(zone) = calendar.build_tz_resolver().resolve(name) {
        return Zone::Known(zone);
    }
    let id_is =
        |component: &&ICalendarComponent| value(component, &ICalendarProperty::Tzid).and_then(ICalendarValue::as_text) == Some(name);
    let Some(definition) = calendar.timezones().find(id_is) else { return Zone::Unknown };
    let rules = definition.component_ids.iter().take(10).filter_map(|id| calendar.component_by_id(*id));
    let standard = rules.filter(|rule| matches!(rule.component_type, ICalendarComponentType::Standard)).find_map(|rule| {
        let offset = value(rule, &ICalendarProperty::Tzoffsetto)?.as_partial_date_time()?;
        let minutes = i32::from(offset.tz_hour?) * 60 + i32::from(offset.tz_minute.unwrap_or(0));
        Some(if offset.tz_minus { -minutes } else { minutes })
    });
    standard.map_or(Zone::Unknown, Zone::Offset)
}

/// The end, from the beginning and how long it takes.
fn after(calendar: &ICalendar, event: &ICalendarComponent, starts: &ICalendarEntry) -> Option<Moment> {
    let ICalendarValue::Duration(duration) = value(event, &ICalendarProperty::Duration)? else { return None };
    match moment(calendar, starts)? {
        Moment::At(stamp) => {
            Some(Moment::At(Stamp::from_micros(stamp.micros().checked_add(duration.as_seconds().checked_mul(1_000_000)?)?)))
        }
        Moment::Day(_) => None,
    }
}

#[cfg(test)]
mod tests;
