//! Tests move a clock or wait for an answer; they never wait for time to pass.

use super::tokens::Next;
use super::{Breach, File};

/// No test calls `sleep`, in Rust or in the browser.
pub(crate) fn tests_never_sleep(file: &File) -> Vec<Breach> {
    let rule = "a test sleeps: move its clock, or wait for the event itself";
    let mut found: Vec<Breach> = file
        .words()
        .iter()
        .filter(|word| word.in_test && word.next == Next::Call)
        .filter(|word| {
            matches!(
                word.text.as_str(),
                "sleep" | "sleep_until" | "sleep_ms" | "park_timeout"
            )
        })
        .map(|word| Breach::new(file, word.line, rule))
        .collect();
    if file.name().ends_with(".test.mjs") {
        for (index, line) in file.text.lines().enumerate() {
            if ["setTimeout(", "waitForTimeout(", "sleep("]
                .iter()
                .any(|call| line.contains(call))
            {
                found.push(Breach::new(file, index + 1, rule));
            }
        }
    }
    found
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
        assert_eq!(
            breaches(
                "crates/a/src/lib.rs",
                &format!("#[cfg(test)] mod tests {{ {SLEEP} }}")
            ),
            1
        );
        assert_eq!(
            breaches("e2e/story.test.mjs", "await page.waitForTimeout(500);"),
            1
        );
    }

    #[test]
    fn a_program_may_sleep() {
        assert_eq!(breaches("crates/a/src/lib.rs", SLEEP), 0);
    }
}
