use super::super::*;

fn html(text: &str) -> String {
    shown(text).into_string()
}

#[test]
fn paragraphs_and_breaks_stay_and_towers_of_blank_lines_do_not() {
    assert_eq!(html("a <b>\nc\n\n\n\n\nd"), "<p>a &lt;b&gt;<br>c</p><p>d</p>");
    assert_eq!(html("\n\n"), "");
    assert_eq!(html("  indented\r\nnot"), "<p>indented<br>not</p>");
}

#[test]
fn lists_are_lists() {
    assert_eq!(html("Please:\n- one\n- two\n  goes on"), "<p>Please:</p><ul><li>one</li><li>two<br>goes on</li></ul>");
    assert_eq!(html("3. three\n4. four"), "<ol start=\"3\"><li>three</li><li>four</li></ol>");
    assert_eq!(html("1、打开\n2、等待"), "<ol><li>打开</li><li>等待</li></ol>");
    for text in ["- only one", "1. one\n5. five", "- one\nnot in it", "-5 degrees\n-6 degrees", "2026. gads"] {
        assert!(!html(text).contains("<li>"), "{text}");
    }
}

#[test]
fn quotes_lie_within_each_other() {
    assert_eq!(html("> a\n> > b\n>> c\nd"), "<blockquote><p>a</p><blockquote><p>b<br>c</p></blockquote></blockquote><p>d</p>");
    assert!(html(&format!("{} deep", ">".repeat(100_000))).len() < 500_000);
}

#[test]
fn what_was_drawn_with_characters_keeps_its_columns() {
    for text in [
        "Name   | Port | State\ngate-3 | 4711 | red",
        "+----+----+\n| a  | b  |",
        "a\tb\tc\n1\t2\t3",
        "    at x.rs:1\n    at y.rs:2",
        "┌──┐\n└──┘",
    ] {
        assert!(html(text).starts_with("<pre>"), "{text}");
    }
    for text in ["Either this | or that\nis broken", "It is - as said -\n- quite late", "Rosa   Marin\nHarbour", "a\nb"] {
        assert!(!html(text).contains("<pre>"), "{text}");
    }
}

#[test]
fn addresses_become_links_without_what_stands_around_them() {
    let link = |text: &str| {
        let shown = html(text);
        shown.split("href=\"").skip(1).map(|rest| rest.split('"').next().unwrap_or_default().replace("&amp;", "&")).collect::<Vec<_>>()
    };
    for (text, expected) in [
        ("see https://x.example/a?b=c&d=e#f.", "https://x.example/a?b=c&d=e#f"),
        ("(https://x.example/a)", "https://x.example/a"),
        ("https://x.example/a_(b)", "https://x.example/a_(b)"),
        ("(see https://x.example/a_(b)), ok", "https://x.example/a_(b)"),
        ("<https://x.example/a>", "https://x.example/a"),
        ("text<http://x.example>", "http://x.example"),
        ("\"https://x.example/\"!", "https://x.example/"),
        ("请看https://x.example/a，谢谢", "https://x.example/a"),
        ("HTTPS://X.example/A?!", "HTTPS://X.example/A"),
        ("mailto:rosa@x.example.", "mailto:rosa@x.example"),
        ("https://x.example/%22onmouseover=alert(1)", "https://x.example/%22onmouseover=alert(1)"),
        ("https://[2001:db8::1]/a", "https://[2001:db8::1]/a"),
    ] {
        assert_eq!(link(text), [expected], "{text}");
    }
    assert_eq!(
        link("https://a.example and https://b.example,https://c.example"),
        ["https://a.example", "https://b.example,https://c.example"]
    );
}

#[test]
fn t_a1_text_never_becomes_anything_but_text_and_plain_links() {
    for text in [
        "javascript:alert(1)",
        "jAvAsCrIpT:alert(1)//https:",
        "data:text/html,<script>alert(1)</script>",
        "vbscript:x file:///etc/passwd ftp://x.example",
        "https://",
        "http://<script>alert(1)</script>",
        "https://x.example\" onmouseover=\"alert(1)",
        "xhttps://x.example",
        "https://\u{202E}x.example",
        "<img src=x onerror=alert(1)>",
        "mailto:nobody",
    ] {
        let shown = html(text);
        assert!(!shown.contains("<script") && !shown.contains("<img") && !shown.contains("\" on"), "{shown}");
        for href in shown.split("href=\"").skip(1) {
            assert!(href.starts_with("https://x.example\"") || href.starts_with("http://x.example\""), "{shown}");
        }
    }
    let many = html(&"http://http://".repeat(50_000));
    assert!(many.len() < 10_000_000);
}
