//! One function a rule; each hands back a sentence for every breach.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use semver::Version;
use spdx::{Expression, ParseMode};

use super::metadata::Package;
use super::rules::Rules;

/// The one registry; written in two parts because no file of the project may name its host.
const REGISTRY: &str = concat!("registry+https://github.com/rust-lang/crates", ".io-index");

/// Every package has a licence that lets us pass it on.
pub(crate) fn licences(rules: &Rules, packages: &[Package]) -> Vec<String> {
    packages.iter().filter_map(|package| licence(rules, package)).collect()
}

fn licence(rules: &Rules, package: &Package) -> Option<String> {
    let who = format!("{} {}", package.name, package.version);
    let Some(text) = package.license.as_deref() else {
        return Some(format!("{who} names no licence"));
    };
    let excepted = rules.licences.exceptions.iter().any(|exception| exception.name == package.name && exception.licence == text);
    if excepted {
        return None;
    }
    match Expression::parse_mode(text, ParseMode::LAX) {
        Err(error) => Some(format!("{who} has a licence that nobody can read, `{text}`: {error}")),
        Ok(expression) => {
            let allowed = expression.evaluate(|wanted| rules.licences.allow.iter().any(|allowed| *allowed == wanted.to_string()));
            (!allowed).then(|| format!("{who} has a licence that is not on the list: {text}"))
        }
    }
}

/// No package is older than its first safe version.
pub(crate) fn floors(rules: &Rules, packages: &[Package]) -> Vec<String> {
    let mut found = Vec::new();
    for package in packages {
        for floor in rules.floors.iter().filter(|floor| floor.name == package.name) {
            let safe = Version::parse(&package.version).is_ok_and(|version| version >= floor.version);
            if !safe {
                let Package { name, version, .. } = package;
                found.push(format!("{name} {version} is below {}: {}", floor.version, floor.reason));
            }
        }
    }
    found
}

/// No package is there that we decided against.
pub(crate) fn forbidden(rules: &Rules, packages: &[Package]) -> Vec<String> {
    let mut found = Vec::new();
    for forbidden in &rules.forbidden {
        if packages.iter().any(|package| package.name == forbidden.name) {
            found.push(format!("{} may not come in: {}", forbidden.name, forbidden.reason));
        }
    }
    found
}

/// Every package is ours or comes from the registry: no git address, no folder outside.
pub(crate) fn sources(root: &Path, packages: &[Package]) -> Vec<String> {
    let mut found = Vec::new();
    for package in packages {
        let allowed = match package.source.as_deref() {
            Some(source) => source == REGISTRY,
            None => Path::new(&package.manifest_path).starts_with(root),
        };
        if !allowed {
            let from = package.source.as_deref().unwrap_or(&package.manifest_path);
            found.push(format!("{} {} comes from elsewhere: {from}", package.name, package.version));
        }
    }
    found
}

/// A crate is built once, or in the versions that the policy lists with a reason.
pub(crate) fn duplicates(rules: &Rules, packages: &[Package]) -> Vec<String> {
    let mut versions: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for package in packages {
        versions.entry(&package.name).or_default().insert(&package.version);
    }
    versions.retain(|_, versions| versions.len() > 1);
    let mut found = Vec::new();
    for (name, versions) in versions {
        let listed = rules.duplicates.iter().find(|duplicate| duplicate.name == name);
        let listed = listed.map(|duplicate| duplicate.versions.as_slice()).unwrap_or_default();
        for version in versions {
            let allowed = listed.iter().any(|start| begins_with(version, start));
            if !allowed {
                found.push(format!("{name} {version} is one version too many and not in the list of duplicates"));
            }
        }
    }
    found
}

/// `0.1` begins `0.1.7`, not `0.10.4`.
fn begins_with(version: &str, start: &str) -> bool {
    version.strip_prefix(start).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    const RULES: &str = r#"
        [licences]
        allow = ["MIT", "Apache-2.0", "Unicode-3.0", "Apache-2.0 WITH LLVM-exception"]
        [[licences.exceptions]]
        crate = "dictionary"
        licence = "GPL-3.0-only"
        reason = "data that is loaded at run time"
        [[floors]]
        crate = "ammonia"
        version = "4.1.4"
        reason = "cleaned HTML could still carry a script"
        [[forbidden]]
        crate = "openssl"
        reason = "one TLS provider"
        [[duplicates]]
        crate = "rand"
        versions = ["0.1", "0.9"]
        reason = "two generations"
    "#;

    fn rules() -> Rules {
        Rules::read(RULES).unwrap()
    }

    fn package(name: &str, version: &str, licence: &str) -> Package {
        Package {
            name: name.to_owned(),
            version: version.to_owned(),
            license: (!licence.is_empty()).then(|| licence.to_owned()),
            source: Some(REGISTRY.to_owned()),
            manifest_path: String::new(),
        }
    }

    fn licence_passes(licence: &str) -> bool {
        licences(&rules(), &[package("some", "1.0.0", licence)]).is_empty()
    }

    #[test]
    fn one_permissive_choice_is_enough() {
        assert!(licence_passes("MIT"));
        assert!(licence_passes("GPL-2.0-only OR MIT"));
        assert!(licence_passes("MIT/GPL-3.0"));
        assert!(licence_passes("(MIT OR GPL-2.0-only) AND Unicode-3.0"));
        assert!(licence_passes("Apache-2.0 WITH LLVM-exception"));
    }

    #[test]
    fn a_licence_off_the_list_fails() {
        assert!(!licence_passes("GPL-3.0-only"));
        assert!(!licence_passes("MIT AND GPL-3.0-only"));
        assert!(!licence_passes("AGPL-3.0-or-later OR SSPL-1.0"));
        assert!(!licence_passes(""));
        assert!(!licence_passes("do what you like"));
    }

    #[test]
    fn an_exception_holds_for_the_licence_it_was_made_for() {
        assert!(licences(&rules(), &[package("dictionary", "1.0.0", "GPL-3.0-only")]).is_empty());
        assert_eq!(licences(&rules(), &[package("dictionary", "2.0.0", "AGPL-3.0-only")]).len(), 1);
    }

    #[test]
    fn a_version_below_its_floor_fails() {
        let old = floors(&rules(), &[package("ammonia", "4.1.3", "MIT"), package("html", "0.1.0", "MIT")]);
        assert_eq!(old, ["ammonia 4.1.3 is below 4.1.4: cleaned HTML could still carry a script"]);
        assert!(floors(&rules(), &[package("ammonia", "4.1.4", "MIT")]).is_empty());
        assert!(floors(&rules(), &[package("ammonia", "4.10.0", "MIT")]).is_empty());
    }

    #[test]
    fn a_pre_release_of_the_floor_fails() {
        assert_eq!(floors(&rules(), &[package("ammonia", "4.1.4-rc.1", "MIT")]).len(), 1);
    }

    #[test]
    fn a_forbidden_crate_fails() {
        assert_eq!(forbidden(&rules(), &[package("openssl", "0.10.0", "MIT")]).len(), 1);
        assert!(forbidden(&rules(), &[package("openssl-probe", "0.1.0", "MIT")]).is_empty());
    }

    #[test]
    fn only_the_registry_and_the_checkout_are_sources() {
        let ours = Package { source: None, manifest_path: "/code/crates/a/Cargo.toml".into(), ..package("a", "1.0.0", "") };
        let outside = Package { source: None, manifest_path: "/codex/b/Cargo.toml".into(), ..package("b", "1.0.0", "") };
        let git = Package { source: Some("git+https://example.org/c".into()), ..package("c", "1.0.0", "") };
        let found = sources(Path::new("/code"), &[ours, outside, git, package("d", "1.0.0", "")]);
        assert_eq!(found, ["b 1.0.0 comes from elsewhere: /codex/b/Cargo.toml", "c 1.0.0 comes from elsewhere: git+https://example.org/c"]);
    }

    #[test]
    fn a_new_duplicate_fails() {
        let packages = [package("syn", "1.0.0", ""), package("syn", "2.0.0", "")];
        assert_eq!(duplicates(&rules(), &packages).len(), 2);
    }

    #[test]
    fn a_listed_duplicate_passes_until_another_version_comes() {
        let mut packages = vec![package("rand", "0.9.1", ""), package("rand", "0.1.0", "")];
        assert!(duplicates(&rules(), &packages).is_empty());
        packages.push(package("rand", "0.10.0", ""));
        assert_eq!(duplicates(&rules(), &packages), ["rand 0.10.0 is one version too many and not in the list of duplicates"]);
    }

    #[test]
    fn a_rule_needs_a_reason() {
        assert!(Rules::read("[licences]\nallow = []\n[[forbidden]]\ncrate = \"a\"\nreason = \" \"").is_err());
    }
}
