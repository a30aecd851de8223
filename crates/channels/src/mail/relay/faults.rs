//! A relay that breaks off at every byte, lies, hangs and refuses: nothing is lost, and nothing is sent twice but where nobody can
//! know whether it was taken.

use std::sync::{Arc, Mutex};

use futures_util::StreamExt;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use super::*;

/// Where a connection ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Cut {
    /// Never.
    No,
    /// After so many bytes from us.
    Heard(usize),
    /// After so many bytes to us.
    Said(usize),
}

/// What the relay does on its next connections; after the last plan it works.
#[derive(Clone, Copy, Debug)]
struct Plan {
    cut: Cut,
    /// Ends with a reset instead of an orderly close.
    reset: bool,
    /// Answers to commands that begin so; `hang` says nothing at all.
    answers: &'static [(&'static str, &'static str)],
}

const WORKING: Plan = Plan { cut: Cut::No, reset: false, answers: &[] };

#[derive(Default)]
struct Ledger {
    plans: Vec<Plan>,
    /// Contents that were taken: the final dot was heard, and the answer is one that takes.
    taken: Vec<Vec<u8>>,
}

struct Faulty {
    url: String,
    ledger: Arc<Mutex<Ledger>>,
}

impl Faulty {
    async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("smtp://{}", listener.local_addr().unwrap());
        let ledger = Arc::new(Mutex::new(Ledger::default()));
        let shared = Arc::clone(&ledger);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let plan = shared.lock().unwrap().plans.pop().unwrap_or(WORKING);
                let mut line = Wire { stream, plan, heard: 0, said: 0 };
                let ledger = Arc::clone(&shared);
                tokio::spawn(async move {
                    let whole = line.converse(&ledger).await.is_some();
                    if !whole && line.plan.reset {
                        line.stream.set_zero_linger().unwrap();
                    }
                });
            }
        });
        Self { url, ledger }
    }

    /// Patient enough for a busy machine: what breaks off says so at once.
    fn relay(&self) -> Relay {
        self.waiting(Duration::from_secs(10))
    }

    fn waiting(&self, time: Duration) -> Relay {
        Relay { patience: Patience { command: time, data: time }, ..Relay::from_url(&self.url).unwrap() }
    }

    fn plan(&self, plan: Plan) {
        self.ledger.lock().unwrap().plans = vec![plan];
    }

    fn taken(&self) -> Vec<Vec<u8>> {
        std::mem::take(&mut self.ledger.lock().unwrap().taken)
    }
}

/// One connection as the relay has it.
struct Wire {
    stream: TcpStream,
    plan: Plan,
    heard: usize,
    said: usize,
}

impl Wire {
    /// None when it broke off.
    async fn converse(&mut self, ledger: &Mutex<Ledger>) -> Option<()> {
        self.answer("", "220 faulty").await?;
        loop {
            let line = self.line().await?;
            let line = String::from_utf8(line).unwrap();
            match line.get(..4).unwrap_or_default() {
                "EHLO" => self.answer(&line, "250-faulty\r\n250-8BITMIME\r\n250 SMTPUTF8").await?,
                "DATA" => {
                    if self.answer(&line, "354 go on").await?.starts_with("354") {
                        let content = self.content().await?;
                        // What is taken is taken, also when the answer never arrives.
                        if self.said_for(".", "250").starts_with("250") {
                            ledger.lock().unwrap().taken.push(content);
                        }
                        self.answer(".", "250 taken").await?
                    } else {
                        continue;
                    }
                }
                "QUIT" => {
                    self.answer(&line, "221 bye").await?;
                    return Some(());
                }
                _ => self.answer(&line, "250 ok").await?,
            };
        }
    }

    fn said_for(&self, command: &str, usual: &'static str) -> &'static str {
        let named =
            self.plan.answers.iter().find(|(start, _)| if start.is_empty() { command.is_empty() } else { command.starts_with(start) });
        named.map_or(usual, |(_, answer)| answer)
    }

    async fn answer(&mut self, command: &str, usual: &'static str) -> Option<&'static str> {
        let answer = self.said_for(command, usual);
        if answer == "hang" {
            // Until the other side has had enough.
            while self.stream.read(&mut [0; 1_024]).await.unwrap_or(0) > 0 {}
            return None;
        }
        let text = format!("{answer}\r\n");
        let most = if let Cut::Said(bytes) = self.plan.cut { bytes.saturating_sub(self.said) } else { usize::MAX };
        let bytes = text.as_bytes().get(..most.min(text.len())).unwrap_or_default();
        self.stream.write_all(bytes).await.ok()?;
        self.said += bytes.len();
        (bytes.len() == text.len()).then_some(answer)
    }

    async fn byte(&mut self) -> Option<u8> {
        if self.plan.cut == Cut::Heard(self.heard) {
            return None;
        }
        let byte = self.stream.read_u8().await.ok()?;
        self.heard += 1;
        Some(byte)
    }

    async fn line(&mut self) -> Option<Vec<u8>> {
        let mut line = Vec::new();
        while !line.ends_with(b"\r\n") {
            line.push(self.byte().await?);
        }
        Some(line)
    }

    async fn content(&mut self) -> Option<Vec<u8>> {
        let mut content = b"\r\n".to_vec();
        while !content.ends_with(b"\r\n.\r\n") {
            content.push(self.byte().await?);
        }
        Some(content)
    }
}

const LETTER: &[u8] = b"Message-ID: <7.inc-1@desk.example>\r\nSubject: x\r\n\r\n.dots\r\nand the end\r\n";

async fn deliver(relay: &Relay) -> Delivery {
    relay.deliver(Some("it@desk.example"), &["alice@customer.example".to_owned()], LETTER).await
}

fn delivered() -> Delivery {
    Delivery::Delivered { refused: vec![], deferred: vec![] }
}

/// Breaks off once, tries again as the queue would, and looks at what the relay has then; whether it had the letter before.
async fn survives(faulty: &Faulty, relay: Relay, plan: Plan) -> bool {
    faulty.plan(plan);
    let first = deliver(&relay).await;
    let taken = faulty.taken();
    match (&first, taken.len()) {
        (Delivery::Delivered { .. }, 1) => false,
        // The answer was lost: the one window in which it is sent once more, with the same Message-ID.
        (Delivery::TemporaryFailure(_), 0 | 1) => {
            assert_eq!(deliver(&relay).await, delivered(), "{plan:?} {first:?}");
            let again = faulty.taken();
            assert!(again.len() == 1 && taken.iter().all(|before| *before == again[0]), "{plan:?}");
            taken.len() == 1
        }
        _ => panic!("{plan:?}: {first:?} with {} taken", taken.len()),
    }
}

#[tokio::test]
async fn a_relay_that_breaks_off_at_any_byte_loses_nothing_and_gets_nothing_twice_but_after_a_lost_answer() {
    let faulty = Faulty::start().await;
    assert_eq!(deliver(&Relay::from_url(&faulty.url).unwrap()).await, delivered());
    let heard = USUAL_HEARD.len() + LETTER.len();
    let cuts = (0..=heard).map(Cut::Heard).chain((0..=USUAL_SAID.len()).map(Cut::Said));
    let plans = cuts.flat_map(|cut| [false, true].map(|reset| Plan { cut, reset, answers: &[] }));
    // Side by side, each with a relay of its own: a single one waits 40 ms for the network at every letter.
    let lost_answers = futures_util::stream::iter(plans).map(|plan| async move {
        let faulty = Faulty::start().await;
        let relay = Relay::from_url(&faulty.url).unwrap();
        survives(&faulty, relay, plan).await
    });
    let lost_answers: Vec<bool> = lost_answers.buffer_unordered(32).collect().await;
    let count = lost_answers.iter().filter(|lost| **lost).count();
    // The eleven bytes of "250 taken" and its end but for the last, each with both kinds of end.
    assert_eq!(count, 2 * "250 taken\r\n".len());
}

/// What both sides say when all goes well.
const USUAL_SAID: &str = "220 faulty\r\n250-faulty\r\n250-8BITMIME\r\n250 SMTPUTF8\r\n250 ok\r\n250 ok\r\n354 go on\r\n250 taken\r\n";
const USUAL_HEARD: &str =
    "EHLO a-host-name-of-usual-length\r\nMAIL FROM:<it@desk.example>\r\nRCPT TO:<alice@customer.example>\r\nDATA\r\n.\r\n";

#[tokio::test]
async fn a_refusal_at_any_step_is_what_the_relay_meant() {
    let faulty = Faulty::start().await;
    let later: &[&'static [(&str, &str)]] = &[
        &[("", "421 busy")],
        &[("", "554 not you")],
        &[("EHLO", "421 busy"), ("HELO", "421 busy")],
        &[("EHLO", "550 no"), ("HELO", "550 no")],
        &[("MAIL", "421 stopping")],
        &[("MAIL", "451 later")],
        &[("MAIL", "452 full")],
        &[("MAIL", "530 sign in")],
        &[("RCPT", "421 stopping")],
        &[("RCPT", "450 greylisted")],
        &[("RCPT", "451 4.7.1 greylisted")],
        &[("RCPT", "452 full")],
        &[("DATA", "421 stopping")],
        &[("DATA", "451 later")],
        &[(".", "421 stopping")],
        &[(".", "451 later")],
        &[(".", "452 full")],
        &[("MAIL", "nonsense")],
        &[("RCPT", "999 nonsense")],
        &[("DATA", "250 ok")],
        &[(".", "\u{fffd}\u{fffd}")],
        &[(".", "354 go on")],
    ];
    for answers in later {
        faulty.plan(Plan { answers, ..WORKING });
        let relay = faulty.relay();
        let delivery = deliver(&relay).await;
        assert!(matches!(delivery, Delivery::TemporaryFailure(_)), "{answers:?}: {delivery:?}");
        assert!(faulty.taken().is_empty());
        assert_eq!(deliver(&relay).await, delivered(), "{answers:?}");
        assert_eq!(faulty.taken().len(), 1);
    }
    let never: &[&'static [(&str, &str)]] =
        &[&[("MAIL", "550 not you")], &[("RCPT", "550 nobody")], &[("DATA", "554 no")], &[(".", "554 5.7.1 spam")], &[(".", "552 large")]];
    for answers in never {
        faulty.plan(Plan { answers, ..WORKING });
        let delivery = deliver(&faulty.relay()).await;
        assert!(matches!(delivery, Delivery::PermanentFailure(_)), "{answers:?}: {delivery:?}");
        assert!(faulty.taken().is_empty());
    }
}

#[tokio::test]
async fn a_relay_that_says_nothing_more_is_left_in_time_at_every_step() {
    let faulty = Faulty::start().await;
    for step in ["", "EHLO", "MAIL", "RCPT", "DATA", "."] {
        let answers: &'static [(&'static str, &'static str)] = Box::leak(Box::new([(step, "hang")]));
        survives(&faulty, faulty.waiting(Duration::from_millis(100)), Plan { answers, ..WORKING }).await;
    }
}

#[tokio::test]
async fn a_relay_that_takes_a_letter_and_hangs_up_is_believed_and_called_again_for_the_next() {
    let faulty = Faulty::start().await;
    let relay = faulty.relay();
    faulty.plan(WORKING);
    assert_eq!(deliver(&relay).await, delivered());
    for reset in [false, true] {
        let relay = faulty.relay();
        faulty.taken();
        faulty.plan(Plan { cut: Cut::Said(USUAL_SAID.len()), reset, answers: &[] });
        assert_eq!(deliver(&relay).await, delivered());
        assert_eq!(deliver(&relay).await, delivered(), "the kept connection is gone, which is noticed before the letter");
        assert_eq!(faulty.taken().len(), 2);
    }
}

#[tokio::test]
async fn some_recipients_are_taken_some_refused_some_put_off_and_the_content_goes_once() {
    let faulty = Faulty::start().await;
    let answers = &[("RCPT TO:<gone@", "550 gone"), ("RCPT TO:<full@", "452 full"), ("RCPT TO:<grey@", "451 greylisted")];
    faulty.plan(Plan { answers, ..WORKING });
    let to: Vec<String> = ["gone@x.example", "ok@x.example", "full@x.example", "grey@x.example"].map(str::to_owned).to_vec();
    let Delivery::Delivered { refused, deferred } = faulty.relay().deliver(None, &to, LETTER).await else { panic!() };
    let names = |list: &[(String, String)]| list.iter().map(|(who, _)| who.split('@').next().unwrap().to_owned()).collect::<Vec<_>>();
    assert_eq!((names(&refused), names(&deferred)), (vec!["gone".to_owned()], vec!["full".to_owned(), "grey".to_owned()]));
    assert_eq!(faulty.taken().len(), 1);
}

#[tokio::test]
async fn tls_that_fails_and_a_password_that_is_refused_leave_the_letter_waiting() {
    let faulty = Faulty::start().await;
    let offered = ("EHLO", "250-faulty\r\n250-AUTH PLAIN LOGIN\r\n250 STARTTLS");
    let cases: [(&str, &'static [(&str, &str)]); 4] = [
        ("", Box::leak(Box::new([offered, ("STARTTLS", "454 no TLS at the moment")]))),
        ("", Box::leak(Box::new([offered, ("STARTTLS", "220 go ahead\r\nthis is no handshake")]))),
        ("?tls=required", Box::leak(Box::new([offered, ("STARTTLS", "220 go ahead\r\nthis is no handshake")]))),
        ("?tls=none", Box::leak(Box::new([offered, ("AUTH", "535 5.7.8 wrong password")]))),
    ];
    for (query, answers) in cases {
        faulty.plan(Plan { answers, ..WORKING });
        let mut relay = Relay::from_url(&format!("{}{query}", faulty.url.replace("smtp://", "smtp://user:secret@"))).unwrap();
        relay.patience = Patience { command: Duration::from_millis(200), data: Duration::from_millis(200) };
        let delivery = deliver(&relay).await;
        let Delivery::TemporaryFailure(text) = &delivery else { panic!("{answers:?} {delivery:?}") };
        assert!(!text.contains("secret"), "{text}");
        assert!(faulty.taken().is_empty());
    }
}
