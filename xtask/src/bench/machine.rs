//! What the figures were measured on.

use std::fs::{self, File};
use std::io::{Seek, SeekFrom, Write};
use std::path::Path;
use std::process::Command;
use std::time::Instant;

const SYNCS: usize = 300;

/// The machine in the words of the report.
pub(crate) struct Machine {
    pub(crate) processor: String,
    pub(crate) cores: usize,
    pub(crate) memory_gib: u64,
    pub(crate) system: String,
    pub(crate) day: String,
    pub(crate) load: String,
    /// Writing 4 KiB and flushing it to the disk: median and 99th percentile, microseconds.
    pub(crate) sync_micros: (u128, u128),
    pub(crate) binary_bytes: u64,
}

pub(crate) fn look(root: &Path, folder: &Path) -> Result<Machine, String> {
    let read = |path: &str| fs::read_to_string(path).unwrap_or_default();
    let cpu = read("/proc/cpuinfo");
    let processor = cpu.lines().find_map(|line| line.strip_prefix("model name")).map(|rest| rest.trim_start_matches([' ', '\t', ':']));
    let memory = read("/proc/meminfo");
    let kib: u64 = memory.lines().next().and_then(|line| line.split_whitespace().nth(1)).and_then(|word| word.parse().ok()).unwrap_or(0);
    let binary = root.join("target/release/steward");
    Ok(Machine {
        processor: processor.unwrap_or("unknown processor").to_owned(),
        cores: std::thread::available_parallelism().map_or(1, usize::from),
        memory_gib: kib / (1024 * 1024),
        system: said("uname", &["-sr"]),
        day: said("date", &["-u", "+%Y-%m-%d"]),
        load: read("/proc/loadavg").split_whitespace().take(3).collect::<Vec<_>>().join(" "),
        sync_micros: probe(folder).map_err(|error| format!("flushing a file: {error}"))?,
        binary_bytes: fs::metadata(&binary).map_err(|error| format!("{}: {error}", binary.display()))?.len(),
    })
}

fn said(program: &str, words: &[&str]) -> String {
    let output = Command::new(program).args(words).output();
    output.map(|output| String::from_utf8_lossy(&output.stdout).trim().to_owned()).unwrap_or_default()
}

fn probe(folder: &Path) -> std::io::Result<(u128, u128)> {
    let path = folder.join("probe");
    let mut file = File::create(&path)?;
    let block = [7_u8; 4096];
    let mut times = Vec::with_capacity(SYNCS);
    for _ in 0..SYNCS {
        let begun = Instant::now();
        file.seek(SeekFrom::Start(0))?;
        file.write_all(&block)?;
        file.sync_data()?;
        times.push(begun.elapsed().as_micros());
    }
    drop(file);
    fs::remove_file(path)?;
    times.sort_unstable();
    let at = |percent: usize| times.get(times.len() * percent / 100).copied().unwrap_or_default();
    Ok((at(50), at(99)))
}
