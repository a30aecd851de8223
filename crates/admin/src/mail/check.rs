//! Trying an account, step by step.

use std::sync::Arc;

use axum::Extension;
use axum::extract::Path;
use axum::response::Response;
use channels::mail::fetch::{Checked, FetchSettings, Step, check};
use kernel::Refusal;
use maud::{Markup, html};
use web::components::{Frame, icon};
use web::{ApiResult, Words};

use super::{source_form, sources};
use crate::{Form, Posted, Visit};

pub(super) async fn run(
    visit: Visit,
    Path(id): Path<String>,
    Extension(fetching): Extension<Arc<FetchSettings>>,
    _posted: Posted,
) -> ApiResult<Response> {
    let known = sources::known(&visit, &id).await?;
    let checked = check(&visit.desk, &fetching, known.source.clone()).await;
    let values = source_form::filled(&known.source);
    let form = Form::new(&visit.frame, &values, visit.may_change());
    Ok(Visit::html(&sources::one_page(&visit, &known, &form, Some(&checked))))
}

fn name(step: Step, words: &Words) -> String {
    match step {
        Step::Name => words.t("admin-check-name"),
        Step::Connection => words.t("admin-check-connection"),
        Step::Encryption => words.t("admin-check-encryption"),
        Step::SignIn => words.t("admin-check-sign-in"),
        Step::Folders => words.t("admin-check-folders"),
    }
}

/// How far it came, and what to do where it stopped.
pub(super) fn told(checked: &Checked, frame: &Frame) -> Markup {
    let words = &frame.words;
    let failed = checked.failed.as_ref().map(|(step, _)| *step);
    html! {
        section.check-told {
            h2 { (if failed.is_none() { words.t("admin-check-fine") } else { words.t("admin-check-stopped") }) }
            ol.check-steps {
                @for step in Step::ALL {
                    @let (class, symbol, said) = if checked.passed.contains(&step) {
                        ("passed", "circle-check", words.t("admin-check-passed"))
                    } else if failed == Some(step) {
                        ("failed", "circle-alert", words.t("admin-check-failed"))
                    } else {
                        ("untried", "circle-dashed", words.t("admin-check-untried"))
                    };
                    li class=(class) { (icon(symbol)) span { (name(step, words)) } small { (said) } }
                }
            }
            @if let Some((_, problem)) = &checked.failed { p.banner.refused { (icon("circle-alert")) span { (advice(&problem.refusal(), words)) } } }
            @if failed.is_none() {
                ul.lines {
                    @for folder in &checked.folders {
                        li { div { b { (if folder.name.is_empty() { words.t("admin-check-maildrop") } else { folder.name.clone() }) } small { (words.with("admin-check-messages", &[("n", &folder.messages)])) } } }
                    }
                }
            }
        }
    }
}

fn advice(refusal: &Refusal, words: &Words) -> String {
    match refusal {
        Refusal::Invalid(errors) => errors.iter().map(|error| words.message(&error.message)).collect::<Vec<_>>().join(" "),
        _ => String::new(),
    }
}
