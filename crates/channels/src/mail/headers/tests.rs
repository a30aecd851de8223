use super::*;

fn read(raw: &str) -> (Vec<(String, String)>, String, Vec<&'static str>, bool) {
    let cut = entity(raw.as_bytes(), false);
    let fields = cut.headers.all().iter().map(|field| (field.name.to_owned(), cut.headers.raw(field))).collect();
    (fields, raw.get(cut.body..).unwrap().to_owned(), cut.headers.defects.clone(), cut.headers.disputed)
}

fn fields(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

#[test]
fn a_header_is_cut_from_its_body() {
    for (raw, expected, body) in [
        ("A: b\r\nC: d\r\n\r\nbody", &[("A", "b"), ("C", "d")][..], "body"),
        ("A: b\nC: d\n\nbody\n\nmore", &[("A", "b"), ("C", "d")], "body\n\nmore"),
        ("A: b\r\nC: d\n\r\nbody", &[("A", "b"), ("C", "d")], "body"),
        ("A: b\r\r\nC: d\r\r\n\r\r\nbody", &[("A", "b"), ("C", "d")], "body"),
        ("A:b\nC:\td\n\nbody", &[("A", "b"), ("C", "d")], "body"),
        ("A : b\n\nbody", &[("A", "b")], "body"),
        ("A: b\n c\n\td\n\nbody", &[("A", "b c\td")], "body"),
        ("A: b\n \n c\n\nbody", &[("A", "b  c")], "body"),
        ("A:\nB:\n\n", &[("A", ""), ("B", "")], ""),
        ("A: b", &[("A", "b")], ""),
        ("A: b\0c\n\n", &[("A", "b c")], ""),
        ("\nbody", &[], "body"),
        ("", &[], ""),
    ] {
        let (found, rest, defects, disputed) = read(raw);
        assert_eq!((found, rest.as_str(), defects.len(), disputed), (fields(expected), body, 0, false), "{raw:?}");
    }
}

#[test]
fn a_missing_empty_line_is_where_no_field_follows() {
    let (found, body, defects, _) = read("From: a@b.c\nSubject: x\nHello,\nmy printer: it is broken\n\nBye");
    assert_eq!(found, fields(&[("From", "a@b.c"), ("Subject", "x")]));
    assert_eq!((body.as_str(), defects), ("Hello,\nmy printer: it is broken\n\nBye", vec!["no empty line before the body"]));
    let (found, body, defects, disputed) = read("From: a@b.c\nSubject: a long one\nthat was broken\nTo: d@e.f\n\nbody");
    assert_eq!(found, fields(&[("From", "a@b.c"), ("Subject", "a long onethat was broken"), ("To", "d@e.f")]));
    assert_eq!((body.as_str(), defects, disputed), ("body", vec!["header line without a name"], false));
    let (found, body, ..) = read("just words\nand more\n");
    assert_eq!((found.len(), body.as_str()), (0, "just words\nand more\n"));
}

#[test]
fn a_part_without_a_header_is_all_body() {
    assert_eq!(entity(b"Hello,\nFrom: x\nSubject: y\n\nz", true).body, 0);
    let cut = entity(b"\r\nContent-Type: text/html\r\n\r\n<p>", true);
    assert_eq!(cut.headers.content("content-type").unwrap().value, "text/html");
    assert_eq!(entity(b"\r\nContent: here\r\n\r\nx", true).body, 2);
}

#[test]
fn t_m2_a_sender_whom_only_some_readers_see_makes_the_header_disputed() {
    for raw in [
        "Subject: x\rFrom: a@b.c\nTo: d@e.f\n\n",
        "Subject: x\nthis is no field\nFrom: a@b.c\n\n",
        "Subject: x\nthis is no field\nand here: the text\n",
        "From : a@b.c\n\n",
    ] {
        assert!(read(raw).3, "{raw:?}");
    }
    let long = format!("{}From: a@b.c\n\n", "X: y\n".repeat(MAIL_FIELDS_MAX + 1));
    assert!(read(&long).3);
}

#[test]
fn t_s4_one_long_field_does_not_hide_the_others() {
    let raw = format!("X-Long: {}\nFrom: a@b.c\n\nbody", "a ".repeat(500_000));
    let cut = entity(raw.as_bytes(), false);
    assert_eq!(cut.headers.text("from").as_deref(), Some("a@b.c"));
    assert_eq!(cut.headers.text("x-long").map(|text| text.len() <= MAIL_FIELD_BYTES_MAX), Some(true));
    assert_eq!(cut.headers.defects, ["header field cut at its longest length"]);
    assert!(!cut.headers.disputed);
}

#[test]
fn message_ids_are_read_where_brackets_are_missing_or_words_around() {
    for (raw, expected) in [
        ("References: <a@b> <c@d>", &["a@b", "c@d"][..]),
        ("References: <a@b><c@d>", &["a@b", "c@d"]),
        ("References: <a@b>, <c@d>", &["a@b", "c@d"]),
        ("References: <a\n b@c> <d@e>", &["ab@c", "d@e"]),
        ("References: a@b c@d", &["a@b", "c@d"]),
        ("References: a@b", &["a@b"]),
        ("References: opaque", &["opaque"]),
        ("References: Your message of \"Mon\" <a@b>", &["a@b"]),
        ("References: your message of Monday", &[]),
        ("References: <a@b", &["a@b"]),
        ("References: =?utf-8?Q?<a@b>?=", &["a@b"]),
        ("References: <>", &[]),
        ("References:", &[]),
    ] {
        assert_eq!(entity(raw.as_bytes(), false).headers.ids("References", 10), expected, "{raw:?}");
    }
}

#[test]
fn a_subject_that_was_encoded_twice_is_read_twice() {
    let raw = b"Subject: =?utf-8?Q?=3D=3Futf-8=3FQ=3Fcaf=3DC3=3DA9=3F=3D?=\n\n";
    assert_eq!(entity(raw, false).headers.text("Subject").as_deref(), Some("café"));
    let raw = b"Subject: \xcf\xf0\xe8\xed\xf2\xe5\xf0\nContent-Type: text/plain; charset=windows-1251\n\n";
    assert_eq!(entity(raw, false).headers.text("Subject").as_deref(), Some("Принтер"));
}
