//! Our own signature, and whether others can verify it.

use super::*;

const LETTER: &str = "Message-ID: <2@desk.test>\r\nDate: Sun, 22 Nov 2026 03:00:00 +0000\r\nFrom: =?utf-8?Q?B=C3=A9la?= <help@desk.net>\r\nReply-To: <help+abc@desk.net>\r\nTo: alice@bank.net,\r\n\tbob@bank.net\r\nSubject: Re: Printer\r\nIn-Reply-To: <1@x>\r\nReferences: <0@x>\r\n <1@x>\r\nAuto-Submitted: auto-replied\r\nList-Unsubscribe: <https://desk.test/u>\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\nX-Trace: 1\r\n\r\nIt is out.  \r\n\r\n.\r\n-- \r\nDesk\r\n\r\n\r\n";

async fn verified(signer: &Signer, raw: &[u8]) -> Authentication {
    let zone: String = signer.records().map(|(name, key)| format!("{name} TXT {}\n", key.record())).collect();
    World::new(&zone).await.check(raw, None).await
}

fn with_both() -> Signer {
    Signer::new("Desk.net", vec![("rsa".to_owned(), rsa()), ("ed".to_owned(), ed25519())]).unwrap()
}

#[tokio::test]
async fn what_we_sign_is_verified_with_either_kind_of_key() {
    for key in [rsa(), ed25519()] {
        let signer = Signer::new("desk.net", vec![("k1".to_owned(), key)]).unwrap();
        for letter in [
            LETTER.to_owned(),
            LETTER.replace("It is out.  \r\n\r\n.\r\n-- \r\nDesk\r\n\r\n\r\n", ""),
            LETTER.replace("desk.net", "sub.desk.net"),
        ] {
            let raw = signer.sign("desk.net", letter.as_bytes()).unwrap();
            assert!(raw.ends_with(letter.as_bytes()) && raw.starts_with(b"DKIM-Signature: v=1; a="));
            let found = verified(&signer, &raw).await;
            assert_eq!((found.verdict, found.dkim.as_str()), (Verdict::Pass, "pass"));
        }
    }
}

#[tokio::test]
async fn two_keys_make_two_signatures() {
    let signer = with_both();
    let raw = signer.sign("DESK.net", LETTER.as_bytes()).unwrap();
    let text = String::from_utf8(raw.clone()).unwrap();
    assert_eq!(text.matches("DKIM-Signature: ").count(), 2);
    assert!(text.contains("a=rsa-sha256; s=rsa; d=desk.net;") && text.contains("a=ed25519-sha256; s=ed; d=desk.net;"), "{text}");
    assert!(text.lines().take_while(|line| !line.starts_with("Message-ID")).all(|line| line.len() <= 100), "{text}");
    let found = verified(&signer, &raw).await;
    assert_eq!((found.verdict, found.dkim.as_str()), (Verdict::Pass, "pass"));
}

#[tokio::test]
async fn t_m2_nothing_that_a_reader_sees_can_be_changed_or_added_unnoticed() {
    let signer = with_both();
    let raw = signer.sign("desk.net", LETTER.as_bytes()).unwrap();
    for (what, with) in [
        ("Re: Printer", "Re: Payment"),
        ("help+abc@", "evil@"),
        ("bob@bank.net", "eve@bank.net"),
        ("<1@x>\r\nReferences", "<9@x>\r\nReferences"),
        ("auto-replied", "no"),
        ("https://desk.test/u", "https://evil.test/u"),
        ("text/plain", "text/html"),
        ("It is out", "It is in"),
        ("03:00:00", "04:00:00"),
    ] {
        assert_eq!(verified(&signer, &replaced(&raw, what, with)).await.dkim, "fail", "{what}");
    }
    // What is not signed may change, as servers on the way do.
    assert_eq!(verified(&signer, &replaced(&raw, "X-Trace: 1", "X-Trace: 2")).await.dkim, "pass");
    let second = with_header("From: boss@desk.net", &raw);
    let zone: String = signer.records().map(|(name, key)| format!("{name} TXT {}\n", key.record())).collect();
    let world = World::new(&zone).await;
    let message = mail_auth::AuthenticatedMessage::parse(&second).unwrap();
    let dns = world.checker();
    let outputs = dns.dns().for_domain("desk.net").unwrap().verify_dkim(&message).await;
    assert!(outputs.iter().all(|output| *output.result() != mail_auth::DkimResult::Pass), "a second sender breaks the signature");
}

#[test]
fn mail_of_other_domains_stays_as_it_is() {
    let signer = with_both();
    for domain in ["other.net", "", "net", "xdesk.net", "desk.net.evil.org"] {
        assert_eq!(signer.sign(domain, LETTER.as_bytes()).unwrap(), LETTER.as_bytes(), "{domain}");
    }
}

#[test]
fn a_key_survives_its_file_and_names_its_record() {
    for (kind, key, start) in
        [(KeyKind::Rsa2048, rsa(), "v=DKIM1; k=rsa; p=MIIBIj"), (KeyKind::Ed25519, ed25519(), "v=DKIM1; k=ed25519; p=")]
    {
        let again = PrivateKey::from_pem(key.to_pem().as_bytes()).unwrap();
        assert_eq!((again.kind(), again.record()), (kind, key.record()));
        assert!(key.record().starts_with(start), "{}", key.record());
        assert!(key.is_published_by(&key.record()) && key.is_published_by(&key.record().replace("p=", "p= ").replace('/', "/ ")));
        let joined: String = key.zone_text().trim_matches('"').split("\" \"").collect();
        assert_eq!(joined, key.record());
        assert!(key.zone_text().split(' ').all(|part| part.len() <= 300));
    }
    assert!(!rsa().is_published_by(&ed25519().record()) && !rsa().is_published_by("v=DKIM1; p=") && !rsa().is_published_by(""));
}

#[test]
fn a_key_that_others_would_refuse_is_refused_here() {
    let short = "-----BEGIN RSA PRIVATE KEY-----\nMIICXQIBAAKBgQDLLPDPhMYyhh34zeQ7ycsuOD98d6L+CXgIfTd5uJEj2Szsa//d\n4UpX+1L8xOBikP+KFwOyURlleSIk1noTUgb0JQ3CyRai8wYx8XHxwkLDsOlSNjn4\njpYZTrp4DsUvBpqyYsZ37wklT2C8D2eeIGpDOl9g06+kSjZB4ycpunYPlwIDAQAB\nAoGBAKqGTJMPkD3FfRBe1iksI+DmCrrPurhWgC0300DRHNgmpeLEflrehMQ1RyCp\nqN5xblibGlomYRdexL6AWLMwjG4MeoNRxOVndvg/2akgDAep+UsfCKiR3ycD7hyz\nE+4XhS62CBEDPY9Spj0bj3MS2DsCS8k27EKT31vd5ElBx9PhAkEA5CBHJ6SF6q38\n7NhXwDIXfCX+GofWf3v7Fbln651tfjeiK5G6MGCvyxMo/kfS/yl8HPlEOeKZGAP9\nt1aZRl7skQJBAOQAN3qhHoZfLiib/6MIKWDzDl6KE6zfl858Er4k2dzHZVV6O0/B\nx43WMocBgGIhTXoWMFJYEI/JUSoPNBLQbacCQAC0AMQkg60ngCISwKJ9BQmC7HeU\nd5rI/QsiGSnmwFGlRkCwIEzJ34DWvEecXRAgRpuoQQeUpTgnuv53q91FqaECQCjQ\nsR3OwfwkBctXQcgZqe6lFClwZl1IGZDpPSG0zxtqxoUqwHtioSqO8bShXC407/2v\nAy96fFyBGXqCBjxn+3kCQQCLxOCmEnSUuB1bYQ4GbdVLhlwXPQJBHqkSXHB05RII\nTNqC1D5qdYNtDucDHV5N4sVGwFdXEdewibMTSpWY/QZ3\n-----END RSA PRIVATE KEY-----\n";
    for pem in ["", "hello", short, "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"] {
        let error = PrivateKey::from_pem(pem.as_bytes()).err().unwrap().to_string();
        assert!(error.contains("private key"), "{error}");
    }
}
