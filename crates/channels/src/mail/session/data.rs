//! The content of a message as it comes over the wire: dots undone, the end found, the size watched.

/// Where the last byte left us.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum At {
    /// After CRLF, or at the very beginning.
    LineStart,
    /// After CRLF and a dot.
    Dot,
    /// After CRLF, a dot and CR.
    DotCr,
    /// After CR.
    Cr,
    /// Within a line.
    Line,
    /// After a bare LF, which other servers may take for the end of a line.
    LooseStart,
    /// After a bare LF or CR and a dot.
    LooseDot,
    /// After the final CRLF.
    End,
}

/// What was read.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Content {
    /// The message, its last CRLF included.
    Whole(Vec<u8>),
    /// It ended, and was larger than allowed.
    TooLarge,
    /// It ended, and was let go before, because memory ran short.
    Crowded,
    /// It ended, and holds what another server may take for an earlier end.
    Smuggling,
    /// It does not end within twice the allowed size.
    Flood,
    /// Nothing more came in time.
    Stalled,
    /// The other side went away.
    Gone,
}

/// Takes bytes until `<CRLF>.<CRLF>`. A bare CR or LF is content: it neither ends a line nor makes a dot special. A dot alone
/// between ends of which one is bare is noted: who writes that means it for a server that reads it otherwise than ours.
pub(super) struct Unstuffer {
    at: At,
    raw: Vec<u8>,
    kept: usize,
    seen: usize,
    bytes_max: usize,
    ambiguous: bool,
    let_go: bool,
}

impl Unstuffer {
    pub(super) fn new(bytes_max: usize) -> Self {
        Self { at: At::LineStart, raw: Vec::new(), kept: 0, seen: 0, bytes_max, ambiguous: false, let_go: false }
    }

    /// Takes bytes up to the end of the message, and says how many were used.
    pub(super) fn feed(&mut self, bytes: &[u8]) -> usize {
        let mut used = 0;
        for byte in bytes {
            used += 1;
            self.step(*byte);
            if self.at == At::End {
                break;
            }
        }
        self.seen = self.seen.saturating_add(used);
        used
    }

    /// How much memory it takes.
    pub(super) fn bytes_held(&self) -> usize {
        self.raw.capacity()
    }

    /// Keeps nothing from here on; the end is still looked for.
    pub(super) fn let_go(&mut self) {
        self.let_go = true;
        self.raw = Vec::new();
    }

    /// The message once it has ended, or is beyond all measure.
    pub(super) fn outcome(&mut self) -> Option<Content> {
        if self.at != At::End {
            return (self.seen > self.bytes_max.saturating_mul(2).saturating_add(1024)).then_some(Content::Flood);
        }
        Some(match () {
            () if self.kept > self.bytes_max => Content::TooLarge,
            () if self.ambiguous => Content::Smuggling,
            () if self.let_go => Content::Crowded,
            () => Content::Whole(std::mem::take(&mut self.raw)),
        })
    }

    fn step(&mut self, byte: u8) {
        let ends = matches!(byte, b'\r' | b'\n');
        self.ambiguous |= match self.at {
            At::LooseDot => ends,
            At::Dot => byte == b'\n',
            At::DotCr => byte != b'\n',
            _ => false,
        };
        self.at = match (self.at, byte) {
            (At::LineStart, b'.') => At::Dot,
            (At::Dot, b'\r') => At::DotCr,
            (At::DotCr, b'\n') => At::End,
            (At::Cr, b'\n') => self.keep(byte, At::LineStart),
            (At::DotCr, _) => {
                self.keep(b'\r', At::Cr);
                self.within(At::Cr, byte)
            }
            (at, _) => self.within(at, byte),
        };
    }

    /// A byte that is content.
    fn within(&mut self, at: At, byte: u8) -> At {
        let next = match (at, byte) {
            (_, b'\r') => At::Cr,
            (_, b'\n') => At::LooseStart,
            (At::LooseStart | At::Cr, b'.') => At::LooseDot,
            _ => At::Line,
        };
        self.keep(byte, next)
    }

    /// One byte beyond the limit is counted, as the sign that it was passed.
    fn keep(&mut self, byte: u8, next: At) -> At {
        if self.kept <= self.bytes_max {
            self.kept += 1;
            if !self.let_go {
                self.raw.push(byte);
            }
        }
        next
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read(bytes: &[u8], piece: usize) -> Option<Content> {
        let mut unstuffer = Unstuffer::new(1_000);
        for piece in bytes.chunks(piece.max(1)) {
            unstuffer.feed(piece);
            if let Some(content) = unstuffer.outcome() {
                return Some(content);
            }
        }
        None
    }

    fn whole(text: &str) -> Option<Content> {
        Some(Content::Whole(text.as_bytes().to_vec()))
    }

    #[test]
    fn a_message_ends_at_a_dot_between_crlf_and_only_there() {
        assert_eq!(read(b"a\r\n.\r\n", 1), whole("a\r\n"));
        assert_eq!(read(b".\r\n", 1), whole(""));
        for smuggled in ["a\n.\n", "a\n.\r\n", "a\r\n.\n", "a\r.\r", "a\r.\r\n", "a\r\n.\r", "a\n\r.\n\r"] {
            assert_eq!(read(smuggled.as_bytes(), 1), None, "{smuggled:?}");
        }
    }

    #[test]
    fn t_s4_a_second_message_that_is_smuggled_behind_a_loose_end_takes_the_first_with_it() {
        for end in
            ["\n.\n", "\n.\r\n", "\r\n.\n", "\r.\r", "\r.\r\n", "\r\n.\r", "\r\n.\r.\r\n", "\n\n.\n", "\n.\r", "\r.\n", "\r\n.\r\r\n"]
        {
            let text = format!("first{end}MAIL FROM:<ceo@example.com>\r\nRCPT TO:<x@example.com>\r\nDATA\r\nevil\r\n.\r\n");
            for piece in [1, 3, 1_000] {
                assert_eq!(read(text.as_bytes(), piece), Some(Content::Smuggling), "{end:?}");
            }
        }
    }

    #[test]
    fn dots_and_bare_line_ends_apart_from_each_other_are_content() {
        for text in ["a\nb\n", "a\rb\r", "\n..\n", "a.\nb\r\n", "\n.a\n", "a\n .\n", "\0\r\0\n", "a\r\r\n"] {
            assert_eq!(read(format!("{text}\r\n.\r\n").as_bytes(), 2), whole(&format!("{text}\r\n")), "{text:?}");
        }
    }

    #[test]
    fn a_message_that_was_let_go_is_read_to_its_end_and_takes_no_memory() {
        let mut unstuffer = Unstuffer::new(1_000);
        unstuffer.feed(&[b'x'; 500]);
        unstuffer.let_go();
        unstuffer.feed(&[b'x'; 400]);
        assert_eq!((unstuffer.bytes_held(), unstuffer.outcome()), (0, None));
        unstuffer.feed(b"\r\n.\r\nNOOP\r\n");
        assert_eq!((unstuffer.bytes_held(), unstuffer.outcome()), (0, Some(Content::Crowded)));
    }

    #[test]
    fn stuffed_dots_lose_one() {
        assert_eq!(read(b"..a\r\n..\r\n.b\r\n.\r\n", 2), whole(".a\r\n.\r\nb\r\n"));
    }

    #[test]
    fn a_message_beyond_the_limit_is_too_large_and_a_flood_is_cut() {
        let exact = format!("{}\r\n.\r\n", "x".repeat(998));
        assert!(matches!(read(exact.as_bytes(), 100), Some(Content::Whole(_))));
        let more = format!("{}\r\n.\r\n", "x".repeat(999));
        assert_eq!(read(more.as_bytes(), 100), Some(Content::TooLarge));
        assert_eq!(read("x".repeat(5_000).as_bytes(), 100), Some(Content::Flood));
    }

    proptest! {
        #[test]
        fn stuffing_and_unstuffing_give_the_same(lines in proptest::collection::vec("[.a\\x00-\\x7f]{0,8}", 0..20), piece in 1..20_usize) {
            let text: String = lines.iter().map(|line| format!("{}\r\n", line.replace(['\r', '\n'], ""))).collect();
            let stuffed: String = text.split_inclusive("\r\n").map(|line| if line.starts_with('.') { format!(".{line}") } else { line.to_owned() }).collect();
            prop_assert_eq!(read(format!("{stuffed}.\r\n").as_bytes(), piece), whole(&text));
        }
    }
}
