//! What the profile shows.

use kernel::{Result, Via};
use people::http::SiteSettings;
use people::{passkey, person, second_factor, session, token};

use super::Visit;
use crate::pages::{PasskeyLine, Profile, SessionLine, TokenLine};

/// Whether browsers offer passkeys at this address.
pub(super) fn offers_passkeys(site: &SiteSettings) -> bool {
    people::pages::site_of(site).is_some()
}

/// Everything of the reader.
pub(super) async fn profile(visit: &Visit) -> Result<Profile> {
    let (access, now) = (visit.caller.identity.access.clone(), visit.desk.clock().now());
    let settings = visit.desk.settings();
    let offers_passkeys = offers_passkeys(&visit.site);
    visit
        .desk
        .read(move |db| {
            let id = access.person;
            let record = person::rows::by_id(db, id)?.ok_or(kernel::Refusal::NotFound)?;
            let passkeys = passkey::rows::of_person(db, id)?;
            let sessions = session::rows::of_person(db, id, now)?;
            Ok(Profile {
                person: id,
                name: record.name,
                email: access.email.clone(),
                language: record.language,
                time_zone: record.time_zone.unwrap_or_else(|| "UTC".to_owned()),
                zones: kernel::zones(),
                staff: access.is_staff(),
                app: second_factor::rows::app(db, id)?.and_then(|app| app.confirmed_at),
                offers_passkeys,
                passkeys: passkeys
                    .into_iter()
                    .map(|one| PasskeyLine { id: one.id, name: one.name, created: one.created_at, used: one.used_at })
                    .collect(),
                codes: second_factor::rows::codes_left(db, id)?,
                required: second_factor::is_required(&settings),
                sessions: sessions.into_iter().map(|one| line(one, access.via)).collect(),
                tokens: token::rows::of_person(db, id)?.into_iter().map(|(id, name, created)| TokenLine { id, name, created }).collect(),
                refusals: Vec::new(),
            })
        })
        .await
}

fn line(one: session::rows::Open, via: Via) -> SessionLine {
    let (client, phone) = client(&one.client);
    SessionLine {
        here: matches!(via, Via::Session(here) if here == one.id),
        id: one.id,
        client,
        phone,
        network: one.network.filter(|network| network != "?"),
        created: one.created_at,
        seen: one.seen_at,
    }
}

/// Program and system out of what browsers say of themselves, the most particular first: each pretends to be all those before it.
const PROGRAMS: [(&str, &str); 7] = [
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("FxiOS", "Firefox"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
];
const SYSTEMS: [(&str, &str, bool); 7] = [
    ("iPhone", "iPhone", true),
    ("iPad", "iPad", true),
    ("Android", "Android", true),
    ("Windows", "Windows", false),
    ("Mac OS X", "macOS", false),
    ("CrOS", "ChromeOS", false),
    ("Linux", "Linux", false),
];

fn client(said: &str) -> (String, bool) {
    let program = PROGRAMS.iter().find(|(mark, _)| said.contains(mark)).map(|(_, name)| *name);
    let system = SYSTEMS.iter().find(|(mark, _, _)| said.contains(mark));
    let name = [program, system.map(|(_, name, _)| *name)].into_iter().flatten().collect::<Vec<_>>().join(" · ");
    (name, system.is_some_and(|(_, _, phone)| *phone))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_browser_is_named_as_people_know_it() {
        let chrome = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36";
        assert_eq!(client(chrome), ("Chrome · Linux".to_owned(), false));
        assert_eq!(client(&format!("{chrome} Edg/140.0")).0, "Edge · Linux");
        let phone = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Mobile/15E148 Safari/604.1";
        assert_eq!(client(phone), ("Safari · iPhone".to_owned(), true));
        assert_eq!(client("curl/8"), (String::new(), false));
    }
}
