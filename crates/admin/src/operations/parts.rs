//! What several of these pages show: which part of a list, the way to more of it, a time.

use kernel::Stamp;
use maud::{Markup, html};
use web::components::{Frame, csrf_field};
use web::urls::with_query;

/// Which part of a list is asked for.
#[derive(Clone, Debug, Default, serde::Deserialize)]
pub(super) struct Asked {
    pub(super) state: Option<String>,
    pub(super) before: Option<i64>,
}

impl Asked {
    pub(super) fn before(&self) -> i64 {
        self.before.unwrap_or(i64::MAX)
    }
}

/// The parts of a list, of which one is shown: value and name; the empty value is the whole.
pub(super) fn parts(url: &str, label: &str, options: &[(&str, String)], now: &str) -> Markup {
    html! {
        nav.admin-parts aria-label=(label) {
            @for (value, name) in options {
                @let href = if value.is_empty() { url.to_owned() } else { with_query(url, &[("state", value)]) };
                a.chip.ours[*value == now] href=(href) aria-current=[(*value == now).then_some("page")] { (name) }
            }
        }
    }
}

/// The way to what is older.
pub(super) fn older(frame: &Frame, url: &str, asked: &[(&str, &str)], before: Option<i64>) -> Markup {
    html! {
        @if let Some(before) = before {
            @let before = before.to_string();
            @let all: Vec<(&str, &str)> = asked.iter().copied().filter(|(_, value)| !value.is_empty()).chain([("before", before.as_str())]).collect();
            p.admin-older { a.button href=(with_query(url, &all)) { (frame.words.t("operations-older")) } }
        }
    }
}

/// A moment as people say it.
pub(super) fn moment(frame: &Frame, at: Stamp) -> Markup {
    let words = &frame.words;
    html! { time datetime=(words.machine_time(at)) title=(words.date_time(at)) { (words.moment(at, frame.now)) } }
}

/// A button that does one thing.
pub(super) fn button(frame: &Frame, action: &str, label: &str) -> Markup {
    html! { form.one-button method="post" action=(action) { (csrf_field(frame)) button.button type="submit" { (label) } } }
}
