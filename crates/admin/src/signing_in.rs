//! How people sign in: whether those who work here need a second factor.

use axum::response::Response;
use maud::html;
use people::second_factor::{self, RequireSecondFactor};
use web::ApiResult;
use web::components::csrf_field;
use web::urls::admin as urls;

use crate::{Posted, Visit, page as around};

pub(crate) async fn page(visit: Visit) -> ApiResult<Response> {
    let required = second_factor::is_required(&visit.desk.settings());
    let (frame, words) = (&visit.frame, visit.words());
    let body = html! {
        form method="post" action=(urls::SIGN_IN) {
            (csrf_field(frame))
            label.profile-tick {
                input type="checkbox" name="required" value="1" checked[required] disabled[!visit.may_change()];
                span { b { (words.t("access-required")) } small { (words.t("access-required-help")) } }
            }
            @if visit.may_change() { button.button.primary type="submit" { (words.t("save")) } }
        }
    };
    Ok(Visit::html(&around(frame, "sign-in", &html! {}, &body)))
}

pub(crate) async fn save(visit: Visit, posted: Posted) -> ApiResult<Response> {
    visit.run(RequireSecondFactor { of_staff: posted.has("required") }).await?;
    Ok(Visit::told(urls::SIGN_IN, "sign-in"))
}
