//! Merging and parting tickets, messages that belong elsewhere, and held messages; on both databases.

use channels::mail::inbound::Outcome;
use serde_json::{Value, json};
use testkit::{Mail, MailTrap, Role, TestDesk};

use crate::house::{below, both, found, items, one, opened, path, text};

const ROSA: &str = "Rosa Marin <rosa@brackwater.example>";
const PASS: &str = "X-Test-Verdict: pass";
const FAIL: &str = "X-Test-Verdict: fail";

fn joined(outcome: &Outcome) -> &str {
    let Outcome::Joined(number) = outcome else { panic!("{outcome:?}") };
    number
}

fn by_mail(desk: &TestDesk, mail: &Mail) -> Value {
    let outcome = desk.mail(mail);
    let Outcome::Opened(number) = outcome else { panic!("{outcome:?}") };
    desk.api(Role::Admin).get(&format!("/api/v1/tickets/{number}")).must(200)
}

fn shown(desk: &TestDesk, ticket: &Value) -> Value {
    desk.api(Role::Admin).get(&path(ticket)).must(200)
}

fn texts(desk: &TestDesk, role: Role, ticket: &Value) -> Vec<String> {
    items(&desk.api(role).get(&below(ticket, "messages"))).iter().map(|one| text(one, "/body_text").to_owned()).collect()
}

fn copies(desk: &TestDesk, ticket: &Value) -> Vec<String> {
    let list = items(&desk.api(Role::Admin).get(&below(ticket, "participants")));
    let mut emails: Vec<String> = list.iter().map(|one| text(one, "/person/email").to_owned()).collect();
    emails.sort();
    emails
}

fn merge(desk: &TestDesk, ticket: &Value, into: &Value, more: &Value) -> Value {
    let mut body = json!({ "into": into["number"] });
    for (key, value) in more.as_object().unwrap() {
        body[key] = value.clone();
    }
    desk.api(Role::Admin).post(&below(ticket, "merge"), &body).must(200)
}

fn parted(desk: &TestDesk, ticket: &Value) -> Value {
    desk.api(Role::Admin).send("DELETE", &below(ticket, "merge"), "", Vec::new()).must(200)
}

fn kinds(desk: &TestDesk, ticket: &Value) -> Vec<String> {
    desk.settle();
    let timeline = items(&desk.api(Role::Admin).get(&below(ticket, "timeline")));
    timeline.iter().filter(|one| one["type"] == "fact").map(|one| text(one, "/fact/kind").to_owned()).collect()
}

fn messages(desk: &TestDesk, ticket: &Value) -> Vec<Value> {
    items(&desk.api(Role::Admin).get(&below(ticket, "messages")))
}

fn message_path(message: &Value, rest: &str) -> String {
    format!("/api/v1/messages/{}{rest}", text(message, "/id"))
}

#[test]
fn a_merged_ticket_is_shown_in_the_other_one_and_a_parted_one_is_as_it_was() {
    both(|desk| {
        let into = opened(desk, &json!({ "title": "Gates", "body": "first of gates" }));
        let ticket = opened(desk, &json!({ "title": "Gates again", "body": "first of again", "requester": "mara@brackwater.example" }));
        let admin = desk.api(Role::Admin);
        admin.post(&below(&ticket, "participants"), &json!({ "person": "jo@customer.example", "role": "cc" })).must(201);
        admin.post(&below(&into, "messages"), &json!({ "kind": "note", "body": "a note of gates" })).must(201);
        admin.post(&below(&ticket, "transition"), &json!({ "to": "pending" })).must(200);

        let preview = admin.post(&below(&ticket, "merge/preview"), &json!({ "into": into["number"] })).must(200);
        assert_eq!(
            (text(&preview, "/joining/0/email"), text(&preview, "/left_out/0/email")),
            ("mara@brackwater.example", "jo@customer.example")
        );
        assert_eq!((text(&preview, "/gaining_sight/0/email"), &preview["messages"]), ("rosa@brackwater.example", &json!(1)));
        assert_eq!((shown(desk, &ticket)["merged"].clone(), copies(desk, &into).len()), (json!(false), 0), "a preview changes nothing");

        let after = merge(desk, &ticket, &into, &json!({}));
        assert_eq!((&after["number"], &after["merged_from"]), (&into["number"], &json!([ticket["number"]])));
        let merged = shown(desk, &ticket);
        assert_eq!((text(&merged, "/status"), &merged["merged_into"], &merged["merged"]), ("closed", &into["number"], &json!(true)));
        assert_eq!(copies(desk, &into), ["mara@brackwater.example"]);
        assert_eq!(texts(desk, Role::Agent, &into), ["first of gates", "first of again", "a note of gates"]);
        assert_eq!(texts(desk, Role::Requester, &into), ["first of gates", "first of again"]);
        assert_eq!(texts(desk, Role::Agent, &ticket), ["first of again"]);
        assert_eq!(text(&shown(desk, &into), "/status"), "new");
        let told = kinds(desk, &into);
        assert!(told.contains(&"ticket.absorbed".to_owned()) && !told.contains(&"ticket.merged".to_owned()), "said once: {told:?}");
        assert!(kinds(desk, &ticket).contains(&"ticket.merged".to_owned()));
        assert_eq!(found(&admin, "is:merged"), [text(&ticket, "/number")]);

        let restored = parted(desk, &ticket);
        assert_eq!((text(&restored, "/status"), &restored["merged"], &restored["closed_at"]), ("pending", &json!(false), &Value::Null));
        assert_eq!(texts(desk, Role::Admin, &into), ["first of gates", "a note of gates"]);
        assert!(copies(desk, &into).is_empty(), "whom the merge brought along leave");
        assert_eq!(copies(desk, &ticket), ["jo@customer.example"]);
        assert_eq!(shown(desk, &into)["merged_from"], json!([]));
        assert_eq!(kinds(desk, &ticket).iter().filter(|kind| *kind == "ticket.unmerged").count(), 1);
        admin.send("DELETE", &below(&ticket, "merge"), "", Vec::new()).problem(409);

        merge(desk, &ticket, &into, &json!({ "people": "all" }));
        assert_eq!(copies(desk, &into), ["jo@customer.example", "mara@brackwater.example"]);
    });
}

#[test]
fn a_merge_that_cannot_be_is_refused_and_changes_nothing() {
    both(|desk| {
        let [one, two, three] = ["one", "two", "three"].map(|title| opened(desk, &json!({ "title": title })));
        let foreign = opened(desk, &json!({ "title": "of hr", "desk": "hr", "requester": "jo@customer.example" }));
        let theirs = opened(desk, &json!({ "title": "mine on hr", "desk": "hr", "requester": "anna@desk.example" }));
        let agent = desk.api(Role::Agent);
        let into = |of: &Value| json!({ "into": of["number"] });
        assert_eq!(agent.post(&below(&one, "merge"), &into(&one)).invalid(), ["into"]);
        assert_eq!(agent.post(&below(&one, "merge"), &json!({ "into": "INC-99999" })).invalid(), ["into"]);
        assert_eq!(agent.post(&below(&one, "merge"), &into(&foreign)).invalid(), ["into"], "what one may not see does not exist");
        agent.post(&below(&one, "merge"), &into(&theirs)).problem(403);
        agent.post(&below(&foreign, "merge"), &into(&one)).problem(404);
        agent.with("if-match", "\"v77\"").post(&below(&one, "merge"), &into(&two)).problem(412);
        agent.post(&below(&one, "merge"), &into(&two)).must(200);
        let again = agent.post(&below(&one, "merge"), &into(&three)).problem(409);
        assert!(text(&again, "/detail").contains(text(&two, "/number")), "{again}");
        assert_eq!(agent.post(&below(&two, "merge"), &into(&one)).invalid(), ["into"], "no circles");
        let pointed = agent.post(&below(&three, "merge"), &into(&one)).problem(409);
        assert!(text(&pointed, "/detail").contains(text(&two, "/number")), "{pointed}");
        // What rests is not worked on: the refusal says where to.
        for (method, rest, body) in [
            ("POST", "messages", json!({ "body": "x" })),
            ("POST", "transition", json!({ "to": "open" })),
            ("PATCH", "", json!({ "title": "x" })),
            ("POST", "participants", json!({ "person": "x@y.example", "role": "cc" })),
        ] {
            let refused = agent.json(method, below(&one, rest).trim_end_matches('/'), &body).problem(409);
            assert!(text(&refused, "/detail").contains(text(&two, "/number")), "{refused}");
        }
        assert_eq!(texts(desk, Role::Agent, &two).len(), 2);
    });
}

#[test]
fn mail_for_a_merged_ticket_lands_in_its_target_and_goes_back_when_they_part() {
    both(|desk| {
        let trap = MailTrap::start(desk);
        let ticket = by_mail(desk, &Mail::new(ROSA, "Printer", "one@brackwater.example").header(PASS));
        let into = opened(desk, &json!({ "title": "All printers" }));
        let last = opened(desk, &json!({ "title": "Floor two" }));
        trap.letters(desk);
        desk.api(Role::Agent).post(&below(&ticket, "messages"), &json!({ "body": "Which one?" })).must(201);
        let reply_to = trap.letter(desk).mail.reply_to.unwrap().email;
        merge(desk, &ticket, &into, &json!({}));
        merge(desk, &into, &last, &json!({}));
        desk.api(Role::Admin).post(&below(&last, "transition"), &json!({ "to": "resolved" })).must(200);

        let answer = Mail::new(ROSA, "Re: Printer", "two@brackwater.example").to(&reply_to).text("The grey one.").header(PASS);
        assert_eq!(joined(&desk.mail(&answer)), text(&last, "/number"));
        assert_eq!(text(&shown(desk, &last), "/status"), "open");
        assert_eq!(text(&shown(desk, &ticket), "/status"), "closed");
        let mine = texts(desk, Role::Requester, &last);
        assert!(mine.contains(&"The grey one.".to_owned()) && mine.contains(&"Which one?".to_owned()), "{mine:?}");
        assert_eq!(texts(desk, Role::Agent, &ticket).len(), 2, "the merged one shows what is its own");

        parted(desk, &ticket);
        assert!(texts(desk, Role::Agent, &ticket).contains(&"The grey one.".to_owned()));
        assert!(!texts(desk, Role::Agent, &last).contains(&"The grey one.".to_owned()));
        assert_eq!(text(&shown(desk, &ticket), "/status"), "open", "an answer that came meanwhile asks for work");
        // And what answers that mail follows it.
        let more = Mail::new(ROSA, "Re: Printer", "three@brackwater.example").header("In-Reply-To: <two@brackwater.example>").header(PASS);
        assert_eq!(joined(&desk.mail(&more)), text(&ticket, "/number"));
        assert!(trap.letters(desk).is_empty());
    });
}

#[test]
fn people_whom_two_merges_brought_along_stay_while_one_of_them_lasts() {
    one(|desk| {
        let into = opened(desk, &json!({ "title": "Target" }));
        let mara = json!({ "requester": "mara@brackwater.example" });
        let (first, second) = (opened(desk, &mara), opened(desk, &mara));
        let last = opened(desk, &json!({ "title": "Last" }));
        merge(desk, &first, &into, &json!({}));
        merge(desk, &second, &into, &json!({}));
        parted(desk, &first);
        assert_eq!(copies(desk, &into), ["mara@brackwater.example"]);
        // A later merge takes them further, and parting takes them back from there too.
        merge(desk, &into, &last, &json!({}));
        assert_eq!(copies(desk, &last), ["mara@brackwater.example"]);
        parted(desk, &second);
        assert!(copies(desk, &into).is_empty() && copies(desk, &last).is_empty());
    });
}

#[test]
fn t_x1_t_x2_merged_messages_and_files_are_seen_by_exactly_those_who_see_either_side() {
    both(|desk| {
        let admin = desk.api(Role::Admin);
        // Rosa's, on IT; Jo's, on HR. Anna works on IT, Otto on HR.
        let into = opened(desk, &json!({ "title": "On IT" }));
        let ticket = opened(desk, &json!({ "title": "On HR", "desk": "hr", "requester": "sam@elsewhere.example" }));
        let file = admin.upload("hr.txt", "text/plain", b"hr").must(201);
        let reply = admin.post(&below(&ticket, "messages"), &json!({ "body": "of hr", "attachments": [file["id"]] })).must(201);
        let note = admin.post(&below(&ticket, "messages"), &json!({ "kind": "note", "body": "note of hr" })).must(201);
        let own = admin.post(&below(&into, "messages"), &json!({ "body": "of it" })).must(201);
        let addresses = [message_path(&reply, ""), message_path(&note, ""), format!("/api/v1/attachments/{}", text(&file, "/id"))];
        let statuses = |role: Role| addresses.clone().map(|address| desk.api(role).get(&address).status);
        assert_eq!(statuses(Role::Agent), [404, 404, 404]);
        assert_eq!(statuses(Role::Requester), [404, 404, 404]);
        let preview = admin.post(&below(&ticket, "merge/preview"), &json!({ "into": into["number"] })).must(200);
        assert_eq!((&preview["desks_gaining_sight"], &preview["inside"]), (&json!(["IT"]), &json!(1)));
        assert_eq!(text(&preview, "/organisation_gaining_sight"), "Brackwater Ferries");

        merge(desk, &ticket, &into, &json!({}));
        assert_eq!(statuses(Role::Agent), [200, 200, 200], "who sees the target sees what was merged into it");
        assert_eq!(statuses(Role::Requester), [200, 404, 200], "but no notes");
        assert_eq!(statuses(Role::Manager), [200, 404, 200]);
        assert_eq!(statuses(Role::OtherAgent), [200, 200, 200]);
        assert_eq!(statuses(Role::Stranger), [200, 404, 200], "their own");
        // Who sees only the merged one sees its own messages, and that it was merged, but not into what.
        for role in [Role::OtherAgent, Role::Stranger] {
            let api = desk.api(role);
            api.get(&message_path(&own, "")).problem(404);
            api.get(&path(&into)).problem(404);
            let seen = api.get(&path(&ticket)).must(200);
            assert_eq!((&seen["merged"], &seen["merged_into"]), (&json!(true), &Value::Null));
            desk.settle();
            let number = text(&into, "/number");
            for place in [below(&ticket, "messages"), below(&ticket, "timeline"), "/api/v1/events?limit=200".to_owned()] {
                let answer = api.get(&place);
                assert!(
                    !answer.text().contains(number) && !answer.text().contains(text(&into, "/id")),
                    "{role:?} {place}: {}",
                    answer.text()
                );
            }
            let refused = api.post(&below(&ticket, "messages"), &json!({ "body": "x" })).problem(409);
            assert!(!text(&refused, "/detail").contains(number));
        }
        let page = desk.pages(Role::OtherAgent).get(&format!("/desk/tickets/{}", text(&ticket, "/number")));
        assert!(page.status == 200 && page.text().contains("Merged into another ticket") && !page.text().contains(text(&into, "/number")));
        let portal = desk.pages(Role::Stranger).get(&format!("/requests/{}", text(&ticket, "/number")));
        assert!(portal.text().contains("merged with another one") && !portal.text().contains("<textarea"), "{}", portal.text());
        // Who works on the other side only may neither merge nor part.
        desk.api(Role::OtherAgent).send("DELETE", &below(&ticket, "merge"), "", Vec::new()).problem(403);
        desk.api(Role::Agent).send("DELETE", &below(&ticket, "merge"), "", Vec::new()).problem(404);

        parted(desk, &ticket);
        assert_eq!(statuses(Role::Agent), [404, 404, 404]);
        assert_eq!(statuses(Role::Requester), [404, 404, 404]);
        desk.leaves_mail();
    });
}

#[test]
fn a_message_that_does_not_belong_becomes_a_ticket_of_its_own_and_the_thread_learns() {
    both(|desk| {
        let trap = MailTrap::start(desk);
        let ticket = by_mail(desk, &Mail::new(ROSA, "Printer", "one@brackwater.example").header(PASS));
        trap.letters(desk);
        desk.api(Role::Agent).post(&below(&ticket, "messages"), &json!({ "body": "Fixed." })).must(201);
        let letter = trap.letter(desk);
        let (sent, reply_to) = (letter.mail.message_id.unwrap(), letter.mail.reply_to.unwrap().email);
        let other = Mail::new(ROSA, "Re: Printer", "two@brackwater.example")
            .header(format!("In-Reply-To: <{sent}>"))
            .text("Also, my chair is broken.")
            .header(PASS);
        assert_eq!(joined(&desk.mail(&other)), text(&ticket, "/number"));
        desk.api(Role::Agent).post(&below(&ticket, "messages"), &json!({ "body": "Which chair?" })).must(201);
        let about_chair = trap.letter(desk).mail.message_id.unwrap();
        let chair = messages(desk, &ticket).into_iter().find(|one| text(one, "/body_text").contains("chair is")).unwrap();

        let moved =
            desk.api(Role::Agent).post(&message_path(&chair, "/move"), &json!({ "to": "new", "title": "Broken chair", "following": true }));
        let moved = moved.must(200);
        let new = moved["to"].clone();
        assert_eq!(moved["messages"].as_array().unwrap().len(), 2, "with the answer to it");
        assert_eq!((text(&new, "/title"), text(&new, "/kind"), text(&new, "/desk/key")), ("Broken chair", "question", "it"));
        assert_eq!((text(&new, "/requester/email"), text(&new, "/links/0/kind")), ("rosa@brackwater.example", "relates_to"));
        assert!(new["first_reply_at"].is_string());
        assert_eq!(texts(desk, Role::Requester, &new), ["Also, my chair is broken.", "Which chair?"]);
        assert_eq!(texts(desk, Role::Requester, &ticket).len(), 2);
        assert!(kinds(desk, &ticket).contains(&"message.moved".to_owned()) && kinds(desk, &new).contains(&"message.moved".to_owned()));
        let rows = items(&desk.api(Role::Agent).get("/api/v1/tickets?sort=created"));
        assert_eq!(rows.len(), 2);

        // An answer to what was moved follows, even though the address is that of the first ticket.
        let follows = Mail::new(ROSA, "Re: Printer", "three@brackwater.example")
            .to(&reply_to)
            .header(format!("In-Reply-To: <{about_chair}>"))
            .header(PASS);
        assert_eq!(joined(&desk.mail(&follows)), text(&new, "/number"));
        let stays = Mail::new(ROSA, "Re: Printer", "four@brackwater.example").header(format!("In-Reply-To: <{sent}>")).header(PASS);
        assert_eq!(joined(&desk.mail(&stays)), text(&ticket, "/number"));

        // Back again: what it left behind is empty, so that it is closed and leads on.
        let third = messages(desk, &new).pop().unwrap();
        desk.api(Role::Agent).post(&message_path(&third, "/move"), &json!({ "to": ticket["number"] })).must(200);
        desk.api(Role::Agent).post(&message_path(&chair, "/move"), &json!({ "to": ticket["number"], "following": true })).must(200);
        let left = shown(desk, &new);
        assert_eq!((text(&left, "/status"), &left["links"][0]["number"]), ("closed", &ticket["number"]));
        assert_eq!(texts(desk, Role::Agent, &ticket).len(), 6);
        let back = Mail::new(ROSA, "Re: Printer", "five@brackwater.example").header(format!("In-Reply-To: <{about_chair}>")).header(PASS);
        assert_eq!(joined(&desk.mail(&back)), text(&ticket, "/number"));
        assert!(trap.letters(desk).is_empty(), "moving writes to nobody");
    });
}

#[test]
fn a_message_moved_to_a_finished_ticket_opens_it_again_and_takes_its_files_along() {
    both(|desk| {
        let admin = desk.api(Role::Admin);
        let rosa = desk.api(Role::Requester);
        let from = opened(desk, &json!({ "title": "From" }));
        let to = opened(desk, &json!({ "title": "To", "requester": "jo@customer.example" }));
        admin.post(&below(&to, "transition"), &json!({ "to": "resolved" })).must(200);
        let file = rosa.upload("x.txt", "text/plain", b"x").must(201);
        let said = rosa.post(&below(&from, "messages"), &json!({ "body": "newest", "attachments": [file["id"]] })).must(201);
        assert_eq!(found(&admin, "newest"), [text(&from, "/number")]);
        let attachment = format!("/api/v1/attachments/{}", text(&file, "/id"));
        rosa.get(&attachment).status.eq(&200).then_some(()).unwrap();
        admin.post(&message_path(&said, "/move"), &json!({ "to": to["number"] })).must(200);
        assert_eq!(text(&shown(desk, &to), "/status"), "open");
        assert_eq!(found(&admin, "newest"), [text(&to, "/number")], "the snippets are of what is there");
        rosa.get(&attachment).problem(404);
        rosa.get(&message_path(&said, "")).problem(404);
        let moved = admin.get(&message_path(&said, "")).must(200);
        assert_eq!(moved["stranger"], true, "its author takes no part there");
        // Refusals.
        assert_eq!(admin.post(&message_path(&said, "/move"), &json!({ "to": to["number"] })).invalid(), ["to"]);
        assert_eq!(admin.post(&message_path(&said, "/move"), &json!({ "to": "QUE-9999" })).invalid(), ["to"]);
        rosa.post(&message_path(&said, "/move"), &json!({ "to": "new" })).problem(404);
        let first = messages(desk, &from).remove(0);
        rosa.post(&message_path(&first, "/move"), &json!({ "to": "new" })).problem(403);
        desk.api(Role::OtherAgent).post(&message_path(&first, "/move"), &json!({ "to": "new" })).problem(404);
        let foreign = opened(desk, &json!({ "title": "HR", "desk": "hr", "requester": "jo@customer.example" }));
        assert_eq!(desk.api(Role::Agent).post(&message_path(&first, "/move"), &json!({ "to": foreign["number"] })).invalid(), ["to"]);
    });
}

#[test]
fn t_m1_a_held_message_counts_once_an_agent_admits_it() {
    both(|desk| {
        let ticket = opened(desk, &json!({ "title": "Payslip" }));
        let admin = desk.api(Role::Admin);
        let trap = MailTrap::start(desk);
        admin.post(&below(&ticket, "messages"), &json!({ "body": "Done." })).must(201);
        let sent = trap.letter(desk).mail.message_id.unwrap();
        admin.post(&below(&ticket, "transition"), &json!({ "to": "resolved" })).must(200);
        let forged = |n: usize| {
            let answer = format!("In-Reply-To: <{sent}>");
            Mail::new("Lea <lea@customer.example>", "Re: Payslip", &format!("f{n}@x.example"))
                .header(answer)
                .header(FAIL)
                .text(format!("held {n}"))
        };
        for n in 1..=3 {
            desk.mail(&forged(n));
        }
        let held: Vec<Value> = messages(desk, &ticket).into_iter().filter(|one| one["held"] == true).collect();
        assert_eq!((held.len(), text(&shown(desk, &ticket), "/status")), (3, "resolved"));
        let rosa = desk.api(Role::Requester);
        for deed in ["/admit", "/discard"] {
            rosa.post(&message_path(&held[0], deed), &json!({})).problem(404);
            desk.api(Role::OtherAgent).post(&message_path(&held[0], deed), &json!({})).problem(404);
            desk.api(Role::Auditor).post(&message_path(&held[0], deed), &json!({})).problem(403);
        }

        // Elsewhere it is still held, and nobody's.
        let elsewhere = desk.api(Role::Agent).post(&message_path(&held[0], "/move"), &json!({ "to": "new" })).must(200)["to"].clone();
        assert_eq!(text(&elsewhere, "/requester/email"), "unknown-sender@mail.invalid");
        assert_eq!(messages(desk, &elsewhere)[0]["held"], true);
        desk.api(Role::Agent).post(&message_path(&held[0], "/move"), &json!({ "to": ticket["number"] })).must(200);

        let admitted = desk.api(Role::Agent).post(&message_path(&held[0], "/admit"), &json!({})).must(200);
        assert_eq!((&admitted["held"], text(&shown(desk, &ticket), "/status")), (&json!(false), "open"));
        assert!(texts(desk, Role::Requester, &ticket).contains(&"held 1".to_owned()) && copies(desk, &ticket).is_empty());
        desk.api(Role::Agent).post(&message_path(&held[0], "/admit"), &json!({})).problem(409);
        let joined = desk.api(Role::Agent).post(&message_path(&held[1], "/admit"), &json!({ "add_participant": true })).must(200);
        assert_eq!((copies(desk, &ticket), &joined["stranger"]), (vec!["lea@customer.example".to_owned()], &json!(false)));
        let junk = desk.api(Role::Agent).post(&message_path(&held[2], "/discard"), &json!({})).must(200);
        assert_eq!((&junk["held"], &junk["discarded"]), (&json!(true), &json!(true)));
        assert!(!texts(desk, Role::Requester, &ticket).contains(&"held 3".to_owned()));
        assert!(texts(desk, Role::Agent, &ticket).contains(&"held 3".to_owned()), "it stays in the record");
        assert!(found(&admin, "is:held").is_empty(), "nothing waits for a glance any more");
        desk.api(Role::Agent).post(&message_path(&held[2], "/discard"), &json!({})).problem(409);
        let told = kinds(desk, &ticket);
        assert!(told.contains(&"message.admitted".to_owned()) && told.contains(&"message.discarded".to_owned()));
        assert!(trap.letters(desk).is_empty());
    });
}

#[test]
fn a_ticket_that_is_nothing_but_junk_is_closed_as_spam_and_a_genuine_one_is_its_senders() {
    both(|desk| {
        let spam = by_mail(desk, &Mail::new("win@casino.example", "You won", "s@casino.example").header(PASS));
        let message = messages(desk, &spam).remove(0);
        desk.api(Role::Agent).post(&message_path(&message, "/discard"), &json!({})).must(200);
        let closed = shown(desk, &spam);
        assert_eq!((text(&closed, "/status"), text(&closed, "/resolution_code")), ("closed", "spam"));
        desk.api(Role::Agent).post(&message_path(&message, "/admit"), &json!({})).must(200);
        assert_eq!(text(&shown(desk, &spam), "/status"), "open");

        let unproven = by_mail(desk, &Mail::new(ROSA, "Help", "h@brackwater.example").header(FAIL));
        assert!(text(&unproven, "/requester/email").ends_with("@mail.invalid"));
        let message = messages(desk, &unproven).remove(0);
        let agent = desk.pages(Role::Agent);
        let page = agent.get(&format!("/desk/tickets/{}", text(&unproven, "/number")));
        assert!(page.text().contains("Held for you to check") && page.text().contains("It is genuine"), "{}", page.text());
        agent.form(&format!("/desk/messages/{}/admit", text(&message, "/id")), &[]).status.eq(&303).then_some(()).unwrap();
        let ours = shown(desk, &unproven);
        assert_eq!((text(&ours, "/requester/email"), text(&ours, "/organisation/name")), ("rosa@brackwater.example", "Brackwater Ferries"));
        assert_eq!(texts(desk, Role::Requester, &unproven).len(), 1);
        desk.leaves_mail();
    });
}

#[test]
fn the_pages_merge_part_and_move_without_scripts() {
    one(|desk| {
        let into = opened(desk, &json!({ "title": "Target" }));
        let ticket = opened(desk, &json!({ "title": "Part", "requester": "jo@customer.example" }));
        let (from, to) = (text(&ticket, "/number"), text(&into, "/number"));
        let agent = desk.pages(Role::Agent);
        let page = agent.get(&format!("/desk/tickets/{from}/merge"));
        assert!(page.status == 200 && page.text().contains("name=\"into\""));
        let wrong = agent.get(&format!("/desk/tickets/{from}/merge?into={from}"));
        assert!(wrong.status == 422 && wrong.text().contains("A ticket cannot be merged into itself"), "{}", wrong.text());
        let plan = agent.get(&format!("/desk/tickets/{from}/merge?into={}", to.to_lowercase())).text();
        assert!(plan.contains(&format!("Merge into {to}")) && plan.contains("Left out") && plan.contains("Rosa Marin"), "{plan}");
        let done = agent.form(&format!("/desk/tickets/{from}/merge"), &[("into", to), ("people", "all")]);
        assert_eq!((done.status, done.header("location")), (303, format!("/desk/tickets/{to}?told=merged")));
        assert_eq!(copies(desk, &into), ["jo@customer.example"]);
        let led = agent.get(&format!("/desk/tickets/{from}"));
        assert_eq!((led.status, led.header("location")), (303, format!("/desk/tickets/{to}")));
        let alone = agent.get(&format!("/desk/tickets/{from}?alone=1")).text();
        assert!(alone.contains("Merged into") && !alone.contains("id=\"composer\""));
        let target = agent.get(&format!("/desk/tickets/{to}")).text();
        assert!(target.contains("was merged into this ticket") && target.contains("came to") && target.contains("id=\"composer\""));
        assert_eq!(agent.form(&format!("/desk/tickets/{from}/unmerge"), &[]).status, 303);

        let message = messages(desk, &ticket).remove(0);
        let address = format!("/desk/messages/{}/move", text(&message, "/id"));
        assert!(agent.get(&address).text().contains("A ticket of its own"));
        let typo = agent.form(&address, &[("to", "other"), ("number", "QUE-999")]);
        assert!(typo.status == 422 && typo.text().contains("There is no ticket QUE-999"), "{}", typo.text());
        let moved = agent.form(&address, &[("to", "other"), ("number", to)]);
        assert!(moved.status == 303 && moved.header("location").starts_with(&format!("/desk/tickets/{to}?told=message-moved#message-")));
        assert_eq!(desk.pages(Role::OtherAgent).get(&address).status, 404);
        assert_eq!(desk.pages(Role::Requester).get(&address).status, 403);
    });
}

#[test]
fn side_conversations_go_on_in_the_target_and_come_back_when_they_part() {
    both(|desk| {
        let agent = desk.api(Role::Agent);
        let (ticket, into) = (opened(desk, &json!({ "title": "Part" })), opened(desk, &json!({ "title": "Target" })));
        let new = json!({ "subject": "Spare part", "to": ["x@supplier.example"], "body": "Have you one?" });
        let side = agent.post(&below(&ticket, "side-conversations"), &new).must(201);
        let address = format!("/api/v1/side-conversations/{}", text(&side, "/id"));
        merge(desk, &ticket, &into, &json!({}));
        assert_eq!(items(&agent.get(&below(&into, "side-conversations"))).len(), 1);
        agent.post(&format!("{address}/messages"), &json!({ "body": "Still?" })).must(201);
        assert!(texts(desk, Role::Agent, &into).contains(&"Still?".to_owned()));
        agent.post(&below(&ticket, "side-conversations"), &new).problem(409);
        parted(desk, &ticket);
        assert_eq!(texts(desk, Role::Agent, &ticket), ["Since seven.", "Have you one?", "Still?"]);
        assert_eq!((texts(desk, Role::Agent, &into).len(), items(&agent.get(&below(&into, "side-conversations"))).len()), (1, 0));
        assert_eq!(items(&agent.get(&below(&ticket, "side-conversations"))).len(), 1);
        desk.leaves_mail();
    });
}
