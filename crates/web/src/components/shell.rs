//! The frame around every page.

use kernel::{Locale, Stamp};
use maud::{DOCTYPE, Markup, html};

use crate::components::navigation::{navigation, phone_bar};
use crate::components::{Nav, icon, notice, notices, palette, undo_notice};
use crate::{Room, Words, assets, csrf, keys, pwa, urls};

/// Light, dark, or what the reader's system says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// As the system is set.
    #[default]
    System,
    /// Always light.
    Light,
    /// Always dark.
    Dark,
}

impl Theme {
    /// All three, as the switch shows them.
    pub const ALL: [Self; 3] = [Self::System, Self::Light, Self::Dark];

    /// The word in cookie and form.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }
    /// From the word; anything else is the system's.
    #[must_use]
    pub fn find(word: &str) -> Self {
        Self::ALL.into_iter().find(|theme| theme.word() == word).unwrap_or_default()
    }
    /// For `color-scheme`.
    #[must_use]
    pub const fn colour_scheme(self) -> &'static str {
        match self {
            Self::System => "light dark",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }
    /// The colour of the canvas (`--canvas`) for the bars of a phone, which know no `oklch`.
    const fn canvas(self, system_is_dark: bool) -> &'static str {
        match (self, system_is_dark) {
            (Self::Light, _) | (Self::System, false) => "#f0ede9",
            (Self::Dark, _) | (Self::System, true) => "#0f0d0b",
        }
    }
    const fn forced(self) -> Option<&'static str> {
        match self {
            Self::System => None,
            Self::Light | Self::Dark => Some(self.word()),
        }
    }
}

/// What every page needs to know about its reader.
#[derive(Clone, Debug)]
pub struct Frame {
    /// The reader's language and zone.
    pub words: Words,
    /// Light or dark.
    pub theme: Theme,
    /// The token of the session; empty when nobody is signed in.
    pub csrf: String,
    /// The address of this page, for switches that come back to it.
    pub path: String,
    /// The time of rendering.
    pub now: Stamp,
    /// Up to where in the journal everything is surely on the page.
    pub shown_to: Option<i64>,
    /// The navigation; none when nobody is signed in.
    pub nav: Option<Nav>,
    /// What has just happened, to be told once.
    pub told: Option<String>,
    /// Where what has just happened can be taken back.
    pub undo: Option<String>,
    /// Roomier rows.
    pub comfortable: bool,
    /// Single letters are not commands.
    pub letters_off: bool,
    /// Which parts of the workspace are folded away.
    pub folded: Folded,
}

/// Parts of the workspace that can be folded away.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Folded {
    /// The navigation is a rail.
    pub navigation: bool,
    /// The panel beside a ticket is not there.
    pub panel: bool,
}

impl Folded {
    /// From the cookie that the scripts write.
    #[must_use]
    pub fn find(cookie: &str) -> Self {
        let has = |part: &str| cookie.split('.').any(|one| one == part);
        Self { navigation: has("navigation"), panel: has("panel") }
    }
    const fn words(self) -> Option<&'static str> {
        match (self.navigation, self.panel) {
            (false, false) => None,
            (true, false) => Some("navigation"),
            (false, true) => Some("panel"),
            (true, true) => Some("navigation panel"),
        }
    }
}

impl Frame {
    /// For somebody who is not signed in.
    #[must_use]
    pub fn visitor(words: Words, theme: Theme, path: impl Into<String>, now: Stamp) -> Self {
        Self {
            words,
            theme,
            csrf: String::new(),
            path: path.into(),
            now,
            shown_to: None,
            nav: None,
            told: None,
            undo: None,
            comfortable: false,
            letters_off: false,
            folded: Folded::default(),
        }
    }
}

/// Which pane a phone shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pane {
    /// The list.
    List,
    /// The ticket.
    Ticket,
    /// There is only one.
    Single,
    /// The list, over the whole width: a ticket takes its place.
    ListFull,
    /// The ticket in the place of its list.
    TicketFull,
    /// A board or a calendar.
    Shape,
}

/// The hidden field that proves a form to be ours.
#[must_use]
pub fn csrf_field(frame: &Frame) -> Markup {
    html! { @if !frame.csrf.is_empty() { input type="hidden" name=(csrf::FIELD) value=(frame.csrf); } }
}

/// A whole document around `body`.
#[must_use]
pub fn document(frame: &Frame, title: &str, room: Room, body: &Markup) -> Markup {
    let words = &frame.words;
    html! {
        (DOCTYPE)
        html lang=(words.locale().tag()) data-theme=[frame.theme.forced()] data-density=[frame.comfortable.then_some("comfortable")] {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content=(frame.theme.colour_scheme());
                title { (title) " · Steward" }
                link rel="icon" type="image/svg+xml" href=(assets::url("mark.svg"));
                meta name="theme-color" media="(prefers-color-scheme: light)" content=(frame.theme.canvas(false));
                meta name="theme-color" media="(prefers-color-scheme: dark)" content=(frame.theme.canvas(true));
                @if let Some(own) = room.style_url() { link rel="stylesheet" href=(own); }
                link rel="stylesheet" href=(assets::style_url());
                link rel="manifest" href=(pwa::manifest_url(words.locale()));
                link rel="apple-touch-icon" href=(assets::url("app/touch-180.png"));
                @for module in assets::module_urls() { link rel="modulepreload" href=(module); }
                script type="module" src=(assets::url("js/steward.js")) {}
                @if room == Room::Administration { script type="module" src=(assets::url("js/administration.js")) {} }
            }
            body data-say-offline=(words.t("say-offline")) data-say-changed=(words.t("say-changed")) data-say-failed=(words.t("say-failed")) {
                a.skip href="#main" { (words.t("skip-to-content")) }
                (body)
            }
        }
    }
}

/// A page of the workspace: navigation, sheet, phone bar.
#[must_use]
pub fn workspace(frame: &Frame, title: &str, pane: Pane, main: &Markup) -> Markup {
    let room = match pane {
        Pane::Shape => Room::Shapes,
        _ if urls::admin::holds(&frame.path) => Room::Administration,
        _ => Room::Shared,
    };
    let (pane, sheet) = match pane {
        Pane::List => (Some("list"), "sheet split"),
        Pane::Ticket => (Some("ticket"), "sheet split"),
        Pane::Single | Pane::Shape => (None, "sheet"),
        Pane::ListFull => (Some("list"), "sheet split full"),
        Pane::TicketFull => (Some("ticket"), "sheet split full"),
    };
    let told = frame.told.as_deref().map(|text| match &frame.undo {
        Some(address) => undo_notice(text, address, frame),
        None => notice(text, false),
    });
    let body = html! {
        div.shell data-pane=[pane] data-live=(urls::LIVE) data-shown-to=[frame.shown_to] data-csrf=(frame.csrf) data-folded=[frame.folded.words()]
            data-reader=[frame.nav.as_ref().map(|nav| nav.person)] data-say-signed-out=(frame.words.t("say-signed-out")) data-say-sign-in=(frame.words.t("say-sign-in")) data-say-other=(frame.words.t("say-other-reader")) data-say-unsaved=(frame.words.t("draft-unsaved")) data-say-undo=(frame.words.t("draft-undo")) data-say-discarded=(frame.words.t("told-draft-discarded")) data-say-elsewhere=(frame.words.t("draft-elsewhere")) {
            @if let Some(nav) = &frame.nav { (navigation(nav, frame)) }
            main class=(sheet) id="main" tabindex="-1" { (main) }
            @if let Some(nav) = &frame.nav { (phone_bar(nav, frame)) }
        }
        (notices(told.as_ref()))
        (keys::sheet(&frame.words, frame.letters_off))
        (palette(frame))
    };
    document(frame, title, room, &body)
}

/// The languages by their own names; one press changes it.
#[must_use]
pub fn language_switch(frame: &Frame) -> Markup {
    html! {
        form.languages method="post" action=(urls::LANGUAGE) aria-label=(frame.words.t("language")) {
            (csrf_field(frame))
            input type="hidden" name="back" value=(frame.path);
            p.switch-title { (icon("languages")) (frame.words.t("language")) }
            ul {
                @for locale in Locale::ALL {
                    li {
                        button type="submit" name="language" value=(locale.tag()) lang=(locale.tag())
                            aria-current=[(locale == frame.words.locale()).then_some("true")] { (locale.own_name()) }
                    }
                }
            }
        }
    }
}

/// Light, dark, or the system's.
#[must_use]
pub fn theme_switch(frame: &Frame) -> Markup {
    let words = &frame.words;
    html! {
        form.themes method="post" action=(urls::THEME) aria-label=(words.t("theme")) {
            (csrf_field(frame))
            input type="hidden" name="back" value=(frame.path);
            p.switch-title { (icon("sun-moon")) (words.t("theme")) }
            ul {
                @for theme in Theme::ALL {
                    li {
                        button type="submit" name="theme" value=(theme.word()) aria-current=[(theme == frame.theme).then_some("true")] {
                            @match theme {
                                Theme::System => (words.t("theme-system"))
                                Theme::Light => (words.t("theme-light"))
                                Theme::Dark => (words.t("theme-dark"))
                            }
                        }
                    }
                }
            }
        }
    }
}
