//! Mail in and out.

use channels::mail::fetch::rows;
use channels::mail::relay::Relay;
use people::ServiceDesk;

use super::Findings;
use crate::config::Config;
use crate::serve::tls;

pub(super) async fn examine(config: &Config, desk: Option<&ServiceDesk>, found: &mut Findings) {
    let doors = config.smtp_listen.is_some() || config.lmtp_listen.is_some();
    match &config.mail_domain {
        Some(domain) => found.ok("mail_domain", domain),
        None if doors => {
            found.warn("mail_domain", "not set: answers carry no signed reply address; set the domain of your desks' addresses")
        }
        None => found.ok("mail_domain", "not set, and no mail door is open"),
    }
    if let Some(desk) = desk {
        mailboxes(config, desk, found);
        sources(desk, found).await;
    }
    match &config.smtp_relay {
        None => found.warn("smtp_relay", "not set: outgoing mail waits in the queue"),
        Some(url) => match Relay::from_url(url) {
            Ok(relay) => match relay.check().await {
                Ok(()) => found.ok("smtp_relay", "answers and lets us in"),
                Err(problem) => found.fail("smtp_relay", &format!("cannot be used, mail waits: {problem}")),
            },
            Err(error) => found.fail("smtp_relay", &error.to_string()),
        },
    }
    match tls::acceptor(config) {
        Ok(Some(_)) => found.ok("mail_tls_cert", "fits its key"),
        Ok(None) if config.smtp_listen.is_some() => found.warn("mail_tls_cert", "not set: other servers hand their mail over unencrypted"),
        Ok(None) => {}
        Err(failure) => found.fail("mail_tls_cert", &failure.to_string()),
    }
}

/// What the server has noted of the accounts that it fetches mail from.
async fn sources(desk: &ServiceDesk, found: &mut Findings) {
    let look = desk.read(|db| {
        let active = rows::sources(db)?.into_iter().filter(|source| source.active);
        active.map(|source| Ok((rows::folders(db, source.id)?, source))).collect::<kernel::Result<Vec<_>>>()
    });
    match look.await {
        Err(error) => found.fail("mail_sources", &error.to_string()),
        Ok(sources) => {
            for (folders, source) in sources {
                let name = format!("{} at {}", source.user, source.host);
                match folders.into_iter().find_map(|folder| Some((folder.problem?, folder.detail))) {
                    None => found.ok("mail_sources", &name),
                    Some((problem, detail)) => {
                        let detail = detail.unwrap_or_default();
                        found.warn(
                            "mail_sources",
                            &format!("{name}: {problem} ({detail}); POST /api/v1/mail-sources/{}/check says more", source.id),
                        );
                    }
                }
            }
        }
    }
}

fn mailboxes(config: &Config, desk: &ServiceDesk, found: &mut Findings) {
    let doors = config.smtp_listen.is_some() || config.lmtp_listen.is_some();
    let settings = desk.settings();
    let without: Vec<&str> = settings
        .desks
        .iter()
        .filter(|desk| !settings.mailboxes.iter().any(|mailbox| mailbox.desk == desk.id))
        .map(|desk| desk.key.as_str())
        .collect();
    if without.is_empty() {
        found.ok("mailboxes", &format!("{} addresses for {} desks", settings.mailboxes.len(), settings.desks.len()));
    } else if config.mail_domain.is_some() {
        found.ok("mailboxes", &format!("none yet for {}; serve gives each one when it starts", without.join(", ")));
    } else if doors {
        found.warn("mailboxes", &format!("no address for {}: set mail_domain, or add one by POST /api/v1/mailboxes", without.join(", ")));
    } else {
        found.ok("mailboxes", &format!("none yet for {}", without.join(", ")));
    }
}
