//! What a command line says.

use std::net::IpAddr;

use kernel::text::prefix;

use crate::mail::headers::message_id;

/// Longest path in a command (RFC 5321, 4.5.3.1.3).
const PATH_BYTES_MAX: usize = 256;
/// Longest name of a server that is kept (RFC 5321, 4.5.3.1.2).
const NAME_BYTES_MAX: usize = 255;

/// The sender of a message and what is announced with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Sender {
    /// None for reports.
    pub address: Option<String>,
    /// Announced size.
    pub size: Option<usize>,
    /// Whether addresses may go beyond ASCII.
    pub utf8: bool,
}

/// Whose message a relay of ours hands on (XFORWARD, as Postfix speaks it).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Forwarded {
    /// The address of the server that sent it.
    pub client_ip: Option<IpAddr>,
    /// The name that it gave itself.
    pub helo: Option<String>,
}

impl Forwarded {
    /// Takes over what a further command says: one line may be too short for everything.
    pub(super) fn add(&mut self, more: Self) {
        self.client_ip = more.client_ip.or(self.client_ip);
        self.helo = more.helo.or_else(|| self.helo.take());
    }
}

/// A command.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Command {
    Hello {
        word: String,
        name: String,
    },
    Forward(Result<Forwarded, &'static str>),
    Mail(Result<Sender, &'static str>),
    Recipient(Result<String, &'static str>),
    Data,
    Reset,
    Noop,
    Verify,
    Help,
    StartTls,
    Quit,
    /// Known, and not done here.
    NotHere,
    /// A piece of content by its length: done nowhere here, and content follows at once.
    Chunk,
    /// Another protocol's.
    Foreign,
    Unknown,
}

const BAD_PATH: &str = "501 5.1.3 expected an address in angle brackets";
const BAD_PARAMETER: &str = "555 5.5.4 unknown parameter";
const NO_REPORTS: &str = "555 5.5.4 delivery reports cannot be ordered here: send it without RET, ENVID, NOTIFY and ORCPT";
const BAD_FORWARD: &str = "501 5.5.4 expected names and values";

impl Command {
    pub(super) fn parse(line: &[u8]) -> Self {
        let Ok(line) = std::str::from_utf8(line) else { return Self::Unknown };
        if line.chars().any(char::is_control) {
            return Self::Unknown;
        }
        let (word, rest) = line.split_once(' ').unwrap_or((line, ""));
        let rest = rest.trim();
        match word.to_ascii_uppercase().as_str() {
            word @ ("HELO" | "EHLO" | "LHLO") => {
                Self::Hello { word: word.to_owned(), name: server_name(rest.split(' ').next().unwrap_or_default()) }
            }
            "XFORWARD" => Self::Forward(forwarded(rest)),
            "MAIL" => Self::Mail(after(rest, "FROM:").ok_or(BAD_PATH).and_then(sender)),
            "RCPT" => Self::Recipient(after(rest, "TO:").ok_or(BAD_PATH).and_then(recipient)),
            "DATA" if rest.is_empty() => Self::Data,
            "RSET" => Self::Reset,
            "NOOP" => Self::Noop,
            "VRFY" => Self::Verify,
            "HELP" => Self::Help,
            "QUIT" => Self::Quit,
            "STARTTLS" if rest.is_empty() => Self::StartTls,
            "EXPN" | "AUTH" | "TURN" | "ETRN" | "ATRN" | "XCLIENT" => Self::NotHere,
            "BDAT" => Self::Chunk,
            "GET" | "POST" | "PUT" | "HEAD" | "OPTIONS" | "CONNECT" | "PATCH" | "DELETE" | "HOST:" | "PRI" => Self::Foreign,
            _ => Self::Unknown,
        }
    }
}

fn server_name(text: &str) -> String {
    message_id(text).map(|name| prefix(&name, NAME_BYTES_MAX).to_owned()).unwrap_or_default()
}

/// Attributes that are not asked for are read over; `[UNAVAILABLE]` says nothing.
fn forwarded(text: &str) -> Result<Forwarded, &'static str> {
    let mut forwarded = Forwarded::default();
    for attribute in text.split_whitespace() {
        let (name, value) = attribute.split_once('=').ok_or(BAD_FORWARD)?;
        let value = unescaped(value).ok_or(BAD_FORWARD)?;
        if value.starts_with('[') && value.ends_with(']') {
            continue;
        }
        match name.to_ascii_uppercase().as_str() {
            "ADDR" => {
                let bare = value.get(..5).filter(|start| start.eq_ignore_ascii_case("IPv6:")).and(value.get(5..)).unwrap_or(&value);
                forwarded.client_ip = Some(bare.parse::<IpAddr>().map_err(|_| BAD_FORWARD)?.to_canonical());
            }
            "HELO" => forwarded.helo = Some(server_name(&value)).filter(|name| !name.is_empty()),
            _ => {}
        }
    }
    Ok(forwarded)
}

/// The `xtext` of RFC 3461: `+2B` stands for `+`.
fn unescaped(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte != b'+' {
            bytes.push(byte);
            continue;
        }
        let digit = |byte: u8| char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
        bytes.push(digit(rest.next()?)? * 16 + digit(rest.next()?)?);
    }
    String::from_utf8(bytes).ok().filter(|text| !text.chars().any(char::is_control))
}

fn after<'l>(rest: &'l str, word: &str) -> Option<&'l str> {
    let (start, path) = rest.split_at_checked(word.len())?;
    start.eq_ignore_ascii_case(word).then(|| path.trim_start())
}

fn sender(text: &str) -> Result<Sender, &'static str> {
    let (address, parameters) = path(text)?;
    let mut sender = Sender { address: (!address.is_empty()).then_some(address), size: None, utf8: false };
    for parameter in parameters.split_whitespace() {
        let (name, value) = parameter.split_once('=').map_or((parameter, None), |(name, value)| (name, Some(value)));
        match (name.to_ascii_uppercase().as_str(), value) {
            ("SIZE", Some(value)) if value.chars().all(|c| c.is_ascii_digit()) && (1..=20).contains(&value.len()) => {
                sender.size = Some(value.parse().unwrap_or(usize::MAX));
            }
            ("BODY", Some(value)) if value.eq_ignore_ascii_case("7BIT") || value.eq_ignore_ascii_case("8BITMIME") => {}
            ("SMTPUTF8", None) => sender.utf8 = true,
            // RFC 4954: who authenticated the message elsewhere; nothing is concluded from it.
            ("AUTH", Some(_)) => {}
            ("RET" | "ENVID", _) => return Err(NO_REPORTS),
            _ => return Err(BAD_PARAMETER),
        }
    }
    if sender.address.as_deref().is_some_and(|address| !address.is_ascii()) && !sender.utf8 {
        return Err("553 5.6.7 an address beyond ASCII needs SMTPUTF8");
    }
    Ok(sender)
}

fn recipient(text: &str) -> Result<String, &'static str> {
    let (address, parameters) = path(text)?;
    if address.is_empty() {
        return Err(BAD_PATH);
    }
    if !parameters.trim().is_empty() {
        let upper = parameters.to_ascii_uppercase();
        return Err(if upper.contains("NOTIFY=") || upper.contains("ORCPT=") { NO_REPORTS } else { BAD_PARAMETER });
    }
    Ok(address)
}

/// The address between angle brackets, which may itself hold brackets within quotes, and what follows.
fn path(text: &str) -> Result<(String, &str), &'static str> {
    let inside = text.strip_prefix('<').ok_or(BAD_PATH)?;
    let mut quoted = false;
    let mut escaped = false;
    let end = inside
        .find(|c: char| {
            let was_escaped = escaped;
            escaped = quoted && c == '\\' && !was_escaped;
            quoted ^= c == '"' && !was_escaped;
            c == '>' && !quoted
        })
        .ok_or(BAD_PATH)?;
    let (address, rest) = inside.split_at_checked(end).ok_or(BAD_PATH)?;
    // A source route is accepted and ignored (RFC 5321, appendix C).
    let address = match address.strip_prefix('@') {
        Some(route) => route.split_once(':').ok_or(BAD_PATH)?.1,
        None => address,
    };
    let sound = address.len() <= PATH_BYTES_MAX
        && (address.contains('"') || !address.contains([' ', '<', '>', ',', ';']))
        && (address.is_empty() || address.eq_ignore_ascii_case("postmaster") || is_address(address));
    let parameters = rest.strip_prefix('>').unwrap_or_default();
    if !sound || !(parameters.is_empty() || parameters.starts_with(' ')) {
        return Err(BAD_PATH);
    }
    Ok((address.to_owned(), parameters))
}

fn is_address(text: &str) -> bool {
    text.rsplit_once('@').is_some_and(|(local, domain)| {
        let domain_is_sound = domain.chars().all(|c| c.is_alphanumeric() || ".-_:[]".contains(c));
        !local.is_empty() && (local.starts_with('"') || !local.contains('@')) && !domain.is_empty() && domain_is_sound
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn from(line: &str) -> Result<Sender, &'static str> {
        match Command::parse(line.as_bytes()) {
            Command::Mail(sender) => sender,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_sender_has_an_address_and_parameters() {
        let plain = from("MAIL FROM:<a@example.com>").unwrap();
        assert_eq!(plain, Sender { address: Some("a@example.com".into()), size: None, utf8: false });
        assert_eq!(from("mail from: <>").unwrap().address, None);
        let full = from("MAIL FROM:<a@example.com> SIZE=1000 BODY=8BITMIME AUTH=<>").unwrap();
        assert_eq!(full.size, Some(1000));
        assert_eq!(from("MAIL FROM:<a@b.c> SIZE=99999999999999999999").unwrap().size, Some(usize::MAX));
        assert!(from("MAIL FROM:<ngân@ví-dụ.vn> SMTPUTF8").unwrap().utf8);
        assert_eq!(from("MAIL FROM:<@relay.example:a@example.com>").unwrap().address.as_deref(), Some("a@example.com"));
    }

    #[test]
    fn a_wrong_sender_is_refused() {
        for line in [
            "MAIL FROM:a@example.com",
            "MAIL FROM:<a@example.com",
            "MAIL FROM:<a b@example.com>",
            "MAIL FROM:<a@example.com>SIZE=1",
            "MAIL FROM:<a@example.com> RET=FULL",
            "MAIL FROM:<a@example.com> SIZE=-1",
            "MAIL FROM:<ngân@ví-dụ.vn>",
            "MAIL FROM:<a@b@c>",
            "MAIL TO:<a@example.com>",
            "MAIL",
        ] {
            assert!(from(line).is_err(), "{line}");
        }
    }

    #[test]
    fn recipients_and_words() {
        assert_eq!(Command::parse(b"RCPT TO:<postmaster>"), Command::Recipient(Ok("postmaster".into())));
        assert_eq!(Command::parse(b"RCPT TO:<\"a>b\"@example.com>"), Command::Recipient(Ok("\"a>b\"@example.com".into())));
        assert!(matches!(Command::parse(b"RCPT TO:<>"), Command::Recipient(Err(_))));
        assert_eq!(Command::parse(b"data"), Command::Data);
        assert_eq!(Command::parse(b"DATA now"), Command::Unknown);
        assert_eq!(Command::parse(b"BDAT 10 LAST"), Command::Chunk);
        assert_eq!(Command::parse(b"GET / HTTP/1.1"), Command::Foreign);
        assert_eq!(Command::parse(b"RCPT TO:<a@example.com> NOTIFY=NEVER"), Command::Recipient(Err(NO_REPORTS)));
        assert_eq!(Command::parse(b"NOOP\rRSET"), Command::Unknown);
        assert_eq!(Command::parse(b"\xff\xfe"), Command::Unknown);
        assert_eq!(Command::parse(b""), Command::Unknown);
    }

    #[test]
    fn a_relay_says_whose_message_it_hands_on() {
        let read = |line: &str| match Command::parse(line.as_bytes()) {
            Command::Forward(forwarded) => forwarded,
            other => panic!("{other:?}"),
        };
        let known = |address: &str, helo: &str| Forwarded { client_ip: Some(address.parse().unwrap()), helo: Some(helo.to_owned()) };
        assert_eq!(
            read("XFORWARD NAME=mx.customer.example ADDR=192.0.2.7 PORT=4711 PROTO=ESMTP HELO=mx.customer.example SOURCE=REMOTE"),
            Ok(known("192.0.2.7", "mx.customer.example"))
        );
        assert_eq!(read("xforward addr=IPv6:2001:db8::7 helo=a+2Db"), Ok(known("2001:db8::7", "a-b")));
        assert_eq!(read("XFORWARD NAME=[UNAVAILABLE] ADDR=[UNAVAILABLE] HELO=[TEMPUNAVAIL]"), Ok(Forwarded::default()));
        for wrong in ["XFORWARD ADDR", "XFORWARD ADDR=localhost", "XFORWARD HELO=+0", "XFORWARD HELO=a+0Ab"] {
            assert_eq!(read(wrong), Err(BAD_FORWARD), "{wrong}");
        }
        let mut both = known("192.0.2.7", "a");
        both.add(Forwarded { client_ip: None, helo: Some("b".to_owned()) });
        assert_eq!(both, known("192.0.2.7", "b"));
    }
}
