//! Many open live streams while tickets change: how long a change takes to reach them, and what each of them costs the server.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::rc::Rc;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::task::spawn_local;
use tokio::time::{sleep, sleep_until};

use crate::Outcome;
use crate::changes::{rename, tickets};
use crate::http::Connection;
use crate::tally::Tally;

/// What is opened, and what happens meanwhile.
pub(crate) struct Plan {
    pub(crate) address: String,
    /// Of an agent's session.
    pub(crate) cookie: String,
    pub(crate) token: String,
    pub(crate) streams: usize,
    pub(crate) per_second: u32,
    pub(crate) seconds: u64,
    /// Of the server, whose memory is read.
    pub(crate) process: u32,
}

const PATIENCE: Duration = Duration::from_secs(5);

#[derive(Default)]
struct Board {
    /// When the last change of a ticket was asked for.
    sent: RefCell<HashMap<String, Instant>>,
    tally: RefCell<Tally>,
    open: Cell<usize>,
    told: Cell<usize>,
}

pub(crate) async fn run(plan: Plan) -> Outcome<Value> {
    let before = resident(plan.process)?;
    let (plan, board) = (Rc::new(plan), Rc::new(Board::default()));
    let mut readers = Vec::new();
    for _ in 0..plan.streams {
        readers.push(spawn_local(follow(Rc::clone(&plan), Rc::clone(&board))));
        // One after the other, as people open pages; not all in one moment.
        if readers.len().is_multiple_of(50) {
            sleep(Duration::from_millis(20)).await;
        }
    }
    let begun = Instant::now();
    while board.open.get() < plan.streams {
        if begun.elapsed() > PATIENCE * 6 {
            return Err(format!("{} of {} streams are open", board.open.get(), plan.streams).into());
        }
        sleep(Duration::from_millis(50)).await;
    }
    sleep(Duration::from_secs(1)).await;
    let open = resident(plan.process)?;
    let changes = change(&plan, &board).await?;
    let wanted = changes * plan.streams;
    let ended = Instant::now();
    while board.told.get() < wanted && ended.elapsed() < PATIENCE {
        sleep(Duration::from_millis(20)).await;
    }
    let after = resident(plan.process)?;
    for reader in &readers {
        reader.abort();
    }
    let told = board.told.get();
    let mut found = board.tally.take().summary(Duration::from_secs(plan.seconds));
    let each = |bytes: u64| bytes.saturating_sub(before) / u64::try_from(plan.streams.max(1)).unwrap_or(1);
    if let Some(fields) = found.as_object_mut() {
        fields.insert("streams".to_owned(), json!(plan.streams));
        fields.insert("changes".to_owned(), json!(changes));
        fields.insert("delivered".to_owned(), json!(told));
        fields.insert("wanted".to_owned(), json!(wanted));
        fields.insert("bytes_each_open".to_owned(), json!(each(open)));
        fields.insert("bytes_each_busy".to_owned(), json!(each(after)));
    }
    Ok(found)
}

async fn change(plan: &Plan, board: &Board) -> Outcome<usize> {
    let bearer = format!("Authorization: Bearer {}", plan.token);
    let mut connection = Connection::open(&plan.address).await?;
    let paths = tickets(&mut connection, &plan.address, &bearer).await?;
    let begun = Instant::now();
    let count = usize::try_from(plan.seconds).unwrap_or(1) * usize::try_from(plan.per_second).unwrap_or(1);
    for n in 0..count {
        let due = Duration::from_secs_f64(f64::from(u32::try_from(n)?) / f64::from(plan.per_second.max(1)));
        sleep_until((begun + due).into()).await;
        let path = paths.get(n % paths.len()).ok_or("no tickets")?;
        board.sent.borrow_mut().insert(path.trim_start_matches("/api/v1/tickets/").to_owned(), Instant::now());
        rename(&mut connection, &plan.address, &bearer, (path, &format!("Changed {n} of {}", std::process::id()))).await?;
    }
    Ok(count)
}

async fn follow(plan: Rc<Plan>, board: Rc<Board>) -> Outcome<()> {
    let mut stream = TcpStream::connect(&plan.address).await?;
    let request = format!("GET /desk/live HTTP/1.1\r\nHost: {}\r\n{}\r\nAccept: text/event-stream\r\n\r\n", plan.address, plan.cookie);
    stream.write_all(request.as_bytes()).await?;
    let (mut read, mut piece, mut is_open) = (String::new(), [0_u8; 4096], false);
    loop {
        let size = stream.read(&mut piece).await?;
        if size == 0 {
            return Err("the server closed a stream".into());
        }
        read.push_str(&String::from_utf8_lossy(piece.get(..size).unwrap_or_default()));
        if !is_open && read.contains("\r\n\r\n") {
            if !read.contains(" 200 ") {
                return Err(read.into());
            }
            is_open = true;
            board.open.set(board.open.get() + 1);
        }
        while let Some((line, rest)) = read.split_once('\n') {
            if let Some(numbers) = line.strip_prefix("data: ").or_else(|| line.strip_prefix("data:")) {
                heard(&board, numbers);
            }
            read = rest.to_owned();
        }
    }
}

fn heard(board: &Board, numbers: &str) {
    let now = Instant::now();
    let sent = board.sent.borrow();
    for number in numbers.split_whitespace() {
        if let Some(at) = sent.get(number) {
            board.tally.borrow_mut().add(now - *at);
            board.told.set(board.told.get() + 1);
        }
    }
}

/// Resident memory of a process, in bytes.
fn resident(process: u32) -> Outcome<u64> {
    let text = std::fs::read_to_string(format!("/proc/{process}/status"))?;
    let line = text.lines().find_map(|line| line.strip_prefix("VmRSS:")).ok_or("no VmRSS")?;
    let kib: u64 = line.split_whitespace().next().ok_or("no figure")?.parse()?;
    Ok(kib * 1024)
}
