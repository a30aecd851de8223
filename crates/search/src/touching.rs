//! Which records a fact makes other than the index knows them.

use journal::{Entry, Fact};

/// Records whose words or readers may have changed.
#[derive(Debug, Default)]
pub(crate) struct Touched {
    pub(crate) tickets: Vec<i64>,
    pub(crate) people: Vec<i64>,
    pub(crate) organisations: Vec<i64>,
    /// Organisations whose people are found by another name now.
    pub(crate) renamed: Vec<i64>,
    /// Files whose text is known now.
    pub(crate) files: Vec<i64>,
}

impl Touched {
    /// Adds what this fact touches.
    pub(crate) fn add(&mut self, entry: &Entry) {
        self.add_record(&entry.fact);
        if let Some(ticket) = entry.ticket.filter(|_| touches_ticket(&entry.fact)) {
            self.tickets.push(ticket.get());
        }
    }

    fn add_record(&mut self, fact: &Fact) {
        match fact {
            Fact::FileRead { attachment } => self.files.push(attachment.get()),
            Fact::PersonAdded { person } | Fact::PersonChanged { person, .. } => self.people.push(person.get()),
            Fact::OrganisationAdded { organisation } => self.organisations.push(organisation.get()),
            Fact::OrganisationChanged { organisation, fields } => {
                self.organisations.push(organisation.get());
                if fields.iter().any(|field| field == "name") {
                    self.renamed.push(organisation.get());
                }
            }
            Fact::TicketMerged { into: other, .. }
            | Fact::TicketAbsorbed { merged: other, .. }
            | Fact::TicketUnmerged { other, .. }
            | Fact::MessageMoved { from: other, .. } => self.tickets.push(other.get()),
            _ => {}
        }
    }

    /// Each once.
    pub(crate) fn settle(&mut self) {
        for list in [&mut self.tickets, &mut self.people, &mut self.organisations, &mut self.renamed] {
            list.sort_unstable();
            list.dedup();
        }
    }
}

/// Whether the fact changes a word, a reader or the time of the ticket on whose timeline it is. What is not named here does.
fn touches_ticket(fact: &Fact) -> bool {
    !matches!(
        fact,
        Fact::MentionAdded { .. }
            | Fact::MailTaken { .. }
            | Fact::MailDropped { .. }
            | Fact::MailQueued { .. }
            | Fact::MailSent { .. }
            | Fact::MailFailed { .. }
            | Fact::SendScheduled { .. }
            | Fact::SendChanged { .. }
            | Fact::SendWithdrawn { .. }
            | Fact::SendFailed { .. }
            | Fact::DraftShared { .. }
            | Fact::DraftApproved { .. }
            | Fact::DraftSent { .. }
            | Fact::TaskAdded { .. }
            | Fact::TaskChanged { .. }
            | Fact::TaskDone { .. }
            | Fact::TaskReopened { .. }
            | Fact::TaskRemoved { .. }
            | Fact::TaskRestored { .. }
            | Fact::TimeLogged { .. }
            | Fact::TimeChanged { .. }
            | Fact::TimeRemoved { .. }
            | Fact::MacroRun { .. }
            | Fact::TicketSnoozed { .. }
            | Fact::TicketWoke { .. }
    )
}
