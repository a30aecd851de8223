//! Words for tasks, time worked and putting off.

use web::Words;
use web::components::strong;

use super::models::TaskStep;

/// What became of a task, as a sentence of the timeline.
pub(super) fn task_sentence(step: TaskStep, title: &str, words: &Words) -> String {
    let task = strong(title);
    match step {
        TaskStep::Added => words.with("fact-task-added", &[("task", &task)]),
        TaskStep::Changed => words.with("fact-task-changed", &[("task", &task)]),
        TaskStep::Done => words.with("fact-task-done", &[("task", &task)]),
        TaskStep::Reopened => words.with("fact-task-reopened", &[("task", &task)]),
        TaskStep::Removed => words.with("fact-task-removed", &[("task", &task)]),
        TaskStep::Restored => words.with("fact-task-restored", &[("task", &task)]),
    }
}

/// Why a ticket that was put off is back.
pub(super) fn woke_sentence(because: &str, words: &Words) -> String {
    match because {
        "time" => words.t("fact-woke-time"),
        "message" => words.t("fact-woke-message"),
        "done" => words.t("fact-woke-done"),
        _ => words.t("fact-woke-hand"),
    }
}

/// What kind of work it was.
pub(super) fn work_name(work: &str, words: &Words) -> String {
    match work {
        "travel" => words.t("work-travel"),
        "meeting" => words.t("work-meeting"),
        "call" => words.t("work-call"),
        "on_site" => words.t("work-on-site"),
        "research" => words.t("work-research"),
        _ => words.t("work-work"),
    }
}
