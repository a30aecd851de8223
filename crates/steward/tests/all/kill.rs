//! The program is killed at random moments while the API and the mail door take work. A ledger holds what was acknowledged: all of it must be
//! there afterwards, once.

use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};
use serde_json::json;
use store::{Dialect, testing};

use crate::faults::{Lmtp, titles, until_told};
use crate::support::{PASSWORD, Place, Serving, finished, free_address};

/// A number for longer runs at night; the moments of the kills follow from the seed.
const ROUNDS: (&str, u64) = ("STEWARD_TEST_KILL_ROUNDS", 50);
const SEED: u64 = 20_261_122;
const WRITERS: usize = 3;
const SENDERS: usize = 2;
/// Titles that are looked for after the kills.
const SEARCHED: usize = 40;

/// What was asked for, and whether the program said that it is done.
#[derive(Default)]
struct Ledger {
    asked: Mutex<BTreeMap<String, bool>>,
}

impl Ledger {
    fn ask(&self, title: &str) {
        self.asked.lock().unwrap().entry(title.to_owned()).or_insert(false);
    }
    fn acknowledge(&self, title: &str) {
        self.asked.lock().unwrap().insert(title.to_owned(), true);
    }
    /// What nobody knows of whether it was done.
    fn open(&self, of: &str) -> Vec<String> {
        self.asked.lock().unwrap().iter().filter(|(title, done)| !**done && title.starts_with(of)).map(|(title, _)| title.clone()).collect()
    }
    fn acknowledged(&self) -> BTreeSet<String> {
        self.asked.lock().unwrap().iter().filter(|(_, done)| **done).map(|(title, _)| title.clone()).collect()
    }
}

struct Scene {
    place: Place,
    /// Where the database is, unless it is the file in the data directory.
    url: Option<String>,
    token: String,
    door: String,
    ledger: Arc<Ledger>,
}

impl Scene {
    fn new(url: Option<String>) -> Self {
        let place = Place::new();
        let mut scene = Self { place, url, token: String::new(), door: free_address(), ledger: Arc::default() };
        let setup =
            ["setup", "--admin-email", "ada@example.org", "--admin-name", "Ada", "--desk-name", "IT", "--mail-domain", "desk.example"];
        scene.run(&setup, PASSWORD);
        scene.token = scene.run(&["token", "add", "--email", "ada@example.org", "--name", "test"], "").trim().to_owned();
        scene
    }

    fn command(&self, args: &[&str]) -> Command {
        let mut command = self.place.command(args);
        command.env("STEWARD_DATA_DIR", self.place.data());
        if let Some(url) = &self.url {
            command.env("STEWARD_DATABASE", url);
        }
        command
    }

    fn run(&self, args: &[&str], input: &str) -> String {
        finished(self.command(args), input).must_succeed().out
    }

    fn serve(&self) -> Serving {
        let mut line = vec!["--mail-domain", "desk.example", "--lmtp-listen", &self.door];
        if let Some(url) = &self.url {
            line.extend(["--database", url.as_str()]);
        }
        self.place.serve(&line)
    }

    /// Lets work come in until the program is killed after `pause`.
    fn round_until_kill(&self, round: u64, pause: Duration) {
        let serving = self.serve();
        let over = AtomicBool::new(false);
        thread::scope(|scope| {
            for writer in 0..WRITERS {
                let (serving, over) = (&serving, &over);
                scope.spawn(move || self.write(serving, over, &format!("api {writer}"), round));
            }
            for sender in 0..SENDERS {
                let over = &over;
                scope.spawn(move || self.send(over, &format!("mail {sender}"), round));
            }
            thread::sleep(pause);
            serving.kill();
            over.store(true, Ordering::SeqCst);
        });
    }

    /// First what stayed open the last time, with the same keys; then new tickets.
    fn write(&self, serving: &Serving, over: &AtomicBool, name: &str, round: u64) {
        let fresh = (0..).map(|n| format!("{name} {round} {n}"));
        for title in self.ledger.open(name).into_iter().chain(fresh) {
            if over.load(Ordering::SeqCst) {
                return;
            }
            self.ledger.ask(&title);
            let body = json!({ "title": title, "requester": "jo@customer.example", "body": title }).to_string();
            let Some(status) = serving.try_post("/api/v1/tickets", &self.token, &title, &body) else { return };
            assert_eq!(status, 201, "{}", std::fs::read_to_string(self.place.path("log")).unwrap_or_default());
            self.ledger.acknowledge(&title);
        }
    }

    fn send(&self, over: &AtomicBool, name: &str, round: u64) {
        let Ok(mut talk) = Lmtp::open(&self.door) else { return };
        let fresh = (0..).map(|n| format!("{name} {round} {n}"));
        for title in self.ledger.open(name).into_iter().chain(fresh) {
            if over.load(Ordering::SeqCst) {
                return;
            }
            self.ledger.ask(&title);
            let id = format!("{}@kill.example", title.replace(' ', "."));
            let Ok(code) = talk.send(&id, &title) else { return };
            assert_eq!(code, 250);
            self.ledger.acknowledge(&title);
        }
    }

    /// Everything acknowledged is there, and nothing twice.
    fn check(&self) {
        let serving = self.serve();
        let wanted = self.ledger.acknowledged();
        until_told(&serving, &self.token, "all mail read", || {
            let intake = serving.get("/api/v1/intake?limit=200", &self.token).json();
            intake["items"].as_array().unwrap().iter().all(|mail| mail["state"] == "done")
        });
        let there = titles(&serving, &self.token);
        let once: BTreeSet<String> = there.iter().cloned().collect();
        let lost: Vec<&String> = wanted.difference(&once).collect();
        assert!(lost.is_empty(), "acknowledged and lost: {lost:?}");
        let twice: Vec<&[String]> = there.windows(2).filter(|pair| pair[0] == pair[1]).collect();
        assert!(twice.is_empty(), "there twice: {twice:?}");
        self.check_search(&serving, &once);
        assert!(serving.stop().0.success());
        assert!(self.run(&["verify"], "").contains("whole"));
    }
}

impl Scene {
    /// The index was killed as often: it has everything that is there, once, old and new.
    fn check_search(&self, serving: &Serving, there: &BTreeSet<String>) {
        let some = there.iter().step_by((there.len() / SEARCHED).max(1));
        for title in some.chain(there.last()) {
            let path = format!("/api/v1/search?kinds=ticket&q=%22{}%22", title.replace(' ', "%20"));
            until_told(serving, &self.token, title, || serving.get(&path, &self.token).json()["total"] == 1);
        }
    }
}

fn killed_at_random_moments(scene: &Scene) {
    let rounds = std::env::var(ROUNDS.0).ok().and_then(|text| text.parse().ok()).unwrap_or(ROUNDS.1);
    let mut chance = StdRng::seed_from_u64(SEED);
    for round in 1..=rounds {
        scene.round_until_kill(round, Duration::from_millis(chance.random_range(20..600)));
        // Not more often: on PostgreSQL mail is read again only when the lease of the killed one has ended.
        if round % 25 == 0 || round == rounds {
            scene.check();
        }
    }
    let done = scene.ledger.acknowledged();
    let by_mail = done.iter().filter(|title| title.starts_with("mail")).count();
    assert!(by_mail > 20 && done.len() - by_mail > 20, "too little came in: {by_mail} of {}", done.len());
}

#[test]
fn what_was_acknowledged_survives_kills_on_sqlite() {
    killed_at_random_moments(&Scene::new(None));
}

#[test]
fn what_was_acknowledged_survives_kills_on_postgresql() {
    let database = testing::empty(Dialect::Postgres);
    killed_at_random_moments(&Scene::new(Some(database.settings.url.clone())));
}

/// Tickets that are changed in one go, a hundred in a transaction.
const CHANGED: usize = 600;
/// How often the change and its undo are each killed at least; a quick machine may end one of them between two looks, then both are done again.
const KILLS: usize = 3;
const TRIES: usize = 30;

/// Kills the program whenever it has come further with a change of many tickets, until that has come to this state; how often it was killed.
fn killed_until(scene: &Scene, mut serving: Serving, path: &str, (counted, state): (&str, &str)) -> (Serving, usize) {
    let (mut kills, mut seen) = (0, 0);
    loop {
        let now = serving.get(path, &scene.token).json();
        if now["state"] == state {
            return (serving, kills);
        }
        let here = now[counted].as_u64().unwrap();
        if here > seen {
            serving.kill();
            (kills, seen) = (kills + 1, here);
            serving = scene.serve();
        }
        thread::yield_now();
    }
}

/// Every ticket got this tag, and once.
fn all_tagged_once(scene: &Scene, serving: &Serving, tag: &str) {
    let mut tagged = 0;
    let mut page = String::new();
    loop {
        let list = serving.get(&format!("/api/v1/tickets?q=tag:{tag}&limit=200{page}"), &scene.token).json();
        for ticket in list["items"].as_array().unwrap() {
            let timeline = serving.get(&format!("/api/v1/tickets/{}/timeline?limit=200", ticket["number"].as_str().unwrap()), &scene.token);
            let timeline = timeline.json();
            let facts: Vec<_> = timeline["items"].as_array().unwrap().iter().filter(|one| one["fact"]["kind"] == "ticket.tagged").collect();
            let told = facts.iter().filter(|one| one["fact"].to_string().contains(&format!("\"{tag}\""))).count();
            assert_eq!(told, 1, "{ticket}: {facts:?}");
            tagged += 1;
        }
        let Some(next) = list["next_cursor"].as_str() else { break };
        page = format!("&cursor={next}");
    }
    assert_eq!(tagged, CHANGED, "each was changed, and once");
}

/// Tags all tickets and takes it back, killed whenever it comes further; how often each of both was killed.
fn tagged_and_untagged(scene: &Scene, serving: Serving, tag: &str) -> (Serving, usize, usize) {
    let begun = serving.post("/api/v1/bulk", &scene.token, &json!({ "q": "is:open", "changes": { "add_tags": [tag] } }).to_string());
    assert_eq!(begun.status, 202, "{}", begun.body);
    let path = format!("/api/v1/bulk/{}", begun.json()["id"].as_str().unwrap());
    let (serving, changing) = killed_until(scene, serving, &path, ("changed", "done"));
    let done = serving.get(&path, &scene.token).json();
    assert_eq!((&done["changed"], &done["refused_count"]), (&json!(CHANGED), &json!(0)), "{done}");
    all_tagged_once(scene, &serving, tag);
    assert_eq!(serving.post(&format!("{path}/undo"), &scene.token, "{}").status, 200);
    let (serving, undoing) = killed_until(scene, serving, &path, ("undone", "undone"));
    let left = serving.get(&format!("/api/v1/tickets?q=tag:{tag}&limit=1&count=true"), &scene.token).json();
    assert_eq!(left["total"], 0, "all of it is taken back");
    (serving, changing, undoing)
}

#[test]
fn a_change_of_many_tickets_goes_on_after_each_kill_and_is_taken_back_as_one() {
    let scene = Scene::new(None);
    let mut serving = scene.serve();
    thread::scope(|scope| {
        for writer in 0..4 {
            let (scene, serving) = (&scene, &serving);
            scope.spawn(move || {
                for n in 0..CHANGED / 4 {
                    let body = json!({ "title": format!("{writer} {n}"), "requester": "jo@customer.example" }).to_string();
                    assert_eq!(serving.post("/api/v1/tickets", &scene.token, &body).status, 201);
                }
            });
        }
    });
    let (mut changing, mut undoing) = (0, 0);
    for attempt in 0..TRIES {
        if changing >= KILLS && undoing >= KILLS {
            break;
        }
        let (again, changed, undone) = tagged_and_untagged(&scene, serving, &format!("storm{attempt}"));
        (serving, changing, undoing) = (again, changing + changed, undoing + undone);
    }
    assert!(changing >= KILLS && undoing >= KILLS, "it could hardly be killed: {changing} and {undoing} times");
    assert!(serving.stop().0.success());
    assert!(scene.run(&["verify"], "").contains("whole"));
}
