//! The rules of the house that no compiler knows, checked over every file of the tree.

mod attributes;
mod crates;
mod documents;
mod files;
mod functions;
mod hosts;
mod sleep;
mod source;
mod sql;
mod tokens;
mod web;

use std::fmt;
use std::path::Path;

use source::File;

/// One place that breaks a rule.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Breach {
    path: String,
    line: usize,
    rule: String,
}

impl Breach {
    fn new(file: &File, line: usize, rule: impl Into<String>) -> Self {
        Self { path: file.path.clone(), line, rule: rule.into() }
    }
}

impl fmt::Display for Breach {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}:{}: {}", self.path, self.line, self.rule)
    }
}

/// Checks the whole tree and prints each breach.
pub(crate) fn check(root: &Path) -> Result<(), String> {
    let files = source::read_tree(root)?;
    let breaches = breaches(&files);
    for breach in &breaches {
        println!("{breach}");
    }
    if breaches.is_empty() {
        println!("{} files keep the rules of the house", files.len());
        Ok(())
    } else {
        Err(format!("{} places break the rules of the house", breaches.len()))
    }
}

fn breaches(files: &[File]) -> Vec<Breach> {
    let each: [fn(&File) -> Vec<Breach>; 9] = [
        attributes::lints_are_never_silenced_without_a_reason,
        files::no_file_grows_too_long,
        files::nothing_is_left_for_later,
        functions::no_function_grows_too_long,
        hosts::no_registry_is_named,
        sleep::tests_never_sleep,
        sql::sql_stays_with_the_rows,
        sql::sql_quotes_no_value,
        web::commands_and_rows_know_no_http,
    ];
    let mut found: Vec<Breach> = files.iter().flat_map(|file| each.iter().flat_map(|rule| rule(file))).collect();
    found.extend(crates::crates_depend_downwards(files));
    found.extend(crates::one_test_binary_a_crate(files));
    found.extend(documents::documents_name_what_exists(files));
    found.sort();
    found
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_tree_keeps_the_rules_of_the_house() {
        let files = super::source::read_tree(&crate::root()).unwrap();
        assert!(files.len() > 50, "only {} files were found", files.len());
        let found: Vec<String> = super::breaches(&files).iter().map(ToString::to_string).collect();
        assert!(found.is_empty(), "\n{}\n", found.join("\n"));
    }
}
