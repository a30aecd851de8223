//! What Steward may be built from, checked offline from what cargo knows of the lock file.

mod checks;
mod metadata;
mod rules;

use std::path::Path;
use std::process::Command;

use crate::process::{cargo, output};
use metadata::{Metadata, Package};
use rules::Rules;

/// Checks every dependency against `xtask/policy.toml` and prints each breach.
pub(crate) fn check(root: &Path) -> Result<(), String> {
    let file = root.join("xtask").join("policy.toml");
    let text = std::fs::read_to_string(&file).map_err(|error| format!("{}: {error}", file.display()))?;
    let rules = Rules::read(&text).map_err(|error| format!("{}: {error}", file.display()))?;
    let packages = packages_of(root)?;
    let breaches = breaches(root, &rules, &packages);
    for breach in &breaches {
        println!("{breach}");
    }
    if breaches.is_empty() {
        println!("{} packages keep to xtask/policy.toml", packages.len());
        Ok(())
    } else {
        Err(format!("{} dependencies break xtask/policy.toml", breaches.len()))
    }
}

fn packages_of(root: &Path) -> Result<Vec<Package>, String> {
    // Without the platform cargo asks for packages of systems that nobody here builds for,
    // and offline it cannot have them.
    let version = output(Command::new("rustc").current_dir(root).arg("-vV"))?;
    let version = String::from_utf8_lossy(&version);
    let platform = version.lines().find_map(|line| line.strip_prefix("host: ")).ok_or("rustc names no host")?;
    let json =
        output(cargo(root).args(["metadata", "--format-version=1", "--offline", "--locked"]).arg(format!("--filter-platform={platform}")))?;
    Metadata::read(&json).map(|metadata| metadata.packages)
}

fn breaches(root: &Path, rules: &Rules, packages: &[Package]) -> Vec<String> {
    let mut found = checks::licences(rules, packages);
    found.extend(checks::floors(rules, packages));
    found.extend(checks::forbidden(rules, packages));
    found.extend(checks::sources(root, packages));
    found.extend(checks::duplicates(rules, packages));
    found
}
