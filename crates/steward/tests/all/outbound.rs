//! What goes out and when: replies that wait, side conversations, what became of each mail, who gets it.

use channels::mail::outbound::Releaser;
use desk::conversation::{Body, Correspondent, MailPart};
use desk::side;
use kernel::{SideId, Span};
use people::person;
use serde_json::{Value, json};
use testkit::{MailTrap, Role, TestDesk};

use crate::house::{TICKETS, below, both, items, one, opened, path, serve, text};

const SENDS: &str = "scheduled-sends";
const SIDES: &str = "side-conversations";

fn release(desk: &TestDesk) {
    while desk.wait(Releaser::new(desk.desk.clone()).round()).unwrap() > 0 {}
}

fn at(desk: &TestDesk, ahead: Span) -> String {
    (desk.desk.clock().now() + ahead).to_string()
}

fn later(desk: &TestDesk, ticket: &Value, body: &str, ahead: Span) -> Value {
    let answer = desk.api(Role::Agent).post(&below(ticket, "messages"), &json!({ "body": body, "send_at": at(desk, ahead) }));
    answer.must(202)
}

fn said(desk: &TestDesk, ticket: &Value) -> Vec<Value> {
    items(&desk.api(Role::Agent).get(&below(ticket, "messages")))
}

fn send_path(send: &Value) -> String {
    format!("/api/v1/{SENDS}/{}", text(send, "/id"))
}

#[test]
fn a_reply_for_later_goes_at_its_time_as_its_author_and_moves_the_ticket_then() {
    both(|desk| {
        let trap = MailTrap::start(desk);
        let ticket = opened(desk, &json!({}));
        let send = later(desk, &ticket, "Good morning.", Span::hours(14));
        assert_eq!((text(&send, "/state"), text(&send, "/author/email")), ("waiting", "anna@desk.example"));
        release(desk);
        assert_eq!((said(desk, &ticket).len(), trap.letters(desk).len()), (1, 0));
        assert_eq!(text(&desk.api(Role::Agent).get(&path(&ticket)).must(200), "/status"), "new");
        assert_eq!(items(&desk.api(Role::Agent).get(&below(&ticket, SENDS))).len(), 1);
        desk.advance(Span::hours(14));
        release(desk);
        let letter = trap.letter(desk);
        assert!(letter.mail.text.contains("Good morning."), "{letter:?}");
        let reply = said(desk, &ticket).pop().unwrap();
        assert_eq!((text(&reply, "/kind"), text(&reply, "/author/email")), ("reply", "anna@desk.example"));
        assert_eq!(text(&desk.api(Role::Agent).get(&path(&ticket)).must(200), "/status"), "pending");
        assert!(items(&desk.api(Role::Agent).get(&below(&ticket, SENDS))).is_empty());
        // Sent is sent: nothing more to take back, and nothing goes twice.
        desk.api(Role::Agent).delete(&send_path(&send), &json!({})).must(409);
        release(desk);
        assert_eq!(said(desk, &ticket).len(), 2);
    });
}

#[test]
fn a_reply_taken_back_never_goes_and_gives_its_text_back() {
    both(|desk| {
        let ticket = opened(desk, &json!({}));
        let send = later(desk, &ticket, "Wrong customer.", Span::minutes(5));
        let back = desk.api(Role::Agent).delete(&send_path(&send), &json!({})).must(200);
        assert_eq!((text(&back, "/state"), text(&back, "/body_text")), ("withdrawn", "Wrong customer."));
        desk.api(Role::Agent).delete(&send_path(&send), &json!({})).must(409);
        desk.api(Role::Agent).patch(&send_path(&send), &json!({ "send_at": at(desk, Span::days(1)) })).must(409);
        desk.advance(Span::days(2));
        release(desk);
        assert_eq!(said(desk, &ticket).len(), 1);
    });
}

#[test]
fn exactly_one_of_sending_and_taking_back_wins() {
    both(|desk| {
        let trap = MailTrap::start(desk);
        let (mut sent, mut withdrawn) = (0, 0);
        for n in 0..12 {
            let ticket = opened(desk, &json!({ "title": format!("Race {n}") }));
            let send = later(desk, &ticket, "Now or never.", Span::seconds(1));
            desk.advance(Span::seconds(2));
            let id = text(&send, "/id").parse().unwrap();
            let (service, agent) = (desk.desk.clone(), desk.desk.clone());
            let system = kernel::Actor::System("test");
            let releasing = desk.runtime().spawn(async move { Releaser::new(service).round().await });
            let taking = desk.runtime().spawn(async move { agent.execute(&system, desk::scheduled::WithdrawSend(id)).await });
            let taken = desk.wait(taking).unwrap().is_ok();
            desk.wait(releasing).unwrap().unwrap();
            release(desk);
            let went = said(desk, &ticket).len() == 2;
            assert_ne!(taken, went, "round {n}");
            (sent, withdrawn) = (sent + usize::from(went), withdrawn + usize::from(taken));
        }
        assert_eq!(trap.letters(desk).len(), sent);
        assert_eq!(sent + withdrawn, 12);
    });
}

#[test]
fn a_waiting_reply_is_checked_when_it_is_written_and_again_when_it_goes() {
    both(|desk| {
        desk.leaves_mail();
        let ticket = opened(desk, &json!({}));
        let agent = desk.api(Role::Agent);
        for wrong in [at(desk, Span::seconds(-1)), at(desk, Span::days(400)), "tomorrow".to_owned()] {
            agent.post(&below(&ticket, "messages"), &json!({ "body": "x", "send_at": wrong })).must(422);
        }
        let soon = at(desk, Span::hours(1));
        agent.post(&below(&ticket, "messages"), &json!({ "kind": "note", "body": "x", "send_at": soon })).must(422);
        agent.post(&below(&ticket, "messages"), &json!({ "body": "x", "send_at": soon, "attachments": ["unknown"] })).must(422);
        desk.api(Role::Requester).post(&below(&ticket, "messages"), &json!({ "body": "x", "send_at": soon })).must(422);
        // Between writing and sending its author loses the right: it is not sent, not lost, and says so.
        let send = later(desk, &ticket, "From Anna.", Span::hours(1));
        let anna = desk.persona(Role::Agent).id;
        let admin = desk.api(Role::Admin);
        admin.patch(&format!("/api/v1/people/{anna}"), &json!({ "roles": ["requester"] })).must(200);
        desk.advance(Span::hours(2));
        release(desk);
        let kept = items(&admin.get(&below(&ticket, SENDS))).pop().unwrap();
        assert_eq!((text(&kept, "/state"), text(&kept, "/problem"), text(&kept, "/id")), ("failed", "not_allowed", text(&send, "/id")));
        assert_eq!(items(&admin.get(&below(&ticket, "messages"))).len(), 1);
        // Somebody else of the desk takes it back with its text; nobody else edits it.
        admin.patch(&send_path(&send), &json!({ "body": "Other words." })).must(403);
        assert_eq!(text(&admin.delete(&send_path(&send), &json!({})).must(200), "/body_text"), "From Anna.");
    });
}

#[test]
fn a_reply_for_later_says_when_the_customer_wrote_meanwhile_and_can_be_changed() {
    both(|desk| {
        let trap = MailTrap::start(desk);
        let ticket = opened(desk, &json!({}));
        let send = later(desk, &ticket, "We will look.", Span::hours(1));
        desk.advance(Span::minutes(1));
        desk.api(Role::Requester).post(&below(&ticket, "messages"), &json!({ "body": "It works again!" })).must(201);
        let agent = desk.api(Role::Agent);
        let put_off = agent.patch(&send_path(&send), &json!({ "send_at": at(desk, Span::hours(3)) })).must(200);
        agent.with("if-match", "\"1\"").patch(&send_path(&send), &json!({ "body": "x" })).must(412);
        assert_ne!(text(&put_off, "/send_at"), text(&send, "/send_at"));
        desk.advance(Span::hours(2));
        release(desk);
        assert!(trap.letters(desk).is_empty());
        desk.advance(Span::hours(2));
        release(desk);
        trap.letter(desk);
        assert_eq!(said(desk, &ticket).pop().unwrap().pointer("/extras/overtaken"), Some(&json!(true)));
        // Whoever rewrites it has seen what came.
        let send = later(desk, &ticket, "Draft.", Span::hours(1));
        desk.advance(Span::minutes(1));
        desk.api(Role::Requester).post(&below(&ticket, "messages"), &json!({ "body": "Really." })).must(201);
        desk.advance(Span::minutes(1));
        agent.patch(&send_path(&send), &json!({ "body": "Glad to hear it." })).must(200);
        desk.advance(Span::hours(1));
        release(desk);
        assert!(trap.letter(desk).mail.text.contains("Glad to hear it."));
        assert_eq!(said(desk, &ticket).pop().unwrap().pointer("/extras/overtaken"), None);
    });
}

#[test]
fn t_x2_waiting_replies_are_for_those_who_work_on_the_desk() {
    both(|desk| {
        let ticket = opened(desk, &json!({}));
        let send = later(desk, &ticket, "Secret until sent.", Span::hours(1));
        for role in [Role::Requester, Role::Stranger, Role::OtherAgent, Role::Manager] {
            let api = desk.api(role);
            api.get(&below(&ticket, SENDS)).must(404);
            api.delete(&send_path(&send), &json!({})).must(404);
            api.patch(&send_path(&send), &json!({ "body": "x" })).must(404);
        }
        for place in ["messages", "timeline"] {
            let seen = desk.api(Role::Requester).get(&below(&ticket, place));
            assert!(!String::from_utf8(seen.body).unwrap().contains("Secret") && seen.status == 200);
        }
        desk.api(Role::Agent).delete(&send_path(&send), &json!({})).must(200);
    });
}

fn started(desk: &TestDesk, ticket: &Value) -> Value {
    let side = json!({ "subject": "Reader for gate 3", "to": ["parts@supplier.example", "jo@supplier.example"], "body": "Please send one reader." });
    desk.api(Role::Agent).post(&below(ticket, SIDES), &side).must(201)
}

fn side_path(side: &Value) -> String {
    format!("/api/v1/{SIDES}/{}", text(side, "/id"))
}

/// What the intake does with a mail that a token or a thread leads into a side conversation.
fn answered(desk: &TestDesk, side: &Value, from: &str, words: &str) -> side::Received {
    let id: SideId = text(side, "/id").parse().unwrap();
    let (from, words) = (from.to_owned(), words.to_owned());
    let actor = kernel::Actor::System("mail");
    desk.wait(desk.desk.run(&actor, move |cx| {
        let author = person::ensure_person(cx, &from, "", None)?;
        let sender = Correspondent { name: String::new(), email: from.clone() };
        let part = MailPart {
            author: Some(author),
            from: Some(sender),
            subject: "Re: Reader for gate 3".into(),
            mail_id: Some(format!("answer-{}@supplier.example", words.len())),
            ..MailPart::default()
        };
        side::receive(cx, id, part, Body::text(&words), None)
    }))
    .unwrap()
}

#[test]
fn a_side_conversation_has_a_thread_and_an_address_of_its_own_and_says_nothing_of_the_ticket() {
    both(|desk| {
        let trap = MailTrap::start(desk);
        let ticket = opened(desk, &json!({ "cc": ["cc@brackwater.example"] }));
        let side = started(desk, &ticket);
        assert_eq!(text(&side, "/state"), "open");
        let letters = trap.letters(desk);
        let to: Vec<&str> = letters.iter().map(|letter| letter.to[0].as_str()).collect();
        assert_eq!(to, ["jo@supplier.example", "parts@supplier.example"]);
        for letter in &letters {
            let raw = String::from_utf8_lossy(&letter.raw).to_lowercase();
            let number = text(&ticket, "/number").to_lowercase();
            assert!(!raw.contains(&number) && !raw.contains("rosa") && !raw.contains("gates") && !raw.contains("since seven"), "{raw}");
            assert_eq!((letter.mail.subject.as_str(), letter.header("References").as_str()), ("Reader for gate 3", ""));
            assert!(letter.header("Cc").contains("@supplier.example") && letter.from == "it@desk.example");
        }
        assert_ne!(letters[0].header("Reply-To"), letters[1].header("Reply-To"));
        let first_id = letters[1].mail.message_id.clone().unwrap();
        let known = first_id.clone();
        let found = desk.desk.store().read_blocking(move |db| side::rows::by_mail_id(db, &known)).unwrap();
        assert_eq!(found.map(|id| id.to_string()).as_deref(), Some(text(&side, "/id")));

        let received = answered(desk, &side, "parts@supplier.example", "It ships tomorrow.");
        assert!(!received.stranger);
        assert!(answered(desk, &side, "mallory@evil.example", "Send it to me instead.").stranger);
        desk.api(Role::Agent).post(&format!("{}/messages", side_path(&side)), &json!({ "body": "Thank you." })).must(201);
        let letters = trap.letters(desk);
        assert_eq!(letters.len(), 2, "nobody joins by writing");
        let thread = letters[1].header("References");
        assert!(thread.contains(&format!("<{first_id}>")) && thread.contains("<answer-18@supplier.example>"), "{thread}");
        assert_eq!(letters[1].mail.subject, "Re: Reader for gate 3");
        let shown = desk.api(Role::Agent).get(&side_path(&side)).must(200);
        assert_eq!(shown["messages"].as_array().unwrap().len(), 4);
        assert_eq!(text(&shown, "/messages/0/deliveries/1/state"), "sent");
        // The requester's own thread stays as it was.
        desk.api(Role::Agent).post(&below(&ticket, "messages"), &json!({ "body": "A reader is on its way." })).must(201);
        for letter in trap.letters(desk) {
            let raw = String::from_utf8_lossy(&letter.raw).to_lowercase();
            assert!(!raw.contains("supplier") && !raw.contains("ships tomorrow"), "{raw}");
        }
    });
}

#[test]
fn t_x2_the_requester_and_those_in_cc_never_learn_of_a_side_conversation() {
    both(|desk| {
        desk.leaves_mail();
        let ticket = opened(desk, &json!({ "cc": ["sam@elsewhere.example"] }));
        let file = desk.api(Role::Agent).upload("price-list.txt", "text/plain", b"prices").must(201);
        let side = json!({ "subject": "Zebra part", "to": ["parts@supplier.example"], "body": "Zebra words.", "attachments": [text(&file, "/id")] });
        let side = desk.api(Role::Agent).post(&below(&ticket, SIDES), &side).must(201);
        let received = answered(desk, &side, "parts@supplier.example", "Zebra answer.");
        desk.settle();
        let message = format!("/api/v1/messages/{}", received.message);
        let hidden = [
            message.clone(),
            format!("{message}/raw"),
            format!("/api/v1/attachments/{}", text(&file, "/id")),
            below(&ticket, SIDES),
            side_path(&side),
        ];
        for role in [Role::Requester, Role::Stranger, Role::Manager, Role::OtherAgent] {
            let api = desk.api(role);
            for place in &hidden {
                let answer = api.get(place);
                assert!(matches!(answer.status, 403 | 404), "{role:?} {place} {}", answer.status);
            }
            api.post(&format!("{}/messages", side_path(&side)), &json!({ "body": "x" })).must(404);
            api.patch(&side_path(&side), &json!({ "state": "done" })).must(404);
            let number = text(&ticket, "/number");
            let places = [
                path(&ticket),
                below(&ticket, "messages"),
                below(&ticket, "timeline"),
                below(&ticket, "participants"),
                "/api/v1/events?limit=200".to_owned(),
                format!("{TICKETS}?q=zebra"),
                format!("/requests/{number}"),
            ];
            for place in places {
                let answer = if place.starts_with("/requests") { desk.pages(role).get(&place) } else { api.get(&place) };
                let body = String::from_utf8_lossy(&answer.body).to_lowercase();
                assert!(!body.contains("zebra") && !body.contains("supplier") && !body.contains("side."), "{role:?} {place}: {body}");
            }
        }
        // Nobody who takes part in the ticket is a third party, and neither are we.
        for to in ["rosa@brackwater.example", "sam@elsewhere.example", "hr@desk.example", "not an address"] {
            desk.api(Role::Agent).post(&below(&ticket, SIDES), &json!({ "subject": "x", "to": [to], "body": "x" })).must(422);
        }
        desk.api(Role::Auditor).get(&side_path(&side)).must(200);
        desk.api(Role::Auditor).patch(&side_path(&side), &json!({ "state": "done" })).must(403);
    });
}

#[test]
fn an_answer_from_others_brings_a_ticket_that_waited_for_them_back_and_opens_what_was_done() {
    both(|desk| {
        desk.leaves_mail();
        let ticket = opened(desk, &json!({}));
        let side = started(desk, &ticket);
        let agent = desk.api(Role::Agent);
        agent.post(&below(&ticket, "transition"), &json!({ "to": "on_hold" })).must(200);
        agent.patch(&side_path(&side), &json!({ "state": "done", "participants": ["parts@supplier.example"] })).must(200);
        answered(desk, &side, "parts@supplier.example", "It is here.");
        let now = agent.get(&side_path(&side)).must(200);
        assert_eq!((text(&now, "/state"), now["participants"].as_array().unwrap().len()), ("open", 1));
        assert_eq!(text(&agent.get(&path(&ticket)).must(200), "/turn"), "us");
        let later = json!({ "body": "Until then.", "send_at": at(desk, Span::hours(1)) });
        let send = agent.post(&format!("{}/messages", side_path(&side)), &later).must(202);
        assert_eq!(text(&send, "/side_conversation"), text(&side, "/id"));
        desk.advance(Span::hours(2));
        release(desk);
        assert_eq!(agent.get(&side_path(&side)).must(200)["messages"].as_array().unwrap().len(), 3);
    });
}

#[test]
fn a_reply_can_leave_somebody_out_this_time() {
    both(|desk| {
        let trap = MailTrap::start(desk);
        let ticket = opened(desk, &json!({ "cc": ["jo@customer.example", "li@customer.example"] }));
        let agent = desk.api(Role::Agent);
        let reply = |recipients: Value| agent.post(&below(&ticket, "messages"), &json!({ "body": "Hello.", "recipients": recipients }));
        let went = || -> Vec<String> { trap.letters(desk).iter().map(|letter| letter.to[0].clone()).collect() };
        reply(json!({ "requester": false, "cc": ["LI@customer.example"] })).must(201);
        assert_eq!(went(), ["li@customer.example"]);
        reply(json!({ "cc": [] })).must(201);
        assert_eq!(went(), ["rosa@brackwater.example"]);
        reply(json!({ "requester": false })).must(201);
        assert_eq!(went(), ["jo@customer.example", "li@customer.example"]);
        reply(json!({ "requester": false, "cc": [] })).must(422);
        reply(json!({ "cc": ["stranger@customer.example"] })).must(422);
        agent.post(&below(&ticket, "messages"), &json!({ "body": "Hello." })).must(201);
        assert_eq!(went().len(), 3, "whoever was left out still takes part");
    });
}

#[test]
fn what_became_of_each_mail_is_shown_to_the_desk_and_to_nobody_else() {
    both(|desk| {
        let trap = MailTrap::start(desk);
        let ticket = opened(desk, &json!({ "cc": ["jo@customer.example"] }));
        let agent = desk.api(Role::Agent);
        let reply = agent.post(&below(&ticket, "messages"), &json!({ "body": "Hello." })).must(201);
        desk.react();
        let shown = || agent.get(&format!("/api/v1/messages/{}", text(&reply, "/id"))).must(200);
        assert_eq!(text(&shown(), "/deliveries/0/state"), "waiting");
        trap.set_down(true);
        trap.send(desk);
        let waiting = shown();
        assert_eq!((text(&waiting, "/deliveries/1/to"), text(&waiting, "/deliveries/1/state")), ("rosa@brackwater.example", "waiting"));
        assert!(text(&waiting, "/deliveries/1/problem").contains("421") && waiting.pointer("/deliveries/1/attempts") == Some(&json!(1)));
        trap.set_down(false);
        desk.advance(Span::hours(1));
        assert_eq!(trap.letters(desk).len(), 2);
        assert_eq!(text(&shown(), "/deliveries/1/state"), "sent");
        for message in items(&desk.api(Role::Requester).get(&below(&ticket, "messages"))) {
            assert!(message.get("deliveries").is_none(), "{message}");
        }
    });
}

#[test]
fn an_address_that_mail_came_back_from_is_flagged_until_somebody_sets_it_anew() {
    both(|desk| {
        let rosa = format!("/api/v1/people/{}", desk.persona(Role::Requester).id);
        let note = |desk: &TestDesk| {
            let actor = kernel::Actor::System("mail");
            desk.wait(desk.desk.run(&actor, |cx| person::note_bounce(cx, "Rosa@Brackwater.example", "550 5.1.1\r\nno such user"))).unwrap();
        };
        let admin = desk.api(Role::Admin);
        note(desk);
        let flagged = admin.get(&rosa).must(200);
        assert_eq!(text(&flagged, "/emails_failing/0/email"), "rosa@brackwater.example");
        assert_eq!(text(&flagged, "/emails_failing/0/problem"), "550 5.1.1 no such user");
        admin.patch(&rosa, &json!({ "name": "Rosa M." })).must(200);
        assert_eq!(admin.get(&rosa).must(200)["emails_failing"].as_array().unwrap().len(), 1, "another change keeps it");
        admin.patch(&rosa, &json!({ "emails": ["rosa@brackwater.example"] })).must(200);
        assert_eq!(admin.get(&rosa).must(200)["emails_failing"], json!([]));
        note(desk);
        let actor = kernel::Actor::System("mail");
        desk.wait(desk.desk.run(&actor, |cx| person::clear_bounce(cx, "rosa@brackwater.example"))).unwrap();
        assert_eq!(admin.get(&rosa).must(200)["emails_failing"], json!([]));
    });
}

#[test]
fn mail_is_tried_for_five_days_and_an_administrator_may_ask_for_five_more() {
    one(|desk| {
        let trap = MailTrap::start(desk);
        let ticket = opened(desk, &json!({}));
        desk.api(Role::Agent).post(&below(&ticket, "messages"), &json!({ "body": "Hello." })).must(201);
        desk.react();
        trap.set_down(true);
        let outgoing = || items(&desk.api(Role::Admin).get("/api/v1/outgoing")).remove(0);
        let mut hours = 0;
        while text(&outgoing(), "/state") == "waiting" {
            trap.send(desk);
            desk.advance(Span::hours(1));
            hours += 1;
            assert!(hours < 24 * 6, "it never gives up");
        }
        assert!(hours > 24 * 5, "given up after {hours} hours");
        let retry = format!("/api/v1/outgoing/{}/retry", text(&outgoing(), "/id"));
        desk.api(Role::Agent).post(&retry, &json!({})).must(403);
        assert_eq!(text(&desk.api(Role::Admin).post(&retry, &json!({})).must(200), "/state"), "waiting");
        desk.api(Role::Admin).post(&retry, &json!({})).must(409);
        trap.send(desk);
        assert_eq!(text(&outgoing(), "/state"), "waiting", "a temporary failure after a retry is temporary");
        trap.set_down(false);
        desk.advance(Span::hours(5));
        trap.letter(desk);
    });
}

fn serve_with_undo(
    desk: people::ServiceDesk,
    workspace: faces::workspace::Workspace,
    stopping: tokio::sync::watch::Receiver<bool>,
) -> axum::Router {
    serve(desk, faces::workspace::Workspace { undo_seconds: 10, ..workspace }, stopping)
}

/// Where an accepted form leads, which must say this.
fn redirected(answer: &testkit::Answer, word: &str) -> String {
    let place = answer.header("location");
    assert!(answer.status == 303 && place.contains(word), "{} {place} {}", answer.status, answer.text());
    place
}

/// The address of the first form on a page that posts below this.
fn form_below(page: &str, start: &str) -> String {
    let at = page.find(&format!("action=\"{start}")).unwrap_or_else(|| panic!("no form {start}"));
    page[at + 8..].split('"').next().unwrap().to_owned()
}

#[test]
fn a_reply_from_a_page_can_be_taken_back_and_stands_in_the_composer_again() {
    TestDesk::both(serve_with_undo, |desk| {
        let trap = MailTrap::start(desk);
        let ticket = opened(desk, &json!({ "cc": ["jo@customer.example"] }));
        let place = format!("/desk/tickets/{}", text(&ticket, "/number"));
        let pages = desk.pages(Role::Agent);
        let version = || desk.api(Role::Agent).get(&path(&ticket)).must(200)["version"].to_string();
        let page = pages.get(&place).text();
        for part in [
            "name=\"requester\" value=\"rosa@brackwater.example\" checked",
            "name=\"cc\" value=\"jo@customer.example\" checked",
            "datetime-local",
        ] {
            assert!(page.contains(part), "{part}");
        }
        let all = [("requester", "rosa@brackwater.example"), ("cc", "jo@customer.example"), ("chosen", "yes")];
        let v = version();
        let fields: Vec<(&str, &str)> = all.into_iter().chain([("version", v.as_str()), ("body", "Hello <b>Rosa</b>.")]).collect();
        redirected(&pages.form(&format!("{place}/reply"), &fields), "told=waiting");
        let waiting = pages.get(&place).text();
        assert!(waiting.contains("Sending in 11 s") || waiting.contains("Sending in 10 s"), "{waiting}");
        assert_eq!((said(desk, &ticket).len(), trap.letters(desk).len()), (1, 0));
        let undo = form_below(&waiting, &format!("{place}/sends/"));
        let back = redirected(&pages.form(&undo, &[]), "told=withdrawn");
        let page = pages.get(&back).text();
        assert!(page.contains("Hello &lt;b&gt;Rosa&lt;/b&gt;.</textarea>"), "the text is given back");
        assert!(!desk.pages(Role::Admin).get(&back).text().contains("Hello &lt;b&gt;"), "to its author only");
        assert!(!page.contains("/sends/"));
        desk.advance(Span::minutes(1));
        release(desk);
        assert_eq!(said(desk, &ticket).len(), 1);
        // Written again, to those in CC alone; nobody takes it back.
        let v = version();
        let fields = [("cc", "jo@customer.example"), ("chosen", "yes"), ("version", v.as_str()), ("body", "Dear Jo")];
        redirected(&pages.form(&format!("{place}/reply"), &fields), "told=waiting");
        desk.advance(Span::seconds(10));
        release(desk);
        assert_eq!(trap.letter(desk).to, ["jo@customer.example"]);
        let shown = pages.get(&place).text();
        assert!(shown.contains("Sent to jo@customer.example") && !shown.contains("/sends/"));
        // Later is later, on the clock of whoever wrote it; what is no time is refused.
        let v = version();
        let later = [("version", v.as_str()), ("body", "Tomorrow"), ("when", "later"), ("send_at", "2026-11-03T09:30")];
        redirected(&pages.form(&format!("{place}/reply"), &later), "told=scheduled");
        assert_eq!(text(&items(&desk.api(Role::Agent).get(&below(&ticket, SENDS)))[0], "/send_at"), "2026-11-03T09:30:00Z");
        let wrong = [("version", v.as_str()), ("body", "x"), ("when", "later"), ("send_at", "soon")];
        assert_eq!(pages.form(&format!("{place}/reply"), &wrong).status, 422);
        // A note never waits.
        redirected(&pages.form(&format!("{place}/note"), &[("version", v.as_str()), ("body", "For us.")]), "told=kept");
    });
}

#[test]
fn a_side_conversation_is_led_on_the_page_and_a_failing_address_is_told_there() {
    both(|desk| {
        let trap = MailTrap::start(desk);
        let ticket = opened(desk, &json!({}));
        let place = format!("/desk/tickets/{}", text(&ticket, "/number"));
        let pages = desk.pages(Role::Agent);
        let side = [("to", "parts@supplier.example, jo@supplier.example"), ("subject", "Reader"), ("body", "One reader, please.")];
        redirected(&pages.form(&format!("{place}/sides"), &side), "told=sent");
        assert_eq!(trap.letters(desk).len(), 2);
        let page = pages.get(&place).text();
        assert!(
            page.contains("Side conversation: Reader") && page.contains("Sent to jo@supplier.example, parts@supplier.example"),
            "{page}"
        );
        assert!(page.contains("With jo@supplier.example, parts@supplier.example"), "{page}");
        let write = form_below(&page, &format!("{place}/sides/"));
        redirected(&pages.form(&write, &[("body", "And a cable.")]), "told=sent");
        assert_eq!(trap.letters(desk).len(), 2);
        redirected(&pages.form(&format!("{write}/state"), &[("state", "done")]), "told=changed");
        let actor = kernel::Actor::System("mail");
        desk.wait(desk.desk.run(&actor, |cx| person::note_bounce(cx, "rosa@brackwater.example", "550 5.1.1 unknown"))).unwrap();
        let page = pages.get(&place).text();
        assert!(page.contains("Mail to rosa@brackwater.example came back: 550 5.1.1 unknown"), "{page}");
        assert!(!desk.pages(Role::Requester).get(&format!("/requests/{}", text(&ticket, "/number"))).text().contains("Reader"));
        for address in [format!("{place}/sides"), write] {
            let answer = desk.pages(Role::OtherAgent).form(&address, &[("body", "x"), ("to", "a@b.example"), ("subject", "x")]);
            assert_eq!(answer.status, 404, "{address}");
        }
    });
}

#[test]
fn a_desk_says_its_letters_in_its_own_words_and_a_broken_template_is_refused_with_its_line() {
    both(|desk| {
        let trap = MailTrap::start(desk);
        let admin = desk.api(Role::Admin);
        let place = "/api/v1/mail-templates";
        let built_in = items(&admin.get(place));
        assert!(built_in.len() == 18 && built_in.iter().all(|one| one["built_in"] == true), "{built_in:?}");
        let own = json!({ "desk": "it", "kind": "reply", "locale": "en", "subject": "[{{ number }}] {{ title }}",
            "text": "Dear {{ requester }},\n\n{{ text }}\n\n{{ agent }}{% if link %}\n{{ link }}{% endif %}" });
        desk.api(Role::Agent).json("PUT", place, &own).must(403);
        admin.json("PUT", place, &own).must(200);
        let ticket = opened(desk, &json!({ "title": "{{7*7}} ${7*7}" }));
        desk.api(Role::Agent)
            .post(&below(&ticket, "messages"), &json!({ "body": "**It** works. {{ config }}", "body_format": "markdown" }))
            .must(201);
        let letter = trap.letter(desk);
        let number = text(&ticket, "/number");
        assert_eq!(letter.mail.subject, format!("[{number}] {{{{7*7}}}} ${{7*7}}"));
        let said = letter.mail.text.replace("\r\n", "\n");
        assert!(said.starts_with("Dear Rosa Marin,\n\nIt works. {{ config }}") && said.contains("Anna Agent\n"), "{said}");
        assert!(said.contains(&format!("/requests/{number}")), "{said}");
        assert!(letter.mail.html.unwrap().contains("<strong>It</strong> works."));
        // Another desk keeps the words that came with the program.
        let other = opened(desk, &json!({ "desk": "hr" }));
        desk.api(Role::Admin).post(&below(&other, "messages"), &json!({ "body": "Hello." })).must(201);
        assert!(trap.letter(desk).mail.subject.starts_with("Re: "));
        for (field, value) in [
            ("text", "a\n{% for x in y %}{% endfor %}"),
            ("html", "<p>\n{{ config }}"),
            ("subject", "{{ number"),
            ("text", "\n{{ 'a' * 9 }}"),
        ] {
            let mut wrong = own.clone();
            wrong[field] = json!(value);
            assert_eq!(admin.json("PUT", place, &wrong).invalid(), [field], "{value}");
            assert_eq!(admin.post(&format!("{place}/preview"), &wrong).invalid(), [field], "{value}");
        }
        admin.json("PUT", place, &json!({ "kind": "x", "locale": "en", "subject": "x", "text": "x" })).must(422);
        let mut preview = own.clone();
        preview["ticket"] = json!(number);
        let shown = admin.post(&format!("{place}/preview"), &preview).must(200);
        assert!(text(&shown, "/subject").contains("{{7*7}}") && text(&shown, "/html").starts_with("<!DOCTYPE html>"), "{shown}");
        let gone = json!({ "desk": "it", "kind": "reply", "locale": "en" });
        admin.delete(place, &gone).must(204);
        admin.delete(place, &gone).must(404);
        desk.api(Role::Agent).post(&below(&ticket, "messages"), &json!({ "body": "Hello." })).must(201);
        assert!(trap.letter(desk).mail.subject.starts_with("Re: "));
    });
}
