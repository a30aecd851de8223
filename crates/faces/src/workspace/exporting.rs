//! A list as a file, with the columns that its reader sees and in their words; and how far it is.

use std::sync::Arc;

use axum::Router;
use axum::extract::{Path, Query};
use axum::response::Response;
use axum::routing::get;
use desk::exporting::{Cell, CellOf, Export, Exporter, Format, cell};
use desk::ticket::view::TicketView;
use kernel::{Refusal, Stamp};
use people::ServiceDesk;
use web::components::{Column, Priority, Turn, column_name, kind_name, priority_name, status_name, turn_name};
use web::{ApiResult, Words, urls};

use super::{Asked, Shared, html, listing, visit};
use crate::pages::words::channel_name;

/// The routes of this file.
pub(super) fn routes() -> Router<ServiceDesk> {
    Router::new().route("/desk/export", get(export)).route("/desk/fragments/exports/{id}", get(progress))
}

/// What stands in a column, as the list shows it; times as spreadsheets read them, in the reader's zone.
fn in_words(words: Words) -> CellOf {
    Arc::new(move |ticket: &TicketView, column: &str| {
        let time = |at: Option<&str>| at.and_then(Stamp::parse).map(|at| words.sortable(at)).unwrap_or_default();
        let text = match Column::find(column) {
            Some(Column::Status) => status_name(&ticket.status, &words),
            Some(Column::Turn) => Turn::find(&ticket.turn).map(|turn| turn_name(turn, &words)).unwrap_or_default(),
            Some(Column::Priority) => Priority::find(&ticket.priority).map(|one| priority_name(one, &words)).unwrap_or_default(),
            Some(Column::Kind) => kind_name(&ticket.kind, &words),
            Some(Column::Channel) => channel_name(&ticket.channel, &words),
            Some(Column::Created) => time(Some(&ticket.created_at)),
            Some(Column::FirstReply) => time(ticket.first_reply_at.as_deref()),
            Some(Column::Updated) => time(Some(&ticket.updated_at)),
            _ => return cell(ticket, column),
        };
        Cell::Text(text)
    })
}

async fn export(parts: Shared, Query(asked): Query<Asked>) -> ApiResult<Response> {
    let visit = visit(parts, urls::exporting::EXPORT);
    let format = asked.format.as_deref().and_then(Format::find).ok_or(Refusal::NotFound)?;
    let (place, at) = visit.place_of(asked.list.as_deref()).await?;
    let mut choices = visit.caller.identity.preferences.lists.clone();
    // Beside a ticket a list has room for little: a file is as wide as the wide list.
    choices.full = true;
    let look = listing::look(&place, &choices, false);
    let columns: Vec<Column> = look.heads.iter().map(|head| head.column).collect();
    let words = visit.frame.words.clone();
    let export = Export {
        within: place.query().to_owned(),
        query: at.query.unwrap_or_default(),
        sort: None,
        format,
        heads: columns.iter().map(|column| column_name(*column, &words)).collect(),
        columns: columns.iter().map(|column| column.id().to_owned()).collect(),
        cell: in_words(words),
    };
    let exporter = Exporter { actor: visit.caller.actor(), desk: visit.desk, kept: visit.shared.kept, exports: visit.shared.exports };
    Ok(exporter.start(export, asked.id).await?)
}

/// How far it is, in words; nothing for an export that is not the reader's, or not known any more.
async fn progress(parts: Shared, Path(id): Path<String>) -> ApiResult<Response> {
    let visit = visit(parts, urls::exporting::PROGRESS);
    let found = visit.shared.exports.progress(&id, visit.caller.actor().person()).ok_or(Refusal::NotFound)?;
    let words = &visit.frame.words;
    let number = |n: u64| words.number(i64::try_from(n).unwrap_or(i64::MAX));
    let said = match found.over {
        None => words.with("export-progress", &[("n", &number(found.done)), ("total", &number(found.total))]),
        Some(true) => words.with("export-done", &[("n", &found.done)]),
        Some(false) => words.t("export-broken"),
    };
    let over = found.over.map(|whole| if whole { "whole" } else { "broken" });
    Ok(html(&maud::html! { p data-export-said data-over=[over] { (said) } }))
}
