//! Bytes as Unicode: the charset that a mail names, the one that it means, and the one that it should have named.
//!
//! The tables are those of `encoding_rs`, the guess for bytes without a label is that of `chardetng` (both Mozilla's);
//! here is only what mail adds: the aliases that programs invented, and the labels that lie.

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{
    BIG5, EUC_KR, Encoding, GB18030, ISO_2022_JP, KOI8_R, KOI8_U, MACINTOSH, REPLACEMENT, SHIFT_JIS, UTF_8, UTF_16BE, UTF_16LE,
    WINDOWS_874, WINDOWS_1252, X_MAC_CYRILLIC, X_USER_DEFINED,
};
use mail_parser::decoders::charsets::map::charset_decoder;

/// As many bytes as a guess looks at; more does not change it.
const GUESSED_FROM_BYTES_MAX: usize = 32 * 1024;
/// Longest name of a charset that is looked up.
const NAME_BYTES_MAX: usize = 60;

/// What a label stands for.
#[derive(Clone, Copy)]
enum Label {
    /// Nothing was said, or something that says nothing.
    Unsaid,
    /// UTF-8, ASCII and what is written for them.
    Utf8,
    Utf7,
    Utf16,
    Utf32,
    Iso2022Kr,
    Iso2022Cn,
    Hz,
    /// A table.
    Table(&'static Encoding),
    /// A table that only `mail-parser` has.
    Other(fn(&[u8]) -> String),
    /// A word that nobody knows.
    Unknown,
}

/// Text, and whether the label was followed.
pub(crate) struct Decoded<'b> {
    /// The text.
    pub text: Cow<'b, str>,
    /// What was wrong with the label, if something was.
    pub defect: Option<&'static str>,
}

/// The text of `bytes` that were sent as `declared`; `hint` is what the rest of the message uses.
pub(crate) fn decode<'b>(bytes: &'b [u8], declared: Option<&str>, hint: Option<&str>) -> Decoded<'b> {
    let label = declared.map_or(Label::Unsaid, label);
    if let Some(text) = marked(bytes, label) {
        return Decoded { text, defect: None };
    }
    match label {
        Label::Utf7 => whole(utf7(bytes)),
        Label::Utf16 | Label::Utf32 => wide(bytes, label, declared.unwrap_or_default()),
        Label::Iso2022Kr => whole(shifted(bytes, EUC_KR)),
        Label::Iso2022Cn => whole(shifted(bytes, GB18030)),
        Label::Hz => whole(hz(bytes)),
        Label::Table(encoding) if encoding == ISO_2022_JP => whole(ISO_2022_JP.decode_without_bom_handling(bytes).0.into_owned()),
        _ => narrow(bytes, label, hint),
    }
}

fn whole(text: String) -> Decoded<'static> {
    Decoded { text: Cow::Owned(text), defect: None }
}

/// Charsets whose ASCII is ASCII.
fn narrow<'b>(bytes: &'b [u8], label: Label, hint: Option<&str>) -> Decoded<'b> {
    if let Ok(text) = std::str::from_utf8(bytes) {
        // What is sound UTF-8 beyond ASCII is UTF-8, whatever the label; two-byte charsets need more of it to be sure.
        let multibyte = text.len() - text.chars().count();
        let sure = match label {
            Label::Table(encoding) if !encoding.is_single_byte() => multibyte >= 6,
            Label::Table(_) => multibyte > 0,
            Label::Other(_) => false,
            _ => true,
        };
        if text.is_ascii() || sure {
            let lied = matches!(label, Label::Table(_)) && !text.is_ascii();
            let defect = if matches!(label, Label::Unknown) {
                Some("unknown charset")
            } else {
                lied.then_some("charset differs from the one named")
            };
            return Decoded { text: Cow::Borrowed(text), defect };
        }
    }
    match label {
        Label::Table(encoding) => table(bytes, encoding),
        Label::Other(decode) => whole(decode(bytes)),
        Label::Utf8 | Label::Unsaid | Label::Unknown if is_mostly_utf8(bytes) => {
            Decoded { text: String::from_utf8_lossy(bytes), defect: Some("characters that are not of the charset named") }
        }
        Label::Utf8 | Label::Unknown => {
            let defect = if matches!(label, Label::Utf8) { "charset differs from the one named" } else { "unknown charset" };
            Decoded { text: Cow::Owned(guessed(bytes, hint)), defect: Some(defect) }
        }
        _ => Decoded { text: Cow::Owned(guessed(bytes, hint)), defect: Some("characters without a charset") },
    }
}

fn table<'b>(bytes: &'b [u8], encoding: &'static Encoding) -> Decoded<'b> {
    if encoding == WINDOWS_1252
        && is_hardly_latin(bytes)
        && let Some(better) = guess(bytes).filter(|guess| is_far_from_latin(guess))
    {
        return Decoded {
            text: Cow::Owned(better.decode_without_bom_handling(bytes).0.into_owned()),
            defect: Some("charset differs from the one named"),
        };
    }
    let (text, malformed) = encoding.decode_without_bom_handling(bytes);
    let defect = malformed.then_some("characters that are not of the charset named");
    Decoded { text, defect }
}

/// A text that is nearly all beyond ASCII is not in a language that Latin-1 was made for.
fn is_hardly_latin(bytes: &[u8]) -> bool {
    let looked_at = bytes.get(..bytes.len().min(GUESSED_FROM_BYTES_MAX)).unwrap_or_default();
    let high = looked_at.iter().filter(|byte| **byte >= 0xA0).count();
    let letters = looked_at.iter().filter(|byte| byte.is_ascii_alphabetic()).count();
    high >= 12 && high > letters.saturating_mul(3)
}

fn is_far_from_latin(encoding: &'static Encoding) -> bool {
    !encoding.is_single_byte()
        || matches!(encoding.name(), "windows-1251" | "KOI8-U" | "KOI8-R" | "IBM866" | "ISO-8859-5" | "windows-1253" | "windows-874")
}

/// Few broken places among many sound ones: a cut line or a mangled byte, not another charset.
fn is_mostly_utf8(bytes: &[u8]) -> bool {
    let (mut sound, mut broken) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        sound += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    sound > broken.saturating_mul(2)
}

/// The charset of bytes that nobody named, from their statistics.
fn guess(bytes: &[u8]) -> Option<&'static Encoding> {
    let looked_at = bytes.get(..bytes.len().min(GUESSED_FROM_BYTES_MAX)).unwrap_or_default();
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    detector.feed(looked_at, true);
    let guess = detector.guess(None, Utf8Detection::Deny);
    (guess != REPLACEMENT).then_some(guess)
}

fn guessed(bytes: &[u8], hint: Option<&str>) -> String {
    let hinted = hint.map(label).and_then(|label| match label {
        Label::Table(encoding) if encoding != WINDOWS_1252 => Some(encoding),
        _ => None,
    });
    if let Some((text, false)) = hinted.map(|encoding| encoding.decode_without_bom_handling(bytes)) {
        return text.into_owned();
    }
    guess(bytes).unwrap_or(WINDOWS_1252).decode_without_bom_handling(bytes).0.into_owned()
}

/// What a byte-order mark says goes before what the label says.
fn marked<'b>(bytes: &'b [u8], label: Label) -> Option<Cow<'b, str>> {
    if let [0xFF, 0xFE, 0, 0, ..] | [0, 0, 0xFE, 0xFF, ..] = bytes {
        return matches!(label, Label::Utf32 | Label::Unsaid | Label::Utf8).then(|| Cow::Owned(utf32(bytes, "")));
    }
    let (encoding, length) = Encoding::for_bom(bytes)?;
    let rest = bytes.get(length..)?;
    let fits = encoding == UTF_8 || matches!(label, Label::Utf16 | Label::Unsaid | Label::Utf8 | Label::Unknown);
    let even = encoding == UTF_8 || (rest.len().is_multiple_of(2) && rest.len() >= 4) || matches!(label, Label::Utf16);
    if !fits || !even {
        return None;
    }
    let (text, malformed) = encoding.decode_without_bom_handling(rest);
    (!malformed || matches!(label, Label::Utf16)).then_some(text)
}

/// UTF-16 and UTF-32 with the order of their bytes; what is sent under these names is often neither.
fn wide<'b>(bytes: &'b [u8], label: Label, name: &str) -> Decoded<'b> {
    let zeros = bytes.iter().filter(|byte| **byte == 0).count();
    if zeros == 0 && std::str::from_utf8(bytes).is_ok_and(|text| text.is_ascii() || bytes.len() - text.chars().count() > 6) {
        return Decoded { text: String::from_utf8_lossy(bytes), defect: Some("charset differs from the one named") };
    }
    let name = name.to_ascii_lowercase();
    if matches!(label, Label::Utf32) {
        return whole(utf32(bytes, &name));
    }
    let even_zeros = bytes.iter().step_by(2).filter(|byte| **byte == 0).count();
    let encoding = match () {
        () if name.ends_with("le") => UTF_16LE,
        () if name.ends_with("be") => UTF_16BE,
        // Without a mark the standard says big-endian and the programs say little-endian: the zeros know.
        () if even_zeros.saturating_mul(2) > zeros => UTF_16BE,
        () => UTF_16LE,
    };
    let (text, malformed) = encoding.decode_without_bom_handling(bytes);
    Decoded { text, defect: malformed.then_some("characters that are not of the charset named") }
}

fn utf32(bytes: &[u8], name: &str) -> String {
    let little = name.ends_with("le") || bytes.starts_with(&[0xFF, 0xFE, 0, 0]);
    let character = |quad: &[u8]| {
        let quad: [u8; 4] = quad.try_into().ok()?;
        char::from_u32(if little { u32::from_le_bytes(quad) } else { u32::from_be_bytes(quad) })
    };
    let mut text = String::with_capacity(bytes.len() / 4);
    let mut broken = false;
    for quad in bytes.chunks(4) {
        match character(quad) {
            Some(c) => text.push(c),
            // Garbage is said once, not a quarter of a million times.
            None if !broken => text.push(char::REPLACEMENT_CHARACTER),
            None => {}
        }
        broken = character(quad).is_none();
    }
    text
}

/// UTF-7 (RFC 2152): UTF-16 in base64 between `+` and the first character that is none of base64; only a `-` there is
/// swallowed.
fn utf7(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len());
    let mut rest = bytes;
    while let Some((&byte, tail)) = rest.split_first() {
        rest = tail;
        match (byte, tail) {
            (b'+', [b'-', after @ ..]) => {
                text.push('+');
                rest = after;
            }
            (b'+', _) => {
                let end = tail.iter().position(|byte| !is_base64(*byte)).unwrap_or(tail.len());
                let (run, after) = tail.split_at(end);
                text.push_str(&utf16_in_base64(run));
                rest = after.strip_prefix(b"-").unwrap_or(after);
            }
            _ if byte.is_ascii() => text.push(char::from(byte)),
            _ => text.push(char::REPLACEMENT_CHARACTER),
        }
    }
    text
}

const fn is_base64(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/')
}

fn utf16_in_base64(run: &[u8]) -> String {
    let mut units: Vec<u16> = Vec::with_capacity(run.len() / 2);
    let (mut bits, mut count) = (0_u32, 0_u32);
    for byte in run {
        let value = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' => 62,
            _ => 63,
        };
        bits = ((bits << 6) | u32::from(value)) & 0x3F_FFFF;
        count += 6;
        if count >= 16 {
            count -= 16;
            units.extend(u16::try_from((bits >> count) & 0xFFFF));
        }
    }
    String::from_utf16_lossy(&units)
}

/// ISO-2022-KR and the Chinese form of it: between shift-out and shift-in the bytes of the table lack their high bit.
fn shifted(bytes: &[u8], encoding: &'static Encoding) -> String {
    let mut plain = Vec::with_capacity(bytes.len());
    let mut out = false;
    let mut rest = bytes;
    while let Some((&byte, tail)) = rest.split_first() {
        rest = match (byte, tail) {
            // The designations, ESC $ ) C and its like.
            (0x1B, [b'$', b')' | b'*' | b'+', _, after @ ..]) => after,
            _ => tail,
        };
        match byte {
            0x0E => out = true,
            0x0F => out = false,
            0x1B => {}
            b'\n' => {
                out = false;
                plain.push(byte);
            }
            _ => plain.push(if out && byte > 0x20 { byte | 0x80 } else { byte }),
        }
    }
    encoding.decode_without_bom_handling(&plain).0.into_owned()
}

/// HZ (RFC 1843): `~{` and `~}` around GB 2312 without its high bits.
fn hz(bytes: &[u8]) -> String {
    let mut plain = Vec::with_capacity(bytes.len());
    let mut chinese = false;
    let mut rest = bytes;
    while let Some((&byte, tail)) = rest.split_first() {
        rest = tail;
        match (byte, tail) {
            (b'~', [b'{', after @ ..]) => (chinese, rest) = (true, after),
            (b'~', [b'}', after @ ..]) => (chinese, rest) = (false, after),
            (b'~', [b'~', after @ ..]) if !chinese => {
                plain.push(b'~');
                rest = after;
            }
            (b'\n', _) => {
                chinese = false;
                plain.push(byte);
            }
            _ => plain.push(if chinese && byte > 0x20 { byte | 0x80 } else { byte }),
        }
    }
    GB18030.decode_without_bom_handling(&plain).0.into_owned()
}

/// Names reduced to letters and digits, with what they stand for beyond the registry's own names.
const ALIASES: [(&str, &Encoding); 52] = [
    ("gb18030", GB18030),
    ("gb180302000", GB18030),
    ("gb180302005", GB18030),
    ("gbk2312", GB18030),
    ("gb2312", GB18030),
    ("gb231280", GB18030),
    ("gb2312charset", GB18030),
    ("gbk", GB18030),
    ("gb", GB18030),
    ("xgbk", GB18030),
    ("chinese", GB18030),
    ("csgb2312", GB18030),
    ("euccn", GB18030),
    ("xeuccn", GB18030),
    ("eucgb2312cn", GB18030),
    ("zhcngb18030", GB18030),
    ("big5hkscs", BIG5),
    ("big5eten", BIG5),
    ("euctw", BIG5),
    ("kscs", EUC_KR),
    ("ksc56011987", EUC_KR),
    ("ksc56011989", EUC_KR),
    ("ksc5601", EUC_KR),
    ("xksc5601", EUC_KR),
    ("ks56011987", EUC_KR),
    ("uhc", EUC_KR),
    ("koreanksc5601", EUC_KR),
    ("xeuckr", EUC_KR),
    ("iso2022jp", ISO_2022_JP),
    ("iso2022jp1", ISO_2022_JP),
    ("iso2022jp2", ISO_2022_JP),
    ("iso2022jp3", ISO_2022_JP),
    ("iso2022jp2004", ISO_2022_JP),
    ("iso2022jpms", ISO_2022_JP),
    ("csiso2022jp", ISO_2022_JP),
    ("jis7", ISO_2022_JP),
    ("xjis", SHIFT_JIS),
    ("shiftjis", SHIFT_JIS),
    ("shiftjisx0213", SHIFT_JIS),
    ("koi8", KOI8_R),
    ("koi8r", KOI8_R),
    ("koi7", KOI8_R),
    ("koi8u", KOI8_U),
    ("koi8ru", KOI8_U),
    ("tis620", WINDOWS_874),
    ("tis6202533", WINDOWS_874),
    ("thai", WINDOWS_874),
    ("iso885911", WINDOWS_874),
    ("macroman", MACINTOSH),
    ("applemacintosh", MACINTOSH),
    ("maccyrillic", X_MAC_CYRILLIC),
    ("macukrainian", X_MAC_CYRILLIC),
];

fn label(name: &str) -> Label {
    // `charset=3D"utf-8"` is a label that itself was left encoded; `_iso-2022-jp$ESC` is one of Outlook's.
    let name = name.trim().trim_start_matches("3D").trim_matches(|c: char| !c.is_ascii_alphanumeric());
    let name = name.split(['$', '*', ';', ',', ' ']).next().unwrap_or_default();
    if name.len() > NAME_BYTES_MAX {
        return Label::Unknown;
    }
    let bare: String = name.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect();
    let unicode = bare.strip_prefix('x').unwrap_or(&bare).trim_start_matches("unicode11").trim_start_matches("unicode20");
    let unicode = unicode.strip_prefix("cs").unwrap_or(unicode);
    match unicode {
        "" | "unknown" | "unknown8bit" | "default" | "none" | "binary" | "8bit" | "ansi" | "userdefined" | "iso8859" | "charset"
        | "auto" => {
            return Label::Unsaid;
        }
        _ if unicode.starts_with("utf8") => return Label::Utf8,
        _ if unicode.starts_with("utf7") => return Label::Utf7,
        _ if unicode.starts_with("utf16") || unicode.starts_with("ucs2") || unicode == "unicode" => return Label::Utf16,
        _ if unicode.starts_with("utf32") || unicode.starts_with("ucs4") => return Label::Utf32,
        _ if unicode.starts_with("iso2022kr") => return Label::Iso2022Kr,
        _ if unicode.starts_with("iso2022cn") => return Label::Iso2022Cn,
        "hzgb2312" | "hz" => return Label::Hz,
        _ if unicode.contains("ascii")
            || unicode.starts_with("ansix34")
            || matches!(unicode, "us" | "646" | "iso646us" | "cp367" | "ibm367") =>
        {
            return Label::Unsaid;
        }
        _ => {}
    }
    let plain = bare.strip_prefix('x').unwrap_or(&bare);
    if let Some((_, encoding)) = ALIASES.iter().find(|(alias, _)| *alias == plain || *alias == bare) {
        return Label::Table(encoding);
    }
    if let Some(encoding) = Encoding::for_label(name.as_bytes())
        .or_else(|| numbered(&bare))
        .filter(|found| !matches!(*found, e if e == REPLACEMENT || e == X_USER_DEFINED))
    {
        return Label::Table(encoding);
    }
    charset_decoder(name.as_bytes()).map_or(Label::Unknown, Label::Other)
}

/// `cp-1251`, `win1251`, `ms-ansi-1251`, `8859_15`, `latin-2`, `936`: the number is what is meant.
fn numbered(bare: &str) -> Option<&'static Encoding> {
    let at = bare.find(|c: char| c.is_ascii_digit())?;
    let (word, digits) = bare.split_at_checked(at)?;
    let known = matches!(
        word,
        "" | "cp"
            | "win"
            | "windows"
            | "xwindows"
            | "xcp"
            | "ansi"
            | "ms"
            | "msansi"
            | "microsoftcp"
            | "ibm"
            | "iso"
            | "latin"
            | "isolatin"
            | "l"
            | "codepage"
            | "dos"
            | "oem"
    );
    if !known || digits.len() > 7 || !digits.chars().all(|c| c.is_ascii_digit()) {
        return None;
    }
    let registered = match digits {
        "936" | "54936" => return Some(GB18030),
        "949" => return Some(EUC_KR),
        "950" => return Some(BIG5),
        "932" => return Some(SHIFT_JIS),
        "874" => return Some(WINDOWS_874),
        "866" => "ibm866".to_owned(),
        "65001" => return Some(UTF_8),
        "1250" | "1251" | "1252" | "1253" | "1254" | "1255" | "1256" | "1257" | "1258" => format!("windows-{digits}"),
        // Latin alphabets are not numbered as their parts are.
        "1" | "2" | "3" | "4" | "5" | "6" if matches!(word, "latin" | "isolatin" | "l") => format!("latin{digits}"),
        "9" if matches!(word, "latin" | "isolatin" | "l") => "iso-8859-15".to_owned(),
        "10" if matches!(word, "latin" | "isolatin" | "l") => "iso-8859-16".to_owned(),
        _ => format!("iso-8859-{}", digits.strip_prefix("8859")?),
    };
    Encoding::for_label(registered.as_bytes())
}

#[cfg(test)]
mod tests;
