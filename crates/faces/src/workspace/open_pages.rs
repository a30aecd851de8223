//! Which pages have a stream open at this node. A page whose last one has ended was left, also when it could not say so itself: its
//! machine slept, its window was closed, its network went away.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use desk::events::Hub;
use desk::presence::Leave;
use kernel::{Actor, PersonId};
use people::ServiceDesk;
use tokio::runtime::Handle;
use tokio::time::{Duration, sleep};

/// A browser that lost its stream opens another one within three seconds.
const GRACE: Duration = Duration::from_secs(4);

type Name = (PersonId, String);

/// How many streams each page has; only those that have any.
#[derive(Clone, Debug, Default)]
pub struct OpenPages {
    streams: Arc<Mutex<HashMap<Name, usize>>>,
}

impl OpenPages {
    /// A page opens a stream; what is given back ends with it.
    pub(super) fn open(&self, (desk, hub): (&ServiceDesk, &Hub), actor: &Actor, place: String) -> Option<OpenPage> {
        let name = (actor.person()?, place);
        *self.streams.lock().unwrap_or_else(PoisonError::into_inner).entry(name.clone()).or_default() += 1;
        Some(OpenPage { pages: self.clone(), desk: desk.clone(), hub: hub.clone(), actor: actor.clone(), name })
    }

    fn ended(&self, name: &Name) {
        let mut streams = self.streams.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = streams.get_mut(name) {
            *count = count.saturating_sub(1);
            if *count == 0 {
                streams.remove(name);
            }
        }
    }

    fn has(&self, name: &Name) -> bool {
        self.streams.lock().unwrap_or_else(PoisonError::into_inner).contains_key(name)
    }
}

/// One stream of one page.
pub(super) struct OpenPage {
    pages: OpenPages,
    desk: ServiceDesk,
    hub: Hub,
    actor: Actor,
    name: Name,
}

impl Drop for OpenPage {
    fn drop(&mut self) {
        self.pages.ended(&self.name);
        // Outside of the server nobody waits, and the lease ends by itself.
        let Ok(runtime) = Handle::try_current() else { return };
        let (pages, desk, hub) = (self.pages.clone(), self.desk.clone(), self.hub.clone());
        let (actor, name) = (self.actor.clone(), self.name.clone());
        runtime.spawn(async move {
            sleep(GRACE).await;
            if pages.has(&name) || !hub.holds(&name.1) {
                return;
            }
            if let Err(error) = desk.execute(&actor, Leave { place: name.1 }).await {
                tracing::debug!(%error, "a page that went away is shown until its lease ends");
            }
        });
    }
}
