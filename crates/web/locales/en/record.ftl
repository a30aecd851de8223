# The record of a ticket: tasks, time worked, links, putting off, who takes part, properties in place, and logging a call.
view-snoozed = Snoozed
duration-minutes = { $m } min
duration-hours = { $h } h
duration-both = { $h } h { $m } min
work-work = work
work-travel = travel
work-meeting = meeting
work-call = call
work-on-site = on site
work-research = research
fact-task-added = Task added: { $task }
fact-task-changed = Task changed: { $task }
fact-task-done = Task done: { $task }
fact-task-reopened = Task open again: { $task }
fact-task-removed = Task removed: { $task }
fact-task-restored = Task put back: { $task }
fact-time-logged = { $time } worked ({ $work })
fact-time-changed = Time worked corrected from { $from } to { $to }
fact-time-removed = { $time } of work taken back
fact-snoozed = Snoozed until { $at }
fact-snoozed-reply = Snoozed until a reply
fact-woke-time = Back from snooze: the time has come
fact-woke-message = Back from snooze: somebody wrote
fact-woke-done = Snooze ended: the ticket is done
fact-woke-hand = Taken out of snooze
error-tasks-open = { $n ->
    [one] A mandatory task is still open: { $tasks }. Finish it or make it optional first.
   *[other] { $n } mandatory tasks are still open: { $tasks }. Finish them or make them optional first.
}
error-task-waits = { $n ->
    [one] This task waits for another one: { $tasks }.
   *[other] This task waits for { $n } others: { $tasks }.
}
error-task-circle = “{ $task }” waits for this task already; they would wait for each other for ever.
error-task-unknown = Choose a task of this ticket.
error-tasks-max = A ticket holds at most { $max } tasks. Finish or remove some, or open a second ticket.
error-time-needed = This desk wants to know how long a ticket took. Log the time worked, then resolve it.
error-time-ahead = Choose a time that has passed.
error-time-own-only = Only its author and administrators correct time worked.
error-started-at = Give a time such as 2026-03-12T08:30:00Z.
error-snooze-until = Choose a time in the future, at most a year ahead.
error-snooze-done = What is done needs no snoozing. Reopen it first.
