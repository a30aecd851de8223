use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpListener;

use super::*;

/// A relay that answers as it is told and remembers what it was given.
struct FakeRelay {
    url: String,
    connections: Arc<AtomicUsize>,
    heard: Arc<std::sync::Mutex<Vec<String>>>,
}

/// Answers by what the line starts with; the first that fits wins.
type Script = &'static [(&'static str, &'static str)];

async fn relay(script: Script) -> FakeRelay {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("smtp://{}", listener.local_addr().unwrap());
    let connections = Arc::new(AtomicUsize::new(0));
    let heard = Arc::new(std::sync::Mutex::new(Vec::new()));
    let (count, log) = (Arc::clone(&connections), Arc::clone(&heard));
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            count.fetch_add(1, Ordering::SeqCst);
            let log = Arc::clone(&log);
            tokio::spawn(async move {
                let (reading, mut writing) = stream.into_split();
                writing.write_all(b"220 fake\r\n").await.unwrap();
                let mut lines = BufReader::new(reading).lines();
                let mut in_data = false;
                while let Ok(Some(line)) = lines.next_line().await {
                    log.lock().unwrap().push(line.clone());
                    if in_data && line != "." {
                        continue;
                    }
                    let answer = script.iter().find(|(start, _)| line.starts_with(start)).map_or("250 ok", |(_, answer)| answer);
                    if answer == "hang up" {
                        return;
                    }
                    in_data = answer.starts_with("354");
                    if writing.write_all(format!("{answer}\r\n").as_bytes()).await.is_err() {
                        return;
                    }
                }
            });
        }
    });
    FakeRelay { url, connections, heard }
}

const USUAL: Script = &[("EHLO", "250-fake\r\n250 8BITMIME"), ("DATA", "354 go on")];

fn to(addresses: &[&str]) -> Vec<String> {
    addresses.iter().map(|address| (*address).to_owned()).collect()
}

#[tokio::test]
async fn letters_share_a_connection_and_dots_are_stuffed() {
    let fake = relay(USUAL).await;
    let relay = Relay::from_url(&fake.url).unwrap();
    for _ in 0..3 {
        let delivery = relay.deliver(None, &to(&["a@example.com", "b@example.com"]), b"Subject: x\r\n\r\n.dot\r\n").await;
        assert_eq!(delivery, Delivery::Delivered { refused: vec![], deferred: vec![] });
    }
    assert_eq!(fake.connections.load(Ordering::SeqCst), 1);
    let heard = fake.heard.lock().unwrap();
    assert!(heard.contains(&"MAIL FROM:<>".to_owned()) && heard.contains(&"..dot".to_owned()), "{heard:?}");
}

#[tokio::test]
async fn each_recipient_has_its_own_answer() {
    let script: Script = &[
        ("EHLO", "250 fake"),
        ("RCPT TO:<gone@", "550 5.1.1 no such user"),
        ("RCPT TO:<full@", "452 4.2.2 mailbox full"),
        ("DATA", "354 go on"),
    ];
    let fake = relay(script).await;
    let relay = Relay::from_url(&fake.url).unwrap();
    let delivery =
        relay.deliver(Some("desk@example.com"), &to(&["gone@x.example", "ok@x.example", "full@x.example", "broken"]), b"x\r\n").await;
    let Delivery::Delivered { refused, deferred } = delivery else { panic!("{delivery:?}") };
    assert_eq!(refused.iter().map(|(who, _)| who.as_str()).collect::<Vec<_>>(), ["broken", "gone@x.example"]);
    assert!(deferred[0].0 == "full@x.example" && deferred[0].1.contains("mailbox full"), "{deferred:?}");
    assert!(
        matches!(relay.deliver(None, &to(&["gone@x.example"]), b"x\r\n").await, Delivery::PermanentFailure(text) if text.contains("no such user"))
    );
    assert!(matches!(relay.deliver(None, &to(&["full@x.example"]), b"x\r\n").await, Delivery::TemporaryFailure(_)));
}

#[tokio::test]
async fn a_relay_that_fails_at_any_step_leaves_the_letter_waiting() {
    let scripts: [Script; 7] = [
        &[("EHLO", "421 busy"), ("HELO", "421 busy")],
        &[("EHLO", "hang up")],
        &[("EHLO", "250 fake"), ("MAIL", "451 later")],
        &[("EHLO", "250 fake"), ("MAIL", "530 5.7.0 sign in first")],
        &[("EHLO", "250 fake"), ("RCPT", "hang up")],
        &[("EHLO", "250 fake"), ("DATA", "hang up")],
        &[("EHLO", "250 fake"), ("DATA", "354 go on"), (".", "hang up")],
    ];
    for script in scripts {
        let fake = relay(script).await;
        let relay = Relay::from_url(&fake.url).unwrap();
        let delivery = relay.deliver(Some("desk@example.com"), &to(&["a@example.com"]), b"x\r\n").await;
        assert!(matches!(delivery, Delivery::TemporaryFailure(_)), "{script:?}: {delivery:?}");
    }
}

#[tokio::test]
async fn a_letter_that_the_relay_refuses_is_given_up() {
    let scripts: [Script; 2] =
        [&[("EHLO", "250 fake"), ("MAIL", "550 not you")], &[("EHLO", "250 fake"), ("DATA", "354 go on"), (".", "554 spam")]];
    for script in scripts {
        let fake = relay(script).await;
        let relay = Relay::from_url(&fake.url).unwrap();
        let delivery = relay.deliver(Some("desk@example.com"), &to(&["a@example.com"]), b"x\r\n").await;
        assert!(matches!(delivery, Delivery::PermanentFailure(_)), "{script:?}: {delivery:?}");
    }
}

#[tokio::test]
async fn nobody_there_is_a_temporary_failure() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("smtp://{}", listener.local_addr().unwrap());
    drop(listener);
    let relay = Relay::from_url(&url).unwrap();
    assert!(matches!(relay.deliver(None, &to(&["a@example.com"]), b"x\r\n").await, Delivery::TemporaryFailure(_)));
    assert!(relay.check().await.is_err());
}

#[tokio::test]
async fn tls_that_is_required_and_not_offered_is_not_done_without() {
    let fake = relay(USUAL).await;
    let relay = Relay::from_url(&format!("{}?tls=required", fake.url)).unwrap();
    assert!(
        matches!(relay.deliver(None, &to(&["a@example.com"]), b"x\r\n").await, Delivery::TemporaryFailure(text) if text.contains("TLS"))
    );
    assert!(!fake.heard.lock().unwrap().iter().any(|line| line.starts_with("MAIL")));
}

#[tokio::test]
async fn t_m5_an_address_cannot_carry_a_command() {
    let fake = relay(USUAL).await;
    let relay = Relay::from_url(&fake.url).unwrap();
    for address in
        ["a@example.com>\r\nRCPT TO:<b@example.com", "a@example.com\nDATA", "a\0@example.com", "<a@example.com>", "a b@example.com"]
    {
        assert!(matches!(relay.deliver(None, &to(&[address]), b"x\r\n").await, Delivery::PermanentFailure(_)), "{address:?}");
        assert!(
            matches!(relay.deliver(Some(address), &to(&["a@example.com"]), b"x\r\n").await, Delivery::PermanentFailure(_)),
            "{address:?}"
        );
    }
    assert!(fake.heard.lock().unwrap().is_empty());
}

#[test]
fn tries_grow_to_an_hour_and_never_beyond() {
    for random in [0, 1, 12_345, u64::MAX] {
        assert!((5_000_000..10_000_000).contains(&next_try(0, random).micros()));
        let mut before = 0;
        for attempt in 0..200 {
            let span = next_try(attempt, random).micros();
            assert!(span <= Span::hours(1).micros() && span * 2 >= before, "{attempt} {span}");
            before = span;
        }
        assert!(before >= Span::minutes(30).micros());
    }
}
