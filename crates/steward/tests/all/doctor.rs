use crate::support::{Place, finished, free_address};

#[test]
fn a_desk_that_is_set_up_has_nothing_to_mend() {
    let place = Place::set_up();
    let told = place.run(&["doctor", "--listen", "127.0.0.1:0"], "").must_succeed().out;
    for line in ["ok    database: SQLite", "ok    data directory", "ok    people", "ok    clock", "warn  smtp_relay", "warn  base_url"] {
        assert!(told.contains(line), "{line}\n{told}");
    }
    assert!(!told.contains("fail"), "{told}");
}

#[test]
fn a_running_server_is_no_fault() {
    let place = Place::set_up();
    let serving = place.serve(&[]);
    let told = place.run(&["doctor", "--listen", &serving.address.to_string()], "").must_succeed().out;
    assert!(told.contains("in use; Steward is running"), "{told}");
}

#[test]
fn what_must_be_mended_is_named_with_what_to_do() {
    let place = Place::set_up();
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let mut command = place.command(&[
        "doctor",
        "--listen",
        &address,
        "--smtp-relay",
        &format!("smtp://{}", free_address()),
        "--base-url",
        "http://help.example.org",
    ]);
    command.env("STEWARD_DATA_DIR", place.data()).env("STEWARD_LISTN", "x");
    let ended = finished(command, "");
    for line in [
        "warn  settings: the variable STEWARD_LISTN means nothing here; did you mean STEWARD_LISTEN?",
        "fail  listen",
        "fail  smtp_relay",
        "warn  base_url: http://help.example.org is not encrypted",
    ] {
        assert!(ended.out.contains(line), "{line}\n{}", ended.out);
    }
    ended.must_fail(1, "2 to mend");
}

#[test]
fn before_anything_is_there_it_says_where_to_begin() {
    let place = Place::new();
    let told = place.run(&["doctor", "--listen", "127.0.0.1:0"], "").must_succeed().out;
    assert!(told.contains("warn  database") && told.contains("setup or serve makes it"), "{told}");
    assert!(!place.data().exists());
}

#[test]
fn a_signing_key_is_made_once_closed_to_others_and_named_with_its_record() {
    use std::os::unix::fs::PermissionsExt;
    let place = Place::set_up();
    let made = place.run(&["mail", "dkim-key", "--mail-domain", "desk.test"], "").must_succeed().out;
    let file = place.data().join("dkim-steward.pem");
    assert_eq!(std::fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
    assert!(made.contains("steward._domainkey.desk.test. IN TXT \"v=DKIM1; k=rsa; p=MII"), "{made}");
    let again = place.run(&["mail", "dkim-key", "--mail-domain", "desk.test"], "").must_succeed().out;
    let record = |told: &str| told.lines().find(|line| line.contains("IN TXT")).unwrap().to_owned();
    assert!(again.contains("stays") && record(&again) == record(&made), "{again}");
    let other = place.run(&["mail", "dkim-key", "--mail-domain", "desk.test", "--ed25519"], "").must_succeed().out;
    assert!(other.contains("steward-ed25519._domainkey.desk.test. IN TXT \"v=DKIM1; k=ed25519; p="), "{other}");
    place.run(&["mail", "dkim-key"], "").must_fail(2, "mail_domain");

    let path = file.display().to_string();
    let (mail, listen) = (["--mail-domain", "desk.test", "--dkim-key", &path], ["--listen", "127.0.0.1:0"]);
    let told = place.run(&[&["doctor"], &listen[..], &mail[..]].concat(), "").must_succeed().out;
    assert!(told.contains("warn  dns_resolver: off"), "{told}");
    // A name server that is not there: nothing is known, and nothing hangs.
    let resolver = ["--dns-resolver", "127.0.0.1:9"];
    let told = place.run(&[&["doctor"], &listen[..], &mail[..], &resolver[..]].concat(), "").must_succeed().out;
    for line in
        ["warn  dkim_key: steward._domainkey.desk.test could not be looked up", "warn  SPF: desk.test", "warn  DMARC: _dmarc.desk.test"]
    {
        assert!(told.contains(line), "{line}\n{told}");
    }
    let ended = place.run(&["doctor", "--mail-domain", "desk.test", "--dkim-key", "absent.pem", "--listen", "127.0.0.1:0"], "");
    assert!(ended.out.contains("fail  dkim_key: dkim_key: absent.pem"), "{}", ended.out);
}
