//! The program `steward`.

use std::process::ExitCode;

fn main() -> ExitCode {
    steward::run(std::env::args_os())
}
