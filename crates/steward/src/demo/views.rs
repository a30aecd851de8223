//! The views that the sample company has saved.

use desk::views::{Place, SaveView, ViewInput};
use kernel::Result;
use people::{Command, Context};

use super::company::desk_called;

/// A view of the company.
struct View {
    name: &'static str,
    /// Key of the desk; everybody's without one.
    desk: Option<&'static str>,
    query: &'static str,
    sort: Option<&'static str>,
    group: Option<&'static str>,
    shape: Option<&'static str>,
}

const VIEWS: [View; 4] = [
    View {
        name: "Urgent and not taken",
        desk: None,
        query: "is:open is:unassigned priority>=high",
        sort: Some("created"),
        group: None,
        shape: None,
    },
    View {
        name: "Mine, waiting for somebody else",
        desk: None,
        query: "assignee:me -turn:us is:open",
        sort: None,
        group: Some("turn"),
        shape: None,
    },
    View {
        name: "Older than two days",
        desk: Some("it"),
        query: "desk:it is:open created>2d",
        sort: None,
        group: Some("priority"),
        shape: None,
    },
    View {
        name: "IT board",
        desk: Some("it"),
        query: "desk:it (is:open OR resolved<7d)",
        sort: None,
        group: Some("status"),
        shape: Some("board"),
    },
];

/// Saves them, as the administrator who acts here.
pub(super) fn save(cx: &mut Context<'_, '_>) -> Result<()> {
    for View { name, desk, query, sort, group, shape } in VIEWS {
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
            shape: Some(shape.map(str::to_owned)),
            date: None,
        };
        SaveView { id: None, expected_version: None, input }.run(cx)?;
    }
    Ok(())
}
