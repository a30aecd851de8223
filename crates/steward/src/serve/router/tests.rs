use std::collections::{BTreeMap, BTreeSet};

use people::policy;

use super::*;

mod matrix;

/// Every method and path that the router answers to, read from the router itself.
fn served(router: &Router<ServiceDesk>) -> BTreeSet<(String, String)> {
    let text = format!("{router:?}");
    let (routes, paths) = text.split_once("node: Node { paths: {").expect("the router shows its paths");
    let mut served = BTreeSet::new();
    for route in routes.split("RouteId(").skip(1) {
        let (id, shown) = route.split_once("): ").unwrap();
        let path =
            paths.split(&format!("RouteId({id}): \"")).nth(1).and_then(|rest| rest.split('"').next()).expect("each route has a path");
        let methods =
            shown.split("allow_header: Bytes(b\"").nth(1).and_then(|rest| rest.split('"').next()).expect("each route has methods");
        served.extend(methods.split(',').filter(|method| *method != "HEAD").map(|method| (method.to_owned(), path.to_owned())));
    }
    served
}

#[test]
fn t_x2_every_route_has_a_rule_and_every_rule_a_route() {
    let (router, document) = routes("http://127.0.0.1:7070");
    let served = served(&router);
    for (path, item) in &document.paths.paths {
        for (method, _) in openapi::operations(item) {
            assert!(served.contains(&(method.to_owned(), path.clone())), "{method} {path} is documented and not served");
        }
    }
    let ruled: BTreeSet<(String, String)> = policy::rules().iter().map(|rule| (rule.method.to_owned(), rule.path.to_owned())).collect();
    let unruled: Vec<_> = served.difference(&ruled).collect();
    let unserved: Vec<_> = ruled.difference(&served).collect();
    assert!(unruled.is_empty() && unserved.is_empty(), "routes without a rule: {unruled:?}\nrules without a route: {unserved:?}");
}

#[test]
fn the_document_is_complete() {
    let (_, document) = routes("https://help.example.org");
    assert_eq!(serde_json::to_value(&document).unwrap()["openapi"], "3.1.0");
    let tags: Vec<&str> = document.tags.iter().flatten().map(|tag| tag.name.as_str()).collect();
    let mut ids = BTreeMap::new();
    for (path, item) in &document.paths.paths {
        for (method, operation) in openapi::operations(item) {
            let place = format!("{method} {path}");
            let id = operation.operation_id.clone().unwrap();
            assert!(operation.responses.responses.contains_key("default"), "{place} does not say how it fails");
            let tag = operation.tags.as_ref().and_then(|tags| tags.first());
            assert!(tag.is_some_and(|tag| tags.contains(&tag.as_str())), "{place} has the tag {tag:?}, which says nothing of itself");
            let said = operation.summary.as_deref().or(operation.description.as_deref()).unwrap_or_default();
            assert!(said.len() > 5, "{place} does not say what it does");
            assert_eq!(ids.insert(id, place.clone()), None, "{place} shares its name");
        }
    }
    let json = document.to_json().unwrap();
    let value: serde_json::Value = serde_json::from_str(&json).unwrap();
    for link in json.split("\"$ref\":\"#").skip(1).filter_map(|rest| rest.split('"').next()) {
        assert!(value.pointer(link).is_some(), "{link} leads nowhere");
    }
}

#[test]
fn the_page_of_the_api_names_every_call_and_runs_no_script() {
    let (_, document) = routes("http://127.0.0.1:7070");
    let page = docs::page(&document).into_string();
    for path in document.paths.paths.keys() {
        assert!(page.contains(&format!("<code>{path}</code>")), "{path}");
    }
    assert!(page.contains("id=\"problem-stale\"") && !page.contains("<script") && !page.contains("style="));
}
