//! Classes and ids by which mail programs mark what they quote and sign. Of all names only these stay, as words of ours: a name of the
//! sender's could meet a rule or a script of the page around.

/// From here on, everything is an earlier message.
pub(in crate::conversation) const HISTORY: &str = "mail-history";
/// A quote.
pub(in crate::conversation) const QUOTE: &str = "mail-quote";
/// The line above a quote.
pub(in crate::conversation) const ATTRIBUTION: &str = "mail-attribution";
/// A signature.
pub(in crate::conversation) const SIGNATURE: &str = "mail-signature";
/// A picture that was there to tell who reads.
pub(in crate::conversation) const TRACKER: &str = "mail-tracker";
/// A colleague who is called by name in a note.
const MENTION: &str = "mail-mention";
/// HTML shown as its text.
const SIMPLIFIED: &str = "mail-simplified";

const OURS: [&str; 7] = [HISTORY, QUOTE, ATTRIBUTION, SIGNATURE, TRACKER, MENTION, SIMPLIFIED];

/// Names in lower case, with the program that writes them.
const KNOWN: [(&str, &str); 40] = [
    // Our own editor
    ("mention", MENTION),
    // Gmail
    ("gmail_quote", QUOTE),
    ("gmail_attr", ATTRIBUTION),
    ("gmail_signature", SIGNATURE),
    ("gmail_signature_prefix", SIGNATURE),
    // Outlook for Windows and Mac
    ("_mailoriginal", HISTORY),
    ("olk_src_body_section", HISTORY),
    ("mac_outlook_signature", SIGNATURE),
    ("ms-outlook-mobile-signature", SIGNATURE),
    ("ms-outlook-mobile-body-separator-line", HISTORY),
    ("mail-editor-reference-message-container", HISTORY),
    // Outlook on the web
    ("divrplyfwdmsg", HISTORY),
    ("appendonsend", HISTORY),
    ("divtagdefaultsignature", SIGNATURE),
    ("signature", SIGNATURE),
    // Apple Mail and iOS
    ("applemailsignature", SIGNATURE),
    ("applemailsignatureline", SIGNATURE),
    // Thunderbird
    ("moz-cite-prefix", ATTRIBUTION),
    ("moz-signature", SIGNATURE),
    // Yahoo
    ("yahoo_quoted", HISTORY),
    ("yqt", HISTORY),
    ("ymail_signature", SIGNATURE),
    // Zoho
    ("zmail_extra", HISTORY),
    ("beforequote", HISTORY),
    ("zmail_signature_below", SIGNATURE),
    // Mail.ru
    ("mailru-blockquote", QUOTE),
    // Yandex
    ("mail-quote-collapse", QUOTE),
    // Proton
    ("protonmail_quote", QUOTE),
    ("protonmail_signature_block", SIGNATURE),
    ("protonmail_signature_block-user", SIGNATURE),
    ("protonmail_signature_block-proton", SIGNATURE),
    // QQ, Foxmail, 163
    ("includetail", HISTORY),
    ("origbody", HISTORY),
    ("foxmail_quote", HISTORY),
    ("isreplycontent", QUOTE),
    ("ntes-mailmaster-quote", QUOTE),
    ("mailmaster-signature", SIGNATURE),
    // Windows Mail, Front, Spark
    ("wlm_quote", QUOTE),
    ("front-blockquote", QUOTE),
    ("spark_quote", QUOTE),
];

/// Our word for the first known name in the value of a `class`, `id` or `name`.
pub(super) fn keep(value: &str) -> Option<&'static str> {
    value.split_ascii_whitespace().take(20).find_map(|name| {
        if let Some(ours) = OURS.iter().find(|ours| **ours == name) {
            return Some(*ours);
        }
        // Outlook on the web puts `x_` before every name of a message that it quotes, Yahoo `ydp` and a number.
        let mut bare = name.to_ascii_lowercase();
        while let Some(rest) = bare.strip_prefix("x_") {
            bare = rest.to_owned();
        }
        let yahoo = bare.strip_prefix("ydp").and_then(|rest| rest.find(|c: char| !c.is_ascii_hexdigit()).and_then(|at| rest.get(at..)));
        let bare = yahoo.unwrap_or(&bare);
        let numbered = bare.trim_end_matches(|c: char| c.is_ascii_digit());
        KNOWN.iter().find(|(known, _)| *known == bare || *known == numbered).map(|(_, mark)| *mark)
    })
}
