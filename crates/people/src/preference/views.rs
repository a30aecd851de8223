//! Which saved views a person has in their navigation, and in which order.

use kernel::ViewId;
use serde::{Deserialize, Serialize};

/// Most views that are remembered.
const VIEWS_MAX: usize = 500;

/// A person's arrangement of the saved views that they find.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ViewChoices {
    /// Those that were put into an order; others follow by name.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub order: Vec<ViewId>,
    /// Those that are not in the navigation.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub hidden: Vec<ViewId>,
}

impl ViewChoices {
    /// Where a view stands; what was never put anywhere comes last.
    #[must_use]
    pub fn rank(&self, view: ViewId) -> usize {
        self.order.iter().position(|known| *known == view).unwrap_or(usize::MAX)
    }

    /// Whether a view is in the navigation.
    #[must_use]
    pub fn shows(&self, view: ViewId) -> bool {
        !self.hidden.contains(&view)
    }

    /// Shows or hides a view.
    pub fn show(&mut self, view: ViewId, shown: bool) {
        self.hidden.retain(|known| *known != view);
        if !shown && self.hidden.len() < VIEWS_MAX {
            self.hidden.push(view);
        }
    }

    /// Moves a view one place up or down among these, which are in the order in which their reader sees them.
    pub fn shift(&mut self, shown: &[ViewId], view: ViewId, up: bool) {
        let mut order = shown.to_vec();
        if let Some(at) = order.iter().position(|known| *known == view) {
            let to = if up { at.saturating_sub(1) } else { (at + 1).min(order.len() - 1) };
            order.swap(at, to);
        }
        order.truncate(VIEWS_MAX);
        self.order = order;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn views_stand_as_their_reader_put_them_and_new_ones_follow() {
        let mut choices = ViewChoices::default();
        let shown = [ViewId(1), ViewId(2), ViewId(3)];
        choices.shift(&shown, ViewId(3), true);
        assert_eq!(choices.order, [ViewId(1), ViewId(3), ViewId(2)]);
        choices.shift(&choices.order.clone(), ViewId(1), true);
        choices.shift(&choices.order.clone(), ViewId(2), false);
        assert_eq!(choices.order, [ViewId(1), ViewId(3), ViewId(2)], "the ends are ends");
        assert!(choices.rank(ViewId(9)) > choices.rank(ViewId(2)));
        choices.show(ViewId(3), false);
        choices.show(ViewId(3), false);
        assert!(!choices.shows(ViewId(3)) && choices.hidden.len() == 1);
        choices.show(ViewId(3), true);
        assert_eq!(choices.hidden, []);
    }
}
