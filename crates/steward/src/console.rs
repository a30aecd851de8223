//! The one place that prints. A reader that went away (`steward … | head`) is no error.

use std::io::{BufRead, IsTerminal, Write};

use crate::Failure;

/// Longest line that is read from standard input, in bytes.
const LINE_BYTES_MAX: u64 = 4_096;

/// Prints a line to standard output.
pub(crate) fn out(line: &str) {
    let mut stdout = std::io::stdout().lock();
    drop(writeln!(stdout, "{line}").and_then(|()| stdout.flush()));
}

/// Prints a line to standard error.
pub(crate) fn err(line: &str) {
    drop(writeln!(std::io::stderr().lock(), "{line}"));
}

/// Whether a person looks at standard error.
pub(crate) fn err_is_terminal() -> bool {
    std::io::stderr().is_terminal()
}

/// The first line of standard input, for passwords. On a terminal it asks.
pub(crate) fn read_password() -> Result<String, Failure> {
    let stdin = std::io::stdin();
    if stdin.is_terminal() {
        err("Password (shown while you type):");
    }
    let mut line = String::new();
    std::io::Read::take(stdin.lock(), LINE_BYTES_MAX)
        .read_line(&mut line)
        .map_err(|error| Failure::Failed(format!("standard input cannot be read: {error}")))?;
    let password = line.trim_end_matches(['\r', '\n']).to_owned();
    if password.is_empty() {
        return Err(Failure::Usage("give the password on the first line of standard input".to_owned()));
    }
    Ok(password)
}

/// A panic is one line on standard error, or one log line once logs are on; never a backtrace.
pub(crate) fn explain_panics_in_one_line() {
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map_or_else(String::new, |place| format!(" at {}:{}", place.file(), place.line()));
        let what = panic.payload_as_str().unwrap_or("no reason given").replace(['\r', '\n'], " ");
        if tracing::enabled!(tracing::Level::ERROR) {
            tracing::error!("a part of the program panicked{place}: {what}");
        } else {
            err(&format!("steward: a part of the program panicked{place}: {what}"));
        }
    }));
}
