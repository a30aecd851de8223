//! Numbers that look random and are the same in every run.

/// A generator (splitmix64): quick, and good enough to choose texts and times by.
pub(crate) struct Chance(u64);

impl Chance {
    pub(crate) const fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// From 0 up to, but without, `end`; 0 when that is 0.
    pub(crate) fn below(&mut self, end: usize) -> usize {
        let end = u64::try_from(end).unwrap_or(u64::MAX).max(1);
        usize::try_from(self.next() % end).unwrap_or_default()
    }

    /// From `low` up to, but without, `high`.
    pub(crate) fn between(&mut self, low: i64, high: i64) -> i64 {
        let width = usize::try_from(high.saturating_sub(low)).unwrap_or_default();
        low.saturating_add(i64::try_from(self.below(width)).unwrap_or_default())
    }

    /// True in so many of a thousand cases.
    pub(crate) fn per_mille(&mut self, share: usize) -> bool {
        self.below(1_000) < share
    }

    /// One of several, each as often as its weight says.
    pub(crate) fn weighted<T: Copy + Default>(&mut self, choices: &[(usize, T)]) -> T {
        let mut rest = self.below(choices.iter().map(|(weight, _)| weight).sum());
        for (weight, choice) in choices {
            match rest.checked_sub(*weight) {
                Some(left) => rest = left,
                None => return *choice,
            }
        }
        T::default()
    }

    /// One of several.
    pub(crate) fn pick<'a, T>(&mut self, list: &'a [T]) -> Option<&'a T> {
        list.get(self.below(list.len()))
    }
}
