use crate::support::{PASSWORD, Place};

#[test]
fn setup_makes_a_desk_a_team_and_an_administrator_once() {
    let place = Place::set_up();
    assert!(place.run(&["user", "list"], "").must_succeed().out.contains("ada@example.org\tAda Agent\tadmin,agent:it\tactive"));
    let again = place.run(&["setup", "--admin-email", "eve@example.org", "--admin-name", "Eve"], PASSWORD);
    again.must_fail(1, "set up already");
    let token = place.token();
    let serving = place.serve(&[]);
    let desks = serving.get("/api/v1/desks", &token).json();
    assert_eq!(desks["items"][0]["key"], "it");
    assert_eq!(serving.get("/api/v1/teams", &token).json()["items"][0]["members"].as_array().map(Vec::len), Some(1));
    assert_eq!(serving.get("/api/v1/mailboxes", &token).json()["items"][0]["address"], "it@desk.example");
}

#[test]
fn the_data_directory_is_closed_to_others() {
    use std::os::unix::fs::PermissionsExt;
    let place = Place::set_up();
    assert_eq!(std::fs::metadata(place.data()).unwrap().permissions().mode() & 0o777, 0o700);
}

#[test]
fn a_password_is_needed_and_checked() {
    let place = Place::new();
    let line = ["setup", "--admin-email", "ada@example.org", "--admin-name", "Ada"];
    place.run(&line, "").must_fail(2, "standard input");
    place.run(&line, "short\n").must_fail(1, "password: A password has at least 10 characters.");
    assert!(!place.data().join("steward.db").exists());
    place.run(&line, PASSWORD).must_succeed();
    assert!(place.run(&["user", "list"], "").must_succeed().out.contains("agent:helpdesk"));
}

#[test]
fn users_are_added_listed_and_disabled() {
    let place = Place::set_up();
    let add = |email: &str, role: &str| place.run(&["user", "add", "--email", email, "--name", "Somebody", "--role", role], PASSWORD);
    add("agent@example.org", "agent").must_succeed();
    add("rosa@example.org", "requester").must_succeed();
    add("rosa@example.org", "requester").must_fail(1, "belongs to somebody else");
    add("nonsense", "requester").must_fail(1, "not an e-mail address");
    let listed = place.run(&["user", "list"], "").must_succeed().out;
    assert!(
        listed.contains("agent@example.org\tSomebody\tagent:it\tactive")
            && listed.contains("rosa@example.org\tSomebody\trequester\tactive"),
        "{listed}"
    );
    place.run(&["user", "disable", "--email", "Rosa@Example.org"], "").must_succeed();
    assert!(place.run(&["user", "list"], "").must_succeed().out.contains("requester\tdisabled"));
    place.run(&["user", "disable", "--email", "nobody@example.org"], "").must_fail(1, "nobody has the address");
}

#[test]
fn an_agent_needs_a_desk() {
    let place = Place::new();
    let line = ["user", "add", "--email", "a@example.org", "--name", "A", "--role", "agent"];
    place.run(&line, PASSWORD).must_fail(1, "run steward setup");
}

#[test]
fn a_token_is_printed_once_and_can_be_revoked() {
    let place = Place::set_up();
    let token = place.token();
    assert!(token.starts_with("steward_") && !token.contains('\n'), "{token}");
    let listed = place.run(&["token", "list"], "").must_succeed().out;
    assert!(listed.contains("ada@example.org\ttest") && !listed.contains(&token), "{listed}");
    let id = listed.split('\t').next().unwrap().to_owned();
    let serving = place.serve(&[]);
    assert_eq!(serving.get("/api/v1/me", &token).status, 200);
    place.run(&["token", "revoke", &id], "").must_succeed();
    place.run(&["token", "revoke", &id], "").must_fail(1, "no live token");
    // The server looks twice a second whether another process changed something.
    let ended = (0..100_000).any(|_| serving.get("/api/v1/me", &token).status == 401);
    assert!(ended, "the token still works");
}

#[test]
fn commands_name_the_database_that_is_not_there() {
    let place = Place::new();
    for line in [&["user", "list"][..], &["token", "list"], &["verify"], &["backup", "x"]] {
        place.run(line, "").must_fail(1, "there is no database at");
    }
    assert!(!place.data().exists());
}
