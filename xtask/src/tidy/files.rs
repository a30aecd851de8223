//! Files stay short and finished.

use super::{Breach, File};

const LINES_MAX: usize = 500;
const WRITTEN_BY_HAND: [&str; 8] = [".rs", ".js", ".mjs", ".css", ".html", ".sql", ".sh", ".py"];
const HELD_AS_DATA: [&str; 6] = ["testdata", "locales", "vendor", "demo", "tests", "design"];

/// A file that a person can read in one sitting: at most 500 lines, tests aside.
pub(crate) fn no_file_grows_too_long(file: &File) -> Vec<Breach> {
    let by_hand = WRITTEN_BY_HAND.iter().any(|ending| file.path.ends_with(ending));
    if !by_hand || file.is_test() || HELD_AS_DATA.iter().any(|folder| file.is_in(folder)) {
        return Vec::new();
    }
    let lines = file.lines_without_tests();
    if lines <= LINES_MAX {
        return Vec::new();
    }
    vec![Breach::new(file, 1, format!("{lines} lines, and {LINES_MAX} are the most: divide it by what it does"))]
}

/// What is not done is not written down in the code; it is done, or it is nobody's surprise.
pub(crate) fn nothing_is_left_for_later(file: &File) -> Vec<Breach> {
    if ["testdata", "vendor", "locales", "demo"].iter().any(|folder| file.is_in(folder)) || file.name() == "Cargo.lock" {
        return Vec::new();
    }
    let mut found = Vec::new();
    for (index, line) in file.text.lines().enumerate() {
        for mark in [concat!("TO", "DO"), concat!("FIX", "ME"), concat!("XX", "X")] {
            if has_word(line, mark) {
                found.push(Breach::new(file, index + 1, format!("{mark} is left behind: do it or leave it out")));
            }
        }
    }
    found
}

fn has_word(line: &str, word: &str) -> bool {
    line.match_indices(word).any(|(start, _)| {
        let before = line.get(..start).and_then(|text| text.chars().next_back());
        let after = line.get(start + word.len()..).and_then(|text| text.chars().next());
        ![before, after].into_iter().flatten().any(|sign| sign.is_alphanumeric() || sign == '_')
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_file_fails() {
        let long = "fn a() {}\n".repeat(501);
        assert_eq!(no_file_grows_too_long(&File::new("crates/a/src/lib.rs", &long)).len(), 1);
        assert_eq!(no_file_grows_too_long(&File::new("crates/web/assets/css/a.css", &long)).len(), 1);
    }

    #[test]
    fn tests_and_data_may_be_long() {
        let long = "fn a() {}\n".repeat(501);
        for path in ["crates/a/tests/all.rs", "crates/a/src/tests.rs", "crates/web/assets/vendor/a.js", "Cargo.lock"] {
            assert!(no_file_grows_too_long(&File::new(path, &long)).is_empty(), "{path}");
        }
        let tests = format!("fn a() {{}}\n#[cfg(test)]\nmod tests {{\n{long}}}\n");
        assert!(no_file_grows_too_long(&File::new("crates/a/src/lib.rs", &tests)).is_empty());
    }

    #[test]
    fn a_note_for_later_fails_in_any_file() {
        let note = concat!("one\n// TO", "DO: two\n");
        for path in ["crates/a/src/lib.rs", "README.md", ".ci/run"] {
            let found = nothing_is_left_for_later(&File::new(path, note));
            assert_eq!(found.iter().map(|breach| breach.line).collect::<Vec<_>>(), [2], "{path}");
        }
    }

    #[test]
    fn a_word_that_holds_the_letters_passes() {
        let text = concat!("id_", "XX", "X", "_1 and TO", "DOS\n");
        assert!(nothing_is_left_for_later(&File::new("a.rs", text)).is_empty());
    }
}
