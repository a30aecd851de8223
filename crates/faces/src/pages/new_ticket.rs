//! A ticket on somebody's behalf: a call, a word in the corridor.

use maud::{Markup, html};
use web::components::{Choice, Field, Frame, Pane, csrf_field, field, icon, select, text_area, workspace};
use web::urls;

use super::models::NewTicketPage;
use super::words::kind_name;

/// The form.
#[must_use]
pub fn new_ticket_page(page: &NewTicketPage, frame: &Frame) -> Markup {
    let words = &frame.words;
    let refusal = |name: &str| page.refusals.iter().find(|(field, _)| field == name).map(|(_, text)| text.as_str());
    let one = |name: &'static str, label: String| (name, label, refusal(name));
    let kinds: Vec<Choice> = page.kinds.iter().map(|kind| Choice::new(kind, kind_name(kind, words), *kind == page.kind)).collect();
    let requester = one("requester", words.t("new-requester"));
    let (desk, kind) = (one("desk", words.t("property-desk")), one("kind", words.t("property-kind")));
    let (title, body) = (one("title", words.t("new-title")), one("body", words.t("new-body")));
    let help = words.t("new-requester-help");
    let main = html! {
        div.page.form-page {
            header.page-head { h1 { (words.t("new-ticket")) } p { (words.t("new-ticket-about")) } }
            form method="post" action=(urls::NEW_TICKET) {
                (csrf_field(frame))
                (field(&Field { kind: "email", value: &page.requester, help: Some(&help), required: true, autofocus: true, autocomplete: Some("off"), ..labelled(&requester) }))
                div.field-pair { (select(&labelled(&desk), &page.desks)) (select(&labelled(&kind), &kinds)) }
                (field(&Field { value: &page.title, required: true, autocomplete: Some("off"), ..labelled(&title) }))
                (text_area(&Field { value: &page.body, ..labelled(&body) }, 8))
                div.form-end { button.button.primary type="submit" { (icon("plus")) (words.t("new-create")) } a.button.quiet href=(urls::DESK) { (words.t("cancel")) } }
            }
        }
    };
    workspace(frame, &words.t("new-ticket"), Pane::Single, &main)
}

fn labelled<'a>((name, label, refusal): &'a (&'static str, String, Option<&'a str>)) -> Field<'a> {
    Field { name, label, refusal: *refusal, ..Field::default() }
}
