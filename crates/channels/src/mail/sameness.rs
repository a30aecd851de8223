//! When two mails are the same one: by id and by what they say. The way that a mail took (its trace headers, its transfer
//! encoding) says nothing about that, and an id alone can be borrowed.

use sha2::{Digest, Sha256};

use super::ParsedMail;

impl ParsedMail {
    /// Hash of what the sender wrote: the same for each copy of a mail, whichever way it took.
    #[must_use]
    pub fn content_hash(&self) -> String {
        let mut hash = Sha256::new();
        let mut part = |bytes: &[u8]| {
            hash.update(u64::try_from(bytes.len()).unwrap_or(u64::MAX).to_be_bytes());
            hash.update(bytes);
        };
        part(self.from.as_ref().map_or("", |from| from.email.as_str()).as_bytes());
        part(self.subject.as_bytes());
        part(&self.date.map_or(0, |date| date.micros()).to_be_bytes());
        // Relays change line ends and blanks at them; that is no other mail.
        let words: Vec<&str> = self.text.split_whitespace().collect();
        part(words.join(" ").as_bytes());
        for file in &self.attachments {
            part(file.filename.as_bytes());
            part(&file.bytes);
        }
        hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// The id by which it is known again. A mail without a Message-ID has only what it says, and says enough when it bears a date.
    #[must_use]
    pub fn identity(&self) -> Option<String> {
        let by_content = || self.date.map(|_| format!("sha256:{}", self.content_hash()));
        self.message_id.clone().or_else(by_content)
    }
}

#[cfg(test)]
mod tests {
    use super::super::parse;

    #[test]
    fn the_way_that_a_mail_took_does_not_change_it() {
        let mail = b"From: a@b.example\r\nMessage-ID: <1@b>\r\nSubject: x\r\n\r\nHello  there\r\n";
        let relayed = b"Received: by mx; Mon, 5 Jan 2026 10:00:00 +0000\r\nFrom: a@b.example\r\nMessage-ID: <1@b>\r\nSubject: x\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\nHello there \r\n\r\n";
        assert_eq!(parse(mail).content_hash(), parse(relayed).content_hash());
        let other = b"From: a@b.example\r\nMessage-ID: <1@b>\r\nSubject: x\r\n\r\nHello there, you\r\n";
        assert_ne!(parse(mail).content_hash(), parse(other).content_hash());
    }

    #[test]
    fn a_mail_without_id_and_date_is_never_taken_for_another() {
        assert_eq!(parse(b"From: a@b.example\r\n\r\nBackup failed\r\n").identity(), None);
        let dated = parse(b"From: a@b.example\r\nDate: Mon, 5 Jan 2026 10:00:00 +0000\r\n\r\nBackup failed\r\n");
        assert!(dated.identity().unwrap().starts_with("sha256:"));
    }
}
