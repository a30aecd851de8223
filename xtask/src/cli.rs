//! What the command line asks for.

use crate::bench::Options;
use crate::fuzz;
use crate::steps::Step;

/// What `cargo xtask` prints when it is asked, or misunderstood.
pub(crate) const HELP: &str = "\
cargo xtask test [STEP…] [--keep-going]   run every check, or only the steps named
cargo xtask bench [--quick] [--tickets N] [--postgres] [--keep]
                                          measure the release build and write docs/performance.md
cargo xtask fuzz [TARGET] [--seconds N] [--seed N]
                                          throw broken mail at what reads mail, 60 s for each target
cargo xtask fuzz --hostile                what one hostile megabyte costs, in a release build
cargo xtask pictures [FOLDER]             every page in every language, theme and width, to look at; and those of the manual
cargo xtask lighthouse                    judge sign-in, inbox and ticket, and write it into docs/performance.md
cargo xtask relevance                     whether people find what they look for, into docs/performance.md
cargo xtask vendor                        bundle the libraries of the pages anew, after a version was changed

Steps, in their order:
  tools     install what the tests need and this machine lacks
  fmt       the source is formatted
  clippy    no lint warns
  build     the program and all tests compile
  unit      cargo test over the whole workspace
  policy    licences, version floors, duplicates and sources of the dependencies
  tidy      the rules of CONTRIBUTING.md that no compiler knows
  fuzz      twenty seconds of broken input for each target; `cargo xtask fuzz` goes on for longer
  browser   the stories of e2e/ in Chromium, against the debug build

A failure stops the run; --keep-going goes on to the end and fails then.

The bench generates a desk of a million tickets (--tickets N for another number) and measures it on SQLite, with --postgres on
PostgreSQL too; --quick is small, short and writes no report; --keep uses the large desk of the run before again.
";

/// One chore with everything it was told.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Chore {
    /// Say what there is.
    Help,
    /// Run these steps, in the order of [`Step::ALL`].
    Test {
        /// The steps to run.
        steps: Vec<Step>,
        /// Whether later steps run after a failure.
        keep_going: bool,
    },
    /// Measure.
    Bench(Options),
    /// Throw broken mail.
    Fuzz(fuzz::Options),
    /// Bundle the libraries of the pages.
    Vendor,
    /// Take pictures of all pages, into this folder.
    Pictures(Option<String>),
    /// Judge pages.
    Lighthouse,
    /// Judge what is found.
    Relevance,
}

/// Reads the arguments that follow the program's name.
pub(crate) fn parse(arguments: &[String]) -> Result<Chore, String> {
    let mut words = arguments.iter().map(String::as_str);
    match words.next() {
        None | Some("help" | "--help" | "-h") => return Ok(Chore::Help),
        Some("test") => {}
        Some("bench") => return bench(words),
        Some("fuzz") => return fuzzing(words),
        Some("vendor") => return Ok(Chore::Vendor),
        Some("pictures") => return Ok(Chore::Pictures(words.next().map(str::to_owned))),
        Some("lighthouse") => return Ok(Chore::Lighthouse),
        Some("relevance") => return Ok(Chore::Relevance),
        Some(other) => return Err(format!("there is no chore `{other}`")),
    }
    let mut named = Vec::new();
    let mut keep_going = false;
    for word in words {
        match word {
            "--keep-going" => keep_going = true,
            "--help" | "-h" => return Ok(Chore::Help),
            _ => named.push(Step::named(word).ok_or_else(|| format!("there is no step `{word}`"))?),
        }
    }
    let steps = Step::ALL.into_iter().filter(|step| named.is_empty() || named.contains(step)).collect();
    Ok(Chore::Test { steps, keep_going })
}

const TICKETS: usize = 1_000_000;
const TICKETS_QUICK: usize = 20_000;

fn bench<'w>(mut words: impl Iterator<Item = &'w str>) -> Result<Chore, String> {
    let mut options = Options { quick: false, tickets: 0, postgres: false, keep: false };
    while let Some(word) = words.next() {
        match word {
            "--quick" => options.quick = true,
            "--postgres" => options.postgres = true,
            "--keep" => options.keep = true,
            "--tickets" => {
                let number = words.next().and_then(|number| number.parse().ok());
                options.tickets = number.ok_or("--tickets needs a number")?;
            }
            "--help" | "-h" => return Ok(Chore::Help),
            _ => return Err(format!("the bench does not know `{word}`")),
        }
    }
    if options.tickets == 0 {
        options.tickets = if options.quick { TICKETS_QUICK } else { TICKETS };
    }
    Ok(Chore::Bench(options))
}

fn fuzzing<'w>(mut words: impl Iterator<Item = &'w str>) -> Result<Chore, String> {
    let mut options = fuzz::Options { seconds: fuzz::SECONDS, seed: None, target: None, hostile: false };
    while let Some(word) = words.next() {
        let mut number = || words.next().and_then(|number| number.parse().ok()).ok_or_else(|| format!("{word} needs a number"));
        match word {
            "--seconds" => options.seconds = number()?,
            "--seed" => options.seed = Some(number()?),
            "--hostile" => options.hostile = true,
            "--help" | "-h" => return Ok(Chore::Help),
            _ if fuzz::TARGETS.contains(&word) => options.target = Some(word.to_owned()),
            _ => return Err(format!("there is no target `{word}`: {}", fuzz::TARGETS.join(", "))),
        }
    }
    Ok(Chore::Fuzz(options))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(line: &str) -> Result<Chore, String> {
        parse(&line.split_whitespace().map(String::from).collect::<Vec<_>>())
    }

    #[test]
    fn test_without_a_step_runs_all_of_them() {
        let Ok(Chore::Test { steps, keep_going }) = parsed("test") else { panic!() };
        assert_eq!(steps, Step::ALL);
        assert!(!keep_going);
    }

    #[test]
    fn named_steps_run_in_the_usual_order() {
        assert_eq!(parsed("test browser fmt --keep-going"), Ok(Chore::Test { steps: vec![Step::Fmt, Step::Browser], keep_going: true }));
    }

    #[test]
    fn an_unknown_step_is_refused_by_name() {
        assert_eq!(parsed("test lint"), Err("there is no step `lint`".to_owned()));
        assert_eq!(parsed("bake"), Err("there is no chore `bake`".to_owned()));
    }

    #[test]
    fn the_bench_takes_a_number_of_tickets() {
        let options = Options { quick: false, tickets: 5_000, postgres: true, keep: false };
        assert_eq!(parsed("bench --tickets 5000 --postgres"), Ok(Chore::Bench(options)));
        assert_eq!(
            parsed("bench --quick"),
            Ok(Chore::Bench(Options { quick: true, tickets: TICKETS_QUICK, postgres: false, keep: false }))
        );
        assert!(parsed("bench --tickets many").is_err() && parsed("bench fast").is_err());
    }

    #[test]
    fn the_fuzz_takes_a_target_a_time_and_a_seed() {
        let options = fuzz::Options { seconds: 5, seed: Some(7), target: Some("quoting".to_owned()), hostile: false };
        assert_eq!(parsed("fuzz quoting --seconds 5 --seed 7"), Ok(Chore::Fuzz(options)));
        assert!(parsed("fuzz cooking").is_err() && parsed("fuzz --seed").is_err());
    }
}
