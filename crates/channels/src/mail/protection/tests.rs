use super::super::parse::parse;

fn protection(raw: &str) -> Option<(String, bool, bool, bool)> {
    parse(raw.as_bytes()).protection.map(|found| (found.standard, found.signed, found.encrypted, found.whole))
}

const SIGNED: &str = "Content-Type: multipart/signed; protocol=\"application/pgp-signature\"; boundary=s\n\n--s\nContent-Type: text/plain\n\nsigned words\n--s\nContent-Type: application/pgp-signature\n\n-----BEGIN PGP SIGNATURE-----\n--s--\n";
const CLEAR: &str =
    "-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA256\n\nwords\n-----BEGIN PGP SIGNATURE-----\nx\n-----END PGP SIGNATURE-----\n";

fn found(standard: &str, signed: bool, encrypted: bool, whole: bool) -> Option<(String, bool, bool, bool)> {
    Some((standard.to_owned(), signed, encrypted, whole))
}

#[test]
fn signed_and_encrypted_mail_is_recognised() {
    let head = "From: a@b.c\nMIME-Version: 1.0\n";
    for (body, expected) in [
        (SIGNED.to_owned(), found("openpgp", true, false, true)),
        (SIGNED.replace("pgp-signature", "pkcs7-signature"), found("smime", true, false, true)),
        (SIGNED.replace("pgp-signature", "x-pkcs7-signature"), found("smime", true, false, true)),
        ("Content-Type: multipart/encrypted; protocol=\"application/pgp-encrypted\"; boundary=e\n\n--e\nContent-Type: application/pgp-encrypted\n\nVersion: 1\n--e\nContent-Type: application/octet-stream\n\n-----BEGIN PGP MESSAGE-----\n--e--\n".to_owned(), found("openpgp", false, true, true)),
        ("Content-Type: application/pkcs7-mime; smime-type=enveloped-data; name=smime.p7m\nContent-Transfer-Encoding: base64\n\nMIAG\n".to_owned(), found("smime", false, true, true)),
        ("Content-Type: application/x-pkcs7-mime; smime-type=signed-data; name=smime.p7m\nContent-Transfer-Encoding: base64\n\nMIAG\n".to_owned(), found("smime", true, false, true)),
        ("Content-Type: application/octet-stream; name=smime.p7m\nContent-Transfer-Encoding: base64\n\nMIAGCSqGSIb3DQEHAqCA\n".to_owned(), found("smime", true, false, true)),
        ("Content-Type: application/pkcs7-mime; smime-type=certs-only; name=smime.p7c\n\nx\n".to_owned(), None),
        (format!("\n{CLEAR}"), found("openpgp", true, false, true)),
        ("\n-----BEGIN PGP MESSAGE-----\n\nabc\n-----END PGP MESSAGE-----\n".to_owned(), found("openpgp", false, true, true)),
        ("\nwe wrote -----BEGIN PGP MESSAGE----- in the middle\n".to_owned(), None),
        ("\nHello\n".to_owned(), None),
    ] {
        assert_eq!(protection(&format!("{head}{body}")), expected, "{body}");
    }
}

#[test]
fn t_m9_what_is_wrapped_or_signed_in_part_is_never_whole() {
    let mixed = |parts: &[&str]| {
        format!(
            "From: a@b.c\nContent-Type: multipart/mixed; boundary=m\n\n{}--m--\n",
            parts.iter().map(|part| format!("--m\n{part}\n")).collect::<String>()
        )
    };
    let footer = "Content-Type: text/plain\n\nattacker's words";
    let many = SIGNED.replace("--s--", "--s\nContent-Type: text/plain\n\nmore words\n--s--");
    for raw in [
        mixed(&[SIGNED, footer]),
        mixed(&[footer, SIGNED]),
        mixed(&[SIGNED]),
        mixed(&[SIGNED, SIGNED]),
        format!("From: a@b.c\n{many}"),
        format!("From: a@b.c\n\n{CLEAR}\nattacker's words\n"),
        format!("From: a@b.c\n\nattacker's words\n{CLEAR}"),
        format!("From: a@b.c\n\n{CLEAR}{CLEAR}"),
        mixed(&[&format!("Content-Type: text/plain\n\n{CLEAR}"), footer]),
        mixed(&["Content-Type: application/pkcs7-mime; smime-type=signed-data\n\nx", footer]),
        format!("From: a@b.c\n{}", SIGNED.replace("--s--", "")).replace("signed words\n--s", "signed words\n--s\n\nmore\n--s"),
    ] {
        let (_, signed, _, whole) = protection(&raw).unwrap();
        assert!(signed && !whole, "{raw}");
    }
    // A forwarded message keeps its signature to itself.
    assert_eq!(protection(&mixed(&[footer, &format!("Content-Type: message/rfc822\n\nFrom: x@y.z\n{SIGNED}")])), None);
}
