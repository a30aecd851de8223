//! The checks against a name server of our own on loopback.

mod names;
mod relays;
mod server;
mod signing;
mod verdicts;

use std::net::IpAddr;
use std::sync::LazyLock;

use desk::conversation::{Authentication, Verdict};
use kernel::Network;

use super::*;
use server::Server;

/// Keys are costly to make: one of each for all tests.
static RSA: LazyLock<String> = LazyLock::new(|| PrivateKey::generate(KeyKind::Rsa2048).unwrap().to_pem());
static ED25519: LazyLock<String> = LazyLock::new(|| PrivateKey::generate(KeyKind::Ed25519).unwrap().to_pem());

fn rsa() -> PrivateKey {
    PrivateKey::from_pem(RSA.as_bytes()).unwrap()
}

fn ed25519() -> PrivateKey {
    PrivateKey::from_pem(ED25519.as_bytes()).unwrap()
}

/// Where the bank's mail comes from, and where a stranger's does.
const BANK: &str = "192.0.2.7";
const STRANGER: &str = "198.51.100.9";

/// Records of several domains; `KEY` stands for the RSA key.
const ZONE: &str = "
bank.net TXT v=spf1 ip4:192.0.2.7 ip6:2001:db8::7 -all
_dmarc.bank.net TXT v=DMARC1; p=reject
s._domainkey.bank.net TXT KEY
s._domainkey.mail.bank.net TXT KEY
mail.bank.net TXT v=spf1 ip4:192.0.2.7 -all
_dmarc.shop.net TXT v=DMARC1; p=quarantine; sp=none
shop.net TXT v=spf1 ip4:192.0.2.7 ~all
s._domainkey.shop.net TXT KEY
_dmarc.soft.net TXT v=DMARC1; p=none; sp=reject; rua=mailto:a@soft.net
soft.net TXT v=spf1 ip4:192.0.2.7 ?all
sub.soft.net A 192.0.2.1
s._domainkey.soft.net TXT KEY
_dmarc.strict.net TXT v=DMARC1; p=reject; adkim=s; aspf=s
s._domainkey.strict.net TXT KEY
s._domainkey.mail.strict.net TXT KEY
mail.strict.net TXT v=spf1 ip4:192.0.2.7 -all
_dmarc.testing.net TXT v=DMARC1; p=quarantine; t=y
quiet.net TXT v=spf1 ip4:192.0.2.7 -all
s._domainkey.quiet.net TXT KEY
s._domainkey.mail.quiet.net TXT KEY
mail.quiet.net TXT v=spf1 ip4:192.0.2.7 -all
stranger.net TXT v=spf1 ip4:198.51.100.9 -all
s._domainkey.stranger.net TXT KEY
host.stranger.net TXT v=spf1 ip4:198.51.100.9 -all
list.net TXT v=spf1 ip4:198.51.100.9 -all
s._domainkey.list.net TXT KEY
s._domainkey.other.net TXT KEY
revoked._domainkey.bank.net TXT v=DKIM1; p=
";

struct World {
    server: Server,
    settings: CheckSettings,
}

impl World {
    async fn new(more: &str) -> Self {
        let zone = format!("{ZONE}{more}").replace("KEY", &rsa().record());
        let server = Server::start(&zone).await;
        let settings = CheckSettings {
            resolver: ResolverChoice::Address(server.address),
            host_name: "desk.test".to_owned(),
            trusted_relays: vec![Network::parse("10.0.0.0/8").unwrap()],
            trusted_authserv_ids: vec!["mx.desk.test".to_owned()],
            trusted_sealers: vec!["list.net".to_owned()],
        };
        Self { server, settings }
    }

    fn checker(&self) -> Checker {
        Checker::new(self.settings.clone())
    }

    /// Checks as the intake does: the claim comes from our own reading of the message.
    async fn check(&self, raw: &[u8], connection: Option<&Connection>) -> Authentication {
        let mail = crate::mail::parse(raw);
        self.checker().check(raw, SenderClaim::of(&mail), connection).await
    }
}

/// A conversation with a server at an address.
fn from(ip: &str, mail_from: &str) -> Connection {
    let helo = if ip == STRANGER { "host.stranger.net" } else { "mail.bank.net" };
    Connection { client_ip: Some(ip.parse::<IpAddr>().unwrap()), helo: helo.to_owned(), mail_from: mail_from.to_owned() }
}

/// A plain message.
fn mail(sender: &str) -> Vec<u8> {
    format!(
        "From: {sender}\r\nTo: help@desk.test\r\nSubject: Printer  on fire\r\nDate: Sun, 22 Nov 2026 03:00:00 +0000\r\nMessage-ID: <1@x>\r\n\r\nIt burns.\r\n"
    )
    .into_bytes()
}

/// The same, signed by the RSA key for a domain.
fn signed(sender: &str, domain: &str) -> Vec<u8> {
    sign(&mail(sender), domain)
}

fn sign(raw: &[u8], domain: &str) -> Vec<u8> {
    Signer::new(domain, vec![("s".to_owned(), rsa())]).unwrap().sign(domain, raw).unwrap()
}

fn with_header(header: &str, raw: &[u8]) -> Vec<u8> {
    [header.as_bytes(), b"\r\n", raw].concat()
}

fn replaced(raw: &[u8], what: &str, with: &str) -> Vec<u8> {
    let text = String::from_utf8(raw.to_vec()).unwrap();
    assert!(text.contains(what), "{what} in {text}");
    text.replacen(what, with, 1).into_bytes()
}
