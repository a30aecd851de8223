//! The views that the sample company has saved.

use desk::views::{Place, SaveView, ViewInput};
use kernel::Result;
use people::{Command, Context};

use super::company::desk_called;

/// Name, desk or everybody, query, order, groups.
const VIEWS: [(&str, Option<&str>, &str, Option<&str>, Option<&str>); 3] = [
    ("Urgent and not taken", None, "is:open is:unassigned priority>=high", Some("created"), None),
    ("Mine, waiting for somebody else", None, "assignee:me -turn:us is:open", None, Some("turn")),
    ("Older than two days", Some("it"), "desk:it is:open created>2d", None, Some("priority")),
];

/// Saves them, as the administrator who acts here.
pub(super) fn save(cx: &mut Context<'_, '_>) -> Result<()> {
    for (name, desk, query, sort, group) in VIEWS {
        let place = match desk {
            Some(key) => Place::Desk(desk_called(cx.settings, key)?),
            None => Place::Everybody,
        };
        let input = ViewInput {
            name: Some(name.to_owned()),
            place: Some(place),
            query: Some(query.to_owned()),
            columns: None,
            sort: Some(sort.map(str::to_owned)),
            group: Some(group.map(str::to_owned)),
        };
        SaveView { id: None, expected_version: None, input }.run(cx)?;
    }
    Ok(())
}
