//! What a query demands of every ticket that it finds, as far as that decides how the database had better look.

use kernel::DeskId;
use people::Settings;
use query::{Expr, Op, Operand};

/// The demands.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Shape {
    /// Few tickets fit, and an index finds them whatever the order of the list.
    pub(super) selective: bool,
    /// All that fit are open, or all are finished.
    pub(super) open: Option<bool>,
    /// All that fit belong to these desks.
    pub(super) desks: Option<Vec<DeskId>>,
}

const SELECTIVE: [&str; 6] = ["team", "assignee", "requester", "organisation", "number", "mentions"];
const DONE: &str = "done";

impl Shape {
    pub(super) fn of(filter: &Expr, settings: &Settings) -> Self {
        let mut shape = Self::default();
        match filter {
            Expr::And(all) => all.iter().for_each(|one| shape.learn(one, settings)),
            one => shape.learn(one, settings),
        }
        shape
    }

    fn learn(&mut self, expr: &Expr, settings: &Settings) {
        match expr {
            Expr::Test { field, op: Op::Is, values, .. } => match field.as_str() {
                "turn" => self.learn_open(values.iter().map(|value| word(value) != DONE)),
                "status" => self.learn_open(values.iter().map(|value| is_open_status(settings, &word(value)))),
                "is" => match values.as_slice() {
                    [one] if matches!(word(one).as_str(), "open" | "snoozed") => self.open = Some(true),
                    [one] if word(one) == DONE => self.open = Some(false),
                    _ => {}
                },
                "desk" => {
                    let desks = values.iter().filter_map(|value| settings.desk_called(&value.text)).map(|desk| desk.id).collect();
                    self.desks.get_or_insert(desks);
                }
                field if SELECTIVE.contains(&field) => self.selective |= values.iter().all(|value| value.quoted || word(value) != "none"),
                _ => {}
            },
            Expr::Not(inner) => {
                if let Expr::Test { field, op: Op::Is, values, .. } = &**inner
                    && field == "turn"
                    && values.iter().any(|value| word(value) == DONE)
                {
                    self.open = Some(true);
                }
            }
            _ => {}
        }
    }

    /// Only when all values agree is anything known.
    fn learn_open(&mut self, values: impl Iterator<Item = bool>) {
        let mut known: Vec<bool> = values.collect();
        known.dedup();
        if let [one] = known.as_slice() {
            self.open = Some(*one);
        }
    }
}

fn word(value: &Operand) -> String {
    value.text.to_lowercase()
}

/// Whether work remains in this status, in every practice that has it; the practices that come with the product agree on each.
fn is_open_status(settings: &Settings, status: &str) -> bool {
    settings.practice_versions.values().filter_map(|practice| practice.status(status)).any(|known| known.turn != DONE)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shape(text: &str) -> Shape {
        Shape::of(&query::parse(text).unwrap().filter, &Settings::default())
    }

    #[test]
    fn what_every_ticket_must_be_is_known() {
        assert_eq!(shape("is:open"), Shape { open: Some(true), ..Shape::default() });
        assert_eq!(shape("assignee:none -turn:done"), Shape { open: Some(true), ..Shape::default() });
        assert_eq!(shape("turn:us,requester").open, Some(true));
        assert_eq!(shape("turn:us,done").open, None);
        assert!(shape("team:network is:open").selective && !shape("team:none").selective);
    }

    #[test]
    fn what_may_be_otherwise_is_not() {
        for text in ["is:open OR priority:high", "-is:open", "-team:network", "(team:network OR tag:vpn) kind:incident", "is:open,done"] {
            assert_eq!(shape(text), Shape::default(), "{text}");
        }
    }
}
