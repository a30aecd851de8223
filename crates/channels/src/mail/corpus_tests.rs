//! The collection of odd messages in `testdata/mail`: each `.eml` beside a `.toml` that says what a person should find
//! in it. The expectation is what the standards and common sense ask for, not what the code happens to do.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Debug;
use std::path::{Path, PathBuf};
use std::process::Command;

use aws_lc_rs::digest::{SHA256, digest};
use serde::Deserialize;

use super::{Automatic, ParsedAttachment, ParsedMail, clean, parse};

/// Messages up to this size are also read cut at every length.
const SMALL_BYTES_MAX: usize = 460;

/// What a message should be read as. Without `automatic` and `bounce_of` a person wrote it; without `attachments` and the
/// other optional keys that side of it is not looked at.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Expected {
    /// Heading of the table of counts.
    class: String,
    subject: String,
    /// An address, or `ambiguous` where readers could disagree.
    sender: String,
    sender_name: Option<String>,
    reply_to: Option<String>,
    to: Option<Vec<String>>,
    /// RFC 3339 in UTC, or `none`.
    date: Option<String>,
    message_id: Option<String>,
    #[serde(default)]
    text_contains: Vec<String>,
    #[serde(default)]
    text_excludes: Vec<String>,
    /// Of the HTML after cleaning.
    #[serde(default)]
    html_contains: Vec<String>,
    #[serde(default)]
    html_excludes: Vec<String>,
    attachments: Option<Vec<Attachment>>,
    automatic: Option<Automatic>,
    bounce_of: Option<String>,
    /// The address that a report is about, or `none`.
    bounced: Option<String>,
    action: Option<String>,
    status: Option<String>,
    reply_text: Option<String>,
    #[serde(default)]
    reply_contains: Vec<String>,
    #[serde(default)]
    reply_excludes: Vec<String>,
    /// The ids by which it finds its ticket, newest first.
    thread: Option<Vec<String>>,
    token: Option<String>,
    language: Option<String>,
    /// Pieces of the phrases that must be there; `any` for some phrase; an empty list for none.
    defects: Option<Vec<String>>,
    invitation: Option<Invited>,
    protection: Option<Protected>,
    /// Line ends are the point of the case: it is read only as it stands.
    #[serde(default)]
    as_stored: bool,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Attachment {
    name: Option<String>,
    #[serde(rename = "type")]
    content_type: Option<String>,
    /// Of the content; texts and messages are counted with LF.
    sha256: Option<String>,
    inline: Option<bool>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Invited {
    method: Option<String>,
    title: String,
    place: Option<String>,
    organiser: Option<String>,
    starts: Option<String>,
    ends: Option<String>,
    repeats: Option<bool>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Protected {
    standard: String,
    signed: bool,
    encrypted: bool,
    whole: bool,
}

struct Case {
    name: String,
    raw: Vec<u8>,
    expected: Expected,
}

fn cases() -> Vec<Case> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../testdata/mail");
    let cases: Vec<Case> = files_below(&folder, "eml")
        .into_iter()
        .map(|path| {
            let expected =
                std::fs::read_to_string(path.with_extension("toml")).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
            Case {
                name: path.file_stem().unwrap().to_str().unwrap().to_owned(),
                raw: std::fs::read(&path).unwrap(),
                expected: toml::from_str(&expected).unwrap_or_else(|error| panic!("{}: {error}", path.display())),
            }
        })
        .collect();
    assert!(cases.len() >= 220, "{} cases", cases.len());
    cases
}

/// The files with an extension in a folder and its folders, in the order of their names.
fn files_below(folder: &Path, extension: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display())) {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files_below(&path, extension));
        } else if path.extension().is_some_and(|found| found == extension) {
            found.push(path);
        }
    }
    found.sort();
    found
}

fn with_lf(raw: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(raw.len());
    for (at, byte) in raw.iter().enumerate() {
        if *byte != b'\r' || raw.get(at + 1) != Some(&b'\n') {
            out.push(*byte);
        }
    }
    out
}

fn with_crlf(raw: &[u8]) -> Vec<u8> {
    with_lf(raw).iter().flat_map(|byte| if *byte == b'\n' { vec![b'\r', b'\n'] } else { vec![*byte] }).collect()
}

/// Each line end under which the case is to be read the same.
fn forms(case: &Case) -> Vec<(&'static str, Vec<u8>)> {
    if case.expected.as_stored {
        vec![("as stored", case.raw.clone())]
    } else {
        vec![("LF", with_lf(&case.raw)), ("CRLF", with_crlf(&case.raw))]
    }
}

/// The whole collection, for doors.
pub(super) fn every_form() -> Vec<Vec<u8>> {
    cases().iter().flat_map(forms).map(|(_, raw)| raw).collect()
}

/// Notes where the message was read otherwise than it should be.
struct Judge(Vec<String>);

impl Judge {
    fn same<T: PartialEq + Debug>(&mut self, what: &str, found: &T, wanted: &T) {
        if found != wanted {
            self.0.push(format!("{what}\n      is     {found:?}\n      wanted {wanted:?}"));
        }
    }
    /// Only where something is wanted.
    fn maybe<T: PartialEq + Debug>(&mut self, what: &str, found: T, wanted: Option<T>) {
        if let Some(wanted) = wanted {
            self.same(what, &found, &wanted);
        }
    }
    fn words(&mut self, what: &str, text: &str, contains: &[String], excludes: &[String]) {
        for (words, wanted) in contains.iter().map(|words| (words, true)).chain(excludes.iter().map(|words| (words, false))) {
            if text.contains(words.as_str()) != wanted {
                let short: String = text.chars().take(700).collect();
                self.0.push(format!("{what} {} {words:?}: {short:?}", if wanted { "lacks" } else { "has" }));
            }
        }
    }
}

fn judged(mail: &ParsedMail, wanted: &Expected) -> Vec<String> {
    let mut judge = Judge(Vec::new());
    header(&mut judge, mail, wanted);
    judge.words("text", &mail.text, &wanted.text_contains, &wanted.text_excludes);
    judge.words("reply", &mail.new_text, &wanted.reply_contains, &wanted.reply_excludes);
    judge.maybe("reply", mail.new_text.clone(), wanted.reply_text.clone());
    if let Some(html) = &mail.html {
        judge.words("html", &clean(html), &wanted.html_contains, &wanted.html_excludes);
    } else if !wanted.html_contains.is_empty() {
        judge.0.push("no html".to_owned());
    }
    if let Some(attachments) = &wanted.attachments {
        files(&mut judge, &mail.attachments, attachments);
    }
    judge.maybe("language", mail.language.map_or("none", kernel::Locale::tag).to_owned(), wanted.language.clone());
    defects(&mut judge, &mail.defects, wanted.defects.as_deref());
    kinds(&mut judge, mail, wanted);
    judge.0
}

fn header(judge: &mut Judge, mail: &ParsedMail, wanted: &Expected) {
    judge.same("subject", &mail.subject, &wanted.subject);
    let email = |mailbox: &super::Mailbox| mailbox.email.clone();
    let sender = if mail.sender_ambiguous { "ambiguous".to_owned() } else { mail.from.as_ref().map(email).unwrap_or_default() };
    judge.same("sender", &sender, &wanted.sender);
    judge.maybe("sender's name", mail.from.as_ref().map(|from| from.name.clone()), wanted.sender_name.clone().map(Some));
    judge.maybe("reply to", mail.reply_to.as_ref().map(email), wanted.reply_to.clone().map(Some));
    judge.maybe("to", mail.to.iter().map(email).collect(), wanted.to.clone());
    judge.maybe("date", mail.date.map_or_else(|| "none".to_owned(), |date| date.to_string()), wanted.date.clone());
    judge.maybe("message id", mail.message_id.clone().unwrap_or_else(|| "none".to_owned()), wanted.message_id.clone());
    judge.maybe("token", mail.reply_tokens.clone(), wanted.token.clone().map(|token| vec![token]));
    let mut thread: Vec<String> = Vec::new();
    for id in mail.in_reply_to.iter().chain(mail.references.iter().rev()) {
        if !thread.contains(id) {
            thread.push(id.clone());
        }
    }
    judge.maybe("thread", thread, wanted.thread.clone());
    judge.same("automatic", &mail.automatic, &wanted.automatic);
    judge.same("bounce of", &mail.bounce_of, &wanted.bounce_of);
}

fn files(judge: &mut Judge, found: &[ParsedAttachment], wanted: &[Attachment]) {
    let names = |files: &[ParsedAttachment]| files.iter().map(|file| file.filename.clone()).collect::<Vec<_>>();
    if found.len() != wanted.len() {
        judge.0.push(format!("{} files, wanted {}: {:?}", found.len(), wanted.len(), names(found)));
        return;
    }
    for (at, (found, wanted)) in found.iter().zip(wanted).enumerate() {
        let what = |what: &str| format!("{what} of file {at}");
        judge.maybe(&what("name"), found.filename.clone(), wanted.name.clone());
        judge.maybe(&what("type"), found.content_type.clone(), wanted.content_type.clone());
        judge.maybe(&what("hash"), hash(found), wanted.sha256.clone());
        judge.maybe(&what("inline"), found.inline, wanted.inline);
    }
}

fn hash(file: &ParsedAttachment) -> String {
    let is_text = file.content_type.starts_with("text/") || file.content_type.starts_with("message/");
    let counted = if is_text || file.content_type == "application/pgp-signature" || file.filename == "encrypted.asc" {
        with_lf(&file.bytes)
    } else {
        file.bytes.clone()
    };
    digest(&SHA256, &counted).as_ref().iter().map(|byte| format!("{byte:02x}")).collect()
}

fn defects(judge: &mut Judge, found: &[String], wanted: Option<&[String]>) {
    match wanted {
        None => {}
        Some([]) => judge.same("defects", &found.to_vec(), &Vec::new()),
        Some(wanted) => {
            for phrase in wanted {
                if !found.iter().any(|defect| phrase == "any" || defect.contains(phrase)) {
                    judge.0.push(format!("defects lack {phrase:?}: {found:?}"));
                }
            }
        }
    }
}

/// What a message is beside a letter: an invitation, a report, something signed.
fn kinds(judge: &mut Judge, mail: &ParsedMail, wanted: &Expected) {
    match (&wanted.invitation, mail.invitations.first()) {
        (None, None) => {}
        (Some(wanted), Some(found)) => {
            judge.same("title", &found.title, &wanted.title);
            judge.maybe("method", found.method.clone(), wanted.method.clone());
            judge.maybe("place", found.place.clone(), wanted.place.clone().map(Some));
            judge.maybe("organiser", found.organiser.as_ref().map(|who| who.email.clone()), wanted.organiser.clone().map(Some));
            judge.maybe("starts", found.starts.clone(), wanted.starts.clone().map(Some));
            judge.maybe("ends", found.ends.clone(), wanted.ends.clone().map(Some));
            judge.maybe("repeats", found.repeats, wanted.repeats);
        }
        (wanted, found) => judge.0.push(format!("invitation is {found:?}, wanted {wanted:?}")),
    }
    let found = mail.protection.as_ref().map(|found| (found.standard.clone(), found.signed, found.encrypted, found.whole));
    let protection = wanted.protection.as_ref().map(|wanted| (wanted.standard.clone(), wanted.signed, wanted.encrypted, wanted.whole));
    judge.same("protection (signed, encrypted, whole)", &found, &protection);
    let action = |report: &super::DeliveryReport| serde_json::to_value(report.action).unwrap().as_str().unwrap().to_owned();
    let asked = wanted.bounced.as_deref().filter(|address| *address != "none");
    let report = mail.reports.iter().find(|report| asked.is_some_and(|address| report.final_recipient == address));
    match (asked, report) {
        (Some(address), None) => judge.0.push(format!("no report about {address}: {:?}", mail.reports)),
        (Some(_), Some(report)) => {
            judge.maybe("action", action(report), wanted.action.clone());
            judge.maybe("status", report.status.clone(), wanted.status.clone().map(Some));
        }
        (None, _) if wanted.bounced.is_some() => {
            judge.same("failures", &mail.reports.iter().any(|report| action(report) == "failed"), &false)
        }
        (None, _) => {}
    }
}

#[test]
fn every_case_is_read_as_it_should_be_whatever_its_line_ends() {
    let mut wrong: Vec<String> = Vec::new();
    let cases = cases();
    let mut counts: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for case in &cases {
        let count = counts.entry(&case.expected.class).or_default();
        count.0 += 1;
        for (form, raw) in forms(case) {
            let complaints = judged(&parse(&raw), &case.expected);
            if !complaints.is_empty() {
                count.1 += usize::from(form != "CRLF" || !wrong.iter().any(|told| told.starts_with(&case.name)));
                wrong.push(format!("{} ({form})\n    {}", case.name, complaints.join("\n    ")));
            }
        }
    }
    println!("| class | cases | wrong |\n|---|---|---|");
    counts.iter().for_each(|(class, (count, wrong))| println!("| {class} | {count} | {wrong} |"));
    println!("| all | {} | {} |", cases.len(), counts.values().map(|(_, wrong)| wrong).sum::<usize>());
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What is wrong with a case that is cut at every length; a header only where it is what the case is about, as all headers are cut
/// alike.
fn wrong_when_cut(case: &Case) -> Vec<String> {
    let start = case.raw.iter().position(u8::is_ascii_graphic).unwrap_or(0);
    let blank = |ends: &[u8]| case.raw[start..].windows(ends.len()).position(|bytes| bytes == ends).map(|at| start + at + ends.len());
    let body = blank(b"\n\n").into_iter().chain(blank(b"\r\n\r\n")).min().unwrap_or(case.raw.len());
    let from = if matches!(case.expected.class.as_str(), "headers" | "identity" | "dates") { 0 } else { body };
    let mut wrong = Vec::new();
    for end in from..case.raw.len() {
        let cut = case.raw.get(..end).unwrap();
        let mail = parse(cut);
        // Fewer signs than a character takes in its encoding say nothing yet.
        let visible = cut.get(body..).is_some_and(|rest| rest.iter().filter(|byte| byte.is_ascii_graphic()).count() > 12);
        let shown = !mail.text.trim().is_empty() || mail.html.is_some() || !mail.attachments.is_empty() || !mail.defects.is_empty();
        if (visible && !shown) || mail.defects.iter().any(|defect| defect == "could not be parsed") {
            wrong.push(format!("{} cut at {end}: {:?}", case.name, mail.defects));
        }
    }
    wrong
}

#[test]
fn t_s4_small_messages_cut_at_every_length_are_read_and_lose_nothing() {
    let cases = cases();
    let small: Vec<&Case> = cases.iter().filter(|case| case.raw.len() < SMALL_BYTES_MAX).collect();
    assert!(small.len() > 200, "{}", small.len());
    let wrong: Vec<String> = std::thread::scope(|scope| {
        let halves = [0, 1].map(|odd| {
            let own: Vec<&Case> = small.iter().copied().skip(odd).step_by(2).collect();
            scope.spawn(move || own.into_iter().flat_map(wrong_when_cut).collect::<Vec<_>>())
        });
        halves.into_iter().flat_map(|half| half.join().unwrap()).collect()
    });
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_numbers_and_ids_of_the_collection_are_used_once() {
    let cases = cases();
    let numbers: BTreeSet<&str> = cases.iter().filter_map(|case| case.name.split_once('-').map(|(number, _)| number)).collect();
    assert_eq!(numbers.len(), cases.len());
    let ids: Vec<String> = cases.iter().filter_map(|case| parse(&with_crlf(&case.raw)).message_id).collect();
    assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len(), "a message that came before would be dropped");
}

/// Reads messages that others published, and looks only at what must hold of any message.
fn read_all(paths: &[PathBuf]) {
    for path in paths {
        let raw = std::fs::read(path).unwrap();
        for raw in [with_lf(&raw), with_crlf(&raw)] {
            let mail = parse(&raw);
            let is_read =
                !mail.text.trim().is_empty() || !mail.attachments.is_empty() || !mail.subject.is_empty() || mail.message_id.is_some();
            let body = raw.windows(2).position(|bytes| bytes == b"\n\n").or_else(|| raw.windows(4).position(|bytes| bytes == b"\r\n\r\n"));
            let has_words = body.is_some_and(|at| raw[at..].iter().any(u8::is_ascii_graphic)) && mail.html.is_none();
            assert!(is_read || !has_words || !mail.defects.is_empty(), "{}: {mail:?}", path.display());
            assert!(!mail.defects.iter().any(|defect| defect == "could not be parsed"), "{}", path.display());
            assert!(!mail.text.contains('\0') && !mail.subject.contains(['\r', '\n', '\0']), "{}", path.display());
            if let Some(html) = &mail.html {
                assert!(!clean(html).contains("<script"), "{}", path.display());
            }
        }
    }
}

#[test]
fn the_messages_that_come_with_the_parsing_library_are_read() {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--offline", "--locked"])
        // What only other systems need was never fetched here.
        .arg(format!("--filter-platform={}-unknown-linux-gnu", std::env::consts::ARCH))
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    let metadata: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let packages = metadata["packages"].as_array().unwrap();
    let library =
        packages.iter().find(|package| package["name"] == "mail-parser" && package["version"].as_str().unwrap().starts_with("0.11"));
    let folder = Path::new(library.unwrap()["manifest_path"].as_str().unwrap()).with_file_name("resources");
    if folder.is_dir() {
        let paths = files_below(&folder, "eml");
        assert!(paths.len() > 50, "{}", paths.len());
        read_all(&paths);
    }
}

#[test]
fn the_messages_of_pythons_test_suite_are_read_where_they_are_installed() {
    let find = "import importlib.util as u, os; s = u.find_spec('test.test_email'); print(os.path.join(os.path.dirname(s.origin), 'data') if s else '')";
    let Ok(output) = Command::new("python3").args(["-c", find]).output() else { return };
    let folder = PathBuf::from(String::from_utf8_lossy(&output.stdout).trim());
    if folder.is_dir() {
        let paths = files_below(&folder, "txt");
        assert!(paths.len() > 20, "{}", paths.len());
        read_all(&paths);
    }
}
