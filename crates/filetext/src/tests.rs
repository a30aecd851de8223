//! Files as programs write them. Files as nobody should write them are handed to the process that reads: see the tests of the program.

use std::path::Path;

use super::*;

fn fixture(name: &str) -> Vec<u8> {
    std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../testdata/attachments").join(name)).unwrap()
}

fn text_of(name: &str, bytes: &[u8]) -> (String, Result<(), Stop>) {
    let mut out = Vec::new();
    let mut sink = Sink::new(&mut out, TEXT_BYTES_MAX);
    let done = read(kind::ending(name), bytes.to_vec(), &mut sink);
    (String::from_utf8(out).unwrap(), done)
}

fn whole(name: &str, bytes: &[u8]) -> String {
    let (text, done) = text_of(name, bytes);
    assert_eq!(done, Ok(()), "{name}: {text}");
    text
}

const EN: &str = "The gangway invoice covers forty life jackets.";
const VI: &str = "Hóa đơn cầu tàu gồm bốn mươi áo phao cứu sinh.";
const RO: &str = "Factura pasarelei acoperă patruzeci de veste de salvare și țesături.";
const LV: &str = "Trapa rēķins ietver četrdesmit glābšanas vestes.";
const RU: &str = "Счёт за трап включает сорок спасательных жилетов.";
const ZH: &str = "舷梯发票包括四十件救生衣。";
const ALL: [&str; 6] = [EN, VI, RO, LV, RU, ZH];

#[test]
fn a_text_document_is_read_with_its_tables_and_margins() {
    let wanted =
        format!("Deck handbook\n{}\nA word in pieces and a tab\nbollard\n47113\nfender & rope\n<none>\nHarbourmaster copy", ALL.join("\n"));
    assert_eq!(whole("handbook.docx", &fixture("handbook.docx")), wanted);
    let wanted = format!("Deck handbook\n{}\ntwo blanks\nnext pieces", ALL.join("\n"));
    assert_eq!(whole("handbook.odt", &fixture("handbook.odt")), wanted);
}

#[test]
fn a_workbook_is_read_cell_by_cell() {
    let keys = ["en", "vi", "ro", "lv", "ru", "zh"];
    let lines = |between: &str, end: &str| -> Vec<String> {
        keys.iter().zip(ALL).map(|(key, text)| format!("{key}{between}{text}{end}")).collect()
    };
    assert_eq!(whole("crew.xlsx", &fixture("crew.xlsx")), format!("{}\ncapstan 3.5", lines(" ", " 48151623").join("\n")));
    assert_eq!(whole("crew.ods", &fixture("crew.ods")), lines("\n", "").join("\n"));
}

#[test]
fn slides_are_read_in_their_order_and_notes_behind_them() {
    let slides: Vec<String> = (1..=11).map(|number| format!("Drill {number}\n{}", ALL[(number - 1) % 6])).collect();
    assert_eq!(whole("drill.pptx", &fixture("drill.pptx")), format!("{}\nMention the muster station", slides.join("\n")));
    assert_eq!(whole("drill.odp", &fixture("drill.odp")), ALL.join("\n"));
}

#[test]
fn a_pdf_is_read_in_every_script_with_its_fonts_in_it_or_not() {
    let wanted = format!("{}\na word parted at the end\nleft right\nSideways capstan", ALL.join("\n"));
    assert_eq!(whole("invoice.pdf", &fixture("invoice.pdf")), wanted);
    // A browser wrote this one; it gives some signs by their radicals.
    let end = "The harbourmaster wants\nevery gangway inspected\nbefore the office ferries\nleave on Monday";
    assert_eq!(whole("printed.pdf", &fixture("printed.pdf")), format!("{VI}\n{RU}\n{ZH}\n{end}"));
}

#[test]
fn what_is_under_a_password_says_so() {
    assert_eq!(text_of("locked.pdf", &fixture("locked.pdf")), (String::new(), Err(Stop::Locked)));
}

#[test]
fn plain_text_is_read_in_whichever_charset() {
    for text in ALL {
        assert_eq!(whole("a.txt", text.as_bytes()), text);
        let wide: Vec<u8> = [0xFF, 0xFE].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect();
        assert_eq!(whole("a.csv", &wide), text);
    }
    let long_enough = RU.repeat(5);
    assert_eq!(whole("a.txt", &encoding_rs::WINDOWS_1251.encode(&long_enough).0), long_enough);
    assert_eq!(whole("a.txt", &encoding_rs::KOI8_R.encode(&long_enough).0), long_enough);
    assert_eq!(whole("a.txt", &encoding_rs::GB18030.encode(&ZH.repeat(5)).0), ZH.repeat(5));
    assert_eq!(whole("a.log", b"a\r\n\r\n  b\tc\x1b[0m"), "a\nb c [0m");
}

#[test]
fn html_is_read_without_its_markup() {
    let page = "<!DOCTYPE html><html><head><title>t</title><style>p{color:red}</style><script>alert(1)</script></head><body><p>One &amp; two<p>Th<b>re</b>e</body>";
    let text = whole("a", page.as_bytes());
    assert!(text.contains("One & two\nThree") && !text.contains("alert") && !text.contains("color"), "{text}");
    let cyrillic = format!("<html><meta charset=windows-1251><p>{RU}");
    assert_eq!(whole("a.html", &encoding_rs::WINDOWS_1251.encode(&cyrillic).0), RU);
}

#[test]
fn text_beyond_the_limit_is_cut_and_says_so() {
    let (text, done) = text_of("a.log", "wörd ".repeat(100_000).as_bytes());
    assert_eq!(done, Err(Stop::Enough));
    assert!(text.len() <= TEXT_BYTES_MAX && text.len() > TEXT_BYTES_MAX - 8);
}

#[test]
fn rich_text_is_read_in_every_script_past_its_pictures_and_fonts() {
    let escaped =
        |text: &str| text.encode_utf16().map(|unit| format!("\\u{}?", i16::from_ne_bytes(unit.to_ne_bytes()))).collect::<String>();
    let lines: Vec<String> = ALL.iter().map(|text| format!("{}\\par ", escaped(text))).collect();
    let mut bytes =
        format!("{{\\rtf1\\ansi\\ansicpg1251{{\\fonttbl{{\\f0 Arial;}}}}{{\\info{{\\title never shown}}}}{}", lines.concat()).into_bytes();
    bytes.extend(b"{\\pict\\pngblip\\bin6 }{\\b}x}\\'d1\\'f7\\'b8\\'f2 \\b bollard\\b0\\cell 48151623}");
    assert_eq!(whole("letter.rtf", &bytes), format!("{}\nСчёт bollard 48151623", ALL.join("\n")));
    assert_eq!(whole("letter.doc", b"{\\rtf1\\ansi\\ansicpg936 \\'b4\\'f2\\'d3\\'a1}"), "打印");
    assert_eq!(
        whole("mail.rtf", b"{\\rtf1\\ansi\\fromhtml1 {\\*\\htmltag19 <html><script>no</script><p>}fender{\\*\\htmltag92 </p></html>}}"),
        "fender"
    );
    let mut out = Vec::new();
    for odd in
        ["{\\rtf1".to_owned() + &"{".repeat(200_000), "{\\rtf1 \\bin99999999999 x".to_owned(), "{\\rtf1\\u99999999 \\'zz\\".to_owned()]
    {
        let _ = read("rtf", odd.into_bytes(), &mut Sink::new(&mut out, TEXT_BYTES_MAX));
    }
}
