//! Sets of tickets. Each ticket that was met has a place, and a set is a set of places: with a million tickets a large one takes some hundred
//! kilobytes, where their ids would take eight megabytes for each set.

use std::collections::HashMap;

use roaring::RoaringBitmap;

/// So many ids that come together and were not met before are kept as one list in order; fewer are kept one by one.
const LOT_MIN: usize = 1_000;
/// And so large a part of all that are known, so that there are few lists to look in.
const LOT_SHARE: usize = 16;

/// Every ticket that was met.
#[derive(Debug, Default)]
pub(super) struct Places {
    /// Ids by place.
    ids: Vec<i64>,
    /// Stretches of them that are in order.
    lots: Vec<std::ops::Range<usize>>,
    /// The places of all others.
    single: HashMap<i64, u32>,
}

/// A set of tickets, with what it takes to tell which.
#[derive(Clone, Copy)]
pub(super) struct Fitting<'a> {
    pub(super) places: &'a Places,
    pub(super) set: &'a RoaringBitmap,
}

impl Places {
    /// Where a ticket stands; none when it was never met.
    pub(super) fn of(&self, id: i64) -> Option<u32> {
        let in_lots = self.lots.iter().find_map(|lot| Some(lot.start + self.ids.get(lot.clone())?.binary_search(&id).ok()?));
        in_lots.map(place).or_else(|| self.single.get(&id).copied())
    }

    /// The same for many that are in order.
    fn of_all(&self, ids: &[i64]) -> Vec<Option<u32>> {
        let mut found = vec![None; ids.len()];
        for lot in &self.lots {
            walk(self.ids.get(lot.clone()).unwrap_or_default(), ids, |at, there| {
                if let Some(slot) = found.get_mut(at) {
                    *slot = Some(place(lot.start + there));
                }
            });
        }
        if !self.single.is_empty() {
            for (slot, id) in found.iter_mut().zip(ids).filter(|(slot, _)| slot.is_none()) {
                *slot = self.single.get(id).copied();
            }
        }
        found
    }

    /// The place of a ticket, which it has from now on.
    pub(super) fn learn(&mut self, id: i64) -> u32 {
        if let Some(known) = self.of(id) {
            return known;
        }
        let new = place(self.ids.len());
        self.ids.push(id);
        self.single.insert(id, new);
        new
    }

    /// The set of these tickets, which are in order.
    pub(super) fn learn_all(&mut self, ids: &[i64]) -> RoaringBitmap {
        let found = self.of_all(ids);
        let mut set: RoaringBitmap = found.iter().flatten().copied().collect();
        let unknown: Vec<i64> = ids.iter().zip(&found).filter(|(_, place)| place.is_none()).map(|(id, _)| *id).collect();
        if unknown.len() >= LOT_MIN.max(self.ids.len() / LOT_SHARE) {
            let lot = self.ids.len()..self.ids.len() + unknown.len();
            self.ids.reserve_exact(unknown.len());
            self.ids.extend(unknown);
            set.extend(lot.clone().map(place));
            self.lots.push(lot);
        } else {
            set.extend(unknown.into_iter().map(|id| self.learn(id)));
        }
        set.optimize();
        set
    }
}

impl Fitting<'_> {
    pub(super) fn len(self) -> usize {
        usize::try_from(self.set.len()).unwrap_or(usize::MAX)
    }

    /// Their ids, in order.
    pub(super) fn ids(self) -> Vec<i64> {
        let id = |place: u32| usize::try_from(place).ok().and_then(|place| self.places.ids.get(place)).copied();
        let mut ids: Vec<i64> = self.set.iter().filter_map(id).collect();
        ids.sort_unstable();
        ids
    }

    /// The same where they are no more than so many.
    pub(super) fn few(self, max: usize) -> Option<Vec<i64>> {
        (self.len() <= max).then(|| self.ids())
    }

    /// Those of these, which are in order, that are in it.
    pub(super) fn among(self, ids: &[i64]) -> Vec<i64> {
        // Where they are many, all of both are gone through once.
        if ids.len().saturating_mul(16) > self.len() {
            return common(&self.ids(), ids);
        }
        let places = self.places.of_all(ids);
        ids.iter().zip(places).filter(|(_, place)| place.is_some_and(|place| self.set.contains(place))).map(|(id, _)| *id).collect()
    }
}

/// There is memory for fewer ids than there are places.
fn place(of: usize) -> u32 {
    u32::try_from(of).unwrap_or(u32::MAX)
}

/// What two lists in order have in common.
pub(super) fn common(one: &[i64], other: &[i64]) -> Vec<i64> {
    let (few, many) = if one.len() < other.len() { (one, other) } else { (other, one) };
    let mut found = Vec::new();
    walk(many, few, |at, _| found.extend(few.get(at)));
    found
}

/// Tells which of these ids a list has, and where; both are in order.
fn walk(list: &[i64], ids: &[i64], mut met: impl FnMut(usize, usize)) {
    // Where they are far fewer, each is looked for by itself.
    if ids.len().saturating_mul(16) < list.len() {
        for (at, id) in ids.iter().enumerate() {
            if let Ok(there) = list.binary_search(id) {
                met(at, there);
            }
        }
        return;
    }
    let mut there = 0;
    for (at, id) in ids.iter().enumerate() {
        while list.get(there).is_some_and(|other| other < id) {
            there += 1;
        }
        if list.get(there) == Some(id) {
            met(at, there);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_two_lists_have_in_common_is_found_whatever_their_lengths() {
        let many: Vec<i64> = (0..1_000).map(|n| n * 3).collect();
        let half: Vec<i64> = (0..500).map(|n| n * 5).collect();
        let naive = |one: &[i64], other: &[i64]| one.iter().copied().filter(|id| other.contains(id)).collect::<Vec<_>>();
        assert_eq!(common(&half, &many), naive(&half, &many));
        assert_eq!(common(&many, &half), naive(&half, &many));
        assert_eq!(common(&[3, 4, 2_997, 2_998], &many), [3, 2_997]);
        assert!(common(&[], &many).is_empty() && common(&many, &[]).is_empty());
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn a_set_has_the_tickets_that_were_put_into_it_in_whatever_order_they_were_met(
            lists in proptest::collection::vec((0..40_i64, 1..2_500_i64, 1..7_i64), 1..6),
            asked in proptest::collection::btree_set(0..20_000_i64, 0..400),
            single in 0..20_000_i64,
        ) {
            let mut places = Places::default();
            let lists: Vec<BTreeSet<i64>> = lists.iter().map(|(from, count, step)| (0..*count).map(|n| from * 300 + n * step).collect()).collect();
            let sets: Vec<RoaringBitmap> = lists.iter().map(|list| places.learn_all(&list.iter().copied().collect::<Vec<_>>())).collect();
            let alone = places.learn(single);
            prop_assert_eq!(places.of(single), Some(alone));
            let asked: Vec<i64> = asked.into_iter().collect();
            for (list, set) in lists.iter().zip(&sets) {
                let fitting = Fitting { places: &places, set };
                prop_assert_eq!(fitting.len(), list.len());
                prop_assert_eq!(fitting.ids(), list.iter().copied().collect::<Vec<_>>());
                let among: Vec<i64> = asked.iter().copied().filter(|id| list.contains(id)).collect();
                prop_assert_eq!(fitting.among(&asked), among);
                prop_assert!(list.iter().all(|id| places.of(*id).is_some_and(|place| set.contains(place))));
                prop_assert!(fitting.few(list.len()).is_some());
                prop_assert!(fitting.few(list.len() - 1).is_none());
            }
        }
    }
}
