//! Counts tests from what the test runners print.

use std::ops::AddAssign;

/// How many tests passed and failed.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Tally {
    /// Tests that passed.
    pub(crate) passed: u64,
    /// Tests that failed.
    pub(crate) failed: u64,
}

impl Tally {
    /// Adds what one line of output says, if it is a runner's closing line.
    pub(crate) fn read(&mut self, line: &str) {
        if let Some(rest) = line.strip_prefix("test result: ") {
            for part in rest.split([';', '.']) {
                self.count(part.trim(), " passed", " failed");
            }
        } else if let Some(total) = node_total(line, "pass") {
            self.passed += total;
        } else if let Some(total) = node_total(line, "fail") {
            self.failed += total;
        }
    }

    fn count(&mut self, part: &str, passed: &str, failed: &str) {
        if let Some(number) = part.strip_suffix(passed).and_then(|text| text.parse::<u64>().ok()) {
            self.passed += number;
        } else if let Some(number) = part.strip_suffix(failed).and_then(|text| text.parse::<u64>().ok()) {
            self.failed += number;
        }
    }
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
    }
}

/// Node's runner closes with `ℹ pass 3`, or `# pass 3` where its output is piped.
fn node_total(line: &str, word: &str) -> Option<u64> {
    let rest = line.strip_prefix("ℹ ").or_else(|| line.strip_prefix("# "))?;
    rest.strip_prefix(word)?.trim().parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tally(output: &str) -> Tally {
        let mut tally = Tally::default();
        output.lines().for_each(|line| tally.read(line));
        tally
    }

    #[test]
    fn every_test_binary_of_cargo_counts() {
        let output = "running 3 tests\ntest a ... ok\n\
            test result: ok. 3 passed; 0 failed; 1 ignored; 0 measured; 7 filtered out; finished in 0.02s\n\
            test result: FAILED. 10 passed; 2 failed; 0 ignored; 0 measured; 0 filtered out; finished in 1.50s\n";
        assert_eq!(tally(output), Tally { passed: 13, failed: 2 });
    }

    #[test]
    fn both_reporters_of_node_count() {
        assert_eq!(tally("ℹ tests 5\nℹ pass 4\nℹ fail 1\n"), Tally { passed: 4, failed: 1 });
        assert_eq!(tally("# tests 2\n# pass 2\n# fail 0\n"), Tally { passed: 2, failed: 0 });
    }

    #[test]
    fn a_test_that_talks_about_passing_does_not_count() {
        assert_eq!(tally("test 3 passed ... ok\n  # pass 9\n# passable 4\n"), Tally::default());
    }
}
