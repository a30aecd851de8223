//! The sheet of components, for those who build pages: only in debug builds and over the sample company.

use std::sync::Arc;

use axum::extract::{Extension, Query};
use axum::response::Response;
use kernel::Refusal;
use people::http::SiteSettings;
use serde::Deserialize;
use web::components::{Here, Theme};
use web::{ApiResult, urls};

use super::{Shared, html, visit};

#[derive(Debug, Default, Deserialize)]
pub(super) struct Asked {
    theme: Option<String>,
    density: Option<String>,
}

pub(super) async fn page(site: Option<Extension<Arc<SiteSettings>>>, parts: Shared, Query(asked): Query<Asked>) -> ApiResult<Response> {
    if !cfg!(debug_assertions) && !site.is_some_and(|Extension(site)| site.demo) {
        return Err(Refusal::NotFound.into());
    }
    let visit = visit(parts, urls::DESIGN);
    let mut frame = visit.framed(Here::Elsewhere).await?;
    if let Some(theme) = asked.theme.as_deref() {
        frame.theme = Theme::find(theme);
    }
    if let Some(density) = asked.density.as_deref() {
        frame.comfortable = density == "comfortable";
    }
    Ok(html(&web::specimens::sheet(&frame)))
}
