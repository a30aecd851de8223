//! Addresses that do not work: noted when mail comes back, forgotten when the person writes from there or somebody sets the addresses anew.

use journal::Fact;
use kernel::Result;

use super::{email, rows};
use crate::Context;

/// Longest problem that is kept, in characters.
const PROBLEM_CHARS_MAX: usize = 400;

/// Notes on the person that mail to an address came back for good, with what was said of it. Nobody's address is nobody's matter.
pub fn note_bounce(cx: &mut Context<'_, '_>, address: &str, problem: &str) -> Result<()> {
    let Some(address) = email::normalise(address) else { return Ok(()) };
    let (now, problem) = (cx.now(), kernel::text::clean_line(problem, PROBLEM_CHARS_MAX));
    if let Some(person) = rows::fail(cx.tx, &address, now, &problem)? {
        cx.append(&Fact::PersonChanged { person, fields: vec!["emails_failing".to_owned()] })?;
    }
    Ok(())
}

/// Forgets it: a mail came from that address and its domain vouched for it.
pub fn clear_bounce(cx: &mut Context<'_, '_>, address: &str) -> Result<()> {
    let Some(address) = email::normalise(address) else { return Ok(()) };
    if rows::mend(cx.tx, &address)?
        && let Some(person) = rows::id_of(cx.tx, &address)?
    {
        cx.append(&Fact::PersonChanged { person, fields: vec!["emails_failing".to_owned()] })?;
    }
    Ok(())
}
