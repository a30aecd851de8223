//! What may be set, who may set it, and what is never shown.

use journal::Fact;
use kernel::Refusal;

use super::fake_imap::FakeImap;
use super::*;
use crate::mail::fetch::source::{Afterwards, Auth, Provider};

fn refused(error: &kernel::Error) -> (String, &'static str) {
    let kernel::Error::Refusal(Refusal::Invalid(errors)) = error else { panic!("{error:?}") };
    (errors[0].field.clone(), errors[0].message.key)
}

#[test]
fn secrets_are_sealed_and_no_fact_names_them() {
    both(async |bench| {
        let id = bench.add(Kind::Imap, 143, SourceInput { password: Some("s3cret-word".to_owned()), ..SourceInput::default() }).await;
        let input = SourceInput { client_secret: Some("client-word".to_owned()), user: Some("other".to_owned()), ..SourceInput::default() };
        bench.run(ChangeMailSource { desk: bench.desk.clone(), id, expected_version: None, input }).await.unwrap();
        let source = bench.source(id).await;
        assert!(!format!("{source:?}").contains("s3cret-word") && !format!("{source:?}").contains("client-word"));
        assert_eq!(source.version, 2);
        let facts: Vec<Fact> =
            bench.desk.read(|db| journal::read_after(db, 0, 1_000)).await.unwrap().into_iter().map(|entry| entry.fact).collect();
        let told = format!("{facts:?}");
        assert!(!told.contains("-word"), "{told}");
    });
}

#[test]
fn a_secret_goes_only_to_the_server_that_it_was_given_for() {
    both(async |bench| {
        let id = bench.add(Kind::Imap, 143, SourceInput::default()).await;
        let change =
            async |input: SourceInput| bench.run(ChangeMailSource { desk: bench.desk.clone(), id, expected_version: None, input }).await;
        let elsewhere = SourceInput { host: Some("imap.attacker.example".to_owned()), ..SourceInput::default() };
        assert_eq!(refused(&change(elsewhere.clone()).await.unwrap_err()), ("password".to_owned(), "error-mail-source-password-again"));
        change(SourceInput { password: Some("new".to_owned()), ..elsewhere }).await.unwrap();
        let stale = ChangeMailSource { desk: bench.desk.clone(), id, expected_version: Some(1), input: SourceInput::default() };
        assert!(matches!(bench.run(stale).await.unwrap_err(), kernel::Error::Refusal(Refusal::Stale { current: 2 })));
    });
}

#[test]
fn what_does_not_fit_together_is_refused_with_the_field() {
    one(async |bench| {
        let base = || SourceInput {
            mailbox: Some(bench.mailbox),
            kind: Some(Kind::Imap),
            host: Some("imap.example.org".to_owned()),
            user: Some("desk".to_owned()),
            ..SourceInput::default()
        };
        let oauth =
            || SourceInput { auth: Some(Auth::Xoauth2), provider: Some(Provider::Custom), client_id: Some("x".to_owned()), ..base() };
        for (input, field) in [
            (SourceInput { mailbox: Some(MailboxId(1)), ..base() }, "mailbox"),
            (SourceInput { mailbox: None, ..base() }, "mailbox"),
            (SourceInput { kind: None, ..base() }, "kind"),
            (SourceInput { host: None, ..base() }, "host"),
            (SourceInput { host: Some("imap.example.org/x".to_owned()), ..base() }, "host"),
            (SourceInput { host: Some("user@host".to_owned()), ..base() }, "host"),
            (SourceInput { port: Some(0), ..base() }, "port"),
            (SourceInput { user: Some("a\r\nb".to_owned()), ..base() }, "user"),
            (SourceInput { password: Some("a\r\nLOGOUT".to_owned()), ..base() }, "password"),
            (SourceInput { afterwards: Some(Afterwards::Keep), ..base() }, "afterwards"),
            (SourceInput { kind: Some(Kind::Pop3), afterwards: Some(Afterwards::Move), ..base() }, "afterwards"),
            (SourceInput { afterwards: Some(Afterwards::Move), ..base() }, "move_to"),
            (SourceInput { afterwards: Some(Afterwards::Move), move_to: Some("Inbox".to_owned()), ..base() }, "move_to"),
            (SourceInput { folders: Some(Vec::new()), ..base() }, "folders"),
            (SourceInput { folders: Some(vec!["x".to_owned(); 9]), ..base() }, "folders"),
            (oauth(), "token_url"),
            (SourceInput { token_url: Some("http://tokens.example.org/".to_owned()), ..oauth() }, "token_url"),
            (SourceInput { token_url: Some("https://a@tokens.example.org/".to_owned()), ..oauth() }, "token_url"),
            (SourceInput { client_id: None, ..oauth() }, "client_id"),
            (SourceInput { provider: None, ..oauth() }, "provider"),
        ] {
            let error = bench.run(AddMailSource { desk: bench.desk.clone(), input }).await.unwrap_err();
            assert_eq!(refused(&error).0, field, "{error:?}");
        }
        let id = bench.run(AddMailSource { desk: bench.desk.clone(), input: base() }).await.unwrap();
        let source = bench.source(id).await;
        assert_eq!(
            (source.port, source.security, source.afterwards, source.folders.as_slice()),
            (993, Security::Tls, Afterwards::Seen, &["INBOX".to_owned()][..])
        );
    });
}

#[test]
fn credentials_that_cannot_be_opened_are_a_problem_and_not_a_password() {
    one(async |bench| {
        let server = FakeImap::start().await;
        let id = bench.add(Kind::Imap, server.port, SourceInput::default()).await;
        let other = people::Vault::with_key(people::vault::SecretKey::parse(&"cd".repeat(32)).unwrap());
        let sealed = other.seal("mail_source:0:password", "s3cret").unwrap();
        let mut source = bench.source(id).await;
        source.password = Some(sealed);
        bench.desk.store().write(move |tx| rows::update(tx, &source)).await.unwrap();
        let problem = bench.visitor(id).await.once().await.unwrap_err();
        assert_eq!(problem.code, Code::SecretKey, "{problem}");
        assert_eq!(server.with(|state| state.conversations), 0);
    });
}
