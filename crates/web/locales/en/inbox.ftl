# The inbox: lists, reading marks, edits of several tickets, taking back

undo-gone = This cannot be taken back any more.
bulk-refused = It could not be changed.
bulk-not-found = It is not there, or not for you.
bulk-one-edit = Say exactly one thing to change.
