//! The files of the tree.

use std::path::Path;

use super::tokens::{Attribute, Code, Function, Literal, Word};

/// One file of the tree.
pub(crate) struct File {
    /// Its path from the top of the checkout, with `/`.
    pub(crate) path: String,
    /// Its text; empty when it is none.
    pub(crate) text: String,
    code: Code,
}

impl File {
    /// Takes a file's text; Rust source that is no Rust source has no code.
    pub(crate) fn new(path: &str, text: &str) -> Self {
        let code = if path.ends_with(".rs") { Code::read(text, is_test_file(path)) } else { Code::default() };
        Self { path: path.to_owned(), text: text.to_owned(), code }
    }

    /// Its name without the folders.
    pub(crate) fn name(&self) -> &str {
        self.path.rsplit('/').next().unwrap_or(&self.path)
    }

    /// Whether this file itself or any folder above it has this name.
    pub(crate) fn is_in(&self, folder: &str) -> bool {
        self.path.split('/').any(|part| part == folder)
    }

    /// The crate that it belongs to, by its folder.
    pub(crate) fn crate_name(&self) -> Option<&str> {
        let mut parts = self.path.split('/');
        match parts.next() {
            Some("crates") => parts.next(),
            Some("xtask") => Some("xtask"),
            _ => None,
        }
    }

    /// Whether only tests read it.
    pub(crate) fn is_test(&self) -> bool {
        is_test_file(&self.path)
    }

    /// Every identifier of its code.
    pub(crate) fn words(&self) -> &[Word] {
        &self.code.words
    }

    /// Every string of its code.
    pub(crate) fn strings(&self) -> &[Literal] {
        &self.code.strings
    }

    /// Every attribute but the documentation.
    pub(crate) fn attributes(&self) -> &[Attribute] {
        &self.code.attributes
    }

    /// Every function of its code.
    pub(crate) fn functions(&self) -> &[Function] {
        &self.code.functions
    }

    /// How many lines it has without the tests inside it.
    pub(crate) fn lines_without_tests(&self) -> usize {
        let tests: usize = self.code.test_lines.iter().map(|(first, last)| last + 1 - first).sum();
        self.text.lines().count().saturating_sub(tests)
    }
}

fn is_test_file(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    matches!(name, "tests.rs") || name.ends_with(".test.mjs") || path.split('/').any(|part| matches!(part, "tests" | "testdata"))
}

/// Reads every file of the tree, but not what builds and programs leave there. What is no text counts with an empty one.
pub(crate) fn read_tree(root: &Path) -> Result<Vec<File>, String> {
    let mut files = Vec::new();
    read_folder(root, "", &mut files)?;
    files.sort_by(|one, other| one.path.cmp(&other.path));
    Ok(files)
}

const NOT_OURS: [&str; 5] = [".git", "target", "node_modules", "test-results", "steward-data"];

fn read_folder(root: &Path, folder: &str, files: &mut Vec<File>) -> Result<(), String> {
    let complain = |error: std::io::Error| format!("{folder}/: {error}");
    for entry in std::fs::read_dir(root.join(folder)).map_err(complain)? {
        let entry = entry.map_err(complain)?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if NOT_OURS.contains(&name.as_str()) {
            continue;
        }
        let path = if folder.is_empty() { name } else { format!("{folder}/{name}") };
        let kind = entry.file_type().map_err(complain)?;
        if kind.is_dir() {
            read_folder(root, &path, files)?;
        } else if kind.is_file() {
            // A picture has no lines to check, but documents name it.
            let text = String::from_utf8(std::fs::read(entry.path()).map_err(complain)?).unwrap_or_default();
            files.push(File::new(&path, &text));
        }
    }
    Ok(())
}
