//! Words of letters: by kind, desk and language, tried out before they are saved.

use axum::extract::Query;
use axum::response::Response;
use channels::mail::letters::{
    LetterKind, Place, RemoveTemplate, SaveTemplate, Source, VALUES, Values, built_in, of_ticket, preview as filled, rows, sample,
};
use kernel::{DeskId, Locale, Refusal, Result};
use maud::{Markup, html};
use people::Settings;
use serde::Deserialize;
use web::components::{Frame, chip, csrf_field, icon};
use web::urls::admin as urls;
use web::{ApiResult, Words};

use crate::{Ask, Form, Head, Posted, Refused, Visit, page as around, record_page};

fn kind_name(kind: LetterKind, words: &Words) -> String {
    match kind {
        LetterKind::Acknowledgement => words.t("admin-letter-acknowledgement"),
        LetterKind::Reply => words.t("admin-letter-reply"),
        LetterKind::Side => words.t("admin-letter-side"),
    }
}

fn kind_about(kind: LetterKind, words: &Words) -> String {
    match kind {
        LetterKind::Acknowledgement => words.t("admin-letter-acknowledgement-about"),
        LetterKind::Reply => words.t("admin-letter-reply-about"),
        LetterKind::Side => words.t("admin-letter-side-about"),
    }
}

pub(super) async fn list(visit: Visit) -> ApiResult<Response> {
    let written: Vec<Place> = visit.read(|db, _| Ok(rows::all(db)?.into_iter().map(|(place, _)| place).collect())).await?;
    let (settings, words) = (visit.desk.settings(), visit.words());
    let content = html! {
        @for kind in LetterKind::ALL {
            section {
                h2 { (kind_name(kind, words)) }
                p { (kind_about(kind, words)) }
                div.table-scroll {
                    table.table.letters-table {
                        thead { tr { th scope="col" { (words.t("admin-letter-for")) } @for locale in Locale::ALL { th scope="col" lang=(locale.tag()) { (locale.own_name()) } } } }
                        tbody {
                            (desk_row(None, kind, &written, words))
                            @for desk in &settings.desks { (desk_row(Some((desk.id, &desk.key, &desk.name)), kind, &written, words)) }
                        }
                    }
                }
            }
        }
    };
    Ok(Visit::html(&around(&visit.frame, "mail-templates", &html! {}, &content)))
}

fn desk_row(desk: Option<(DeskId, &str, &str)>, kind: LetterKind, written: &[Place], words: &Words) -> Markup {
    let name = desk.map_or_else(|| words.t("admin-letter-every-desk"), |(_, _, name)| name.to_owned());
    html! {
        tr {
            th scope="row" { (name) }
            @for locale in Locale::ALL {
                @let own = written.contains(&Place { desk: desk.map(|(id, _, _)| id), kind, locale });
                @let general = written.contains(&Place { desk: None, kind, locale });
                @let (text, loud) = match (own, desk.is_some() && general) {
                    (true, _) => (words.t("admin-letter-own"), true),
                    (false, true) => (words.t("admin-letter-shared"), false),
                    (false, false) => (words.t("admin-letter-built-in"), false),
                };
                td { a.loud[loud] href=(urls::template(kind.word(), locale.tag(), desk.map(|(_, key, _)| key)))
                    aria-label=(words.with("admin-letter-edit-named", &[("kind", &kind_name(kind, words)), ("desk", &name), ("language", &locale.own_name()), ("state", &text)])) { (text) } }
            }
        }
    }
}

#[derive(Debug, Default, Deserialize)]
pub(super) struct Asked {
    kind: Option<String>,
    locale: Option<String>,
    desk: Option<String>,
}

fn place(settings: &Settings, kind: &str, locale: &str, desk: &str) -> Result<Place> {
    let desk = match desk {
        "" => None,
        word => Some(settings.desk_called(word).ok_or(Refusal::NotFound)?.id),
    };
    let locale = Locale::ALL.into_iter().find(|known| known.tag() == locale).ok_or(Refusal::NotFound)?;
    Ok(Place { desk, kind: LetterKind::by_word(kind).ok_or(Refusal::NotFound)?, locale })
}

fn posted_place(settings: &Settings, posted: &Posted) -> Result<Place> {
    place(settings, posted.one("kind"), posted.one("locale"), posted.one("desk"))
}

/// The words in use at a place: its own, else those of every desk, else those that came with the program.
struct Known {
    place: Place,
    source: Source,
    own: bool,
    version: i64,
}

async fn known(visit: &Visit, place: Place) -> Result<Known> {
    visit
        .read(move |db, _| {
            let (own, version) = (rows::at(db, place)?, rows::version(db, place)?);
            let is_own = own.is_some();
            let general = if is_own { None } else { rows::at(db, Place { desk: None, ..place })? };
            let source = match own.or(general) {
                Some(source) => Some(source),
                None => built_in(place.kind, place.locale)?,
            };
            Ok(Known { place, source: source.ok_or(Refusal::NotFound)?, own: is_own, version })
        })
        .await
}

fn values_of(known: &Known, settings: &Settings) -> Posted {
    let desk = known.place.desk.and_then(|id| settings.desk(id)).map_or("", |desk| desk.key.as_str());
    Posted::default()
        .with("version", known.version)
        .with("kind", known.place.kind.word())
        .with("locale", known.place.locale.tag())
        .with("desk", desk)
        .with("subject", &known.source.subject)
        .with("text", known.source.text.as_deref().unwrap_or_default())
        .with("html", known.source.html.as_deref().unwrap_or_default())
}

fn source_of(posted: &Posted) -> Source {
    // Browsers send line breaks as CRLF; a template has plain ones.
    let text = |name: &str| Some(posted.one(name).replace("\r\n", "\n")).filter(|text| !text.trim().is_empty());
    Source { subject: posted.one("subject").to_owned(), text: text("text"), html: text("html") }
}

/// A letter filled with what was typed, or why it cannot be.
enum Sample {
    Letter { subject: String, text: String },
    Broken(String),
}

async fn sampled(visit: &Visit, place: Place, source: Source, ticket: &str) -> Result<Sample> {
    let (actor, settings, ticket) = (visit.actor(), visit.desk.settings(), ticket.trim().to_owned());
    let desk_name = place.desk.and_then(|id| settings.desk(id)).map(|desk| desk.name.clone());
    let values: Values =
        if ticket.is_empty() { sample() } else { visit.read(move |db, settings| of_ticket(db, settings, &actor, &ticket)).await? };
    let values = Values { desk: desk_name.unwrap_or_else(|| values.desk.clone()), ..values };
    match filled(place, &source, values) {
        Ok(letter) => Ok(Sample::Letter { subject: letter.subject, text: letter.text }),
        Err(error) => Ok(Sample::Broken(Refused::of(error, visit.words())?.first().to_owned())),
    }
}

pub(super) async fn edit(visit: Visit, Query(asked): Query<Asked>) -> ApiResult<Response> {
    let word = |text: &Option<String>| text.clone().unwrap_or_default();
    let settings = visit.desk.settings();
    let known = known(&visit, place(&settings, &word(&asked.kind), &word(&asked.locale), &word(&asked.desk))?).await?;
    let values = values_of(&known, &settings);
    let sample = sampled(&visit, known.place, known.source.clone(), "").await?;
    let form = Form::new(&visit.frame, &values, visit.may_change());
    Ok(Visit::html(&edit_page(&visit, &known, &form, &sample)))
}

pub(super) async fn save(visit: Visit, posted: Posted) -> ApiResult<Response> {
    let place = posted_place(&visit.desk.settings(), &posted)?;
    let command = SaveTemplate { place, expected_version: posted.version(), source: source_of(&posted) };
    match visit.run(command).await {
        Ok(()) => Ok(Visit::told(&urls::template(posted.one("kind"), posted.one("locale"), Some(posted.one("desk"))), "saved")),
        Err(error) => {
            let refused = Refused::of(error, visit.words())?;
            let known = known(&visit, place).await?;
            let now = values_of(&known, &visit.desk.settings());
            let sample = sampled(&visit, place, source_of(&posted), "").await?;
            let form =
                Form::new(&visit.frame, &posted, visit.may_change()).refused(Some(&refused), Some(&now).filter(|_| refused.is_stale()));
            Ok(refused.response(&edit_page(&visit, &known, &form, &sample)))
        }
    }
}

/// The page with the letter as it would go out; nothing is saved.
pub(super) async fn preview(visit: Visit, posted: Posted) -> ApiResult<Response> {
    let place = posted_place(&visit.desk.settings(), &posted)?;
    let known = known(&visit, place).await?;
    let problem = match filled(place, &source_of(&posted), sample()) {
        Ok(_) => None,
        Err(error) => Some(Refused::of(error, visit.words())?),
    };
    let shown = sampled(&visit, place, source_of(&posted), posted.one("ticket")).await?;
    let form = Form::new(&visit.frame, &posted, visit.may_change()).refused(problem.as_ref(), None);
    Ok(Visit::html(&edit_page(&visit, &known, &form, &shown)))
}

pub(super) async fn reset(visit: Visit, posted: Posted) -> ApiResult<Response> {
    let place = posted_place(&visit.desk.settings(), &posted)?;
    visit.run(RemoveTemplate(place)).await?;
    Ok(Visit::told(&urls::template(posted.one("kind"), posted.one("locale"), Some(posted.one("desk"))), "letter-reset"))
}

fn edit_page(visit: &Visit, known: &Known, form: &Form<'_>, sample: &Sample) -> Markup {
    let (frame, words, settings) = (&visit.frame, visit.words(), visit.desk.settings());
    let place = known.place;
    let desk = place.desk.and_then(|id| settings.desk(id)).map_or_else(|| words.t("admin-letter-every-desk"), |desk| desk.name.clone());
    let head = Head {
        title: kind_name(place.kind, words),
        about: Some(words.with("admin-letter-place", &[("desk", &desk), ("language", &place.locale.own_name())])),
        marks: html! { @if known.own { (chip(&words.t("admin-letter-own"), "ours")) } @else { (chip(&words.t("admin-letter-default"), "")) } },
        end: html! { @if known.own && visit.may_change() { (reset_form(known, &settings, frame)) } },
        ..Head::default()
    };
    let controls = html! {
        @for name in ["kind", "locale", "desk"] { input type="hidden" name=(name) value=(form.value(name)); }
        (form.line(&Ask::new("subject", words.t("admin-letter-subject")).required()))
        (form.area(&Ask::new("text", words.t("admin-letter-text")).help(words.t("admin-letter-text-help")), 12))
        details.unfold open[form.asks("html")] {
            summary { (words.t("admin-letter-html")) }
            (form.area(&Ask::new("html", words.t("admin-letter-html-label")).help(words.t("admin-letter-html-help")), 8))
        }
        (names(place.kind, words))
        (form.line(&Ask::new("ticket", words.t("admin-letter-ticket")).help(words.t("admin-letter-ticket-help"))))
        @if form.is_open() {
            div.form-end {
                button.button.primary.large type="submit" { (words.t("admin-save")) }
                button.button.large type="submit" formaction=(urls::TEMPLATE_PREVIEW) { (words.t("admin-letter-preview")) }
            }
        }
    };
    let content = html! {
        div.letter-edit {
            div data-effect=(urls::TEMPLATE_PREVIEW) data-effect-into="letter" { (form.around(urls::TEMPLATE, &controls)) }
            section.letter id="letter" role="status" aria-label=(words.t("admin-letter-preview")) { (letter(sample, place, words)) }
        }
    };
    record_page(frame, "mail-templates", &head, &content)
}

fn letter(sample: &Sample, place: Place, words: &Words) -> Markup {
    match sample {
        Sample::Broken(why) => {
            html! { p.banner.refused { (icon("circle-alert")) span { (words.t("admin-letter-broken")) " " b { (why) } } } }
        }
        Sample::Letter { subject, text } => html! {
            p.quiet { (words.t("admin-letter-sample")) }
            div.letter-sheet lang=(place.locale.tag()) { h2 { (subject) } pre { (text) } }
        },
    }
}

/// What can be named, with what each stands for. A kind of letter knows only some of them.
fn names(kind: LetterKind, words: &Words) -> Markup {
    let meaning = |name: &str| match name {
        "number" => words.t("admin-value-number"),
        "title" => words.t("admin-value-title"),
        "desk" => words.t("admin-value-desk"),
        "agent" => words.t("admin-value-agent"),
        "requester" => words.t("admin-value-requester"),
        "link" => words.t("admin-value-link"),
        "text" => words.t("admin-value-text"),
        _ => words.t("admin-value-html"),
    };
    let empty: &[&str] = match kind {
        LetterKind::Acknowledgement => &["title", "agent", "requester", "text", "html"],
        LetterKind::Reply => &[],
        LetterKind::Side => &["number", "requester", "link"],
    };
    html! {
        details.unfold.letter-names {
            summary { (words.t("admin-letter-names")) }
            dl {
                @for name in VALUES.into_iter().filter(|name| !empty.contains(name)) { dt { code { "{{ " (name) " }}" } } dd { (meaning(name)) } }
                dt { code { "{% if link %} … {% endif %}" } } dd { (words.t("admin-value-if")) }
            }
        }
    }
}

fn reset_form(known: &Known, settings: &Settings, frame: &Frame) -> Markup {
    let desk = known.place.desk.and_then(|id| settings.desk(id)).map_or("", |desk| desk.key.as_str());
    html! {
        form.one-button method="post" action=(urls::TEMPLATE_RESET) {
            (csrf_field(frame))
            input type="hidden" name="kind" value=(known.place.kind.word());
            input type="hidden" name="locale" value=(known.place.locale.tag());
            input type="hidden" name="desk" value=(desk);
            button.button type="submit" { (icon("undo-2")) (frame.words.t("admin-letter-reset")) }
        }
    }
}
