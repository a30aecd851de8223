use super::fake_imap::{FakeImap, Letter, USUAL};
use super::*;
use crate::mail::fetch::source::Afterwards;

fn seen() -> SourceInput {
    SourceInput::default()
}

fn moving() -> SourceInput {
    SourceInput { afterwards: Some(Afterwards::Move), move_to: Some("Taken".to_owned()), ..SourceInput::default() }
}

fn deleting() -> SourceInput {
    SourceInput { afterwards: Some(Afterwards::Delete), ..SourceInput::default() }
}

#[test]
fn what_waits_is_taken_once_and_marked_and_what_somebody_had_read_before_is_left() {
    both(async |bench| {
        let server = FakeImap::start().await;
        let old = server.put("INBOX", mail("old"));
        server.with(|state| state.shelves.get_mut("INBOX").unwrap().letters.get_mut(&old).unwrap().flags.insert("\\Seen".to_owned()));
        let new = server.put("INBOX", mail("new"));
        let mut visitor = bench.visitor(bench.add(Kind::Imap, server.port, seen()).await).await;
        visitor.once().await.unwrap();
        assert_eq!(bench.taken().await, [mail("new")]);
        assert!(server.flags("INBOX", new).contains("\\Seen"));
        // Read in another program before Steward came by: it is new all the same.
        let read = server.put("INBOX", mail("read meanwhile"));
        server.with(|state| state.shelves.get_mut("INBOX").unwrap().letters.get_mut(&read).unwrap().flags.insert("\\Seen".to_owned()));
        for _ in 0..3 {
            visitor.once().await.unwrap();
        }
        assert_eq!(bench.subjects().await, ["new", "read meanwhile"]);
    });
}

#[test]
fn a_connection_that_breaks_at_any_byte_of_a_message_loses_nothing_and_takes_nothing_twice() {
    both(async |bench| {
        let server = FakeImap::start().await;
        let id = bench.add(Kind::Imap, server.port, deleting()).await;
        let mut wanted = Vec::new();
        // Two messages with what stands around each of them.
        let whole = (note("000a").len() + "* 1 FETCH (UID 999 FLAGS () BODY[] {99}\r\n)\r\n".len()) * 2;
        for cut in 0..whole {
            for part in ["a", "b"] {
                let subject = format!("{cut:03}{part}");
                server.put("INBOX", note(&subject));
                wanted.push(subject);
            }
            server.with(|state| state.faults.cut_body_after = Some(cut));
            let mut visitor = bench.visitor(id).await;
            let problems = visitor.until_done().await;
            assert!(problems.len() <= 1, "{cut}: {problems:?}");
        }
        wanted.sort();
        assert_eq!(bench.subjects().await, wanted);
        assert_eq!(server.count("INBOX"), 0);
    });
}

#[test]
fn a_connection_that_breaks_at_any_command_loses_nothing_and_takes_nothing_twice() {
    both(async |bench| {
        for capabilities in [USUAL, "IMAP4rev1 UIDPLUS"] {
            let server = FakeImap::start().await;
            server.with(|state| state.capabilities = capabilities.to_owned());
            let id = bench.add(Kind::Imap, server.port, moving()).await;
            let before = bench.subjects().await.len();
            for at in 1..=14 {
                for effect in [false, true] {
                    server.put("INBOX", mail(&format!("{capabilities} {at} {effect}")));
                    server.with(|state| state.faults.cut_at_command = Some((state.commands + at, effect)));
                    bench.visitor(id).await.until_done().await;
                    assert_eq!(server.count("INBOX"), 0, "{at} {effect}");
                }
            }
            let subjects = bench.subjects().await;
            assert_eq!(subjects.len() - before, 28, "{subjects:?}");
            assert!(server.count("Taken") >= 28);
        }
    });
}

#[test]
fn a_message_leaves_its_folder_only_after_it_is_committed() {
    one(async |bench| {
        for input in [moving(), deleting(), seen()] {
            let server = FakeImap::start().await;
            server.put("INBOX", mail("kept"));
            let id = bench.add(Kind::Imap, server.port, input).await;
            let mut visitor = bench.visitor(id).await;
            // Somebody switches the account off while the message is on its way: nothing may be committed any more.
            let change = ChangeMailSource {
                desk: bench.desk.clone(),
                id,
                expected_version: None,
                input: SourceInput { active: Some(false), ..SourceInput::default() },
            };
            bench.run(change).await.unwrap();
            assert_eq!(visitor.once().await.unwrap_err().code, Code::Storage);
            assert!(bench.taken().await.is_empty());
            assert_eq!((server.count("INBOX"), server.said("STORE"), server.said("MOVE"), server.said("EXPUNGE")), (1, 0, 0, 0));
        }
    });
}

#[test]
fn a_folder_that_is_numbered_anew_is_not_taken_anew() {
    both(async |bench| {
        let server = FakeImap::start().await;
        for n in 0..30 {
            server.put("INBOX", mail(&format!("first {n:02}")));
        }
        let mut visitor = bench.visitor(bench.add(Kind::Imap, server.port, seen()).await).await;
        visitor.once().await.unwrap();
        server.with(|state| {
            let shelf = state.shelves.get_mut("INBOX").unwrap();
            shelf.validity = 8;
            let letters = std::mem::take(&mut shelf.letters);
            // The server has forgotten what was read.
            shelf.letters = letters
                .into_values()
                .rev()
                .zip(500..)
                .map(|(mut letter, uid)| {
                    letter.flags.clear();
                    (uid, letter)
                })
                .collect();
            shelf.next = 600;
        });
        server.put("INBOX", mail("second"));
        visitor.once().await.unwrap();
        visitor.once().await.unwrap();
        assert_eq!(bench.taken().await.len(), 31);
        assert!(bench.subjects().await.contains(&"second".to_owned()));
        assert!((500..530).all(|uid| server.flags("INBOX", uid).contains("\\Seen")));
    });
}

#[test]
fn messages_that_were_away_and_come_back_under_new_numbers_are_not_taken_anew() {
    both(async |bench| {
        let server = FakeImap::start().await;
        for n in 0..30 {
            server.put("INBOX", mail(&format!("first {n:02}")));
        }
        server.put("INBOX", mail("first 07"));
        let id = bench.add(Kind::Imap, server.port, seen()).await;
        bench.visitor(id).await.once().await.unwrap();
        for at in 1..=8 {
            // Somebody moves them away and back, or the server lost its list: the same folder, other numbers, nothing read.
            server.with(|state| {
                let shelf = state.shelves.get_mut("INBOX").unwrap();
                let letters =
                    std::mem::take(&mut shelf.letters).into_values().map(|letter| Letter { raw: letter.raw, ..Letter::default() });
                shelf.letters = letters.zip(100 * at..).map(|(letter, uid)| (uid, letter)).collect();
                shelf.next = 100 * at + 50;
                let commands = usize::try_from(at).unwrap();
                state.faults.cut_at_command = Some((state.commands + commands, false));
            });
            bench.visitor(id).await.until_done().await;
            assert_eq!(bench.taken().await.len(), 31, "{at}");
            let all_read = (100 * at..100 * at + 31).all(|uid| server.flags("INBOX", uid).contains("\\Seen"));
            assert!(all_read, "{at}");
        }
        // The same words a third time, beside the two: another message.
        server.put("INBOX", mail("first 07"));
        bench.visitor(id).await.until_done().await;
        assert_eq!(bench.taken().await.len(), 32);
    });
}

#[test]
fn the_same_words_twice_are_two_messages() {
    both(async |bench| {
        let server = FakeImap::start().await;
        server.put("INBOX", mail("alarm"));
        server.put("INBOX", mail("alarm"));
        let mut visitor = bench.visitor(bench.add(Kind::Imap, server.port, deleting()).await).await;
        visitor.once().await.unwrap();
        server.put("INBOX", mail("alarm"));
        visitor.once().await.unwrap();
        assert_eq!(bench.subjects().await, ["alarm", "alarm", "alarm"]);
    });
}

#[test]
fn messages_told_twice_and_messages_removed_by_others_disturb_nothing() {
    both(async |bench| {
        let server = FakeImap::start().await;
        for n in 1..=6 {
            server.put("INBOX", mail(&format!("m{n}")));
        }
        server.with(|state| {
            state.faults.twice = true;
            state.faults.dribble = true;
            state.faults.vanish = [2, 6].into();
        });
        let mut visitor = bench.visitor(bench.add(Kind::Imap, server.port, moving()).await).await;
        visitor.once().await.unwrap();
        assert_eq!(bench.subjects().await, ["m1", "m3", "m4", "m5"]);
        assert_eq!((server.count("INBOX"), server.count("Taken")), (0, 4));
    });
}

#[test]
fn a_message_that_is_not_handed_out_holds_up_nobody_and_is_seen_in_the_end() {
    both(async |bench| {
        for silently in [false, true] {
            let server = FakeImap::start().await;
            for n in 1..=5 {
                server.put("INBOX", mail(&format!("{silently} {n}")));
            }
            server.with(|state| if silently { state.faults.left_out.insert(3) } else { state.faults.refused.insert(3) });
            let before = bench.taken().await.len();
            let mut visitor = bench.visitor(bench.add(Kind::Imap, server.port, deleting()).await).await;
            let problems = visitor.until_done().await;
            assert!(problems.iter().all(|problem| problem.code == Code::Server), "{problems:?}");
            let taken = bench.taken().await.split_off(before);
            assert_eq!(taken.len(), 5);
            let notice = taken.iter().find(|raw| subject_of(raw).ends_with('3')).unwrap();
            let text = String::from_utf8_lossy(notice);
            assert!(text.contains("does not hand over this message") && text.contains("INBOX, desk (127.0.0.1)"), "{text}");
            assert_eq!(server.count("INBOX"), 1, "what is not here stays there");
        }
    });
}

#[test]
fn a_message_that_is_too_large_is_shown_by_its_header_and_stays() {
    both(async |bench| {
        let server = FakeImap::start().await;
        server.put("INBOX", mail("before"));
        let mut large = mail("large");
        large.resize(BYTES_MAX + 1, b'x');
        server.put("INBOX", large);
        server.put("INBOX", mail("after"));
        let mut visitor = bench.visitor(bench.add(Kind::Imap, server.port, deleting()).await).await;
        visitor.once().await.unwrap();
        assert_eq!(bench.subjects().await, ["after", "before", "large"]);
        let taken = bench.taken().await;
        let notice = taken.iter().find(|raw| subject_of(raw) == "large").unwrap();
        assert!(notice.len() < 1_000 && String::from_utf8_lossy(notice).contains("more than Steward accepts"));
        assert_eq!(server.count("INBOX"), 1);
        visitor.once().await.unwrap();
        assert_eq!(bench.taken().await.len(), 3);
    });
}

#[test]
fn a_server_that_does_not_move_holds_up_no_mail_and_is_told_of() {
    both(async |bench| {
        let server = FakeImap::start().await;
        server.with(|state| state.faults.answers.insert("UID MOVE", "{tag} NO [OVERQUOTA] full\r\n".to_owned()));
        server.put("INBOX", mail("one"));
        server.put("INBOX", mail("two"));
        let id = bench.add(Kind::Imap, server.port, moving()).await;
        let mut visitor = bench.visitor(id).await;
        let problem = visitor.once().await.unwrap_err();
        assert_eq!((problem.code, problem.detail.contains("OVERQUOTA")), (Code::MoveTo, true), "{problem}");
        assert_eq!(bench.subjects().await, ["one", "two"]);
        // Room again: what was taken long ago goes where it should.
        server.with(|state| state.faults.answers.clear());
        visitor.once().await.unwrap();
        assert_eq!((server.count("INBOX"), server.count("Taken"), bench.taken().await.len()), (0, 2, 2));
    });
}

#[test]
fn several_folders_are_taken_from_and_one_that_is_missing_is_named() {
    both(async |bench| {
        let server = FakeImap::start().await;
        server.put("INBOX", mail("one"));
        server.put("&BB8EPgQ0BDQENQRABDYEOgQw-", mail("two"));
        let folders = Some(vec!["INBOX".to_owned(), "Поддержка".to_owned()]);
        let id = bench.add(Kind::Imap, server.port, SourceInput { folders, ..SourceInput::default() }).await;
        bench.visitor(id).await.once().await.unwrap();
        assert_eq!(bench.subjects().await, ["one", "two"]);
        let input = SourceInput { folders: Some(vec!["Support".to_owned()]), ..SourceInput::default() };
        bench.run(ChangeMailSource { desk: bench.desk.clone(), id, expected_version: None, input }).await.unwrap();
        let problem = bench.visitor(id).await.once().await.unwrap_err();
        assert_eq!((problem.code, problem.detail.starts_with("Support: ")), (Code::Folder, true), "{problem}");
    });
}

#[test]
fn two_thousand_waiting_messages_are_taken_through_breaks_and_none_twice() {
    both(async |bench| {
        let server = FakeImap::start().await;
        for n in 0..2_000 {
            server.put("INBOX", mail(&format!("n{n:04}")));
        }
        let id = bench.add(Kind::Imap, server.port, moving()).await;
        for at in [9, 14, 23, 40, 71] {
            server.with(|state| state.faults.cut_at_command = Some((at, at % 2 == 0)));
            drop(bench.visitor(id).await.once().await);
        }
        bench.visitor(id).await.until_done().await;
        let subjects = bench.subjects().await;
        assert_eq!(subjects, (0..2_000).map(|n| format!("n{n:04}")).collect::<Vec<_>>());
        assert_eq!((server.count("INBOX"), server.count("Taken") >= 2_000), (0, true));
    });
}
