//! Bundles the libraries of the pages that need bundling, from versions that are pinned, into `crates/web/assets/vendor`.

use std::path::Path;
use std::process::Command;

use crate::process::run;

/// Makes the one bundle there is: the parts of ProseMirror that our editor uses.
pub(crate) fn bundle(root: &Path) -> Result<(), String> {
    let folder = root.join("xtask").join("vendor");
    let target = root.join("crates/web/assets/vendor/prosemirror");
    // No script of a package runs: what is bundled is what was published.
    run(Command::new("npm").current_dir(&folder).args(["ci", "--no-fund", "--no-audit", "--ignore-scripts"]))?;
    run(Command::new(folder.join("node_modules/.bin/esbuild"))
        .current_dir(&folder)
        .args(["prosemirror.js", "--bundle", "--format=esm", "--minify", "--target=es2022", "--legal-comments=none"])
        .arg(format!("--outfile={}", target.join("prosemirror.js").display())))?;
    let licences = licences(&folder.join("node_modules"))?;
    write(&target.join("LICENSE"), &licences)
}

/// The licence of every package in the bundle, each under the packages that it covers.
fn licences(modules: &Path) -> Result<String, String> {
    let mut texts: Vec<(String, Vec<String>)> = Vec::new();
    let mut packages: Vec<_> = std::fs::read_dir(modules).map_err(|error| told(modules, &error))?.filter_map(Result::ok).collect();
    packages.sort_by_key(std::fs::DirEntry::file_name);
    for package in packages {
        let name = package.file_name().to_string_lossy().into_owned();
        // The bundler is not in the bundle.
        if name.starts_with(['.', '@']) || name == "esbuild" {
            continue;
        }
        let file = package.path().join("LICENSE");
        let text = std::fs::read_to_string(&file).map_err(|error| told(&file, &error))?.trim().to_owned();
        match texts.iter_mut().find(|(known, _)| *known == text) {
            Some((_, names)) => names.push(name),
            None => texts.push((text, vec![name])),
        }
    }
    Ok(texts.iter().map(|(text, names)| format!("{}\n\n{text}\n\n", names.join(", "))).collect())
}

fn write(file: &Path, text: &str) -> Result<(), String> {
    std::fs::write(file, text).map_err(|error| told(file, &error))
}

fn told(file: &Path, error: &std::io::Error) -> String {
    format!("{}: {error}", file.display())
}
