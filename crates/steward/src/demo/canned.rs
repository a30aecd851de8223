//! The saved replies of the sample company.

use std::collections::BTreeMap;

use desk::canned::{CannedInput, CannedText, Place, SaveCanned};
use desk::conversation::Body;
use kernel::{Error, Result};
use people::{Command, Context};
use serde::Deserialize;

use super::company::desk_called;

const CANNED: &str = include_str!("../../demo/canned.toml");

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CannedFile {
    reply: Vec<Reply>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Reply {
    title: String,
    shortcut: String,
    desk: Option<String>,
    text: BTreeMap<String, String>,
}

/// Writes them, as the administrator who acts here.
pub(super) fn write(cx: &mut Context<'_, '_>) -> Result<()> {
    let file: CannedFile = toml::from_str(CANNED).map_err(|error| Error::internal(format!("the demo's saved replies: {error}")))?;
    for reply in file.reply {
        let place = match reply.desk {
            Some(key) => Place::Desk(desk_called(cx.settings, &key)?),
            None => Place::Everybody,
        };
        let texts = reply.text.into_iter().map(|(language, text)| CannedText { language, body: Body::text(&text) }).collect();
        let input =
            CannedInput { title: Some(reply.title), shortcut: Some(reply.shortcut), place: Some(place), texts, without: Vec::new() };
        SaveCanned { id: None, expected_version: None, input }.run(cx)?;
    }
    Ok(())
}
