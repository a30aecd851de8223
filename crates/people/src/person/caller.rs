//! Somebody as a caller gives themselves: a name, a number, an address, or as much of it as there is. Not everybody has an address.

use kernel::{Message, PersonId, Refusal, Result};

use super::{AddPerson, ChangePerson, email, ensure_person, rows};
use crate::{Command, Context};

/// How many who could be meant are looked at.
const ALIKE_MAX: usize = 20;

/// What is known of somebody who is new, or perhaps not.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Caller {
    /// Their address; empty when they have none.
    pub address: String,
    /// Their name; empty when it is not known.
    pub name: String,
    /// Their number; empty when it is not known.
    pub phone: String,
}

impl Caller {
    /// One line says who it is, as people type it: an address, a number or a name; what stands in its own field goes before it.
    #[must_use]
    pub fn typed(line: &str, name: &str, phone: &str) -> Self {
        let (line, name, phone) = (line.trim().to_owned(), name.trim().to_owned(), phone.trim().to_owned());
        if line.contains('@') {
            return Self { address: line, name, phone };
        }
        let is_number = !line.is_empty() && !line.chars().any(char::is_alphabetic) && line.chars().any(|c| c.is_ascii_digit());
        if is_number {
            return Self { address: String::new(), name, phone: if phone.is_empty() { line } else { phone } };
        }
        Self { address: String::new(), name: if name.is_empty() { line } else { name }, phone }
    }

    /// Whether nothing is known at all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.address.is_empty() && self.name.is_empty() && self.phone.is_empty()
    }
}

/// Finds whom a caller must be, or adds them. A name that others have already is never guessed at: it is asked who is meant.
pub fn ensure_caller(cx: &mut Context<'_, '_>, caller: Caller) -> Result<PersonId> {
    if caller.is_empty() {
        return Err(Refusal::invalid("requester", Message::new("error-caller-needed")).into());
    }
    if !caller.address.is_empty() {
        let known = rows::id_of(cx.tx, &email::normalise(&caller.address).unwrap_or_default())?;
        let person = ensure_person(cx, &caller.address, &caller.name, None)?;
        if known.is_none() && !caller.phone.is_empty() {
            ChangePerson { id: Some(person), phones: Some(vec![caller.phone]), ..ChangePerson::default() }.run(cx)?;
        }
        return Ok(person);
    }
    if let Some(known) = known(cx, &caller)? {
        return Ok(known);
    }
    let phones = if caller.phone.is_empty() { Vec::new() } else { vec![caller.phone] };
    AddPerson { name: caller.name, phones, ..AddPerson::default() }.run(cx)
}

/// Whoever has this number, and this name when one is given.
fn known(cx: &mut Context<'_, '_>, caller: &Caller) -> Result<Option<PersonId>> {
    let same_name = |name: &str| name.trim().to_lowercase() == caller.name.to_lowercase();
    let ask = |n: usize| Refusal::invalid("requester", Message::new("error-caller-which").with("n", n).with("name", &caller.name));
    if caller.phone.is_empty() {
        let alike = rows::called(cx.tx, &caller.name, ALIKE_MAX)?.into_iter().filter(|one| same_name(&one.name)).count();
        return if alike == 0 { Ok(None) } else { Err(ask(alike).into()) };
    }
    let mut alike = Vec::new();
    for one in rows::at_number(cx.tx, &caller.phone, ALIKE_MAX)? {
        if caller.name.is_empty() || same_name(&one.name) {
            alike.push(one.id);
        }
    }
    match alike.as_slice() {
        [] => Ok(None),
        [one] => Ok(Some(*one)),
        // One number for a whole shop floor: the name has to say who it is.
        more if caller.name.is_empty() => {
            Err(Refusal::invalid("requester", Message::new("error-caller-number").with("n", more.len())).into())
        }
        more => Err(ask(more.len()).into()),
    }
}

#[cfg(test)]
mod tests {
    use super::Caller;

    #[test]
    fn one_line_is_read_as_the_address_the_number_or_the_name_that_it_is() {
        let caller = |address: &str, name: &str, phone: &str| Caller { address: address.into(), name: name.into(), phone: phone.into() };
        assert_eq!(Caller::typed(" rosa@brackwater.example ", "Rosa", ""), caller("rosa@brackwater.example", "Rosa", ""));
        assert_eq!(Caller::typed("+371 2000 1234", "Rosa", ""), caller("", "Rosa", "+371 2000 1234"));
        assert_eq!(Caller::typed("Rosa Marin", "", "2000 1234"), caller("", "Rosa Marin", "2000 1234"));
        assert_eq!(Caller::typed("", "Rosa", "2000"), caller("", "Rosa", "2000"));
        assert_eq!(Caller::typed("Gate 4", "", ""), caller("", "Gate 4", ""));
        assert!(Caller::typed(" ", "", " ").is_empty());
    }
}
