use super::*;

#[test]
fn base64_is_read_in_lines_of_any_length_with_junk_and_padding_anywhere() {
    for (text, expected) in [
        ("SGVsbG8gd29ybGQ=", "Hello world"),
        ("SGVsbG8gd29ybGQ", "Hello world"),
        ("SGVs\r\nbG8g\r\nd29ybGQ=\r\n", "Hello world"),
        ("S\nG\nV\ns\nbG8gd29ybGQ=", "Hello world"),
        ("SGVsbG8=IHdvcmxk", "Hello world"),
        ("SGVsbG8=\r\nIHdvcmxk", "Hello world"),
        ("SGVsbG8gd29ybGQ====", "Hello world"),
        ("SGVsb!G8gd29y*bGQ=", "Hello world"),
        ("SGVsbG8gd29ybGQ=\0\0", "Hello world"),
        ("SGVsbG8gd29ybG", "Hello worl"),
        ("--__", "\u{FFFD}"),
        ("", ""),
        ("=", ""),
        ("=====", ""),
    ] {
        assert_eq!(
            String::from_utf8_lossy(&base64(text.as_bytes()).bytes)
                .replace("\u{FFFD}\u{FFFD}", "\u{FFFD}")
                .replace("\u{FFFD}\u{FFFD}", "\u{FFFD}"),
            expected,
            "{text:?}"
        );
    }
}

#[test]
fn what_a_list_wrote_below_the_data_is_not_data() {
    let text = b"SGVsbG8gd29ybGQ=\r\n_______________________________________________\r\nUsers mailing list, unsubscribe here\r\n";
    let decoded = base64(text);
    assert_eq!(decoded.bytes, b"Hello world");
    assert!(text[decoded.footer.unwrap()..].starts_with(b"____"));
}

#[test]
fn text_that_only_claims_to_be_base64_is_told() {
    for text in ["Hello, this is not base64 at all.", "Добрый день, не работает принтер."] {
        assert!(base64(text.as_bytes()).is_a_lie(text.as_bytes()), "{text}");
    }
    assert!(!base64(b"SGVsbG8gd29ybGQ=\r\n").is_a_lie(b"SGVsbG8gd29ybGQ=\r\n"));
}

#[test]
fn quoted_printable_is_read_with_all_its_abuses() {
    for (text, expected, sound) in [
        ("caf=C3=A9", "café", true),
        ("caf=c3=a9", "café", true),
        ("one =\r\ntwo =\ntwo", "one two two", true),
        ("one =  \t\r\ntwo", "one two", true),
        ("one=\r\r\ntwo", "onetwo", true),
        ("cut=", "cut", true),
        ("cut=4", "cut=4", false),
        ("5=2 and =zz", "5=2 and =zz", false),
        ("a==3D", "a==", false),
        ("=3D=\n=3D", "==", true),
        ("", "", true),
    ] {
        let (bytes, right) = quoted_printable(text.as_bytes());
        assert_eq!((String::from_utf8_lossy(&bytes).as_ref(), right), (expected, sound), "{text:?}");
    }
}

#[test]
fn t_s4_soft_breaks_without_end_are_read_once() {
    for text in ["= ".repeat(500_000), "=".repeat(1_000_000), format!("={}", " ".repeat(1_000_000)), "=\n".repeat(500_000)] {
        assert!(quoted_printable(text.as_bytes()).0.len() <= text.len());
        assert!(base64(text.as_bytes()).bytes.len() <= text.len());
    }
}

#[test]
fn base64_whose_end_is_missing_is_told() {
    assert!(base64(b"SGVsbG8gd29ybGQ=S").cut && base64(b"S").cut);
    assert!(!base64(b"SGVsbG8gd29ybGQ=").cut && !base64(b"SG").cut && !base64(b"").cut);
}
