//! Letters about a person's own account: an invitation, a link for a new password. They belong to no ticket, and nobody answers them.

use journal::Fact;
use kernel::{Actor, Error, Locale, Result};
use people::{ServiceDesk, once};
use store::lease;
use web::Words;

use super::super::Mailbox;
use super::super::compose::{AutoSubmitted, Letter};
use super::super::relay::Delivery;
use super::super::sanitise;
use super::super::templates::page;
use super::worker::{Settings, Verdict};

const ACTOR: Actor = Actor::System("mail");
/// What the program calls itself where nobody has named it.
const UNNAMED: &str = "Steward";
/// Stands before the @ where no desk has a mailbox.
const LOCAL_PART: &str = "steward";

/// Sends one letter and notes what became of it.
pub(super) async fn send(desk: &ServiceDesk, settings: &Settings, mail: once::rows::Mail, held: Option<lease::Lease>) -> Result<()> {
    let now = desk.clock().now();
    let delivery = if now > mail.expires_at {
        Delivery::PermanentFailure("its link had ended before it could be sent".to_owned())
    } else {
        match composed(desk, settings, &mail) {
            Ok((from, raw)) => settings.relay.deliver(from.as_deref(), std::slice::from_ref(&mail.address), &raw).await,
            Err(error) if error.is_unavailable() => return Err(error),
            Err(error) => Delivery::TemporaryFailure(error.to_string()),
        }
    };
    let verdict = Verdict::on(delivery, (mail.attempts, mail.expires_at), now);
    desk.run(&ACTOR, move |cx| {
        if let Some(lease) = &held {
            lease::hold(cx.tx, lease)?;
        }
        match verdict {
            Verdict::Sent => {
                if once::rows::sent(cx.tx, mail.id)? {
                    cx.append(&Fact::MailSent { outgoing: mail.id })?;
                }
            }
            Verdict::Again { next_at, problem } => once::rows::again(cx.tx, mail.id, next_at, &problem)?,
            Verdict::Failed(problem) => {
                if once::rows::failed(cx.tx, mail.id, &problem)? {
                    cx.append(&Fact::MailFailed { outgoing: mail.id, problem })?;
                }
            }
        }
        Ok(())
    })
    .await
}

fn composed(desk: &ServiceDesk, settings: &Settings, mail: &once::rows::Mail) -> Result<(Option<String>, Vec<u8>)> {
    let configured = desk.settings();
    let mailbox = configured.mailboxes.first().map(|mailbox| mailbox.address.clone());
    let from = mailbox.or_else(|| settings.domain.as_ref().map(|domain| format!("{LOCAL_PART}@{domain}")));
    let from = from.ok_or_else(|| Error::internal("there is no address to write from yet: no mailbox and no mail_domain"))?;
    let site = configured.value("company").unwrap_or(UNNAMED).to_owned();
    let secret = desk.vault().open(&once::seal_purpose(&mail.secret_hash), &mail.sealed)?;
    let purpose = once::Purpose::by_word(&mail.kind).ok_or_else(|| Error::internal(format!("no letter is called {}", mail.kind)))?;
    let link = once::link(&settings.pages, purpose, &secret);
    let locale = mail.language.as_deref().and_then(Locale::matching).unwrap_or_default();
    let said = said(purpose, &Words::new(locale, "UTC"), (&site, &mail.name));
    let domain = from.rsplit_once('@').map_or("", |(_, domain)| domain).to_owned();
    let letter = Letter {
        from: Mailbox { name: site, email: from },
        reply_to: None,
        to: vec![Mailbox { name: String::new(), email: mail.address.clone() }],
        cc: Vec::new(),
        subject: said.subject,
        text: format!("{}\n\n{link}\n\n{}\n", said.text, said.otherwise),
        html: Some(page(locale, &html(&said.text, &link, &said.otherwise))),
        message_id: format!("{}.account@{domain}", mail.id),
        in_reply_to: None,
        references: Vec::new(),
        automatic: Some(AutoSubmitted::Generated),
        unsubscribe: None,
        attachments: Vec::new(),
        date: mail.created_at,
    };
    let raw = letter.compose()?;
    let raw = settings.signer.as_ref().map_or(Ok(raw.clone()), |signer| signer.sign(&domain, &raw))?;
    Ok((letter.envelope_from().map(str::to_owned), raw))
}

struct Said {
    subject: String,
    text: String,
    otherwise: String,
}

/// A reset says nothing that its reader could have been called by others: a stranger's mail gives an address its first name (T-M7).
fn said(purpose: once::Purpose, words: &Words, (site, name): (&str, &str)) -> Said {
    match purpose {
        once::Purpose::Reset => Said {
            subject: words.with("letter-reset-subject", &[("site", &site)]),
            text: words.t("letter-reset-text"),
            otherwise: words.t("letter-reset-else"),
        },
        once::Purpose::Invitation => Said {
            subject: words.with("letter-invitation-subject", &[("site", &site)]),
            text: words.with("letter-invitation-text", &[("name", &name), ("site", &site)]),
            otherwise: words.t("letter-invitation-else"),
        },
    }
}

fn html(text: &str, link: &str, otherwise: &str) -> String {
    let shown = link.replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;");
    let (text, otherwise) = (sanitise::from_text(text), sanitise::from_text(otherwise));
    format!("{text}\n<p><a href=\"{shown}\">{shown}</a></p>\n{otherwise}")
}
