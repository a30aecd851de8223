use std::sync::Mutex;

use tokio::io::{AsyncReadExt, AsyncWriteExt};

use super::super::relay::{Delivery, Relay};
use super::*;

/// Takes everything for example.com, and remembers it.
#[derive(Default)]
struct Box {
    taken: Mutex<Vec<(Envelope, Vec<u8>)>>,
    full: std::sync::atomic::AtomicBool,
}

impl Intake for Box {
    async fn accepts(&self, recipient: &str) -> Acceptance {
        match recipient {
            "full@example.com" => Acceptance::TryLater,
            other if other.ends_with("@example.com") => Acceptance::Yes,
            _ => Acceptance::UnknownMailbox,
        }
    }
    async fn take(&self, envelope: Envelope, raw: Vec<u8>) -> Taken {
        if self.full.load(std::sync::atomic::Ordering::SeqCst) {
            return Taken::TryLater;
        }
        let mut taken = self.taken.lock().unwrap();
        taken.push((envelope, raw));
        Taken::Stored(format!("m{}", taken.len()))
    }
}

struct Door {
    address: SocketAddr,
    intake: Arc<Box>,
    stop: watch::Sender<bool>,
    serving: tokio::task::JoinHandle<()>,
}

async fn open(settings: Settings) -> Door {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let intake = Arc::new(Box::default());
    let (stop, stopped) = watch::channel(false);
    let serving = tokio::spawn(serve(listener, settings, Arc::clone(&intake), stopped));
    Door { address, intake, stop, serving }
}

fn smtp() -> Settings {
    Settings::new(Protocol::Smtp, "desk.example.com")
}

/// A conversation: what was said is answered by whole lines.
struct Caller(TcpStream, Vec<u8>);

impl Caller {
    async fn new(door: &Door) -> Self {
        let mut caller = Self(TcpStream::connect(door.address).await.unwrap(), Vec::new());
        assert!(caller.answer().await.starts_with("220 ") || caller.1.is_empty());
        caller
    }
    /// One answer, which may have several lines; empty when the other side is gone.
    async fn answer(&mut self) -> String {
        let mut answer = String::new();
        loop {
            if let Some(end) = self.1.iter().position(|byte| *byte == b'\n') {
                let line: Vec<u8> = self.1.drain(..=end).collect();
                let line = String::from_utf8(line).unwrap();
                answer.push_str(&line);
                if line.as_bytes().get(3) == Some(&b' ') {
                    return answer.trim_end().to_owned();
                }
                continue;
            }
            let mut buffer = [0; 4096];
            let read = self.0.read(&mut buffer).await.unwrap_or(0);
            if read == 0 {
                return answer;
            }
            self.1.extend_from_slice(&buffer[..read]);
        }
    }
    async fn say(&mut self, text: &str) -> String {
        self.send(text.as_bytes()).await;
        self.answer().await
    }
    async fn send(&mut self, bytes: &[u8]) {
        self.0.write_all(bytes).await.unwrap();
    }
    /// Says lines one by one and gives the codes of the answers.
    async fn codes(&mut self, lines: &[&str]) -> Vec<String> {
        let mut codes = Vec::new();
        for line in lines {
            let answer = self.say(&format!("{line}\r\n")).await;
            codes.push(answer.get(..3).unwrap_or("---").to_owned());
        }
        codes
    }
}

#[tokio::test]
async fn a_message_is_taken_with_its_envelope_and_then_acknowledged() {
    let door = open(smtp()).await;
    let mut caller = Caller::new(&door).await;
    let hello = caller.say("EHLO mx.customer.example\r\n").await;
    for word in ["PIPELINING", "8BITMIME", "SMTPUTF8", "ENHANCEDSTATUSCODES", "SIZE 26214400"] {
        assert!(hello.contains(word), "{hello}");
    }
    assert!(!hello.contains("STARTTLS"));
    assert_eq!(
        caller
            .codes(&[
                "MAIL FROM:<alice@customer.example> SIZE=100",
                "RCPT TO:<help@example.com>",
                "RCPT TO:<nobody@else.example>",
                "RCPT TO:<full@example.com>",
                "DATA"
            ])
            .await,
        ["250", "250", "550", "452", "354"]
    );
    assert_eq!(caller.say("Subject: x\r\n\r\n..dot\r\nbare\nline\n.\nend\r\n.\r\n").await, "250 2.0.0 queued as m1");
    assert_eq!(caller.codes(&["QUIT"]).await, ["221"]);
    let taken = door.intake.taken.lock().unwrap();
    let (envelope, raw) = &taken[0];
    assert_eq!(raw, b"Subject: x\r\n\r\n.dot\r\nbare\nline\n.\nend\r\n");
    assert_eq!(envelope.mail_from.as_deref(), Some("alice@customer.example"));
    assert_eq!(
        (envelope.recipients.as_slice(), envelope.helo.as_str()),
        (["help@example.com".to_owned()].as_slice(), "mx.customer.example")
    );
}

#[tokio::test]
async fn lmtp_answers_for_each_recipient() {
    let door = open(Settings::new(Protocol::Lmtp, "desk.example.com")).await;
    let mut caller = Caller::new(&door).await;
    assert_eq!(
        caller
            .codes(&[
                "EHLO x",
                "LHLO relay",
                "MAIL FROM:<>",
                "RCPT TO:<a@example.com>",
                "RCPT TO:<x@else.example>",
                "RCPT TO:<b@example.com>",
                "DATA"
            ])
            .await,
        ["500", "250", "250", "250", "550", "250", "354"]
    );
    assert_eq!(caller.say("x\r\n.\r\n").await, "250 2.0.0 queued as m1");
    assert_eq!(caller.answer().await, "250 2.0.0 queued as m1");
    let taken = door.intake.taken.lock().unwrap();
    assert_eq!(taken[0].0.mail_from, None);
    assert_eq!(taken[0].0.recipients, ["a@example.com", "b@example.com"]);
}

#[tokio::test]
async fn what_could_not_be_stored_is_not_acknowledged() {
    let door = open(smtp()).await;
    door.intake.full.store(true, std::sync::atomic::Ordering::SeqCst);
    let mut caller = Caller::new(&door).await;
    caller.codes(&["EHLO x", "MAIL FROM:<a@b.c>", "RCPT TO:<help@example.com>", "DATA"]).await;
    assert!(caller.say("x\r\n.\r\n").await.starts_with("452 "));
    door.intake.full.store(false, std::sync::atomic::Ordering::SeqCst);
    assert_eq!(caller.codes(&["MAIL FROM:<a@b.c>", "RCPT TO:<help@example.com>", "DATA", "x\r\n."]).await, ["250", "250", "354", "250"]);
}

#[tokio::test]
async fn a_message_that_breaks_off_is_not_taken() {
    let door = open(smtp()).await;
    let mut caller = Caller::new(&door).await;
    caller.codes(&["EHLO x", "MAIL FROM:<a@b.c>", "RCPT TO:<help@example.com>", "DATA"]).await;
    caller.send(b"half a message\r\n").await;
    drop(caller);
    door.stop.send(true).unwrap();
    door.serving.await.unwrap();
    assert!(door.intake.taken.lock().unwrap().is_empty());
}

#[tokio::test]
async fn pipelined_commands_are_answered_in_order() {
    let door = open(smtp()).await;
    let mut caller = Caller::new(&door).await;
    caller.send(b"EHLO x\r\nMAIL FROM:<a@b.c>\r\nRCPT TO:<help@example.com>\r\nDATA\r\n").await;
    for code in ["250", "250", "250", "354"] {
        assert!(caller.answer().await.starts_with(code));
    }
    caller.send(b"one\r\n.\r\nMAIL FROM:<a@b.c>\r\nRCPT TO:<help@example.com>\r\nDATA\r\n").await;
    for code in ["250", "250", "250", "354"] {
        assert!(caller.answer().await.starts_with(code));
    }
    caller.send(b"two\r\n.\r\nNOOP\r\nQUIT\r\n").await;
    for code in ["250", "250", "221"] {
        assert!(caller.answer().await.starts_with(code));
    }
    let taken = door.intake.taken.lock().unwrap();
    assert_eq!((taken[0].1.as_slice(), taken[1].1.as_slice()), (b"one\r\n".as_slice(), b"two\r\n".as_slice()));
}

#[tokio::test]
async fn commands_out_of_order_are_refused() {
    let door = open(smtp()).await;
    let mut caller = Caller::new(&door).await;
    let lines = [
        "MAIL FROM:<a@b.c>",
        "LHLO x",
        "EHLO x",
        "RCPT TO:<help@example.com>",
        "DATA",
        "MAIL FROM:<a@b.c>",
        "MAIL FROM:<a@b.c>",
        "DATA",
        "RSET",
        "RCPT TO:<help@example.com>",
        "VRFY help",
        "EXPN help",
        "STARTTLS",
        "AUTH PLAIN",
        "HELP",
        "NOOP",
        "WHAT",
    ];
    let codes = ["503", "500", "250", "503", "503", "250", "503", "503", "250", "503", "252", "502", "502", "502", "214", "250", "500"];
    assert_eq!(caller.codes(&lines).await, codes);
}

#[tokio::test]
async fn t_s4_sizes_counts_and_lines_have_limits() {
    let door = open(Settings { bytes_max: 1_000, recipients_max: 2, ..smtp() }).await;
    let mut caller = Caller::new(&door).await;
    assert_eq!(
        caller
            .codes(&[
                "EHLO x",
                "MAIL FROM:<a@b.c> SIZE=1001",
                "MAIL FROM:<a@b.c> SIZE=1000",
                "RCPT TO:<a@example.com>",
                "RCPT TO:<b@example.com>",
                "RCPT TO:<c@example.com>",
                "DATA"
            ])
            .await,
        ["250", "552", "250", "250", "250", "452", "354"]
    );
    assert!(caller.say(&format!("{}\r\n.\r\n", "x".repeat(1_500))).await.starts_with("552 "));
    assert!(caller.say(&format!("NOOP {}\r\n", "x".repeat(100_000))).await.starts_with("500 "));
    assert_eq!(caller.codes(&["NOOP", "MAIL FROM:<a@b.c>", "RCPT TO:<a@example.com>", "DATA"]).await, ["250", "250", "250", "354"]);
    caller.send(&vec![b'x'; 10_000]).await;
    assert!(caller.answer().await.starts_with("552 "));
    assert_eq!(caller.answer().await, "");
    assert!(door.intake.taken.lock().unwrap().is_empty());
}

#[tokio::test]
async fn t_s4_guessing_mailboxes_and_nonsense_end_the_conversation() {
    let door = open(smtp()).await;
    let mut caller = Caller::new(&door).await;
    caller.codes(&["EHLO x", "MAIL FROM:<a@b.c>"]).await;
    let mut codes = Vec::new();
    for guess in 0..20 {
        codes.extend(caller.codes(&[&format!("RCPT TO:<guess{guess}@else.example>")]).await);
    }
    assert_eq!(codes.last().map(String::as_str), Some("421"));
    assert_eq!(caller.answer().await, "");
}

#[tokio::test]
async fn t_s4_one_caller_too_many_is_turned_away() {
    let door = open(Settings { connections_max: 1, ..smtp() }).await;
    let mut first = Caller::new(&door).await;
    let mut second = Caller(TcpStream::connect(door.address).await.unwrap(), Vec::new());
    assert!(second.answer().await.starts_with("421 "));
    assert_eq!(first.codes(&["EHLO x"]).await, ["250"]);
}

#[tokio::test]
async fn stopping_finishes_the_message_and_says_goodbye_to_the_others() {
    let door = open(smtp()).await;
    let mut idle = Caller::new(&door).await;
    let mut busy = Caller::new(&door).await;
    assert_eq!(
        busy.codes(&["EHLO x", "MAIL FROM:<a@b.c>", "RCPT TO:<help@example.com>", "DATA"]).await.last().map(String::as_str),
        Some("354")
    );
    door.stop.send(true).unwrap();
    assert!(idle.answer().await.starts_with("421 "));
    assert_eq!(busy.say("x\r\n.\r\n").await, "250 2.0.0 queued as m1");
    assert!(busy.answer().await.starts_with("421 "));
    door.serving.await.unwrap();
    assert!(TcpStream::connect(door.address).await.is_err());
}

#[tokio::test]
async fn t_s4_silence_ends_the_conversation() {
    let brief = Duration::from_millis(20);
    let door = open(Settings { command_timeout: brief, ..smtp() }).await;
    assert!(Caller::new(&door).await.answer().await.starts_with("421 4.4.2"));
    for settings in [Settings { data_timeout: brief, ..smtp() }, Settings { message_timeout: brief, ..smtp() }] {
        let door = open(settings).await;
        let mut stalled = Caller::new(&door).await;
        stalled.codes(&["EHLO x", "MAIL FROM:<a@b.c>", "RCPT TO:<help@example.com>", "DATA"]).await;
        assert!(stalled.answer().await.starts_with("421 4.4.2"));
        assert!(door.intake.taken.lock().unwrap().is_empty());
    }
}

/// A certificate that only these tests use.
fn tls() -> TlsAcceptor {
    use rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};
    let certificate = CertificateDer::from(include_bytes!("../../../testdata/tls/test-only-certificate.der").to_vec());
    let key = PrivatePkcs8KeyDer::from(include_bytes!("../../../testdata/tls/test-only-key.der").to_vec());
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let config = rustls::ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![certificate], PrivateKeyDer::Pkcs8(key))
        .unwrap();
    TlsAcceptor::from(Arc::new(config))
}

#[tokio::test]
async fn our_relay_and_our_door_speak_tls_when_it_is_offered() {
    let door = open(Settings { tls: Some(tls()), ..smtp() }).await;
    let relay = Relay::from_url(&format!("smtp://{}", door.address)).unwrap();
    for _ in 0..2 {
        let delivery = relay.deliver(Some("a@b.example"), &["help@example.com".to_owned()], b"Subject: x\r\n\r\n.dot\r\n").await;
        assert_eq!(delivery, Delivery::Delivered { refused: vec![], deferred: vec![] });
    }
    assert_eq!(door.intake.taken.lock().unwrap()[1].1, b"Subject: x\r\n\r\n.dot\r\n");
}

#[tokio::test]
async fn a_certificate_that_nobody_vouches_for_is_refused_where_tls_is_required() {
    let door = open(Settings { tls: Some(tls()), ..smtp() }).await;
    let relay = Relay::from_url(&format!("smtp://{}?tls=required", door.address)).unwrap();
    let delivery = relay.deliver(None, &["help@example.com".to_owned()], b"x\r\n").await;
    assert!(matches!(delivery, Delivery::TemporaryFailure(_)), "{delivery:?}");
    assert!(door.intake.taken.lock().unwrap().is_empty());
}

#[tokio::test]
async fn commands_behind_starttls_are_not_obeyed() {
    let door = open(Settings { tls: Some(tls()), ..smtp() }).await;
    let mut caller = Caller::new(&door).await;
    assert!(caller.say("EHLO x\r\n").await.contains("STARTTLS"));
    assert!(caller.say("STARTTLS\r\nMAIL FROM:<a@b.c>\r\n").await.starts_with("554 "));
    assert_eq!(caller.answer().await, "");
}
