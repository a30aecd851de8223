//! One hostile megabyte: what each way to make a reader work costs in time and memory.

use std::time::Instant;

use channels::mail::{clean, parse};

use crate::HEAP;

const MEGABYTE: usize = 1_000_000;
/// Aims for each (SECURITY.md, 4.3).
const TIME_MS_AIM: f64 = 50.0;
const HEAP_MB_AIM: f64 = 10.0;
const RUNS: usize = 5;

/// Prints a table: the best of some runs, because the others measure the machine.
pub(crate) fn report() {
    println!("| shape | kB | read, ms | clean, ms | MB | |\n|---|--:|--:|--:|--:|---|");
    for (name, mail) in shapes() {
        let (mut reading, mut cleaning, mut peak) = (f64::INFINITY, f64::INFINITY, 0.0_f64);
        for _ in 0..RUNS {
            let before = HEAP.current_usage();
            HEAP.reset_peak_usage();
            let begun = Instant::now();
            let read = parse(&mail);
            let (took, begun) = (begun.elapsed(), Instant::now());
            let cleaned = read.html.as_deref().map(clean);
            reading = reading.min(took.as_secs_f64() * 1e3);
            cleaning = cleaning.min(begun.elapsed().as_secs_f64() * 1e3);
            let heap = u32::try_from(HEAP.peak_usage().saturating_sub(before)).unwrap_or(u32::MAX);
            peak = peak.max(f64::from(heap) / 1e6);
            drop((read, cleaned));
        }
        let mark = if reading + cleaning > TIME_MS_AIM || peak > HEAP_MB_AIM { "above the aim" } else { "" };
        println!("| {name} | {} | {reading:.1} | {cleaning:.1} | {peak:.1} | {mark} |", mail.len() / 1_000);
    }
}

/// A header, and something again and again until there is a megabyte of it.
fn filled(head: &str, mut piece: impl FnMut(usize) -> String) -> Vec<u8> {
    let mut text = head.to_owned();
    let mut number = 0;
    while text.len() < MEGABYTE {
        text.push_str(&piece(number));
        number += 1;
    }
    text.into_bytes()
}

fn constant<'p>(piece: &'p str) -> impl FnMut(usize) -> String + 'p {
    move |_| piece.to_owned()
}

const TO: &str = "From: a@b.example\r\nTo: it@desk.example\r\nSubject: x\r\nMIME-Version: 1.0\r\n";

fn body(kind: &str, piece: impl FnMut(usize) -> String) -> Vec<u8> {
    filled(&format!("{TO}Content-Type: {kind}\r\n\r\n"), piece)
}

fn html(piece: impl FnMut(usize) -> String) -> Vec<u8> {
    body("text/html; charset=utf-8", piece)
}

fn text(piece: impl FnMut(usize) -> String) -> Vec<u8> {
    body("text/plain; charset=utf-8", piece)
}

fn encoded(encoding: &str, kind: &str, piece: &str) -> Vec<u8> {
    filled(&format!("{TO}Content-Type: {kind}\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n"), constant(piece))
}

fn shapes() -> Vec<(&'static str, Vec<u8>)> {
    let mut shapes = structures();
    shapes.extend(headers());
    shapes.extend(texts());
    shapes.extend(pages());
    shapes
}

fn structures() -> Vec<(&'static str, Vec<u8>)> {
    let nested = |n: usize| format!("--b{n}\r\nContent-Type: multipart/mixed; boundary=b{}\r\n\r\n", n + 1);
    let beginning = |n: usize| match n {
        0 => "Content-Type: message/rfc822\r\n\r\n".to_owned(),
        _ => format!("{TO}Content-Type: message/rfc822\r\n\r\n"),
    };
    vec![
        ("multiparts in each other", body("multipart/mixed; boundary=b0", nested)),
        ("messages in each other", filled(TO, beginning)),
        ("empty parts", body("multipart/mixed; boundary=b", constant("--b\r\n\r\n"))),
        (
            "parts with a file each",
            body("multipart/mixed; boundary=b", constant("--b\r\nContent-Disposition: attachment; filename=a\r\n\r\nx\r\n")),
        ),
        (
            "parts of the same boundary in each other",
            body("multipart/mixed; boundary=b", constant("--b\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n")),
        ),
        ("what is nearly a boundary", body("multipart/mixed; boundary=bbbbbbbbbbbbbbbbbbbb", constant("--bbbbbbbbbbbbbbbbbbb\r\n"))),
        ("alternatives", body("multipart/alternative; boundary=b", constant("--b\r\nContent-Type: text/html\r\n\r\n<p>x\r\n"))),
        ("base64 of nothing but line ends", encoded("base64", "text/plain", "\r\n")),
        ("base64 text", encoded("base64", "text/plain; charset=utf-8", "QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVphYmNkZWZnaGlqa2xtbm9w\r\n")),
        ("quoted-printable text", encoded("quoted-printable", "text/plain; charset=utf-8", "=E1=BA=BF=\r\n")),
        ("uuencoded files", text(constant("begin 644 a\r\n#0V%T\r\n`\r\nend\r\n"))),
        (
            "one long uuencoded file",
            text(|n| {
                if n == 0 {
                    "begin 644 a\r\n".to_owned()
                } else {
                    "M04)#1$5&1TA)2DM,34Y/4%%24U155E=865IA8F-D969G:&EJ:VQM;F]P\r\n".to_owned()
                }
            }),
        ),
        ("winmail.dat of many attributes", tnef()),
    ]
}

/// A TNEF stream of small attributes, base64-encoded as it comes in mail.
fn tnef() -> Vec<u8> {
    use std::io::Write;
    let mut stream = vec![0x78, 0x9F, 0x3E, 0x22, 0x01, 0x00];
    let attachment_title: [u8; 15] = [0x02, 0x10, 0x80, 0x01, 0x00, 0x02, 0x00, 0x00, 0x00, b'a', 0x00, 0x61, 0x00, 0x00, 0x00];
    while stream.len() < MEGABYTE * 3 / 4 {
        stream.extend_from_slice(attachment_title.get(..13).unwrap_or_default());
    }
    let mut mail =
        format!("{TO}Content-Type: application/ms-tnef; name=winmail.dat\r\nContent-Transfer-Encoding: base64\r\n\r\n").into_bytes();
    for line in stream.chunks(57) {
        for three in line.chunks(3) {
            let byte = |at: usize| u32::from(three.get(at).copied().unwrap_or_default());
            let bits = (byte(0) << 16) | (byte(1) << 8) | byte(2);
            let letter = |shift: u32| {
                let value = u8::try_from((bits >> shift) & 63).unwrap_or_default();
                match value {
                    0..=25 => b'A' + value,
                    26..=51 => b'a' + value - 26,
                    52..=61 => b'0' + value - 52,
                    62 => b'+',
                    _ => b'/',
                }
            };
            mail.extend([letter(18), letter(12), letter(6), letter(0)]);
        }
        // Writing to memory does not fail.
        drop(mail.write_all(b"\r\n"));
    }
    mail
}

fn headers() -> Vec<(&'static str, Vec<u8>)> {
    let field = |name: &str, piece: &str| filled(&format!("{TO}{name}: "), constant(piece));
    vec![
        ("header fields", filled(TO, |n| format!("X-{n}: y\r\n"))),
        ("one field of many lines", field("X-Long", "y\r\n ")),
        ("lines without a colon", filled(TO, constant("no field at all\r\n"))),
        ("addresses", filled(&format!("{TO}Cc: "), |n| format!("a{n}@b.example, "))),
        ("comments in an address", field("Cc", "(")),
        ("comments in each other that end", field("Cc", "(a)(b(c))")),
        ("quotes in a name", field("Cc", "\"a\\\"")),
        ("groups", field("Cc", "g:a@b.example;,")),
        ("encoded words in a subject", field("Subject", "=?utf-8?B?4bq/?=\r\n ")),
        ("encoded words that never end", field("Subject", "=?utf-8?Q?a")),
        ("references", filled(&format!("{TO}References: "), |n| format!("<{n}@x.example>\r\n "))),
        (
            "reply tokens",
            filled(&format!("{TO}Cc: "), |n| format!("it+{}@desk.example, ", format!("{n:0>52}").replace(['0', '1', '8', '9'], "a"))),
        ),
        ("Received lines", filled(TO, constant("Received: from a (b [192.0.2.1]) by c; Mon, 5 Jan 2026 10:00:00 +0000\r\n"))),
        ("pieces of one file name", filled(&format!("{TO}Content-Type: application/x"), |n| format!(";\r\n name*{n}*=%41"))),
        ("parameters", filled(&format!("{TO}Content-Type: text/plain"), |n| format!("; p{n}=v"))),
    ]
}

fn texts() -> Vec<(&'static str, Vec<u8>)> {
    let coded = |charset: &str, piece: &[u8]| {
        let mut mail = format!("{TO}Content-Type: text/plain; charset={charset}\r\n\r\n").into_bytes();
        while mail.len() < MEGABYTE {
            mail.extend_from_slice(piece);
        }
        mail
    };
    vec![
        ("utf-32 garbage", coded("utf-32le", &[0xFF, 0xD8, 0x12, 0x91])),
        ("utf-16 halves", coded("utf-16", &[0x00, 0xD8])),
        ("bytes that are no utf-8", coded("utf-8", &[0xFF])),
        ("iso-2022-jp switching", coded("iso-2022-jp", b"\x1b$B\x1b(B")),
        ("unknown charset", coded("x-none", &[0xE9, b' '])),
        ("utf-7", coded("utf-7", b"+AGE-")),
        ("NULs", coded("us-ascii", &[0])),
        ("quoted lines", text(constant("> x\r\n"))),
        ("deeply quoted lines", text(|n| format!("{}x\r\n", ">".repeat(n % 500)))),
        ("lines that introduce a quote", text(constant("On Mon, 5 Jan 2026 at 10:00, Help <help@example.com> wrote:\r\nx\r\n"))),
        ("words that begin such a line", text(constant("On 5 "))),
        ("headers of quoted messages", text(constant("From: a\r\nx\r\n"))),
        ("links in a text", text(|n| format!("https://x.example/{n} "))),
        ("brackets and dots", text(constant("((((....<<<<"))),
        ("one line", text(constant("a"))),
        ("empty lines", text(constant("\r\n"))),
        ("combining marks", text(constant("e\u{301}\u{323}\u{302}"))),
    ]
}

fn pages() -> Vec<(&'static str, Vec<u8>)> {
    let styles: String = (0..200).map(|n| format!("p{n}:v{n};")).collect();
    vec![
        ("elements in each other", html(constant("<div>"))),
        ("formatting in each other", html(constant("<b><i><font>"))),
        ("formatting that is misnested", html(constant("<b><p></b></p>"))),
        ("links that never end", html(constant("<a href=x>"))),
        ("tables in each other", html(constant("<table><tr><td>"))),
        ("text where a table has none", html(constant("<table>x"))),
        ("small elements", html(constant("<p>x</p>"))),
        ("links", html(|n| format!("<a href=\"https://x.example/{n}\">x</a> "))),
        ("pictures", html(|n| format!("<img src=\"https://x.example/{n}.png\">"))),
        ("attributes of one element", html(|n| if n == 0 { "<p ".to_owned() } else { format!("a{n}=b ") })),
        ("styles", html(|_| format!("<p style=\"{styles}\">x</p>"))),
        ("one long style", html(|n| if n == 0 { "<p style=\"".to_owned() } else { "color:red;".to_owned() })),
        ("a style element", html(|n| if n == 0 { "<style>".to_owned() } else { "p{color:red}".to_owned() })),
        ("comments", html(constant("<!---->"))),
        ("a comment that never ends", html(|n| if n == 0 { "<!--".to_owned() } else { "-- >".to_owned() })),
        ("entities", html(constant("&amp;&#x41;&notanentity"))),
        ("brackets", html(constant("<"))),
        ("foreign elements", html(constant("<svg><math><mtext>"))),
        ("quotes in each other", html(constant("<blockquote>x"))),
        ("lists in each other", html(constant("<ul><li>x"))),
    ]
}
