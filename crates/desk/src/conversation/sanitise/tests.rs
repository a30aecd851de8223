use proptest::prelude::*;

use super::*;

/// Payloads of the kinds that DOMPurify, the RustSec entries of ammonia and help desks' advisories collect.
const PAYLOADS: &[&str] = &[
    "<script>alert(1)</script>",
    "<SCRIPT SRC=//evil.example/x.js></SCRIPT>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<img src=x onerror=alert(1)>",
    "<img src=x onerror\n=alert(1)>",
    "<img/src=x/onerror=alert(1)>",
    "<img src=\"x\"onerror=\"alert(1)\">",
    "<IMG SRC=\"javascript:alert(1)\">",
    "<IMG SRC=JaVaScRiPt:alert(1)>",
    "<img src=\"data:text/html,<script>alert(1)</script>\">",
    "<img srcset=\"https://evil.example/x 1x\">",
    "<img src='x' style='background:url(javascript:alert(1))'>",
    "<a href=\"javascript:alert(1)\">x</a>",
    "<a href=\"java\nscript:alert(1)\">x</a>",
    "<a href=\"java&#9;script:alert(1)\">x</a>",
    "<a href=\" &#14; javascript:alert(1)\">x</a>",
    "<a href=\"&#x6A;avascript:alert(1)\">x</a>",
    "<a href=\"vbscript:msgbox(1)\">x</a>",
    "<a href=\"data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==\">x</a>",
    "<a href=\"//evil.example\" ping=\"https://evil.example\">x</a>",
    "<a href=x onmouseover=alert(1) onfocus=alert(1) autofocus>x</a>",
    "<a xlink:href=\"javascript:alert(1)\">x</a>",
    "<svg onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<svg><a xlink:href=\"javascript:alert(1)\"><text>x</text></a></svg>",
    "<svg><animate onbegin=alert(1) attributeName=x dur=1s>",
    "<svg><a><animate attributeName=href values=javascript:alert(1) /><text y=20>x</text></a></svg>",
    "<svg><set attributeName=href to=javascript:alert(1)>",
    "<svg><foreignObject><img src=x onerror=alert(1)></foreignObject></svg>",
    "<svg><style><img src=x onerror=alert(1)></style></svg>",
    "<svg></p><style><a id=\"</style><img src=1 onerror=alert(1)>\">",
    "<svg><use href=\"data:image/svg+xml,<svg id=x><script>alert(1)</script></svg>#x\"/></svg>",
    "<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=1 onerror=alert(1)&gt;\">",
    "<math><annotation-xml encoding=\"text/html\"><style><img src=x onerror=alert(1)></style></annotation-xml></math>",
    "<math href=\"javascript:alert(1)\">x</math>",
    "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">",
    "<textarea><img title=\"</textarea><img src onerror=alert(1)>\"></textarea>",
    "<title><a title=\"</title><img src=x onerror=alert(1)>\">",
    "<xmp><p title=\"</xmp><img src=x onerror=alert(1)>\">",
    "<plaintext><img src=x onerror=alert(1)>",
    "<noembed><p title=\"</noembed><img src=x onerror=alert(1)>\">",
    "<iframe src=\"javascript:alert(1)\"></iframe>",
    "<iframe srcdoc=\"<script>alert(1)</script>\"></iframe>",
    "<svg><iframe><a title=\"</iframe><img src onerror=alert(1)>\">test",
    "<object data=\"javascript:alert(1)\"></object>",
    "<embed src=\"javascript:alert(1)\">",
    "<applet code=evil></applet>",
    "<base href=\"https://evil.example/\">",
    "<link rel=stylesheet href=\"https://evil.example/x.css\">",
    "<meta http-equiv=refresh content=\"0;url=https://evil.example\">",
    "<style>@import 'https://evil.example/x.css'; body{background:url(//evil.example)}</style>",
    "<div style=\"background-image:url(https://evil.example/x)\">x</div>",
    "<div style=\"width:expression(alert(1))\">x</div>",
    "<div style=\"color:red;-moz-binding:url(//evil.example)\">x</div>",
    "<div style=\"position:fixed;top:0;left:0;width:100%;height:100%;z-index:9999\">overlay</div>",
    "<div style=\"color:\\75\\72\\6c(//evil.example)\">x</div>",
    "<p style=\"font-family:'x';/*</p><img src=x onerror=alert(1)>*/\">x</p>",
    "<form action=https://evil.example><input name=password><button formaction=javascript:alert(1)>x</button></form>",
    "<isindex action=javascript:alert(1) type=image>",
    "<input onfocus=alert(1) autofocus>",
    "<select onfocus=alert(1) autofocus><option>x</select>",
    "<video><source onerror=alert(1)></video>",
    "<video poster=javascript:alert(1)></video>",
    "<audio src=x onerror=alert(1)>",
    "<details open ontoggle=alert(1)>x</details>",
    "<body onload=alert(1)>x</body>",
    "<marquee onstart=alert(1)>x</marquee>",
    "<table background=\"javascript:alert(1)\"><td background=//evil.example>x</table>",
    "<div id=\"location\" name=\"cookie\" class=\"modal overlay\">clobber</div>",
    "<img name=getElementById><form id=attributes><input name=x></form>",
    "<custom-element onclick=alert(1)>x</custom-element>",
    "<template><script>alert(1)</script></template>",
    "<!--<img src=\"--><img src=x onerror=alert(1)//\">",
    "<!--[if gte IE 4]><script>alert(1)</script><![endif]-->",
    "<![CDATA[<img src=x onerror=alert(1)>]]>",
    "<?xml-stylesheet href=\"javascript:alert(1)\"?>",
    "<%<!--'%><script>alert(1);</script -->",
    "<a href=\"https://ok.example/\" target=_blank rel=opener>x</a>",
    "<img src=\"/x/../../api/logout\">",
    "<img src=\"//evil.example/x\">",
    "<img src=\"\\\\evil.example\\x\">",
    "<img src=\"https://evil.example/track?id=1\" width=1 height=1>",
    "<img data-remote-src=\"javascript:alert(1)\">",
    "<img alt=\"src=&quot;http://x\" src=\"https://evil.example/a\">",
    "<img alt='<img src=\"https://evil.example\">' src='https://evil.example/b'>",
    "<p>x</p>\0<scr\0ipt>alert(1)</scr\0ipt>",
    "<<script>alert(1)//<</script>",
    "<b/alt=\"1\"onmouseover=alert(1)>x</b>",
    "<a\u{0B}href=javascript:alert(1)>x</a>",
    "+ADw-script+AD4-alert(1)+ADw-/script+AD4-",
    "<p><a href=x><table><tr><td><a href=y></table>",
];

/// The tags of clean HTML, each with its attributes as name and value.
fn tags_of(html: &str) -> Vec<(String, Vec<(String, String)>)> {
    let mut found = Vec::new();
    let mut rest = html;
    while let Some((_, after)) = rest.split_once('<') {
        let mut quoted = false;
        let end = after.find(|c: char| {
            quoted ^= c == '"';
            c == '>' && !quoted
        });
        let (tag, following) = after.split_at(end.expect("every tag of clean HTML ends"));
        rest = following;
        if tag.starts_with('/') {
            continue;
        }
        let (name, attributes) = tag.split_once(' ').unwrap_or((tag, ""));
        let pieces: Vec<&str> = attributes.split('"').collect();
        let attributes = pieces.chunks_exact(2).map(|pair| (pair[0].trim().trim_end_matches('=').to_owned(), pair[1].to_owned())).collect();
        found.push((name.to_owned(), attributes));
    }
    found
}

/// What must be true of anything that was cleaned, read from its text without trusting a parser.
fn assert_harmless(html: &str, origin: &str) {
    for (name, attributes) in tags_of(html) {
        assert!(TAGS.contains(&name.as_str()), "<{name}> from {origin}");
        for (attribute, value) in attributes {
            let lower = value.to_ascii_lowercase();
            let allowed = match attribute.as_str() {
                "href" => ["http://", "https://", "mailto:", "tel:"].iter().any(|start| lower.starts_with(start)),
                "src" => lower.starts_with("cid:"),
                "data-remote-src" => lower.starts_with("http://") || lower.starts_with("https://"),
                "class" | "id" | "name" => value.starts_with("mail-"),
                "style" => !["url", "expression", "position", "z-index", "import", "\\", "@", "/*", "behavior", "binding", "vh", "vw"]
                    .iter()
                    .any(|bad| lower.contains(bad)),
                "rel" => value == "noopener noreferrer nofollow",
                "title" | "alt" | "dir" | "lang" | "align" | "valign" | "bgcolor" | "width" | "height" | "color" | "size" | "start"
                | "type" | "value" | "border" | "cellpadding" | "cellspacing" | "colspan" | "rowspan" | "scope" | "span" => true,
                _ => false,
            };
            assert!(allowed, "{attribute}={value:?} from {origin}");
        }
    }
}

#[test]
fn t_a1_no_payload_survives_and_cleaning_twice_changes_nothing() {
    assert!(PAYLOADS.len() >= 60);
    for payload in PAYLOADS {
        for html in [
            (*payload).to_owned(),
            format!("<p>before</p>{payload}<p>after</p>"),
            format!("<table><tr><td>{payload}</td></tr></table>"),
            format!("<b><a href=\"https://x.example\">{payload}"),
        ] {
            let once = clean(&html);
            assert_harmless(&once, &html);
            assert_eq!(clean(&once), once, "{html}");
        }
    }
}

#[test]
fn t_a2_nothing_is_fetched_but_what_came_with_the_letter() {
    let html = "<img src=\"cid:a@b\"><img src=\"https://x.example/p.png?a=1&amp;b=2\" alt=\"plan\"><img src=\"/api/logout\"><img src=\"//x.example/y\">";
    assert_eq!(clean(html), "<img src=\"cid:a@b\"><img data-remote-src=\"https://x.example/p.png?a=1&amp;b=2\" alt=\"plan\"><img><img>");
}

#[test]
fn t_a2_pictures_that_only_tell_who_reads_are_taken_out_and_counted() {
    for tracker in [
        "<img src=\"https://x.example/o?id=1\" width=\"1\" height=\"1\">",
        "<img height=1px width=1px src=http://x.example/o>",
        "<img src=\"https://x.example/o\" style=\"width:1px;height:1px\">",
        "<img src=\"https://x.example/o\" style=\"display:none\">",
        "<img src=\"https://x.example/o\" width=\"0\" style=\"height:0\">",
        "<img data-remote-src=\"https://x.example/o\" width=1 height=1>",
        "<img class=\"mail-tracker\" src=\"https://x.example/o\">",
    ] {
        let clean = clean(tracker);
        assert_eq!(clean, "<img class=\"mail-tracker\">", "{tracker}");
        assert_eq!((trackers(&clean), remote_pictures(&clean)), (1, 0));
    }
    let seen = clean(
        "<img src=\"https://x.example/o\" width=\"1\" height=\"200\"><img src=\"cid:a\" width=1 height=1><img alt=\"class=&quot;mail-tracker&quot;\">",
    );
    assert_eq!((trackers(&seen), remote_pictures(&seen)), (0, 1), "{seen}");
}

#[test]
fn t_a2_pictures_are_shown_from_here_and_from_elsewhere_only_when_asked() {
    let html = clean(
        "<p>src=\"cid:x\"</p><img src=\"cid:plan%40x\" alt=\"a\"><img src=\"cid:lost\"><img src=\"http://x.example/?a=1&b=2\" alt='src=\"cid:plan\"'>",
    );
    let file = |content_id: &str| (content_id == "plan@x").then(|| "/desk/attachments/7".to_owned());
    let shown = |remote| shown_pictures(&html, &ShownPictures { remote, file: &file });
    let held = "<p>src=\"cid:x\"</p><img src=\"/desk/attachments/7\" alt=\"a\"><img>";
    assert_eq!(shown(false), format!("{held}<img data-remote-src=\"http://x.example/?a=1&amp;b=2\" alt=\"src=&quot;cid:plan&quot;\">"));
    assert_eq!(shown(true), format!("{held}<img src=\"https://x.example/?a=1&amp;b=2\" alt=\"src=&quot;cid:plan&quot;\">"));
    let both = clean("<img src=\"https://a.example/1\" data-remote-src=\"https://b.example/2\">");
    assert_eq!(both, "<img data-remote-src=\"https://a.example/1\">");
}

#[test]
fn t_a1_nothing_is_so_large_or_so_placed_that_it_leaves_its_frame() {
    for style in [
        "position:absolute",
        "z-index:99",
        "height:2000vh",
        "width:900vw",
        "font-size:900px",
        "font-size:200em",
        "font-size:0",
        "height:999999px",
        "width:5000in",
        "margin:-900px",
        "text-indent:-9999px",
        "line-height:0",
        "display:none",
        "display:flex",
        "opacity:0",
        "transform:scale(9)",
        "padding:99999px",
        "width:calc(100% + 900px)",
        "color:var(--x)",
        "background:url(//x)",
        "font-size:2e9px",
    ] {
        assert_eq!(clean(&format!("<p style=\"{style}\">x</p>")), "<p>x</p>", "{style}");
    }
    assert_eq!(
        clean("<table width=\"99999\" border=\"99999\" cellpadding=\"9999\"><tr><td colspan=65534 rowspan=65534 height=9e9>x</table>"),
        clean("<table><tr><td>x</table>")
    );
}

#[test]
fn a_newsletter_keeps_its_colours_borders_and_measures() {
    for style in [
        "background:#003a4d",
        "border:1px solid rgb(204,204,204)",
        "border-radius:4px",
        "font-family:segoe ui,arial,sans-serif",
        "margin:0 auto",
        "padding:12px 24px",
        "width:100%",
        "max-width:600px",
        "display:inline-block",
        "line-height:1.5",
        "border:none;border-top:solid #e1e1e1 1.0pt;padding:3.0pt 0in 0in 0in",
        "font-size:11.0pt;mso-fareast-language:en-us",
    ] {
        let kept = style.split(";mso").next().unwrap_or_default();
        assert_eq!(clean(&format!("<p style=\"{style}\">x</p>")), format!("<p style=\"{kept}\">x</p>"));
    }
    assert_eq!(clean("<p style=\"font-family:'Segoe UI'\">x</p>"), "<p style=\"font-family:segoe ui\">x</p>");
}

#[test]
fn t_a1_of_names_only_marks_of_ours_stay() {
    let html = "<div class=\"modal gmail_quote overlay\" id=\"timeline\">a</div><div id=\"x_x_divRplyFwdMsg\">b</div><a name=\"location\">c</a><p class=\"mail-frame message\">d</p>";
    assert_eq!(
        clean(html),
        "<div class=\"mail-quote\">a</div><div id=\"mail-history\">b</div><a rel=\"noopener noreferrer nofollow\">c</a><p>d</p>"
    );
}

#[test]
fn a_letter_keeps_its_look() {
    let html = "<p style=\"color: red; text-align:center; position:absolute\">Hi <b>there</b></p><blockquote>old</blockquote><table border=\"1\"><tbody><tr><td colspan=\"2\">x</td></tr></tbody></table>";
    assert_eq!(
        clean(html),
        "<p style=\"color:red;text-align:center\">Hi <b>there</b></p><blockquote>old</blockquote><table border=\"1\"><tbody><tr><td colspan=\"2\">x</td></tr></tbody></table>"
    );
    assert_eq!(
        clean("<a href=\"https://x.example/?a=1&b=2\" target=\"_top\">x</a>"),
        "<a href=\"https://x.example/?a=1&amp;b=2\" rel=\"noopener noreferrer nofollow\">x</a>"
    );
}

#[test]
fn t_s4_html_beyond_the_limits_is_shown_as_text() {
    let deep = format!("{}deep{}", "<div>".repeat(100_000), "</div>".repeat(100_000));
    assert_eq!(to_text(&clean(&deep)), "deep");
    assert!(is_simplified(&clean(&deep)));
    let unclosed = format!("{}unclosed", "<b>".repeat(100_000));
    assert_eq!(to_text(&clean(&unclosed)), "unclosed");
    let links = "<a href=\"https://x.example\">x</a>".repeat(5_001);
    assert!(!clean(&links).contains("<a"));
    assert!(clean(&"<a href=\"https://x.example\">x</a>".repeat(5_000)).contains("<a"));
    let nodes = "<p>x</p>".repeat(50_001);
    assert!(!clean(&nodes).contains("<p>"));
    let reopened: String = (0..900).map(|n| format!("<font color=\"{n}\">")).collect::<String>() + &"<p>".repeat(20_000);
    assert!(!clean(&reopened).contains("<font"));
    let escapes = "&amp;&x;".repeat(100_000);
    assert!(clean(&escapes).starts_with("<div class=\"mail-simplified\" style"));
    let huge = "x <b>y</b> ".repeat(500_000);
    assert!(clean(&huge).len() < 5_000_000);
    for text in [deep, unclosed, links, nodes, reopened, escapes] {
        assert_harmless(&to_text(&text).replace('<', "&lt;"), "text");
        let once = clean(&text);
        assert_eq!(clean(&once), once);
    }
}

#[test]
fn html_becomes_the_text_that_a_reader_sees() {
    let html = "<html><head><style>p{color:red}</style><title>no</title></head><body><p>Hello&nbsp;<b>world</b></p><ul><li>one<li>two</ul>\
                <blockquote>quoted</blockquote><a href=\"https://x.example\">link</a><script>alert(1)</script></body></html>";
    assert_eq!(to_text(html), "Hello world\n* one\n* two\n\n> quoted\n\nlink");
    assert_eq!(to_text(""), "");
}

#[test]
fn text_becomes_html_that_cleaning_leaves_alone() {
    for text in ["a < b && c > d", "  indented\n\nlines\t\"quoted\"", "<script>alert(1)</script>", "&amp;", "\n\nx\n\n", "a\u{A0}b"] {
        let html = from_text(text);
        assert_harmless(&html, text);
        assert_eq!(clean(&html), html, "{text:?}");
    }
}

/// Pieces from which most trouble can be built.
fn fragment() -> impl Strategy<Value = String> {
    let pieces = proptest::sample::select(vec![
        "<p>",
        "</p>",
        "<b>",
        "</b>",
        "<a href=\"https://x.example\">",
        "</a>",
        "<table>",
        "</table>",
        "<tr>",
        "<td>",
        "</td>",
        "<div>",
        "</div>",
        "<svg>",
        "</svg>",
        "<math>",
        "<mtext>",
        "<mglyph>",
        "<style>",
        "</style>",
        "<!--",
        "-->",
        "<title>",
        "</title>",
        "<select>",
        "<option>",
        "<form>",
        "</form>",
        "<img src=https://x.example/a>",
        "<img src=\"cid:a\" alt='\"<'>",
        "<font color=red>",
        "<li>",
        "<ul>",
        "</ul>",
        "<h1>",
        "<pre>\n",
        "<template>",
        "</template>",
        "<noscript>",
        "<caption>",
        "<col>",
        "<details>",
        "<summary>",
        "<br>",
        "\"",
        "'",
        ">",
        "<",
        "&lt;",
        "&",
        "x",
        " ",
        "<blockquote>",
        "<dl><dt>",
        "<dd>",
        "<center>",
        "<em>",
        "<i>",
        "</i>",
        "<span style=\"color:red;position:fixed\">",
        "</span>",
        "\n",
        "\0",
    ]);
    proptest::collection::vec(pieces, 0..30).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn t_a1_cleaning_is_idempotent_and_harmless(html in fragment()) {
        let once = clean(&html);
        assert_harmless(&once, &html);
        prop_assert_eq!(clean(&once), once);
    }

    #[test]
    fn t_a1_cleaning_any_text_is_idempotent(html in "\\PC{0,80}") {
        let once = clean(&html);
        prop_assert_eq!(clean(&once), once);
    }
}
