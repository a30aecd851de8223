//! `/api/v1/events` and `/api/v1/events/stream`.

use std::collections::VecDeque;
use std::sync::Arc;

use axum::Extension;
use axum::extract::{Query, State};
use axum::http::HeaderMap;
use axum::response::Response;
use futures_util::Stream;
use kernel::{Actor, Message, Refusal, Via};
use people::ServiceDesk;
use people::http::Caller;
use people::person::api::page_rows;
use serde::{Deserialize, Serialize};
use tokio::sync::{broadcast, watch};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::{ApiResult, SseEvent};

use super::{Batch, Event, Happening, Hub, may_know};
use crate::merging::told_to;
use crate::timeline::{FactView, facts};

/// The routes of this file.
pub fn routes() -> OpenApiRouter<ServiceDesk> {
    OpenApiRouter::new().routes(routes!(page)).routes(routes!(stream))
}

/// Where to begin.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub struct EventsQuery {
    /// Position of the last fact that the caller has; 0 for the beginning.
    #[serde(default)]
    after: i64,
    /// Rows to read, 1 to 200; fewer come back when some are not for the caller.
    limit: Option<usize>,
}

/// A page of the journal.
#[derive(Debug, Serialize, ToSchema)]
pub struct EventsPage {
    /// Facts, in the journal's order.
    pub items: Vec<FactView>,
    /// Pass it as `after` for the next page.
    pub position: i64,
}

/// The journal, narrowed to what the caller may know.
#[utoipa::path(get, path = "/events", params(EventsQuery), responses((status = 200, body = EventsPage)), tag = "journal")]
async fn page(State(desk): State<ServiceDesk>, caller: Caller, Query(asked): Query<EventsQuery>) -> ApiResult<axum::Json<EventsPage>> {
    let limit = page_rows(asked.limit)?;
    let actor = caller.actor();
    let (items, position) = desk
        .read(move |db| {
            let (entries, position) = super::after(db, &actor, asked.after, limit)?;
            Ok((facts(db, entries)?, position))
        })
        .await?;
    Ok(axum::Json(EventsPage { items, position }))
}

/// Where a stream begins.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub struct StreamQuery {
    /// Position to resume from, when the caller cannot send `Last-Event-ID`.
    after: Option<i64>,
}

/// The journal as server-sent events, resumable by `Last-Event-ID`; without it, from now on.
#[utoipa::path(get, path = "/events/stream", params(StreamQuery, ("Last-Event-ID" = Option<i64>, Header)), responses((status = 200, content_type = "text/event-stream")), tag = "journal")]
async fn stream(
    State(desk): State<ServiceDesk>,
    Extension(hub): Extension<Hub>,
    caller: Caller,
    headers: HeaderMap,
    Query(asked): Query<StreamQuery>,
) -> ApiResult<Response> {
    let resume = match headers.get("last-event-id") {
        None => asked.after,
        Some(value) => {
            let position = value.to_str().ok().and_then(|text| text.trim().parse().ok());
            Some(position.ok_or_else(|| Refusal::Malformed(Message::new("error-last-event-id")))?)
        }
    };
    // Listen first, then look where the journal stands, so that nothing falls between the two.
    let receiver = hub.listen();
    let position = match resume {
        Some(position) => position,
        None => desk.read(journal::head).await?.position,
    };
    let changes = desk.changes();
    let feed = Feed { desk, actor: caller.actor(), receiver, changes, position, reading: true, waiting: VecDeque::new() };
    Ok(web::sse(events(feed)))
}

/// A reader of the journal who is told what happens as it happens.
pub struct Feed {
    desk: ServiceDesk,
    actor: Actor,
    receiver: broadcast::Receiver<Batch>,
    changes: watch::Receiver<i64>,
    position: i64,
    reading: bool,
    waiting: VecDeque<FactView>,
}

const BATCH: usize = 200;

impl Feed {
    async fn next(&mut self) -> Option<FactView> {
        loop {
            if self.changes.has_changed().ok()? {
                self.renew().await?;
            }
            if let Some(fact) = self.waiting.pop_front() {
                return Some(fact);
            }
            if self.reading {
                self.read().await.ok()?;
                continue;
            }
            tokio::select! {
                changed = self.changes.changed() => {
                    changed.ok()?;
                    self.renew().await?;
                }
                received = self.receiver.recv() => match received {
                    Ok(batch) => self.take_all(&batch).await?,
                    Err(broadcast::error::RecvError::Lagged(_)) => self.reading = true,
                    Err(broadcast::error::RecvError::Closed) => return None,
                },
            }
        }
    }

    /// Rights have changed since they were last looked at: a stream of somebody who lost them ends at once (T-L4).
    async fn renew(&mut self) -> Option<()> {
        self.changes.mark_unchanged();
        self.actor = still(&self.desk, &self.actor).await?;
        Some(())
    }

    /// Reads on from the database until it has caught up.
    async fn read(&mut self) -> kernel::Result<()> {
        let (actor, position) = (self.actor.clone(), self.position);
        let (items, read_to) = self
            .desk
            .read(move |db| {
                let (entries, read_to) = super::after(db, &actor, position, BATCH)?;
                Ok((facts(db, entries)?, read_to))
            })
            .await?;
        self.reading = read_to > self.position;
        self.position = read_to;
        self.waiting.extend(items);
        Ok(())
    }

    async fn take_all(&mut self, batch: &[Event]) -> Option<()> {
        for event in batch {
            if let Event::Happened(happening) = event {
                self.take(happening).await?;
            }
        }
        Some(())
    }

    async fn take(&mut self, happening: &Happening) -> Option<()> {
        let position = happening.entry.position.unwrap_or(0);
        if position <= self.position {
            return Some(());
        }
        self.position = position;
        if may_know(&self.actor, &happening.entry, happening.audience.as_ref()) {
            let (entry, actor) = (happening.entry.clone(), self.actor.clone());
            let told = move |db: &mut store::Db<'_>| {
                let entry = told_to(db, &actor, entry)?;
                facts(db, vec![entry])
            };
            let items = self.desk.read(told).await.ok()?;
            self.waiting.extend(items);
        }
        Some(())
    }
}

/// The actor with the rights they have now; none when their session or token has ended.
pub async fn still(desk: &ServiceDesk, actor: &Actor) -> Option<Actor> {
    let access = actor.access()?;
    let (person, via) = (access.person, access.via);
    let now = desk.clock().now();
    let fresh = desk
        .read(move |db| {
            let alive = match via {
                Via::Session(session) => people::session::rows::is_live(db, session, now)?,
                Via::Token(token) => people::token::rows::is_live(db, token)?,
                Via::Console | Via::Schedule => true,
            };
            if alive { people::session::rows::access_of(db, person, via) } else { Ok(None) }
        })
        .await
        .ok()??;
    Some(Actor::Person(Arc::new(fresh)))
}

fn events(feed: Feed) -> impl Stream<Item = SseEvent> + Send + 'static {
    futures_util::stream::unfold(feed, |mut feed| async move {
        let fact = feed.next().await?;
        let data = serde_json::to_string(&fact).unwrap_or_default();
        Some((SseEvent { id: fact.position.map(|position| position.to_string()), name: None, data }, feed))
    })
}
