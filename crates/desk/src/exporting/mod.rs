//! Whole lists as files: read page by page within their reader's scope and sent on at once, so that a hundred thousand tickets take no
//! more memory than a few hundred. What was exported, by whom and how much is in the journal before the first line leaves.

pub mod api;
mod cells;
mod progress;
mod writing;

pub use cells::{COLUMNS, Cell, CellOf, cell};
pub use progress::{Exports, Progress, Started};
pub use writing::Format;

use std::io;

use axum::body::{Body, Bytes};
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use journal::Fact;
use kernel::{Actor, Error, Result};
use people::ServiceDesk;
use tokio::sync::mpsc::{Sender, channel};
use tokio::sync::watch;
use tokio_stream::wrappers::ReceiverStream;

use crate::events::api::still;
use crate::lists::{self, Kept, ListRequest, Mark};
use crate::ticket::view::{self, TicketView};
use writing::Writer;

/// Tickets that are read at once.
const PAGE_ROWS: usize = 500;
/// Pages that wait for a slow receiver.
const WAITING_MAX: usize = 2;
/// In the order of opening nothing that changes meanwhile is missed or comes twice.
const ORDER: &str = "created";

/// What is exported, and how.
#[derive(Clone)]
pub struct Export {
    /// The query of the list.
    pub within: String,
    /// What narrows it.
    pub query: String,
    /// Another order than that of opening.
    pub sort: Option<String>,
    /// As what.
    pub format: Format,
    /// What stands above the columns.
    pub heads: Vec<String>,
    /// The columns.
    pub columns: Vec<String>,
    /// What stands in a column.
    pub cell: CellOf,
}

/// Whoever exports, and what they do it with.
pub struct Exporter {
    /// The desk.
    pub desk: ServiceDesk,
    /// Counts.
    pub kept: Kept,
    /// Exports under way.
    pub exports: Exports,
    /// Who.
    pub actor: Actor,
}

/// An export under way.
struct Run {
    desk: ServiceDesk,
    kept: Kept,
    actor: Actor,
    changes: watch::Receiver<i64>,
    export: Export,
    started: Started,
    done: u64,
}

impl Exporter {
    /// Starts an export; its lines come with the answer's body. `id` is the name under which its progress is asked for.
    pub async fn start(self, export: Export, id: Option<String>) -> Result<Response> {
        let (settings, actor, kept, asked) = (self.desk.settings(), self.actor.clone(), self.kept.clone(), export.clone());
        let total = self.desk.read(move |db| kept.count(db, &settings, &actor, (&asked.within, &asked.query))).await?;
        let started = self.exports.start(id, self.actor.person(), total).await;
        let mut run = Run { changes: self.desk.changes(), desk: self.desk, kept: self.kept, actor: self.actor, export, started, done: 0 };
        // Whatever is wrong with what was asked for is told before anything is sent.
        let first = run.read(None).await?;
        let fact = Fact::TicketsExported {
            query: lists::narrowed(&run.export.within, &run.export.query)?,
            format: run.export.format.word().to_owned(),
            tickets: i64::try_from(total).unwrap_or(i64::MAX),
        };
        run.desk.run(&run.actor, move |cx| cx.append(&fact)).await?;
        let headers = headers(run.export.format, &run.desk.clock().now().to_string());
        let (to, from) = channel(WAITING_MAX);
        tokio::spawn(async move { run.send(first, to).await });
        Ok((headers, Body::from_stream(ReceiverStream::new(from))).into_response())
    }
}

fn headers(format: Format, now: &str) -> HeaderMap {
    let day = now.get(..10).unwrap_or_default();
    let name = format!("attachment; filename=\"tickets-{day}.{}\"", format.word());
    let mut headers = HeaderMap::new();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(format.content_type()));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.extend(HeaderValue::from_str(&name).ok().map(|name| (header::CONTENT_DISPOSITION, name)));
    headers
}

type Page = (Vec<TicketView>, Option<Mark>);

impl Run {
    async fn read(&mut self, after: Option<Mark>) -> Result<Page> {
        let (settings, actor) = (self.desk.settings(), self.actor.clone());
        let request = ListRequest {
            query: self.export.query.clone(),
            within: self.export.within.clone(),
            sort: Some(self.export.sort.clone().unwrap_or_else(|| ORDER.to_owned())),
            limit: PAGE_ROWS,
            after,
            kept: Some(self.kept.clone()),
            ..ListRequest::default()
        };
        let read = self.desk.read(move |db| {
            let page = lists::page(db, &settings, &actor, &request)?;
            Ok((view::tickets(db, &settings, &actor, page.tickets)?, page.next))
        });
        read.await
    }

    /// Sends everything. What cannot be finished is broken off, so that nobody takes it for the whole.
    async fn send(mut self, first: Page, to: Sender<io::Result<Bytes>>) {
        match self.send_all(first, &to).await {
            Ok(()) => self.started.finish(true),
            Err(error) => {
                self.started.finish(false);
                tracing::warn!(%error, "an export was broken off");
                // The receiver may be what went away.
                let _ = to.send(Err(io::Error::other("the export was broken off"))).await;
            }
        }
    }

    async fn send_all(&mut self, first: Page, to: &Sender<io::Result<Bytes>>) -> Result<()> {
        let gone = |_| Error::internal("whoever asked for an export went away");
        let mut writer = Writer::begin(self.export.format, &self.export.heads, self.desk.store().data_dir())?;
        let mut page = first;
        loop {
            let (tickets, next) = page;
            self.done += u64::try_from(tickets.len()).unwrap_or_default();
            let written = writer.write(&tickets, &self.export)?;
            if !written.is_empty() {
                to.send(Ok(written)).await.map_err(gone)?;
            }
            self.started.advance(self.done);
            let Some(mark) = next else { break };
            self.must_still_be().await?;
            page = self.read(Some(mark)).await?;
        }
        let mut rest = tokio::task::spawn_blocking(move || writer.finish()).await.map_err(|error| Error::internal(error.to_string()))??;
        while let Some(bytes) = rest.next()? {
            to.send(Ok(bytes)).await.map_err(gone)?;
        }
        Ok(())
    }

    /// Rights that were taken away end what they let through (T-L4).
    async fn must_still_be(&mut self) -> Result<()> {
        if self.changes.has_changed().unwrap_or(true) {
            self.changes.mark_unchanged();
            self.actor = still(&self.desk, &self.actor).await.ok_or(kernel::Refusal::Unauthenticated)?;
        }
        Ok(())
    }
}
