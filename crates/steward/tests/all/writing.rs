//! What is written: saved replies and who has them, mentions, pictures in the text, files passed on; on both databases.

use serde_json::{Value, json};
use testkit::{Role, TestDesk};

use crate::house::{below, both, items, opened, text};

const CANNED: &str = "/api/v1/canned-responses";
const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0\x1f\x15\xc4\x89";

fn canned(desk: &TestDesk, role: Role, more: &Value) -> Value {
    let mut fields =
        json!({ "title": "Gate restarted", "texts": [{ "language": "en", "body": "Hello {{requester.first_name}}, {{ticket.number}}." }] });
    for (key, value) in more.as_object().unwrap() {
        fields[key] = value.clone();
    }
    desk.api(role).post(CANNED, &fields).must(201)
}

fn titles(desk: &TestDesk, role: Role) -> Vec<String> {
    items(&desk.api(role).get(CANNED)).iter().map(|one| text(one, "/title").to_owned()).collect()
}

fn one(canned: &Value) -> String {
    format!("{CANNED}/{}", text(canned, "/id"))
}

fn me(desk: &TestDesk, role: Role) -> String {
    text(&desk.api(role).get("/api/v1/me").must(200), "/id").to_owned()
}

#[test]
fn t_x1_a_saved_reply_is_found_by_those_whose_it_is() {
    both(|desk| {
        canned(desk, Role::Admin, &json!({ "title": "All", "scope": "everybody" }));
        canned(desk, Role::Agent, &json!({ "title": "Desk", "scope": "desk", "desk": "it" }));
        let own = canned(desk, Role::Agent, &json!({ "title": "Own", "shortcut": "/Gate-1" }));
        assert_eq!((text(&own, "/scope"), text(&own, "/shortcut")), ("person", "gate-1"));
        assert_eq!(titles(desk, Role::Agent), ["All", "Desk", "Own"]);
        assert_eq!(titles(desk, Role::OtherAgent), ["All"]);
        assert_eq!(titles(desk, Role::Admin), ["All", "Desk"], "nobody reads what somebody keeps for themselves");
        desk.api(Role::Requester).get(CANNED).problem(403);
        for role in [Role::OtherAgent, Role::Admin] {
            desk.api(role).get(&one(&own)).problem(404);
            desk.api(role).patch(&one(&own), &json!({ "title": "x" })).problem(404);
            desk.api(role).delete(&one(&own), &json!({})).problem(404);
        }
        let agent = desk.api(Role::Agent);
        for (wrong, field) in [
            (json!({ "title": "x", "scope": "everybody", "texts": [{ "language": "en", "body": "x" }] }), "place"),
            (json!({ "title": "x", "scope": "desk", "desk": "hr", "texts": [{ "language": "en", "body": "x" }] }), "place"),
            (json!({ "title": "x", "texts": [{ "language": "en", "body": "{{ 7*7 }}" }] }), "body"),
            (json!({ "title": "x", "texts": [{ "language": "tlh", "body": "x" }] }), "language"),
            (json!({ "title": " ", "texts": [{ "language": "en", "body": "x" }] }), "title"),
            (json!({ "title": "x", "shortcut": "a b", "texts": [{ "language": "en", "body": "x" }] }), "shortcut"),
            (json!({ "title": "x" }), "body"),
        ] {
            assert_eq!(agent.post(CANNED, &wrong).invalid(), [field], "{wrong}");
        }
        agent.with("if-match", "\"v9\"").patch(&one(&own), &json!({ "title": "x" })).problem(412);
        let changed = agent.patch(&one(&own), &json!({ "title": "Mine", "texts": [{ "language": "lv", "body": "Labdien" }] })).must(200);
        assert_eq!(changed["texts"].as_array().unwrap().len(), 2);
        agent.delete(&one(&own), &json!({})).must(204);
        assert_eq!(titles(desk, Role::Agent), ["All", "Desk"]);
        desk.leaves_mail();
    });
}

#[test]
fn t_a6_a_saved_reply_is_filled_with_text_and_never_twice() {
    both(|desk| {
        let ticket = opened(desk, &json!({ "title": "{{agent.name}} <img src=x onerror=alert(1)>" }));
        canned(
            desk,
            Role::Agent,
            &json!({ "texts": [{ "language": "en", "body_format": "html", "body": "<p>{{ticket.title}} for <b>{{requester.name}}</b></p>" }] }),
        );
        let list = items(&desk.api(Role::Agent).get(&format!("{CANNED}?ticket={}", text(&ticket, "/number"))));
        let html = text(&list[0], "/filled/html");
        assert!(html.contains("{{agent.name}} &lt;img src=x onerror=alert(1)&gt;"), "{html}");
        assert!(!html.contains("<img"), "{html}");
        desk.leaves_mail();
    });
}

#[test]
fn a_mention_is_new_to_a_colleague_who_finds_it_by_query() {
    both(|desk| {
        let ticket = opened(desk, &json!({}));
        let (agent, admin) = (desk.api(Role::Agent), desk.api(Role::Admin));
        let (colleague, stranger) = (me(desk, Role::Agent), me(desk, Role::OtherAgent));
        let messages = below(&ticket, "messages");
        agent.json("PUT", &below(&ticket, "seen"), &json!({})).must(200);
        let note = json!({ "kind": "note", "body": "@Anna please look", "mentions": [colleague] });
        admin.post(&messages, &note).must(201);
        assert_eq!(agent.get(&below(&ticket, "seen")).must(200)["unread"], json!(true));
        let found = |role: Role| items(&desk.api(role).get("/api/v1/tickets?q=mentions:me")).len();
        assert_eq!((found(Role::Agent), found(Role::Admin)), (1, 0));
        // Who does not read the ticket cannot be called there, and nobody learns whether they exist.
        for who in [stranger, me(desk, Role::Requester), "77".to_owned()] {
            let refused = admin.post(&messages, &json!({ "kind": "note", "body": "@x", "mentions": [who] }));
            assert_eq!(refused.invalid(), ["mentions"]);
        }
        let reply = json!({ "body": "@Anna", "mentions": [colleague] });
        assert_eq!(admin.post(&messages, &reply).invalid(), ["mentions"], "outside, nobody reads a colleague's name");
        desk.leaves_mail();
    });
}

#[test]
fn a_picture_that_the_text_shows_is_part_of_it_and_any_other_file_lies_beside_it() {
    both(|desk| {
        let ticket = opened(desk, &json!({}));
        let agent = desk.api(Role::Agent);
        let upload = |name: &str, kind: &str| agent.upload(name, kind, PNG).must(201);
        let (shown, beside, note) = (upload("a.png", "image/png"), upload("b.png", "image/png"), upload("c.txt", "text/plain"));
        assert!(note["content_id"].is_null(), "only pictures can be shown in a text");
        let html = format!("<p>See <img src=\"cid:{}\"></p>", text(&shown, "/content_id"));
        let files = json!([shown["id"], beside["id"], note["id"]]);
        let message = json!({ "kind": "note", "body": html, "body_format": "html", "attachments": files });
        let said = agent.post(&below(&ticket, "messages"), &message).must(201);
        let inline: Vec<bool> = said["attachments"].as_array().unwrap().iter().map(|file| file["inline"].as_bool().unwrap()).collect();
        assert_eq!(inline, [true, false, false]);
        assert!(text(&said, "/body_html").contains(&format!("cid:{}", text(&shown, "/content_id"))));
        // T-X1: a file that has its message cannot be taken for another.
        let again = json!({ "kind": "note", "body": "x", "attachments": [shown["id"]] });
        assert_eq!(agent.post(&below(&ticket, "messages"), &again).invalid(), ["attachments"]);
        desk.leaves_mail();
    });
}
