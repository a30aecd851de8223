use super::*;

fn texts(raw: &str) -> Vec<String> {
    walk(raw.as_bytes()).leaves.iter().map(|leaf| String::from_utf8_lossy(&leaf.bytes).into_owned()).collect()
}

fn mixed(boundary: &str, body: &str) -> String {
    format!("Content-Type: multipart/mixed; boundary={boundary}\n\n{body}")
}

#[test]
fn parts_are_cut_at_their_own_boundary() {
    for (raw, expected) in [
        (mixed("b", "preamble\n--b\n\none\n--b\n\ntwo\n--b--\nepilogue"), &["one", "two"][..]),
        (mixed("b", "--b\r\n\r\none\r\n--b  \t\r\n\r\ntwo\r\n--b-- \r\n"), &["one", "two"]),
        // A boundary that begins another one.
        (mixed("b", "--b\nContent-Type: multipart/mixed; boundary=bb\n\n--bb\n\none\n--bb--\n--b\n\ntwo\n--b--"), &["one", "two"]),
        (mixed("bb", "--bb\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\none\n--b--\n--bb\n\ntwo\n--bb--"), &["one", "two"]),
        // The same boundary inside.
        (mixed("b", "--b\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\none\n--b--"), &["", "one"]),
        (mixed("\"a;b c\"", "--a;b c\n\none\n--a;b c--"), &["one"]),
        (mixed("b", "--b\n\none\n\n--b--"), &["one\n"]),
        (mixed("b", "--b\n\n\n--b--"), &[""]),
        (mixed("b", "--b\nno header, no empty line\n--b--"), &["no header, no empty line"]),
        // The inner end is missing.
        (mixed("b", "--b\nContent-Type: multipart/mixed; boundary=c\n\n--c\n\none\n--b\n\ntwo\n--b--"), &["one", "two"]),
        (mixed("b", "--b\n\none"), &["one"]),
    ] {
        assert_eq!(texts(&raw), expected, "{raw}");
    }
}

#[test]
fn a_boundary_that_is_missing_or_another_is_found() {
    for (header, defect) in [
        ("Content-Type: multipart/mixed", "multipart without its boundary"),
        ("Content-Type: multipart/mixed; boundary=\"\"", "multipart without its boundary"),
        ("Content-Type: multipart/mixed; boundary=other", "boundary differs from the one named"),
    ] {
        let raw = format!("{header}\n\n--real\nContent-Type: text/plain\n\none\n--real\n\ntwo\n--real--\n");
        let structure = walk(raw.as_bytes());
        assert_eq!((texts(&raw), structure.defects), (vec!["one".to_owned(), "two".to_owned()], vec![defect]), "{header}");
    }
    assert_eq!(texts("Content-Type: multipart/mixed; boundary=x\n\n-- \nBob\n--rule--\n"), ["-- \nBob\n--rule--\n"]);
}

#[test]
fn a_multipart_in_a_transfer_encoding_is_read() {
    use base64::Engine;
    let inner = "--b\nContent-Type: text/plain\n\none\n--b\n\ntwo\n--b--\n";
    let encoded = base64::engine::general_purpose::STANDARD.encode(inner);
    assert_eq!(
        texts(&format!("Content-Type: multipart/mixed; boundary=b\nContent-Transfer-Encoding: base64\n\n{encoded}")),
        ["one", "two"]
    );
    let quoted = "=2D-b\n\none\n=2D-b--\n";
    assert_eq!(
        texts(&format!("Content-Type: multipart/mixed; boundary=b\nContent-Transfer-Encoding: quoted-printable\n\n{quoted}")),
        ["one"]
    );
}

#[test]
fn a_transfer_encoding_is_known_by_every_name_that_programs_give_it() {
    for (encoding, body, expected) in [
        ("base64", "b25l", "one"),
        ("BASE64;", "b25l", "one"),
        ("\"base64\"", "b25l", "one"),
        ("base64 (really)", "b25l", "one"),
        ("quoted-printable;", "=6Fne", "one"),
        ("quotedprintable", "=6Fne", "one"),
        ("8bits", "one", "one"),
        ("7bit", "=6Fne", "=6Fne"),
        ("x-uuencode", "begin 644 a\n#;VYE\n`\nend\n", "one"),
    ] {
        let raw = format!("Content-Transfer-Encoding: {encoding}\n\n{body}");
        let structure = walk(raw.as_bytes());
        assert_eq!((texts(&raw), structure.defects.len()), (vec![expected.to_owned()], 0), "{encoding}");
    }
    assert_eq!(walk(b"Content-Transfer-Encoding: rot13\n\nx").defects, ["unknown transfer encoding"]);
    assert_eq!(walk(b"Content-Transfer-Encoding: base64\n\nHello, not base64 at all.").leaves[0].bytes, b"Hello, not base64 at all.");
}

#[test]
fn a_type_that_cannot_be_read_is_text_or_a_file() {
    for (field, expected) in [
        ("text", "text/plain"),
        ("html", "text/html"),
        ("TEXT/HTML", "text/html"),
        ("", "text/plain"),
        ("/", "text/plain"),
        ("image", "application/octet-stream"),
        ("text/plain charset=utf-8", "text/plain"),
        ("te xt/plain", "application/octet-stream"),
        ("application/\"x\"", "application/octet-stream"),
    ] {
        let structure = walk(format!("Content-Type: {field}\n\nx").as_bytes());
        assert_eq!(structure.leaves[0].kind.full(), expected, "{field}");
    }
    let digest = walk(b"Content-Type: multipart/digest; boundary=b\n\n--b\n\nSubject: x\n\ny\n--b--");
    assert_eq!(digest.leaves[0].kind.full(), "message/rfc822");
}

#[test]
fn t_s4_what_is_nested_too_deep_is_kept_as_a_file() {
    let raw: String =
        (0..100).map(|n| format!("Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n")).collect::<String>() + "\nthe end";
    let structure = walk(raw.as_bytes());
    assert_eq!(structure.leaves.len(), 1);
    assert!(structure.leaves[0].bytes.ends_with(b"the end") && structure.leaves[0].is_attachment);
    assert!(structure.defects.contains(&"nested deeper than is read"));
}
