//! Which crate may know which.

use std::collections::BTreeMap;

use super::{Breach, File};

/// The crates from the ground up; a crate may use those listed for it and nothing else of ours.
const LAYERS: [(&str, &[&str]); 14] = [
    ("kernel", &[]),
    ("query", &["kernel"]),
    ("store", &["kernel", "query"]),
    ("journal", &["kernel", "store"]),
    ("filetext", &[]),
    ("search", &["kernel", "store", "journal"]),
    ("web", &["kernel"]),
    ("people", &["kernel", "query", "store", "journal", "web"]),
    ("desk", &["kernel", "query", "store", "journal", "filetext", "search", "web", "people"]),
    ("faces", &["kernel", "query", "store", "journal", "search", "web", "people", "desk"]),
    ("channels", &["kernel", "query", "store", "journal", "filetext", "web", "people", "desk"]),
    ("reactors", &["kernel", "query", "store", "journal", "web", "people", "desk", "channels"]),
    ("admin", &["kernel", "query", "store", "journal", "web", "people", "desk", "channels"]),
    ("xtask", &[]),
];
/// These put everything together.
const ABOVE_ALL: [&str; 2] = ["steward", "testkit"];

/// Every manifest keeps to the table, takes the workspace's lints, and is in the table at all.
pub(crate) fn crates_depend_downwards(files: &[File]) -> Vec<Breach> {
    let manifests = files.iter().filter(|file| file.name() == "Cargo.toml");
    manifests.flat_map(|file| file.crate_name().map(|name| manifest(file, name)).unwrap_or_default()).collect()
}

fn manifest(file: &File, name: &str) -> Vec<Breach> {
    let mut found = Vec::new();
    let table: toml::Table = match file.text.parse() {
        Ok(table) => table,
        Err(_) => return vec![Breach::new(file, 1, "the manifest cannot be read")],
    };
    let lints = table.get("lints").and_then(|lints| lints.get("workspace")).and_then(toml::Value::as_bool);
    if lints != Some(true) {
        found.push(Breach::new(file, 1, "the workspace's lints do not hold here: `[lints] workspace = true`"));
    }
    if ABOVE_ALL.contains(&name) {
        return found;
    }
    let Some((_, allowed)) = LAYERS.iter().find(|(layer, _)| *layer == name) else {
        found.push(Breach::new(file, 1, format!("{name} is in no layer: give it its place in the table of tidy")));
        return found;
    };
    for (section, test_only) in [("dependencies", false), ("build-dependencies", false), ("dev-dependencies", true)] {
        let Some(dependencies) = table.get(section).and_then(toml::Value::as_table) else {
            continue;
        };
        for dependency in dependencies.keys() {
            let ours = LAYERS.iter().any(|(layer, _)| layer == dependency) || ABOVE_ALL.contains(&dependency.as_str());
            let fine = allowed.contains(&dependency.as_str()) || (test_only && dependency == "testkit");
            if ours && !fine {
                let line = line_of(&file.text, dependency);
                found.push(Breach::new(file, line, format!("{name} may not depend on {dependency}")));
            }
        }
    }
    found
}

fn line_of(text: &str, dependency: &str) -> usize {
    let starts = |line: &str| line.strip_prefix(dependency).is_some_and(|rest| rest.starts_with(['.', ' ', '=']));
    text.lines().position(starts).map_or(1, |index| index + 1)
}

/// Linking is the slow part of a test run: a crate has one binary of integration tests, with modules.
pub(crate) fn one_test_binary_a_crate(files: &[File]) -> Vec<Breach> {
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    let mut found = Vec::new();
    for file in files {
        let Some(name) = file.crate_name() else {
            continue;
        };
        let folder = if name == "xtask" { "xtask/tests/".to_owned() } else { format!("crates/{name}/tests/") };
        let binary = file.path.strip_prefix(&folder).is_some_and(|rest| !rest.contains('/') && rest.ends_with(".rs"));
        if binary {
            let count = seen.entry(name).or_default();
            *count += 1;
            if *count > 1 {
                found.push(Breach::new(file, 1, format!("{name} has a second binary of tests: make it a module")));
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn breaches(name: &str, sections: &str) -> Vec<String> {
        let manifest = format!("[package]\nname = \"x\"\n[lints]\nworkspace = true\n{sections}");
        let file = File::new(&format!("crates/{name}/Cargo.toml"), &manifest);
        crates_depend_downwards(&[file]).into_iter().map(|breach| breach.rule).collect()
    }

    #[test]
    fn a_crate_that_looks_up_fails() {
        assert_eq!(breaches("store", "[dependencies]\njournal.workspace = true\nserde = \"1\"\n"), ["store may not depend on journal"]);
        assert_eq!(breaches("desk", "[dependencies]\nchannels.workspace = true\n"), ["desk may not depend on channels"]);
        assert_eq!(breaches("web", "[dependencies]\ntestkit.workspace = true\n"), ["web may not depend on testkit"]);
    }

    #[test]
    fn a_crate_that_looks_down_passes() {
        assert!(breaches("desk", "[dependencies]\nkernel.workspace = true\npeople.workspace = true\n").is_empty());
        assert!(breaches("steward", "[dependencies]\nreactors.workspace = true\n").is_empty());
        assert!(breaches("people", "[dev-dependencies]\ntestkit.workspace = true\n").is_empty());
    }

    #[test]
    fn a_crate_outside_the_table_fails() {
        assert_eq!(breaches("helpers", "").len(), 1);
    }

    #[test]
    fn a_crate_without_the_lints_fails() {
        let file = File::new("crates/kernel/Cargo.toml", "[package]\nname = \"steward-kernel\"\n");
        assert_eq!(crates_depend_downwards(&[file]).len(), 1);
    }

    #[test]
    fn a_second_test_binary_fails() {
        let paths = ["crates/a/tests/all.rs", "crates/a/tests/mail/mod.rs", "crates/b/tests/all.rs"];
        let mut files: Vec<File> = paths.iter().map(|path| File::new(path, "")).collect();
        assert!(one_test_binary_a_crate(&files).is_empty());
        files.push(File::new("crates/a/tests/more.rs", ""));
        assert_eq!(one_test_binary_a_crate(&files).len(), 1);
    }
}
