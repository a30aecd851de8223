//! Where text goes: in pieces as it is found, so that what was read before a reader dies is not lost.

use std::io::Write;

use crate::Stop;

/// Takes text up to a limit; blanks and lines are made few.
pub(crate) struct Sink<'w> {
    out: &'w mut dyn Write,
    left: usize,
    /// What stands between the last word and the next.
    between: Option<char>,
    begun: bool,
}

impl<'w> Sink<'w> {
    pub(crate) fn new(out: &'w mut dyn Write, bytes_max: usize) -> Self {
        Self { out, left: bytes_max, between: None, begun: false }
    }

    /// Adds text as it stands.
    pub(crate) fn push(&mut self, text: &str) -> Result<(), Stop> {
        let mut piece = String::with_capacity(text.len().min(self.left) + 4);
        for c in text.chars() {
            if c == '\n' || c == '\r' {
                self.between = Some('\n');
            } else if c.is_whitespace() || c.is_control() {
                self.between = self.between.or(Some(' '));
            } else {
                let between = self.between.take().filter(|_| self.begun);
                let needed = c.len_utf8() + between.map_or(0, char::len_utf8);
                if needed > self.left {
                    self.write(&piece)?;
                    return Err(Stop::Enough);
                }
                self.left -= needed;
                self.begun = true;
                piece.extend(between);
                piece.push(c);
            }
        }
        self.write(&piece)
    }

    /// Whoever reads this has gone: there is nobody to read for.
    fn write(&mut self, piece: &str) -> Result<(), Stop> {
        self.out.write_all(piece.as_bytes()).map_err(|_| Stop::Enough)
    }

    /// Lets what was taken go out.
    pub(crate) fn flush(&mut self) -> Result<(), Stop> {
        self.out.flush().map_err(|_| Stop::Enough)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blanks_are_made_few_and_the_limit_falls_between_letters() {
        let mut out = Vec::new();
        let mut sink = Sink::new(&mut out, 14);
        sink.push("  a \t b\r\n\r\n\0 c").unwrap();
        sink.push("ố").unwrap();
        assert_eq!(sink.push(" ốố ố"), Err(Stop::Enough));
        assert_eq!(String::from_utf8(out).unwrap(), "a b\ncố ố");
    }
}
