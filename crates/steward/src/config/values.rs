//! Reading single values, with a sentence about what is wrong.

use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;

use channels::mail::auth::ResolverChoice;

use super::Config;
use kernel::Network;

pub(super) type Outcome = Result<(), String>;

/// Something that is not set when it is empty.
pub(super) fn optional(value: &str) -> Option<String> {
    Some(value.trim()).filter(|value| !value.is_empty()).map(str::to_owned)
}

pub(super) fn optional_path(value: &str) -> Option<PathBuf> {
    optional(value).map(PathBuf::from)
}

pub(super) fn number<T: TryFrom<u64>>(value: &str, least: u64, most: u64) -> Result<T, String> {
    let digits: String = value.trim().chars().filter(|c| *c != '_').collect();
    let wrong = || format!("expected a whole number from {least} to {most}");
    let number: u64 = digits.parse().map_err(|_| wrong())?;
    if !(least..=most).contains(&number) {
        return Err(wrong());
    }
    T::try_from(number).map_err(|_| wrong())
}

/// `host:port`; the host may be a name.
pub(super) fn address(value: &str) -> Result<String, String> {
    let value = value.trim();
    let fine = value.rsplit_once(':').is_some_and(|(host, port)| !host.is_empty() && port.parse::<u16>().is_ok());
    if fine { Ok(value.to_owned()) } else { Err("expected an address with a port, such as 127.0.0.1:7070".to_owned()) }
}

pub(super) fn optional_address(value: &str) -> Result<Option<String>, String> {
    optional(value).map(|value| address(&value)).transpose()
}

pub(super) fn base_url(value: &str) -> Result<Option<String>, String> {
    let Some(value) = optional(value) else { return Ok(None) };
    let value = value.trim_end_matches('/').to_ascii_lowercase();
    let host = value.strip_prefix("https://").or_else(|| value.strip_prefix("http://")).unwrap_or_default();
    let fine = !host.is_empty() && !host.contains(['/', '?', '#', '@', ' ']);
    if fine { Ok(Some(value)) } else { Err("expected an address without a path, such as https://help.example.org".to_owned()) }
}

pub(super) fn domain(value: &str) -> Result<Option<String>, String> {
    let Some(value) = optional(value) else { return Ok(None) };
    let value = value.to_lowercase();
    let fine =
        value.len() <= 253 && value.split('.').all(|label| !label.is_empty() && label.chars().all(|c| c.is_alphanumeric() || c == '-'));
    if fine { Ok(Some(value)) } else { Err("expected a domain, such as help.example.org".to_owned()) }
}

pub(super) fn networks(value: &str) -> Result<Vec<Network>, String> {
    let items = value.split(',').map(str::trim).filter(|item| !item.is_empty());
    items.map(|item| Network::parse(item).ok_or_else(|| format!("{item} is no address or network, such as 10.0.0.0/8"))).collect()
}

/// Names of machines or domains.
pub(super) fn names(value: &str) -> Result<Vec<String>, String> {
    let items = value.split(',').map(str::trim).filter(|item| !item.is_empty());
    items.map(|item| domain(item)?.ok_or_else(|| format!("{item} is no name, such as mx.example.org"))).collect()
}

pub(super) fn resolver(value: &str) -> Result<ResolverChoice, String> {
    let value = value.trim();
    match value {
        "system" => Ok(ResolverChoice::System),
        "off" => Ok(ResolverChoice::Off),
        _ => {
            let address = value.parse().map(ResolverChoice::Address).ok();
            let with_port =
                || value.trim_matches(['[', ']']).parse().ok().map(|ip: IpAddr| ResolverChoice::Address(SocketAddr::new(ip, 53)));
            address.or_else(with_port).ok_or_else(|| "expected system, off, or an address such as 127.0.0.1:53".to_owned())
        }
    }
}

pub(super) fn database(config: &mut Config, value: &str) -> Outcome {
    let value = value.trim();
    let known = ["sqlite:", "postgres://", "postgresql://"];
    if !value.is_empty() && !known.iter().any(|scheme| value.starts_with(scheme)) {
        return Err("expected sqlite:/path/to/file or postgres://user@host/database".to_owned());
    }
    value.clone_into(&mut config.database);
    Ok(())
}

pub(super) fn secret_key(config: &mut Config, value: &str) -> Outcome {
    let Some(value) = optional(value) else { return Ok(()) };
    // The value itself is not repeated: it would end up in a log.
    let key = people::vault::SecretKey::parse(&value).ok_or("expected 64 hexadecimal digits, as openssl rand -hex 32 prints them")?;
    config.secret_key = Some(key);
    Ok(())
}

pub(super) fn relay(config: &mut Config, value: &str) -> Outcome {
    config.smtp_relay = optional(value);
    match &config.smtp_relay {
        Some(url) => channels::mail::relay::Relay::from_url(url).map(|_| ()).map_err(|error| error.to_string()),
        None => Ok(()),
    }
}
