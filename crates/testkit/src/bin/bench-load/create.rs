//! Opens tickets as fast as so many clients can, each waiting for its answer.

use std::cell::Cell;
use std::rc::Rc;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tokio::task::spawn_local;

use crate::Outcome;
use crate::http::{Connection, post};
use crate::tally::Tally;

const WARM_UP: Duration = Duration::from_secs(1);
const BODY: &str = "Good morning,\n\nsince the update of last night the scanner at our desk asks for its certificate after every restart. \
We have tried the cable of the second desk and another socket, and the light stays amber. Three colleagues have the same. \
We can work with the hand scanner until noon, then the queue will be too long.\n\nThank you";

pub(crate) async fn run(address: &str, token: &str, clients: usize, seconds: u64, people: usize) -> Outcome<Value> {
    let header = format!("Authorization: Bearer {token}");
    let number = Rc::new(Cell::new(0_usize));
    let begun = Instant::now();
    let (from, until) = (begun + WARM_UP, begun + WARM_UP + Duration::from_secs(seconds));
    let mut workers = Vec::new();
    for _ in 0..clients {
        let mut connection = Connection::open(address).await?;
        let (address, header, number) = (address.to_owned(), header.clone(), Rc::clone(&number));
        workers.push(spawn_local(async move {
            let mut tally = Tally::default();
            loop {
                let n = number.replace(number.get() + 1);
                let request = post(&address, &header, "/api/v1/tickets", &ticket(n, people));
                let sent = Instant::now();
                if sent >= until {
                    return Outcome::Ok(tally);
                }
                let reply = connection.send(&request).await?;
                if reply.status != 201 {
                    return Err(format!("{}: {}", reply.status, String::from_utf8_lossy(reply.body)).into());
                }
                if sent >= from {
                    tally.add(sent.elapsed());
                }
            }
        }));
    }
    let mut all = Tally::default();
    for worker in workers {
        all.merge(worker.await??);
    }
    Ok(all.summary(until - from))
}

fn ticket(n: usize, people: usize) -> String {
    let person = n.wrapping_mul(7_919) % people.max(1);
    json!({
        "title": format!("Scanner {n} asks for its certificate after every restart"),
        "requester": format!("person-{person}@company-{}.example", person % 500),
        "body": format!("{BODY} ({n})"),
        "kind": "incident",
        "desk": "it",
        "team": "workplace",
        "tags": ["scanner"],
    })
    .to_string()
}
