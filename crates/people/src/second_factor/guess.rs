//! Guessing a code ends after a few tries, for the person and not for the browser, on every node, and also after a restart (T-L6).

use journal::Fact;
use kernel::{PersonId, Result, Span};

use super::rows;
use crate::Context;

const TRIES_MAX: i64 = 10;
const LOCKED_FOR: Span = Span::minutes(30);

/// For how many seconds no code of this person is looked at; none when one may be.
pub(super) fn locked(cx: &mut Context<'_, '_>, person: PersonId) -> Result<Option<u64>> {
    let now = cx.now();
    Ok(match rows::failures(cx.tx, person)? {
        Some((failures, since)) if failures >= TRIES_MAX && now < since + LOCKED_FOR => {
            Some(u64::try_from(((since + LOCKED_FOR) - now).micros() / 1_000_000 + 1).unwrap_or(1))
        }
        _ => None,
    })
}

/// Counts a wrong code.
pub(super) fn failed(cx: &mut Context<'_, '_>, person: PersonId) -> Result<()> {
    let since = cx.now() - LOCKED_FOR;
    if rows::fail(cx.tx, person, since)? == TRIES_MAX {
        cx.append(&Fact::SecondFactorLocked { person })?;
    }
    Ok(())
}
