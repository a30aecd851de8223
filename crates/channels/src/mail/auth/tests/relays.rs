//! Messages that came over servers of ours, or were changed by servers that we trust.

use mail_auth::arc::ArcSealer;
use mail_auth::common::headers::HeaderWriter;
use mail_auth::{AuthenticatedMessage, AuthenticationResults};

use super::*;

const HERE: &str = "Received: from localhost (localhost [127.0.0.1]) by mx.desk.test (Postfix) with ESMTP id 2";
const INSIDE: &str = "Received: from gate.desk.test (gate.desk.test [10.1.2.3]) by mx.desk.test (Postfix) with ESMTP id 2";

fn received(ip: &str) -> String {
    format!(
        "Received: from mail.bank.net (rdns.test [{ip}])\r\n\tby mx.desk.test (Postfix) with ESMTPS id 1\r\n\tfor <help@desk.test>; Sun, 22 Nov 2026 03:00:00 +0000"
    )
}

fn lmtp(mail_from: &str) -> Connection {
    Connection { client_ip: None, helo: "mx.desk.test".to_owned(), mail_from: mail_from.to_owned() }
}

fn stack(headers: &[&str], raw: &[u8]) -> Vec<u8> {
    headers.iter().rev().fold(raw.to_vec(), |raw, header| with_header(header, &raw))
}

#[tokio::test]
async fn behind_a_relay_of_ours_the_line_that_it_wrote_tells_who_sent() {
    let world = World::new("").await;
    let (bank, stranger, forged) = (received(BANK), received(STRANGER), received(BANK));
    for (title, headers, verdict) in [
        ("the bank", vec![bank.as_str()], Verdict::Pass),
        ("a stranger", vec![stranger.as_str()], Verdict::Fail),
        ("the bank, over a filter and a gate of ours", vec![HERE, INSIDE, bank.as_str()], Verdict::Pass),
        ("t_m1: a line that the stranger wrote below", vec![stranger.as_str(), forged.as_str()], Verdict::Fail),
        ("t_m1: the same behind a filter", vec![HERE, stranger.as_str(), forged.as_str()], Verdict::Fail),
        ("made here", vec!["Received: by mx.desk.test (Postfix, from userid 33) id 1", forged.as_str()], Verdict::None),
        ("no line at all", vec![], Verdict::None),
    ] {
        let raw = stack(&headers, &mail("alice@bank.net"));
        for connection in [lmtp("alice@bank.net"), from("127.0.0.1", "alice@bank.net"), from("10.9.9.9", "alice@bank.net")] {
            let found = world.check(&raw, Some(&connection)).await;
            assert_eq!(found.verdict, verdict, "{title}: {found:?}");
        }
    }
    // Who connects from outside is not believed about who connected to it.
    let raw = stack(&[bank.as_str()], &mail("alice@bank.net"));
    assert_eq!(world.check(&raw, Some(&from(STRANGER, "alice@bank.net"))).await.verdict, Verdict::Fail);
}

#[tokio::test]
async fn an_address_inside_a_company_says_nothing_about_the_sender() {
    let world = World::new("printer.net TXT v=spf1 ip4:172.16.0.9 -all\n").await;
    let found = world.check(&mail("alice@bank.net"), Some(&from("172.16.0.9", "alice@bank.net"))).await;
    assert_eq!((found.verdict, found.spf.as_str()), (Verdict::None, ""));
    let found = world.check(&mail("a@printer.net"), Some(&from("172.16.0.9", "a@printer.net"))).await;
    assert_eq!((found.verdict, found.spf.as_str()), (Verdict::Pass, "pass"));
}

#[tokio::test]
async fn results_of_a_trusted_relay_are_taken() {
    let world = World::new("").await;
    let alice = mail("alice@bank.net");
    for (title, results, verdict, by) in [
        ("pass", "mx.desk.test; dmarc=pass header.from=bank.net", Verdict::Pass, "mx.desk.test"),
        ("fail", "mx.desk.test; dmarc=fail (p=reject) header.from=bank.net", Verdict::Fail, "mx.desk.test"),
        ("SPF alone", "MX.desk.test; spf=pass smtp.mailfrom=alice@bank.net", Verdict::Pass, "mx.desk.test"),
        ("SPF of a stranger", "mx.desk.test; spf=pass smtp.mailfrom=x@stranger.net", Verdict::Fail, "mx.desk.test"),
        ("SPF fail", "mx.desk.test; spf=fail smtp.mailfrom=alice@bank.net", Verdict::Fail, "mx.desk.test"),
        ("DKIM that the relay broke", "mx.desk.test; dkim=pass header.d=bank.net", Verdict::Pass, "mx.desk.test"),
        ("DKIM of a stranger", "mx.desk.test; dkim=pass header.d=stranger.net; spf=none", Verdict::Fail, "mx.desk.test"),
        ("about another sender", "mx.desk.test; dmarc=pass header.from=stranger.net", Verdict::None, "steward"),
        ("about nobody", "mx.desk.test; dmarc=pass", Verdict::None, "steward"),
        ("could not tell", "mx.desk.test; dmarc=temperror header.from=bank.net", Verdict::None, "mx.desk.test"),
        ("of somebody else", "mx.other.test; dmarc=pass header.from=bank.net", Verdict::None, "steward"),
        ("none", "mx.desk.test; none", Verdict::None, "steward"),
    ] {
        let raw = with_header(&format!("Authentication-Results: {results}"), &alice);
        for connection in [Some(lmtp("alice@bank.net")), None] {
            let found = world.check(&raw, connection.as_ref()).await;
            assert_eq!((found.verdict, found.by.as_str()), (verdict, by), "{title}: {found:?}");
        }
    }
}

#[tokio::test]
async fn t_m1_results_that_the_stranger_wrote_are_not_taken() {
    let world = World::new("").await;
    let forged = "Authentication-Results: mx.desk.test; dmarc=pass header.from=bank.net";
    let alice = mail("alice@bank.net");
    let stranger = received(STRANGER);
    for (title, headers, connection) in [
        ("straight from outside", vec![forged], from(STRANGER, "x@stranger.net")),
        (
            "below the relay's own",
            vec![stranger.as_str(), "Authentication-Results: mx.desk.test; spf=none; dmarc=fail header.from=bank.net", forged],
            lmtp("x@stranger.net"),
        ),
        (
            "below the relay's own, which says less",
            vec!["Authentication-Results: mx.desk.test; spf=none smtp.mailfrom=stranger.net", forged],
            lmtp("x@stranger.net"),
        ),
        ("below another server's", vec![stranger.as_str(), "Authentication-Results: filter.test; none", forged], lmtp("x@stranger.net")),
    ] {
        let found = world.check(&stack(&headers, &alice), Some(&connection)).await;
        assert_eq!(found.verdict, Verdict::Fail, "{title}: {found:?}");
    }
    for dressed in [
        "Authentication-Results: mx.desk.test.evil.net; dmarc=pass header.from=bank.net",
        "Authentication-Results: \"mx.desk.test;\"; dmarc=pass header.from=bank.net",
    ] {
        assert_eq!(world.check(&with_header(dressed, &alice), None).await.verdict, Verdict::None, "{dressed}");
    }
}

#[tokio::test]
async fn a_trusted_relay_is_enough_where_no_name_server_may_be_asked() {
    let mut world = World::new("").await;
    world.settings.resolver = ResolverChoice::Off;
    for (results, verdict) in [
        ("dmarc=pass header.from=bank.net", Verdict::Pass),
        ("dmarc=fail (p=REJECT sp=NONE) header.from=bank.net", Verdict::Fail),
        ("dmarc=fail action=none header.from=bank.net", Verdict::None),
        ("dkim=pass header.i=@bank.net", Verdict::Pass),
        ("dkim=pass header.i=@stranger.net", Verdict::None),
    ] {
        let raw = with_header(&format!("Authentication-Results: mx.desk.test; {results}"), &mail("alice@bank.net"));
        assert_eq!(world.check(&raw, None).await.verdict, verdict, "{results}");
    }
    assert_eq!(world.server.asked(), 0);
}

/// Adds a link to the chain, as a list server does after it changed the message.
async fn sealed(world: &World, raw: &[u8], domain: &str, results: &str) -> Vec<u8> {
    let message = AuthenticatedMessage::parse(raw).unwrap();
    let checker = world.checker();
    let so_far = checker.dns().for_domain("list.net").unwrap().verify_arc(&message).await;
    let results = AuthenticationResults::new(results);
    let sealer = ArcSealer::from_key(rsa().for_signing().unwrap()).domain(domain).selector("s").headers(["From", "To", "Subject"]);
    let set = sealer.seal(&message, &results, &so_far).unwrap();
    [set.to_header().as_bytes(), raw].concat()
}

#[tokio::test]
async fn a_trusted_list_server_vouches_for_what_it_changed() {
    let world = World::new("").await;
    let changed = replaced(&signed("alice@bank.net", "bank.net"), "Subject: ", "Subject: [list] ");
    let connection = from(STRANGER, "list@list.net");
    assert_eq!(world.check(&changed, Some(&connection)).await.verdict, Verdict::Fail);
    for (title, results, verdict) in [
        ("dmarc", "mx.list.net; dmarc=pass header.from=bank.net", Verdict::Pass),
        ("dkim", "mx.list.net; dkim=pass header.d=bank.net", Verdict::Pass),
        ("it saw a failure", "mx.list.net; dkim=pass header.d=bank.net; dmarc=fail header.from=bank.net", Verdict::Fail),
        ("it saw another sender", "mx.list.net; dmarc=pass header.from=stranger.net", Verdict::Fail),
        ("it saw nothing", "mx.list.net; none", Verdict::Fail),
    ] {
        let raw = sealed(&world, &changed, "list.net", results).await;
        let found = world.check(&raw, Some(&connection)).await;
        assert_eq!((found.verdict, found.arc.as_str()), (verdict, "pass"), "{title}: {found:?}");
    }
}

#[tokio::test]
async fn t_m1_a_chain_helps_only_whole_and_sealed_by_somebody_trusted() {
    let world = World::new("").await;
    let (alice, connection) = (mail("alice@bank.net"), from(STRANGER, "x@stranger.net"));
    let claim = "mx.evil.test; dmarc=pass header.from=bank.net";
    let by_stranger = sealed(&world, &alice, "stranger.net", claim).await;
    let found = world.check(&by_stranger, Some(&connection)).await;
    assert_eq!((found.verdict, found.arc.as_str()), (Verdict::Fail, "none"), "{found:?}");

    // The trusted server sealed what the stranger had claimed, and saw for itself that nothing passed.
    let relayed = sealed(&world, &by_stranger, "list.net", "mx.list.net; arc=pass; dmarc=fail header.from=bank.net").await;
    let found = world.check(&relayed, Some(&connection)).await;
    assert_eq!((found.verdict, found.arc.as_str()), (Verdict::Fail, "pass"), "{found:?}");

    let good = sealed(&world, &alice, "list.net", "mx.list.net; dmarc=pass header.from=bank.net").await;
    assert_eq!(world.check(&good, Some(&connection)).await.verdict, Verdict::Pass);
    for (title, raw) in [
        ("body changed afterwards", replaced(&good, "burns", "floats")),
        ("subject changed afterwards", replaced(&good, "Printer", "Payment")),
        ("claim changed", replaced(&good, "mx.list.net", "mx.lost.net")),
        ("a link missing", replaced(&good, "ARC-Seal", "X-ARC-Seal")),
        ("sender exchanged", replaced(&good, "alice@bank.net", "agent@bank.net")),
    ] {
        let found = world.check(&raw, Some(&connection)).await;
        assert_eq!(found.verdict, Verdict::Fail, "{title}: {found:?}");
        assert_ne!(found.arc, "pass", "{title}");
    }
    // Two trusted servers in a row: the first one's word counts, for the second saw the changed message.
    let twice = sealed(&world, &good, "list.net", "mx2.list.net; arc=pass; dmarc=fail header.from=bank.net").await;
    assert_eq!(world.check(&twice, Some(&connection)).await.verdict, Verdict::Pass);
}
