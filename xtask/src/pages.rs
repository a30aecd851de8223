//! `cargo xtask pictures` and `cargo xtask lighthouse`: the pages as people and browsers see them. Both drive the programs of `e2e/`.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::process::{cargo, run};
use crate::steps::target_directory;
use crate::tools;

/// Takes the pictures of all main pages into a folder, and those of the manual into `docs/pictures`.
pub(crate) fn pictures(root: &Path, folder: Option<&str>) -> Result<(), String> {
    let program = built(root, false)?;
    let folder = folder.map_or_else(|| target_directory(root).join("pictures"), PathBuf::from);
    run(node(root, &program, "gallery.mjs").arg(std::path::absolute(&folder).unwrap_or(folder)))?;
    run(&mut node(root, &program, "pictures.mjs"))
}

/// Judges three pages of the release build.
pub(crate) fn lighthouse(root: &Path) -> Result<(), String> {
    let program = built(root, true)?;
    // No script of a package runs: it is read, not installed.
    let packages = ["ci", "--no-fund", "--no-audit", "--ignore-scripts"];
    run(Command::new("npm").current_dir(root.join("xtask").join("lighthouse")).args(packages))?;
    run(&mut node(root, &program, "lighthouse.mjs"))
}

fn built(root: &Path, release: bool) -> Result<PathBuf, String> {
    tools::install(root)?;
    let mut build = cargo(root);
    build.args(["build", "-p", "steward"]);
    if release {
        build.arg("--release");
    }
    run(&mut build)?;
    Ok(target_directory(root).join(if release { "release" } else { "debug" }).join("steward"))
}

fn node(root: &Path, program: &Path, script: &str) -> Command {
    let mut command = Command::new("node");
    command.current_dir(root.join("e2e")).env("STEWARD_BIN", program).arg(script);
    command
}
