### Coming in
sign-in-passkey = Sign in with a passkey
sign-in-or = or
sign-in-forgotten = Forgotten?
sign-in-told-password = The new password is set. Sign in with it.
sign-in-told-step = That took too long. Sign in once more.
back-to-sign-in = Back to sign-in
passkey-failed = The passkey was not used. Try again, or take another way.
error-passkey = This passkey is not known here, or its answer came too late. Try again, or sign in with your password.
error-by-browser-only = This is done on your own page in the browser, not by a token.
error-confirm-first = Show first that it is you: with your password or a second factor.
error-app-is-set-up = An authenticator app is set up already. Take it away first to set up another.
error-person-signs-in = This person signs in already. If the password is forgotten, “Forgotten?” on the sign-in page sends a link.

### The second step
second-title = One more step
second-lead = Your password is right. Now show that it is you.
second-lead-passkey = Your password is right. Now use your passkey.
second-code = Code from the app
second-code-help = Six digits from your authenticator app. A recovery code works as well.
second-recovery = Recovery code
second-recovery-help = One of the codes that you kept when you added the passkey.
second-wrong = This code is not right, or it was used before. Wait for the next one and try again.
second-locked = Too many wrong codes. Try again in { $n } min.
second-start-again = Sign in as somebody else
enrol-title = Set up a second factor
enrol-required = Everybody who works here signs in with a code from their phone as well. It takes a minute, once.
enrol-scan = Open an authenticator app on your phone and scan this code.
enrol-qr = QR code for your authenticator app
enrol-by-hand = It cannot be scanned?
enrol-by-hand-text = Type this key into the app. It is for codes that change with time.
enrol-open-app = Open in an app on this device
enrol-type = Type the six digits that the app shows now.
enrol-confirm = Turn on
codes-title = Your recovery codes
codes-keep = Print these codes or keep them in a password manager. Each lets you in once when your phone is not at hand.
codes-once = They are shown only now.
codes-kept = I have kept them

### Forgotten passwords and invitations
reset-title = New password
reset-lead = Type your address. We send you a link by which you set a new password.
reset-ask = Send the link
reset-sent = If this address is known here, a mail is on its way. The link in it works for one hour.
reset-sent-hint = Nothing there after a few minutes? Look among the unwanted mail, or ask the people who look after this desk.
reset-new-title = Choose a new password
reset-new-lead = All your browsers are signed out by it, and your API tokens end.
reset-set = Set the password
new-password = New password
new-password-help = At least { $n } characters. A few words in a row are easy to remember and hard to guess.
invitation-title = Welcome, { $name }
invitation-lead = You were invited to the service desk of { $company }. Choose a password, and you are in.
invitation-lead-plain = You were invited to the service desk. Choose a password, and you are in.
invitation-accept = Set the password and begin
link-ended-title = This link no longer works
link-ended-reset = It was used, or it is older than an hour. Ask for another one.
link-ended-invitation = It was used, or it is older than a day. Sign in, or ask whoever invited you for another one.
link-ask-again = Ask for another link

### Letters
letter-reset-subject = New password for { $site }
letter-reset-text = Hello, somebody asked for a new password for this address, most likely you. With this link you set it; it works once and for one hour.
letter-reset-else = If it was not you, you need do nothing: your password stays as it is.
letter-invitation-subject = Your invitation to { $site }
letter-invitation-text = Hello { $name }, you were invited to the service desk { $site }. With this link you choose your password; it works once and for 24 hours.
letter-invitation-else = If you do not know what this is about, you need do nothing.
