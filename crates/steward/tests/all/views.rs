//! Saved views: whose they are, what they show to whom, and what becomes of them when the desk changes.

use serde_json::{Value, json};
use testkit::{Role, TestDesk};

use crate::house::{both, items, opened, text};

const VIEWS: &str = "/api/v1/views";

fn saved(desk: &TestDesk, role: Role, view: &Value) -> Value {
    desk.api(role).post(VIEWS, view).must(201)
}

fn one(view: &Value) -> String {
    format!("{VIEWS}/{}", text(view, "/id"))
}

fn names(desk: &TestDesk, role: Role) -> Vec<String> {
    items(&desk.api(role).get(VIEWS)).iter().map(|view| text(view, "/name").to_owned()).collect()
}

fn shown(desk: &TestDesk, role: Role, view: &Value, more: &str) -> Vec<String> {
    let found = desk.api(role).get(&format!("{}/tickets{more}", one(view)));
    items(&found).iter().map(|ticket| text(ticket, "/number").to_owned()).collect()
}

fn number(ticket: &Value) -> String {
    text(ticket, "/number").to_owned()
}

#[test]
fn t_x1_a_view_is_found_and_changed_by_those_whose_it_is() {
    both(|desk| {
        saved(desk, Role::Admin, &json!({ "name": "All", "scope": "everybody", "query": "is:open" }));
        let of_desk = saved(desk, Role::Agent, &json!({ "name": "Desk", "scope": "desk", "desk": "it", "query": "desk:it" }));
        let own = saved(desk, Role::Agent, &json!({ "name": "Own", "query": "  assignee:me   is:open " }));
        assert_eq!((text(&own, "/scope"), text(&own, "/query")), ("person", "assignee:me is:open"), "kept in its normal form");
        assert_eq!(names(desk, Role::Agent), ["All", "Desk", "Own"]);
        assert_eq!(names(desk, Role::OtherAgent), ["All"]);
        assert_eq!(names(desk, Role::Admin), ["All", "Desk"], "nobody reads what somebody keeps for themselves");
        desk.api(Role::Requester).get(VIEWS).problem(403);
        for role in [Role::OtherAgent, Role::Admin] {
            for path in [one(&own), format!("{}/tickets", one(&own))] {
                desk.api(role).get(&path).problem(404);
            }
            desk.api(role).patch(&one(&own), &json!({ "name": "x" })).problem(404);
            desk.api(role).delete(&one(&own), &json!({})).problem(404);
            assert_eq!(desk.pages(role).get(&format!("/desk/views/{}", text(&own, "/id"))).seen().0, 404);
        }
        desk.api(Role::OtherAgent).get(&one(&of_desk)).problem(404);
        let everybody = items(&desk.api(Role::Agent).get(VIEWS)).remove(0);
        desk.api(Role::Agent).patch(&one(&everybody), &json!({ "name": "x" })).problem(403);
        let agent = desk.api(Role::Agent);
        for (wrong, field) in [
            (json!({ "name": "x", "scope": "everybody" }), "place"),
            (json!({ "name": "x", "scope": "desk", "desk": "hr" }), "place"),
            (json!({ "name": " " }), "name"),
            (json!({ "name": "x", "query": "colour:red" }), "query"),
            (json!({ "name": "x", "query": "is:open)" }), "query"),
            (json!({ "name": "x", "sort": "title" }), "sort"),
            (json!({ "name": "x", "group": "moon" }), "group"),
            (json!({ "name": "x", "columns": ["number", "salary"] }), "columns"),
            (json!({ "name": "x", "scope": "galaxy" }), "scope"),
        ] {
            assert_eq!(agent.post(VIEWS, &wrong).invalid(), [field], "{wrong}");
        }
        agent.with("if-match", "\"v9\"").patch(&one(&own), &json!({ "name": "x" })).problem(412);
        let changed = agent.patch(&one(&own), &json!({ "name": "Mine", "columns": ["updated", "number"], "sort": "-created" })).must(200);
        assert_eq!(changed["columns"], json!(["number", "subject", "updated"]), "in the order of lists, always with the subject");
        assert_eq!(changed["version"], json!(2));
        agent.delete(&one(&own), &json!({})).must(204);
        assert_eq!(names(desk, Role::Agent), ["All", "Desk"]);
        desk.api(Role::OtherAgent).post(&format!("{}/restore", one(&own)), &json!({})).problem(404);
        agent.post(&format!("{}/restore", one(&own)), &json!({})).must(200);
        assert_eq!(names(desk, Role::Agent), ["All", "Desk", "Mine"]);
        desk.leaves_mail();
    });
}

#[test]
fn t_x3_a_shared_view_shows_each_reader_what_they_may_see_and_me_is_whoever_reads() {
    both(|desk| {
        let annas = opened(desk, &json!({ "assignee": "anna@desk.example" }));
        let nobodys = opened(desk, &json!({}));
        let all = saved(desk, Role::Admin, &json!({ "name": "All", "scope": "everybody", "query": "is:open", "sort": "created" }));
        let mine = saved(desk, Role::Admin, &json!({ "name": "Mine", "scope": "everybody", "query": "assignee:me" }));
        assert_eq!(shown(desk, Role::Agent, &all, ""), [number(&annas), number(&nobodys)]);
        assert_eq!(shown(desk, Role::Agent, &all, "?sort=-created"), [number(&nobodys), number(&annas)]);
        assert_eq!(shown(desk, Role::Agent, &all, "?q=assignee:none"), [number(&nobodys)]);
        assert_eq!(shown(desk, Role::OtherAgent, &all, ""), Vec::<String>::new());
        assert_eq!(shown(desk, Role::Agent, &mine, ""), [number(&annas)]);
        assert_eq!(shown(desk, Role::Admin, &mine, ""), Vec::<String>::new());
        let counted = desk.api(Role::Agent).get(&format!("{}/tickets?count=true&limit=1", one(&all))).must(200);
        assert_eq!((counted["total"].as_u64(), counted["items"].as_array().map(Vec::len)), (Some(2), Some(1)));
        let page = desk.pages(Role::Agent).get(&format!("/desk/views/{}", text(&all, "/id"))).text();
        assert!(page.contains(&number(&annas)) && page.contains(&number(&nobodys)));
        let page = desk.pages(Role::OtherAgent).get(&format!("/desk/views/{}", text(&all, "/id"))).text();
        assert!(!page.contains(&number(&annas)));
        desk.leaves_mail();
    });
}

#[test]
fn a_view_that_asks_for_what_there_is_no_more_says_so_and_breaks_nothing() {
    both(|desk| {
        let admin = desk.api(Role::Admin);
        let team = admin.post("/api/v1/teams", &json!({ "name": "Gates", "key": "gates", "desk": "it" })).must(201);
        let view = saved(desk, Role::Admin, &json!({ "name": "Gates only", "scope": "everybody", "query": "team:gates is:open" }));
        let path = format!("/desk/views/{}", text(&view, "/id"));
        assert_eq!(desk.pages(Role::Admin).get(&path).seen().0, 200);
        admin.patch(&format!("/api/v1/teams/{}", text(&team, "/id")), &json!({ "key": "doors", "name": "Doors" })).must(200);
        let broken = desk.pages(Role::Admin).get(&path);
        assert_eq!(broken.seen().0, 200);
        assert!(broken.text().contains("cannot be read any more") && broken.text().contains("/edit"), "why, and the way to mend it");
        assert!(!desk.pages(Role::Agent).get(&path).text().contains(&format!("{path}/edit")), "only for whom may");
        let list = desk.pages(Role::Agent).get("/desk/views").text();
        assert!(list.contains("Gates only") && list.contains("gates"));
        assert_eq!(admin.get(&format!("{}/tickets", one(&view))).invalid(), ["q"]);
        assert_eq!(desk.pages(Role::Agent).get("/desk").seen().0, 200);
        admin.patch(&one(&view), &json!({ "query": "team:doors is:open" })).must(200);
        assert!(!desk.pages(Role::Admin).get(&path).text().contains("cannot be read"));
        desk.leaves_mail();
    });
}

#[test]
fn a_list_is_saved_as_it_looks_and_everybody_arranges_views_for_themselves() {
    both(|desk| {
        let agent = desk.pages(Role::Agent);
        let begun = agent.get("/desk/views/new?from=%2Fdesk%2Fviews%2Fopen%3Fq%3Dpriority%3Ahigh").text();
        assert!(begun.contains("-turn:done desk:it priority:high") || begun.contains("-turn:done priority:high"), "{begun}");
        let refused = agent.form("/desk/views/new", &[("name", ""), ("query", "stat:open"), ("place", "mine")]);
        assert_eq!(refused.seen().0, 422);
        assert!(refused.text().contains("stat:open"), "what was typed stands there again");
        let made = agent.form(
            "/desk/views/new",
            &[
                ("name", "High"),
                ("query", "priority:high"),
                ("place", "mine"),
                ("column", "number"),
                ("column", "priority"),
                ("sort", "created"),
                ("group", ""),
            ],
        );
        let address = made.header("location");
        assert!(address.starts_with("/desk/views/") && address.ends_with("told=view-saved"), "{address}");
        let view = items(&desk.api(Role::Agent).get(VIEWS)).remove(0);
        assert_eq!((text(&view, "/sort"), &view["columns"]), ("created", &json!(["number", "subject", "priority"])));
        saved(desk, Role::Admin, &json!({ "name": "Zoo", "scope": "everybody" }));
        let order = |page: &str| (page.find(">High<").unwrap(), page.find(">Zoo<").unwrap());
        let before = agent.get("/desk").text();
        assert!(order(&before).0 < order(&before).1, "by name");
        agent.form("/desk/views/arrange", &[("view", text(&view, "/id")), ("do", "down")]);
        let after = agent.get("/desk").text();
        assert!(order(&after).0 > order(&after).1, "as its reader put it");
        agent.form("/desk/views/arrange", &[("view", text(&view, "/id")), ("do", "hide")]);
        assert!(!agent.get("/desk").text().contains(">High<"));
        assert!(agent.get("/desk/views").text().contains(">High<"), "it is still there");
        assert!(
            agent.get("/desk/fragments/palette?q=zo").text().contains("Zoo")
                || agent.get("/desk/fragments/palette?q=Zoo").text().contains("mark")
        );
        desk.leaves_mail();
    });
}
