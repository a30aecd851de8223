//! `/api/v1/mail-templates`: the words of letters, by desk and language.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use kernel::{Locale, Message, Refusal};
use people::http::Caller;
use people::person::api::desk_from;
use people::{ServiceDesk, Settings};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::{ApiJson, ApiResult, Page};

use super::super::templates::{Rendered, built_in};
use super::{LetterKind, Place, RemoveTemplate, SaveTemplate, Source, commands, rows};

/// The routes of this file.
pub fn routes() -> OpenApiRouter<ServiceDesk> {
    OpenApiRouter::new().routes(routes!(list, save, remove)).routes(routes!(preview))
}

/// The words of a kind of letter.
#[derive(Debug, Serialize, ToSchema)]
pub struct TemplateView {
    /// Key of the desk; null for every desk that has none of its own.
    #[schema(example = "it")]
    pub desk: Option<String>,
    /// acknowledgement, reply or side.
    #[schema(example = "reply")]
    pub kind: String,
    /// en, vi, ro, lv, ru or zh-Hans.
    #[schema(example = "en")]
    pub locale: String,
    /// Subject.
    #[schema(example = "Re: {{ title }} [{{ number }}]")]
    pub subject: String,
    /// Plain text; made from the HTML when it is null.
    pub text: Option<String>,
    /// HTML; made from the text when it is null.
    pub html: Option<String>,
    /// Whether it came with the program and is used while nothing else is set.
    pub built_in: bool,
}

/// Which letters.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TemplatePlace {
    /// Key, name or id of the desk; absent for every desk.
    desk: Option<String>,
    /// acknowledgement, reply or side.
    #[schema(example = "reply")]
    kind: String,
    /// en, vi, ro, lv, ru or zh-Hans.
    #[schema(example = "en")]
    locale: String,
}

/// Which letters, and their words. Names stand in double braces (`{{ number }}`), conditions in `{% if link %}...{% endif %}`.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TemplateInput {
    /// Key, name or id of the desk; absent for every desk.
    desk: Option<String>,
    /// acknowledgement, reply or side.
    #[schema(example = "reply")]
    kind: String,
    /// en, vi, ro, lv, ru or zh-Hans.
    #[schema(example = "en")]
    locale: String,
    /// Subject.
    #[schema(example = "{{ title }} [{{ number }}]")]
    subject: String,
    /// Plain text.
    #[schema(example = "{{ text }}\n\n{{ agent }}, {{ desk }}")]
    text: Option<String>,
    /// HTML; values are escaped in it.
    html: Option<String>,
    /// For a preview: the number of the ticket to fill it with.
    ticket: Option<String>,
}

/// A letter as it would go out.
#[derive(Debug, Serialize, ToSchema)]
pub struct LetterPreview {
    /// Subject.
    pub subject: String,
    /// Plain text.
    pub text: String,
    /// HTML document.
    pub html: String,
}

fn place(settings: &Settings, desk: Option<&str>, kind: &str, locale: &str) -> Result<Place, Refusal> {
    let one_of = |field: &str, options: String| Refusal::invalid(field, Message::new("error-one-of").with("options", options));
    let kinds = || LetterKind::ALL.map(LetterKind::word).join(", ");
    let locales = || Locale::ALL.map(Locale::tag).join(", ");
    Ok(Place {
        desk: desk.map(|word| desk_from(settings, word)).transpose()?,
        kind: LetterKind::by_word(kind).ok_or_else(|| one_of("kind", kinds()))?,
        locale: Locale::ALL.into_iter().find(|known| known.tag() == locale).ok_or_else(|| one_of("locale", locales()))?,
    })
}

fn view(settings: &Settings, place: Place, source: Source, built_in: bool) -> TemplateView {
    TemplateView {
        desk: place.desk.and_then(|desk| settings.desk(desk)).map(|desk| desk.key.clone()),
        kind: place.kind.word().to_owned(),
        locale: place.locale.tag().to_owned(),
        subject: source.subject,
        text: source.text,
        html: source.html,
        built_in,
    }
}

/// Every template: those that were written, and those that came with the program.
#[utoipa::path(get, path = "/mail-templates", responses((status = 200, body = Page<TemplateView>)), tag = "mail")]
async fn list(State(desk): State<ServiceDesk>) -> ApiResult<Page<TemplateView>> {
    let settings = desk.settings();
    let written = desk.read(rows::all).await?;
    let mut views: Vec<TemplateView> = written.into_iter().map(|(place, source)| view(&settings, place, source, false)).collect();
    for kind in LetterKind::ALL {
        for locale in Locale::ALL {
            views.extend(built_in(kind, locale)?.map(|source| view(&settings, Place { desk: None, kind, locale }, source, true)));
        }
    }
    Ok(Page::new(views, None))
}

/// Sets the words of a kind of letter in a language, for one desk or for all.
#[utoipa::path(put, path = "/mail-templates", request_body = TemplateInput, responses((status = 200, body = TemplateView)), tag = "mail")]
async fn save(State(desk): State<ServiceDesk>, caller: Caller, ApiJson(input): ApiJson<TemplateInput>) -> ApiResult<Json<TemplateView>> {
    let settings = desk.settings();
    let place = place(&settings, input.desk.as_deref(), &input.kind, &input.locale)?;
    let source = Source { subject: input.subject, text: input.text, html: input.html };
    desk.execute(&caller.actor(), SaveTemplate { place, expected_version: None, source: source.clone() }).await?;
    Ok(Json(view(&settings, place, source, false)))
}

/// Goes back to the words of every desk, or to those that came with the program.
#[utoipa::path(delete, path = "/mail-templates", request_body = TemplatePlace, responses((status = 204)), tag = "mail")]
async fn remove(State(desk): State<ServiceDesk>, caller: Caller, ApiJson(input): ApiJson<TemplatePlace>) -> ApiResult<StatusCode> {
    let place = place(&desk.settings(), input.desk.as_deref(), &input.kind, &input.locale)?;
    desk.execute(&caller.actor(), RemoveTemplate(place)).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Shows a letter before its words are saved, filled with a ticket or with a sample.
#[utoipa::path(post, path = "/mail-templates/preview", request_body = TemplateInput, responses((status = 200, body = LetterPreview)), tag = "mail")]
async fn preview(
    State(desk): State<ServiceDesk>,
    caller: Caller,
    ApiJson(input): ApiJson<TemplateInput>,
) -> ApiResult<Json<LetterPreview>> {
    let (settings, actor) = (desk.settings(), caller.actor());
    let place = place(&settings, input.desk.as_deref(), &input.kind, &input.locale)?;
    let source = Source { subject: input.subject, text: input.text, html: input.html };
    commands::check_source(&source)?;
    let values = match input.ticket {
        None => super::sample(),
        Some(reference) => {
            let about = std::sync::Arc::clone(&settings);
            desk.read(move |db| super::of_ticket(db, &about, &actor, &reference)).await?
        }
    };
    let Rendered { subject, text, html } = super::preview(place, &source, values)?;
    Ok(Json(LetterPreview { subject, text, html }))
}
