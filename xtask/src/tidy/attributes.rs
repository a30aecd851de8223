//! Lints are obeyed, or answered with a reason.

use super::{Breach, File};

/// `expect` notices when it is no longer needed, `allow` stays for ever; a reason tells the next reader why.
pub(crate) fn lints_are_never_silenced_without_a_reason(file: &File) -> Vec<Breach> {
    let mut found = Vec::new();
    for attribute in file.attributes() {
        let bare: String = attribute.text.split_whitespace().collect();
        if bare.starts_with("allow(") || bare.contains(",allow(") {
            found.push(Breach::new(file, attribute.line, "a lint is allowed: mend the code, or expect it with a reason"));
        }
        if (bare.starts_with("expect(") || bare.contains(",expect(")) && !bare.contains("reason=\"") {
            found.push(Breach::new(file, attribute.line, "a lint is expected without a reason"));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn breaches(source: &str) -> usize {
        lints_are_never_silenced_without_a_reason(&File::new("crates/a/src/lib.rs", source)).len()
    }

    #[test]
    fn allow_fails() {
        assert_eq!(breaches("#![allow(dead_code)]\nfn a() {}"), 1);
        assert_eq!(breaches("fn a() { #[allow(clippy::panic)] b() }"), 1);
        assert_eq!(breaches("#[cfg_attr(test, allow(unused))] fn a() {}"), 1);
    }

    #[test]
    fn expect_needs_a_reason() {
        assert_eq!(breaches("#[expect(clippy::panic)] fn a() {}"), 1);
        assert_eq!(breaches("#[expect(clippy::panic, reason = \"a broken build\")] fn a() {}"), 0);
    }

    #[test]
    fn other_attributes_pass() {
        assert_eq!(breaches("#[derive(Debug)] #[serde(default)] struct A; // #[allow(x)]"), 0);
    }
}
