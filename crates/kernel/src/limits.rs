//! Limits on everything that comes from outside, units last.

/// Largest body of an API request that carries JSON.
pub const JSON_BODY_BYTES_MAX: usize = 2 * 1024 * 1024;
/// Largest single file.
pub const ATTACHMENT_BYTES_MAX: usize = 25 * 1024 * 1024;
/// Most files on one message.
pub const ATTACHMENTS_PER_MESSAGE_MAX: usize = 50;
/// Largest incoming mail; also what the SMTP greeting announces.
pub const MAIL_BYTES_MAX: usize = 25 * 1024 * 1024;
/// Deepest nesting of MIME parts that is read; deeper parts stay in the raw message only.
pub const MAIL_DEPTH_MAX: usize = 64;
/// Most MIME parts that are read.
pub const MAIL_PARTS_MAX: usize = 1_000;
/// Bytes of the header of a mail that are kept.
pub const MAIL_HEADER_BYTES_MAX: usize = 256 * 1024;
/// Bytes of one field of a header that are read.
pub const MAIL_FIELD_BYTES_MAX: usize = 64 * 1024;
/// Most fields of a header that are read.
pub const MAIL_FIELDS_MAX: usize = 5_000;
/// Most addresses of one mail that become participants.
pub const MAIL_PARTICIPANTS_MAX: usize = 40;
/// Most message ids of a References header that are looked at.
pub const MAIL_REFERENCES_MAX: usize = 100;
/// Longest subject or title, in characters.
pub const TITLE_CHARS_MAX: usize = 255;
/// Longest text of a message, in bytes.
pub const BODY_BYTES_MAX: usize = 1024 * 1024;
/// Longest name of a person, organisation, team, desk or category, in characters.
pub const NAME_CHARS_MAX: usize = 120;
/// Longest e-mail address, in bytes (RFC 5321).
pub const EMAIL_BYTES_MAX: usize = 254;
/// Longest password, in bytes; beyond it hashing would be a lever for exhaustion.
pub const PASSWORD_BYTES_MAX: usize = 256;
/// Shortest password, in characters.
pub const PASSWORD_CHARS_MIN: usize = 10;
/// Most tags on a ticket.
pub const TAGS_MAX: usize = 40;
/// Longest tag, in characters.
pub const TAG_CHARS_MAX: usize = 40;
/// Most custom fields per desk.
pub const FIELDS_MAX: usize = 200;
/// Longest value of a custom text field, in characters.
pub const FIELD_TEXT_CHARS_MAX: usize = 4_000;
/// Most tickets that one change in the background is for.
pub const BULK_TICKETS_MAX: usize = 100_000;
/// Most such changes of one person that are under way at the same time.
pub const BULK_RUNS_MAX: usize = 3;
/// Most languages in which one macro speaks.
pub const MACRO_TEXTS_MAX: usize = 6;
/// Largest page of a list.
pub const PAGE_ROWS_MAX: usize = 200;
/// Rows of a page when the caller does not say.
pub const PAGE_ROWS: usize = 50;
/// Longest text of a query, in bytes.
pub const QUERY_BYTES_MAX: usize = 4_096;
/// Most terms of a query.
pub const QUERY_TERMS_MAX: usize = 64;
/// Most that a query may cost for each record that it looks at; one comparison with a column costs 1, a word in three texts 12.
pub const QUERY_COST_MAX: usize = 240;
/// Deepest nesting of a query.
pub const QUERY_DEPTH_MAX: usize = 16;
/// Most saved views of one person, team or desk, and most of everybody's.
pub const VIEWS_PER_PLACE_MAX: i64 = 100;
/// Memory for the sets behind counts that are kept, in bytes, beside eight bytes for each ticket that is in any of them; a set of a million
/// tickets takes at most 125,000.
pub const KEPT_COUNTS_BYTES_MAX: usize = 16 * 1024 * 1024;
/// Longest idempotency key, in bytes.
pub const IDEMPOTENCY_KEY_BYTES_MAX: usize = 255;
/// Days for which an idempotency key is remembered.
pub const IDEMPOTENCY_DAYS: i64 = 7;
/// Deepest chain of categories.
pub const CATEGORY_DEPTH_MAX: usize = 6;
/// Tries before a reactor parks a fact.
pub const REACTOR_TRIES_MAX: u32 = 3;
/// Most automatic mails to one address in an hour.
pub const AUTOMATIC_MAILS_PER_HOUR_MAX: i64 = 3;
