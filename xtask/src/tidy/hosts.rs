//! Steward names no package registry: what it is built from is said by name and version alone.

use super::{Breach, File};

// In two parts each, so that this file keeps the rule as well.
const HOSTS: [&str; 8] = [
    concat!("crates", ".io"),
    concat!("static.", "rust-lang.org"),
    concat!("registry.", "npmjs"),
    concat!("npmjs", ".com"),
    concat!("pypi", ".org"),
    concat!("files.", "pythonhosted"),
    concat!("deb.", "debian.org"),
    concat!("proxy.", "golang.org"),
];

/// No file holds a registry's host. Cargo's lock file cannot be written without it.
pub(crate) fn no_registry_is_named(file: &File) -> Vec<Breach> {
    if file.name() == "Cargo.lock" {
        return Vec::new();
    }
    let mut found = Vec::new();
    for (index, line) in file.text.lines().enumerate() {
        let line = line.to_ascii_lowercase();
        for host in HOSTS.iter().filter(|host| line.contains(**host)) {
            found.push(Breach::new(file, index + 1, format!("a package registry is named: {host}")));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_download_address_in_a_lock_file_fails() {
        let line = concat!("\"resolved\": \"https://registry.", "npmjs.org/a/-/a-1.0.0.tgz\"");
        assert_eq!(no_registry_is_named(&File::new("e2e/package-lock.json", line)).len(), 1);
        assert!(no_registry_is_named(&File::new("Cargo.lock", line)).is_empty());
    }
}
