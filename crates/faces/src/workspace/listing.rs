//! How a list is shown to somebody: its columns, its order and its groups, from what they chose and what the list comes with.

use kernel::{Actor, PersonId, TeamId};
use people::Settings;
use people::preference::lists::ListChoices;
use web::components::{Column, Head, Layout, Priority, Turn};

use super::place::Place;
use crate::pages::lists::{GroupHead, Grouping, Look, Order};
use desk::lists::groups::Group;

/// A group with what its head says.
#[derive(Clone, Debug)]
pub(super) struct Shown {
    pub(super) group: Group,
    pub(super) head: GroupHead,
}

/// How the list is read.
#[derive(Clone, Debug)]
pub(super) struct Reading {
    /// For the query language.
    pub(super) sort: String,
    /// Groups that are queries of their own, in their order; none for one list.
    pub(super) groups: Option<Vec<Shown>>,
    /// Whether their heads are shown: a list that is only sorted by priority has none.
    pub(super) heads: bool,
}

/// What somebody chose for a list, made whole.
pub(super) fn look(place: &Place, choices: &ListChoices, alone: bool) -> Look {
    let chosen = choices.of(place.path());
    let layout = if choices.full { Layout::Full } else { Layout::Split };
    let names = if choices.full { chosen.full.as_deref().or(place.columns()) } else { chosen.split.as_deref() };
    let shown = |column: &Column| {
        *column == Column::Subject || names.map_or(column.comes_with(layout), |names| names.iter().any(|name| name == column.id()))
    };
    let (groupings, orders) = (place.groupings(), place.orders());
    let group = match chosen.group.as_deref() {
        Some("none") => None,
        Some(word) => Grouping::find(word).filter(|one| groupings.contains(one)),
        None => place.grouping().filter(|one| groupings.contains(one)),
    };
    let chosen_order = chosen.sort.as_deref().and_then(Order::find).filter(|order| orders.contains(&order.column));
    let order = chosen_order.or_else(|| place.order()).unwrap_or_default();
    // Where nothing is typed, every order is one that an index answers; within groups that is the last change, except in short lists.
    let order = if group.is_some() && !place.is_short() { Order { column: Column::Updated, ..order } } else { order };
    let units = |column: Column| {
        let width = chosen.widths.get(&format!("{}.{}", layout.word(), column.id())).copied();
        width.unwrap_or_else(|| column.units(layout)).clamp(*Column::UNITS.start(), *Column::UNITS.end())
    };
    let head = |column: Column| Head {
        column,
        units: units(column),
        sorted: (order.column == column).then_some(order.descending),
        sortable: orders.contains(&column),
    };
    Look {
        layout,
        heads: Column::ALL.into_iter().filter(shown).map(head).collect(),
        order,
        orders,
        group: if alone { None } else { group },
        groupings,
        folded: chosen.folded,
    }
}

/// How it is read. What was typed has its own order when it names one.
pub(super) fn reading(place: &Place, look: &Look, settings: &Settings, actor: &Actor) -> Reading {
    let by = match (look.group, look.order.column) {
        (Some(Grouping::Day), _) | (None, Column::Updated | Column::Created) => None,
        (Some(group), _) => Some((group, true)),
        (None, Column::Priority) => Some((Grouping::Priority, false)),
        (None, Column::Turn) => Some((Grouping::Turn, false)),
        (None, _) => None,
    };
    let sign = if look.order.descending { "-" } else { "" };
    let short = place.is_short();
    let sort = match look.order.column {
        // A short list is sorted by the database; in a long one the ranks are groups without heads.
        Column::Priority | Column::Turn if short => format!("{sign}{},-updated", look.order.column.sort().unwrap_or("updated")),
        Column::Priority | Column::Turn => "-updated".to_owned(),
        column => format!("{sign}{}", column.sort().unwrap_or("updated")),
    };
    let by = by.filter(|(_, heads)| *heads || !short);
    let groups = by.map(|(group, heads)| {
        let mut groups = groups(group, place, settings, actor);
        if !heads && !look.order.descending {
            groups.reverse();
        }
        for shown in &mut groups {
            shown.group.folded = heads && look.folded.contains(&shown.group.id);
        }
        groups
    });
    Reading { sort, groups, heads: by.is_some_and(|(_, heads)| heads) }
}

pub(super) fn groups(by: Grouping, place: &Place, settings: &Settings, actor: &Actor) -> Vec<Shown> {
    let one = |word: &str, query: String, head: GroupHead| Shown {
        group: Group { id: format!("{}:{word}", by.word()), query, folded: false },
        head,
    };
    match by {
        Grouping::Turn => [("us", Turn::Us), ("requester", Turn::Requester), ("third_party", Turn::ThirdParty), ("done", Turn::Done)]
            .into_iter()
            .map(|(word, turn)| one(word, format!("turn:{word}"), GroupHead::Turn(turn)))
            .collect(),
        Grouping::Priority => Priority::ALL
            .into_iter()
            .map(|priority| one(priority.word(), format!("priority:{}", priority.word()), GroupHead::Priority(priority)))
            .collect(),
        Grouping::Team => {
            let teams = teams(place, settings, actor);
            let none = one("none", "team:none".to_owned(), GroupHead::NoTeam);
            std::iter::once(none)
                .chain(teams.into_iter().map(|(id, name)| one(&id.to_string(), format!("team:{id}"), GroupHead::Team(name))))
                .collect()
        }
        Grouping::Assignee => {
            let none = one("none", "assignee:none".to_owned(), GroupHead::Nobody);
            let agents = agents(place, settings, actor);
            std::iter::once(none)
                .chain(agents.into_iter().map(|(id, name)| one(&id.to_string(), format!("assignee:{id}"), GroupHead::Agent(id, name))))
                .collect()
        }
        Grouping::Status => {
            statuses(settings).map(|status| one(status, format!("status:{status}"), GroupHead::Status(status.to_owned()))).collect()
        }
        Grouping::Day => Vec::new(),
    }
}

/// Statuses of all practices, in the order of a ticket's usual life, each once.
fn statuses(settings: &Settings) -> impl Iterator<Item = &str> {
    let mut known: Vec<&str> = Vec::new();
    for status in settings.practice_versions.values().flat_map(|practice| &practice.statuses) {
        if !known.contains(&status.word.as_str()) {
            known.push(&status.word);
        }
    }
    let is_done =
        |word: &&str| settings.practice_versions.values().filter_map(|practice| practice.status(word)).all(|status| status.turn == "done");
    known.sort_by_key(is_done);
    known.into_iter()
}

/// Teams whose tickets the list can hold, by name.
pub(super) fn teams(place: &Place, settings: &Settings, actor: &Actor) -> Vec<(TeamId, String)> {
    let desks = place.desks(settings, actor);
    let mut teams: Vec<(TeamId, String)> =
        settings.teams.iter().filter(|team| desks.contains(&team.desk)).map(|team| (team.id, team.name.clone())).collect();
    teams.sort_by(|a, b| a.1.cmp(&b.1));
    teams
}

/// Agents who can have tickets of the list, the reader first, others by name.
pub(super) fn agents(place: &Place, settings: &Settings, actor: &Actor) -> Vec<(PersonId, String)> {
    let desks = place.desks(settings, actor);
    let mut ids: Vec<PersonId> =
        settings.desks.iter().filter(|desk| desks.contains(&desk.id)).flat_map(|desk| desk.agents.iter().copied()).collect();
    ids.sort_unstable();
    ids.dedup();
    let named = |id: PersonId| settings.staff.get(&id).map(|staff| (id, staff.name.clone()));
    let mut agents: Vec<(PersonId, String)> = ids.into_iter().filter_map(named).collect();
    let me = actor.person();
    agents.sort_by(|a, b| (Some(a.0) != me).cmp(&(Some(b.0) != me)).then_with(|| a.1.cmp(&b.1)));
    agents
}
