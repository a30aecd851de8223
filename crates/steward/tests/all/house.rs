//! A desk with the whole router, in process.

use axum::Router;
use faces::workspace::Workspace;
use people::ServiceDesk;
use serde_json::{Value, json};
use steward::config::Config;
use testkit::{Answer, Api, BASE, Role, TestDesk};
use tokio::sync::watch;

pub(crate) fn serve(desk: ServiceDesk, workspace: Workspace, stopping: watch::Receiver<bool>) -> Router {
    // Without limits: these tests ask as often as they like.
    let config = Config { base_url: Some(BASE.to_owned()), ..Config::default() };
    steward::serve::app(desk, workspace, &config, stopping)
}

/// Runs a test on both databases.
pub(crate) fn both(test: impl Fn(&TestDesk)) {
    TestDesk::both(serve, test);
}

/// Runs a test on SQLite, for what does not depend on the database.
pub(crate) fn one(test: impl Fn(&TestDesk)) {
    test(&TestDesk::open(store::Dialect::Sqlite, serve));
}

pub(crate) const TICKETS: &str = "/api/v1/tickets";

/// The requester's ticket on the desk IT, opened by an agent; `more` adds fields.
pub(crate) fn opened(desk: &TestDesk, more: &Value) -> Value {
    let mut ticket =
        json!({ "title": "The gates stay shut", "requester": "rosa@brackwater.example", "body": "Since seven.", "desk": "it" });
    for (key, value) in more.as_object().unwrap() {
        ticket[key] = value.clone();
    }
    desk.api(Role::Admin).post(TICKETS, &ticket).must(201)
}

/// `/api/v1/tickets/INC-1` and so on.
pub(crate) fn path(ticket: &Value) -> String {
    format!("{TICKETS}/{}", ticket["number"].as_str().unwrap())
}

/// The same with something behind it.
pub(crate) fn below(ticket: &Value, rest: &str) -> String {
    format!("{}/{rest}", path(ticket))
}

/// A text of a value that must be one.
pub(crate) fn text<'v>(value: &'v Value, pointer: &str) -> &'v str {
    value.pointer(pointer).and_then(Value::as_str).unwrap_or_else(|| panic!("no text at {pointer} in {value}"))
}

/// The items of a list.
pub(crate) fn items(answer: &Answer) -> Vec<Value> {
    answer.must(200)["items"].as_array().unwrap().clone()
}

/// A list with a query.
pub(crate) fn asked(api: &Api<'_>, query: &str, more: &str) -> Answer {
    api.get(&format!("{TICKETS}?q={}{more}", TestDesk::encoded(query)))
}

/// Numbers of the tickets that a query finds.
pub(crate) fn found(api: &Api<'_>, query: &str) -> Vec<String> {
    items(&asked(api, query, "")).iter().map(|ticket| text(ticket, "/number").to_owned()).collect()
}

pub(crate) fn keys(value: &Value) -> Vec<&str> {
    let mut keys: Vec<&str> = value.as_object().unwrap().keys().map(String::as_str).collect();
    keys.sort_unstable();
    keys
}
