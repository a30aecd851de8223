//! What belongs to several pages at once: settings of a desk, steps that are taken back, callers without an address, who a ticket is for,
//! drafts that became something, addresses that know no such method.

use serde_json::{Value, json};
use testkit::{Api, Role, TestDesk};

use crate::house::{below, both, items, one, opened, path, text};

/// The place that a form leads to.
fn led(answer: &testkit::Answer) -> String {
    assert_eq!(answer.status, 303, "{}", answer.text());
    answer.header("location")
}

fn number(ticket: &Value) -> String {
    text(ticket, "/number").to_owned()
}

fn page(ticket: &Value) -> String {
    format!("/desk/tickets/{}", number(ticket))
}

/// Does a step of a form and takes it back as the notice offers it.
fn step_and_back(pages: &Api<'_>, place: &str, form: &[(&str, &str)], check: impl Fn(bool)) {
    let notice = led(&pages.form(place, form));
    check(true);
    let shown = pages.get(&notice).text();
    let action = shown.split("action=\"/desk/undo/").nth(1).unwrap_or_else(|| panic!("no undo at {notice}"));
    let step = action.split('"').next().unwrap();
    let after = led(&pages.form(&format!("/desk/undo/{step}"), &[]));
    assert!(after.contains("told=undone"), "{after}");
    check(false);
    assert_eq!(pages.form(&format!("/desk/undo/{step}"), &[]).status, 409, "a step is taken back once");
}

#[test]
fn whether_time_must_be_logged_is_ticked_on_the_page_of_a_desk() {
    one(|desk| {
        let admin = desk.pages(Role::Admin);
        let place = format!("/admin/desks/{}", desk.it);
        let now = || desk.desk.settings().desk(desk.it).unwrap().clone();
        let version = || {
            let page = admin.get(&place).text();
            page.split("name=\"version\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned()
        };
        let agents: Vec<String> = now().agents.iter().map(ToString::to_string).collect();
        let save = |more: &[(&str, &str)]| {
            let (seen, desk) = (version(), now());
            let mut form = vec![("version", seen.as_str()), ("name", desk.name.as_str()), ("key", desk.key.as_str())];
            form.extend(agents.iter().map(|agent| ("agents", agent.as_str())));
            form.extend(more);
            led(&admin.form(&place, &form));
        };
        let ticked = || admin.get(&place).text().contains("name=\"time_required\" value=\"1\" checked");
        assert!(!ticked() && !now().time_required);
        save(&[("time_required", "1")]);
        assert!(ticked() && now().time_required);
        let ticket = opened(desk, &json!({}));
        desk.api(Role::Agent).post(&below(&ticket, "transition"), &json!({ "to": "resolved" })).problem(422);
        save(&[]);
        assert!(!ticked() && !now().time_required);
        desk.leaves_mail();
    });
}

#[test]
fn a_removed_link_comes_back_on_both_sides() {
    both(|desk| {
        let (here, there) = (opened(desk, &json!({})), opened(desk, &json!({})));
        let pages = desk.pages(Role::Agent);
        desk.api(Role::Agent).post(&below(&here, "links"), &json!({ "kind": "caused_by", "target": number(&there) })).must(201);
        let links = |ticket: &Value| desk.api(Role::Agent).get(&path(ticket)).must(200)["links"].as_array().unwrap().len();
        let form = [("kind", "caused_by"), ("target", text(&there, "/number")), ("remove", "1")];
        step_and_back(&pages, &format!("{}/links", page(&here)), &form, |done| {
            let left = usize::from(!done);
            assert_eq!((links(&here), links(&there)), (left, left));
        });
        desk.leaves_mail();
    });
}

#[test]
fn a_task_that_was_ticked_off_or_removed_by_mistake_comes_back() {
    both(|desk| {
        let ticket = opened(desk, &json!({}));
        let (api, pages) = (desk.api(Role::Agent), desk.pages(Role::Agent));
        let task = api.post(&below(&ticket, "tasks"), &json!({ "title": "Return the badge" })).must(201);
        let place = format!("{}/tasks/{}", page(&ticket), text(&task, "/id"));
        let tasks = || items(&api.get(&below(&ticket, "tasks")));
        step_and_back(&pages, &place, &[("step", "done")], |done| assert_eq!(tasks()[0]["done"], json!(done)));
        step_and_back(&pages, &place, &[("step", "remove")], |gone| assert_eq!(tasks().is_empty(), gone));
        let added = format!("{}/tasks", page(&ticket));
        step_and_back(&pages, &added, &[("title", "Typed by mistake")], |there| assert_eq!(tasks().len() == 2, there));
        desk.leaves_mail();
    });
}

#[test]
fn putting_off_and_bringing_back_are_taken_back() {
    both(|desk| {
        let ticket = opened(desk, &json!({}));
        let (api, pages) = (desk.api(Role::Agent), desk.pages(Role::Agent));
        let now = || api.get(&path(&ticket)).must(200);
        let until = (desk.desk.clock().now() + kernel::Span::hours(16)).to_string();
        let place = format!("{}/snooze", page(&ticket));
        step_and_back(&pages, &place, &[("until", &until)], |off| assert_eq!(now()["snoozed"], json!(off)));
        api.post(&below(&ticket, "snooze"), &json!({ "until": until })).must(200);
        step_and_back(&pages, &place, &[("until", "wake")], |back| assert_eq!(now()["snoozed"], json!(!back)));
        assert_eq!(now()["snoozed_until"], json!(until), "until the same moment as before");
        desk.leaves_mail();
    });
}

#[test]
fn what_a_colleague_put_right_meanwhile_is_left_alone() {
    both(|desk| {
        let ticket = opened(desk, &json!({}));
        let (api, pages) = (desk.api(Role::Agent), desk.pages(Role::Agent));
        let place = format!("{}/snooze", page(&ticket));
        let notice = led(&pages.form(&place, &[("until", "reply")]));
        let step = notice.split("step=").nth(1).unwrap().to_owned();
        let until = (desk.desk.clock().now() + kernel::Span::hours(3)).to_string();
        desk.api(Role::Admin).post(&below(&ticket, "snooze"), &json!({ "until": until })).must(200);
        let told = led(&pages.form(&format!("/desk/undo/{step}"), &[]));
        assert!(pages.get(&told).text().contains("has changed it since"), "{told}");
        assert_eq!(api.get(&path(&ticket)).must(200)["snoozed_until"], json!(until));
        desk.leaves_mail();
    });
}

/// Logs a call; `who` are the fields that say who it is.
fn call(desk: &TestDesk, who: &[(&str, &str)]) -> testkit::Answer {
    let mut form =
        vec![("desk", "it"), ("kind", "incident"), ("channel", "phone"), ("title", "The gate is stuck"), ("body", "Since noon.")];
    form.extend(who);
    desk.pages(Role::Agent).form("/desk/new", &form)
}

/// The ticket that a logged call led to.
fn called(desk: &TestDesk, who: &[(&str, &str)]) -> Value {
    let place = led(&call(desk, who));
    let number = place.split('/').next_back().unwrap().split('?').next().unwrap().to_owned();
    desk.api(Role::Agent).get(&format!("/api/v1/tickets/{number}")).must(200)
}

#[test]
fn a_call_is_logged_for_somebody_without_an_address() {
    both(|desk| {
        let api = desk.api(Role::Agent);
        let first = called(desk, &[("name", "Ilze Kalniņa"), ("phone", "+371 2000 1234")]);
        assert_eq!((text(&first, "/requester/name"), text(&first, "/requester/email")), ("Ilze Kalniņa", ""));
        let person = api.get(&format!("/api/v1/people/{}", text(&first, "/requester/id"))).must(200);
        assert_eq!((&person["emails"], &person["phones"]), (&json!([]), &json!(["+371 2000 1234"])));
        // The same number rings again: the same person, however it is written.
        let again = called(desk, &[("requester", "+371 20001234")]);
        assert_eq!(again["requester"]["id"], first["requester"]["id"]);
        // A number alone stands in for the name, a name alone is enough.
        assert_eq!(text(&called(desk, &[("requester", "040 123 99")]), "/requester/name"), "040 123 99");
        assert_eq!(text(&called(desk, &[("requester", "Man at gate 4")]), "/requester/name"), "Man at gate 4");
        assert_eq!(
            text(&called(desk, &[("requester", "Ilze"), ("person", text(&first, "/requester/id"))]), "/requester/name"),
            "Ilze Kalniņa"
        );
        for (who, said) in [
            (vec![], "Say who it is"),
            (vec![("requester", "ilze kalniņa")], "There is already somebody called"),
            (vec![("requester", "not-an-address@")], "address"),
        ] {
            let refused = call(desk, &who);
            assert_eq!(refused.status, 422, "{who:?}");
            assert!(refused.text().contains("id=\"requester-refusal\"") && refused.text().contains(said), "{who:?}");
        }
        desk.leaves_mail();
    });
}

#[test]
fn what_is_said_to_somebody_without_an_address_stays_in_the_ticket() {
    both(|desk| {
        let ticket = called(desk, &[("name", "Ilze"), ("phone", "2000 1234")]);
        let pages = desk.pages(Role::Agent);
        let shown = pages.get(&page(&ticket)).text();
        assert!(shown.contains("nobody: no e-mail address is known") && shown.contains("No address is known"), "{shown}");
        led(&pages.form(&format!("{}/reply", page(&ticket)), &[("chosen", "yes"), ("requester", ""), ("body", "Told by telephone.")]));
        desk.advance(kernel::Span::minutes(1));
        desk.api(Role::Agent).post(&below(&ticket, "messages"), &json!({ "kind": "reply", "body": "Told again." })).must(201);
        desk.settle();
        let found = items(&desk.api(Role::Agent).get("/api/v1/tickets?q=requester:me"));
        assert!(found.is_empty());
        let mine = items(&desk.api(Role::Agent).get(&format!("/api/v1/tickets?q=requester:{}", text(&ticket, "/requester/id"))));
        assert_eq!(mine.len(), 1);
        let admin = desk.pages(Role::Admin).get("/admin/people?q=ilze").text();
        assert!(admin.contains("Ilze"), "whoever has no address is in the list of people");
    });
}

#[test]
fn whoever_works_here_or_signs_in_has_an_address() {
    both(|desk| {
        let admin = desk.api(Role::Admin);
        let new = admin.post("/api/v1/people", &json!({ "name": "Ilze", "phones": ["2000 1234"] })).must(201);
        assert_eq!(new["emails"], json!([]));
        assert_eq!(admin.post("/api/v1/people", &json!({ "name": "Ilze", "roles": ["agent:it"] })).invalid(), ["emails"]);
        assert_eq!(admin.post("/api/v1/people", &json!({})).invalid(), ["name"]);
        let place = format!("/api/v1/people/{}", text(&new, "/id"));
        assert_eq!(admin.patch(&place, &json!({ "roles": ["agent:it"] })).invalid(), ["emails"]);
        admin.patch(&place, &json!({ "emails": ["ilze@brackwater.example"], "roles": ["agent:it"] })).must(200);
        assert_eq!(admin.patch(&place, &json!({ "emails": [] })).invalid(), ["emails"]);
        let signs_in = format!("/api/v1/people/{}", desk.persona(Role::Requester).id);
        assert_eq!(admin.patch(&signs_in, &json!({ "emails": [] })).invalid(), ["emails"]);
        let ticket = admin.post("/api/v1/tickets", &json!({ "title": "x", "requester": text(&new, "/id") })).must(201);
        assert_eq!(text(&ticket, "/requester/name"), "Ilze");
    });
}

#[test]
fn the_requester_is_changed_where_they_stand_and_can_stay_in_copy() {
    both(|desk| {
        let ticket = opened(desk, &json!({}));
        let (api, pages) = (desk.api(Role::Agent), desk.pages(Role::Agent));
        let place = format!("{}/requester", page(&ticket));
        let now = || api.get(&path(&ticket)).must(200);
        let copies = || {
            let people = items(&api.get(&below(&ticket, "participants")));
            people.iter().filter(|one| one["role"] == "cc").map(|one| text(one, "/person/email").to_owned()).collect::<Vec<_>>()
        };
        let shown = pages.get(&page(&ticket)).text();
        assert!(shown.contains("id=\"pick-requester\"") && shown.contains("Answers go to the new requester from now on"));
        let form = [("requester", "kaja.lind@northpier.example"), ("name", "Kaja Lind"), ("keep", "1")];
        step_and_back(&pages, &place, &form, |changed| {
            let wanted = if changed { "kaja.lind@northpier.example" } else { "rosa@brackwater.example" };
            assert_eq!(text(&now(), "/requester/email"), wanted);
            assert_eq!(copies(), if changed { vec!["rosa@brackwater.example"] } else { vec![] });
        });
        // Somebody new, known by their number only; nobody is kept.
        led(&pages.form(&place, &[("requester", ""), ("name", "Ilze"), ("phone", "2000 1234")]));
        assert_eq!(text(&now(), "/requester/name"), "Ilze");
        assert_eq!(desk.api(Role::Requester).get(&path(&ticket)).status, 404, "the former one no longer sees it");
        // Whoever is in copy and becomes the requester is in copy no longer.
        api.post(&below(&ticket, "participants"), &json!({ "person": "rosa@brackwater.example", "role": "cc" })).must(201);
        api.patch(&path(&ticket), &json!({ "requester": "rosa@brackwater.example" })).must(200);
        assert_eq!(copies(), Vec::<String>::new());
        desk.settle();
        let facts = items(&api.get(&below(&ticket, "timeline")));
        assert!(facts.iter().any(|one| one["fact"]["kind"] == "ticket.changed" && one.to_string().contains("requester")));
        desk.leaves_mail();
    });
}

#[test]
fn t_x3_only_agents_of_the_desk_say_for_whom_a_ticket_is() {
    both(|desk| {
        let ticket = opened(desk, &json!({}));
        let place = format!("{}/requester", page(&ticket));
        let people = || desk.desk.store().read_blocking(|db| people::person::rows::page(db, 0, None, 200)).unwrap().len();
        let before = people();
        for (role, status) in [(Role::Requester, 403), (Role::OtherAgent, 404), (Role::Auditor, 403)] {
            let answer = desk.pages(role).form(&place, &[("requester", "new.one@northpier.example")]);
            assert_eq!(answer.status, status, "{role:?}");
        }
        assert_eq!(people(), before, "nobody was added");
        // Somebody else changed it meanwhile: both values are shown, neither is lost.
        let agent = desk.pages(Role::Agent);
        let version = desk.api(Role::Agent).get(&path(&ticket)).must(200)["version"].to_string();
        desk.api(Role::Admin).patch(&path(&ticket), &json!({ "requester": "anna@desk.example" })).must(200);
        let met = agent.form(&place, &[("version", &version), ("requester", "kaja.lind@northpier.example")]);
        assert_eq!(met.status, 412, "{}", met.text());
        assert!(met.text().contains("kaja.lind@northpier.example"));
        desk.leaves_mail();
    });
}

/// Both work on the desk; each with a token and a session of their own.
fn colleagues(desk: &TestDesk) {
    let agents = vec![desk.persona(Role::Agent).id, desk.persona(Role::Admin).id];
    desk.execute(people::desks::SaveDesk { id: Some(desk.it), agents: Some(agents), ..people::desks::SaveDesk::default() });
}

fn keep(api: &Api<'_>, place: &str, writing: &str, content: &Value) -> Value {
    let body = json!({ "place": place, "kind": writing, "content": content, "page": "page-a" });
    api.json("PUT", "/api/v1/drafts", &body).must(200)["draft"].clone()
}

#[test]
fn a_draft_ends_in_the_moment_in_which_it_becomes_a_ticket_or_a_side_conversation() {
    both(|desk| {
        let ticket = opened(desk, &json!({}));
        let (api, pages) = (desk.api(Role::Agent), desk.pages(Role::Agent));
        let drafts = || items(&api.get("/api/v1/drafts")).len();
        keep(&api, "new", "reply", &json!({ "body": "The gate is stuck" }));
        // What is refused leaves its draft.
        let form = [("desk", "it"), ("kind", "incident"), ("body", "x")];
        assert_eq!(pages.form("/desk/new", &form).status, 422);
        assert_eq!(drafts(), 1);
        called(desk, &[("name", "Ilze"), ("phone", "2000 1234")]);
        assert_eq!(drafts(), 0);
        keep(&api, &format!("side-new:{}", number(&ticket)), "reply", &json!({ "body": "Please look" }));
        let side = [("subject", "Gates"), ("to", "not an address"), ("body", "Please look")];
        assert_ne!(pages.form(&format!("{}/sides", page(&ticket)), &side).status, 303);
        assert_eq!(drafts(), 1);
        let side = [("subject", "Gates"), ("to", "kaja.lind@northpier.example"), ("body", "Please look")];
        led(&pages.form(&format!("{}/sides", page(&ticket)), &side));
        assert_eq!(drafts(), 0);
        desk.leaves_mail();
    });
}

#[test]
fn what_a_colleague_sends_from_the_review_goes_to_those_whom_its_writer_chose() {
    both(|desk| {
        let ticket = opened(desk, &json!({}));
        colleagues(desk);
        let (anna, boss) = (desk.with_token(&desk.token_for(Role::Agent)), desk.with_token(&desk.token_for(Role::Admin)));
        let admin = desk.persona(Role::Admin).id.to_string();
        let share = |draft: &Value| {
            anna.json("PUT", &format!("/api/v1/drafts/{}/review", text(draft, "/id")), &json!({ "reviewer": admin })).must(200)
        };
        let content = json!({ "body": "We pay.", "to": ["rosa@brackwater.example"], "cc": ["Kaja.Lind@northpier.example"] });
        let reply = keep(&anna, &format!("ticket:{}", number(&ticket)), "reply", &content);
        share(&reply);
        boss.post(&format!("/api/v1/drafts/{}/send", text(&reply, "/id")), &json!({})).must(201);
        let said = items(&anna.get(&below(&ticket, "messages")));
        let cc = &said.last().unwrap()["cc"];
        assert_eq!(cc[0]["email"], json!("kaja.lind@northpier.example"), "{cc}");
        let html = format!("<p><span class=\"mention\" data-person=\"{admin}\">@Jonas</span> see this</p>");
        let note = keep(&anna, &format!("ticket:{}", number(&ticket)), "note", &json!({ "body": html, "format": "html" }));
        anna.post(&format!("/api/v1/drafts/{}/send", text(&note, "/id")), &json!({})).must(201);
        let found = items(&boss.get("/api/v1/tickets?q=mentions:me"));
        assert_eq!(found.len(), 1, "who is called in a draft is called by the note");
        desk.leaves_mail();
    });
}

#[test]
fn a_review_that_was_overtaken_by_the_customer_asks_before_it_sends() {
    both(|desk| {
        let ticket = opened(desk, &json!({}));
        colleagues(desk);
        let anna = desk.with_token(&desk.token_for(Role::Agent));
        let boss = desk.with_session(&desk.session_for(Role::Admin));
        let admin = desk.persona(Role::Admin).id.to_string();
        let reply = keep(&anna, &format!("ticket:{}", number(&ticket)), "reply", &json!({ "body": "We pay the damage." }));
        let id = text(&reply, "/id").to_owned();
        anna.json("PUT", &format!("/api/v1/drafts/{id}/review"), &json!({ "reviewer": admin })).must(200);
        let hidden = |page: &str, name: &str| {
            let form = page.split(&format!("/desk/drafts/{id}/send")).last().unwrap().to_owned();
            form.split(&format!("name=\"{name}\" value=\"")).nth(1).unwrap().split('"').next().unwrap().to_owned()
        };
        let before = boss.get(&page(&ticket)).text();
        let (seen, revision) = (hidden(&before, "seen"), hidden(&before, "revision"));
        desk.api(Role::Requester).post(&below(&ticket, "messages"), &json!({ "body": "It was never broken." })).must(201);
        let send = format!("/desk/drafts/{id}/send");
        let asked = boss.form(&send, &[("revision", &revision), ("seen", &seen)]);
        assert_eq!(asked.status, 409, "{}", asked.text());
        for words in ["id=\"guard\"", "It was never broken.", &format!("#review-{id}")] {
            assert!(asked.text().contains(words), "{words}");
        }
        anna.post(&format!("/api/v1/drafts/{id}/send?seen={seen}"), &json!({})).problem(412);
        // Having seen it, it goes.
        let newest = asked.text().split("data-seen=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
        led(&boss.form(&send, &[("revision", &revision), ("seen", &newest)]));
        desk.leaves_mail();
    });
}

#[test]
fn a_row_says_how_far_its_tasks_are_to_agents_only() {
    both(|desk| {
        let (with, without) = (opened(desk, &json!({})), opened(desk, &json!({})));
        let api = desk.api(Role::Agent);
        for title in ["One", "Two", "Three"] {
            api.post(&below(&with, "tasks"), &json!({ "title": title })).must(201);
        }
        let first = items(&api.get(&below(&with, "tasks")))[0].clone();
        api.patch(&below(&with, &format!("tasks/{}", text(&first, "/id"))), &json!({ "done": true })).must(200);
        let row = |role: Role, ticket: &Value| {
            let list = desk.pages(role).get("/desk/views/all").text();
            let from = list.split(&format!("id=\"row-{}\"", number(ticket))).nth(1).map(str::to_owned);
            from.map(|row| row.split("</li>").next().unwrap().to_owned())
        };
        assert!(row(Role::Agent, &with).unwrap().contains("Tasks </span>1/3</small>"));
        assert!(!row(Role::Agent, &without).unwrap().contains("<small"));
        desk.leaves_mail();
    });
}

#[test]
fn t_l2_letters_about_accounts_are_listed_without_what_is_in_them() {
    one(|desk| {
        let admin = desk.pages(Role::Admin);
        let new = json!({ "name": "Ilze", "email": "ilze@brackwater.example" });
        let person = desk.api(Role::Admin).post("/api/v1/people", &new).must(201);
        let place = format!("/admin/people/{}", text(&person, "/id"));
        led(&admin.form(&format!("{place}/invite"), &[]));
        let shown = admin.get("/admin/outgoing").text();
        let section = shown.split("id=\"account-mail\"").nth(1).unwrap();
        assert!(section.contains("ilze@brackwater.example") && section.contains("Invitation") && section.contains(&place), "{section}");
        let (hash, sealed) = desk
            .desk
            .store()
            .read_blocking(|db| {
                let found = people::once::rows::due(db, db.now(), 5)?;
                Ok(found.first().map(|mail| (mail.secret_hash.clone(), mail.sealed.clone())).unwrap())
            })
            .unwrap();
        assert!(!hash.is_empty() && !sealed.is_empty() && !shown.contains(&hash) && !shown.contains(&sealed));
        assert!(!admin.get("/admin/outgoing?state=sent").text().contains("ilze@brackwater.example"));
        assert_eq!(desk.pages(Role::Agent).get("/admin/outgoing").status, 403);
    });
}

#[test]
fn t_a3_a_document_is_looked_into_without_an_origin_and_only_if_it_is_one() {
    one(|desk| {
        let ticket = opened(desk, &json!({}));
        let (api, pages) = (desk.api(Role::Agent), desk.pages(Role::Agent));
        let inline = |name: &str, kind: &str, bytes: &[u8]| {
            let handle = api.upload(name, kind, bytes).must(201);
            let note = json!({ "kind": "note", "body": "See this.", "attachments": [handle["id"]] });
            let message = api.post(&below(&ticket, "messages"), &note).must(201);
            let page = pages.get(&page(&ticket)).text();
            let id = page.split("/desk/attachments/").filter_map(|rest| rest.split(['/', '"']).next()).last().unwrap().to_owned();
            assert!(!text(&message, "/id").is_empty());
            pages.get(&format!("/desk/attachments/{id}/inline"))
        };
        let script = b"<html><script>parent.document.title='taken'</script></html>";
        let polyglot = [b"%PDF-1.4\n".as_slice(), script].concat();
        for (name, kind, bytes) in [
            ("page.pdf", "application/pdf", script.as_slice()),
            ("drawing.pdf", "application/pdf", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"),
            ("late.pdf", "application/pdf", b" \n%PDF-1.4"),
            ("page.html", "text/html", &polyglot),
            ("drawing.svg", "image/svg+xml", &polyglot),
            ("sniffed.pdf", "application/octet-stream", &polyglot),
        ] {
            assert_eq!(inline(name, kind, bytes).status, 404, "{name} {kind}");
        }
        let shown = inline("plan\r\nX-Odd: 1.pdf", "application/pdf", &polyglot);
        assert_eq!((shown.status, shown.header("content-type")), (200, "application/pdf".to_owned()));
        assert_eq!(shown.header("x-content-type-options"), "nosniff");
        assert_eq!(shown.header("content-disposition"), "inline; filename=\"document.pdf\"");
        assert_eq!(shown.header("x-frame-options"), "SAMEORIGIN");
        assert_eq!(shown.header("cross-origin-resource-policy"), "same-origin");
        let policy = shown.header("content-security-policy");
        assert!(policy.starts_with("sandbox; default-src 'none';") && policy.ends_with("frame-ancestors 'self'"), "{policy}");
        assert!(!policy.contains("allow-"), "{policy}");
        desk.leaves_mail();
    });
}

#[test]
fn a_wrong_method_is_told_with_those_that_the_address_knows() {
    one(|desk| {
        let api = desk.api(Role::Agent);
        let told = api.send("PUT", "/api/v1/tickets", "application/json", b"{}".to_vec());
        assert_eq!((told.status, told.header("allow")), (405, "GET, POST, HEAD".to_owned()));
        let problem = told.problem(405);
        assert!(text(&problem, "/type").ends_with("method-not-allowed"), "{problem}");
        assert!(!text(&problem, "/request_id").is_empty());
        // The same to everybody: which methods an address has is in the public document.
        assert_eq!(desk.anonymous().send("DELETE", "/login", "", Vec::new()).status, 405);
        assert_eq!(api.send("PUT", "/api/v1/nothing", "application/json", b"{}".to_vec()).status, 404);
        assert_eq!(desk.pages(Role::Agent).get("/desk/bulk").status, 405);
    });
}
