//! One IMAP folder: what waits there is taken, and then marked, moved or removed.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::account::Account;
use super::imap::{Answer, Event, Imap, Opened, Told, set};
use super::names;
use super::notice::{HEADER_BYTES_MAX, Reason, notice};
use super::problem::{Code, Outcome, Problem};
use super::rows;
use super::source::Afterwards;
use super::taking::{Fetched, Taking};

/// Messages that are looked at together.
const BATCH: usize = 500;
/// Messages asked for in one command.
const GROUP: usize = 50;
/// Their size together, in bytes; a larger one comes alone.
const GROUP_BYTES: usize = 4 * 1024 * 1024;
/// Messages that the server is told of in one command, about what becomes of them.
const SETTLE: usize = 200;
/// After so many failures that one message was the occasion of, its header is shown in its place.
const FAILURES_MAX: u32 = 6;

/// What is remembered of a folder between conversations.
pub(super) struct Folder {
    account: Arc<Account>,
    name: String,
    /// Failures by the message that was on its way.
    failures: HashMap<u32, u32>,
    too_large: HashSet<u32>,
    last_words: String,
}

/// One command's worth of messages.
struct Group {
    uids: Vec<u32>,
    received: HashSet<u32>,
    waiting: Vec<Fetched>,
    bytes: usize,
}

impl Folder {
    pub(super) fn new(account: Arc<Account>, name: &str) -> Self {
        let name = name.to_owned();
        Self { account, name, failures: HashMap::new(), too_large: HashSet::new(), last_words: String::new() }
    }

    pub(super) fn name(&self) -> &str {
        &self.name
    }

    /// Opens the folder and finds out where fetching stands in it.
    pub(super) async fn open(&mut self, imap: &mut Imap) -> Outcome<Taking> {
        let opened = imap.select(&self.name).await?;
        let validity = opened.validity.map(i64::from).ok_or_else(|| Problem::new(Code::Protocol, "the folder's numbers do not last"))?;
        let taking = self.account.taking(&self.name, validity, None);
        let (id, name) = (self.account.source.id, self.name.clone());
        let known = self.account.desk().read(move |db| rows::folder(db, id, &name)).await?;
        if known.is_none_or(|state| state.validity != validity) {
            self.failures.clear();
            self.too_large.clear();
            let known_uid = self.known_at_first(imap, &opened).await?;
            taking
                .write(self.account.desk(), move |tx, place| rows::begin_folder(tx, place.source, &place.folder, place.validity, known_uid))
                .await?;
        }
        Ok(taking)
    }

    /// Where messages stay in their folder, those that somebody has read already were dealt with before Steward came.
    async fn known_at_first(&self, imap: &mut Imap, opened: &Opened) -> Outcome<i64> {
        if self.account.source.afterwards != Afterwards::Seen {
            return Ok(0);
        }
        if let Some(next) = opened.next_uid {
            return Ok(i64::from(next) - 1);
        }
        // A server that does not say what the next number is still has a last one.
        Ok(imap.search("UID *", 1, 1).await?.last().map_or(0, |last| i64::from(*last)))
    }

    /// Takes all that waits.
    pub(super) async fn sweep(&mut self, imap: &mut Imap, taking: &Taking) -> Outcome<()> {
        let account = Arc::clone(&self.account);
        let mut reluctant = self.settle(imap, taking).await?;
        loop {
            account.make_way().await?;
            same_numbers(imap, taking)?;
            let Some(uids) = self.waiting(imap, taking).await? else { break };
            self.take_all(imap, taking, &uids).await?;
            if reluctant.is_none() {
                reluctant = self.settle(imap, taking).await?;
            }
        }
        reluctant.map_or(Ok(()), Err)
    }

    /// The next messages that were not taken, lowest first; none when nothing waits.
    async fn waiting(&self, imap: &mut Imap, taking: &Taking) -> Outcome<Option<Vec<u32>>> {
        loop {
            let place = taking.place.clone();
            let state = self.account.desk().read(move |db| rows::folder(db, place.source, &place.folder)).await?;
            let state = state.ok_or_else(|| Problem::new(Code::Storage, "the folder is not known"))?;
            let (Ok(first), known) = (u32::try_from(state.last_uid + 1), u32::try_from(state.known_uid).unwrap_or(u32::MAX)) else {
                return Ok(None);
            };
            let first = first.max(1);
            let mut found = Vec::new();
            if first <= known {
                found = imap.search(&format!("UID {first}:{known} UNSEEN UNDELETED"), first, BATCH).await?;
                found.retain(|uid| *uid <= known);
                if found.is_empty() {
                    self.advance(taking, known).await?;
                    continue;
                }
            }
            if found.is_empty() {
                // `n:*` names the last message even when its number is lower; such are left out.
                found = imap.search(&format!("UID {first}:* UNDELETED"), first, BATCH).await?;
            }
            let Some(last) = found.last().copied() else { return Ok(None) };
            let markers: Vec<String> = found.iter().map(u32::to_string).collect();
            let place = taking.place.clone();
            let taken = self.account.desk().read(move |db| rows::taken_of(db, &place, &markers)).await?;
            found.retain(|uid| !taken.contains(&uid.to_string()));
            if !found.is_empty() {
                return Ok(Some(found));
            }
            self.advance(taking, last).await?;
        }
    }

    async fn advance(&self, taking: &Taking, last: u32) -> Outcome<()> {
        let write = taking
            .write(self.account.desk(), move |tx, place| rows::advance(tx, place.source, &place.folder, place.validity, i64::from(last)));
        Ok(write.await?)
    }

    async fn take_all(&mut self, imap: &mut Imap, taking: &Taking, uids: &[u32]) -> Outcome<()> {
        let sizes = self.sizes(imap, uids).await?;
        let most = self.account.shared.message_bytes_max;
        let size_of = |uid: u32| sizes.get(&uid).map(|size| usize::try_from(*size).unwrap_or(usize::MAX));
        let (suspect, fine): (Vec<u32>, Vec<u32>) = uids.iter().partition(|uid| {
            self.failures.contains_key(uid) || self.too_large.contains(uid) || size_of(**uid).is_some_and(|bytes| bytes > most)
        });
        for group in groups(&fine, |uid| size_of(uid).unwrap_or(0)) {
            self.take_group(imap, taking, group, &sizes).await?;
        }
        // What failed before comes last and alone, so that it holds up nobody else.
        for uid in suspect {
            let reason = match size_of(uid) {
                Some(bytes) if bytes > most => Some(Reason::TooLarge { bytes: Some(bytes) }),
                _ if self.too_large.contains(&uid) => Some(Reason::TooLarge { bytes: None }),
                _ if self.failed(uid) >= FAILURES_MAX => Some(Reason::NotGiven { detail: self.last_words.clone() }),
                _ => None,
            };
            match reason {
                Some(reason) => self.take_notice(imap, taking, uid, &reason).await?,
                None => self.take_group(imap, taking, vec![uid], &sizes).await?,
            }
        }
        self.advance(taking, uids.last().copied().unwrap_or_default()).await
    }

    fn failed(&self, uid: u32) -> u32 {
        self.failures.get(&uid).copied().unwrap_or_default()
    }

    fn blame(&mut self, uid: u32, words: &str) {
        *self.failures.entry(uid).or_default() += 1;
        words.clone_into(&mut self.last_words);
    }

    async fn sizes(&self, imap: &mut Imap, uids: &[u32]) -> Outcome<HashMap<u32, u32>> {
        let wanted: HashSet<u32> = uids.iter().copied().collect();
        let mut sizes = HashMap::new();
        imap.start(&format!("UID FETCH {} (UID RFC822.SIZE)", set(uids))).await?;
        loop {
            match imap.next().await? {
                Event::Told(Told { uid: Some(uid), size: Some(size), .. }) if wanted.contains(&uid) => {
                    sizes.insert(uid, size);
                }
                Event::Done(_) => return Ok(sizes),
                _ => {}
            }
        }
    }

    async fn take_group(&mut self, imap: &mut Imap, taking: &Taking, uids: Vec<u32>, sizes: &HashMap<u32, u32>) -> Outcome<()> {
        let account = Arc::clone(&self.account);
        let bytes = uids
            .iter()
            .filter_map(|uid| sizes.get(uid))
            .fold(0_usize, |sum, size| sum.saturating_add(usize::try_from(*size).unwrap_or(usize::MAX)));
        let _room = account.room(bytes).await?;
        let mut group = Group { uids, received: HashSet::new(), waiting: Vec::new(), bytes: 0 };
        let outcome = self.receive(imap, taking, &mut group, sizes).await;
        same_numbers(imap, taking)?;
        // What came whole is kept, however the rest ended.
        let waiting = std::mem::take(&mut group.waiting);
        let doubles = taking.doubles(self.account.desk(), &waiting).await?;
        let gone = if outcome.is_ok() { gone(imap, &doubles).await } else { Ok(HashSet::new()) };
        let certain = |one: &Fetched| (outcome.is_ok() && gone.is_ok()) || !doubles.contains_key(&one.marker);
        let waiting = waiting.into_iter().filter(certain).collect();
        let (gone, outcome) = match gone {
            Ok(gone) => (gone, outcome),
            Err(problem) => (HashSet::new(), Err(problem)),
        };
        taking.take(self.account.desk(), waiting, gone).await?;
        let missing: Vec<u32> = group.uids.iter().copied().filter(|uid| !group.received.contains(uid)).collect();
        let next = missing.first().copied();
        match (outcome, next) {
            (Err(problem), Some(uid)) if problem.code == Code::TooLarge => {
                self.too_large.insert(uid);
                Err(problem)
            }
            (Err(problem), Some(uid)) if problem.code != Code::Storage => {
                self.blame(uid, &problem.detail);
                Err(problem)
            }
            (Err(problem), _) => Err(problem),
            (Ok(answer), Some(_)) => self.missed(imap, &missing, &answer).await,
            (Ok(_), None) => {
                for uid in &group.uids {
                    self.failures.remove(uid);
                }
                Ok(())
            }
        }
    }

    async fn receive(&self, imap: &mut Imap, taking: &Taking, group: &mut Group, sizes: &HashMap<u32, u32>) -> Outcome<Answer> {
        let wanted: HashSet<u32> = group.uids.iter().copied().collect();
        imap.start(&format!("UID FETCH {} (UID BODY.PEEK[])", set(&group.uids))).await?;
        loop {
            match imap.next().await? {
                Event::Told(Told { uid: Some(uid), body: Some(raw), .. }) if wanted.contains(&uid) => {
                    // Some servers give nothing where they cannot read what they have.
                    let hollow = raw.is_empty() && sizes.get(&uid).is_none_or(|size| *size > 0);
                    if !hollow && group.received.insert(uid) {
                        group.bytes = group.bytes.saturating_add(raw.len());
                        group.waiting.push(Fetched { marker: uid.to_string(), raw, stays: false });
                    }
                    if group.bytes > GROUP_BYTES {
                        group.bytes = 0;
                        same_numbers(imap, taking)?;
                        taking.take(self.account.desk(), std::mem::take(&mut group.waiting), HashSet::new()).await?;
                    }
                }
                Event::Done(answer) => return Ok(answer),
                _ => {}
            }
        }
    }

    /// Messages that were asked for and did not come: some are gone, which is nobody's fault.
    async fn missed(&mut self, imap: &mut Imap, missing: &[u32], answer: &Answer) -> Outcome<()> {
        let there = imap.search(&format!("UID {}", set(missing)), 1, missing.len()).await?;
        let there: Vec<u32> = there.into_iter().filter(|uid| missing.contains(uid)).collect();
        if there.is_empty() {
            return Ok(());
        }
        for uid in there {
            self.blame(uid, &answer.text);
        }
        Err(Problem::new(Code::Server, format!("a message is not handed out: {}", answer.text)))
    }

    async fn take_notice(&mut self, imap: &mut Imap, taking: &Taking, uid: u32, reason: &Reason) -> Outcome<()> {
        let mut header = Vec::new();
        // A server that fails over the header too gets no second chance to hold up the rest.
        if self.failed(uid) <= FAILURES_MAX {
            self.blame(uid, &self.last_words.clone());
            imap.start(&format!("UID FETCH {uid} (UID BODY.PEEK[HEADER]<0.{HEADER_BYTES_MAX}>)")).await?;
            loop {
                match imap.next().await? {
                    Event::Told(Told { uid: Some(of), body: Some(raw), .. }) if of == uid => header = raw,
                    Event::Done(_) => break,
                    _ => {}
                }
            }
        }
        let raw = notice(&header, reason, self.account.locale(), &self.account.called(&self.name));
        taking.take(self.account.desk(), vec![Fetched { marker: uid.to_string(), raw, stays: true }], HashSet::new()).await?;
        self.failures.remove(&uid);
        self.too_large.remove(&uid);
        Ok(())
    }

    /// Lets the server mark, move or remove what is safely here. A server that does not want to holds up no mail: its words come back.
    async fn settle(&self, imap: &mut Imap, taking: &Taking) -> Outcome<Option<Problem>> {
        loop {
            let place = taking.place.clone();
            let markers = self.account.desk().read(move |db| rows::unsettled(db, &place, SETTLE)).await?;
            if markers.is_empty() {
                return Ok(None);
            }
            let mut uids: Vec<u32> = markers.iter().filter_map(|marker| marker.parse().ok()).collect();
            uids.sort_unstable();
            let answer = self.afterwards(imap, &uids).await?;
            if !answer.ok {
                uids = imap.search(&format!("UID {}", set(&uids)), 1, uids.len()).await?;
                let again = if uids.is_empty() { answer } else { self.afterwards(imap, &uids).await? };
                if !uids.is_empty() && !again.ok {
                    return Ok(Some(Problem::new(Code::MoveTo, again.text)));
                }
            }
            taking.write(self.account.desk(), move |tx, place| rows::settle(tx, place, &markers)).await?;
        }
    }

    async fn afterwards(&self, imap: &mut Imap, uids: &[u32]) -> Outcome<Answer> {
        let source = &self.account.source;
        let uids = set(uids);
        match source.afterwards {
            Afterwards::Seen => imap.run(&format!("UID STORE {uids} +FLAGS.SILENT (\\Seen)")).await,
            Afterwards::Delete => delete(imap, &uids).await,
            Afterwards::Move => {
                let target = source.move_to.as_deref().unwrap_or_default();
                let target = names::folder(target).ok_or_else(|| Problem::new(Code::MoveTo, target))?;
                let verb = if imap.can("MOVE") { "MOVE" } else { "COPY" };
                let mut answer = imap.run(&format!("UID {verb} {uids} {target}")).await?;
                if answer.try_create {
                    imap.run(&format!("CREATE {target}")).await?;
                    answer = imap.run(&format!("UID {verb} {uids} {target}")).await?;
                }
                if answer.ok && verb == "COPY" { delete(imap, &uids).await } else { Ok(answer) }
            }
            Afterwards::Keep => Ok(Answer { ok: true, try_create: false, text: String::new() }),
        }
    }
}

/// What came under numbers that mean something else by now is not taken under them.
fn same_numbers(imap: &Imap, taking: &Taking) -> Outcome<()> {
    let same = imap.validity().map(i64::from) == Some(taking.place.validity);
    if same { Ok(()) } else { Err(Problem::new(Code::Lost, "the folder was numbered anew")) }
}

/// Behind which numbers the folder has nothing any more, of those under which it gave the same content before. Where one is still there,
/// these are two messages, and else one under a new number.
async fn gone(imap: &mut Imap, doubles: &HashMap<String, Vec<String>>) -> Outcome<HashSet<String>> {
    let mut before: Vec<u32> = doubles.values().flatten().filter_map(|marker| marker.parse().ok()).collect();
    if before.is_empty() {
        return Ok(HashSet::new());
    }
    before.sort_unstable();
    before.dedup();
    let there = imap.search(&format!("UID {}", set(&before)), 1, before.len()).await?;
    Ok(before.into_iter().filter(|uid| !there.contains(uid)).map(|uid| uid.to_string()).collect())
}

/// Only these messages go: a plain EXPUNGE would remove what others have marked as well. Without UIDPLUS they stay marked as deleted.
async fn delete(imap: &mut Imap, uids: &str) -> Outcome<Answer> {
    let answer = imap.run(&format!("UID STORE {uids} +FLAGS.SILENT (\\Deleted)")).await?;
    if answer.ok && imap.can("UIDPLUS") { imap.run(&format!("UID EXPUNGE {uids}")).await } else { Ok(answer) }
}

/// Messages in the order in which they are, cut into what is asked for together.
fn groups(uids: &[u32], size_of: impl Fn(u32) -> usize) -> Vec<Vec<u32>> {
    let mut groups: Vec<Vec<u32>> = Vec::new();
    let mut bytes = 0_usize;
    for uid in uids {
        let size = size_of(*uid);
        match groups.last_mut() {
            Some(group) if group.len() < GROUP && bytes.saturating_add(size) <= GROUP_BYTES => {
                group.push(*uid);
                bytes = bytes.saturating_add(size);
            }
            _ => {
                groups.push(vec![*uid]);
                bytes = size;
            }
        }
    }
    groups
}
