//! Everybody's own page: who they are, how they work, how they sign in.

use kernel::{Locale, PasskeyId, SessionId, Stamp, TokenId};
use maud::{Markup, html};
use web::components::{Choice, Face, Field, Frame, avatar, csrf_field, field, icon, select, theme_switch};
use web::urls;

/// What the page shows.
#[derive(Clone, Debug)]
pub struct Profile {
    /// The reader.
    pub person: kernel::PersonId,
    /// Their name.
    pub name: String,
    /// Their address.
    pub email: String,
    /// Their language; none for the browser's.
    pub language: Option<String>,
    /// Their time zone.
    pub time_zone: String,
    /// Every zone there is.
    pub zones: Vec<String>,
    /// They work here.
    pub staff: bool,
    /// Since when they have an app.
    pub app: Option<Stamp>,
    /// Whether browsers offer passkeys at this address.
    pub offers_passkeys: bool,
    /// Their passkeys.
    pub passkeys: Vec<PasskeyLine>,
    /// Recovery codes that are left.
    pub codes: i64,
    /// Whether somebody who works here must have a second factor.
    pub required: bool,
    /// Where they are signed in.
    pub sessions: Vec<SessionLine>,
    /// Their API tokens.
    pub tokens: Vec<TokenLine>,
    /// Why what they filled in was refused, by field.
    pub refusals: Vec<(String, String)>,
}

/// A passkey.
#[derive(Clone, Debug)]
pub struct PasskeyLine {
    /// Which.
    pub id: PasskeyId,
    /// As its owner calls it.
    pub name: String,
    /// Added.
    pub created: Stamp,
    /// Used last.
    pub used: Option<Stamp>,
}

/// A browser that is signed in.
#[derive(Clone, Debug)]
pub struct SessionLine {
    /// Which.
    pub id: SessionId,
    /// Program and system, as far as they tell.
    pub client: String,
    /// A phone or tablet.
    pub phone: bool,
    /// Where it signed in from.
    pub network: Option<String>,
    /// When it signed in.
    pub created: Stamp,
    /// When it was seen last.
    pub seen: Stamp,
    /// The one that asks.
    pub here: bool,
}

/// An API token.
#[derive(Clone, Debug)]
pub struct TokenLine {
    /// Which.
    pub id: TokenId,
    /// What it is for.
    pub name: String,
    /// Made.
    pub created: Stamp,
}

impl Profile {
    fn refusal(&self, name: &str) -> Option<&str> {
        self.refusals.iter().find(|(field, _)| field == name).map(|(_, text)| text.as_str())
    }
}

fn part(id: &str, title: &str, help: &str, body: &Markup) -> Markup {
    html! {
        section.profile-part id=(id) aria-labelledby={ (id) "-title" } {
            div.profile-about { h2 id={ (id) "-title" } { (title) } p { (help) } }
            div.profile-body { (body) }
        }
    }
}

/// A button that posts by itself.
fn post(frame: &Frame, action: &str, label: &str, (name, look): (Option<&str>, &str)) -> Markup {
    html! {
        form method="post" action=(action) {
            (csrf_field(frame))
            button class={ "button " (look) } type="submit" aria-label=[name] { (label) }
        }
    }
}

/// The page.
#[must_use]
pub fn profile_page(page: &Profile, frame: &Frame) -> Markup {
    let words = &frame.words;
    html! {
        div.page.profile {
            header.page-head {
                h1 { (words.t("nav-me")) }
                div.end {
                    @if frame.nav.as_ref().is_some_and(|nav| nav.administers) {
                        a.button href=(urls::admin::HOME) { (icon("settings")) (words.t("admin-title")) }
                    }
                    form.sign-out method="post" action=(urls::LOGOUT) {
                        (csrf_field(frame))
                        button.button type="submit" { (icon("log-out")) (words.t("sign-out")) }
                    }
                }
            }
            (part("you", &words.t("profile-you"), &words.t("profile-you-help"), &you(page, frame)))
            (part("working", &words.t("profile-working"), &words.t("profile-working-help"), &working(page, frame)))
            (part("password", &words.t("sign-in-password"), &words.t("profile-password-help"), &html! {
                a.button href={ (urls::PROFILE) "/password" } { (words.t("profile-password-change")) }
            }))
            (part("factor", &words.t("profile-factor"), &words.t("profile-factor-help"), &factor(page, frame)))
            (part("sessions", &words.t("profile-sessions"), &words.t("profile-sessions-help"), &sessions(page, frame)))
            (part("tokens", &words.t("profile-tokens"), &words.t("profile-tokens-help"), &tokens(page, frame)))
        }
    }
}

fn you(page: &Profile, frame: &Frame) -> Markup {
    let words = &frame.words;
    let name = Field {
        name: "name",
        label: &words.t("profile-name"),
        value: &page.name,
        autocomplete: Some("name"),
        required: true,
        refusal: page.refusal("name"),
        ..Field::default()
    };
    let chosen = page.language.as_deref().and_then(Locale::matching).unwrap_or_else(|| words.locale());
    let languages: Vec<Choice> = Locale::ALL.map(|one| Choice::new(one.tag(), one.own_name(), one == chosen)).into();
    let language = words.t("language");
    let zone_label = words.t("profile-zone");
    let zone = Field { name: "time_zone", label: &zone_label, refusal: page.refusal("time_zone"), ..Field::default() };
    html! {
        p.profile-face { (avatar(page.person, &page.name, Face::Large)) span { b { (page.name) } small { (page.email) } } }
        form method="post" action=(urls::PROFILE) {
            (csrf_field(frame))
            (field(&name))
            div.field-pair {
                (select(&Field { name: "language", label: &language, ..Field::default() }, &languages))
                (zones(&zone, &page.zones, &page.time_zone))
            }
            button.button.primary type="submit" { (words.t("save")) }
        }
    }
}

/// The choice of a time zone.
#[must_use]
pub fn zones(field: &Field<'_>, all: &[String], chosen: &str) -> Markup {
    let mut choices: Vec<Choice> = all.iter().map(|zone| Choice::new(zone, zone.replace('_', " "), zone == chosen)).collect();
    if !choices.iter().any(|choice| choice.selected) {
        choices.insert(0, Choice::new(chosen, chosen, true));
    }
    select(field, &choices)
}

fn working(page: &Profile, frame: &Frame) -> Markup {
    let words = &frame.words;
    html! {
        @if page.staff {
            form.profile-working method="post" action={ (urls::PROFILE) "/working" } {
                (csrf_field(frame))
                fieldset.field {
                    legend { (words.t("profile-density")) }
                    div.choices {
                        label.choice { input type="radio" name="density" value="compact" checked[!frame.comfortable]; span { (words.t("profile-compact")) } }
                        label.choice { input type="radio" name="density" value="comfortable" checked[frame.comfortable]; span { (words.t("profile-comfortable")) } }
                    }
                }
                label.profile-tick {
                    input type="checkbox" name="letters" value="1" checked[!frame.letters_off];
                    span { b { (words.t("profile-letters")) } small { (words.t("profile-letters-help")) } }
                }
                button.button.primary type="submit" { (words.t("save")) }
            }
        }
        (theme_switch(frame))
    }
}

fn factor(page: &Profile, frame: &Frame) -> Markup {
    let words = &frame.words;
    let app_path = format!("{}/app", urls::PROFILE);
    html! {
        ul.profile-lines {
            li {
                (icon("smartphone"))
                div {
                    b { (words.t("profile-app")) }
                    small {
                        @match page.app {
                            Some(at) => (words.with("profile-since", &[("date", &words.date(at))])),
                            None => (words.t("profile-app-help")),
                        }
                    }
                }
                @if page.app.is_some() { a.button href={ (app_path) "/remove" } { (words.t("profile-app-remove")) } }
                @else { a.button href=(app_path) { (words.t("profile-set-up")) } }
            }
            @for one in &page.passkeys {
                li {
                    (icon("fingerprint"))
                    div { b { (one.name) } small { (passkey_line(one, frame)) } }
                    (post(frame, &format!("{}/passkeys/{}/remove", urls::PROFILE, one.id), &words.t("profile-remove"),
                        (Some(&words.with("profile-remove-named", &[("name", &one.name)])), "")))
                }
            }
            @if page.offers_passkeys {
                li {
                    (icon("key-round"))
                    div { b { (words.t("profile-passkey")) } small { (words.t("profile-passkey-help")) } }
                    a.button href={ (urls::PROFILE) "/passkey" } { (words.t("profile-passkey-add")) }
                }
            }
            @if page.app.is_some() || !page.passkeys.is_empty() {
                li {
                    (icon("shield-check"))
                    div { b { (words.t("codes-title")) } small { (words.with("profile-codes-left", &[("n", &page.codes)])) } }
                    a.button href={ (urls::PROFILE) "/codes" } { (words.t("profile-codes-new")) }
                }
            }
        }
        @if page.required && page.staff && page.app.is_none() && page.passkeys.is_empty() { p.quiet { (words.t("enrol-required")) } }
    }
}

fn passkey_line(one: &PasskeyLine, frame: &Frame) -> String {
    let words = &frame.words;
    match one.used {
        Some(used) => words.with("profile-used", &[("date", &words.moment(used, frame.now))]),
        None => words.with("profile-since", &[("date", &words.date(one.created))]),
    }
}

fn sessions(page: &Profile, frame: &Frame) -> Markup {
    let words = &frame.words;
    html! {
        ul.profile-lines {
            @for one in &page.sessions {
                li {
                    (icon(if one.phone { "smartphone" } else { "monitor" }))
                    div {
                        b { @if one.client.is_empty() { (words.t("profile-client-unknown")) } @else { (one.client) } }
                        small {
                            @if let Some(network) = &one.network { (network) " · " }
                            (words.with("profile-signed-in", &[("date", &words.moment(one.created, frame.now))]))
                            @if !one.here { " · " (words.with("profile-seen", &[("date", &words.moment(one.seen, frame.now))])) }
                        }
                    }
                    @if one.here { span.chip { (words.t("profile-here")) } }
                    @else {
                        (post(frame, &format!("{}/sessions/{}/end", urls::PROFILE, one.id), &words.t("profile-end"),
                            (Some(&words.with("profile-end-named", &[("name", &one.client)])), "")))
                    }
                }
            }
        }
        @if page.sessions.len() > 1 {
            (post(frame, &format!("{}/sessions/end-others", urls::PROFILE), &words.t("profile-end-others"), (None, "")))
        }
    }
}

fn tokens(page: &Profile, frame: &Frame) -> Markup {
    let words = &frame.words;
    html! {
        @if !page.tokens.is_empty() {
            ul.profile-lines {
                @for one in &page.tokens {
                    li {
                        (icon("key-round"))
                        div { b { (one.name) } small { (words.with("profile-since", &[("date", &words.date(one.created))])) } }
                        (post(frame, &format!("{}/tokens/{}/end", urls::PROFILE, one.id), &words.t("profile-end"),
                            (Some(&words.with("profile-end-named", &[("name", &one.name)])), "")))
                    }
                }
            }
        }
        a.button href={ (urls::PROFILE) "/token" } { (icon("plus")) (words.t("profile-token-make")) }
    }
}
