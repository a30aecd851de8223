//! Name servers that do not answer, or answer badly.

use super::*;

#[tokio::test]
async fn an_error_of_a_name_server_is_no_proof_of_anything() {
    let world = World::new("_dmarc.half.net TXT v=DMARC1; p=reject\nhalf.net TXT v=spf1 include:failing.net -all\n").await;
    for domain in ["failing.net", "refusing.net"] {
        let address = format!("a@{domain}");
        let found = world.check(&signed(&address, domain), Some(&from(STRANGER, &address))).await;
        let words = (found.verdict, found.spf.as_str(), found.dkim.as_str(), found.dmarc.as_str());
        assert_eq!(words, (Verdict::None, "temperror", "temperror", "temperror"), "{domain}");
    }
    // A part of the record that nobody can read leaves open whether it would have passed.
    let found = world.check(&mail("a@half.net"), Some(&from(STRANGER, "a@half.net"))).await;
    assert_eq!((found.verdict, found.spf.as_str(), found.dmarc.as_str()), (Verdict::None, "temperror", "temperror"));
}

#[tokio::test]
async fn t_m1_a_stranger_s_broken_name_server_does_not_lift_the_policy_of_another_domain() {
    let world = World::new("").await;
    let raw = sign(&signed("alice@bank.net", "failing.net"), "silent.net");
    let each = ["x@failing.net", "x@refusing.net", "x@silent.net"].map(|envelope| {
        let (world, raw) = (&world, &raw);
        async move { (envelope, world.check(raw, Some(&from(STRANGER, envelope))).await) }
    });
    for (envelope, found) in futures_util::future::join_all(each).await {
        assert_eq!((found.verdict, found.dmarc.as_str()), (Verdict::Fail, "fail"), "{envelope}: {found:?}");
    }
}

#[tokio::test]
async fn a_domain_without_records_is_told_from_one_that_does_not_answer() {
    let world = World::new("").await;
    let found = world.check(&mail("a@nowhere.net"), Some(&from(STRANGER, "a@nowhere.net"))).await;
    assert_eq!((found.verdict, found.spf.as_str(), found.dmarc.as_str(), found.policy.as_str()), (Verdict::None, "none", "none", ""));
}

#[tokio::test]
async fn an_answer_too_long_for_udp_is_fetched_by_tcp_and_aliases_are_followed() {
    let zone = "
large.net TXT v=spf1 ip4:192.0.2.7 -all
_dmarc.large.net TXT v=DMARC1; p=reject
s._domainkey.large.net TXT KEY
_dmarc.alias.net TXT v=DMARC1; p=reject
s._domainkey.alias.net CNAME s._domainkey.bank.net
";
    let world = World::new(zone).await;
    let found = world.check(&signed("a@large.net", "large.net"), Some(&from(BANK, "a@large.net"))).await;
    assert_eq!((found.verdict, found.spf.as_str(), found.dkim.as_str(), found.dmarc.as_str()), (Verdict::Pass, "pass", "pass", "pass"));
    let found = world.check(&signed("a@alias.net", "alias.net"), None).await;
    assert_eq!((found.verdict, found.dkim.as_str()), (Verdict::Pass, "pass"));
}

#[tokio::test]
async fn noise_instead_of_an_answer_is_no_answer() {
    let world = World::new("").await;
    let found = world.check(&signed("a@garbage.net", "garbage.net"), Some(&from(STRANGER, "a@garbage.net"))).await;
    assert_eq!((found.verdict, found.dmarc.as_str()), (Verdict::None, "temperror"), "{found:?}");
}

#[tokio::test]
async fn a_name_server_that_is_silent_is_left_alone_after_a_few_questions() {
    let world = World::new("dead TXT dead\n").await;
    let checker = world.checker();
    let first = (0..3).map(|n| {
        let (checker, address) = (checker.clone(), format!("a@n{n}.net"));
        async move { checker.check(&mail(&address), SenderClaim::Address(&address), None).await }
    });
    for found in futures_util::future::join_all(first).await {
        assert_eq!((found.verdict, found.dmarc.as_str()), (Verdict::None, "temperror"));
    }
    let before = world.server.asked();
    for n in 3..100 {
        let address = format!("a@n{n}.net");
        let found = checker.check(&mail(&address), SenderClaim::Address(&address), Some(&from(STRANGER, &address))).await;
        assert_eq!((found.verdict, found.dmarc.as_str(), found.spf.as_str()), (Verdict::None, "temperror", "temperror"));
    }
    assert_eq!(world.server.asked(), before, "nothing is asked while the server is left alone");
}

#[tokio::test]
async fn silent_domains_of_strangers_do_not_stop_the_checks_of_others() {
    let world = World::new("").await;
    let checker = world.checker();
    let slow = (0..4).map(|n| {
        let (checker, address) = (checker.clone(), format!("a@n{n}.silent.net"));
        async move { checker.check(&mail(&address), SenderClaim::Address(&address), None).await }
    });
    for found in futures_util::future::join_all(slow).await {
        assert_eq!((found.verdict, found.dmarc.as_str()), (Verdict::None, "temperror"));
    }
    let found =
        checker.check(&mail("alice@bank.net"), SenderClaim::Address("alice@bank.net"), Some(&from(STRANGER, "x@stranger.net"))).await;
    assert_eq!(found.verdict, Verdict::Fail);
    // The same silent name is not waited for a second time.
    let before = world.server.asked();
    let found = checker.check(&mail("a@n1.silent.net"), SenderClaim::Address("a@n1.silent.net"), None).await;
    assert_eq!((found.dmarc.as_str(), world.server.asked()), ("temperror", before));
}

#[tokio::test]
async fn answers_are_kept() {
    let world = World::new("").await;
    let (checker, raw) = (world.checker(), signed("alice@bank.net", "bank.net"));
    let (claim, connection) = (SenderClaim::Address("alice@bank.net"), from(BANK, "alice@bank.net"));
    let first = checker.check(&raw, claim, Some(&connection)).await;
    let before = world.server.asked();
    for _ in 0..20 {
        assert_eq!(checker.check(&raw, claim, Some(&connection)).await, first);
    }
    // What does not exist is kept only when the server says for how long; this one does not.
    assert!(world.server.asked() - before <= 20 * 3, "{}", world.server.asked() - before);
}

#[tokio::test]
async fn t_m1_a_stranger_s_record_cannot_spoil_the_kept_key_of_another_domain() {
    let world = World::new("spoil.net TXT v=spf1 include:s._domainkey.bank.net include:_dmarc.bank.net -all\n").await;
    let checker = world.checker();
    let found = checker.check(&mail("x@spoil.net"), SenderClaim::Address("x@spoil.net"), Some(&from(STRANGER, "x@spoil.net"))).await;
    assert_eq!(found.spf, "permerror");
    let found = checker.check(&signed("alice@bank.net", "bank.net"), SenderClaim::Address("alice@bank.net"), None).await;
    assert_eq!((found.verdict, found.dkim.as_str(), found.policy.as_str()), (Verdict::Pass, "pass", "reject"));
}

#[tokio::test]
async fn without_a_name_server_nothing_is_claimed() {
    let mut world = World::new("").await;
    world.settings.resolver = ResolverChoice::Off;
    let found = world.check(&signed("alice@bank.net", "bank.net"), Some(&from(BANK, "alice@bank.net"))).await;
    let words = (found.verdict, found.spf.as_str(), found.dkim.as_str(), found.dmarc.as_str(), found.domain.as_str());
    assert_eq!(words, (Verdict::None, "", "", "", "bank.net"));
    assert_eq!(world.server.asked(), 0);
}

#[tokio::test]
async fn reserved_names_ask_nobody_on_the_machine_s_own_name_servers() {
    // Whatever this machine is set up with: the answer comes without it.
    let checker = Checker::new(CheckSettings { resolver: ResolverChoice::System, ..CheckSettings::default() });
    for domain in ["example.com", "desk.test", "a.example", "printer.invalid", "box.localhost"] {
        let address = format!("a@{domain}");
        let found = checker.check(&signed(&address, domain), SenderClaim::Address(&address), Some(&from(STRANGER, &address))).await;
        assert_eq!((found.verdict, found.dkim.as_str(), found.dmarc.as_str()), (Verdict::None, "", ""), "{domain}");
    }
}

#[tokio::test]
async fn the_records_of_a_name_can_be_looked_at() {
    let world = World::new("two.net TXT one\ntwo.net TXT two\n").await;
    let checker = world.checker();
    let dns = checker.dns();
    let DnsText::Found(mut texts) = dns.text("two.net").await else { panic!() };
    texts.sort();
    assert_eq!(texts, ["one", "two"]);
    let DnsText::Found(key) = dns.text("s._domainkey.bank.net").await else { panic!() };
    assert!(rsa().is_published_by(&key[0]));
    assert_eq!(dns.text("nowhere.net").await, DnsText::Absent);
    assert!(matches!(dns.text("failing.net").await, DnsText::Unknown(_)));
}
