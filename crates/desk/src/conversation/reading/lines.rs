//! What one line is: the head of a quote, a header, a separator, a footer.

use super::words;

/// Longest line, in bytes, that can be anything but text.
const LINE_BYTES_MAX: usize = 400;
/// Lines over which mail programs fold the line above a quote.
const FOLDED_LINES_MAX: usize = 4;
/// Lines after "From:" within which the other headers stand.
const HEADERS_LINES: usize = 8;

/// Whether a line belongs to a quote.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Quoted {
    #[default]
    No,
    /// Set apart in a way that also serves other ends: a quote only below a line that says so.
    Perhaps,
    Yes,
}

/// What the markup around a line says of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mark {
    /// The line that introduces a quote.
    Attribution,
    /// From here on, everything is history.
    History,
    /// Part of a signature.
    Signature,
}

/// A line as a reader sees it.
#[derive(Clone, Debug, Default)]
pub(super) struct Line {
    /// Trimmed, without the signs of a quote.
    pub(super) text: String,
    pub(super) quoted: Quoted,
    pub(super) mark: Option<Mark>,
    /// A picture stands in it.
    pub(super) picture: bool,
}

impl Line {
    /// A line of plain text.
    pub(super) fn of_text(line: &str) -> Self {
        let trimmed = line.trim();
        let bare = trimmed.trim_start_matches(['>', ' ', '\u{A0}']);
        let quoted = if trimmed.starts_with('>') { Quoted::Yes } else { Quoted::No };
        // "-- " is a signature's sign by its space, which trimming would take.
        // QQ writes the entity into its plain text as well.
        let text = match line.trim_end_matches(['\n', '\r']) {
            "-- " => "-- ".to_owned(),
            _ => bare.replace("&nbsp;", " "),
        };
        Self { text, quoted, ..Self::default() }
    }
    /// Trims a line that was gathered piece by piece, and takes the signs of a quote off it.
    pub(super) fn settle(&mut self) {
        let trimmed = self.text.trim_matches([' ', '\u{A0}', '\n', '\t', '\u{200B}']);
        if trimmed.starts_with('>') {
            self.quoted = Quoted::Yes;
        }
        self.text = trimmed.trim_start_matches(['>', ' ', '\u{A0}']).to_owned();
    }
    pub(super) fn is_blank(&self) -> bool {
        self.text.is_empty() && !self.picture
    }
    /// Has a letter or digit in any script, or a picture.
    pub(super) fn says_something(&self) -> bool {
        self.picture || self.text.chars().any(char::is_alphanumeric)
    }
}

/// How history begins at a line, and how many lines introduce it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Beginning {
    /// Everything that follows is history.
    History,
    /// Everything that follows was written by somebody else and is what the letter is about.
    Forwarded,
    /// So many lines introduce the quoted lines after them.
    Quote(usize),
}

/// Whether history begins at the line.
pub(super) fn beginning(lines: &[Line], at: usize) -> Option<Beginning> {
    let line = lines.get(at)?;
    if line.mark == Some(Mark::History) {
        return Some(Beginning::History);
    }
    if line.text.is_empty() || line.text.len() > LINE_BYTES_MAX {
        return None;
    }
    if is_rule(&line.text) {
        return (next_said(lines, at + 1)
            .is_some_and(|next| is_header_block(lines, next) || lines.get(next).is_some_and(|line| line.mark == Some(Mark::History))))
        .then_some(Beginning::History);
    }
    if let Some(found) = separator(&line.text) {
        // Some quote the message with signs below the separator, and answer below that.
        let quoted = next_said(lines, at + 1).is_some_and(|next| is_quoted(lines, next));
        return Some(if quoted && found == Beginning::History && line.quoted == Quoted::No { Beginning::Quote(1) } else { found });
    }
    if let Some(count) = attribution(lines, at) {
        return Some(count);
    }
    is_header_block(lines, at).then_some(Beginning::History)
}

fn is_quoted(lines: &[Line], at: usize) -> bool {
    lines.get(at).is_some_and(|line| line.quoted != Quoted::No)
}

fn next_said(lines: &[Line], from: usize) -> Option<usize> {
    lines
        .iter()
        .skip(from)
        .take(HEADERS_LINES)
        .position(|line| !line.is_blank() || line.mark == Some(Mark::History))
        .map(|ahead| from + ahead)
}

/// The line that Outlook on the web and Mail.ru draw above their headers.
fn is_rule(text: &str) -> bool {
    text.len() >= 10 && text.chars().all(|c| matches!(c, '_' | '-'))
}

/// "Original message" or "Forwarded message" between dashes, or with a colon after it.
fn separator(text: &str) -> Option<Beginning> {
    let is_dash = |c: char| matches!(c, '-' | '_' | '=' | '‐' | '—' | '–' | ' ' | '*' | '#');
    let without_end = text.trim_end_matches(|c: char| is_dash(c) || c == '：' || c == ':' || c == '>');
    let inner = without_end.trim_start_matches(|c: char| is_dash(c) || c == '<').trim();
    if inner.is_empty() || inner.len() > 80 {
        return None;
    }
    let dashed = text.chars().take_while(|c| is_dash(*c)).count() >= 2 || inner.len() + 4 <= without_end.len();
    let inner = inner.to_lowercase();
    let lotus = dashed && ["forwarded by ", "weitergeleitet von "].iter().any(|start| inner.starts_with(start));
    let colon = text.ends_with([':', '：']);
    if lotus || ((dashed || colon) && words::FORWARDED.contains(&inner.as_str())) {
        return Some(Beginning::Forwarded);
    }
    let dashes_alone = dashed && text.trim_end().ends_with(is_dash);
    (dashes_alone && words::HISTORY.contains(&inner.as_str())).then_some(Beginning::History)
}

/// "On Monday, Rosa wrote:", on one line or folded over several.
fn attribution(lines: &[Line], at: usize) -> Option<Beginning> {
    let first = lines.get(at)?;
    if first.mark == Some(Mark::Attribution) {
        let count = lines.iter().skip(at).take(FOLDED_LINES_MAX).take_while(|line| line.mark == first.mark).count();
        let quoted = next_said(lines, at + count).is_some_and(|next| is_quoted(lines, next));
        return quoted.then_some(Beginning::Quote(count));
    }
    if !opens_attribution(&first.text) {
        return None;
    }
    let mut joined = String::new();
    for count in 1..=FOLDED_LINES_MAX {
        let line = lines.get(at + count - 1)?;
        if line.text.is_empty()
            || joined.len() + line.text.len() > LINE_BYTES_MAX
            || (count > 1 && line.quoted == Quoted::Yes && first.quoted != Quoted::Yes)
        {
            return None;
        }
        joined.push_str(if joined.is_empty() { "" } else { " " });
        joined.push_str(&line.text);
        let ends = joined.trim_end_matches('*').ends_with([':', '：', '-', '—']);
        if !ends {
            continue;
        }
        let strength = Strength::of(&joined);
        let dashed = joined.starts_with("--");
        let following = next_said(lines, at + count);
        let quoted = following.is_some_and(|next| is_quoted(lines, next));
        let last = following.is_none();
        return match strength {
            _ if quoted && (strength.wrote || strength.addressed) => Some(Beginning::Quote(count)),
            Strength { wrote: true, dated, addressed } if addressed || (dated && (last || dashed)) => Some(Beginning::History),
            _ => None,
        };
    }
    None
}

fn opens_attribution(text: &str) -> bool {
    let start: String = text.trim_start_matches(['-', '—', ' ', '*']).chars().take(16).collect::<String>().to_lowercase();
    words::OPENS.iter().chain(words::DAYS).any(|word| start.starts_with(word))
        || start.starts_with(|c: char| c.is_ascii_digit())
        || (text.contains('@') && text.contains(['<', '[', '"', '(']))
        || text.to_lowercase().contains(" wrote on ")
        // "Rosa schrieb am Montag:", "Rosa Marin wrote:": only above a quote, which is looked at later.
        || (text.ends_with([':', '：']) && text.chars().count() <= 120)
}

/// How much a line says that it introduces a quote.
#[derive(Clone, Copy)]
struct Strength {
    /// A word for writing stands where these lines have it.
    wrote: bool,
    /// It ends with an address and has a date.
    addressed: bool,
    /// It begins like these lines and has a date.
    dated: bool,
}

/// Who says of themselves that they wrote introduces a quote of their own choosing.
const OWN_WORDS: [&str; 9] =
    [" i wrote", "i wrote", "ich schrieb", "habe ich geschrieben", "j'ai écrit", "я написал", "я писал", "tôi đã viết", "tôi viết"];

impl Strength {
    fn of(joined: &str) -> Self {
        let lower = joined.trim_start_matches(['-', '—', ' ', '*']).to_lowercase();
        let bare = lower.trim_end_matches(['-', '—', ' ', '*', ':', '：']);
        let digits = lower.chars().filter(char::is_ascii_digit).count();
        let own = OWN_WORDS.iter().any(|words| lower.contains(words));
        // English and the languages like it name the writer before the word, German and its neighbours after it.
        let name_follows = |word: &str| {
            word != "wrote" && bare.split_once(&format!(" {word} ")).is_some_and(|(_, name)| digits > 0 && name.chars().count() <= 80)
        };
        let wrote = !own
            && (words::WROTE.iter().any(|word| bare.ends_with(word) || name_follows(word))
                || bare.contains(" wrote on ")
                || bare.contains(" wrote in message "));
        let opens =
            words::OPENS.iter().chain(words::DAYS).any(|word| lower.starts_with(word)) || lower.starts_with(|c: char| c.is_ascii_digit());
        let address_last = bare.ends_with(['>', ')', ']']) && opens;
        Self { wrote, addressed: lower.contains('@') && digits >= 3 && (wrote || address_last), dated: opens && digits >= 3 }
    }
}

/// The headers of the quoted message one below the other, as Outlook, Notes, Foxmail and many others write them.
fn is_header_block(lines: &[Line], at: usize) -> bool {
    let Some((first, value)) = lines.get(at).and_then(|line| header(&line.text)) else { return false };
    if !words::FROM.contains(&first.as_str()) {
        return false;
    }
    let mut addressed = value.contains('@') || value.contains('<');
    let (mut sent, mut date, mut subject, mut to) = (false, false, false, false);
    let mut said = 0;
    for line in lines.iter().skip(at + 1).take(HEADERS_LINES + 4).filter(|line| !line.is_blank()).take(HEADERS_LINES) {
        said += 1;
        let Some((name, value)) = header(&line.text) else {
            // Long lists of recipients run over lines; text that follows at once is no header block.
            if said == 1 {
                return false;
            }
            continue;
        };
        let is = |known: &[&str]| known.contains(&name.as_str());
        sent |= is(words::SENT);
        date |= is(words::DATE);
        subject |= is(words::SUBJECT);
        to |= is(words::TO);
        addressed |= (is(words::TO) || is(words::FROM)) && value.contains('@');
    }
    (sent && (to || subject || addressed || !value.is_empty() && said <= 3))
        || (date && (subject || addressed))
        || (subject && to && addressed)
}

/// The name and value of a line `Name: value`, without the stars that text made of HTML has.
fn header(text: &str) -> Option<(String, String)> {
    let bare = text.trim_start_matches(['*', ' ', '\u{A0}']);
    let end = bare.find([':', '：'])?;
    if end > 40 {
        return None;
    }
    let (name, value) = bare.split_at_checked(end)?;
    let value = value.trim_start_matches([':', '：', '*', ' ', '\u{A0}', '\t']);
    let name = name.trim_matches(['*', ' ', '\u{A0}', '\u{3000}']).to_lowercase();
    Some((name, value.to_owned()))
}

/// A line that a phone or a web mail adds.
pub(super) fn is_footer(text: &str) -> bool {
    if text.is_empty() || text.len() > 160 {
        return false;
    }
    let lower = text.trim_start_matches(['-', '—', '–', ' ', '*', '_', '[', '(']).replace('[', "").to_lowercase();
    words::FOOTERS.iter().any(|start| lower.starts_with(start))
        && lower.chars().count() <= 110
        && !lower.trim_end_matches(['.', '!', ' ']).contains(". ")
}
