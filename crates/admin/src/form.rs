//! Forms of the administration: what was typed stays when it is refused, what somebody else saved meanwhile is shown beside it.

use axum::extract::{Form as UrlEncoded, FromRequest, Request};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use kernel::{Error, Message, Refusal};
use maud::{Markup, html};
use people::ServiceDesk;
use people::http::Caller;
use web::components::{Choice, Field, Frame, csrf_field, field, icon, select, text_area};
use web::{ApiError, ApiResult, Words, csrf};

/// What a form sent, or what a record has in the form's words. A name may have several values.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Posted(Vec<(String, String)>);

impl FromRequest<ServiceDesk> for Posted {
    type Rejection = ApiError;
    /// Reads the body and refuses what did not come from a page of ours.
    async fn from_request(request: Request, desk: &ServiceDesk) -> ApiResult<Self> {
        let caller = request.extensions().get::<Caller>().cloned().ok_or(Refusal::Unauthenticated)?;
        let form = UrlEncoded::<Vec<(String, String)>>::from_request(request, desk).await;
        let UrlEncoded(fields) = form.map_err(|_| Refusal::Malformed(Message::new("error-malformed")))?;
        let posted = Self(fields);
        caller.check_form(posted.one(csrf::FIELD))?;
        Ok(posted)
    }
}

impl Posted {
    /// With one more value.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl ToString) -> Self {
        self.0.push((name.to_owned(), value.to_string()));
        self
    }
    /// With the value of a box that is ticked.
    #[must_use]
    pub fn ticked_if(self, name: &str, ticked: bool) -> Self {
        if ticked { self.with(name, "1") } else { self }
    }
    /// The value under a name; empty when there is none.
    #[must_use]
    pub fn one(&self, name: &str) -> &str {
        self.0.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value.as_str())
    }
    /// The value without blanks around it, unless nothing is left of it.
    #[must_use]
    pub fn filled(&self, name: &str) -> Option<&str> {
        Some(self.one(name).trim()).filter(|text| !text.is_empty())
    }
    /// All values under a name.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> + 'a {
        self.0.iter().filter(move |(known, _)| known == name).map(|(_, value)| value.as_str())
    }
    /// Whether a box is ticked.
    #[must_use]
    pub fn has(&self, name: &str) -> bool {
        self.0.iter().any(|(known, _)| known == name)
    }
    /// The lines of a text of several lines, without empty ones.
    #[must_use]
    pub fn lines(&self, name: &str) -> Vec<String> {
        self.one(name).lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect()
    }
    /// The ids under a name.
    pub fn ids<T: std::str::FromStr>(&self, name: &str) -> Result<Vec<T>, Refusal> {
        self.all(name).filter(|text| !text.is_empty()).map(|text| text.parse().map_err(|_| Refusal::NotFound)).collect()
    }
    /// The version of the record that the form was made from.
    #[must_use]
    pub fn version(&self) -> Option<i64> {
        self.one("version").parse().ok()
    }
}

/// Why a form was refused.
#[derive(Clone, Debug, Default)]
pub struct Refused {
    fields: Vec<(String, String)>,
    whole: Option<String>,
    stale: bool,
    status: u16,
}

impl Refused {
    /// What the writer can mend; everything else is an error for the whole page.
    pub fn of(error: Error, words: &Words) -> Result<Self, Error> {
        let Error::Refusal(refusal) = error else { return Err(error) };
        let status = refusal.status();
        let refused = match refusal {
            Refusal::Invalid(errors) => {
                Self { fields: errors.into_iter().map(|one| (one.field, words.message(&one.message))).collect(), ..Self::default() }
            }
            Refusal::Conflict(message) => Self { whole: Some(words.message(&message)), ..Self::default() },
            Refusal::Stale { .. } => Self { whole: Some(words.t("admin-stale")), stale: true, ..Self::default() },
            other => return Err(other.into()),
        };
        Ok(Self { status, ..refused })
    }
    /// Whether somebody else saved meanwhile.
    #[must_use]
    pub const fn is_stale(&self) -> bool {
        self.stale
    }
    /// The first sentence of it.
    #[must_use]
    pub fn first(&self) -> &str {
        let fields = self.fields.first().map(|(_, text)| text.as_str());
        self.whole.as_deref().or(fields).unwrap_or_default()
    }
    /// The page that shows it.
    #[must_use]
    pub fn response(&self, page: &Markup) -> Response {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::UNPROCESSABLE_ENTITY);
        (status, crate::Visit::html(page)).into_response()
    }
    /// Every sentence of it, for a page whose form shows none beside a control.
    #[must_use]
    pub fn texts(&self) -> Vec<&str> {
        self.whole.as_deref().into_iter().chain(self.fields.iter().map(|(_, text)| text.as_str())).collect()
    }
    /// Every sentence of it, with the name of what it is about.
    #[must_use]
    pub fn told(&self) -> Vec<(Option<&str>, &str)> {
        let fields = self.fields.iter().map(|(name, text)| (Some(name.as_str()), text.as_str()));
        self.whole.as_deref().map(|text| (None, text)).into_iter().chain(fields).collect()
    }
    /// The sentence about a control.
    #[must_use]
    pub fn about(&self, name: &str) -> Option<&str> {
        self.fields.iter().find(|(field, _)| field == name).map(|(_, text)| text.as_str())
    }
}

/// A form with its values.
#[derive(Clone, Debug)]
pub struct Form<'a> {
    frame: &'a Frame,
    values: &'a Posted,
    now: Option<&'a Posted>,
    refused: Option<&'a Refused>,
    open: bool,
}

/// Name, label and help of one control.
#[derive(Clone, Debug, Default)]
pub struct Ask<'a> {
    /// Name in the form.
    pub name: &'a str,
    /// What it is.
    pub label: String,
    /// One sentence of help.
    pub help: Option<String>,
    /// `email`, `number`...; text when empty.
    pub kind: &'a str,
    /// Whether it must be filled in.
    pub required: bool,
}

impl<'a> Ask<'a> {
    /// A control.
    pub fn new(name: &'a str, label: String) -> Self {
        Self { name, label, ..Self::default() }
    }
    /// With its sentence of help.
    #[must_use]
    pub fn help(self, help: String) -> Self {
        Self { help: Some(help), ..self }
    }
    /// That must be filled in.
    #[must_use]
    pub fn required(self) -> Self {
        Self { required: true, ..self }
    }
    /// Of this kind.
    #[must_use]
    pub fn kind(self, kind: &'a str) -> Self {
        Self { kind, ..self }
    }
}

impl<'a> Form<'a> {
    /// A form that shows these values; who may not change them sees them only.
    #[must_use]
    pub const fn new(frame: &'a Frame, values: &'a Posted, open: bool) -> Self {
        Self { frame, values, now: None, refused: None, open }
    }
    /// With what was wrong, and what the record has now when somebody else saved meanwhile.
    #[must_use]
    pub const fn refused(self, refused: Option<&'a Refused>, now: Option<&'a Posted>) -> Self {
        Self { refused, now, ..self }
    }
    /// The value under a name.
    #[must_use]
    pub fn value(&self, name: &str) -> &str {
        self.values.one(name)
    }
    /// Whether something is filled in under a name, or was refused there.
    #[must_use]
    pub fn asks(&self, name: &str) -> bool {
        self.values.filled(name).is_some() || self.wrong(name).is_some()
    }
    /// Whether the reader may change it.
    #[must_use]
    pub const fn is_open(&self) -> bool {
        self.open
    }

    fn wrong(&self, name: &str) -> Option<String> {
        let words = &self.frame.words;
        let refused = self.refused?;
        if let Some(text) = refused.about(name) {
            return Some(text.to_owned());
        }
        let now = self.now.filter(|_| refused.stale)?.one(name);
        let shown = if now.is_empty() { words.t("admin-nothing") } else { now.to_owned() };
        (now != self.values.one(name)).then(|| words.with("admin-now", &[("value", &shown)]))
    }

    fn with<T>(&self, ask: &Ask<'_>, job: impl FnOnce(&Field<'_>) -> T) -> T {
        let wrong = self.wrong(ask.name);
        job(&Field {
            name: ask.name,
            label: &ask.label,
            kind: ask.kind,
            value: self.values.one(ask.name),
            autocomplete: Some("off"),
            help: ask.help.as_deref(),
            refusal: wrong.as_deref(),
            required: ask.required,
            autofocus: false,
        })
    }

    /// One line.
    #[must_use]
    pub fn line(&self, ask: &Ask<'_>) -> Markup {
        self.with(ask, field)
    }
    /// Several lines.
    #[must_use]
    pub fn area(&self, ask: &Ask<'_>, rows: u8) -> Markup {
        self.with(ask, |made| text_area(made, rows))
    }
    /// One of these values with their words.
    #[must_use]
    pub fn choice(&self, ask: &Ask<'_>, options: &[(String, String)]) -> Markup {
        let chosen = self.values.one(ask.name);
        let choices: Vec<Choice> = options.iter().map(|(value, label)| Choice::new(value, label.clone(), value == chosen)).collect();
        self.with(ask, |made| select(made, &choices))
    }
    /// A box to tick.
    #[must_use]
    pub fn tick(&self, ask: &Ask<'_>) -> Markup {
        let ticked = self.values.has(ask.name);
        let id = ask.name;
        let changed = self.refused.filter(|refused| refused.stale).and(self.now).is_some_and(|now| now.has(ask.name) != ticked);
        html! {
            div.tick {
                input type="checkbox" id=(id) name=(ask.name) value="1" checked[ticked] aria-describedby=[ask.help.as_ref().map(|_| format!("{id}-help"))];
                label for=(id) { (ask.label) }
                @if let Some(help) = &ask.help { small id={ (id) "-help" } { (help) } }
                @if changed { small.now { (self.frame.words.t("admin-now-other")) } }
                @if let Some(refused) = self.refused.and_then(|refused| refused.about(id)) { p.refusal id={ (id) "-refusal" } { (icon("circle-alert")) (refused) } }
            }
        }
    }
    /// Boxes of one name, each with its value, words and quieter words.
    #[must_use]
    pub fn ticks(&self, ask: &Ask<'_>, options: &[(String, String, String)]) -> Markup {
        let now: Option<Vec<&str>> = self.refused.filter(|refused| refused.stale).and(self.now).map(|now| now.all(ask.name).collect());
        let wrong = self.refused.and_then(|refused| refused.about(ask.name));
        html! {
            fieldset.tick-list {
                legend { (ask.label) }
                @if let Some(help) = &ask.help { small { (help) } }
                @if let Some(wrong) = wrong { p.refusal id={ (ask.name) "-refusal" } { (icon("circle-alert")) (wrong) } }
                @for (value, label, hint) in options {
                    @let ticked = self.values.all(ask.name).any(|one| one == value);
                    @let changed = now.as_ref().is_some_and(|now| now.contains(&value.as_str()) != ticked);
                    div.tick {
                        input type="checkbox" id={ (ask.name) "-" (value) } name=(ask.name) value=(value) checked[ticked];
                        label for={ (ask.name) "-" (value) } { (label) @if !hint.is_empty() { " " small { (hint) } } }
                        @if changed { small.now { (self.frame.words.t("admin-now-other")) } }
                    }
                }
            }
        }
    }
    /// The button that saves, unless the reader only reads.
    #[must_use]
    pub fn save(&self, label: &str) -> Markup {
        html! { @if self.open { div.form-end { button.button.primary.large type="submit" { (label) } } } }
    }
    /// The form around its controls. A refusal that belongs to none of them stands above.
    #[must_use]
    pub fn around(&self, action: &str, controls: &Markup) -> Markup {
        let version = self.now.map_or_else(|| self.values.one("version"), |now| now.one("version"));
        let lost: Vec<&str> = self.refused.map(|refused| refused.homeless(controls)).unwrap_or_default();
        html! {
            form.settings-form method="post" action=(action) {
                (csrf_field(self.frame))
                @if !version.is_empty() { input type="hidden" name="version" value=(version); }
                @for text in lost { p.banner.refused role="alert" { (icon("circle-alert")) span { (text) } } }
                @if !self.open { p.banner { (icon("lock")) span { (self.frame.words.t("admin-read-only")) } } }
                fieldset disabled[!self.open] { (controls) }
            }
        }
    }
}

impl Refused {
    fn homeless(&self, controls: &Markup) -> Vec<&str> {
        let shown = |field: &str| controls.0.contains(&format!("id=\"{field}-refusal\""));
        let fields = self.fields.iter().filter(|(field, _)| !shown(field)).map(|(_, text)| text.as_str());
        self.whole.as_deref().into_iter().chain(fields).collect()
    }
}
