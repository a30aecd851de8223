//! The inbox behind its pages: what is unread, edits of several tickets, taking an edit back, lists in groups.

use desk::lists::groups::{self, Group};
use desk::lists::{ListRequest, Mark};
use kernel::{Actor, Span, Via};
use people::session;
use serde_json::{Value, json};
use testkit::{Api, Role, TestDesk};

use crate::house::{TICKETS, below, both, opened, path, text};

fn unread(api: &Api<'_>, ticket: &Value) -> bool {
    api.get(&below(ticket, "seen")).must(200)["unread"].as_bool().unwrap()
}

fn numbers(tickets: &[&Value]) -> Vec<String> {
    tickets.iter().map(|ticket| text(ticket, "/number").to_owned()).collect()
}

fn bulk(api: &Api<'_>, tickets: &[&Value], edit: &Value) -> Value {
    let mut input = json!({ "tickets": numbers(tickets) });
    for (key, value) in edit.as_object().unwrap() {
        input[key] = value.clone();
    }
    api.post(&format!("{TICKETS}/bulk"), &input).must(200)
}

fn undo(api: &Api<'_>, step: &Value) -> Value {
    api.post(&format!("/api/v1/undo/{}", step.as_str().unwrap()), &json!({})).must(200)
}

#[test]
fn what_others_say_after_one_looked_is_unread_and_what_one_says_is_not() {
    both(|desk| {
        let (agent, colleague) = (desk.api(Role::Agent), desk.api(Role::Admin));
        let ticket = opened(desk, &json!({}));
        assert!(unread(&agent, &ticket), "what nobody opened is news");
        assert!(!unread(&colleague, &ticket), "who opened it knows it");
        agent.json("PUT", &below(&ticket, "seen"), &json!({})).must(200);
        assert!(!unread(&agent, &ticket));
        colleague.post(&below(&ticket, "messages"), &json!({ "kind": "note", "body": "Look at gate 4." })).must(201);
        assert!(unread(&agent, &ticket) && !unread(&colleague, &ticket));
        agent.post(&below(&ticket, "messages"), &json!({ "kind": "reply", "body": "We are at it." })).must(201);
        assert!(!unread(&agent, &ticket) && unread(&colleague, &ticket), "who answers has read");
        agent.delete(&below(&ticket, "seen"), &json!({})).must(200);
        assert!(unread(&agent, &ticket), "put back by hand");
        desk.api(Role::OtherAgent).json("PUT", &below(&ticket, "seen"), &json!({})).problem(404);
    });
}

#[test]
fn a_ticket_that_is_given_to_somebody_is_unread_for_them() {
    both(|desk| {
        let (agent, colleague) = (desk.api(Role::Agent), desk.api(Role::Admin));
        let ticket = opened(desk, &json!({}));
        agent.json("PUT", &below(&ticket, "seen"), &json!({})).must(200);
        colleague.patch(&path(&ticket), &json!({ "assignee": "anna@desk.example" })).must(200);
        assert!(unread(&agent, &ticket) && !unread(&colleague, &ticket));
        agent.json("PUT", &below(&ticket, "seen"), &json!({})).must(200);
        agent.patch(&path(&ticket), &json!({ "assignee": null })).must(200);
        agent.patch(&path(&ticket), &json!({ "assignee": "anna@desk.example" })).must(200);
        assert!(!unread(&agent, &ticket), "who takes it knows that");
    });
}

#[test]
fn what_nobody_opened_is_news_for_a_week() {
    both(|desk| {
        let ticket = opened(desk, &json!({}));
        assert!(unread(&desk.api(Role::Agent), &ticket));
        desk.advance(Span::days(8));
        assert!(!unread(&desk.api(Role::Agent), &ticket));
    });
}

#[test]
fn t_x2_an_edit_of_several_tickets_checks_each_by_itself_and_tells_what_was_refused() {
    both(|desk| {
        let agent = desk.api(Role::Agent);
        let (one, two) = (opened(desk, &json!({})), opened(desk, &json!({ "assignee": "anna@desk.example" })));
        let hidden = opened(desk, &json!({ "desk": "hr", "requester": "sam@elsewhere.example" }));
        let told = bulk(&agent, &[&one, &two, &hidden], &json!({ "assignee": "anna@desk.example" }));
        assert_eq!((&told["changed"], &told["unchanged"]), (&json!(1), &json!(1)), "{told}");
        assert_eq!(text(&told, "/refused/0/ticket"), text(&hidden, "/number"));
        assert_eq!(desk.api(Role::Admin).get(&path(&hidden)).must(200)["assignee"], Value::Null);
        let refused = bulk(&agent, &[&one, &two], &json!({ "status": "no-such-status" }));
        assert_eq!((&refused["changed"], refused["refused"].as_array().unwrap().len()), (&json!(0), 2), "{refused}");
        agent.post(&format!("{TICKETS}/bulk"), &json!({ "tickets": numbers(&[&one]), "status": "open", "unread": true })).problem(400);
        let requester = bulk(&desk.api(Role::Requester), &[&one], &json!({ "priority": "critical" }));
        assert_eq!(requester["changed"], 0, "{requester}");
    });
}

#[test]
fn an_edit_of_several_tickets_is_taken_back_as_one_and_once() {
    both(|desk| {
        let agent = desk.api(Role::Agent);
        let tickets: Vec<Value> = (0..3).map(|_| opened(desk, &json!({ "tags": ["gate"] }))).collect();
        let all: Vec<&Value> = tickets.iter().collect();
        let before: Vec<Value> = all.iter().map(|ticket| agent.get(&path(ticket)).must(200)).collect();
        let edits = [
            json!({ "assignee": "anna@desk.example" }),
            json!({ "team": "network" }),
            json!({ "priority": "critical", "priority_reason": "The ship sails" }),
            json!({ "add_tags": ["night"], "remove_tags": ["gate"] }),
            json!({ "status": "resolved" }),
            json!({ "snooze_until": null }),
        ];
        for edit in &edits {
            let told = bulk(&agent, &all, edit);
            assert_eq!(told["changed"], 3, "{edit}: {told}");
            assert_ne!(agent.get(&path(all[0])).must(200)["version"], before[0]["version"]);
            let undone = undo(&agent, &told["undo"]);
            assert!(undone["tickets"].as_array().unwrap().iter().all(|one| one["kept"] == json!([])), "{undone}");
            for (ticket, before) in all.iter().zip(&before) {
                let now = agent.get(&path(ticket)).must(200);
                for field in ["assignee", "team", "priority", "priority_reason", "tags", "status", "turn", "resolved_at"] {
                    assert_eq!(now[field], before[field], "{field} after {edit}");
                }
            }
            agent.post(&format!("/api/v1/undo/{}", text(&told, "/undo")), &json!({})).problem(409);
        }
    });
}

#[test]
fn what_somebody_else_changed_since_stays_field_by_field() {
    both(|desk| {
        let (agent, colleague) = (desk.api(Role::Agent), desk.api(Role::Admin));
        let (one, two) = (opened(desk, &json!({})), opened(desk, &json!({})));
        let told = bulk(&agent, &[&one, &two], &json!({ "priority": "critical", "priority_reason": "The ship sails" }));
        colleague.patch(&path(&two), &json!({ "priority": "low", "priority_reason": "It does not", "title": "Gate 5" })).must(200);
        let undone = undo(&agent, &told["undo"]);
        assert_eq!(undone["tickets"][0]["back"], json!(["priority"]), "{undone}");
        assert_eq!(undone["tickets"][1]["kept"][0]["field"], "priority", "{undone}");
        assert_eq!(undone["tickets"][1]["kept"][0]["by"], desk.persona(Role::Admin).id.to_string());
        assert_eq!(agent.get(&path(&two)).must(200)["priority"], "low");
        assert_eq!(agent.get(&path(&one)).must(200)["priority"], "normal");
    });
}

#[test]
fn t_x2_a_step_is_taken_back_by_whoever_made_it_for_a_day() {
    both(|desk| {
        let agent = desk.api(Role::Agent);
        let ticket = opened(desk, &json!({}));
        let step = bulk(&agent, &[&ticket], &json!({ "status": "open" }));
        desk.api(Role::Admin).post(&format!("/api/v1/undo/{}", text(&step, "/undo")), &json!({})).problem(404);
        agent.post("/api/v1/undo/12", &json!({})).problem(404);
        desk.advance(Span::days(2));
        agent.post(&format!("/api/v1/undo/{}", text(&step, "/undo")), &json!({})).problem(409);
        assert_eq!(agent.get(&path(&ticket)).must(200)["status"], "open");
    });
}

/// Numbers by group, walking the list in pages of `limit` in either direction.
fn walked(desk: &TestDesk, limit: usize, groups: &[Group], backwards: bool) -> Vec<Vec<(String, String)>> {
    let person = desk.persona(Role::Agent).id;
    let access = desk.wait(desk.desk.read(move |db| session::rows::access_of(db, person, Via::Console))).unwrap().unwrap();
    let actor = Actor::Person(access.into());
    let (mut pages, mut after) = (Vec::new(), None::<Mark>);
    loop {
        let request = ListRequest { within: "is:open".to_owned(), limit, after: after.clone(), backwards, ..ListRequest::default() };
        let (settings, actor, groups) = (desk.desk.settings(), actor.clone(), groups.to_vec());
        let page = desk.wait(desk.desk.read(move |db| groups::page(db, &settings, &actor, &request, &groups))).unwrap();
        let rows = page.sections.iter().flat_map(|section| {
            let folded = section.folded.then(|| (section.group.clone(), "folded".to_owned()));
            folded.into_iter().chain(section.tickets.iter().map(|ticket| (section.group.clone(), ticket.number.clone())))
        });
        pages.push(rows.collect());
        after = if backwards { page.previous } else { page.next };
        if after.is_none() {
            return pages;
        }
    }
}

#[test]
fn a_list_in_groups_is_walked_in_both_directions_without_gap_or_repetition() {
    both(|desk| {
        for at in 0..17 {
            let priority = ["low", "high", "normal"][at % 3];
            opened(desk, &json!({ "priority": priority, "priority_reason": "so", "kind": "incident" }));
            desk.advance(Span::seconds(1));
        }
        let group = |word: &str, folded: bool| Group { id: word.to_owned(), query: format!("priority:{word}"), folded };
        let groups = ["critical", "high", "normal", "low"].map(|word| group(word, false));
        let whole = walked(desk, 100, &groups, false).concat();
        assert_eq!(whole.len(), 17);
        let order: Vec<&str> = whole.iter().map(|(group, _)| group.as_str()).collect();
        assert!(order.is_sorted_by_key(|group| groups.iter().position(|one| one.id == *group)), "{order:?}");
        for limit in [1, 4, 5, 6, 17] {
            let pages = walked(desk, limit, &groups, false);
            assert!(pages.iter().all(|page| page.len() <= limit), "{limit}");
            assert_eq!(pages.concat(), whole, "forwards by {limit}");
            let mut pages = walked(desk, limit, &groups, true);
            pages.reverse();
            assert_eq!(pages.concat(), whole, "backwards by {limit}");
        }
        let folded = [group("critical", true), group("high", true), group("normal", false), group("low", true)];
        let shown = walked(desk, 100, &folded, false).concat();
        let heads: Vec<&str> = shown.iter().filter(|(_, number)| number == "folded").map(|(group, _)| group.as_str()).collect();
        assert_eq!((heads, shown.len()), (vec!["high", "low"], 7), "an empty group has no head, a folded one no rows");
    });
}
