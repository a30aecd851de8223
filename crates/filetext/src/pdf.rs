//! PDF: pages are interpreted as if they were drawn, and the signs are put together by where they stand.

use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};

use hayro_interpret::font::{Glyph, GlyphRun};
use hayro_interpret::hayro_cmap::BfString;
use hayro_interpret::hayro_syntax::page::Page;
use hayro_interpret::hayro_syntax::{LoadPdfError, Pdf};
use hayro_interpret::kurbo::{Affine, BezPath, Point, Rect};
use hayro_interpret::{
    BlendMode, ClipPath, Context, Device, DrawMode, DrawProps, Image, ImageDrawProps, InterpreterCache, InterpreterSettings, SoftMask,
    interpret_page,
};

use unicode_normalization::UnicodeNormalization;

use crate::sink::Sink;
use crate::{Stop, TEXT_BYTES_MAX};

/// Pages of one file.
const PAGES_MAX: usize = 5_000;
/// In which a font counts the width of its signs.
const UNITS_PER_EM: f64 = 1000.0;
/// Shares of the height of a sign: from here on, a gap is a blank, and another height is another line.
const BLANK: f64 = 0.15;
const LINE: f64 = 0.5;

/// Reads page after page. A page that its interpreter cannot bear costs its own words.
pub(crate) fn read(bytes: Vec<u8>, sink: &mut Sink<'_>) -> Result<(), Stop> {
    let pdf = Pdf::new(bytes).map_err(|error| match error {
        LoadPdfError::Decryption(_) => Stop::Locked,
        LoadPdfError::Invalid => Stop::Damaged,
    })?;
    let mut outcome = Ok(());
    let mut cache = InterpreterCache::new();
    for page in pdf.pages().iter().take(PAGES_MAX) {
        match catch_unwind(AssertUnwindSafe(|| words(&pdf, page, &cache, sink))) {
            Ok(done) => done?,
            Err(thrown) => match thrown.downcast_ref() {
                Some(Enough(stop)) => return Err(*stop),
                None => {
                    outcome = Err(Stop::Damaged);
                    cache = InterpreterCache::new();
                }
            },
        }
    }
    if pdf.pages().len() > PAGES_MAX { Err(Stop::Enough) } else { outcome }
}

fn words<'a>(pdf: &'a Pdf, page: &Page<'a>, cache: &InterpreterCache<'a>, sink: &mut Sink<'_>) -> Result<(), Stop> {
    let mut context = Context::new(Affine::IDENTITY, Rect::new(0.0, 0.0, 1.0, 1.0), cache, pdf.xref(), InterpreterSettings::default());
    let mut words = Words { sink, text: String::new(), last: None };
    interpret_page(page, &mut context, &mut words);
    words.text.push('\n');
    words.hand_over()?;
    words.sink.flush()
}

/// Thrown to leave the interpreter, which cannot be told that what it found is enough.
struct Enough(Stop);

struct Words<'s, 'w> {
    sink: &'s mut Sink<'w>,
    /// The lines that were not handed over yet.
    text: String,
    /// Where the last sign ended, and how high it was.
    last: Option<(Point, f64)>,
}

impl Words<'_, '_> {
    fn hand_over(&mut self) -> Result<(), Stop> {
        self.sink.push(&std::mem::take(&mut self.text))
    }

    fn sign(&mut self, text: &str, transform: Affine, advance: f64) {
        let (start, end) = (transform * Point::ZERO, transform * Point::new(advance, 0.0));
        let height = (transform * Point::new(0.0, UNITS_PER_EM)).distance(start);
        if let Some((before, size)) = self.last {
            let (along, across) = apart(before, start, (start, end));
            let size = size.max(height);
            if across.abs() > size * LINE || along < -size {
                self.end_line();
            } else if along > size * BLANK {
                self.text.push(' ');
            }
        }
        // Joined letters and signs that stand for others, as fonts name them.
        self.text.extend(text.nfkc());
        self.last = Some((end, height));
        if self.text.len() > TEXT_BYTES_MAX
            && let Err(stop) = self.hand_over()
        {
            resume_unwind(Box::new(Enough(stop)));
        }
    }

    /// A word that is parted at the end of a line is one word.
    fn end_line(&mut self) {
        let parted = self.text.strip_suffix(['-', '\u{AD}', '\u{2010}']);
        match parted.filter(|before| before.ends_with(char::is_lowercase)).map(str::len) {
            Some(length) => self.text.truncate(length),
            None => self.text.push('\n'),
        }
    }
}

/// How far two places lie from each other along a line and across it.
fn apart(one: Point, other: Point, (from, to): (Point, Point)) -> (f64, f64) {
    let (way, length) = (other - one, (to - from).hypot());
    if length == 0.0 {
        return (way.x, way.y);
    }
    let along = (to - from) / length;
    (way.dot(along), way.cross(along))
}

impl Device<'_> for Words<'_, '_> {
    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, '_>, props: DrawProps<'_>, _: &DrawMode) {
        for glyph in run.glyphs() {
            let advance = match &**glyph {
                Glyph::Outline(glyph) => glyph.advance_width(),
                Glyph::Type3(glyph) => glyph.advance_width(),
            };
            let transform = props.transform * glyph.transform();
            let advance = advance.map_or(UNITS_PER_EM / 2.0, f64::from);
            match glyph.as_unicode() {
                Some(BfString::Char(sign)) => self.sign(sign.encode_utf8(&mut [0; 4]), transform, advance),
                Some(BfString::String(text)) => self.sign(&text, transform, advance),
                None => self.sign("", transform, advance),
            }
        }
    }
    fn draw_path(&mut self, _: &BezPath, _: DrawProps<'_>, _: &DrawMode) {}
    fn push_clip_path(&mut self, _: &ClipPath) {}
    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'_>>, _: BlendMode) {}
    fn draw_image(&mut self, _: Image<'_, '_>, _: ImageDrawProps<'_>) {}
    fn pop_clip(&mut self) {}
    fn pop_transparency_group(&mut self) {}
}
