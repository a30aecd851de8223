use super::*;

fn text(rtf: &str) -> String {
    read(rtf.as_bytes()).text
}

#[test]
fn the_words_of_rich_text_are_read() {
    for (rtf, expected) in [
        ("{\\rtf1\\ansi Hello\\par World}", "Hello\nWorld"),
        ("{\\rtf1\\ansi\\ansicpg1251 \\'cf\\'f0\\'e8}", "При"),
        ("{\\rtf1\\ansi\\ansicpg936 \\'b4\\'f2\\'d3\\'a1}", "打印"),
        ("{\\rtf1\\uc1 \\u1055?\\u1088?}", "Пр"),
        ("{\\rtf1\\uc2 \\u1055\\'3f\\'3f!}", "П!"),
        ("{\\rtf1 \\u-10179?\\u-8704?}", "😀"),
        ("{\\rtf1{\\fonttbl{\\f0 Arial;}}{\\colortbl;\\red0;}{\\*\\generator x;}{\\info{\\title t}}Hi}", "Hi"),
        ("{\\rtf1 a\\tab b\\~c\\emdash d\\{e\\}\\\\}", "a\tb\u{A0}c—d{e}\\"),
        ("{\\rtf1 unclosed", "unclosed"),
        ("}}}x", "x"),
        ("", ""),
    ] {
        assert_eq!(text(rtf), expected, "{rtf}");
    }
}

#[test]
fn html_that_outlook_hid_in_rich_text_is_found() {
    let read = read(b"{\\rtf1\\ansi\\ansicpg1252\\fromhtml1 {\\*\\htmltag19 <html>}{\\*\\htmltag84 <p>}\\htmlrtf {\\htmlrtf0 Hello {\\*\\htmltag84 &nbsp;}\\htmlrtf \\'a0\\htmlrtf0 Bob{\\*\\htmltag92 </p>}\\htmlrtf\\par}\\htmlrtf0 {\\*\\htmltag27 </html>}}");
    assert!(read.is_html);
    assert_eq!(read.text, "<html><p>Hello &nbsp;Bob</p></html>");
}

#[test]
fn packed_text_is_unpacked() {
    // The example of MS-OXRTFCP, 4.1.1.
    let packed = [
        0x2d, 0x00, 0x00, 0x00, 0x2b, 0x00, 0x00, 0x00, 0x4c, 0x5a, 0x46, 0x75, 0xf1, 0xc5, 0xc7, 0xa7, 0x03, 0x00, 0x0a, 0x00, 0x72, 0x63,
        0x70, 0x67, 0x31, 0x32, 0x35, 0x42, 0x32, 0x0a, 0xf3, 0x20, 0x68, 0x65, 0x6c, 0x09, 0x00, 0x20, 0x62, 0x77, 0x05, 0xb0, 0x6c, 0x64,
        0x7d, 0x0a, 0x80, 0x0f, 0xa0,
    ];
    assert_eq!(decompress(&packed).unwrap(), b"{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n");
    assert_eq!(PRESET.len(), 207);
    for end in 0..packed.len() {
        let _ = decompress(&packed[..end]);
    }
    assert_eq!(decompress(b"nothing of the kind here"), None);
}

#[test]
fn t_s4_a_bomb_of_packed_text_is_bounded() {
    let mut packed = vec![0xFF; 16];
    packed[8..12].copy_from_slice(b"LZFu");
    packed.extend([0xFF_u8, 0, 0x0F, 0, 0x0F, 0, 0x0F, 0, 0x0F, 0, 0x0F, 0, 0x0F, 0, 0x0F, 0, 0x0F].repeat(60_000));
    assert!(decompress(&packed).unwrap().len() <= UNPACKED_BYTES_MAX);
    for rtf in ["{".repeat(1_000_000), "\\".repeat(1_000_000), "{\\*".repeat(300_000), "\\u1?".repeat(200_000), "\\'".repeat(500_000)] {
        assert!(text(&rtf).len() <= rtf.len());
    }
}
