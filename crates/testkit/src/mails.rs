//! Mail that comes in.

use channels::mail::inbound::{Findings, Inspect, Outcome, Suspect, TakeMail, process_batch};
use desk::conversation::{Authentication, Verdict};

use crate::TestDesk;
use crate::desk::STEWARD;

/// A plain mail, written as a mail program writes it.
#[derive(Clone, Debug)]
pub struct Mail {
    /// Sender, with or without a name.
    pub from: String,
    /// Recipient in header and envelope.
    pub to: String,
    /// Subject as it stands in the header.
    pub subject: String,
    /// Message-ID without brackets.
    pub id: String,
    /// Further header lines, each without its end.
    pub headers: Vec<String>,
    /// Text.
    pub text: String,
}

impl Mail {
    /// From somebody to the desk IT.
    pub fn new(from: &str, subject: &str, id: &str) -> Self {
        Self {
            from: from.to_owned(),
            to: "it@desk.example".to_owned(),
            subject: subject.to_owned(),
            id: id.to_owned(),
            headers: Vec::new(),
            text: format!("About: {subject}."),
        }
    }
    /// With one more header line.
    #[must_use]
    pub fn header(mut self, line: impl Into<String>) -> Self {
        self.headers.push(line.into());
        self
    }
    /// To another address.
    #[must_use]
    pub fn to(mut self, address: impl Into<String>) -> Self {
        self.to = address.into();
        self
    }
    /// With this text.
    #[must_use]
    pub fn text(mut self, text: impl Into<String>) -> Self {
        self.text = text.into();
        self
    }
    /// The bytes.
    pub fn raw(&self) -> Vec<u8> {
        let mut head = vec![
            format!("From: {}", self.from),
            format!("To: {}", self.to),
            format!("Subject: {}", self.subject),
            format!("Message-ID: <{}>", self.id),
            "Date: Mon, 2 Nov 2026 08:00:00 +0000".to_owned(),
            "MIME-Version: 1.0".to_owned(),
            "Content-Type: text/plain; charset=utf-8".to_owned(),
        ];
        head.extend(self.headers.iter().cloned());
        format!("{}\r\n\r\n{}\r\n", head.join("\r\n"), self.text).into_bytes()
    }
    /// The bare address of the sender.
    fn sender(&self) -> String {
        self.from.rsplit('<').next().unwrap_or_default().trim_end_matches('>').trim().to_owned()
    }
}

impl TestDesk {
    /// A mail arrives and is read; tells what became of it.
    pub fn mail(&self, mail: &Mail) -> Outcome {
        self.raw_mail(Some(&mail.sender()), std::slice::from_ref(&mail.to), mail.raw())
    }

    /// Bytes arrive and are read; tells what became of them.
    pub fn raw_mail(&self, from: Option<&str>, recipients: &[String], raw: Vec<u8>) -> Outcome {
        self.take_mail(from, recipients, raw);
        let mut outcomes = self.read_mail();
        assert_eq!(outcomes.len(), 1, "{outcomes:?}");
        outcomes.remove(0)
    }

    /// Bytes arrive and wait.
    pub fn take_mail(&self, from: Option<&str>, recipients: &[String], raw: Vec<u8>) {
        self.wait(async {
            let command = TakeMail::new(&self.desk, "lmtp", from.map(str::to_owned), recipients.to_vec(), raw).await.unwrap();
            self.desk.execute(&STEWARD, command).await.unwrap();
        });
    }

    /// Reads everything that waits.
    pub fn read_mail(&self) -> Vec<Outcome> {
        let mut outcomes = Vec::new();
        loop {
            let batch = self.wait(process_batch(&self.desk, &ByHeader, None)).unwrap();
            if batch.is_empty() {
                return outcomes;
            }
            outcomes.extend(batch);
        }
    }
}

/// Believes what a header of the test says about the sender: `X-Test-Verdict: pass`.
struct ByHeader;

impl Inspect for ByHeader {
    fn inspect<'a>(&'a self, suspect: Suspect<'a>) -> Findings<'a> {
        let said = |word: &str| {
            let line = format!("X-Test-Verdict: {word}");
            suspect.raw.windows(line.len()).any(|bytes| bytes == line.as_bytes())
        };
        let verdict = match (suspect.mail.sender_ambiguous, said("pass"), said("fail")) {
            (true, ..) => Verdict::Ambiguous,
            (_, true, _) => Verdict::Pass,
            (_, _, true) => Verdict::Fail,
            _ => Verdict::None,
        };
        Box::pin(std::future::ready(Authentication { verdict, ..Authentication::default() }))
    }
}
