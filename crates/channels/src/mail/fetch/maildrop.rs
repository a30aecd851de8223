//! One POP3 maildrop: what waits there is taken, and removed or left.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use store::BlobHash;

use super::account::Account;
use super::notice::{HEADER_BYTES_MAX, Reason, notice};
use super::pop3::Pop3;
use super::problem::{Code, Outcome, Problem};
use super::rows;
use super::source::Afterwards;
use super::taking::{Fetched, Taking};

/// Messages taken in one session: servers remove them only at its end, and a session that breaks removes none.
const SESSION_MESSAGES_MAX: usize = 2_000;
/// Messages committed together, and their size, in bytes.
const BATCH: usize = 50;
const BATCH_BYTES: usize = 1024 * 1024;
/// After so many failures that one message was the occasion of, its header is shown in its place.
const FAILURES_MAX: u32 = 6;
/// Beside the header's own length, for servers that give more than was asked for, in bytes.
const HEADER_ROOM_BYTES: usize = 1024 * 1024;

/// What is remembered of a maildrop between sessions.
pub(super) struct Maildrop {
    account: Arc<Account>,
    failures: HashMap<String, u32>,
    too_large: HashSet<String>,
    last_words: String,
}

/// A message by its number in this session, and by a name that lasts, when it has one.
struct Waiting {
    number: u32,
    name: Option<String>,
}

/// What has come and is not yet committed.
#[derive(Default)]
struct Batch {
    fetched: Vec<Fetched>,
    numbers: Vec<u32>,
    bytes: usize,
}

impl Maildrop {
    pub(super) fn new(account: Arc<Account>) -> Self {
        Self { account, failures: HashMap::new(), too_large: HashSet::new(), last_words: String::new() }
    }

    /// Takes what waits, in one session; tells whether there may be more.
    pub(super) async fn visit(&mut self) -> Outcome<bool> {
        let account = Arc::clone(&self.account);
        let mut pop = account.pop3().await?;
        let (waiting, listed) = self.waiting(&mut pop).await?;
        let taking = account.taking("", 0, Some(Arc::new(listed)));
        let sizes = if waiting.is_empty() { HashMap::new() } else { pop.sizes().await? };
        let named: Vec<String> = waiting.iter().filter_map(|one| one.name.clone()).collect();
        let place = taking.place.clone();
        let taken = account.desk().read(move |db| rows::taken_of(db, &place, &named)).await?;
        let deletes = account.source.afterwards == Afterwards::Delete;
        let place = taking.place.clone();
        let leftover: HashSet<String> =
            account.desk().read(move |db| rows::unsettled(db, &place, SESSION_MESSAGES_MAX)).await?.into_iter().collect();
        let (mut batch, mut count, mut more) = (Batch::default(), 0, false);
        for one in waiting {
            let known = one.name.as_ref().filter(|name| taken.contains(*name));
            if let Some(name) = known {
                // It was taken before, and the session in which it was to be removed broke.
                if deletes && leftover.contains(name) {
                    pop.delete(one.number).await?;
                }
                continue;
            }
            if count == SESSION_MESSAGES_MAX {
                more = true;
                break;
            }
            count += 1;
            let size = sizes.get(&one.number).copied();
            let outcome = self.receive(&mut pop, &one, size, &mut batch).await;
            if outcome.is_err() || batch.fetched.len() >= BATCH || batch.bytes >= BATCH_BYTES {
                self.commit(&mut pop, &taking, &mut batch, outcome.is_ok()).await?;
            }
            outcome?;
        }
        self.commit(&mut pop, &taking, &mut batch, true).await?;
        pop.quit().await?;
        if deletes && !leftover.is_empty() {
            let gone: Vec<String> = leftover.into_iter().collect();
            taking.write(account.desk(), move |tx, place| rows::settle(tx, place, &gone)).await?;
        }
        Ok(more)
    }

    /// What is there, and all names that last.
    async fn waiting(&self, pop: &mut Pop3) -> Outcome<(Vec<Waiting>, HashSet<String>)> {
        let Some(names) = pop.names().await? else {
            if self.account.source.afterwards == Afterwards::Keep {
                return Err(Problem::new(Code::Protocol, "the server has no lasting names for messages (UIDL): they cannot stay there"));
            }
            let mut numbers: Vec<u32> = pop.sizes().await?.into_keys().collect();
            numbers.sort_unstable();
            return Ok((numbers.into_iter().map(|number| Waiting { number, name: None }).collect(), HashSet::new()));
        };
        let mut seen: HashMap<&str, u32> = HashMap::new();
        for name in names.iter().filter_map(|(_, name)| name.as_deref()) {
            *seen.entry(name).or_default() += 1;
        }
        let listed: HashSet<String> = names.iter().filter_map(|(_, name)| name.clone()).collect();
        // A name that two messages bear is none: the second would pass for the first, and be removed unread.
        let alone = |name: &&String| seen.get(name.as_str()) == Some(&1);
        let waiting = names.iter().map(|(number, name)| Waiting { number: *number, name: name.as_ref().filter(alone).cloned() });
        Ok((waiting.collect(), listed))
    }

    async fn receive(&mut self, pop: &mut Pop3, one: &Waiting, size: Option<usize>, batch: &mut Batch) -> Outcome<()> {
        let most = self.account.shared.message_bytes_max;
        let known_as = one.name.clone().unwrap_or_else(|| format!("#{}", one.number));
        let failed = self.failures.get(&known_as).copied().unwrap_or_default();
        let reason = match size {
            Some(bytes) if bytes > most => Some(Reason::TooLarge { bytes: Some(bytes) }),
            _ if self.too_large.contains(&known_as) => Some(Reason::TooLarge { bytes: None }),
            _ if failed >= FAILURES_MAX => Some(Reason::NotGiven { detail: self.last_words.clone() }),
            _ => None,
        };
        let account = Arc::clone(&self.account);
        let _room = account.room(size.unwrap_or(BATCH_BYTES).min(most)).await?;
        let outcome = match &reason {
            None => pop.message(one.number).await,
            // A server that fails over the header too gets no second chance to hold up the rest.
            Some(_) if failed > FAILURES_MAX => Ok(Ok(Vec::new())),
            Some(_) => pop.header(one.number, HEADER_BYTES_MAX + HEADER_ROOM_BYTES).await,
        };
        let raw = match (outcome, &reason) {
            (Ok(Ok(header)), Some(reason)) => notice(&header, reason, self.account.locale(), &self.account.called("")),
            (Ok(Err(_)), Some(reason)) => notice(&[], reason, self.account.locale(), &self.account.called("")),
            (Ok(Ok(raw)), None) => raw,
            (Ok(Err(words)), None) => {
                // The others are not held up by it; next time it is asked for again.
                *self.failures.entry(known_as).or_default() += 1;
                self.last_words = words;
                return Ok(());
            }
            (Err(problem), _) => {
                if problem.code == Code::TooLarge && reason.is_none() {
                    self.too_large.insert(known_as);
                } else {
                    *self.failures.entry(known_as).or_default() += 1;
                    self.last_words.clone_from(&problem.detail);
                }
                return Err(problem);
            }
        };
        self.failures.remove(&known_as);
        let stays = reason.is_some() || self.account.source.afterwards == Afterwards::Keep;
        if reason.is_none() {
            batch.numbers.push(one.number);
        }
        batch.bytes = batch.bytes.saturating_add(raw.len());
        let marker = one.name.clone().unwrap_or_else(|| format!("content {}", BlobHash::of(&raw).as_str()));
        batch.fetched.push(Fetched { marker, raw, stays });
        Ok(())
    }

    /// Commits, and only then asks for the removal.
    async fn commit(&self, pop: &mut Pop3, taking: &Taking, batch: &mut Batch, talks: bool) -> Outcome<()> {
        self.account.make_way().await?;
        let done = std::mem::take(batch);
        taking.take(self.account.desk(), done.fetched, HashSet::new()).await?;
        if talks && self.account.source.afterwards == Afterwards::Delete {
            for number in done.numbers {
                pop.delete(number).await?;
            }
        }
        Ok(())
    }
}
