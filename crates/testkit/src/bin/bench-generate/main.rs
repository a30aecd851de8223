//! Fills an empty SQLite data directory with a desk that has worked for two years, and prints as JSON what the bench reads there.
//! Rows and facts are written by the product's own functions, so the journal verifies; another database gets a copy by
//! `steward backup` and `steward restore`.
#![expect(clippy::print_stdout, reason = "the summary is for the program that started this one")]

mod chance;
mod company;
mod lives;
mod texts;

use std::error::Error;
use std::path::PathBuf;
use std::time::Instant;

use kernel::{Clock, Span, Stamp};
use people::ServiceDesk;
use store::{BlobSettings, Settings, Store, cursor, values};

use company::{Company, keys_of};
use lives::{HISTORY_MICROS, Teller};
use texts::Texts;

/// The reactor that sends mail must not answer two years of it.
const FOLLOWERS: [&str; 2] = ["mail_queue", "webhooks"];
const TICKETS_PER_COMMIT: usize = 1_000;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let (Some(directory), Some(tickets), None) = (arguments.next(), arguments.next(), arguments.next()) else {
        return Err("usage: bench-generate DATA_DIR TICKETS".into());
    };
    let (directory, tickets) = (PathBuf::from(directory), tickets.parse()?);
    println!("{}", generate(directory, tickets)?);
    Ok(())
}

fn generate(directory: PathBuf, tickets: usize) -> Result<serde_json::Value, Box<dyn Error>> {
    let started = Instant::now();
    let clock = Clock::manual(Stamp::from_micros(Clock::system().now().micros() - HISTORY_MICROS));
    let store = Store::open(Settings {
        url: format!("sqlite:{}", directory.join("steward.db").display()),
        blobs: BlobSettings::Directory(directory.join("blobs")),
        data_dir: directory,
        clock: clock.clone(),
    })?;
    store.write_blocking(|tx| {
        // A page that many tickets touch is written home once in a while, not every moment: only this program may be so patient.
        for patience in ["PRAGMA wal_autocheckpoint = 262144", "PRAGMA cache_size = -1048576"] {
            tx.query(patience, &[], |_| Ok(()))?;
        }
        Ok(())
    })?;
    let service = ServiceDesk::open(store.clone())?;
    // Fewer people ask a smaller desk.
    let company = Company::found(&service, (tickets / 20).clamp(200, 50_000))?;
    let indexes = store.write_blocking(put_indexes_aside)?;
    let mut teller = Teller::new(company, Texts::read()?, clock.clone(), tickets);
    let mut more = true;
    while more {
        (teller, more) = store.write_blocking(move |tx| {
            let more = teller.tell(tx, TICKETS_PER_COMMIT)?;
            Ok((teller, more))
        })?;
    }
    store.write_blocking(move |tx| indexes.iter().try_for_each(|sql| tx.execute(sql, &[]).map(drop)))?;
    // Sessions are counted from today.
    clock.advance(Clock::system().now() - clock.now());
    let facts = store.write_blocking(|tx| {
        let end = journal::head(tx)?.position;
        for follower in FOLLOWERS {
            cursor::set(tx, follower, end)?;
        }
        Ok(end)
    })?;
    let company = teller.company();
    let administrator = keys_of(&service, company.administrator)?;
    let desk = company.desks.first().ok_or("there is no desk")?;
    let team = desk.teams.first().ok_or("there is no team")?;
    let reader = team.agents.first().ok_or("there is no agent")?;
    let agent = reader.person().ok_or("the agent is nobody")?;
    works_a_while(&service, &store, reader, agent)?;
    let agent = keys_of(&service, agent)?;
    let text_bytes: i64 = store.read_blocking(|db| {
        let of_messages: i64 =
            db.query_one("SELECT COALESCE(SUM(LENGTH(CAST(body_text AS BLOB))), 0) FROM message", values![], |row| row.get(0))?;
        let of_titles: i64 =
            db.query_one("SELECT COALESCE(SUM(LENGTH(CAST(title AS BLOB))), 0) FROM ticket", values![], |row| row.get(0))?;
        Ok(of_messages + of_titles)
    })?;
    let summary = serde_json::json!({
        "tickets": tickets, "messages": teller.messages, "text_bytes": text_bytes, "facts": facts, "people": company.requesters.len(),
        "seconds": started.elapsed().as_secs_f64(),
        "administrator": { "token": administrator.token, "session": administrator.session },
        "agent": { "token": agent.token, "session": agent.session },
        "team": team.key, "mailbox": desk.mailbox, "long": teller.long,
    });
    store.close();
    Ok(summary)
}

/// Indexes of what grows to millions of rows, which nothing asks while it grows, are made at the end: kept up row by row they are most of
/// the work. The statements that make them.
fn put_indexes_aside(tx: &mut store::Tx<'_>) -> kernel::Result<Vec<String>> {
    let found: Vec<(String, String)> = tx.query(
        "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql LIKE 'CREATE INDEX%' AND tbl_name IN ('ticket', 'message', 'journal', 'ticket_tag', 'participant')",
        &[],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )?;
    for (name, _) in &found {
        tx.execute(&format!("DROP INDEX {name}"), &[])?;
    }
    Ok(found.into_iter().map(|(_, sql)| sql).collect())
}

/// An agent who has read what is older than two hours, and groups the list of all open tickets by priority.
fn works_a_while(service: &ServiceDesk, store: &Store, reader: &kernel::Actor, agent: kernel::PersonId) -> Result<(), Box<dyn Error>> {
    let grouped = |preferences: &mut people::preference::Preferences| {
        preferences.lists.change("/desk/views/open", |list| list.group = Some("priority".to_owned()));
    };
    service.execute_blocking(reader, people::preference::ChangePreferences(grouped))?;
    let since = Clock::system().now() - Span::hours(2);
    store.write_blocking(move |tx| desk::seen::rows::caught_up(tx, agent, since))?;
    Ok(())
}
