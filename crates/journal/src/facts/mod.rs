//! The closed list of what can happen. A new fact makes the compiler name everyone who must decide about it.
//! Facts hold ids, field names and small values; message bodies stay in their tables, so that erasing a person and
//! keeping the log do not fight.

use kernel::{
    AttachmentId, CannedId, CategoryId, DeskId, DraftId, FieldId, FormId, IntakeId, MacroId, MailSourceId, MailboxId, MessageId,
    OrganisationId, OutgoingId, PersonId, ScheduledId, SessionId, SideId, Stamp, TaskId, TeamId, TicketId, TimeEntryId, TokenId, ViewId,
    WebhookId,
};
use serde::{Deserialize, Serialize};

/// One changed field with its values before and after, as the API writes them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// The field as the API names it.
    pub field: String,
    /// Before; absent when it was empty.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
    /// After; absent when it is empty now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<String>,
}

/// Writes the enum together with its `kind()` words, so that the two cannot differ.
macro_rules! facts {
    ($($(#[$doc:meta])* $variant:ident = $word:literal { $($(#[$attribute:meta])* $field:ident : $type:ty),* $(,)? }),* $(,)?) => {
        /// One thing that happened.
        #[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(tag = "kind")]
        #[expect(missing_docs, reason = "the fields are named by the field's own words and the facts are documented one by one")]
        pub enum Fact { $($(#[$doc])* #[serde(rename = $word)] $variant { $($(#[$attribute])* $field: $type),* }),* }

        impl Fact {
            /// Every word, for filters and documentation.
            pub const KINDS: &'static [&'static str] = &[$($word),*];
            /// The word by which API, webhooks and filters know this kind of fact.
            #[must_use]
            pub const fn kind(&self) -> &'static str {
                match self { $(Self::$variant { .. } => $word),* }
            }
        }
    };
}

facts! {
    /// A ticket was opened, by whichever channel, with its first message if it had one.
    TicketOpened = "ticket.opened" {
        number: String, ticket_kind: String, status: String, desk: DeskId, channel: String, requester: PersonId,
        #[serde(default, skip_serializing_if = "Option::is_none")] message: Option<MessageId>,
        #[serde(default, skip_serializing_if = "Option::is_none")] team: Option<TeamId>,
        #[serde(default, skip_serializing_if = "Option::is_none")] assignee: Option<PersonId>,
    },
    /// Fields of a ticket changed; `reason` is given for an overridden priority.
    TicketChanged = "ticket.changed" { changes: Vec<Change>, #[serde(default, skip_serializing_if = "Option::is_none")] reason: Option<String> },
    /// A ticket went from one status to another.
    TicketMoved = "ticket.moved" {
        from: String, to: String, turn: String,
        #[serde(default, skip_serializing_if = "Option::is_none")] resolution_code: Option<String>,
        #[serde(default, skip_serializing_if = "Option::is_none")] because: Option<String>,
    },
    /// A ticket became another kind, with a new number; the former one still finds it.
    TicketKindChanged = "ticket.kind_changed" { from: String, to: String, former_number: String, number: String },
    /// Tags were put on or taken off.
    TicketTagged = "ticket.tagged" { #[serde(default)] added: Vec<String>, #[serde(default)] removed: Vec<String> },
    /// Two tickets were linked; written on both, each from its own side.
    TicketLinked = "ticket.linked" { link: String, target: TicketId, target_number: String },
    /// A link was taken away.
    TicketUnlinked = "ticket.unlinked" { link: String, target: TicketId, target_number: String },
    /// A mail that also came to a mailbox of another desk made the ticket that desk's too.
    TicketShared = "ticket.shared" { desk: DeskId },
    /// A ticket was merged into another one.
    TicketMerged = "ticket.merged" { into: TicketId, into_number: String },
    /// Another ticket was merged into this one.
    TicketAbsorbed = "ticket.absorbed" { merged: TicketId, merged_number: String },
    /// A merge was undone; written on both, with the other one.
    TicketUnmerged = "ticket.unmerged" { other: TicketId, other_number: String },
    /// A message went to another ticket; written on both.
    MessageMoved = "message.moved" { message: MessageId, from: TicketId, from_number: String, to: TicketId, to_number: String },
    /// An agent looked at a held message and let it count.
    MessageAdmitted = "message.admitted" { message: MessageId },
    /// An agent looked at a message and judged it to be junk; it stays in the record.
    MessageDiscarded = "message.discarded" { message: MessageId },
    /// Somebody joined as CC or watcher.
    ParticipantAdded = "participant.added" { person: PersonId, role: String },
    /// Somebody left.
    ParticipantRemoved = "participant.removed" { person: PersonId, role: String },
    /// A reply, note or incoming message was added.
    MessageAdded = "message.added" {
        message: MessageId, message_kind: String, channel: String,
        #[serde(default, skip_serializing_if = "Option::is_none")] author: Option<PersonId>,
        #[serde(default)] automatic: bool, #[serde(default)] stranger: bool, #[serde(default)] held: bool,
        #[serde(default, skip_serializing_if = "Option::is_none")] joined_because: Option<String>,
    },
    /// A note called somebody by name.
    MentionAdded = "mention.added" { message: MessageId, person: PersonId },
    /// A text for often was added.
    CannedAdded = "canned.added" { canned: CannedId },
    /// Such a text changed; names of fields only.
    CannedChanged = "canned.changed" { canned: CannedId, fields: Vec<String> },
    /// Such a text was taken away.
    CannedRemoved = "canned.removed" { canned: CannedId },
    /// A list was saved under a name.
    ViewAdded = "view.added" { view: ViewId },
    /// Such a list changed; names of fields only.
    ViewChanged = "view.changed" { view: ViewId, fields: Vec<String> },
    /// Such a list was taken away.
    ViewRemoved = "view.removed" { view: ViewId },
    /// A list that was taken away is there again.
    ViewRestored = "view.restored" { view: ViewId },
    /// Several steps under one name were written down.
    MacroAdded = "macro.added" { macro_id: MacroId },
    /// Such steps changed; names of fields only.
    MacroChanged = "macro.changed" { macro_id: MacroId, fields: Vec<String> },
    /// Such steps were taken away.
    MacroRemoved = "macro.removed" { macro_id: MacroId },
    /// A ticket was taken through them; what they changed says so itself.
    MacroRun = "macro.run" { macro_id: MacroId, title: String },
    /// Tickets left as a file: what was asked for, and how many there were.
    TicketsExported = "tickets.exported" { query: String, format: String, tickets: i64 },
    /// A change of many tickets began; what it changes says so itself.
    BulkStarted = "bulk.started" { run: i64, tickets: i64 },
    /// It was stopped before its end.
    BulkStopped = "bulk.stopped" { run: i64 },
    /// It began to be taken back.
    BulkUndone = "bulk.undone" { run: i64 },
    /// A file was taken in.
    FileUploaded = "file.uploaded" { attachment: AttachmentId, bytes: i64 },
    /// The text in a file was found out, for searching.
    FileRead = "file.read" { attachment: AttachmentId },
    /// A mail was taken in and durably stored; nothing is known about it yet.
    MailTaken = "mail.taken" { intake: IntakeId, source: String },
    /// A mail that came before, by its Message-ID and mailbox, was dropped.
    MailDropped = "mail.dropped" { intake: IntakeId, mail_id: String },
    /// A mail that came before came again through another mailbox; the ticket is seen by that desk too.
    MailShared = "mail.shared" { intake: IntakeId, mail_id: String },
    /// A mail of ours came back: the address does not work.
    MailBounced = "mail.bounced" { address: String, #[serde(default, skip_serializing_if = "Option::is_none")] message: Option<MessageId>, problem: String },
    /// A mail could not be read and became a ticket with the raw message attached.
    MailUnreadable = "mail.unreadable" { intake: IntakeId, problem: String },
    /// A mail was put into the queue of outgoing mail.
    MailQueued = "mail.queued" { outgoing: OutgoingId, purpose: String, person: PersonId },
    /// A mail was handed to the relay, which accepted it.
    MailSent = "mail.sent" { outgoing: OutgoingId },
    /// A mail was given up; `problem` is the relay's answer.
    MailFailed = "mail.failed" { outgoing: OutgoingId, problem: String },
    /// A reply was written to be sent later; `undo` says that only the moment in which it can be taken back lies between.
    SendScheduled = "send.scheduled" {
        send: ScheduledId, at: Stamp, undo: bool,
        #[serde(default, skip_serializing_if = "Option::is_none")] side: Option<SideId>,
    },
    /// A reply that waits was given other words or another time.
    SendChanged = "send.changed" { send: ScheduledId, at: Stamp },
    /// A reply was taken back before it was sent.
    SendWithdrawn = "send.withdrawn" { send: ScheduledId, undo: bool },
    /// A reply could not be sent when its time had come; it is kept.
    SendFailed = "send.failed" { send: ScheduledId, problem: String },
    /// A colleague or a team was asked to review a draft before it goes.
    DraftShared = "draft.shared" {
        draft: DraftId,
        #[serde(default, skip_serializing_if = "Option::is_none")] with: Option<PersonId>,
        #[serde(default, skip_serializing_if = "Option::is_none")] team: Option<TeamId>,
    },
    /// A colleague found a draft good as it stood.
    DraftApproved = "draft.approved" { draft: DraftId, author: PersonId },
    /// A draft that was shared was sent: who wrote it, who wrote into it, who found it good.
    DraftSent = "draft.sent" {
        draft: DraftId, author: PersonId,
        #[serde(default, skip_serializing_if = "Option::is_none")] editor: Option<PersonId>,
        #[serde(default, skip_serializing_if = "Option::is_none")] approver: Option<PersonId>,
    },
    /// A conversation with others began beside the ticket; the requester never learns of it.
    SideOpened = "side.opened" { side: SideId },
    /// A side conversation changed; names of fields only.
    SideChanged = "side.changed" { side: SideId, fields: Vec<String> },
    /// A task was added to a ticket's checklist.
    TaskAdded = "task.added" { task: TaskId },
    /// A task changed; names of fields only.
    TaskChanged = "task.changed" { task: TaskId, fields: Vec<String> },
    /// A task is done.
    TaskDone = "task.done" { task: TaskId },
    /// A task that was done is open again.
    TaskReopened = "task.reopened" { task: TaskId },
    /// A task was taken off the list.
    TaskRemoved = "task.removed" { task: TaskId },
    /// A task that was taken off the list is back.
    TaskRestored = "task.restored" { task: TaskId },
    /// Time was worked.
    TimeLogged = "time.logged" { entry: TimeEntryId, minutes: i64, work: String },
    /// An entry of time worked was corrected.
    TimeChanged = "time.changed" { entry: TimeEntryId, from: i64, to: i64 },
    /// An entry of time worked was taken away.
    TimeRemoved = "time.removed" { entry: TimeEntryId, minutes: i64 },
    /// A ticket was put off until a time, or without one until somebody writes.
    TicketSnoozed = "ticket.snoozed" { #[serde(default, skip_serializing_if = "Option::is_none")] until: Option<Stamp> },
    /// A ticket that was put off is back: `time`, `message`, `hand`, `done`.
    TicketWoke = "ticket.woke" { because: String },
    /// The words of a kind of mail were set or taken away.
    TemplateChanged = "template.changed" { template: String, locale: String, #[serde(default, skip_serializing_if = "Option::is_none")] desk: Option<DeskId> },
    /// A person was added, by an administrator, the API or an incoming mail.
    PersonAdded = "person.added" { person: PersonId },
    /// A person's record changed; names of fields only.
    PersonChanged = "person.changed" { person: PersonId, fields: Vec<String> },
    /// A person may no longer sign in; sessions and tokens ended.
    PersonDisabled = "person.disabled" { person: PersonId },
    /// A person may sign in again.
    PersonEnabled = "person.enabled" { person: PersonId },
    /// What a person may do changed.
    RolesChanged = "person.roles_changed" { person: PersonId, admin: bool, auditor: bool, desks: Vec<DeskId> },
    /// A password was set; all sessions of the person ended.
    PasswordChanged = "person.password_changed" { person: PersonId },
    /// A person was sent a link by which they set their first password.
    PersonInvited = "person.invited" { person: PersonId },
    /// Somebody asked for a link by which this person sets a new password.
    ResetAsked = "person.reset_asked" { person: PersonId },
    /// A person signs in with a second factor from now on: app, passkey.
    SecondFactorAdded = "person.second_factor_added" { person: PersonId, factor: String },
    /// A second factor was taken away: app, passkey, or all of them by an administrator.
    SecondFactorRemoved = "person.second_factor_removed" { person: PersonId, factor: String },
    /// A person got new recovery codes; the old ones no longer work.
    RecoveryCodesMade = "person.recovery_codes_made" { person: PersonId },
    /// A recovery code was used in place of the second factor.
    RecoveryCodeUsed = "person.recovery_code_used" { person: PersonId },
    /// Too many wrong codes: the second factor of a person is not asked for a while.
    SecondFactorLocked = "person.second_factor_locked" { person: PersonId },
    /// A browser signed in.
    SignedIn = "session.started" { person: PersonId, session: SessionId },
    /// A session ended.
    SignedOut = "session.ended" { person: PersonId, session: SessionId },
    /// An API token was made.
    TokenAdded = "token.added" { person: PersonId, token: TokenId },
    /// An API token was revoked.
    TokenRevoked = "token.revoked" { person: PersonId, token: TokenId },
    /// An organisation was added.
    OrganisationAdded = "organisation.added" { organisation: OrganisationId },
    /// An organisation changed; names of fields only.
    OrganisationChanged = "organisation.changed" { organisation: OrganisationId, fields: Vec<String> },
    /// A team was added.
    TeamAdded = "team.added" { team: TeamId },
    /// A team changed; names of fields only.
    TeamChanged = "team.changed" { team: TeamId, fields: Vec<String> },
    /// A desk was added.
    DeskAdded = "desk.added" { desk: DeskId },
    /// A desk changed; names of fields only.
    DeskChanged = "desk.changed" { desk: DeskId, fields: Vec<String> },
    /// A category was added to a desk's tree.
    CategoryAdded = "category.added" { category: CategoryId, desk: DeskId },
    /// A category got another name; those below it follow.
    CategoryChanged = "category.changed" { category: CategoryId, fields: Vec<String> },
    /// A custom field was declared.
    FieldDeclared = "field.declared" { field: FieldId, key: String },
    /// A custom field changed; names of its parts only.
    FieldChanged = "field.changed" { field: FieldId, key: String, fields: Vec<String> },
    /// A custom field is no longer asked for; what tickets have of it stays.
    FieldArchived = "field.archived" { field: FieldId, key: String },
    /// A custom field is asked for again.
    FieldRevived = "field.revived" { field: FieldId, key: String },
    /// A form of a kind was published.
    FormPublished = "form.published" { form: FormId, ticket_kind: String, version: i64 },
    /// A form was taken away.
    FormRemoved = "form.removed" { form: FormId, ticket_kind: String },
    /// New states and transitions of a kind were published.
    PracticePublished = "practice.published" { ticket_kind: String, version: i64 },
    /// Running tickets went over to the newest states of their kind; those whose state changed say so themselves.
    PracticeAdopted = "practice.adopted" { ticket_kind: String, version: i64, tickets: i64 },
    /// A desk receives mail at one more address.
    MailboxAdded = "mailbox.added" { mailbox: MailboxId, desk: DeskId },
    /// An address of a desk changed: its desk, or whether it takes mail.
    MailboxChanged = "mailbox.changed" { mailbox: MailboxId, fields: Vec<String> },
    /// Mail is fetched from one more account.
    MailSourceAdded = "mail_source.added" { source: MailSourceId, mailbox: MailboxId },
    /// An account that mail is fetched from changed; names of fields only, never a secret.
    MailSourceChanged = "mail_source.changed" { source: MailSourceId, fields: Vec<String> },
    /// Mail is no longer fetched from an account.
    MailSourceRemoved = "mail_source.removed" { source: MailSourceId },
    /// Another program is told what happens.
    WebhookAdded = "webhook.added" { webhook: WebhookId },
    /// What another program is told changed; names of fields only, never the secret.
    WebhookChanged = "webhook.changed" { webhook: WebhookId, fields: Vec<String> },
    /// Another program is told no more.
    WebhookRemoved = "webhook.removed" { webhook: WebhookId },
    /// A setting of the installation changed; the name only, never a secret.
    SettingChanged = "setting.changed" { key: String },
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fact_is_small_and_round_trips() {
        let fact = Fact::TicketMoved { from: "new".into(), to: "open".into(), turn: "us".into(), resolution_code: None, because: None };
        let text = serde_json::to_string(&fact).unwrap();
        assert_eq!(text, r#"{"kind":"ticket.moved","from":"new","to":"open","turn":"us"}"#);
        assert_eq!(serde_json::from_str::<Fact>(&text).unwrap(), fact);
        assert!(Fact::KINDS.contains(&fact.kind()));
    }
}
