//! Folding within HTML: the markup of the common programs, as it is when it came through the sanitiser.

use proptest::prelude::*;

use super::super::*;
use crate::conversation::sanitise::{clean, to_text};

const LABELS: Labels<'_> = Labels { quote: "Earlier", signature: "Signature", disclaimer: "Legal", language: "en" };
const NEW: &str = "It works now, thank you.";

fn folded(html: &str) -> String {
    fold_html(&clean(html), &LABELS)
}

/// What lies open, as text.
fn open(folded: &str) -> String {
    let mut out = String::new();
    let mut rest = folded;
    while let Some((before, after)) = rest.split_once("<details class=\"fold\">") {
        out.push_str(before);
        let mut depth = 1;
        let mut at = 0;
        while depth > 0 {
            let (next, step) = [("<details", 1), ("</details>", -1)]
                .into_iter()
                .filter_map(|(tag, step)| after.get(at..)?.find(tag).map(|found| (at + found + tag.len(), step)))
                .min_by_key(|(found, _)| *found)
                .expect("a fold ends");
            at = next;
            depth += step;
        }
        rest = after.get(at..).unwrap_or_default();
    }
    out.push_str(rest);
    to_text(&out)
}

/// Without the folds, the HTML is what it was.
fn unfolded(folded: &str) -> String {
    let mut out = folded.to_owned();
    for label in ["Earlier", "Signature", "Legal"] {
        out = out.replace(&format!("<details class=\"fold\"><summary lang=\"en\">{label}</summary>"), "\u{1}");
    }
    // Letters of these tests have no such elements of their own.
    out.replace('\u{1}', "").replace("</details>", "")
}

/// Programs and what they send; what is new is `NEW` in each.
const LETTERS: &[(&str, &str)] = &[
    (
        "Gmail",
        "<div dir=\"ltr\">It works now, thank you.</div><br><div class=\"gmail_quote gmail_quote_container\"><div dir=\"ltr\" class=\"gmail_attr\">On Mon, Jan 5, 2026 at 10:00 AM Help &lt;<a href=\"mailto:help@x.example\">help@x.example</a>&gt; wrote:<br></div><blockquote class=\"gmail_quote\" style=\"margin:0px 0px 0px 0.8ex;border-left:1px solid rgb(204,204,204);padding-left:1ex\"><div>Try again</div></blockquote></div>",
    ),
    (
        "Gmail, a language without words here",
        "<div>It works now, thank you.</div><div class=\"gmail_quote\"><div class=\"gmail_attr\">Pada Sen, 5 Jan 2026 10.00, Help menulis:<br></div><blockquote class=\"gmail_quote\">Coba lagi<br>lagi<br>lagi</blockquote></div>",
    ),
    (
        "Gmail with signature",
        "<div dir=\"ltr\"><div>It works now, thank you.</div><span class=\"gmail_signature_prefix\">-- </span><br><div dir=\"ltr\" class=\"gmail_signature\"><b>Rosa Marin</b><div>Harbour operations</div></div></div>",
    ),
    (
        "Gmail with signature and quote",
        "<div dir=\"ltr\">It works now, thank you.<br clear=\"all\"><div><br></div><span class=\"gmail_signature_prefix\">-- </span><br><div class=\"gmail_signature\">Rosa Marin<br>Harbour</div></div><br><div class=\"gmail_quote\"><div class=\"gmail_attr\">On Mon, Jan 5, 2026 at 10:00 AM Help wrote:<br></div><blockquote class=\"gmail_quote\">Try again</blockquote></div>",
    ),
    (
        "Outlook for Windows",
        "<div class=WordSection1><p class=MsoNormal>It works now, thank you.<o:p></o:p></p><p class=MsoNormal><o:p>&nbsp;</o:p></p><div><div style='border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0in 0in 0in'><p class=MsoNormal><b>From:</b> Help &lt;help@x.example&gt; <br><b>Sent:</b> Monday, January 5, 2026 10:00 AM<br><b>To:</b> Rosa<br><b>Subject:</b> RE: Gates</p></div></div><p class=MsoNormal>&nbsp;</p><p class=MsoNormal>Try again</p></div>",
    ),
    (
        "Outlook for Windows, Finnish",
        "<div class=WordSection1><p class=MsoNormal>It works now, thank you.</p><div><div style='border:none;border-top:solid #B5C4DF 1.0pt;padding:3.0pt 0cm 0cm 0cm'><p class=MsoNormal><b>Tuntematon:</b> Help<br><b>Sana:</b> maanantai 5. tammikuuta 2026</p></div></div><p class=MsoNormal>Try again</p></div>",
    ),
    (
        "Outlook, German without a line",
        "<p class=MsoNormal>It works now, thank you.</p><p class=MsoNormal><b>Von:</b> Help &lt;help@x.example&gt;<br><b>Gesendet:</b> Montag, 5. Januar 2026 10:00<br><b>An:</b> Rosa<br><b>Betreff:</b> AW: Tore</p><p class=MsoNormal>Noch einmal</p>",
    ),
    (
        "Outlook, _MailOriginal",
        "<p class=MsoNormal>It works now, thank you.</p><p class=MsoNormal><a name=\"_MailOriginal\"><b>Keneltä:</b> Help</a></p><p class=MsoNormal>Try again</p>",
    ),
    (
        "Outlook on the web",
        "<div style=\"font-family:Calibri\">It works now, thank you.</div><div id=\"appendonsend\"></div><hr style=\"display:inline-block;width:98%\" tabindex=\"-1\"><div id=\"divRplyFwdMsg\" dir=\"ltr\"><font face=\"Calibri\"><b>From:</b> Help<br><b>Sent:</b> Monday<br></font></div><div class=\"BodyFragment\">Try again</div>",
    ),
    (
        "Outlook on the web, quoted again",
        "<div>It works now, thank you.</div><div id=\"x_appendonsend\"></div><hr><div id=\"x_divRplyFwdMsg\"><b>Från:</b> Help<br></div><div class=\"x_BodyFragment\">Try again</div>",
    ),
    (
        "Outlook on the web with signature",
        "<div>It works now, thank you.</div><div id=\"Signature\"><p>Rosa Marin</p><p>Harbour operations</p></div><div id=\"appendonsend\"></div><hr><div id=\"divRplyFwdMsg\"><b>From:</b> Help<br><b>Sent:</b> Monday</div><div>Try again</div>",
    ),
    (
        "Outlook for iOS",
        "<div>It works now, thank you.</div><div id=\"ms-outlook-mobile-signature\">Get <a href=\"https://aka.ms/o0ukef\">Outlook for iOS</a></div><hr><div id=\"divRplyFwdMsg\"><b>From:</b> Help</div><div>Try again</div>",
    ),
    (
        "Outlook for Mac",
        "<div>It works now, thank you.</div><span id=\"OLK_SRC_BODY_SECTION\"><div><span>From: </span> Help<br><span>Date: </span> Monday<br></div><div>Try again</div></span>",
    ),
    (
        "Apple Mail",
        "<html><body>It works now, thank you.<br><div><br><blockquote type=\"cite\"><div>On 5 Jan 2026, at 10:00, Help &lt;help@x.example&gt; wrote:</div><br><div>Try again</div></blockquote></div></body></html>",
    ),
    (
        "Apple Mail, head outside",
        "<div>It works now, thank you.</div><div>On 5 Jan 2026, at 10:00, Help wrote:<br><blockquote type=\"cite\"><div>Try again</div></blockquote></div>",
    ),
    (
        "iOS with signature",
        "<div dir=\"ltr\">It works now, thank you.</div><div dir=\"ltr\"><br></div><div id=\"AppleMailSignature\">Sent from my iPhone</div><div dir=\"ltr\"><br><blockquote type=\"cite\">On 5 Jan 2026, at 10:00, Help wrote:<br><br></blockquote></div><blockquote type=\"cite\"><div>Try again</div></blockquote>",
    ),
    (
        "iOS, French",
        "<div dir=\"ltr\">It works now, thank you.<br id=\"lineBreakAtBeginningOfSignature\"><div dir=\"ltr\">Envoyé de mon iPhone</div></div><div dir=\"ltr\"><br><blockquote type=\"cite\">Le 5 janv. 2026 à 10:00, Help a écrit :<br><br></blockquote></div><blockquote type=\"cite\"><div>Réessayez</div></blockquote>",
    ),
    (
        "Thunderbird",
        "<p>It works now, thank you.</p><div class=\"moz-cite-prefix\">On 1/5/26 10:00, Help wrote:<br></div><blockquote type=\"cite\" cite=\"mid:1@x.example\"><p>Try again</p></blockquote>",
    ),
    ("Thunderbird with signature", "<p>It works now, thank you.</p><pre class=\"moz-signature\" cols=\"72\">-- \nRosa Marin</pre>"),
    (
        "Yahoo",
        "<div>It works now, thank you.</div><div id=\"ydp1a2b3c4dyahoo_quoted_123\" class=\"ydp1a2b3c4dyahoo_quoted\"><div>On Monday, January 5, 2026, 10:00:00 AM GMT, Help wrote:</div><div>Try again</div></div>",
    ),
    (
        "Zoho",
        "<div>It works now, thank you.</div><div class=\"zmail_extra\"><div>---- On Mon, 05 Jan 2026 Help wrote ----</div><blockquote>Try again</blockquote></div>",
    ),
    (
        "Zoho, beforequote",
        "<div>It works now, thank you.</div><div class=\"x_1234 beforequote\"><br></div><div>---- Am Mo, 05 Jan 2026 Help schrieb ----</div><div>Try again</div>",
    ),
    (
        "Mail.ru",
        "<div>It works now, thank you.</div><div><br>-- <br>Отправлено из Mail</div><div class=\"mail-quote-collapse\"><blockquote class=\"mailru-blockquote\">Понедельник, 5 января 2026, 10:00 +03:00 от Help &lt;help@x.example&gt;:<br>Попробуйте</blockquote></div>",
    ),
    (
        "Yandex",
        "<div>It works now, thank you.</div><div>05.01.2026, 10:00, \"Help\" &lt;help@x.example&gt;:</div><blockquote><p>Попробуйте</p></blockquote>",
    ),
    (
        "Proton",
        "<div>It works now, thank you.</div><div class=\"protonmail_signature_block\"><div class=\"protonmail_signature_block-proton\">Sent with <a href=\"https://proton.me/\">Proton Mail</a> secure email.</div></div><div class=\"protonmail_quote\">On Monday, January 5th, 2026 at 10:00, Help &lt;help@x.example&gt; wrote:<br><blockquote class=\"protonmail_quote\" type=\"cite\">Try again</blockquote></div>",
    ),
    (
        "QQ",
        "<div>It works now, thank you.</div><div><includetail><!--<![endif]--></includetail></div><div style=\"font-size:12px\">------------------&nbsp;原始邮件&nbsp;------------------</div><div><b>发件人:</b>&nbsp;\"Help\"</div><div>请再试一次</div>",
    ),
    (
        "163",
        "<div>It works now, thank you.</div><div id=\"isReplyContent\"><div>在 2026-01-05 10:00:00，\"Help\" 写道：</div><blockquote id=\"isReplyContent\">请再试一次</blockquote></div>",
    ),
    (
        "Foxmail",
        "<div>It works now, thank you.</div><hr style=\"width:210px\"><blockquote><div><b>发件人：</b>&nbsp;<a href=\"mailto:help@x.example\">Help</a></div><div><b>发送时间：</b>&nbsp;2026-01-05&nbsp;10:00</div><div><b>收件人：</b>&nbsp;Rosa</div><div><b>主题：</b>&nbsp;Re: 闸机</div><div>请再试一次</div></blockquote>",
    ),
    (
        "Notes",
        "<font size=2>It works now, thank you.</font><br><br><table><tr><td>From:</td><td>Help/Brackwater</td></tr><tr><td>To:</td><td>rosa@example.org</td></tr><tr><td>Date:</td><td>05/01/2026 10:00</td></tr><tr><td>Subject:</td><td>Re: Gates</td></tr></table><br>Try again",
    ),
    (
        "plain lines in HTML",
        "<div>It works now, thank you.<br><br>On Mon, Jan 5, 2026 at 10:00 AM Help &lt;help@x.example&gt; wrote:<br>&gt; Try again<br>&gt; please</div>",
    ),
    (
        "a legal notice",
        "<p>It works now, thank you.</p><p style=\"font-size:8pt\">This e-mail may contain confidential information. If you are not the intended recipient, please notify the sender and delete this e-mail at once.</p>",
    ),
];

#[test]
fn the_markup_of_every_program_is_folded_and_nothing_is_lost() {
    let mut wrong = Vec::new();
    for (program, letter) in LETTERS {
        let folded = folded(letter);
        if open(&folded).replace("---", "").trim() != NEW {
            wrong.push(format!("{program}\n{folded}"));
        }
        assert_eq!(unfolded(&folded), clean(letter), "{program}");
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

#[test]
fn what_is_marked_stays_marked_when_it_is_cleaned_again() {
    for (program, letter) in LETTERS {
        let once = clean(letter);
        assert_eq!(clean(&once), once, "{program}");
    }
}

#[test]
fn answers_between_quotes_stay_open_in_html() {
    let gmail = "<div class=\"gmail_quote\"><div class=\"gmail_attr\">On Mon, Jan 5, 2026 Help wrote:<br></div><blockquote class=\"gmail_quote\">Is it on?</blockquote><div>Yes.</div><blockquote class=\"gmail_quote\">Which colour?</blockquote><div>Red.</div></div>";
    let shown = open(&folded(gmail));
    assert!(shown.contains("Yes.") && shown.contains("Red."), "{shown}");
    assert!(shown.contains("Is it on?"), "a question is shown with its answer: {shown}");
    let long = format!("<blockquote type=\"cite\">{}</blockquote><p>Below all that: no.</p>", "<div>line</div>".repeat(30));
    assert_eq!(open(&folded(&long)), "Below all that: no.");
}

#[test]
fn a_letter_without_anything_new_and_one_that_passes_on_stay_open() {
    for html in [
        "<blockquote type=\"cite\"><p>all of it</p><p>is quoted</p></blockquote>",
        "<div id=\"divRplyFwdMsg\"><b>From:</b> Help<br><b>Sent:</b> Monday</div><div>Try again</div>",
        "<div>Please look</div><div class=\"gmail_quote\"><div class=\"gmail_attr\">---------- Forwarded message ---------<br>From: Shop</div><p>Your order is late</p></div>",
        "<p>We quote:</p><blockquote><p>To be or not to be</p></blockquote>",
        "<p>Hello</p><p>From: Riga<br>To: Vilnius<br>Date: 5 May</p>",
        "<p>one</p><ul><li>two</li><li>three</li></ul><table><tbody><tr><td>four</td></tr></tbody></table>",
        "",
        "<img src=\"cid:a\">",
    ] {
        assert_eq!(folded(html), clean(html));
    }
}

#[test]
fn a_fold_stands_where_a_browser_leaves_it() {
    for (program, letter) in LETTERS {
        let folded = folded(letter).replace(" class=\"fold\"", "").replace(" lang=\"en\"", "");
        // The sanitiser's parser is a browser's; what it would move is moved here.
        assert_eq!(clean(&folded), folded, "{program}");
    }
}

fn fragment() -> impl Strategy<Value = String> {
    let pieces: Vec<String> = LETTERS.iter().flat_map(|(_, letter)| letter.split_inclusive('>')).map(str::to_owned).collect();
    proptest::collection::vec(proptest::sample::select(pieces), 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn nothing_is_ever_cut_from_html(html in fragment()) {
        let clean = clean(&html);
        let folded = fold_html(&clean, &LABELS);
        prop_assert_eq!(unfolded(&folded), clean);
    }
}
