//! What is done with lists: how they look, edits of several tickets, taking an edit back, marks of what was read.

use axum::extract::{Form, Path, Query};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use desk::bulk::{BulkEdit, api::apply};
use desk::seen::MarkSeen;
use desk::ticket::{self, Priority};
use desk::undoing::{self, Outcome, Refused, UndoneTicket};
use kernel::Refusal;
use people::preference::lists::ListChoice;
use serde::Deserialize;
use web::components::{Column, Here, Layout, navigation_lists};
use web::{ApiResult, Words, urls};

use super::happened::Names;
use super::place::Place;
use super::{Asked, Patience, Shared, Visit, html, visit};
use crate::pages::field_name;
use crate::pages::lists::{Grouping, Order, Shape};

/// Most refusals that one sentence tells; the rest are counted.
const TOLD_MAX: usize = 3;

/// A form whose fields may come more than once.
pub(super) struct Fields(pub(super) Vec<(String, String)>);

impl Fields {
    pub(super) fn one(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }
    pub(super) fn all(&self, name: &str) -> Vec<String> {
        self.0.iter().filter(|(known, _)| known == name).map(|(_, value)| value.clone()).collect()
    }
    /// Everything that stands for what is meant, to be sent once more.
    pub(super) fn again(&self) -> Vec<(String, String)> {
        self.0.iter().filter(|(name, _)| !matches!(name.as_str(), "csrf" | "mails")).cloned().collect()
    }
    pub(super) fn back(&self) -> String {
        urls::back_or(self.one("back"), urls::DESK).to_owned()
    }
}

/// Chooses columns, widths, order, groups and layout: one of them at a time.
pub(super) async fn choose(parts: Shared, Form(fields): Form<Vec<(String, String)>>) -> ApiResult<Response> {
    let (visit, fields) = (visit(parts, urls::lists::CHOOSE), Fields(fields));
    visit.caller.check_form(fields.one("csrf").unwrap_or_default())?;
    let mut back = fields.back();
    if fields.one("layout").is_some() {
        // What was chosen counts from here on, not what the address asked for.
        back = urls::lists::unshaped(&back);
    }
    let list = urls::back_or(fields.one("list"), urls::DESK).to_owned();
    visit
        .desk
        .prefer(&visit.caller.actor(), move |preferences| {
            if let Some(layout) = fields.one("layout") {
                preferences.lists.full = if Shape::find(layout).is_some() { preferences.lists.full } else { layout == Layout::Full.word() };
            }
            let is_saved = Place::saved_at(&list).is_some();
            preferences.lists.change(&list, |choice| change(choice, &fields, is_saved));
        })
        .await?;
    Ok(Redirect::to(&back).into_response())
}

fn change(choice: &mut ListChoice, fields: &Fields, is_saved: bool) {
    let whole = |word: Option<&str>| if word == Some(Layout::Full.word()) { Layout::Full } else { Layout::Split };
    if fields.one("reset").is_some() {
        *choice = ListChoice::default();
        return;
    }
    if let Some(sort) = fields.one("sort").and_then(Order::find) {
        // A saved view may come in another order than lists do: the usual one is then a choice, too.
        choice.sort = fields.one("sort").filter(|_| is_saved || sort != Order::default()).map(str::to_owned);
        // Within groups of a long list only the last change is quick: who asks for another order asks for no groups.
        if sort.column != Column::Updated {
            choice.group = Some("none".to_owned());
        }
    }
    if let Some(group) = fields.one("group") {
        choice.group = Some(Grouping::find(group).map_or("none", Grouping::word).to_owned());
        choice.sort = None;
    }
    if let Some(layout) = fields.one("layout") {
        // A saved view may come as a board: rows are then a choice, too.
        choice.shape = Shape::find(layout).or(is_saved.then_some(Shape::List)).map(|shape| shape.word().to_owned());
    }
    if let Some(by) = fields.one("board").and_then(Grouping::find) {
        choice.board = Some(by.word().to_owned());
    }
    if let Some(date) = fields.one("date").filter(|word| word.len() <= 64) {
        choice.date = Some(date.to_owned());
    }
    if let Some(layout) = fields.one("columns") {
        let names = Column::ALL.into_iter().filter(|column| fields.all("column").iter().any(|name| name == column.id()));
        let names = Some(names.map(|column| column.id().to_owned()).collect());
        if whole(Some(layout)) == Layout::Full { choice.full = names } else { choice.split = names }
    }
    if let Some((column, units)) = fields.one("width").and_then(|text| text.split_once(':'))
        && let (Some(column), Ok(units)) = (Column::find(column), units.parse::<u16>())
    {
        let layout = whole(fields.one("of"));
        choice.widths.insert(format!("{}.{}", layout.word(), column.id()), units.clamp(*Column::UNITS.start(), *Column::UNITS.end()));
    }
    // A group is named as the page names it, at most: the list of what is folded cannot grow beyond what there is.
    if let Some(group) = fields.one("fold").filter(|group| group.len() <= 40 && choice.folded.len() < 200) {
        choice.folded.retain(|known| known != group);
        choice.folded.push(group.to_owned());
    }
    if let Some(group) = fields.one("unfold") {
        choice.folded.retain(|known| known != group);
    }
}

/// One edit for the tickets that are picked.
pub(super) async fn bulk(parts: Shared, Form(fields): Form<Vec<(String, String)>>) -> ApiResult<Response> {
    let (visit, fields) = (visit(parts, urls::lists::BULK), Fields(fields));
    visit.caller.check_form(fields.one("csrf").unwrap_or_default())?;
    if super::bulk::is_for_many(&fields) {
        return super::bulk::look(&visit, &fields).await;
    }
    let edit = edit(&fields, &visit.frame.words)?;
    let done = apply(&visit.desk, &visit.caller.actor(), fields.all("pick"), edit, &visit.frame.words).await?;
    let step = done.step.to_string();
    Ok(Redirect::to(&urls::with_query(&fields.back(), &[("told", "bulk"), ("step", &step)])).into_response())
}

/// What the button that was pressed stands for. An empty value means nobody, or none.
pub(super) fn edit(fields: &Fields, words: &Words) -> Result<BulkEdit, Refusal> {
    fn id<T: std::str::FromStr>(text: &str) -> Result<Option<T>, Refusal> {
        if text.is_empty() { Ok(None) } else { text.parse().map(Some).map_err(|_| Refusal::NotFound) }
    }
    if let Some(agent) = fields.one("assignee") {
        return Ok(BulkEdit::Assignee(id(agent)?));
    }
    if let Some(team) = fields.one("team") {
        return Ok(BulkEdit::Team(id(team)?));
    }
    if let Some(status) = fields.one("status") {
        return Ok(BulkEdit::Status(status.to_owned()));
    }
    if let Some(turn) = fields.one("turn") {
        return Ok(BulkEdit::Turn(turn.to_owned()));
    }
    if let Some(word) = fields.one("priority") {
        let reason = fields.one("reason").map(str::trim).filter(|reason| !reason.is_empty()).map(str::to_owned);
        return Ok(BulkEdit::Priority(Priority::by_word(word).ok_or(Refusal::NotFound)?, reason));
    }
    match fields.one("snooze") {
        Some("reply") => return Ok(BulkEdit::Snooze(None)),
        Some(_) => return snoozed(fields.one("until").unwrap_or_default(), words),
        None => {}
    }
    if let Some(unread) = fields.one("unread") {
        return Ok(BulkEdit::Unread(unread == "1"));
    }
    line(fields, words)
}

fn snoozed(until: &str, words: &Words) -> Result<BulkEdit, Refusal> {
    let bad = || Refusal::invalid("until", kernel::Message::new("error-snooze-until"));
    Ok(BulkEdit::Snooze(Some(words.chosen(until).ok_or_else(bad)?)))
}

/// What the lines stand for: with the buttons beside the tags, and with none when Enter was pressed in one of them.
fn line(fields: &Fields, words: &Words) -> Result<BulkEdit, Refusal> {
    let written = |name: &str| fields.one(name).map(str::trim).filter(|text| !text.is_empty());
    if fields.one("tagging").is_none() {
        match (written("until"), written("reason"), written("tags")) {
            (Some(until), None, None) => return snoozed(until, words),
            (None, None, _) => {}
            _ => return Err(Refusal::invalid("tags", kernel::Message::new("error-mending-press"))),
        }
    }
    let tags: Vec<String> = fields
        .one("tags")
        .unwrap_or_default()
        .split(|c: char| c.is_whitespace() || c == ',')
        .filter(|tag| !tag.is_empty())
        .map(str::to_lowercase)
        .collect();
    if tags.is_empty() {
        return Err(Refusal::invalid("tags", kernel::Message::new("error-needed")));
    }
    Ok(match fields.one("tagging") {
        Some("remove") => BulkEdit::Tags { add: Vec::new(), remove: tags },
        _ => BulkEdit::Tags { add: tags, remove: Vec::new() },
    })
}

/// Takes an edit back.
pub(super) async fn undo(parts: Shared, Path(step): Path<i64>, Form(fields): Form<Vec<(String, String)>>) -> ApiResult<Response> {
    let (visit, fields) = (visit(parts, urls::DESK), Fields(fields));
    visit.caller.check_form(fields.one("csrf").unwrap_or_default())?;
    let undone = undoing::api::take_back(&visit.desk, &visit.caller.actor(), step).await?;
    let outcome = told_of(&visit, undone).await?;
    visit.desk.execute(&visit.caller.actor(), undoing::TellOutcome { step, outcome }).await?;
    Ok(Redirect::to(&urls::with_query(&fields.back(), &[("told", "undone"), ("step", &step.to_string())])).into_response())
}

/// What became of it: what stayed is told field by field, with whose value it is now.
async fn told_of(visit: &Visit, undone: Vec<UndoneTicket>) -> ApiResult<Outcome> {
    let people = undone.iter().flat_map(|ticket| &ticket.kept).filter_map(|kept| kept.by).collect::<Vec<_>>();
    let names = visit.read(move |db, settings, _| Names::read(db, settings, &people)).await?;
    let words = &visit.frame.words;
    let changed = undone.iter().filter(|ticket| !ticket.back.is_empty()).count();
    let line = |ticket: &UndoneTicket, kept: &undoing::Kept| Refused {
        number: ticket.number.clone(),
        why: kept_line(&kept.field, kept.by, &names, words),
    };
    let refused = undone.iter().flat_map(|ticket| ticket.kept.iter().map(move |kept| (ticket, kept)));
    Ok(Outcome { changed, unchanged: 0, refused: refused.map(|(ticket, kept)| line(ticket, kept)).collect() })
}

/// Why a field was not put back.
pub(super) fn kept_line(field: &str, by: Option<kernel::PersonId>, names: &Names, words: &Words) -> String {
    let field = match field {
        "status" => words.t("property-status"),
        "snooze" => words.t("bulk-snooze"),
        "links" => words.t("context-links"),
        "tasks" => words.t("tasks-title"),
        "participants" => words.t("context-participants"),
        "reply" => words.t("composer-reply"),
        own => field_name(own, words),
    };
    match by.map(|id| names.of(id)).filter(|name| !name.is_empty()) {
        Some(by) => words.with("undo-kept-by", &[("field", &field), ("by", &by)]),
        None => words.with("undo-kept", &[("field", &field)]),
    }
}

/// What is told of a step, and whether it can be taken back: only to whoever made it.
pub(super) async fn told(visit: &Visit, key: &str, step: i64) -> ApiResult<Option<(String, bool)>> {
    let found = visit.read(move |db, _, _| undoing::rows::by_id(db, step)).await?;
    let Some(step) = found.filter(|step| Some(step.person) == visit.caller.actor().person()) else { return Ok(None) };
    let words = &visit.frame.words;
    let text = match key {
        "bulk" => sentence(words.with("bulk-changed", &[("n", &step.outcome.changed)]), &step.outcome, words),
        "undone" if step.outcome.refused.is_empty() => words.with("undo-done", &[("n", &step.outcome.changed)]),
        "undone" => sentence(words.with("undo-done", &[("n", &step.outcome.changed)]), &step.outcome, words),
        other => match super::actions::told(other, words) {
            Some(text) => text,
            None => return Ok(None),
        },
    };
    Ok(Some((text, key != "undone" && !step.undone && !step.facts.is_empty())))
}

fn sentence(first: String, outcome: &Outcome, words: &Words) -> String {
    let mut said = vec![first];
    if outcome.unchanged > 0 {
        said.push(words.with("bulk-unchanged", &[("n", &outcome.unchanged)]));
    }
    if !outcome.refused.is_empty() {
        let lines: Vec<String> = outcome.refused.iter().take(TOLD_MAX).map(|one| format!("{}: {}", one.number, one.why)).collect();
        said.push(words.with("bulk-stayed", &[("n", &outcome.refused.len())]));
        said.extend(lines);
    }
    said.join(" ")
}

/// Marks a ticket as read, up to what was shown, or as unread.
#[derive(Debug, Deserialize)]
pub(super) struct SeenForm {
    csrf: String,
    unread: Option<String>,
    up_to: Option<i64>,
}

pub(super) async fn seen(parts: Shared, Path(number): Path<String>, Form(form): Form<SeenForm>) -> ApiResult<StatusCode> {
    let visit = visit(parts, &urls::ticket(&number));
    visit.caller.check_form(&form.csrf)?;
    let found = visit.read(move |db, _, actor| ticket::visible(db, actor, &number)).await?;
    let mark = MarkSeen { ticket: found.id, up_to: form.up_to, unread: form.unread.is_some() };
    visit.desk.execute(&visit.caller.actor(), mark).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// The lists at the side, for their figures.
pub(super) async fn navigation(parts: Shared, Query(_): Query<Asked>) -> ApiResult<Response> {
    let visit = visit(parts, urls::DESK);
    let frame = visit.framed_with(Here::Elsewhere, Patience::ForAll).await?;
    let lists = frame.nav.as_ref().map(|nav| navigation_lists(nav, &frame)).unwrap_or_default();
    Ok(html(&maud::html! { div.navigation-lists { (lists) } }))
}
