//! Names and one-line texts from strangers, made safe to show, to store and to put in a header.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Longest file name kept, in bytes; what file systems and the common mail programs accept.
const FILENAME_BYTES_MAX: usize = 200;
/// Name for a file that came without a usable one.
const NAMELESS: &str = "attachment";

/// Characters that change how the text around them is shown without being seen themselves.
fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{00AD}' | '\u{034F}' | '\u{061C}' | '\u{115F}' | '\u{1160}' | '\u{180E}' | '\u{200B}'..='\u{200F}'
            | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{3164}' | '\u{FEFF}' | '\u{FFA0}'
            | '\u{FFF9}'..='\u{FFFB}' | '\u{E0000}'..='\u{E0FFF}'
    )
}

/// Whether the character could end a line in some reader.
fn is_break(c: char) -> bool {
    c.is_control() || matches!(c, '\u{2028}' | '\u{2029}')
}

/// One line of visible text: breaks and control characters become spaces, bidirectional overrides go, runs of
/// blanks collapse, letters are composed so that searching finds what Macs send decomposed, at most `chars_max` characters stay.
#[must_use]
pub fn clean_line(text: &str, chars_max: usize) -> String {
    let mut line = String::with_capacity(text.len().min(chars_max.saturating_mul(4)));
    let mut kept = 0;
    let mut gap = false;
    for c in text.nfc() {
        if is_break(c) || c.is_whitespace() {
            gap = true;
            continue;
        }
        // Joiners shape letters in some scripts and emoji; what reorders the line does not belong in one.
        if matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}') {
            continue;
        }
        let blank = usize::from(gap && kept > 0);
        if kept + blank >= chars_max {
            break;
        }
        if blank > 0 {
            line.push(' ');
            kept += 1;
        }
        gap = false;
        line.push(c);
        kept += 1;
    }
    line
}

/// A file name that is only a name: no path, no control or invisible characters, no reserved word of Windows, never
/// empty, at most 200 bytes with its extension kept. The dot check comes after invisible characters are gone
/// (CVE-2026-28289 did it before).
#[must_use]
pub fn clean_filename(name: &str) -> String {
    let visible: String = name.chars().filter(|c| !is_invisible(*c)).nfc().collect();
    let last = visible.rsplit(['/', '\\']).find(|part| !part.trim_matches(|c: char| c == '.' || c.is_whitespace()).is_empty());
    let spaced = clean_line(last.unwrap_or_default(), usize::MAX);
    let plain: String = spaced.chars().map(|c| if matches!(c, '<' | '>' | ':' | '"' | '|' | '?' | '*') { '_' } else { c }).collect();
    let trimmed = plain.trim_matches(|c: char| c == '.' || c.is_whitespace());
    if trimmed.is_empty() {
        return NAMELESS.to_owned();
    }
    let short = shorten(trimmed);
    if is_reserved(&short) { format!("_{short}") } else { short }
}

fn shorten(name: &str) -> String {
    if name.len() <= FILENAME_BYTES_MAX {
        return name.to_owned();
    }
    let (stem, extension) = match name.rsplit_once('.') {
        Some((stem, extension)) if extension.len() <= 16 => (stem, format!(".{extension}")),
        _ => (name, String::new()),
    };
    let room = FILENAME_BYTES_MAX.saturating_sub(extension.len());
    let stem = prefix(stem, room).trim_end_matches(|c: char| c == '.' || c.is_whitespace());
    format!("{stem}{extension}")
}

/// The device names of Windows, which open a device whatever the extension.
fn is_reserved(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or_default().trim_end().to_ascii_uppercase();
    match stem.as_str() {
        "CON" | "PRN" | "AUX" | "NUL" | "CONIN$" | "CONOUT$" | "CLOCK$" => true,
        other => other
            .strip_prefix("COM")
            .or_else(|| other.strip_prefix("LPT"))
            .is_some_and(|rest| matches!(rest, "0" | "1" | "2" | "3" | "4" | "5" | "6" | "7" | "8" | "9" | "¹" | "²" | "³")),
    }
}

/// The longest beginning of `text` that fits `bytes_max` and ends between characters.
#[must_use]
pub fn prefix(text: &str, bytes_max: usize) -> &str {
    let end = text.floor_char_boundary(bytes_max);
    text.get(..end).unwrap_or_default()
}

/// A text in which the signs of a `LIKE` pattern stand for themselves, behind `ESCAPE '\'`.
#[must_use]
pub fn literal(text: &str) -> String {
    text.chars().flat_map(|c| matches!(c, '%' | '_' | '\\').then_some('\\').into_iter().chain([c])).collect()
}

/// A text in lower case and without the marks of its letters, for comparing what people type: no database folds more than ASCII alike.
#[must_use]
pub fn fold(text: &str) -> String {
    text.chars().flat_map(folded).collect()
}

/// A letter in lower case and without its marks.
pub fn folded(letter: char) -> impl Iterator<Item = char> {
    let lower = letter.to_lowercase();
    lower.flat_map(|letter| match letter {
        'đ' => Plain::One(Some('d')),
        'ł' => Plain::One(Some('l')),
        'ø' => Plain::One(Some('o')),
        letter if letter.is_ascii() => Plain::One(Some(letter)),
        letter => Plain::Many(std::iter::once(letter).nfd().filter(|part| !is_combining_mark(*part)).collect::<Vec<_>>().into_iter()),
    })
}

enum Plain {
    One(Option<char>),
    Many(std::vec::IntoIter<char>),
}

impl Iterator for Plain {
    type Item = char;
    fn next(&mut self) -> Option<char> {
        match self {
            Self::One(letter) => letter.take(),
            Self::Many(letters) => letters.next(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_compared_without_case_and_marks_in_every_script() {
        assert_eq!(fold("Ēriks SIA"), "eriks sia");
        assert_eq!(fold("БАЛТИКА"), "балтика");
        assert_eq!(fold("Đặng Thị Hương"), "dang thi huong");
        assert_eq!(fold("Ştefan Łukasz"), "stefan lukasz");
        assert_eq!(literal(&fold("陈伟 100%_")), r"陈伟 100\%\_");
    }

    #[test]
    fn a_line_is_never_longer_than_it_may_be() {
        for (text, line) in [("abcd", "abc"), ("ab cd", "ab"), ("a b c", "a b"), ("  ab  ", "ab"), ("a\u{202e}bc d", "abc")] {
            assert_eq!(clean_line(text, 3), line, "{text:?}");
        }
    }

    #[test]
    fn t_a4_a_file_name_is_only_a_name() {
        let cases = [
            ("../../x", "x"),
            ("..\\..\\x.txt", "x.txt"),
            ("/etc/passwd", "passwd"),
            ("C:\\Windows\\win.ini", "win.ini"),
            ("C:evil", "C_evil"),
            ("CON", "_CON"),
            ("con.txt", "_con.txt"),
            ("lpt1.pdf", "_lpt1.pdf"),
            ("COM10", "COM10"),
            ("\u{202E}gpj.exe", "gpj.exe"),
            ("\u{200B}.htaccess", "htaccess"),
            (".\u{200B}htaccess", "htaccess"),
            ("\u{2028}x\u{2029}y", "x y"),
            ("a\r\nX-Evil: 1.txt", "a X-Evil_ 1.txt"),
            ("a\0b.txt", "a b.txt"),
            ("say \"hi\".txt", "say _hi_.txt"),
            ("", "attachment"),
            ("   ", "attachment"),
            ("..", "attachment"),
            ("../..", "attachment"),
            ("dir/", "dir"),
            ("trailing. . ", "trailing"),
            ("Bảng lương tháng 5.xlsx", "Bảng lương tháng 5.xlsx"),
            ("отчёт за квартал.docx", "отчёт за квартал.docx"),
            ("故障截图.png", "故障截图.png"),
        ];
        for (given, expected) in cases {
            assert_eq!(clean_filename(given), expected, "{given:?}");
        }
    }

    #[test]
    fn t_a4_a_name_of_4_kb_keeps_its_extension() {
        let name = clean_filename(&format!("{}.pdf", "я".repeat(4096)));
        assert!(name.len() <= FILENAME_BYTES_MAX && name.ends_with("я.pdf"), "{name}");
        assert!(clean_filename(&"x.".repeat(4096)).len() <= FILENAME_BYTES_MAX);
    }

    #[test]
    fn t_a4_composed_and_decomposed_names_are_the_same_name() {
        assert_eq!(clean_filename("re\u{301}sume\u{301}.pdf"), clean_filename("résumé.pdf"));
    }

    #[test]
    fn a_line_has_no_breaks_and_no_overrides() {
        assert_eq!(clean_line("a\r\n b\0\u{2028}c\u{202E}d\u{85}e  ", 99), "a b cd e");
        assert_eq!(clean_line("abcdef", 3), "abc");
        assert_eq!(clean_line("Ma\u{301}y in", 99), "Máy in");
        assert_eq!(clean_line("\r\n\t", 3), "");
    }
}
