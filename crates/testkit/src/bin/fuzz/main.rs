//! Throws broken mail at what reads mail: `fuzz TARGET SECONDS SEED FOLDER` mutates the corpus until the time is over, prints what it found
//! as JSON and writes an input that breaks a rule into the folder; `fuzz hostile` measures what one hostile megabyte costs.
//! `cargo xtask fuzz` starts each target in a process of its own, so that a full stack or memory ends only that.
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "the figures are for the program that started this one")]

mod chance;
mod corpus;
mod hostile;
mod mutate;
mod rules;
mod run;
mod threads;

use peak_alloc::PeakAlloc;

/// Counts what is taken from the heap.
#[global_allocator]
static HEAP: PeakAlloc = PeakAlloc;

/// Any failure ends the run.
type Outcome<T> = Result<T, Box<dyn std::error::Error + Send + Sync>>;

const USAGE: &str = "usage: fuzz TARGET SECONDS SEED FOLDER     (parsing, addresses, threading, sanitising, quoting, queries)
       fuzz last TARGET SEED FOLDER           (writes the input of a run that died)
       fuzz again TARGET FILE                 (one input)
       fuzz hostile                           (what a hostile megabyte costs; build with --release)";

fn main() -> Outcome<()> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["hostile"] => {
            hostile::report();
            Ok(())
        }
        ["last", target, seed, folder] => {
            let target = rules::Target::named(target).ok_or(USAGE)?;
            println!("{}", run::keep_last(target, seed.parse()?, folder.as_ref())?.display());
            Ok(())
        }
        ["again", target, file] => {
            let target = rules::Target::named(target).ok_or(USAGE)?;
            rules::check(target, &std::fs::read(file)?)?;
            println!("no rule is broken");
            Ok(())
        }
        [target, seconds, seed, folder] => {
            let target = rules::Target::named(target).ok_or(USAGE)?;
            run::run(target, seconds.parse()?, seed.parse()?, folder.as_ref())
        }
        _ => Err(USAGE.into()),
    }
}
