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
    /// It does not end within twice the allowed size.
    Flood,
    /// Nothing more came in time.
    Stalled,
    /// The other side went away.
    Gone,
}

/// Takes bytes until `<CRLF>.<CRLF>`. A bare CR or LF is content: it neither ends a line nor makes a dot special.
pub(super) struct Unstuffer {
    at: At,
    raw: Vec<u8>,
    seen: usize,
    bytes_max: usize,
}

impl Unstuffer {
    pub(super) fn new(bytes_max: usize) -> Self {
        Self { at: At::LineStart, raw: Vec::new(), seen: 0, bytes_max }
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

    /// The message once it has ended, or is beyond all measure.
    pub(super) fn outcome(&mut self) -> Option<Content> {
        let too_large = self.raw.len() > self.bytes_max;
        match self.at {
            At::End if too_large => Some(Content::TooLarge),
            At::End => Some(Content::Whole(std::mem::take(&mut self.raw))),
            _ if self.seen > self.bytes_max.saturating_mul(2).saturating_add(1024) => Some(Content::Flood),
            _ => None,
        }
    }

    fn step(&mut self, byte: u8) {
        self.at = match (self.at, byte) {
            (At::LineStart, b'.') => At::Dot,
            (At::Dot, b'\r') => At::DotCr,
            (At::DotCr, b'\n') => At::End,
            (At::DotCr, b'\r') => {
                self.keep(b'\r');
                At::DotCr
            }
            (At::Cr, b'\n') => {
                self.keep(b'\n');
                At::LineStart
            }
            (At::DotCr, other) => {
                self.keep(b'\r');
                self.keep(other);
                At::Line
            }
            (_, b'\r') => {
                self.keep(b'\r');
                At::Cr
            }
            (_, other) => {
                self.keep(other);
                At::Line
            }
        };
    }

    /// One byte beyond the limit is kept, as the sign that it was passed.
    fn keep(&mut self, byte: u8) {
        if self.raw.len() <= self.bytes_max {
            self.raw.push(byte);
        }
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
    fn t_s4_a_smuggled_second_message_stays_content_of_the_first() {
        for end in ["\n.\n", "\n.\r\n", "\r\n.\n", "\r.\r", "\r.\r\n", "\n\n.\n"] {
            let text = format!("first{end}MAIL FROM:<ceo@example.com>\r\nRCPT TO:<x@example.com>\r\nDATA\r\nevil\r\n.\r\n");
            let Some(Content::Whole(raw)) = read(text.as_bytes(), 3) else { panic!("{end:?}") };
            assert!(raw.ends_with(b"DATA\r\nevil\r\n"), "{end:?}");
        }
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
