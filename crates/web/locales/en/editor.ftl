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
editor-attach-limit = Up to { $size } each; drop or paste them too
editor-canned = Insert a saved reply
editor-mention = Mention a colleague
editor-files = Files to send along
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
     [one] { $people } is told.
    *[other] { $people } are told.
    }
error-mention-note = Only a note can mention colleagues. Nobody outside should read their names.
error-mention-unknown = One of those you mention cannot see this ticket. Remove the name, or give them access to the desk.
