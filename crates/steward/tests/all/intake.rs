//! Mail from the door to the ticket, and the answer back to the customer's mail program.

use channels::mail::inbound::Outcome;
use kernel::Span;
use serde_json::{Value, json};
use testkit::{Mail, MailTrap, Role, TestDesk};

use crate::house::{TICKETS, below, both, items, path, text};

const ROSA: &str = "Rosa Marin <rosa@brackwater.example>";
const IT: &str = "it@desk.example";

fn opened(outcome: &Outcome) -> Value {
    let Outcome::Opened(number) = outcome else { panic!("{outcome:?}") };
    json!({ "number": number })
}

fn messages(desk: &TestDesk, ticket: &Value) -> Vec<Value> {
    items(&desk.api(Role::Agent).get(&below(ticket, "messages")))
}

fn shown(desk: &TestDesk, ticket: &Value) -> Value {
    desk.api(Role::Agent).get(&path(ticket)).must(200)
}

fn replied(desk: &TestDesk, ticket: &Value, body: &str) {
    desk.api(Role::Agent).post(&below(ticket, "messages"), &json!({ "body": body })).must(201);
}

#[test]
fn a_mail_becomes_a_ticket_is_answered_and_the_answer_joins_by_each_of_three_ways() {
    both(|desk| {
        let trap = MailTrap::start(desk);
        let first = Mail::new(ROSA, "Gates reject =?utf-8?Q?p=C4=81sses?=", "one@brackwater.example")
            .header("Cc: Jo <jo@customer.example>, it@desk.example");
        let ticket = opened(&desk.mail(&first));
        let record = shown(desk, &ticket);
        assert_eq!((text(&record, "/channel"), text(&record, "/title"), text(&record, "/desk/key")), ("mail", "Gates reject pāsses", "it"));
        assert_eq!(
            (text(&record, "/requester/email"), text(&record, "/organisation/name")),
            ("rosa@brackwater.example", "Brackwater Ferries")
        );
        let message = messages(desk, &ticket).remove(0);
        assert_eq!(
            (text(&message, "/kind"), text(&message, "/from/email"), text(&message, "/message_id")),
            ("inbound", "rosa@brackwater.example", "one@brackwater.example")
        );
        assert_eq!((&message["verified"], &message["automatic"], &message["joined_because"]), (&json!(false), &json!(false), &Value::Null));
        let raw = desk.api(Role::Agent).get(&format!("/api/v1/messages/{}/raw", text(&message, "/id")));
        assert_eq!((raw.status, raw.body), (200, first.raw()));

        let acknowledgement = trap.letter(desk);
        assert_eq!((acknowledgement.from.as_str(), acknowledgement.to.as_slice()), ("", &["rosa@brackwater.example".to_owned()][..]));
        assert_eq!(acknowledgement.header("Auto-Submitted"), "auto-replied");
        assert!(
            acknowledgement.mail.subject.contains(text(&ticket, "/number")) && !acknowledgement.mail.text.contains("About:"),
            "{acknowledgement:?}"
        );

        replied(desk, &ticket, "Gate 3 is back.");
        let letters = trap.letters(desk);
        let to: Vec<&str> = letters.iter().map(|letter| letter.to[0].as_str()).collect();
        assert_eq!(to, ["jo@customer.example", "rosa@brackwater.example"]);
        assert_ne!(letters[0].header("Reply-To"), letters[1].header("Reply-To"));
        let letter = &letters[1];
        assert_eq!(letter.from, IT);
        assert!(letter.header("From").ends_with("<it@desk.example>") && letter.mail.text.contains("Gate 3 is back."));
        let reply_to = letter.mail.reply_to.as_ref().unwrap().email.clone();
        assert!(reply_to.starts_with("it+") && reply_to.ends_with("@desk.example") && reply_to.len() > 50);
        assert!(letter.header("References").contains("<one@brackwater.example>"), "{}", letter.header("References"));
        assert!(letter.header("In-Reply-To").starts_with('<') && letter.header("Auto-Submitted").is_empty());
        let id = letter.mail.message_id.clone().unwrap();
        assert_eq!(text(&shown(desk, &ticket), "/status"), "pending");

        let by_address = Mail::new(ROSA, "Re: gates", "two@brackwater.example").to(&reply_to).text("Yes, by address.");
        let by_thread = Mail::new(ROSA, "Something else", "three@brackwater.example")
            .header(format!("References: <unknown@x.example> <{id}>"))
            .text("Yes, by thread.");
        let by_number =
            Mail::new(ROSA, &format!("Re: [{}] gates", text(&ticket, "/number")), "four@brackwater.example").text("Yes, by number.");
        for (mail, because) in [(by_address, "reply_address"), (by_thread, "references"), (by_number, "subject_number")] {
            assert!(matches!(desk.mail(&mail), Outcome::Joined(number) if number == text(&ticket, "/number")), "{because}");
            let joined = messages(desk, &ticket).pop().unwrap();
            assert!(joined["joined_because"].to_string().contains(because), "{joined}");
            assert_eq!((&joined["stranger"], text(&joined, "/body_text")), (&json!(false), mail.text.as_str()));
            assert_eq!(text(&shown(desk, &ticket), "/status"), "open");
            replied(desk, &ticket, "Thank you.");
            let thread = trap.letters(desk).pop().unwrap().header("References");
            assert!(thread.contains("<one@brackwater.example>") && thread.contains(&format!("<{}>", mail.id)), "{thread}");
        }
        // An answer to the acknowledgement joins as well.
        let answer = Mail::new(ROSA, "Re: your request", "five@brackwater.example")
            .header(format!("In-Reply-To: <{}>", acknowledgement.mail.message_id.unwrap()));
        assert!(matches!(desk.mail(&answer), Outcome::Joined(_)));
        assert!(trap.letters(desk).is_empty());
    });
}

#[test]
fn a_mail_that_came_before_is_dropped() {
    both(|desk| {
        let trap = MailTrap::start(desk);
        let mail = Mail::new(ROSA, "Once", "once@brackwater.example");
        let ticket = opened(&desk.mail(&mail));
        assert_eq!(desk.mail(&mail), Outcome::Duplicate);
        assert_eq!(desk.mail(&mail), Outcome::Duplicate);
        // Also when both wait together.
        let twice = Mail::new(ROSA, "Twice", "twice@brackwater.example");
        for _ in 0..2 {
            desk.take_mail(Some("rosa@brackwater.example"), &[IT.to_owned()], twice.raw());
        }
        let outcomes = desk.read_mail();
        assert!(matches!(&outcomes[..], [Outcome::Opened(_), Outcome::Duplicate]), "{outcomes:?}");
        assert_eq!(messages(desk, &ticket).len(), 1);
        assert_eq!(items(&desk.api(Role::Agent).get(TICKETS)).len(), 2);
        assert_eq!(trap.letters(desk).len(), 2);
    });
}

#[test]
fn a_machines_mail_is_recorded_not_answered_and_reopens_nothing() {
    both(|desk| {
        let trap = MailTrap::start(desk);
        let automatic = [
            "Auto-Submitted: auto-replied",
            "Precedence: bulk",
            "List-Id: <news.example>",
            "X-Auto-Response-Suppress: All",
            "X-Autoreply: yes",
        ];
        for (n, header) in automatic.into_iter().enumerate() {
            let mail =
                Mail::new("Robot <robot@machines.example>", &format!("Report {n}"), &format!("r{n}@machines.example")).header(header);
            let ticket = opened(&desk.mail(&mail));
            assert_eq!(messages(desk, &ticket)[0]["automatic"], true, "{header}");
        }
        assert!(trap.letters(desk).is_empty());
        let ticket = opened(&desk.mail(&Mail::new(ROSA, "Gates", "gates@brackwater.example")));
        trap.letter(desk);
        replied(desk, &ticket, "Done.");
        let letter = trap.letter(desk);
        desk.api(Role::Agent).post(&below(&ticket, "transition"), &json!({ "to": "resolved" })).must(200);
        let away = Mail::new(ROSA, "Out of office", "away@brackwater.example").header("Auto-Submitted: auto-replied").to(&letter
            .mail
            .reply_to
            .unwrap()
            .email);
        assert!(matches!(desk.mail(&away), Outcome::Joined(_)));
        assert_eq!(text(&shown(desk, &ticket), "/status"), "resolved");
        // A report without an envelope sender is one too, and says of which message it is.
        let id = letter.mail.message_id.unwrap();
        let bounce = format!(
            "From: MAILER-DAEMON@mx.example\r\nTo: it@desk.example\r\nSubject: Undelivered\r\nMessage-ID: <b1@mx.example>\r\nMIME-Version: 1.0\r\n\
             Content-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nNo such user.\r\n\
             --b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example\r\n\r\nFinal-Recipient: rfc822; rosa@brackwater.example\r\nAction: failed\r\nStatus: 5.1.1\r\n\
             --b\r\nContent-Type: text/rfc822-headers\r\n\r\nMessage-ID: <{id}>\r\nSubject: Re\r\n\r\n--b--\r\n"
        );
        assert!(matches!(desk.raw_mail(None, &[IT.to_owned()], bounce.into_bytes()), Outcome::Joined(_)));
        let report = messages(desk, &ticket).pop().unwrap();
        assert_eq!(report["automatic"], true);
        assert!(report["bounce_of"].is_string(), "{report}");
        assert_eq!(text(&shown(desk, &ticket), "/status"), "resolved");
        assert!(trap.letters(desk).is_empty());
    });
}

#[test]
fn t_m3_a_stranger_in_a_known_thread_is_flagged_and_gets_no_access() {
    both(|desk| {
        let trap = MailTrap::start(desk);
        let ticket = opened(&desk.mail(&Mail::new(ROSA, "Salary", "salary@brackwater.example")));
        trap.letter(desk);
        replied(desk, &ticket, "Confidential answer.");
        let reply_to = trap.letter(desk).mail.reply_to.unwrap().email;
        let sam = "Sam <sam@elsewhere.example>";
        for (n, mail) in [
            Mail::new(sam, "Re: Salary", "s1@elsewhere.example").header("References: <salary@brackwater.example>"),
            Mail::new(sam, "Re: Salary", "s2@elsewhere.example").to(&reply_to),
            Mail::new("Rosa Marin <rosa@brackwater.example>, Sam <sam@elsewhere.example>", "Re: Salary", "s3@elsewhere.example")
                .to(&reply_to),
        ]
        .into_iter()
        .enumerate()
        {
            let mail = mail.header("Cc: mallory@evil.example");
            assert!(matches!(desk.mail(&mail), Outcome::Joined(_)), "{n}");
            let joined = messages(desk, &ticket).pop().unwrap();
            assert_eq!(joined["stranger"], true, "{n}");
            assert_ne!(text(&joined, "/author/email"), if n < 2 { "rosa@brackwater.example" } else { "" }, "{n}");
        }
        desk.api(Role::Stranger).get(&path(&ticket)).problem(404);
        assert_eq!(items(&desk.api(Role::Stranger).get(TICKETS)).len(), 0);
        assert_eq!(items(&desk.api(Role::Agent).get(&below(&ticket, "participants"))).len(), 0);
        replied(desk, &ticket, "Only for Rosa.");
        assert_eq!(trap.letter(desk).to, ["rosa@brackwater.example"]);
        // The number in a subject opens nothing for somebody who takes no part.
        let number = text(&ticket, "/number");
        let other = opened(&desk.mail(&Mail::new(sam, &format!("Re: [{number}] Salary"), "s4@elsewhere.example")));
        assert_ne!(text(&other, "/number"), number);
        // A changed token is none.
        let forged = reply_to.replacen(|c: char| c.is_ascii_digit(), "z", 1);
        assert!(matches!(desk.mail(&Mail::new(sam, "Salary", "s5@elsewhere.example").to(&forged)), Outcome::Opened(_)));
        trap.letters(desk);
    });
}

#[test]
fn t_m4_headers_of_ours_from_outside_mean_nothing() {
    both(|desk| {
        let mut mail = Mail::new(ROSA, "Plain", "plain@brackwater.example");
        for header in [
            "X-Steward-Ticket: QUE-1",
            "X-Steward-Desk: hr",
            "X-Steward-Kind: problem",
            "X-Steward-Priority: critical",
            "X-Steward-Assignee: ada@desk.example",
            "X-Steward-Stranger: false",
            "X-Steward-Verified: true",
            "X-Steward-Status: closed",
            "Steward-Ticket: 1",
            "X-Zammad-Ticket-Priority: 3",
            "X-RT-Command: steal",
            "X-Priority: 1",
            "X-On-Behalf-Of: ada@desk.example",
        ] {
            mail = mail.header(header);
        }
        let victim = opened(&desk.mail(&Mail::new("jo@customer.example", "Victim", "victim@customer.example")));
        let ticket = shown(desk, &opened(&desk.mail(&mail)));
        assert_ne!(ticket["number"], victim["number"]);
        for (pointer, value) in [
            ("/kind", "question"),
            ("/priority", "normal"),
            ("/status", "new"),
            ("/desk/key", "it"),
            ("/requester/email", "rosa@brackwater.example"),
        ] {
            assert_eq!(text(&ticket, pointer), value);
        }
        assert_eq!((&ticket["assignee"], &messages(desk, &ticket)[0]["verified"]), (&Value::Null, &json!(false)));
        let trap = MailTrap::start(desk);
        assert_eq!(trap.letters(desk).len(), 2);
    });
}

#[test]
fn t_m5_no_field_makes_another_header_of_what_goes_out() {
    both(|desk| {
        let trap = MailTrap::start(desk);
        let api = desk.api(Role::Admin);
        for (n, end) in ["\n", "\r\n", "\r", "\u{0}", "\u{2028}", "\r\n "].into_iter().enumerate() {
            let evil = format!("Name{end}Bcc: victim{n}@evil.example{end}X-Evil: 1{end}{end}body");
            api.patch(&format!("/api/v1/desks/{}", desk.it), &json!({ "name": format!("IT {n}") })).must(200);
            let person = api.post("/api/v1/people", &json!({ "email": format!("p{n}@m5.example"), "name": evil }));
            assert!(person.status == 201 || person.status == 422 || person.status == 400, "{}", person.text());
            let new = json!({ "title": evil, "requester": format!("p{n}@m5.example"), "desk": desk.it.to_string() });
            let made = api.post(TICKETS, &new);
            if made.status == 400 || made.status == 422 {
                continue;
            }
            let ticket = made.must(201);
            let file = api.upload("x%0d%0aX-Evil: 1.txt", "text/plain", b"x").must(201);
            api.post(&below(&ticket, "messages"), &json!({ "body": "Answer", "attachments": [file["id"]] })).must(201);
            let letter = trap.letter(desk);
            assert_eq!(letter.to, [format!("p{n}@m5.example")]);
            let head = String::from_utf8_lossy(&letter.raw).split("\r\n\r\n").next().unwrap().to_owned();
            for line in head.split("\r\n") {
                let lower = line.to_lowercase();
                assert!(!lower.starts_with("bcc") && !lower.starts_with("x-evil"), "{head}");
                assert!(!line.contains(['\r', '\n', '\u{0}']), "{head:?}");
            }
        }
    });
}

#[test]
fn what_cannot_be_read_is_a_visible_ticket_with_the_raw_message() {
    both(|desk| {
        for raw in [
            &b"\xff\xfe\x00\x01 no mail at all"[..],
            b"",
            b"\r\n\r\n",
            b"From: <>\r\n\r\nx",
            b"From: not an address\r\nSubject: x\r\n\r\nx\x00y",
        ] {
            let outcome = desk.raw_mail(None, &[IT.to_owned()], raw.to_vec());
            let Outcome::Unreadable(number) = outcome else { panic!("{outcome:?}") };
            let ticket = json!({ "number": number });
            let message = messages(desk, &ticket).remove(0);
            assert_eq!((text(&message, "/attachments/0/filename"), &message["automatic"]), ("message.eml", &json!(true)));
            let file = desk.api(Role::Agent).get(&format!("/api/v1/attachments/{}", text(&message, "/attachments/0/id")));
            assert_eq!((file.status, file.body.as_slice()), (200, raw));
            assert!(shown(desk, &ticket)["title"].as_str().is_some_and(|title| !title.is_empty()));
        }
        let trap = MailTrap::start(desk);
        assert!(trap.letters(desk).is_empty());
    });
}

#[test]
fn every_odd_mail_of_the_collection_becomes_something_on_both_databases() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../channels/testdata");
    let mut names: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|kind| kind == "eml"))
        .collect();
    names.sort();
    assert!(names.len() > 10);
    both(|desk| {
        for name in &names {
            let raw = std::fs::read(name).unwrap();
            // As it is, cut short, and with bytes that no database takes as text.
            let spoiled: Vec<u8> = raw.iter().enumerate().map(|(at, byte)| if at % 97 == 50 { 0 } else { *byte }).collect();
            let half = raw.get(..raw.len() / 2).unwrap().to_vec();
            for raw in [raw, half, spoiled] {
                desk.take_mail(Some("collection@odd.example"), &[IT.to_owned()], raw);
            }
        }
        let outcomes = desk.read_mail();
        assert_eq!(outcomes.len(), names.len() * 3);
        assert!(outcomes.iter().all(|outcome| *outcome != Outcome::Taken), "{outcomes:?}");
        let failed = desk.desk.store().read_blocking(channels::mail::inbound::rows::count_failed).unwrap();
        assert_eq!(failed, 0);
        for ticket in items(&desk.api(Role::Admin).get(&format!("{TICKETS}?limit=200"))) {
            desk.api(Role::Admin).get(&below(&ticket, "messages")).must(200);
            assert_eq!(desk.pages(Role::Admin).get(&format!("/desk/tickets/{}", text(&ticket, "/number"))).status, 200);
        }
        desk.react();
        desk.leaves_mail();
    });
}

#[test]
fn mail_waits_while_the_relay_is_away_and_leaves_once() {
    both(|desk| {
        let trap = MailTrap::start(desk);
        trap.set_down(true);
        let ticket = opened(&desk.mail(&Mail::new(ROSA, "Gates", "w1@brackwater.example")));
        replied(desk, &ticket, "Patience.");
        assert!(trap.letters(desk).is_empty());
        assert_eq!(desk.waiting_letters(), 2);
        let told = desk.api(Role::Admin).get("/api/v1/outgoing").must(200);
        assert_eq!((text(&told, "/items/0/state"), &told["items"][0]["attempts"]), ("waiting", &json!(1)));
        assert!(!text(&told, "/items/0/problem").is_empty());
        // Tried again later and later; nothing is given up within days.
        for _ in 0..10 {
            desk.advance(Span::hours(2));
            trap.send(desk);
        }
        assert_eq!(desk.waiting_letters(), 2);
        let before = text(&told, "/items/0/message_id").to_owned();
        trap.set_down(false);
        desk.advance(Span::hours(2));
        let letters = trap.letters(desk);
        assert_eq!(letters.len(), 2);
        assert!(letters.iter().any(|letter| letter.mail.message_id.as_deref() == Some(&before)));
        for _ in 0..3 {
            desk.advance(Span::hours(2));
            assert!(trap.letters(desk).is_empty());
        }
        let told = desk.api(Role::Admin).get("/api/v1/outgoing").must(200);
        assert!(told["items"].as_array().unwrap().iter().all(|mail| mail["state"] == "sent"));
    });
}

#[test]
fn t_m7_an_address_gets_at_most_three_acknowledgements_an_hour() {
    both(|desk| {
        let trap = MailTrap::start(desk);
        let storm = |from: usize| {
            for n in from..from + 6 {
                desk.mail(&Mail::new(ROSA, &format!("Again {n}"), &format!("storm{n}@brackwater.example")));
            }
            desk.mail(&Mail::new("jo@customer.example", &format!("Other {from}"), &format!("other{from}@customer.example")));
        };
        storm(0);
        let to: Vec<String> = trap.letters(desk).iter().map(|letter| letter.to[0].clone()).collect();
        assert_eq!(to, ["jo@customer.example", "rosa@brackwater.example", "rosa@brackwater.example", "rosa@brackwater.example"]);
        desk.advance(Span::minutes(59));
        storm(10);
        assert_eq!(trap.letters(desk).len(), 1);
        desk.advance(Span::minutes(61));
        storm(20);
        assert_eq!(trap.letters(desk).len(), 4);
        // Our own addresses never get one: two desks would answer each other for ever.
        desk.mail(&Mail::new("HR <hr@desk.example>", "Ticket received", "loop@desk.example"));
        assert!(trap.letters(desk).is_empty());
    });
}
