//! Several people at one ticket: who is there.

use kernel::Span;
use people::person::EnablePerson;
use serde_json::{Value, json};
use testkit::{Role, TestDesk};

use crate::house::{below, both, items, opened, text};
use crate::streams::Stream;

fn attend(desk: &TestDesk, role: Role, ticket: &Value, place: &str, activity: &str) {
    desk.api(role).json("PUT", &below(ticket, "presence"), &json!({ "place": place, "activity": activity })).must(204);
}

/// Who is at a ticket, as the API tells it to a role: name and activity.
fn present(desk: &TestDesk, role: Role, ticket: &Value) -> Vec<(String, String)> {
    let view = |one: &Value| (text(one, "/name").to_owned(), text(one, "/activity").to_owned());
    items(&desk.api(role).get(&below(ticket, "presence"))).iter().map(view).collect()
}

/// What a live page learns next of presence: ticket and sentences.
fn learnt(desk: &TestDesk, stream: &mut Stream) -> Vec<(String, Vec<String>)> {
    let list: Value = serde_json::from_str(&stream.named(desk, "presence")).unwrap();
    let said = |one: &Value| one["said"].as_array().unwrap().iter().map(|text| text.as_str().unwrap().to_owned()).collect();
    list.as_array().unwrap().iter().map(|one| (text(one, "/ticket").to_owned(), said(one))).collect()
}

#[test]
fn who_writes_is_named_before_who_reads_and_a_person_with_two_pages_once() {
    both(|desk| {
        let ticket = opened(desk, &json!({}));
        attend(desk, Role::Agent, &ticket, "page-one-a", "viewing");
        attend(desk, Role::Agent, &ticket, "page-two-a", "noting");
        attend(desk, Role::Admin, &ticket, "page-one-b", "replying");
        let names = present(desk, Role::Auditor, &ticket);
        let activities: Vec<&str> = names.iter().map(|(_, activity)| activity.as_str()).collect();
        assert_eq!(activities, ["replying", "noting"], "{names:?}");
        // A page is at one ticket at a time.
        let other = opened(desk, &json!({}));
        attend(desk, Role::Admin, &other, "page-one-b", "viewing");
        assert_eq!(present(desk, Role::Agent, &ticket).len(), 1);
        assert_eq!(present(desk, Role::Agent, &other).len(), 1);
    });
}

#[test]
fn presence_ends_with_its_lease_and_by_leaving() {
    both(|desk| {
        let ticket = opened(desk, &json!({}));
        attend(desk, Role::Agent, &ticket, "page-one-a", "viewing");
        attend(desk, Role::Admin, &ticket, "page-one-b", "viewing");
        desk.api(Role::Admin).delete(&below(&ticket, "presence"), &json!({ "place": "page-one-b" })).must(204);
        assert_eq!(present(desk, Role::Admin, &ticket).len(), 1);
        desk.advance(Span::seconds(59));
        assert_eq!(present(desk, Role::Admin, &ticket).len(), 1);
        desk.advance(Span::seconds(2));
        assert_eq!(present(desk, Role::Admin, &ticket), []);
    });
}

#[test]
fn a_page_cannot_be_moved_by_somebody_else() {
    both(|desk| {
        let ticket = opened(desk, &json!({}));
        attend(desk, Role::Agent, &ticket, "page-one-a", "replying");
        attend(desk, Role::Admin, &ticket, "page-one-a", "viewing");
        desk.api(Role::Admin).delete(&below(&ticket, "presence"), &json!({ "place": "page-one-a" })).must(204);
        let names = present(desk, Role::Admin, &ticket);
        assert_eq!(names.iter().map(|(_, activity)| activity.as_str()).collect::<Vec<_>>(), ["replying"]);
        for place in ["short", "with space in it", &"x".repeat(65)] {
            let body = json!({ "place": place, "activity": "viewing" });
            assert_eq!(desk.api(Role::Agent).json("PUT", &below(&ticket, "presence"), &body).invalid(), ["place"]);
        }
    });
}

#[test]
fn t_x2_live_pages_learn_of_presence_only_what_their_reader_may_know() {
    both(|desk| {
        let (it, hr) = (opened(desk, &json!({})), opened(desk, &json!({ "desk": "hr", "requester": "mara@brackwater.example" })));
        attend(desk, Role::Admin, &it, "page-one-b", "replying");
        attend(desk, Role::Admin, &hr, "page-two-b", "viewing");
        desk.settle();
        let mut anna = Stream::open(desk, &desk.pages(Role::Agent), "/desk/live");
        let mut otto = Stream::open(desk, &desk.pages(Role::OtherAgent), "/desk/live");
        let (of_it, of_hr) = (learnt(desk, &mut anna), learnt(desk, &mut otto));
        assert_eq!(of_it.iter().map(|(ticket, _)| ticket.as_str()).collect::<Vec<_>>(), [text(&it, "/number")]);
        assert!(of_it[0].1[0].ends_with("is writing a reply"), "{of_it:?}");
        assert_eq!(of_hr.iter().map(|(ticket, _)| ticket.as_str()).collect::<Vec<_>>(), [text(&hr, "/number")]);
        // One's own presence is no news to oneself.
        attend(desk, Role::Agent, &it, "page-one-a", "noting");
        assert_eq!(learnt(desk, &mut anna)[0].1.len(), 1);
        desk.api(Role::Admin).delete(&below(&it, "presence"), &json!({ "place": "page-one-b" })).must(204);
        assert_eq!(learnt(desk, &mut anna), [(text(&it, "/number").to_owned(), Vec::new())]);
    });
}

#[test]
fn t_l4_presence_ends_with_the_session() {
    both(|desk| {
        let ticket = opened(desk, &json!({}));
        let pages = desk.with_session(&desk.session_for(Role::Agent));
        let number = text(&ticket, "/number");
        let said = [("place", "page-one-a"), ("activity", "viewing")];
        assert_eq!(pages.form(&format!("/desk/tickets/{number}/presence"), &said).status, 204);
        let mut stream = Stream::open(desk, &desk.pages(Role::Admin), "/desk/live");
        assert_eq!(learnt(desk, &mut stream)[0].1.len(), 1);
        desk.execute(EnablePerson { id: desk.persona(Role::Agent).id, enabled: false });
        assert_eq!(learnt(desk, &mut stream), [(number.to_owned(), Vec::new())]);
        assert_eq!(present(desk, Role::Admin, &ticket), []);
    });
}

#[test]
fn presence_is_for_pages_of_ours_only() {
    both(|desk| {
        let ticket = opened(desk, &json!({}));
        let place = format!("/desk/tickets/{}/presence", text(&ticket, "/number"));
        let forged = b"csrf=guessed&place=page-one-a&activity=viewing".to_vec();
        let pages = desk.pages(Role::Agent).with("origin", testkit::BASE);
        assert_eq!(pages.send("POST", &place, "application/x-www-form-urlencoded", forged).status, 403);
        assert_eq!(present(desk, Role::Agent, &ticket), []);
    });
}
