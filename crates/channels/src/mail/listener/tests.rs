use std::net::SocketAddr;
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

/// Mistakes cost no time here.
fn smtp() -> Settings {
    Settings { tarpit: Duration::ZERO, ..Settings::new(Protocol::Smtp, "desk.example.com") }
}

/// The same, with a relay of ours on the other side.
fn behind_a_relay(protocol: Protocol) -> Settings {
    Settings { protocol, trusted: Arc::new(|address: IpAddr| address.is_loopback()), ..smtp() }
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
    assert_eq!(caller.say("Subject: x\r\n\r\n..dot\r\nbare\nline\0\r\n.\r\n").await, "250 2.0.0 queued as m1");
    assert_eq!(caller.codes(&["QUIT"]).await, ["221"]);
    let taken = door.intake.taken.lock().unwrap();
    let (envelope, raw) = &taken[0];
    assert_eq!(raw, b"Subject: x\r\n\r\n.dot\r\nbare\nline\0\r\n", "nothing is added, nothing changed");
    assert_eq!(envelope.mail_from.as_deref(), Some("alice@customer.example"));
    assert_eq!(
        (envelope.recipients.as_slice(), envelope.helo.as_deref()),
        (["help@example.com".to_owned()].as_slice(), Some("mx.customer.example"))
    );
    assert!(envelope.client_ip.is_some_and(|address| address.is_loopback()));
}

#[tokio::test]
async fn lmtp_answers_for_each_recipient() {
    let door = open(Settings { protocol: Protocol::Lmtp, ..smtp() }).await;
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
    assert_eq!((taken[0].0.client_ip, taken[0].0.helo.as_deref()), (None, None), "the relay is not the sender");
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
    let codes = ["503", "500", "250", "503", "503", "250", "503", "554", "250", "503", "252", "502", "502", "502", "214", "250", "500"];
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
async fn t_s4_an_unknown_address_is_refused_in_the_same_words_whatever_it_is() {
    let door = open(smtp()).await;
    let mut caller = Caller::new(&door).await;
    caller.codes(&["EHLO x", "MAIL FROM:<a@b.c> SMTPUTF8"]).await;
    for address in [
        "nobody@else.example",
        "postmaster@else.example",
        "help%else.example@relay.example",
        "help@example.com@else.example",
        "@example.com:nobody@else.example",
        "\"help@example.com\"@else.example",
        "help@example.com.else.example",
        "help@\u{435}xample.com",
        "postmaster",
    ] {
        let answer = caller.say(&format!("RCPT TO:<{address}>\r\n")).await;
        assert!(
            answer == "550 5.1.1 no such mailbox" || answer == "501 5.1.3 expected an address in angle brackets",
            "{address}: {answer}"
        );
    }
    for name in ["help@example.com", "nobody@else.example"] {
        assert_eq!(caller.say(&format!("VRFY {name}\r\n")).await, "252 2.5.2 send it, and it will be tried");
        assert_eq!(caller.say(&format!("EXPN {name}\r\n")).await, "502 5.5.1 not done here");
    }
    assert!(door.intake.taken.lock().unwrap().is_empty());
}

#[tokio::test]
async fn addresses_beyond_ascii_are_taken_only_when_asked() {
    let door = open(smtp()).await;
    let mut caller = Caller::new(&door).await;
    let lines = [
        "EHLO x",
        "MAIL FROM:<ng\u{e2}n@v\u{ed}-d\u{1ee5}.vn>",
        "MAIL FROM:<a@b.c>",
        "RCPT TO:<tr\u{1ee3}@example.com>",
        "RSET",
        "MAIL FROM:<ng\u{e2}n@v\u{ed}-d\u{1ee5}.vn> SMTPUTF8",
        "RCPT TO:<tr\u{1ee3}@example.com>",
        "DATA",
        "x\r\n.",
    ];
    assert_eq!(caller.codes(&lines).await, ["250", "553", "250", "553", "250", "250", "250", "354", "250"]);
    let taken = door.intake.taken.lock().unwrap();
    assert_eq!(taken[0].0.mail_from.as_deref(), Some("ng\u{e2}n@v\u{ed}-d\u{1ee5}.vn"));
    assert_eq!(taken[0].0.recipients, ["tr\u{1ee3}@example.com"]);
}

#[tokio::test]
async fn reports_cannot_be_ordered_and_the_mail_goes_without() {
    let door = open(smtp()).await;
    let mut caller = Caller::new(&door).await;
    assert!(!caller.say("EHLO x\r\n").await.contains("DSN"));
    let lines = [
        "MAIL FROM:<a@b.c> RET=HDRS ENVID=x",
        "MAIL FROM:<a@b.c>",
        "RCPT TO:<help@example.com> NOTIFY=SUCCESS,DELAY ORCPT=rfc822;help@example.com",
        "RCPT TO:<help@example.com>",
        "DATA",
        "x\r\n.",
    ];
    assert_eq!(caller.codes(&lines).await, ["555", "250", "555", "250", "354", "250"]);
}

#[tokio::test]
async fn t_s4_a_smuggled_message_is_refused_and_its_commands_are_not_obeyed() {
    let door = open(smtp()).await;
    for end in ["\n.\n", "\n.\r\n", "\r\n.\n", "\r.\r", "\r\n.\r"] {
        let mut caller = Caller::new(&door).await;
        caller.codes(&["EHLO x", "MAIL FROM:<a@b.c>", "RCPT TO:<help@example.com>", "DATA"]).await;
        let smuggled = format!("one{end}MAIL FROM:<ceo@example.com>\r\nRCPT TO:<help@example.com>\r\nDATA\r\ntwo\r\n.\r\n");
        assert!(caller.say(&smuggled).await.starts_with("550 5.6.0"), "{end:?}");
        assert_eq!(caller.codes(&["NOOP", "DATA"]).await, ["250", "503"], "nothing of it was obeyed");
    }
    let mut caller = Caller::new(&door).await;
    caller.send(b"EHLO x\nMAIL FROM:<a@b.c>\n").await;
    assert!(caller.answer().await.starts_with("500 ") && caller.answer().await.starts_with("500 "), "bare line ends");
    assert!(door.intake.taken.lock().unwrap().is_empty());
}

#[tokio::test]
async fn t_s4_content_that_comes_where_commands_are_expected_is_not_obeyed() {
    let door = open(smtp()).await;
    for (first, code) in [("BDAT 100 LAST", "502"), ("GET / HTTP/1.1", "421"), ("POST /?MAIL HTTP/1.0", "421")] {
        let mut caller = Caller::new(&door).await;
        caller.codes(&["EHLO x"]).await;
        caller.send(format!("{first}\r\nMAIL FROM:<a@b.c>\r\nRCPT TO:<help@example.com>\r\nDATA\r\n").as_bytes()).await;
        assert!(caller.answer().await.starts_with(code), "{first}");
        assert_eq!(caller.answer().await, "", "{first}");
    }
}

#[tokio::test]
async fn a_group_of_commands_whose_recipients_are_all_refused_is_answered_line_by_line() {
    let door = open(smtp()).await;
    let mut caller = Caller::new(&door).await;
    caller.codes(&["EHLO x"]).await;
    for _ in 0..12 {
        // Twelve times: a refused recipient is a mistake, the DATA that was sent before the answer is none.
        caller.send(b"MAIL FROM:<a@b.c>\r\nRCPT TO:<x@else.example>\r\nDATA\r\nRSET\r\n").await;
        for code in ["250", "550", "554", "250"] {
            assert!(caller.answer().await.starts_with(code));
        }
    }
    caller.send(b"MAIL FROM:<a@b.c>\r\nRCPT TO:<x@else.example>\r\nRCPT TO:<help@example.com>\r\nDATA\r\n").await;
    for code in ["250", "550", "250", "354"] {
        assert!(caller.answer().await.starts_with(code));
    }
    assert!(caller.say("x\r\n.\r\n").await.starts_with("250 "));
}

#[tokio::test]
async fn commands_in_pieces_of_one_byte_are_understood() {
    let door = open(smtp()).await;
    let mut caller = Caller::new(&door).await;
    caller.0.set_nodelay(true).unwrap();
    for byte in b"EHLO x\r\nMAIL FROM:<a@b.c>\r\nRCPT TO:<help@example.com>\r\nDATA\r\nx\r\n..\r\n.\r\nQUIT\r\n" {
        caller.send(&[*byte]).await;
    }
    for code in ["250", "250", "250", "354", "250", "221"] {
        assert!(caller.answer().await.starts_with(code));
    }
    assert_eq!(door.intake.taken.lock().unwrap()[0].1, b"x\r\n.\r\n");
}

#[tokio::test]
async fn only_a_relay_of_ours_may_say_whom_it_speaks_for() {
    let lines = ["XFORWARD ADDR=192.0.2.7 HELO=mx.customer.example", "MAIL FROM:<a@b.c>", "RCPT TO:<help@example.com>", "DATA", "x\r\n."];
    for protocol in [Protocol::Smtp, Protocol::Lmtp] {
        let door = open(behind_a_relay(protocol)).await;
        let mut relay = Caller::new(&door).await;
        let hello = relay.say(if protocol == Protocol::Lmtp { "LHLO relay\r\n" } else { "EHLO relay\r\n" }).await;
        assert!(hello.contains("XFORWARD"), "{hello}");
        assert_eq!(relay.codes(&lines).await, ["250", "250", "250", "354", "250"]);
        assert_eq!(relay.codes(&lines[1..]).await, ["250", "250", "354", "250"]);
        let taken = door.intake.taken.lock().unwrap();
        let said = |at: usize| (taken[at].0.client_ip.map(|address| address.to_string()), taken[at].0.helo.clone());
        assert_eq!(said(0), (Some("192.0.2.7".to_owned()), Some("mx.customer.example".to_owned())));
        assert_eq!(said(1), (None, None), "it is said for one message, and the relay is not the sender");
    }
    let door = open(smtp()).await;
    let mut stranger = Caller::new(&door).await;
    assert!(!stranger.say("EHLO x\r\n").await.contains("XFORWARD"));
    assert_eq!(stranger.codes(&lines).await, ["550", "250", "250", "354", "250"]);
    assert!(door.intake.taken.lock().unwrap()[0].0.client_ip.is_some_and(|address| address.is_loopback()));
}

#[tokio::test]
async fn t_s4_too_many_messages_a_minute_are_put_off() {
    let door = open(Settings { sender_messages_per_minute: 2, messages_per_minute: 4, ..smtp() }).await;
    let mut caller = Caller::new(&door).await;
    caller.codes(&["EHLO x"]).await;
    let mut codes = Vec::new();
    for sender in ["loop@a.example", "loop@a.example", "loop@a.example", "b@a.example", "c@a.example"] {
        codes.extend(caller.codes(&[&format!("MAIL FROM:<{sender}>"), "RSET"]).await);
    }
    assert_eq!(codes, ["250", "250", "250", "250", "451", "250", "250", "250", "451", "250"]);
    let door = open(Settings { sender_messages_per_minute: 1, messages_per_minute: 1, ..behind_a_relay(Protocol::Smtp) }).await;
    let mut relay = Caller::new(&door).await;
    assert!(relay.codes(&["EHLO x", "MAIL FROM:<a@b.c>", "RSET", "MAIL FROM:<a@b.c>"]).await.iter().all(|code| code == "250"));
}

#[tokio::test]
async fn t_s4_one_address_has_a_few_places_and_the_others_theirs() {
    let door = open(Settings { connections_per_address_max: 1, ..smtp() }).await;
    let mut first = Caller::new(&door).await;
    let mut second = Caller(TcpStream::connect(door.address).await.unwrap(), Vec::new());
    assert!(second.answer().await.starts_with("421 4.7.0"));
    assert_eq!(first.codes(&["EHLO x", "QUIT"]).await, ["250", "221"]);
    assert_eq!(first.answer().await, "");
    let mut third = Caller::new(&door).await;
    assert_eq!(third.codes(&["EHLO x"]).await, ["250"]);
}

#[tokio::test]
async fn t_s4_a_message_for_which_memory_is_short_is_put_off_and_its_end_is_found() {
    let door = open(Settings { bytes_max: 400_000, memory_bytes_max: 1, ..smtp() }).await;
    let begin = ["EHLO x", "MAIL FROM:<a@b.c>", "RCPT TO:<help@example.com>", "DATA"];
    let mut slow = [Caller::new(&door).await, Caller::new(&door).await];
    let big = vec![b'x'; 390_000];
    for caller in &mut slow {
        caller.codes(&begin).await;
        caller.send(&big).await;
    }
    let mut ends = Vec::new();
    // Both halves hold what there is. The third can only come off worse, or find that one of them was let go.
    let mut third = Caller::new(&door).await;
    third.codes(&begin).await;
    third.send(&big).await;
    for caller in slow.iter_mut().chain([&mut third]) {
        ends.push(caller.say("\r\n.\r\n").await.get(..3).unwrap().to_owned());
        assert_eq!(caller.codes(&["NOOP"]).await, ["250"]);
    }
    assert!(ends.iter().any(|code| code == "250") && ends.iter().all(|code| code == "250" || code == "452"), "{ends:?}");
    assert!(third.codes(&begin).await.iter().any(|code| code == "354"));
    third.send(&big).await;
    assert!(third.say("\r\n.\r\n").await.starts_with("250"), "what was held was given back");
}

#[tokio::test]
async fn t_s4_a_conversation_that_brings_nothing_ends() {
    let door = open(smtp()).await;
    let mut caller = Caller::new(&door).await;
    let mut codes = Vec::new();
    for _ in 0..=200 {
        codes.extend(caller.codes(&["NOOP"]).await);
    }
    assert_eq!((codes[199].as_str(), codes[200].as_str()), ("250", "421"));
    assert_eq!(caller.answer().await, "");
    let door = open(Settings { barren_timeout: Duration::from_millis(20), ..smtp() }).await;
    assert!(Caller::new(&door).await.answer().await.starts_with("421 4.4.2"));
}

#[tokio::test]
async fn t_s4_a_drip_of_bytes_does_not_keep_the_door_open() {
    let door = open(Settings { command_timeout: Duration::from_millis(50), ..smtp() }).await;
    let mut caller = Caller::new(&door).await;
    let mut drips = tokio::time::interval(Duration::from_millis(10));
    let mut dripped = 0;
    while caller.0.write_all(b"N").await.is_ok() && dripped < 1_000 {
        drips.tick().await;
        dripped += 1;
    }
    assert!(dripped < 1_000, "each byte was in time, the line never ended");
}

#[tokio::test]
async fn t_s4_callers_who_say_nothing_cost_little_and_keep_nobody_out() {
    let door = open(Settings {
        connections_max: 210,
        connections_per_address_max: 210,
        messages_per_minute: 0,
        sender_messages_per_minute: 0,
        ..smtp()
    })
    .await;
    let mut silent = Vec::new();
    for _ in 0..200 {
        let mut caller = Caller(TcpStream::connect(door.address).await.unwrap(), Vec::new());
        caller.send(b"EHLO x\r\nMAIL FROM:<a@b.c>\r\nRC").await;
        silent.push(caller);
    }
    let mut caller = Caller::new(&door).await;
    let lines = ["EHLO x", "MAIL FROM:<a@b.c>", "RCPT TO:<help@example.com>", "DATA", "x\r\n."];
    assert_eq!(caller.codes(&lines).await, ["250", "250", "250", "354", "250"]);
    // What a place costs is what its conversation is made of and the bytes that are read at once.
    let (client, server) = (TcpStream::connect(door.address).await.unwrap(), TcpListener::bind("127.0.0.1:0").await.unwrap());
    let (_stop, stopped) = watch::channel(false);
    let settings = smtp();
    let shared = (Arc::clone(&door.intake), Arc::new(Limits::new(&settings)));
    let session = Session::new(client, server.local_addr().unwrap().ip(), Arc::new(settings), shared, stopped);
    assert!(std::mem::size_of_val(&session.run()) < 8 * 1024, "with 8 KiB to read into, 1,000 callers take less than 16 MiB");
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
