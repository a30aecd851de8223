//! From flags, environment and file to settings.

use std::path::{Path, PathBuf};

use super::{Config, KEYS, Key};
use crate::Failure;

/// The file that is read when none is named and it exists.
const FILE: &str = "steward.toml";
/// Variables of ours that are no settings: the file's name, and what the project's own checks use.
const OTHER_VARIABLES: [&str; 3] = ["STEWARD_CONFIG", "STEWARD_BIN", "STEWARD_TEST_POSTGRES"];
/// A settings file larger than this is some other file, in bytes.
const FILE_BYTES_MAX: u64 = 1024 * 1024;

/// What was set, and where.
pub struct Given<'a> {
    /// Values of flags, by key.
    pub flags: &'a dyn Fn(&Key) -> Option<String>,
    /// The environment.
    pub environment: &'a dyn Fn(&str) -> Option<String>,
    /// The file that was named.
    pub file: Option<PathBuf>,
}

/// Reads all settings.
///
/// # Errors
/// A sentence that names the key and where its value stands.
pub fn load(given: &Given<'_>) -> Result<Config, Failure> {
    let named = given.file.clone().or_else(|| (given.environment)("STEWARD_CONFIG").map(PathBuf::from));
    let file = match named {
        Some(path) => Some((read(&path)?, path)),
        None if Path::new(FILE).is_file() => Some((read(Path::new(FILE))?, PathBuf::from(FILE))),
        None => None,
    };
    let mut config = Config::default();
    for key in KEYS {
        let from_file = || file.as_ref().and_then(|(table, path)| Some((text(table.get(key.name)?), path.display().to_string())));
        let from_environment = || (given.environment)(&key.variable()).map(|value| (Ok(value), key.variable()));
        let from_flags = (given.flags)(key).map(|value| (Ok(value), format!("--{}", key.flag())));
        let (value, place) =
            from_flags.or_else(from_environment).or_else(from_file).unwrap_or_else(|| (Ok(key.default.to_owned()), "default".to_owned()));
        let outcome = value.and_then(|value| (key.set)(&mut config, &value));
        outcome.map_err(|problem| Failure::Usage(format!("{} ({place}): {problem}", key.name)))?;
    }
    config.check().map_err(Failure::Usage)?;
    Ok(config)
}

fn read(path: &Path) -> Result<toml::Table, Failure> {
    let shown = path.display();
    let large = std::fs::metadata(path).is_ok_and(|data| data.len() > FILE_BYTES_MAX);
    if large {
        return Err(Failure::Usage(format!("{shown} is too large to be a settings file")));
    }
    let text = std::fs::read_to_string(path).map_err(|error| Failure::Usage(format!("{shown} cannot be read: {error}")))?;
    let table: toml::Table = text.parse().map_err(|error: toml::de::Error| {
        let line = error.span().map_or(1, |span| text.bytes().take(span.start).filter(|byte| *byte == b'\n').count() + 1);
        Failure::Usage(format!("{shown}, line {line}: {}", error.message().replace('\n', ", ")))
    })?;
    for name in table.keys() {
        if !KEYS.iter().any(|key| key.name == name) {
            let nearest = query::nearest(name, KEYS.iter().map(|key| key.name));
            let hint = nearest.map_or_else(|| "see steward config default".to_owned(), |known| format!("did you mean {known}?"));
            return Err(Failure::Usage(format!("{shown}: there is no setting {name}; {hint}")));
        }
    }
    Ok(table)
}

fn text(value: &toml::Value) -> Result<String, String> {
    match value {
        toml::Value::String(text) => Ok(text.clone()),
        toml::Value::Integer(number) => Ok(number.to_string()),
        toml::Value::Boolean(yes) => Ok(yes.to_string()),
        toml::Value::Array(items) => Ok(items.iter().map(text).collect::<Result<Vec<_>, _>>()?.join(",")),
        _ => Err("expected a text or a number".to_owned()),
    }
}

/// Variables that look like settings and are none, each with the nearest that is.
#[must_use]
pub fn unknown_environment(names: impl Iterator<Item = String>) -> Vec<(String, Option<String>)> {
    let known: Vec<String> = KEYS.iter().map(Key::variable).collect();
    names
        .filter(|name| name.starts_with("STEWARD_") && !known.contains(name) && !OTHER_VARIABLES.contains(&name.as_str()))
        .map(|name| {
            let nearest = query::nearest(&name, known.iter().map(String::as_str)).map(str::to_owned);
            (name, nearest)
        })
        .collect()
}
