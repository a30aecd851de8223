//! Who handed a message to a relay of ours, as that relay's `Received` line tells. Everything the stranger chose (its `HELO`, its ident) is
//! told apart from what the relay itself saw, by the forms of Postfix, Exim, Exchange, OpenSMTPD, Haraka, Sendmail and qmail.

use std::net::IpAddr;

/// Longest line that is read, in bytes.
const LINE_BYTES_MAX: usize = 2_000;

/// The other side of a conversation with a relay.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Client {
    /// Its address.
    pub(super) ip: IpAddr,
    /// What it called itself; empty when unknown.
    pub(super) helo: String,
}

/// The client that a `Received` line names, when it names one for certain.
pub(super) fn client(value: &[u8]) -> Option<Client> {
    let line = String::from_utf8_lossy(value.get(..value.len().min(LINE_BYTES_MAX)).unwrap_or_default());
    let line = line.split_whitespace().collect::<Vec<_>>().join(" ");
    let rest = strip_word(&line, "from")?;
    let (words, comments) = clause(rest);
    let first = words.first()?;
    // Exim without a reverse name: `from [192.0.2.1] (helo=name)`. The comment holds only what the stranger chose.
    if let (Some(ip), Some(comment)) = (bracketed(first), comments.first())
        && let Some(token) = comment.split(' ').next()
        && ["helo=", "port=", "ident="].iter().any(|key| token.starts_with(key))
    {
        return Some(Client { ip, helo: helo_of(comment).unwrap_or_default() });
    }
    for comment in &comments {
        let found = comment.split(' ').find_map(bracketed).or_else(|| literal(comment));
        if let Some(ip) = found {
            let stated = helo_of(comment).or_else(|| qmail_helo(&comments));
            return Some(Client { ip, helo: stated.unwrap_or_else(|| (*first).to_owned()) });
        }
    }
    None
}

fn strip_word<'a>(line: &'a str, word: &str) -> Option<&'a str> {
    let (first, rest) = line.split_once(' ')?;
    first.eq_ignore_ascii_case(word).then_some(rest)
}

/// The words and comments up to the word `by`.
fn clause(text: &str) -> (Vec<&str>, Vec<&str>) {
    let (mut words, mut comments) = (Vec::new(), Vec::new());
    let mut rest = text.trim_start();
    while !rest.is_empty() {
        if rest.starts_with('(') {
            let Some(end) = end_of_comment(rest) else { break };
            comments.push(rest.get(1..end).unwrap_or_default().trim());
            rest = rest.get(end + 1..).unwrap_or_default().trim_start();
        } else {
            let end = rest.find([' ', '(']).unwrap_or(rest.len());
            let (word, after) = rest.split_at_checked(end).unwrap_or((rest, ""));
            if word.eq_ignore_ascii_case("by") {
                break;
            }
            words.push(word);
            rest = after.trim_start();
        }
    }
    (words, comments)
}

/// Where the bracket that opens the text closes.
fn end_of_comment(text: &str) -> Option<usize> {
    let mut depth = 0_u32;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'(' => depth += 1,
            b')' => {
                depth = depth.checked_sub(1)?;
                if depth == 0 {
                    return Some(at);
                }
            }
            _ => {}
        }
    }
    None
}

/// `[192.0.2.1]`, `[IPv6:2001:db8::1]`, `[192.0.2.1]:2525`.
fn bracketed(token: &str) -> Option<IpAddr> {
    let (inside, after) = token.strip_prefix('[')?.split_once(']')?;
    let port = after.strip_prefix(':').is_some_and(|port| port.parse::<u16>().is_ok());
    (after.is_empty() || port).then(|| literal(inside)).flatten()
}

fn literal(text: &str) -> Option<IpAddr> {
    let plain = text.get(..5).filter(|tag| tag.eq_ignore_ascii_case("ipv6:")).and_then(|_| text.get(5..)).unwrap_or(text);
    plain.parse::<IpAddr>().ok().map(|ip| ip.to_canonical())
}

/// Exim: `helo=name` in a comment.
fn helo_of(comment: &str) -> Option<String> {
    comment.split(' ').find_map(|token| token.strip_prefix("helo=")).map(str::to_owned)
}

/// qmail: `from unknown (HELO name) (192.0.2.1)`.
fn qmail_helo(comments: &[&str]) -> Option<String> {
    comments.iter().find_map(|comment| comment.strip_prefix("HELO ").or_else(|| comment.strip_prefix("EHLO "))).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str) -> Option<(String, String)> {
        client(line.as_bytes()).map(|client| (client.ip.to_string(), client.helo))
    }

    #[test]
    fn the_forms_of_the_common_servers_are_read() {
        for (line, ip, helo) in [
            (
                "from mail.bank.net (mail.bank.net [192.0.2.7])\r\n\tby mx.desk.net (Postfix) with ESMTPS id 4F",
                "192.0.2.7",
                "mail.bank.net",
            ),
            ("from mail.bank.net (unknown [IPv6:2001:db8::7]) by mx (Postfix) with ESMTP id 1", "2001:db8::7", "mail.bank.net"),
            (
                "from m.bank.net (m.bank.net [192.0.2.7])\r\n\t(using TLSv1.3 with cipher X (256/256 bits))\r\n\t(No client certificate requested)\r\n\tby mx (Postfix)",
                "192.0.2.7",
                "m.bank.net",
            ),
            ("from m.bank.net ([192.0.2.7]) by mx with esmtps (Exim 4.96) id 1q", "192.0.2.7", "m.bank.net"),
            ("from rdns.net ([192.0.2.7] helo=m.bank.net) by mx with esmtp (Exim 4.96)", "192.0.2.7", "m.bank.net"),
            ("from rdns.net ([192.0.2.7]:41234 helo=m.bank.net) by mx with esmtp (Exim 4.96)", "192.0.2.7", "m.bank.net"),
            ("from [192.0.2.7] (helo=m.bank.net) by mx with esmtp (Exim 4.96)", "192.0.2.7", "m.bank.net"),
            ("from [192.0.2.7] (port=4123 helo=m.bank.net) by mx with esmtp (Exim 4.96)", "192.0.2.7", "m.bank.net"),
            ("from [2001:db8::7] (helo=m.bank.net) by mx with esmtp (Exim 4.96)", "2001:db8::7", "m.bank.net"),
            (
                "from M.bank.net (192.0.2.7) by EX.desk.net (10.0.0.5) with Microsoft SMTP Server (version=TLS1_2)",
                "192.0.2.7",
                "M.bank.net",
            ),
            ("from M.bank.net (2001:db8::7) by EX.desk.net (10.0.0.5) with Microsoft SMTP Server", "2001:db8::7", "M.bank.net"),
            ("from m.bank.net (rdns.net [192.0.2.7]) by mx (OpenSMTPD) with ESMTPS id 12 (TLSv1.3:X:256:NO)", "192.0.2.7", "m.bank.net"),
            (
                "from m.bank.net (rdns.net [192.0.2.7]) by mx (Haraka/3.0.1) with ESMTPS id 8F envelope-from <a@bank.net>",
                "192.0.2.7",
                "m.bank.net",
            ),
            ("from m.bank.net (rdns.net [192.0.2.7] (may be forged)) by mx (8.17.1/8.17.1) with ESMTPS", "192.0.2.7", "m.bank.net"),
            ("from unknown (HELO m.bank.net) (192.0.2.7) by 0 with SMTP; 1 Jan 2026", "192.0.2.7", "m.bank.net"),
            ("from m.bank.net (::ffff:192.0.2.7) by mx (Exchange)", "192.0.2.7", "m.bank.net"),
        ] {
            assert_eq!(read(line), Some((ip.to_owned(), helo.to_owned())), "{line}");
        }
    }

    #[test]
    fn t_m1_what_the_stranger_calls_itself_is_not_taken_for_its_address() {
        for (line, ip) in [
            ("from [198.51.100.1] (unknown [192.0.2.7]) by mx (Postfix)", "192.0.2.7"),
            ("from rdns.net ([192.0.2.7] helo=[198.51.100.1]) by mx (Exim)", "192.0.2.7"),
            ("from [192.0.2.7] (helo=[198.51.100.1]) by mx (Exim)", "192.0.2.7"),
            ("from rdns.net ([192.0.2.7] ident=[198.51.100.1]) by mx (Exim)", "192.0.2.7"),
            ("from x by [198.51.100.1] (unknown [192.0.2.7])", ""),
            ("from [198.51.100.1] by mx with LMTP", ""),
            ("from m.bank.net by mx with LMTP id x (envelope-from <[198.51.100.1]@x>)", ""),
        ] {
            assert_eq!(read(line).map(|found| found.0).unwrap_or_default(), ip, "{line}");
        }
    }

    #[test]
    fn a_line_without_a_client_names_none() {
        for line in [
            "",
            "by mx.desk.net (Postfix, from userid 1000) id 4F",
            "from localhost (mx [local]) by mx (OpenSMTPD)",
            "from m.bank.net (m.bank.net [999.0.2.7]) by mx",
            "from m (((((",
            "from",
            "from m.bank.net (m [192.0.2.7",
            "from é([é]) by é",
        ] {
            assert_eq!(read(line), None, "{line}");
        }
    }
}
