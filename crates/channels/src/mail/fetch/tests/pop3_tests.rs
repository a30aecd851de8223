use super::fake_pop3::FakePop3;
use super::*;
use crate::mail::fetch::source::Afterwards;

fn deleting() -> SourceInput {
    SourceInput { afterwards: Some(Afterwards::Delete), ..SourceInput::default() }
}

#[test]
fn messages_that_stay_are_taken_once() {
    both(async |bench| {
        let server = FakePop3::start().await;
        server.put("u1", mail("one"));
        server.put("u2", mail("two"));
        let mut visitor = bench.visitor(bench.add(Kind::Pop3, server.port, SourceInput::default()).await).await;
        visitor.once().await.unwrap();
        assert_eq!(bench.taken().await, [mail("one"), mail("two")], "to the byte, dots at the beginning of lines and all");
        server.put("u3", mail("three"));
        visitor.once().await.unwrap();
        visitor.once().await.unwrap();
        assert_eq!(bench.subjects().await, ["one", "three", "two"]);
        assert_eq!((server.count(), server.said("DELE"), server.said("RETR")), (3, 0, 3));
    });
}

#[test]
fn a_session_that_breaks_at_any_byte_of_a_message_loses_nothing_and_takes_nothing_twice() {
    both(async |bench| {
        let server = FakePop3::start().await;
        let id = bench.add(Kind::Pop3, server.port, deleting()).await;
        let mut wanted = Vec::new();
        for cut in 0..note("000a").len() + "+OK follows\r\n..\r\n".len() {
            for part in ["a", "b"] {
                let subject = format!("{cut:03}{part}");
                server.put(&subject, note(&subject));
                wanted.push(subject);
            }
            server.with(|state| state.cut_message_after = Some(cut));
            bench.visitor(id).await.until_done().await;
        }
        wanted.sort();
        assert_eq!(bench.subjects().await, wanted);
        assert_eq!(server.count(), 0);
    });
}

#[test]
fn a_session_that_breaks_at_any_command_loses_nothing_and_takes_nothing_twice() {
    both(async |bench| {
        let server = FakePop3::start().await;
        let id = bench.add(Kind::Pop3, server.port, deleting()).await;
        let mut count = 0;
        for at in 1..=12 {
            for answered in [false, true] {
                for part in ["a", "b"] {
                    server.put(&format!("{at}{answered}{part}"), mail(&format!("{at} {answered} {part}")));
                    count += 1;
                }
                server.with(|state| state.cut_at_command = Some((state.commands + at, answered)));
                bench.visitor(id).await.until_done().await;
                // What was taken before a break is removed in the next session.
                bench.visitor(id).await.until_done().await;
                assert_eq!(server.count(), 0, "{at} {answered}");
            }
        }
        let mut subjects = bench.subjects().await;
        assert_eq!(subjects.len(), count);
        subjects.dedup();
        assert_eq!(subjects.len(), count);
    });
}

#[test]
fn a_name_that_two_messages_bear_hides_neither() {
    both(async |bench| {
        let server = FakePop3::start().await;
        server.put("same", mail("one"));
        server.put("same", mail("two"));
        server.put(&"long".repeat(100), mail("three"));
        let mut visitor = bench.visitor(bench.add(Kind::Pop3, server.port, deleting()).await).await;
        visitor.once().await.unwrap();
        assert_eq!(bench.subjects().await, ["one", "three", "two"]);
        assert_eq!(server.count(), 0);
    });
}

#[test]
fn without_lasting_names_messages_are_removed_or_not_fetched_at_all() {
    both(async |bench| {
        let server = FakePop3::start().await;
        server.with(|state| state.has_names = false);
        server.put("", mail("one"));
        server.put("", mail("two"));
        let keeping = bench.add(Kind::Pop3, server.port, SourceInput::default()).await;
        assert_eq!(bench.visitor(keeping).await.once().await.unwrap_err().code, Code::Protocol);
        let id = bench.add(Kind::Pop3, server.port, deleting()).await;
        server.with(|state| state.cut_at_command = Some((state.commands + 8, true)));
        bench.visitor(id).await.until_done().await;
        assert_eq!((bench.subjects().await, server.count()), (vec!["one".to_owned(), "two".to_owned()], 0));
    });
}

#[test]
fn a_maildrop_that_is_named_anew_is_not_taken_anew() {
    both(async |bench| {
        let server = FakePop3::start().await;
        for n in 0..20 {
            server.put(&format!("old{n}"), mail(&format!("n{n:02}")));
        }
        let mut visitor = bench.visitor(bench.add(Kind::Pop3, server.port, SourceInput::default()).await).await;
        visitor.once().await.unwrap();
        server.with(|state| state.letters.iter_mut().for_each(|(name, _)| *name = name.replace("old", "new")));
        server.put("new99", mail("n99"));
        visitor.once().await.unwrap();
        assert_eq!(bench.taken().await.len(), 21);
    });
}

#[test]
fn messages_too_large_or_not_handed_out_stay_and_are_seen() {
    both(async |bench| {
        let server = FakePop3::start().await;
        let mut large = mail("large");
        large.resize(BYTES_MAX + 10, b'x');
        server.put("u1", large.clone());
        server.put("u2", mail("refused"));
        server.put("u3", mail("fine"));
        // A size that is not true: only reading finds out.
        let mut liar = mail("liar");
        liar.resize(BYTES_MAX * 3, b'y');
        server.put("u4", liar);
        server.with(|state| {
            state.refused.insert(2);
            state.sizes.insert(4, "17".to_owned());
        });
        let mut visitor = bench.visitor(bench.add(Kind::Pop3, server.port, deleting()).await).await;
        let problems = visitor.until_done().await;
        assert!(problems.iter().all(|problem| problem.code == Code::TooLarge), "{problems:?}");
        for _ in 0..8 {
            visitor.once().await.unwrap();
            server.with(|state| {
                // Its place changes when the message before it is removed.
                state.refused = state.letters.iter().position(|(name, _)| name == "u2").map(|at| at + 1).into_iter().collect();
            });
        }
        assert_eq!(bench.subjects().await, ["fine", "large", "liar", "refused"]);
        assert!(bench.taken().await.iter().all(|raw| raw.len() < 2_000));
        assert_eq!(server.count(), 3, "what is not here stays there");
    });
}

#[test]
fn a_maildrop_in_use_is_not_a_wrong_password() {
    one(async |bench| {
        let server = FakePop3::start().await;
        let id = bench.add(Kind::Pop3, server.port, SourceInput::default()).await;
        server.with(|state| state.answers.insert("PASS", "-ERR [IN-USE] somebody reads\r\n".to_owned()));
        assert_eq!(bench.visitor(id).await.once().await.unwrap_err().code, Code::Server);
        server.with(|state| state.answers.insert("PASS", "-ERR [AUTH] no\r\n".to_owned()));
        assert_eq!(bench.visitor(id).await.once().await.unwrap_err().code, Code::SignInRefused);
    });
}
