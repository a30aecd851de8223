//! Rich Text Format: its words, or the HTML that Outlook hid in it (MS-OXRTFEX).

use encoding_rs::{Encoding, MACINTOSH, WINDOWS_1252};

use crate::sink::Sink;
use crate::{Stop, html};

/// Deepest group whose settings are kept apart.
const GROUPS_MAX: usize = 200;

/// Groups whose contents are no words of the text.
const DESTINATIONS: [&str; 24] = [
    "fonttbl",
    "colortbl",
    "stylesheet",
    "info",
    "pict",
    "object",
    "header",
    "headerl",
    "headerr",
    "headerf",
    "footer",
    "footerl",
    "footerr",
    "footerf",
    "listtable",
    "listoverridetable",
    "generator",
    "themedata",
    "datastore",
    "latentstyles",
    "fldinst",
    "xmlnstbl",
    "rsidtbl",
    "filetbl",
];

/// A document.
pub(crate) fn text(bytes: &[u8], sink: &mut Sink<'_>) -> Result<(), Stop> {
    let found = read(bytes, &|bytes, codepage| encoding(codepage).decode_without_bom_handling(bytes).0.into_owned());
    if found.is_html { html::read(found.text.as_bytes(), sink) } else { sink.push(&found.text) }
}

/// The table of a Windows code page.
fn encoding(codepage: &str) -> &'static Encoding {
    let label = match codepage {
        "437" | "850" | "1252" => return WINDOWS_1252,
        "10000" => return MACINTOSH,
        "932" => "shift_jis".to_owned(),
        "936" => "gbk".to_owned(),
        "949" => "euc-kr".to_owned(),
        "950" => "big5".to_owned(),
        "54936" => "gb18030".to_owned(),
        "65001" => "utf-8".to_owned(),
        "866" => "ibm866".to_owned(),
        other => format!("windows-{other}"),
    };
    Encoding::for_label(label.as_bytes()).unwrap_or(WINDOWS_1252)
}

/// What was read.
pub struct Read {
    /// The words, or the HTML.
    pub text: String,
    /// Whether it is HTML.
    pub is_html: bool,
}

/// Settings of a group.
#[derive(Clone, Copy)]
struct Group {
    /// Its contents are not of the text.
    hidden: bool,
    /// It holds a piece of HTML.
    html_tag: bool,
    /// Words that only readers of RTF shall see.
    only_rtf: bool,
    /// Characters that stand for a Unicode one in old readers.
    fallback: usize,
}

struct Reader<'d> {
    decode: &'d dyn Fn(&[u8], &str) -> String,
    out: String,
    pending: Vec<u8>,
    codepage: String,
    groups: Vec<Group>,
    group: Group,
    /// Groups that are open beyond the limit.
    beyond: usize,
    skip: usize,
    is_html: bool,
    starred: bool,
    high: Option<u16>,
}

/// Reads the words of a text; `decode` knows the signs of a code page, by its number.
#[must_use]
pub fn read(rtf: &[u8], decode: &dyn Fn(&[u8], &str) -> String) -> Read {
    let group = Group { hidden: false, html_tag: false, only_rtf: false, fallback: 1 };
    let mut reader = Reader {
        decode,
        out: String::new(),
        pending: Vec::new(),
        codepage: "1252".to_owned(),
        groups: Vec::new(),
        group,
        beyond: 0,
        skip: 0,
        is_html: false,
        starred: false,
        high: None,
    };
    let mut rest = rtf;
    while let Some((&byte, tail)) = rest.split_first() {
        rest = match byte {
            b'{' => reader.open(tail),
            b'}' => reader.close(tail),
            b'\\' => reader.control(tail),
            b'\r' | b'\n' | 0 => tail,
            _ => {
                reader.byte(byte);
                tail
            }
        };
    }
    reader.flush();
    Read { text: reader.out, is_html: reader.is_html }
}

impl Reader<'_> {
    fn open<'a>(&mut self, tail: &'a [u8]) -> &'a [u8] {
        self.flush();
        if self.groups.len() < GROUPS_MAX {
            self.groups.push(self.group);
        } else {
            self.beyond += 1;
        }
        self.starred = false;
        tail
    }

    fn close<'a>(&mut self, tail: &'a [u8]) -> &'a [u8] {
        self.flush();
        if self.beyond > 0 {
            self.beyond -= 1;
        } else if let Some(group) = self.groups.pop() {
            self.group = group;
        }
        self.skip = 0;
        tail
    }

    fn visible(&self) -> bool {
        !self.group.only_rtf && (!self.group.hidden || self.group.html_tag)
    }

    fn byte(&mut self, byte: u8) {
        if self.skip > 0 {
            self.skip -= 1;
        } else if self.visible() {
            self.pending.push(byte);
        }
    }

    fn text(&mut self, text: &str) {
        self.flush();
        if self.visible() {
            self.out.push_str(text);
        }
    }

    fn flush(&mut self) {
        if !self.pending.is_empty() {
            let bytes = std::mem::take(&mut self.pending);
            let text = if bytes.is_ascii() { String::from_utf8_lossy(&bytes).into_owned() } else { (self.decode)(&bytes, &self.codepage) };
            self.out.push_str(&text);
        }
    }

    fn control<'a>(&mut self, tail: &'a [u8]) -> &'a [u8] {
        let Some((&first, after)) = tail.split_first() else { return tail };
        if !first.is_ascii_alphabetic() {
            return self.symbol(first, after);
        }
        let length = tail.iter().take(40).take_while(|byte| byte.is_ascii_alphabetic()).count();
        let (word, rest) = tail.split_at_checked(length).unwrap_or((tail, &[]));
        let digits =
            rest.iter().take(12).enumerate().take_while(|(at, byte)| byte.is_ascii_digit() || (*at == 0 && **byte == b'-')).count();
        let (number, rest) = rest.split_at_checked(digits).unwrap_or((rest, &[]));
        let number = std::str::from_utf8(number).ok().and_then(|number| number.parse::<i64>().ok());
        let rest = rest.strip_prefix(b" ").unwrap_or(rest);
        if word == b"bin" {
            // Bytes of a picture, in which a brace is no brace.
            let bytes = number.and_then(|number| usize::try_from(number).ok()).unwrap_or(0);
            return rest.get(bytes..).unwrap_or_default();
        }
        self.word(std::str::from_utf8(word).unwrap_or_default(), number);
        rest
    }

    fn symbol<'a>(&mut self, symbol: u8, after: &'a [u8]) -> &'a [u8] {
        match (symbol, after) {
            (b'\'', [high, low, rest @ ..]) => {
                let digit = |byte: u8| char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
                if let (Some(high), Some(low)) = (digit(*high), digit(*low)) {
                    self.byte(high * 16 + low);
                }
                return rest;
            }
            (b'*', _) => self.starred = true,
            (b'~', _) => self.text("\u{A0}"),
            (b'_', _) => self.text("-"),
            (b'\\' | b'{' | b'}', _) => self.byte(symbol),
            (b'\r' | b'\n', _) => self.text("\n"),
            _ => {}
        }
        after
    }

    fn word(&mut self, word: &str, number: Option<i64>) {
        let starred = std::mem::take(&mut self.starred);
        match word {
            "htmltag" | "mhtmltag" => {
                self.flush();
                (self.group.hidden, self.group.html_tag) = (true, word == "htmltag" && self.is_html);
            }
            "htmlrtf" => {
                self.flush();
                self.group.only_rtf = self.is_html && number != Some(0);
            }
            _ if starred || DESTINATIONS.contains(&word) => {
                self.flush();
                (self.group.hidden, self.group.html_tag) = (true, false);
            }
            "fromhtml" => self.is_html = number != Some(0),
            "ansicpg" => {
                self.codepage = number.filter(|number| *number > 0).map_or_else(|| self.codepage.clone(), |number| number.to_string())
            }
            "uc" => self.group.fallback = number.and_then(|number| usize::try_from(number).ok()).unwrap_or(1).min(8),
            "u" => self.unicode(number.unwrap_or(0)),
            "par" | "line" | "sect" | "page" | "row" => self.text("\n"),
            "tab" | "cell" => self.text("\t"),
            "emdash" => self.text("—"),
            "endash" => self.text("–"),
            "lquote" => self.text("‘"),
            "rquote" => self.text("’"),
            "ldblquote" => self.text("“"),
            "rdblquote" => self.text("”"),
            "bullet" => self.text("•"),
            _ => {}
        }
    }

    fn unicode(&mut self, number: i64) {
        let Ok(unit) = u16::try_from(number.rem_euclid(0x1_0000)) else { return };
        let units: Vec<u16> = self.high.take().into_iter().chain([unit]).collect();
        if (0xD800..0xDC00).contains(&unit) {
            self.high = Some(unit);
        } else {
            self.text(&String::from_utf16_lossy(&units));
        }
        self.skip = self.group.fallback;
    }
}
