//! What a spam filter on the way said: SpamAssassin, rspamd, and those that speak like them. A sender can write such a header too,
//! but gains nothing by it: calling oneself spam harms only oneself, and the topmost line is the last filter's.

use desk::conversation::Spam;

use super::headers::Headers;
use kernel::text::prefix;

/// Headers with a plain yes or no.
const FLAGS: [&str; 3] = ["X-Spam-Flag", "X-Spam", "X-Spam-Flagged"];

/// What the filter said, if there was one.
pub(crate) fn judge(headers: &Headers<'_>) -> Option<Spam> {
    let first = |name: &str| headers.named(name).next().map(|header| headers.raw(header));
    let flag = FLAGS.iter().find_map(|name| first(name)).map(|value| is_yes(&value));
    let assassin = first("X-Spam-Status").map(|value| Spam { flagged: is_yes(&value), score: after(&value, "score=") });
    let rspamd = first("X-Spamd-Result").map(|value| Spam {
        flagged: value.split(':').nth(1).is_some_and(is_yes),
        score: value.split_once('[').and_then(|(_, rest)| number(rest.trim_start())),
    });
    let score = first("X-Spam-Score").or_else(|| first("X-Rspamd-Score")).and_then(|value| number(value.trim()));
    let told = assassin.or(rspamd);
    if told.is_none() && flag.is_none() && score.is_none() {
        return None;
    }
    let (flagged, said) = told.map_or((false, None), |spam| (spam.flagged, spam.score));
    Some(Spam { flagged: flagged || flag.unwrap_or(false), score: said.or(score) })
}

fn is_yes(value: &str) -> bool {
    let word = value.trim().split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default();
    ["yes", "true", "y"].iter().any(|yes| word.eq_ignore_ascii_case(yes))
}

fn after(value: &str, key: &str) -> Option<String> {
    number(value.split_once(key)?.1)
}

/// The number at the beginning of a text, as written, when it is one that a filter could mean.
fn number(text: &str) -> Option<String> {
    let end = text.find(|c: char| !(c.is_ascii_digit() || matches!(c, '-' | '.' | '+'))).unwrap_or(text.len());
    let number = prefix(text.get(..end)?, 12);
    number.parse::<f64>().ok().filter(|number| number.is_finite()).map(|_| number.to_owned())
}

#[cfg(test)]
mod tests {
    use super::super::headers::entity;
    use super::*;

    fn judged(header: &str) -> Option<(bool, Option<String>)> {
        judge(&entity(header.as_bytes(), false).headers).map(|spam| (spam.flagged, spam.score))
    }

    #[test]
    fn each_filters_words_are_understood() {
        for (header, flagged, score) in [
            ("X-Spam-Flag: YES", true, None),
            ("X-Spam: Yes", true, None),
            ("X-Spam-Status: Yes, score=8.3 required=5.0 tests=BAYES_99", true, Some("8.3")),
            ("X-Spam-Status: No, score=-2.1 required=5.0", false, Some("-2.1")),
            ("X-Spamd-Result: default: True [17.20 / 15.00];\r\n\tDMARC_POLICY_REJECT(2.00)", true, Some("17.20")),
            ("X-Spamd-Result: default: False [1.90 / 15.00]; R_SPF_ALLOW(-0.20)", false, Some("1.90")),
            ("X-Spam-Score: 4.2", false, Some("4.2")),
            ("X-Spam-Flag: NO\r\nX-Rspamd-Score: 0.4", false, Some("0.4")),
        ] {
            assert_eq!(judged(header), Some((flagged, score.map(str::to_owned))), "{header}");
        }
    }

    #[test]
    fn no_filter_says_nothing_and_nonsense_is_no_score() {
        assert_eq!(judged("Subject: X-Spam-Flag: YES"), None);
        assert_eq!(judged("X-Spam-Score: ****"), None);
        assert_eq!(judged("X-Spam-Status: Yes, score=nan"), Some((true, None)));
    }
}
