//! Lists `migrations/*.sql` so that the binary carries them.

use std::io::Write as _;
use std::path::Path;
use std::{env, fs, io};

fn main() -> io::Result<()> {
    println_cargo("rerun-if-changed=migrations");
    let mut names: Vec<String> = fs::read_dir("migrations")?
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .filter(|name| Path::new(name).extension().is_some_and(|extension| extension == "sql"))
        .collect();
    names.sort();
    let root = env::var("CARGO_MANIFEST_DIR").map_err(io::Error::other)?;
    let folder = Path::new(&root).join("migrations");
    let mut list = String::from("&[\n");
    for name in &names {
        let path = folder.join(name);
        list.push_str(&format!("    ({name:?}, include_str!({path:?})),\n"));
    }
    list.push(']');
    let out = env::var("OUT_DIR").map_err(io::Error::other)?;
    fs::write(Path::new(&out).join("migrations.rs"), list)
}

fn println_cargo(line: &str) {
    let _ = writeln!(io::stdout(), "cargo:{line}");
}
