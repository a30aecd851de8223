//! Access tokens: refused, renewed, and ended.

use std::sync::Mutex;

use kernel::Span;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpListener;

use super::fake_imap::FakeImap;
use super::fake_pop3::FakePop3;
use super::*;
use crate::mail::fetch::source::{Auth, Provider};

/// Gives the answers that it was given, one by one, and remembers the questions.
#[derive(Clone)]
struct TokenService {
    port: u16,
    answers: Arc<Mutex<Vec<(u16, String)>>>,
    asked: Arc<Mutex<Vec<String>>>,
}

impl TokenService {
    async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let service = Self { port: listener.local_addr().unwrap().port(), answers: Arc::default(), asked: Arc::default() };
        let serving = service.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let mut stream = BufReader::new(stream);
                let mut length = 0;
                loop {
                    let mut line = String::new();
                    stream.read_line(&mut line).await.unwrap();
                    let line = line.trim_end().to_lowercase();
                    if let Some(bytes) = line.strip_prefix("content-length: ") {
                        length = bytes.parse().unwrap();
                    }
                    if line.is_empty() {
                        break;
                    }
                }
                let mut body = vec![0; length];
                stream.read_exact(&mut body).await.unwrap();
                serving.asked.lock().unwrap().push(String::from_utf8(body).unwrap());
                let (status, text) = serving.answers.lock().unwrap().remove(0);
                let extra = if status == 302 { "Location: http://127.0.0.1:1/\r\n" } else { "" };
                let answer = format!("HTTP/1.1 {status} X\r\n{extra}Content-Length: {}\r\nConnection: close\r\n\r\n{text}", text.len());
                stream.write_all(answer.as_bytes()).await.unwrap();
            }
        });
        service
    }

    fn answer(&self, status: u16, text: &str) {
        self.answers.lock().unwrap().push((status, text.to_owned()));
    }

    fn asked(&self) -> Vec<String> {
        self.asked.lock().unwrap().clone()
    }

    fn account(&self) -> SourceInput {
        SourceInput {
            auth: Some(Auth::Xoauth2),
            provider: Some(Provider::Custom),
            token_url: Some(format!("http://127.0.0.1:{}/token", self.port)),
            client_id: Some("steward & co".to_owned()),
            client_secret: Some("client secret".to_owned()),
            refresh_token: Some("refresh/1".to_owned()),
            ..SourceInput::default()
        }
    }
}

#[test]
fn a_token_is_fetched_kept_until_it_ends_and_fetched_anew_when_it_is_refused() {
    both(async |bench| {
        let (server, tokens) = (FakeImap::start().await, TokenService::start().await);
        server.put("INBOX", mail("one"));
        server.with(|state| state.tokens.insert("second".to_owned()));
        let id = bench.add(Kind::Imap, server.port, tokens.account()).await;
        let mut visitor = bench.visitor(id).await;
        tokens.answer(200, r#"{"access_token":"first","expires_in":3600,"refresh_token":"refresh/2"}"#);
        tokens.answer(200, r#"{"access_token":"second","expires_in":"3600"}"#);
        visitor.once().await.unwrap();
        visitor.once().await.unwrap();
        let asked = tokens.asked();
        assert_eq!(asked.len(), 2, "{asked:?}");
        assert_eq!(
            asked[0],
            "grant_type=refresh_token&client_id=steward%20%26%20co&refresh_token=refresh%2F1&client_secret=client%20secret"
        );
        assert!(asked[1].contains("refresh_token=refresh%2F2"), "what the provider gave in place of the old one is used: {asked:?}");
        let sealed = bench.source(id).await.refresh_token.unwrap();
        assert_eq!(bench.desk.vault().open(&super::super::source::purpose(id, "refresh_token"), &sealed).unwrap(), "refresh/2");
        assert_eq!(bench.subjects().await, ["one"]);
        // Shortly before its end a token is no longer used.
        bench.desk.clock().advance(Span::minutes(59));
        server.with(|state| state.tokens = ["third".to_owned()].into());
        tokens.answer(200, r#"{"access_token":"third","expires_in":3600}"#);
        visitor.once().await.unwrap();
        assert_eq!(tokens.asked().len(), 3);
    });
}

#[test]
fn a_permission_that_has_ended_asks_for_a_new_sign_in_and_other_trouble_does_not() {
    one(async |bench| {
        let (server, tokens) = (FakeImap::start().await, TokenService::start().await);
        let id = bench.add(Kind::Imap, server.port, tokens.account()).await;
        for (status, text, code) in [
            (400, r#"{"error":"invalid_grant","error_description":"Token has been expired or revoked."}"#, Code::SignInAgain),
            (401, r#"{"error":"invalid_client"}"#, Code::Token),
            (503, "busy", Code::Token),
            (302, "", Code::Token),
            (200, r#"{"expires_in":3600}"#, Code::Token),
            (200, r#"{"access_token":"two words\r\n"}"#, Code::Token),
            (200, &"x".repeat(300_000), Code::Token),
        ] {
            tokens.answer(status, text);
            let problem = bench.visitor(id).await.once().await.unwrap_err();
            assert_eq!(problem.code, code, "{status} {text}: {problem}");
        }
        assert_eq!(server.said("AUTHENTICATE"), 0);
    });
}

#[test]
fn a_token_that_is_refused_twice_is_a_refused_sign_in_and_nobody_is_asked_for_ever() {
    one(async |bench| {
        let (server, pop, tokens) = (FakeImap::start().await, FakePop3::start().await, TokenService::start().await);
        for (kind, port) in [(Kind::Imap, server.port), (Kind::Pop3, pop.port)] {
            let id = bench.add(kind, port, tokens.account()).await;
            for _ in 0..2 {
                tokens.answer(200, r#"{"access_token":"bad","expires_in":3600}"#);
            }
            assert_eq!(bench.visitor(id).await.once().await.unwrap_err().code, Code::SignInRefused);
        }
        assert_eq!(tokens.asked().len(), 4);
    });
}
