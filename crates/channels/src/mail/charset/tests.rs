use super::*;

fn text(bytes: &[u8], declared: &str) -> String {
    decode(bytes, Some(declared), None).text.into_owned()
}

/// `text` in a charset of the registry.
fn sent(text: &str, charset: &str) -> Vec<u8> {
    Encoding::for_label(charset.as_bytes()).unwrap().encode(text).0.into_owned()
}

#[test]
fn a_charset_is_known_by_every_name_that_programs_give_it() {
    let russian = "Не работает принтер";
    for (charset, aliases) in [
        (
            "windows-1251",
            &[
                "cp1251",
                "cp-1251",
                "CP_1251",
                "win-1251",
                "win1251",
                "windows1251",
                "x-windows-1251",
                "1251",
                "\"windows-1251\"",
                "ms-ansi-1251",
                "cswindows1251",
                "3Dwindows-1251",
            ][..],
        ),
        ("koi8-r", &["koi8r", "KOI8_R", "koi8", "cskoi8r"]),
        ("x-mac-cyrillic", &["x-mac-cyrillic", "maccyrillic", "mac-cyrillic", "x-mac-ukrainian"]),
        ("ibm866", &["cp866", "ibm-866", "cp-866", "866"]),
        ("iso-8859-5", &["iso8859-5", "ISO_8859-5", "8859-5", "iso-8859-5*ru", "cyrillic", "csISOLatinCyrillic"]),
    ] {
        let bytes = sent(russian, charset);
        for alias in aliases {
            assert_eq!(text(&bytes, alias), russian, "{alias}");
        }
    }
    let chinese = "打印机坏了，请尽快处理。镕";
    for alias in [
        "gb2312",
        "GB_2312-80",
        "gbk",
        "cp936",
        "x-gbk",
        "gb18030",
        "gb18030-2005",
        "euc-cn",
        "936",
        "windows-936",
        "csgb2312",
        "chinese",
        "gbk2312",
    ] {
        assert_eq!(text(&sent(chinese, "gb18030"), alias), chinese, "{alias}");
    }
    let korean = "프린터가 고장 났습니다";
    for alias in ["euc-kr", "ks_c_5601-1987", "ks_c_5601", "ksc5601", "cp949", "uhc", "windows-949", "korean"] {
        assert_eq!(text(&sent(korean, "euc-kr"), alias), korean, "{alias}");
    }
    let thai = "เครื่องพิมพ์เสีย";
    for alias in ["tis-620", "tis620", "iso-8859-11", "windows-874", "cp874", "x-thai"] {
        assert_eq!(text(&sent(thai, "windows-874"), alias), thai, "{alias}");
    }
    let german = "Größe: 5 €";
    for alias in [
        "iso-8859-1",
        "latin1",
        "latin-1",
        "iso8859_1",
        "us-ascii",
        "ANSI_X3.4-1968",
        "ANSI_X3.4",
        "ascii",
        "cp1252",
        "windows-1252",
        "iso 8859-1",
        "iso-8859-1:1987",
        "l1",
    ] {
        assert_eq!(text(&sent(german, "windows-1252"), alias), german, "{alias}");
    }
    assert_eq!(text(b"\x80\x9f", "macintosh"), "Äü");
    assert_eq!(text(&sent("Ștefan și", "iso-8859-16"), "latin10"), "Ștefan și");
    assert_eq!(text(&sent("10 €", "iso-8859-15"), "latin-9"), "10 €");
    for alias in ["utf8", "UTF_8", "utf8mb4", "utf-8;", "unicode-1-1-utf-8", "x-utf-8", "3Dutf-8", "'utf-8'", "utf8_general_ci", "csUTF8"] {
        assert_eq!(text("Größe".as_bytes(), alias), "Größe", "{alias}");
        assert!(matches!(label(alias), Label::Utf8), "{alias}");
    }
}

#[test]
fn charsets_with_states_are_read() {
    for alias in ["utf-7", "unicode-1-1-utf-7", "UTF7", "x-unicode-1-1-utf-7"] {
        assert_eq!(text(b"Gr+APYA3w-e +AOk-", alias), "Größe é", "{alias}");
    }
    for alias in ["iso-2022-jp", "csISO2022JP", "iso-2022-jp-1", "_iso-2022-jp$ESC"] {
        assert_eq!(text(b"\x1b$B%W%j%s%?\x1b(B ok", alias), "プリンタ ok", "{alias}");
    }
    assert_eq!(text(b"\x1b$)C\x0eGA7\x0f ok\n", "iso-2022-kr"), "프 ok\n".replace('프', &sent_back(b"\xC7\xC1\xB7")));
    assert_eq!(text(b"\x1b$)A\x0eVPND\x0f ok", "iso-2022-cn"), "中文 ok");
    assert_eq!(text(b"This: ~{VPND~} ~~ ok", "hz-gb-2312"), "This: 中文 ~ ok");
    assert_eq!(text(b"\xff\xfeP\0i\0", "utf-16"), "Pi");
    assert_eq!(text(b"\0P\0i", "utf-16"), "Pi");
    assert_eq!(text(b"P\0i\0", "utf-16"), "Pi");
    assert_eq!(text(b"P\0i\0", "utf-16le"), "Pi");
    assert_eq!(text(b"\0P\0i", "unicode"), "Pi");
    assert_eq!(text(b"P\0\0\0i\0\0\0", "utf-32le"), "Pi");
    assert_eq!(text(b"\0\0\0P\0\0\0i", "utf-32"), "Pi");
}

fn sent_back(bytes: &[u8]) -> String {
    EUC_KR.decode_without_bom_handling(bytes).0.into_owned()
}

#[test]
fn a_label_that_lies_is_not_followed() {
    for (bytes, declared, expected) in [
        ("Größe".as_bytes().to_vec(), "iso-8859-1", "Größe"),
        ("Größe".as_bytes().to_vec(), "us-ascii", "Größe"),
        ("Принтер".as_bytes().to_vec(), "windows-1251", "Принтер"),
        ("Принтер".as_bytes().to_vec(), "koi8-r", "Принтер"),
        ("打印机坏了".as_bytes().to_vec(), "gb2312", "打印机坏了"),
        (b"caf\xe9 cr\xe8me".to_vec(), "utf-8", "café crème"),
        (sent("Принтер снова не печатает, помогите", "windows-1251"), "utf-8", "Принтер снова не печатает, помогите"),
        (sent("Принтер снова не печатает, помогите", "windows-1251"), "iso-8859-1", "Принтер снова не печатает, помогите"),
        (sent("Принтер снова не печатает, помогите", "koi8-r"), "us-ascii", "Принтер снова не печатает, помогите"),
        (b"Hello \x93world\x94".to_vec(), "iso-8859-1", "Hello “world”"),
        (b"plain words".to_vec(), "utf-16", "plain words"),
        ("\u{FEFF}Größe".as_bytes().to_vec(), "iso-8859-1", "Größe"),
        (sent("Größe", "utf-16le"), "utf-8", "Größe"),
    ] {
        let bytes = if declared == "utf-8" && expected == "Größe" {
            [b"\xff\xfe".to_vec(), expected.encode_utf16().flat_map(u16::to_le_bytes).collect()].concat()
        } else {
            bytes
        };
        assert_eq!(text(&bytes, declared), expected, "{declared}: {expected}");
    }
    // A cut character is no reason to take the rest for something else.
    assert_eq!(text("Größe – café ü".as_bytes().split_last().unwrap().1, "utf-8"), "Größe – café \u{FFFD}");
}

#[test]
fn bytes_that_nobody_named_are_guessed() {
    for (expected, charset) in [
        ("Здравствуйте, не могу войти в личный кабинет после смены пароля.", "windows-1251"),
        ("Здравствуйте, не могу войти в личный кабинет после смены пароля.", "koi8-r"),
        ("打印机坏了，请尽快派人来修理，谢谢。我们在三楼的会议室。", "gb18030"),
        ("Der Drucker im Büro ist für größere Aufträge zu langsam.", "windows-1252"),
        ("Nevaru pieslēgties grāmatvedības programmai, lūdzu, palīdziet atjaunot piekļuvi.", "windows-1257"),
    ] {
        let bytes = sent(expected, charset);
        let found = decode(&bytes, None, None);
        assert_eq!(found.text, expected, "{charset}");
        assert_eq!(found.defect, Some("characters without a charset"));
    }
    // What the rest of the message uses is better than a guess.
    assert_eq!(decode(&sent("Отчёт", "koi8-r"), None, Some("koi8-r")).text, "Отчёт");
    assert_eq!(decode(b"caf\xe9", Some("x-klingon"), None).defect, Some("unknown charset"));
}

#[test]
fn t_s4_garbage_of_wide_charsets_is_said_once() {
    let garbage = vec![0xFF_u8; 1_000_000];
    assert!(decode(&garbage, Some("utf-32le"), None).text.len() < 10);
    assert!(decode(&garbage, Some("utf-16"), None).text.len() <= 1_500_000);
    assert!(decode(&b"+AAA".repeat(250_000), Some("utf-7"), None).text.len() <= 4_000_000);
    assert!(matches!(label(&"x".repeat(10_000)), Label::Unknown));
}
