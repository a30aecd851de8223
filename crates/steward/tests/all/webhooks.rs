//! Webhooks: who is told what, how it is signed, what happens when nobody listens, and what must never be called.

use std::collections::VecDeque;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener};
use std::sync::{Arc, Mutex, mpsc};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use channels::mail::fetch::Connector;
use channels::webhooks::{Teller, Watcher, WebhookSettings};
use journal::Runner;
use kernel::{Network, Span};
use serde_json::{Value, json};
use testkit::{Role, TestDesk};

use crate::house::{below, both, items, one, opened, text};

const HOOKS: &str = "/api/v1/webhooks";

/// What was heard: headers in small letters, and the body.
type Heard = (Vec<(String, String)>, String);

/// Somebody who listens, and answers with the statuses that it was given; then with 200.
struct Ear {
    address: SocketAddr,
    heard: Arc<Mutex<Vec<Heard>>>,
    arrivals: mpsc::Receiver<()>,
}

impl Ear {
    fn new(answers: &[&str]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let (address, heard) = (listener.local_addr().unwrap(), Arc::new(Mutex::new(Vec::new())));
        let mut answers: VecDeque<String> = answers.iter().map(|answer| (*answer).to_owned()).collect();
        let (told, (arrived, arrivals)) = (Arc::clone(&heard), mpsc::channel());
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let mut reader = BufReader::new(stream.unwrap());
                let mut lines = Vec::new();
                loop {
                    let mut line = String::new();
                    if reader.read_line(&mut line).unwrap() <= 2 {
                        break;
                    }
                    lines.push(line.trim_end().to_owned());
                }
                let headers: Vec<(String, String)> = lines
                    .iter()
                    .filter_map(|line| line.split_once(": "))
                    .map(|(name, value)| (name.to_lowercase(), value.to_owned()))
                    .collect();
                let length = headers.iter().find(|(name, _)| name == "content-length").map_or(0, |(_, value)| value.parse().unwrap());
                let mut body = vec![0; length];
                reader.read_exact(&mut body).unwrap();
                told.lock().unwrap().push((headers, String::from_utf8(body).unwrap()));
                arrived.send(()).ok();
                let status = answers.pop_front().unwrap_or_else(|| "200 OK".to_owned());
                let answer = format!(
                    "HTTP/1.1 {status}\r\nlocation: http://127.0.0.1:9/elsewhere\r\ncontent-length: 5\r\nconnection: close\r\n\r\nheard"
                );
                reader.get_mut().write_all(answer.as_bytes()).unwrap();
            }
        });
        Self { address, heard, arrivals }
    }

    fn url(&self) -> String {
        format!("http://{}/hook?room=1", self.address)
    }

    fn heard(&self) -> Vec<Heard> {
        self.heard.lock().unwrap().clone()
    }

    fn bodies(&self) -> Vec<Value> {
        self.heard().iter().map(|(_, body)| serde_json::from_str(body).unwrap()).collect()
    }
}

fn loopback() -> Vec<Network> {
    vec![Network::parse("127.0.0.0/8").unwrap()]
}

/// What follows the journal and what tells, as one node of one desk.
struct Node<'d> {
    desk: &'d TestDesk,
    watcher: Runner,
    teller: Teller,
}

impl<'d> Node<'d> {
    fn allowing(desk: &'d TestDesk, networks: Vec<Network>) -> Self {
        let watcher = Runner::new(desk.desk.store(), Box::new(Watcher::new(desk.desk.clone())));
        let connector = Arc::new(Connector::new(Vec::new(), false));
        Self { desk, watcher, teller: Teller::new(desk.desk.clone(), WebhookSettings { connector, networks }) }
    }

    fn of(desk: &'d TestDesk) -> Self {
        Self::allowing(desk, loopback())
    }

    fn tell(&self) {
        self.watcher.catch_up().unwrap();
        while self.desk.wait(self.teller.round()).unwrap() > 0 {}
    }
}

fn hook(desk: &TestDesk, url: &str, events: &[&str]) -> Value {
    desk.api(Role::Admin).post(HOOKS, &json!({ "url": url, "events": events })).must(201)
}

fn log(desk: &TestDesk, hook: &Value) -> Vec<Value> {
    items(&desk.api(Role::Admin).get(&format!("{HOOKS}/{}/deliveries", text(hook, "/id"))))
}

fn tries(desk: &TestDesk, hook: &Value, delivery: &Value) -> Vec<Value> {
    let path = format!("{HOOKS}/{}/deliveries/{}", text(hook, "/id"), text(delivery, "/id"));
    desk.api(Role::Admin).get(&path).must(200)["tries"].as_array().unwrap().clone()
}

/// HMAC-SHA256 by the other library that is here, so that a mistake of ours is not checked by itself.
fn hmac_sha256(key: &[u8], text: &[u8]) -> Vec<u8> {
    let key = aws_lc_rs::hmac::Key::new(aws_lc_rs::hmac::HMAC_SHA256, key);
    aws_lc_rs::hmac::sign(&key, text).as_ref().to_vec()
}

#[test]
fn a_hook_is_told_once_what_it_asked_for_and_can_tell_that_it_was_us() {
    both(|desk| {
        let node = Node::of(desk);
        let ear = Ear::new(&[]);
        let made = hook(desk, &ear.url(), &["ticket.opened"]);
        let secret = text(&made, "/secret").to_owned();
        let ticket = opened(desk, &json!({}));
        desk.api(Role::Agent).post(&below(&ticket, "messages"), &json!({ "kind": "note", "body": "Not for you." })).must(201);
        node.tell();
        node.tell();
        let heard = ear.heard();
        assert_eq!(heard.len(), 1, "{heard:?}");
        let (headers, body) = &heard[0];
        let of = |name: &str| headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.clone()).unwrap();
        let told: Value = serde_json::from_str(body).unwrap();
        assert_eq!((text(&told, "/type"), text(&told, "/data/number")), ("ticket.opened", text(&ticket, "/number")));
        // As the other side checks it: HMAC over id, time and body under the secret behind its prefix.
        let key = STANDARD.decode(secret.strip_prefix("whsec_").unwrap()).unwrap();
        let signed = format!("{}.{}.{body}", of("webhook-id"), of("webhook-timestamp"));
        assert_eq!(of("webhook-signature"), format!("v1,{}", STANDARD.encode(hmac_sha256(&key, signed.as_bytes()))));
        let log = log(desk, &made);
        assert_eq!((log.len(), text(&log[0], "/state"), text(&log[0], "/id")), (1, "delivered", of("webhook-id").as_str()));
        // The secret is shown when it is made and never again.
        let read = desk.api(Role::Admin).get(&format!("{HOOKS}/{}", text(&made, "/id"))).must(200);
        assert!(read.get("secret").is_none() && !read.to_string().contains(&secret));
    });
}

#[test]
fn who_does_not_listen_is_told_again_later_and_the_log_keeps_every_try() {
    both(|desk| {
        let node = Node::of(desk);
        let ear = Ear::new(&["500 Internal Server Error", "302 Found"]);
        let made = hook(desk, &ear.url(), &["ticket.opened"]);
        opened(desk, &json!({}));
        node.tell();
        let waiting = log(desk, &made).remove(0);
        assert_eq!((text(&waiting, "/state"), waiting["attempts"].as_i64()), ("waiting", Some(1)));
        node.tell();
        assert_eq!(ear.heard().len(), 1, "not before its time");
        desk.advance(Span::seconds(7));
        node.tell();
        // A redirect is no answer: it is not followed (T-S2).
        assert_eq!(text(&log(desk, &made)[0], "/state"), "waiting");
        desk.advance(Span::minutes(7));
        node.tell();
        let done = log(desk, &made).remove(0);
        assert_eq!((text(&done, "/state"), ear.heard().len()), ("delivered", 3));
        let statuses: Vec<i64> = tries(desk, &made, &done).iter().map(|one| one["status"].as_i64().unwrap()).collect();
        assert_eq!(statuses, [500, 302, 200]);
        let ids: Vec<String> = ear
            .heard()
            .iter()
            .flat_map(|(headers, _)| headers.iter().filter(|(name, _)| name == "webhook-id").map(|(_, id)| id.clone()))
            .collect();
        assert!(ids.iter().all(|id| *id == ids[0]), "the same telling has the same id");
    });
}

#[test]
fn a_telling_is_given_up_after_three_days_and_can_be_repeated() {
    one(|desk| {
        let node = Node::of(desk);
        let ear = Ear::new(&["503 Busy"; 10]);
        let made = hook(desk, &ear.url(), &["ticket.opened"]);
        opened(desk, &json!({}));
        for _ in 0..10 {
            node.tell();
            desk.advance(Span::hours(30));
        }
        node.tell();
        let failed = log(desk, &made).remove(0);
        assert_eq!((text(&failed, "/state"), ear.heard().len()), ("failed", 10));
        let path = format!("{HOOKS}/{}/deliveries/{}/redeliver", text(&made, "/id"), text(&failed, "/id"));
        desk.api(Role::Admin).post(&path, &json!({})).must(202);
        node.tell();
        assert_eq!((text(&log(desk, &made)[0], "/state"), ear.heard().len()), ("delivered", 11));
        // Gone means that nobody will ever listen there.
        let deaf = Ear::new(&["410 Gone"]);
        let second = hook(desk, &deaf.url(), &["ticket.opened"]);
        opened(desk, &json!({}));
        node.tell();
        assert_eq!(text(&log(desk, &second)[0], "/state"), "failed");
    });
}

#[test]
fn t_x2_a_hook_tells_what_its_owner_may_know_and_nothing_after_they_left() {
    both(|desk| {
        let node = Node::of(desk);
        let ear = Ear::new(&[]);
        let made = hook(desk, &ear.url(), &[]);
        let owner = desk.persona(Role::Admin).id;
        opened(desk, &json!({}));
        node.tell();
        let before = ear.heard().len();
        assert!(ear.bodies().iter().any(|body| text(body, "/type") == "ticket.opened"));
        desk.desk.execute_blocking(&kernel::Actor::System("test"), people::person::EnablePerson { id: owner, enabled: false }).unwrap();
        let requester = desk.persona(Role::Requester).email;
        desk.api(Role::Agent).post("/api/v1/tickets", &json!({ "title": "After", "requester": requester, "desk": "it" })).must(201);
        node.tell();
        assert_eq!(ear.heard().len(), before, "{made}");
    });
}

#[test]
fn t_s2_a_hook_reaches_no_address_of_this_machine_or_network_unless_it_was_allowed() {
    one(|desk| {
        let ear = Ear::new(&[]);
        let port = ear.address.port();
        for host in ["127.0.0.1", "localhost", "[::ffff:127.0.0.1]", "0x7f000001", "169.254.169.254", "[fd00:ec2::254]"] {
            hook(desk, &format!("http://{host}:{port}/"), &["ticket.opened"]);
        }
        opened(desk, &json!({}));
        Node::allowing(desk, Vec::new()).tell();
        assert!(ear.heard().is_empty());
        for made in items(&desk.api(Role::Admin).get(HOOKS)) {
            let told = log(desk, &made).remove(0);
            assert_eq!(text(&told, "/state"), "waiting", "{made}");
            assert!(tries(desk, &made, &told)[0]["status"].is_null(), "{made}");
        }
        for url in
            ["ftp://a.example/", "http://user:password@a.example/", "a.example", "http://", "https://a.example:0/", "javascript:alert(1)"]
        {
            let answer = desk.api(Role::Admin).post(HOOKS, &json!({ "url": url })).must(422);
            assert_eq!(text(&answer, "/errors/0/field"), "url", "{url}");
        }
    });
}

#[test]
fn a_hook_that_hangs_keeps_no_other_waiting() {
    one(|desk| {
        // Accepted by the system and never answered.
        let silent = TcpListener::bind("127.0.0.1:0").unwrap();
        let ear = Ear::new(&[]);
        hook(desk, &format!("http://{}/", silent.local_addr().unwrap()), &["ticket.opened"]);
        hook(desk, &ear.url(), &["ticket.opened"]);
        opened(desk, &json!({}));
        Runner::new(desk.desk.store(), Box::new(Watcher::new(desk.desk.clone()))).catch_up().unwrap();
        let connector = Arc::new(Connector::new(Vec::new(), false));
        let teller = Teller::new(desk.desk.clone(), WebhookSettings { connector, networks: loopback() });
        let (stop, stopping) = tokio::sync::watch::channel(false);
        let running = desk.runtime().spawn(teller.run(stopping));
        ear.arrivals.recv().unwrap();
        stop.send_replace(true);
        desk.wait(running).unwrap();
        drop(silent);
    });
}

#[test]
fn only_administrators_see_and_change_webhooks() {
    one(|desk| {
        let node = Node::of(desk);
        let ear = Ear::new(&[]);
        let made = hook(desk, &ear.url(), &[]);
        let path = format!("{HOOKS}/{}", text(&made, "/id"));
        for role in [Role::Agent, Role::Requester, Role::Auditor] {
            for path in [HOOKS.to_owned(), path.clone(), format!("{path}/deliveries")] {
                desk.api(role).get(&path).must(403);
            }
            desk.api(role).post(HOOKS, &json!({ "url": "https://a.example/" })).must(403);
        }
        let tested = desk.api(Role::Admin).post(&format!("{path}/test"), &json!({})).must(202);
        node.tell();
        assert!(ear.bodies().iter().any(|body| text(body, "/type") == "webhook.test"), "{tested}");
        let before = text(&made, "/secret").to_owned();
        let renewed = desk.api(Role::Admin).post(&format!("{path}/secret"), &json!({})).must(200);
        assert_ne!(text(&renewed, "/secret"), before);
        desk.api(Role::Admin).patch(&path, &json!({ "active": false })).must(200);
        desk.api(Role::Admin).post(&format!("{path}/test"), &json!({})).must(409);
        desk.api(Role::Admin).delete(&path, &json!({})).must(204);
        desk.api(Role::Admin).get(&path).must(404);
    });
}
