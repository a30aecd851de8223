//! Addresses of what is done with lists.

use super::{DESK, with_query};

/// Chooses columns, order, groups and layout of a list (POST).
pub const CHOOSE: &str = "/desk/lists";
/// One edit for several tickets (POST).
pub const BULK: &str = "/desk/bulk";
/// Moves tickets into another column of a board (POST).
pub const MOVE: &str = "/desk/lists/move";
/// A board or a calendar without the page around it, for live updates.
pub const SHAPE_FRAGMENT: &str = "/desk/fragments/shape";
/// Begins a change of many tickets (POST).
pub const BULK_START: &str = "/desk/bulk/start";
/// The lists at the side without the page around them, for live figures.
pub const NAVIGATION_FRAGMENT: &str = "/desk/fragments/navigation";

/// Where an edit is taken back (POST).
#[must_use]
pub fn undo(step: i64) -> String {
    format!("{DESK}/undo/{step}")
}

/// Where a ticket is marked as read or unread (POST).
#[must_use]
pub fn seen(number: &str) -> String {
    format!("{DESK}/tickets/{number}/seen")
}

/// A page of a list: that after a mark, or that before it.
#[must_use]
pub fn page(list: &str, place: Option<(&str, &str)>) -> String {
    place.map_or_else(|| list.to_owned(), |(side, mark)| with_query(list, &[(side, mark)]))
}

/// The same list in the shape that its reader chose.
#[must_use]
pub fn unshaped(list: &str) -> String {
    let Some((path, query)) = list.split_once('?') else { return list.to_owned() };
    let kept: Vec<&str> = query.split('&').filter(|part| !part.starts_with("shape=")).collect();
    if kept.is_empty() { path.to_owned() } else { format!("{path}?{}", kept.join("&")) }
}

/// How far a change of many tickets has come.
#[must_use]
pub fn bulk_run(id: i64) -> String {
    format!("{BULK}/{id}")
}

/// Stops it (POST).
#[must_use]
pub fn bulk_stop(id: i64) -> String {
    format!("{BULK}/{id}/stop")
}

/// Takes it back (POST).
#[must_use]
pub fn bulk_undo(id: i64) -> String {
    format!("{BULK}/{id}/undo")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_without_its_shape_keeps_the_rest_of_its_address() {
        assert_eq!(unshaped("/desk?shape=board"), "/desk");
        assert_eq!(unshaped("/desk/views/open?q=is:open&shape=list&after=x"), "/desk/views/open?q=is:open&after=x");
        assert_eq!(unshaped("/desk"), "/desk");
    }
}
