//! Reads paths in turn, and walks through the pages of a list.

use std::cell::Cell;
use std::rc::Rc;
use std::time::Instant;

use serde_json::{Value, json};
use tokio::task::spawn_local;

use crate::Outcome;
use crate::http::{Connection, get};
use crate::tally::Tally;

const PAGES_MAX: usize = 20_000;

/// Reads `count` times over all clients, after a tenth of that for warming up.
pub(crate) async fn run(address: &str, header: &str, clients: usize, count: usize) -> Outcome<Value> {
    let paths: Vec<String> = std::io::stdin().lines().collect::<Result<_, _>>()?;
    if paths.is_empty() {
        return Err("no paths".into());
    }
    let requests: Rc<[Vec<u8>]> = paths.iter().map(|path| get(address, header, path)).collect();
    let warm = count / 10;
    turn(address, clients, warm, 0, &requests).await?;
    let begun = Instant::now();
    let (tally, bytes) = turn(address, clients, count, warm, &requests).await?;
    let mut summary = tally.summary(begun.elapsed());
    if let Some(fields) = summary.as_object_mut() {
        fields.insert("bytes_mean".to_owned(), json!(bytes / count.max(1)));
    }
    Ok(summary)
}

async fn turn(address: &str, clients: usize, count: usize, first: usize, requests: &Rc<[Vec<u8>]>) -> Outcome<(Tally, usize)> {
    let (number, bytes) = (Rc::new(Cell::new(first)), Rc::new(Cell::new(0)));
    let mut workers = Vec::new();
    for _ in 0..clients {
        let mut connection = Connection::open(address).await?;
        let (number, bytes, requests) = (Rc::clone(&number), Rc::clone(&bytes), Rc::clone(requests));
        workers.push(spawn_local(async move {
            let mut tally = Tally::default();
            loop {
                let n = number.replace(number.get() + 1);
                let Some(request) = requests.get(n % requests.len()).filter(|_| n < first + count) else { return Outcome::Ok(tally) };
                let sent = Instant::now();
                let reply = connection.send(request).await?;
                tally.add(sent.elapsed());
                if reply.status != 200 {
                    let said = String::from_utf8_lossy(reply.body);
                    return Err(format!("{} for {}: {said}", reply.status, String::from_utf8_lossy(request)).into());
                }
                bytes.set(bytes.get() + reply.body.len());
            }
        }));
    }
    let mut all = Tally::default();
    for worker in workers {
        all.merge(worker.await??);
    }
    Ok((all, bytes.get()))
}

/// The path of every page of a list of the API, found by following its cursors.
pub(crate) async fn walk(address: &str, header: &str, path: &str) -> Outcome<Value> {
    let mut connection = Connection::open(address).await?;
    let (mut pages, mut rows) = (vec![path.to_owned()], 0);
    let mut next = Some(path.to_owned());
    while let Some(path_of_page) = next.take() {
        let reply = connection.send(&get(address, header, &path_of_page)).await?;
        if reply.status != 200 {
            return Err(format!("{}: {}", reply.status, String::from_utf8_lossy(reply.body)).into());
        }
        let page: Value = serde_json::from_slice(reply.body)?;
        rows += page.get("items").and_then(Value::as_array).map_or(0, Vec::len);
        if let Some(cursor) = page.get("next_cursor").and_then(Value::as_str).filter(|_| pages.len() < PAGES_MAX) {
            let page = format!("{path}&cursor={cursor}");
            pages.push(page.clone());
            next = Some(page);
        }
    }
    Ok(json!({ "pages": pages, "rows": rows }))
}
