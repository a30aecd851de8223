# The query language: completion while typing, and what a query shows in words

error-query-too-costly = This query would take too long, above all because of “{ $part }”. Leave out words or alternatives. (character { $at })
query-shows = Shows: { $what }
query-all-tickets = all tickets
query-tickets = tickets
query-such-tickets = { $which } tickets
query-flag-open = open
query-flag-done = finished
query-flag-assigned = assigned
query-flag-unassigned = unassigned
query-flag-merged = merged
query-flag-snoozed = snoozed
query-flag-not-merged = not merged
query-flag-not-snoozed = not snoozed
query-not = except ({ $what })
query-with-reply = with a reply
query-without-reply = without a reply
query-with-held = with held messages
query-without-held = without held messages
query-between-ago = { $field }: { $from } to { $to } ago
query-with-attachment = with attachments
query-without-attachment = without attachments
query-with-tag = with tags
query-without-tag = without tags
query-with-link = with links
query-without-link = without links
query-with-cc = with people in copy
query-without-cc = without people in copy
query-or = { $one } or { $other }
query-field-is = { $field }: { $values }
query-field-not = { $field }: not { $values }
query-field-any = { $field }: not empty
query-field-none = { $field }: none
query-none = none
query-me = me
query-yes = yes
query-no = no
query-quoted = “{ $text }”
query-text = with “{ $text }”
query-no-text = without “{ $text }”
query-younger = { $field }: less than { $length } ago
query-at-most-ago = { $field }: at most { $length } ago
query-older = { $field }: more than { $length } ago
query-at-least-ago = { $field }: at least { $length } ago
query-before = { $field }: before { $when }
query-until = { $field }: not after { $when }
query-after = { $field }: after { $when }
query-from = { $field }: not before { $when }
query-time-now = now
query-time-today = today
query-time-yesterday = yesterday
query-time-tomorrow = tomorrow
query-time-this-week = this week
query-time-last-week = last week
query-time-next-week = next week
query-time-this-month = this month
query-time-last-month = last month
query-time-next-month = next month
query-time-this-quarter = this quarter
query-time-last-quarter = last quarter
query-time-next-quarter = next quarter
query-time-this-year = this year
query-time-last-year = last year
query-time-next-year = next year
query-sorted = sorted by { $fields }
query-label-closed = Closed
query-label-resolved = Resolved
query-label-mentions = Mentions
query-label-watcher = Participant
query-label-is = State
query-label-has = Has
query-about-assignee = who works on it
query-about-category = its category, with everything below
query-about-channel = how it came in
query-about-closed = when it was closed
query-about-created = when it was opened
query-about-desk = the desk that answers
query-about-has = attachment, tag, link, cc
query-about-impact = how many are affected
query-about-is = open, unassigned, snoozed and so on
query-about-kind = incident, request, question and so on
query-about-language = language of the conversation
query-about-mentions = who is called in a note
query-about-number = number of the ticket
query-about-organisation = the requester’s organisation
query-about-priority = from low to critical
query-about-requester = who asked
query-about-resolved = when it was resolved
query-about-service = words in the name of the service
query-about-status = a status, such as pending
query-about-tag = a tag
query-about-team = the team
query-about-title = words in the title
query-about-turn = whose turn it is
query-about-updated = when it last changed
query-about-urgency = how soon it hurts
query-about-watcher = who takes part or watches
query-about-sort = the order
query-about-or = either side
query-about-not = everything but what follows
query-op-less = less than, or younger
query-op-more = more than, or older
query-suggestions = Suggestions
query-descending = descending
query-ascending = ascending
query-length-minutes = { $n ->
    [one] 1 minute
    *[other] { $n } minutes
}
query-length-hours = { $n ->
    [one] 1 hour
    *[other] { $n } hours
}
query-length-days = { $n ->
    [one] 1 day
    *[other] { $n } days
}
query-length-weeks = { $n ->
    [one] 1 week
    *[other] { $n } weeks
}
