//! Steward as an app on a phone: its manifest, its worker, and the page that the worker shows while there is no connection.

use axum::Router;
use axum::extract::Query;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::get;
use kernel::{Locale, Stamp};
use maud::html;
use serde::Deserialize;
use serde_json::json;

use crate::components::{Frame, Theme, document, empty_art, logo_link};
use crate::{Room, Words, assets, reader_of, urls};

const MANIFEST: &str = "/manifest.webmanifest";
const OFFLINE: &str = "/offline";

/// The address of the manifest in a language; a browser asks for it without cookies.
#[must_use]
pub fn manifest_url(locale: Locale) -> String {
    urls::with_query(MANIFEST, &[("lang", locale.tag())])
}

/// Manifest, worker and offline page.
pub fn router<S: Clone + Send + Sync + 'static>() -> Router<S> {
    Router::new().route(MANIFEST, get(manifest)).route("/sw.js", get(worker)).route(OFFLINE, get(offline))
}

#[derive(Debug, Deserialize)]
struct Asked {
    lang: Option<String>,
}

async fn manifest(headers: HeaderMap, Query(asked): Query<Asked>) -> Response {
    let words = asked.lang.as_deref().and_then(Locale::matching).map_or_else(|| reader_of(&headers), |locale| Words::new(locale, "UTC"));
    let picture = |name: &str, sizes: &str, kind: &str, purpose: &str| json!({ "src": assets::url(name), "sizes": sizes, "type": kind, "purpose": purpose });
    let shortcut = |name: &str, url: &str| json!({ "name": words.t(name), "url": url });
    let body = json!({
        "id": "/",
        "name": "Steward",
        "short_name": "Steward",
        "description": words.t("app-description"),
        "lang": words.locale().tag(),
        "dir": "ltr",
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "background_color": "#f0ede9",
        "theme_color": "#f0ede9",
        "icons": [
            picture("mark.svg", "any", "image/svg+xml", "any"),
            picture("app/icon-192.png", "192x192", "image/png", "any"),
            picture("app/icon-512.png", "512x512", "image/png", "any"),
            picture("app/maskable-512.png", "512x512", "image/png", "maskable"),
        ],
        "shortcuts": [shortcut("view-mine", urls::DESK), shortcut("new-ticket", urls::NEW_TICKET), shortcut("palette-tab", urls::PALETTE)],
    });
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("application/manifest+json")),
        (header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=86400")),
    ];
    (headers, body.to_string()).into_response()
}

async fn worker() -> Response {
    let first = json!([assets::style_url(), assets::url("mark.svg")]);
    let (version, prefix) = (json!(assets::version()), json!(format!("/assets/{}/", assets::version())));
    let text = assets::content("worker/sw.js").map(|(_, bytes)| String::from_utf8_lossy(&bytes).into_owned()).unwrap_or_default();
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("text/javascript; charset=utf-8")),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-cache")),
    ];
    (headers, format!("const VERSION = {version};\nconst ASSETS = {prefix};\nconst FIRST = {first};\n{text}")).into_response()
}

async fn offline(headers: HeaderMap) -> Response {
    let words = reader_of(&headers);
    let title = words.t("offline-title");
    // The same for everybody: a worker keeps it.
    let frame = Frame::visitor(words.clone(), Theme::System, OFFLINE, Stamp::default());
    let body = html! {
        main.wrong-page id="main" tabindex="-1" {
            (logo_link(urls::PORTAL))
            div.empty {
                (empty_art())
                h1 { (title) }
                p { (words.t("offline-text")) }
                p.wrong-ways { a.button.primary href=(urls::PORTAL) { (words.t("offline-again")) } }
            }
        }
    };
    Html(document(&frame, &title, Room::Shared, &body).into_string()).into_response()
}

#[cfg(test)]
mod tests {
    use axum::body::{Body, to_bytes};
    use axum::http::Request;
    use tower::ServiceExt;

    use super::*;

    async fn text_of(path: &str) -> String {
        let response = router::<()>().oneshot(Request::get(path).body(Body::empty()).unwrap()).await.unwrap();
        assert_eq!(response.status().as_u16(), 200, "{path}");
        String::from_utf8(to_bytes(response.into_body(), usize::MAX).await.unwrap().to_vec()).unwrap()
    }

    #[tokio::test]
    async fn the_app_introduces_itself_in_the_readers_language_with_icons_that_are_there() {
        for locale in Locale::ALL {
            let manifest: serde_json::Value = serde_json::from_str(&text_of(&manifest_url(locale)).await).unwrap();
            assert_eq!(manifest["lang"], locale.tag());
            assert_eq!(manifest["description"], Words::new(locale, "UTC").t("app-description"));
            for icon in manifest["icons"].as_array().unwrap() {
                let name = icon["src"].as_str().unwrap().splitn(4, '/').nth(3).unwrap();
                assert_eq!(assets::content(name).unwrap().0, icon["type"], "{name}");
            }
        }
    }

    #[tokio::test]
    async fn a_new_version_of_the_assets_is_a_new_worker() {
        let worker = text_of("/sw.js").await;
        assert!(worker.starts_with(&format!("const VERSION = \"{}\";", assets::version())), "{worker}");
        assert!(text_of(OFFLINE).await.contains(&assets::style_url()));
    }
}
