//! The address of a relay as an administrator writes it.

use std::net::IpAddr;

/// When TLS is used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Security {
    /// Never.
    Never,
    /// By STARTTLS when the relay offers it.
    WhenOffered,
    /// By STARTTLS, or not at all.
    Required,
    /// From the first byte.
    FromTheStart,
}

/// Where and how to connect.
pub(super) struct Target {
    pub host: String,
    pub port: u16,
    pub credentials: Option<(String, String)>,
    pub security: Security,
}

impl Target {
    pub(super) fn parse(url: &str) -> Result<Self, String> {
        let (scheme, rest) = url.trim().split_once("://").ok_or("expected smtp://host:port or smtps://host")?;
        let wrapped = match scheme.to_ascii_lowercase().as_str() {
            "smtp" => false,
            "smtps" => true,
            other => return Err(format!("{other}:// is not a mail relay: use smtp:// or smtps://")),
        };
        let (address, query) = rest.split_once('?').unwrap_or((rest, ""));
        let (login, place) = address.rsplit_once('@').map_or((None, address), |(login, place)| (Some(login), place));
        let credentials = login.map(credentials).transpose()?;
        let (host, port) = place_of(place.trim_end_matches('/'))?;
        let port = port.unwrap_or(match (wrapped, &credentials) {
            (true, _) => 465,
            (false, Some(_)) => 587,
            (false, None) => 25,
        });
        let security = match (wrapped, query) {
            (true, "") => Security::FromTheStart,
            (true, _) => return Err("smtps:// always uses TLS: leave the part after ? out".to_owned()),
            (false, "tls=required") => Security::Required,
            (false, "tls=none") => Security::Never,
            (false, "" | "tls=opportunistic") if credentials.is_some() && !is_local(&host) => Security::Required,
            (false, "" | "tls=opportunistic") => Security::WhenOffered,
            (false, other) => return Err(format!("unknown setting {other:?}: use tls=required or tls=none")),
        };
        Ok(Self { host, port, credentials, security })
    }
}

fn place_of(place: &str) -> Result<(String, Option<u16>), String> {
    let (host, port) = match place.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
        Some((host, after)) => (host, after.strip_prefix(':')),
        None => place.split_once(':').map_or((place, None), |(host, port)| (host, Some(port))),
    };
    let sound = !host.is_empty() && host.chars().all(|c| c.is_ascii_alphanumeric() || ".-_:".contains(c));
    if !sound {
        return Err("the relay needs a host name or an address".to_owned());
    }
    let port = port.map(|port| port.parse::<u16>().map_err(|_| "the port of the relay is not a number".to_owned())).transpose()?;
    Ok((host.to_owned(), port))
}

fn is_local(host: &str) -> bool {
    host == "localhost" || host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

fn credentials(login: &str) -> Result<(String, String), String> {
    let (user, password) = login.split_once(':').ok_or("expected user:password before the @")?;
    let decode = |text: &str| unescaped(text).ok_or_else(|| "the user or password holds a bad %-escape".to_owned());
    Ok((decode(user)?, decode(password)?))
}

fn unescaped(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte != b'%' {
            bytes.push(byte);
            continue;
        }
        let digit = |byte: u8| char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
        bytes.push(digit(rest.next()?)? * 16 + digit(rest.next()?)?);
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_says_where_how_and_as_whom() {
        let cases = [
            ("smtp://mail.example.com", "mail.example.com", 25, None, Security::WhenOffered),
            ("smtp://127.0.0.1:2525", "127.0.0.1", 2525, None, Security::WhenOffered),
            ("smtp://[::1]:2525/", "::1", 2525, None, Security::WhenOffered),
            ("smtp://mail.example.com?tls=required", "mail.example.com", 25, None, Security::Required),
            ("smtp://mail.example.com?tls=none", "mail.example.com", 25, None, Security::Never),
            ("smtp://u:p%40ss@mail.example.com", "mail.example.com", 587, Some(("u", "p@ss")), Security::Required),
            ("smtp://u:p@localhost:2525", "localhost", 2525, Some(("u", "p")), Security::WhenOffered),
            ("smtps://u%2Bx:p@mail.example.com", "mail.example.com", 465, Some(("u+x", "p")), Security::FromTheStart),
        ];
        for (url, host, port, login, security) in cases {
            let target = Target::parse(url).unwrap();
            let found = target.credentials.as_ref().map(|(user, password)| (user.as_str(), password.as_str()));
            assert_eq!((target.host.as_str(), target.port, found, target.security), (host, port, login, security), "{url}");
        }
    }

    #[test]
    fn a_wrong_address_is_explained_without_the_password() {
        for url in [
            "mail.example.com",
            "http://x",
            "smtp://",
            "smtp://x:y",
            "smtp://u:secret@x:port",
            "smtp://secret@x",
            "smtps://x?tls=none",
            "smtp://x?y",
            "smtp://u:secret%zz@x",
        ] {
            let text = Target::parse(url).err().unwrap();
            assert!(!text.contains("secret"), "{text}");
        }
    }
}
