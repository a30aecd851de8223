//! The reader's language and time zone, and everything that is said in them.

use std::collections::HashMap;
use std::sync::{Arc, OnceLock};

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use jiff::tz::TimeZone;
use kernel::{Locale, Message, Names, named_in};
use rust_embed::Embed;
use unic_langid::LanguageIdentifier;

type Bundle = FluentBundle<FluentResource>;

/// What the states that a service desk drew itself are called, by their word.
pub type StatusNames = HashMap<String, Names>;

/// Speaks to one reader. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Words {
    locale: Locale,
    zone: TimeZone,
    statuses: Option<Arc<StatusNames>>,
}

impl Words {
    /// For a language and an IANA zone such as `Europe/Riga`; an unknown zone becomes UTC.
    #[must_use]
    pub fn new(locale: Locale, time_zone: &str) -> Self {
        Self { locale, zone: TimeZone::get(time_zone).unwrap_or(TimeZone::UTC), statuses: None }
    }

    /// The same words, which also know what a service desk calls its own states.
    #[must_use]
    pub fn calling(self, statuses: Arc<StatusNames>) -> Self {
        Self { statuses: Some(statuses), ..self }
    }

    /// What the service desk itself calls a state, if it gave it a name.
    #[must_use]
    pub fn own_status(&self, word: &str) -> Option<&str> {
        named_in(self.statuses.as_ref()?.get(word)?, self.locale)
    }

    /// The reader's language.
    #[must_use]
    pub const fn locale(&self) -> Locale {
        self.locale
    }

    /// The reader's time zone.
    #[must_use]
    pub const fn time_zone(&self) -> &TimeZone {
        &self.zone
    }

    /// A text without variables. Keys are always written as literals, so that a test can tell which are used.
    #[must_use]
    pub fn t(&self, key: &str) -> String {
        self.say(key, None)
    }

    /// A text with variables. Values that are whole numbers choose plural forms and are shown with the reader's grouping.
    #[must_use]
    pub fn with(&self, key: &str, args: &[(&str, &dyn ToString)]) -> String {
        let mut filled = FluentArgs::with_capacity(args.len());
        for (name, value) in args {
            filled.set((*name).to_owned(), value_of(value.to_string()));
        }
        self.say(key, Some(&filled))
    }

    /// A text as the domain handed it over.
    #[must_use]
    pub fn message(&self, message: &Message) -> String {
        if message.args.is_empty() {
            return self.t(message.key);
        }
        let mut filled = FluentArgs::with_capacity(message.args.len());
        for (name, value) in &message.args {
            filled.set(*name, value_of(value.clone()));
        }
        self.say(message.key, Some(&filled))
    }

    pub(crate) fn say(&self, key: &str, args: Option<&FluentArgs<'_>>) -> String {
        say_in(self.locale, key, args).or_else(|| say_in(Locale::En, key, args)).unwrap_or_else(|| {
            tracing::warn!(key, "no such text");
            key.to_owned()
        })
    }

    /// A whole number with the grouping of the language: 12,345 or 12 345 or 12.345.
    #[must_use]
    pub fn number(&self, n: i64) -> String {
        grouped(self.locale, n)
    }

    /// A size for people, in steps of 1000.
    #[must_use]
    pub fn bytes(&self, bytes: usize) -> String {
        const UNITS: [(u64, &str); 3] = [(1_000_000_000, "GB"), (1_000_000, "MB"), (1_000, "kB")];
        let bytes = u64::try_from(bytes).unwrap_or(u64::MAX);
        for (step, unit) in UNITS {
            if bytes >= step {
                let tenths = bytes.saturating_mul(10) / step;
                let whole = grouped(self.locale, i64::try_from(tenths / 10).unwrap_or(i64::MAX));
                return match tenths % 10 {
                    0 => format!("{whole} {unit}"),
                    _ if tenths >= 100 => format!("{whole} {unit}"),
                    tenth => format!("{whole}{}{tenth} {unit}", decimal_mark(self.locale)),
                };
            }
        }
        format!("{bytes} B")
    }
}

const fn decimal_mark(locale: Locale) -> char {
    match locale {
        Locale::En | Locale::ZhHans => '.',
        Locale::Vi | Locale::Ro | Locale::Lv | Locale::Ru => ',',
    }
}

const NO_BREAK_SPACE: char = '\u{a0}';

fn grouped(locale: Locale, n: i64) -> String {
    let digits = n.unsigned_abs().to_string();
    let (mark, least_digits) = match locale {
        Locale::En | Locale::ZhHans => (',', 4),
        Locale::Vi | Locale::Ro => ('.', 4),
        Locale::Ru => (NO_BREAK_SPACE, 4),
        Locale::Lv => (NO_BREAK_SPACE, 5),
    };
    let mut out = String::with_capacity(digits.len() + digits.len() / 3 + 1);
    if n < 0 {
        out.push('\u{2212}');
    }
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && digits.len() >= least_digits && (digits.len() - at).is_multiple_of(3) {
            out.push(mark);
        }
        out.push(digit);
    }
    out
}

/// Numbers become numbers, so that plural rules see them; a ticket number or phone such as `0142` stays text.
fn value_of<'a>(text: String) -> FluentValue<'a> {
    let is_plain = text == "0" || (!text.starts_with('0') && text.len() <= 15 && text.bytes().all(|byte| byte.is_ascii_digit()));
    match text.parse::<i64>() {
        Ok(n) if is_plain => FluentValue::from(n),
        _ => FluentValue::from(text),
    }
}

fn say_in(locale: Locale, key: &str, args: Option<&FluentArgs<'_>>) -> Option<String> {
    let bundle = bundle(locale);
    let pattern = bundle.get_message(key)?.value()?;
    let mut errors = Vec::new();
    let text = bundle.format_pattern(pattern, args, &mut errors);
    if !errors.is_empty() {
        tracing::warn!(key, locale = locale.tag(), ?errors, "a text lacks a variable");
    }
    Some(text.into_owned())
}

/// The catalogues: a folder a language, in it a file for each part of the program, with the same names in each folder.
#[derive(Embed)]
#[folder = "$CARGO_MANIFEST_DIR/locales"]
struct Catalogues;

/// All texts of a language.
fn catalogue(locale: Locale) -> String {
    let folder = format!("{}/", locale.tag());
    let mut names: Vec<_> = Catalogues::iter().filter(|name| name.starts_with(&folder)).collect();
    names.sort();
    let texts = names.iter().filter_map(|name| Catalogues::get(name));
    texts.map(|file| String::from_utf8_lossy(&file.data).into_owned()).collect::<Vec<_>>().join("\n")
}

fn bundle(locale: Locale) -> &'static Bundle {
    macro_rules! kept {
        () => {{
            static BUNDLE: OnceLock<Bundle> = OnceLock::new();
            BUNDLE.get_or_init(|| read(locale, &catalogue(locale)))
        }};
    }
    match locale {
        Locale::En => kept!(),
        Locale::Vi => kept!(),
        Locale::Ro => kept!(),
        Locale::Lv => kept!(),
        Locale::Ru => kept!(),
        Locale::ZhHans => kept!(),
    }
}

fn read(locale: Locale, source: &str) -> Bundle {
    let language: LanguageIdentifier = locale.tag().parse().unwrap_or_default();
    let mut bundle = Bundle::new_concurrent(vec![language]);
    // The marks would end up in plain-text mail and in titles; our texts run in one direction only.
    bundle.set_use_isolating(false);
    bundle.set_formatter(Some(match locale {
        Locale::En | Locale::ZhHans => western::<_>,
        Locale::Vi | Locale::Ro => dotted::<_>,
        Locale::Lv => latvian::<_>,
        Locale::Ru => spaced::<_>,
    }));
    // What can be read is kept; a test refuses catalogues that cannot be read whole.
    let resource = FluentResource::try_new(source.to_owned()).unwrap_or_else(|(readable, _)| readable);
    let _ = bundle.add_resource(resource);
    bundle
}

fn western<M>(value: &FluentValue<'_>, _: &M) -> Option<String> {
    number_text(Locale::En, value)
}
fn dotted<M>(value: &FluentValue<'_>, _: &M) -> Option<String> {
    number_text(Locale::Ro, value)
}
fn latvian<M>(value: &FluentValue<'_>, _: &M) -> Option<String> {
    number_text(Locale::Lv, value)
}
fn spaced<M>(value: &FluentValue<'_>, _: &M) -> Option<String> {
    number_text(Locale::Ru, value)
}

fn number_text(locale: Locale, value: &FluentValue<'_>) -> Option<String> {
    let FluentValue::Number(number) = value else {
        return None;
    };
    let whole: i64 = number.as_string().parse().ok()?;
    Some(grouped(locale, whole))
}

#[cfg(test)]
mod catalogue_tests;
#[cfg(test)]
mod tests;
