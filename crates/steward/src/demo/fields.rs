//! Custom values, found in what people wrote: the ship, the quay, the booking, the invoice.

use serde_json::{Map, Value};

use super::texts::Conversation;

pub(super) const SHIP: &str = "ship";
pub(super) const QUAY: &str = "quay";
pub(super) const BOOKING: &str = "booking";
pub(super) const INVOICE: &str = "invoice";

/// The fleet with the names under which the offices write of each ship.
pub(super) const SHIPS: [(&str, &[&str]); 4] = [
    ("MS Fulmar", &["Fulmar", "Фулмар"]),
    ("MS Gannet", &["Gannet", "Ганнет"]),
    ("MS Kittiwake", &["Kittiwake", "Киттивейк"]),
    ("MS Skua", &["Skua", "Скуа", "渔鸥号"]),
];
const QUAY_BEFORE: [&str; 5] = ["quay ", "Quay ", "dana ", "cầu số ", "cầu tàu số "];
const QUAY_AFTER: [&str; 3] = [". piestātn", "号泊位", "号码头"];
const BOOKINGS: [&str; 3] = ["BW-", "GRP-", "FR-"];
const INVOICES: [&str; 2] = ["BF-", "INV-"];

/// What the conversation says of ship, quay and papers; nothing where it speaks of several ships.
pub(super) fn fields_in(story: &Conversation) -> Map<String, Value> {
    let texts: Vec<&str> = std::iter::once(story.title.as_str()).chain(story.message.iter().map(|message| message.text.as_str())).collect();
    let paper = match story.desk.as_str() {
        "care" => texts.iter().find_map(|text| reference(text, &BOOKINGS)).map(|found| (BOOKING, found)),
        "finance" => texts.iter().find_map(|text| reference(text, &INVOICES)).map(|found| (INVOICE, found)),
        _ => None,
    };
    let found = [ship(&texts).map(|name| (SHIP, name)), texts.iter().find_map(|text| quay(text)).map(|number| (QUAY, number)), paper];
    found.into_iter().flatten().map(|(key, value)| (key.to_owned(), Value::String(value))).collect()
}

fn ship(texts: &[&str]) -> Option<String> {
    let named = |names: &[&str]| texts.iter().any(|text| names.iter().any(|name| text.contains(name)));
    let mut found = SHIPS.iter().filter(|(_, names)| named(names));
    match (found.next(), found.next()) {
        (Some((name, _)), None) => Some((*name).to_owned()),
        _ => None,
    }
}

fn quay(text: &str) -> Option<String> {
    let digits = |text: &str| text.chars().take_while(char::is_ascii_digit).collect::<String>();
    let backwards = |text: &str| text.chars().rev().take_while(char::is_ascii_digit).collect::<String>().chars().rev().collect::<String>();
    let after = QUAY_BEFORE.iter().find_map(|word| text.split(word).skip(1).map(digits).find(|number| !number.is_empty()));
    after.or_else(|| {
        QUAY_AFTER.iter().find_map(|word| text.split_once(word).map(|(before, _)| backwards(before)).filter(|number| !number.is_empty()))
    })
}

/// A number with one of these beginnings and at least four digits at its end.
fn reference(text: &str, beginnings: &[&str]) -> Option<String> {
    let words = text.split(|c: char| !c.is_ascii_alphanumeric() && c != '-');
    let numbered = |word: &str| word.rsplit('-').next().is_some_and(|end| end.len() >= 4 && end.bytes().all(|c| c.is_ascii_digit()));
    words.filter(|word| beginnings.iter().any(|beginning| word.starts_with(beginning)) && numbered(word)).map(str::to_owned).next()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quay_and_a_reference_are_found_in_any_language() {
        assert_eq!(quay("we lie at quay 3, starboard").as_deref(), Some("3"));
        assert_eq!(quay("vārti 2. piestātnē").as_deref(), Some("2"));
        assert_eq!(quay("都是渔鸥号在3号泊位的").as_deref(), Some("3"));
        assert_eq!(quay("the quay is wet"), None);
        assert_eq!(reference("团号BF-INV-5531, see", &INVOICES).as_deref(), Some("BF-INV-5531"));
        assert_eq!(reference("FR-12 and GRP-3450.", &BOOKINGS).as_deref(), Some("GRP-3450"));
    }

    #[test]
    fn two_ships_in_one_conversation_are_no_value() {
        assert_eq!(ship(&["На «Фулмаре» тихо", "MS Fulmar"]).as_deref(), Some("MS Fulmar"));
        assert_eq!(ship(&["from the Skua to the Gannet"]), None);
    }
}
