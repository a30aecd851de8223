//! What each role opens: asked of the policy itself, for somebody who has this role and nothing else.

use axum::response::Response;
use maud::{Markup, html};
use web::ApiResult;
use web::components::{Frame, icon};

use crate::rights::{Right, SampleRole, rights};
use crate::{Visit, page as around};

pub(crate) async fn page(visit: Visit) -> ApiResult<Response> {
    Ok(Visit::html(&around(&visit.frame, "roles", &html! {}, &cards(&visit.frame))))
}

fn cards(frame: &Frame) -> Markup {
    let words = &frame.words;
    html! {
        div.role-cards {
            @for role in SampleRole::ALL {
                section.role-card {
                    h2 { (words.t(role.name())) }
                    p { (words.t(role.about())) }
                    ul.rights { @for right in rights(&role.access()) { (line(&right, frame)) } }
                }
            }
        }
        p.quiet { (words.t("admin-roles-where")) }
    }
}

/// One right with a tick, or crossed out for who does not have it.
pub(crate) fn line(right: &Right, frame: &Frame) -> Markup {
    let words = &frame.words;
    html! {
        li.not[!right.has] {
            (icon(if right.has { "check" } else { "x" }))
            @if !right.has { span.hidden-label { (words.t("admin-right-not")) " " } }
            span { (words.t(right.text)) }
        }
    }
}
