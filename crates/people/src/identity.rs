//! From a cookie or a bearer token to an actor, remembered until configuration or rights change.

use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

use kernel::{Access, Actor, PersonId, Result, SessionId, Span, Stamp, TokenId, Via};
use store::{Db, Tx};

use crate::preference::{self, Preferences};
use crate::service_desk::ServiceDesk;
use crate::session::{SESSION_IDLE, secret_hash};
use crate::{session, token};

/// Somebody who showed a valid secret.
#[derive(Clone, Debug)]
pub struct Identity {
    /// What they may reach.
    pub access: Arc<Access>,
    /// How they want to work.
    pub preferences: Arc<Preferences>,
    /// Hash of the secret; CSRF tokens derive from it.
    pub secret_hash: String,
}

impl Identity {
    /// As the author of commands.
    #[must_use]
    pub fn actor(&self) -> Actor {
        Actor::Person(self.access.clone())
    }
}

/// An identification is believed for this long without asking the database again; changes of rights empty the memory at
/// once here and within the poll interval on other nodes.
const BELIEVED: Span = Span::seconds(30);
/// Sessions are marked as seen at most this often.
const SEEN_EVERY: Span = Span::minutes(10);
/// Tokens are marked as used at most this often.
const TOKEN_USED_EVERY: Span = Span::hours(1);
const REMEMBERED_MAX: usize = 10_000;

/// What was shown, and has not been marked for a while.
#[derive(Clone, Copy)]
enum Seen {
    Session(SessionId),
    Token(TokenId),
}

/// Somebody and how they want to work.
type Known = (Arc<Access>, Arc<Preferences>);

/// Recent identifications by the hash of their secret.
#[derive(Debug, Default)]
pub struct AuthCache(RwLock<Remembered>);

#[derive(Debug, Default)]
struct Remembered {
    known: HashMap<String, (Known, Stamp)>,
    /// How often something was forgotten.
    turn: u64,
}

impl AuthCache {
    /// Forgets everybody.
    pub fn forget(&self) {
        self.retain(|_| false);
    }
    /// Forgets one person, whose preferences changed.
    pub fn forget_person(&self, person: PersonId) {
        self.retain(|access| access.person != person);
    }
    fn retain(&self, stays: impl Fn(&Access) -> bool) {
        let mut memory = self.0.write().unwrap_or_else(PoisonError::into_inner);
        memory.known.retain(|_, ((access, _), _)| stays(access));
        memory.turn += 1;
    }
    /// Who that is; or else the turn in which the database is asked.
    fn get(&self, hash: &str, now: Stamp) -> std::result::Result<Known, u64> {
        let memory = self.0.read().unwrap_or_else(PoisonError::into_inner);
        memory.known.get(hash).filter(|(_, until)| now < *until).map(|(known, _)| known.clone()).ok_or(memory.turn)
    }
    /// Remembers somebody, unless anything was forgotten since that turn: what committed while the database was read is not in the answer.
    fn put(&self, hash: &str, somebody: &Known, until: Stamp, turn: u64) {
        let mut memory = self.0.write().unwrap_or_else(PoisonError::into_inner);
        if memory.turn != turn {
            return;
        }
        if memory.known.len() >= REMEMBERED_MAX {
            memory.known.clear();
        }
        memory.known.insert(hash.to_owned(), (somebody.clone(), until));
    }
}

impl ServiceDesk {
    /// Who holds this API token, if anybody.
    pub async fn by_token(&self, secret: &str) -> Result<Option<Identity>> {
        if !secret.starts_with(token::PREFIX) {
            return Ok(None);
        }
        self.identify(secret, |db, hash, now| {
            let Some((id, person, used)) = token::rows::by_secret(db, hash)? else { return Ok(None) };
            let stale = used.is_none_or(|used| now - used > TOKEN_USED_EVERY).then_some(Seen::Token(id));
            Ok(session::rows::access_of(db, person, Via::Token(id))?.map(|access| (access, stale)))
        })
        .await
    }

    /// Who holds this session cookie, if anybody.
    pub async fn by_session(&self, secret: &str) -> Result<Option<Identity>> {
        self.identify(secret, |db, hash, now| {
            let Some((id, person, seen)) = session::rows::by_secret(db, hash, now)? else { return Ok(None) };
            let stale = (now - seen > SEEN_EVERY).then_some(Seen::Session(id));
            Ok(session::rows::access_of(db, person, Via::Session(id))?.map(|access| (access, stale)))
        })
        .await
    }

    async fn identify<F>(&self, secret: &str, look: F) -> Result<Option<Identity>>
    where
        F: FnOnce(&mut Db<'_>, &str, Stamp) -> Result<Option<(Access, Option<Seen>)>> + Send + 'static,
    {
        let (hash, now) = (secret_hash(secret), self.clock().now());
        let turn = match self.signed_in().get(&hash, now) {
            Ok((access, preferences)) => return Ok(Some(Identity { access, preferences, secret_hash: hash })),
            Err(turn) => turn,
        };
        let epoch = self.settings().epoch;
        let key = hash.clone();
        let found = self.read(move |db| {
            let Some((access, stale)) = look(db, &key, now)? else { return Ok(None) };
            let preferences = preference::rows::of(db, access.person)?;
            Ok(Some(((Arc::new(access), Arc::new(preferences)), stale)))
        });
        let Some((somebody, stale)) = found.await? else { return Ok(None) };
        if let Some(stale) = stale {
            let note = move |tx: &mut Tx<'_>| match stale {
                Seen::Session(session) => session::rows::seen(tx, session, now + SESSION_IDLE),
                Seen::Token(token) => token::rows::used(tx, token),
            };
            self.store().write(note).await?;
        }
        // A change that committed while we were reading has emptied the memory: do not put an old answer back.
        if self.settings().epoch == epoch {
            self.signed_in().put(&hash, &somebody, now + BELIEVED, turn);
        }
        let (access, preferences) = somebody;
        Ok(Some(Identity { access, preferences, secret_hash: hash }))
    }

    /// Changes how the actor wants to work; it holds from the next request.
    pub async fn prefer(&self, actor: &Actor, change: impl FnOnce(&mut Preferences) + Send + 'static) -> Result<()> {
        self.execute(actor, preference::ChangePreferences(change)).await?;
        if let Some(person) = actor.person() {
            self.signed_in().forget_person(person);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use kernel::Locale;

    use super::*;

    #[test]
    fn what_was_read_before_a_change_is_not_remembered_after_it() {
        let (cache, now) = (AuthCache::default(), Stamp::from_micros(1));
        let access = |person| Access {
            person: PersonId(person),
            name: String::new(),
            email: String::new(),
            locale: Locale::default(),
            time_zone: String::new(),
            admin: false,
            auditor: false,
            agent_of: Vec::new(),
            manager_of: Vec::new(),
            via: Via::Session(SessionId(person)),
        };
        let known = |person| (Arc::new(access(person)), Arc::new(Preferences::default()));
        let later = now + BELIEVED;
        let turn = cache.get("anna", now).unwrap_err();
        cache.put("anna", &known(1), later, turn);
        assert!(cache.get("anna", now).is_ok() && cache.get("anna", later).is_err());
        let turn = cache.get("otto", now).unwrap_err();
        cache.forget_person(PersonId(2));
        cache.put("otto", &known(2), later, turn);
        assert!(cache.get("otto", now).is_err() && cache.get("anna", now).is_ok());
        let turn = cache.get("otto", now).unwrap_err();
        cache.forget();
        cache.put("otto", &known(2), later, turn);
        assert!(cache.get("otto", now).is_err() && cache.get("anna", now).is_err());
    }
}
