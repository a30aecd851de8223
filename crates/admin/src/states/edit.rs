//! One change to a drawing: what a form of the page says, done to a practice. Nothing is checked here that publishing checks.

use kernel::{Locale, Message, Names, Refusal};
use people::Settings;
use people::settings::practice::{TURNS, is_key};
use people::settings::{Practice, Status, Transition};
use unicode_normalization::UnicodeNormalization;

use super::Chosen;
use crate::Posted;

/// Does it, and says what is selected then.
pub(super) fn apply(
    practice: &mut Practice,
    posted: &Posted,
    (settings, kind): (&Settings, &str),
    locale: Locale,
) -> Result<Chosen, Refusal> {
    let (state, from, to) = (posted.one("state").to_owned(), posted.one("from").to_owned(), posted.one("to").to_owned());
    let of_state = |state: String| Chosen { state, ..Chosen::default() };
    match posted.one("do") {
        "add-state" => add_state(practice, posted, locale).map(of_state),
        "save-state" | "state-up" | "state-down" => {
            save_state(practice, posted, &state)?;
            let at = practice.statuses.iter().position(|status| status.word == state).ok_or(Refusal::NotFound)?;
            let other = match posted.one("do") {
                "state-up" => at.checked_sub(1),
                "state-down" => Some(at + 1),
                _ => None,
            };
            if let Some(other) = other.filter(|other| *other < practice.statuses.len()) {
                practice.statuses.swap(at, other);
            }
            Ok(of_state(state))
        }
        "remove-state" => {
            practice.statuses.retain(|status| status.word != state);
            practice.transitions.retain(|way| way.from != state && way.to != state);
            Ok(Chosen::default())
        }
        "add-way" => {
            let known = |word: &str| practice.status(word).is_some();
            if !known(&from) || !known(&to) || from == to {
                return Err(Refusal::invalid("to", Message::new("error-practice-way").with("from", from).with("to", to)));
            }
            if practice.transition(&from, &to).is_none() {
                practice.transitions.push(Transition::plain(from.clone(), to.clone()));
            }
            Ok(Chosen { from, to, ..Chosen::default() })
        }
        "save-way" => {
            let way = practice.transitions.iter_mut().find(|way| way.from == from && way.to == to).ok_or(Refusal::NotFound)?;
            way.names = names_of(posted);
            way.comment = posted.has("comment");
            way.resolution_code = posted.has("resolution_code");
            way.administrators = posted.has("administrators");
            way.fields = posted.all("fields").map(str::to_owned).collect();
            Ok(Chosen { from, to, ..Chosen::default() })
        }
        "remove-way" => {
            practice.transitions.retain(|way| way.from != from || way.to != to);
            Ok(of_state(from))
        }
        "take-up" => {
            let version = posted.version().ok_or(Refusal::NotFound)?;
            *practice = settings.practice_versions.get(&(kind.to_owned(), version)).ok_or(Refusal::NotFound)?.clone();
            Ok(Chosen::default())
        }
        _ => Err(Refusal::NotFound),
    }
}

/// Everything that the panel says of a state: its turn, its names, and the steps from it and to it.
fn save_state(practice: &mut Practice, posted: &Posted, state: &str) -> Result<(), Refusal> {
    let status = practice.statuses.iter_mut().find(|status| status.word == state).ok_or(Refusal::NotFound)?;
    turn_of(posted)?.clone_into(&mut status.turn);
    status.names = names_of(posted);
    let others: Vec<String> = practice.statuses.iter().map(|status| status.word.clone()).filter(|word| word != state).collect();
    for other in others {
        let ticked = |name: &str| posted.all(name).any(|word| word == other);
        set_way(practice, (state, &other), ticked("leads"));
        set_way(practice, (&other, state), ticked("reached"));
    }
    Ok(())
}

/// A step that stays keeps what it asks for.
fn set_way(practice: &mut Practice, (from, to): (&str, &str), wanted: bool) {
    match (practice.transition(from, to).is_some(), wanted) {
        (false, true) => practice.transitions.push(Transition::plain(from, to)),
        (true, false) => practice.transitions.retain(|way| way.from != from || way.to != to),
        _ => {}
    }
}

/// A new state stands after the last one of its turn, so that the order of a ticket's life stays.
fn add_state(practice: &mut Practice, posted: &Posted, locale: Locale) -> Result<String, Refusal> {
    let name = posted.filled("name").ok_or_else(|| Refusal::invalid("name", Message::new("error-needed")))?;
    let turn = turn_of(posted)?;
    let word = key_for(name, practice);
    let names = Names::from([(locale.tag().to_owned(), name.to_owned())]);
    let last = practice.statuses.iter().rposition(|status| status.turn == turn);
    let before_the_end = practice.statuses.iter().position(|status| status.turn == "done");
    let place = last.map(|at| at + 1).or(before_the_end).unwrap_or(practice.statuses.len());
    practice.statuses.insert(place, Status { word: word.clone(), turn: turn.to_owned(), names });
    Ok(word)
}

fn turn_of(posted: &Posted) -> Result<&'static str, Refusal> {
    let found = TURNS.into_iter().find(|turn| *turn == posted.one("turn"));
    found.ok_or_else(|| Refusal::invalid("turn", Message::new("error-needed")))
}

/// Names by language; empty lines are no names.
fn names_of(posted: &Posted) -> Names {
    let named = |locale: &Locale| posted.filled(&format!("name.{}", locale.tag())).map(|name| (locale.tag().to_owned(), name.to_owned()));
    Locale::ALL.iter().filter_map(named).collect()
}

/// A key of Latin letters, made from a name in any language; a number where nothing is left of it or it is taken.
fn key_for(name: &str, practice: &Practice) -> String {
    let mut key = String::new();
    for c in name.to_lowercase().replace('đ', "d").nfd() {
        if c.is_ascii_alphanumeric() {
            key.push(c);
        } else if c.is_whitespace() && !key.is_empty() && !key.ends_with('_') {
            key.push('_');
        }
    }
    let key: String = key.trim_end_matches('_').chars().take(30).collect();
    let base = if is_key(&key) { key } else { "state".to_owned() };
    let taken = |word: &str| practice.status(word).is_some();
    if !taken(&base) {
        return base;
    }
    (2..=99).map(|n| format!("{base}_{n}")).find(|word| !taken(word)).unwrap_or(base)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn practice() -> Practice {
        let status = |word: &str, turn: &str| Status { word: word.into(), turn: turn.into(), names: Names::new() };
        Practice {
            version: 1,
            statuses: vec![status("new", "us"), status("closed", "done")],
            transitions: vec![Transition::plain("new", "closed")],
        }
    }

    fn done(practice: &mut Practice, posted: &Posted) -> Result<Chosen, Refusal> {
        apply(practice, posted, (&Settings::default(), "incident"), Locale::Vi)
    }

    #[test]
    fn a_state_gets_a_latin_key_and_stands_with_its_turn() {
        let mut one = practice();
        let add = |name: &str, turn: &str| Posted::default().with("do", "add-state").with("name", name).with("turn", turn);
        assert_eq!(done(&mut one, &add("Đợi linh kiện", "third_party")).unwrap().state, "doi_linh_kien");
        assert_eq!(done(&mut one, &add("Ждём", "us")).unwrap().state, "state");
        assert_eq!(done(&mut one, &add("Ждём", "us")).unwrap().state, "state_2");
        let order: Vec<&str> = one.statuses.iter().map(|status| status.word.as_str()).collect();
        assert_eq!(order, ["new", "state", "state_2", "doi_linh_kien", "closed"]);
        assert!(done(&mut one, &add(" ", "us")).is_err() && done(&mut one, &add("x", "moon")).is_err());
    }

    #[test]
    fn a_state_that_goes_takes_its_ways_along() {
        let mut one = practice();
        done(&mut one, &Posted::default().with("do", "remove-state").with("state", "closed")).unwrap();
        assert_eq!((one.statuses.len(), one.transitions.len()), (1, 0));
    }

    #[test]
    fn the_ticks_of_a_state_are_its_steps_and_those_that_stay_keep_what_they_ask() {
        let mut one = practice();
        done(&mut one, &Posted::default().with("do", "save-way").with("from", "new").with("to", "closed").with("comment", "1")).unwrap();
        let tick = |what: &str| Posted::default().with("do", what).with("state", "closed").with("turn", "done");
        done(&mut one, &tick("save-state").with("leads", "new").with("reached", "new").with("name.vi", "Xong")).unwrap();
        assert!(one.transition("closed", "new").is_some() && one.transition("new", "closed").is_some_and(|way| way.comment));
        assert_eq!(one.status("closed").unwrap().names["vi"], "Xong");
        done(&mut one, &tick("state-up")).unwrap();
        assert_eq!((one.statuses[0].word.as_str(), one.transitions.len()), ("closed", 0));
    }

    #[test]
    fn ways_are_drawn_once_changed_and_taken_away() {
        let mut one = practice();
        let way = |what: &str| Posted::default().with("do", what).with("from", "closed").with("to", "new");
        done(&mut one, &way("add-way")).unwrap();
        done(&mut one, &way("add-way")).unwrap();
        assert_eq!(one.transitions.len(), 2);
        done(&mut one, &way("save-way").with("comment", "1").with("fields", "ship")).unwrap();
        assert!(one.transition("closed", "new").is_some_and(|way| way.comment && way.fields == ["ship"]));
        done(&mut one, &way("remove-way")).unwrap();
        assert!(one.transition("closed", "new").is_none());
        assert!(done(&mut one, &Posted::default().with("do", "add-way").with("from", "new").with("to", "new")).is_err());
    }
}
