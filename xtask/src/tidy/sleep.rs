//! Tests move a clock or wait for an answer; they never wait for time to pass.

use super::tokens::Next;
use super::{Breach, File};

/// No test calls `sleep`, in Rust or in the browser. Only a function that is named for killing a program may
/// pause: there the moment of the kill is what varies, and nothing is asserted about it.
pub(crate) fn tests_never_sleep(file: &File) -> Vec<Breach> {
    let rule = "a test sleeps: move its clock, or wait for the event itself";
    let mut found: Vec<Breach> = file
        .words()
        .iter()
        .filter(|word| word.in_test && word.next == Next::Call)
        .filter(|word| matches!(word.text.as_str(), "sleep" | "sleep_until" | "sleep_ms" | "park_timeout"))
        .filter(|word| !kills_at_some_moment(file, word.line))
        .map(|word| Breach::new(file, word.line, rule))
        .collect();
    if file.name().ends_with(".test.mjs") {
        for (index, line) in file.text.lines().enumerate() {
            if ["setTimeout(", "waitForTimeout(", "sleep("].iter().any(|call| line.contains(call)) {
                found.push(Breach::new(file, index + 1, rule));
            }
        }
    }
    found
}

fn kills_at_some_moment(file: &File, line: usize) -> bool {
    file.functions()
        .iter()
        .any(|function| function.name.contains("kill") && (function.line..function.line + function.lines).contains(&line))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn breaches(path: &str, source: &str) -> usize {
        tests_never_sleep(&File::new(path, source)).len()
    }

    const SLEEP: &str = "async fn a() { tokio::time::sleep(pause).await; }";

    #[test]
    fn a_sleep_in_a_test_fails() {
        assert_eq!(breaches("crates/a/tests/all.rs", SLEEP), 1);
        assert_eq!(breaches("crates/a/src/lib.rs", &format!("#[cfg(test)] mod tests {{ {SLEEP} }}")), 1);
        assert_eq!(breaches("e2e/story.test.mjs", "await page.waitForTimeout(500);"), 1);
    }

    #[test]
    fn a_pause_before_a_kill_passes() {
        assert_eq!(breaches("crates/a/tests/all.rs", "fn killed_then_opened() { std::thread::sleep(pause); }"), 0);
        assert_eq!(breaches("crates/a/tests/all.rs", &format!("fn kill() {{}}\n{SLEEP}")), 1);
    }

    #[test]
    fn a_program_may_sleep() {
        assert_eq!(breaches("crates/a/src/lib.rs", SLEEP), 0);
    }
}
