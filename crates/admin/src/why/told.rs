//! The answer in sentences.

use maud::{Markup, html};
use people::policy::Rule;
use people::settings::Desk;
use web::Words;
use web::components::icon;
use web::urls::{self, admin};

use super::Case;
use crate::Visit;

/// The verdict, what may be done, and what each rule says.
pub(super) fn answer(case: &Case, visit: &Visit) -> Markup {
    let (words, settings) = (visit.words(), visit.desk.settings());
    let (name, number) = (&case.person.name, &case.ticket.number);
    let sees = case.explanation.allows();
    let desks: Vec<&Desk> = case.ticket.desks().filter_map(|id| settings.desk(id)).collect();
    html! {
        h2 {
            @if sees { (words.with("admin-why-sees", &[("name", name), ("number", number)])) }
            @else { (words.with("admin-why-not", &[("name", name), ("number", number)])) }
        }
        p { a href=(urls::ticket(number)) { (number) } " " (case.ticket.title) " · " a href=(admin::person(case.person.id)) { (name) } }
        ul.rights.verdicts {
            (verdict(sees, &words.t("admin-why-may-see"), words))
            (verdict(case.reads_notes, &words.t("admin-why-may-notes"), words))
            (verdict(case.works, &words.t("admin-why-may-work"), words))
        }
        h3 { (words.t("admin-why-rules")) }
        @if case.access.is_none() {
            p.banner.doubt { (icon("ban")) span { (words.with("admin-why-disabled", &[("name", name)])) } }
        }
        ul.rights {
            @for (rule, holds) in &case.explanation.findings {
                @if let Some(text) = sentence(*rule, *holds, case, &desks, words) { (verdict(*holds, &text, words)) }
            }
        }
    }
}

fn verdict(holds: bool, text: &str, words: &Words) -> Markup {
    html! {
        li.not[!holds] {
            (icon(if holds { "check" } else { "x" }))
            span { span.hidden-label { (if holds { words.t("admin-why-yes") } else { words.t("admin-why-no") }) " " } (text) }
        }
    }
}

/// What a rule says; the others are not asked where somebody sees everything.
fn sentence(rule: Rule, holds: bool, case: &Case, desks: &[&Desk], words: &Words) -> Option<String> {
    let access = case.access.as_ref()?;
    let everything = access.admin || access.auditor;
    Some(match rule {
        Rule::Everything if access.admin => words.t("admin-why-admin"),
        Rule::Everything if access.auditor => words.t("admin-why-auditor"),
        Rule::Everything => words.t("admin-why-no-role"),
        _ if everything => return None,
        Rule::Desk => {
            let named = |desks: Vec<&str>| desks.join(", ");
            let own: Vec<&str> = desks.iter().filter(|desk| access.agent_of.contains(&desk.id)).map(|desk| desk.name.as_str()).collect();
            let all = named(desks.iter().map(|desk| desk.name.as_str()).collect());
            if holds { words.with("admin-why-desk", &[("desk", &named(own))]) } else { words.with("admin-why-no-desk", &[("desk", &all)]) }
        }
        Rule::Requester if holds => words.t("admin-why-requester"),
        Rule::Requester => words.with("admin-why-no-requester", &[("name", &case.requester)]),
        Rule::Organisation => organisation(holds, case, words),
        Rule::Participant if holds && case.roles.iter().any(|role| role == "cc") => words.t("admin-why-copy"),
        Rule::Participant if holds => words.t("admin-why-watches"),
        Rule::Participant => words.t("admin-why-no-part"),
    })
}

fn organisation(holds: bool, case: &Case, words: &Words) -> String {
    let Some(organisation) = &case.organisation else { return words.t("admin-why-no-organisation") };
    let name = &organisation.name;
    if holds && case.person.organisation_manager {
        return words.with("admin-why-manages", &[("organisation", name)]);
    }
    if holds {
        return words.with("admin-why-shared", &[("organisation", name)]);
    }
    if case.person.organisation != Some(organisation.id) {
        return words.with("admin-why-other-organisation", &[("organisation", name)]);
    }
    match organisation.sharing {
        people::organisation::Sharing::None => words.with("admin-why-unshared", &[("organisation", name)]),
        _ => words.with("admin-why-no-manager", &[("organisation", name)]),
    }
}
