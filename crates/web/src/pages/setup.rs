//! Set-up in the browser: one question a page, the steps at the side.

use maud::{Markup, html};

use crate::components::{Choice, Field, Frame, document, field, hero_art, icon, language_switch, logo, select, text_area};
use crate::pages::entry::refusal;
use crate::pages::links::new_password;
use crate::{Room, Words, urls};

/// The steps in their order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum SetupStep {
    /// The code of the console.
    Code,
    /// The administrator.
    You,
    /// What the desk does.
    Desk,
    /// Its mailbox.
    Mailbox,
    /// Team and colleagues.
    Team,
    /// A last look.
    Ready,
}

impl SetupStep {
    /// Those that are counted.
    pub const COUNTED: [Self; 5] = [Self::You, Self::Desk, Self::Mailbox, Self::Team, Self::Ready];

    /// The word in address and form.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Code => "code",
            Self::You => "you",
            Self::Desk => "desk",
            Self::Mailbox => "mailbox",
            Self::Team => "team",
            Self::Ready => "ready",
        }
    }
    /// By its word.
    #[must_use]
    pub fn by_word(word: &str) -> Option<Self> {
        Self::COUNTED.into_iter().chain([Self::Code]).find(|step| step.word() == word)
    }
    fn before(self) -> Option<Self> {
        let at = Self::COUNTED.iter().position(|step| *step == self)?;
        Self::COUNTED.get(at.checked_sub(1)?).copied()
    }
    fn name(self, words: &Words) -> String {
        match self {
            Self::Code => words.t("setup-code"),
            Self::You => words.t("setup-you"),
            Self::Desk => words.t("setup-desk"),
            Self::Mailbox => words.t("setup-mailbox"),
            Self::Team => words.t("setup-team"),
            Self::Ready => words.t("setup-ready"),
        }
    }
}

/// What a desk can be for, with its picture.
pub const KINDS: [(&str, &str); 6] = [
    ("it", "headset"),
    ("care", "heart-handshake"),
    ("people", "users-round"),
    ("facilities", "building-2"),
    ("finance", "scale"),
    ("other", "sparkles"),
];

/// The name of a kind of desk, and what it is about.
#[must_use]
pub fn kind_words(kind: &str, words: &Words) -> (String, String) {
    match kind {
        "it" => (words.t("setup-kind-it"), words.t("setup-kind-it-help")),
        "care" => (words.t("setup-kind-care"), words.t("setup-kind-care-help")),
        "people" => (words.t("setup-kind-people"), words.t("setup-kind-people-help")),
        "facilities" => (words.t("setup-kind-facilities"), words.t("setup-kind-facilities-help")),
        "finance" => (words.t("setup-kind-finance"), words.t("setup-kind-finance-help")),
        _ => (words.t("setup-kind-other"), words.t("setup-kind-other-help")),
    }
}

/// The categories that a kind of desk begins with, one a line.
#[must_use]
pub fn kind_categories(kind: &str, words: &Words) -> Vec<String> {
    let all = match kind {
        "it" => words.t("setup-categories-it"),
        "care" => words.t("setup-categories-care"),
        "people" => words.t("setup-categories-people"),
        "facilities" => words.t("setup-categories-facilities"),
        "finance" => words.t("setup-categories-finance"),
        _ => String::new(),
    };
    all.split('|').map(|name| name.trim().to_owned()).filter(|name| !name.is_empty()).collect()
}

/// What a page of the set-up shows.
#[derive(Clone, Debug)]
pub struct SetupPage {
    /// Which one.
    pub step: SetupStep,
    /// What was filled in, by the names of the fields.
    pub values: Vec<(&'static str, String)>,
    /// Why it was refused, by field; an empty name stands for all of it.
    pub refusals: Vec<(String, String)>,
    /// Time zones to choose from.
    pub zones: Vec<String>,
    /// A password was chosen already.
    pub has_password: bool,
}

impl SetupPage {
    fn value(&self, name: &str) -> &str {
        self.values.iter().find(|(known, _)| *known == name).map_or("", |(_, value)| value.as_str())
    }
    fn refusal(&self, name: &str) -> Option<&str> {
        self.refusals.iter().find(|(known, _)| known == name).map(|(_, text)| text.as_str())
    }
    fn text<'a>(&'a self, name: &'a str, label: &'a str, kind: &'a str) -> Field<'a> {
        Field { name, label, kind, value: self.value(name), refusal: self.refusal(name), ..Field::default() }
    }
}

/// A page of the set-up.
#[must_use]
pub fn setup_page(page: &SetupPage, frame: &Frame) -> Markup {
    let words = &frame.words;
    let (title, lead) = heads(page.step, words);
    let body = html! {
        main.entry.setup id="main" tabindex="-1" {
            div.entry-front.on-hero {
                (hero_art())
                (logo())
                @if page.step != SetupStep::Code { (steps(page.step, words)) }
                span.quiet-hero { (words.t("setup-time")) }
            }
            div.entry-form {
                form method="post" action=(urls::SET_UP) {
                    input type="hidden" name="step" value=(page.step.word());
                    @if page.step != SetupStep::Code { p.setup-phone { (words.with("setup-step-of", &[("at", &place(page.step)), ("all", &SetupStep::COUNTED.len())])) } }
                    h1 { (title) }
                    p.lead { (lead) }
                    (refusal(page.refusal("")))
                    (fields(page, frame))
                    div.setup-end {
                        button.button.primary.large type="submit" {
                            @if page.step == SetupStep::Ready { (words.t("setup-open")) } @else { (words.t("setup-continue")) }
                            (icon("arrow-right"))
                        }
                        @if let Some(before) = page.step.before() {
                            a.button.quiet.large href=(urls::with_query(urls::SET_UP, &[("step", before.word())])) { (words.t("setup-back")) }
                        }
                    }
                }
                div.entry-foot { (language_switch(frame)) }
            }
        }
    };
    document(frame, &words.t("setup-title"), Room::Setup, &body)
}

fn place(step: SetupStep) -> usize {
    SetupStep::COUNTED.iter().position(|one| *one == step).map_or(0, |at| at + 1)
}

fn steps(here: SetupStep, words: &Words) -> Markup {
    html! {
        ol.setup-steps aria-label=(words.t("setup-steps")) {
            @for step in SetupStep::COUNTED {
                li.past[step < here] aria-current=[(step == here).then_some("step")] { (step.name(words)) }
            }
        }
    }
}

fn heads(step: SetupStep, words: &Words) -> (String, String) {
    match step {
        SetupStep::Code => (words.t("setup-code-title"), words.t("setup-code-lead")),
        SetupStep::You => (words.t("setup-you-title"), words.t("setup-you-lead")),
        SetupStep::Desk => (words.t("setup-desk-title"), words.t("setup-desk-lead")),
        SetupStep::Mailbox => (words.t("setup-mailbox-title"), words.t("setup-mailbox-lead")),
        SetupStep::Team => (words.t("setup-team-title"), words.t("setup-team-lead")),
        SetupStep::Ready => (words.t("setup-ready-title"), words.t("setup-ready-lead")),
    }
}

fn fields(page: &SetupPage, frame: &Frame) -> Markup {
    match page.step {
        SetupStep::Code => code(page, &frame.words),
        SetupStep::You => you(page, frame),
        SetupStep::Desk => desk(page, &frame.words),
        SetupStep::Mailbox => mailbox(page, &frame.words),
        SetupStep::Team => team(page, &frame.words),
        SetupStep::Ready => ready(page, &frame.words),
    }
}

fn code(page: &SetupPage, words: &Words) -> Markup {
    let (label, help) = (words.t("setup-code"), words.t("setup-code-help"));
    field(&Field { help: Some(&help), required: true, autofocus: true, autocomplete: Some("off"), ..page.text("code", &label, "text") })
}

fn you(page: &SetupPage, frame: &Frame) -> Markup {
    let words = &frame.words;
    let (name, email, zone) = (words.t("profile-name"), words.t("sign-in-email"), words.t("profile-zone"));
    let chosen = page.value("time_zone");
    let zones: Vec<Choice> = page.zones.iter().map(|one| Choice::new(one, one.replace('_', " "), one == chosen)).collect();
    html! {
        (field(&Field { autocomplete: Some("name"), required: true, autofocus: true, ..page.text("name", &name, "text") }))
        (field(&Field { autocomplete: Some("username"), required: true, ..page.text("email", &email, "email") }))
        @if page.has_password { p.quiet { (words.t("setup-password-kept")) } }
        @else { (new_password(frame, page.refusal("password"), false)) }
        div data-zone=[chosen.is_empty().then_some("")] { (select(&page.text("time_zone", &zone, ""), &zones)) }
    }
}

fn desk(page: &SetupPage, words: &Words) -> Markup {
    let chosen = match page.value("kind") {
        "" => "it",
        kind => kind,
    };
    let (name, help) = (words.t("setup-desk-name"), words.t("setup-desk-name-help"));
    let company = words.t("setup-company");
    html! {
        fieldset.field.setup-choice {
            legend.hidden-label { (words.t("setup-desk")) }
            div.choices {
                @for (kind, picture) in KINDS {
                    @let (title, about) = kind_words(kind, words);
                    label.choice.pictured {
                        (icon(picture)) span { (title) }
                        input type="radio" name="kind" value=(kind) checked[kind == chosen];
                        small { (about) }
                    }
                }
            }
        }
        div.field-pair {
            (field(&Field { help: Some(&help), ..page.text("name", &name, "text") }))
            (field(&Field { autocomplete: Some("organization"), required: true, ..page.text("company", &company, "text") }))
        }
    }
}

fn mailbox(page: &SetupPage, words: &Words) -> Markup {
    let (label, help) = (words.t("setup-mailbox-address"), words.t("setup-mailbox-help"));
    field(&Field { help: Some(&help), autofocus: true, ..page.text("mailbox", &label, "email") })
}

fn team(page: &SetupPage, words: &Words) -> Markup {
    let (name, help) = (words.t("setup-team-name"), words.t("setup-team-name-help"));
    let (colleagues, invited) = (words.t("setup-colleagues"), words.t("setup-colleagues-help"));
    html! {
        (field(&Field { help: Some(&help), ..page.text("team", &name, "text") }))
        (text_area(&Field { help: Some(&invited), ..page.text("colleagues", &colleagues, "") }, 4))
    }
}

fn ready(page: &SetupPage, words: &Words) -> Markup {
    let lines = [
        ("you", words.t("setup-you"), SetupStep::You),
        ("desk", words.t("setup-desk"), SetupStep::Desk),
        ("mailbox", words.t("setup-mailbox"), SetupStep::Mailbox),
        ("team", words.t("setup-team"), SetupStep::Team),
    ];
    html! {
        dl.setup-summary {
            @for (name, label, step) in &lines {
                div {
                    dt { (label) }
                    dd { @if page.value(name).is_empty() { (words.t("setup-later")) } @else { (page.value(name)) } }
                    dd { a href=(urls::with_query(urls::SET_UP, &[("step", step.word())])) aria-label=(words.with("setup-change-named", &[("name", label)])) { (words.t("setup-change")) } }
                }
            }
        }
    }
}

/// What whoever founded the desk is told when the desk cannot write yet: the links for the colleagues.
#[must_use]
pub fn setup_links(links: &[(String, String)], frame: &Frame) -> Markup {
    let words = &frame.words;
    let title = words.t("setup-links-title");
    let body = html! {
        main.entry.setup id="main" tabindex="-1" {
            div.entry-front.on-hero { (hero_art()) (logo()) }
            div.entry-form {
                div {
                    h1 { (title) }
                    p.lead { (words.t("setup-links-lead")) }
                    ul.setup-links { @for (email, link) in links { li { b { (email) } code.secret { (link) } } } }
                    div.setup-end { a.button.primary.large href=(urls::DESK) { (words.t("setup-to-desk")) (icon("arrow-right")) } }
                }
            }
        }
    };
    document(frame, &title, Room::Setup, &body)
}
