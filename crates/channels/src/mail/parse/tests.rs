use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use kernel::limits::{ATTACHMENTS_PER_MESSAGE_MAX, BODY_BYTES_MAX};
use proptest::prelude::*;

use super::*;

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("testdata")
}

fn raw(name: &str) -> Vec<u8> {
    std::fs::read(folder().join(format!("{name}.eml"))).unwrap()
}

fn mail(name: &str) -> ParsedMail {
    parse(&raw(name))
}

fn corpus() -> Vec<(String, Vec<u8>)> {
    let mut found: Vec<(String, Vec<u8>)> = std::fs::read_dir(folder())
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "eml"))
        .map(|path| (path.file_stem().unwrap().to_str().unwrap().to_owned(), std::fs::read(&path).unwrap()))
        .collect();
    found.sort();
    found
}

fn names(mail: &ParsedMail) -> Vec<&str> {
    mail.attachments.iter().map(|attachment| attachment.filename.as_str()).collect()
}

#[test]
fn a_reply_from_gmail_is_its_new_words() {
    let mail = mail("gmail_reply");
    assert_eq!(mail.message_id.as_deref(), Some("CAJ7x+abc123=XyZ@mail.gmail.example"));
    assert_eq!(mail.in_reply_to, ["reply.2@desk.example"]);
    assert_eq!(mail.references, ["ack.1@desk.example", "reply.2@desk.example"]);
    assert_eq!(mail.from, Mailbox::new("Sofia Marin", "sofia.marin@gmail.example"));
    assert!(!mail.sender_ambiguous && mail.automatic.is_none() && mail.defects.is_empty());
    assert_eq!(mail.subject, "Re: Laptop does not wake up [INC-1042]");
    assert_eq!(mail.date, Stamp::parse("2026-03-02T07:14:07Z"));
    assert_eq!(
        mail.new_text,
        "Thank you, holding the power button for thirty seconds helped. It starts again now, but the screen stays dark for about a minute."
    );
    assert!(mail.text.contains("> Please hold") && mail.html.as_deref().unwrap().starts_with("<div dir=\"ltr\">Thank you"));
    assert_eq!(mail.reply_tokens, ["a".repeat(52)]);
    assert_eq!(mail.language, Some(Locale::En));
}

#[test]
fn a_letter_from_outlook_keeps_its_picture_with_the_html() {
    let mail = mail("outlook_html");
    assert_eq!(mail.from, Mailbox::new("Kowalski, Piotr", "piotr.kowalski@contoso.example"));
    assert_eq!(mail.cc, [Mailbox::new("Team, Finance", "finance@contoso.example").unwrap()]);
    let picture = &mail.attachments[0];
    assert!(
        picture.inline && picture.content_id.as_deref() == Some("image001.png@01DB9999.12345678") && picture.content_type == "image/png"
    );
    assert!(picture.bytes.starts_with(b"\x89PNG"));
    assert!(mail.new_text.ends_with("Kind regards\nPiotr"), "{}", mail.new_text);
    let shown = super::super::clean(mail.html.as_deref().unwrap());
    assert!(shown.contains("<img src=\"cid:image001.png@01DB9999.12345678\"") && !shown.contains("MsoNormal"), "{shown}");
}

#[test]
fn texts_around_a_picture_are_one_text() {
    let mail = mail("apple_mail");
    assert_eq!(
        mail.text,
        "The projector in the large meeting room shows a green stripe, see here:\n\nand the remote control has no batteries."
    );
    assert_eq!(names(&mail), ["IMG_0042.png", "Raum Übersicht.pdf"]);
    assert_eq!(mail.html, None);
}

#[test]
fn every_charset_of_our_six_languages_is_read() {
    for (name, from, subject, words, language) in [
        ("russian_koi8r", "Иван Петров", "Не работает вход в личный кабинет", "после ввода пароля страница", Locale::Ru),
        ("russian_windows1251_base64", "Бухгалтерия", "Re: Заявка [INC-77] про принтер", "Принтер снова печатает", Locale::Ru),
        ("chinese_gb18030", "王小明", "无法连接无线网络", "提示密码错误", Locale::ZhHans),
        ("chinese_gb2312_qp_html", "", "报销系统打不开", "页面一直显示“正在加载”", Locale::ZhHans),
        ("vietnamese_utf8", "Nguyễn Thị Hạnh", "Máy in tầng 3 bị kẹt giấy", "Nhờ anh chị kiểm tra giúp", Locale::Vi),
        ("vietnamese_windows1258", "", "Xin cap quyen VPN", "Nhờ anh chị kiểm tra giúp", Locale::Vi),
        ("latvian_windows1257", "Liene Bērziņa", "Nevaru pieslēgties grāmatvedībai", "Lūdzu, palīdziet atjaunot piekļuvi", Locale::Lv),
        ("romanian_iso8859_16", "Ștefan Ionescu", "Nu pot deschide fișierele", "Vă rog să verificați", Locale::Ro),
        ("unlabelled_utf8_subject", "Тест", "Пробное письмо без кодировки", "не указывает кодировку", Locale::Ru),
    ] {
        let mail = mail(name);
        assert_eq!(mail.from.as_ref().unwrap().name, from, "{name}");
        assert_eq!(mail.subject, subject, "{name}");
        assert!(mail.text.contains(words), "{name}: {}", mail.text);
        assert_eq!(mail.language, Some(language), "{name}: {}", mail.new_text);
        assert!(!mail.sender_ambiguous && mail.defects.is_empty(), "{name}: {:?}", mail.defects);
    }
    assert_eq!(mail("russian_windows1251_base64").new_text, "Принтер снова печатает, спасибо большое за быструю помощь.");
}

#[test]
fn reports_name_the_message_that_came_back() {
    for (name, original) in [
        ("dsn_postfix", "reply.7@desk.example"),
        ("dsn_exchange_headers_only", "reply.8@desk.example"),
        ("bounce_exim_text", "reply.9@desk.example"),
        ("mdn_read_receipt", "reply.10@desk.example"),
    ] {
        let mail = mail(name);
        assert_eq!(mail.automatic, Some(Automatic::Report), "{name}");
        assert_eq!(mail.bounce_of.as_deref(), Some(original), "{name}");
    }
}

#[test]
fn a_report_in_the_mail_of_a_person_is_not_a_report() {
    let forged = raw("bounce_exim_text");
    let text = String::from_utf8(forged)
        .unwrap()
        .replace("Return-path: <>\r\n", "")
        .replace("Mailer-Daemon@", "alice@")
        .replace("X-Failed-Recipients", "X-Nothing")
        .replace("Auto-Submitted: auto-replied\r\n", "");
    let mail = parse(text.as_bytes());
    assert_eq!((mail.automatic, mail.bounce_of), (None, None));
}

#[test]
fn machines_are_recognised() {
    for (name, automatic) in [
        ("out_of_office_exchange", Automatic::Reply),
        ("out_of_office_without_headers", Automatic::Reply),
        ("mailing_list", Automatic::Bulk),
    ] {
        assert_eq!(mail(name).automatic, Some(automatic), "{name}");
    }
    let mut mail = mail("apple_mail");
    mail.note_envelope(Some("emma@laurent.example"), &[]);
    assert_eq!(mail.automatic, None);
    mail.note_envelope(None, &[format!("help+{}@desk.example", "b".repeat(51) + "a")]);
    assert_eq!(mail.automatic, Some(Automatic::Report));
    assert_eq!(mail.reply_tokens.len(), 1);
}

#[test]
fn a_forwarded_message_is_a_file_named_by_its_subject() {
    let mail = mail("forwarded_message");
    assert_eq!(names(&mail), ["Complaint about order 4711.eml"]);
    let inner = parse(&mail.attachments[0].bytes);
    assert_eq!(inner.text, "This took three weeks!");
    assert_eq!(names(&inner), ["order.pdf"]);
    assert_eq!((mail.automatic, mail.bounce_of), (None, None));
}

#[test]
fn files_that_nobody_opens_here_are_kept() {
    assert_eq!(names(&mail("winmail_tnef")), ["winmail.dat"]);
    assert_eq!(names(&mail("calendar_invite")), ["invite.ics"]);
    assert_eq!(mail("calendar_invite").text, "Shall we talk on Tuesday at ten?");
}

#[test]
fn what_is_broken_is_read_as_far_as_it_goes() {
    let cut = mail("no_closing_boundary");
    assert_eq!(
        (cut.text.as_str(), cut.defects.as_slice()),
        ("The line broke while sending", ["multipart without its end".to_owned()].as_slice())
    );
    let odd = mail("multipart_without_parts");
    assert!(odd.attachments.is_empty() && odd.text.contains("only these words"), "{odd:?}");
    let bare = mail("no_header_at_all");
    assert!(bare.text.contains("piped here by a script") && bare.sender_ambiguous, "{bare:?}");
    let encodings = mail("broken_base64_and_qp");
    assert!(encodings.text.contains("Price is 5=2 and café costs 100=zz") && encodings.text.ends_with("café"), "{}", encodings.text);
    assert!(encodings.attachments[0].bytes.starts_with(b"%PDF-1.4 test"));
    assert_eq!(encodings.defects.len(), 4);
    let mbox = mail("mbox_line_and_bare_lf");
    assert_eq!(mbox.message_id.as_deref(), Some("toner.1@device.example"));
    assert_eq!(mail("no_message_id_no_date").message_id, None);
    let letter = mail("html_only_newsletter");
    assert!(
        letter.text.contains("Everything must go & soon.") && !letter.text.contains("track") && !letter.text.contains("font"),
        "{}",
        letter.text
    );
    assert_eq!(parse(b"").text, "");
    assert_eq!(parse(b"\xff\xfe\x00\x01").text.chars().count(), 3);
}

#[test]
fn t_m2_a_sender_on_whom_readers_differ_is_marked() {
    assert!(mail("two_senders").sender_ambiguous);
    assert!(mail("encoded_word_sender").sender_ambiguous);
}

#[test]
fn t_m4_our_private_headers_from_outside_change_nothing() {
    let with = raw("private_headers");
    let without: String = String::from_utf8(with.clone())
        .unwrap()
        .split_inclusive("\r\n")
        .filter(|line| !line.starts_with("X-Steward-") && !line.starts_with("Steward-"))
        .collect();
    assert_ne!(with.len(), without.len());
    assert_eq!(parse(&with), parse(without.as_bytes()));
}

#[test]
fn t_a3_active_files_are_files_with_their_claimed_type_and_never_body() {
    let mail = mail("hostile_names");
    let claimed: Vec<(&str, &str)> =
        mail.attachments.iter().skip(8).map(|file| (file.filename.as_str(), file.content_type.as_str())).collect();
    assert_eq!(claimed, [("page.html", "text/html"), ("drawing.svg", "image/svg+xml"), ("sly.html", "text/html")]);
    assert_eq!((mail.text.as_str(), mail.html), ("Open them all.", None));
    let odd = parse(b"From: a@b.c\r\nContent-Type: image/png\r\n evil=\"\r\n x\"; name=a.png\r\nContent-Disposition: attachment\r\n\r\nx");
    assert!(odd.attachments.iter().all(|file| !file.content_type.contains([' ', '\r', '\n', '"', ';'])), "{odd:?}");
}

#[test]
fn t_a4_hostile_file_names_arrive_clean() {
    let mail = mail("hostile_names");
    let found = names(&mail);
    assert_eq!(found[..7], ["x", "_CON", "gpj.exe", "htaccess", "a X-Evil_ 1.txt", "_nul .txt", "attachment"]);
    assert!(found[7].len() <= 200 && found[7].ends_with("x.pdf"));
}

#[test]
fn t_a4_a_name_is_clean_whichever_way_it_came() {
    let evil = "..%2F..%2F%E2%80%8B.htaccess";
    let mail = parse(
        format!(
            "From: a@b.c\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nx\nbegin 644 ../../etc/passwd\n#0V%T\n`\nend\n--b\nContent-Disposition: attachment; filename*=utf-8''{evil}\n\nx\n--b\nContent-Disposition: attachment; filename*0*=utf-8''..%2F; filename*1*=%E2%80%AEgpj.exe\n\nx\n--b\nContent-Disposition: attachment; filename=\"=?utf-8?Q?..=5CCON.txt?=\"\n\nx\n--b\nContent-Type: image/png; name=\"/etc/x=00.png\"\n\nx\n--b\nContent-Type: message/rfc822\n\nSubject: ../../a\\b: \u{202E}c\n\nx\n--b--\n"
        )
        .as_bytes(),
    );
    assert_eq!(names(&mail), ["passwd", "htaccess", "gpj.exe", "_CON.txt", "x=00.png", "_.._a_b_ c.eml"]);
}

#[test]
fn pictures_keep_the_place_that_the_html_gives_them() {
    let mail = parse(
        "From: a@b.c\nContent-Type: multipart/related; boundary=b\n\n--b\nContent-Type: text/html\n\n<img src=\"cid:a%40b\"><img src=\"logo.png\"><img src='cid:bare'>\n--b\nContent-Type: image/png\nContent-ID: <a@b>\n\nx\n--b\nContent-Type: image/png; name=logo.png\nContent-Location: logo.png\n\nx\n--b\nContent-Type: image/png\nContent-ID: bare\nContent-Disposition: attachment\n\nx\n--b\nContent-Type: image/png; name=unused.png\nContent-ID: <unused@b>\nContent-Disposition: inline\n\nx\n--b--\n"
            .as_bytes(),
    );
    let shown: Vec<(Option<&str>, bool)> = mail.attachments.iter().map(|file| (file.content_id.as_deref(), file.inline)).collect();
    assert_eq!(shown, [(Some("a%40b"), true), (Some("location.1"), true), (Some("bare"), true), (Some("unused@b"), false)]);
    assert!(mail.html.unwrap().contains("<img src=\"cid:location.1\">"));
}

#[test]
fn invitations_are_shown_and_kept() {
    let mail = parse(
        "From: a@b.c\nContent-Type: multipart/alternative; boundary=b\n\n--b\n\nShall we talk?\n--b\nContent-Type: text/calendar; method=REQUEST; charset=windows-1251\n\nBEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:Talk\nDTSTART:20260106T100000Z\nEND:VEVENT\nEND:VCALENDAR\n--b--\n"
            .as_bytes(),
    );
    assert_eq!((mail.text.as_str(), names(&mail)), ("Shall we talk?", vec!["invite.ics"]));
    assert_eq!(
        mail.invitations.iter().map(|shown| (shown.method.as_str(), shown.title.as_str(), shown.starts.as_deref())).collect::<Vec<_>>(),
        [("request", "Talk", Some("2026-01-06T10:00:00Z"))]
    );
}

#[test]
fn a_subject_and_ids_are_one_line() {
    let mail = parse(b"From: a@b.c\r\nSubject: =?utf-8?Q?a=0D=0AEvil:_1=00=E2=80=A8b?=\r\nMessage-ID: <a\r\n b@c>\r\nReferences: <x@y>\r\n\t<z@y>, w@y\r\n\r\nx");
    assert_eq!(mail.subject, "a Evil: 1 b");
    assert_eq!(mail.references[..2], ["x@y", "z@y"]);
    assert!(mail.message_id.iter().chain(&mail.references).all(|id| !id.contains(char::is_whitespace)));
}

/// What must hold whatever came in.
fn assert_bounded(mail: &ParsedMail) {
    assert!(mail.text.len() <= BODY_BYTES_MAX && mail.attachments.len() <= ATTACHMENTS_PER_MESSAGE_MAX);
    assert!(mail.references.len() <= MAIL_REFERENCES_MAX && mail.subject.chars().count() <= TITLE_CHARS_MAX);
    assert!(mail.to.len() <= 500 && mail.cc.len() <= 500 && mail.defects.len() <= 20);
    assert!(!mail.subject.contains(['\r', '\n', '\0']) && !mail.text.contains('\0'));
    for file in &mail.attachments {
        assert!(!file.filename.is_empty() && file.filename.len() <= 200 && !file.filename.contains(['/', '\\', '\0', '\r', '\n']));
    }
}

#[test]
fn t_s4_hostile_messages_of_a_megabyte_are_read_within_bounds() {
    let head = "From: a@b.c\r\nSubject: x\r\nMIME-Version: 1.0\r\n";
    let nested: String = (0..20_000).map(|n| format!("Content-Type: multipart/mixed; boundary=b{n}\r\n\r\n--b{n}\r\n")).collect();
    let same: String = "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n".repeat(20_000);
    let digests: String = (0..20_000).map(|n| format!("Content-Type: multipart/digest; boundary=b{n}\r\n\r\n--b{n}\r\n\r\n")).collect();
    let rfc822 = "Content-Type: message/rfc822\r\n\r\n".repeat(30_000);
    let encoded = (0..6).fold("Subject: inner\r\n\r\nx".to_owned(), |inner, _| {
        use base64::Engine;
        format!(
            "Content-Type: message/rfc822\r\nContent-Transfer-Encoding: base64\r\n\r\n{}",
            base64::engine::general_purpose::STANDARD.encode(inner + &rfc822)
        )
        .chars()
        .take(1_000_000)
        .collect()
    });
    let parts = format!("Content-Type: multipart/mixed; boundary=b\r\n\r\n{}", "--b\r\n\r\nx\r\n".repeat(100_000));
    let never = format!(
        "Content-Type: multipart/mixed; boundary=b\r\n\r\n{}",
        "--b\r\nContent-Type: multipart/mixed; boundary=z\r\n\r\nx\r\n".repeat(20_000)
    );
    let cases: Vec<(&str, Vec<u8>)> = vec![
        ("nested", format!("{head}{nested}").into_bytes()),
        ("same boundary", format!("{head}{same}").into_bytes()),
        ("digests", format!("{head}{digests}").into_bytes()),
        ("messages in messages", format!("{head}{rfc822}").into_bytes()),
        ("encoded messages", format!("{head}{encoded}").into_bytes()),
        ("many parts", format!("{head}{parts}").into_bytes()),
        ("parts without parts", format!("{head}{never}").into_bytes()),
        ("one long header", format!("{head}X-Long: {}\r\n\r\nx", "a ".repeat(500_000)).into_bytes()),
        ("long subject", format!("From: a@b.c\r\nSubject: {}\r\n\r\nx", "=?utf-8?Q?=41?= ".repeat(60_000)).into_bytes()),
        ("many headers", format!("{}\r\nx", "A: b\r\n".repeat(170_000)).into_bytes()),
        (
            "many addresses",
            format!("From: a@b.c\r\nTo: {}\r\n\r\nx", (0..50_000).map(|n| format!("p{n}@b.c, ")).collect::<String>()).into_bytes(),
        ),
        ("many senders", format!("From: {}\r\n\r\nx", "<a@b.c>, ".repeat(20_000)).into_bytes()),
        ("comments", format!("From: {}a@b.c\r\n\r\nx", "(".repeat(200_000)).into_bytes()),
        ("many references", format!("From: a@b.c\r\nReferences: {}\r\n\r\nx", "<a@b> ".repeat(100_000)).into_bytes()),
        (
            "parameters",
            format!(
                "{head}Content-Type: text/plain; {}\r\n\r\nx",
                (0..20_000).map(|n| format!("name*{n}*=utf-8''a; ")).collect::<String>()
            )
            .into_bytes(),
        ),
        (
            "base64 junk",
            [
                format!("{head}Content-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\n").into_bytes(),
                (0..=255_u8).cycle().step_by(7).take(1_000_000).collect(),
            ]
            .concat(),
        ),
        (
            "utf-32 garbage",
            [format!("{head}Content-Type: text/plain; charset=utf-32le\r\n\r\n").into_bytes(), vec![0xFF; 1_000_000]].concat(),
        ),
        ("utf-7", format!("{head}Content-Type: text/plain; charset=utf-7\r\n\r\n{}", "+AAA".repeat(250_000)).into_bytes()),
        ("deep html", format!("{head}Content-Type: text/html\r\n\r\n{}", "<div><b>".repeat(120_000)).into_bytes()),
        ("entities", format!("{head}Content-Type: text/html\r\n\r\n{}", "&amp;&#0;&#x110000;".repeat(50_000)).into_bytes()),
        ("links in text", format!("{head}\r\n{}", "http://a.b/ ".repeat(80_000)).into_bytes()),
        ("quotes", format!("{head}\r\n{}", "> ".repeat(500_000)).into_bytes()),
        ("empty lines", "\r\n".repeat(500_000).into_bytes()),
        ("dashes in nested parts", format!("{head}{}{}", nested.get(..4_000).unwrap(), "--a\n".repeat(240_000)).into_bytes()),
        ("lines in nested parts", format!("{head}{}{}", nested.get(..4_000).unwrap(), "\n".repeat(990_000)).into_bytes()),
        (
            "encoded multiparts",
            format!(
                "{head}Content-Type: multipart/mixed; boundary=b\r\n\r\n{}",
                "--b\r\nContent-Type: multipart/mixed; boundary=q\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n=2D-b\r\n"
                    .repeat(9_000)
            )
            .into_bytes(),
        ),
        (
            "5,000 addresses",
            format!("From: a@b.c\r\nTo: {}\r\n\r\nx", (0..5_000).map(|n| format!("\"P {n}\" <p{n}@b.c>, ")).collect::<String>())
                .into_bytes(),
        ),
        ("words in addresses", format!("{}\r\nx", "To: =?x?Q?=E1=E2?= <a@b.c>, b@c.d\r\n".repeat(25_000)).into_bytes()),
        (
            "more than 5,000 links in html",
            format!("{head}Content-Type: text/html\r\n\r\n{}", "<a href=\"http://a.b/\">x</a> ".repeat(30_000)).into_bytes(),
        ),
        ("nothing but `<`", format!("{head}Content-Type: text/html\r\n\r\n{}", "<".repeat(1_000_000)).into_bytes()),
        ("pictures", format!("{head}Content-Type: text/html\r\n\r\n{}", "<img src=\"cid:a@b\">".repeat(50_000)).into_bytes()),
        (
            "base64 of base64",
            format!("{head}Content-Type: text/plain\r\nContent-Transfer-Encoding: base64\r\n\r\n{}", "QQ==\n".repeat(200_000)).into_bytes(),
        ),
        ("stray lines", "stray\r\nFrom: a\r\n".repeat(60_000).into_bytes()),
        ("lines of a carriage return", format!("X: {}", "\rfrom".repeat(200_000)).into_bytes()),
        (
            "combining marks",
            format!("{head}Content-Type: text/plain; charset=utf-8\r\n\r\n{}", "\u{301}\u{316}".repeat(250_000)).into_bytes(),
        ),
        ("nothing but zero", vec![0; 1_000_000]),
        ("no line end", vec![b'a'; 1_000_000]),
        ("colons", vec![b':'; 1_000_000]),
    ];
    for (name, raw) in cases {
        let mail = parse(&raw);
        assert_bounded(&mail);
        assert!(!mail.defects.iter().any(|defect| defect == "could not be parsed"), "{name} panicked");
    }
}

#[test]
fn t_s4_every_truncation_and_flip_of_the_corpus_is_read() {
    for (name, raw) in corpus() {
        for end in (0..raw.len()).step_by(raw.len() / 30 + 1) {
            let mail = parse(&raw[..end]);
            assert_bounded(&mail);
            assert!(!mail.defects.iter().any(|defect| defect == "could not be parsed"), "{name} at {end}");
            let mut flipped = raw.clone();
            flipped[end] ^= 0x15;
            assert!(!parse(&flipped).defects.iter().any(|defect| defect == "could not be parsed"), "{name} flipped at {end}");
        }
    }
}

/// Senders and texts as Python's library reads them.
fn second_opinion(messages: &[Vec<u8>]) -> Vec<(Vec<String>, String)> {
    const SCRIPT: &str = r"
import sys, json, email, base64
from email import policy
out = []
for line in sys.stdin:
    m = email.message_from_bytes(base64.b64decode(line), policy=policy.default)
    try: senders = [a.addr_spec.lower() for h in m.get_all('From', []) for a in h.addresses]
    except Exception: senders = ['?']
    body = m.get_body(preferencelist=('plain',))
    try: text = body.get_content() if body else ''
    except Exception: text = ''
    out.append([[s.encode('utf-8', 'replace').decode() for s in senders], text.encode('utf-8', 'replace').decode()])
print(json.dumps(out))
";
    use base64::Engine;
    let mut python =
        Command::new("python3").args(["-c", SCRIPT]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("python3 is needed");
    let mut input = python.stdin.take().unwrap();
    for message in messages {
        writeln!(input, "{}", base64::engine::general_purpose::STANDARD.encode(message)).unwrap();
    }
    drop(input);
    let output = python.wait_with_output().unwrap();
    assert!(output.status.success());
    serde_json::from_slice(&output.stdout).unwrap()
}

#[test]
fn t_m2_python_sees_the_same_sender_or_the_sender_is_marked() {
    let headers = [
        "From: a@b.example",
        "From: A <a@b.example>",
        "From: \"x@y.example\" <a@b.example>",
        "From: x@y.example <a@b.example>",
        "From: a@b.example (x@y.example)",
        "From: (x@y.example) a@b.example",
        "From: a@b.example,",
        "From: , a@b.example",
        "From: <x@y.example><a@b.example>",
        "From: x@y.example\r\n <a@b.example>",
        "From: \"a\\\" <x@y.example>\" <a@b.example>",
        "From: =?utf-8?Q?x=40y.example=3E?= <a@b.example>",
        "From: =?utf-8?Q?=22x=40y.example=22_=3C?= <a@b.example>",
        "From: a@b.example <>",
        "From: <a@b.example",
        "From: a@b.example>",
        "From: a @b.example",
        "From: a@ b.example",
        "From: group: a@b.example;",
        "From: a@b.example; x@y.example",
        "From: x@y.example, <a@b.example>",
        "From: \"x, y\" <a@b.example>",
        "From: x, y <a@b.example>",
        "From: <a@b.example> (x)",
        "From: <@r.example:a@b.example>",
        "From: a@[127.0.0.1]",
        "From: =?utf-8?B?eEB5LmV4YW1wbGU=?=",
        "From: =?utf-8?Q?a?=@b.example",
        "from: a@b.example\r\nFROM: x@y.example",
        "From : a@b.example",
        "From:a@b.example",
        "From: a@b.example\r\nSender: x@y.example",
        "From: A\r\n\t<a@b.example>",
        "From: A B <a@b.example> C",
        "From: a..b@b.example",
        "From: <a@b.example>\r\nResent-From: x@y.example",
        "From: \u{430}@b.example",
        "From: a@b.example.",
    ];
    let mut messages: Vec<Vec<u8>> = headers.iter().map(|header| format!("{header}\r\nSubject: x\r\n\r\nx").into_bytes()).collect();
    messages.extend(corpus().into_iter().map(|(_, raw)| raw));
    for (message, (senders, _)) in messages.iter().zip(second_opinion(&messages)) {
        let mail = parse(message);
        let ours: Vec<String> = mail.from.iter().map(|from| from.email.clone()).collect();
        assert!(
            mail.sender_ambiguous || ours == senders,
            "{:?} against {senders:?} in {}",
            ours,
            String::from_utf8_lossy(&message[..message.len().min(200)])
        );
    }
}

#[test]
fn python_reads_the_same_text() {
    let skipped = [
        "broken_base64_and_qp",
        "hostile_names",
        "apple_mail",
        "no_header_at_all",
        "mbox_line_and_bare_lf",
        "multipart_without_parts",
        "unlabelled_utf8_subject",
        "vietnamese_windows1258",
    ];
    let corpus: Vec<(String, Vec<u8>)> = corpus().into_iter().filter(|(name, _)| !skipped.contains(&name.as_str())).collect();
    let messages: Vec<Vec<u8>> = corpus.iter().map(|(_, raw)| raw.clone()).collect();
    for ((name, raw), (_, text)) in corpus.iter().zip(second_opinion(&messages)) {
        if !text.is_empty() {
            assert_eq!(parse(raw).text.trim(), text.replace("\r\n", "\n").trim(), "{name}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn t_s4_any_bytes_are_read(bytes in proptest::collection::vec(any::<u8>(), 0..600)) {
        assert_bounded(&parse(&bytes));
    }

    #[test]
    fn t_s4_any_arrangement_of_header_pieces_is_read(pieces in proptest::collection::vec(proptest::sample::select(vec![
        "From: ", "a@b.c", "<", ">", "\"", "(", ")", "=?utf-8?Q?", "?=", "\r\n", "\n", " ", ",", ":", ";", "Content-Type: ", "multipart/mixed", "; boundary=", "b", "--b", "--", "message/rfc822",
        "Content-Transfer-Encoding: base64\r\n", "quoted-printable", "=", "\0", "charset=utf-16", "text/html", "<p>", "References: ", "Date: Mon, 99 Foo 2026", "; name*0*=utf-8''%", "Content-Disposition: attachment", "\r\n\r\n",
    ]), 0..60)) {
        let mail = parse(pieces.concat().as_bytes());
        assert_bounded(&mail);
        prop_assert!(!mail.defects.iter().any(|defect| defect == "could not be parsed"));
    }
}
