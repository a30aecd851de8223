//! What a relay may do to mail on its way out: put it off, refuse it, lie about it. Nothing is lost, and nothing is sent twice but where
//! nobody can know whether it was taken.

use kernel::Span;
use serde_json::{Value, json};
use testkit::{MailTrap, Role, TestDesk, Trapped};

use crate::house::{below, both, items, one, opened, text};

/// A ticket of Rosa with Jo in CC, and an agent's reply that is to leave.
fn replied(desk: &TestDesk) -> Value {
    let ticket = opened(desk, &json!({ "cc": ["jo@customer.example"] }));
    let reply = desk.api(Role::Agent).post(&below(&ticket, "messages"), &json!({ "body": "Hello." })).must(201);
    desk.react();
    reply
}

/// What became of the mail to each: Jo, then Rosa.
fn states(desk: &TestDesk, reply: &Value) -> [String; 2] {
    let shown = desk.api(Role::Agent).get(&format!("/api/v1/messages/{}", text(reply, "/id"))).must(200);
    [0, 1].map(|at| text(&shown, &format!("/deliveries/{at}/state")).to_owned())
}

fn outgoing(desk: &TestDesk) -> Vec<Value> {
    items(&desk.api(Role::Admin).get("/api/v1/outgoing"))
}

fn to(letters: &[Trapped]) -> Vec<&str> {
    letters.iter().map(|letter| letter.to[0].as_str()).collect()
}

#[test]
fn a_greylisted_mail_waits_as_long_as_it_should_and_goes_once() {
    both(|desk| {
        let trap = MailTrap::start(desk);
        trap.answer(&[("RCPT", "451 4.7.1 greylisted, come back in five minutes")]);
        let reply = replied(desk);
        assert!(trap.letters(desk).is_empty());
        assert_eq!(states(desk, &reply), ["waiting", "waiting"]);
        trap.answer(&[]);
        assert!(trap.letters(desk).is_empty(), "not before its time");
        desk.advance(Span::minutes(5));
        assert_eq!(to(&trap.letters(desk)), ["jo@customer.example", "rosa@brackwater.example"]);
        assert_eq!(states(desk, &reply), ["sent", "sent"]);
        desk.advance(Span::days(6));
        assert!(trap.letters(desk).is_empty());
    });
}

#[test]
fn one_recipient_who_is_refused_does_not_cost_the_other_their_mail() {
    both(|desk| {
        let trap = MailTrap::start(desk);
        trap.answer(&[("RCPT TO:<jo@", "550 5.1.1 nobody of that name")]);
        let reply = replied(desk);
        assert_eq!(to(&trap.letters(desk)), ["rosa@brackwater.example"]);
        assert_eq!(states(desk, &reply), ["failed", "sent"]);
        let failed: Vec<Value> = outgoing(desk).into_iter().filter(|mail| text(mail, "/state") == "failed").collect();
        assert!(failed.len() == 1 && text(&failed[0], "/problem").contains("nobody of that name"), "{failed:?}");
        trap.answer(&[]);
        desk.advance(Span::days(1));
        assert!(trap.letters(desk).is_empty(), "refused for good is not tried again");
    });
}

#[test]
fn a_relay_that_takes_a_mail_and_loses_its_answer_gets_it_once_more_under_the_same_id() {
    both(|desk| {
        let trap = MailTrap::start(desk);
        trap.answer(&[(".", "hang up")]);
        let reply = replied(desk);
        let first = trap.letters(desk);
        assert_eq!(to(&first), ["jo@customer.example", "rosa@brackwater.example"]);
        assert_eq!(states(desk, &reply), ["waiting", "waiting"], "nobody knows that it was taken");
        trap.answer(&[]);
        desk.advance(Span::hours(1));
        let second = trap.letters(desk);
        let ids = |letters: &[Trapped]| letters.iter().map(|letter| letter.header("Message-ID")).collect::<Vec<_>>();
        assert_eq!((to(&second), ids(&second)), (to(&first), ids(&first)));
        assert_eq!(states(desk, &reply), ["sent", "sent"]);
        desk.advance(Span::days(6));
        assert!(trap.letters(desk).is_empty());
    });
}

#[test]
fn every_answer_that_may_pass_leaves_the_mail_waiting_and_every_other_shows_it_as_failed() {
    one(|desk| {
        let trap = MailTrap::start(desk);
        let passing: [&[(&str, &str)]; 8] = [
            &[("EHLO", "421 busy"), ("HELO", "421 busy")],
            &[("EHLO", "hang up")],
            &[("MAIL", "451 later")],
            &[("MAIL", "530 5.7.0 sign in first")],
            &[("RCPT", "hang up")],
            &[("DATA", "250 ok")],
            &[("DATA", "451 later")],
            &[(".", "452 4.3.1 full")],
        ];
        let reply = replied(desk);
        for script in passing {
            trap.answer(script);
            assert!(trap.letters(desk).is_empty(), "{script:?}");
            assert_eq!(states(desk, &reply), ["waiting", "waiting"], "{script:?}");
            desk.advance(Span::hours(1));
        }
        trap.answer(&[]);
        assert_eq!(trap.letters(desk).len(), 2, "after all that it goes, once each");
        for script in [("MAIL", "550 not you"), ("RCPT", "553 no"), ("DATA", "554 no"), (".", "554 5.7.1 spam")] {
            trap.answer(&[script]);
            let reply = replied(desk);
            assert!(trap.letters(desk).is_empty());
            assert_eq!(states(desk, &reply), ["failed", "failed"], "{script:?}");
        }
    });
}

#[test]
fn tries_are_never_more_than_an_hour_apart_and_never_all_at_once() {
    one(|desk| {
        let trap = MailTrap::start(desk);
        trap.set_down(true);
        replied(desk);
        let due = |mail: &Value| kernel::Stamp::parse(text(mail, "/next_at")).unwrap();
        let mut spread = false;
        for _ in 0..12 {
            trap.send(desk);
            let now = desk.desk.clock().now();
            let mails = outgoing(desk);
            assert!(mails.iter().all(|mail| due(mail) > now && due(mail) - now <= Span::hours(1)), "{mails:?}");
            spread |= due(&mails[0]) != due(&mails[1]);
            desk.advance(Span::hours(1));
        }
        assert!(spread, "two that failed together come back at different moments");
        trap.set_down(false);
        assert_eq!(trap.letters(desk).len(), 2);
    });
}
