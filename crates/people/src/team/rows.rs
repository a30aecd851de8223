//! Teams as rows.

use kernel::{PersonId, Result, TeamId};
use store::{Db, Tx, values};

use crate::settings::Team;

/// All teams with their members.
pub fn all(db: &mut Db<'_>) -> Result<Vec<Team>> {
    let mut teams = db.query("SELECT id, key, name, desk_id FROM team ORDER BY id", values![], |row| {
        Ok(Team { id: row.get(0)?, key: row.get(1)?, name: row.get(2)?, desk: row.get(3)?, members: Vec::new() })
    })?;
    let members = db.query("SELECT team_id, person_id FROM team_member ORDER BY person_id", values![], |row| {
        Ok((row.get::<TeamId>(0)?, row.get::<PersonId>(1)?))
    })?;
    for (team, person) in members {
        if let Some(team) = teams.iter_mut().find(|known| known.id == team) {
            team.members.push(person);
        }
    }
    Ok(teams)
}

/// Writes a new team.
pub fn insert(tx: &mut Tx<'_>, team: &Team) -> Result<()> {
    let now = tx.now();
    tx.execute(
        "INSERT INTO team (id, key, name, desk_id, created_at, updated_at, version) VALUES (?1, ?2, ?3, ?4, ?5, ?5, 1)",
        values![team.id, &team.key, &team.name, team.desk, now],
    )?;
    members(tx, team)
}

/// Writes what changed.
pub fn update(tx: &mut Tx<'_>, team: &Team) -> Result<()> {
    let now = tx.now();
    tx.execute(
        "UPDATE team SET key = ?2, name = ?3, updated_at = ?4, version = version + 1 WHERE id = ?1",
        values![team.id, &team.key, &team.name, now],
    )?;
    tx.execute("DELETE FROM team_member WHERE team_id = ?1", values![team.id])?;
    members(tx, team)
}

fn members(tx: &mut Tx<'_>, team: &Team) -> Result<()> {
    for person in &team.members {
        tx.execute("INSERT INTO team_member (team_id, person_id) VALUES (?1, ?2)", values![team.id, *person])?;
    }
    Ok(())
}

/// Takes a person out of the teams of desks on which they do not work.
pub fn leave_others(tx: &mut Tx<'_>, person: PersonId) -> Result<()> {
    tx.execute(
        "DELETE FROM team_member WHERE person_id = ?1 AND team_id IN (SELECT t.id FROM team t WHERE NOT EXISTS (SELECT 1 FROM desk_agent a WHERE a.person_id = ?1 AND a.desk_id = t.desk_id))",
        values![person],
    )?;
    Ok(())
}
