//! Structured logs on standard error. Nothing secret goes in: no tokens, passwords or bodies of mail.

use tracing_subscriber::EnvFilter;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;

use crate::Failure;
use crate::config::{Config, LogFormat};
use crate::console;

/// Turns logs on as the settings say; `level` stands in for commands that should be quiet.
pub(crate) fn start(config: &Config, level: Option<&str>) -> Result<(), Failure> {
    let level = level.unwrap_or(&config.log_level);
    let filter = EnvFilter::try_new(level).map_err(|error| Failure::Usage(format!("log_level: {error}")))?;
    let registry = tracing_subscriber::registry().with(filter);
    let layer = tracing_subscriber::fmt::layer().with_writer(std::io::stderr);
    let started = match config.log_format {
        LogFormat::Text => registry.with(layer.with_ansi(console::err_is_terminal()).with_target(false)).try_init(),
        LogFormat::Json => registry.with(layer.json().flatten_event(true).with_current_span(true).with_span_list(false)).try_init(),
    };
    started.map_err(|error| Failure::Failed(format!("logs cannot be started: {error}")))
}
