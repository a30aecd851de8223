macro-title = Macros
macro-about = Several changes and a reply under one name. You see what a macro will do before it does it, and one Undo takes all of it back.
macro-words = macros, automation, quick actions, shortcuts, one-click, presets
macro-none = There are none yet. Write the first one: the steps you repeat most often.
macro-new = New macro
macro-edit = Macro
macro-manage = Write and change macros
macro-place-help = Only you see your own.
macro-does = What it changes
macro-keep = Leave as it is
macro-me = Whoever runs it
macro-category-none = No category
macro-tags-add = Tags to add
macro-tags-remove = Tags to remove
macro-watch = Whoever runs it watches the ticket
macro-fields = Further details
macro-says = What it says
macro-says-to = The text is
macro-says-nothing = Nothing is said
macro-text-help = Each ticket gets the text in its own language where there is one.
macro-uses = { $n ->
    [one] Run once
   *[other] Run { $n } times
}
macro-days = { $n ->
    [one] { $n } day
   *[other] { $n } days
}
macro-plan-do = Run macro
macro-plan-nothing = Everything is so already: there is nothing to change.
macro-plan-refused = This macro cannot be run on this ticket. Nothing is changed.
macro-plan-watch = You will watch this ticket
macro-plan-note = Note for colleagues
macro-plan-reply = Reply to { $names }
macro-plan-reply-nobody = Reply in the portal: the requester has no address
macro-plan-undo = One Undo takes all of it back; a reply as long as it has not been sent.
told-macro = Macro run
fact-macro-run = Macro { $title } run
keys-macro = Run a macro
error-macro-empty = Choose at least one step: a macro without steps does nothing.
error-macro-snooze = Write “reply”, or a number with m, h, d or w, such as 4h or 3d, at most 366 days.
error-macro-status = No kind of ticket has a status “{ $status }”.
error-macro-code = Choose a status too: how it was resolved belongs to a change of status.
error-macro-place = You can write macros for yourself, your desks and your teams. Only administrators write those for everybody.
error-macro-other-desk = This macro is for tickets of another desk.
error-macro-gone = What the macro names here no longer exists. Change the macro.
error-macro-own = This is your own request: a macro does not write to you in the desk’s name.
