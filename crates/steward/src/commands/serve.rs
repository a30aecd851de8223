//! `steward serve`.

use super::make_data_dir;
use crate::config::Config;
use crate::{Failure, logs, serve};

/// Serves until it is told to stop.
pub(super) fn run(config: Config, demo: bool) -> Result<(), Failure> {
    logs::start(&config, None)?;
    make_data_dir(&config.data_dir)?;
    // The first provider wins; a dependency that had already set the same one is no error.
    drop(rustls::crypto::aws_lc_rs::default_provider().install_default());
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(|error| Failure::Failed(format!("no threads to work with: {error}")))?;
    runtime.block_on(serve::run(config, demo))
}
