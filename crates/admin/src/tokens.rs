//! Whose programs may knock.

use axum::extract::{Path, Query};
use axum::response::Response;
use kernel::limits::PAGE_ROWS;
use kernel::{Refusal, TokenId};
use maud::{Markup, html};
use people::token::RevokeToken;
use people::token::rows::{self, TokenLine};
use serde::Deserialize;
use web::components::{Face, Frame, avatar, csrf_field, icon};
use web::urls::{admin as urls, back_or, with_query};
use web::{ApiResult, Cursor};

use crate::{Posted, Visit, page as around};

#[derive(Debug, Default, Deserialize)]
pub(crate) struct Asked {
    cursor: Option<String>,
}

pub(crate) async fn page(visit: Visit, Query(asked): Query<Asked>) -> ApiResult<Response> {
    let before: i64 = asked.cursor.as_deref().map(Cursor::decode).transpose()?.unwrap_or(i64::MAX);
    let mut found = visit.read(move |db, _| rows::live(db, None, before, PAGE_ROWS + 1)).await?;
    let more = found.len() > PAGE_ROWS;
    found.truncate(PAGE_ROWS);
    let next = found.last().filter(|_| more).map(|last| with_query(urls::TOKENS, &[("cursor", &Cursor::encode(&last.id.get()))]));
    Ok(Visit::html(&around(&visit.frame, "tokens", &html! {}, &table(&visit, &found, next.as_deref()))))
}

pub(crate) async fn revoke(visit: Visit, Path(id): Path<String>, posted: Posted) -> ApiResult<Response> {
    let id: TokenId = id.parse().map_err(|_| Refusal::NotFound)?;
    visit.run(RevokeToken(id)).await?;
    Ok(Visit::told(back_or(posted.filled("back"), urls::TOKENS), "revoked"))
}

fn table(visit: &Visit, found: &[TokenLine], next: Option<&str>) -> Markup {
    let (frame, words) = (&visit.frame, visit.words());
    if found.is_empty() {
        return html! { p.settings-none { (words.t("admin-tokens-none")) } };
    }
    html! {
        table.table.list-table {
            thead { tr {
                th scope="col" { (words.t("admin-token-name")) }
                th scope="col" { (words.t("admin-token-of")) }
                th scope="col" { span.hidden-label { (words.t("admin-actions")) } }
            } }
            tbody {
                @for token in found {
                    tr {
                        th scope="row" { (token.name) small { (times(token, frame)) } }
                        td { div.person { (avatar(token.person, &token.person_name, Face::Small)) div { a href=(urls::person(token.person)) { (token.person_name) } } } }
                        td.cell-end { @if visit.may_change() { (revoke_button(token, urls::TOKENS, frame)) } }
                    }
                }
            }
        }
        @if let Some(next) = next { p.list-more { a.button href=(next) { (words.t("admin-next-page")) (icon("arrow-right")) } } }
    }
}

/// When it was made, and when it was used last.
pub(crate) fn times(token: &TokenLine, frame: &Frame) -> String {
    let words = &frame.words;
    let made = words.date(token.created_at);
    match token.used_at {
        Some(used) => words.with("admin-token-used", &[("made", &made), ("used", &words.moment(used, frame.now))]),
        None => words.with("admin-token-unused", &[("made", &made)]),
    }
}

/// Ends the token and comes back.
pub(crate) fn revoke_button(token: &TokenLine, back: &str, frame: &Frame) -> Markup {
    let words = &frame.words;
    let label = words.with("admin-token-revoke-named", &[("name", &token.name)]);
    html! {
        form.one-button method="post" action=(urls::token_revoke(token.id)) {
            (csrf_field(frame))
            input type="hidden" name="back" value=(back);
            button.button.danger type="submit" aria-label=(label) { (words.t("admin-token-revoke")) }
        }
    }
}
