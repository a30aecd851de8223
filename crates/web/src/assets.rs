//! Styles, scripts and icons: embedded in the program, served under a hash of their content, so that browsers keep them for good.

use std::collections::{BTreeSet, HashMap};
use std::io::Write;
use std::sync::{OnceLock, RwLock};

use axum::Router;
use axum::extract::Path;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use flate2::Compression;
use flate2::write::GzEncoder;
use rust_embed::Embed;
use sha2::{Digest, Sha256};

#[derive(Embed)]
#[folder = "$CARGO_MANIFEST_DIR/assets"]
struct Files;

/// Name of the style sheet of all pages, put together from the files of `assets/css`.
const SHEET: &str = "steward.css";
/// Name of the style sheet that only the sheet of components needs.
const DESIGN_SHEET: &str = "design.css";
const SPECIMENS: &str = "css/components/specimen.css";
/// The order of layers, at the head of whichever sheet comes first.
const LAYERS: &str = "@layer tokens, base, components;\n";
/// Style sheets of rooms, and the components that nobody needs outside: an agent's first page does not carry them.
const ROOMS: [(Room, &str, &[&str]); 4] = [
    (Room::Administration, "admin.css", &["admin", "operations", "states"]),
    (Room::Requests, "portal.css", &["portal"]),
    (Room::Setup, "setup.css", &["setup"]),
    (Room::Shapes, "shapes.css", &["shapes"]),
];
/// The lengths that the sheet of components shows.
pub const MEASURES: [&str; 8] = ["inline-half", "inline", "inline-double", "block-half", "block", "block-double", "row", "control"];
const FOREVER: &str = "public, max-age=31536000, immutable";
/// A page from before an update may still ask for its old address: it gets today's file, and asks again next time.
const OUTDATED: &str = "no-cache";

/// The script that every page starts with.
const START: &str = "js/steward.js";

/// A part of the product whose pages have components of their own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Room {
    /// None of its own.
    Shared,
    /// Settings.
    Administration,
    /// What requesters see.
    Requests,
    /// The first start.
    Setup,
    /// Boards and calendars.
    Shapes,
}

impl Room {
    /// The address of its style sheet, which stands before the one of all pages.
    #[must_use]
    pub fn style_url(self) -> Option<String> {
        ROOMS.iter().find(|(room, _, _)| *room == self).map(|(_, sheet, _)| url(sheet))
    }
}

struct Built {
    hash: String,
    sheet: String,
    modules: Vec<String>,
}

fn built() -> &'static Built {
    static BUILT: OnceLock<Built> = OnceLock::new();
    BUILT.get_or_init(|| {
        let mut names: Vec<_> = Files::iter().collect();
        names.sort();
        let mut digest = Sha256::new();
        for name in &names {
            digest.update(name.as_bytes());
            digest.update(Files::get(name).map(|file| file.metadata.sha256_hash()).unwrap_or_default());
        }
        let hash = digest.finalize().iter().take(8).map(|byte| format!("{byte:02x}")).collect();
        Built { hash, sheet: sheet(&names), modules: modules() }
    })
}

fn text_of(name: &str) -> String {
    Files::get(name).map(|file| String::from_utf8_lossy(&file.data).into_owned()).unwrap_or_default()
}

fn sheet(names: &[std::borrow::Cow<'static, str>]) -> String {
    let mut sheet = String::from(LAYERS);
    let mut layer = |layer: &str, name: &str| {
        sheet.push_str(&format!("@layer {layer} {{\n{}}}\n", bare(&text_of(name))));
    };
    layer("tokens", "css/tokens.css");
    layer("base", "css/base.css");
    let apart = |name: &str| name == SPECIMENS || ROOMS.iter().any(|(_, _, files)| files.iter().any(|file| name == component(file)));
    for name in names.iter().filter(|name| name.starts_with("css/components/") && !apart(name)) {
        layer("components", name);
    }
    sheet
}

fn component(name: &str) -> String {
    format!("css/components/{name}.css")
}

/// The style of a room, when this is the name of one.
fn room_sheet(sheet: &str) -> Option<String> {
    let (_, _, files) = ROOMS.iter().find(|(_, name, _)| *name == sheet)?;
    let style: String = files.iter().map(|file| bare(&text_of(&component(file)))).collect();
    Some(format!("{LAYERS}@layer components {{\n{style}}}\n"))
}

/// The modules that the first script needs, with what those need: a page names them all, so that a browser fetches them at once instead
/// of finding one within the other.
fn modules() -> Vec<String> {
    let mut known = BTreeSet::from([START.to_owned()]);
    let mut waiting = vec![START.to_owned()];
    while let Some(name) = waiting.pop() {
        let text = text_of(&name);
        for needed in
            text.lines().filter(|line| line.starts_with("import ")).filter_map(|line| line.split("\"./").nth(1)?.split('"').next())
        {
            let needed = format!("js/{needed}");
            if known.insert(needed.clone()) {
                waiting.push(needed);
            }
        }
    }
    known.into_iter().collect()
}

/// The addresses of the modules that every page needs.
#[must_use]
pub fn module_urls() -> Vec<String> {
    built().modules.iter().map(|name| url(name)).collect()
}

/// The semantic colours with their values, as the sheet of components shows them.
#[must_use]
pub fn colours() -> Vec<(String, String)> {
    const RAMPS: [&str; 7] = ["stone-", "petrol-", "marigold-", "leaf-", "ember-", "rust-", "iris-"];
    let text = text_of("css/tokens.css");
    let declared = text.lines().filter_map(|line| line.trim().strip_prefix("--")?.strip_suffix(';')?.split_once(": "));
    let is_colour =
        |name: &str, value: &str| value.starts_with("light-dark(") && name != "scrim" && !RAMPS.iter().any(|ramp| name.starts_with(ramp));
    declared.filter(|(name, value)| is_colour(name, value)).map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
}

/// The names of all icons.
#[must_use]
pub fn icons() -> Vec<String> {
    text_of("icons.svg").split("<symbol id=\"i-").skip(1).filter_map(|rest| rest.split('"').next()).map(str::to_owned).collect()
}

/// What distinguishes these assets from those of another version.
#[must_use]
pub fn version() -> &'static str {
    &built().hash
}

/// The style of the sheet of components, which paints each token by its name: inline styles are forbidden.
fn design_sheet() -> String {
    let mut sheet = format!("@layer components {{\n{}", text_of(SPECIMENS));
    for (name, _) in colours() {
        sheet.push_str(&format!(".swatch[data-token=\"{name}\"] {{ background: var(--{name}); }}\n"));
    }
    for name in MEASURES {
        sheet.push_str(&format!(".measure[data-token=\"{name}\"] {{ inline-size: var(--{name}); }}\n"));
    }
    sheet.push_str("}\n");
    sheet
}

/// The address of an asset, such as `js/steward.js` or `icons.svg`.
#[must_use]
pub fn url(name: &str) -> String {
    format!("/assets/{}/{name}", built().hash)
}

/// The address of the style sheet that all pages share.
#[must_use]
pub fn style_url() -> String {
    url(SHEET)
}

/// Serves `/assets/<hash>/<path>`.
pub fn router<S: Clone + Send + Sync + 'static>() -> Router<S> {
    Router::new().route("/assets/{hash}/{*path}", get(serve))
}

async fn serve(Path((hash, path)): Path<(String, String)>, headers: HeaderMap) -> Response {
    let kept = if hash == built().hash { FOREVER } else { OUTDATED };
    let Some((kind, body)) = content(&path) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let mut response = StatusCode::OK.into_response();
    let of = response.headers_mut();
    of.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    of.insert(header::CACHE_CONTROL, HeaderValue::from_static(kept));
    of.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    let takes_gzip = headers.get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).is_some_and(|value| value.contains("gzip"));
    let body = if takes_gzip && !kind.starts_with("image/png") {
        response.headers_mut().insert(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"));
        packed(&path, body)
    } else {
        body
    };
    *response.body_mut() = body.into();
    response
}

/// The bytes as small as gzip makes them: they are the same for everybody, so the work is done once.
fn packed(path: &str, body: Vec<u8>) -> Vec<u8> {
    static PACKED: OnceLock<RwLock<HashMap<String, Vec<u8>>>> = OnceLock::new();
    let known = PACKED.get_or_init(RwLock::default);
    if let Some(packed) = known.read().ok().and_then(|known| known.get(path).cloned()) {
        return packed;
    }
    let mut encoder = GzEncoder::new(Vec::with_capacity(body.len() / 3), Compression::best());
    // Writing to memory does not fail.
    let packed = encoder.write_all(&body).and_then(|()| encoder.finish()).unwrap_or_default();
    if let Ok(mut known) = known.write() {
        known.insert(path.to_owned(), packed.clone());
    }
    packed
}

/// Type and bytes of an asset.
#[must_use]
pub fn content(path: &str) -> Option<(&'static str, Vec<u8>)> {
    if path == SHEET {
        return Some(("text/css; charset=utf-8", built().sheet.clone().into_bytes()));
    }
    if path == DESIGN_SHEET {
        return Some(("text/css; charset=utf-8", design_sheet().into_bytes()));
    }
    if let Some(sheet) = room_sheet(path) {
        return Some(("text/css; charset=utf-8", sheet.into_bytes()));
    }
    let kind = match path.rsplit('.').next()? {
        "js" => "text/javascript; charset=utf-8",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        _ => return None,
    };
    if path.starts_with("js/") {
        return Files::get(path).map(|_| (kind, bare(&text_of(path)).into_bytes()));
    }
    Files::get(path).map(|file| (kind, file.data.into_owned()))
}

/// A script or style without its comments and indents, which are for those who read the source: a tenth of what a first visit would weigh.
fn bare(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut in_comment = false;
    for line in text.lines().map(str::trim) {
        let ends = line.ends_with("*/");
        let begins = line.starts_with("/*");
        if in_comment || begins {
            in_comment = !ends;
        } else if !line.is_empty() && !line.starts_with("//") {
            out.push_str(line);
            out.push('\n');
        }
    }
    out
}

/// Every path that can be asked for, without the hash.
pub fn paths() -> impl Iterator<Item = String> {
    let files = Files::iter().map(std::borrow::Cow::into_owned).filter(|name| !name.starts_with("css/"));
    let sheets = [SHEET, DESIGN_SHEET].into_iter().chain(ROOMS.iter().map(|(_, sheet, _)| *sheet));
    sheets.map(str::to_owned).chain(files)
}

#[cfg(test)]
mod contrast_tests;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sheet_holds_every_component_in_its_layer() {
        let (kind, sheet) = content(SHEET).unwrap();
        let sheet = String::from_utf8(sheet).unwrap();
        assert!(kind.starts_with("text/css"));
        assert!(sheet.contains("--canvas") && sheet.contains(".shell {") && sheet.contains(".timeline {"));
        assert_eq!(sheet.matches('{').count(), sheet.matches('}').count());
        assert!(!sheet.contains("@import") && !sheet.contains("!important"));
    }

    #[test]
    fn what_only_one_room_needs_is_in_its_own_sheet() {
        let text = |sheet: &str| String::from_utf8(content(sheet).unwrap().1).unwrap();
        let shared = text(SHEET);
        for (room, sheet, files) in ROOMS {
            let own = text(sheet);
            assert!(room.style_url().unwrap().ends_with(sheet) && own.starts_with(LAYERS));
            assert_eq!(own.matches('{').count(), own.matches('}').count());
            for file in files {
                let style = bare(&text_of(&component(file)));
                assert!(!style.is_empty() && own.contains(&style) && !shared.contains(&style), "{file}");
            }
        }
        assert_eq!(Room::Shared.style_url(), None);
    }

    #[test]
    fn a_page_names_every_module_that_its_first_script_needs() {
        let named = module_urls();
        for name in Files::iter().filter(|name| name.starts_with("js/")) {
            let needed = text_of(&name)
                .lines()
                .filter(|line| line.starts_with("import "))
                .map(|line| line.split('"').nth(1).unwrap().to_owned())
                .collect::<Vec<_>>();
            if named.contains(&url(&name)) {
                for one in needed.iter().filter_map(|one| one.strip_prefix("./")) {
                    assert!(named.contains(&url(&format!("js/{one}"))), "{name} needs {one}");
                }
            }
        }
        assert!(named.len() > 5 && named.contains(&url(START)));
    }

    #[tokio::test]
    async fn what_is_packed_is_what_was_asked_for() {
        use std::io::Read;
        for path in [SHEET, START, "icons.svg"] {
            let (_, plain) = content(path).unwrap();
            let packed = packed(path, plain.clone());
            assert!(packed.len() * 2 < plain.len(), "{path}: {} of {}", packed.len(), plain.len());
            let mut unpacked = Vec::new();
            flate2::read::GzDecoder::new(packed.as_slice()).read_to_end(&mut unpacked).unwrap();
            assert_eq!(unpacked, plain, "{path}");
        }
    }

    /// A file that leaves a block open would swallow the files after it.
    #[test]
    fn every_style_file_closes_what_it_opens() {
        for name in Files::iter().filter(|name| name.starts_with("css/")) {
            let text = text_of(&name);
            assert_eq!(text.matches('{').count(), text.matches('}').count(), "{name}");
        }
    }

    #[test]
    fn nothing_outside_the_assets_is_served() {
        for path in ["../Cargo.toml", "css/tokens.css", "", "js", "vendor/README.md"] {
            assert!(content(path).is_none(), "{path}");
        }
        assert!(url("icons.svg").starts_with("/assets/") && url("icons.svg").ends_with("/icons.svg"));
    }

    #[test]
    fn every_icon_that_is_asked_for_is_in_the_sprite() {
        let sprite = text_of("icons.svg");
        let crates = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
        let mut missing = Vec::new();
        let mut folders: Vec<_> = std::fs::read_dir(crates).unwrap().flatten().map(|one| one.path().join("src")).collect();
        while let Some(folder) = folders.pop() {
            for file in std::fs::read_dir(folder).into_iter().flatten().flatten().map(|file| file.path()) {
                if file.is_dir() {
                    folders.push(file);
                    continue;
                }
                let source = std::fs::read_to_string(&file).unwrap_or_default();
                for call in ["icon(\"", "icon: \""] {
                    let named = source.split(call).skip(1).filter_map(|rest| rest.split('"').next());
                    let is_missing = |name: &&str| !sprite.contains(&format!("\"i-{name}\""));
                    missing.extend(named.filter(is_missing).map(|name| format!("{name} in {}", file.display())));
                }
            }
        }
        missing.extend(
            crate::keys::TABLE.iter().filter(|one| !sprite.contains(&format!("\"i-{}\"", one.icon))).map(|one| one.icon.to_owned()),
        );
        assert!(missing.is_empty(), "{missing:?}");
    }

    #[test]
    fn only_comments_and_indents_are_left_out() {
        let text = "// Why.\nconst a = `x // y`; // kept\n  /** One. */\n  /*\n   * Two.\n   */\n\n  b();\n";
        assert_eq!(bare(text), "const a = `x // y`; // kept\nb();\n");
        // What that relies on: no text goes over lines, and a comment that begins a line has the line for itself.
        for name in Files::iter().filter(|name| name.starts_with("js/") || name.starts_with("css/")) {
            for line in text_of(&name).lines().map(str::trim) {
                assert_eq!(line.replace("```", "").matches('`').count() % 2, 0, "{name}: {line}");
                assert!(
                    !line.starts_with("/*") || !line.contains("*/") || line.ends_with("*/") && line.matches("*/").count() == 1,
                    "{name}: {line}"
                );
                assert!(
                    line.starts_with("/*") || line.starts_with('*') || line.starts_with("//") || !line.ends_with("/*"),
                    "{name}: {line}"
                );
            }
        }
    }

    #[test]
    fn scripts_are_small_modules() {
        for name in Files::iter().filter(|name| name.starts_with("js/")) {
            let text = text_of(&name);
            assert!(text.lines().count() <= 200, "{name}");
            assert!(!text.contains("eval(") && !text.contains("document.write"), "{name}");
        }
    }
}
