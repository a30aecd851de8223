## Working together
presence-viewing = { $name } is viewing
presence-editing = { $name } is changing properties
presence-noting = { $name } is writing a note
presence-replying = { $name } is writing a reply
error-presence-place = A page names itself with 8 to 64 letters, digits, hyphens or underscores.
