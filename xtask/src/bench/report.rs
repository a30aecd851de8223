//! The figures as a page of the manual.

use serde_json::Value;

use super::Options;
use super::figures::{Aim, Database, Figure, Figures, millis, number};
use super::machine::Machine;
use super::measure::Desk;

const METHOD: &str = "\
## Method

`cargo xtask bench --postgres` builds the release program and its tools, generates the desks, starts the program and measures it from
outside. Client, program and, where there is one, PostgreSQL share the machine's cores; everything goes through loopback or a local
socket. Nothing is switched off: SQLite runs with WAL and `synchronous = FULL`, PostgreSQL 15 with its default durable settings
(`fsync`, `synchronous_commit`, `full_page_writes` on), and an answer means that the change is on the disk. Only the limits on requests
per minute are lifted, because they would be what is measured.

- The large desk has worked for two years: 4 desks, 20 teams, 200 agents, 50,000 people of 500 organisations, texts from the sample
  company's conversations put together anew, tags, people in copy, and every fact in the journal, in the order of time, so that the
  messages of one ticket lie scattered among those of others. It is generated on SQLite by the product's own functions and copied to
  PostgreSQL by `steward backup` and `steward restore`. Mails that it pretends to have received have no raw text, and nothing has files.
- The database file is read once before anything is measured, so that the system's cache holds it as it would on a desk at work;
  the program's own caches are cold at its start. `load` is the machine's at the end of the run: builds that ran meanwhile show there.
- Reading is done by an agent of one desk, not by an administrator, so the policy narrows every query; one client asks, each request
  after the answer to the one before. Tickets with 20 messages are read in turn, up to 500 different ones. \"Any page\" jumps among all
  pages of the list by their cursors.
- Creation sends title, requester (one of 50,000), text, desk, team and a tag, and waits for 201.
- Mail is handed in over 8 kept LMTP connections, 5 kB each, every 25th from an address that nobody has had. \"Readable\" is the time
  from the 250 of such a mail until a query of the API finds its ticket, looked for every 10 ms, which is part of the figure.
- Memory is what the kernel says of the program alone (`VmRSS`, `VmHWM`); PostgreSQL's own is not in it.
- Times are of single requests as the client sees them: nothing is averaged, the first tenth or second of each run warms up.
";

/// The whole page.
pub(crate) fn page(machine: &Machine, figures: &Figures, large: &Desk, options: Options) -> String {
    let count = |key: &str| large.summary.get(key).and_then(Value::as_u64).unwrap_or_default();
    let mut text = format!(
        "# Performance\n\nMeasured on {} by `cargo xtask bench{}`; the aims are those that the project set itself.\n\n",
        machine.day,
        if options.postgres { " --postgres" } else { "" }
    );
    text.push_str(&format!(
        "Machine: {}, {} cores, {} GiB memory, {}; writing 4 KiB and flushing it takes {:.2} ms (p99 {:.2} ms); load before the report {}.\n\
         Large desk: {} tickets, {} messages, {} facts, generated in {:.0} s. Program: {:.1} MB.\n\n",
        machine.processor,
        machine.cores,
        machine.memory_gib,
        machine.system,
        micros_as_millis(machine.sync_micros.0),
        micros_as_millis(machine.sync_micros.1),
        machine.load,
        grouped(count("tickets")),
        grouped(count("messages")),
        grouped(count("facts")),
        number(&large.summary, "seconds"),
        f64::from(u32::try_from(machine.binary_bytes / 1_000).unwrap_or(u32::MAX)) / 1_000.0,
    ));
    text.push_str("| what | aim | SQLite | PostgreSQL |\n|---|---|---|---|\n");
    for (place, figure) in figures.figures.iter().enumerate() {
        let first = figures.figures.iter().position(|other| other.what == figure.what) == Some(place);
        if first {
            text.push_str(&line(figures, figure));
        }
    }
    text.push_str("\n## Every run\n\n| database | what | requests | a second | p50 | p99 | longest |\n|---|---|--:|--:|--:|--:|--:|\n");
    for run in &figures.runs {
        let time = |key: &str| format!("{:.2} ms", millis(&run.found, key));
        text.push_str(&format!(
            "| {:?} | {} | {} | {:.0} | {} | {} | {} |\n",
            run.database,
            run.what,
            grouped(run.found.get("count").and_then(Value::as_u64).unwrap_or_default()),
            number(&run.found, "per_second"),
            time("p50_us"),
            time("p99_us"),
            time("max_us"),
        ));
    }
    text.push('\n');
    text.push_str(METHOD);
    text
}

fn line(figures: &Figures, first: &Figure) -> String {
    let of = |database: Database| figures.figures.iter().find(|figure| figure.what == first.what && figure.database == database);
    let aim = |figure: &Figure| match figure.aim {
        Some(Aim::Below(limit)) => format!("below {}", figure.unit.shown(limit)),
        Some(Aim::AtLeast(limit)) => format!("at least {}", figure.unit.shown(limit)),
        None => String::new(),
    };
    let cell = |figure: Option<&Figure>| match figure {
        None => "not measured".to_owned(),
        Some(figure) => {
            let verdict = figure.aim.map_or("", |aim| if aim.is_met(figure.value) { ", met" } else { ", **missed**" });
            format!("{}{verdict}", figure.unit.shown(figure.value))
        }
    };
    let (lite, server) = (of(Database::Sqlite), of(Database::Postgres));
    let mut aims: Vec<String> = [lite, server].into_iter().flatten().map(aim).collect();
    aims.dedup();
    format!("| {} | {} | {} | {} |\n", first.what, aims.join(" / "), cell(lite), cell(server))
}

fn micros_as_millis(micros: u128) -> f64 {
    f64::from(u32::try_from(micros).unwrap_or(u32::MAX)) / 1_000.0
}

/// Digits in groups of three.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_stand_in_groups_of_three() {
        assert_eq!([0, 999, 1_000, 1_234_567].map(grouped), ["0", "999", "1,000", "1,234,567"]);
    }
}
