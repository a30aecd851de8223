//! Several people at one ticket: who is there, what is begun, and what happens when two do the same.

use kernel::Span;
use people::person::EnablePerson;
use serde_json::{Value, json};
use testkit::{Role, TestDesk};

use crate::house::{below, both, items, opened, path, text};
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
fn what_happened_between_a_page_and_its_stream_is_told() {
    both(|desk| {
        let (it, hr) = (opened(desk, &json!({})), opened(desk, &json!({ "desk": "hr", "requester": "mara@brackwater.example" })));
        desk.settle();
        let shown = |role: Role| {
            let mut pages = std::iter::repeat_with(|| desk.pages(role).get("/desk").text()).take(1_000);
            pages.find_map(|page| Some(page.split_once("data-shown-to=\"")?.1.split_once('"')?.0.to_owned())).expect("up to where it shows")
        };
        let (anna, otto) = (shown(Role::Agent), shown(Role::OtherAgent));
        for ticket in [&it, &hr] {
            desk.api(Role::Admin).json("PATCH", &path(ticket), &json!({ "title": "Changed meanwhile" })).must(200);
        }
        desk.settle();
        let told =
            |role: Role, after: &str| Stream::open(desk, &desk.pages(role), &format!("/desk/live?after={after}")).named(desk, "ticket");
        assert_eq!(told(Role::Agent, &anna), text(&it, "/number"));
        assert_eq!(told(Role::OtherAgent, &otto), text(&hr, "/number"));
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
        // A stream that opens while somebody comes may be told of them twice.
        let told = std::iter::repeat_with(|| learnt(desk, &mut stream)).take(2).find(|told| told[0].1.is_empty());
        assert_eq!(told, Some(vec![(number.to_owned(), Vec::new())]));
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

fn keep(desk: &TestDesk, role: Role, place: &str, body: &str, (page, revision): (&str, Option<i64>)) -> Value {
    let body = json!({ "place": place, "content": { "body": body }, "page": page, "revision": revision });
    desk.api(role).json("PUT", "/api/v1/drafts", &body).must(200)
}

fn at(ticket: &Value) -> String {
    format!("ticket:{}", text(ticket, "/number"))
}

fn draft_path(saved: &Value, rest: &str) -> String {
    format!("/api/v1/drafts/{}{rest}", text(saved, "/draft/id"))
}

#[test]
fn there_is_one_draft_for_each_person_and_place_and_nobody_else_finds_it() {
    both(|desk| {
        let ticket = opened(desk, &json!({}));
        let first = keep(desk, Role::Agent, &at(&ticket), "Hel", ("page-a", None));
        let second = keep(desk, Role::Agent, &at(&ticket), "Hello", ("page-a", Some(1)));
        assert_eq!(first["draft"]["id"], second["draft"]["id"]);
        assert_eq!((second["draft"]["revision"].as_i64(), second["versions"].as_i64()), (Some(2), Some(0)));
        keep(desk, Role::Admin, &at(&ticket), "Mine", ("page-b", None));
        assert_eq!(items(&desk.api(Role::Agent).get("/api/v1/drafts")).len(), 1);
        for role in [Role::Admin, Role::OtherAgent, Role::Auditor] {
            desk.api(role).get(&draft_path(&first, "")).problem(404);
            desk.api(role).delete(&draft_path(&first, ""), &json!({})).problem(404);
        }
        // Who may not work there begins nothing there.
        let input = json!({ "place": at(&ticket), "content": { "body": "x" } });
        desk.api(Role::OtherAgent).json("PUT", "/api/v1/drafts", &input).problem(404);
        desk.api(Role::Auditor).json("PUT", "/api/v1/drafts", &input).problem(403);
        desk.api(Role::Requester).json("PUT", "/api/v1/drafts", &input).problem(403);
    });
}

#[test]
fn what_another_page_wrote_meanwhile_becomes_a_version_and_can_be_brought_back() {
    both(|desk| {
        let ticket = opened(desk, &json!({}));
        keep(desk, Role::Agent, &at(&ticket), "From the desk", ("page-a", None));
        let phone = keep(desk, Role::Agent, &at(&ticket), "From the phone", ("page-b", None));
        assert_eq!((phone["set_aside"].as_bool(), phone["versions"].as_i64()), (Some(true), Some(1)));
        let versions = items(&desk.api(Role::Agent).get(&draft_path(&phone, "/versions")));
        assert_eq!(text(&versions[0], "/content/body"), "From the desk");
        let back = draft_path(&phone, &format!("/versions/{}/restore", text(&versions[0], "/id")));
        let draft = desk.api(Role::Agent).post(&back, &json!({})).must(200);
        assert_eq!(text(&draft, "/content/body"), "From the desk");
        let versions = items(&desk.api(Role::Agent).get(&draft_path(&phone, "/versions")));
        assert_eq!(versions.iter().map(|one| text(one, "/content/body")).collect::<Vec<_>>(), ["From the phone"]);
    });
}

#[test]
fn what_is_thrown_away_or_emptied_can_be_brought_back() {
    both(|desk| {
        let (ticket, api) = (opened(desk, &json!({})), desk.api(Role::Agent));
        let saved = keep(desk, Role::Agent, &at(&ticket), "Hello", ("page-a", None));
        api.delete(&draft_path(&saved, ""), &json!({})).must(200);
        assert_eq!(items(&api.get("/api/v1/drafts")), [] as [Value; 0]);
        assert_eq!(text(&api.post(&draft_path(&saved, "/restore"), &json!({})).must(200), "/content/body"), "Hello");
        assert!(keep(desk, Role::Agent, &at(&ticket), " ", ("page-a", Some(2)))["draft"].is_null());
        assert_eq!(text(&api.post(&draft_path(&saved, "/restore"), &json!({})).must(200), "/content/body"), "Hello");
        api.post(&draft_path(&saved, "/restore"), &json!({})).problem(409);
    });
}

#[test]
fn a_draft_follows_a_merge_and_joins_one_that_is_there() {
    both(|desk| {
        let (from, into, api) = (opened(desk, &json!({})), opened(desk, &json!({})), desk.api(Role::Agent));
        keep(desk, Role::Agent, &at(&from), "Begun before", ("page-a", None));
        let there = keep(desk, Role::Agent, &at(&into), "Begun there", ("page-a", None));
        keep(desk, Role::Admin, &at(&from), "A colleague's", ("page-b", None));
        api.post(&below(&from, "merge"), &json!({ "into": text(&into, "/number") })).must(200);
        let own = items(&api.get("/api/v1/drafts"));
        assert_eq!(
            own.iter().map(|one| (text(one, "/content/body"), text(one, "/ticket"))).collect::<Vec<_>>(),
            [("Begun there", text(&into, "/id"))]
        );
        let versions = items(&api.get(&draft_path(&there, "/versions")));
        assert_eq!(text(&versions[0], "/content/body"), "Begun before");
        let theirs = items(&desk.api(Role::Admin).get("/api/v1/drafts"));
        assert_eq!((text(&theirs[0], "/content/body"), text(&theirs[0], "/ticket")), ("A colleague's", text(&into, "/id")));
    });
}

#[test]
fn a_reply_that_is_sent_takes_its_draft_along_and_a_new_owner_changes_nothing() {
    both(|desk| {
        let ticket = opened(desk, &json!({}));
        keep(desk, Role::Agent, &at(&ticket), "Hello", ("page-a", None));
        let owner = json!({ "assignee": desk.persona(Role::Agent).id.to_string() });
        desk.api(Role::Admin).patch(&crate::house::path(&ticket), &owner).must(200);
        assert_eq!(items(&desk.api(Role::Agent).get("/api/v1/drafts")).len(), 1);
        let place = format!("/desk/tickets/{}/reply", text(&ticket, "/number"));
        assert_eq!(desk.pages(Role::Agent).form(&place, &[("body", "Hello")]).status, 303);
        assert_eq!(items(&desk.api(Role::Agent).get("/api/v1/drafts")), [] as [Value; 0]);
        desk.leaves_mail();
    });
}

#[test]
fn a_review_is_asked_for_given_and_told_of_and_its_writer_cannot_give_it() {
    both(|desk| {
        let ticket = opened(desk, &json!({}));
        // Administrators see every ticket; whom one asks works on the desk.
        let admin = desk.persona(Role::Admin).id;
        let agents = vec![desk.persona(Role::Agent).id, admin];
        desk.execute(people::desks::SaveDesk { id: Some(desk.it), agents: Some(agents), ..people::desks::SaveDesk::default() });
        let (anna, boss) = (desk.with_token(&desk.token_for(Role::Agent)), desk.with_token(&desk.token_for(Role::Admin)));
        let kept = |body: &str, revision: Option<i64>| {
            let input = json!({ "place": at(&ticket), "content": { "body": body }, "page": "page-a", "revision": revision });
            anna.json("PUT", "/api/v1/drafts", &input).must(200)
        };
        let saved = kept("We pay the damage.", None);
        boss.get(&draft_path(&saved, "")).problem(404);
        let nobody = json!({ "reviewer": desk.persona(Role::OtherAgent).id.to_string() });
        assert_eq!(anna.json("PUT", &draft_path(&saved, "/review"), &nobody).invalid(), ["reviewer"]);
        anna.json("PUT", &draft_path(&saved, "/review"), &json!({ "reviewer": admin.to_string(), "ask": "Too generous?" })).must(200);
        assert_eq!(items(&boss.get("/api/v1/drafts")).len(), 1);
        anna.post(&draft_path(&saved, "/approve"), &json!({ "revision": 1 })).problem(403);
        boss.post(&draft_path(&saved, "/comments"), &json!({ "text": "Fine with me." })).must(200);
        let good = boss.post(&draft_path(&saved, "/approve"), &json!({ "revision": 1 })).must(200);
        assert_eq!(good["review"]["comments"].as_array().unwrap().len(), 1);
        // Other words were not found good, and nobody sends or approves what they have not read.
        kept("We pay all of the damage.", Some(1));
        assert!(anna.get(&draft_path(&saved, "")).must(200)["review"]["approved_by"].is_null());
        boss.post(&draft_path(&saved, "/approve"), &json!({ "revision": 1 })).problem(412);
        boss.post(&draft_path(&saved, "/pen"), &json!({})).must(200);
        // Who has lost the pen loses no words.
        let held = kept("We pay everything, at once.", Some(2));
        assert_eq!((held["set_aside"].as_bool(), text(&held, "/draft/content/body")), (Some(true), "We pay all of the damage."));
        boss.post(&draft_path(&saved, "/approve"), &json!({ "revision": 2 })).must(200);
        boss.with("if-match", "\"v2\"").post(&draft_path(&saved, "/send"), &json!({})).must(201);
        let kinds: Vec<String> = items(&boss.get(&below(&ticket, "timeline")))
            .iter()
            .filter_map(|item| item["fact"]["kind"].as_str().or(item["kind"].as_str()).map(str::to_owned))
            .collect();
        assert!(
            kinds.iter().any(|kind| kind == "draft.sent") && kinds.iter().filter(|kind| *kind == "draft.approved").count() == 2,
            "{kinds:?}"
        );
        boss.post(&draft_path(&saved, "/send"), &json!({})).problem(404);
        desk.leaves_mail();
    });
}

#[test]
fn a_change_of_another_field_is_no_obstacle_and_the_same_field_is_shown_and_chosen() {
    both(|desk| {
        let ticket = opened(desk, &json!({}));
        let place = |deed: &str| format!("/desk/tickets/{}/{deed}", text(&ticket, "/number"));
        let anna = desk.pages(Role::Agent);
        let version = ticket["version"].to_string();
        desk.api(Role::Admin).patch(&crate::house::path(&ticket), &json!({ "priority": "low", "priority_reason": "Can wait" })).must(200);
        // Another field: it simply goes.
        let me = desk.persona(Role::Agent).id.to_string();
        assert_eq!(anna.form(&place("assignee"), &[("version", &version), ("assignee", &me)]).status, 303);
        // The same field: both are shown, with what was before and who it was.
        let mine = [("version", version.as_str()), ("priority", "critical"), ("reason", "The ship sails")];
        let page = anna.form(&place("priority"), &mine);
        assert_eq!(page.status, 412);
        for words in ["id=\"conflict\"", "Low", "Critical", "Before", "The ship sails"] {
            assert!(page.text().contains(words), "{words}");
        }
        let now = desk.api(Role::Agent).get(&crate::house::path(&ticket)).must(200);
        assert_eq!(text(&now, "/priority"), "low");
        let newer = now["version"].to_string();
        let theirs = [("version", newer.as_str()), ("priority", "critical"), ("reason", "x"), ("keep.priority", "theirs")];
        assert_eq!(anna.form(&place("priority"), &theirs).status, 303);
        assert_eq!(text(&desk.api(Role::Agent).get(&crate::house::path(&ticket)).must(200), "/priority"), "low");
        let chosen = [("version", newer.as_str()), ("priority", "critical"), ("reason", "The ship sails"), ("keep.priority", "mine")];
        assert_eq!(anna.form(&place("priority"), &chosen).status, 303);
        assert_eq!(text(&desk.api(Role::Agent).get(&crate::house::path(&ticket)).must(200), "/priority"), "critical");
    });
}

#[test]
fn a_message_that_came_while_a_reply_was_written_is_shown_before_it_goes() {
    both(|desk| {
        let ticket = opened(desk, &json!({}));
        let anna = desk.pages(Role::Agent);
        let page = anna.get(&format!("/desk/tickets/{}", text(&ticket, "/number"))).text();
        let hidden = |name: &str| {
            let at = page.split(&format!("name=\"{name}\" value=\"")).nth(1).unwrap_or_else(|| panic!("no {name}"));
            at.split('"').next().unwrap().to_owned()
        };
        let (seen, version) = (hidden("seen"), ticket["version"].to_string());
        let reply = format!("/desk/tickets/{}/reply", text(&ticket, "/number"));
        desk.api(Role::Requester).post(&below(&ticket, "messages"), &json!({ "body": "It went by itself, leave it." })).must(201);
        let fields = [("version", version.as_str()), ("seen", seen.as_str()), ("body", "We are coming.")];
        let asked = anna.form(&reply, &fields);
        assert_eq!(asked.status, 409);
        for words in ["id=\"guard\"", "It went by itself, leave it.", "We are coming."] {
            assert!(asked.text().contains(words), "{words}");
        }
        // Having seen it, the same reply goes; and what others change beside it was never an obstacle.
        let text_of = asked.text();
        let newest = text_of.split("data-seen=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
        desk.api(Role::Admin).patch(&crate::house::path(&ticket), &json!({ "title": "Another title" })).must(200);
        let fields = [("version", version.as_str()), ("seen", newest.as_str()), ("body", "We are coming.")];
        assert_eq!(anna.form(&reply, &fields).status, 303);
        desk.leaves_mail();
    });
}
