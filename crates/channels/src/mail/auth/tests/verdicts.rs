//! Messages that came straight from a server, and what is concluded about them.

use super::*;

/// Title, message, conversation, verdict, and the words for SPF, DKIM and DMARC.
type Case = (&'static str, Vec<u8>, Option<Connection>, Verdict, &'static str);

async fn expect(world: &World, cases: &[Case]) {
    for (title, raw, connection, verdict, words) in cases {
        let found = world.check(raw, connection.as_ref()).await;
        let told = format!("{} {} {}", found.spf, found.dkim, found.dmarc);
        assert_eq!((found.verdict, told.trim()), (*verdict, *words), "{title}: {found:?}");
    }
}

#[tokio::test]
async fn a_sender_whose_domain_vouches_passes() {
    let world = World::new("").await;
    let alice = "Alice <alice@bank.net>";
    expect(
        &world,
        &[
            ("both", signed(alice, "bank.net"), Some(from(BANK, "alice@bank.net")), Verdict::Pass, "pass pass pass"),
            ("SPF alone", mail(alice), Some(from(BANK, "alice@bank.net")), Verdict::Pass, "pass none pass"),
            ("SPF of IPv6", mail(alice), Some(from("2001:db8::7", "alice@bank.net")), Verdict::Pass, "pass none pass"),
            ("DKIM alone", signed(alice, "bank.net"), Some(from(STRANGER, "x@stranger.net")), Verdict::Pass, "pass pass pass"),
            ("DKIM, forwarded", signed(alice, "bank.net"), Some(from(STRANGER, "alice@bank.net")), Verdict::Pass, "fail pass pass"),
            ("DKIM, fetched", signed(alice, "bank.net"), None, Verdict::Pass, "pass pass"),
            ("a report", mail("<daemon@mail.bank.net>"), Some(from(BANK, "")), Verdict::Pass, "pass none pass"),
            ("signed by a subdomain", signed(alice, "mail.bank.net"), None, Verdict::Pass, "pass pass"),
            ("signed from above", signed("a@x.y.bank.net", "bank.net"), None, Verdict::Pass, "pass pass"),
            ("sent by a subdomain", mail(alice), Some(from(BANK, "bounce@mail.bank.net")), Verdict::Pass, "pass none pass"),
            ("strict, exactly", signed("a@strict.net", "strict.net"), None, Verdict::Pass, "pass pass"),
            ("p=none", signed("a@soft.net", "soft.net"), None, Verdict::Pass, "pass pass"),
            ("no policy, DKIM", signed("a@quiet.net", "quiet.net"), None, Verdict::Pass, "pass none"),
            ("no policy, SPF", mail("a@quiet.net"), Some(from(BANK, "a@quiet.net")), Verdict::Pass, "pass none none"),
            ("no policy, from above", signed("a@mail.quiet.net", "quiet.net"), None, Verdict::Pass, "pass none"),
            ("capitals", signed("Alice@Bank.NET", "bank.net"), Some(from(BANK, "Alice@Bank.NET")), Verdict::Pass, "pass pass pass"),
        ],
    )
    .await;
}

#[tokio::test]
async fn t_m1_a_forged_sender_of_a_domain_with_a_policy_fails() {
    let world = World::new("").await;
    let alice = "Alice <alice@bank.net>";
    let stranger = || Some(from(STRANGER, "x@stranger.net"));
    expect(
        &world,
        &[
            ("nothing", mail(alice), stranger(), Verdict::Fail, "pass none fail"),
            ("envelope forged too", mail(alice), Some(from(STRANGER, "alice@bank.net")), Verdict::Fail, "fail none fail"),
            ("null envelope sender", mail(alice), Some(from(STRANGER, "")), Verdict::Fail, "pass none fail"),
            ("signed by a stranger", signed(alice, "stranger.net"), stranger(), Verdict::Fail, "pass none fail"),
            ("signed by the top domain", signed(alice, "net"), stranger(), Verdict::Fail, "pass none fail"),
            ("a look-alike domain", signed(alice, "xbank.net"), stranger(), Verdict::Fail, "pass none fail"),
            ("body changed", replaced(&signed(alice, "bank.net"), "burns", "floats"), stranger(), Verdict::Fail, "pass fail fail"),
            ("subject changed", replaced(&signed(alice, "bank.net"), "Printer", "Payment"), stranger(), Verdict::Fail, "pass fail fail"),
            ("body changed, fetched", replaced(&signed(alice, "bank.net"), "burns", "floats"), None, Verdict::Fail, "fail fail"),
            ("revoked key", replaced(&signed(alice, "bank.net"), "s=s;", "s=revoked;"), stranger(), Verdict::Fail, "pass permerror fail"),
            ("no such key", replaced(&signed(alice, "bank.net"), "s=s;", "s=absent;"), stranger(), Verdict::Fail, "pass permerror fail"),
            ("quarantine", mail("a@shop.net"), stranger(), Verdict::Fail, "pass none fail"),
            ("quarantine, SPF softfail", mail("a@shop.net"), Some(from(STRANGER, "a@shop.net")), Verdict::Fail, "softfail none fail"),
            ("sp=reject", mail("a@sub.soft.net"), stranger(), Verdict::Fail, "pass none fail"),
            ("absent subdomain", mail("a@absent.bank.net"), stranger(), Verdict::Fail, "pass none fail"),
            ("strict DKIM", signed("a@strict.net", "mail.strict.net"), stranger(), Verdict::Fail, "pass pass fail"),
            ("strict SPF", mail("a@strict.net"), Some(from(BANK, "a@mail.strict.net")), Verdict::Fail, "pass none fail"),
            ("envelope without a domain", mail(alice), Some(from(STRANGER, "root")), Verdict::Fail, "pass none fail"),
        ],
    )
    .await;
}

#[tokio::test]
async fn t_m1_without_a_policy_or_an_answer_nothing_is_concluded() {
    let world = World::new("_dmarc.flaky.net TXT v=DMARC1; p=reject\n_dmarc.empty.net TXT hello\nempty.net TXT hello\n").await;
    let stranger = || Some(from(STRANGER, "x@stranger.net"));
    expect(
        &world,
        &[
            ("p=none", mail("a@soft.net"), stranger(), Verdict::None, "pass none fail"),
            ("p=none, SPF neutral", mail("a@soft.net"), Some(from(STRANGER, "a@soft.net")), Verdict::None, "neutral none fail"),
            ("sp=none", mail("a@sub.shop.net"), stranger(), Verdict::None, "pass none fail"),
            ("t=y", mail("a@testing.net"), stranger(), Verdict::None, "pass none fail"),
            ("no record", mail("a@quiet.net"), Some(from(STRANGER, "a@quiet.net")), Verdict::None, "fail none none"),
            ("no policy, signed from below", signed("a@quiet.net", "mail.quiet.net"), stranger(), Verdict::None, "pass pass none"),
            ("no policy, sent from below", mail("a@quiet.net"), Some(from(BANK, "a@mail.quiet.net")), Verdict::None, "pass none none"),
            ("other text records", mail("a@empty.net"), Some(from(STRANGER, "a@empty.net")), Verdict::None, "none none none"),
            ("no such domain", mail("a@nowhere.net"), Some(from(STRANGER, "a@nowhere.net")), Verdict::None, "none none none"),
            ("fetched: nobody knows who handed it over", mail("a@bank.net"), None, Verdict::None, "none none"),
            ("fetched, signed by a stranger", signed("a@bank.net", "stranger.net"), None, Verdict::None, "none none"),
            (
                "fetched, key withdrawn since",
                replaced(&signed("a@bank.net", "bank.net"), "s=s;", "s=old;"),
                None,
                Verdict::None,
                "permerror none",
            ),
        ],
    )
    .await;
}

#[tokio::test]
async fn t_m2_a_sender_that_could_be_read_differently_is_ambiguous() {
    let world = World::new("").await;
    let whole = signed("alice@bank.net", "bank.net");
    let ambiguous = [
        with_header("From: agent@desk.test", &whole),
        replaced(&whole, "\r\nTo:", "\r\nFrom: agent@desk.test\r\nTo:"),
        mail("alice@bank.net, bob@bank.net"),
        mail("=?utf-8?Q?attacker?Q?agent?=@bank.net"),
        mail("friends: alice@bank.net;"),
        mail("alice@bank.net(comment)@stranger.net"),
        mail("agent@bank.net <x@stranger.net>"),
        mail("\"agent@bank.net\"@stranger.net"),
        mail("<agent@bank.net> <x@stranger.net>"),
        mail("alice@bank.net\0@stranger.net"),
        b"To: help@desk.test\r\n\r\nno sender\r\n".to_vec(),
        Vec::new(),
    ];
    let before = world.server.asked();
    for raw in ambiguous {
        let found = world.check(&raw, Some(&from(BANK, "alice@bank.net"))).await;
        assert_eq!(found.verdict, Verdict::Ambiguous, "{}", String::from_utf8_lossy(&raw));
    }
    assert_eq!(world.server.asked(), before, "nothing is looked up for a sender that is not one");
}

#[tokio::test]
async fn t_m2_a_claim_that_the_second_reader_does_not_share_is_ambiguous() {
    let world = World::new("").await;
    let whole = signed("alice@bank.net", "bank.net");
    for (raw, claim) in [
        (whole.clone(), "agent@bank.net"),
        (replaced(&whole, "\r\nTo:", "\r\nFrom : agent@bank.net\r\nTo:"), "alice@bank.net"),
        (with_header("FROM: agent@bank.net", &whole), "alice@bank.net"),
    ] {
        let found = world.checker().check(&raw, SenderClaim::Address(claim), None).await;
        assert_eq!(found.verdict, Verdict::Ambiguous, "{claim} {}", String::from_utf8_lossy(&raw));
    }
}

#[tokio::test]
async fn t_m1_a_signature_counts_only_when_it_is_whole_strong_and_in_force() {
    let world = World::new("weak._domainkey.bank.net TXT v=DKIM1; k=rsa; p=WEAK\n".replace("WEAK", WEAK_KEY).as_str()).await;
    let (alice, stranger) = ("alice@bank.net", from(STRANGER, "x@stranger.net"));
    let whole = signed(alice, "bank.net");
    for (title, raw) in [
        ("a length that leaves the rest open", replaced(&whole, "c=relaxed/relaxed;", "c=relaxed/relaxed; l=5;")),
        ("expired", replaced(&whole, "c=relaxed/relaxed;", "c=relaxed/relaxed; x=1000000000;")),
        ("SHA-1", replaced(&whole, "rsa-sha256", "rsa-sha1")),
        ("no sender among the signed fields", replaced(&replaced(&whole, "From", "X-From"), ":From", ":X-From")),
        ("another version", replaced(&whole, "v=1;", "v=2;")),
        ("a key of 512 bits", WEAK_MAIL.replace('\n', "\r\n").into_bytes()),
        ("not base64", replaced(&whole, "bh=", "bh=!!!")),
        ("another identity", replaced(&whole, "c=relaxed/relaxed;", "c=relaxed/relaxed; i=@stranger.net;")),
    ] {
        let found = world.check(&raw, Some(&stranger)).await;
        assert_eq!(found.verdict, Verdict::Fail, "{title}: {found:?}");
        assert_ne!(found.dkim, "pass", "{title}");
    }
    // What is added after the signature is not covered by it.
    let longer = [whole.as_slice(), b"Pay 100 to me.\r\n"].concat();
    assert_eq!(world.check(&longer, Some(&stranger)).await.verdict, Verdict::Fail);
}

#[tokio::test]
async fn t_m1_many_signatures_of_strangers_do_not_hide_the_one_that_counts() {
    let world = World::new("").await;
    let mut raw = signed("alice@bank.net", "bank.net");
    let of_stranger =
        |n: usize| format!("DKIM-Signature: v=1; a=rsa-sha256; d={n}.silent.net; s=s; c=relaxed/relaxed; h=From; bh=AAAA; b=AAAA");
    for n in 0..200 {
        raw = with_header(&of_stranger(n), &raw);
    }
    let before = world.server.asked();
    let found = world.check(&raw, Some(&from(STRANGER, "x@stranger.net"))).await;
    assert_eq!((found.verdict, found.dkim.as_str()), (Verdict::Pass, "pass"));
    assert!(world.server.asked() - before < 12, "only what could count is asked for");
    // Even where the names look related, the domain's own comes first.
    let mut raw = signed("alice@bank.net", "bank.net");
    for n in 0..50 {
        raw = with_header(&of_stranger(n).replace("silent.net", "bank.net"), &raw);
    }
    assert_eq!(world.check(&raw, None).await.verdict, Verdict::Pass);
}

#[tokio::test]
async fn t_m1_spf_keeps_its_limits() {
    let includes: String = (0..12).map(|n| format!("i{n}.deep.net TXT v=spf1 include:i{}.deep.net ?all\n", n + 1)).collect();
    let zone = format!(
        "{includes}deep.net TXT v=spf1 include:i0.deep.net ip4:198.51.100.9 -all
loop.net TXT v=spf1 include:loop.net ip4:198.51.100.9 -all
void.net TXT v=spf1 a:v1.void.net a:v2.void.net a:v3.void.net ip4:198.51.100.9 -all
twovoid.net TXT v=spf1 a:v1.void.net a:v2.void.net ip4:198.51.100.9 -all
ten.net TXT v=spf1 a:a.ten.net mx:ten.net exists:%{{ir}}.ok.ten.net ip4:198.51.100.9 -all
a.ten.net A 192.0.2.99
ten.net MX a.ten.net
everybody.net TXT v=spf1 +all
redirected.net TXT v=spf1 redirect=everybody.net
"
    );
    let world = World::new(&zone).await;
    for (domain, spf, verdict) in [
        ("deep.net", "permerror", Verdict::None),
        ("loop.net", "permerror", Verdict::None),
        ("void.net", "permerror", Verdict::None),
        ("twovoid.net", "pass", Verdict::Pass),
        ("ten.net", "pass", Verdict::Pass),
        ("everybody.net", "pass", Verdict::Pass),
        ("redirected.net", "pass", Verdict::Pass),
    ] {
        let address = format!("a@{domain}");
        let found = world.check(&mail(&address), Some(&from(STRANGER, &address))).await;
        assert_eq!((found.spf.as_str(), found.verdict), (spf, verdict), "{domain}");
    }
}

#[tokio::test]
async fn a_message_in_a_file_with_bare_line_feeds_is_verified_as_it_was_sent() {
    let world = World::new("").await;
    let text = String::from_utf8(signed("alice@bank.net", "bank.net")).unwrap().replace("\r\n", "\n");
    for before in ["", "From alice@bank.net Sun Nov 22 03:00:00 2026\n", "\n\n", "\u{feff}"] {
        let found = world.check(format!("{before}{text}").as_bytes(), None).await;
        assert_eq!((found.verdict, found.dkim.as_str()), (Verdict::Pass, "pass"), "{before:?}");
    }
}

#[tokio::test]
async fn any_bytes_are_answered() {
    let world = World::new("").await;
    let whole = signed("alice@bank.net", "bank.net");
    let checker = world.checker();
    for length in 0..whole.len() {
        let found = checker.check(&whole[..length], SenderClaim::Address("alice@bank.net"), None).await;
        // Blank lines at the end are no part of what is signed.
        assert!(found.verdict != Verdict::Pass || length + 2 >= whole.len(), "{length}");
    }
    for raw in
        [&b"\0"[..], b"From:", b"From: a@bank.net", b"\r\n\r\n", b"From: a@bank.net\r\nDKIM-Signature: ;;;=;b=;\r\n\r\n", &[0xff; 4_000]]
    {
        checker.check(raw, SenderClaim::Address("a@bank.net"), Some(&from(BANK, "@"))).await;
    }
}

// A key of 512 bits cannot be made here any more: both were made by another program.
const WEAK_KEY: &str =
    "MFwwDQYJKoZIhvcNAQEBBQADSwAwSAJBAKza8oxVAPZkAK2AQfEqCkCyf7l+yuw0H3ZDXviLFUefc9h319pvoHqOm2QzX8Ft/LH1gX+B+axn7qrWz+ekAyECAwEAAQ==";
const WEAK_MAIL: &str = "\
DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; d=bank.net; s=weak; h=From:To:Subject; bh=TdCAAUHPKBwBu/fuKZxaCwwHgLEugZV2V1F8xBkLXkc=; b=eqswk8jrp5aTTEBNEcZj8QIVlIcoqdXBfkTNzUL6mZEDW5mne0gjfePwOHKYjitwLZGv3IKiwJ1SzpFyDfWR/A==\n\
From: alice@bank.net\n\
To: help@desk.test\n\
Subject: Weak\n\
\n\
It burns.\n\
";
