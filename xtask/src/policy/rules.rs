//! `xtask/policy.toml` as data.

use semver::Version;
use serde::Deserialize;
use spdx::{Expression, ParseMode};

/// Everything the policy says.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Rules {
    /// Licences that may come in.
    pub(crate) licences: Licences,
    /// Lowest safe versions.
    #[serde(default)]
    pub(crate) floors: Vec<Floor>,
    /// Crates that may not come in at all.
    #[serde(default)]
    pub(crate) forbidden: Vec<Forbidden>,
    /// Crates that may be built in several versions.
    #[serde(default)]
    pub(crate) duplicates: Vec<Duplicate>,
}

/// Licences that may come in.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Licences {
    /// Names as SPDX writes them, `WITH` an exception where there is one.
    pub(crate) allow: Vec<String>,
    /// Crates that are taken in spite of their licence.
    #[serde(default)]
    pub(crate) exceptions: Vec<Exception>,
}

/// A crate that is taken in spite of its licence.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Exception {
    /// Its name.
    #[serde(rename = "crate")]
    pub(crate) name: String,
    /// The licence expression it had when this was decided.
    pub(crate) licence: String,
    /// Why.
    pub(crate) reason: String,
}

/// The lowest safe version of a crate.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Floor {
    /// Its name.
    #[serde(rename = "crate")]
    pub(crate) name: String,
    /// The first version without the fault.
    pub(crate) version: Version,
    /// The fault.
    pub(crate) reason: String,
}

/// A crate that may not come in.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Forbidden {
    /// Its name.
    #[serde(rename = "crate")]
    pub(crate) name: String,
    /// Why.
    pub(crate) reason: String,
}

/// A crate that may be built in several versions.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Duplicate {
    /// Its name.
    #[serde(rename = "crate")]
    pub(crate) name: String,
    /// The beginnings of the versions that may be there: `0.10` stands for every `0.10.x`.
    pub(crate) versions: Vec<String>,
    /// Who brings them in.
    pub(crate) reason: String,
}

impl Rules {
    /// Reads the file and refuses what cannot mean anything.
    pub(crate) fn read(text: &str) -> Result<Self, String> {
        let rules: Self = toml::from_str(text).map_err(|error| error.to_string())?;
        for name in &rules.licences.allow {
            Expression::parse_mode(name, ParseMode::STRICT).map_err(|error| format!("licence {name}: {error}"))?;
        }
        let reasons = rules.floors.iter().map(|floor| (&floor.name, &floor.reason));
        let reasons = reasons.chain(rules.forbidden.iter().map(|forbidden| (&forbidden.name, &forbidden.reason)));
        let reasons = reasons.chain(rules.duplicates.iter().map(|duplicate| (&duplicate.name, &duplicate.reason)));
        let mut reasons = reasons.chain(rules.licences.exceptions.iter().map(|exception| (&exception.name, &exception.reason)));
        match reasons.find(|(_, reason)| reason.trim().is_empty()) {
            Some((name, _)) => Err(format!("{name} has no reason")),
            None => Ok(rules),
        }
    }
}
