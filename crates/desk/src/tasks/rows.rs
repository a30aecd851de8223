//! Tasks as rows.

use std::collections::HashMap;

use kernel::{Result, TaskId, TicketId};
use store::{Db, Row, Tx, listed, values};

use super::{Progress, Task};

const COLUMNS: &str = "id, ticket_id, checklist, place, title, assignee_id, due_on, mandatory, done_at, done_by, removed_at, version";

fn task(row: &Row<'_>) -> Result<Task> {
    Ok(Task {
        id: row.get(0)?,
        ticket: row.get(1)?,
        checklist: row.get(2)?,
        place: row.get(3)?,
        title: row.get(4)?,
        assignee: row.get(5)?,
        due_on: row.get(6)?,
        mandatory: row.get(7)?,
        done_at: row.get(8)?,
        done_by: row.get(9)?,
        removed_at: row.get(10)?,
        needs: Vec::new(),
        version: row.get(11)?,
    })
}

/// All tasks that a ticket ever had, those that were removed too, in their order.
pub fn ever(db: &mut Db<'_>, ticket: TicketId) -> Result<Vec<Task>> {
    let mut all = db.query(&format!("SELECT {COLUMNS} FROM ticket_task WHERE ticket_id = ?1 ORDER BY place, id"), values![ticket], task)?;
    if all.is_empty() {
        return Ok(all);
    }
    let needs = db.query(
        "SELECT n.task_id, n.needs_id FROM ticket_task_need n JOIN ticket_task t ON t.id = n.task_id WHERE t.ticket_id = ?1 ORDER BY n.task_id, n.needs_id",
        values![ticket],
        |row| Ok((row.get::<TaskId>(0)?, row.get::<TaskId>(1)?)),
    )?;
    let mut by_task: HashMap<TaskId, Vec<TaskId>> = HashMap::new();
    for (task, need) in needs {
        by_task.entry(task).or_default().push(need);
    }
    for one in &mut all {
        one.needs = by_task.remove(&one.id).unwrap_or_default();
    }
    Ok(all)
}

/// The tasks of a ticket in their order; what is needed and was removed is not waited for.
pub fn of_ticket(db: &mut Db<'_>, ticket: TicketId) -> Result<Vec<Task>> {
    let mut all = ever(db, ticket)?;
    all.retain(|task| task.removed_at.is_none());
    let present: Vec<TaskId> = all.iter().map(|task| task.id).collect();
    for one in &mut all {
        one.needs.retain(|need| present.contains(need));
    }
    Ok(all)
}

/// The ticket of a task.
pub fn ticket_of(db: &mut Db<'_>, id: TaskId) -> Result<Option<TicketId>> {
    db.query_opt("SELECT ticket_id FROM ticket_task WHERE id = ?1", values![id], |row| row.get(0))
}

/// What a task is called, also when it was removed.
pub fn title(db: &mut Db<'_>, id: TaskId) -> Result<Option<String>> {
    db.query_opt("SELECT title FROM ticket_task WHERE id = ?1", values![id], |row| row.get(0))
}

/// Titles of mandatory tasks that are not done, in their order.
pub fn open_mandatory(db: &mut Db<'_>, ticket: TicketId) -> Result<Vec<String>> {
    let sql = "SELECT title FROM ticket_task WHERE ticket_id = ?1 AND mandatory = 1 AND done_at IS NULL AND removed_at IS NULL ORDER BY place, id";
    db.query(sql, values![ticket], |row| row.get(0))
}

/// How far the tasks of several tickets are; those without tasks are absent.
pub fn progress(db: &mut Db<'_>, tickets: &[TicketId]) -> Result<HashMap<TicketId, Progress>> {
    if tickets.is_empty() {
        return Ok(HashMap::new());
    }
    let (places, ids) = listed(1, tickets.iter().map(|id| id.get()));
    let sql = format!(
        "SELECT ticket_id, COUNT(*), COUNT(done_at) FROM ticket_task WHERE ticket_id IN ({places}) AND removed_at IS NULL GROUP BY ticket_id"
    );
    let number = |count: i64| usize::try_from(count).unwrap_or(0);
    let found = db.query(&sql, &ids, |row| Ok((row.get(0)?, Progress { all: number(row.get(1)?), done: number(row.get(2)?) })))?;
    Ok(found.into_iter().collect())
}

/// Writes a new one.
pub fn insert(tx: &mut Tx<'_>, t: &Task) -> Result<()> {
    let now = tx.now();
    tx.execute(
        "INSERT INTO ticket_task (id, ticket_id, checklist, place, title, assignee_id, due_on, mandatory, created_at, version) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, 1)",
        values![t.id, t.ticket, &t.checklist, t.place, &t.title, t.assignee, t.due_on.as_deref(), t.mandatory, now],
    )?;
    set_needs(tx, t.id, &t.needs)
}

/// Writes what changed, raising the version here and in the record.
pub fn update(tx: &mut Tx<'_>, t: &mut Task) -> Result<()> {
    t.version += 1;
    tx.execute(
        "UPDATE ticket_task SET checklist = ?2, title = ?3, assignee_id = ?4, due_on = ?5, mandatory = ?6, done_at = ?7, done_by = ?8, removed_at = ?9, version = ?10 WHERE id = ?1",
        values![
            t.id, &t.checklist, &t.title, t.assignee, t.due_on.as_deref(), t.mandatory, t.done_at, t.done_by, t.removed_at, t.version
        ],
    )?;
    Ok(())
}

/// Puts the tasks of a ticket into this order.
pub fn put_in_order(tx: &mut Tx<'_>, order: &[TaskId]) -> Result<()> {
    for (place, id) in order.iter().enumerate() {
        tx.execute("UPDATE ticket_task SET place = ?2 WHERE id = ?1", values![*id, place])?;
    }
    Ok(())
}

/// Sets what must be done before a task.
pub fn set_needs(tx: &mut Tx<'_>, task: TaskId, needs: &[TaskId]) -> Result<()> {
    tx.execute("DELETE FROM ticket_task_need WHERE task_id = ?1", values![task])?;
    for need in needs {
        tx.execute("INSERT INTO ticket_task_need (task_id, needs_id) VALUES (?1, ?2) ON CONFLICT DO NOTHING", values![task, *need])?;
    }
    Ok(())
}
