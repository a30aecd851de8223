//! What must hold for every input of a target.

use channels::mail::threading::{Decision, JoinedBecause, Standing, decide};
use channels::mail::{Mailbox, ParsedMail, clean, parse, token};
use desk::conversation::Verdict;
use desk::conversation::reading::{Kind, fold, new_text};
use desk::conversation::sanitise::{from_text, to_text};
use kernel::limits::{ATTACHMENTS_PER_MESSAGE_MAX, BODY_BYTES_MAX, EMAIL_BYTES_MAX, MAIL_REFERENCES_MAX, NAME_CHARS_MAX, TITLE_CHARS_MAX};

use crate::threads::{ALICE, Desk, KEY, TICKET};

/// What is thrown at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Target {
    /// A whole mail.
    Parsing,
    /// One address field.
    Addresses,
    /// Where a mail belongs.
    Threading,
    /// HTML.
    Sanitising,
    /// What is new in a text.
    Quoting,
    /// A query.
    Queries,
}

impl Target {
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Parsing => "parsing",
            Self::Addresses => "addresses",
            Self::Threading => "threading",
            Self::Sanitising => "sanitising",
            Self::Quoting => "quoting",
            Self::Queries => "queries",
        }
    }

    pub(crate) fn named(word: &str) -> Option<Self> {
        let all = [Self::Parsing, Self::Addresses, Self::Threading, Self::Sanitising, Self::Quoting, Self::Queries];
        all.into_iter().find(|target| target.name() == word)
    }
}

/// Reads an input and says which rule it breaks.
pub(crate) fn check(target: Target, input: &[u8]) -> Result<(), String> {
    match target {
        Target::Parsing => sound(&parse(input)),
        Target::Addresses => addresses(input),
        Target::Threading => threading(input),
        Target::Sanitising => sanitising(&String::from_utf8_lossy(input)),
        Target::Quoting => quoting(&String::from_utf8_lossy(input)),
        Target::Queries => queries(&String::from_utf8_lossy(input)),
    }
}

fn rule(holds: bool, what: &str) -> Result<(), String> {
    if holds { Ok(()) } else { Err(what.to_owned()) }
}

fn one_line(text: &str) -> bool {
    !text.chars().any(char::is_control)
}

fn sound(mail: &ParsedMail) -> Result<(), String> {
    rule(!mail.defects.iter().any(|defect| defect == "could not be parsed"), "a panic while parsing")?;
    rule(one_line(&mail.subject) && mail.subject.chars().count() <= TITLE_CHARS_MAX, "the subject is one line within its limit")?;
    rule(mail.text.len() <= BODY_BYTES_MAX && !mail.text.contains('\0'), "the text is within its limit and has no NUL")?;
    rule(mail.references.len() <= MAIL_REFERENCES_MAX && mail.in_reply_to.len() <= MAIL_REFERENCES_MAX, "so many references are kept")?;
    let ids = mail.message_id.iter().chain(&mail.in_reply_to).chain(&mail.references);
    rule(ids.into_iter().all(|id| id.len() <= 500 && !id.contains(['<', '>', ' ', '\t', '\r', '\n', '\0'])), "ids are bare and bounded")?;
    rule(mail.attachments.len() <= ATTACHMENTS_PER_MESSAGE_MAX, "so many files are kept")?;
    for file in &mail.attachments {
        let name = &file.filename;
        rule(one_line(name) && !name.is_empty() && !name.starts_with('.') && !name.contains(['/', '\\']), "a file's name is only a name")?;
        rule(one_line(&file.content_type) && file.content_type.contains('/'), "a file's type is one")?;
    }
    let mut mailboxes = mail.from.iter().chain(&mail.reply_to).chain(&mail.to).chain(&mail.cc);
    rule(mailboxes.all(is_mailbox), "an address can be written to")?;
    rule(mail.from.is_some() || mail.sender_ambiguous, "nobody is not a certain sender")
}

fn is_mailbox(mailbox: &Mailbox) -> bool {
    let email = &mailbox.email;
    let plain = email.matches('@').count() == 1 && !email.contains(['<', '>', '"', ',', ';', '(', ')', '\\']);
    plain
        && one_line(email)
        && !email.contains(char::is_whitespace)
        && email.len() <= EMAIL_BYTES_MAX
        && one_line(&mailbox.name)
        && mailbox.name.chars().count() <= NAME_CHARS_MAX
}

fn addresses(input: &[u8]) -> Result<(), String> {
    let mut raw = Vec::new();
    for name in ["From", "To", "Cc", "Reply-To"] {
        raw.extend_from_slice(format!("{name}: ").as_bytes());
        raw.extend_from_slice(input);
        raw.extend_from_slice(b"\r\n");
    }
    raw.extend_from_slice(b"\r\nx\r\n");
    let mail = parse(&raw);
    sound(&mail)?;
    if mail.sender_ambiguous {
        return Ok(());
    }
    let Some(from) = &mail.from else { return Ok(()) };
    // The field ends where a line does not go on with a blank; a mutation may have made more fields, or the body, of the rest.
    let text = String::from_utf8_lossy(input).to_lowercase().replace("\r\n", "\n");
    let lines: Vec<&str> = text.split('\n').collect();
    let goes_on = lines.iter().skip(1).take_while(|line| line.starts_with([' ', '\t'])).count();
    let field = lines.iter().take(1 + goes_on).copied().collect::<String>().replace('\r', "");
    rule(field.contains(&from.email) && from.email.is_ascii(), "a certain sender stands in the field, letter by letter")?;
    let others = field.replace(&from.email, "");
    let outside: String = others.split('"').step_by(2).collect();
    rule(!outside.contains('@') || others.contains("=?"), "nobody else stands there")
}

fn threading(input: &[u8]) -> Result<(), String> {
    let genuine = token::sign(&KEY, TICKET, ALICE);
    // The genuine address comes in now and then, whole or broken, because no mutation would ever guess it.
    let raw = String::from_utf8_lossy(input)
        .replace("+aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa@", &format!("+{genuine}@"))
        .into_bytes();
    let mail = parse(&raw);
    for verdict in [Verdict::Pass, Verdict::None, Verdict::Fail, Verdict::Ambiguous] {
        let mut desk = Desk::default();
        let decision = decide(&mail, verdict, &mut desk).map_err(|error| error.to_string())?;
        rule(desk.asked <= 4 * MAIL_REFERENCES_MAX + 64, "the desk is asked so often at the most")?;
        rule(decide(&mail, verdict, &mut Desk::default()).is_ok_and(|again| again == decision), "the same mail belongs to the same place")?;
        let Decision::Join { because, standing, .. } = decision else { continue };
        let text = String::from_utf8_lossy(&raw).to_lowercase();
        let whole = text.replace(['\r', '\n', ' ', '\t'], "");
        rule(because != JoinedBecause::ReplyAddress || desk.opened_by_token, "a reply address that opens a ticket is genuine")?;
        rule(!desk.opened_by_token || whole.contains(&genuine) || text.contains("=?"), "no other token is genuine")?;
        let trusted = !mail.sender_ambiguous && matches!(verdict, Verdict::Pass | Verdict::None);
        rule(trusted || !standing.acts(), "a forged or ambiguous sender acts for nobody")?;
        rule(standing != Standing::Proven || verdict == Verdict::Pass, "only the sender's domain proves a sender")?;
        let alice = mail.from.as_ref().is_some_and(|from| from.email == "alice@example.com");
        rule(alice || !standing.acts(), "a stranger acts for nobody")?;
        rule(!matches!(because, JoinedBecause::SubjectNumber { .. }) || alice, "a number alone joins only who takes part")?;
    }
    Ok(())
}

fn sanitising(html: &str) -> Result<(), String> {
    let cleaned = clean(html);
    rule(clean(&cleaned) == cleaned, "cleaning what is clean changes nothing")?;
    harmless(&cleaned)?;
    let text = to_text(html);
    rule(!text.contains('\0'), "text of HTML has no NUL")?;
    harmless(&from_text(&text))?;
    harmless(&clean(&from_text(&text)))
}

/// Reads tags as a browser does when they are as regular as a serialiser writes them.
fn harmless(html: &str) -> Result<(), String> {
    const FORBIDDEN: [&str; 20] = [
        "script",
        "style",
        "iframe",
        "frame",
        "object",
        "embed",
        "applet",
        "svg",
        "math",
        "form",
        "input",
        "button",
        "textarea",
        "select",
        "base",
        "meta",
        "link",
        "template",
        "noscript",
        "plaintext",
    ];
    let mut rest = html;
    while let Some((_, tag)) = rest.split_once('<') {
        let tag = tag.strip_prefix('/').unwrap_or(tag);
        let name: String = tag.chars().take_while(|c| c.is_ascii_alphanumeric()).collect::<String>().to_lowercase();
        rule(!name.is_empty(), "a tag has a name, and no < stands in the text")?;
        rule(!FORBIDDEN.contains(&name.as_str()), &format!("no element {name}"))?;
        let mut inside = tag.get(name.len()..).unwrap_or_default();
        loop {
            inside = inside.trim_start();
            if let Some(after) = inside.strip_prefix('>') {
                rest = after;
                break;
            }
            let (attribute, value) = inside.split_once("=\"").ok_or("an attribute has a quoted value")?;
            let (value, after) = value.split_once('"').ok_or("a value ends")?;
            let attribute = attribute.to_lowercase();
            let well_named = attribute.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
            rule(well_named && !attribute.starts_with("on"), &format!("no attribute {attribute}"))?;
            let address: String = value.chars().filter(|c| !c.is_control() && !c.is_whitespace()).collect::<String>().to_lowercase();
            let reaches = ["javascript:", "vbscript:", "data:text", "file:"].iter().any(|scheme| address.starts_with(scheme));
            rule(!(matches!(attribute.as_str(), "href" | "src") && reaches), "no address that runs or reads")?;
            rule(
                attribute != "src" || address.starts_with("cid:") || address.starts_with("data:image/") || address.is_empty(),
                "no picture from elsewhere",
            )?;
            rule(
                !matches!(attribute.as_str(), "srcset" | "srcdoc" | "formaction" | "background" | "action"),
                &format!("no attribute {attribute}"),
            )?;
            rule(
                attribute != "style" || !(address.contains("url(") || address.contains("expression(") || address.contains("fixed")),
                "no style that reaches out",
            )?;
            inside = after;
        }
    }
    Ok(())
}

fn quoting(text: &str) -> Result<(), String> {
    let sections = fold(text);
    let whole: String = sections.iter().map(|section| section.text).collect();
    rule(whole == text, "the parts one after the other are the text")?;
    let blank = text.trim().is_empty();
    rule(blank || sections.iter().any(|section| section.kind == Kind::New), "something is new")?;
    let new = new_text(text);
    rule(blank || !new.trim().is_empty(), "where there are words, some are new")?;
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    let kept = new.lines().map(str::trim).filter(|line| !line.is_empty());
    rule(kept.into_iter().all(|line| lines.contains(&line)), "what is new stands in the text")?;
    sound(&parse(format!("Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n{text}").as_bytes()))
}

fn queries(text: &str) -> Result<(), String> {
    let length = text.chars().count();
    for at in [0, length / 2, length] {
        let inside = query::spot(text, at).is_none_or(|spot| spot.place.start <= spot.place.end && spot.place.end <= length);
        rule(inside, "what a completion replaces lies in the text")?;
    }
    let read = match query::parse(text) {
        Ok(read) => read,
        Err(error) => return rule(error.at.start <= error.at.end && error.at.end <= length, "an error points into the text"),
    };
    let normal = read.to_string();
    // Quotation marks are added where a text would otherwise say something else; beyond the limit there is no room for them.
    if normal.len() > kernel::limits::QUERY_BYTES_MAX {
        return Ok(());
    }
    let again = query::parse(&normal).map_err(|error| format!("the normal form {normal:?} is refused: {error}"))?;
    rule(again == read, "the normal form means the same")?;
    rule(again.to_string() == normal, "the normal form is its own normal form")
}
