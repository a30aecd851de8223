//! Whether a letter brings colours that were chosen for white paper.

use super::tree::{self, What};

/// Values of a channel up to which ink is black, and from which a ground is white, to the eye.
const INK_MAX: u32 = 0x40;
const PAPER_MIN: u32 = 0xF0;

/// Whether clean HTML has colours other than black on white, which is what mail programs write when nobody chose any.
#[must_use]
pub fn has_own_colours(clean: &str) -> bool {
    let Some(nodes) = tree::read(clean) else { return true };
    nodes.iter().any(|node| {
        let What::Element { attributes, .. } = node.what else { return false };
        if !attributes.contains("color") && !attributes.contains("background") {
            return false;
        }
        let style = node.attribute("style").unwrap_or_default();
        let mut declarations = style.split(';').filter_map(|declaration| declaration.split_once(':'));
        node.attribute("bgcolor").is_some_and(|value| !is_paper(value))
            || node.attribute("color").is_some_and(|value| !is_ink(value))
            || declarations.any(|(property, value)| match property {
                "color" => !is_ink(value),
                "background-color" | "background" => !is_paper(value),
                _ => false,
            })
    })
}

fn is_ink(value: &str) -> bool {
    matches!(value, "inherit" | "initial" | "unset" | "windowtext" | "currentcolor")
        || channels(value).is_some_and(|all| all.iter().all(|one| *one <= INK_MAX))
}

fn is_paper(value: &str) -> bool {
    matches!(value, "inherit" | "initial" | "unset" | "none" | "transparent" | "window")
        || value.starts_with("rgba(0, 0, 0, 0") && value.trim_end_matches(')').ends_with(" 0")
        || channels(value).is_some_and(|all| all.iter().all(|one| *one >= PAPER_MIN))
}

/// Red, green and blue of a colour in the forms in which mail programs write black and white.
fn channels(value: &str) -> Option<Vec<u32>> {
    let value = value.trim().to_ascii_lowercase();
    match value.as_str() {
        "black" => return Some(vec![0; 3]),
        "white" => return Some(vec![0xFF; 3]),
        _ => {}
    }
    if let Some(list) = value.strip_prefix("rgb(").or_else(|| value.strip_prefix("rgba(")).and_then(|rest| rest.strip_suffix(')')) {
        let channels: Vec<u32> = list.split([',', ' ']).filter(|one| !one.is_empty()).take(3).map_while(|one| one.parse().ok()).collect();
        return (channels.len() == 3).then_some(channels);
    }
    let digits: Vec<u32> = value.strip_prefix('#')?.chars().map(|c| c.to_digit(16)).collect::<Option<_>>()?;
    match digits.as_slice() {
        [r, g, b] => Some([r, g, b].into_iter().map(|one| one * 17).collect()),
        [_, _, _, _, _, _] => Some(digits.chunks(2).map(|pair| pair.iter().fold(0, |all, one| all * 16 + one)).collect()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn black_on_white_is_no_colour_of_its_own() {
        for html in [
            "<p>x</p>",
            "<p style=\"color:black\">x</p>",
            "<p style=\"color:rgb(0, 0, 0);background-color:rgb(255, 255, 255)\">x</p>",
            "<font color=\"#212121\">x</font>",
            "<table bgcolor=\"#FFFFFF\"><tbody><tr><td>color: red</td></tr></tbody></table>",
            "<p style=\"color:#1d1a18;background:white\">x</p>",
            "<p style=\"border-color:red\">x</p>",
        ] {
            assert!(!has_own_colours(html), "{html}");
        }
        for html in [
            "<p style=\"color:#1f497d\">x</p>",
            "<td bgcolor=\"#003366\">x</td>",
            "<div><p style=\"width:1px;background-color:#eee\">x</p></div>",
        ] {
            assert!(has_own_colours(html), "{html}");
        }
    }
}
