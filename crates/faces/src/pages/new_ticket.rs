//! A ticket on somebody's behalf: a call, a word in the corridor. Done in twenty seconds, by keyboard.

use maud::{Markup, html};
use web::components::{
    AskedField, Choice, Field, Frame, Pane, asked_fields, csrf_field, field, icon, kind_name, select, text_area, workspace,
};
use web::urls;

use super::words::channel_noun;

/// The form for a ticket on somebody's behalf.
#[derive(Clone, Debug, Default)]
pub struct NewTicketPage {
    /// What tells this form from every other: sent twice, it is one ticket.
    pub once: String,
    /// Desks to choose from.
    pub desks: Vec<Choice>,
    /// Kinds to choose from, as the API names them.
    pub kinds: Vec<String>,
    /// Channels to choose from.
    pub channels: Vec<String>,
    /// Categories of all these desks.
    pub categories: Vec<CategoryChoice>,
    /// What the form of this desk, kind and category asks for.
    pub asked: Vec<AskedField>,
    /// Who asks: an address, a number or a name, as typed.
    pub requester: String,
    /// Their id, when they were chosen from the list.
    pub person: String,
    /// Their name, when they are new.
    pub name: String,
    /// Their number, when they are new.
    pub phone: String,
    /// The chosen channel.
    pub channel: String,
    /// The chosen kind.
    pub kind: String,
    /// What was typed.
    pub title: String,
    /// What was typed.
    pub body: String,
    /// How long it took, as typed.
    pub minutes: String,
    /// Whether whoever logs it takes it.
    pub mine: bool,
    /// What was refused, by the name of the field, already in the reader's words.
    pub refusals: Vec<(String, String)>,
}

/// A category of a desk.
#[derive(Clone, Debug)]
pub struct CategoryChoice {
    /// Key of its desk.
    pub desk: String,
    /// Name of its desk.
    pub desk_name: String,
    /// The category.
    pub choice: Choice,
}

/// The form, with room beside it for what is known of the caller.
#[must_use]
pub fn new_ticket_page(page: &NewTicketPage, frame: &Frame) -> Markup {
    let words = &frame.words;
    let main = html! {
        div.page.form-page.log-call {
            header.page-head { h1 { (words.t("new-ticket")) } p { (words.t("new-ticket-about")) } }
            div.log-call-columns {
                form id="new-ticket" method="post" action=(urls::NEW_TICKET) data-caller=(urls::CALLER) data-asked-from=(urls::NEW_TICKET) {
                    (csrf_field(frame))
                    input type="hidden" name="once" value=(page.once);
                    (who(page, frame))
                    (what(page, frame))
                    (end(page, frame))
                }
                div.caller-place {
                    div id="caller-place" role="status" {}
                    div id="similar-place" role="status" data-similar-typed=(urls::SIMILAR) {}
                }
            }
        }
    };
    workspace(frame, &words.t("new-ticket"), Pane::Single, &main)
}

fn refusal<'a>(page: &'a NewTicketPage, name: &str) -> Option<&'a str> {
    page.refusals.iter().find(|(field, _)| field == name).map(|(_, text)| text.as_str())
}

fn who(page: &NewTicketPage, frame: &Frame) -> Markup {
    let words = &frame.words;
    let wrong = refusal(page, "requester");
    let described = if wrong.is_some() { "requester-refusal requester-help" } else { "requester-help" };
    let (name, phone) = (words.t("new-name"), words.t("property-phone"));
    html! {
        div class=(if wrong.is_some() { "field wrong" } else { "field" }) {
            label for="requester" { (words.t("new-requester")) }
            input.input id="requester" name="requester" value=(page.requester) autofocus autocomplete="off" data-finds=(urls::FIND_PEOPLE) data-sets="person"
                aria-describedby=(described) aria-invalid=[wrong.map(|_| "true")];
            input type="hidden" name="person" value=(page.person);
            @if let Some(wrong) = wrong { p.refusal id="requester-refusal" { (icon("circle-alert")) (wrong) } }
            small id="requester-help" { (words.t("gaps-caller-find")) }
        }
        div.field-pair id="new-person" {
            (field(&Field { name: "name", label: &name, value: &page.name, autocomplete: Some("off"), refusal: refusal(page, "name"), ..Field::default() }))
            (field(&Field { name: "phone", label: &phone, kind: "tel", value: &page.phone, autocomplete: Some("off"), refusal: refusal(page, "phones"), ..Field::default() }))
        }
        fieldset.field.segments {
            legend { (words.t("new-channel")) }
            div.segment-row {
                @for channel in &page.channels {
                    label.segment { input type="radio" name="channel" value=(channel) checked[*channel == page.channel]; (icon(channel_icon(channel))) span { (channel_noun(channel, words)) } }
                }
            }
        }
    }
}

fn channel_icon(channel: &str) -> &'static str {
    match channel {
        "phone" => "phone",
        "visit" => "footprints",
        _ => "ellipsis",
    }
}

fn what(page: &NewTicketPage, frame: &Frame) -> Markup {
    let words = &frame.words;
    let kinds: Vec<Choice> = page.kinds.iter().map(|kind| Choice::new(kind, kind_name(kind, words), *kind == page.kind)).collect();
    let (desk, kind, title, body) = (words.t("property-desk"), words.t("property-kind"), words.t("new-title"), words.t("new-body"));
    let labelled = |name: &'static str| Field { name, refusal: refusal(page, name), ..Field::default() };
    html! {
        (field(&Field { label: &title, value: &page.title, required: true, autocomplete: Some("off"), ..labelled("title") }))
        (text_area(&Field { label: &body, value: &page.body, ..labelled("body") }, 5))
        div data-asks {
            div.field-pair { (select(&Field { label: &desk, ..labelled("desk") }, &page.desks)) (select(&Field { label: &kind, ..labelled("kind") }, &kinds)) }
            @if !page.categories.is_empty() { (categories(page, frame)) }
        }
        div data-asked { (asked_fields(&page.asked, words)) }
    }
}

/// By desk; a script leaves those of the chosen desk.
fn categories(page: &NewTicketPage, frame: &Frame) -> Markup {
    let words = &frame.words;
    let mut desks: Vec<(&str, &str)> = page.categories.iter().map(|one| (one.desk.as_str(), one.desk_name.as_str())).collect();
    desks.dedup();
    html! {
        div.field {
            label for="category" { (words.t("property-category")) }
            select.input id="category" name="category" {
                option value="" { (words.t("property-empty")) }
                @for (key, name) in desks {
                    optgroup label=(name) data-desk=(key) {
                        @for one in page.categories.iter().filter(|one| one.desk == key) { option value=(one.choice.value) selected[one.choice.selected] { (one.choice.label) } }
                    }
                }
            }
        }
    }
}

fn end(page: &NewTicketPage, frame: &Frame) -> Markup {
    let words = &frame.words;
    let wrong = refusal(page, "minutes");
    html! {
        div.log-call-end {
            label.menu-tick { input type="checkbox" name="mine" value="1" checked[page.mine]; span { (words.t("new-mine")) } }
            div class=(if wrong.is_some() { "field inline wrong" } else { "field inline" }) {
                label for="minutes" { (words.t("new-minutes")) }
                input.input.number id="minutes" name="minutes" type="number" min="1" max="1440" inputmode="numeric" value=(page.minutes) aria-invalid=[wrong.map(|_| "true")] aria-describedby=[wrong.map(|_| "minutes-refusal")];
                @if let Some(wrong) = wrong { p.refusal id="minutes-refusal" { (icon("circle-alert")) (wrong) } }
            }
        }
        @if let Some(other) = page.refusals.iter().find(|(name, _)| matches!(name.as_str(), "assignee" | "category" | "emails")) { p.refusal { (icon("circle-alert")) (other.1) } }
        div.form-end { button.button.primary.large type="submit" { (icon("plus")) (words.t("new-create")) } a.button.quiet.large href=(urls::DESK) { (words.t("cancel")) } }
    }
}
