//! Names in double braces and what stands for them. The list of names is closed, each is filled once, and what is filled in is text: nothing
//! that a customer calls themselves is read as a name or as markup (T-A6).

use kernel::{Actor, Message, Refusal, Result};
use people::{Settings, person};
use store::Db;

use crate::conversation::Body;
use crate::ticket::Ticket;

/// Every name that a text may use.
pub const NAMES: [&str; 8] =
    ["requester.name", "requester.first_name", "ticket.number", "ticket.title", "agent.name", "agent.first_name", "desk.name", "today"];

/// What stands for the names, in their order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Values([String; NAMES.len()]);

impl Values {
    /// Of a ticket, for whoever writes; `today` is the day in their words.
    pub fn of(db: &mut Db<'_>, settings: &Settings, actor: &Actor, ticket: &Ticket, today: &str) -> Result<Self> {
        let requester = person::rows::by_id(db, ticket.requester)?.map(|person| person.name).unwrap_or_default();
        let agent = actor.access().map(|access| access.name.clone()).unwrap_or_default();
        let desk = settings.desk(ticket.desk).map(|desk| desk.name.clone()).unwrap_or_default();
        Ok(Self([
            requester.clone(),
            first_name(&requester),
            ticket.number.clone(),
            ticket.title.clone(),
            agent.clone(),
            first_name(&agent),
            desk,
            today.to_owned(),
        ]))
    }

    fn get(&self, name: &str) -> Option<&str> {
        let place = NAMES.iter().position(|known| *known == name)?;
        self.0.get(place).map(String::as_str)
    }
}

/// The first word of a name; of a name in Chinese all of it, which begins with the family's.
fn first_name(name: &str) -> String {
    name.split_whitespace().next().unwrap_or_default().to_owned()
}

/// The pieces of a text: what is written as it is, and what stands between double braces.
enum Piece<'t> {
    Plain(&'t str),
    Name(&'t str),
}

fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("{{") {
        let Some((name, next)) = after.split_once("}}").filter(|(name, _)| name.len() <= 64 && !name.contains(['{', '\n', '<'])) else {
            found.push(Piece::Plain(before));
            found.push(Piece::Plain("{{"));
            rest = after;
            continue;
        };
        found.push(Piece::Plain(before));
        found.push(Piece::Name(name.trim()));
        rest = next;
    }
    found.push(Piece::Plain(rest));
    found
}

/// Refuses names that nothing stands for.
pub fn check(text: &str) -> Result<()> {
    for piece in pieces(text) {
        if let Piece::Name(name) = piece
            && !NAMES.contains(&name)
        {
            let message = Message::new("error-canned-name").with("name", name).with("known", NAMES.join(", "));
            return Err(Refusal::invalid("body", message).into());
        }
    }
    Ok(())
}

fn filled(text: &str, values: &Values, written: impl Fn(&str) -> String) -> String {
    pieces(text)
        .into_iter()
        .map(|piece| match piece {
            Piece::Plain(text) => text.to_owned(),
            Piece::Name(name) => values.get(name).map_or_else(|| format!("{{{{{name}}}}}"), &written),
        })
        .collect()
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// The text with everything filled in.
#[must_use]
pub fn fill(body: &Body, values: &Values) -> Body {
    Body { text: filled(&body.text, values, str::to_owned), html: body.html.as_deref().map(|html| filled(html, values, escaped)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values(requester: &str) -> Values {
        let mut values = Values::default();
        values.0[0] = requester.to_owned();
        values.0[1] = first_name(requester);
        values.0[2] = "INC-1".to_owned();
        values
    }

    #[test]
    fn names_are_filled_and_everything_else_stays() {
        let body = Body::text("Hello {{ requester.first_name }}, {{ticket.number}} {{ {{x}} {{ticket");
        assert_eq!(fill(&body, &values("Rosa Marin")).text, "Hello Rosa, INC-1 {{ {{x}} {{ticket");
    }

    #[test]
    fn t_a6_what_a_customer_calls_themselves_is_text_and_nothing_else() {
        let hostile = values("{{ticket.number}} <img src=x onerror=alert(1)>\"");
        let body = Body::html("<p>Hello {{requester.name}}</p>");
        let filled = fill(&body, &hostile);
        assert_eq!(filled.text, "Hello {{ticket.number}} <img src=x onerror=alert(1)>\"");
        assert_eq!(filled.html.unwrap(), "<p>Hello {{ticket.number}} &lt;img src=x onerror=alert(1)&gt;&quot;</p>");
    }

    #[test]
    fn a_name_that_nothing_stands_for_is_refused() {
        assert!(check("{{requester.name}} {{ today }}").is_ok());
        for bad in ["{{requester.password}}", "{{ 7*7 }}", "{{requester}}", "{{ config }}"] {
            assert!(check(bad).is_err(), "{bad}");
        }
    }
}
