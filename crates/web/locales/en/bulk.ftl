bulk-all = Everything in this list, not only what is shown
bulk-look-title = { $n ->
    [one] Change { $n } ticket
   *[other] Change { $n } tickets
}
bulk-look-found = Found by
bulk-look-some = The first { $looked } of { $n } were tried, and taken back:
bulk-look-all = All of them were tried, and taken back:
bulk-look-changed = { $n ->
    [one] { $n } would change
   *[other] { $n } would change
}
bulk-look-refused = { $n ->
    [one] { $n } cannot be changed:
   *[other] { $n } cannot be changed:
}
bulk-look-mails = { $n ->
    [one] Send { $n } reply
   *[other] Send { $n } replies, one for each ticket
}
bulk-look-mails-help = Without this tick nobody is written to, and everything else is done. What was sent cannot be taken back.
bulk-look-undo = It runs in the background. It can be stopped, and undone as one for a day.
bulk-look-do = { $n ->
    [one] Change { $n } ticket
   *[other] Change { $n } tickets
}
bulk-run-title = A change of many tickets
bulk-run-progress = Progress
bulk-run-of = { $done } of { $n }
bulk-run-leave = You can leave this page: the work goes on, and the way back stays in the side bar.
bulk-run-stop = Stop
bulk-run-undo = Undo all of it
bulk-run-again = Look again
bulk-run-running = Tickets are being changed.
bulk-run-undoing = The change is being undone.
bulk-run-undone = The change was undone.
bulk-run-stopped = Stopped. What was changed until then stays.
bulk-run-done = Done.
bulk-run-kept = { $n ->
    [one] { $n } kept something that has changed since:
   *[other] { $n } kept something that has changed since:
}
bulk-run-more = { $n ->
    [one] and { $n } more
   *[other] and { $n } more
}
bulk-working = Changing tickets: { $done } of { $n }
bulk-working-back = Undoing: { $done } of { $n }
error-bulk-none = No ticket is meant: the list is empty, or you do not see what you named.
error-bulk-max = At most { $max } tickets can be changed at once. Narrow the query.
error-bulk-mails = The list has changed: { $n } requesters would be written to now. Look again before you confirm.
error-bulk-runs = You already have { $max } changes under way. Wait until one has ended, or stop one.
error-bulk-ended = It has ended already.
error-bulk-which = Name either a query or tickets.
error-bulk-unread = Marking as read or unread works for the tickets that you select one by one.
