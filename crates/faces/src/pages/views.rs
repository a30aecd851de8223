//! Saved views: what is there, in the reader's own order, and the form in which one is saved.

use kernel::ViewId;
use maud::{Markup, html};
use web::components::{
    Choice, Column, Field, Frame, Pane, ViewOwner, chip, column_name, csrf_field, field, icon, navigation_lists, saved_mark, select,
    workspace,
};
use web::{Words, urls};

use super::inbox_tools::order_name;
use super::lists::{DateField, Grouping, Order, Shape};

/// One line of the list of views.
#[derive(Clone, Debug)]
pub(crate) struct ViewRow {
    /// Which.
    pub(crate) id: ViewId,
    /// Its name.
    pub(crate) name: String,
    /// Whose it is.
    pub(crate) owner: ViewOwner,
    /// Whose it is, by name.
    pub(crate) place: String,
    /// What it shows, in words; or why it cannot be read any more.
    pub(crate) says: Result<String, String>,
    /// Whether it is in the reader's navigation.
    pub(crate) shown: bool,
    /// Whether the reader may change it.
    pub(crate) may_write: bool,
}

/// All views that the reader finds.
pub(crate) fn views_page(rows: &[ViewRow], frame: &Frame) -> Markup {
    let words = &frame.words;
    let title = words.t("nav-views");
    let main = html! {
        div.page.place.views-page {
            header.page-head { h1 { (title) } }
            @if let Some(nav) = &frame.nav { div.place-lists { (navigation_lists(nav, frame)) } }
            section.saved-views aria-labelledby="saved-views" {
                header.saved-views-head {
                    h2 id="saved-views" { (words.t("views-saved")) }
                    a.button href=(urls::views::NEW) { (icon("plus")) (words.t("view-new")) }
                }
                @if rows.is_empty() { p.quiet { (words.t("views-none")) } } @else { p.quiet { (words.t("views-about")) } }
                ul.saved-views-list { @for (at, row) in rows.iter().enumerate() { (line(row, (at == 0, at + 1 == rows.len()), frame)) } }
            }
        }
    };
    workspace(frame, &title, Pane::Single, &main)
}

fn line(row: &ViewRow, (first, last): (bool, bool), frame: &Frame) -> Markup {
    let words = &frame.words;
    let (up, down) = (words.with("view-up", &[("name", &row.name)]), words.with("view-down", &[("name", &row.name)]));
    let show = if row.shown { words.with("view-hide", &[("name", &row.name)]) } else { words.with("view-show", &[("name", &row.name)]) };
    let (edit, remove) = (words.with("view-edit-named", &[("name", &row.name)]), words.with("view-remove-named", &[("name", &row.name)]));
    html! {
        li.saved-view.hidden-view[!row.shown] data-view=(row.id) {
            span.saved-view-mark { (saved_mark(row.owner)) }
            div.saved-view-text {
                a href=(urls::views::one(row.id)) { (row.name) } " " (chip(&row.place, ""))
                @match &row.says { Ok(says) => p { (says) }, Err(why) => p.refusal { (icon("circle-alert")) (why) } }
            }
            form.saved-view-place method="post" action=(urls::views::ARRANGE) {
                (csrf_field(frame))
                input type="hidden" name="view" value=(row.id);
                button.button.quiet.square type="submit" name="do" value="up" disabled[first] title=(up) aria-label=(up) { (icon("arrow-up")) }
                button.button.quiet.square type="submit" name="do" value="down" disabled[last] title=(down) aria-label=(down) { (icon("arrow-down")) }
                button.button.quiet.square type="submit" name="do" value=(if row.shown { "hide" } else { "show" }) aria-pressed=(row.shown) title=(show) aria-label=(show) { (icon("eye")) }
            }
            div.saved-view-deeds {
                @if row.may_write {
                    a.button.quiet.square href=(urls::views::edit(row.id)) title=(edit) aria-label=(edit) { (icon("pencil-line")) }
                    form method="post" action=(urls::views::remove(row.id)) {
                        (csrf_field(frame))
                        button.button.quiet.square type="submit" title=(remove) aria-label=(remove) { (icon("trash-2")) }
                    }
                }
            }
        }
    }
}

/// The form of one.
#[derive(Clone, Debug, Default)]
pub(crate) struct ViewForm {
    /// Which; none for a new one.
    pub(crate) id: Option<ViewId>,
    /// The version that the form was made from.
    pub(crate) version: i64,
    /// Its name.
    pub(crate) name: String,
    /// What it shows.
    pub(crate) query: String,
    /// The same in words.
    pub(crate) says: String,
    /// Whose it can be.
    pub(crate) places: Vec<Choice>,
    /// Its columns.
    pub(crate) columns: Vec<Column>,
    /// Its order.
    pub(crate) order: Order,
    /// Its groups.
    pub(crate) group: Option<Grouping>,
    /// Its shape.
    pub(crate) shape: Shape,
    /// The date in its calendar.
    pub(crate) date: Option<String>,
    /// The dates that there are.
    pub(crate) dates: Vec<DateField>,
    /// The list that it was begun from.
    pub(crate) from: Option<String>,
    /// What is wrong, by field.
    pub(crate) refusals: Vec<(String, String)>,
}

/// The page on which a view is saved.
pub(crate) fn view_form(form: &ViewForm, frame: &Frame) -> Markup {
    let words = &frame.words;
    let heading = if form.id.is_some() { words.t("view-edit") } else { words.t("view-new") };
    let refusal = |name: &str| form.refusals.iter().find(|(field, _)| field == name).map(|(_, text)| text.as_str());
    let (name, place, place_help) = (words.t("view-name"), words.t("view-place"), words.t("view-place-help"));
    let (sort, group) = (words.t("list-sort"), words.t("list-group"));
    let (shape, date, date_help) = (words.t("view-shape"), words.t("view-date"), words.t("view-date-help"));
    let back = form.from.clone().or_else(|| form.id.map(urls::views::one)).unwrap_or_else(|| urls::VIEWS.to_owned());
    let main = html! {
        div.page.form-page.view-form {
            header.page-head { h1 { (heading) } p { (words.t("view-form-about")) } }
            form method="post" action=(form.id.map_or_else(|| urls::views::NEW.to_owned(), urls::views::edit)) {
                (csrf_field(frame))
                input type="hidden" name="version" value=(form.version);
                @if let Some(from) = &form.from { input type="hidden" name="from" value=(from); }
                (field(&Field { name: "name", label: &name, value: &form.name, refusal: refusal("name"), required: true, autofocus: true, autocomplete: Some("off"), ..Field::default() }))
                (query_field(form, refusal("query"), words))
                (select(&Field { name: "place", label: &place, help: Some(&place_help), refusal: refusal("place"), ..Field::default() }, &form.places))
                div.field-pair {
                    (select(&Field { name: "sort", label: &sort, refusal: refusal("sort"), ..Field::default() }, &orders(form.order, words)))
                    (select(&Field { name: "group", label: &group, refusal: refusal("group"), ..Field::default() }, &groups(form.group, words)))
                }
                div.field-pair {
                    (select(&Field { name: "shape", label: &shape, refusal: refusal("shape"), ..Field::default() }, &shapes(form.shape, words)))
                    (select(&Field { name: "date", label: &date, help: Some(&date_help), refusal: refusal("date"), ..Field::default() }, &dates(form)))
                }
                fieldset.field {
                    legend { (words.t("list-columns")) }
                    ul.column-boxes {
                        @for column in Column::ALL.into_iter().filter(|column| *column != Column::Subject) {
                            li { label { input type="checkbox" name="column" value=(column.id()) checked[form.columns.contains(&column)]; span { (column_name(column, words)) } } }
                        }
                    }
                }
                div.form-end {
                    button.button.primary type="submit" { (words.t("view-save")) }
                    @if form.id.is_some() { button.button type="submit" name="as" value="new" { (words.t("view-save-new")) } }
                    a.button.quiet href=(back) { (words.t("cancel")) }
                }
            }
        }
    };
    workspace(frame, &heading, Pane::Single, &main)
}

/// The query, completed as one types; below stands what it shows.
fn query_field(form: &ViewForm, refusal: Option<&str>, words: &Words) -> Markup {
    html! {
        div.field.wrong[refusal.is_some()] {
            label for="query" { (words.t("query-label")) }
            div.view-query {
                input.input.query-text id="query" name="query" value=(form.query) autocomplete="off" autocapitalize="off" spellcheck="false" maxlength="4096"
                    aria-invalid=[refusal.map(|_| "true")] aria-describedby=(if refusal.is_some() { "query-refusal" } else { "query-says" })
                    data-asks=(urls::QUERY_FRAGMENT) data-says="query-says" data-label=(words.t("query-suggestions"));
            }
            @if let Some(refusal) = refusal { p.refusal id="query-refusal" { (refusal) } }
            p.help id="query-says" { (form.says) }
        }
    }
}

fn orders(now: Order, words: &Words) -> Vec<Choice> {
    let fields = Column::ALL.into_iter().filter_map(|column| column.sort().map(|field| (column, field)));
    let both = fields.flat_map(|(column, field)| [(column, format!("-{field}"), true), (column, field.to_owned(), false)]);
    let mut all: Vec<Choice> = both
        .map(|(column, value, descending)| Choice::new(value, order_name(column, descending, words), now == Order { column, descending }))
        .collect();
    // The last change first is how lists come.
    all.sort_by_key(|choice| choice.value != "-updated");
    all
}

fn groups(now: Option<Grouping>, words: &Words) -> Vec<Choice> {
    let one = |word: &&str| Grouping::find(word).map(|group| Choice::new(group.word(), group.name(words), now == Some(group)));
    let all = desk::views::GROUPS.iter().chain([&desk::views::COLUMNS_ONLY]);
    std::iter::once(Choice::new("", words.t("list-group-none"), now.is_none())).chain(all.filter_map(one)).collect()
}

fn shapes(now: Shape, words: &Words) -> Vec<Choice> {
    let one = |shape: Shape, name: String| Choice::new(shape.word(), name, shape == now);
    vec![
        one(Shape::List, words.t("view-shape-list")),
        one(Shape::Board, words.t("shape-board")),
        one(Shape::Calendar, words.t("shape-calendar")),
    ]
}

fn dates(form: &ViewForm) -> Vec<Choice> {
    form.dates.iter().map(|date| Choice::new(&date.word, date.name.clone(), form.date.as_deref() == Some(&date.word))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_a_view_can_be_grouped_by_is_a_group_of_lists() {
        for word in desk::views::GROUPS.into_iter().chain([desk::views::COLUMNS_ONLY]) {
            assert_eq!(Grouping::find(word).map(Grouping::word), Some(word));
        }
        for word in desk::views::SHAPES {
            assert_eq!(Shape::find(word).map(Shape::word), Some(word));
        }
    }
}
