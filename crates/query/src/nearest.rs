//! Did you mean?

const DISTANCE_MAX: usize = 2;
const WORD_CHARS_MAX: usize = 64;

/// The known word that differs least from `word`, by at most two letters added, left out or changed, and not in all its letters.
#[must_use]
pub fn nearest<'a>(word: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let word: Vec<char> = word.to_lowercase().chars().collect();
    if word.len() > WORD_CHARS_MAX {
        return None;
    }
    known
        .map(|candidate| (distance(&word, &candidate.to_lowercase().chars().collect::<Vec<_>>()), candidate))
        .filter(|(distance, _)| *distance <= DISTANCE_MAX && *distance < word.len())
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// Levenshtein's, one row at a time.
fn distance(one: &[char], two: &[char]) -> usize {
    if one.len().abs_diff(two.len()) > DISTANCE_MAX {
        return usize::MAX;
    }
    let mut row: Vec<usize> = (0..=two.len()).collect();
    for (line, a) in one.iter().enumerate() {
        let mut diagonal = line;
        let mut left = line + 1;
        let mut next = vec![left];
        for (b, above) in two.iter().zip(row.iter().skip(1)) {
            left = (diagonal + usize::from(a != b)).min(above + 1).min(left + 1);
            diagonal = *above;
            next.push(left);
        }
        row = next;
    }
    row.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_known_word_is_within_two_letters() {
        let known = ["status", "service", "assignee", "tag"];
        let near = |word| nearest(word, known.into_iter());
        assert_eq!(near("statsu"), Some("status"));
        assert_eq!(near("Asignee"), Some("assignee"));
        assert_eq!(near("servce"), Some("service"));
        assert_eq!(near("tags"), Some("tag"));
        assert_eq!(near("printer"), None);
        assert_eq!(near("zz"), None);
        assert_eq!(near(&"s".repeat(1_000_000)), None);
        assert_eq!(distance(&['a'], &['a']), 0);
    }
}
