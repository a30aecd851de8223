//! Live updates of the pages: the number of each ticket that changed, to those who may see it; what changed is then fetched.

use std::sync::Arc;

use axum::response::Response;
use futures_util::stream;
use kernel::Actor;
use tokio::sync::broadcast::{Receiver, error::RecvError};
use tokio::sync::watch;
use web::{ApiResult, SseEvent};

use super::{Shared, visit};
use desk::events::{Happening, api::still, may_know};

struct Feed {
    desk: people::ServiceDesk,
    actor: Actor,
    receiver: Receiver<Arc<Happening>>,
    changes: watch::Receiver<i64>,
}

impl Feed {
    /// The next ticket to look at; `*` when so much happened that everything may have changed. None ends the stream.
    async fn next(&mut self) -> Option<String> {
        loop {
            let received = tokio::select! {
                biased;
                changed = self.changes.changed() => {
                    changed.ok()?;
                    // A stream of somebody who lost their rights ends at once (T-L4).
                    self.actor = still(&self.desk, &self.actor).await?;
                    continue;
                }
                received = self.receiver.recv() => received,
            };
            let happening = match received {
                Ok(happening) => happening,
                Err(RecvError::Lagged(_)) => return Some("*".to_owned()),
                Err(RecvError::Closed) => return None,
            };
            if let Some(audience) = &happening.audience
                && may_know(&self.actor, &happening.entry, happening.audience.as_ref())
            {
                return Some(audience.number.clone());
            }
        }
    }
}

pub(super) async fn stream(parts: Shared) -> ApiResult<Response> {
    let visit = visit(parts, web::urls::LIVE);
    let changes = visit.desk.changes();
    let feed = Feed { receiver: visit.shared.hub.listen(), actor: visit.caller.actor(), desk: visit.desk, changes };
    Ok(web::sse(stream::unfold(feed, |mut feed| async move {
        let number = feed.next().await?;
        Some((SseEvent { id: None, name: Some("ticket"), data: number }, feed))
    })))
}
