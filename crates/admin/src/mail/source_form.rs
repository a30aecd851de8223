//! The form of an account that mail is fetched from.

use channels::mail::fetch::{Afterwards, Auth, Kind, MailSource, Provider, Security, SourceInput};
use kernel::{Message, Refusal, Result};
use maud::{Markup, html};
use people::Settings;
use web::Words;

use crate::{Ask, Form, Posted};

/// What a program must be told to fetch mail, read from the form. A secret that was left empty stays as it is.
pub(super) fn read(posted: &Posted, new: bool) -> Result<SourceInput> {
    let text = |name: &str| Some(posted.one(name).trim().to_owned());
    let given = |name: &str| posted.filled(name).map(str::to_owned);
    let wrong = |name: &str| Refusal::invalid(name, Message::new("error-needed"));
    let auth = Auth::by_word(posted.one("auth")).ok_or_else(|| wrong("auth"))?;
    let kind = Kind::by_word(posted.one("kind")).ok_or_else(|| wrong("kind"))?;
    let afterwards = Afterwards::by_word(posted.one("afterwards"));
    let port = match posted.filled("port") {
        None if new => None,
        port => Some(port.and_then(|text| text.parse().ok()).ok_or_else(|| wrong("port"))?),
    };
    let oauth = auth == Auth::Xoauth2;
    Ok(SourceInput {
        mailbox: Some(posted.one("mailbox").parse().map_err(|_| wrong("mailbox"))?),
        kind: Some(kind),
        host: text("host"),
        port,
        security: Some(Security::by_word(posted.one("security")).ok_or_else(|| wrong("security"))?),
        user: text("user"),
        auth: Some(auth),
        provider: if oauth { Provider::by_word(posted.one("provider")) } else { None },
        token_url: if oauth { given("token_url") } else { None },
        client_id: if oauth { given("client_id") } else { None },
        password: given("password"),
        client_secret: if oauth { given("client_secret") } else { None },
        refresh_token: if oauth { given("refresh_token") } else { None },
        folders: (kind == Kind::Imap).then(|| posted.lines("folders")),
        afterwards,
        move_to: if afterwards == Some(Afterwards::Move) { given("move_to") } else { None },
        active: Some(posted.has("active")),
    })
}

/// An account in the form's words; secrets are never among them.
pub(super) fn filled(source: &MailSource) -> Posted {
    Posted::default()
        .with("version", source.version)
        .with("mailbox", source.mailbox)
        .with("kind", source.kind.word())
        .with("host", &source.host)
        .with("port", source.port)
        .with("security", source.security.word())
        .with("user", &source.user)
        .with("auth", source.auth.word())
        .with("provider", source.provider.map_or("", Provider::word))
        .with("token_url", source.token_url.as_deref().unwrap_or_default())
        .with("client_id", source.client_id.as_deref().unwrap_or_default())
        .with("folders", source.folders.join("\n"))
        .with("afterwards", source.afterwards.word())
        .with("move_to", source.move_to.as_deref().unwrap_or_default())
        .ticked_if("active", source.active)
}

/// A new account before anything was said of it.
pub(super) fn blank(settings: &Settings, mailbox: Option<&str>) -> Posted {
    let of = mailbox.and_then(|id| settings.mailboxes.iter().find(|one| one.id.to_string() == id)).or_else(|| settings.mailboxes.first());
    let begun = of.map_or_else(Posted::default, |one| Posted::default().with("mailbox", one.id).with("user", &one.address));
    begun
        .with("kind", Kind::Imap.word())
        .with("security", Security::Tls.word())
        .with("auth", Auth::Password.word())
        .with("folders", "INBOX")
        .with("afterwards", Afterwards::Seen.word())
        .ticked_if("active", true)
}

fn options(list: &[(&str, String)]) -> Vec<(String, String)> {
    list.iter().map(|(value, label)| ((*value).to_owned(), label.clone())).collect()
}

/// Everything that can be set.
pub(super) fn controls(form: &Form<'_>, settings: &Settings, known: Option<&MailSource>, words: &Words) -> Markup {
    let mailboxes: Vec<(String, String)> = settings.mailboxes.iter().map(|one| (one.id.to_string(), one.address.clone())).collect();
    html! {
        (form.choice(&Ask::new("mailbox", words.t("admin-source-mailbox")).help(words.t("admin-source-mailbox-help")), &mailboxes))
        (server(form, known, words))
        (sign_in(form, known, words))
        (taking(form, words))
        (form.tick(&Ask::new("active", words.t("admin-source-active")).help(words.t("admin-source-active-help"))))
    }
}

fn server(form: &Form<'_>, known: Option<&MailSource>, words: &Words) -> Markup {
    let kinds = options(&[("imap", words.t("admin-source-imap")), ("pop3", words.t("admin-source-pop3"))]);
    // The protocol of an account cannot change: another one is another account.
    let kinds: Vec<(String, String)> =
        kinds.into_iter().filter(|(word, _)| known.is_none_or(|source| source.kind.word() == word)).collect();
    let securities = options(&[
        ("tls", words.t("admin-source-tls")),
        ("starttls", words.t("admin-source-starttls")),
        ("none", words.t("admin-source-clear")),
    ]);
    html! {
        div.field-pair {
            (form.choice(&Ask::new("kind", words.t("admin-source-kind")).help(words.t("admin-source-kind-help")), &kinds))
            (form.choice(&Ask::new("security", words.t("admin-source-security")).help(words.t("admin-source-security-help")), &securities))
        }
        div.field-pair {
            (form.line(&Ask::new("host", words.t("admin-source-host")).help(words.t("admin-source-host-help")).required()))
            (form.line(&Ask::new("port", words.t("admin-source-port")).help(words.t("admin-source-port-help")).kind("number")))
        }
    }
}

fn sign_in(form: &Form<'_>, known: Option<&MailSource>, words: &Words) -> Markup {
    let stored = |has: bool| if has { words.t("admin-secret-stored") } else { words.t("admin-secret-none") };
    let auths = options(&[("password", words.t("admin-source-by-password")), ("xoauth2", words.t("admin-source-by-token"))]);
    let providers = options(&[
        ("", words.t("admin-source-provider-choose")),
        ("google", "Google".to_owned()),
        ("microsoft", "Microsoft".to_owned()),
        ("custom", words.t("admin-source-provider-other")),
    ]);
    let has = |secret: fn(&MailSource) -> bool| known.is_some_and(secret);
    html! {
        div.field-pair {
            (form.line(&Ask::new("user", words.t("admin-source-user")).help(words.t("admin-source-user-help")).required()))
            (form.choice(&Ask::new("auth", words.t("admin-source-auth")).help(words.t("admin-source-auth-help")), &auths))
        }
        (form.line(&Ask::new("password", words.t("admin-source-password")).help(stored(has(|one| one.password.is_some()))).kind("password")))
        details.unfold open[known.is_some_and(|source| source.auth == Auth::Xoauth2) || form.asks("provider")] {
            summary { (words.t("admin-source-oauth")) }
            p.quiet { (words.t("admin-source-oauth-help")) }
            (form.choice(&Ask::new("provider", words.t("admin-source-provider")), &providers))
            (form.line(&Ask::new("client_id", words.t("admin-source-client-id"))))
            (form.line(&Ask::new("client_secret", words.t("admin-source-client-secret")).help(stored(has(|one| one.client_secret.is_some()))).kind("password")))
            (form.line(&Ask::new("refresh_token", words.t("admin-source-refresh-token")).help(stored(has(|one| one.refresh_token.is_some()))).kind("password")))
            (form.line(&Ask::new("token_url", words.t("admin-source-token-url")).help(words.t("admin-source-token-url-help"))))
        }
    }
}

fn taking(form: &Form<'_>, words: &Words) -> Markup {
    let afterwards = options(&[
        ("seen", words.t("admin-source-after-seen")),
        ("move", words.t("admin-source-after-move")),
        ("delete", words.t("admin-source-after-delete")),
        ("keep", words.t("admin-source-after-keep")),
    ]);
    html! {
        (form.area(&Ask::new("folders", words.t("admin-source-folders")).help(words.t("admin-source-folders-help")), 2))
        div.field-pair {
            (form.choice(&Ask::new("afterwards", words.t("admin-source-after")).help(words.t("admin-source-after-help")), &afterwards))
            (form.line(&Ask::new("move_to", words.t("admin-source-move-to")).help(words.t("admin-source-move-to-help"))))
        }
    }
}
