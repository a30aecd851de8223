# Small things that belong to several pages: callers without an address, the requester of a ticket, what must be logged.
gaps-desk-time = Time must be logged before a ticket is resolved
gaps-desk-time-help = Resolving is refused until somebody has logged at least a minute on the ticket.
error-caller-needed = Say who it is: a name, a telephone number or an e-mail address.
error-caller-which = { $n ->
    [one] There is already somebody called { $name }. Choose them from the list, or add a number or address for somebody new.
   *[other] { $n } people are called { $name }. Choose one from the list, or add a number or address for somebody new.
}
error-caller-number = { $n ->
    [one] Somebody has this number already. Choose them from the list, or add a name.
   *[other] { $n } people share this number. Choose one from the list, or add a name.
}
gaps-caller-find = Name, number or e-mail address. Somebody new needs only one of them.
gaps-no-address = nobody: no e-mail address is known
gaps-requester-change = Change the requester
gaps-requester-who = Who is it for?
gaps-requester-new = Somebody new: name and number
gaps-requester-keep = Keep { $name } in copy
gaps-requester-do = Change requester
gaps-requester-consequence = Answers go to the new requester from now on, and the ticket counts for their organisation. { $name } sees it only while in copy. Nobody is told.
gaps-account-mail = Letters about accounts
gaps-account-mail-about = Invitations and links for a new password. One that failed is not sent again: invite or reset once more from the person’s page.
gaps-account-invitation = Invitation
gaps-account-reset = New password
gaps-account-ended = Link ended
