### Coming in
sign-in-passkey = Autentificare cu cheie de acces
sign-in-or = sau
sign-in-forgotten = Ați uitat-o?
sign-in-told-password = Parola nouă este setată. Autentificați-vă cu ea.
sign-in-told-step = A durat prea mult. Autentificați-vă din nou.
back-to-sign-in = Înapoi la autentificare
passkey-failed = Cheia de acces nu a fost folosită. Încercați din nou sau alegeți altă cale.
error-passkey = Această cheie de acces nu este cunoscută aici sau răspunsul ei a venit prea târziu. Încercați din nou sau autentificați-vă cu parola.
error-by-browser-only = Aceasta se face pe pagina dumneavoastră, în browser, nu cu un token.
error-confirm-first = Confirmați mai întâi că sunteți dumneavoastră: cu parola sau cu al doilea factor.
error-app-is-set-up = Aplicația de autentificare este deja configurată. Eliminați-o mai întâi pentru a configura alta.
error-person-signs-in = Această persoană se autentifică deja. Dacă a uitat parola, „Ați uitat-o?” de pe pagina de autentificare trimite un link.

### The second step
second-title = Încă un pas
second-lead = Parola este corectă. Acum confirmați că sunteți dumneavoastră.
second-lead-passkey = Parola este corectă. Acum folosiți cheia de acces.
second-code = Codul din aplicație
second-code-help = Șase cifre din aplicația de autentificare. Merge și un cod de recuperare.
second-recovery = Cod de recuperare
second-recovery-help = Unul dintre codurile păstrate când ați adăugat cheia de acces.
second-wrong = Codul nu este corect sau a mai fost folosit. Așteptați-l pe următorul și încercați din nou.
second-locked = Prea multe coduri greșite. Încercați din nou peste { $n } min.
second-start-again = Autentificare ca altcineva
enrol-title = Configurați un al doilea factor
enrol-required = Toți cei care lucrează aici se autentifică și cu un cod de pe telefon. Durează un minut, o singură dată.
enrol-scan = Deschideți o aplicație de autentificare pe telefon și scanați acest cod.
enrol-qr = Cod QR pentru aplicația de autentificare
enrol-by-hand = Nu se poate scana?
enrol-by-hand-text = Introduceți această cheie în aplicație. Este pentru coduri bazate pe timp.
enrol-open-app = Deschideți într-o aplicație de pe acest dispozitiv
enrol-type = Introduceți cele șase cifre afișate acum de aplicație.
enrol-confirm = Activare
codes-title = Codurile dumneavoastră de recuperare
codes-keep = Tipăriți aceste coduri sau păstrați-le într-un manager de parole. Fiecare vă lasă să intrați o dată când nu aveți telefonul la îndemână.
codes-once = Sunt afișate doar acum.
codes-kept = Le-am păstrat

### Forgotten passwords and invitations
reset-title = Parolă nouă
reset-lead = Introduceți adresa. Vă trimitem un link cu care setați o parolă nouă.
reset-ask = Trimite linkul
reset-sent = Dacă adresa este cunoscută aici, un e-mail este pe drum. Linkul din el este valabil o oră.
reset-sent-hint = Nu a sosit după câteva minute? Căutați în mesajele nedorite sau întrebați administratorii.
reset-new-title = Alegeți o parolă nouă
reset-new-lead = Toate browserele dumneavoastră vor fi deconectate, iar tokenurile API își pierd valabilitatea.
reset-set = Setează parola
new-password = Parola nouă
new-password-help = Cel puțin { $n } caractere. Câteva cuvinte la rând sunt ușor de ținut minte și greu de ghicit.
invitation-title = Bun venit, { $name }
invitation-lead = Ați fost invitat la serviciul de asistență { $company }. Alegeți o parolă și ați intrat.
invitation-lead-plain = Ați fost invitat la serviciul de asistență. Alegeți o parolă și ați intrat.
invitation-accept = Setează parola și începe
link-ended-title = Acest link nu mai este valabil
link-ended-reset = A fost folosit sau este mai vechi de o oră. Cereți altul.
link-ended-invitation = A fost folosit sau este mai vechi de o zi. Autentificați-vă sau cereți altul celui care v-a invitat.
link-ask-again = Cere alt link

### Letters
letter-reset-subject = Parolă nouă pentru { $site }
letter-reset-text = Bună ziua! Cineva, cel mai probabil dumneavoastră, a cerut o parolă nouă pentru această adresă. O setați cu acest link; este valabil o singură dată, timp de o oră.
letter-reset-else = Dacă nu ați fost dumneavoastră, nu trebuie să faceți nimic: parola rămâne neschimbată.
letter-invitation-subject = Invitația dumneavoastră: { $site }
letter-invitation-text = Bună ziua, { $name }! Ați fost invitat la serviciul de asistență { $site }. Cu acest link vă alegeți parola; este valabil o singură dată, timp de 24 de ore.
letter-invitation-else = Dacă nu știți despre ce este vorba, nu trebuie să faceți nimic.
