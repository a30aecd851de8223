//! What is bounded.

use kernel::Span;
use std::time::Duration;

/// Hooks of one installation.
pub(super) const HOOKS_MAX: usize = 100;
/// Characters of an address.
pub(super) const URL_CHARS_MAX: usize = 2_000;
/// Characters of a name.
pub(super) const NAME_CHARS_MAX: usize = 100;
/// Characters that are kept of an answer.
pub(super) const RESPONSE_CHARS_MAX: usize = 1_000;
/// Bytes that are read of an answer.
pub(super) const RESPONSE_BYTES_MAX: usize = 16 * 1024;
/// An answer that takes longer counts as none.
pub(super) const ANSWER_WITHIN: Duration = Duration::from_secs(15);
/// Tellings of one hook at a time.
pub(super) const AT_ONCE: usize = 4;
/// Tellings of one hook that are read at a time.
pub(super) const BATCH: usize = 64;
/// What was delivered is kept for so long.
pub(super) const DELIVERED_KEPT: Span = Span::days(14);
/// The same of what was given up.
pub(super) const FAILED_KEPT: Span = Span::days(28);
/// Pauses between tries, in seconds; after the last one it is given up.
pub(super) const PAUSES_SECONDS: [i64; 9] = [5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400];
