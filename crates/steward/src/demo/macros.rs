//! The macros of the sample company.

use desk::macros::{MacroInput, SaveMacro, Steps};
use desk::sharing::Place;
use kernel::{Error, Result};
use people::{Command, Context};
use serde::Deserialize;

use super::company::desk_called;

const MACROS: &str = include_str!("../../demo/macros.toml");

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct MacrosFile {
    r#macro: Vec<Written>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    title: String,
    desk: Option<String>,
    steps: Steps,
}

/// Writes them, as the administrator who acts here.
pub(super) fn write(cx: &mut Context<'_, '_>) -> Result<()> {
    let file: MacrosFile = toml::from_str(MACROS).map_err(|error| Error::internal(format!("the demo's macros: {error}")))?;
    for one in file.r#macro {
        let place = match one.desk {
            Some(key) => Place::Desk(desk_called(cx.settings, &key)?),
            None => Place::Everybody,
        };
        let input = MacroInput { title: Some(one.title), place: Some(place), steps: Some(one.steps) };
        SaveMacro { id: None, expected_version: None, input }.run(cx)?;
    }
    Ok(())
}
