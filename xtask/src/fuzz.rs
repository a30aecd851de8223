//! `cargo xtask fuzz`: each target in a process of its own, two at a time, so that a full stack or memory ends only that one.

use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Mutex;
use std::time::UNIX_EPOCH;

use serde_json::Value;

use crate::process::{cargo, output, run as run_command};
use crate::steps::target_directory;

/// What broken input is thrown at.
pub(crate) const TARGETS: [&str; 6] = ["parsing", "addresses", "threading", "sanitising", "quoting", "queries"];
/// Seconds for each target when nobody says.
pub(crate) const SECONDS: u64 = 60;
/// In a run of all checks, which has an hour for everything.
pub(crate) const SECONDS_IN_ALL: u64 = 20;
const AT_ONCE: usize = 2;
/// What is under test is built for speed, with the checks of a debug build still in it; everything else is as the tests have it.
const OPTIMISED: [&str; 12] = [
    "ammonia",
    "encoding_rs",
    "html2text",
    "html5ever",
    "mail-parser",
    "markup5ever",
    "steward-channels",
    "steward-desk",
    "steward-query",
    "steward-testkit",
    "tendril",
    "whatlang",
];

/// How long and with what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Options {
    /// For each target.
    pub(crate) seconds: u64,
    /// Where the mutations begin; chosen by the clock when nobody says, and printed.
    pub(crate) seed: Option<u64>,
    /// One of [`TARGETS`]; all when none.
    pub(crate) target: Option<String>,
    /// Instead of that: what one hostile megabyte of each kind costs, in a release build.
    pub(crate) hostile: bool,
}

/// Builds and runs.
pub(crate) fn run(root: &Path, options: &Options) -> Result<(), String> {
    let build = ["build", "-p", "steward-testkit", "--bin", "fuzz"];
    if options.hostile {
        run_command(cargo(root).args(build).arg("--release"))?;
        return run_command(Command::new(target_directory(root).join("release").join("fuzz")).arg("hostile"));
    }
    let speed = OPTIMISED.map(|name| format!("--config=profile.dev.package.{name}.opt-level=2"));
    run_command(cargo(root).args(build).args(speed))?;
    let program = target_directory(root).join("debug").join("fuzz");
    let folder = target_directory(root).join("fuzz");
    let seed = options.seed.unwrap_or_else(seed_of_the_moment);
    println!("seed {seed}: the same inputs again with --seed {seed}");
    let waiting: Mutex<Vec<&str>> =
        Mutex::new(TARGETS.into_iter().filter(|name| options.target.as_deref().is_none_or(|one| one == *name)).rev().collect());
    let failures = Mutex::new(Vec::new());
    println!("{:<12}{:>12}{:>10}{:>14}{:>14}{:>14}", "target", "executions", "MB", "slowest ms", "ms per MB", "largest MB");
    std::thread::scope(|scope| {
        for _ in 0..AT_ONCE {
            scope.spawn(|| {
                loop {
                    let next = waiting.lock().map(|mut waiting| waiting.pop());
                    let Ok(Some(target)) = next else { return };
                    match one(&program, &folder, target, seed, options.seconds) {
                        Ok(line) => println!("{line}"),
                        Err(why) => {
                            if let Ok(mut failures) = failures.lock() {
                                failures.push(why);
                            }
                        }
                    }
                }
            });
        }
    });
    let failures = failures.into_inner().unwrap_or_default();
    if failures.is_empty() { Ok(()) } else { Err(failures.join("; ")) }
}

/// One target to its end; a line of figures.
fn one(program: &Path, folder: &Path, target: &str, seed: u64, seconds: u64) -> Result<String, String> {
    let seed = seed.to_string();
    let mut command = Command::new(program);
    command.arg(target).arg(seconds.to_string()).arg(&seed).arg(folder).stdin(Stdio::null());
    let ended = command.output().map_err(|error| format!("the fuzz program does not start: {error}"))?;
    if !ended.status.success() {
        let said = String::from_utf8_lossy(&ended.stderr).trim().to_owned();
        // A process that was ended from outside or by its stack has said nothing of its own.
        if ended.status.code().is_some() && said.contains("input") {
            return Err(said);
        }
        let kept = output(Command::new(program).args(["last", target, &seed]).arg(folder))?;
        return Err(format!(
            "{target} ended with {} at the input {}, seed {seed}: {said}",
            ended.status,
            String::from_utf8_lossy(&kept).trim()
        ));
    }
    let found: Value =
        serde_json::from_slice(&ended.stdout).map_err(|error| format!("{target} printed something that cannot be read: {error}"))?;
    let number = |name: &str| found.get(name).and_then(Value::as_f64).unwrap_or_default();
    Ok(format!(
        "{target:<12}{:>12}{:>10.1}{:>14.1}{:>14.1}{:>14.1}",
        number("executions"),
        number("bytes") / 1e6,
        number("slowest_ms"),
        number("slowest_ms_per_megabyte"),
        number("largest_heap_bytes") / 1e6,
    ))
}

fn seed_of_the_moment() -> u64 {
    let now = UNIX_EPOCH.elapsed().unwrap_or_default();
    now.as_secs()
}
