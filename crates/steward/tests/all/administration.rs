//! The pages of the administration as doors: who may knock, what a form does, what is told before it is saved.

use kernel::PersonId;
use people::person::{ChangePerson, rows};
use serde_json::json;
use testkit::{Api, Role, TestDesk};

use crate::house::{both, one, opened, path, text};

/// Pages that are read, with an id where they need one.
fn pages(desk: &TestDesk) -> Vec<String> {
    let person = desk.persona(Role::Agent).id;
    let mailbox = desk.desk.settings().mailboxes[0].id;
    let fixed = [
        "/admin",
        "/admin?q=mail",
        "/admin/roles",
        "/admin/people",
        "/admin/organisations",
        "/admin/teams",
        "/admin/desks",
        "/admin/why",
        "/admin/tokens",
        "/admin/mailboxes",
        "/admin/mail-sources",
        "/admin/sending",
        "/admin/mail-templates",
        "/admin/mail-templates/edit?kind=reply&locale=lv&desk=it",
    ];
    let mut all: Vec<String> = fixed.into_iter().map(str::to_owned).collect();
    all.push(format!("/admin/people/{person}"));
    all.push(format!("/admin/desks/{}", desk.it));
    all.push(format!("/admin/teams/{}", desk.network));
    all.push(format!("/admin/mailboxes/{mailbox}"));
    all
}

/// The version that a page's form carries first.
fn version(api: &Api<'_>, page: &str) -> String {
    let page = api.get(page).text();
    let at = page.split("name=\"version\" value=\"").nth(1).unwrap();
    at.split('"').next().unwrap().to_owned()
}

#[test]
fn t_x2_the_administration_is_read_by_administrators_and_auditors_only() {
    both(|desk| {
        for page in pages(desk) {
            for role in Role::ALL {
                let wanted = if matches!(role, Role::Admin | Role::Auditor) { 200 } else { 403 };
                assert_eq!(desk.pages(role).get(&page).status, wanted, "{page} {role:?}");
            }
            assert_eq!(desk.anonymous().get(&page).status, 303, "{page}");
        }
    });
}

#[test]
fn t_x2_an_auditor_changes_nothing() {
    one(|desk| {
        let person = desk.persona(Role::Requester).id;
        let auditor = desk.pages(Role::Auditor);
        for path in ["roles", "disable", "invite", "factor"] {
            assert_eq!(auditor.form(&format!("/admin/people/{person}/{path}"), &[("admin", "1")]).status, 403, "{path}");
        }
        assert_eq!(auditor.get("/admin/people/new").status, 403);
        let page = auditor.get(&format!("/admin/people/{person}")).text();
        assert!(page.contains("<fieldset disabled") && !page.contains("Save rights"), "{page}");
    });
}

#[test]
fn t_w1_a_form_without_its_token_changes_nothing() {
    one(|desk| {
        let person = desk.persona(Role::Requester).id;
        let admin = desk.pages(Role::Admin).with("origin", testkit::BASE);
        let form = "application/x-www-form-urlencoded";
        let answer = admin.send("POST", &format!("/admin/people/{person}/disable"), form, b"csrf=wrong".to_vec());
        assert_eq!(answer.status, 403);
        let person = desk.desk.store().read_blocking(move |db| rows::by_id(db, person)).unwrap().unwrap();
        assert!(!person.disabled);
    });
}

#[test]
fn what_a_role_opens_is_told_before_it_is_saved_and_holds_afterwards() {
    both(|desk| {
        let ticket = opened(desk, &json!({}));
        let person = desk.persona(Role::Stranger).id;
        let admin = desk.pages(Role::Admin);
        let place = format!("/admin/people/{person}");
        let it = desk.it.to_string();
        let told = admin.form(&format!("{place}/roles/preview"), &[("desk", &it)]);
        assert_eq!(told.status, 200);
        assert!(told.text().contains("Works on IT: one open ticket opens"), "{}", told.text());
        let sees = || {
            let session = desk.session_for(Role::Stranger);
            desk.with_session(&session).get(&format!("/desk/tickets/{}", text(&ticket, "/number"))).status
        };
        assert_eq!(sees(), 403, "a preview saves nothing");
        let saved = admin.form(&format!("{place}/roles"), &[("version", &version(&admin, &place)), ("desk", &it)]);
        assert_eq!((saved.status, saved.header("location")), (303, format!("{place}?told=roles")));
        assert_eq!(sees(), 200);
        desk.leaves_mail();
    });
}

#[test]
fn what_somebody_else_saved_meanwhile_is_shown_and_not_overwritten() {
    both(|desk| {
        let person: PersonId = desk.persona(Role::Requester).id;
        let admin = desk.pages(Role::Admin);
        let place = format!("/admin/people/{person}");
        let seen = version(&admin, &place);
        desk.execute(ChangePerson { id: Some(person), name: Some("Rosa Marin-Ozola".to_owned()), ..ChangePerson::default() });
        let mine = [("version", seen.as_str()), ("name", "Rosa M."), ("emails", "rosa@brackwater.example")];
        let refused = admin.form(&place, &mine);
        assert_eq!(refused.status, 412);
        let page = refused.text();
        assert!(page.contains("Saved meanwhile by somebody else: Rosa Marin-Ozola") && page.contains("value=\"Rosa M.\""), "{page}");
        let found = desk.desk.store().read_blocking(move |db| rows::by_id(db, person)).unwrap().unwrap();
        assert_eq!(found.name, "Rosa Marin-Ozola");
        // The page now carries the version that was shown beside: saving again is a decision.
        let now = page.split("name=\"version\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
        let again = [("version", now.as_str()), ("name", "Rosa M."), ("emails", "rosa@brackwater.example")];
        assert_eq!(admin.form(&place, &again).status, 303);
    });
}

#[test]
fn a_refused_form_keeps_what_was_typed_and_says_why_at_the_field() {
    one(|desk| {
        let admin = desk.pages(Role::Admin);
        let answer = admin.form("/admin/people/new", &[("name", "New"), ("emails", "anna@desk.example"), ("organisation", "Nowhere Ltd")]);
        let page = answer.text();
        assert_eq!(answer.status, 422);
        assert!(page.contains("id=\"organisation-refusal\"") && page.contains("value=\"New\""), "{page}");
        let answer = admin.form("/admin/people/new", &[("name", "New"), ("emails", "anna@desk.example")]);
        assert!(answer.status == 422 && answer.text().contains("id=\"emails-refusal\""), "{}", answer.text());
    });
}

#[test]
fn t_x1_why_somebody_sees_a_ticket_is_what_they_see() {
    both(|desk| {
        let ticket = opened(desk, &json!({}));
        let number = text(&ticket, "/number");
        for role in Role::ALL {
            let person = desk.persona(role).id;
            let told = desk.api(Role::Auditor).get(&format!("{}/access?person={person}", path(&ticket))).must(200);
            let sees = desk.api(role).get(&path(&ticket)).status == 200;
            assert_eq!(told["sees"], sees, "{role:?} {told}");
            let notes = desk.api(role).post(&format!("{}/messages", path(&ticket)), &json!({ "kind": "note", "body": "x" })).status == 201;
            assert_eq!(told["works_on"], notes, "{role:?} {told}");
            let page = desk.pages(Role::Admin).get(&format!("/admin/why?person={person}&ticket={number}")).text();
            let verdict = if sees { format!("sees {number}") } else { format!("does not see {number}") };
            assert!(page.contains(&verdict), "{role:?} {page}");
        }
        assert_eq!(desk.api(Role::Agent).get(&format!("{}/access?person=1", path(&ticket))).status, 403);
        desk.leaves_mail();
    });
}

#[test]
fn sharing_within_an_organisation_holds_at_once_and_for_everybody() {
    both(|desk| {
        let ticket = opened(desk, &json!({ "requester": "mara@brackwater.example" }));
        let organisations = desk.api(Role::Admin).get("/api/v1/organisations").must(200);
        let id = text(&organisations, "/items/0/id").to_owned();
        let sees = |role| desk.api(role).get(&path(&ticket)).status;
        assert_eq!((sees(Role::Requester), sees(Role::Manager)), (404, 200));
        for (sharing, requester) in [("everyone", 200), ("none", 404), ("managers", 404), ("everyone", 200)] {
            desk.api(Role::Admin).patch(&format!("/api/v1/organisations/{id}"), &json!({ "sharing": sharing })).must(200);
            assert_eq!(sees(Role::Requester), requester, "{sharing}");
            assert_eq!(sees(Role::Stranger), 404, "{sharing}");
        }
        let wrong = desk.api(Role::Admin).patch(&format!("/api/v1/organisations/{id}"), &json!({ "sharing": "all" }));
        assert_eq!(wrong.invalid(), ["sharing"]);
        desk.leaves_mail();
    });
}

#[test]
fn t_l4_a_revoked_token_ends_at_once() {
    both(|desk| {
        let token = desk.token_for(Role::Agent);
        let api = desk.with_token(&token);
        assert_eq!(api.get("/api/v1/me").status, 200);
        let listed = desk.api(Role::Admin).get("/api/v1/tokens").must(200);
        let id = text(&listed, "/items/0/id").to_owned();
        assert!(listed["items"][0]["used_at"].is_string(), "{listed}");
        let page = desk.pages(Role::Admin);
        assert_eq!(
            page.form(&format!("/admin/tokens/{id}/revoke"), &[("back", "/admin/tokens")]).header("location"),
            "/admin/tokens?told=revoked"
        );
        assert_eq!(api.get("/api/v1/me").status, 401);
        assert_eq!(page.form(&format!("/admin/tokens/{id}/revoke"), &[]).status, 404);
        assert_eq!(desk.api(Role::Agent).get("/api/v1/tokens").status, 403);
    });
}

#[test]
fn a_category_that_is_renamed_takes_those_below_it_along() {
    both(|desk| {
        let admin = desk.pages(Role::Admin);
        let place = format!("/admin/desks/{}", desk.it);
        assert_eq!(admin.form(&format!("{place}/categories"), &[("path", "Hardware/Printers/Labels")]).status, 303);
        let hardware = desk.desk.settings().category_called(desk.it, "Hardware").unwrap().id;
        let at = format!("{place}/categories/{hardware}");
        assert_eq!(admin.form(&at, &[("name", "Devices")]).status, 303);
        assert!(desk.desk.settings().category_called(desk.it, "Devices/Printers/Labels").is_some());
        assert!(desk.desk.settings().category_called(desk.it, "Hardware/Printers").is_none());
        assert_eq!(admin.form(&at, &[("name", "a/b")]).status, 422);
    });
}

#[test]
fn a_mailbox_that_is_switched_off_writes_no_letters() {
    both(|desk| {
        let mailbox = desk.desk.settings().mailbox_of(desk.it).unwrap().clone();
        let api = desk.api(Role::Admin);
        let at = format!("/api/v1/mailboxes/{}", mailbox.id);
        let tag = api.get(&at).header("etag");
        assert_eq!(api.with("if-match", &tag).patch(&at, &json!({ "active": false })).must(200)["active"], false);
        assert!(desk.desk.settings().mailbox_of(desk.it).is_none());
        assert_eq!(api.with("if-match", &tag).patch(&at, &json!({ "active": true })).status, 412);
        let page = desk.pages(Role::Admin).get("/admin/mailboxes").text();
        assert!(page.contains("Switched off"), "{page}");
    });
}

#[test]
fn t_a6_a_template_is_tried_out_before_it_is_saved_and_its_mistake_is_told_with_its_line() {
    both(|desk| {
        let admin = desk.pages(Role::Admin);
        let at = |text: &'static str| {
            vec![("kind", "reply"), ("locale", "en"), ("desk", "it"), ("version", "0"), ("subject", "Re: {{ title }}"), ("text", text)]
        };
        let shown = admin.form("/admin/mail-templates/preview", &at("Dear {{ requester }},\r\n{{ text }}"));
        assert!(shown.status == 200 && shown.text().contains("Dear Rosa Marin,"), "{}", shown.text());
        assert!(desk.desk.store().read_blocking(channels::mail::letters::rows::all).unwrap().is_empty(), "a preview saves nothing");
        for evil in ["one\n{% for x in y %}{% endfor %}", "one\n{{ config }}", "one\n{{ 'a' * 99999999 }}"] {
            let refused = admin.form("/admin/mail-templates/edit", &at(evil));
            let page = refused.text();
            assert!(refused.status == 422 && page.contains("id=\"text-refusal\"") && page.to_lowercase().contains("line 2"), "{page}");
        }
        assert_eq!(admin.form("/admin/mail-templates/edit", &at("{{ text }}\n{{ agent }}")).status, 303);
        assert_eq!(admin.form("/admin/mail-templates/edit", &at("{{ text }}")).status, 412, "somebody else wrote one meanwhile");
        assert_eq!(admin.form("/admin/mail-templates/reset", &[("kind", "reply"), ("locale", "en"), ("desk", "it")]).status, 303);
        assert!(desk.desk.store().read_blocking(channels::mail::letters::rows::all).unwrap().is_empty());
    });
}

#[test]
fn a_setting_is_found_by_a_word_of_its_own_language_without_accents() {
    one(|desk| {
        let admin = desk.pages(Role::Admin).with("cookie", "steward-language=vi");
        let found = desk.pages(Role::Admin).get("/admin?q=prefix").text();
        assert!(found.contains("Number <mark>prefix</mark>es") && found.contains("/admin/desks"), "{found}");
        let none = admin.get("/admin?q=zzz").text();
        assert!(!none.contains("settings-hits\" aria-label"), "{none}");
    });
}

#[test]
fn t_s2_an_account_at_a_forbidden_address_is_stopped_at_the_connection() {
    one(|desk| {
        let admin = desk.pages(Role::Admin);
        let mailbox = desk.desk.settings().mailboxes[0].id.to_string();
        let fields = [
            ("mailbox", mailbox.as_str()),
            ("kind", "imap"),
            ("host", "169.254.169.254"),
            ("security", "tls"),
            ("user", "it"),
            ("auth", "password"),
            ("password", "secret"),
            ("folders", "INBOX"),
            ("afterwards", "seen"),
            ("active", "1"),
        ];
        let added = admin.form("/admin/mail-sources/new", &fields);
        assert_eq!(added.status, 303, "{}", added.text());
        let place = added.header("location").split('?').next().unwrap().to_owned();
        let page = admin.form(&format!("{place}/check"), &[]).text();
        assert!(page.contains("Mail cannot be fetched") && page.contains("stops here") && page.contains("not tried"), "{page}");
        assert!(!page.contains("value=\"secret\""), "a secret never comes back");
        assert_eq!(admin.form(&format!("{place}/remove"), &[]).status, 303);
    });
}
