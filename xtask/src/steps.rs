//! The steps of `cargo xtask test`: their order, their times, their sum.

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::time::{Duration, Instant};

use crate::process::{cargo, run as run_command, run_tests};
use crate::tally::Tally;
use crate::{fuzz, policy, tidy, tools};

/// One part of the whole test run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Step {
    /// Install what the tests need.
    Tools,
    /// `cargo fmt --check`.
    Fmt,
    /// `cargo clippy` over everything.
    Clippy,
    /// Compile the program and its tests.
    Build,
    /// `cargo test`.
    Unit,
    /// The dependencies.
    Policy,
    /// The house rules.
    Tidy,
    /// Broken mail.
    Fuzz,
    /// The stories in Chromium.
    Browser,
}

impl Step {
    /// All steps in the order in which they run.
    pub(crate) const ALL: [Self; 9] =
        [Self::Tools, Self::Fmt, Self::Clippy, Self::Build, Self::Unit, Self::Policy, Self::Tidy, Self::Fuzz, Self::Browser];

    /// The word for this step on the command line.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Tools => "tools",
            Self::Fmt => "fmt",
            Self::Clippy => "clippy",
            Self::Build => "build",
            Self::Unit => "unit",
            Self::Policy => "policy",
            Self::Tidy => "tidy",
            Self::Fuzz => "fuzz",
            Self::Browser => "browser",
        }
    }

    /// The step that a word on the command line means.
    pub(crate) fn named(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|step| step.name() == word)
    }

    fn run(self, root: &Path, tally: &mut Tally) -> Result<(), String> {
        match self {
            Self::Tools => tools::install(root),
            Self::Fmt => run_command(cargo(root).args(["fmt", "--all", "--", "--check"])),
            Self::Clippy => run_command(cargo(root).args(["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"])),
            Self::Build => run_command(cargo(root).args(["test", "--workspace", "--no-run"])),
            Self::Unit => run_tests(cargo(root).args(["test", "--workspace", "--no-fail-fast"]), tally),
            Self::Policy => policy::check(root),
            Self::Tidy => tidy::check(root),
            // Always the same inputs: a change shall fail for what it did, not by chance. New ones are for whoever looks for them.
            Self::Fuzz => fuzz::run(root, &fuzz::Options { seconds: fuzz::SECONDS_IN_ALL, seed: Some(1), target: None, hostile: false }),
            Self::Browser => browser(root, tally),
        }
    }
}

struct Outcome {
    step: Step,
    time: Duration,
    tally: Tally,
    failure: Option<String>,
}

/// Runs the steps, prints a table and the totals, and tells whether all went well.
pub(crate) fn run(root: &Path, steps: &[Step], keep_going: bool) -> ExitCode {
    let mut outcomes = Vec::new();
    for &step in steps {
        println!("\n== {} ==", step.name());
        let started = Instant::now();
        let mut tally = Tally::default();
        let failure = step.run(root, &mut tally).err();
        let outcome = Outcome { step, time: started.elapsed(), tally, failure };
        match &outcome.failure {
            None => println!("== {}: well, {} ==", step.name(), seconds(outcome.time)),
            Some(why) => println!("== {}: FAILED, {}: {why} ==", step.name(), seconds(outcome.time)),
        }
        let stop = outcome.failure.is_some() && !keep_going;
        outcomes.push(outcome);
        if stop {
            break;
        }
    }
    let skipped = steps.iter().skip(outcomes.len()).map(|step| step.name()).collect::<Vec<_>>();
    print!("{}", report(&outcomes, &skipped));
    if outcomes.iter().all(|outcome| outcome.failure.is_none()) { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn report(outcomes: &[Outcome], skipped: &[&str]) -> String {
    let mut text = format!("\n{:<10}{:>10}{:>9}{:>9}\n", "step", "time", "passed", "failed");
    let mut total = Tally::default();
    for outcome in outcomes {
        let mut tally = outcome.tally;
        // A step that fails outside its tests (a lint, a crash) must not read as "0 failed".
        if outcome.failure.is_some() && tally.failed == 0 {
            tally.failed = 1;
        }
        let number = |count: u64| {
            if count == 0 { "-".to_owned() } else { count.to_string() }
        };
        text.push_str(&format!(
            "{:<10}{:>10}{:>9}{:>9}\n",
            outcome.step.name(),
            seconds(outcome.time),
            number(tally.passed),
            number(tally.failed),
        ));
        total += tally;
    }
    for outcome in outcomes {
        if let Some(why) = &outcome.failure {
            text.push_str(&format!("{} failed: {why}\n", outcome.step.name()));
        }
    }
    if !skipped.is_empty() {
        text.push_str(&format!("not run after the failure: {}\n", skipped.join(", ")));
    }
    text.push_str(&format!("{} passed, {} failed\n", total.passed, total.failed));
    text
}

fn seconds(time: Duration) -> String {
    format!("{:.1} s", time.as_secs_f64())
}

/// The debug program that `cargo test` builds for the integration tests is the one the stories drive.
fn browser(root: &Path, tally: &mut Tally) -> Result<(), String> {
    tools::install(root)?;
    run_command(cargo(root).args(["test", "--workspace", "--no-run"]))?;
    let mut command = Command::new("node");
    command
        .current_dir(root)
        .env("STEWARD_BIN", target_directory(root).join("debug").join("steward"))
        .args(["--test", "--test-concurrency=1", "--test-reporter=spec"])
        .args(browser_tests(root)?);
    run_tests(&mut command, tally)
}

fn browser_tests(root: &Path) -> Result<Vec<PathBuf>, String> {
    let folder = root.join("e2e");
    let entries = std::fs::read_dir(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let mut files: Vec<PathBuf> = entries
        .filter_map(Result::ok)
        .map(|entry| entry.path())
        .filter(|path| path.to_str().is_some_and(|path| path.ends_with(".test.mjs")))
        .collect();
    files.sort();
    if files.is_empty() { Err(format!("{} holds no browser test", folder.display())) } else { Ok(files) }
}

/// Where cargo puts what it builds.
pub(crate) fn target_directory(root: &Path) -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), |folder| root.join(folder))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outcome(step: Step, passed: u64, failed: u64, failure: Option<&str>) -> Outcome {
        let tally = Tally { passed, failed };
        Outcome { step, time: Duration::from_millis(1500), tally, failure: failure.map(String::from) }
    }

    #[test]
    fn the_last_line_sums_all_runners() {
        let text = report(&[outcome(Step::Unit, 40, 0, None), outcome(Step::Browser, 2, 1, Some("node"))], &[]);
        assert!(text.ends_with("\n42 passed, 1 failed\n"), "{text}");
    }

    #[test]
    fn a_failure_without_a_failed_test_still_counts_as_one() {
        let text = report(&[outcome(Step::Clippy, 0, 0, Some("a lint warns"))], &["unit", "browser"]);
        assert!(text.contains("not run after the failure: unit, browser\n"), "{text}");
        assert!(text.ends_with("\n0 passed, 1 failed\n"), "{text}");
    }
}
