//! The zips as which office programs keep documents. What is in them unpacks within limits, and what is packed in them again stays so.

use std::io::{self, BufReader, Cursor, Read};

use zip::ZipArchive;
use zip::result::ZipError;

use crate::office::{self, Form};
use crate::sink::Sink;
use crate::{FILE_BYTES_MAX, Stop};

/// All that is read of an archive unpacks to so much at most, and to so many times its own size.
const UNPACKED_BYTES_MAX: usize = 200 * 1024 * 1024;
const UNPACKED_TIMES_MAX: usize = 100;
/// A few kilobytes may be packed more tightly than that without being a bomb.
const UNPACKED_ALWAYS: usize = 4 * 1024 * 1024;
/// Parts that are read of one document.
const PARTS_MAX: usize = 2_000;

type Zip<'b> = ZipArchive<Cursor<&'b [u8]>>;

/// Reads the document that an archive is.
pub(crate) fn read(bytes: &[u8], sink: &mut Sink<'_>) -> Result<(), Stop> {
    let mut zip = ZipArchive::new(Cursor::new(bytes)).map_err(stop)?;
    let names: Vec<String> = zip.file_names().filter_map(Result::ok).map(|name| name.into_owned()).collect();
    let parts = parts(&names);
    if parts.is_empty() {
        return Err(Stop::Unknown);
    }
    let mut room = bytes.len().min(FILE_BYTES_MAX).saturating_mul(UNPACKED_TIMES_MAX).clamp(UNPACKED_ALWAYS, UNPACKED_BYTES_MAX);
    let mut outcome = Ok(());
    for (name, form) in parts {
        match part(&mut zip, name, form, &mut room, sink) {
            Ok(()) => sink.flush()?,
            // A part that is broken costs its own words.
            Err(Stop::Damaged) => outcome = Err(Stop::Damaged),
            Err(stop) => return Err(stop),
        }
    }
    outcome
}

fn stop(error: ZipError) -> Stop {
    match error {
        ZipError::UnsupportedArchive(why) if why == ZipError::PASSWORD_REQUIRED => Stop::Locked,
        _ => Stop::Damaged,
    }
}

/// The parts that hold words, in the order in which they are read.
fn parts(names: &[String]) -> Vec<(&str, Form)> {
    let mut found: Vec<(&str, Form)> = names.iter().filter_map(|name| Some((name.as_str(), form(name, names)?))).collect();
    found.sort_by_key(|(name, form)| (place(name, *form), number(name)));
    found.truncate(PARTS_MAX);
    found
}

fn form(name: &str, names: &[String]) -> Option<Form> {
    let (folder, file) = name.rsplit_once('/').unwrap_or(("", name));
    let file = file.strip_suffix(".xml")?;
    let begins = |words: &[&str]| words.iter().any(|word| file.starts_with(word));
    match folder {
        "word" => begins(&["document", "footnotes", "endnotes", "comments", "header", "footer"]).then_some(Form::Text),
        "xl" => begins(&["sharedStrings", "comments"]).then_some(Form::Text),
        "xl/worksheets" => Some(Form::Sheet),
        "xl/drawings" => begins(&["drawing"]).then_some(Form::Text),
        "ppt/slides" | "ppt/notesSlides" | "ppt/diagrams" => Some(Form::Text),
        "" if names.iter().any(|name| name == "mimetype") => match file {
            "content" => Some(Form::Body),
            "styles" => Some(Form::Margins),
            _ => None,
        },
        _ => None,
    }
}

/// What people read first comes first; numbers in cells come last.
fn place(name: &str, form: Form) -> u8 {
    match form {
        Form::Sheet => 3,
        Form::Margins => 2,
        _ if name.contains("notesSlides") || name.contains("comments") || name.contains("header") || name.contains("footer") => 1,
        _ => 0,
    }
}

/// `slide10` comes behind `slide9`.
fn number(name: &str) -> u64 {
    let digits: String = name.chars().filter(char::is_ascii_digit).take(9).collect();
    digits.parse().unwrap_or_default()
}

fn part(zip: &mut Zip<'_>, name: &str, form: Form, room: &mut usize, sink: &mut Sink<'_>) -> Result<(), Stop> {
    let file = zip.by_name(name).map_err(stop)?;
    let mut bounded = Bounded { inner: file, room, over: false };
    let done = office::read(BufReader::new(&mut bounded), form, sink);
    if bounded.over { Err(Stop::TooLarge) } else { done }
}

/// Stops where the archive has unpacked to as much as it may.
struct Bounded<'r, R> {
    inner: R,
    room: &'r mut usize,
    over: bool,
}

impl<R: Read> Read for Bounded<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        match self.room.checked_sub(read) {
            Some(left) => *self.room = left,
            None => {
                self.over = true;
                return Err(io::Error::other("unpacks to too much"));
            }
        }
        Ok(read)
    }
}
