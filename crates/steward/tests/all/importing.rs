use crate::support::Place;

const MAIL: &str = "From: Jo Customer <jo@customer.example>\nTo: it@desk.example\nSubject: The printer eats paper\nMessage-ID: <printer@customer.example>\n\nEvery second page.\n";
const ANSWER: &str = "From: Jo Customer <jo@customer.example>\nTo: it@desk.example\nSubject: Re: The printer eats paper\nMessage-ID: <again@customer.example>\nReferences: <printer@customer.example>\n\nStill.\n";

#[test]
fn messages_come_from_files_mailboxes_folders_and_standard_input() {
    let place = Place::set_up();
    std::fs::write(place.path("one.eml"), MAIL).unwrap();
    let first = place.run(&["mail", "import", "one.eml"], "").must_succeed().out;
    assert!(first.starts_with("one.eml 1: opened "), "{first}");
    let number = first.trim().rsplit(' ').next().unwrap().to_owned();
    std::fs::write(place.path("two.mbox"), format!("From jo Sat Nov 21 00:00:00 2026\n{MAIL}\nFrom jo Sat Nov 21 00:00:01 2026\n{ANSWER}"))
        .unwrap();
    let second = place.run(&["mail", "import", "two.mbox"], "").must_succeed().out;
    assert_eq!(second, format!("two.mbox 1: came before\ntwo.mbox 2: joined {number}\n"));
    std::fs::create_dir_all(place.path("folder/new")).unwrap();
    std::fs::write(place.path("folder/new/1"), MAIL.replace("printer@", "other@")).unwrap();
    assert!(place.run(&["mail", "import", "folder"], "").must_succeed().out.contains("opened"));
    assert!(place.run(&["mail", "import", "-"], &MAIL.replace("printer@", "third@")).must_succeed().out.starts_with("- 1: opened"));
    let piped = format!(
        "From jo@customer.example  Sat Nov 21 00:00:00 2026\n{}\nFrom Monday on it is worse.\n",
        MAIL.replace("printer@", "fourth@")
    );
    assert_eq!(place.run(&["mail", "import", "-"], &piped).must_succeed().out.lines().count(), 1);
    place.run(&["mail", "import", "-"], "").must_fail(1, "there is no message on standard input");
    place.run(&["mail", "import", "missing.eml"], "").must_fail(1, "there is no file missing.eml");
    place.run(&["verify"], "").must_succeed();
}

#[test]
fn mail_is_imported_beside_a_running_server() {
    let place = Place::set_up();
    let token = place.token();
    let serving = place.serve(&[]);
    std::fs::write(place.path("one.eml"), MAIL).unwrap();
    assert!(place.run(&["mail", "import", "one.eml"], "").must_succeed().out.contains("opened"));
    assert!(serving.get("/api/v1/tickets", &token).body.contains("The printer eats paper"));
}
