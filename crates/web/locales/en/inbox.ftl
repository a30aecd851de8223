# The inbox: lists, marks of what was read, edits of several tickets, taking back

undo-gone = This can no longer be undone.
bulk-refused = It could not be changed.
bulk-not-found = It does not exist, or you may not see it.
bulk-stopped = The server failed before this one was changed. Try it again.
bulk-one-edit = Choose exactly one change.
list-select-all = Select all shown
list-sort-by = Sort by { $column }
list-sorted-down = sorted, largest first
list-sorted-up = sorted, smallest first
list-width-of = Width of { $column }
list-select = Select { $number }
list-unread = unread
list-previous = Previous page
list-shown = Shown
list-hint-select = select
bulk-title = Change the selected tickets
bulk-selected = Selected
bulk-none = Clear selection
list-column-tags = Tags
list-column-organisation = Organisation
list-column-team = Team
list-column-assignee = Assignee
list-column-priority = Priority
list-column-status = Status
list-column-turn = Turn
list-column-kind = Kind
list-column-channel = Channel
list-column-language = Language
list-column-created = Opened
list-column-first-reply = First reply
list-group-day = Day of last change
list-newer = New
list-left = No longer in this list
list-empty-whole = See the whole list
list-empty-whole-hint = Ignoring the filter.
list-empty-everywhere = Search all tickets
list-empty-everywhere-hint = Including finished tickets and those of other lists.
list-empty-take = Take a ticket
list-empty-take-hint = One that nobody has taken yet.
list-empty-ours = See what is waiting for us
list-empty-ours-hint = Everything where the next step is ours.
list-empty-mine = Nothing is assigned to you
list-empty-mine-text = Tickets that are assigned to you, or that you take, appear here, grouped by whose turn it is.
list-empty-unassigned = Everything is assigned
list-empty-unassigned-text = New tickets stay here until somebody takes them. Press a in a ticket to assign it.
list-empty-us = Nothing is waiting for us
list-empty-us-text = A ticket comes here when somebody writes, and leaves when you answer.
list-empty-requester = Nothing is waiting for a requester
list-empty-requester-text = After your reply, a ticket stays here until the requester writes again.
list-empty-done = Nothing is finished yet
list-empty-done-text = Resolved and closed tickets are kept here.
list-group-none = No groups
list-group-by = Group: { $what }
list-sort-is = Sort: { $what }
list-columns = Columns
list-look = How this list looks
list-group = Group by
list-sort = Sort by
list-layout = Layout
list-layout-full = List
list-layout-split = Split
list-order-newest = { $column }: newest first
list-order-oldest = { $column }: oldest first
list-order-first = { $column }: highest first
list-order-last = { $column }: lowest first
list-columns-show = Apply
list-columns-reset = Reset
bulk-tag = Tags
bulk-tags = Tags, separated by spaces
bulk-tags-add = Add
bulk-tags-remove = Remove
bulk-read = Mark as read
bulk-unread = Mark as unread
bulk-changed = { $n ->
         [one] { $n } ticket changed.
        *[other] { $n } tickets changed.
    }
bulk-unchanged = { $n ->
        [one] { $n } needed no change.
       *[other] { $n } needed no change.
    }
bulk-stayed = { $n ->
        [one] { $n } was not changed:
       *[other] { $n } were not changed:
    }
undo-done = { $n ->
        [one] Undone on { $n } ticket.
       *[other] Undone on { $n } tickets.
    }
undo-kept-by = { $field } not undone: { $by } has changed it since.
undo-kept = { $field } not undone: it has changed since.
undo-button = Undo
keys-extend-next = Extend selection down
keys-extend-previous = Extend selection up
keys-unread = Mark as unread
keys-undo = Undo the last change
bulk-snooze = Snooze
bulk-until = Until
bulk-snooze-until = Until then
bulk-snooze-reply = Until somebody writes
