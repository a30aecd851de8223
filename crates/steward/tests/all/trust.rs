//! Whom a mail acts for: the classes T-M1, T-M2, T-M3, T-M6 and T-M8, and what one mail to several desks becomes.

use channels::mail::inbound::Outcome;
use kernel::Span;
use serde_json::{Value, json};
use testkit::{Mail, MailTrap, Role, TestDesk};

use crate::house::{TICKETS, below, both, found, items, path, text};

const ALICE: &str = "Alice <alice@customer.example>";
const MALLORY: &str = "mallory@evil.example";
const PASS: &str = "X-Test-Verdict: pass";
const FAIL: &str = "X-Test-Verdict: fail";

fn opened(outcome: &Outcome) -> Value {
    let Outcome::Opened(number) = outcome else { panic!("{outcome:?}") };
    json!({ "number": number })
}

fn messages(desk: &TestDesk, ticket: &Value) -> Vec<Value> {
    items(&desk.api(Role::Admin).get(&below(ticket, "messages")))
}

fn newest(desk: &TestDesk, ticket: &Value) -> Value {
    messages(desk, ticket).pop().unwrap()
}

fn shown(desk: &TestDesk, ticket: &Value) -> Value {
    desk.api(Role::Admin).get(&path(ticket)).must(200)
}

fn participants(desk: &TestDesk, ticket: &Value) -> usize {
    items(&desk.api(Role::Admin).get(&below(ticket, "participants"))).len()
}

/// A ticket of Alice, answered and resolved; the reply address that was made for her, and the id of the answer.
fn answered(desk: &TestDesk, trap: &MailTrap, first: &str) -> (Value, String, String) {
    let ticket = opened(&desk.mail(&Mail::new(ALICE, "Payslip", first)));
    trap.letters(desk);
    desk.api(Role::Agent).post(&below(&ticket, "messages"), &json!({ "body": "It is in the mail." })).must(201);
    let letter = trap.letter(desk);
    desk.api(Role::Agent).post(&below(&ticket, "transition"), &json!({ "to": "resolved" })).must(200);
    (ticket, letter.mail.reply_to.unwrap().email, letter.mail.message_id.unwrap())
}

#[test]
fn t_m1_a_forged_mail_is_held_moves_nothing_brings_nobody_along_and_is_not_answered() {
    both(|desk| {
        let trap = MailTrap::start(desk);
        let (ticket, reply_to, answer) = answered(desk, &trap, "one@customer.example");
        let number = text(&ticket, "/number").to_owned();
        let forged =
            |n: usize| Mail::new(ALICE, "Re: Payslip", &format!("f{n}@customer.example")).header(format!("Cc: {MALLORY}")).header(FAIL);
        let by_address = forged(1).to(&reply_to);
        let by_thread = forged(2).header(format!("In-Reply-To: <{answer}>"));
        for mail in [by_address, by_thread] {
            assert_eq!(desk.mail(&mail), Outcome::Joined(number.clone()));
            let message = newest(desk, &ticket);
            assert_eq!((&message["held"], &message["verified"]), (&json!(true), &json!(false)));
            assert_eq!(text(&message, "/extras/authentication/verdict"), "fail");
            assert_eq!((text(&shown(desk, &ticket), "/status"), participants(desk, &ticket)), ("resolved", 0));
        }
        // By its subject it finds nothing: a number is no secret.
        let by_number =
            Mail::new(ALICE, &format!("Re: [{number}] Payslip"), "f3@customer.example").header(format!("Cc: {MALLORY}")).header(FAIL);
        let other = opened(&desk.mail(&by_number));
        assert_eq!((&newest(desk, &other)["held"], participants(desk, &other)), (&json!(true), 0));
        assert_eq!(text(&shown(desk, &other), "/requester/email"), "unknown-sender@mail.invalid");
        assert!(trap.letters(desk).is_empty(), "nothing goes out, least of all to Mallory");
        assert_eq!(found(&desk.api(Role::Agent), "is:held").len(), 2);
    });
}

#[test]
fn t_m1_where_the_domain_says_nothing_only_what_went_to_that_very_address_acts_for_it() {
    both(|desk| {
        let trap = MailTrap::start(desk);
        let (ticket, reply_to, answer) = answered(desk, &trap, "one@customer.example");
        let number = text(&ticket, "/number").to_owned();
        let weak = [
            Mail::new(ALICE, &format!("Re: [{number}] Payslip"), "w1@customer.example"),
            Mail::new(ALICE, "Re: Payslip", "w2@customer.example").header("References: <one@customer.example>"),
        ];
        for mail in weak {
            assert_eq!(desk.mail(&mail.header(format!("Cc: {MALLORY}"))), Outcome::Joined(number.clone()));
            let message = newest(desk, &ticket);
            assert_eq!((&message["held"], &message["verified"], participants(desk, &ticket)), (&json!(true), &json!(false), 0));
            // Somebody has to look, so that it does not lie in a finished ticket.
            assert_eq!(text(&shown(desk, &ticket), "/status"), "open");
        }
        let strong = [
            Mail::new(ALICE, "Re: Payslip", "s1@customer.example").to(&reply_to),
            Mail::new(ALICE, "Re: Payslip", "s2@customer.example").header(format!("In-Reply-To: <{answer}>")),
        ];
        for mail in strong {
            assert_eq!(desk.mail(&mail.header(format!("Cc: {MALLORY}"))), Outcome::Joined(number.clone()));
            let message = newest(desk, &ticket);
            assert_eq!((&message["held"], &message["verified"], participants(desk, &ticket)), (&json!(false), &json!(false), 0));
        }
        assert!(trap.letters(desk).is_empty());
    });
}

#[test]
fn t_m1_a_participant_for_whom_the_domain_vouches_may_bring_others_along() {
    both(|desk| {
        let trap = MailTrap::start(desk);
        let (ticket, reply_to, _) = answered(desk, &trap, "one@customer.example");
        let mail = Mail::new(ALICE, "Re: Payslip", "two@customer.example").to(&reply_to).header("Cc: bob@customer.example").header(PASS);
        desk.mail(&mail);
        let message = newest(desk, &ticket);
        assert_eq!((&message["held"], &message["verified"], participants(desk, &ticket)), (&json!(false), &json!(true), 1));
        assert_eq!(text(&shown(desk, &ticket), "/status"), "open");
    });
}

#[test]
fn t_m1_a_code_that_a_third_party_sends_to_a_reply_address_stays_with_the_agents() {
    both(|desk| {
        let trap = MailTrap::start(desk);
        let rosa = "Rosa <rosa@brackwater.example>";
        let ticket = opened(&desk.mail(&Mail::new(rosa, "Account", "acc@brackwater.example").header(PASS)));
        trap.letters(desk);
        desk.api(Role::Agent).post(&below(&ticket, "messages"), &json!({ "body": "Which account?" })).must(201);
        let reply_to = trap.letter(desk).mail.reply_to.unwrap().email;
        let code =
            Mail::new("noreply@thirdparty.example", "Your code", "c@thirdparty.example").to(&reply_to).text("code 123456").header(PASS);
        assert!(matches!(desk.mail(&code), Outcome::Joined(_)));
        assert!(text(&newest(desk, &ticket), "/body_text").contains("123456"));
        let requester = desk.api(Role::Requester);
        for seen in [below(&ticket, "messages"), below(&ticket, "timeline")] {
            let answer = requester.get(&seen);
            assert!(answer.status == 404 || !answer.text().contains("123456"), "{}", answer.text());
        }
        let page = desk.pages(Role::Requester).get(&format!("/requests/{}", text(&ticket, "/number")));
        assert!(!page.text().contains("123456"));
        let held = text(&newest(desk, &ticket), "/id").to_owned();
        requester.get(&format!("/api/v1/messages/{held}")).problem(404);
        assert!(!shown(desk, &ticket).to_string().contains("123456"), "nor in the snippet");
    });
}

#[test]
fn t_m1_no_guessed_token_opens_a_ticket_of_somebody_else() {
    both(|desk| {
        let trap = MailTrap::start(desk);
        let (ticket, reply_to, _) = answered(desk, &trap, "one@customer.example");
        let (local, domain) = reply_to.rsplit_once('@').unwrap();
        let token = local.split_once('+').unwrap().1;
        for n in 0..40 {
            let mut bytes: Vec<u8> = token.bytes().collect();
            let at = n % bytes.len();
            bytes[at] = if bytes[at] == b'a' { b'b' } else { b'a' };
            let guessed = format!("it+{}@{domain}", String::from_utf8(bytes).unwrap());
            let mail = Mail::new(MALLORY, "Re: Payslip", &format!("g{n}@evil.example")).to(guessed).header(PASS);
            assert!(matches!(desk.mail(&mail), Outcome::Opened(_)), "{n}");
        }
        assert_eq!(messages(desk, &ticket).len(), 2);
    });
}

#[test]
fn t_m2_a_mail_from_an_agents_address_is_never_an_agents_answer() {
    both(|desk| {
        let trap = MailTrap::start(desk);
        let (ticket, reply_to, answer) = answered(desk, &trap, "one@customer.example");
        let agent = text(&desk.api(Role::Agent).get("/api/v1/me").must(200), "/emails/0").to_owned();
        let senders = [
            format!("Agent <{agent}>"),
            format!("=?utf-8?Q?{}?=", agent.replace('@', "=40")),
            format!("Alice <alice@customer.example>, Agent <{agent}>"),
            format!("Team: {agent};"),
            format!("(alice@customer.example) {agent}"),
        ];
        for (n, from) in senders.iter().enumerate() {
            for verdict in [PASS, FAIL, "X-Test: none"] {
                let id = format!("m2-{n}-{}@desk.example", verdict.len());
                let mail = Mail::new(from, "Re: Payslip", &id).to(&reply_to).header(format!("In-Reply-To: <{answer}>")).header(verdict);
                desk.raw_mail(Some("x@desk.example"), std::slice::from_ref(&reply_to), mail.raw());
                let message = newest(desk, &ticket);
                assert_eq!((text(&message, "/kind"), &message["held"]), ("inbound", &json!(true)), "{from} {verdict}");
            }
        }
        // A forged id of ours, with and without a thread.
        for (n, id) in ["notify-1-2-abc@desk.example", "1.inc-1@desk.example"].into_iter().enumerate() {
            let mail =
                Mail::new(MALLORY, "Re: Payslip", &format!("m2f{n}@evil.example")).header(format!("References: <{id}>")).header(PASS);
            assert!(matches!(desk.mail(&mail), Outcome::Opened(_)));
        }
        let to: Vec<String> = trap.letters(desk).into_iter().flat_map(|letter| letter.to).collect();
        assert!(!to.contains(&"alice@customer.example".to_owned()), "{to:?}");
    });
}

#[test]
fn t_m6_two_desks_that_point_at_each_other_stop_by_themselves() {
    // The other desk is played by what it would send: an acknowledgement to whatever comes, with the marks of ours.
    both(|desk| {
        let trap = MailTrap::start(desk);
        let other = "Other desk <help@other.example>";
        let mut sent_to_other = 0;
        desk.mail(&Mail::new(other, "Printer", "seed@other.example"));
        for hour in 0..24 {
            for letter in trap.letters(desk) {
                sent_to_other += 1;
                let subject = format!("Ticket received - {}", letter.mail.subject);
                let echo = Mail::new(other, &subject, &format!("e{hour}-{sent_to_other}@other.example"))
                    .header("Auto-Submitted: auto-replied")
                    .header(format!("In-Reply-To: <{}>", letter.mail.message_id.unwrap()));
                desk.raw_mail(None, &["it@desk.example".to_owned()], echo.raw());
                // An ill-bred one without any mark.
                let rude = Mail::new(other, &subject, &format!("r{hour}-{sent_to_other}@other.example"));
                desk.mail(&rude);
            }
            desk.advance(Span::hours(1));
        }
        assert!(sent_to_other <= 3 * 24, "{sent_to_other}");
    });
}

#[test]
fn t_m6_two_desks_of_ours_exchange_at_most_one_ticket_a_side_and_three_mails() {
    let [left, right] = [0, 1].map(|_| TestDesk::open(store::Dialect::Sqlite, crate::house::serve));
    let (left_trap, right_trap) = (MailTrap::start(&left), MailTrap::start(&right));
    // Each knows the other as a customer; addresses are told apart by their domain in the envelope that the test rewrites.
    let renamed = |raw: &[u8], from: &str, to: &str| {
        String::from_utf8_lossy(raw).replace("desk.example", "X").replace(to, "desk.example").replace('X', from).into_bytes()
    };
    let seed = Mail::new("HR <it@right.example>", "Printer", "seed@right.example");
    left.mail(&seed);
    let mut mails = 0;
    for _ in 0..24 {
        for letter in left_trap.letters(&left) {
            mails += 1;
            let raw = renamed(&letter.raw, "left.example", "right.example");
            right.raw_mail((!letter.from.is_empty()).then_some("it@left.example"), &["it@desk.example".to_owned()], raw);
        }
        for letter in right_trap.letters(&right) {
            mails += 1;
            let raw = renamed(&letter.raw, "right.example", "left.example");
            left.raw_mail((!letter.from.is_empty()).then_some("it@right.example"), &["it@desk.example".to_owned()], raw);
        }
        left.advance(Span::hours(1));
        right.advance(Span::hours(1));
    }
    assert!(mails <= 3, "{mails}");
    for desk in [&left, &right] {
        assert!(items(&desk.api(Role::Admin).get(TICKETS)).len() <= 1);
    }
}

#[test]
fn t_m8_one_mail_makes_at_most_forty_people() {
    both(|desk| {
        let trap = MailTrap::start(desk);
        let before = items(&desk.api(Role::Admin).get("/api/v1/people?limit=200")).len();
        let many: Vec<String> = (0..5_000).map(|n| format!("p{n}@crowd.example")).collect();
        let mail = Mail::new(ALICE, "Everybody", "crowd@customer.example").header(format!("Cc: {}", many.join(",\r\n "))).header(PASS);
        let ticket = opened(&desk.mail(&mail));
        let after = items(&desk.api(Role::Admin).get("/api/v1/people?limit=200")).len();
        assert!(after - before <= 41, "{before} {after}");
        assert!(participants(desk, &ticket) <= 40);
        assert_eq!(trap.letters(desk).len(), 1);
    });
}

#[test]
fn one_mail_to_two_desks_is_one_ticket_that_both_see() {
    both(|desk| {
        let mail = Mail::new(ALICE, "Leaving on Friday", "leave@customer.example");
        let ticket = opened(&desk.mail(&mail));
        desk.api(Role::OtherAgent).get(&path(&ticket)).problem(404);
        let again = desk.mail(&mail.clone().to("hr@desk.example"));
        assert_eq!(again, Outcome::Shared(text(&ticket, "/number").to_owned()));
        assert_eq!(messages(desk, &ticket).len(), 1);
        for role in [Role::Agent, Role::OtherAgent] {
            desk.api(role).get(&path(&ticket)).must(200);
            assert_eq!(items(&desk.api(role).get(TICKETS)).len(), 1, "{role:?}");
        }
        assert_eq!(found(&desk.api(Role::OtherAgent), "desk:hr").len(), 1);
        assert_eq!(found(&desk.api(Role::Admin), "desk:hr").len(), 1);
        desk.api(Role::OtherAgent).post(&below(&ticket, "messages"), &json!({ "body": "Badge returned.", "kind": "note" })).must(201);
        assert_eq!(desk.mail(&mail.to("hr@desk.example")), Outcome::Duplicate);
        // In one delivery, and through the mail of both at once.
        let both_at_once = Mail::new(ALICE, "Starting on Monday", "start@customer.example");
        let outcome = desk.raw_mail(
            Some("alice@customer.example"),
            &["hr@desk.example".to_owned(), "it@desk.example".to_owned()],
            both_at_once.raw(),
        );
        desk.api(Role::Agent).get(&path(&opened(&outcome))).must(200);
        desk.api(Role::OtherAgent).get(&path(&opened(&outcome))).must(200);
    });
}

#[test]
fn another_mail_under_a_known_id_is_a_ticket_of_its_own_and_says_so() {
    both(|desk| {
        let first = opened(&desk.mail(&Mail::new(ALICE, "Gate", "same@customer.example")));
        let other = Mail::new(ALICE, "Gate", "same@customer.example").text("Quite another text.");
        let second = opened(&desk.mail(&other));
        assert_ne!(first, second);
        assert!(newest(desk, &second)["extras"]["defects"].to_string().contains("Message-ID"));
        assert_eq!(desk.mail(&other), Outcome::Duplicate);
    });
}

#[test]
fn an_answer_that_comes_before_what_it_answers_is_one_thread_with_it() {
    both(|desk| {
        let late = Mail::new(ALICE, "Gate", "late@customer.example");
        let early = Mail::new(ALICE, "Re: Gate", "early@customer.example").header("References: <late@customer.example>");
        let ticket = opened(&desk.mail(&early));
        assert_eq!(desk.mail(&late), Outcome::Joined(text(&ticket, "/number").to_owned()));
        assert!(newest(desk, &ticket)["joined_because"].to_string().contains("thread"));
        // Nobody else is led there by a name that anybody can write.
        let stranger = Mail::new(MALLORY, "Re: Gate", "x@evil.example").header("References: <never-seen@customer.example>");
        assert!(matches!(desk.mail(&stranger), Outcome::Opened(_)));
    });
}

#[test]
fn an_answer_to_a_ticket_that_ended_long_ago_opens_a_linked_one_by_setting() {
    both(|desk| {
        let trap = MailTrap::start(desk);
        desk.api(Role::Admin).patch(&format!("/api/v1/desks/{}", desk.it), &json!({ "follow_up_days": 30 })).must(200);
        let (ticket, reply_to, _) = answered(desk, &trap, "one@customer.example");
        desk.advance(Span::days(29));
        assert!(matches!(desk.mail(&Mail::new(ALICE, "Re", "two@customer.example").to(&reply_to)), Outcome::Joined(_)));
        desk.api(Role::Agent).post(&below(&ticket, "transition"), &json!({ "to": "closed" })).must(200);
        desk.advance(Span::days(31));
        let follow_up = opened(&desk.mail(&Mail::new(ALICE, "Re: Payslip", "three@customer.example").to(&reply_to)));
        assert_eq!(text(&shown(desk, &follow_up), "/links/0/number"), text(&ticket, "/number"));
        assert_eq!(text(&shown(desk, &ticket), "/status"), "closed");
        desk.api(Role::Admin).patch(&format!("/api/v1/desks/{}", desk.it), &json!({ "follow_up_days": 0 })).must(200);
        assert!(matches!(desk.mail(&Mail::new(ALICE, "Re: Payslip", "four@customer.example").to(&reply_to)), Outcome::Joined(_)));
        assert_eq!(text(&shown(desk, &ticket), "/status"), "open");
    });
}

#[test]
fn threading_over_again_tells_what_would_lie_elsewhere_and_changes_nothing() {
    both(|desk| {
        let early = Mail::new("bob@customer.example", "Re: Gate", "b@customer.example").header("References: <a@customer.example>");
        let apart = opened(&desk.mail(&early));
        let late = opened(&desk.mail(&Mail::new(ALICE, "Gate", "a@customer.example")));
        assert!(matches!(
            desk.mail(&Mail::new(ALICE, "Re: Gate", "c@customer.example").header("References: <a@customer.example>")),
            Outcome::Joined(_)
        ));
        let mut told = Vec::new();
        let looked_at = channels::mail::inbound::misplaced(&desk.desk, |one| told.push(one)).unwrap();
        assert_eq!((looked_at, told.len()), (3, 1));
        let number = told[0].belongs_to.as_ref().map(|(number, _)| number.as_str());
        assert_eq!((told[0].lies_in.as_str(), number), (text(&apart, "/number"), Some(text(&late, "/number"))));
        assert_eq!(messages(desk, &apart).len(), 1);
    });
}
