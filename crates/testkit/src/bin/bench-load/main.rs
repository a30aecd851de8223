//! The load client of the bench: plain HTTP/1.1 and LMTP over kept connections on one thread, because it shares the machine's cores
//! with what it measures. Prints what it found as JSON.
#![expect(clippy::print_stdout, reason = "the figures are for the program that started this one")]

mod changes;
mod create;
mod get;
mod http;
mod mail;
mod streams;
mod tally;

use std::error::Error;

/// Any failure ends the run: figures of a run with errors are worth nothing.
type Outcome<T> = Result<T, Box<dyn Error + Send + Sync>>;

const USAGE: &str = "usage: bench-load create ADDR TOKEN CLIENTS SECONDS PEOPLE
       bench-load get ADDR HEADER CLIENTS COUNT            (paths on standard input)
       bench-load get-while ADDR HEADER COUNT TOKEN PER_SECOND     (the same by one client, while tickets change)
       bench-load found ADDR TOKEN COUNT                   (how soon search finds a change)
       bench-load walk ADDR HEADER PATH                    (prints the path of every page of a list)
       bench-load mail LMTP_ADDR HTTP_ADDR TOKEN MAILBOX CONNECTIONS SECONDS PER_SECOND BYTES
       bench-load streams ADDR COOKIE TOKEN STREAMS PER_SECOND SECONDS PID";

fn main() -> Outcome<()> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let local = tokio::task::LocalSet::new();
    local.block_on(&runtime, async {
        let found = match words.as_slice() {
            ["create", address, token, clients, seconds, people] => {
                create::run(address, token, clients.parse()?, seconds.parse()?, people.parse()?).await?
            }
            ["get", address, header, clients, count] => get::run(address, header, clients.parse()?, count.parse()?).await?,
            ["get-while", address, header, count, token, rate] => {
                let changing = tokio::task::spawn_local(changes::go_on((*address).to_owned(), (*token).to_owned(), rate.parse()?));
                let found = get::run(address, header, 1, count.parse()?).await?;
                if changing.is_finished() {
                    return Err(changing.await?.err().unwrap_or_else(|| "the changes ended".into()));
                }
                changing.abort();
                found
            }
            ["found", address, token, count] => changes::found(address, token, count.parse()?).await?,
            ["walk", address, header, path] => get::walk(address, header, path).await?,
            ["mail", lmtp, address, token, mailbox, connections, seconds, rate, bytes] => {
                let plan = mail::Plan {
                    lmtp: (*lmtp).to_owned(),
                    http: (*address).to_owned(),
                    token: (*token).to_owned(),
                    mailbox: (*mailbox).to_owned(),
                    connections: connections.parse()?,
                    seconds: seconds.parse()?,
                    per_second: rate.parse()?,
                    bytes: bytes.parse()?,
                };
                mail::run(plan).await?
            }
            ["streams", address, cookie, token, streams, rate, seconds, process] => {
                let plan = streams::Plan {
                    address: (*address).to_owned(),
                    cookie: (*cookie).to_owned(),
                    token: (*token).to_owned(),
                    streams: streams.parse()?,
                    per_second: rate.parse()?,
                    seconds: seconds.parse()?,
                    process: process.parse()?,
                };
                streams::run(plan).await?
            }
            _ => return Err(USAGE.into()),
        };
        println!("{found}");
        Ok(())
    })
}
