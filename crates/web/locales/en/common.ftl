### Dates and ages
month-name = { $month ->
         [1] January
         [2] February
         [3] March
         [4] April
         [5] May
         [6] June
         [7] July
         [8] August
         [9] September
         [10] October
         [11] November
        *[other] December
    }
date-long = { $day } { month-name } { $year }
date-short = { $day } { month-name }
date-time = { $date }, { $time }
date-today = Today, { $date }
date-yesterday = Yesterday, { $date }
moment-today = Today, { $time }
moment-yesterday = Yesterday, { $time }
ago-now = now
ago-minutes = { $n } m
ago-hours = { $n } h
ago-days = { $n } d
ago-weeks = { $n } w
ago-years = { $n } y

### Marks
turn-us = Waiting for us
turn-requester = Waiting for the requester
turn-third-party = Waiting for a third party
turn-done = Done
priority-critical = Critical
priority-high = High
priority-normal = Normal
priority-low = Low
level-high = High
level-medium = Medium
level-low = Low
status-new = New
status-open = Open
status-pending = Pending
status-on-hold = On hold
status-resolved = Resolved
status-closed = Closed
status-known-error = Known error
status-draft = Draft
status-assessment = Assessment
status-approval = Approval
status-scheduled = Scheduled
status-implementing = Implementing
status-review = Review
status-rejected = Rejected
status-cancelled = Cancelled
status-planning = Planning
status-building = Building
status-testing = Testing
status-deploying = Deploying
kind-question = Question
kind-incident = Incident
kind-request = Request
kind-problem = Problem
kind-change = Change
kind-release = Release
kind-task = Task
channel-mail = by mail
channel-desk = in the workspace
channel-portal = in the portal
channel-phone = by telephone
channel-api = through the API
link-relates = related
link-causes = causes
link-caused-by = caused by
link-duplicates = duplicate of
link-duplicated-by = duplicated by
link-parent = parent
link-child = child
link-blocks = blocks
link-blocked-by = blocked by
role-cc = CC
role-watcher = watcher
author-system = Steward

### Navigation and frame
skip-to-content = Skip to content
nav-workspace = Workspace
nav-workspace-phone = Sections
nav-my-work = My work
nav-desks = Desks
nav-views = Views
nav-me = Me
view-mine = Inbox
view-unassigned = Unassigned
view-open = All open
view-done = Resolved and closed
new-ticket = New ticket
new-ticket-short = New
language = Language
theme = Appearance
theme-system = System
theme-light = Light
theme-dark = Dark
close = Close
cancel = Cancel
keys-title = Keyboard shortcuts
keys-open = Open the ticket
keys-reply = Reply
keys-note = Write a note
keys-assign = Assign
keys-resolve = Resolve
keys-search = Search in the list
keys-send = Send the reply or save the note
keys-sheet = Show these shortcuts
keys-hint = Single letters work only when the cursor is not in a text field.
say-offline = Connection lost. Trying again.
say-changed = This ticket has changed. You now see the latest version; your text is still here.
say-failed = That did not work. Your text is still here.

### Sign-in
sign-in = Sign in
sign-out = Sign out
sign-in-email = E-mail
sign-in-password = Password
sign-in-motto = Whose turn is it?
sign-in-promise = One inbox for every question, and you always see whose turn it is.

### Lists
query-label = Filter
query-placeholder = Words, or status:open priority:high
column-number = Number
column-subject = Subject
column-requester = Requester
column-updated = Updated
list-tickets = { $n ->
         [one] { $n } ticket
        *[other] { $n } tickets
    }
list-more = Next page
hint-move = move
empty-done-title = Nothing is waiting here
empty-done-text = Everything in this list is done. New tickets appear here by themselves.
empty-search-title = No ticket matches
empty-search-text = Try fewer words, or look in all open tickets.
empty-first-title = Nothing is waiting here yet
empty-first-text = When people write to this desk, each mail becomes a ticket in this list. The half-filled disc shows whose turn it is: left is yours, right is theirs.
empty-first-mail = Send a test mail
empty-first-mail-hint = Write to { $mailbox } and watch it arrive.
empty-first-ticket = Open a ticket
empty-first-ticket-hint = For somebody who phoned or came by.
choose-title = Choose a ticket
choose-text = Its conversation opens here, and the list stays beside it.

### Ticket
timeline = Timeline
action-assign = Assign
action-resolve = Resolve
assignee-nobody = Nobody assigned
assignee-me = me
team-none = No team
priority-reason = Why it differs from impact and urgency
message-note = Internal note
message-to = to { $to }
message-to-cc = to { $to }, CC { $cc }
message-stranger = New participant
message-unverified = Sender not verified
message-automatic = Automatic
message-frame = Message as it was sent
message-quoted = { $n ->
         [one] { $n } quoted line
        *[other] { $n } quoted lines
    }
message-signature = Signature
message-disclaimer = Legal notice
message-earlier = Earlier messages
message-language = Written in { $language }
message-original = Original
message-original-title = Download the mail exactly as it came
message-simplified = This message was too complex to be laid out safely; here is its text.
message-pictures-held = Remote images were not loaded.
message-pictures-load = Load
message-trackers = { $n ->
        [one] { $n } tracking pixel was removed.
       *[other] { $n } tracking pixels were removed.
    }
joined-address = Added here because it was sent to the reply address of this ticket
joined-thread = Added here because it answers a mail of this ticket
joined-subject = Added here because its subject has the number of this ticket
joined-kin = Added here because a mail of this ticket belongs to the same conversation
joined-moved = Added here because it answers a message that was moved here
fact-opened = Opened { $channel }
fact-changed = { $field } changed from { $from } to { $to }
fact-set = { $field } set to { $to }
fact-cleared = { $field } removed, it was { $from }
fact-touched = { $field } changed
fact-with-reason = { $fact } ({ $reason })
because-reply = with the reply
because-message = a message came
because-kind = with the new kind
fact-kind = Became { $kind }: { $former } is now { $number }
fact-tags-added = { $n ->
         [one] Tag { $tags } added
        *[other] Tags { $tags } added
    }
fact-tags-removed = { $n ->
         [one] Tag { $tags } removed
        *[other] Tags { $tags } removed
    }
fact-linked = { $ticket } linked as { $link }
fact-unlinked = { $ticket } no longer linked as { $link }
fact-cc-added = { $name } was added in CC
fact-cc-removed = { $name } was removed from CC
fact-watcher-added = { $name } is now watching
fact-watcher-removed = { $name } is no longer watching
fact-mail-sent = Mail sent to { $to }
fact-mail-failed = Mail to { $to } could not be delivered: { $problem }
fact-send-scheduled = scheduled a reply for { $at }
fact-send-withdrawn = took back a reply before it was sent
fact-send-failed = a scheduled reply could not be sent; its text is kept
fact-side-opened = began a side conversation: { $subject }
fact-shared = also seen by { $desk }, because the mail came to its mailbox too
fact-merged = merged into { $ticket }
fact-absorbed = { $ticket } was merged into this ticket
fact-unmerged = merge with { $ticket } undone
fact-message-gone = a message was moved to { $ticket }
fact-message-came = a message was moved here from { $ticket }
fact-message-admitted = accepted a held message
fact-mail-bounced = mail to { $to } came back: { $problem }
context-about = About this ticket
context-properties = Properties
context-participants = Also taking part
context-links = Links
context-before = Before
property-title = Title
property-status = Status
property-kind = Kind
property-desk = Desk
property-team = Team
property-assignee = Assignee
property-priority = Priority
property-impact = Impact
property-urgency = Urgency
property-category = Category
property-service = Service
property-tags = Tags
property-requester = Requester
property-organisation = Organisation
property-language = Language
property-email = E-mail
property-phone = Telephone
property-opened = Opened

### Composer
composer-kinds = What to write
composer-reply = Reply
composer-note = Note
composer-to = To
composer-cc = CC
composer-placeholder = Write here
composer-send = Send reply
composer-keep = Save note
composer-later = Send later
composer-later-at = When, in your time
composer-later-send = Schedule
composer-bounced = Mail to { $email } came back: { $problem }
delivery-sent = Sent to { $to }
delivery-waiting = Waiting to be sent to { $to }
delivery-again = Not delivered to { $to } yet; next try { $at }: { $problem }
delivery-failed = Could not be sent to { $to }: { $problem }
delivery-bounced = Came back from { $to }: { $problem }
message-overtaken = written before the newest message
sends-title = Waiting to be sent
send-undo = Sending in { $seconds } s
send-at = { $name }: will be sent { $at }
send-aside = in the side conversation “{ $subject }”
action-undo = Undo
action-withdraw = Take back
send-problem-not-allowed = Not sent: its author may no longer reply here. Take it back and reply in your own name.
send-problem-attachments = Not sent: one of its files now belongs to another message. Take it back and attach the file again.
send-problem-recipients = Not sent: nobody is left to send it to. Take it back and choose recipients.
send-problem-refused = Not sent: the ticket no longer accepts this reply. Take it back and look at the ticket.
send-problem-fault = Not sent: something failed on our side several times. Take it back and send it again.
told-waiting = The reply will be sent in a moment.
told-scheduled = The reply is scheduled.
told-withdrawn = Taken back. Here is its text.
side-title = Side conversations
side-hint = With a supplier or another team. The requester never sees them.
side-start = Start a side conversation
side-to = Addresses, separated by commas
side-subject = Subject
side-text = Message
side-send = Send message
side-with = With { $people }
side-done = Done
side-end = Mark as done
side-reopen = Open again
message-side = Side conversation: { $subject }
consequence-reply = { $to } will get this. Then: { $turn }.
consequence-reply-cc = { $n ->
         [one] { $to } and { $n } CC will get this. Then: { $turn }.
        *[other] { $to } and { $n } CC will get this. Then: { $turn }.
    }
consequence-nobody = No address is known: the reply is kept here and not sent.
consequence-note = Nobody outside sees this. It stays: { $turn }.

### New ticket
new-ticket-about = For somebody who phoned, wrote elsewhere or came by.
new-requester = Who asks
new-title = Subject
new-body = What it is about
new-create = Open ticket

### Problems: headings
problem-malformed = This request cannot be read
problem-unauthenticated = Please sign in
problem-forbidden = This is not allowed
problem-not-found = There is nothing here
problem-method = This is not possible here
problem-conflict = This conflicts with what is already there
problem-stale = It has changed in the meantime
problem-too-large = This is too large
problem-unsupported-media = This format is not supported
problem-invalid = Something needs correcting
problem-too-many = Too many requests
problem-unavailable = Please try again shortly
problem-internal = Something went wrong on our side
go-to-start = Go to the start page
request-id = If you ask us about it, quote

### Problems: what to do
error-unauthenticated = Sign in or send a valid token.
error-not-found = It does not exist, or you may not see it.
error-method = The address exists, but not for this kind of request.
error-malformed = Check what was sent and try again.
error-stale = Somebody changed it after you opened it. Look at it again, then repeat your change.
error-too-large = At most { $size } are taken.
error-unsupported-media = Send the body as application/json.
error-invalid = Check the fields that are named.
error-too-many = { $seconds ->
         [one] Wait { $seconds } second, then try again.
        *[other] Wait { $seconds } seconds, then try again.
    }
error-internal = The error has been recorded under the number below. You can safely try again.
error-unavailable = Storage cannot be reached at the moment. Nothing you sent was left half done.
error-cursor = This page cursor is not valid. Start the list again.
error-other-origin = The request came from another site.
error-form-expired = This page was open for too long. Load it again and repeat.
error-body-broken = The body ended too early.
error-json-syntax = This is not JSON: line { $line }, column { $column }.
error-field-required = This field is needed.
error-field-unknown = There is no such field.
error-field-type = This value has the wrong type: { $detail }.
error-field-choice = Choose one of: { $known }.
error-needed = This is needed.
error-text-length = At most { $max } characters.
error-list-max = At most { $max } of these.
error-name-length = A name has 1 to { $max } characters.
error-number-needed = Write a number without a sign for thousands, such as 1000 or 12.5.
error-between = Give a number from { $min } to { $max }.
error-boolean-needed = Give true or false.
error-date-needed = A date such as 2026-03-12 is needed.
error-one-of = Choose one of: { $options }.
error-email-invalid = This is not an e-mail address.
error-email-needed = At least one e-mail address is needed.
error-email-taken = { $email } belongs to somebody else.
error-password-too-short = A password has at least { $min } characters.
error-password-too-long = A password has at most { $max } bytes.
error-language-unknown = This language is not known.
error-time-zone-unknown = This time zone is not known; it looks like Europe/Riga.
error-not-oneself = You cannot do this to yourself.
error-idempotency-key-reused = This Idempotency-Key was used for another request.
error-desk-unknown = There is no desk { $desk }.
error-desk-none = There is no desk yet.
error-kind-unknown = There is no kind { $kind }.
error-person-unknown = Nobody is known as { $person }.
error-person-disabled = This person may not sign in.
error-ticket-unknown = There is no ticket { $ticket }.
error-attachment-unknown = This file is not known, or it already belongs to a message.
error-attachments-max = At most { $max } files on one message.
error-template-syntax = Line { $line }: this cannot be read. Write names as { $value } and conditions as { $condition }.
error-template-name = Line { $line }: there is no value “{ $name }”. Use one of: { $known }.
error-template-part = Line { $line }: only names and conditions can be used here, no loops, calculations or functions.
error-template-empty = Write the text, the HTML, or both.
error-outgoing-not-failed = Only mail that was given up can be tried again.
error-send-at = Choose a time in the future, at most a year ahead.
error-send-at-replies = Only replies of agents can be sent later.
error-sends-max = At most { $max } replies can wait on one ticket.
error-send-gone = It has already been sent or taken back.
error-send-author-only = Only its author can change the text. You can take it back instead.
error-recipient-not-cc = { $email } is not in CC of this ticket. Add the address to CC first.
error-recipients-none = Choose at least one recipient.
error-side-own-mailbox = { $email } is a mailbox of this service desk. Write to somebody outside, or leave a note.
error-side-participant = { $email } takes part in the ticket itself. Write them a reply.
error-agents-only = Only agents of this desk may do this.
error-assignee-of-desk = Only agents of { $desk } can take this ticket.
error-team-of-desk = The team does not belong to { $desk }.
error-category-of-desk = The category does not belong to { $desk }.
error-category-depth = Categories are at most { $max } levels deep.
error-not-agent-of-desk = { $person } is not an agent of this desk.
error-domain-invalid = { $domain } is not a mail domain.
error-domain-public = { $domain } is used by everybody, so it cannot tell who belongs to an organisation.
error-domain-taken = { $domain } belongs to another organisation.
error-fields-max = At most { $max } fields per desk.
error-key-invalid = A key consists of lower-case letters, digits and underscores, and starts with a letter.
error-key-taken = { $key } is used already.
error-link-to-itself = A ticket cannot be linked to itself.
error-options-for-choice = Options belong to fields of the type choice, and those need at least one.
error-prefix-invalid = A prefix has 2 to 6 capital letters.
error-tag-invalid = A tag is one word of at most { $max } characters.
error-tags-max = At most { $max } tags.
error-transition = It cannot go from { $from } to { $to }. Possible: { $allowed }.
error-idempotency-key = An Idempotency-Key has 1 to { $max } visible characters.
error-limit = A page has 1 to { $max } records.
error-organisation-unknown = There is no organisation { $organisation }.
error-role-unknown = There is no role { $role }.
error-fixed-once-made = This cannot be changed any more.
sign-in-refused = The address and the password do not match.
error-multipart = Send one file as multipart/form-data.
error-last-event-id = Last-Event-ID must be a position that this stream has sent.
error-query-length = A query has at most { $max } bytes.
sign-in-throttled = Too many tries. Wait a while, then try again.

### Told after an action
told-sent = Reply sent
told-kept = Note saved
told-changed = Changed
told-opened = Ticket opened
joined-report = Added here because it reports on a mail of this ticket

### Merging, moving, held mail
error-merged = { $ticket } was merged into { $into }: work on it there.
error-merged-elsewhere = { $ticket } was merged into another ticket, where work on it goes on. Ask the desk that answers it.
error-merge-itself = A ticket cannot be merged into itself. Name another one.
error-merge-circle = { $into } was itself merged into { $ticket }. Undo that merge first.
error-not-merged = { $ticket } is not merged into another ticket.
error-move-side = A message of a side conversation stays with it.
error-move-nowhere = The message is in { $ticket } already. Name another ticket.
error-not-held = This message is not held: it has already been accepted.
error-discard-inbound = Only a message that came in can be discarded.
error-discarded = This message was discarded already.
fact-message-discarded = discarded a message as junk
fact-other-ticket = another ticket
because-merged = merged into another ticket
because-unmerged = merge undone
because-moved-away = its messages were moved to another ticket
because-discarded = nothing but junk
told-merged = Tickets merged
told-unmerged = Merge undone
told-message-moved = Message moved
told-admitted = Message accepted
told-discarded = Message discarded
message-actions = What to do with this message
message-not-here = Not this ticket
message-discard = Discard as junk
message-genuine = It is genuine
message-genuine-join = Genuine, and { $name } gets copies
message-discarded = Discarded as junk
message-came-to = came to { $ticket }
message-came-back = Came back: { $to }. { $problem }
message-defects = Corrected while reading: { $list }
held-title = Held for you to check
held-forged = { $domain } says that it did not send this mail. Ask the sender in another way before you act on it.
held-unproven = Nothing proves that this mail is from { $domain }.
held-ambiguous = The mail names its sender in more than one way.
held-stranger = Its sender takes no part in this ticket.
held-other = It could not be proven who sent it.
held-until = Only agents see it. The ticket waits for you to decide.
invitation-request = Invitation
invitation-cancel = Meeting cancelled
invitation-reply = Answer to an invitation
invitation-other = Calendar entry
invitation-by = from { $name }
invitation-repeats = repeats
protection-signed = Signed with { $standard }, not checked
protection-signed-part = Partly signed with { $standard }, not checked
protection-encrypted = Encrypted with { $standard }: cannot be read here
protection-encrypted-part = Partly encrypted with { $standard }: that part cannot be read here
merge-action = Merge
merge-title = Merge { $ticket } into another ticket
merge-about = Its messages will be shown there, replies to it will arrive there, and it will be closed. Nothing is lost, and it can be undone.
merge-into = Into which ticket
merge-into-help = Its number, such as INC-1040
merge-suggested = Other open tickets of { $name }
merge-look = See what happens
merge-what = What happens
merge-shown = Shown in { $into } from then on: { $n ->
        [one] 1 message of { $ticket }
       *[other] { $n } messages of { $ticket }
    }
merge-desks = Agents who will see them, and the notes: { $desks }
merge-readers = Will see them too: { $names }
merge-managers = Managers of { $organisation } will see them too
merge-joining = From then on take part in { $into }, see its conversation and get its replies: { $names }
merge-left-out = Left out, will get no further replies: { $names }
merge-all = Add them too
merge-closed = { $ticket } is closed
merge-done = { $into } is done; the merge does not reopen it
merge-do = Merge into { $into }
merge-undo = Undo the merge
merge-undo-of = Undo the merge of { $ticket }
merged-into = Merged into { $ticket }. Work goes on there, and replies to this ticket arrive there.
merged-elsewhere = Merged into another ticket, which you cannot see. Work goes on there, and replies to this ticket arrive there.
merged-from = { $ticket } was merged into this ticket; its messages are shown here.
portal-merged = This request was merged with { $request }. Please continue there.
portal-merged-elsewhere = This request was merged with another one about the same matter. If you answer one of our mails about it, your answer still reaches us.
move-about = Where does this message belong? Later replies to it will follow it there.
move-new = A ticket of its own
move-title = Title of the new ticket
move-other = Another ticket
move-number = Its number
move-following = { $n ->
        [one] And the reply to it
       *[other] And the { $n } replies to it
    }
move-do = Move it

### Portal
portal-company = { $company } help
portal-menu = Menu
portal-requests = My requests
portal-new = New request
portal-hero = How can we help?
portal-hero-text = Tell us in your own words what you need. On this page you see every answer, and whose turn it is.
portal-runs-on = Runs on Steward
portal-empty-title = You have not asked us anything yet
portal-empty-text = Whatever you ask us, here or by mail, you can follow on this page.
portal-newest = Newest requests
portal-asked-by = asked by { $name }
portal-received = We have received it
portal-with-us = We are working on it
portal-with-you = We need an answer from you
portal-with-requester = We need an answer from { $name }
portal-with-others = We are waiting for somebody outside our team
portal-done = Done
portal-closed = Closed
portal-progress = Progress
portal-step-received = Received
portal-step-answer = First answer
portal-step-solved = Solved
portal-conversation = Conversation
portal-you = You
portal-opened = Request opened
portal-opened-mail = Request opened by mail
portal-opened-here = Request opened here
portal-opened-phone = Request opened by telephone
portal-reopened = Opened again
portal-write = Write to us
portal-answer = Answer us
portal-reopens = If you write, this request is opened again.
portal-send = Send
portal-told-sent = Sent. We have your message.
portal-told-opened = We have received your request.
portal-about = About this request
portal-number = Number
portal-requester = Asked by
portal-desk = Answered by
portal-copies = Also informed
portal-new-heading = What do you need?
portal-new-about = Say it in your own words. We will find out who can help.
portal-new-desk = Who should answer?
portal-new-desk-help = If you are not sure, leave it: we will pass it on.
portal-new-title = In a few words
portal-new-body = What do you need, or what happened?
portal-new-send = Send request
error-administrators-only = Only administrators may do this.
error-own-requests-only = You can open requests only for yourself.
error-assignee-unknown = There is no agent { $assignee }.
error-category-unknown = There is no category { $category }.
error-team-unknown = There is no team { $team }.
error-query-field-unknown = There is no field “{ $field }”. (character { $at })
error-query-field-unknown-near = There is no field “{ $field }”. Did you mean “{ $nearest }”? (character { $at })
error-query-value-unknown = “{ $field }” has no value “{ $value }”. (character { $at })
error-query-value-unknown-near = “{ $field }” has no value “{ $value }”. Did you mean “{ $nearest }”? (character { $at })
error-query-value-missing = A value is missing after “{ $field }”. (character { $at })
error-query-value-single = “{ $field }” takes a single value here. (character { $at })
error-query-day-bad = “{ $field }”: “{ $value }” is not a day. (character { $at })
error-query-number-bad = “{ $field }”: “{ $value }” is not a number. (character { $at })
error-query-time-bad = “{ $field }”: “{ $value }” is not a time such as 4h, 7d, 2026-03-12 or today. (character { $at })
error-query-time-bad-near = “{ $field }”: “{ $value }” is not a time. Did you mean “{ $nearest }”? (character { $at })
error-query-range-backwards = The range of “{ $field }” ends before it begins. (character { $at })
error-query-range-here = “{ $field }” has no ranges. (character { $at })
error-query-range-open = The range of “{ $field }” needs both ends. (character { $at })
error-query-operator = “{ $field }” cannot be compared with “{ $operator }”. (character { $at })
error-query-group-open = This parenthesis is not closed. (character { $at })
error-query-group-close = This parenthesis was never opened. (character { $at })
error-query-group-empty = There is nothing between the parentheses. (character { $at })
error-query-phrase-empty = There is nothing between the quotation marks. (character { $at })
error-query-quote-open = This quotation mark is not closed. (character { $at })
error-query-side-missing = “{ $word }” needs something beside it. (character { $at })
error-query-no-text = Words cannot be searched here; name a field. (character { $at })
error-query-sort-bad = Sort like this: sort:-priority. (character { $at })
error-query-sort-field = Nothing can be sorted by “{ $field }”. (character { $at })
error-query-sort-inside = Sorting belongs outside of parentheses and negation. (character { $at })
error-query-too-deep = Parentheses are at most { $max } levels deep. (character { $at })
error-query-too-long = A query has at most { $max } bytes. (character { $at })
error-query-too-many-terms = A query has at most { $max } terms. (character { $at })

# Mail that is fetched
error-mail-source-name-unknown = This server name is not known: check the spelling. ({ $detail })
error-mail-source-address-forbidden = Mail cannot be fetched from { $detail }: name the mail server itself.
error-mail-source-no-connection = Nothing answers at this port: check the server name, the port and the firewall between. ({ $detail })
error-mail-source-no-answer = The server does not answer in time: check the port and the encryption that belongs to it. ({ $detail })
error-mail-source-tls = No secure connection: check that the name is the one in the server's certificate, and that the port is one with TLS. ({ $detail })
error-mail-source-no-starttls = The server does not offer STARTTLS: choose TLS with its port, or ask whoever runs the server. ({ $detail })
error-mail-source-cleartext = Passwords are not sent without encryption: choose TLS or STARTTLS. { $detail }
error-mail-source-sign-in-refused = The server refuses the user or the password. Some providers require an app password, or xoauth2. It says: { $detail }
error-mail-source-sign-in-again = The permission has expired: sign in with the provider again and store the new refresh token. ({ $detail })
error-mail-source-token = The provider issues no access token: check token address, client ID and client secret. ({ $detail })
error-mail-source-folder = A folder cannot be opened: check its name. ({ $detail })
error-mail-source-move-to = Messages are fetched, but the server does not move, mark or remove them. It says: { $detail }
error-mail-source-protocol = The server does not answer like a mail server of this kind: check protocol and port. ({ $detail })
error-mail-source-server = The server ended the connection. It says: { $detail }
error-mail-source-storage = Steward cannot store mail at the moment: { $detail }
error-mail-source-secret-key = The stored credentials cannot be decrypted: restore the secret key, or enter them again. ({ $detail })
error-mail-source-host = A server name or address is needed, such as imap.example.org.
error-mail-source-mailbox = This is not an address of any of your desks.
error-mail-source-password-again = Enter the credentials again: they were given for another server.
error-mail-source-round = Messages cannot be moved to a folder that mail is fetched from.
error-mail-source-token-url = An address that begins with https:// is needed.
mail-not-taken-size = This message is { $size } in size, which is more than Steward accepts. Only its header is shown here. The message itself is still at { $place }.
mail-not-taken-large = This message is larger than Steward accepts. Only its header is shown here. The message itself is still at { $place }.
mail-not-taken-refused = The mail server does not hand over this message. Only the part of its header that arrived is shown here. The message itself is still at { $place }. The server says: { $detail }
