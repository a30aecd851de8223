//! What this node knows of open pages, in memory: pages and streams ask here, so that showing presence reads no database.

use std::collections::{BTreeSet, HashMap};

use kernel::{PersonId, Stamp, TicketId};

use super::{Activity, Attendance};

/// Open pages by their names.
#[derive(Debug, Default)]
pub struct Board {
    pages: HashMap<String, Attendance>,
}

impl Board {
    /// Takes over what pages said; the tickets at which somebody came, left or does something else now.
    pub fn learn(&mut self, said: Vec<Attendance>, now: Stamp) -> BTreeSet<TicketId> {
        let mut changed = BTreeSet::new();
        for attendance in said {
            let open = attendance.activity.is_some() && attendance.until > now;
            let before = self.pages.get(&attendance.place);
            if before.is_some_and(|before| before.changed_at > attendance.changed_at) {
                continue;
            }
            let same = before.is_some_and(|before| before.ticket == attendance.ticket && before.activity == attendance.activity);
            if !(open && same) && (open || before.is_some()) {
                changed.extend(before.map(|before| before.ticket));
                if open {
                    changed.insert(attendance.ticket);
                }
            }
            if open {
                self.pages.insert(attendance.place.clone(), attendance);
            } else {
                self.pages.remove(&attendance.place);
            }
        }
        changed
    }

    /// Forgets pages that have said nothing for too long; their tickets.
    pub fn expire(&mut self, now: Stamp) -> BTreeSet<TicketId> {
        self.keep(|page| page.until > now)
    }

    /// Forgets every page that is not among these; their tickets. For when sessions may have ended.
    pub fn only(&mut self, open: &[Attendance]) -> BTreeSet<TicketId> {
        let names: BTreeSet<&str> = open.iter().map(|page| page.place.as_str()).collect();
        self.keep(|page| names.contains(page.place.as_str()))
    }

    fn keep(&mut self, stays: impl Fn(&Attendance) -> bool) -> BTreeSet<TicketId> {
        let mut left = BTreeSet::new();
        self.pages.retain(|_, page| {
            let stay = stays(page);
            if !stay {
                left.insert(page.ticket);
            }
            stay
        });
        left
    }

    /// Who is at a ticket, those who write first.
    #[must_use]
    pub fn at(&self, ticket: TicketId) -> Vec<(PersonId, Activity)> {
        gathered(self.pages.values().filter(|page| page.ticket == ticket))
    }

    /// Whether a page of this name is at a ticket.
    #[must_use]
    pub fn holds(&self, place: &str) -> bool {
        self.pages.contains_key(place)
    }

    /// Every ticket at which somebody is.
    #[must_use]
    pub fn tickets(&self) -> BTreeSet<TicketId> {
        self.pages.values().map(|page| page.ticket).collect()
    }
}

/// Each person once, with what matters most of what their pages say; those who write first.
pub(super) fn gathered<'a>(pages: impl Iterator<Item = &'a Attendance>) -> Vec<(PersonId, Activity)> {
    let mut best: HashMap<PersonId, Activity> = HashMap::new();
    for page in pages {
        let Some(activity) = page.activity else { continue };
        let known = best.entry(page.person).or_insert(activity);
        *known = (*known).max(activity);
    }
    let mut list: Vec<(PersonId, Activity)> = best.into_iter().collect();
    list.sort_by_key(|(person, activity)| (std::cmp::Reverse(*activity), *person));
    list
}

#[cfg(test)]
mod tests {
    use kernel::Span;

    use super::*;
    use crate::presence::LEASE;

    const START: Stamp = Stamp::from_micros(1_800_000_000_000_000);

    fn page(place: &str, ticket: i64, person: i64, activity: Option<Activity>, at: Stamp) -> Attendance {
        Attendance {
            place: place.to_owned(),
            ticket: TicketId(ticket),
            person: PersonId(person),
            session: None,
            activity,
            changed_at: at,
            until: at + LEASE,
        }
    }

    #[test]
    fn only_what_others_can_see_counts_as_a_change() {
        let mut board = Board::default();
        let one = |activity| vec![page("a", 1, 7, Some(activity), START)];
        assert_eq!(board.learn(one(Activity::Viewing), START), BTreeSet::from([TicketId(1)]));
        assert!(board.learn(one(Activity::Viewing), START).is_empty(), "a renewal is no news");
        assert_eq!(board.learn(one(Activity::Replying), START), BTreeSet::from([TicketId(1)]));
        let moved = page("a", 2, 7, Some(Activity::Viewing), START);
        assert_eq!(board.learn(vec![moved], START), BTreeSet::from([TicketId(1), TicketId(2)]));
        let gone = page("a", 2, 7, None, START);
        assert_eq!(board.learn(vec![gone.clone()], START), BTreeSet::from([TicketId(2)]));
        assert!(board.learn(vec![gone], START).is_empty(), "gone twice is gone once");
    }

    #[test]
    fn a_person_with_several_pages_is_there_once_with_what_matters_most() {
        let mut board = Board::default();
        let pages = vec![
            page("a", 1, 7, Some(Activity::Viewing), START),
            page("b", 1, 7, Some(Activity::Noting), START),
            page("c", 1, 8, Some(Activity::Replying), START),
            page("d", 2, 9, Some(Activity::Viewing), START),
        ];
        board.learn(pages, START);
        assert_eq!(board.at(TicketId(1)), [(PersonId(8), Activity::Replying), (PersonId(7), Activity::Noting)]);
    }

    #[test]
    fn a_page_that_says_nothing_ends_with_its_lease() {
        let mut board = Board::default();
        board.learn(vec![page("a", 1, 7, Some(Activity::Viewing), START)], START);
        assert!(board.expire(START + Span::seconds(59)).is_empty());
        assert_eq!(board.expire(START + Span::seconds(60)), BTreeSet::from([TicketId(1)]));
        assert!(board.at(TicketId(1)).is_empty());
    }

    #[test]
    fn an_older_word_never_replaces_a_newer_one() {
        let mut board = Board::default();
        board.learn(vec![page("a", 1, 7, Some(Activity::Replying), START + Span::seconds(2))], START);
        board.learn(vec![page("a", 1, 7, Some(Activity::Viewing), START)], START);
        assert_eq!(board.at(TicketId(1)), [(PersonId(7), Activity::Replying)]);
    }
}
