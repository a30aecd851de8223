//! `steward token`.

use kernel::{Refusal, TokenId};
use people::ServiceDesk;
use people::token::{AddToken, RevokeToken};

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
            desk.execute_blocking(&CONSOLE, RevokeToken(TokenId(id)))
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
