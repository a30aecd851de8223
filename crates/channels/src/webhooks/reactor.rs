//! Follows the journal and writes down what each hook is to be told.

use std::sync::Arc;

use desk::events::{self, may_know};
use desk::merging::told_to;
use desk::timeline::facts;
use journal::{Entry, Reactor};
use kernel::{Actor, Result, Via};
use people::{ServiceDesk, session};
use serde_json::json;
use store::Tx;

use super::{Webhook, rows};

/// The reactor of webhooks.
pub struct Watcher {
    desk: ServiceDesk,
    /// Hooks with their owners as of an epoch of the configuration: it rises when hooks or rights change.
    known: Option<(i64, Vec<(Webhook, Actor)>)>,
}

impl Watcher {
    /// For this desk.
    #[must_use]
    pub const fn new(desk: ServiceDesk) -> Self {
        Self { desk, known: None }
    }

    fn hooks(&mut self, tx: &mut Tx<'_>) -> Result<&[(Webhook, Actor)]> {
        let epoch = self.desk.settings().epoch;
        if self.known.as_ref().is_none_or(|(known, _)| *known != epoch) {
            let mut hooks = Vec::new();
            for hook in rows::hooks(tx)?.into_iter().filter(|hook| hook.active) {
                // Whoever was disabled may know nothing, and so their hooks tell nothing.
                if let Some(access) = session::rows::access_of(tx, hook.owner, Via::Schedule)? {
                    hooks.push((hook, Actor::Person(Arc::new(access))));
                }
            }
            self.known = Some((epoch, hooks));
        }
        Ok(self.known.as_ref().map_or(&[], |(_, hooks)| hooks))
    }
}

impl Reactor for Watcher {
    fn name(&self) -> &'static str {
        "webhooks"
    }

    fn react(&mut self, tx: &mut Tx<'_>, entry: &Entry) -> Result<()> {
        let kind = entry.fact.kind();
        let wanting: Vec<(Webhook, Actor)> = self.hooks(tx)?.iter().filter(|(hook, _)| hook.wants(kind)).cloned().collect();
        if wanting.is_empty() {
            return Ok(());
        }
        let audience = match entry.ticket {
            Some(ticket) => events::rows::audience(tx, ticket)?,
            None => None,
        };
        for (hook, owner) in wanting {
            if may_know(&owner, entry, audience.as_ref()) {
                let told = told_to(tx, &owner, entry.clone())?;
                for fact in facts(tx, vec![told])? {
                    let number = audience.as_ref().map(|audience| audience.number.clone());
                    let mut data = serde_json::to_value(&fact).unwrap_or_default();
                    if let (Some(object), Some(number)) = (data.as_object_mut(), number) {
                        object.insert("number".to_owned(), number.into());
                    }
                    let body = json!({ "type": fact.kind, "timestamp": fact.at, "data": data });
                    rows::enqueue(tx, hook.id, kind, &body.to_string())?;
                }
            }
        }
        Ok(())
    }
}
