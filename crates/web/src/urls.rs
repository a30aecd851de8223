//! Every address of the product, each as a function, so that none is spelt twice.

pub mod admin;
pub mod exporting;
pub mod lists;
mod macros;
mod record;
mod searching;
pub mod views;

pub use macros::{MACROS, macro_one, macro_remove, ticket_macro};
pub use record::{
    CALLER, FIND_PEOPLE, find_tickets, ticket_links, ticket_people, ticket_requester, ticket_snooze, ticket_task, ticket_tasks,
    ticket_time, ticket_timer, ticket_times,
};

pub use searching::{QUERY_FRAGMENT, SEARCH, SIMILAR, similar_to};

use kernel::{AttachmentId, DeskId, DraftId, MessageId, ScheduledId, SideId};

/// The portal.
pub const PORTAL: &str = "/";
/// The reader's own requests.
pub const REQUESTS: &str = "/requests";
/// The form for a request of one's own; it posts here too.
pub const NEW_REQUEST: &str = "/requests/new";
/// Sign-in; the form posts here too.
pub const LOGIN: &str = "/login";
/// The second step of sign-in; its form posts here too.
pub const LOGIN_SECOND: &str = "/login/second";
/// Setting a second factor up where it is required before there is a session; its form posts here too.
pub const LOGIN_ENROL: &str = "/login/enrol";
/// Where the answer of a passkey is posted to.
pub const LOGIN_PASSKEY: &str = "/login/passkey";
/// Where a page asks what a passkey shall sign (POST `purpose`).
pub const LOGIN_PASSKEY_BEGIN: &str = "/login/passkey/begin";
/// The form that asks for a link by mail; it posts here too.
pub const RESET: &str = "/reset";
/// Where the link for a new password leads; it takes `t`.
pub const RESET_NEW: &str = "/reset/new";
/// Where the link of an invitation leads; it takes `t`.
pub const INVITATION: &str = "/invitation";
/// Set-up in the browser, as long as there is nobody.
pub const SET_UP: &str = "/setup";
/// Everybody's own page: profile, password, second factor, sessions. What it changes lies below it.
pub const PROFILE: &str = "/me";
/// Where somebody shows once more that it is they; it takes `back`.
pub const CONFIRM: &str = "/me/confirm";
/// Ends the session (POST).
pub const LOGOUT: &str = "/logout";
/// Chooses the language (POST `language`, `back`).
pub const LANGUAGE: &str = "/language";
/// Chooses light, dark or the system's (POST `theme`, `back`).
pub const THEME: &str = "/theme";
/// The workspace: open tickets assigned to the reader.
pub const DESK: &str = "/desk";
/// The form for a ticket on somebody's behalf; it posts here too.
pub const NEW_TICKET: &str = "/desk/new";
/// The reader's own choices on a phone.
pub const ME: &str = "/desk/me";
/// The list of views on a phone.
pub const VIEWS: &str = "/desk/views";
/// Go, find or do: the palette as a page (`q`).
pub const PALETTE: &str = "/desk/palette";
/// What the palette finds, without the page around it (`q`).
pub const PALETTE_FRAGMENT: &str = "/desk/fragments/palette";
/// Live changes (server-sent events).
pub const LIVE: &str = "/desk/live";
/// A page of the workspace was left (POST).
pub const PRESENCE_LEAVE: &str = "/desk/presence/leave";
/// The reader's drafts.
pub const DRAFTS: &str = "/desk/drafts";
/// Keeps what is typed (POST, JSON).
pub const DRAFTS_SAVE: &str = "/desk/drafts/save";
/// Who is signed in in this browser, for pages that outlived a session.
pub const SESSION: &str = "/desk/session";
/// The sheet of components (demo and debug builds only).
pub const DESIGN: &str = "/design";
/// The API.
pub const API: &str = "/api/v1";
/// Where the API is explained.
pub const API_DOCS: &str = "/api/docs";

/// The views that exist without anybody having made them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum View {
    /// Open tickets assigned to the reader.
    Mine,
    /// Open tickets that nobody has taken.
    Unassigned,
    /// The reader's tickets, and nobody's, that are put off.
    Snoozed,
    /// Where the reader was called by name.
    Mentions,
    /// Tickets where the next step is ours.
    WaitingForUs,
    /// Tickets where the next step is the requester's.
    WaitingForRequester,
    /// Everything that is not done.
    Open,
    /// Resolved and closed.
    Done,
    /// All of them, finished or not.
    All,
}

impl View {
    /// All of them, as the navigation shows them.
    pub const ALL: [Self; 9] = [
        Self::Mine,
        Self::Mentions,
        Self::Unassigned,
        Self::Snoozed,
        Self::WaitingForUs,
        Self::WaitingForRequester,
        Self::Open,
        Self::Done,
        Self::All,
    ];

    /// The last part of its address.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Mine => "inbox",
            Self::Unassigned => "unassigned",
            Self::Snoozed => "snoozed",
            Self::Mentions => "mentions",
            Self::WaitingForUs => "waiting-for-us",
            Self::WaitingForRequester => "waiting-for-requester",
            Self::Open => "open",
            Self::Done => "done",
            Self::All => "all",
        }
    }

    /// The view with that id.
    #[must_use]
    pub fn find(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|view| view.id() == id)
    }

    /// The query that the view stands for, in the query language.
    #[must_use]
    pub const fn query(self) -> &'static str {
        match self {
            Self::Mine => "assignee:me -turn:done -is:snoozed",
            Self::Unassigned => "assignee:none -turn:done -is:snoozed",
            Self::Snoozed => "is:snoozed assignee:me,none",
            Self::Mentions => "mentions:me",
            Self::WaitingForUs => "turn:us -is:snoozed",
            Self::WaitingForRequester => "turn:requester",
            Self::Open => "-turn:done",
            Self::Done => "turn:done",
            Self::All => "",
        }
    }
}

/// One of the built-in views.
#[must_use]
pub fn view(view: View) -> String {
    match view {
        View::Mine => DESK.to_owned(),
        other => format!("{DESK}/views/{}", other.id()),
    }
}

/// The open tickets of a desk.
#[must_use]
pub fn desk(desk: DeskId) -> String {
    format!("{DESK}/desks/{desk}")
}

/// One ticket by its number.
#[must_use]
pub fn ticket(number: &str) -> String {
    format!("{DESK}/tickets/{number}")
}

/// What can be done with a draft by a form (POST): the last part of its address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DraftAction {
    /// Throws it away.
    Discard,
    /// Brings it back.
    Restore,
    /// Asks for a review, or takes it back.
    Review,
    /// Says something about it.
    Comment,
    /// Finds it good.
    Approve,
    /// Writes in place of whoever writes.
    Pen,
    /// Sends it.
    Send,
}

/// A deed with a draft.
#[must_use]
pub fn draft_action(draft: DraftId, action: DraftAction) -> String {
    let word = match action {
        DraftAction::Discard => "discard",
        DraftAction::Restore => "restore",
        DraftAction::Review => "review",
        DraftAction::Comment => "comment",
        DraftAction::Approve => "approve",
        DraftAction::Pen => "pen",
        DraftAction::Send => "send",
    };
    format!("{DRAFTS}/{draft}/{word}")
}

/// Brings back another version of a draft (POST).
#[must_use]
pub fn draft_version(draft: DraftId, version: DraftId) -> String {
    format!("{DRAFTS}/{draft}/versions/{version}")
}

/// What the reader does at a ticket (POST).
#[must_use]
pub fn presence(number: &str) -> String {
    format!("{}/presence", ticket(number))
}

/// What can be done with a ticket by a form (POST): the last part of its address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TicketAction {
    /// A public reply.
    Reply,
    /// An internal note.
    Note,
    /// Another status.
    Status,
    /// Another assignee or none.
    Assignee,
    /// Another team.
    Team,
    /// Another priority, with a reason.
    Priority,
    /// Any other property.
    Properties,
}

impl TicketAction {
    /// The last part of the address.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Reply => "reply",
            Self::Note => "note",
            Self::Status => "status",
            Self::Assignee => "assignee",
            Self::Team => "team",
            Self::Priority => "priority",
            Self::Properties => "properties",
        }
    }
}

/// Where the form of an action posts to.
#[must_use]
pub fn ticket_action(number: &str, action: TicketAction) -> String {
    format!("{DESK}/tickets/{number}/{}", action.name())
}

/// The page on which a ticket's custom values are edited; its form posts here too.
#[must_use]
pub fn ticket_fields(number: &str) -> String {
    format!("{DESK}/tickets/{number}/fields")
}

/// The page of a step that asks for something; its form posts here too. It takes `to`.
#[must_use]
pub fn ticket_step(number: &str) -> String {
    format!("{DESK}/tickets/{number}/step")
}

/// The page that makes a ticket another kind; its form posts here too. It takes `to`.
#[must_use]
pub fn ticket_kind(number: &str) -> String {
    format!("{DESK}/tickets/{number}/kind")
}

/// The page that merges a ticket into another one; its form posts here too. It takes `into`.
#[must_use]
pub fn merge(number: &str) -> String {
    format!("{DESK}/tickets/{number}/merge")
}

/// Where the button that undoes a merge posts to.
#[must_use]
pub fn unmerge(number: &str) -> String {
    format!("{DESK}/tickets/{number}/unmerge")
}

/// A merged ticket by itself, where otherwise the one that it was merged into is shown.
#[must_use]
pub fn ticket_alone(number: &str) -> String {
    with_query(&ticket(number), &[("alone", "1")])
}

/// "Not this ticket": the page that moves a message to another one; its form posts here too.
#[must_use]
pub fn message_move(message: MessageId) -> String {
    format!("{DESK}/messages/{message}/move")
}

/// Where the button that lets a held message count posts to.
#[must_use]
pub fn message_admit(message: MessageId) -> String {
    format!("{DESK}/messages/{message}/admit")
}

/// Where the button that discards a message posts to.
#[must_use]
pub fn message_discard(message: MessageId) -> String {
    format!("{DESK}/messages/{message}/discard")
}

/// Where a waiting reply is taken back.
#[must_use]
pub fn send_withdraw(number: &str, send: ScheduledId) -> String {
    format!("{DESK}/tickets/{number}/sends/{send}/withdraw")
}

/// Where a side conversation begins.
#[must_use]
pub fn sides(number: &str) -> String {
    format!("{DESK}/tickets/{number}/sides")
}

/// Where a message of a side conversation posts to.
#[must_use]
pub fn side(number: &str, side: SideId) -> String {
    format!("{DESK}/tickets/{number}/sides/{side}")
}

/// Where a side conversation ends or opens again.
#[must_use]
pub fn side_state(number: &str, side: SideId) -> String {
    format!("{DESK}/tickets/{number}/sides/{side}/state")
}

/// The rows of a list without the page around it, for live updates. It takes `list` (the address of the list, as [`ticket_in`] writes it)
/// and `open` (the number of the ticket beside it).
pub const ROWS_FRAGMENT: &str = "/desk/fragments/rows";

/// Saved replies while one types (`q`), filled for a ticket (`ticket`).
pub const CANNED_FRAGMENT: &str = "/desk/fragments/canned";
/// Colleagues who see a ticket (`ticket`), while one types (`q`).
pub const COLLEAGUES_FRAGMENT: &str = "/desk/fragments/colleagues";
/// People with their addresses, while one types (`q`).
pub const PEOPLE_FRAGMENT: &str = "/desk/fragments/people";
/// Where files go before what is written with them (POST, multipart).
pub const UPLOADS: &str = "/desk/uploads";

/// What a reply or note would do; it takes `requester`, `cc` and `mention`.
#[must_use]
pub fn consequence(number: &str) -> String {
    format!("{DESK}/fragments/tickets/{number}/consequence")
}

/// The page that passes a message on to somebody; its form posts here too.
#[must_use]
pub fn message_forward(message: MessageId) -> String {
    format!("{DESK}/messages/{message}/forward")
}

/// Canned responses; the form for a new one posts to [`canned_one`] with `new`.
pub const CANNED: &str = "/desk/canned";

/// One canned response by its id, or `new`; its form posts here too.
#[must_use]
pub fn canned_one(id: &str) -> String {
    format!("{CANNED}/{id}")
}

/// Where a canned response, or one of its languages, is taken away.
#[must_use]
pub fn canned_remove(id: &str) -> String {
    format!("{CANNED}/{id}/remove")
}

/// A PDF for the browser's own viewer.
#[must_use]
pub fn attachment_inline(attachment: AttachmentId) -> String {
    format!("{DESK}/attachments/{attachment}/inline")
}

/// A look into a file of a message.
#[must_use]
pub fn attachment_preview(attachment: AttachmentId) -> String {
    format!("{DESK}/attachments/{attachment}/preview")
}

/// One ticket, beside the list that it was opened from.
#[must_use]
pub fn ticket_in(number: &str, list: &str) -> String {
    if list == DESK { ticket(number) } else { with_query(&ticket(number), &[("list", list)]) }
}

/// One ticket without the page around it, for live updates.
#[must_use]
pub fn ticket_fragment(number: &str) -> String {
    format!("{DESK}/fragments/tickets/{number}")
}

/// The document of one HTML message.
#[must_use]
pub fn message_body(message: MessageId) -> String {
    format!("{DESK}/messages/{message}/body")
}

/// A mail exactly as it came.
#[must_use]
pub fn message_original(message: MessageId) -> String {
    format!("{DESK}/messages/{message}/original")
}

/// A file of a message.
#[must_use]
pub fn attachment(attachment: AttachmentId) -> String {
    format!("{DESK}/attachments/{attachment}")
}

/// One of the reader's own requests by its number.
#[must_use]
pub fn request(number: &str) -> String {
    format!("{REQUESTS}/{number}")
}

/// Where the reader's message on a request posts to.
#[must_use]
pub fn request_reply(number: &str) -> String {
    format!("{REQUESTS}/{number}/reply")
}

/// The document of one HTML message, for those who asked.
#[must_use]
pub fn request_message_body(message: MessageId) -> String {
    format!("{REQUESTS}/messages/{message}/body")
}

/// A file of a message, for those who asked.
#[must_use]
pub fn request_attachment(attachment: AttachmentId) -> String {
    format!("{REQUESTS}/attachments/{attachment}")
}

/// A page with one more or other value in its query part.
#[must_use]
pub fn with_query(path: &str, pairs: &[(&str, &str)]) -> String {
    let mut out = path.to_owned();
    let mut mark = if path.contains('?') { '&' } else { '?' };
    for (name, value) in pairs {
        out.push(mark);
        out.push_str(name);
        out.push('=');
        out.push_str(&encoded(value));
        mark = '&';
    }
    out
}

/// Percent-encodes what may not stand in a query part.
#[must_use]
pub fn encoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.~:,/".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

/// A local address to go back to, or the fallback: never another site, never a scheme.
#[must_use]
pub fn back_or<'a>(asked: Option<&'a str>, fallback: &'a str) -> &'a str {
    let is_local = |path: &str| path.starts_with('/') && !path.starts_with("//") && !path.contains(['\\', '\r', '\n', '\t']);
    asked.filter(|path| is_local(path)).unwrap_or(fallback)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn going_back_never_leaves_the_site() {
        assert_eq!(back_or(Some("/desk/tickets/INC-1"), DESK), "/desk/tickets/INC-1");
        for bad in ["//evil.example", "https://evil.example", "/\\evil.example", "/\t/evil.example", "javascript:alert(1)", ""] {
            assert_eq!(back_or(Some(bad), DESK), DESK, "{bad}");
        }
    }

    #[test]
    fn a_query_survives_its_way_through_an_address() {
        assert_eq!(with_query("/desk/views/open", &[("q", "title:\"a b\" & c")]), "/desk/views/open?q=title:%22a%20b%22%20%26%20c");
    }
}
