### Writing: the editor, its files, recipients, saved replies, mentions, looking into files
editor-tools = Formatting: { $name }
editor-bold = Bold
editor-italic = Italic
editor-strike = Strikethrough
editor-code = Code
editor-bullets = Bulleted list
editor-numbers = Numbered list
editor-quote = Quote
editor-code-block = Code block
editor-link = Link
editor-link-address = Address of the link
editor-link-set = Set link
editor-link-invalid = Enter a web or mail address. Leave it empty to remove the link.
editor-undo = Undo
editor-redo = Redo
editor-attach = Attach files
editor-attach-limit = Up to { $size } each; you can also drop or paste them
editor-canned = Insert a saved reply
editor-mention = Mention a colleague
editor-files = Attached files
editor-file-remove = Remove { $name }
editor-file-failed = { $name } could not be uploaded. Check the connection and attach it again.
editor-file-large = { $name } is too large: at most { $size } a file.
editor-file-busy = A file is still being uploaded. Send again in a moment.
editor-files-max = At most { $max } files go with one message.
composer-cc-add = Add
composer-cc-add-label = Add somebody in CC, by name or address
composer-address-invalid = This is not a mail address.
composer-only-requester = Requester only
composer-everybody = Everybody
consequence-joins = { $n ->
     [one] { $people } joins this conversation and can read it.
    *[other] { $people } join this conversation and can read it.
    }
consequence-mentions = { $n ->
        [one] { $people } will be notified.
       *[other] { $people } will be notified.
    }
error-mention-note = Colleagues can be mentioned only in a note. People outside should not read their names.
error-mention-unknown = One of those you mention cannot see this ticket. Remove the name, or give them access to the desk.
view-mentions = Mentions
canned-title = Saved replies
canned-about = Texts that you write often. Type / in a reply to insert one; names in double braces are filled in from the ticket.
canned-words = canned responses, macros, snippets, templates, standard answers
canned-none = There are none yet. Write the first one: the answer you gave most often this week.
canned-new = New saved reply
canned-edit = Saved reply
canned-name = Title
canned-shortcut = Shortcut
canned-shortcut-help = What you type after /: letters, digits, hyphens.
canned-place = For whom
canned-place-help = Only you see your own.
canned-mine = Only me
canned-everybody = Everybody
canned-language = Language
canned-languages = Languages of this text
canned-text = Text
canned-names-help = These are filled in:
canned-save = Save
canned-remove = Remove
canned-remove-language = Remove { $language }
canned-uses = { $n ->
     [one] used once
    *[other] used { $n } times
    }
error-canned-name = “{ $name }” cannot be filled in. Known names: { $known }.
error-canned-shortcut = Only letters, digits and hyphens, at most { $max }.
error-canned-place = You can write saved replies for yourself, your desks and your teams. Only administrators write those for everybody.
forward-title = Forward
forward-about = Recipients see only this message and nothing else of the ticket. Their answers come back as a side conversation; the requester never sees them.
forward-own = Your message (optional)
forward-begins = Forwarded message
forward-from = From
forward-date = Date
forward-subject = Subject
forward-files = Files to include
forward-send = Forward
preview-download = Download
preview-download-one = Download { $name }
preview-look = View { $name }
preview-open = Open in a new tab
preview-back = Back to the message
preview-cut = Only the beginning is shown. Download the file for the rest.
preview-none = This kind of file cannot be shown here. Download it, and open it only if you trust its sender.
