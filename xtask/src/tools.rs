//! Installs what the tests need and the machine lacks: Debian packages and one npm package.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::process::{output, run};

/// A program that the tests start, and the Debian package that brings it.
struct Tool {
    program: &'static str,
    package: &'static str,
    why: &'static str,
}

const TOOLS: [Tool; 10] = [
    Tool { program: "initdb", package: "postgresql", why: "every test of the store runs on PostgreSQL as well" },
    Tool { program: "postfix", package: "postfix", why: "mail goes through a real relay" },
    Tool { program: "dovecot/imap", package: "dovecot-imapd", why: "mail is fetched from a real IMAP server" },
    Tool { program: "dovecot/pop3", package: "dovecot-pop3d", why: "mail is fetched from a real POP3 server" },
    Tool { program: "openssl", package: "openssl", why: "that server needs a certificate" },
    Tool { program: "dnsmasq", package: "dnsmasq-base", why: "senders are checked against a real name server" },
    Tool { program: "python3", package: "python3", why: "Python's mail library reads what Steward writes" },
    Tool { program: "chromium", package: "chromium", why: "the browser tests drive it" },
    Tool { program: "node", package: "nodejs", why: "it runs the browser tests" },
    Tool { program: "npm", package: "npm", why: "it installs the library of the browser tests" },
];

/// Installs all that is missing.
pub(crate) fn install(root: &Path) -> Result<(), String> {
    let missing: Vec<&Tool> = TOOLS.iter().filter(|tool| !is_installed(tool.program)).collect();
    if !missing.is_empty() {
        install_packages(&missing)?;
    }
    let node = output(Command::new("node").arg("--version"))?;
    node_is_new_enough(&String::from_utf8_lossy(&node))?;
    install_browser_library(&root.join("e2e"))
}

const NODE_MIN: u32 = 20;

/// Takes what `node --version` prints, such as `v20.20.2`.
fn node_is_new_enough(version: &str) -> Result<(), String> {
    let version = version.trim();
    let major = version.trim_start_matches('v').split('.').next().and_then(|major| major.parse::<u32>().ok());
    if major.is_some_and(|major| major >= NODE_MIN) {
        return Ok(());
    }
    Err(format!("the browser tests need Node.js {NODE_MIN} or newer and this is {version}: install a newer one"))
}

fn is_installed(program: &str) -> bool {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path).chain(hidden_folders()).any(|folder| folder.join(program).is_file())
}

/// Folders that Debian uses for servers and that are not on everybody's path.
fn hidden_folders() -> impl Iterator<Item = PathBuf> {
    let versions = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().filter_map(Result::ok);
    versions.map(|version| version.path().join("bin")).chain([PathBuf::from("/usr/sbin"), PathBuf::from("/usr/lib")])
}

fn install_packages(missing: &[&Tool]) -> Result<(), String> {
    let packages: Vec<&str> = missing.iter().map(|tool| tool.package).collect();
    for tool in missing {
        println!("{} is missing ({}): package {}", tool.program, tool.why, tool.package);
    }
    if !is_installed("apt-get") {
        return Err(format!("this machine has no apt-get: install {} in its own way and run again", packages.join(", ")));
    }
    let by_root = output(Command::new("id").arg("-u"))?.trim_ascii() == b"0";
    if !by_root && !is_installed("sudo") {
        return Err(format!("only root can install packages: apt-get install {}", packages.join(" ")));
    }
    run(apt(by_root).arg("update"))?;
    run(apt(by_root).args(["install", "--yes", "--no-install-recommends"]).args(&packages))?;
    match missing.iter().find(|tool| !is_installed(tool.program)) {
        None => Ok(()),
        Some(tool) => Err(format!("{} brought no program {}", tool.package, tool.program)),
    }
}

fn apt(by_root: bool) -> Command {
    let mut command = if by_root { Command::new("env") } else { Command::new("sudo") };
    if !by_root {
        command.arg("env");
    }
    // The tests start servers of their own; the packages must not start theirs on this machine.
    command.args(["DEBIAN_FRONTEND=noninteractive", "RUNLEVEL=1", "apt-get", "--quiet"]);
    command
}

fn install_browser_library(folder: &Path) -> Result<(), String> {
    let wanted = std::fs::read_to_string(folder.join("package-lock.json")).map_err(|error| format!("e2e/package-lock.json: {error}"))?;
    let stamp = folder.join("node_modules").join(".installed-from");
    if std::fs::read_to_string(&stamp).is_ok_and(|installed| installed == wanted) {
        return Ok(());
    }
    run(Command::new("npm").current_dir(folder).args(["ci", "--no-fund", "--no-audit"]))?;
    std::fs::write(&stamp, wanted).map_err(|error| format!("{}: {error}", stamp.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_program_is_found_or_missed() {
        assert!(is_installed("sh"));
        assert!(!is_installed("no-such-program-anywhere"));
    }

    #[test]
    fn an_old_node_is_refused_with_its_version() {
        assert!(node_is_new_enough("v20.20.2\n").is_ok());
        assert!(node_is_new_enough("v26.0.0\n").is_ok());
        let Err(complaint) = node_is_new_enough("v18.20.4\n") else { panic!() };
        assert!(complaint.contains("this is v18.20.4"), "{complaint}");
    }
}
