//! The loop: one input after the other, each with its own end to patience and memory.

use std::fs::File;
use std::os::unix::fs::FileExt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use rustix::process::{Resource, Rlimit, setrlimit};
use serde_json::json;

use crate::chance::Chance;
use crate::mutate::mutated;
use crate::rules::{Target, check};
use crate::{HEAP, Outcome, corpus};

/// No input may take longer, whatever else the machine does: far above what is aimed at (50 ms for a megabyte, in a release build), so
/// that a busy machine fails nobody.
const INPUT_TIME_MAX: Duration = if cfg!(debug_assertions) { Duration::from_secs(20) } else { Duration::from_secs(2) };
/// Memory for one input: so much, and so many times its size. Far above the aim too.
const INPUT_HEAP_BYTES_MAX: usize = 64 * 1024 * 1024;
const INPUT_HEAP_TIMES_MAX: usize = 40;
/// Memory of the whole process.
const PROCESS_BYTES_MAX: u64 = 4 * 1024 * 1024 * 1024;
/// Smaller inputs say nothing about the time of a megabyte.
const MEASURED_BYTES_MIN: usize = 16 * 1024;

/// Mutates until the time is over.
pub(crate) fn run(target: Target, seconds: u64, seed: u64, folder: &Path) -> Outcome<()> {
    std::fs::create_dir_all(folder)?;
    setrlimit(Resource::As, Rlimit { current: Some(PROCESS_BYTES_MAX), maximum: Some(PROCESS_BYTES_MAX) })?;
    std::panic::set_hook(Box::new(|_| {}));
    let maker = Arc::new(Maker { target, seed, seeds: corpus::seeds(target)?, words: corpus::words(target), folder: folder.to_owned() });
    // Read by whoever finds that this process has died.
    let at = File::create(folder.join(format!("{}.at", target.name())))?;
    let watch = Watch::start(Arc::clone(&maker));
    let (begun, time) = (Instant::now(), Duration::from_secs(seconds));
    let mut found = Found::default();
    while begun.elapsed() < time {
        let number = found.executions;
        at.write_all_at(&number.to_le_bytes(), 0)?;
        let input = maker.input(number);
        watch.begins(number);
        let heap_before = HEAP.current_usage();
        HEAP.reset_peak_usage();
        let started = Instant::now();
        let verdict =
            catch_unwind(AssertUnwindSafe(|| check(target, &input))).unwrap_or_else(|panic| Err(format!("panic: {}", words_of(&*panic))));
        let took = started.elapsed();
        watch.ends();
        let heap = HEAP.peak_usage().saturating_sub(heap_before);
        let verdict = verdict.and_then(|()| {
            let within = heap <= INPUT_HEAP_BYTES_MAX + INPUT_HEAP_TIMES_MAX * input.len();
            if within { Ok(()) } else { Err(format!("{heap} bytes of memory for an input of {}", input.len())) }
        });
        if let Err(broken) = verdict {
            let path = maker.keep(number)?;
            return Err(format!("{}: {broken}; the input is {}, seed {seed}", target.name(), path.display()).into());
        }
        found.count(&input, took, heap);
    }
    println!("{}", found.summary(target, seed, begun.elapsed()));
    Ok(())
}

fn words_of(panic: &(dyn std::any::Any + Send)) -> &str {
    panic.downcast_ref::<String>().map(String::as_str).or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or("without words")
}

/// Makes the inputs: each from its number, so that one can be made again.
struct Maker {
    target: Target,
    seed: u64,
    seeds: Vec<Vec<u8>>,
    words: Vec<&'static [u8]>,
    folder: PathBuf,
}

impl Maker {
    fn input(&self, number: u64) -> Vec<u8> {
        // The first ones are the corpus as it is.
        if let Some(seed) = usize::try_from(number).ok().and_then(|number| self.seeds.get(number)) {
            return seed.clone();
        }
        mutated(&mut Chance::new(self.seed.wrapping_mul(0x2545_F491_4F6C_DD1D).wrapping_add(number << 8)), &self.seeds, &self.words)
    }

    /// Writes an input to where it can be looked at.
    fn keep(&self, number: u64) -> Outcome<PathBuf> {
        let path = self.folder.join(format!("{}-{}-{number}.input", self.target.name(), self.seed));
        std::fs::write(&path, self.input(number))?;
        Ok(path)
    }
}

/// Writes the input of a run that died, whose number it left behind.
pub(crate) fn keep_last(target: Target, seed: u64, folder: &Path) -> Outcome<PathBuf> {
    let maker = Maker { target, seed, seeds: corpus::seeds(target)?, words: corpus::words(target), folder: folder.to_owned() };
    let number = std::fs::read(folder.join(format!("{}.at", target.name())))?;
    maker.keep(u64::from_le_bytes(number.try_into().map_err(|_| "no number of an input")?))
}

/// Looks from outside whether an input ever ends.
struct Watch {
    number: Arc<AtomicU64>,
}

const NOTHING: u64 = u64::MAX;

impl Watch {
    fn start(maker: Arc<Maker>) -> Self {
        let number = Arc::new(AtomicU64::new(NOTHING));
        let seen = Arc::clone(&number);
        std::thread::spawn(move || {
            let (mut before, mut since) = (NOTHING, Instant::now());
            loop {
                std::thread::sleep(Duration::from_millis(100));
                let now = seen.load(Ordering::Relaxed);
                if now != before {
                    (before, since) = (now, Instant::now());
                } else if now != NOTHING && since.elapsed() > INPUT_TIME_MAX {
                    let kept = maker.keep(now).map_or_else(|error| error.to_string(), |path| path.display().to_string());
                    eprintln!("{}: an input takes longer than {INPUT_TIME_MAX:?}: {kept}, seed {}", maker.target.name(), maker.seed);
                    std::process::exit(1);
                }
            }
        });
        Self { number }
    }

    fn begins(&self, number: u64) {
        self.number.store(number, Ordering::Relaxed);
    }

    fn ends(&self) {
        self.number.store(NOTHING, Ordering::Relaxed);
    }
}

/// What the run has seen.
#[derive(Default)]
struct Found {
    executions: u64,
    bytes: u64,
    slowest: (Duration, usize),
    slowest_of_a_megabyte_ms: f64,
    largest: (usize, usize),
}

impl Found {
    fn count(&mut self, input: &[u8], took: Duration, heap: usize) {
        self.executions += 1;
        self.bytes += u64::try_from(input.len()).unwrap_or_default();
        self.slowest = self.slowest.max((took, input.len()));
        self.largest = self.largest.max((heap, input.len()));
        if let Ok(bytes) = u32::try_from(input.len())
            && input.len() >= MEASURED_BYTES_MIN
        {
            self.slowest_of_a_megabyte_ms = self.slowest_of_a_megabyte_ms.max(took.as_secs_f64() * 1e9 / f64::from(bytes));
        }
    }

    fn summary(&self, target: Target, seed: u64, time: Duration) -> serde_json::Value {
        json!({
            "target": target.name(),
            "seed": seed,
            "seconds": time.as_secs_f64(),
            "executions": self.executions,
            "bytes": self.bytes,
            "slowest_ms": self.slowest.0.as_secs_f64() * 1e3,
            "slowest_bytes": self.slowest.1,
            "slowest_ms_per_megabyte": self.slowest_of_a_megabyte_ms,
            "largest_heap_bytes": self.largest.0,
            "largest_heap_input_bytes": self.largest.1,
        })
    }
}
