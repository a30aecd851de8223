//! Measured figures and what they were to be.

use serde_json::Value;

/// A database that was measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Database {
    Sqlite,
    Postgres,
}

/// What a figure is to be.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Aim {
    Below(f64),
    AtLeast(f64),
}

impl Aim {
    pub(crate) fn is_met(self, value: f64) -> bool {
        match self {
            Self::Below(limit) => value < limit,
            Self::AtLeast(limit) => value >= limit,
        }
    }
}

/// What a figure counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unit {
    Millis,
    Seconds,
    PerSecond,
    Megabytes,
    Kilobytes,
}

impl Unit {
    pub(crate) fn shown(self, value: f64) -> String {
        match self {
            Self::Millis => format!("{value:.2} ms"),
            Self::Seconds => format!("{value:.2} s"),
            Self::PerSecond => format!("{value:.0}/s"),
            Self::Megabytes => format!("{value:.0} MB"),
            Self::Kilobytes => format!("{value:.1} kB"),
        }
    }
}

/// One figure.
pub(crate) struct Figure {
    pub(crate) database: Database,
    pub(crate) what: String,
    pub(crate) unit: Unit,
    pub(crate) aim: Option<Aim>,
    pub(crate) value: f64,
}

/// One run of a tool, for the second table.
pub(crate) struct Run {
    pub(crate) database: Database,
    pub(crate) what: String,
    pub(crate) found: Value,
}

/// Everything that was measured.
#[derive(Default)]
pub(crate) struct Figures {
    pub(crate) figures: Vec<Figure>,
    pub(crate) runs: Vec<Run>,
}

impl Figures {
    pub(crate) fn add(&mut self, database: Database, what: &str, unit: Unit, aim: Option<Aim>, value: f64) {
        println!("{database:?}: {what}: {}", unit.shown(value));
        self.figures.push(Figure { database, what: what.to_owned(), unit, aim, value });
    }

    pub(crate) fn keep(&mut self, database: Database, what: &str, found: &Value) {
        self.runs.push(Run { database, what: what.to_owned(), found: found.clone() });
    }
}

/// A number of what a tool printed.
pub(crate) fn number(found: &Value, key: &str) -> f64 {
    found.get(key).and_then(Value::as_f64).unwrap_or(f64::NAN)
}

/// A time of what a tool printed, in milliseconds.
pub(crate) fn millis(found: &Value, key: &str) -> f64 {
    number(found, key) / 1_000.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_not_measured_meets_no_aim() {
        let missing = number(&Value::Null, "p99_us");
        assert!(!Aim::Below(3.0).is_met(missing) && !Aim::AtLeast(3.0).is_met(missing));
        assert!(Aim::Below(3.0).is_met(2.9) && Aim::AtLeast(3.0).is_met(3.0));
    }
}
