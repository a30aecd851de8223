//! Live updates of the pages: the numbers of tickets that changed, to those who may see them, and who is at which; what changed is then
//! fetched. A stream reads no database except when the rights of its reader change.

use std::collections::VecDeque;

use axum::extract::Query;
use axum::response::Response;
use futures_util::stream;
use kernel::Actor;
use serde::{Deserialize, Serialize};
use tokio::sync::broadcast::{Receiver, error::RecvError};
use tokio::sync::watch;
use web::components::{attendance, presence, presence_mark};
use web::{ApiResult, SseEvent, Words};

use super::drafts::named_place;
use super::open_pages::OpenPage;
use super::presence::attendants;
use super::{Shared, visit};
use desk::events::{Attended, Batch, Drafted, Event, Happening, api::still, may_know, may_know_presence, since};

struct Feed {
    desk: people::ServiceDesk,
    actor: Actor,
    words: Words,
    receiver: Receiver<Batch>,
    changes: watch::Receiver<i64>,
    waiting: VecDeque<SseEvent>,
    /// The page was left when it ends.
    _page: Option<OpenPage>,
}

/// Who is at a ticket, as its reader's page shows it.
#[derive(Serialize)]
struct PresenceNow<'a> {
    ticket: &'a str,
    head: String,
    row: String,
    said: Vec<String>,
}

/// A draft of the reader's own, for their other pages.
#[derive(Serialize)]
struct DraftNow<'a> {
    id: String,
    place: String,
    ticket: Option<&'a str>,
    open: bool,
    revision: i64,
    page: &'a str,
}

impl<'a> DraftNow<'a> {
    fn of(draft: &'a Drafted) -> Self {
        Self {
            id: draft.draft.to_string(),
            place: named_place(&draft.place, draft.number.as_deref()),
            ticket: draft.number.as_deref(),
            open: draft.open,
            revision: draft.revision,
            page: &draft.page,
        }
    }
}

impl Feed {
    /// The next event. None ends the stream.
    async fn next(&mut self) -> Option<SseEvent> {
        loop {
            if let Some(event) = self.waiting.pop_front() {
                return Some(event);
            }
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
            match received {
                Ok(batch) => self.take(&batch),
                // So much happened that everything may have changed.
                Err(RecvError::Lagged(_)) => return Some(event("ticket", "*".to_owned())),
                Err(RecvError::Closed) => return None,
            }
        }
    }

    fn take(&mut self, batch: &[Event]) {
        let happened = batch.iter().filter_map(|one| if let Event::Happened(happening) = one { Some(happening) } else { None });
        let mut numbers = numbers(&self.actor, happened);
        let (mut attended, mut drafts) = (Vec::new(), Vec::new());
        for one in batch {
            match one {
                Event::Happened(_) => {}
                Event::Attended(there) => attended.push(there),
                Event::Drafted(draft) => {
                    if self.actor.person() == Some(draft.person) {
                        drafts.push(DraftNow::of(draft));
                    }
                    if let Some(audience) = &draft.shared_with
                        && !numbers.contains(&audience.number.as_str())
                        && may_know_presence(&self.actor, audience)
                    {
                        numbers.push(&audience.number);
                    }
                }
            }
        }
        if !numbers.is_empty() {
            self.waiting.push_back(event("ticket", numbers.join(" ")));
        }
        if !drafts.is_empty() {
            self.waiting.push_back(event("draft", serde_json::to_string(&drafts).unwrap_or_default()));
        }
        self.show(attended.into_iter());
    }

    /// Tells who is at which of these tickets, as far as the reader may know.
    fn show<'a>(&mut self, attended: impl Iterator<Item = &'a Attended>) {
        let known: Vec<PresenceNow<'_>> =
            attended.filter(|there| may_know_presence(&self.actor, &there.audience)).map(|there| self.shown(there)).collect();
        if !known.is_empty() {
            let data = serde_json::to_string(&known).unwrap_or_default();
            self.waiting.push_back(event("presence", data));
        }
    }

    fn shown<'a>(&self, there: &'a Attended) -> PresenceNow<'a> {
        let people = attendants(&there.who, self.actor.person());
        PresenceNow {
            ticket: &there.audience.number,
            head: presence(&people, &self.words).into_string(),
            row: presence_mark(&people, &self.words).into_string(),
            said: people.iter().map(|one| attendance(one, &self.words)).collect(),
        }
    }
}

/// Tickets that something happened to, as far as this reader may know of it.
fn numbers<'a>(actor: &Actor, happened: impl Iterator<Item = &'a Happening>) -> Vec<&'a str> {
    let mut numbers: Vec<&str> = Vec::new();
    for Happening { entry, audience } in happened {
        if let Some(audience) = audience
            && !numbers.contains(&audience.number.as_str())
            && may_know(actor, entry, Some(audience))
        {
            numbers.push(&audience.number);
        }
    }
    numbers
}

fn event(name: &'static str, data: String) -> SseEvent {
    SseEvent { id: None, name: Some(name), data }
}

/// Who listens.
#[derive(Deserialize)]
pub(super) struct Listener {
    /// The page's own name for itself, by which it says where its reader is.
    page: Option<String>,
    /// Up to where in the journal everything is on the page already.
    after: Option<i64>,
}

/// Where more happened between a page and its stream, everything may have changed.
const MISSED_MAX: usize = 200;
/// Longer names are none of ours.
const PAGE_BYTES_MAX: usize = 64;

/// What happened since the page was written and before anybody listened for it.
async fn missed(feed: &Feed, after: i64) -> kernel::Result<Option<SseEvent>> {
    let actor = feed.actor.clone();
    let happened = feed.desk.read(move |db| {
        let happened = since(db, after, MISSED_MAX)?;
        let is_full = happened.len() == MISSED_MAX;
        Ok(if is_full { "*".to_owned() } else { numbers(&actor, happened.iter()).join(" ") })
    });
    let numbers = happened.await?;
    Ok((!numbers.is_empty()).then(|| event("ticket", numbers)))
}

pub(super) async fn stream(parts: Shared, Query(listener): Query<Listener>) -> ApiResult<Response> {
    let visit = visit(parts, web::urls::LIVE);
    let named = listener.page.filter(|page| page.len() <= PAGE_BYTES_MAX);
    let page = named.and_then(|page| visit.shared.pages.open((&visit.desk, &visit.shared.hub), &visit.caller.actor(), page));
    let changes = visit.desk.changes();
    // Listen first, then look who is there, so that nobody falls between the two.
    let receiver = visit.shared.hub.listen();
    let there = visit.shared.hub.attended(&visit.desk).await?;
    let words = visit.frame.words.clone();
    let mut feed = Feed { receiver, actor: visit.caller.actor(), words, desk: visit.desk, changes, waiting: VecDeque::new(), _page: page };
    feed.show(there.iter());
    let own = super::drafts::open_now(&feed.desk, &feed.actor).await?;
    feed.waiting.push_back(event("drafts", own));
    // Mostly nothing was offered since, and what is offered from here on is heard.
    if let Some(after) = listener.after.filter(|after| visit.shared.hub.offered() != Some(*after)) {
        feed.waiting.extend(missed(&feed, after).await?);
    }
    Ok(web::sse(stream::unfold(feed, |mut feed| async move { feed.next().await.map(|event| (event, feed)) })))
}
