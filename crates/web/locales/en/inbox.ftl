# The inbox: lists, marks of what was read, edits of several tickets, taking back

undo-gone = This cannot be taken back any more.
bulk-refused = It could not be changed.
bulk-not-found = It is not there, or not for you.
bulk-one-edit = Say exactly one thing to change.
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
bulk-none = Select none
list-column-tags = Tags
list-column-organisation = Organisation
list-column-team = Team
list-column-assignee = Assignee
list-column-priority = Priority
list-column-status = Status
list-column-turn = Turn
list-column-kind = Kind
list-column-channel = Came by
list-column-language = Language
list-column-created = Opened
list-column-first-reply = First reply
list-group-day = Day of last change
list-newer = New
list-left = Not in this list any more
list-empty-whole = See the whole list
list-empty-whole-hint = Without what is typed in the filter.
list-empty-everywhere = Look everywhere
list-empty-everywhere-hint = Finished tickets and those of other lists too.
list-empty-take = Take a ticket
list-empty-take-hint = Those that nobody has taken yet.
list-empty-ours = See what waits for us
list-empty-ours-hint = Everything where the next step is ours.
list-empty-mine = Nothing is yours to do
list-empty-mine-text = Tickets that are given to you, or that you take, lie here, grouped by whose turn it is.
list-empty-unassigned = Everything has an owner
list-empty-unassigned-text = A new ticket lies here until somebody takes it. Press a in a ticket to assign it.
list-empty-us = Nothing waits for us
list-empty-us-text = A ticket comes here when somebody writes, and leaves when you answer.
list-empty-requester = Nobody owes us an answer
list-empty-requester-text = After a reply a ticket lies here until the requester writes again.
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
list-columns-show = Show these
list-columns-reset = As it came
bulk-tag = Tags
bulk-tags = Tags, with spaces between them
bulk-tags-add = Put on
bulk-tags-remove = Take off
bulk-read = Mark as read
bulk-unread = Mark as unread
bulk-changed = { $n ->
         [one] { $n } ticket changed.
        *[other] { $n } tickets changed.
    }
bulk-unchanged = { $n ->
         [one] { $n } was so already.
        *[other] { $n } were so already.
    }
bulk-stayed = { $n ->
         [one] { $n } stayed as it was:
        *[other] { $n } stayed as they were:
    }
undo-done = { $n ->
         [one] Taken back on { $n } ticket.
        *[other] Taken back on { $n } tickets.
    }
undo-kept-by = { $field } stays: { $by } has changed it since.
undo-kept = { $field } stays: it has changed since.
undo-button = Undo
keys-extend-next = Select down to the next
keys-extend-previous = Select up to the previous
keys-unread = Mark as unread
keys-undo = Undo the last change
bulk-snooze = Snooze
bulk-until = Until
bulk-snooze-until = Until then
bulk-snooze-reply = Until somebody writes
