//! Parting what somebody wrote from what their program put around it.

use super::legal::{is_heading, phrases_in};
use super::lines::{Beginning, Line, Mark, Quoted, beginning, is_footer};

/// What a part of a message is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Written for this message.
    New,
    /// Earlier messages, quoted.
    Quote,
    /// A message by somebody else that was passed on: what the letter is about.
    Forwarded,
    /// A signature, or the line that a phone adds.
    Signature,
    /// A legal notice below the letter.
    Disclaimer,
}

/// A part of a plain text. The parts one after the other are exactly the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Section<'t> {
    /// What it is.
    pub kind: Kind,
    /// As it stands in the text.
    pub text: &'t str,
}

/// Lines of a signature, at most; what follows "--" at greater length is no signature.
const SIGNATURE_LINES_MAX: usize = 25;
/// The same below "--" without the space that marks a signature.
const SIGNATURE_LINES_UNMARKED_MAX: usize = 12;
/// Shortest line that a list server draws, and most lines from there to the end.
const LIST_RULE_BYTES_MIN: usize = 40;
const LIST_FOOTER_LINES_MAX: usize = 8;
/// Shortest paragraph that can be a legal notice, in characters; Chinese needs a third of the room.
const LEGAL_CHARS_MIN: usize = 110;
const LEGAL_CHARS_WIDE_MIN: usize = 35;
/// Longest paragraph that is looked at for one.
const LEGAL_BYTES_MAX: usize = 8_000;
/// Quoted lines that stay open between answers, because the answer is nothing without its question.
const QUESTION_LINES_MAX: usize = 8;

/// The parts of a plain text. Where nothing new would be left, the whole text is new.
#[must_use]
pub fn fold(text: &str) -> Vec<Section<'_>> {
    let pieces: Vec<&str> = text.split_inclusive('\n').collect();
    let lines: Vec<Line> = pieces.iter().map(|piece| Line::of_text(piece)).collect();
    let mut sections = Vec::new();
    let mut rest = text;
    for run in runs(&kinds(&lines)) {
        let bytes: usize = pieces.iter().skip(run.from).take(run.until - run.from).map(|piece| piece.len()).sum();
        let (section, after) = rest.split_at_checked(bytes).unwrap_or((rest, ""));
        sections.push(Section { kind: run.kind, text: section });
        rest = after;
    }
    sections
}

/// The text that was written for this message.
#[must_use]
pub fn new_text(text: &str) -> String {
    let new: Vec<&str> = fold(text).into_iter().filter(|section| section.kind == Kind::New).map(|section| section.text.trim()).collect();
    let joined = new.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n");
    if joined.is_empty() { text.trim().to_owned() } else { joined }
}

/// Lines of one kind that follow each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Run {
    pub(super) kind: Kind,
    pub(super) from: usize,
    pub(super) until: usize,
}

pub(super) fn runs(kinds: &[Kind]) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    for (at, kind) in kinds.iter().enumerate() {
        match runs.last_mut() {
            Some(last) if last.kind == *kind => last.until = at + 1,
            _ => runs.push(Run { kind: *kind, from: at, until: at + 1 }),
        }
    }
    runs
}

/// The runs that are folded away; neighbours become one, named by what weighs most in it. Questions between answers, and what is passed
/// on, stay open.
pub(super) fn folds(kinds: &[Kind], lines: &[Line]) -> Vec<Run> {
    let answered_until = kinds.iter().rposition(|kind| *kind == Kind::New).unwrap_or(0);
    let mut folds: Vec<Run> = Vec::new();
    for run in runs(kinds) {
        let said = lines.iter().take(run.until).skip(run.from).filter(|line| line.says_something()).count();
        let is_question = run.kind == Kind::Quote && run.until <= answered_until && said <= QUESTION_LINES_MAX;
        if matches!(run.kind, Kind::New | Kind::Forwarded) || is_question || said == 0 {
            continue;
        }
        match folds.last_mut() {
            Some(last) if last.until == run.from => {
                last.until = run.until;
                if run.kind == Kind::Quote || last.kind == Kind::Disclaimer {
                    last.kind = run.kind;
                }
            }
            _ => folds.push(run),
        }
    }
    folds
}

/// A part of a text as a page shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// What it is, when it is folded away.
    pub folded: Option<Kind>,
    /// Its text.
    pub text: String,
    /// Lines in it that say something and are what it is.
    pub lines: usize,
}

/// A text in the parts that lie open and those that are folded away, in their order.
#[must_use]
pub fn parts(text: &str) -> Vec<Part> {
    let pieces: Vec<&str> = text.split_inclusive('\n').collect();
    let lines: Vec<Line> = pieces.iter().map(|piece| Line::of_text(piece)).collect();
    let gathered = |from: usize, until: usize| pieces.iter().take(until).skip(from).copied().collect::<String>();
    let kinds = kinds(&lines);
    let part = |folded: Option<Kind>, from: usize, until: usize| {
        let said = lines
            .iter()
            .zip(&kinds)
            .take(until)
            .skip(from)
            .filter(|(line, kind)| folded.is_none_or(|folded| folded == **kind) && line.says_something());
        Part { folded, text: gathered(from, until), lines: said.count() }
    };
    let mut parts = Vec::new();
    let mut at = 0;
    for fold in folds(&kinds, &lines) {
        parts.push(part(None, at, fold.from));
        parts.push(part(Some(fold.kind), fold.from, fold.until));
        at = fold.until;
    }
    parts.push(part(None, at, pieces.len()));
    parts.retain(|part| !part.text.trim().is_empty());
    parts
}

/// The kind of each line.
pub(super) fn kinds(lines: &[Line]) -> Vec<Kind> {
    let mut kinds = vec![Kind::New; lines.len()];
    let mut at = 0;
    // Where the lines begin that were written last.
    let mut new_from = 0;
    while let Some(line) = lines.get(at) {
        // What is quoted already may quote again: that is no end of the letter.
        let begins = if line.quoted == Quoted::Yes && line.mark != Some(Mark::History) { None } else { beginning(lines, at) };
        let end = match begins {
            Some(Beginning::History) => Some((Kind::Quote, lines.len())),
            Some(Beginning::Forwarded) => Some((Kind::Forwarded, lines.len())),
            Some(Beginning::Quote(introduced)) => Some((Kind::Quote, quoted_until(lines, at + introduced, Quoted::Perhaps))),
            None if line.quoted == Quoted::Yes => {
                let end = quoted_until(lines, at, Quoted::Yes);
                if !is_quote(lines, at, end) {
                    at = end.max(at + 1);
                    continue;
                }
                Some((Kind::Quote, end))
            }
            None => None,
        };
        let Some((kind, end)) = end else {
            at += 1;
            continue;
        };
        close(lines, &mut kinds, new_from, at);
        kinds.iter_mut().take(end).skip(at).for_each(|slot| *slot = kind);
        at = end.max(at + 1);
        new_from = at;
    }
    close(lines, &mut kinds, new_from, lines.len());
    let says_something = lines.iter().zip(&kinds).any(|(line, kind)| *kind == Kind::New && line.says_something());
    if says_something { kinds } else { vec![Kind::New; lines.len()] }
}

/// The end of the quoted lines from here; blank lines between them belong to them.
fn quoted_until(lines: &[Line], from: usize, weakest: Quoted) -> usize {
    let mut end = from;
    for (at, line) in lines.iter().enumerate().skip(from) {
        let quoted = line.quoted == Quoted::Yes || (weakest == Quoted::Perhaps && line.quoted == Quoted::Perhaps);
        match quoted {
            true => end = at + 1,
            false if line.is_blank() => {}
            false => break,
        }
    }
    end
}

/// One line `> 50 users` and the prompts of a shell are no quotes.
fn is_quote(lines: &[Line], from: usize, until: usize) -> bool {
    let said: Vec<&Line> = lines.iter().skip(from).take(until - from).filter(|line| line.says_something()).collect();
    match said.as_slice() {
        [] => false,
        [only] => !only.text.starts_with(|c: char| c.is_ascii_digit()),
        _ => true,
    }
}

/// Finds what stands below the new lines: legal notices, then the signature.
fn close(lines: &[Line], kinds: &mut [Kind], from: usize, until: usize) {
    let legal = legal_from(lines, from, until);
    let signed = signature_from(lines, from, legal);
    for (at, kind) in kinds.iter_mut().enumerate().take(until).skip(signed) {
        *kind = if at < legal { Kind::Signature } else { Kind::Disclaimer };
    }
}

fn legal_from(lines: &[Line], from: usize, until: usize) -> usize {
    let mut start = until;
    let mut at = until;
    while at > from {
        let (begin, end) = paragraph_before(lines, from, at);
        if begin == end {
            break;
        }
        let text: Vec<&str> = lines.iter().skip(begin).take(end - begin).map(|line| line.text.as_str()).collect();
        if text.iter().map(|line| line.len()).sum::<usize>() > LEGAL_BYTES_MAX {
            break;
        }
        let text = text.join(" ");
        let chars = text.chars().count();
        let wide = text.chars().filter(|c| matches!(c, '\u{3000}'..='\u{9FFF}' | '\u{FF00}'..='\u{FFEF}')).count();
        let long = chars >= if wide * 2 > chars { LEGAL_CHARS_WIDE_MIN } else { LEGAL_CHARS_MIN };
        let phrases = phrases_in(&text);
        let below = start < until && chars <= 60 && is_heading(&text);
        if !(below || (long && phrases >= 2)) {
            break;
        }
        start = begin;
        at = begin;
    }
    start
}

/// The last paragraph before a line.
fn paragraph_before(lines: &[Line], from: usize, before: usize) -> (usize, usize) {
    let blank = |at: usize| lines.get(at).is_none_or(Line::is_blank);
    let mut end = before;
    while end > from && blank(end - 1) {
        end -= 1;
    }
    let mut begin = end;
    while begin > from && !blank(begin - 1) {
        begin -= 1;
    }
    (begin, end)
}

fn signature_from(lines: &[Line], from: usize, until: usize) -> usize {
    let within = || (from..until).filter_map(|at| lines.get(at).map(|line| (at, line)));
    let marked = within().find(|(_, line)| line.mark == Some(Mark::Signature)).map(|(at, _)| at);
    // Marked lines end the letter, or they are not its signature.
    let marked =
        marked.filter(|start| within().skip(start - from).all(|(_, line)| !line.says_something() || line.mark == Some(Mark::Signature)));
    let marked = marked.map(|start| with_delimiter(lines, from, start));
    let delimited = within().filter(|(at, line)| {
        if is_list_footer(lines, *at, until) {
            return true;
        }
        let room = if line.text == "-- " { SIGNATURE_LINES_MAX } else { SIGNATURE_LINES_UNMARKED_MAX };
        matches!(line.text.as_str(), "-- " | "--" | "—" | "–" | "--\u{A0}") && until - at <= room + 1 && has_words(lines, at + 1, until)
    });
    let delimited = delimited.map(|(at, _)| at).next();
    let start = marked.into_iter().chain(delimited).min().unwrap_or(until);
    footer_from(lines, from, start)
}

/// The line that list servers draw above the name of the list.
fn is_list_footer(lines: &[Line], at: usize, until: usize) -> bool {
    let drawn = lines.get(at).is_some_and(|line| line.text.len() >= LIST_RULE_BYTES_MIN && line.text.chars().all(|c| c == '_'));
    let named = |line: &Line| line.text.contains('@') || line.text.to_lowercase().contains("mailing list");
    drawn && until - at <= LIST_FOOTER_LINES_MAX && lines.get(at + 1).is_some_and(named)
}

fn has_words(lines: &[Line], from: usize, until: usize) -> bool {
    lines.iter().take(until).skip(from).any(Line::says_something)
}

/// The two dashes that stand above a marked signature belong to it.
fn with_delimiter(lines: &[Line], from: usize, start: usize) -> usize {
    let above = (from..start).rev().find(|at| lines.get(*at).is_some_and(|line| !line.is_blank()));
    above.filter(|at| lines.get(*at).is_some_and(|line| matches!(line.text.trim(), "--" | "—" | "–"))).unwrap_or(start)
}

/// Lines that phones add, directly above what was found so far.
fn footer_from(lines: &[Line], from: usize, until: usize) -> usize {
    let mut start = until;
    while let Some(at) = (from..start).rev().find(|at| lines.get(*at).is_some_and(|line| !line.is_blank())) {
        if !lines.get(at).is_some_and(|line| is_footer(&line.text)) {
            break;
        }
        start = at;
    }
    start
}
