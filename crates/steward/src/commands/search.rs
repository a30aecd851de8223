//! `steward search`.

use std::thread::sleep;
use std::time::{Duration, Instant};

use search::{SearchIndex, State};

use super::open;
use crate::config::Config;
use crate::{Failure, console};

/// Between two looks at what the serving process does.
const LOOK: Duration = Duration::from_millis(500);
/// A serving process hears of a wish within a second; one that has not after this time follows no journal.
const HEARD: Duration = Duration::from_secs(30);

/// Builds the index anew: here, or in the process that serves.
pub(super) fn rebuild(config: &Config) -> Result<(), Failure> {
    let desk = open(config)?;
    let index = SearchIndex::of(desk.store());
    let mut told = Told::default();
    match index.rebuild(|done, all| told.tell(done, all)) {
        Err(error) if error.is_unavailable() => elsewhere(&index, &mut told)?,
        done => done?,
    }
    console::out("The search index is built.");
    drop(index);
    desk.store().close();
    Ok(())
}

/// Asks the process that serves, and tells how far it is.
fn elsewhere(index: &SearchIndex, told: &mut Told) -> Result<(), Failure> {
    console::out("Steward is running here; it builds the index while it serves.");
    index.wish_for_rebuild()?;
    let asked = Instant::now();
    loop {
        sleep(LOOK);
        match (index.is_wished_for(), index.state_elsewhere()) {
            (true, _) if asked.elapsed() > HEARD => {
                return Err(Failure::Failed("the running Steward does not answer: look into its log, or stop it and try again".to_owned()));
            }
            (true, _) | (_, None) => {}
            (false, Some(State::Building { done, all })) => told.tell(done, all),
            (false, Some(State::Ready)) => return Ok(()),
        }
    }
}

/// Tells each tenth once.
#[derive(Default)]
struct Told {
    tenths: i64,
}

impl Told {
    fn tell(&mut self, done: i64, all: i64) {
        let tenths = done.saturating_mul(10) / all.max(1);
        if tenths > self.tenths {
            self.tenths = tenths;
            console::out(&format!("{done} of {all} records ({} %)", tenths * 10));
        }
    }
}
