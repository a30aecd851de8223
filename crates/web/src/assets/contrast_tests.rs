//! Every text on every ground that it may stand on, in both themes, as WCAG 2.2 asks: 4.5:1 for text, 3:1 for marks and outlines.

use std::collections::HashMap;

use super::text_of;

type Tokens = HashMap<String, String>;

fn tokens() -> Tokens {
    let css = text_of("css/tokens.css");
    css.split(';')
        .filter_map(|line| line.rsplit_once("--").and_then(|_| line.split_once("--"))?.1.split_once(':'))
        .map(|(name, value)| (name.trim().to_owned(), value.trim().to_owned()))
        .collect()
}

/// Lightness, chroma and hue of a token in a theme (0 light, 1 dark).
fn paint(value: &str, theme: usize, tokens: &Tokens) -> [f64; 3] {
    if let Some(pair) = value.strip_prefix("light-dark(").and_then(|rest| rest.strip_suffix(')')) {
        let sides: Vec<&str> = pair.split("), ").collect();
        let side = sides[theme];
        let closed = if side.ends_with(')') { side.to_owned() } else { format!("{side})") };
        return paint(&closed, theme, tokens);
    }
    if let Some(name) = value.strip_prefix("var(--").and_then(|rest| rest.strip_suffix(')')) {
        return paint(&tokens[name], theme, tokens);
    }
    let parts = value.strip_prefix("oklch(").and_then(|rest| rest.strip_suffix(')')).unwrap_or_else(|| panic!("not a colour: {value}"));
    let numbers: Vec<f64> = parts.split(' ').map(|number| number.parse().unwrap()).collect();
    [numbers[0], numbers[1], numbers[2]]
}

/// OKLCH to linear sRGB to relative luminance.
fn luminance([lightness, chroma, hue]: [f64; 3]) -> f64 {
    let (a, b) = (chroma * hue.to_radians().cos(), chroma * hue.to_radians().sin());
    let long = (lightness + 0.396_337_777_4 * a + 0.215_803_757_3 * b).powi(3);
    let medium = (lightness - 0.105_561_345_8 * a - 0.063_854_172_8 * b).powi(3);
    let short = (lightness - 0.089_484_177_5 * a - 1.291_485_548 * b).powi(3);
    let red = (4.076_741_662_1 * long - 3.307_711_591_3 * medium + 0.230_969_929_2 * short).clamp(0.0, 1.0);
    let green = (-1.268_438_004_6 * long + 2.609_757_401_1 * medium - 0.341_319_396_5 * short).clamp(0.0, 1.0);
    let blue = (-0.004_196_086_3 * long - 0.703_418_614_7 * medium + 1.707_614_701 * short).clamp(0.0, 1.0);
    0.2126 * red + 0.7152 * green + 0.0722 * blue
}

fn ratio(front: &str, back: &str, theme: usize, tokens: &Tokens) -> f64 {
    let one = luminance(paint(&tokens[front], theme, tokens));
    let other = luminance(paint(&tokens[back], theme, tokens));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

fn text_pairs() -> Vec<(String, String)> {
    let grounds = ["canvas", "sunken", "surface", "raised", "hover", "selected", "mail-ground", "reply-ground", "note-ground"];
    let mut pairs = Vec::new();
    let mut add = |front: &str, back: &str| pairs.push((front.to_owned(), back.to_owned()));
    for ink in ["ink", "ink-soft", "ink-muted", "accent"] {
        grounds.iter().for_each(|ground| add(ink, ground));
    }
    for signal in ["positive", "caution", "negative", "info"] {
        let own = format!("{signal}-ground");
        ["surface", "raised", "sunken", "canvas", "selected", &own].iter().for_each(|ground| add(signal, ground));
        add("ink", &own);
        add("ink-muted", &own);
    }
    ["surface", "sunken", "note-ground"].iter().for_each(|ground| add("note-ink", ground));
    (1..=8).for_each(|n| add("ink", &format!("person-{n}")));
    for (front, back) in [
        ("accent", "accent-ground"),
        ("ink-soft", "accent-ground"),
        ("on-accent", "accent-solid"),
        ("on-accent", "accent-solid-hover"),
        ("on-note", "note-solid"),
        ("on-negative", "negative-solid"),
        ("on-hero", "hero"),
        ("on-hero-muted", "hero"),
        ("on-hero", "hero-shape"),
        ("on-hero-muted", "hero-shape"),
    ] {
        add(front, back);
    }
    pairs
}

#[test]
fn every_text_can_be_read_on_every_ground_in_both_themes() {
    let tokens = tokens();
    let marks = [
        ("accent-solid", "surface"),
        ("negative-solid", "surface"),
        ("positive-solid", "surface"),
        ("info-solid", "surface"),
        ("note-ink", "surface"),
        ("line-control", "surface"),
        ("focus", "surface"),
        ("focus", "canvas"),
        ("accent-solid", "selected"),
    ];
    let marks = marks.map(|(front, back)| (front.to_owned(), back.to_owned())).to_vec();
    let mut below = Vec::new();
    for (pairs, floor) in [(text_pairs(), 4.5), (marks, 3.0)] {
        for (front, back) in pairs {
            for (theme, name) in ["light", "dark"].iter().enumerate() {
                let value = ratio(&front, &back, theme, &tokens);
                if value < floor {
                    below.push(format!("{name}: {front} on {back} is {value:.2}:1, needs {floor}:1"));
                }
            }
        }
    }
    assert!(below.is_empty(), "{}", below.join("\n"));
}
