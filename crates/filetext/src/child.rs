//! The process that reads one file: the program itself under another name, which first takes away from itself what reading needs not.

use std::ffi::OsString;
use std::fs;
use std::io::{self, BufWriter, Read};
use std::process::ExitCode;

use rustix::param::page_size;
use rustix::process::{Resource, Rlimit, nice, setrlimit};

use crate::sink::Sink;
use crate::{FILE_BYTES_MAX, Stop, TEXT_BYTES_MAX, read};

/// The first word of its command line.
pub const COMMAND: &str = "read-attachment";

/// What reading may take beyond the program itself, and how long the processor may work on it.
const MEMORY_BYTES_MAX: u64 = 256 * 1024 * 1024;
const CPU_SECONDS_MAX: u64 = 20;
/// Whoever waits for a page goes first.
const NICER: i32 = 10;

/// How it says what came of it.
pub(crate) const ENOUGH: u8 = 10;
pub(crate) const UNKNOWN: u8 = 11;
pub(crate) const LOCKED: u8 = 12;
pub(crate) const DAMAGED: u8 = 13;
pub(crate) const TOO_LARGE: u8 = 14;
/// It cannot be made safe, so that nothing was read.
pub(crate) const UNSAFE: u8 = 20;

/// Reads the file on standard input and writes its text to standard output. The arguments are those behind [`COMMAND`]: the ending of the
/// file's name, or nothing.
#[must_use]
pub fn run(mut arguments: impl Iterator<Item = OsString>) -> ExitCode {
    std::panic::set_hook(Box::new(|_| {}));
    let ending = arguments.next().and_then(|ending| ending.into_string().ok()).unwrap_or_default();
    if confine().is_err() {
        return UNSAFE.into();
    }
    let mut bytes = Vec::new();
    let most = u64::try_from(FILE_BYTES_MAX).unwrap_or(u64::MAX);
    match io::stdin().lock().take(most + 1).read_to_end(&mut bytes) {
        Ok(length) if length <= FILE_BYTES_MAX => {}
        Ok(_) => return TOO_LARGE.into(),
        Err(_) => return DAMAGED.into(),
    }
    let mut out = BufWriter::new(io::stdout().lock());
    let mut sink = Sink::new(&mut out, TEXT_BYTES_MAX);
    let done = read(&ending, bytes, &mut sink);
    let done = done.and(sink.flush());
    drop(out);
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(Stop::Enough) => ENOUGH.into(),
        Err(Stop::Unknown) => UNKNOWN.into(),
        Err(Stop::Locked) => LOCKED.into(),
        Err(Stop::Damaged) => DAMAGED.into(),
        Err(Stop::TooLarge) => TOO_LARGE.into(),
    }
}

/// Little memory, little time, and no way out: without a free descriptor nothing can be opened and nobody called.
fn confine() -> io::Result<()> {
    let between = |resource, soft, hard| setrlimit(resource, Rlimit { current: Some(soft), maximum: Some(hard) });
    let limit = |resource, most| between(resource, most, most);
    // What the program itself takes depends on how it was built.
    let own = fs::read_to_string("/proc/self/statm").ok();
    let pages: u64 = own.and_then(|text| text.split(' ').next()?.parse().ok()).unwrap_or_default();
    let page = u64::try_from(page_size()).unwrap_or(4096);
    limit(Resource::As, pages.saturating_mul(page).saturating_add(MEMORY_BYTES_MAX))?;
    // The gentler signal comes first, and says why.
    between(Resource::Cpu, CPU_SECONDS_MAX, CPU_SECONDS_MAX + 5)?;
    limit(Resource::Core, 0)?;
    limit(Resource::Fsize, 0)?;
    limit(Resource::Nproc, 0)?;
    limit(Resource::Nofile, 0)?;
    // Where it may not be nicer it is as nice as it was.
    let _unchanged = nice(NICER);
    Ok(())
}
