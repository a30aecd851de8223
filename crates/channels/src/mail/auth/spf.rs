//! SPF (RFC 7208). The library counts the questions; names that lead nowhere are counted here.

use std::borrow::Borrow;
use std::hash::Hash;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

use mail_auth::spf::verify::SpfParameters;
use mail_auth::{DnsError, DnssecStatus, Error, MX, MessageAuthenticator, Parameters, RecordSet, ResolverCache, SpfOutput, SpfResult, Txt};

use super::Connection;
use super::received::Client;

/// Names without records that a domain may send us to (RFC 7208, 4.6.4).
const VOID_MAX: u32 = 2;

/// The domain whose record is asked for: that of the envelope sender, for reports that of the greeting.
pub(super) fn domain<'a>(client: &'a Client, connection: &'a Connection) -> &'a str {
    connection.mail_from.rsplit_once('@').map_or(client.helo.as_str(), |(_, domain)| domain)
}

/// Whether the client may send for the domain.
pub(super) async fn check(resolver: &MessageAuthenticator, client: &Client, connection: &Connection, host: &str) -> SpfOutput {
    let sender = &connection.mail_from;
    let asked = if sender.contains('@') {
        SpfParameters::verify_mail_from(client.ip, &client.helo, host, sender)
    } else {
        SpfParameters::verify_ehlo(client.ip, &client.helo, host)
    };
    let voids = Voids::default();
    let parameters = Parameters::new(asked).with_txt_cache(&voids).with_mx_cache(&voids).with_ipv4_cache(&voids).with_ipv6_cache(&voids);
    let output = resolver.verify_spf(parameters).await;
    if voids.exceeded() && output.result() != SpfResult::TempError { output.with_result(SpfResult::PermError) } else { output }
}

/// Sits where the library looks for kept answers: it keeps none, and learns which questions stayed without one.
#[derive(Default)]
struct Voids(Mutex<Count>);

#[derive(Default)]
struct Count {
    asked: u32,
    void: u32,
    open: Option<Question>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Question {
    Text,
    Mx,
    Ipv4,
    Ipv6,
}

impl Voids {
    /// Notes a question; true when too many before it led nowhere.
    fn ask(&self, question: Question) -> bool {
        let mut count = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let exists = count.settle(question);
        count.asked += 1;
        // The domain's own record is not one that it sends us to.
        count.open = (count.asked > 1 && !exists).then_some(question);
        count.void > VOID_MAX
    }

    fn answered(&self) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).open = None;
    }

    fn exceeded(&self) -> bool {
        let mut count = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let _ = count.settle(Question::Text);
        count.void > VOID_MAX
    }
}

impl Count {
    /// True when this is the second half of an `exists`, which looks for both kinds of address and does not tell what it found.
    fn settle(&mut self, next: Question) -> bool {
        let exists = self.open == Some(Question::Ipv4) && next == Question::Ipv6;
        if self.open.take().is_some() && !exists {
            self.void += 1;
        }
        exists
    }
}

impl ResolverCache<Box<str>, Txt> for Voids {
    fn get<Q>(&self, _: &Q) -> Option<Txt>
    where
        Box<str>: Borrow<Q>,
        Q: Hash + Eq + ?Sized,
    {
        self.ask(Question::Text).then_some(Txt::Error(Error::Dns(DnsError::InvalidRecordType)))
    }
    fn remove<Q>(&self, _: &Q) -> Option<Txt>
    where
        Box<str>: Borrow<Q>,
        Q: Hash + Eq + ?Sized,
    {
        None
    }
    fn insert(&self, _: Box<str>, _: Txt, _: Instant) {
        self.answered();
    }
}

macro_rules! addresses {
    ($record:ty, $question:ident) => {
        impl ResolverCache<Box<str>, RecordSet<$record>> for Voids {
            fn get<Q>(&self, _: &Q) -> Option<RecordSet<$record>>
            where
                Box<str>: Borrow<Q>,
                Q: Hash + Eq + ?Sized,
            {
                self.ask(Question::$question).then(|| RecordSet { rrset: Arc::from([]), dnssec_status: DnssecStatus::Indeterminate })
            }
            fn remove<Q>(&self, _: &Q) -> Option<RecordSet<$record>>
            where
                Box<str>: Borrow<Q>,
                Q: Hash + Eq + ?Sized,
            {
                None
            }
            fn insert(&self, _: Box<str>, _: RecordSet<$record>, _: Instant) {
                self.answered();
            }
        }
    };
}
addresses!(MX, Mx);
addresses!(Ipv4Addr, Ipv4);
addresses!(Ipv6Addr, Ipv6);

/// Whether an address means something outside its own network: inside a company's, no SPF record speaks of it.
pub(super) fn is_public(ip: IpAddr) -> bool {
    match ip.to_canonical() {
        IpAddr::V4(ip) => {
            let [first, second, ..] = ip.octets();
            let shared = first == 100 && (64..128).contains(&second);
            !(ip.is_private() || ip.is_loopback() || ip.is_link_local() || ip.is_unspecified() || shared)
        }
        IpAddr::V6(ip) => !(ip.is_unique_local() || ip.is_loopback() || ip.is_unicast_link_local() || ip.is_unspecified()),
    }
}
