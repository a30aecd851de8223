//! What a form leaves alone stays as it is, a form that is sent twice is one, and names are found in every script.

use kernel::OrganisationId;
use serde_json::{Value, json};
use testkit::{Api, Role, TestDesk};

use crate::house::{TICKETS, below, both, items, one, opened, path, text};

fn page(ticket: &Value, rest: &str) -> String {
    format!("/desk/tickets/{}{rest}", text(ticket, "/number"))
}

fn field(desk: &TestDesk, body: &Value) {
    desk.api(Role::Admin).post("/api/v1/fields", body).must(201);
}

fn form(desk: &TestDesk, kind: &str, parts: &Value) {
    desk.api(Role::Admin).post("/api/v1/forms", &json!({ "kind": kind, "sections": [{ "items": parts }] })).must(201);
}

/// What a form on a page would send if nobody touched it.
fn untouched(api: &Api<'_>, place: &str) -> Vec<(String, String)> {
    let page = api.get(place).text();
    let form = page.split("<form").find(|form| form.contains("name=\"fields.") || form.contains("name=\"emails\"")).unwrap();
    let form = form.split("</form>").next().unwrap();
    let value =
        |tag: &str, name: &str| tag.split(&format!("{name}=\"")).nth(1).map(|rest| rest.split('"').next().unwrap().replace("&amp;", "&"));
    let mut sent = Vec::new();
    for tag in form.split("<input").skip(1).map(|rest| rest.split('>').next().unwrap()) {
        let ticked = !tag.contains("type=\"checkbox\"") || tag.contains(" checked");
        if let (Some(name), true) = (value(tag, "name"), ticked) {
            sent.push((name, value(tag, "value").unwrap_or_default()));
        }
    }
    for area in form.split("<textarea").skip(1) {
        let text = area.split("</textarea>").next().unwrap().split_once('>').unwrap().1;
        sent.push((value(area, "name").unwrap(), text.trim_start_matches('\n').to_owned()));
    }
    for select in form.split("<select").skip(1) {
        let chosen = select.split("</select>").next().unwrap().split("<option").find(|option| option.contains(" selected"));
        sent.push((value(select, "name").unwrap(), chosen.and_then(|option| value(option, "value")).unwrap_or_default()));
    }
    sent.into_iter().filter(|(name, _)| name != "csrf").collect()
}

fn send(api: &Api<'_>, place: &str, sent: &[(String, String)]) -> u16 {
    let fields: Vec<(&str, &str)> = sent.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    api.form(place, &fields).status
}

#[test]
fn people_and_organisations_are_found_by_names_in_every_script() {
    both(|desk| {
        let admin = desk.api(Role::Admin);
        let company = admin.post("/api/v1/organisations", &json!({ "name": "Балтика" })).must(201);
        let person =
            admin.post("/api/v1/people", &json!({ "name": "Ēriks Ozols", "email": "eriks@baltika.example", "organisation": "БАЛТИКА" }));
        let person = person.must(201);
        assert_eq!(person["organisation"]["id"], company["id"]);
        let pages = desk.pages(Role::Admin);
        for word in ["ēriks", "ERIKS", "ĒRIKS", "ozols"] {
            assert!(pages.get(&format!("/admin/people?q={}", TestDesk::encoded(word))).text().contains("Ēriks Ozols"), "{word}");
        }
        for word in ["балт", "БАЛТ"] {
            assert!(pages.get(&format!("/admin/organisations?q={}", TestDesk::encoded(word))).text().contains("Балтика"), "{word}");
        }
        // A page whose form nobody touched can be saved.
        let place = format!("/admin/people/{}", text(&person, "/id"));
        assert_eq!(send(&pages, &place, &untouched(&pages, &place)), 303);
        let now = admin.get(&format!("/api/v1/people/{}", text(&person, "/id"))).must(200);
        assert_eq!((&now["organisation"]["id"], &now["emails"]), (&company["id"], &json!(["eriks@baltika.example"])));
        desk.leaves_mail();
    });
}

#[test]
fn who_belongs_to_one_of_two_organisations_of_the_same_name_stays_there() {
    both(|desk| {
        let admin = desk.api(Role::Admin);
        let mut twins = ["one", "two"].map(|_| admin.post("/api/v1/organisations", &json!({ "name": "Harbour" })));
        let [_, second] = &mut twins;
        let id: OrganisationId = text(&second.must(201), "/id").parse().unwrap();
        let body = json!({ "name": "Kaja Lind", "email": "kaja@harbour.example", "organisation": id.to_string() });
        let person = admin.post("/api/v1/people", &body).must(201);
        let (pages, place) = (desk.pages(Role::Admin), format!("/admin/people/{}", text(&person, "/id")));
        assert_eq!(send(&pages, &place, &untouched(&pages, &place)), 303);
        let now = admin.get(&format!("/api/v1/people/{}", text(&person, "/id"))).must(200);
        assert_eq!(text(&now, "/organisation/id"), id.to_string());
        desk.leaves_mail();
    });
}

#[test]
fn values_that_could_not_be_chosen_today_stay_when_the_details_are_saved() {
    both(|desk| {
        let admin = desk.api(Role::Admin);
        let nobody = admin.post("/api/v1/people", &json!({ "name": "Ilze Kalniņa", "phones": ["4711"] })).must(201);
        field(desk, &json!({ "key": "ship", "label": "Ship", "type": "choice", "options": ["Aurora", "Borealis"] }));
        field(desk, &json!({ "key": "decks", "label": "Decks", "type": "choices", "options": ["upper", "lower"] }));
        field(desk, &json!({ "key": "master", "label": "Master", "type": "person" }));
        field(desk, &json!({ "key": "draught", "label": "Draught", "type": "number" }));
        let agents = |key: &str| json!({ "field": key, "audience": "agents" });
        form(desk, "incident", &json!([{ "field": "ship" }, { "field": "decks" }, agents("master"), { "field": "draught" }]));
        let held = json!({ "ship": "Borealis", "decks": ["lower"], "master": nobody["id"], "draught": 4.125 });
        let ticket = opened(desk, &json!({ "kind": "incident", "desk": "it", "fields": held }));
        admin.patch("/api/v1/fields/ship", &json!({ "options": ["Aurora"] })).must(200);
        admin.patch("/api/v1/fields/decks", &json!({ "options": ["upper"] })).must(200);
        let (pages, place) = (desk.pages(Role::Agent), page(&ticket, "/fields"));
        let mut sent = untouched(&pages, &place);
        assert_eq!(send(&pages, &place, &sent), 303);
        let now = || desk.api(Role::Agent).get(&path(&ticket)).must(200)["fields"].clone();
        assert_eq!(now(), held);
        // One more choice beside the one that is no longer offered.
        sent = untouched(&pages, &place);
        sent.push(("fields.decks".to_owned(), "upper".to_owned()));
        assert_eq!(send(&pages, &place, &sent), 303);
        assert_eq!(now()["decks"], json!(["lower", "upper"]));
        // What means a thousand to one and one to another is asked again.
        let number = sent.iter_mut().find(|(name, _)| name == "fields.draught").unwrap();
        number.1 = "1,000".to_owned();
        assert_eq!(send(&pages, &place, &sent), 422);
        assert_eq!(now()["draught"], json!(4.125));
        // The history says names, not numbers of records.
        desk.settle();
        let told = desk.pages(Role::Agent).get(&page(&ticket, "")).text();
        assert!(told.contains("lower, upper"), "{told}");
        desk.api(Role::Agent).patch(&path(&ticket), &json!({ "fields": { "master": null } })).must(200);
        let told = desk.pages(Role::Agent).get(&page(&ticket, "")).text();
        let line = told.split("Master").find(|part| part.contains("Ilze Kalniņa"));
        assert!(line.is_some() && !told.contains(&format!(">{}<", text(&nobody, "/id"))), "{told}");
        desk.leaves_mail();
    });
}

#[test]
fn another_kind_asks_with_a_field_for_what_it_depends_on() {
    one(|desk| {
        field(desk, &json!({ "key": "ship", "label": "Ship", "type": "choice", "options": ["Aurora", "Borealis"] }));
        field(desk, &json!({ "key": "deck", "label": "Deck", "type": "text" }));
        let when = json!({ "terms": [{ "field": "ship", "is": "is", "values": ["Aurora"] }] });
        form(desk, "incident", &json!([{ "field": "ship" }]));
        form(desk, "problem", &json!([{ "field": "ship" }, { "field": "deck", "required": "always", "when": when }]));
        let ticket = opened(desk, &json!({ "kind": "incident", "desk": "it", "fields": { "ship": "Aurora" } }));
        let (pages, place) = (desk.pages(Role::Agent), page(&ticket, "/kind"));
        let mut sent = untouched(&pages, &format!("{place}?to=problem"));
        sent.iter_mut().find(|(name, _)| name == "fields.deck").unwrap().1 = "4".to_owned();
        assert_eq!(send(&pages, &place, &sent), 303);
        let now = desk.api(Role::Agent).get(&path(&ticket)).must(200);
        assert_eq!((&now["kind"], &now["fields"]), (&json!("problem"), &json!({ "ship": "Aurora", "deck": "4" })));
        desk.leaves_mail();
    });
}

#[test]
fn an_agent_who_came_meanwhile_is_not_taken_off_a_desk_by_who_had_it_open() {
    both(|desk| {
        let (admin, place) = (desk.pages(Role::Admin), format!("/admin/desks/{}", desk.it));
        let page = admin.get(&place).text();
        let seen = page.split("name=\"version\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
        let before = desk.desk.settings().desk(desk.it).unwrap().clone();
        let new = json!({ "name": "Ilze", "email": "ilze@brackwater.example", "roles": ["agent:it"] });
        desk.api(Role::Admin).post("/api/v1/people", &new).must(201);
        let agents: Vec<String> = before.agents.iter().map(ToString::to_string).collect();
        let mut sent = vec![("version", seen.as_str()), ("name", "Other name"), ("key", before.key.as_str())];
        sent.extend(agents.iter().map(|agent| ("agents", agent.as_str())));
        assert_eq!(admin.form(&place, &sent).status, 412);
        assert_eq!(desk.desk.settings().desk(desk.it).unwrap().agents.len(), before.agents.len() + 1);
        desk.leaves_mail();
    });
}

#[test]
fn a_form_for_a_new_ticket_that_is_sent_twice_opens_one() {
    both(|desk| {
        let pages = desk.pages(Role::Agent);
        let form = pages.get("/desk/new").text();
        let once = form.split("name=\"once\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
        assert!(!pages.get("/desk/new").text().contains(&format!("value=\"{once}\"")), "each form is another");
        let call = |title: &str| {
            let who = [("name", "Kaja Lind"), ("phone", "+371 2000 9999"), ("minutes", "5")];
            let what = [("once", once.as_str()), ("desk", "it"), ("kind", "incident"), ("channel", "phone"), ("title", title)];
            let answer = pages.form("/desk/new", &[what.as_slice(), who.as_slice()].concat());
            assert_eq!(answer.status, 303, "{}", answer.text());
            answer.header("location")
        };
        let first = call("The gate is stuck");
        assert_eq!(call("The gate is stuck"), first, "a second click leads to the same ticket");
        assert_ne!(call("The other gate, too"), first, "what was written anew is another");
        let found = items(&desk.api(Role::Agent).get(&format!("{TICKETS}?q={}", TestDesk::encoded("title:gate"))));
        assert_eq!(found.len(), 2);
        let times = items(&desk.api(Role::Agent).get(&below(&found[0], "time-entries")));
        assert_eq!(times.len(), 1);
        desk.leaves_mail();
    });
}

#[test]
fn a_caller_is_found_among_many_who_begin_so_and_by_an_extension() {
    both(|desk| {
        let admin = desk.api(Role::Admin);
        for n in 0..25 {
            admin.post("/api/v1/people", &json!({ "name": format!("Anna Number {n}") })).must(201);
        }
        admin.post("/api/v1/people", &json!({ "name": "Anna" })).must(201);
        let call = |who: &[(&str, &str)]| {
            let what = [("desk", "it"), ("kind", "incident"), ("channel", "phone"), ("title", "x")];
            desk.pages(Role::Agent).form("/desk/new", &[what.as_slice(), who].concat())
        };
        assert_eq!(call(&[("requester", "anna")]).status, 422, "there is somebody called so: it is asked who is meant");
        let people = || desk.desk.store().read_blocking(|db| people::person::rows::page(db, 0, None, 500)).unwrap().len();
        assert_eq!(call(&[("name", "Ilze"), ("phone", "142")]).status, 303);
        let known = people();
        assert_eq!(call(&[("name", "Ilze"), ("phone", "142")]).status, 303);
        assert_eq!(call(&[("phone", "1 42")]).status, 303);
        assert_eq!(people(), known, "an extension is a number too");
        desk.leaves_mail();
    });
}

#[test]
fn a_step_for_administrators_is_not_offered_to_others() {
    one(|desk| {
        let practice = json!({
            "statuses": [{ "status": "new", "turn": "us" }, { "status": "open", "turn": "us" }, { "status": "closed", "turn": "done" }],
            "transitions": [
                { "from": "new", "to": "open" },
                { "from": "new", "to": "closed", "administrators": true },
                { "from": "open", "to": "closed" },
                { "from": "closed", "to": "open" },
            ],
        });
        desk.api(Role::Admin).post("/api/v1/practices/incident/versions", &json!({ "practice": practice })).must(201);
        let ticket = opened(desk, &json!({ "kind": "incident", "desk": "it" }));
        let offers = |role: Role| desk.pages(role).get(&page(&ticket, "")).text().contains("name=\"to\" value=\"closed\"");
        assert!(desk.pages(Role::Agent).get(&page(&ticket, "")).text().contains("name=\"to\" value=\"open\""));
        assert!(!offers(Role::Agent));
        desk.leaves_mail();
    });
}
