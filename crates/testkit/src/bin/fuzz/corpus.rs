//! What mutations begin with: the mails of the test data, what they say, and words that matter to readers.

use std::path::{Path, PathBuf};

use channels::mail::parse;

use crate::Outcome;
use crate::rules::Target;

/// The inputs of a target.
pub(crate) fn seeds(target: Target) -> Outcome<Vec<Vec<u8>>> {
    let crates = Path::new(env!("CARGO_MANIFEST_DIR")).parent().ok_or("no folder of crates")?;
    let mut files = mails_in(&crates.join("channels/testdata"))?;
    if let Some(top) = crates.parent() {
        files.extend(mails_in(&top.join("testdata/mail"))?);
    }
    let mut seeds = Vec::new();
    for file in files {
        let raw = std::fs::read(file)?;
        match target {
            Target::Parsing | Target::Threading => seeds.push(raw),
            Target::Addresses => seeds.extend(fields(&raw)),
            Target::Sanitising => seeds.extend(parse(&raw).html.map(String::into_bytes)),
            Target::Quoting => seeds.push(parse(&raw).text.into_bytes()),
            Target::Queries => {}
        }
    }
    let own: &[&str] = match target {
        Target::Sanitising => &HTML,
        Target::Quoting => &TEXTS,
        Target::Queries => &QUERIES,
        Target::Addresses => &ADDRESSES,
        Target::Parsing | Target::Threading => &[],
    };
    seeds.extend(own.iter().map(|text| text.as_bytes().to_vec()));
    Ok(seeds)
}

fn mails_in(folder: &Path) -> Outcome<Vec<PathBuf>> {
    if !folder.is_dir() {
        return Ok(Vec::new());
    }
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder)?.filter_map(|entry| entry.ok().map(|entry| entry.path())).collect();
    files.retain(|path| path.extension().is_some_and(|extension| extension == "eml"));
    files.sort();
    Ok(files)
}

/// The values of the address fields of a mail.
fn fields(raw: &[u8]) -> Vec<Vec<u8>> {
    let text = String::from_utf8_lossy(raw).replace("\r\n", "\n").replace("\n ", " ").replace("\n\t", " ");
    let head = text.split("\n\n").next().unwrap_or_default().to_owned();
    let wanted = ["from:", "to:", "cc:", "reply-to:", "sender:"];
    let values = head.lines().filter(|line| wanted.iter().any(|name| line.to_lowercase().starts_with(name)));
    values.filter_map(|line| line.split_once(':')).map(|(_, value)| value.trim().as_bytes().to_vec()).collect()
}

/// The words that readers take notice of.
pub(crate) fn words(target: Target) -> Vec<&'static [u8]> {
    let text: &[&str] = match target {
        Target::Parsing => &MAIL_WORDS,
        Target::Threading => &THREAD_WORDS,
        Target::Addresses => &ADDRESS_WORDS,
        Target::Sanitising => &HTML_WORDS,
        Target::Quoting => &QUOTE_WORDS,
        Target::Queries => &QUERY_WORDS,
    };
    text.iter().map(|word| word.as_bytes()).collect()
}

const MAIL_WORDS: [&str; 56] = [
    "\r\n",
    "\r\n\r\n",
    "\n",
    "\r",
    "\0",
    "\t",
    " ",
    "\u{feff}",
    "--",
    "--b",
    "\r\n--b\r\n",
    "\r\n--b--\r\n",
    "Content-Type: ",
    "multipart/mixed; boundary=b",
    "multipart/alternative; boundary=b",
    "multipart/related; boundary=\"b\"",
    "multipart/report; report-type=delivery-status; boundary=b",
    "message/rfc822",
    "message/delivery-status",
    "message/external-body",
    "message/partial; id=x; number=1; total=2",
    "text/plain",
    "text/html",
    "text/calendar",
    "application/ms-tnef",
    "application/pkcs7-mime",
    "Content-Transfer-Encoding: base64\r\n",
    "Content-Transfer-Encoding: quoted-printable\r\n",
    "Content-Transfer-Encoding: x-uuencode\r\n",
    "charset=utf-7",
    "charset=utf-16",
    "charset=utf-32le",
    "charset=iso-2022-jp",
    "charset=x-unknown",
    "format=flowed; delsp=yes",
    "filename*0*=utf-8''%e2",
    "filename*1=x",
    "name=\"=?utf-8?B?4oKs?=\"",
    "=?utf-8?Q?=",
    "=?utf-8?B?",
    "?=",
    "=?utf-16?B?2AA=?=",
    "begin 644 x\r\n",
    "`\r\nend\r\n",
    "#0V%T\r\n",
    "=\r\n",
    "=3D",
    "=C3",
    "From ",
    "BEGIN:VCALENDAR\r\n",
    "RRULE:FREQ=SECONDLY\r\n",
    "Date: ",
    "Message-ID: <a@b>\r\n",
    "\x78\u{9f}\u{3e}\x22",
    "-----BEGIN PGP MESSAGE-----\r\n",
    "Content-ID: <x>\r\n",
];

const THREAD_WORDS: [&str; 30] = [
    "\r\n",
    "Message-ID: <one@x>\r\n",
    "In-Reply-To: <one@x>\r\n",
    "References: <two@x> <one@x>\r\n",
    "References: ",
    "<one@x>",
    "<named@x>",
    "<moved@x>",
    "<",
    ">",
    "@",
    "Subject: [INC-1042]\r\n",
    "INC-1042",
    "inc-1042",
    "#INC-1042",
    "REQ-999999999999",
    "-",
    "To: ",
    "From: Alice <alice@example.com>\r\n",
    "help+aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa@example.com",
    "+",
    "Delivered-To: ",
    "Auto-Submitted: auto-replied\r\n",
    "Cc: ",
    "\t",
    " ",
    "\0",
    "Content-Type: message/delivery-status\r\n",
    "Original-Message-ID: <one@x>\r\n",
    "=?utf-8?Q?INC-1042?=",
];

const ADDRESS_WORDS: [&str; 36] = [
    "@",
    "<",
    ">",
    "\"",
    "\\",
    "(",
    ")",
    ",",
    ";",
    ":",
    "\r\n ",
    "\r\n",
    "\0",
    "=?utf-8?Q?",
    "=?utf-8?B?",
    "?=",
    "=40",
    "a@b.example",
    "<a@b.example>",
    "agent@victim.example",
    "undisclosed-recipients:;",
    "group: a@b.example;",
    "\u{202e}",
    "\u{200b}",
    "\u{ff20}",
    "\u{3002}",
    "xn--",
    "é",
    "..",
    ".",
    " ",
    "\t",
    "[127.0.0.1]",
    "<@relay:a@b.example>",
    "\"a b\"@c.example",
    "%00",
];

const HTML_WORDS: [&str; 64] = [
    "<",
    ">",
    "\"",
    "'",
    "&",
    ";",
    "/",
    "=",
    "\0",
    "<script>",
    "</script>",
    "<style>",
    "</style>",
    "<svg>",
    "<math>",
    "<mtext>",
    "<mglyph>",
    "<annotation-xml encoding=\"text/html\">",
    "<foreignObject>",
    "<desc>",
    "<title>",
    "</title>",
    "<textarea>",
    "<noscript>",
    "<iframe srcdoc=\"",
    "<template>",
    "<table>",
    "<tr>",
    "<td>",
    "</table>",
    "<select>",
    "<option>",
    "<form>",
    "<a href=\"",
    "javascript:",
    "jav\tascript:",
    "&#106;avascript:",
    "data:text/html,",
    "<img src=x onerror=alert(1)>",
    " onload=",
    " style=\"",
    "url(",
    "expression(",
    "position:fixed",
    "<!--",
    "-->",
    "--!>",
    "<![CDATA[",
    "]]>",
    "<?",
    "<plaintext>",
    "<xmp>",
    "<p>",
    "</p>",
    "<b>",
    "<font color=",
    "<div class=\"gmail_quote\">",
    "<blockquote type=\"cite\">",
    "cid:x",
    "https://x.example/",
    "<br>",
    "&nbsp;",
    "&#x0;",
    "<base href=\"",
];

const QUOTE_WORDS: [&str; 28] = [
    "\n",
    "\r\n",
    "> ",
    ">",
    ">>> ",
    "\n\n",
    "-- \n",
    "--\n",
    "On Mon, 5 Jan 2026 at 10:00, Help <help@example.com> wrote:\n",
    "Am 05.01.2026 schrieb Hilfe:\n",
    "Le 5 janv. 2026, Aide a écrit :\n",
    "-----Original Message-----\n",
    "From: Help <help@example.com>\nSent: Monday\nTo: Bob\nSubject: x\n",
    "От: Поддержка\nОтправлено: 5 января\n",
    "________________________________\n",
    "---------- Forwarded message ---------\n",
    "发件人：",
    "写道：\n",
    "пишет:\n",
    "a scris:\n",
    "rakstīja:\n",
    "đã viết:\n",
    "Sent from my iPhone\n",
    "\u{a0}",
    "\u{200b}",
    "\u{2028}",
    "*",
    "é",
];

const HTML: [&str; 8] = [
    "<p>Hello <b>there</b></p><blockquote type=\"cite\"><div>On Monday wrote:</div><p>x</p></blockquote>",
    "<table><tr><td style=\"color:red;background:url(x)\">a<table><tr><td>b</table></table>",
    "<div class=\"gmail_quote\"><div class=\"gmail_attr\">On Mon, Help wrote:<br></div><blockquote class=\"gmail_quote\">x</blockquote></div>",
    "<svg><style><img src=x onerror=alert(1)></style></svg><math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=1 onerror=alert(1)&gt;\">",
    "<a href=\"javascript:alert(1)\">x</a><img src=\"https://x.example/p.png\" srcset=\"y 2x\"><img src=\"cid:a@b\">",
    "<font color=\"red\"><p><font size=7><a href=\"https://x.example/?a=1&b=2\">link<p></a></font>",
    "<form action=x><input name=a><button formaction=javascript:x>y</button></form><details open ontoggle=alert(1)>z",
    "<html><head><title>x</title><style>p{color:red}</style></head><body onload=x><p>Text</body></html>",
];

const TEXTS: [&str; 4] = [
    "Thanks, it works.\n\nOn Mon, 5 Jan 2026 at 10:00, Help Desk <help@example.com> wrote:\n> Try again\n>> please\n\n-- \nBob\n",
    "One answer\n> and the question\nanother answer\n> and another question\n",
    "Thanks\n________________________________\nFrom: Help <help@example.com>\nSent: Monday, January 5, 2026\nTo: Bob\nSubject: x\n\nTry again\n",
    "你好\n\n------------------ 原始邮件 ------------------\n发件人: \"帮助\" <help@example.com>\n发送时间: 2026年1月5日\n",
];

const ADDRESSES: [&str; 4] = [
    "\"Brown, Alice (IT)\" <alice@example.com>",
    "=?utf-8?B?0JjQstCw0L0=?= <ivan@example.com>, b@c.example (Bob)",
    "friends: a@example.com, \"b\" <b@example.com>;",
    "agent@victim.example <x@evil.example>",
];

const QUERIES: [&str; 8] = [
    "is:open assignee:none priority>=high sort:-priority,created",
    "(tag:vip OR priority:critical) -turn:done",
    "created:2026-01-01..2026-02-01 \"Wi-Fi \\\"down\\\"\" has:attachment",
    "NOT (channel:mail OR (channel:portal AND updated<7d)) -team:network,\"pay roll\"",
    "принтер title:\"không in được\" 打印机",
    "a:b,\"c,d\",e -x>=1 y<2 z..w",
    "((((((((a))))))))",
    "- -- -( OR AND NOT sort:",
];

const QUERY_WORDS: [&str; 30] = [
    " ",
    "\"",
    "\\",
    "\\\"",
    "(",
    ")",
    ":",
    "<",
    "<=",
    ">",
    ">=",
    "=",
    "..",
    ",",
    "-",
    "OR",
    "AND",
    "NOT",
    " OR ",
    "sort:",
    "sort:-",
    "is:open",
    "created<7d",
    "none",
    ".",
    "\t",
    "\u{a0}",
    "é",
    "\0",
    "a:\"\"",
];
