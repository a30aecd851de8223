//! Steward's chores: `cargo xtask test` runs every check of the project, `cargo xtask bench` measures it, `cargo xtask fuzz` throws broken mail at it.

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a command line tool talks to the person who started it")]

mod bench;
mod cli;
mod fuzz;
mod pages;
mod policy;
mod process;
mod relevance;
mod steps;
mod tally;
mod tidy;
mod tools;
mod vendor;

use std::path::PathBuf;
use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match cli::parse(&arguments) {
        Ok(cli::Chore::Help) => {
            print!("{}", cli::HELP);
            ExitCode::SUCCESS
        }
        Ok(cli::Chore::Bench(options)) => match bench::run(&root(), options) {
            Ok(()) => ExitCode::SUCCESS,
            Err(why) => {
                eprintln!("xtask: {why}");
                ExitCode::FAILURE
            }
        },
        Ok(cli::Chore::Fuzz(options)) => match fuzz::run(&root(), &options) {
            Ok(()) => ExitCode::SUCCESS,
            Err(why) => {
                eprintln!("xtask: {why}");
                ExitCode::FAILURE
            }
        },
        Ok(cli::Chore::Pictures(folder)) => ended(pages::pictures(&root(), folder.as_deref())),
        Ok(cli::Chore::Lighthouse) => ended(pages::lighthouse(&root())),
        Ok(cli::Chore::Relevance) => ended(relevance::run(&root())),
        Ok(cli::Chore::Vendor) => match vendor::bundle(&root()) {
            Ok(()) => ExitCode::SUCCESS,
            Err(why) => {
                eprintln!("xtask: {why}");
                ExitCode::FAILURE
            }
        },
        Ok(cli::Chore::Test { steps, keep_going }) => steps::run(&root(), &steps, keep_going),
        Err(complaint) => {
            eprintln!("xtask: {complaint}\n\n{}", cli::HELP);
            ExitCode::from(2)
        }
    }
}

fn ended(outcome: Result<(), String>) -> ExitCode {
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            eprintln!("xtask: {why}");
            ExitCode::FAILURE
        }
    }
}

/// The top of the checkout.
fn root() -> PathBuf {
    let here = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    here.parent().map_or_else(|| here.clone(), PathBuf::from)
}
