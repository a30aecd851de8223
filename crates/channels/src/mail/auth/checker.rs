//! The checks of one message, side by side and within a bounded time.

use std::borrow::Cow;
use std::net::IpAddr;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::Duration;

use desk::conversation::Authentication;
use futures_util::FutureExt;
use futures_util::future::join_all;
use mail_auth::common::headers::Header;
use mail_auth::dkim::Signature;
use mail_auth::dmarc::verify::DmarcParameters;
use mail_auth::{
    AuthenticatedMessage, DkimOutput, DkimResult, DmarcOutput, DmarcResult, MessageAuthenticator, Parameters, SpfOutput, SpfResult,
};
use tokio::time::{Instant, timeout};

use super::dkim::{Signed, candidates, outputs, stated_signatures, verify};
use super::received::{self, Client};
use super::resolver::Dns;
use super::results::Results;
use super::verdict::{Evidence, ambiguous, could_align, dmarc_of, passed, speaks_for};
use super::{CheckSettings, Connection, SenderClaim, chain, spf};

/// The longest that a message waits for its checks.
const CHECK_MAX: Duration = Duration::from_secs(4);
/// The longest that one domain is waited for.
const DOMAIN_MAX: Duration = Duration::from_millis(2_500);
/// `Received` lines of our own relays that are passed on the way to the stranger's.
const RELAYS_MAX: usize = 5;

/// Checks senders; cheap to clone.
#[derive(Clone)]
pub struct Checker {
    inner: Arc<Inner>,
}

struct Inner {
    settings: CheckSettings,
    dns: Dns,
}

/// What became of questions about a domain.
enum Asked<T> {
    /// They were answered, well or badly.
    Answer(T),
    /// The domain is none that DNS knows, or nobody is asked.
    Nobody,
    /// No answer in time, or none is expected now.
    Silence,
}

impl Checker {
    /// With these settings.
    #[must_use]
    pub fn new(mut settings: CheckSettings) -> Self {
        for name in settings.trusted_authserv_ids.iter_mut().chain(&mut settings.trusted_sealers) {
            *name = name.trim().to_lowercase();
        }
        let dns = Dns::new(settings.resolver);
        Self { inner: Arc::new(Inner { settings, dns }) }
    }

    /// The name server behind the checks.
    #[must_use]
    pub fn dns(&self) -> &Dns {
        &self.inner.dns
    }

    /// What SPF, DKIM, DMARC and ARC say about the sender of a message. Takes four seconds at most, and never fails: what could not be
    /// found out is no verdict.
    pub async fn check(&self, raw: &[u8], from: SenderClaim<'_>, connection: Option<&Connection>) -> Authentication {
        let SenderClaim::Address(address) = from else { return ambiguous() };
        let late = || Authentication {
            domain: address.rsplit_once('@').map_or("", |(_, domain)| domain).to_lowercase(),
            dmarc: "temperror".to_owned(),
            by: "steward".to_owned(),
            ..Authentication::default()
        };
        // A panic in a library must not stop the intake (I6).
        let work = AssertUnwindSafe(Box::pin(self.inner.examine(raw, address, connection))).catch_unwind();
        match timeout(CHECK_MAX, work).await {
            Ok(Ok(found)) => found,
            Ok(Err(_)) => {
                tracing::error!("the checks of a sender broke off");
                late()
            }
            Err(_) => late(),
        }
    }
}

impl Inner {
    async fn examine(&self, raw: &[u8], address: &str, connection: Option<&Connection>) -> Authentication {
        let whole = with_line_ends(raw);
        let Some(message) = AuthenticatedMessage::parse(&whole) else { return ambiguous() };
        let Some(domain) = agreed(&message, address) else { return ambiguous() };
        let relayed = connection.is_none_or(|connection| self.is_ours(connection.client_ip));
        let results = if relayed { self.results(&message) } else { None };
        let signatures = candidates(&message, &domain);
        let nothing = SpfOutput::default();
        let (signed, mut spf, record, chain) = tokio::join!(
            self.signatures(&message, signatures),
            self.spf(&message, connection, results.as_ref()),
            self.about(&domain, |dns| dmarc(dns, &message, &[], &nothing), is_unanswered),
            self.chain(&message),
        );
        let stated = results.as_ref().map(stated_signatures).unwrap_or_default();
        let outputs = outputs(&signed, &stated);
        let from_relay = spf.is_none() && results.as_ref().is_some_and(|results| results.first("spf").is_some());
        if from_relay {
            spf = results.as_ref().and_then(stated_spf);
        }
        let spf_output = spf.as_ref().unwrap_or(&nothing);
        let record = match record {
            Asked::Answer(found) if found.dmarc_record().is_some() => {
                self.about(&domain, |dns| dmarc(dns, &message, &outputs, spf_output), is_unanswered).await
            }
            other => other,
        };
        let relay = results.as_ref().and_then(|results| dmarc_of(results, &domain));
        let mut evidence = weigh(&record, &outputs, spf_output, &domain);
        evidence.broken = signed.iter().any(|signed| signed.broken && speaks_for(&signed.signature.d, &domain));
        evidence.handed_over = spf.is_some() || relay.is_some_and(|relay| matches!(relay.result.as_str(), "pass" | "fail"));
        evidence.relay = relay.map(|relay| relay.result.clone());
        if evidence.policy.is_empty() {
            evidence.policy = relay.and_then(|relay| relay.policy()).unwrap_or_default().to_owned();
        }
        evidence.vouched = chain.as_ref().and_then(|chain| chain.results.as_ref()).is_some_and(|results| passed(results, &domain));
        let used = relay.is_some() || from_relay || !stated.is_empty();
        Authentication {
            verdict: evidence.verdict(),
            spf: spf.as_ref().map(|spf| spf.result().to_string().to_lowercase()).unwrap_or_default(),
            dkim: self.dkim_word(&message, &signed, &stated, &domain),
            dmarc: evidence.relay.clone().unwrap_or_else(|| dmarc_word(&record, &evidence)),
            policy: evidence.policy,
            arc: chain.map_or("none", |chain| chain.result).to_owned(),
            by: results.filter(|_| used).map_or_else(|| "steward".to_owned(), |results| results.by),
            domain,
        }
    }

    fn is_ours(&self, ip: Option<IpAddr>) -> bool {
        ip.is_none_or(|ip| ip.to_canonical().is_loopback() || self.settings.trusted_relays.iter().any(|network| network.contains(ip)))
    }

    /// What the last server of ours found out: the topmost field counts, and only under a trusted name.
    fn results(&self, message: &AuthenticatedMessage<'_>) -> Option<Results> {
        let (_, value) = message.headers.iter().find(|(name, _)| name.trim_ascii().eq_ignore_ascii_case(b"authentication-results"))?;
        Results::read(value).filter(|results| self.settings.trusted_authserv_ids.contains(&results.by))
    }

    /// The stranger who handed the message to the first server of ours.
    fn client(&self, message: &AuthenticatedMessage<'_>, connection: &Connection) -> Option<Client> {
        if let Some(ip) = connection.client_ip.filter(|ip| !self.is_ours(Some(*ip))) {
            return Some(Client { ip: ip.to_canonical(), helo: connection.helo.clone() });
        }
        let lines = message.headers.iter().filter(|(name, _)| name.trim_ascii().eq_ignore_ascii_case(b"received"));
        for (_, line) in lines.take(RELAYS_MAX) {
            let client = received::client(line)?;
            if !self.is_ours(Some(client.ip)) {
                return Some(client);
            }
        }
        None
    }

    async fn spf(
        &self,
        message: &AuthenticatedMessage<'_>,
        connection: Option<&Connection>,
        results: Option<&Results>,
    ) -> Option<SpfOutput> {
        if results.is_some_and(|results| results.first("spf").is_some()) {
            return None;
        }
        let connection = connection?;
        let client = self.client(message, connection)?;
        let domain = spf::domain(&client, connection).to_lowercase();
        let host = &self.settings.host_name;
        let found = self
            .about(&domain, |dns| Box::pin(spf::check(dns, &client, connection, host)), |found| found.result() == SpfResult::TempError)
            .await;
        match found {
            Asked::Answer(found) => (found.result() == SpfResult::Pass || spf::is_public(client.ip)).then_some(found),
            Asked::Silence => Some(SpfOutput::new(domain).with_result(SpfResult::TempError)),
            // An envelope without a domain that could vouch for anybody.
            Asked::Nobody => (!self.dns.is_off()).then(|| SpfOutput::new(domain)),
        }
    }

    async fn signatures<'m>(&self, message: &AuthenticatedMessage<'m>, found: Vec<Header<'m, Signature>>) -> Vec<Signed> {
        let each = found.into_iter().map(|header| async move {
            let mut alone = message.clone();
            let signature = header.header.clone();
            alone.errors = Vec::new();
            alone.dkim_headers = vec![header];
            // Reports and third-party permits would be further questions that change nothing.
            for header in &mut alone.dkim_headers {
                header.header.r = false;
                header.header.atps = None;
            }
            let ask = |dns| Box::pin(verify(dns, &alone));
            let (result, broken) = match self.about(&signature.d, ask, |(result, _)| *result == "temperror").await {
                Asked::Answer(found) => found,
                Asked::Silence => ("temperror", false),
                Asked::Nobody => ("", false),
            };
            Signed { signature, result, broken }
        });
        join_all(each).await
    }

    async fn chain(&self, message: &AuthenticatedMessage<'_>) -> Option<chain::Chain> {
        let trusted = &self.settings.trusted_sealers;
        let sealer = chain::sealer(message, trusted)?;
        match self.about(sealer, |dns| Box::pin(chain::check(dns, message, trusted)), |found| found.result == "temperror").await {
            Asked::Answer(found) => Some(found),
            Asked::Silence => Some(chain::Chain { result: "temperror", results: None }),
            Asked::Nobody => None,
        }
    }

    /// Asks about a domain, unless it is pointless, and notes when that was in vain.
    async fn about<'a, T, F>(
        &'a self,
        domain: &str,
        ask: impl FnOnce(&'a MessageAuthenticator) -> F,
        unanswered: impl Fn(&T) -> bool,
    ) -> Asked<T>
    where
        F: Future<Output = T>,
    {
        if self.dns.is_off() || !self.dns.knows(domain) {
            return Asked::Nobody;
        }
        let Some(resolver) = self.dns.for_domain(domain) else { return Asked::Silence };
        let start = Instant::now();
        let found = timeout(DOMAIN_MAX, ask(resolver)).await;
        if found.as_ref().map_or(true, unanswered) {
            self.dns.unanswered(domain, start.elapsed()).await;
        }
        found.map_or(Asked::Silence, Asked::Answer)
    }

    fn dkim_word(&self, message: &AuthenticatedMessage<'_>, signed: &[Signed], stated: &[Signature], domain: &str) -> String {
        if stated.iter().any(|signature| could_align(&signature.d, domain)) {
            return "pass".to_owned();
        }
        let found =
            ["pass", "temperror", "fail", "neutral", "permerror"].into_iter().find(|word| signed.iter().any(|one| one.result == *word));
        let unread = message.has_dkim_errors || message.dkim_headers.iter().any(|header| could_align(&header.header.d, domain));
        let word = found.unwrap_or(if !unread {
            "none"
        } else if self.dns.is_off() || !self.dns.knows(domain) {
            ""
        } else {
            "neutral"
        });
        word.to_owned()
    }
}

async fn dmarc(
    dns: &MessageAuthenticator,
    message: &AuthenticatedMessage<'_>,
    dkim_output: &[DkimOutput<'_>],
    spf_output: &SpfOutput,
) -> DmarcOutput {
    let parameters =
        DmarcParameters { message, dkim_output, dkim2_output: None, rfc5321_mail_from_domain: spf_output.domain(), spf_output };
    dns.verify_dmarc(Parameters::new(parameters)).await
}

fn is_unanswered(found: &DmarcOutput) -> bool {
    found.dmarc_record().is_none() && matches!(found.dkim_result(), DmarcResult::TempError(_))
}

fn stated_spf(results: &Results) -> Option<SpfOutput> {
    let spf = results.first("spf")?;
    let domain = spf.domain("smtp.mailfrom").or_else(|| spf.domain("smtp.helo")).unwrap_or_default();
    let result = SpfResult::try_from(spf.result.as_str()).ok()?;
    Some(SpfOutput::new(domain.to_owned()).with_result(result))
}

fn weigh(record: &Asked<DmarcOutput>, dkim: &[DkimOutput<'_>], spf: &SpfOutput, domain: &str) -> Evidence {
    let passing = |counts: &dyn Fn(&str) -> bool| {
        let signed = dkim.iter().filter(|one| *one.result() == DkimResult::Pass).filter_map(DkimOutput::signature);
        let sent = spf.result() == SpfResult::Pass && counts(&spf.domain().to_lowercase());
        sent || signed.into_iter().any(|signature| counts(&signature.d))
    };
    match record {
        Asked::Answer(found) if found.dmarc_record().is_some() => {
            let both = [found.dkim_result(), found.spf_result()];
            Evidence {
                aligned: both.contains(&&DmarcResult::Pass),
                uncertain: both.iter().any(|result| matches!(result, DmarcResult::TempError(_))),
                policy: found.policy().to_string(),
                ..Evidence::default()
            }
        }
        Asked::Answer(found) if is_unanswered(found) => {
            Evidence { aligned: passing(&|named| named == domain), uncertain: true, ..Evidence::default() }
        }
        Asked::Silence => Evidence { aligned: passing(&|named| named == domain), uncertain: true, ..Evidence::default() },
        Asked::Answer(_) | Asked::Nobody => Evidence { aligned: passing(&|named| speaks_for(named, domain)), ..Evidence::default() },
    }
}

fn dmarc_word(record: &Asked<DmarcOutput>, evidence: &Evidence) -> String {
    let word = match record {
        Asked::Nobody => "",
        Asked::Silence => "temperror",
        Asked::Answer(found) if is_unanswered(found) => "temperror",
        Asked::Answer(found) if found.dmarc_record().is_none() => "none",
        Asked::Answer(_) if evidence.aligned => "pass",
        Asked::Answer(_) if evidence.uncertain => "temperror",
        Asked::Answer(_) if evidence.handed_over || evidence.broken => "fail",
        Asked::Answer(_) => "none",
    };
    word.to_owned()
}

/// The domain of the claimed address, when the reader that checks signatures sees the same one sender.
fn agreed(message: &AuthenticatedMessage<'_>, address: &str) -> Option<String> {
    let fields = message.headers.iter().filter(|(name, _)| name.trim_ascii().eq_ignore_ascii_case(b"from")).count();
    let [seen] = message.from.as_slice() else { return None };
    let (_, domain) = seen.rsplit_once('@').filter(|_| fields == 1 && *seen == address.to_lowercase())?;
    Some(domain.to_owned())
}

/// The message as it was sent: files often hold it with bare line feeds, and signatures cover both bytes.
fn with_line_ends(raw: &[u8]) -> Cow<'_, [u8]> {
    let raw = super::super::parse::without_preamble(raw);
    if raw.windows(2).any(|pair| pair == b"\r\n") {
        return Cow::Borrowed(raw);
    }
    let mut whole = Vec::with_capacity(raw.len() + raw.len() / 40);
    for byte in raw {
        if *byte == b'\n' {
            whole.push(b'\r');
        }
        whole.push(*byte);
    }
    Cow::Owned(whole)
}
