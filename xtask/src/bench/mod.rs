//! `cargo xtask bench`: measures the release build on this machine and writes `docs/performance.md`.

mod figures;
mod machine;
mod measure;
mod program;
mod report;
mod searching;

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

use crate::process::{cargo, run as run_command};
use figures::Figures;
use measure::{Desk, Place};
use program::{Postgres, tool};

/// How much to measure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Options {
    /// Small and short, for trying a change; nothing is written into `docs`.
    pub(crate) quick: bool,
    /// Tickets of the large desk.
    pub(crate) tickets: usize,
    /// Whether PostgreSQL is measured beside SQLite.
    pub(crate) postgres: bool,
    /// Whether the large desk of the run before is used again.
    pub(crate) keep: bool,
}

const SMALL_TICKETS: usize = 2_000;

/// Builds, generates, measures, reports.
pub(crate) fn run(root: &Path, options: Options) -> Result<(), String> {
    let programs = root.join("target/release");
    run_command(cargo(root).args(["build", "--release", "-p", "steward", "-p", "steward-testkit"]))?;
    let folder = root.join("target/bench");
    let mut figures = Figures::default();
    let small = Desk::generate(&programs, &folder.join("small"), SMALL_TICKETS, false)?;
    let large = Desk::generate(&programs, &folder.join(format!("large-{}", options.tickets)), options.tickets, options.keep)?;
    // The copies are of the desks as they were generated; the server starts when SQLite has been measured, so as not to disturb.
    let copies = if options.postgres { Some((small.back_up(&programs)?, large.back_up(&programs)?)) } else { None };
    measure::writing(&programs, &Place::Sqlite, &small, options, &mut figures)?;
    measure::reading(&programs, &Place::Sqlite, &large, options, &mut figures)?;
    if let Some((small_copy, large_copy)) = copies {
        let server = Postgres::start(&programs)?;
        for (desk, copy, name) in [(&small, small_copy, "small"), (&large, large_copy, "large")] {
            let begun = Instant::now();
            desk.restore(&programs, &copy, &server.database(name)?)?;
            println!("copied the {name} desk to PostgreSQL in {:.0} s", begun.elapsed().as_secs_f64());
            server.settle(name)?;
        }
        let place = Place::Postgres(&server);
        measure::writing(&programs, &place, &small, options, &mut figures)?;
        measure::reading(&programs, &place, &large, options, &mut figures)?;
    }
    let facts = machine::look(root, &folder)?;
    let text = report::page(&facts, &figures, &large, options);
    println!("\n{text}");
    if options.quick {
        return Ok(());
    }
    let page: PathBuf = root.join("docs/performance.md");
    let text = with_pages(&text, &fs::read_to_string(&page).unwrap_or_default());
    fs::write(&page, text).map_err(|error| format!("{}: {error}", page.display()))?;
    crate::relevance::run(root)
}

/// The report with what other chores wrote into the one before: it is measured apart.
fn with_pages(text: &str, before: &str) -> String {
    const LIGHTHOUSE: &str = "<!-- lighthouse: begin -->";
    let kept = [crate::relevance::BEGIN, LIGHTHOUSE].into_iter().filter_map(|begin| before.find(begin)).min();
    kept.and_then(|at| before.get(at..)).map_or_else(|| text.to_owned(), |pages| format!("{}\n\n{pages}", text.trim_end()))
}

/// A fresh, empty folder.
fn emptied(folder: &Path) -> Result<(), String> {
    if folder.exists() {
        fs::remove_dir_all(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    }
    fs::create_dir_all(folder).map_err(|error| format!("{}: {error}", folder.display()))
}

/// Reads what a tool printed.
fn json_of(programs: &Path, name: &str, words: &[&str]) -> Result<serde_json::Value, String> {
    tool(programs, name, words, "")
}
