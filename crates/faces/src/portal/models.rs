//! What the portal's pages show, as plain values.

use kernel::{AttachmentId, MessageId, PersonId, Stamp};
use web::components::{AskedField, Choice};

/// Who reads.
#[derive(Clone, Debug)]
pub struct Reader {
    /// The person.
    pub person: PersonId,
    /// Their name.
    pub name: String,
    /// Their primary address.
    pub email: String,
    /// Whether the workspace is open to them too.
    pub staff: bool,
    /// The name under which the organisation helps; Steward's own when none is set.
    pub company: Option<String>,
}

/// Where the reader is, for the menu.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// The list.
    Requests,
    /// The form for a new request.
    New,
    /// One request.
    Request,
    /// The reader's own page.
    Own,
}

/// How a request stands, in the words of the one who asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It came in; nobody has answered yet.
    Received,
    /// We are at it.
    WithUs,
    /// The reader is asked.
    WithReader,
    /// The one who asked is, and the reader is somebody else.
    WithRequester(String),
    /// Somebody outside the team is.
    WithOthers,
    /// It is done and may come back.
    Done,
    /// It is closed.
    Closed,
}

/// A line of the list.
#[derive(Clone, Debug)]
pub struct RequestRow {
    /// Number.
    pub number: String,
    /// Title.
    pub title: String,
    /// The beginning of the latest message.
    pub snippet: String,
    /// Language of title and snippet.
    pub language: Option<String>,
    /// How it stands.
    pub standing: Standing,
    /// Who asked, when it was not the reader.
    pub requester: Option<String>,
    /// Last change.
    pub updated: Stamp,
}

/// A page of the list.
#[derive(Clone, Debug)]
pub struct RequestList {
    /// Its lines.
    pub rows: Vec<RequestRow>,
    /// Where the next page begins.
    pub next_cursor: Option<String>,
    /// Whether the newest requests are on another page.
    pub later: bool,
}

/// A file.
#[derive(Clone, Debug)]
pub struct File {
    /// Identifier.
    pub id: AttachmentId,
    /// Name.
    pub name: String,
    /// Type.
    pub content_type: String,
    /// Size.
    pub bytes: usize,
}

/// One public message.
#[derive(Clone, Debug)]
pub struct Said {
    /// Identifier.
    pub id: MessageId,
    /// When.
    pub at: Stamp,
    /// Who, when they have a record.
    pub person: Option<PersonId>,
    /// The author's name.
    pub author: String,
    /// Whether the reader wrote it.
    pub own: bool,
    /// Whether it is an answer of the desk.
    pub answer: bool,
    /// Whether it came by mail.
    pub by_mail: bool,
    /// Plain text.
    pub text: String,
    /// Whether it has a document of its own.
    pub has_html: bool,
    /// Language of the text.
    pub language: Option<String>,
    /// Files.
    pub files: Vec<File>,
}

/// What happened to a request, as far as it concerns the one who asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Happened {
    /// It was opened, by this channel.
    Opened(String),
    /// It was done and is not any more.
    Reopened,
    /// It stands like this now.
    Now(Standing),
}

/// A line of the conversation.
#[derive(Clone, Debug)]
pub enum Line {
    /// Something that was said.
    Said(Box<Said>),
    /// Something that happened.
    Happened {
        /// When.
        at: Stamp,
        /// What.
        what: Happened,
    },
}

/// One request.
#[derive(Clone, Debug)]
pub struct RequestView {
    /// Number.
    pub number: String,
    /// Title.
    pub title: String,
    /// Language of the title.
    pub language: Option<String>,
    /// How it stands.
    pub standing: Standing,
    /// Received.
    pub received: Stamp,
    /// First answer.
    pub answered: Option<Stamp>,
    /// Done.
    pub finished: Option<Stamp>,
    /// Messages and what happened, oldest first.
    pub lines: Vec<Line>,
    /// The desk that answers.
    pub desk: String,
    /// Who asked, when it was not the reader.
    pub requester: Option<String>,
    /// Who gets copies.
    pub copies: Vec<String>,
    /// Custom values that its form shows to whoever asks: name and value.
    pub fields: Vec<(String, String)>,
    /// Whether it was put together with another request, and that one's number for a reader who may see it.
    pub merged: Option<Option<String>>,
}

/// What the reader has typed and why it was not taken.
#[derive(Clone, Debug, Default)]
pub struct Draft {
    /// The text.
    pub text: String,
    /// Why it was refused.
    pub refusal: Option<String>,
}

/// The form for a new request.
#[derive(Clone, Debug, Default)]
pub struct NewRequest {
    /// Desks that can be asked.
    pub desks: Vec<Choice>,
    /// In a few words.
    pub title: String,
    /// The text.
    pub body: String,
    /// Custom fields of the chosen desk.
    pub fields: Vec<AskedField>,
    /// Field and sentence of each refusal.
    pub refusals: Vec<(String, String)>,
}
