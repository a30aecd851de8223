//! Which messages answer which.

use kernel::{MessageId, Stamp, TicketId};

use super::answers_to;
use crate::conversation::{Extras, Message};

fn message(id: i64, kind: &str, answers: Option<&str>) -> Message {
    Message {
        id: MessageId(id),
        ticket: TicketId(1),
        kind: kind.to_owned(),
        channel: "mail".to_owned(),
        author: None,
        sender: None,
        to: Vec::new(),
        cc: Vec::new(),
        subject: None,
        body_text: String::new(),
        body_html: None,
        automatic: false,
        stranger: false,
        verified: true,
        bounce_of: None,
        joined_because: answers.map(|id| format!("{{\"by\":\"references\",\"message_id\":\"{id}\"}}")),
        language: None,
        mail_id: Some(format!("{id}@x")),
        raw_hash: None,
        held: false,
        discarded: false,
        side: None,
        origin: None,
        extras: Extras::default(),
        files: 0,
        created_at: Stamp::from_micros(id),
    }
}

fn ids(thread: &[Message], letters: &[(String, MessageId)], start: i64) -> Vec<i64> {
    let mut found: Vec<i64> = answers_to(thread, letters, MessageId(start)).into_iter().map(MessageId::get).collect();
    found.sort_unstable();
    found
}

#[test]
fn what_refers_to_a_message_or_to_the_letter_that_answered_it_follows_it() {
    let letters = [("letter@desk".to_owned(), MessageId(4)), ("acknowledged@desk".to_owned(), MessageId(2))];
    let thread = [
        message(1, "inbound", None),
        message(2, "inbound", Some("1@x")),
        message(3, "inbound", Some("1@x")),
        message(4, "reply", None),
        message(5, "inbound", Some("letter@desk")),
        message(6, "inbound", Some("acknowledged@desk")),
        message(7, "note", None),
    ];
    // The reply answers the newest message before it, and the fifth answers the reply.
    assert_eq!(ids(&thread[2..], &letters, 3), [3, 4, 5]);
    assert_eq!(ids(&thread[1..], &letters, 2), [2, 6]);
    assert_eq!(ids(&thread, &letters, 1), [1, 2, 3, 4, 5, 6]);
    assert_eq!(ids(&thread[6..], &letters, 7), [7]);
}

#[test]
fn what_came_by_address_answers_the_last_reply_before_it() {
    let by_address = Message { joined_because: Some("{\"by\":\"reply_address\"}".to_owned()), ..message(3, "inbound", None) };
    let thread = [message(1, "inbound", None), message(2, "reply", None), by_address.clone()];
    assert_eq!(ids(&thread, &[], 1), [1, 2, 3]);
    assert_eq!(ids(&[message(1, "inbound", None), by_address], &[], 1), [1]);
}

#[test]
fn machines_held_messages_and_broken_reasons_carry_nothing_along() {
    let machine = Message { automatic: true, ..message(2, "inbound", None) };
    let held = Message { held: true, ..message(3, "inbound", None) };
    let broken = Message { joined_because: Some("{".to_owned()), ..message(5, "inbound", None) };
    let thread = [message(1, "inbound", None), machine, held, message(4, "reply", None), broken];
    assert_eq!(ids(&thread[1..], &[], 2), [2]);
    assert_eq!(ids(&thread, &[], 1), [1, 4, 5]);
}
