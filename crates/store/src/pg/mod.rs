//! PostgreSQL: a pool of worker threads with a session each, and a listener.

mod cells;
mod listener;
mod session;
mod worker;

use sha2::{Digest, Sha256};

pub(crate) use cells::cell;
pub(crate) use listener::{Listener, start as start_listener};
pub(crate) use session::{Session, config, connect};
pub(crate) use worker::start as start_workers;

/// `?1` becomes `$1` outside quotes and comments.
pub(crate) fn translate(sql: &str) -> String {
    let mut out = String::with_capacity(sql.len());
    let mut quote: Option<char> = None;
    let mut chars = sql.chars().peekable();
    while let Some(c) = chars.next() {
        match quote {
            Some(end) if c == end => quote = None,
            Some(_) => {}
            None if c == '\'' || c == '"' => quote = Some(c),
            None if c == '-' && chars.peek() == Some(&'-') => quote = Some('\n'),
            None if c == '?' && chars.peek().is_some_and(char::is_ascii_digit) => {
                out.push('$');
                continue;
            }
            None => {}
        }
        out.push(c);
    }
    out
}

/// The number that stands for a name among advisory locks; the same on every node and in every release.
pub(crate) fn lock_key(name: &str) -> i64 {
    let hash = Sha256::digest(name.as_bytes());
    hash.iter().take(8).fold(0_i64, |key, byte| (key << 8) | i64::from(*byte))
}

/// What a sequence is called on the server: safe to write into a statement, different for different names.
pub(crate) fn sequence_name(name: &str) -> String {
    let plain = name.len() <= 40 && name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_');
    if plain && !name.starts_with("x_") { format!("number_{name}") } else { format!("number_x_{:016x}", lock_key(name)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_inside_quotes_and_comments_stay() {
        assert_eq!(translate("SELECT ?1, '?2', \"?3\" -- ?4\n, ?5"), "SELECT $1, '?2', \"?3\" -- ?4\n, $5");
        assert_eq!(translate("SELECT 'it''s ?1', ?12"), "SELECT 'it''s ?1', $12");
    }

    #[test]
    fn sequence_names_are_plain_and_distinct() {
        assert_eq!(sequence_name("ticket_it"), "number_ticket_it");
        let odd = sequence_name("desk'; DROP TABLE x");
        assert!(odd.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_'));
        assert_ne!(odd, sequence_name("desk'; DROP TABLE y"));
    }
}
