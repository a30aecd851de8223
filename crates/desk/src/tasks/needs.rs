//! Which task waits for which, without circles.

use std::collections::HashSet;

use kernel::{Message, Refusal, Result, TaskId};

use super::Task;

/// Refuses needs that are not on the same ticket, and those that would wait for each other in a circle.
pub(super) fn check(all: &[Task], task: TaskId, needs: &[TaskId]) -> Result<()> {
    let known = |id: &TaskId| all.iter().find(|other| other.id == *id && other.removed_at.is_none());
    if needs.iter().any(|id| known(id).is_none()) {
        return Err(Refusal::invalid("blocked_by", Message::new("error-task-unknown")).into());
    }
    match needs.iter().find(|need| reaches(all, **need, task)) {
        None => Ok(()),
        Some(need) => {
            let title = known(need).map(|other| other.title.clone()).unwrap_or_default();
            Err(Refusal::invalid("blocked_by", Message::new("error-task-circle").with("task", title)).into())
        }
    }
}

/// Whether `from` waits, directly or through others, for `to`; everything waits for itself.
fn reaches(all: &[Task], from: TaskId, to: TaskId) -> bool {
    let (mut seen, mut ahead) = (HashSet::new(), vec![from]);
    while let Some(id) = ahead.pop() {
        if id == to {
            return true;
        }
        if seen.insert(id) {
            ahead.extend(all.iter().filter(|task| task.id == id).flat_map(|task| task.needs.iter().copied()));
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use kernel::TicketId;

    use super::*;

    fn task(id: i64, needs: &[i64]) -> Task {
        Task {
            id: TaskId(id),
            ticket: TicketId(1),
            checklist: String::new(),
            place: id,
            title: format!("task {id}"),
            assignee: None,
            due_on: None,
            mandatory: false,
            done_at: None,
            done_by: None,
            removed_at: None,
            needs: needs.iter().copied().map(TaskId).collect(),
            version: 1,
        }
    }

    #[test]
    fn tasks_never_wait_for_each_other_in_a_circle() {
        let all = [task(1, &[]), task(2, &[1]), task(3, &[2]), task(4, &[])];
        assert!(check(&all, TaskId(4), &[TaskId(3), TaskId(1)]).is_ok());
        assert!(check(&all, TaskId(3), &[TaskId(1), TaskId(2)]).is_ok());
        for (task, need) in [(1, 1), (1, 2), (1, 3), (2, 3)] {
            assert!(check(&all, TaskId(task), &[TaskId(need)]).is_err(), "{task} on {need}");
        }
        assert!(check(&all, TaskId(4), &[TaskId(9)]).is_err());
    }
}
