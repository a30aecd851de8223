//! The few style declarations that carry meaning in a letter and cannot reach outside their box.

/// Longest style attribute that is read.
const STYLE_BYTES_MAX: usize = 4_000;

/// Properties that may stay. Nothing that positions, overlays, animates or loads.
const PROPERTIES: [&str; 68] = [
    "background",
    "background-color",
    "border",
    "border-bottom",
    "border-bottom-color",
    "border-bottom-style",
    "border-bottom-width",
    "border-collapse",
    "border-color",
    "border-left",
    "border-left-color",
    "border-left-style",
    "border-left-width",
    "border-radius",
    "border-right",
    "border-right-color",
    "border-right-style",
    "border-right-width",
    "border-spacing",
    "border-style",
    "border-top",
    "border-top-color",
    "border-top-style",
    "border-top-width",
    "border-width",
    "caption-side",
    "clear",
    "color",
    "direction",
    "display",
    "empty-cells",
    "float",
    "font-family",
    "font-size",
    "font-style",
    "font-variant",
    "font-weight",
    "height",
    "letter-spacing",
    "line-height",
    "list-style-position",
    "list-style-type",
    "margin",
    "margin-bottom",
    "margin-left",
    "margin-right",
    "margin-top",
    "max-height",
    "max-width",
    "min-width",
    "overflow-wrap",
    "padding",
    "padding-bottom",
    "padding-left",
    "padding-right",
    "padding-top",
    "table-layout",
    "text-align",
    "text-decoration",
    "text-decoration-line",
    "text-indent",
    "text-transform",
    "unicode-bidi",
    "vertical-align",
    "white-space",
    "width",
    "word-break",
    "word-wrap",
];
/// Ways of display that hide nothing and stay in their place.
const DISPLAYS: [&str; 8] = ["block", "inline", "inline-block", "list-item", "table", "table-cell", "table-row", "inline-table"];

/// The declarations that may stay, in one spelling; none when nothing is left.
pub(super) fn keep(tag: &str, style: &str) -> Option<String> {
    if style.len() > STYLE_BYTES_MAX {
        return None;
    }
    let kept: Vec<String> = style.split(';').filter_map(|text| declaration(tag, text)).collect();
    (!kept.is_empty()).then(|| kept.join(";"))
}

fn declaration(tag: &str, text: &str) -> Option<String> {
    let (property, value) = text.split_once(':')?;
    let property = property.trim().to_ascii_lowercase();
    let value = value.trim().to_ascii_lowercase().replace(['"', '\''], "");
    let value = value.trim();
    let value = value.strip_suffix("!important").unwrap_or(value).trim();
    (PROPERTIES.contains(&property.as_str()) && is_plain(value) && fits(tag, &property, value)).then(|| format!("{property}:{value}"))
}

/// Words, numbers and colours only; of functions, the colour functions only.
fn is_plain(value: &str) -> bool {
    let characters = value.chars().all(|c| c.is_ascii_alphanumeric() || "#.,%() -".contains(c));
    let functions = value.split('(').rev().skip(1).all(|before| {
        let name: String = before.chars().rev().take_while(|c| c.is_ascii_alphabetic()).collect();
        matches!(name.as_str(), "bgr" | "abgr" | "lsh" | "alsh")
    });
    !value.is_empty() && value.len() <= 200 && characters && functions && value.matches('(').count() == value.matches(')').count()
}

/// Sizes that would hide text, cover the page or leave the box are refused.
fn fits(tag: &str, property: &str, value: &str) -> bool {
    let (least, most, share) = match property {
        "color" | "background" | "background-color" | "font-family" => return true,
        // A picture that hides itself tells who reads; text that does is shown, so that a reader sees all that is searched.
        "display" => return DISPLAYS.contains(&value) || (tag == "img" && value == "none"),
        "font-size" => (6.0, 100.0, 500.0),
        "line-height" => (8.0, 150.0, 500.0),
        "font-weight" => return true,
        "width" | "max-width" | "min-width" | "height" | "max-height" => (0.0, 2_000.0, 100.0),
        "letter-spacing" => (0.0, 20.0, 0.0),
        _ if property.ends_with("color") => return true,
        _ => (0.0, 900.0, 100.0),
    };
    // What stands in brackets is a colour.
    let outside: String =
        value.split('(').map(|piece| piece.split_once(')').map_or(piece, |(_, after)| after)).collect::<Vec<_>>().join(" ");
    let mut sized = outside.split([' ', ',']).filter(|word| word.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '-' | '.')));
    sized.all(|word| match pixels(word, property == "line-height") {
        Some(Size::Pixels(pixels)) => (least..=most).contains(&pixels),
        Some(Size::Share(percent)) => (if share > 100.0 { 30.0 } else { 0.0 }..=share).contains(&percent),
        None => false,
    })
}

enum Size {
    Pixels(f64),
    Share(f64),
}

/// A length in pixels, as far as it does not depend on the window: such a one would grow with the frame that is fitted to it.
fn pixels(word: &str, by_line: bool) -> Option<Size> {
    let end = word.find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | '-'))).unwrap_or(word.len());
    let (number, unit) = word.split_at_checked(end)?;
    let number: f64 = number.parse().ok()?;
    let factor = match unit {
        "%" => return Some(Size::Share(number)),
        "" if by_line => 16.0,
        "" | "px" => 1.0,
        "pt" => 4.0 / 3.0,
        "pc" | "em" | "rem" => 16.0,
        "ex" | "ch" => 8.0,
        "in" => 96.0,
        "cm" => 37.8,
        "mm" => 3.78,
        _ => return None,
    };
    Some(Size::Pixels(number * factor))
}
