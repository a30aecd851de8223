//! The program `steward`.

use std::ffi::OsString;
use std::os::unix::process::CommandExt;
use std::process::{Command, ExitCode};

use mimalloc::MiMalloc;

/// That of the C library keeps half as much again of what the index and its threads have given back.
#[global_allocator]
static MEMORY: MiMalloc = MiMalloc;

/// What was not needed for 10 ms goes back to the system, and a list of a few kilobytes is no reason to take two megabytes. What SQLite takes from
/// the C library comes from one heap instead of one for each thread. Both allocators read this before the program begins.
const GIVING_BACK: [(&str, &str); 3] = [("MIMALLOC_PURGE_DELAY", "10"), ("MIMALLOC_ALLOW_THP", "0"), ("MALLOC_ARENA_MAX", "1")];
/// Only what runs for long gains by it.
const LASTING: &str = "serve";

fn main() -> ExitCode {
    let args: Vec<OsString> = std::env::args_os().collect();
    if args.get(1).is_some_and(|word| word == LASTING) {
        begin_anew(&args);
    }
    steward::run(args)
}

/// Starts the program again in the same process, unless it was started so; where that cannot be done it goes on with more memory.
fn begin_anew(args: &[OsString]) {
    if GIVING_BACK.iter().any(|(name, _)| std::env::var_os(name).is_some()) {
        return;
    }
    if let Ok(program) = std::env::current_exe() {
        let mut again = Command::new(program);
        if let Some(name) = args.first() {
            again.arg0(name);
        }
        // It comes back from this only when it failed.
        drop(again.args(args.iter().skip(1)).envs(GIVING_BACK).exec());
    }
}
