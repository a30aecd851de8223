//! `steward verify`.

use journal::Verdict;

use super::open;
use crate::config::Config;
use crate::{Failure, console};

/// Checks the database, the blobs and the journal's chain; the first thing that is wrong becomes the failure, the others are printed.
pub(super) fn run(config: &Config) -> Result<(), Failure> {
    let desk = open(config)?;
    let mut problems = Vec::new();
    let report = store::verify::database(desk.store())?;
    if report.problems.is_empty() {
        console::out(&format!("Database whole: {} rows in {} tables, {} blobs.", report.rows, report.tables, report.blobs));
    }
    problems.extend(report.problems);
    match desk.store().read_blocking(journal::verify)? {
        Verdict::Whole { facts } => console::out(&format!("Journal whole: {facts} facts.")),
        Verdict::Broken { position, problem } => problems.push(format!("the journal is broken at position {position}: {problem}")),
    }
    desk.store().close();
    let mut problems = problems.into_iter();
    let Some(first) = problems.next() else { return Ok(()) };
    problems.for_each(|problem| console::err(&format!("steward: {problem}")));
    Err(Failure::Failed(first))
}
