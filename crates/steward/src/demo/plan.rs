//! When what happened: every conversation as steps in time, all of them in one order.

use std::time::Duration;

use kernel::{Span, Stamp};

use super::texts::{Conversation, MessageKind, Tale};

/// Nothing of the demo happens later than this before it is opened.
const LATEST: Span = Span::minutes(1);

/// One thing that somebody does.
pub(super) struct Step {
    pub(super) at: Stamp,
    /// Which conversation.
    pub(super) story: usize,
    pub(super) deed: Deed,
}

/// What they do.
pub(super) enum Deed {
    /// The ticket is opened with its first message.
    Open,
    /// An agent takes it in hand: team, assignee, category, priority. A new one is only sorted.
    Take,
    /// The message with this place is written.
    Say(usize),
    /// Somebody watches from now on.
    Watch(String),
    /// An agent brings it to a status, unless the conversation has.
    Settle(&'static str),
    /// It lay resolved for some days and is closed.
    Close,
    /// The link with this place is made.
    Link(usize),
}

/// All steps, in the order in which they happened.
pub(super) fn plan(tale: &Tale, now: Stamp) -> Vec<Step> {
    let mut steps = Vec::new();
    for (story, told) in tale.stories.iter().enumerate() {
        let lead = tale.extras.leads.get(&told.text.desk);
        let deeds = deeds(&told.text, lead, now);
        steps.extend(deeds.into_iter().map(|(at, deed)| Step { at, story, deed }));
    }
    for (place, link) in tale.extras.link.iter().enumerate() {
        let ends = (tale.story(&link.ticket), tale.story(&link.target));
        let (Some(story), Some(target)) = ends else { continue };
        let both = [story, target].into_iter().filter_map(|end| tale.stories.get(end)).map(|end| taken_at(&end.text, now)).max();
        let at = latest(both.unwrap_or(now) + Span::minutes(4 + spread(&link.target, 30)), now);
        steps.push(Step { at, story, deed: Deed::Link(place) });
    }
    // Stable: what happens at the same time stays in the order of the conversation.
    steps.sort_by_key(|step| step.at);
    steps
}

fn deeds(story: &Conversation, lead: Option<&String>, now: Stamp) -> Vec<(Stamp, Deed)> {
    let times = times(story, now);
    let (Some(opened), Some(last)) = (times.first().copied(), times.last().copied()) else { return Vec::new() };
    let mut deeds = vec![(opened, Deed::Open), (taken_at(story, now), Deed::Take)];
    let mut watching: Vec<&str> = story.assignee.as_deref().into_iter().collect();
    if let Some(lead) = lead.filter(|_| is_critical(story) && !story.is_new()) {
        watch(&mut deeds, &mut watching, lead, story, taken_at(story, now));
    }
    for (place, (message, at)) in story.message.iter().zip(&times).enumerate().skip(1) {
        deeds.push((*at, Deed::Say(place)));
        if message.kind != MessageKind::Inbound {
            watch(&mut deeds, &mut watching, &message.by, story, *at);
        }
    }
    let settled = between(last, now, Span::minutes(2 + spread(&story.title, 28)));
    match story.status.as_str() {
        "open" => deeds.push((settled, Deed::Settle("open"))),
        "pending" => deeds.push((settled, Deed::Settle("pending"))),
        "on_hold" => deeds.push((settled, Deed::Settle("on_hold"))),
        "resolved" => deeds.push((settled, Deed::Settle("resolved"))),
        "closed" => {
            deeds.push((settled, Deed::Settle("resolved")));
            deeds.push((between(settled, now, Span::hours(48 + spread(&story.title, 48))), Deed::Close));
        }
        _ => {}
    }
    deeds
}

/// Agents who write on a ticket that is not theirs watch it from then on.
fn watch<'s>(deeds: &mut Vec<(Stamp, Deed)>, watching: &mut Vec<&'s str>, who: &'s str, story: &Conversation, at: Stamp) {
    if who != story.requester && !watching.contains(&who) {
        watching.push(who);
        deeds.push((at, Deed::Watch(who.to_owned())));
    }
}

fn is_critical(story: &Conversation) -> bool {
    use desk::ticket::{Priority, priority_of};
    priority_of(story.impact, story.urgency) == Priority::Critical
}

/// When each message was written.
fn times(story: &Conversation, now: Stamp) -> Vec<Stamp> {
    let age = Duration::try_from_secs_f64(story.age_days * 86_400.0).unwrap_or_default();
    let mut at = now - Span::millis(i64::try_from(age.as_millis()).unwrap_or_default());
    let mut times = Vec::with_capacity(story.message.len());
    for message in &story.message {
        at = at + Span::minutes(message.after);
        times.push(latest(at, now));
    }
    times
}

/// When an agent looks at it: some way before the first answer. What is new is sorted as it comes in.
fn taken_at(story: &Conversation, now: Stamp) -> Stamp {
    let times = times(story, now);
    let opened = times.first().copied().unwrap_or(now);
    let answered = story.first_answer().and_then(|(place, _)| times.get(place).copied());
    match answered {
        Some(answered) => Stamp::from_micros(opened.micros() + (answered - opened).micros() * (20 + spread(&story.title, 50)) / 100),
        None => opened,
    }
}

/// `wait` later, but never past the middle between then and now.
fn between(from: Stamp, now: Stamp, wait: Span) -> Stamp {
    Stamp::from_micros(from.micros() + wait.micros().min((now - from).micros() / 2))
}

fn latest(at: Stamp, now: Stamp) -> Stamp {
    at.min(now - LATEST)
}

/// A number below `below` that looks drawn by lot and is the same every time (FNV-1a).
pub(super) fn spread(text: &str, below: u32) -> i64 {
    let hash = text.bytes().fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
    i64::from(hash % below.max(1))
}
