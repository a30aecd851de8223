//! Classes of attack that products of this kind have really fallen to, each under the name of its class.

use std::collections::BTreeMap;

use kernel::Span;
use people::person::{AddPerson, EnablePerson};
use serde_json::{Map, Value, json};
use store::Dialect;
use testkit::{Answer, Api, BASE, PASSWORD, Role, TestDesk, password_hash};

use crate::house::{TICKETS, asked, below, both, found, items, one, opened, path, text};

#[test]
fn t_x3_counts_filters_and_orders_look_at_visible_rows_only() {
    both(|desk| {
        opened(desk, &json!({ "title": "Mine" }));
        let secret = opened(
            desk,
            &json!({
                "title": "Dismissal of Otto", "desk": "hr", "requester": "mara@brackwater.example", "kind": "problem", "priority": "critical",
                "tags": ["dismissal"], "service": "Payroll", "team": "payroll",
            }),
        );
        for role in [Role::Requester, Role::Stranger, Role::Agent] {
            let api = desk.api(role);
            let visible = u64::from(role != Role::Stranger);
            for (query, wanted) in [
                ("", visible),
                ("dismissal", 0),
                ("title:otto", 0),
                ("tag:dismissal", 0),
                ("priority:critical", 0),
                ("priority>low", visible),
                ("service:payroll", 0),
                ("kind:problem", 0),
                ("requester:mara@brackwater.example", 0),
                ("(dismissal OR mine)", visible),
                ("-mine", 0),
                ("number:PRB-1", 0),
                ("created<1d", visible),
                ("desk:hr", 0),
                ("organisation:\"brackwater ferries\"", visible),
                ("has:tag", 0),
                ("-desk:it", 0),
            ] {
                let counted = asked(&api, query, "&count=true");
                assert_eq!(counted.must(200)["total"], wanted, "{role:?} {query}");
                assert_eq!(items(&counted).len() as u64, wanted, "{role:?} {query}");
            }
            // A cursor that somebody else's list gave leads nowhere new.
            let cursor = text(&desk.api(Role::Admin).get(&format!("{TICKETS}?limit=1&sort=created")).json(), "/next_cursor").to_owned();
            let beyond = api.get(&format!("{TICKETS}?sort=created&count=true&cursor={cursor}"));
            assert!(!beyond.text().contains("Otto") && beyond.must(200)["total"] == visible);
            for reference in [text(&secret, "/id"), "PRB-1"] {
                assert_eq!(api.get(&format!("{TICKETS}/{reference}")).seen(), api.get(&format!("{TICKETS}/PRB-77")).seen());
            }
        }
    });
}

#[test]
fn t_x3_a_refusal_does_not_tell_who_and_what_exists() {
    both(|desk| {
        let (rosa, ticket) = (desk.api(Role::Requester), opened(desk, &json!({})));
        for (field, known, unknown) in [
            ("requester", "otto@desk.example", "nobody@desk.example"),
            ("team", "payroll", "nobodys"),
            ("assignee", "otto@desk.example", "nobody@desk.example"),
        ] {
            let told = [known, unknown].map(|value| rosa.patch(&path(&ticket), &json!({ field: value })).seen());
            assert_eq!(told[0], told[1], "{field}");
            assert_eq!(told[0].0, 403);
            let told = [known, unknown].map(|value| {
                let mut new = json!({ "title": "x", "requester": "rosa@brackwater.example" });
                new[field] = json!(value);
                rosa.post(TICKETS, &new).seen()
            });
            assert_eq!(told[0], told[1], "{field}");
        }
        for address in ["participants", "links"] {
            let body = |known: bool| match address {
                "links" => json!({ "kind": "blocks", "target": if known { "QUE-1" } else { "QUE-88" } }),
                _ => json!({ "role": "cc", "person": if known { "otto@desk.example" } else { "nobody@desk.example" } }),
            };
            let secret = opened(desk, &json!({ "desk": "hr", "requester": "mara@brackwater.example" }));
            assert_eq!(rosa.post(&below(&secret, address), &body(true)).seen(), rosa.post(&below(&secret, address), &body(false)).seen());
        }
        for query in
            ["requester:otto@desk.example", "requester:nobody@desk.example", "watcher:otto@desk.example", "watcher:nobody@desk.example"]
        {
            assert_eq!(found(&rosa, query), [""; 0], "{query}");
        }
    });
}

/// Every column of every table, and the classics that no table here has.
fn columns(desk: &TestDesk) -> Vec<String> {
    let sql = "SELECT DISTINCT c.name FROM sqlite_master m JOIN pragma_table_info(m.name) c WHERE m.type = 'table' ORDER BY c.name";
    let mut names: Vec<String> = desk.desk.store().read_blocking(move |db| db.query(sql, &[], |row| row.get(0))).unwrap();
    names.extend(
        ["role", "is_admin", "org_id", "customer_id", "account_id", "permissions", "__proto__", "constructor", "owner", "$set", "id"]
            .map(str::to_owned),
    );
    assert!(names.len() > 80, "{names:?}");
    names
}

/// The properties that a route's body may have, by its schema in the document.
fn properties(document: &Value, operation: &Value) -> Option<Map<String, Value>> {
    let link = operation.pointer("/requestBody/content/application~1json/schema/$ref")?.as_str()?;
    Some(document.pointer(link.trim_start_matches('#'))?["properties"].as_object()?.clone())
}

#[test]
fn t_x5_no_route_takes_a_field_that_is_not_its_own() {
    one(|desk| {
        let ticket = opened(desk, &json!({ "kind": "incident" }));
        let person = desk.persona(Role::Requester).id.to_string();
        let columns = columns(desk);
        let document = desk.anonymous().get("/api/v1/openapi.json").json();
        let before =
            (desk.api(Role::Admin).get(&path(&ticket)).json(), desk.api(Role::Admin).get(&format!("/api/v1/people/{person}")).json());
        let mut tried = 0;
        for (address, item) in document["paths"].as_object().unwrap() {
            for (method, operation) in item.as_object().unwrap() {
                let Some(own) = properties(&document, operation) else { continue };
                let id = if address.contains("people") { person.as_str() } else { "it" };
                let address = address.replace("{reference}", text(&ticket, "/number")).replace("{id}", id);
                for field in columns.iter().filter(|field| !own.contains_key(*field)) {
                    for value in [json!(1), json!("1"), json!(true), json!({ "x": 1 })] {
                        let mut body = Map::new();
                        body.insert(field.clone(), value);
                        let answer = desk.api(Role::Admin).json(&method.to_uppercase(), &address, &Value::Object(body));
                        assert!(answer.invalid().contains(field), "{method} {address} {field}: {}", answer.text());
                        tried += 1;
                    }
                }
            }
        }
        assert!(tried > 2_000, "only {tried}");
        let after =
            (desk.api(Role::Admin).get(&path(&ticket)).json(), desk.api(Role::Admin).get(&format!("/api/v1/people/{person}")).json());
        assert_eq!(before, after);
        // The same in the address.
        for name in ["admin", "person_id", "desk_id", "__proto__"] {
            desk.api(Role::Requester).get(&format!("{TICKETS}?{name}=1")).problem(400);
        }
    });
}

fn sign_in(desk: &TestDesk, email: &str, password: &str) -> Answer {
    desk.anonymous().form("/login", &[("email", email), ("password", password)])
}

#[test]
fn t_l3_unknown_wrong_and_disabled_get_the_same_answer() {
    both(|desk| {
        let name = |what: &str| format!("{what}.{:?}@l3.example", desk.dialect()).to_lowercase();
        for what in ["known", "ended"] {
            let add = AddPerson { emails: vec![name(what)], password_hash: Some(password_hash()), ..AddPerson::default() };
            let id = desk.execute(add);
            if what == "ended" {
                desk.execute(EnablePerson { id, enabled: false });
            }
        }
        desk.execute(AddPerson { emails: vec![name("blank")], ..AddPerson::default() });
        let tell = |email: &str, password: &str| {
            let (status, headers, body) = sign_in(desk, email, password).seen();
            (status, headers, body.replace(email, "(address)"))
        };
        let right = "wrong horse battery staple";
        let wanted = tell(&name("known"), right);
        assert_eq!(wanted.0, 401);
        for (what, password) in
            [("alien", right), ("ended", right), ("ended", PASSWORD), ("blank", right), ("blank", ""), ("alien", PASSWORD), ("known", "")]
        {
            assert_eq!(tell(&name(what), password), wanted, "{what}");
        }
        assert_eq!(sign_in(desk, &name("known"), PASSWORD).status, 303);
        // The stored hash is no password.
        assert_eq!(sign_in(desk, &name("known"), &password_hash()).status, 401);
    });
}

#[test]
fn t_l3_guessing_waits_alike_for_known_and_unknown_addresses() {
    one(|desk| {
        let add = AddPerson { emails: vec!["guessed@l3.example".to_owned()], password_hash: Some(password_hash()), ..AddPerson::default() };
        desk.execute(add);
        let mut told = Vec::new();
        for email in ["guessed@l3.example", "nobody@l3.example"] {
            let statuses: Vec<u16> = (0..12).map(|_| sign_in(desk, email, "wrong horse battery").status).collect();
            let refused = sign_in(desk, email, PASSWORD);
            assert_eq!(refused.status, 429, "{email}");
            assert!(!refused.header("retry-after").is_empty());
            told.push((statuses, refused.seen().2.replace(email, "(address)")));
        }
        assert_eq!(told[0], told[1]);
        desk.advance(Span::minutes(11));
        assert_eq!(sign_in(desk, "guessed@l3.example", PASSWORD).status, 303);
    });
}

#[test]
fn t_l4_signing_in_replaces_whatever_cookie_was_there() {
    both(|desk| {
        let planted = "planted-by-somebody-else-0123456789abcdefghij";
        let visitor = desk.with_session(planted);
        assert_eq!(visitor.get("/desk").status, 303);
        let answer = visitor.form("/login", &[("email", "anna@desk.example"), ("password", PASSWORD), ("next", "/desk")]);
        assert_eq!((answer.status, answer.header("location")), (303, "/desk".to_owned()));
        let cookie = answer.header("set-cookie");
        let secret = cookie.strip_prefix("__Host-steward=").and_then(|rest| rest.split(';').next()).unwrap().to_owned();
        assert!(secret != planted && secret.len() >= 43);
        for guard in ["; Path=/", "; Secure", "; HttpOnly", "; SameSite=Lax"] {
            assert!(cookie.contains(guard), "{cookie}");
        }
        assert_eq!(visitor.get("/desk").status, 303);
        assert_eq!(desk.with_session(&secret).get("/desk").status, 200);
        // Somebody signed in who signs in again gets a new one; signing out ends that one.
        let again = desk.with_session(&secret).form("/login", &[("email", "anna@desk.example"), ("password", PASSWORD)]);
        assert!(again.status == 303 && !again.header("set-cookie").contains(&secret));
        let out = desk.with_session(&secret).form("/logout", &[]);
        assert!(out.status == 303 && out.header("set-cookie").contains("Max-Age=0"), "{}", out.status);
        assert_eq!(desk.with_session(&secret).get("/desk").status, 303);
        // A session is no token and a token no session.
        desk.with_token(&desk.persona(Role::Agent).session).get("/api/v1/me").problem(401);
        assert_eq!(desk.with_session(&desk.persona(Role::Agent).token).get("/desk").status, 303);
    });
}

#[test]
fn t_l4_nobody_is_sent_elsewhere_after_signing_in() {
    one(|desk| {
        for next in [
            "https://evil.example/",
            "//evil.example",
            "/\\evil.example",
            "javascript:alert(1)",
            "\t//evil.example",
            "/%0d%0aX-Evil: 1",
            "desk",
        ] {
            let answer = desk.anonymous().form("/login", &[("email", "anna@desk.example"), ("password", PASSWORD), ("next", next)]);
            let to = answer.header("location");
            assert!(answer.status == 303 && to.starts_with('/') && !to.starts_with("//") && !to.starts_with("/\\"), "{next:?} -> {to}");
            assert!(!answer.headers.contains_key("x-evil"));
        }
    });
}

#[test]
fn t_l7_a_change_comes_from_our_own_pages_alone() {
    one(|desk| {
        let ticket = opened(desk, &json!({}));
        let number = text(&ticket, "/number");
        let reply = format!("/desk/tickets/{number}/reply");
        let own = format!("csrf={}&body=hello", web::csrf::token(desk.persona(Role::Agent).session.as_bytes()));
        let form = "application/x-www-form-urlencoded";
        let send = |headers: &[(&str, &str)], kind: &str, body: &str| {
            let mut pages = desk.pages(Role::Agent);
            for (name, value) in headers {
                pages = pages.with(name, value);
            }
            pages.send("POST", &reply, kind, body.as_bytes().to_vec()).status
        };
        let ours = [("origin", BASE)];
        let other = format!("csrf={}&body=hello", web::csrf::token(desk.persona(Role::Admin).session.as_bytes()));
        for (headers, kind, body) in [
            (&[("origin", "https://evil.example")][..], form, own.as_str()),
            (&[("origin", "null")], form, &own),
            (&[], form, &own),
            (&[("origin", BASE), ("sec-fetch-site", "same-site")], form, &own),
            (&[("origin", BASE), ("sec-fetch-site", "cross-site")], form, &own),
            (&[("origin", "http://127.0.0.1:7070.evil.example")], form, &own),
            (&ours, form, "body=hello"),
            (&ours, form, "csrf=&body=hello"),
            (&ours, form, &other),
            (&ours, "text/plain", &own),
            (&ours, "", &own),
            (&ours, "application/json", "{\"body\": \"hello\"}"),
            (&[("origin", "https://evil.example"), ("x-http-method-override", "POST")], "text/plain", "csrf=x"),
        ] {
            let status = send(headers, kind, body);
            assert!([400, 403, 415, 422].contains(&status), "{headers:?} {kind} {body}: {status}");
        }
        assert_eq!(items(&desk.api(Role::Agent).get(&below(&ticket, "messages"))).len(), 1);
        assert_eq!(send(&ours, form, &own), 303);
        assert_eq!(items(&desk.api(Role::Agent).get(&below(&ticket, "messages"))).len(), 2);
        // A browser's cookie opens nothing at the API, whatever the origin; and nothing is shared with other origins.
        let cookie = desk.pages(Role::Admin).with("origin", "https://evil.example");
        cookie.get("/api/v1/me").problem(401);
        cookie.json("POST", TICKETS, &json!({ "title": "x", "requester": "a@b.example" })).problem(401);
        let preflight = desk.anonymous().with("origin", "https://evil.example").with("access-control-request-method", "POST").send(
            "OPTIONS",
            TICKETS,
            "",
            Vec::new(),
        );
        for answer in [preflight, desk.api(Role::Agent).with("origin", "https://evil.example").get("/api/v1/me")] {
            assert!(answer.headers.keys().all(|name| !name.as_str().starts_with("access-control-")), "{:?}", answer.headers);
        }
        // No GET changes anything, and a method is what it is.
        for address in [format!("{reply}?csrf=x&body=hello"), "/logout".to_owned(), format!("{TICKETS}/{number}?_method=DELETE&title=x")] {
            let status = desk.pages(Role::Agent).get(&address).status;
            assert!([400, 401, 404, 405].contains(&status), "{address} {status}");
        }
        assert_eq!(desk.pages(Role::Agent).get("/desk").status, 200);
        desk.leaves_mail();
    });
}

const INJECTIONS: [&str; 22] = [
    "'",
    "\"",
    "')",
    "';",
    "--",
    "' OR '1'='1",
    "') OR 1=1 --",
    "1; DROP TABLE ticket; --",
    "' UNION SELECT password_hash FROM credential --",
    "' || pg_sleep(1) || '",
    "1 AND randomblob(1000000000)",
    "\\",
    "%",
    "_",
    "?1",
    "$1",
    ":name",
    "\u{0}",
    "\u{202e}",
    "${7*7}",
    "{{7*7}}",
    "../../etc/passwd",
];

/// A request that must be answered as if the text in it were nothing but text.
fn harmless(api: &Api<'_>, address: &str) -> Answer {
    let answer = api.get(address);
    assert!([200, 400, 404, 422].contains(&answer.status), "{address}: {} {}", answer.status, answer.text());
    if answer.status != 200 {
        answer.problem(answer.status);
    }
    answer
}

#[test]
fn t_s1_no_text_of_a_query_reaches_the_database_as_code() {
    both(|desk| {
        opened(desk, &json!({ "title": "100% of '; DROP TABLE ticket; -- \\ users" }));
        opened(desk, &json!({ "title": "Hidden", "desk": "hr", "requester": "mara@brackwater.example" }));
        let rosa = desk.api(Role::Requester);
        let fields = [
            "desk",
            "kind",
            "status",
            "turn",
            "priority",
            "impact",
            "urgency",
            "team",
            "assignee",
            "requester",
            "organisation",
            "watcher",
            "category",
            "service",
            "tag",
            "number",
            "title",
            "channel",
            "language",
            "created",
            "updated",
            "resolved",
            "closed",
            "has",
            "is",
            "sort",
            "nonsense",
        ];
        for bad in INJECTIONS {
            let mut queries =
                vec![bad.to_owned(), format!("\"{}\"", bad.replace('"', "")), format!("({bad}"), format!("{bad}:{bad}"), format!("-{bad}")];
            for field in fields {
                for operator in [":", ">=", "<"] {
                    queries.push(format!("{field}{operator}{bad}"));
                    queries.push(format!("{field}{operator}\"{}\"", bad.replace('"', "")));
                }
            }
            for query in queries {
                let answer = harmless(&rosa, &format!("{TICKETS}?count=true&q={}", TestDesk::encoded(&query)));
                assert!(!answer.text().contains("Hidden"), "{query}");
            }
            let bad = TestDesk::encoded(bad);
            for address in [
                format!("{TICKETS}?sort={bad}"),
                format!("{TICKETS}?sort=-{bad}"),
                format!("{TICKETS}?sort=created,{bad}"),
                format!("{TICKETS}?limit={bad}"),
                format!("{TICKETS}?cursor={bad}"),
                format!("{TICKETS}?count={bad}"),
                format!("{TICKETS}/{bad}"),
                format!("{TICKETS}/QUE-1/messages?cursor={bad}"),
                format!("/api/v1/messages/{bad}"),
                format!("/api/v1/attachments/{bad}"),
                format!("/api/v1/events?after={bad}"),
                format!("/api/v1/desks/{bad}"),
                format!("/api/v1/people/{bad}"),
            ] {
                let answer = harmless(&rosa, &address);
                assert!(!answer.text().contains("Hidden"), "{address}");
            }
            let admin = desk.api(Role::Admin);
            for address in [
                format!("/api/v1/people?q={bad}"),
                format!("/api/v1/organisations/{bad}"),
                format!("/api/v1/teams/{bad}"),
                format!("/api/v1/outgoing?cursor={bad}"),
                format!("/api/v1/intake?cursor={bad}"),
            ] {
                harmless(&admin, &address);
            }
        }
        // Cursors are read, not trusted.
        for keys in ["[\"1; DROP TABLE ticket\"]", "[1,2,3]", "[]", "[1e99]", "null"] {
            let cursor = base64_of(&format!("{{\"keys\":{keys},\"id\":\"1 OR 1=1\"}}"));
            harmless(&rosa, &format!("{TICKETS}?cursor={cursor}"));
            harmless(&rosa, &format!("{TICKETS}?cursor={}", base64_of(&format!("{{\"keys\":{keys},\"id\":1}}"))));
        }
        // What looks like a pattern is text.
        assert_eq!(found(&rosa, "title:\"100%\"").len(), 1);
        assert_eq!(found(&rosa, "title:\"1_0%\"").len(), 0);
        assert_eq!(found(&rosa, "\"%\"").len(), 1);
        assert_eq!(items(&desk.api(Role::Admin).get(TICKETS)).len(), 2);
    });
}

fn base64_of(text: &str) -> String {
    web::Cursor::encode(&serde_json::from_str::<Value>(text).unwrap())
}

#[test]
fn t_s1_text_that_no_database_can_hold_is_refused_or_cleaned_by_both() {
    let answers: Vec<BTreeMap<String, u16>> = [Dialect::Sqlite, Dialect::Postgres]
        .into_iter()
        .map(|dialect| {
            let desk = TestDesk::open(dialect, crate::house::serve);
            let (admin, ticket) = (desk.api(Role::Admin), opened(&desk, &json!({})));
            let mut answers = BTreeMap::new();
            for odd in ["a\u{0}b", "a\u{1b}[31mb", "a\u{2028}b", "\u{feff}a", "a\r\nX-Evil: 1", "\u{fffe}", "👩‍👩‍👧‍👦\u{10ffff}"]
            {
                let rosa = json!("rosa@brackwater.example");
                let posts = [
                    ("POST", TICKETS.to_owned(), json!({ "title": odd, "requester": rosa })),
                    ("POST", TICKETS.to_owned(), json!({ "title": "x", "requester": rosa, "body": odd })),
                    (
                        "POST",
                        TICKETS.to_owned(),
                        json!({ "title": "x", "requester": rosa, "body": format!("<p title='{odd}'>{odd}</p>"), "body_format": "html" }),
                    ),
                    ("POST", TICKETS.to_owned(), json!({ "title": "x", "requester": rosa, "service": odd })),
                    ("POST", TICKETS.to_owned(), json!({ "title": "x", "requester": odd })),
                    ("POST", TICKETS.to_owned(), json!({ "title": "x", "requester": rosa, "tags": [odd] })),
                    ("POST", TICKETS.to_owned(), json!({ "title": "x", "requester": rosa, "desk": odd, "team": odd, "category": odd })),
                    (
                        "POST",
                        TICKETS.to_owned(),
                        json!({ "title": "x", "requester": rosa, "priority": "critical", "priority_reason": odd }),
                    ),
                    ("POST", TICKETS.to_owned(), json!({ "title": "x", "requester": rosa, "cc": [odd] })),
                    ("POST", TICKETS.to_owned(), json!({ "title": "x", "requester": rosa, "body": "x", "attachments": [odd] })),
                    ("PATCH", path(&ticket), json!({ "title": odd })),
                    ("PATCH", path(&ticket), json!({ "service": odd })),
                    ("PATCH", path(&ticket), json!({ "priority": "high", "priority_reason": odd })),
                    ("PATCH", path(&ticket), json!({ "fields": { odd: odd } })),
                    ("PATCH", path(&ticket), json!({ "requester": odd })),
                    ("POST", below(&ticket, "messages"), json!({ "kind": "note", "body": odd })),
                    ("POST", below(&ticket, "transition"), json!({ "to": odd })),
                    ("POST", below(&ticket, "transition"), json!({ "to": "open", "comment": odd, "resolution_code": odd })),
                    ("POST", below(&ticket, "links"), json!({ "kind": "blocks", "target": odd })),
                    ("POST", below(&ticket, "participants"), json!({ "person": odd, "role": "cc" })),
                    ("POST", "/api/v1/people".to_owned(), json!({ "name": odd, "email": format!("{}@odd.example", answers.len()) })),
                    (
                        "POST",
                        "/api/v1/people".to_owned(),
                        json!({ "email": format!("{}@odd.example", answers.len() + 1), "phones": [odd], "fields": { odd: odd } }),
                    ),
                    ("POST", "/api/v1/people".to_owned(), json!({ "email": odd, "language": odd, "time_zone": odd })),
                    ("POST", "/api/v1/people".to_owned(), json!({ "email": "o@odd.example", "organisation": odd })),
                    ("POST", "/api/v1/organisations".to_owned(), json!({ "name": odd, "domains": [] })),
                    ("POST", "/api/v1/organisations".to_owned(), json!({ "name": "x", "domains": [odd] })),
                    ("POST", "/api/v1/teams".to_owned(), json!({ "name": odd })),
                    ("POST", "/api/v1/desks".to_owned(), json!({ "name": odd })),
                    ("POST", "/api/v1/desks/it/categories".to_owned(), json!({ "path": odd })),
                    ("POST", "/api/v1/fields".to_owned(), json!({ "key": "k", "label": odd, "type": "text" })),
                    (
                        "POST",
                        "/api/v1/fields".to_owned(),
                        json!({ "key": format!("k{}", answers.len()), "label": "x", "type": "choice", "options": [odd] }),
                    ),
                    ("POST", "/api/v1/mailboxes".to_owned(), json!({ "address": odd })),
                ];
                for (at, (method, address, body)) in posts.iter().enumerate() {
                    let answer = admin.json(method, address, body);
                    assert!(answer.status < 500 && answer.status != 401, "{method} {address} {body}: {} {}", answer.status, answer.text());
                    answers.insert(format!("{at} {method} {address} {body}"), answer.status);
                }
                let file = admin.upload(&odd.replace(['\r', '\n', '\u{0}'], "?"), "text/plain", odd.as_bytes());
                assert!(file.status == 201 || file.status == 400, "{}", file.text());
            }
            desk.leaves_mail();
            answers
        })
        .collect();
    for (request, status) in &answers[0] {
        assert_eq!(answers[1].get(request), Some(status), "{request} differs between the databases");
    }
}

#[test]
fn t_s4_what_is_too_large_is_refused_before_it_costs_much() {
    both(|desk| {
        let (api, ticket) = (desk.api(Role::Admin), opened(desk, &json!({})));
        let rosa = "rosa@brackwater.example";
        api.send("POST", TICKETS, "application/json", vec![b'x'; 3_000_000]).problem(413);
        let huge = api.upload("a.bin", "application/octet-stream", &vec![0; 25 * 1024 * 1024 + 100_000]);
        huge.problem(413);
        api.upload("a.bin", "application/octet-stream", &vec![7; 1_000_000]).must(201);
        let many: Vec<String> = (0..10_000).map(|n| format!("t{n}")).collect();
        assert_eq!(api.post(TICKETS, &json!({ "title": "x", "requester": rosa, "tags": many })).invalid(), ["tags"]);
        assert_eq!(
            api.post(TICKETS, &json!({ "title": "x", "requester": rosa, "body": "x", "attachments": many })).invalid(),
            ["attachments"]
        );
        let everybody: Vec<String> = (0..5_000).map(|n| format!("p{n}@many.example")).collect();
        api.post(TICKETS, &json!({ "title": "x", "requester": rosa, "cc": everybody })).must(201);
        assert!(items(&api.get("/api/v1/people?q=p&limit=200")).len() <= 41);
        assert_eq!(api.post(TICKETS, &json!({ "title": "x".repeat(256), "requester": rosa })).invalid(), ["title"]);
        assert_eq!(api.patch(&path(&ticket), &json!({ "service": "x".repeat(100_000) })).invalid(), ["service"]);
        assert_eq!(
            api.patch(&path(&ticket), &json!({ "priority": "high", "priority_reason": "x".repeat(100_000) })).invalid(),
            ["priority_reason"]
        );
        let phones: Vec<String> = (0..10_000).map(|n| n.to_string()).collect();
        assert_eq!(api.post("/api/v1/people", &json!({ "email": "ph@many.example", "phones": phones })).invalid(), ["phones"]);
        for query in [
            "x".repeat(60_000),
            "(".repeat(10_000),
            "a ".repeat(2_000),
            "-".repeat(4_000),
            format!("tag:{}", "a,".repeat(2_000)),
            "((((((((((((((((((a))))))))))))))))))".to_owned(),
        ] {
            let answer = api.get(&format!("{TICKETS}?q={}", TestDesk::encoded(&query)));
            assert_eq!(answer.invalid(), ["q"], "{}", &query[..10]);
        }
        for (open, close) in [("[", "]"), ("{\"a\":", "}")] {
            let deep = format!("{{\"title\": \"x\", \"fields\": {}1{}}}", open.repeat(100_000), close.repeat(100_000));
            let status = api.send("POST", TICKETS, "application/json", deep.into_bytes()).status;
            assert!(status == 400 || status == 422, "{status}");
        }
        let names: Map<String, Value> = (0..20_000).map(|n| (format!("f{n}"), json!(n))).collect();
        let answer = api.patch(&path(&ticket), &json!({ "fields": names }));
        assert!(answer.status == 422 && answer.body.len() < 20_000, "{} bytes", answer.body.len());
        let parts = "--edge\r\nContent-Disposition: form-data; name=\"x\"\r\n\r\nx\r\n".repeat(100_000);
        let answer =
            api.send("POST", "/api/v1/attachments", "multipart/form-data; boundary=edge", format!("{parts}--edge--\r\n").into_bytes());
        assert!([400, 413, 422].contains(&answer.status), "{}", answer.status);
        for (email, password) in
            [("big@s4.example".to_owned(), "x".repeat(10_000_000)), (format!("{}@s4.example", "x".repeat(1_000_000)), "x".to_owned())]
        {
            let status = sign_in(desk, &email, &password).status;
            assert!([400, 401, 413, 422].contains(&status), "{status}");
        }
        let limit = api.get(&format!("{TICKETS}?limit=99999999999999999999"));
        limit.problem(400);
    });
}

#[test]
fn t_a3_a_file_is_never_active_content_of_our_origin() {
    both(|desk| {
        let (api, ticket) = (desk.api(Role::Agent), opened(desk, &json!({})));
        let types = [
            "text/html",
            "text/html ;x",
            "image/svg+xml",
            "text/xml",
            "application/xhtml+xml",
            "multipart/x-mixed-replace",
            "application/javascript",
            "text/javascript",
            "text/html\tcharset=x",
            "TEXT/HTML",
            "application/x-shockwave-flash",
            "nonsense",
            "image/png",
            "application/pdf",
        ];
        for kind in types {
            let file = api.upload("page.html", kind, b"<script>alert(document.cookie)</script>").must(201);
            api.post(&below(&ticket, "messages"), &json!({ "kind": "note", "body": "x", "attachments": [file["id"]] })).must(201);
            let page = desk.pages(Role::Agent).get(&path(&ticket).replace("/api/v1", "/desk")).text();
            let shown = page.rsplit("/desk/attachments/").next().unwrap().split('"').next().unwrap();
            for answer in [
                api.get(&format!("/api/v1/attachments/{}", text(&file, "/id"))),
                desk.pages(Role::Agent).get(&format!("/desk/attachments/{shown}")),
            ] {
                assert_eq!(answer.status, 200, "{kind}");
                let told = answer.header("content-type");
                assert!(["application/octet-stream", "image/png", "application/pdf"].contains(&told.as_str()), "{kind} -> {told}");
                assert!(answer.header("content-disposition").starts_with("attachment"), "{kind}");
                assert_eq!(answer.header("x-content-type-options"), "nosniff");
                assert!(answer.header("content-security-policy").contains("sandbox"), "{kind}");
            }
        }
    });
}

#[test]
fn t_a4_a_file_name_is_a_name_and_nothing_else() {
    both(|desk| {
        let api = desk.api(Role::Agent);
        let long = format!("{}.pdf", "ü".repeat(4_000));
        for name in [
            "../../etc/passwd",
            "..\\..\\boot.ini",
            "/etc/passwd",
            "C:\\Windows\\x",
            "CON",
            ".htaccess",
            "\u{200b}.htaccess",
            "\u{202e}fdp.exe",
            "a\u{2028}b.txt",
            "%00.txt",
            "a;b.txt",
            "",
            "~",
            "-rf",
            long.as_str(),
            "e\u{301}.txt",
            "\u{e9}.txt",
            "a\tb.txt",
        ] {
            let file = api.upload(name, "text/plain", b"x").must(201);
            let kept = text(&file, "/filename");
            let odd = |c: char| c.is_control() || matches!(c, '/' | '\\' | '\u{200b}' | '\u{202e}' | '\u{2028}' | '"');
            assert!(!kept.is_empty() && !kept.contains(odd) && !kept.starts_with('.') && kept.len() <= 255, "{name:?} -> {kept:?}");
            let answer = api.get(&format!("/api/v1/attachments/{}", text(&file, "/id")));
            let header = answer.header("content-disposition");
            assert!(header.starts_with("attachment; filename=\"") && header.matches('"').count() == 2 && header.is_ascii(), "{header}");
        }
    });
}

#[test]
fn t_a1_no_door_lets_a_script_in() {
    both(|desk| {
        let attacks = [
            "<script>alert(1)</script>",
            "<img src=x onerror=alert(1)>",
            "<svg onload=alert(1)><animate onbegin=alert(1) attributeName=x>",
            "<math><annotation-xml encoding='text/html'><script>alert(1)</script></annotation-xml></math>",
            "<a href='javascript:alert(1)'>x</a>",
            "<a href=' &#106;avascript:alert(1)'>x</a>",
            "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
            "<form action=//evil.example><input name=csrf>",
            "<style>@import '//evil.example'</style>",
            "<base href=//evil.example>",
            "<meta http-equiv=refresh content='0;//evil.example'>",
            "<object data=x></object><embed src=x>",
            "<p style='background:url(//evil.example)'>x</p>",
            "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
            "<table background='javascript:alert(1)'>",
            "<img src='//evil.example/pixel.png' srcset='//evil.example/2 2x'>",
        ];
        for attack in attacks {
            for format in ["html", "markdown", "text"] {
                let ticket = opened(desk, &json!({ "title": attack, "body": format!("Hello {attack} there"), "body_format": format }));
                let message = items(&desk.api(Role::Requester).get(&below(&ticket, "messages"))).remove(0);
                let html = message["body_html"].as_str().unwrap_or_default().to_lowercase();
                for bad in [
                    "<script",
                    "onerror",
                    "onload",
                    "onbegin",
                    "javascript:",
                    "<iframe",
                    "<form",
                    "<style",
                    "<base",
                    "<meta",
                    "<object",
                    "<embed",
                    "url(",
                    "srcset",
                    "<svg",
                    "<math",
                ] {
                    assert!(!html.contains(bad), "{format} {attack}: {html}");
                }
                if format != "text" {
                    continue;
                }
                // On pages every character of it is shown as it is.
                let number = text(&ticket, "/number");
                for page in [
                    desk.pages(Role::Agent).get(&format!("/desk/tickets/{number}")),
                    desk.pages(Role::Requester).get(&format!("/requests/{number}")),
                    desk.pages(Role::Agent).get("/desk"),
                ] {
                    assert_eq!(page.status, 200);
                    assert!(!page.text().contains(attack), "{attack}");
                }
            }
        }
    });
}
