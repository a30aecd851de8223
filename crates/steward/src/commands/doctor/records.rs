//! The DNS records by which others judge our mail, and the name server by which we judge theirs.

use channels::mail::auth::{Dns, DnsText, ResolverChoice};

use super::Findings;
use crate::config::Config;

pub(super) async fn examine(config: &Config, found: &mut Findings) {
    let signer = match config.signer() {
        Ok(signer) => signer,
        Err(problem) => {
            found.fail("dkim_key", &problem);
            None
        }
    };
    if signer.is_none() && config.dkim_key.is_empty() && config.smtp_relay.is_some() {
        found.warn("dkim_key", "not set: unless the relay signs, answers may be taken for forged; make a key by steward mail dkim-key");
    }
    if config.dns_resolver == ResolverChoice::Off {
        found.warn("dns_resolver", "off: senders stay unverified, except where a trusted server says otherwise");
        return;
    }
    let Some(domain) = &config.mail_domain else { return };
    let dns = Dns::new(config.dns_resolver);
    if !dns.knows(domain) {
        found.ok("dns", &format!("{domain} is a name for tests; no records are looked for"));
        return;
    }
    if let Some(signer) = &signer {
        for (name, key) in signer.records() {
            match dns.text(&name).await {
                DnsText::Found(texts) if texts.iter().any(|text| key.is_published_by(text)) => {
                    found.ok("dkim_key", &format!("{name} publishes it"))
                }
                DnsText::Found(_) => {
                    found.fail("dkim_key", &format!("{name} publishes another key: others refuse our signature; publish {}", key.record()))
                }
                DnsText::Absent => {
                    found.fail("dkim_key", &format!("{name} does not exist: others refuse our signature; publish {}", key.record()))
                }
                DnsText::Unknown(problem) => found.warn("dkim_key", &format!("{name} could not be looked up: {problem}")),
            }
        }
    }
    let ask = |what, tag, advice: String| Record { what, tag, advice };
    let spf =
        ask("SPF", "v=spf1", format!("publish a TXT record of {domain} that lists the servers that send for it, such as v=spf1 mx -all"));
    let dmarc = ask("DMARC", "v=DMARC1", format!("publish a TXT record of _dmarc.{domain}, such as v=DMARC1; p=quarantine"));
    look(&dns, domain, &spf, found).await;
    look(&dns, &format!("_dmarc.{domain}"), &dmarc, found).await;
}

struct Record {
    what: &'static str,
    tag: &'static str,
    advice: String,
}

async fn look(dns: &Dns, name: &str, record: &Record, found: &mut Findings) {
    let Record { what, tag, advice } = record;
    match dns.text(name).await {
        DnsText::Found(texts) => match texts.iter().filter(|text| text.trim_start().starts_with(tag)).collect::<Vec<_>>().as_slice() {
            [one] => found.ok(what, &format!("{name} has {one}")),
            [] => found.warn(what, &format!("{name} has none: {advice}")),
            _ => found.fail(what, &format!("{name} has several, and then none of them counts: leave one")),
        },
        DnsText::Absent => found.warn(what, &format!("{name} has none: {advice}")),
        DnsText::Unknown(problem) => found.warn(what, &format!("{name} could not be looked up: {problem}; see dns_resolver")),
    }
}
