//! Counts that are kept: whatever happens, whoever asks, they are what a count of the list itself would give.

use std::sync::Mutex;

use axum::Router;
use desk::lists::Kept;
use faces::workspace::{Workspace, count_ahead};
use kernel::Span;
use people::ServiceDesk;
use serde_json::{Value, json};
use testkit::{Role, TestDesk};
use tokio::sync::{OwnedSemaphorePermit, watch};
use web::urls::View;

use crate::faults::until;
use crate::house::{TICKETS, asked, both, items, opened, serve, text};
use crate::worded::reader;

const READERS: [Role; 6] = [Role::Agent, Role::OtherAgent, Role::Requester, Role::Manager, Role::Auditor, Role::Admin];
pub(crate) const QUERIES: [&str; 16] = [
    "",
    "is:open",
    "turn:done",
    "assignee:me -turn:done -is:snoozed",
    "assignee:none -turn:done",
    "priority>=high is:open",
    "tag:hot OR priority:critical",
    "-tag:hot desk:it",
    "watcher:me",
    "requester:me is:open",
    "has:link",
    "is:merged OR is:snoozed",
    "gates",
    "created<2d",
    "updated:today",
    "is:unanswered -has:tag kind:incident",
];

/// Numbers that look random and are the same in each run.
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    pub(crate) fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % sides
    }
    pub(crate) fn of<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[self.roll(all.len())]
    }
}

pub(crate) const CHANGES: usize = 14;

/// One change; whether it was accepted.
pub(crate) fn change(desk: &TestDesk, dice: &mut Dice, which: usize, tickets: &mut Vec<String>) -> bool {
    let admin = desk.api(Role::Admin);
    let (one, other) = (dice.of(tickets).clone(), dice.of(tickets).clone());
    let path = format!("{TICKETS}/{one}");
    let people = ["rosa@brackwater.example", "sam@elsewhere.example", "anna@desk.example", "mara@brackwater.example"];
    let answer = match which {
        0 => {
            let who = *dice.of(&people);
            let ticket =
                opened(desk, &json!({ "desk": *dice.of(&["it", "hr"]), "requester": who, "kind": *dice.of(&["incident", "request"]) }));
            tickets.push(text(&ticket, "/number").to_owned());
            return true;
        }
        1 => admin.patch(&path, &json!({ "impact": *dice.of(&["low", "medium", "high"]), "urgency": *dice.of(&["low", "high"]) })),
        2 => admin.patch(&path, &json!({ "assignee": *dice.of(&[json!(null), json!("anna@desk.example"), json!("otto@desk.example")]) })),
        3 => admin.patch(&path, &json!({ "tags": *dice.of(&[json!([]), json!(["hot"]), json!(["hot", "vpn"])]) })),
        4 => admin.post(
            &format!("{path}/transition"),
            &json!({ "to": *dice.of(&["open", "pending", "resolved", "closed"]), "resolution_code": "fixed" }),
        ),
        5 => admin.post(&format!("{path}/merge"), &json!({ "into": other })),
        6 => admin.delete(&format!("{path}/merge"), &json!({})),
        7 => admin.post(&format!("{path}/participants"), &json!({ "person": *dice.of(&people), "role": *dice.of(&["cc", "watcher"]) })),
        8 => admin.post(&format!("{path}/snooze"), &json!({})),
        9 => admin.post(&format!("{path}/links"), &json!({ "kind": "relates_to", "target": other })),
        10 => admin.patch(&path, &json!({ "desk": *dice.of(&["it", "hr"]) })),
        11 => admin
            .post(&format!("{path}/messages"), &json!({ "kind": *dice.of(&["note", "reply"]), "body": *dice.of(&["The gates.", "No."]) })),
        12 => admin.patch(&path, &json!({ "requester": *dice.of(&people), "title": *dice.of(&["Lamp", "The gates stay shut"]) })),
        _ => {
            let roles = *dice.of(&[&["agent:it"] as &[&str], &["agent:it", "agent:hr"]]);
            admin.patch(&format!("/api/v1/people/{}", desk.persona(Role::OtherAgent).id), &json!({ "roles": roles }))
        }
    };
    (200..300).contains(&answer.seen().0)
}

/// The kept count, and how many the list shows page by page.
fn both_counts(desk: &TestDesk, role: Role, query: &str) -> (Option<u64>, u64) {
    // Whose roles changed has to sign in again.
    let api = desk.with_token(&desk.token_for(role));
    let kept = asked(&api, query, "&count=true&limit=1").must(200)["total"].as_u64();
    (kept, items(&asked(&api, query, "&limit=200")).len() as u64)
}

/// Every query as a view, whose counts are asked for together.
fn saved(desk: &TestDesk) {
    for (n, query) in QUERIES.into_iter().enumerate() {
        let view = json!({ "name": format!("View {n:02}"), "scope": "everybody", "query": query });
        desk.api(Role::Admin).post("/api/v1/views", &view).must(201);
    }
}

/// How many each of the queries finds, asked for together.
fn counts_together(desk: &TestDesk, role: Role) -> Vec<Option<u64>> {
    let views = items(&desk.with_token(&desk.token_for(role)).get("/api/v1/views?count=true"));
    let total = |n: usize| views.iter().find(|view| text(view, "/name") == format!("View {n:02}")).and_then(|view| view["total"].as_u64());
    (0..QUERIES.len()).map(total).collect()
}

#[test]
fn t_x3_a_kept_count_is_what_the_list_shows_to_its_reader_after_every_change() {
    both(|desk| {
        let mut dice = Dice(7);
        let mut tickets: Vec<String> = (0..6).map(|_| text(&opened(desk, &json!({})), "/number").to_owned()).collect();
        let mut accepted = [0; CHANGES];
        saved(desk);
        for step in 0..CHANGES * 5 {
            let which = step % CHANGES;
            accepted[which] += usize::from(change(desk, &mut dice, which, &mut tickets));
            if step % 9 == 0 {
                desk.advance(Span::hours(5));
            }
            // Not every query after every change: what was not asked for long has several changes to catch up with.
            for _ in 0..6 {
                let (role, query) = (*dice.of(&READERS), *dice.of(&QUERIES));
                let (kept, shown) = both_counts(desk, role, query);
                assert_eq!(kept, Some(shown), "{query:?} of {role:?} after step {step}, change {which}");
            }
            // Those of a requester are no views.
            let role = *dice.of(&[Role::Agent, Role::OtherAgent]);
            let together = counts_together(desk, role);
            for _ in 0..4 {
                let n = dice.roll(QUERIES.len());
                let (_, shown) = both_counts(desk, role, QUERIES[n]);
                assert_eq!(together[n], Some(shown), "{:?} of {role:?} together after step {step}, change {which}", QUERIES[n]);
            }
        }
        for role in READERS {
            for query in QUERIES {
                let (kept, shown) = both_counts(desk, role, query);
                assert_eq!(kept, Some(shown), "{query:?} of {role:?} at the end");
            }
        }
        assert!(accepted.iter().all(|times| *times > 0), "each kind of change was made: {accepted:?}");
        desk.leaves_mail();
    });
}

#[test]
fn the_side_shows_what_each_list_holds_and_a_broken_view_breaks_no_other() {
    both(|desk| {
        let save = |name: &str, query: &str| {
            desk.api(Role::Admin)
                .post("/api/v1/views", &json!({ "name": name, "scope": "everybody", "query": query, "group": "priority" }))
                .must(201)
        };
        for _ in 0..3 {
            opened(desk, &json!({}));
        }
        opened(desk, &json!({ "assignee": "anna@desk.example", "impact": "high", "urgency": "high" }));
        let either = save("Either", "assignee:me OR priority:critical");
        let team = desk.api(Role::Admin).post("/api/v1/teams", &json!({ "name": "Gates", "key": "gates", "desk": "it" })).must(201);
        save("Gone", "team:gates");
        desk.api(Role::Admin)
            .patch(&format!("/api/v1/teams/{}", text(&team, "/id")), &json!({ "key": "doors", "name": "Doors" }))
            .must(200);
        let totals = |role: Role| -> Vec<Value> {
            items(&desk.api(role).get("/api/v1/views?count=true"))
                .iter()
                .map(|view| view.get("total").cloned().unwrap_or_default())
                .collect()
        };
        assert_eq!(totals(Role::Agent), [json!(1), Value::Null]);
        assert_eq!(totals(Role::OtherAgent), [json!(0), Value::Null]);
        let figure = |page: &str, path: &str| -> String {
            let at = page.split(&format!("href=\"{path}\"")).nth(1).unwrap();
            at.split("</a>")
                .next()
                .unwrap()
                .split("class=\"count\"")
                .nth(1)
                .unwrap()
                .split('>')
                .nth(1)
                .unwrap()
                .split('<')
                .next()
                .unwrap()
                .to_owned()
        };
        let page = desk.pages(Role::Agent).get("/desk").text();
        let path = format!("/desk/views/{}", text(&either, "/id"));
        assert_eq!(
            (figure(&page, "/desk/views/unassigned"), figure(&page, "/desk/views/open"), figure(&page, &path)),
            ("3".into(), "4".into(), "1".into())
        );
        // Groups lie within a view that has alternatives, and do not reach past them.
        let grouped = desk.pages(Role::Agent).get(&path).text();
        assert_eq!(grouped.matches("class=\"row ").count() + grouped.matches("class=\"row\"").count(), 1, "{grouped}");
        opened(desk, &json!({ "assignee": "anna@desk.example" }));
        assert_eq!(figure(&desk.pages(Role::Agent).get("/desk").text(), &path), "2", "at once");
        desk.leaves_mail();
    });
}

/// Both turns to count, held for as long as a test likes.
static TURNS: Mutex<Vec<OwnedSemaphorePermit>> = Mutex::new(Vec::new());

fn serve_with_turns_taken(desk: ServiceDesk, workspace: Workspace, stopping: watch::Receiver<bool>) -> Router {
    let kept = workspace.kept.clone();
    tokio::spawn(async move {
        for _ in 0..2 {
            let turn = kept.turn().await.unwrap();
            TURNS.lock().unwrap().push(turn);
        }
    });
    serve(desk, workspace, stopping)
}

#[test]
fn a_page_is_there_before_its_figures_are_counted() {
    let desk = &TestDesk::open(store::Dialect::Sqlite, serve_with_turns_taken);
    opened(desk, &json!({}));
    until("all turns are taken", || TURNS.lock().unwrap().len() == 2);
    let figures = |html: &str| html.matches("class=\"count\"").count();
    let pages = desk.pages(Role::Agent);
    let page = pages.get("/desk/views/open");
    assert!(page.text().contains("data-counting") && page.text().contains("The gates stay shut"), "{}", page.text());
    let early = figures(&page.text());
    TURNS.lock().unwrap().clear();
    let whole = pages.get("/desk/fragments/navigation").text();
    assert!(figures(&whole) > early, "who asks for the figures alone waits for them: {whole}");
    let page = pages.get("/desk/views/open");
    assert!(!page.text().contains("data-counting") && figures(&page.text()) > early);
}

#[test]
fn what_those_who_were_here_see_first_is_counted_ahead() {
    both(|desk| {
        opened(desk, &json!({}));
        // Somebody of each kind has a session: agents, and some for whom nothing is counted.
        for role in READERS {
            desk.session_for(role);
        }
        let kept = Kept::default();
        desk.wait(count_ahead(&desk.desk, &kept)).unwrap();
        let ahead = kept.sets();
        assert!(ahead > 20, "{ahead}");
        for view in [View::Mine, View::Unassigned, View::Snoozed, View::WaitingForUs, View::Open, View::Done] {
            let query = view.query();
            let (settings, actor, asking) = (desk.desk.settings(), reader(desk, Role::Admin), kept.clone());
            let count = move |db: &mut store::Db<'_>| asking.count(db, &settings, &actor, (query, ""));
            desk.desk.store().read_blocking(count).unwrap();
        }
        assert_eq!(kept.sets(), ahead, "what an administrator has at the side is counted already");
    });
}
