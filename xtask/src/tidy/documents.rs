//! The documents at the top of the tree name only files that exist.

use std::collections::BTreeSet;

use super::{Breach, File};

const TOPS: [&str; 6] = [".cargo/", ".ci/", "crates/", "docs/", "e2e/", "xtask/"];

/// Every path in back-quotes and every link to a file leads somewhere.
pub(crate) fn documents_name_what_exists(files: &[File]) -> Vec<Breach> {
    let known: BTreeSet<&str> = files.iter().flat_map(|file| with_folders(&file.path)).collect();
    let documents = files.iter().filter(|file| file.path.ends_with(".md") && !file.is_in("vendor"));
    let mut found = Vec::new();
    for file in documents {
        let folder = file.path.rsplit_once('/').map_or("", |(folder, _)| folder);
        for (index, line) in file.text.lines().enumerate() {
            let quoted = line.split('`').skip(1).step_by(2).filter(|text| TOPS.iter().any(|top| text.starts_with(top)));
            let quoted = quoted.filter(|text| text.chars().all(is_of_a_path)).map(str::to_owned);
            for path in quoted.chain(links(line).map(|link| from_folder(folder, link))) {
                if !known.contains(path.trim_end_matches('/')) {
                    found.push(Breach::new(file, index + 1, format!("{path} is named and does not exist")));
                }
            }
        }
    }
    found
}

/// A path and every folder above it.
fn with_folders(path: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(Some(path), |path| path.rsplit_once('/').map(|(folder, _)| folder))
}

/// A path with a `<name>`, a `*` or a space is a pattern or a command.
fn is_of_a_path(sign: char) -> bool {
    sign.is_alphanumeric() || matches!(sign, '/' | '.' | '-' | '_')
}

/// The targets of Markdown links that stay in the tree.
fn links(line: &str) -> impl Iterator<Item = &str> {
    line.split("](")
        .skip(1)
        .filter_map(|rest| rest.split([')', '#', ' ']).next())
        .filter(|target| !target.is_empty() && !target.contains("://") && !target.starts_with("mailto:") && !target.starts_with('/'))
}

fn from_folder(folder: &str, link: &str) -> String {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in link.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            name => parts.push(name),
        }
    }
    parts.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn missing(path: &str, text: &str) -> Vec<String> {
        let files = [
            File::new(path, text),
            File::new("crates/desk/src/lib.rs", ""),
            File::new("docs/performance.md", ""),
            File::new("LICENSE-MIT", ""),
        ];
        documents_name_what_exists(&files).into_iter().map(|breach| breach.rule).collect()
    }

    #[test]
    fn a_path_that_is_gone_fails() {
        assert_eq!(
            missing("README.md", "See `crates/desk/src/gone.rs` and [this](docs/gone.md)."),
            ["crates/desk/src/gone.rs is named and does not exist", "docs/gone.md is named and does not exist"]
        );
    }

    #[test]
    fn files_folders_and_links_that_exist_pass() {
        let text = "`crates/desk/`, `crates/desk/src/lib.rs`, [a](docs/performance.md#method), [b](LICENSE-MIT)";
        assert!(missing("README.md", text).is_empty());
        assert!(missing("docs/manual.md", "[a](performance.md) and [b](../LICENSE-MIT)").is_empty());
    }

    #[test]
    fn patterns_commands_and_addresses_pass() {
        let text = "`crates/<name>/rows.rs`, `crates/*`, `node --test`, `a/b`, [c](https://example.org), [d](#below)";
        assert!(missing("README.md", text).is_empty());
    }
}
