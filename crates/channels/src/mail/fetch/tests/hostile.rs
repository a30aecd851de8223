//! Servers, and people on the way to them, that mean harm.

use super::fake_imap::FakeImap;
use super::fake_pop3::FakePop3;
use super::*;
use crate::mail::fetch::Step;
use crate::mail::fetch::source::Afterwards;

fn starttls() -> SourceInput {
    SourceInput { security: Some(Security::Starttls), host: Some("localhost".to_owned()), ..SourceInput::default() }
}

#[test]
fn encryption_that_was_asked_for_is_used_and_the_name_is_checked() {
    one(async |bench| {
        let server = FakeImap::start().await;
        server.with(|state| state.capabilities.push_str(" STARTTLS"));
        server.put("INBOX", mail("safe"));
        let id = bench.add(Kind::Imap, server.port, starttls()).await;
        bench.visitor(id).await.once().await.unwrap();
        assert_eq!(bench.subjects().await, ["safe"]);
        let pop = FakePop3::start().await;
        pop.put("u1", mail("safe too"));
        let id = bench.add(Kind::Pop3, pop.port, starttls()).await;
        bench.visitor(id).await.once().await.unwrap();
        assert_eq!(bench.subjects().await, ["safe", "safe too"]);
        // A certificate that nobody vouches for.
        let mut visitor = bench.visitor(id).await;
        let shared = Arc::get_mut(&mut visitor.account);
        assert!(shared.is_none());
        let stranger = FetchSettings { connector: Arc::new(Connector::new(Vec::new(), false)), message_bytes_max: BYTES_MAX };
        let (step, problem) = super::super::check(&bench.desk, &stranger, bench.source(id).await).await.failed.unwrap();
        assert_eq!((step, problem.code), (Step::Encryption, Code::Tls), "{problem}");
    });
}

#[test]
fn no_password_leaves_without_the_encryption_that_was_asked_for() {
    one(async |bench| {
        for greeting in ["* OK ready\r\n", "* PREAUTH welcome\r\n"] {
            let server = FakeImap::start().await;
            server.with(|state| state.faults.greeting = Some(greeting.to_owned()));
            let id = bench.add(Kind::Imap, server.port, starttls()).await;
            assert_eq!(bench.visitor(id).await.once().await.unwrap_err().code, Code::NoStarttls);
            assert_eq!(server.said("LOGIN") + server.said("AUTHENTICATE"), 0);
        }
        let pop = FakePop3::start().await;
        pop.with(|state| state.has_stls = false);
        let id = bench.add(Kind::Pop3, pop.port, starttls()).await;
        assert_eq!(bench.visitor(id).await.once().await.unwrap_err().code, Code::NoStarttls);
        assert_eq!(pop.said("USER") + pop.said("PASS"), 0);
    });
}

#[test]
fn words_put_before_encryption_are_not_taken_for_words_after_it() {
    one(async |bench| {
        let server = FakeImap::start().await;
        server.with(|state| {
            state.capabilities.push_str(" STARTTLS");
            state.faults.injected = Some("* CAPABILITY IMAP4rev1\r\ns1 OK\r\n".to_owned());
        });
        let id = bench.add(Kind::Imap, server.port, starttls()).await;
        assert_eq!(bench.visitor(id).await.once().await.unwrap_err().code, Code::Protocol);
        let pop = FakePop3::start().await;
        pop.with(|state| state.injected = "+OK\r\n".to_owned());
        let id = bench.add(Kind::Pop3, pop.port, starttls()).await;
        assert_eq!(bench.visitor(id).await.once().await.unwrap_err().code, Code::Protocol);
        assert_eq!(server.said("AUTHENTICATE") + pop.said("PASS"), 0);
    });
}

#[test]
fn a_server_that_takes_no_passwords_in_the_clear_gets_none() {
    one(async |bench| {
        let server = FakeImap::start().await;
        server.with(|state| state.capabilities = "IMAP4rev1 LOGINDISABLED".to_owned());
        let id = bench.add(Kind::Imap, server.port, SourceInput::default()).await;
        assert_eq!(bench.visitor(id).await.once().await.unwrap_err().code, Code::Cleartext);
        assert_eq!(server.said("LOGIN "), 0);
        server.with(|state| state.capabilities = "IMAP4rev1".to_owned());
        bench.visitor(id).await.once().await.unwrap();
        assert_eq!(server.said("LOGIN \"desk\" \"s3cret\""), 1);
    });
}

#[test]
fn t_s4_a_message_that_promises_four_gigabytes_costs_nothing_and_holds_up_nobody() {
    both(async |bench| {
        for length in ["4294967295", "99999999999999999999", "20001"] {
            let server = FakeImap::start().await;
            for n in 1..=3 {
                server.put("INBOX", mail(&format!("{length} {n}")));
            }
            server.with(|state| state.faults.literals.insert(2, length.to_owned()));
            let before = bench.taken().await.len();
            let input = SourceInput { afterwards: Some(Afterwards::Delete), ..SourceInput::default() };
            let mut visitor = bench.visitor(bench.add(Kind::Imap, server.port, input).await).await;
            let problems = visitor.until_done().await;
            assert!(problems.iter().all(|problem| problem.code == Code::TooLarge) && problems.len() == 1, "{problems:?}");
            assert_eq!((bench.taken().await.len() - before, server.count("INBOX")), (3, 1));
        }
    });
}

#[test]
fn t_s4_lines_without_end_and_endless_lists_are_cut_off() {
    one(async |bench| {
        let endless = "x".repeat(400_000);
        let many: String = (0..200).map(|n| format!(" CAP{n}{}", "y".repeat(300))).collect();
        for (word, answer) in [
            ("CAPABILITY", format!("* OK {endless}")),
            ("CAPABILITY", format!("* CAPABILITY{many}{many}{many}{many}")),
            ("SELECT", format!("* FLAGS ({endless}")),
            ("UID SEARCH", format!("* SEARCH {}", "9".repeat(300_000))),
            ("UID FETCH", format!("* 1 FETCH (FLAGS ({endless}")),
        ] {
            let server = FakeImap::start().await;
            server.put("INBOX", mail("one"));
            server.with(|state| state.faults.answers.insert(word, answer));
            let id = bench.add(Kind::Imap, server.port, SourceInput::default()).await;
            let problem = bench.visitor(id).await.once().await.unwrap_err();
            assert_eq!(problem.code, Code::Protocol, "{word}: {problem}");
        }
    });
}

#[test]
fn servers_that_lie_about_sizes_or_speak_nonsense_lose_nothing() {
    both(async |bench| {
        let server = FakeImap::start().await;
        server.put("INBOX", mail("said to be small"));
        server.put("INBOX", mail("said to be nothing"));
        server.with(|state| state.faults.sizes = [(1, 1), (2, 0)].into());
        let id = bench.add(Kind::Imap, server.port, SourceInput::default()).await;
        let mut visitor = bench.visitor(id).await;
        visitor.once().await.unwrap();
        assert_eq!(bench.subjects().await, ["said to be nothing", "said to be small"]);
        server.put("INBOX", mail("later"));
        for (word, answer, code) in [
            ("SELECT", "* BYE going down\r\n", Code::Server),
            ("SELECT", "{tag} NO not now\r\n", Code::Folder),
            ("SELECT", "{tag} OK without numbers\r\n", Code::Protocol),
            ("UID SEARCH", "{tag} BAD what\r\n", Code::Server),
            ("UID SEARCH", "\r\n\0\r\n* 99999999999 EXISTS\r\n{tag} NO\r\n", Code::Server),
            ("UID FETCH", "* OK [UIDVALIDITY 99] surprise\r\n{tag} OK\r\n", Code::Lost),
            ("AUTHENTICATE", "{tag} NO [UNAVAILABLE] later\r\n", Code::Server),
            ("AUTHENTICATE", "{tag} NO wrong\r\n", Code::SignInRefused),
        ] {
            server.with(|state| state.faults.answers = [(word, answer.to_owned())].into());
            let problem = visitor.once().await.unwrap_err();
            assert_eq!(problem.code, code, "{word} {answer}: {problem}");
        }
        server.with(|state| state.faults.answers.clear());
        visitor.until_done().await;
        assert_eq!(bench.subjects().await.len(), 3);
    });
}

#[test]
fn what_is_wrong_is_said_by_the_field_to_look_at() {
    one(async |bench| {
        let server = FakeImap::start().await;
        let ask = async |input: SourceInput, port: u16| {
            let id = bench.add(Kind::Imap, port, input).await;
            super::super::check(&bench.desk, &settings(), bench.source(id).await).await
        };
        let fine = ask(SourceInput::default(), server.port).await;
        assert_eq!((fine.folders[0].name.as_str(), fine.folders[0].messages), ("INBOX", 0));
        assert_eq!((fine.passed.as_slice(), fine.failed), (Step::ALL.as_slice(), None));
        let free = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap().port();
        let named = |host: &str| SourceInput { host: Some(host.to_owned()), ..SourceInput::default() };
        let other = SourceInput { password: Some("wrong".to_owned()), ..SourceInput::default() };
        let folder = SourceInput { folders: Some(vec!["Nowhere".to_owned()]), ..SourceInput::default() };
        let tls = SourceInput { security: Some(Security::Tls), ..SourceInput::default() };
        for (input, port, step, code, field) in [
            (named("169.254.169.254"), server.port, Step::Connection, Code::AddressForbidden, "host"),
            (SourceInput::default(), free, Step::Connection, Code::NoConnection, "port"),
            (other, server.port, Step::SignIn, Code::SignInRefused, "user"),
            (folder, server.port, Step::Folders, Code::Folder, "folders"),
            (tls, server.port, Step::Encryption, Code::Tls, "security"),
            (starttls(), server.port, Step::Encryption, Code::NoStarttls, "security"),
        ] {
            let checked = ask(input, port).await;
            let (stopped, problem) = checked.failed.unwrap();
            assert_eq!((stopped, problem.code), (step, code));
            let before: Vec<Step> = Step::ALL.into_iter().take_while(|one| *one != step).collect();
            assert_eq!(checked.passed, before, "what came before went well, and nothing was tried afterwards");
            let kernel::Refusal::Invalid(errors) = problem.refusal() else { panic!("{problem}") };
            assert_eq!(errors[0].field, field);
        }
    });
}
