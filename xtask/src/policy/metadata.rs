//! The part of `cargo metadata` that the policy reads.

use serde::Deserialize;

/// The answer of `cargo metadata --format-version=1`.
#[derive(Deserialize)]
pub(crate) struct Metadata {
    /// Every package of the build, our own included.
    pub(crate) packages: Vec<Package>,
}

/// One package in one version.
#[derive(Deserialize, Debug)]
pub(crate) struct Package {
    /// Its name.
    pub(crate) name: String,
    /// Its version, as written in its manifest.
    pub(crate) version: String,
    /// Its SPDX licence expression.
    pub(crate) license: Option<String>,
    /// Where it comes from; nothing for a package of this workspace or any other folder.
    pub(crate) source: Option<String>,
    /// Where its manifest lies.
    pub(crate) manifest_path: String,
}

impl Metadata {
    /// Reads what cargo printed.
    pub(crate) fn read(json: &[u8]) -> Result<Self, String> {
        serde_json::from_slice(json).map_err(|error| format!("cargo metadata is not understood: {error}"))
    }
}
