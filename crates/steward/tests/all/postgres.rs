use store::{Dialect, testing};

use crate::support::{Ended, PASSWORD, Place, finished};

/// The same program on a PostgreSQL database of its own.
fn run(place: &Place, url: &str, args: &[&str], input: &str) -> Ended {
    let mut command = place.command(args);
    command.env("STEWARD_DATA_DIR", place.data()).env("STEWARD_DATABASE", url);
    finished(command, input)
}

#[test]
fn everything_runs_on_postgresql_and_moves_to_sqlite() {
    let (place, database) = (Place::new(), testing::empty(Dialect::Postgres));
    let url = database.settings.url.clone();
    let line = ["setup", "--admin-email", "ada@example.org", "--admin-name", "Ada", "--desk-name", "IT"];
    run(&place, &url, &line, PASSWORD).must_succeed();
    let token =
        run(&place, &url, &["token", "add", "--email", "ada@example.org", "--name", "test"], "").must_succeed().out.trim().to_owned();
    let serving = place.serve(&["--database", &url]);
    let made =
        serving.post("/api/v1/tickets", &token, r#"{"title": "On the server", "requester": "jo@customer.example", "body": "Since nine."}"#);
    assert_eq!(made.status, 201, "{}", made.body);
    assert!(run(&place, &url, &["doctor", "--listen", "127.0.0.1:0"], "").must_succeed().out.contains("ok    database: PostgreSQL"));
    run(&place, &url, &["backup", "copy.backup"], "").must_succeed();
    assert!(serving.stop().0.success());
    assert!(run(&place, &url, &["verify"], "").must_succeed().out.contains("Journal whole"));

    let moved = Place::new();
    moved.run(&["restore", place.path("copy.backup").to_str().unwrap()], "").must_succeed();
    let serving = moved.serve(&[]);
    assert!(serving.get("/api/v1/tickets", &token).body.contains("On the server"));
    assert!(serving.stop().0.success());
    moved.run(&["verify"], "").must_succeed();
}

#[test]
fn a_database_that_is_away_is_one_sentence_without_its_password() {
    let place = Place::new();
    let url = "postgres://steward:hunter22@127.0.0.1:1/steward";
    for line in [&["migrate"][..], &["serve", "--listen", "127.0.0.1:0"], &["user", "list"]] {
        let ended = run(&place, url, line, "");
        assert!(!ended.err.contains("hunter22"), "{}", ended.err);
        ended.must_fail(1, "");
    }
}
