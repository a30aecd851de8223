//! Starts other programs and listens to them.

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Command, Stdio};

use crate::tally::Tally;

/// The cargo that started us.
pub(crate) fn cargo(root: &Path) -> Command {
    let program = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(program);
    command.current_dir(root);
    // Some build scripts watch these; left in, every run through xtask would build them anew.
    for (name, _) in std::env::vars_os() {
        let owned_by_our_own_build =
            name.to_str().is_some_and(|name| name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST_"));
        if owned_by_our_own_build {
            command.env_remove(&name);
        }
    }
    command
}

/// Runs a program to its end with its output shown.
pub(crate) fn run(command: &mut Command) -> Result<(), String> {
    let status = command.stdin(Stdio::null()).status().map_err(|error| format!("`{}` does not start: {error}", line_of(command)))?;
    if status.success() { Ok(()) } else { Err(format!("`{}` ended with {status}", line_of(command))) }
}

/// Runs a test runner to its end, shows its output and counts its tests.
pub(crate) fn run_tests(command: &mut Command, tally: &mut Tally) -> Result<(), String> {
    let line = line_of(command);
    let mut child =
        command.stdin(Stdio::null()).stdout(Stdio::piped()).spawn().map_err(|error| format!("`{line}` does not start: {error}"))?;
    if let Some(output) = child.stdout.take() {
        let mut screen = std::io::stdout().lock();
        for text in BufReader::new(output).split(b'\n').map_while(Result::ok) {
            let text = String::from_utf8_lossy(&text);
            tally.read(&text);
            writeln!(screen, "{text}").map_err(|error| format!("standard output is closed: {error}"))?;
        }
    }
    let status = child.wait().map_err(|error| format!("`{line}` got lost: {error}"))?;
    if status.success() { Ok(()) } else { Err(format!("`{line}` ended with {status}")) }
}

/// Runs a program to its end and hands back what it printed.
pub(crate) fn output(command: &mut Command) -> Result<Vec<u8>, String> {
    let line = line_of(command);
    let output =
        command.stdin(Stdio::null()).stderr(Stdio::inherit()).output().map_err(|error| format!("`{line}` does not start: {error}"))?;
    if output.status.success() { Ok(output.stdout) } else { Err(format!("`{line}` ended with {}", output.status)) }
}

fn line_of(command: &Command) -> String {
    let mut line = Path::new(command.get_program()).file_name().unwrap_or(command.get_program()).to_string_lossy().into_owned();
    for argument in command.get_args() {
        line.push(' ');
        line.push_str(&argument.to_string_lossy());
    }
    line
}
