//! What stands in a column of an export.

use std::sync::Arc;

use serde_json::Value;

use crate::ticket::view::TicketView;

/// Columns by the words that programs use; besides these, keys of custom fields.
pub const COLUMNS: [&str; 22] = [
    "number",
    "subject",
    "status",
    "turn",
    "priority",
    "kind",
    "desk",
    "team",
    "assignee",
    "requester",
    "requester_email",
    "organisation",
    "category",
    "service",
    "tags",
    "channel",
    "language",
    "created",
    "first_reply",
    "updated",
    "resolved",
    "closed",
];

/// A value of an export.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    /// A text.
    Text(String),
    /// A number.
    Number(f64),
}

/// What stands in a column, by its word.
pub type CellOf = Arc<dyn Fn(&TicketView, &str) -> Cell + Send + Sync>;

impl Cell {
    /// For a file that a spreadsheet opens as text: what it would take for a formula has an apostrophe before it (T-A7).
    pub(super) fn as_text(&self) -> String {
        match self {
            Self::Text(text) => harmless(text),
            Self::Number(number) => number.to_string(),
        }
    }
}

/// Signs that begin a formula, also in the width of Chinese and Japanese letters.
const STARTS: [char; 8] = ['=', '+', '-', '@', '＝', '＋', '－', '＠'];

fn is_dangerous(text: &str) -> bool {
    text.starts_with(['\t', '\r', '\n'])
        || text.trim_start_matches(|sign: char| sign.is_whitespace() || matches!(sign, '"' | '\'')).starts_with(STARTS)
}

/// The apostrophe is taken off again by whoever reads the file back: what it stands before would need one.
fn harmless(text: &str) -> String {
    if is_dangerous(text) { format!("'{text}") } else { text.to_owned() }
}

/// In the words and times of programs.
#[must_use]
pub fn cell(ticket: &TicketView, column: &str) -> Cell {
    let text = |text: &str| Cell::Text(text.to_owned());
    let some = |text: Option<&str>| Cell::Text(text.unwrap_or_default().to_owned());
    match column {
        "number" => text(&ticket.number),
        "subject" => text(&ticket.title),
        "status" => text(&ticket.status),
        "turn" => text(&ticket.turn),
        "priority" => text(&ticket.priority),
        "kind" => text(&ticket.kind),
        "desk" => text(&ticket.desk.name),
        "team" => some(ticket.team.as_ref().map(|team| team.name.as_str())),
        "assignee" => some(ticket.assignee.as_ref().map(|agent| agent.name.as_str())),
        "requester" => some(ticket.requester.as_ref().map(|person| person.name.as_str())),
        "requester_email" => some(ticket.requester.as_ref().map(|person| person.email.as_str())),
        "organisation" => some(ticket.organisation.as_ref().map(|organisation| organisation.name.as_str())),
        "category" => some(ticket.category.as_ref().map(|category| category.name.as_str())),
        "service" => some(ticket.service.as_deref()),
        "tags" => Cell::Text(ticket.tags.join(" ")),
        "channel" => text(&ticket.channel),
        "language" => some(ticket.language.as_deref()),
        "created" => text(&ticket.created_at),
        "first_reply" => some(ticket.first_reply_at.as_deref()),
        "updated" => text(&ticket.updated_at),
        "resolved" => some(ticket.resolved_at.as_deref()),
        "closed" => some(ticket.closed_at.as_deref()),
        custom => match ticket.fields.get(custom) {
            None | Some(Value::Null) => text(""),
            Some(Value::Number(number)) => number.as_f64().map_or_else(|| Cell::Text(number.to_string()), Cell::Number),
            Some(Value::String(words)) => text(words),
            Some(Value::Array(words)) => Cell::Text(words.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(", ")),
            Some(other) => Cell::Text(other.to_string()),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As somebody reads the file back.
    fn read_back(text: &str) -> &str {
        text.strip_prefix('\'').filter(|rest| is_dangerous(rest)).unwrap_or(text)
    }

    #[test]
    fn t_a7_what_a_spreadsheet_would_run_is_text_and_comes_back_as_it_was() {
        let dangerous = [
            "=1+1",
            "+1",
            "-1",
            "@SUM(A1)",
            "\t=1",
            "\r=1",
            "\n=1",
            " =1",
            "＝1",
            "＋1",
            "－1",
            "＠x",
            "\"=1",
            "\"\n=cmd|' /C calc'!A0",
            "'=1",
            "''=1",
            "\u{a0}=1",
        ];
        for text in dangerous {
            let written = Cell::Text(text.to_owned()).as_text();
            assert_eq!(written, format!("'{text}"), "{text:?}");
            assert_eq!(read_back(&written), text);
        }
        for text in ["", "Gate 3", "a=1", "'tis", "\"quoted\"", "3-4", "Sự cố ở cổng"] {
            let written = Cell::Text(text.to_owned()).as_text();
            assert_eq!((written.as_str(), read_back(&written)), (text, text));
        }
        assert_eq!(Cell::Number(-4.5).as_text(), "-4.5", "a number is a number");
    }
}
