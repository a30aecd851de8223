//! What stands where somebody types, in a text that need not be a whole query yet.

use crate::parse::{continues_name, ends_word, is_name, sign_at};
use crate::{Op, Place};

/// What could be completed at a place in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spot {
    /// What is wanted there.
    pub wanted: Wanted,
    /// What has been typed of it, without a quotation mark.
    pub typed: String,
    /// What a completion replaces, up to the end of the word.
    pub place: Place,
}

/// What could stand somewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// The name of a field, or a word.
    Name,
    /// A value of a field.
    Value {
        /// The field's name, in lower case.
        field: String,
        /// How it is compared.
        op: Op,
    },
}

/// What could be completed at the character `at`, counted from 0; nothing within a phrase.
#[must_use]
pub fn spot(text: &str, at: usize) -> Option<Spot> {
    let chars: Vec<char> = text.chars().collect();
    let at = at.min(chars.len());
    let (mut start, quote) = term_before(&chars, at);
    if quote == Some(start) {
        return None;
    }
    while chars.get(start) == Some(&'-') && start < at {
        start += 1;
    }
    let name: String = chars.iter().skip(start).copied().take_while(|c| continues_name(*c)).collect();
    let behind = start + name.len();
    let sign = sign_at(|ahead| chars.get(behind + ahead).copied()).filter(|(_, width)| is_name(&name) && behind + width <= at);
    let Some((op, width)) = sign else {
        let end = end_of_word(&chars, at, false);
        return Some(Spot { wanted: Wanted::Name, typed: chars.iter().take(at).skip(start).collect(), place: Place { start, end } });
    };
    let begins = value_before(&chars, behind + width, at);
    let quoted = chars.get(begins) == Some(&'"') && begins < at;
    let end = if quoted { end_of_quote(&chars, begins + 1).max(at) } else { end_of_word(&chars, at, true) };
    let typed = chars.iter().take(at).skip(begins + usize::from(quoted)).filter(|c| **c != '"').collect();
    Some(Spot { wanted: Wanted::Value { field: name.to_ascii_lowercase(), op }, typed, place: Place { start: begins, end } })
}

/// Where the term begins in which `at` lies, and where the quotation mark is that is open there.
fn term_before(chars: &[char], at: usize) -> (usize, Option<usize>) {
    let (mut start, mut quote, mut escaped) = (0, None, false);
    for (place, c) in chars.iter().enumerate().take(at) {
        match (quote, c) {
            (Some(_), _) if escaped => escaped = false,
            (Some(_), '\\') => escaped = true,
            (Some(_), '"') => quote = None,
            (Some(_), _) => {}
            (None, '"') => quote = Some(place),
            (None, c) if ends_word(*c) => start = place + 1,
            (None, _) => {}
        }
    }
    (start, quote)
}

/// Where the value begins in which `at` lies: behind the last comma, or behind the dots of a range.
fn value_before(chars: &[char], first: usize, at: usize) -> usize {
    let (mut begins, mut inside) = (first, false);
    for place in first..at {
        match (inside, chars.get(place), chars.get(place + 1)) {
            (_, Some('"'), _) => inside = !inside,
            (false, Some(','), _) => begins = place + 1,
            (false, Some('.'), Some('.')) if place + 2 <= at => begins = place + 2,
            _ => {}
        }
    }
    begins
}

fn end_of_word(chars: &[char], at: usize, in_value: bool) -> usize {
    let goes_on = |c: char| if in_value { !(ends_word(c) || matches!(c, ',' | '.')) } else { continues_name(c) };
    at + chars.iter().skip(at).take_while(|c| goes_on(**c)).count()
}

/// Behind the quotation mark that closes; the end of the text when none does.
fn end_of_quote(chars: &[char], first: usize) -> usize {
    chars.iter().skip(first).position(|c| *c == '"').map_or(chars.len(), |length| first + length + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `|` is where the cursor stands; what would be replaced stands in brackets.
    fn told(marked: &str) -> String {
        let at = marked.chars().position(|c| c == '|').unwrap();
        let text = marked.replace('|', "");
        let Some(spot) = spot(&text, at) else { return "nothing".to_owned() };
        let replaced: String = text.chars().take(spot.place.end).skip(spot.place.start).collect();
        match spot.wanted {
            Wanted::Name => format!("name {} [{replaced}]", spot.typed),
            Wanted::Value { field, op } => format!("{field}{} {} [{replaced}]", op.sign(), spot.typed),
        }
    }

    #[test]
    fn a_word_is_completed_as_the_name_of_a_field() {
        assert_eq!(told("|"), "name  []");
        assert_eq!(told("sta|"), "name sta [sta]");
        assert_eq!(told("is:open as|sig kind:x"), "name as [assig]");
        assert_eq!(told("-(a OR -te|)"), "name te [te]");
        assert_eq!(told("te|am:network"), "name te [team]");
    }

    #[test]
    fn behind_the_sign_a_value_is_completed() {
        assert_eq!(told("team:|"), "team:  []");
        assert_eq!(told("Team:net|work is:open"), "team: net [network]");
        assert_eq!(told("created>=last|"), "created>= last [last]");
        assert_eq!(told("tag:a,b|c,d"), "tag: b [bc]");
        assert_eq!(told("created:last_week..to|"), "created: to [to]");
        assert_eq!(told("-status:o|"), "status: o [o]");
    }

    #[test]
    fn in_quotation_marks_a_value_goes_on() {
        assert_eq!(told("organisation:\"brack wa|"), "organisation: brack wa [\"brack wa]");
        assert_eq!(told("organisation:\"brack| wa\" is:open"), "organisation: brack [\"brack wa\"]");
        assert_eq!(told("tag:\"a, b\",c|"), "tag: c [c]");
    }

    #[test]
    fn a_phrase_is_left_alone() {
        assert_eq!(told("\"on fi|re\""), "nothing");
        assert_eq!(told("\"on fire\" sta|"), "name sta [sta]");
    }
}
