//! What browsers are told to forbid.

use axum::extract::Request;
use axum::http::{HeaderName, HeaderValue, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use maud::{DOCTYPE, Markup, PreEscaped, html};

use crate::components::Theme;

/// Everything comes from ourselves, nothing inline; scripts may turn text into elements only through two named policies: that of `page.js` for
/// our own pages, and that of the editor, which reads pasted HTML in a document apart and keeps only what its schema knows.
const PAGE_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; media-src 'self'; font-src 'self'; \
     frame-src 'self'; manifest-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types steward ProseMirrorClipboard";

/// A message from outside: no script at all, no remote picture (it would tell the sender who reads), shown only inside our own pages.
/// `allow-same-origin` lets the page around measure its height; without `allow-scripts` nothing inside can use it.
const MESSAGE_POLICY: &str = "default-src 'none'; img-src 'self' data:; style-src 'unsafe-inline'; form-action 'none'; base-uri 'none'; \
     frame-ancestors 'self'; sandbox allow-same-origin allow-popups allow-popups-to-escape-sandbox";

/// The same after the reader asked for the pictures from elsewhere: pictures and nothing else, and only encrypted.
const MESSAGE_POLICY_REMOTE: &str = "default-src 'none'; img-src 'self' data: https:; style-src 'unsafe-inline'; form-action 'none'; \
     base-uri 'none'; frame-ancestors 'self'; sandbox allow-same-origin allow-popups allow-popups-to-escape-sandbox";

const DEFAULTS: [(HeaderName, &str); 8] = [
    (header::CONTENT_SECURITY_POLICY, PAGE_POLICY),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::X_FRAME_OPTIONS, "DENY"),
    (header::REFERRER_POLICY, "same-origin"),
    (HeaderName::from_static("permissions-policy"), "camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    (header::CACHE_CONTROL, "no-store"),
];

/// The same for assets: opened by themselves they can do nothing at all.
const ASSETS: [(HeaderName, &str); 4] = [
    (header::CONTENT_SECURITY_POLICY, "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    (header::CACHE_CONTROL, "no-store"),
];

/// Middleware for `axum::middleware::from_fn`: adds the headers that the answer does not set itself.
pub async fn security_headers(request: Request, next: Next) -> Response {
    // Styles and scripts are many and are not documents: they carry what protects them and no more.
    let is_asset = request.uri().path().starts_with("/assets/");
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    let wanted: Vec<(HeaderName, &'static str)> = if is_asset { ASSETS.into() } else { DEFAULTS.into() };
    for (name, value) in wanted {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    }
    response
}

/// How large the text around a message is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TextSize {
    /// Dense, for those who read all day.
    Workspace,
    /// As on a public site.
    Portal,
}

impl TextSize {
    const fn rule(self) -> &'static str {
        match self {
            Self::Workspace => "body{font:13px/1.5 Inter,system-ui,sans-serif}",
            Self::Portal => "body{font:16px/1.55 Inter,system-ui,sans-serif}",
        }
    }
}

/// What a letter lies on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ground {
    /// The page around: the letter brings no colours, or only black on white, which then follow the theme.
    Theme,
    /// White paper, because its colours were chosen for that.
    Paper,
}

/// How the document of a message looks.
#[derive(Clone, Debug)]
pub struct MessageLook<'a> {
    /// Language of the message.
    pub language: Option<&'a str>,
    /// That of the page around: a frame of another scheme would get an opaque ground.
    pub theme: Theme,
    /// Size of the text.
    pub size: TextSize,
    /// What it lies on.
    pub ground: Ground,
    /// Whether the reader asked for pictures from elsewhere.
    pub remote_pictures: bool,
    /// What the reader is told above the letter.
    pub notes: Markup,
}

/// The document of one message for the frame that shows it. `sanitised` must come from the sanitiser; the frame and this policy hold even
/// where that has a gap.
#[must_use]
pub fn message_document(sanitised: &str, look: &MessageLook<'_>) -> Response {
    let (scheme, ground) = match look.ground {
        Ground::Theme => (look.theme.colour_scheme(), ON_THEME),
        Ground::Paper => ("light", ON_PAPER),
    };
    let document: Markup = html! {
        (DOCTYPE)
        html lang=[look.language] {
            head {
                meta charset="utf-8";
                meta name="color-scheme" content=(scheme);
                meta name="referrer" content="no-referrer";
                base target="_blank";
                style { (PreEscaped(MESSAGE_STYLE)) (PreEscaped(ground)) (PreEscaped(look.size.rule())) }
            }
            body { (look.notes) (PreEscaped(sanitised)) }
        }
    };
    let policy = if look.remote_pictures { MESSAGE_POLICY_REMOTE } else { MESSAGE_POLICY };
    let mut response = document.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(policy));
    headers.insert(header::X_FRAME_OPTIONS, HeaderValue::from_static("SAMEORIGIN"));
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
    response
}

/// The sender's own styles come later and weigh more, except where a letter could hide what we say or leave its frame.
const MESSAGE_STYLE: &str = "body{margin:0;display:flow-root;overflow-wrap:anywhere}img{max-inline-size:100%;block-size:auto}\
     img[data-remote-src]{outline:1px dashed light-dark(#a8a19a,#6b635a);outline-offset:-1px;font-size:11px}.mail-tracker{display:none}.mail-mention{font-weight:600}\
     table{max-inline-size:100%}pre{white-space:pre-wrap}blockquote{margin:.5em 0;padding-inline-start:8px;\
     border-inline-start:2px solid light-dark(#d3cec9,#464039)}p{margin:0 0 .5em}body>:last-child{margin-block-end:0}\
     .fold{margin-block-start:.5em}.fold>summary{display:inline-flex;align-items:center;gap:5px;padding:0 6px;border-radius:4px;\
     font-size:12px;line-height:20px;list-style:none;cursor:pointer;color:light-dark(#5f5750,#b3aaa1);background:light-dark(#f3f0ed,#26221e);\
     box-shadow:inset 0 0 0 1px light-dark(#d3cec9,#464039)}.fold>summary::-webkit-details-marker{display:none}\
     .fold>summary::before{content:'\\22EF';font-weight:700}.fold>summary:focus-visible,.said a:focus-visible{outline:2px solid light-dark(#00586b,#86c8da);outline-offset:-2px}\
     .fold[open]>summary{margin-block-end:.5em}.said{margin:0 0 .75em;padding:4px 8px;border-radius:4px;font-size:12px;line-height:1.5;\
     color:light-dark(#5f5750,#b3aaa1);background:light-dark(#f3f0ed,#26221e)}";

/// Without colours of its own a letter has ours. Black on white is what mail programs write when nobody chose a colour, and would be
/// unreadable on a dark ground: here alone we overrule the sender's styles.
const ON_THEME: &str = "html{background:transparent}body{color:light-dark(#1d1a18,#eeece9)}a{color:light-dark(#00586b,#86c8da)}\
     body :not(summary,.said,a,.said *){color:inherit!important;background-color:transparent!important}\
     body a :not(summary){color:inherit!important}body a{color:light-dark(#00586b,#86c8da)!important;background-color:transparent!important}";

/// White paper in both themes.
const ON_PAPER: &str = "html{background:#fff}body{color:#1d1a18;padding:8px}a{color:#00586b}";

#[cfg(test)]
mod tests {
    use super::*;

    fn look() -> MessageLook<'static> {
        MessageLook {
            language: Some("en"),
            theme: Theme::System,
            size: TextSize::Workspace,
            ground: Ground::Theme,
            remote_pictures: false,
            notes: Markup::default(),
        }
    }

    #[test]
    fn t_a2_who_asks_for_pictures_gets_pictures_only_and_encrypted_only() {
        let response = message_document("<p>Hello</p>", &MessageLook { remote_pictures: true, ..look() });
        let policy = response.headers()[header::CONTENT_SECURITY_POLICY].to_str().unwrap();
        assert!(policy.starts_with("default-src 'none'; img-src 'self' data: https:;") && !policy.contains("http:"));
        assert!(!policy.contains("allow-scripts") && !policy.contains("script-src") && policy.contains("form-action 'none'"));
        assert_eq!(response.headers()[header::REFERRER_POLICY], "no-referrer");
    }

    #[test]
    fn a_message_document_can_run_nothing_and_fetch_nothing_from_outside() {
        let response = message_document("<p>Hello</p>", &look());
        let policy = response.headers()[header::CONTENT_SECURITY_POLICY].to_str().unwrap();
        assert!(policy.contains("default-src 'none'") && policy.contains("img-src 'self' data:"));
        assert!(!policy.contains("allow-scripts") && !policy.contains("script-src"));
        assert!(policy.contains("frame-ancestors 'self'"));
    }

    #[test]
    fn pages_allow_nothing_inline() {
        assert!(!PAGE_POLICY.contains("unsafe") && PAGE_POLICY.contains("require-trusted-types-for 'script'"));
    }
}
