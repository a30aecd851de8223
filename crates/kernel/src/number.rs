//! Numbers as people type them, whatever their language writes between thousands and before fractions.

/// What was typed, as digits with a point: `1 000,5`, `1,000.5` and `1.000,5` are `1000.5`. None when it is no number, or when it could be
/// one of two: `1,000` and `1.000` are a thousand to some and one to others.
#[must_use]
pub fn plain_number(text: &str) -> Option<String> {
    let text: String = text.chars().filter(|c| !c.is_whitespace() && !matches!(c, '\'' | '’')).collect();
    let (sign, digits) = text.strip_prefix(['-', '−']).map_or(("", text.as_str()), |rest| ("-", rest));
    let signs: Vec<char> = digits.chars().filter(|c| matches!(c, '.' | ',')).collect();
    let plain = match (signs.first(), signs.last()) {
        (None, _) | (_, None) => digits.to_owned(),
        (Some(_), Some(sign)) if signs.len() == 1 => {
            let (whole, rest) = digits.split_once(*sign)?;
            if is_ambiguous(whole, rest) {
                return None;
            }
            format!("{whole}.{rest}")
        }
        (Some(first), Some(last)) if first == last => thousands(digits, *first)?,
        (Some(group), Some(point)) => {
            let (whole, rest) = digits.rsplit_once(*point)?;
            if whole.contains(*point) {
                return None;
            }
            format!("{}.{rest}", thousands(whole, *group)?)
        }
    };
    let fine =
        plain.starts_with(|c: char| c.is_ascii_digit()) && plain.chars().all(|c| c.is_ascii_digit() || c == '.') && !plain.ends_with('.');
    fine.then(|| format!("{sign}{plain}"))
}

/// A number so that it is read back as itself: three places behind the point get a fourth.
#[must_use]
pub fn written_number(plain: &str) -> String {
    let ambiguous = plain.trim_start_matches('-').split_once('.').is_some_and(|(whole, rest)| is_ambiguous(whole, rest));
    if ambiguous { format!("{plain}0") } else { plain.to_owned() }
}

fn is_ambiguous(whole: &str, rest: &str) -> bool {
    rest.len() == 3 && (1..=3).contains(&whole.len()) && !whole.starts_with('0')
}

fn thousands(digits: &str, sign: char) -> Option<String> {
    let mut groups = digits.split(sign);
    let first = groups.next().filter(|first| (1..=3).contains(&first.len()))?;
    groups.try_fold(first.to_owned(), |whole, group| (group.len() == 3).then(|| whole + group))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_every_language_writes_them() {
        let read = |text: &str| plain_number(text).unwrap_or_default();
        for (typed, meant) in [
            ("12", "12"),
            ("-12,5", "-12.5"),
            ("−3", "-3"),
            ("0,125", "0.125"),
            ("1\u{a0}000,5", "1000.5"),
            ("1'000.5", "1000.5"),
            ("1,000.5", "1000.5"),
            ("1.000.000", "1000000"),
            ("1.234.567,8", "1234567.8"),
            ("1000.125", "1000.125"),
            ("1.1250", "1.1250"),
        ] {
            assert_eq!(read(typed), meant, "{typed}");
        }
    }

    #[test]
    fn what_is_a_thousand_to_some_and_one_to_others_is_not_guessed_at() {
        for typed in ["1,000", "1.000", "999,999", "", "-", ",", "1,", ",5", "1,00,0", "1.2.3", "1,5.5,5", "12a", "1e5", "1,0000.5"] {
            assert_eq!(plain_number(typed), None, "{typed}");
        }
        for number in ["1.125", "-12.500", "0.125", "12", "1.5", "1000.125"] {
            let read: f64 = plain_number(&written_number(number)).unwrap().parse().unwrap();
            assert!((read - number.parse::<f64>().unwrap()).abs() < f64::EPSILON, "{number}");
        }
    }
}
