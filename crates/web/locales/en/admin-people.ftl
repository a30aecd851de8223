admin-people = People
admin-people-help = Everybody who asks or answers: contact details, rights and sign-in.
admin-people-words = users colleagues contacts persons accounts login disable block invite password vip
admin-people-count = { $n ->
    [one] One person
   *[other] { $n } people
}
admin-people-find = Name or address
admin-people-show = Show
admin-people-role = Role
admin-people-any-role = Any role
admin-people-agent-of = Agent of { $desk }
admin-people-state = Sign-in
admin-people-any-state = Active and disabled
admin-people-active = Active
admin-people-disabled = Disabled
admin-people-none = Nobody matches. Try fewer words or filters.
admin-next-page = Next page
admin-save = Save
admin-add = Add
admin-actions = Actions
admin-key = Short name
admin-person-add = Add a person
admin-person-add-about = Whoever writes a mail is added automatically. Add somebody by hand to give them a desk at once.
admin-person-name = Name
admin-person-name-help = As they write it themselves.
admin-person-emails = Mail addresses
admin-person-emails-help = One per line; mail goes to the first. Mail from any of them counts as theirs.
admin-person-phones = Telephone
admin-person-phones-help = One per line, as people dial it.
admin-person-organisation = Organisation
admin-person-organisation-help = Its name; if empty, found by the mail domain.
admin-person-language = Language
admin-person-language-help = For the mail and pages they see.
admin-person-language-none = As in their browser
admin-person-zone = Time zone
admin-person-zone-help = Such as Europe/Riga.
admin-person-vip = Needs special attention
admin-person-vip-help = Agents see a mark beside the name; nothing else changes.
admin-person-vip-short = Special attention
admin-person-desks = Works on
admin-person-desks-help = On these desks they see, answer and change every ticket.
admin-person-contact = Contact
admin-person-since = Known since { $date }
admin-person-failing = Mail to { $email } came back: { $problem }. Correct the address and save.
admin-role-manager-short = Manager
admin-rights = Rights
admin-rights-help = Tick the roles, check what will change, then save.
admin-rights-roles = What each role may do
admin-roles-save = Save rights
admin-roles-preview = Show what changes
admin-effect = When you save
admin-effect-none = Nothing changes.
admin-effect-desk-opens = { $n ->
    [one] Works on { $desk }: one open ticket opens
   *[other] Works on { $desk }: { $n } open tickets open
}
admin-effect-desk-closes = { $n ->
    [one] No longer works on { $desk }: one open ticket closes to them
   *[other] No longer works on { $desk }: { $n } open tickets close to them
}
admin-effect-lost = No longer:
admin-effect-teams = Leaves the teams { $teams }
admin-effect-ends = Open sessions and tokens end; they have to sign in again
admin-effect-assigned = { $n ->
    [one] One open ticket stays assigned to them; give it to somebody else
   *[other] { $n } open tickets stay assigned to them; give them to somebody else
}
admin-access = Sign-in
admin-access-password = Signs in with a password.
admin-access-no-password = Has no password yet: mail works without one.
admin-sessions = Signed in
admin-session-times = since { $since }, last seen { $seen }
admin-enable-about = Disabled: cannot sign in. Their mail is still taken.
admin-enable = Enable sign-in
admin-disable = Disable sign-in
admin-disable-sessions = { $n ->
    [one] One session ends at once
   *[other] { $n } sessions end at once
}
admin-disable-tokens = { $n ->
        [one] One token is revoked for good
       *[other] { $n } tokens are revoked for good
    }
admin-disable-assigned = { $n ->
    [one] One open ticket stays assigned to them
   *[other] { $n } open tickets stay assigned to them
}
admin-disable-mail = Their mail is still taken and answered; the record stays.
admin-told-person-added = Added. You can write to them now.
admin-told-roles = Rights saved; they apply from now on.
admin-told-disabled = Sign-in is disabled; sessions and tokens have ended.
admin-told-enabled = They may sign in again.
admin-invite = Invite to sign in
admin-invitation = Link
admin-back = Back
admin-invited-link = Mail cannot be sent yet, so pass this link on yourself. It works once and is not shown again.
admin-told-invited = The invitation is on its way; the link works once.
admin-factor-about = Uses a second factor. If the phone and the recovery codes are lost, a reset lets them in with the password alone.
admin-factor-reset = Reset the second factor
admin-told-factor-reset = Second factor removed; sessions have ended.
admin-organisations = Organisations
admin-organisations-help = Companies and departments: known by their mail domains, with requests shared as you choose.
admin-organisations-words = companies customers departments domains sharing
admin-organisations-find = Name or domain
admin-organisations-none = No organisation matches. Add one to group people by their mail domain.
admin-organisation-add = Add an organisation
admin-organisation-name = Name
admin-organisation-people = Members
admin-organisation-domains = Mail domains
admin-organisation-domains-help = One per line, such as example.org. Whoever writes from there for the first time belongs to it; known people stay where they are.
admin-organisation-sharing = Who sees the requests of members
admin-organisation-sharing-help = On the portal, besides one’s own requests. Agents are not affected.
admin-sharing-none = Only the requester
admin-sharing-managers = Managers see all of them
admin-sharing-everyone = Every member sees all of them
admin-sharing-effect-none = Only the requester: nobody else in the organisation sees a request
admin-sharing-effect-managers = { $n ->
    [one] Managers: one person sees the requests of all
   *[other] Managers: { $n } people see the requests of all
}
admin-sharing-effect-everyone = { $n ->
    [one] Every member: one person sees the requests of all
   *[other] Every member: { $n } people see the requests of all
}
admin-tokens = API tokens
admin-tokens-help = Programs that act for somebody, with their rights. People make their own in their profile.
admin-tokens-words = keys programs scripts integration secret revoke
admin-tokens-none = No program has a token.
admin-token-name = Purpose
admin-token-of = Whose rights
admin-token-used = created { $made }, last used { $used }
admin-token-unused = created { $made }, never used
admin-token-revoke = Revoke
admin-token-revoke-named = Revoke { $name }
admin-told-revoked = The token is revoked; the program is refused from now on.
admin-why = Why can this person see that?
admin-why-short = Why can they see…
admin-why-help = Choose a person and a ticket: each rule says whether it lets them see it.
admin-why-words = access visible permission privacy who sees explain
admin-why-person = Person
admin-why-person-help = Address or the beginning of the name.
admin-why-ticket = Ticket
admin-why-ticket-help = Its number, such as INC-1042.
admin-why-ticket-door = Who sees this ticket, and why
admin-why-ask = Explain
admin-why-no-person = Nobody has this address or name. Type the beginning of the name as it is stored.
admin-why-no-ticket = There is no such ticket. Check the number.
admin-why-several = Whom do you mean?
admin-why-sees = { $name } sees { $number }
admin-why-not = { $name } does not see { $number }
admin-why-may-see = See it with its messages
admin-why-may-notes = Read its internal notes
admin-why-may-work = Answer and change it
admin-why-rules = Rule by rule
admin-why-yes = Yes:
admin-why-no = No:
admin-why-disabled = { $name } may not sign in, so no rule applies: they see nothing until sign-in is enabled again.
admin-why-admin = Is an administrator, and administrators see every ticket.
admin-why-auditor = Is an auditor, and auditors read every ticket.
admin-why-no-role = Is neither administrator nor auditor.
admin-why-desk = Works on { $desk }, which this ticket belongs to.
admin-why-no-desk = Does not work on { $desk }, where the ticket is.
admin-why-requester = Is its requester.
admin-why-no-requester = Is not its requester; { $name } is.
admin-why-copy = Is in CC.
admin-why-watches = Watches it.
admin-why-no-part = Is neither in CC nor watching.
admin-why-no-organisation = The ticket belongs to no organisation.
admin-why-manages = Is a manager of { $organisation }, and its managers see its requests.
admin-why-shared = Belongs to { $organisation }, whose members see each other’s requests.
admin-why-other-organisation = Does not belong to { $organisation }, whose ticket it is.
admin-why-unshared = Belongs to { $organisation }, whose members do not share their requests.
admin-why-no-manager = Belongs to { $organisation }, but is not one of its managers.
