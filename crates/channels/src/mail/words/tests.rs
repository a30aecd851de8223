use super::*;

#[test]
fn encoded_words_are_read_with_all_their_abuses() {
    for (field, expected) in [
        ("plain words", "plain words"),
        ("=?utf-8?Q?caf=C3=A9?=", "café"),
        ("=?UTF-8?q?caf=c3=a9?= au lait", "café au lait"),
        ("=?utf-8?B?Y2Fmw6k=?=", "café"),
        ("=?utf-8?b?Y2Fmw6k?=", "café"),
        ("a =?utf-8?Q?b?= =?utf-8?Q?c?= d", "a bc d"),
        ("a =?utf-8?Q?b?=\t =?utf-8?Q?c?= d", "a bc d"),
        // The character is cut between two words.
        ("=?utf-8?B?0J/RgNC40LLQtdE=?= =?utf-8?B?gg==?=", "Привет"),
        ("=?utf-8?Q?=D0=9F=D1?= =?UTF-8?Q?=80?=", "Пр"),
        // So is the base64 group.
        ("=?utf-8?B?0J/R?= =?utf-8?B?gNC40LLQtdGC?=", "Привет"),
        ("=?utf-8?B?0J/RgN?= =?utf-8?B?C40LLQtdGC?=", "Привет"),
        ("=?gb2312?B?tPI=?= =?gb2312?B?06E=?=", "打印"),
        ("=?utf-8?Q?two words here?=", "two words here"),
        ("=?utf-8?Q?two_words=20here?=", "two words here"),
        ("=?utf-8?B?Y2Fm w6k=?=", "café"),
        ("=?utf-8?Q?a?==?utf-8?Q?b?=", "ab"),
        ("x=?utf-8?Q?caf=C3=A9?=y", "xcaféy"),
        ("=?utf-8?Q?caf=C3=A9", "café"),
        ("=?utf-8?B?Y2Fmw6k=", "café"),
        ("=?utf-8?Q?what?=", "what"),
        ("=?utf-8?Q?what??=", "what?"),
        ("=?utf-8?Q?what?=20now?=", "what? now"),
        ("=?utf-8*en?Q?hello?=", "hello"),
        ("=?x-klingon?Q?plain?=", "plain"),
        ("=?x-klingon?Q?caf=C3=A9?=", "café"),
        ("=?iso-8859-1?Q?=805?=", "€5"),
        ("=?iso-8859-1?Q?caf=C3=A9?=", "café"),
        ("=?utf-8?Q?caf=E9?=", "café"),
        ("=?ks_c_5601-1987?B?x8E=?=", "프"),
        ("=?koi8-r?B?8NLJ18XU?= =?windows-1251?B?7Ojw?=", "Приветмир"),
        ("=?utf-8?Q?bad =ZZ escape?=", "bad =ZZ escape"),
        ("=?utf-8?X?abc?=", "=?utf-8?X?abc?="),
        ("=?utf-8?Q", "=?utf-8?Q"),
        ("=??Q?abc?=", "abc"),
        ("=?", "=?"),
        ("1 =? 2", "1 =? 2"),
        ("=?utf-8?Q??=", ""),
        ("a =?utf-8?Q??= b", "a  b"),
        ("Größe", "Größe"),
    ] {
        assert_eq!(decode(field.as_bytes(), None), expected, "{field}");
    }
}

#[test]
fn bytes_beyond_ascii_take_the_charset_of_the_message() {
    assert_eq!(decode(b"\xef\xf0\xe8\xed\xf2\xe5\xf0", Some("windows-1251")), "принтер");
    assert_eq!(decode(b"\xf0\xd2\xc9\xce\xd4\xc5\xd2 =?utf-8?Q?=E2=84=96?=", Some("koi8-r")), "Принтер №");
}

#[test]
fn for_a_reader_of_addresses_the_words_are_sound_and_nothing_else_looks_like_one() {
    let canonical = |field: &str| String::from_utf8(canonical(field.as_bytes(), None)).unwrap();
    assert_eq!(canonical("=?utf-8?B?0J/R?= =?utf-8?B?gNC40LLQtdGC?= <a@b.c>"), "=?utf-8?B?0J/RgNC40LLQtdGC?= <a@b.c>");
    assert_eq!(canonical("=?utf-8?Q?a=0D=0Ab?= <a@b.c>"), "=?utf-8?B?YSAgYg==?= <a@b.c>");
    assert_eq!(canonical("=?utf-8?X?a?= <a@b.c>"), "= ?utf-8?X?a?= <a@b.c>");
}

#[test]
fn t_s4_a_field_of_unfinished_words_is_read_once() {
    for field in [
        "=?utf-8?Q?a ".repeat(6_000),
        "=?".repeat(30_000),
        "=?utf-8?Q?=?".repeat(5_000),
        "=?utf-8?Q?x?=AA".repeat(4_000),
        "=?utf-8?B?".repeat(6_000),
    ] {
        assert!(decode(field.as_bytes(), None).len() <= field.len() * 2);
        assert!(!canonical(field.as_bytes(), None).is_empty());
    }
}
