//! Boards and calendars: the same lists in columns, or by the days of a month.

use std::collections::HashSet;

use axum::extract::{Form, Query};
use axum::response::{IntoResponse, Redirect, Response};
use desk::bulk::{BulkEdit, api::apply};
use desk::lists::cells::{self, Cell};
use desk::lists::groups::Group;
use desk::lists::{self, ListRequest};
use desk::views::{DATES, custom_dates};
use kernel::{Actor, Refusal, Result};
use people::Settings;
use people::preference::lists::ListChoices;
use store::Db;
use web::components::Frame;
use web::{ApiResult, Words, urls};

use super::inbox::{Part, Wanted};
use super::listing::{self, Shown};
use super::lists::{Fields, edit};
use super::place::{Place, Shaped};
use super::{Asked, Shared, html, visit};
use crate::pages::lists::{Cut, DateField, Grouping, Shape};
use crate::pages::shapes::shape_fragment;

/// Cards of a column; the rest is a click away, as a list.
const CARDS: usize = 20;
/// Tickets of a day.
const ON_A_DAY: usize = 4;

/// How a list is cut for its reader; none where it is shown row by row.
pub(super) fn cut(place: &Place, choices: &ListChoices, (settings, shaped): (&Settings, &Shaped), frame: &Frame) -> Option<Cut> {
    let chosen = choices.of(place.path());
    let words = &frame.words;
    let asked = shaped.shape.as_deref().and_then(Shape::find);
    match asked.or_else(|| chosen.shape.as_deref().and_then(Shape::find)).unwrap_or_else(|| place.shape()) {
        Shape::List => None,
        Shape::Board => {
            let choices = place.boards();
            let known = |word: &str| Grouping::find(word).filter(|by| choices.contains(by));
            let own = || place.grouping().filter(|by| choices.contains(by));
            let by = chosen.board.as_deref().and_then(known).or_else(own).or_else(|| choices.first().copied()).unwrap_or(Grouping::Turn);
            Some(Cut::Board { by, choices })
        }
        Shape::Calendar => {
            let choices = dates(settings, words);
            let known = |word: &str| choices.iter().find(|date| date.word == word).cloned();
            let by =
                chosen.date.as_deref().and_then(known).or_else(|| place.date().and_then(known)).or_else(|| choices.first().cloned())?;
            Some(Cut::Calendar { by, choices, month: Box::new(words.month(shaped.month.as_deref(), frame.now)) })
        }
    }
}

/// Dates that place tickets in a calendar.
pub(super) fn dates(settings: &Settings, words: &Words) -> Vec<DateField> {
    let own = DATES.map(|word| DateField {
        word: word.to_owned(),
        name: match word {
            "created" => words.t("list-column-created"),
            "updated" => words.t("column-updated"),
            "resolved" => words.t("query-label-resolved"),
            _ => words.t("query-label-closed"),
        },
    });
    let custom = custom_dates(settings).map(|field| DateField { word: field.key.clone(), name: field.label_in(words.locale()).to_owned() });
    own.into_iter().chain(custom).collect()
}

/// The month in the address of a calendar that shows another than this one.
pub(super) fn place(wanted: &Wanted) -> Option<(&'static str, String)> {
    match &wanted.cut {
        Some(Cut::Calendar { month, .. }) if !month.is_now => Some(("month", month.word.clone())),
        _ => None,
    }
}

/// The cells of a shape, with their counts and the tickets at their top.
pub(super) fn cells(db: &mut Db<'_>, (settings, actor): (&Settings, &Actor), wanted: &Wanted, cut: &Cut) -> Result<Vec<Part>> {
    match cut {
        Cut::Board { by, .. } => columns(db, (settings, actor), wanted, *by),
        Cut::Calendar { by, month, .. } => {
            // A day without a time cannot be sorted by: what changed last is first.
            let sort = if DATES.contains(&by.word.as_str()) { by.word.clone() } else { "-updated".to_owned() };
            let day = |date: &str| Group { id: date.to_owned(), query: format!("{}:{date}", by.word), folded: false };
            let days: Vec<Group> = month.days.iter().map(|day_of| day(&day_of.date)).collect();
            let read = read(db, (settings, actor), wanted, (&sort, ON_A_DAY), &days)?;
            Ok(read.into_iter().map(|cell| part(cell, None)).collect())
        }
    }
}

fn part(cell: Cell, shown: Option<&Shown>) -> Part {
    Part { head: shown.map(|shown| shown.head.clone()), group: cell.group, count: Some(cell.count), folded: false, tickets: cell.tickets }
}

fn read(
    db: &mut Db<'_>,
    (settings, actor): (&Settings, &Actor),
    wanted: &Wanted,
    (sort, limit): (&str, usize),
    groups: &[Group],
) -> Result<Vec<Cell>> {
    let request = ListRequest {
        query: wanted.query.clone(),
        within: wanted.place.query().to_owned(),
        sort: (!wanted.names_order()).then(|| sort.to_owned()),
        limit,
        ..ListRequest::default()
    };
    // What was typed is told before any column is looked at.
    lists::checked(db, settings, actor, &wanted.query, "q")?;
    lists::checked(db, settings, actor, wanted.place.query(), "q")?;
    cells::cells(db, (settings, actor), &wanted.kept, &request, groups)
}

fn columns(db: &mut Db<'_>, (settings, actor): (&Settings, &Actor), wanted: &Wanted, by: Grouping) -> Result<Vec<Part>> {
    let shown = listing::groups(by, &wanted.place, settings, actor);
    let groups: Vec<Group> = shown.iter().map(|one| one.group.clone()).collect();
    let order = wanted.place.order().filter(|order| order.column.sort().is_some_and(|field| matches!(field, "updated" | "created")));
    let sort = order.map_or_else(|| "-updated".to_owned(), |order| order.word());
    let cells = read(db, (settings, actor), wanted, (&sort, CARDS), &groups)?;
    let kinds: HashSet<String> = cells.iter().flat_map(|cell| &cell.tickets).map(|ticket| ticket.kind.clone()).collect();
    let is_shown =
        |cell: &Cell| by != Grouping::Status || cell.count > 0 || is_of_use(settings, &kinds, cell.group.trim_start_matches("status:"));
    let columns = cells.into_iter().zip(&shown).filter(|(cell, _)| is_shown(cell));
    Ok(columns.map(|(cell, shown)| part(cell, Some(shown))).collect())
}

/// An empty column is there to move tickets into: a status that the tickets of the board can be in. Of those that end a ticket `resolved` is
/// enough.
fn is_of_use(settings: &Settings, kinds: &HashSet<String>, status: &str) -> bool {
    let known = || kinds.iter().filter_map(|kind| settings.practices.get(kind)).filter_map(|practice| practice.status(status));
    status == "resolved" || known().any(|status| status.turn != "done")
}

/// A board or a calendar alone.
pub(super) async fn fragment(parts: Shared, Query(asked): Query<Asked>) -> ApiResult<Response> {
    let visit = visit(parts, urls::DESK);
    let (place, at) = visit.place_of(asked.list.as_deref()).await?;
    let list = visit.inbox(&place, at, None).await?;
    Ok(html(&shape_fragment(&list, &visit.frame)))
}

/// Moves tickets into another column: what the column stands for becomes true of them.
pub(super) async fn put(parts: Shared, Form(fields): Form<Vec<(String, String)>>) -> ApiResult<Response> {
    let (visit, fields) = (visit(parts, urls::lists::MOVE), Fields(fields));
    visit.caller.check_form(fields.one("csrf").unwrap_or_default())?;
    let edit = edit_of(fields.one("to").unwrap_or_default(), &visit.frame.words)?;
    let done = apply(&visit.desk, &visit.caller.actor(), fields.all("pick"), edit, &visit.frame.words).await?;
    let told = [("told", "bulk"), ("step", &done.step.to_string())];
    Ok(Redirect::to(&urls::with_query(&fields.back(), &told)).into_response())
}

/// What a column stands for: the edit that the bar for several tickets would make. There nothing chosen means nobody, or none.
fn edit_of(column: &str, words: &Words) -> std::result::Result<BulkEdit, Refusal> {
    let (by, word) = column.split_once(':').ok_or(Refusal::NotFound)?;
    let by = Grouping::find(by).filter(|by| *by != Grouping::Day).ok_or(Refusal::NotFound)?;
    let word = if word == "none" { "" } else { word };
    edit(&Fields(vec![(by.word().to_owned(), word.to_owned())]), words)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_column_says_what_becomes_of_a_ticket_in_it() {
        let edit_of = |column: &str| edit_of(column, &Words::new(kernel::Locale::default(), "UTC"));
        assert_eq!(edit_of("turn:requester").unwrap(), BulkEdit::Turn("requester".to_owned()));
        assert_eq!(edit_of("assignee:none").unwrap(), BulkEdit::Assignee(None));
        assert_eq!(edit_of("team:7").unwrap(), BulkEdit::Team(Some(kernel::TeamId(7))));
        for wrong in ["", "turn", "day:2026-11-21", "priority:urgent", "team:x", "desk:1"] {
            assert!(edit_of(wrong).is_err(), "{wrong}");
        }
    }
}
