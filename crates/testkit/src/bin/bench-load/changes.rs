//! Changes of tickets: while others read, and how soon search finds them.

use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tokio::time::{sleep, sleep_until};

use crate::Outcome;
use crate::http::{Connection, get, patch};
use crate::tally::Tally;

/// Tickets that change in turn; each rests long enough that its change cannot be mistaken for the one before.
const TICKETS: usize = 200;
const LOOK: Duration = Duration::from_millis(5);
const PATIENCE: Duration = Duration::from_secs(10);

/// Numbers of tickets that may change, as paths of the API.
pub(crate) async fn tickets(connection: &mut Connection, address: &str, bearer: &str) -> Outcome<Vec<String>> {
    let reply = connection.send(&get(address, bearer, &format!("/api/v1/tickets?limit={TICKETS}"))).await?;
    let page: Value = serde_json::from_slice(reply.body)?;
    let all = page.get("items").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    let paths = all.iter().filter_map(|ticket| Some(format!("/api/v1/tickets/{}", ticket.get("number")?.as_str()?)));
    let paths: Vec<String> = paths.collect();
    if paths.is_empty() { Err("no tickets".into()) } else { Ok(paths) }
}

/// Gives a ticket another title.
pub(crate) async fn rename(connection: &mut Connection, address: &str, bearer: &str, (path, title): (&str, &str)) -> Outcome<()> {
    let body = json!({ "title": title }).to_string();
    let reply = connection.send(&patch(address, bearer, path, &body)).await?;
    if reply.status == 200 {
        return Ok(());
    }
    Err(format!("{}: {}", reply.status, String::from_utf8_lossy(reply.body)).into())
}

/// Changes tickets in turn, so many a second, until it is stopped.
pub(crate) async fn go_on(address: String, token: String, per_second: u32) -> Outcome<()> {
    let bearer = format!("Authorization: Bearer {token}");
    let mut connection = Connection::open(&address).await?;
    let paths = tickets(&mut connection, &address, &bearer).await?;
    let begun = Instant::now();
    for (n, path) in (0_u32..).zip(paths.iter().cycle()) {
        sleep_until((begun + Duration::from_secs_f64(f64::from(n) / f64::from(per_second.max(1)))).into()).await;
        let title = format!("Changed {n} of {}", std::process::id());
        rename(&mut connection, &address, &bearer, (path, &title)).await?;
    }
    Ok(())
}

/// From the answer to a change until search finds the ticket by its new word.
pub(crate) async fn found(address: &str, token: &str, count: usize) -> Outcome<Value> {
    let bearer = format!("Authorization: Bearer {token}");
    let mut connection = Connection::open(address).await?;
    let paths = tickets(&mut connection, address, &bearer).await?;
    let (mut tally, begun) = (Tally::default(), Instant::now());
    for (n, path) in paths.iter().cycle().take(count).enumerate() {
        let word = format!("quokka{}x{n}", std::process::id());
        rename(&mut connection, address, &bearer, (path, &word)).await?;
        let changed = Instant::now();
        let look = get(address, &bearer, &format!("/api/v1/search?kinds=ticket&limit=1&q={word}"));
        loop {
            let reply = connection.send(&look).await?;
            let answer: Value = serde_json::from_slice(reply.body)?;
            if answer.pointer("/items/0/ticket/title").and_then(Value::as_str) == Some(word.as_str()) {
                break;
            }
            if changed.elapsed() > PATIENCE {
                return Err(format!("{word} is not found").into());
            }
            sleep(LOOK).await;
        }
        tally.add(changed.elapsed());
        // Changes come when they come, not in step with the commits of the index.
        sleep(Duration::from_millis(u64::try_from(n * 37 % 251)?)).await;
    }
    Ok(tally.summary(begun.elapsed()))
}
