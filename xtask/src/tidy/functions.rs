//! Functions stay short enough to be seen at once.

use super::{Breach, File};

const LINES_MAX: usize = 70;

/// A function has at most 70 lines, tests aside.
pub(crate) fn no_function_grows_too_long(file: &File) -> Vec<Breach> {
    file.functions()
        .iter()
        .filter(|function| !function.in_test && function.lines > LINES_MAX)
        .map(|function| {
            let rule = format!("fn {} has {} lines, and {LINES_MAX} are the most", function.name, function.lines);
            Breach::new(file, function.line, rule)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn breaches(source: &str) -> usize {
        no_function_grows_too_long(&File::new("crates/a/src/lib.rs", source)).len()
    }

    fn function(lines: usize) -> String {
        format!("fn long(\n) -> [u8; 2] {{\n{}}}\n", "    run();\n".repeat(lines - 3))
    }

    #[test]
    fn a_long_function_fails_wherever_it_stands() {
        assert_eq!(breaches(&function(71)), 1);
        assert_eq!(breaches(&format!("impl A {{ {} }}", function(71))), 1);
    }

    #[test]
    fn a_short_function_and_a_long_test_pass() {
        assert_eq!(breaches(&function(70)), 0);
        assert_eq!(breaches(&format!("#[cfg(test)] mod tests {{ {} }}", function(200))), 0);
        assert_eq!(breaches(&format!("trait A {{ fn head(); }} struct B {{ {} }}", "a: u8,\n".repeat(90))), 0);
    }
}
