use super::super::parse::{ParsedMail, parse};
use super::*;
use base64::Engine;

fn attribute(level: u8, id: u32, data: &[u8]) -> Vec<u8> {
    let sum = data.iter().fold(0_u16, |sum, byte| sum.wrapping_add(u16::from(*byte)));
    [&[level][..], &id.to_le_bytes(), &u32::try_from(data.len()).unwrap().to_le_bytes(), data, &sum.to_le_bytes()].concat()
}

fn padded(data: &[u8]) -> Vec<u8> {
    let mut out = u32::try_from(data.len()).unwrap().to_le_bytes().to_vec();
    out.extend_from_slice(data);
    out.resize(4 + data.len().next_multiple_of(4), 0);
    out
}

fn variable(kind: u16, id: u16, data: &[u8]) -> Vec<u8> {
    [&kind.to_le_bytes()[..], &id.to_le_bytes(), &1_u32.to_le_bytes(), &padded(data)].concat()
}

fn properties(list: &[Vec<u8>]) -> Vec<u8> {
    [&u32::try_from(list.len()).unwrap().to_le_bytes()[..], &list.concat()].concat()
}

fn unicode(text: &str) -> Vec<u8> {
    text.encode_utf16().chain([0]).flat_map(u16::to_le_bytes).collect()
}

fn tnef(attributes: &[Vec<u8>]) -> Vec<u8> {
    [&SIGNATURE.to_le_bytes()[..], &[1, 0], &attributes.concat()].concat()
}

fn file(name: &str, data: &[u8]) -> Vec<u8> {
    let named = properties(&[variable(0x001F, 0x3707, &unicode(name)), vec![0x03, 0x00, 0x05, 0x37, 1, 0, 0, 0]]);
    [
        attribute(2, 0x0006_9002, &[0; 14]),
        attribute(2, 0x0001_8010, b"SHORT~1.TXT\0"),
        attribute(2, 0x0006_800F, data),
        attribute(2, 0x0006_9005, &named),
    ]
    .concat()
}

fn mail(tnef: &[u8], text: &str) -> ParsedMail {
    let encoded = base64::engine::general_purpose::STANDARD.encode(tnef);
    parse(format!("From: a@b.c\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\n\n{text}\n--b\nContent-Type: application/ms-tnef; name=\"winmail.dat\"\nContent-Transfer-Encoding: base64\n\n{encoded}\n--b--\n").as_bytes())
}

fn names(mail: &ParsedMail) -> Vec<(&str, &[u8])> {
    mail.attachments.iter().map(|file| (file.filename.as_str(), file.bytes.as_slice())).collect()
}

#[test]
fn the_files_of_a_winmail_dat_take_its_place() {
    let codepage = attribute(1, 0x0006_9007, &[0xE3, 0x04, 0, 0, 0, 0, 0, 0]);
    let body = attribute(1, 0x0002_800C, b"\xcf\xf0\xe8\xe2\xe5\xf2\0");
    let bytes = tnef(&[codepage, body, file("Отчёт за май.docx", b"one"), file("../../etc/passwd", b"two")]);
    let both = mail(&bytes, "");
    assert_eq!(both.text, "Привет");
    assert_eq!(names(&both), [("Отчёт за май.docx", b"one".as_slice()), ("passwd", b"two")]);
    assert!(both.defects.is_empty(), "{:?}", both.defects);
    assert_eq!(mail(&bytes, "Written twice").text, "Written twice");
}

#[test]
fn a_message_inside_a_winmail_dat_is_taken_out_as_well() {
    let inner = tnef(&[attribute(1, 0x0002_800C, b"Inner words\0"), file("inner.pdf", b"%PDF")]);
    let object = variable(0x000D, 0x3701, &[&[0_u8; 16][..], &inner].concat());
    let named = properties(&[variable(0x001E, 0x3707, b"Forwarded\0"), object]);
    let outer = tnef(&[attribute(2, 0x0006_9002, &[0; 14]), attribute(2, 0x0006_9005, &named)]);
    let mail = mail(&outer, "See below");
    assert_eq!(names(&mail), [("Forwarded.txt", b"Inner words".as_slice()), ("inner.pdf", b"%PDF")]);
}

#[test]
fn the_body_comes_from_whichever_form_is_there() {
    let html = tnef(&[attribute(1, 0x0006_9003, &properties(&[variable(0x0102, 0x1013, b"<p>Hello <b>Bob</b></p>")]))]);
    assert_eq!(mail(&html, "").html.as_deref(), Some("<p>Hello <b>Bob</b></p>"));
    let rtf = b"{\\rtf1\\ansi\\ansicpg1251 \\'cf\\'f0\\'e8\\'e2\\'e5\\'f2\\par there}";
    let size = u32::try_from(rtf.len()).unwrap();
    let packed = [&(size + 12).to_le_bytes()[..], &size.to_le_bytes(), b"MELA", &[0; 4], rtf].concat();
    let rich = tnef(&[attribute(1, 0x0006_9003, &properties(&[variable(0x0102, 0x1009, &packed)]))]);
    assert_eq!(mail(&rich, "").text, "Привет\nthere");
}

#[test]
fn what_is_broken_stays_a_file_beside_what_could_be_read() {
    let bytes = tnef(&[file("a.txt", b"one"), file("b.txt", b"two")]);
    let cut = mail(&bytes[..bytes.len() - 40], "Hello");
    assert_eq!(cut.attachments.first().map(|file| file.filename.as_str()), Some("a.txt"));
    assert!(cut.attachments.iter().any(|file| file.filename == "winmail.dat"));
    for end in 0..bytes.len() {
        let mail = mail(&bytes[..end], "Hello");
        assert!(!mail.attachments.is_empty() && mail.text == "Hello", "{end}");
    }
}

#[test]
fn t_s4_bombs_in_a_winmail_dat_are_bounded() {
    let many = tnef(&(0..40_000).map(|_| attribute(2, 0x0006_9002, &[])).collect::<Vec<_>>());
    assert!(read(&many).is_none());
    let counted = tnef(&[attribute(1, 0x0006_9003, &[&u32::MAX.to_le_bytes()[..], &[0; 100]].concat())]);
    assert!(read(&counted).is_none());
    let long = tnef(&[[&[1_u8][..], &0x0006_9003_u32.to_le_bytes(), &u32::MAX.to_le_bytes()].concat()]);
    assert!(read(&long).is_none());
    let nested = (0..20).fold(tnef(&[file("x", b"y")]), |inner, _| {
        let object = variable(0x000D, 0x3701, &[&[0_u8; 16][..], &inner].concat());
        tnef(&[attribute(2, 0x0006_9002, &[]), attribute(2, 0x0006_9005, &properties(&[object]))])
    });
    assert!(read(&nested).is_none_or(|message| !message.whole));
}
