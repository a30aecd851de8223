//! `steward token`.

use kernel::{Refusal, Result, TokenId};
use people::token::AddToken;
use people::{Command, Context, ServiceDesk};

use super::{CONSOLE, open, person_called, rows};
use crate::cli::TokenAction;
use crate::config::Config;
use crate::{Failure, console};

/// Adds, lists or revokes.
pub(super) fn run(config: &Config, action: TokenAction) -> std::result::Result<(), Failure> {
    let desk = open(config)?;
    match action {
        TokenAction::Add { email, name } => {
            let person = person_called(&desk, &email)?;
            let (_, secret) = desk.execute_blocking(&CONSOLE, AddToken { person, name })?;
            console::out(&secret);
        }
        TokenAction::List => list(&desk)?,
        TokenAction::Revoke { id } => {
            desk.execute_blocking(&CONSOLE, RevokeToken { id: TokenId(id) })
                .map_err(|error| if matches!(error, kernel::Error::Refusal(Refusal::NotFound)) { unknown(id) } else { error.into() })?;
            console::out("The token has ended.");
        }
    }
    desk.store().close();
    Ok(())
}

fn unknown(id: i64) -> Failure {
    Failure::Failed(format!("there is no live token {id}: see steward token list"))
}

fn list(desk: &ServiceDesk) -> std::result::Result<(), Failure> {
    for token in desk.store().read_blocking(rows::tokens)? {
        let state = if token.revoked { "ended" } else { "live" };
        console::out(&format!("{}\t{}\t{}\t{}\t{state}", token.id, token.email, token.name, token.created_at));
    }
    Ok(())
}

/// Ends a token.
struct RevokeToken {
    id: TokenId,
}

impl Command for RevokeToken {
    type Receipt = ();
    fn run(self, cx: &mut Context<'_, '_>) -> Result<()> {
        let person = rows::revoke(cx.tx, self.id)?.ok_or(Refusal::NotFound)?;
        cx.append(&journal::Fact::TokenRevoked { person, token: self.id })?;
        // Everybody who was identified is forgotten, here and on every node: the token ends at once.
        cx.reconfigure()
    }
}
