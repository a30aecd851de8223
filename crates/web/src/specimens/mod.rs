//! The component sheet: every part of the pages in every state, made by the functions that make the pages. Its words are samples.

mod conversation;
mod paint;
mod parts;
mod rows;

use maud::{Markup, html};

use crate::assets;
use crate::components::{Frame, Pane, Theme, workspace};
use crate::urls;

/// A part of the sheet under its name.
fn specimen(title: &str, body: &Markup) -> Markup {
    html! { section.specimen { h2 { (title) } (body) } }
}

/// Things side by side.
fn line(items: &[Markup]) -> Markup {
    html! { div.specimen-line { @for item in items { (item) } } }
}

/// The page; theme and density are those of the frame.
#[must_use]
pub fn sheet(frame: &Frame) -> Markup {
    let main = html! {
        link rel="stylesheet" href=(assets::url("design.css"));
        div.page {
            header.page-head {
                h1 { "Components and states" }
                p { "Made by the functions that make the pages, from the tokens of " code { (assets::style_url()) } "." }
                (choices(frame))
            }
            div.specimens { (parts::all(frame)) (rows::all(frame)) (conversation::all(frame)) }
            (paint::all(frame))
        }
    };
    workspace(frame, "Components", Pane::Single, &main)
}

/// Every combination of theme and density is an address.
fn choices(frame: &Frame) -> Markup {
    let link = |theme: Theme, comfortable: bool, name: &str| {
        let density = if comfortable { "comfortable" } else { "dense" };
        let here = theme == frame.theme && comfortable == frame.comfortable;
        html! {
            a.button href=(urls::with_query(urls::DESIGN, &[("theme", theme.word()), ("density", density)])) aria-current=[here.then_some("page")] { (name) }
        }
    };
    html! {
        div.end {
            (link(Theme::Light, false, "Light")) (link(Theme::Light, true, "Light, comfortable"))
            (link(Theme::Dark, false, "Dark")) (link(Theme::Dark, true, "Dark, comfortable"))
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::path::Path;

    use kernel::{Locale, Stamp};

    use super::*;
    use crate::Words;

    fn shown() -> String {
        sheet(&Frame::visitor(Words::new(Locale::En, "UTC"), Theme::Light, urls::DESIGN, Stamp::default())).into_string()
    }

    /// Components that are nothing by themselves, or the page around all others.
    const ELSEWHERE: [&str; 4] = ["art", "mod", "rich", "shell"];

    #[test]
    fn every_component_has_its_place_on_the_sheet() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
        let used: String = ["mod.rs", "parts.rs", "rows.rs", "conversation.rs", "paint.rs"]
            .iter()
            .map(|name| std::fs::read_to_string(folder.join("specimens").join(name)).unwrap())
            .collect();
        let mut missing = BTreeSet::new();
        for file in std::fs::read_dir(folder.join("components")).unwrap().flatten() {
            let name = file.file_name().to_string_lossy().trim_end_matches(".rs").to_owned();
            let source = std::fs::read_to_string(file.path()).unwrap();
            let makes = source.split("pub fn ").skip(1).filter_map(|rest| rest.split('(').next());
            if !ELSEWHERE.contains(&name.as_str()) && !makes.into_iter().any(|function| used.contains(&format!("{function}("))) {
                missing.insert(name);
            }
        }
        assert!(missing.is_empty(), "not on /design: {missing:?}");
    }

    #[test]
    fn every_semantic_colour_is_painted_and_every_script_is_set() {
        let shown = shown();
        for word in ["canvas", "ink-muted", "note-ground", "person-8", "on-hero-muted"] {
            assert!(shown.contains(&format!(">{word}<")), "{word}");
        }
        for script in ["Đang chờ", "Ștefan", "Ātrums", "Съешь", "等待我方"] {
            assert!(shown.contains(script), "{script}");
        }
    }
}
