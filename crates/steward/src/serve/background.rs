//! What happens by itself: settings that other processes changed, and sweeping up.

use std::sync::Arc;
use std::time::Duration;

use desk::attachments::texts::TextReader;
use desk::bulk::Runner;
use desk::lists::Kept;
use desk::snoozing::Waker;
use filetext::Reader;
use kernel::limits::IDEMPOTENCY_DAYS;
use kernel::{Result, Span};
use people::{ServiceDesk, once, service_desk, session};
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio::time::sleep;

use super::limits::Limits;

/// Rights that another process took away end here within this time (T-L4 allows a second).
const FOLLOW: Duration = Duration::from_millis(500);
const TIDY: Duration = Duration::from_secs(60);
const SWEEP: Duration = Duration::from_secs(3_600);
/// Who asked for a new password is counted by the hour.
const ASKED: Span = Span::hours(2);
/// Bytes that are written and not yet recorded must not look left over.
const BLOB_AGE: Span = Span::days(2);

/// Starts the tasks; they end when `stop` becomes true.
pub(super) fn start(desk: &ServiceDesk, limits: &Arc<Limits>, stop: &watch::Receiver<bool>, tasks: &mut JoinSet<()>) {
    tasks.spawn(follow(desk.clone(), stop.clone()));
    tasks.spawn(tidy(Arc::clone(limits), stop.clone()));
    tasks.spawn(sweep(desk.clone(), stop.clone()));
    tasks.spawn(Waker::new(desk.clone()).run(stop.clone()));
    tasks.spawn(Runner::new(desk.clone()).run(stop.clone()));
    tasks.spawn(TextReader::new(desk.clone(), Reader::of_this_program()).run(stop.clone()));
}

/// Has ready what those who were here last ask for first.
pub(super) async fn ahead(desk: ServiceDesk, kept: Kept, mut stop: watch::Receiver<bool>) {
    tokio::select! {
        done = faces::workspace::count_ahead(&desk, &kept) => if let Err(error) = done {
            tracing::warn!(%error, "lists are not counted ahead; whoever opens the first one waits for it");
        },
        _ = stop.changed() => {}
    }
}

/// Waits; tells whether to go on.
async fn pause(time: Duration, stop: &mut watch::Receiver<bool>) -> bool {
    if *stop.borrow() {
        return false;
    }
    tokio::select! {
        () = sleep(time) => true,
        _ = stop.changed() => false,
    }
}

async fn follow(desk: ServiceDesk, mut stop: watch::Receiver<bool>) {
    let mut away = false;
    while pause(FOLLOW, &mut stop).await {
        match desk.follow().await {
            Ok(()) => away = false,
            Err(error) => {
                if !away {
                    tracing::warn!(%error, "settings cannot be followed; tried again");
                }
                away = true;
            }
        }
    }
}

async fn tidy(limits: Arc<Limits>, mut stop: watch::Receiver<bool>) {
    while pause(TIDY, &mut stop).await {
        limits.tidy();
    }
}

async fn sweep(desk: ServiceDesk, mut stop: watch::Receiver<bool>) {
    while pause(SWEEP, &mut stop).await {
        if let Err(error) = swept(&desk).await {
            tracing::warn!(%error, "sweeping up failed; tried again in an hour");
        }
    }
}

/// Removes sessions that expired, answers that nobody will ask for again, what webhooks were told long ago, and bytes that no row names.
async fn swept(desk: &ServiceDesk) -> Result<()> {
    let sessions = desk.store().write(session::rows::sweep).await?;
    desk.store().write(desk::presence::rows::sweep).await?;
    desk.store()
        .write(|tx| {
            let before = tx.now() - ASKED;
            once::rows::sweep(tx, before)
        })
        .await?;
    desk.store().write(desk::drafts::rows::sweep).await?;
    let answers = desk
        .store()
        .write(|tx| {
            let before = tx.now() - Span::days(IDEMPOTENCY_DAYS);
            service_desk::rows::forget_answers(tx, before)
        })
        .await?;
    let told = desk.store().write(channels::webhooks::sweep).await?;
    let (blobs, before) = (desk.store().blobs().clone(), desk.clock().now() - BLOB_AGE);
    let removed = tokio::task::spawn_blocking(move || blobs.sweep(before)).await;
    let blobs = removed.unwrap_or_else(|_| Err(kernel::Error::internal("the sweep of blobs panicked")))?;
    tracing::debug!(sessions, answers, told, blobs, "swept up");
    Ok(())
}
