use std::io::Write;
use std::process::{Command, Stdio};

use serde_json::Value;

use super::*;

/// Reads a letter with Python's library, as a second opinion.
fn second_opinion(raw: &[u8]) -> Value {
    const SCRIPT: &str = r#"
import sys, json, email
from email import policy
m = email.message_from_bytes(sys.stdin.buffer.read(), policy=policy.default)
def leaf(p):
    b = p.get_payload(decode=True)
    return dict(type=p.get_content_type(), name=p.get_filename(), cid=p['Content-ID'], hex=b.hex(),
                text=b.decode('utf-8').replace('\r\n', '\n') if p.get_content_maintype() == 'text' else None)
addresses = lambda h: [[a.display_name, a.addr_spec] for a in m[h].addresses] if m[h] else []
print(json.dumps(dict(
    keys=m.keys(), subject=m['Subject'], sender=addresses('From'), reply_to=addresses('Reply-To'), to=addresses('To'), cc=addresses('Cc'),
    id=m['Message-ID'], answers=m['In-Reply-To'], references=(m['References'] or '').split(), auto=m['Auto-Submitted'],
    suppress=m['X-Auto-Response-Suppress'], date=m['Date'].datetime.timestamp(), defects=[repr(d) for p in m.walk() for d in p.defects],
    parts=[leaf(p) for p in m.walk() if not p.is_multipart()])))
"#;
    let mut python =
        Command::new("python3").args(["-c", SCRIPT]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("python3 is needed");
    python.stdin.take().unwrap().write_all(raw).unwrap();
    let output = python.wait_with_output().unwrap();
    assert!(output.status.success());
    serde_json::from_slice(&output.stdout).unwrap()
}

fn mailbox(name: &str, email: &str) -> Mailbox {
    Mailbox { name: name.to_owned(), email: email.to_owned() }
}

fn letter() -> Letter {
    Letter {
        from: mailbox("IT palīdzība", "help@example.com"),
        reply_to: Some(mailbox("IT palīdzība", "help+abc@example.com")),
        to: vec![mailbox("Nguyễn Thị Hạnh", "hanh@example.vn"), mailbox("", "bob@example.com")],
        cc: vec![mailbox("O'Neil, \"Bob\" (HR)", "oneil@example.com")],
        subject: "Re: Принтер на третьем этаже не печатает — 打印机坏了 [INC-1042]".to_owned(),
        text: "Bună ziua,\n\n.point\nFrom here on\nĂâîșț 你好\n".to_owned(),
        html: None,
        message_id: "reply.1@example.com".to_owned(),
        in_reply_to: Some("one@customer.example".to_owned()),
        references: vec!["one@customer.example".to_owned()],
        automatic: None,
        unsubscribe: None,
        attachments: Vec::new(),
        date: Stamp::parse("2026-03-01T08:30:00Z").unwrap(),
    }
}

fn assert_wire(raw: &[u8]) {
    for line in raw.split(|byte| *byte == b'\n') {
        assert!(line.len() <= 999, "{} bytes", line.len());
        assert!(line.is_empty() || line.ends_with(b"\r"), "{:?}", String::from_utf8_lossy(line));
    }
    assert!(raw.ends_with(b"\r\n"), "{:?}", String::from_utf8_lossy(&raw[raw.len().saturating_sub(40)..]));
    assert!(!raw.windows(2).any(|pair| pair[0] == b'\r' && pair[1] != b'\n') && raw.is_ascii());
}

#[test]
fn what_goes_out_reads_back_equal() {
    let raw = letter().compose().unwrap();
    assert_wire(&raw);
    let read = second_opinion(&raw);
    assert_eq!(read["subject"], letter().subject);
    assert_eq!(read["sender"], serde_json::json!([["IT palīdzība", "help@example.com"]]));
    assert_eq!(read["reply_to"], serde_json::json!([["IT palīdzība", "help+abc@example.com"]]));
    assert_eq!(read["to"], serde_json::json!([["Nguyễn Thị Hạnh", "hanh@example.vn"], ["", "bob@example.com"]]));
    assert_eq!(read["cc"], serde_json::json!([["O'Neil, \"Bob\" (HR)", "oneil@example.com"]]));
    assert_eq!(read["id"], "<reply.1@example.com>");
    assert_eq!(read["answers"], "<one@customer.example>");
    assert_eq!(read["references"], serde_json::json!(["<one@customer.example>"]));
    assert_eq!(read["date"].as_f64(), Some(1_772_353_800.0));
    assert_eq!(read["parts"][0]["text"].as_str().unwrap().trim_end(), letter().text.trim_end());
    assert_eq!(read["auto"], Value::Null);
    assert_eq!(read["defects"], serde_json::json!([]));
    assert_eq!(letter().envelope_from(), Some("help@example.com"));
}

#[test]
fn html_pictures_and_files_are_where_programs_look_for_them() {
    let enclosure = |filename: &str, content_type: &str, bytes: &[u8], id: Option<&str>| Enclosure {
        filename: filename.to_owned(),
        content_type: content_type.to_owned(),
        bytes: bytes.to_vec(),
        content_id: id.map(str::to_owned),
    };
    let all: Vec<u8> = (0..=255).collect();
    let letter = Letter {
        html: Some("<p>Привет <img src=\"cid:logo@x\"></p>".to_owned()),
        attachments: vec![
            enclosure("logo.png", "image/png", &all, Some("logo@x")),
            enclosure("отчёт за март; \"итог\".pdf", "application/pdf", b"%PDF", None),
            enclosure("hoá đơn.txt", "text/plain", b"unix\nline\n", None),
            enclosure("x", "message/rfc822\r\nX-Evil: 1", b"Subject: x\n\ny", None),
        ],
        ..letter()
    };
    let raw = letter.compose().unwrap();
    assert_wire(&raw);
    let read = second_opinion(&raw);
    let parts = read["parts"].as_array().unwrap();
    let types: Vec<&str> = parts.iter().map(|part| part["type"].as_str().unwrap()).collect();
    assert_eq!(types, ["text/plain", "text/html", "image/png", "application/pdf", "text/plain", "application/octet-stream"]);
    assert_eq!(parts[2]["cid"], "<logo@x>");
    assert_eq!(parts[2]["hex"].as_str().unwrap().len(), 512);
    assert_eq!(parts[3]["name"], "отчёт за март; _итог_.pdf");
    assert_eq!(parts[4]["text"], "unix\nline\n");
    assert_eq!(parts[4]["name"], "hoá đơn.txt");
    assert!(!read["keys"].as_array().unwrap().iter().any(|key| key == "X-Evil"));
}

#[test]
fn an_automatic_letter_says_so_and_nothing_can_answer_it() {
    for (automatic, word) in [(AutoSubmitted::Replied, "auto-replied"), (AutoSubmitted::Generated, "auto-generated")] {
        let letter = Letter { automatic: Some(automatic), ..letter() };
        let read = second_opinion(&letter.compose().unwrap());
        assert_eq!((read["auto"].as_str(), read["suppress"].as_str()), (Some(word), Some("All")));
        assert_eq!(letter.envelope_from(), None);
    }
}

#[test]
fn a_long_thread_keeps_its_first_and_newest_references() {
    let letter = Letter { references: (0..500).map(|n| format!("message-{n}@{}.example.com", "x".repeat(60))).collect(), ..letter() };
    let raw = letter.compose().unwrap();
    assert_wire(&raw);
    let read = second_opinion(&raw);
    let references = read["references"].as_array().unwrap();
    assert_eq!(references.len(), 31);
    assert!(references[0].as_str().unwrap().contains("message-0@") && references[30].as_str().unwrap().contains("message-499@"));
}

#[test]
fn long_lines_and_long_words_stay_within_998() {
    let letter =
        Letter { subject: "я".repeat(2_000), text: "x".repeat(50_000), html: Some(format!("<p>{}</p>", "ы".repeat(50_000))), ..letter() };
    let raw = letter.compose().unwrap();
    assert_wire(&raw);
    assert_eq!(second_opinion(&raw)["parts"][0]["text"].as_str().unwrap().trim_end(), letter.text);
}

#[test]
fn t_m5_no_field_can_make_a_header() {
    for evil in [
        "\r\nEvil: 1",
        "\nEvil: 1",
        "\rEvil: 1",
        "\0\r\nEvil: 1",
        "\u{2028}Evil: 1",
        "\u{85}Evil: 1",
        "\r\n \r\nEvil: 1",
        "\r\n\r\nEvil: body",
        "\u{0B}Evil: 1",
        "=?utf-8?Q?=0D=0AEvil:_1?=",
    ] {
        let value = format!("x{evil}");
        let named = mailbox(&value, "a@example.com");
        let letter = Letter {
            from: named.clone(),
            reply_to: Some(named.clone()),
            to: vec![named.clone()],
            cc: vec![named],
            subject: value.clone(),
            message_id: format!("{value}@example.com"),
            in_reply_to: Some(format!("{value}@example.com")),
            references: vec![format!("{value}@example.com")],
            html: Some("<p>x</p>".to_owned()),
            attachments: vec![
                Enclosure { filename: value.clone(), content_type: value.clone(), bytes: vec![1], content_id: None },
                Enclosure {
                    filename: value.clone(),
                    content_type: "image/png".to_owned(),
                    bytes: vec![1],
                    content_id: Some(value.clone()),
                },
            ],
            ..letter()
        };
        let raw = letter.compose().unwrap();
        assert_wire(&raw);
        let read = second_opinion(&raw);
        assert!(!read["keys"].as_array().unwrap().iter().any(|key| key.as_str().unwrap().eq_ignore_ascii_case("Evil")), "{evil:?}");
        assert!(!raw.windows(7).any(|bytes| bytes == b"\r\nEvil:"), "{evil:?}: {}", String::from_utf8_lossy(&raw));
    }
}

#[test]
fn t_m5_an_address_that_is_not_plain_is_an_error() {
    for email in ["a@example.com\r\nEvil: 1", "a@example.com>, <b@example.com", "", "a", "a@example.com, b@example.com"] {
        let letter = Letter { to: vec![mailbox("x", email)], ..letter() };
        assert!(letter.compose().is_err(), "{email:?}");
    }
}

fn header_of(raw: &[u8], name: &str) -> Vec<String> {
    let text = String::from_utf8_lossy(raw).replace("\r\n ", " ").replace("\r\n\t", " ");
    let head = text.split("\r\n\r\n").next().unwrap_or_default().to_owned();
    head.lines().filter_map(|line| line.strip_prefix(&format!("{name}: "))).map(str::to_owned).collect()
}

#[test]
fn a_digest_can_be_left_with_one_click() {
    let leave = Unsubscribe { https: "https://desk.example/leave/abc?x=1".into(), mailto: Some("mailto:leave+abc@desk.example".into()) };
    let raw = Letter { unsubscribe: Some(leave), ..letter() }.compose().unwrap();
    assert_wire(&raw);
    assert_eq!(header_of(&raw, "List-Unsubscribe"), ["<https://desk.example/leave/abc?x=1>, <mailto:leave+abc@desk.example>"]);
    assert_eq!(header_of(&raw, "List-Unsubscribe-Post"), ["List-Unsubscribe=One-Click"]);
    assert!(header_of(&letter().compose().unwrap(), "List-Unsubscribe").is_empty(), "what belongs to a ticket cannot be left");
    // Without HTTPS there is no one-click, only a mail.
    let leave = Unsubscribe { https: "http://desk.example/leave".into(), mailto: Some("mailto:leave@desk.example".into()) };
    let raw = Letter { unsubscribe: Some(leave), ..letter() }.compose().unwrap();
    assert_eq!(header_of(&raw, "List-Unsubscribe"), ["<mailto:leave@desk.example>"]);
    assert!(header_of(&raw, "List-Unsubscribe-Post").is_empty());
}

#[test]
fn t_m5_no_field_of_a_letter_can_make_another_header() {
    for end in ["\r", "\n", "\r\n", "\0", "\u{2028}", "\u{2029}", "\u{85}", "\r\n ", "\r\n\t", "\n\n", "\r\n\r\n"] {
        let evil = format!("x{end}Bcc: victim@example.com{end}X-Evil: 1");
        let leave = Unsubscribe { https: format!("https://x.example/{evil}"), mailto: Some(format!("mailto:{evil}")) };
        let forged = Letter {
            from: mailbox(&evil, "help@example.com"),
            reply_to: Some(mailbox(&evil, "help+abc@example.com")),
            to: vec![mailbox(&evil, "bob@example.com")],
            cc: vec![mailbox(&evil, "ann@example.com")],
            subject: evil.clone(),
            message_id: format!("{evil}@example.com"),
            in_reply_to: Some(format!("{evil}@example.com")),
            references: vec![format!("{evil}@example.com")],
            unsubscribe: Some(leave),
            attachments: vec![Enclosure {
                filename: evil.clone(),
                content_type: format!("text/plain{end}Bcc: victim@example.com"),
                bytes: b"x".to_vec(),
                content_id: Some(evil.clone()),
            }],
            html: Some(format!("<p>{evil}</p>")),
            ..letter()
        };
        let raw = forged.compose().unwrap();
        assert_wire(&raw);
        let keys = second_opinion(&raw)["keys"].clone();
        let wanted =
            ["From", "Subject", "Date", "Message-ID", "Reply-To", "To", "Cc", "In-Reply-To", "References", "MIME-Version", "Content-Type"];
        for key in keys.as_array().unwrap() {
            assert!(wanted.contains(&key.as_str().unwrap()), "{end:?} made {key}");
        }
        for part in ["Bcc", "X-Evil"] {
            assert!(header_of(&raw, part).is_empty(), "{end:?} {part}");
        }
        let address = Letter { to: vec![mailbox("x", &format!("bob@example.com{end}Bcc: victim@example.com"))], ..letter() };
        assert!(address.compose().is_err(), "{end:?} in an address");
    }
}
