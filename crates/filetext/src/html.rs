//! HTML as the words that its reader would see: its tokens alone, without a tree that could be made deep.

use std::borrow::Cow;
use std::cell::{Cell, RefCell};

use encoding_rs::Encoding;
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts};

use crate::Stop;
use crate::plain::{decoded, within};
use crate::sink::Sink;

/// HTML has more markup than words.
const BYTES_MAX: usize = 4 * 1024 * 1024;
/// As far as the HTML standard looks for the name of the charset.
const CHARSET_WITHIN: usize = 1024;
/// So much is read between two looks whether that is enough.
const PIECE_BYTES: usize = 64 * 1024;

/// HTML without its markup.
pub(crate) fn read(bytes: &[u8], sink: &mut Sink<'_>) -> Result<(), Stop> {
    let (head, all) = within(bytes, BYTES_MAX);
    let html = decoded(head, named_charset(head));
    let tokenizer = Tokenizer::new(Words::default(), TokenizerOpts::default());
    let input = BufferQueue::default();
    let mut rest = html.as_ref();
    while !rest.is_empty() {
        let (piece, behind) = rest.split_at(rest.floor_char_boundary(PIECE_BYTES));
        rest = behind;
        input.push_back(StrTendril::from(piece));
        // It comes to a halt behind each script, as if somebody would run it.
        while !input.is_empty() {
            drop(tokenizer.feed(&input));
        }
        sink.push(&tokenizer.sink.found.take())?;
    }
    tokenizer.end();
    sink.push(&tokenizer.sink.found.take())?;
    if all { Ok(()) } else { Err(Stop::Enough) }
}

/// `<meta charset=...>`.
fn named_charset(bytes: &[u8]) -> Option<&'static Encoding> {
    let head: Cow<'_, str> = String::from_utf8_lossy(within(bytes, CHARSET_WITHIN).0);
    let head = head.to_ascii_lowercase();
    let (_, rest) = head.split_once("charset=")?;
    let label = rest.trim_start_matches(['"', '\'', ' ']);
    let label = label.split(|c: char| !c.is_ascii_alphanumeric() && !matches!(c, '-' | '_')).next()?;
    Encoding::for_label(label.as_bytes())
}

#[derive(Default)]
struct Words {
    found: RefCell<String>,
    /// Within what is for programs.
    hidden: Cell<bool>,
}

/// Elements within a line; every other one parts words.
const WITHIN_WORDS: [&str; 22] = [
    "a", "abbr", "b", "bdi", "bdo", "big", "cite", "code", "del", "em", "font", "i", "ins", "kbd", "mark", "s", "small", "span", "strong",
    "sub", "sup", "u",
];

impl TokenSink for Words {
    type Handle = ();

    fn process_token(&self, token: Token, _: u64) -> TokenSinkResult<()> {
        match token {
            Token::CharacterTokens(text) if !self.hidden.get() => self.found.borrow_mut().push_str(&text),
            Token::TagToken(tag) => return self.tag(&tag),
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

impl Words {
    fn tag(&self, tag: &Tag) -> TokenSinkResult<()> {
        if !WITHIN_WORDS.contains(&&*tag.name) {
            self.found.borrow_mut().push('\n');
        }
        // Nothing but its own end is a tag in there.
        self.hidden.set(false);
        if tag.kind == TagKind::StartTag && !tag.self_closing {
            match &*tag.name {
                "script" | "style" | "noscript" | "iframe" => {
                    self.hidden.set(true);
                    return TokenSinkResult::RawData(RawKind::Rawtext);
                }
                "textarea" | "title" => return TokenSinkResult::RawData(RawKind::Rcdata),
                _ => {}
            }
        }
        TokenSinkResult::Continue
    }
}
