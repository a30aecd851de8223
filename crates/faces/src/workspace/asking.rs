//! The line with the query while somebody types in it: what could come next, and what it shows.

use axum::extract::Query;
use axum::response::Response;
use desk::asking::{complete, explain};
use kernel::Error;
use serde::Deserialize;
use web::{ApiResult, urls};

use super::{Shared, html, visit};
use crate::pages::asking::{Asking, proposals};

#[derive(Debug, Default, Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    q: String,
    at: Option<usize>,
}

/// Proposals for the place of the cursor, and the query in words; without words while it cannot be understood yet.
pub(super) async fn fragment(parts: Shared, Query(asked): Query<Asked>) -> ApiResult<Response> {
    let visit = visit(parts, urls::QUERY_FRAGMENT);
    let words = visit.frame.words.clone();
    let found = visit
        .read(move |db, settings, actor| {
            let completion = complete(db, settings, actor, (&asked.q, asked.at.unwrap_or(usize::MAX)), &words)?;
            let says = match explain(db, settings, actor, &asked.q, &words) {
                Ok(says) => Some(says).filter(|_| !asked.q.trim().is_empty()),
                Err(Error::Refusal(_)) => None,
                Err(fault) => return Err(fault),
            };
            Ok(Asking { completion, says })
        })
        .await?;
    Ok(html(&proposals(&found, &visit.frame)))
}
