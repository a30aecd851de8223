//! Questions to DNS. Answers are kept by the resolver library, by name and type, in bounded number and for a bounded time: one kept by name
//! alone would let an SPF record that includes another domain's key name spoil that key for others.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use mail_auth::MessageAuthenticator;
use mail_auth::hickory_resolver::TokioResolver;
use mail_auth::hickory_resolver::config::{ConnectionConfig, NameServerConfig, ProtocolConfig, ResolveHosts, ResolverConfig, ResolverOpts};
use mail_auth::hickory_resolver::net::runtime::TokioRuntimeProvider;
use mail_auth::hickory_resolver::net::{DnsError, NetError};
use mail_auth::hickory_resolver::proto::rr::{RData, RecordType};
use mail_auth::hickory_resolver::system_conf::read_system_conf;
use tokio::time::{Instant, timeout};

use super::ResolverChoice;
use super::breaker::{Breaker, SLOW};

/// One try of one question; there are two.
const TRY: Duration = Duration::from_millis(1_000);
/// A server that lives knows the root.
const PROBE: Duration = Duration::from_millis(800);
/// Answers kept.
const ANSWERS_MAX: u64 = 1_024;
const KEEP_MIN: Duration = Duration::from_secs(5);
const KEEP_MAX: Duration = Duration::from_secs(3_600);
const KEEP_ABSENT_MAX: Duration = Duration::from_secs(300);

/// Where DNS records come from.
#[derive(Clone)]
pub struct Dns {
    asked: Option<Asked>,
    /// Whoever sets a server by hand may serve the reserved names on it.
    reserved_too: bool,
    breaker: Arc<Mutex<Breaker>>,
}

#[derive(Clone)]
struct Asked {
    resolver: MessageAuthenticator,
    probe: TokioResolver,
}

/// What became of a question for a text record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DnsText {
    /// These records, each in one piece.
    Found(Vec<String>),
    /// There is none.
    Absent,
    /// Nobody could say, and why.
    Unknown(String),
}

impl Dns {
    /// For a choice. A machine without a usable resolver configuration asks nobody.
    #[must_use]
    pub fn new(choice: ResolverChoice) -> Self {
        let config = match choice {
            ResolverChoice::Off => None,
            ResolverChoice::Address(address) => Some((at(address), ResolverOpts::default())),
            ResolverChoice::System => read_system_conf()
                .inspect_err(|error| tracing::warn!(%error, "no name server is known: senders of mail cannot be verified"))
                .ok(),
        };
        let asked = config.and_then(|(config, options)| {
            Asked::new(&config, &options)
                .inspect_err(|error| tracing::warn!(%error, "the name server cannot be used: senders of mail cannot be verified"))
                .ok()
        });
        Self { asked, reserved_too: matches!(choice, ResolverChoice::Address(_)), breaker: Arc::default() }
    }

    /// Whether anybody is asked at all.
    #[must_use]
    pub fn is_off(&self) -> bool {
        self.asked.is_none()
    }

    /// The text records of a name.
    pub async fn text(&self, name: &str) -> DnsText {
        let Some(asked) = &self.asked else { return DnsText::Unknown("dns_resolver is off".to_owned()) };
        let fqdn = format!("{}.", name.trim_end_matches('.'));
        match asked.resolver.resolver().lookup(fqdn, RecordType::TXT).await {
            Ok(found) => {
                let texts = found.answers().iter().filter_map(|record| match &record.data {
                    RData::TXT(text) => Some(text.txt_data.iter().map(|piece| String::from_utf8_lossy(piece)).collect::<String>()),
                    _ => None,
                });
                DnsText::Found(texts.collect())
            }
            Err(NetError::Dns(DnsError::NoRecordsFound(_))) => DnsText::Absent,
            Err(error) => DnsText::Unknown(error.to_string()),
        }
    }

    /// The library's resolver, when this domain is one to ask about now: not a name that the public DNS does not know (RFC 6761), not one
    /// that was slow just now.
    pub(super) fn for_domain(&self, domain: &str) -> Option<&MessageAuthenticator> {
        let asked = self.asked.as_ref()?;
        let allowed = self.breaker.lock().unwrap_or_else(PoisonError::into_inner).allows(domain, Instant::now());
        (allowed && self.knows(domain)).then_some(&asked.resolver)
    }

    /// Whether a name is of the kind that DNS knows: no name for tests, unless the name server was set by hand.
    #[must_use]
    pub fn knows(&self, domain: &str) -> bool {
        is_domain(domain) && (self.reserved_too || !is_reserved(domain))
    }

    /// Notes how long a question took that nobody answered.
    pub(super) async fn unanswered(&self, domain: &str, took: Duration) {
        if took < SLOW {
            return;
        }
        let Some(asked) = &self.asked else { return };
        let due = self.breaker.lock().unwrap_or_else(PoisonError::into_inner).slow(domain, Instant::now());
        if !due {
            return;
        }
        let answered = match timeout(PROBE, asked.probe.lookup(".", RecordType::NS)).await {
            Err(_) | Ok(Err(NetError::Timeout | NetError::NoConnections | NetError::Io(_))) => false,
            Ok(_) => true,
        };
        if self.breaker.lock().unwrap_or_else(PoisonError::into_inner).tried(answered, Instant::now()) {
            tracing::warn!("the name server does not answer: for 30 seconds senders of mail stay unverified");
        }
    }
}

impl Asked {
    fn new(config: &ResolverConfig, options: &ResolverOpts) -> Result<Self, NetError> {
        let mut options = options.clone();
        options.timeout = TRY;
        options.attempts = 1;
        options.cache_size = ANSWERS_MAX;
        options.use_hosts_file = ResolveHosts::Never;
        options.positive_min_ttl = Some(KEEP_MIN);
        options.negative_min_ttl = Some(KEEP_MIN);
        options.positive_max_ttl = Some(KEEP_MAX);
        options.negative_max_ttl = Some(KEEP_ABSENT_MAX);
        let resolver = MessageAuthenticator::new(config.clone(), options.clone())?;
        options.cache_size = 0;
        options.attempts = 0;
        let probe = TokioResolver::builder_with_config(config.clone(), TokioRuntimeProvider::default()).with_options(options).build()?;
        Ok(Self { resolver, probe })
    }
}

fn at(address: SocketAddr) -> ResolverConfig {
    let connections = [ProtocolConfig::Udp, ProtocolConfig::Tcp].map(|protocol| {
        let mut connection = ConnectionConfig::new(protocol);
        connection.port = address.port();
        connection
    });
    ResolverConfig::from_name_servers(vec![NameServerConfig::new(address.ip(), true, connections.to_vec())])
}

fn is_domain(domain: &str) -> bool {
    let label = |label: &str| {
        !label.is_empty() && label.len() <= 63 && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
    };
    domain.len() <= 253 && domain.contains('.') && domain.split('.').all(label)
}

/// Names that stand for nobody (RFC 6761, RFC 2606): asking for them tells a stranger's server about a test.
fn is_reserved(domain: &str) -> bool {
    let mut labels = domain.rsplit('.');
    matches!(
        (labels.next(), labels.next()),
        (Some("test" | "example" | "invalid" | "localhost" | "local"), _) | (Some("com" | "net" | "org"), Some("example"))
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reserved_and_absent_domains_ask_nobody() {
        let system = Dns { asked: None, reserved_too: false, breaker: Arc::default() };
        for domain in
            ["", "localhost", "a.test", "desk.example", "example.com", "mail.example.org", "x.invalid", "printer.local", "a..b", "a b.net"]
        {
            assert!(!system.knows(domain), "{domain}");
        }
        assert!(system.knows("bank.net") && system.knows("notexample.com") && system.knows("_dmarc.bank.net"));
        let by_hand = Dns { asked: None, reserved_too: true, breaker: Arc::default() };
        assert!(by_hand.knows("bank.test") && !by_hand.knows("localhost"));
    }
}
