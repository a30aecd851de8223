use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;

use crate::support::{Place, ask, free_address};

#[test]
fn it_says_one_line_when_it_is_ready_and_stops_on_sigterm() {
    let place = Place::set_up();
    let serving = place.serve(&[]);
    assert_eq!(serving.said.len(), 1, "{:?}", serving.said);
    assert_eq!(serving.ask(&["GET", "/healthz"], &[], "").json()["status"], "alive");
    assert_eq!(serving.ask(&["GET", "/readyz"], &[], "").json()["status"], "ready");
    let (status, rest) = serving.stop();
    assert!(status.success() && rest.is_empty(), "{status} {rest}");
    place.run(&["verify"], "").must_succeed();
}

#[test]
fn an_open_stream_of_events_does_not_hold_the_end_up() {
    let place = Place::set_up();
    let token = place.token();
    let serving = place.serve(&[]);
    let mut stream = TcpStream::connect(serving.address).unwrap();
    write!(stream, "GET /api/v1/events/stream HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {token}\r\n\r\n").unwrap();
    let mut reader = BufReader::new(stream);
    let mut first = String::new();
    reader.read_line(&mut first).unwrap();
    assert!(first.starts_with("HTTP/1.1 200"), "{first}");
    serving.signal();
    let mut rest = String::new();
    reader.read_to_string(&mut rest).unwrap();
    assert!(rest.contains("text/event-stream") && rest.ends_with("0\r\n\r\n"), "{rest}");
    assert!(serving.stop().0.success());
}

#[test]
fn an_api_call_goes_all_the_way() {
    let place = Place::set_up();
    let token = place.token();
    let serving = place.serve(&[]);
    let made =
        serving.post("/api/v1/tickets", &token, r#"{"title": "No network", "requester": "jo@customer.example", "body": "Since nine."}"#);
    assert_eq!(made.status, 201, "{}", made.body);
    let number = made.json()["number"].as_str().unwrap().to_owned();
    let found = serving.get(&format!("/api/v1/tickets/{number}"), &token);
    assert_eq!((found.status, &found.json()["title"]), (200, &serde_json::json!("No network")));
    assert!(found.has("x-request-id:") && found.has("x-content-type-options: nosniff") && found.has("etag:"), "{}", found.head);
}

#[test]
fn what_goes_wrong_is_a_problem_with_a_request_id() {
    let place = Place::set_up();
    let token = place.token();
    let serving = place.serve(&[]);
    for (path, token, status) in
        [("/api/v1/tickets", "wrong", 401), ("/api/v1/nothing", token.as_str(), 404), ("/api/v1/tickets/INC-1", token.as_str(), 404)]
    {
        let answer = serving.get(path, token);
        assert_eq!(answer.status, status, "{path} {}", answer.body);
        assert!(answer.has("application/problem+json"), "{path} {}", answer.head);
        assert!(answer.json()["request_id"].as_str().is_some_and(|id| !id.is_empty()));
    }
    let page = serving.ask(&["GET", "/nothing"], &[("Accept-Language", "lv")], "");
    assert!(page.status == 404 && page.has("text/html") && page.body.contains("lang=\"lv\""), "{} {}", page.status, page.head);
    let large = serving.ask(
        &["POST", "/api/v1/tickets"],
        &[("Authorization", &format!("Bearer {token}")), ("Content-Type", "application/json"), ("Expect", "")],
        &"x".repeat(3_000_000),
    );
    assert_eq!(large.status, 413);
}

#[test]
fn the_api_is_documented_by_itself() {
    let place = Place::set_up();
    let serving = place.serve(&["--base-url", "https://help.example.org/"]);
    let document = serving.ask(&["GET", "/api/v1/openapi.json"], &[], "").json();
    assert_eq!(document["openapi"], "3.1.0");
    assert_eq!(document["servers"][0]["url"], "https://help.example.org");
    assert_eq!(document["components"]["securitySchemes"]["token"]["scheme"], "bearer");
    let page = serving.ask(&["GET", "/api/docs"], &[], "");
    assert!(page.status == 200 && page.has("text/html") && page.body.contains("/api/v1/tickets/{reference}"), "{}", page.head);
    assert_eq!(serving.ask(&["GET", "/api/docs/style.css"], &[], "").status, 200);
}

#[test]
fn too_many_requests_are_told_when_to_come_back() {
    let place = Place::set_up();
    let token = place.token();
    let serving = place.serve(&["--requests-per-minute", "1", "--requests-burst", "2", "--anonymous-requests-per-minute", "3"]);
    let statuses: Vec<u16> = (0..3).map(|_| serving.get("/api/v1/me", &token).status).collect();
    assert_eq!(statuses, [200, 200, 429]);
    let refused = serving.get("/api/v1/me", &token);
    assert!(refused.has("retry-after:") && refused.has("application/problem+json"), "{}", refused.head);
    // Guessing tokens counts under the address, however many there are.
    let guesses: Vec<u16> = (0..5).map(|n| serving.get("/api/v1/me", &format!("steward_{n}")).status).collect();
    assert_eq!(guesses, [401, 401, 401, 429, 429]);
    assert_eq!(serving.ask(&["GET", "/healthz"], &[], "").status, 200);
}

#[test]
fn metrics_are_served_at_the_ops_address_alone() {
    let place = Place::set_up();
    let (token, ops) = (place.token(), free_address());
    let serving = place.serve(&["--ops-listen", &ops]);
    assert_eq!(serving.get("/api/v1/me", &token).status, 200);
    assert_eq!(serving.get("/metrics", &token).status, 404);
    let metrics = ask(ops.parse().unwrap(), &["GET", "/metrics"], &[], "");
    for line in [
        "steward_http_requests_total{method=\"GET\",route=\"/api/v1/me\",status=\"200\"} 1",
        "steward_http_request_duration_seconds_count{method=\"GET\",route=\"/api/v1/me\"} 1",
        "steward_store_commits_total",
        "steward_journal_position",
        "steward_reactor_lag_facts{reactor=\"mail_queue\"}",
        "steward_mail_intake_waiting 0",
        "steward_process_resident_memory_bytes",
        "steward_build_info{version=",
        "# EOF",
    ] {
        assert!(metrics.body.contains(line), "{line}\n{}", metrics.body);
    }
    assert_eq!(ask(ops.parse().unwrap(), &["GET", "/readyz"], &[], "").status, 200);
}

#[test]
fn a_second_server_on_the_same_data_or_port_is_refused() {
    let place = Place::set_up();
    let serving = place.serve(&[]);
    place.run(&["serve", "--listen", "127.0.0.1:0"], "").must_fail(1, "another process serves this data directory");
    let other = Place::set_up();
    other.run(&["serve", "--listen", &serving.address.to_string()], "").must_fail(1, "cannot be listened on");
}

#[test]
fn a_mail_at_the_door_is_stored_before_it_is_acknowledged() {
    let place = Place::set_up();
    let (token, door) = (place.token(), free_address());
    let serving = place.serve(&["--mail-domain", "desk.example", "--lmtp-listen", &door]);
    let mut talk = BufReader::new(TcpStream::connect(&door).unwrap());
    let mut say = |line: &str, wanted: &str| {
        talk.get_mut().write_all(line.as_bytes()).unwrap();
        loop {
            let mut answer = String::new();
            talk.read_line(&mut answer).unwrap();
            if answer.as_bytes().get(3) != Some(&b'-') {
                assert!(answer.starts_with(wanted), "{line}: {answer}");
                return;
            }
        }
    };
    say("", "220");
    say("LHLO test\r\n", "250");
    say("MAIL FROM:<jo@customer.example>\r\n", "250");
    say("RCPT TO:<nobody@desk.example>\r\n", "550");
    say("RCPT TO:<it@desk.example>\r\n", "250");
    say("DATA\r\n", "354");
    say(
        "From: jo@customer.example\r\nTo: it@desk.example\r\nSubject: Folded paper\r\nMessage-ID: <1@customer.example>\r\n\r\nEvery page.\r\n.\r\n",
        "250",
    );
    let arrived = (0..100_000).any(|_| serving.get("/api/v1/tickets", &token).body.contains("Folded paper"));
    assert!(arrived, "the mail did not become a ticket");
}

#[test]
fn a_fresh_demo_shows_how_to_sign_in() {
    let place = Place::new();
    let serving = place.serve(&["--demo"]);
    assert!(
        serving.said.len() > 3 && serving.said.iter().any(|line| line.contains("administrator:") && line.contains("password")),
        "{:?}",
        serving.said
    );
    assert_eq!(serving.ask(&["GET", "/readyz"], &[], "").status, 200);
    assert!(serving.stop().0.success());
    let real = Place::set_up();
    real.run(&["serve", "--demo", "--listen", "127.0.0.1:0"], "").must_fail(1, "");
}
