//! Plain values that the pages are rendered from.

use kernel::{AttachmentId, MacroId, MessageId, PersonId, Stamp, TeamId};
use web::Words;
use web::components::{Priority, Turn, Writing, view_name};
use web::urls::{self, View};

use super::about::About;
use super::drafts::ReviewEntry;
pub use super::lists::{Inbox, TicketRow};
use super::merging::Merges;
use super::outgoing::{Beside, Outgoing};
use super::trust::Trust;

/// Somebody with a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// Their id, which gives the colour.
    pub id: PersonId,
    /// Their name, or address where no name is known.
    pub name: String,
}

/// The way from a ticket back to its list, on a phone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Back {
    /// Address of the list.
    pub href: String,
    /// Name of the list.
    pub title: String,
}

impl Back {
    /// To the reader's own list.
    #[must_use]
    pub fn home(words: &Words) -> Self {
        Self { href: urls::DESK.to_owned(), title: view_name(View::Mine, words) }
    }
}

/// One ticket with everything that its page shows.
#[derive(Clone, Debug)]
pub struct TicketView {
    /// `INC-1042`.
    pub number: String,
    /// Title.
    pub title: String,
    /// The language that its requester writes, as a BCP 47 tag.
    pub language: Option<String>,
    /// question, incident, request...
    pub kind: String,
    /// A status of its practice.
    pub status: String,
    /// Whose turn it is.
    pub turn: Turn,
    /// How soon.
    pub priority: Priority,
    /// Why the priority was overridden.
    pub priority_reason: Option<String>,
    /// Rises with each change; forms hand it back.
    pub version: i64,
    /// The newest thing in it: who looks at it now has seen all up to that.
    pub latest: i64,
    /// Whether the reader works on its desk: others read only.
    pub may_work: bool,
    /// Where it can go from here, in the practice's order.
    pub transitions: Vec<Transition>,
    /// Agents who can take it, the reader first.
    pub assignable: Vec<Person>,
    /// Who has it.
    pub assignee: Option<Person>,
    /// Teams that can take it.
    pub teams: Vec<(TeamId, String)>,
    /// Which team has it.
    pub team: Option<(TeamId, String)>,
    /// Macros that fit it, by title.
    pub macros: Vec<(MacroId, String)>,
    /// The reader.
    pub reader: PersonId,
    /// Messages and facts, oldest first.
    pub timeline: Vec<Entry>,
    /// Composer.
    pub writing: Writing,
    /// Names or addresses that a reply goes to.
    pub reply_to: Vec<String>,
    /// Names or addresses in copy.
    pub reply_cc: Vec<String>,
    /// Whose turn it becomes with a reply.
    pub turn_after_reply: Turn,
    /// What has to be decided first: a message that came while a reply was written, fields that two have changed.
    pub asks: maud::Markup,
    /// Drafts that colleagues may look at before they go.
    pub reviews: Vec<ReviewEntry>,
    /// What is on its way out, and what is said beside the ticket.
    pub beside: Beside,
    /// The panel at the side.
    pub context: ContextView,
    /// What the panel knows beyond that.
    pub about: About,
    /// Whether the reader sees its inside: notes, tasks, time.
    pub inside: bool,
    /// The tickets that it was merged with.
    pub merges: Merges,
}

/// A status that can be chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Transition {
    /// The status.
    pub to: String,
    /// Whose turn it is then.
    pub turn: Turn,
}

/// One entry of the timeline.
#[derive(Clone, Debug)]
pub enum Entry {
    /// Something that was said.
    Message(Box<MessageEntry>),
    /// Something that happened.
    Fact(Box<FactEntry>),
}

impl Entry {
    /// When.
    #[must_use]
    pub fn at(&self) -> Stamp {
        match self {
            Self::Message(message) => message.at,
            Self::Fact(fact) => fact.at,
        }
    }
}

/// How a message is to be understood.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Said {
    /// By the requester or another participant.
    Inbound,
    /// By an agent to the requester.
    Reply,
    /// By an agent to colleagues.
    Note,
}

/// A message of the timeline.
#[derive(Clone, Debug)]
pub struct MessageEntry {
    /// Its id.
    pub id: MessageId,
    /// When.
    pub at: Stamp,
    /// How it is to be understood.
    pub said: Said,
    /// Who, unless Steward wrote it by itself.
    pub author: Option<Person>,
    /// mail, web, portal, api...
    pub channel: String,
    /// For replies: whom it went to.
    pub to: Vec<String>,
    /// For replies: who had a copy.
    pub cc: Vec<String>,
    /// The text without markup.
    pub text: String,
    /// Whether there is an HTML body, which is then shown in its frame.
    pub has_html: bool,
    /// BCP 47 tag of its language, when known.
    pub language: Option<String>,
    /// Written by a machine.
    pub automatic: bool,
    /// The sending domain did not vouch for the sender.
    pub unverified: bool,
    /// Somebody who was not part of the ticket before.
    pub stranger: bool,
    /// Whether the reader may have the mail as it came.
    pub original: bool,
    /// Why it joined this ticket: `reply_address`, `references`, `report`, `subject_number`.
    pub joined_because: Option<String>,
    /// What stands around it beside its text.
    pub trust: Trust,
    /// Its files.
    pub attachments: Vec<File>,
    /// What it has because it is or was a mail of ours.
    pub outgoing: Outgoing,
}

/// A file.
#[derive(Clone, Debug)]
pub struct File {
    /// Its id.
    pub id: AttachmentId,
    /// Its name.
    pub name: String,
    /// Its type.
    pub content_type: String,
    /// Its size.
    pub bytes: usize,
}

/// A line of the timeline.
#[derive(Clone, Debug)]
pub struct FactEntry {
    /// Unique within the page: the fact's position or id.
    pub id: String,
    /// When.
    pub at: Stamp,
    /// By whom; nobody means Steward itself.
    pub by: Option<String>,
    /// What.
    pub what: Happened,
}

/// What became of a task.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TaskStep {
    /// It was added.
    Added,
    /// It was changed.
    Changed,
    /// It is done.
    Done,
    /// It is open again.
    Reopened,
    /// It was taken off the list.
    Removed,
    /// It is back on the list.
    Restored,
}

/// What happened, with names instead of ids.
#[derive(Clone, Debug)]
pub enum Happened {
    /// The ticket was opened.
    Opened {
        /// By mail, web, api...
        channel: String,
    },
    /// A field changed. Words of `priority`, `impact`, `urgency` and `kind` are given as the API writes them and are translated here.
    Changed {
        /// The field as the API names it.
        field: String,
        /// Before.
        from: Option<String>,
        /// After.
        to: Option<String>,
        /// Why, where a reason was given.
        reason: Option<String>,
    },
    /// The status changed.
    Moved {
        /// Before.
        from: String,
        /// After.
        to: String,
        /// `reply`, `message`, `kind_changed`: what moved it, when it was not done by hand.
        because: Option<String>,
    },
    /// It became another kind.
    KindChanged {
        /// The new kind.
        kind: String,
        /// The number it had.
        former_number: String,
        /// The number it has.
        number: String,
    },
    /// Tags.
    Tagged {
        /// Put on.
        added: Vec<String>,
        /// Taken off.
        removed: Vec<String>,
    },
    /// Another ticket was linked.
    Linked {
        /// What the other ticket is to this one.
        link: String,
        /// The other's number.
        number: String,
    },
    /// A link was taken away.
    Unlinked {
        /// What the other ticket was to this one.
        link: String,
        /// The other's number.
        number: String,
    },
    /// Another desk sees it too.
    Shared {
        /// The desk's name.
        desk: String,
    },
    /// It was merged into another ticket.
    Merged {
        /// The other's number.
        number: String,
    },
    /// Another ticket was merged into it.
    Absorbed {
        /// The other's number.
        number: String,
    },
    /// A merge was undone.
    Unmerged {
        /// The other's number.
        number: String,
    },
    /// A message went to another ticket.
    MessageGone {
        /// The other's number.
        number: String,
    },
    /// A message came from another ticket.
    MessageCame {
        /// The other's number.
        number: String,
    },
    /// Something about a task of the checklist.
    Task {
        /// What became of it.
        step: TaskStep,
        /// Its title.
        title: String,
    },
    /// Time was worked.
    TimeLogged {
        /// How long.
        minutes: i64,
        /// `work`, `travel`...
        work: String,
    },
    /// An entry of time worked was corrected.
    TimeChanged {
        /// Minutes before.
        from: i64,
        /// Minutes after.
        to: i64,
    },
    /// An entry of time worked was taken away.
    TimeRemoved {
        /// How long it was.
        minutes: i64,
    },
    /// It was taken through a macro.
    MacroRun {
        /// What the macro is called.
        title: String,
    },
    /// It was put off.
    Snoozed {
        /// Until when; without it, until somebody writes.
        until: Option<Stamp>,
    },
    /// It is back.
    Woke {
        /// `time`, `message`, `hand`, `done`.
        because: String,
    },
    /// A reply was written for later.
    SendScheduled {
        /// When it goes.
        at: Stamp,
    },
    /// A reply was taken back before it went.
    SendWithdrawn,
    /// A reply could not be sent when its time had come.
    SendFailed,
    /// A colleague or a team was asked to review a draft.
    DraftShared {
        /// Of whom.
        name: String,
    },
    /// A colleague found a draft good.
    DraftApproved {
        /// Whose it is.
        name: String,
    },
    /// A draft that was shared was sent.
    DraftSent {
        /// Who wrote it.
        author: String,
        /// Who wrote into it last.
        editor: Option<String>,
        /// Who found it good.
        approver: Option<String>,
    },
    /// A conversation with others began.
    SideOpened {
        /// Its subject.
        subject: String,
    },
    /// A held message counts now.
    MessageAdmitted,
    /// A message is junk.
    MessageDiscarded,
    /// A mail came back.
    MailBounced {
        /// The address that does not work.
        to: String,
        /// What the report says.
        problem: String,
    },
    /// Somebody takes part.
    ParticipantAdded {
        /// Who.
        name: String,
        /// `cc` or `watcher`.
        role: String,
    },
    /// Somebody no longer does.
    ParticipantRemoved {
        /// Who.
        name: String,
        /// `cc` or `watcher`.
        role: String,
    },
    /// A mail was accepted by the relay.
    MailSent {
        /// To whom.
        to: String,
    },
    /// A mail was given up.
    MailFailed {
        /// To whom.
        to: String,
        /// What the relay said.
        problem: String,
    },
}

/// The panel beside the conversation.
#[derive(Clone, Debug)]
pub struct ContextView {
    /// Who asked.
    pub requester: Person,
    /// Their address.
    pub requester_email: Option<String>,
    /// Their organisation.
    pub organisation: Option<String>,
    /// Name of the desk.
    pub desk: String,
    /// high, medium, low.
    pub impact: String,
    /// high, medium, low.
    pub urgency: String,
    /// The category with its parents, as `Access / Doors`.
    pub category: Option<String>,
    /// The service concerned.
    pub service: Option<String>,
    /// Tags.
    pub tags: Vec<String>,
    /// Custom fields that have a value: label and value.
    pub fields: Vec<(String, String)>,
    /// Whether there are any that could have one.
    pub has_fields: bool,
    /// mail, web, portal...
    pub channel: String,
    /// When it was opened.
    pub created: Stamp,
    /// Links.
    pub links: Vec<Link>,
}

/// A link to another ticket.
#[derive(Clone, Debug)]
pub struct Link {
    /// What the other is to this one: `caused_by`, `duplicates`...
    pub link: String,
    /// The other's number.
    pub number: String,
    /// The other's title.
    pub title: String,
    /// The other's turn.
    pub turn: Turn,
    /// The other's status.
    pub status: String,
}
