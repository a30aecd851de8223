use crate::support::{Place, finished};

#[test]
fn a_copy_made_while_serving_restores_whole() {
    let place = Place::set_up();
    let token = place.token();
    let serving = place.serve(&[]);
    let made = serving.post("/api/v1/tickets", &token, r#"{"title": "Keep me", "requester": "jo@customer.example", "body": "Please."}"#);
    assert_eq!(made.status, 201, "{}", made.body);
    place.run(&["backup", "copy.backup"], "").must_succeed();
    serving.post("/api/v1/tickets", &token, r#"{"title": "Too late", "requester": "jo@customer.example"}"#);
    assert!(serving.stop().0.success());

    let restored = Place::new();
    restored.run(&["restore", place.path("copy.backup").to_str().unwrap()], "").must_succeed();
    restored.run(&["verify"], "").must_succeed();
    let serving = restored.serve(&[]);
    let list = serving.get("/api/v1/tickets", &token).body;
    assert!(list.contains("Keep me") && !list.contains("Too late"), "{list}");
}

#[test]
fn restoring_refuses_what_is_not_empty_or_not_a_copy() {
    let place = Place::set_up();
    place.run(&["backup", "copy.backup"], "").must_succeed();
    place.run(&["restore", "copy.backup"], "").must_fail(1, "");
    place.run(&["restore", "nothing.backup"], "").must_fail(1, "there is no file nothing.backup");
    std::fs::write(place.path("half.backup"), &std::fs::read(place.path("copy.backup")).unwrap()[..2_000]).unwrap();
    let command = place.command(&["restore", "half.backup", "--data-dir", "elsewhere"]);
    finished(command, "").must_fail(1, "");
}
