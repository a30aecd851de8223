//! `steward mail import`, `steward mail threading`, `steward mail dkim-key`.

use std::path::Path;
use std::time::Duration;

use channels::mail::auth::{Checker, KeyKind};
use channels::mail::inbound::{self, TakeMail, drain, messages_in};
use channels::mail::threading::JoinedBecause;
use kernel::IntakeId;
use people::ServiceDesk;
use tokio::runtime::Runtime;

use super::{CONSOLE, dkim, open};
use crate::cli::MailAction;
use crate::config::Config;
use crate::serve::first;
use crate::{Failure, console};

/// Messages that are stored before they are read, so that memory and waiting stay bounded.
const BATCH: usize = 100;
/// How often to look whether a server beside us has read a message.
const LOOK: Duration = Duration::from_millis(50);
const LOOKS_MAX: u32 = 1_200;

/// Takes messages from files.
pub(super) fn run(config: &Config, action: MailAction) -> Result<(), Failure> {
    let files = match action {
        MailAction::Import { files } => files,
        MailAction::Threading => return threading(config),
        MailAction::DkimKey { file, ed25519 } => {
            return dkim::run(config, file, if ed25519 { KeyKind::Ed25519 } else { KeyKind::Rsa2048 });
        }
    };
    if let Some(missing) = files.iter().find(|file| *file != Path::new("-") && !file.exists()) {
        return Err(Failure::Failed(format!("there is no file {}", missing.display())));
    }
    let desk = open(config)?;
    first::ensure_keys(&desk)?;
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| Failure::Failed(format!("no thread to work with: {error}")))?;
    let checker = Checker::new(config.check_settings());
    let mut import = Import { desk: desk.clone(), runtime, checker, taken: Vec::new(), count: 0, failed: 0, piped: false };
    for file in &files {
        import.file(file)?;
    }
    desk.store().close();
    match import.failed {
        0 => Ok(()),
        n => Err(Failure::Failed(format!("{n} of {} messages could not be processed; they are kept", import.count))),
    }
}

/// Prints what would lie elsewhere if all mail came today.
fn threading(config: &Config) -> Result<(), Failure> {
    let desk = open(config)?;
    first::ensure_keys(&desk)?;
    let mut changes = 0_usize;
    let count = inbound::misplaced(&desk, |one| {
        changes += 1;
        let place = match one.belongs_to {
            Some((number, because)) => format!("would join {number} ({})", reason(&because)),
            None => "would open a ticket of its own".to_owned(),
        };
        console::out(&format!("{}: \"{}\" from {} lies in {} and {place}", one.intake, one.subject, one.from, one.lies_in));
    })?;
    desk.store().close();
    console::out(&format!("{count} messages looked at; {changes} would lie elsewhere"));
    Ok(())
}

fn reason(because: &JoinedBecause) -> String {
    match because {
        JoinedBecause::ReplyAddress => "it came to the reply address of the ticket".to_owned(),
        JoinedBecause::References { message_id } => format!("it answers {message_id}"),
        JoinedBecause::Thread { message_id } => format!("it is of one thread with {message_id}"),
        JoinedBecause::Moved { message_id } => format!("it answers {message_id}, which was moved there"),
        JoinedBecause::Report { message_id } => format!("it reports on {message_id}"),
        JoinedBecause::SubjectNumber { number } => format!("its subject names {number}"),
    }
}

struct Import {
    desk: ServiceDesk,
    runtime: Runtime,
    checker: Checker,
    taken: Vec<(String, IntakeId)>,
    count: usize,
    failed: usize,
    /// Whoever pipes keeps its message until it is stored, and must not send it again because reading it failed.
    piped: bool,
}

impl Import {
    fn file(&mut self, file: &Path) -> Result<(), Failure> {
        let shown = file.display().to_string();
        self.piped = file == Path::new("-");
        let mut place = 0;
        let outcome = messages_in(file, |raw| {
            place += 1;
            self.take(format!("{shown} {place}"), raw)
        });
        outcome?;
        self.settle()?;
        Ok(())
    }

    fn take(&mut self, label: String, raw: Vec<u8>) -> kernel::Result<()> {
        let desk = &self.desk;
        let id = self.runtime.block_on(async {
            let command = TakeMail::new(desk, "import", None, Vec::new(), raw).await?;
            desk.execute(&CONSOLE, command).await
        })?;
        self.taken.push((label, id));
        if self.taken.len() < BATCH { Ok(()) } else { self.settle() }
    }

    /// Reads what was stored, and prints what became of each message.
    fn settle(&mut self) -> kernel::Result<()> {
        self.runtime.block_on(drain(&self.desk, &self.checker))?;
        for (label, id) in std::mem::take(&mut self.taken) {
            self.count += 1;
            let told = self.outcome(id)?;
            console::out(&format!("{label}: {told}"));
        }
        Ok(())
    }

    fn outcome(&mut self, id: IntakeId) -> kernel::Result<String> {
        for _ in 0..LOOKS_MAX {
            let found = self.desk.store().read_blocking(move |db| {
                let Some(intake) = inbound::rows::by_id(db, id)? else { return Ok(None) };
                let ticket = intake.ticket.map(|ticket| desk::ticket::rows::by_id(db, ticket)).transpose()?.flatten();
                Ok(Some((intake.state, intake.outcome.unwrap_or_default(), ticket.map(|ticket| ticket.number).unwrap_or_default())))
            })?;
            match found {
                Some((state, _, _)) if state == "waiting" => std::thread::sleep(LOOK),
                Some((state, problem, _)) if state == "failed" => {
                    self.failed += usize::from(!self.piped);
                    return Ok(format!("could not be processed: {problem}"));
                }
                Some((_, outcome, number)) => {
                    return Ok(match outcome.as_str() {
                        "opened" => format!("opened {number}"),
                        "joined" => format!("joined {number}"),
                        "duplicate" => "came before".to_owned(),
                        "unreadable" => format!("opened {number}, with the raw message attached because it could not be read"),
                        other => other.to_owned(),
                    });
                }
                None => break,
            }
        }
        self.failed += usize::from(!self.piped);
        Ok("still waits".to_owned())
    }
}
