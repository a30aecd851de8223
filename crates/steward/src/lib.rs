//! The binary: configuration, command line, wiring, operations. The domain lives in the crates below.

mod cli;
mod commands;
pub mod config;
mod console;
pub mod demo;
mod failure;
mod logs;
pub mod serve;

use std::ffi::OsString;
use std::process::ExitCode;

pub use failure::Failure;

/// Runs one command line; tells the exit status: 0 done, 1 failed, 2 wrong usage.
pub fn run(args: impl IntoIterator<Item = OsString>) -> ExitCode {
    let args: Vec<OsString> = args.into_iter().collect();
    // Before anything is read, opened or explained: this process is handed what strangers sent.
    if args.get(1).is_some_and(|word| word == filetext::COMMAND) {
        return filetext::run(args.into_iter().skip(2));
    }
    console::explain_panics_in_one_line();
    let outcome = match cli::parse(args) {
        Ok(cli::Parsed::Tell(text)) => {
            console::out(text.trim_end());
            Ok(())
        }
        Ok(cli::Parsed::Call(call)) => commands::dispatch(*call),
        Err(failure) => Err(failure),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            console::err(&format!("steward: {failure}"));
            failure.exit_code()
        }
    }
}
