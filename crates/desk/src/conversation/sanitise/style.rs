//! The few style declarations that carry meaning in a letter and cannot reach outside their box.

/// Longest style attribute that is read.
const STYLE_BYTES_MAX: usize = 2_000;

/// Properties that may stay. Nothing that positions, hides, overlays, animates or loads.
const PROPERTIES: [&str; 34] = [
    "background-color",
    "border",
    "border-bottom",
    "border-bottom-color",
    "border-bottom-style",
    "border-bottom-width",
    "border-collapse",
    "border-color",
    "border-left",
    "border-right",
    "border-spacing",
    "border-style",
    "border-top",
    "border-width",
    "color",
    "direction",
    "font-size",
    "font-style",
    "font-variant",
    "font-weight",
    "height",
    "line-height",
    "list-style-type",
    "margin-left",
    "max-width",
    "padding",
    "padding-left",
    "text-align",
    "text-decoration",
    "text-indent",
    "text-transform",
    "vertical-align",
    "white-space",
    "width",
];

/// The declarations that may stay, in one spelling; none when nothing is left.
pub(super) fn keep(style: &str) -> Option<String> {
    if style.len() > STYLE_BYTES_MAX {
        return None;
    }
    let kept: Vec<String> = style.split(';').filter_map(declaration).collect();
    (!kept.is_empty()).then(|| kept.join(";"))
}

fn declaration(text: &str) -> Option<String> {
    let (property, value) = text.split_once(':')?;
    let property = property.trim().to_ascii_lowercase();
    let value = value.trim().to_ascii_lowercase();
    let value = value.strip_suffix("!important").unwrap_or(&value).trim();
    (PROPERTIES.contains(&property.as_str()) && is_plain(value) && fits(&property, value)).then(|| format!("{property}:{value}"))
}

/// Words, numbers and colours only; of functions, the colour functions only.
fn is_plain(value: &str) -> bool {
    let characters = value.chars().all(|c| c.is_ascii_alphanumeric() || "#.,%() -".contains(c));
    let functions = value.split('(').rev().skip(1).all(|before| {
        let name: String = before.chars().rev().take_while(|c| c.is_ascii_alphabetic()).collect();
        matches!(name.as_str(), "bgr" | "abgr" | "lsh" | "alsh")
    });
    !value.is_empty() && value.len() <= 100 && characters && functions && value.matches('(').count() == value.matches(')').count()
}

/// Numbers that would hide text, cover the page or leave the box are refused.
fn fits(property: &str, value: &str) -> bool {
    let numbers = value.split(|c: char| !(c.is_ascii_digit() || c == '.' || c == '-')).filter_map(|number| number.parse::<f64>().ok());
    let (least, most) = match property {
        "font-size" => (0.5, 200.0),
        "line-height" => (0.5, 300.0),
        "color" | "background-color" | "border-color" => return true,
        "width" | "max-width" | "height" => (0.0, 2_000.0),
        _ => (0.0, 900.0),
    };
    numbers.into_iter().all(|number| (least..=most).contains(&number)) && !(property == "font-size" && value.contains("vw"))
}
