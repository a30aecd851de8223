//! Hands in mails by LMTP and watches when they can be read as tickets.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::rc::Rc;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufStream};
use tokio::net::TcpStream;
use tokio::task::spawn_local;
use tokio::time::{sleep, sleep_until};

use crate::Outcome;
use crate::http::{Connection, get};
use crate::tally::Tally;

/// What is handed in where.
pub(crate) struct Plan {
    pub(crate) lmtp: String,
    pub(crate) http: String,
    pub(crate) token: String,
    pub(crate) mailbox: String,
    pub(crate) connections: usize,
    pub(crate) seconds: u64,
    /// 0 for as many as are taken.
    pub(crate) per_second: u32,
    /// Size of a mail.
    pub(crate) bytes: usize,
}

/// One mail in so many comes from an address that nobody has had, and its ticket is waited for.
const WATCHED_EVERY: usize = 25;
const WATCHED_MAX: usize = 2_000;
const LOOK_EVERY: Duration = Duration::from_millis(10);
const PATIENCE: Duration = Duration::from_secs(300);
const LINES: [&str; 6] = [
    "The gate at quay 3 opens, but the display shows the timetable of last week, and passengers ask us about it all the time.\r\n",
    "We have restarted it twice this morning. The first time it came back with the right day, the second time it did not.\r\n",
    "The colleague of the late shift says that the cable behind the cabinet is warm; we have not touched it since.\r\n",
    "Could somebody look at it before the 16:40, when two coaches arrive at once and everybody reads the display?\r\n",
    "If that is not possible, we need the paper timetable again, fifty copies, and somebody who brings them to the quay.\r\n",
    "Our booking system shows the right times, so it is the display alone. The other quays are fine as far as we can see.\r\n",
];

/// Shared by everybody on the one thread.
#[derive(Default)]
struct Board {
    number: Cell<usize>,
    /// Senders of acknowledged mails whose tickets are waited for, with the moment of the acknowledgement.
    watched: RefCell<VecDeque<(String, Instant)>>,
    done: Cell<bool>,
}

pub(crate) async fn run(plan: Plan) -> Outcome<Value> {
    let (plan, board) = (Rc::new(plan), Rc::new(Board::default()));
    let begun = Instant::now();
    let until = begun + Duration::from_secs(plan.seconds);
    let watcher = spawn_local(watch(Rc::clone(&plan), Rc::clone(&board)));
    let mut senders = Vec::new();
    for _ in 0..plan.connections {
        senders.push(spawn_local(hand_in(Rc::clone(&plan), Rc::clone(&board), begun, until)));
    }
    let mut all = Tally::default();
    for sender in senders {
        all.merge(sender.await??);
    }
    let ended = Instant::now();
    board.done.set(true);
    let (during, drained) = watcher.await??;
    let mut summary = all.summary(ended - begun);
    if let Some(fields) = summary.as_object_mut() {
        fields.insert("readable".to_owned(), during);
        fields.insert("drained_seconds".to_owned(), json!((drained - ended).as_secs_f64()));
    }
    Ok(summary)
}

async fn hand_in(plan: Rc<Plan>, board: Rc<Board>, begun: Instant, until: Instant) -> Outcome<Tally> {
    let stream = TcpStream::connect(&plan.lmtp).await?;
    stream.set_nodelay(true)?;
    let mut stream = BufStream::new(stream);
    expect(&mut stream, 220).await?;
    stream.write_all(b"LHLO relay.example\r\n").await?;
    stream.flush().await?;
    expect(&mut stream, 250).await?;
    let mut tally = Tally::default();
    loop {
        let n = board.number.replace(board.number.get() + 1);
        if plan.per_second > 0 {
            let due = Duration::from_secs_f64(f64::from(u32::try_from(n)?) / f64::from(plan.per_second));
            sleep_until((begun + due).into()).await;
        }
        let sent = Instant::now();
        if sent >= until {
            return Ok(tally);
        }
        let watched = n.is_multiple_of(WATCHED_EVERY);
        let sender = if watched {
            format!("new-{n}@quay-{}.example", std::process::id())
        } else {
            format!("person-{}@company-{}.example", n % 200, n % 200)
        };
        let envelope = format!("MAIL FROM:<{sender}>\r\nRCPT TO:<{}>\r\nDATA\r\n", plan.mailbox);
        stream.write_all(envelope.as_bytes()).await?;
        stream.flush().await?;
        expect(&mut stream, 250).await?;
        expect(&mut stream, 250).await?;
        expect(&mut stream, 354).await?;
        stream.write_all(letter(n, &sender, &plan).as_bytes()).await?;
        stream.flush().await?;
        expect(&mut stream, 250).await?;
        tally.add(sent.elapsed());
        let mut list = board.watched.borrow_mut();
        if watched && list.len() < WATCHED_MAX {
            list.push_back((sender, Instant::now()));
        }
    }
}

/// The last line of an answer must have this code.
async fn expect(stream: &mut BufStream<TcpStream>, code: u16) -> Outcome<()> {
    let mut line = String::new();
    loop {
        line.clear();
        if stream.read_line(&mut line).await? == 0 {
            return Err("the server closed the mail connection".into());
        }
        if line.as_bytes().get(3) != Some(&b'-') {
            break;
        }
    }
    if line.starts_with(&code.to_string()) { Ok(()) } else { Err(format!("expected {code}, got {line}").into()) }
}

fn letter(n: usize, sender: &str, plan: &Plan) -> String {
    let mailbox = &plan.mailbox;
    let mut text = format!(
        "Received: from relay.example (relay.example [192.0.2.10]) by desk.example with LMTP id {n}; Sat, 21 Nov 2026 10:00:00 +0200\r\n\
         From: \"Passenger {n}\" <{sender}>\r\nTo: <{mailbox}>\r\nSubject: Display at quay {n} shows last week\r\n\
         Date: Sat, 21 Nov 2026 10:00:00 +0200\r\nMessage-ID: <{}.{n}@mail.example>\r\nMIME-Version: 1.0\r\n\
         Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\nGood morning,\r\n\r\n",
        std::process::id()
    );
    for line in LINES.iter().cycle().skip(n % LINES.len()) {
        if text.len() + line.len() > plan.bytes {
            break;
        }
        text.push_str(line);
    }
    text.push_str("\r\n.\r\n");
    text
}

/// Waits for the tickets of watched mails in their order; the times from acknowledgement to readable, and when the last one was there.
async fn watch(plan: Rc<Plan>, board: Rc<Board>) -> Outcome<(Value, Instant)> {
    let mut connection = Connection::open(&plan.http).await?;
    let header = format!("Authorization: Bearer {}", plan.token);
    let (mut tally, begun) = (Tally::default(), Instant::now());
    loop {
        let next = board.watched.borrow_mut().pop_front();
        let Some((sender, acknowledged)) = next else {
            if board.done.get() {
                return Ok((tally.summary(begun.elapsed()), Instant::now()));
            }
            sleep(LOOK_EVERY).await;
            continue;
        };
        let request = get(&plan.http, &header, &format!("/api/v1/tickets?q=requester:{sender}&limit=1"));
        loop {
            let reply = connection.send(&request).await?;
            if reply.status != 200 {
                return Err(format!("{}: {}", reply.status, String::from_utf8_lossy(reply.body)).into());
            }
            let page: Value = serde_json::from_slice(reply.body)?;
            if page.get("items").and_then(Value::as_array).is_some_and(|items| !items.is_empty()) {
                break;
            }
            if acknowledged.elapsed() > PATIENCE {
                return Err(format!("the mail of {sender} has not become a ticket").into());
            }
            sleep(LOOK_EVERY).await;
        }
        tally.add(acknowledged.elapsed());
    }
}
