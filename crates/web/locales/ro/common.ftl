### Dates and ages
month-name = { $month ->
         [1] ianuarie
         [2] februarie
         [3] martie
         [4] aprilie
         [5] mai
         [6] iunie
         [7] iulie
         [8] august
         [9] septembrie
         [10] octombrie
         [11] noiembrie
        *[other] decembrie
    }
date-long = { $day } { month-name } { $year }
date-short = { $day } { month-name }
date-time = { $date }, { $time }
date-today = Astăzi, { $date }
date-yesterday = Ieri, { $date }
moment-today = Astăzi, { $time }
moment-yesterday = Ieri, { $time }
ago-now = acum
ago-minutes = { $n } min
ago-hours = { $n } h
ago-days = { $n } z
ago-weeks = { $n } săpt.
ago-years = { $n } a

### Marks
turn-us = Ne așteaptă pe noi
turn-requester = Îl așteptăm pe solicitant
turn-third-party = Așteaptă un terț
turn-done = Încheiat
priority-critical = Critică
priority-high = Ridicată
priority-normal = Normală
priority-low = Scăzută
level-high = Ridicat
level-medium = Mediu
level-low = Scăzut
status-new = Nou
status-open = Deschis
status-pending = În așteptare
status-on-hold = Suspendat
status-resolved = Rezolvat
status-closed = Închis
status-known-error = Eroare cunoscută
status-draft = Ciornă
status-assessment = Evaluare
status-approval = Aprobare
status-scheduled = Planificat
status-implementing = În curs de implementare
status-review = Analiză
status-rejected = Respins
status-cancelled = Anulat
status-planning = În planificare
status-building = În construcție
status-testing = În testare
status-deploying = În curs de lansare
kind-question = Întrebare
kind-incident = Incident
kind-request = Cerere
kind-problem = Problemă
kind-change = Schimbare
kind-release = Versiune
kind-task = Sarcină
channel-mail = prin e-mail
channel-desk = în spațiul de lucru
channel-portal = prin portal
channel-phone = prin telefon
channel-api = prin API
link-relates = în legătură cu
link-causes = cauzează
link-caused-by = cauzat de
link-duplicates = duplicat pentru
link-duplicated-by = are ca duplicat
link-parent = părinte
link-child = subordonat
link-blocks = blochează
link-blocked-by = blocat de
role-cc = CC
role-watcher = observator
author-system = Steward

### Navigation and frame
skip-to-content = Salt la conținut
nav-workspace = Spațiu de lucru
nav-workspace-phone = Secțiuni
nav-my-work = Lucrările mele
nav-desks = Birouri de asistență
nav-views = Vizualizări
nav-me = Eu
view-mine = Primite
view-unassigned = Nealocate
view-open = Toate deschise
view-done = Încheiate
new-ticket = Tichet nou
new-ticket-short = Nou
language = Limbă
theme = Aspect
theme-system = Sistem
theme-light = Luminos
theme-dark = Întunecat
close = Închide
cancel = Renunță
keys-title = Comenzi rapide de la tastatură
keys-open = Deschide tichetul
keys-reply = Răspunde
keys-note = Scrie o notă
keys-assign = Alocă
keys-resolve = Rezolvă
keys-search = Caută în listă
keys-send = Trimite răspunsul sau salvează nota
keys-sheet = Arată aceste comenzi rapide
keys-hint = Literele simple funcționează doar când cursorul nu se află într-un câmp de text.
say-offline = Conexiune pierdută. Se încearcă din nou.
say-changed = Tichetul s-a modificat. Vedeți acum cea mai nouă versiune; textul dvs. este păstrat.
say-failed = Nu a reușit. Textul dvs. este păstrat.

### Sign-in
sign-in = Autentificare
sign-out = Deconectare
sign-in-email = E-mail
sign-in-password = Parolă
sign-in-motto = Al cui este rândul?
sign-in-promise = O singură căsuță pentru toate întrebările, în care se vede mereu al cui este rândul.

### Lists
query-label = Filtru
query-placeholder = Cuvinte sau status:open priority:high
column-number = Număr
column-subject = Subiect
column-requester = Solicitant
column-updated = Actualizat
list-tickets = { $n ->
         [one] { $n } tichet
         [few] { $n } tichete
        *[other] { $n } de tichete
    }
list-more = Pagina următoare
hint-move = deplasare
empty-done-title = Nimic nu așteaptă aici
empty-done-text = Totul din această listă este încheiat. Tichetele noi apar aici singure.
empty-search-title = Niciun tichet nu corespunde
empty-search-text = Încercați cu mai puține cuvinte sau căutați în toate tichetele deschise.
empty-first-title = Deocamdată nimic nu așteaptă aici
empty-first-text = Când cineva scrie acestui birou, fiecare mesaj devine un tichet în această listă. Discul pe jumătate plin arată al cui este rândul: stânga al dvs., dreapta al lor.
empty-first-mail = Trimiteți un mesaj de probă
empty-first-mail-hint = Scrieți la { $mailbox } și urmăriți cum sosește.
empty-first-ticket = Deschideți un tichet
empty-first-ticket-hint = Pentru cineva care a sunat sau a trecut pe aici.
choose-title = Alegeți un tichet
choose-text = Conversația se deschide aici, iar lista rămâne alături.

### Ticket
timeline = Cronologie
action-assign = Alocă
action-resolve = Rezolvă
assignee-nobody = Nealocat
assignee-me = eu
team-none = Fără echipă
priority-reason = De ce diferă de impact și urgență
message-note = Notă internă
message-to = către { $to }
message-to-cc = către { $to }, CC { $cc }
message-stranger = Participant nou
message-unverified = Expeditor neverificat
message-automatic = Automat
message-frame = Mesajul așa cum a fost trimis
message-quoted = { $n ->
         [one] { $n } rând citat
         [few] { $n } rânduri citate
        *[other] { $n } de rânduri citate
    }
message-signature = Semnătură
message-disclaimer = Aviz juridic
message-earlier = Mesaje anterioare
message-language = Limba: { $language }
message-original = Original
message-original-title = Descarcă mesajul exact așa cum a sosit
message-simplified = Mesajul era prea complicat pentru a fi afișat în siguranță; iată textul lui.
message-pictures-held = Imaginile externe nu au fost încărcate.
message-pictures-load = Încarcă
message-trackers = { $n ->
        [one] { $n } pixel de urmărire a fost eliminat.
        [few] { $n } pixeli de urmărire au fost eliminați.
       *[other] { $n } de pixeli de urmărire au fost eliminați.
    }
joined-address = Adăugat aici pentru că a fost trimis la adresa de răspuns a acestui tichet
joined-thread = Adăugat aici pentru că răspunde la un e-mail al acestui tichet
joined-subject = Adăugat aici pentru că subiectul conține numărul acestui tichet
joined-kin = Adăugat aici pentru că un e-mail al acestui tichet ține de aceeași conversație
joined-moved = Adăugat aici pentru că răspunde la un mesaj mutat aici
fact-opened = Deschis { $channel }
fact-changed = { $field }: { $from } → { $to }
fact-set = { $field }: { $to }
fact-cleared = { $field }: eliminat, era { $from }
fact-touched = { $field }: modificat
fact-with-reason = { $fact } ({ $reason })
because-reply = odată cu răspunsul
because-message = a sosit un mesaj
because-kind = odată cu noul tip
fact-kind = A devenit { $kind }: { $former } este acum { $number }
fact-tags-added = { $n ->
         [one] Etichetă adăugată: { $tags }
         [few] Etichete adăugate: { $tags }
        *[other] Etichete adăugate: { $tags }
    }
fact-tags-removed = { $n ->
         [one] Etichetă eliminată: { $tags }
         [few] Etichete eliminate: { $tags }
        *[other] Etichete eliminate: { $tags }
    }
fact-linked = Legat cu { $ticket }: { $link }
fact-unlinked = Nu mai este legat cu { $ticket }: { $link }
fact-cc-added = { $name } a fost adăugat(ă) în CC
fact-cc-removed = { $name } a fost scos (scoasă) din CC
fact-watcher-added = { $name } urmărește acum
fact-watcher-removed = { $name } nu mai urmărește
fact-mail-sent = Mesaj trimis către { $to }
fact-mail-failed = Mesajul către { $to } nu a putut fi livrat: { $problem }
fact-send-scheduled = a programat un răspuns pentru { $at }
fact-send-withdrawn = a retras un răspuns înainte de trimitere
fact-send-failed = un răspuns programat nu a putut fi trimis; textul este păstrat
fact-side-opened = a început o conversație paralelă: { $subject }
fact-shared = văzut și de { $desk }, pentru că mesajul a ajuns și în căsuța sa
fact-merged = comasat în { $ticket }
fact-absorbed = { $ticket } a fost comasat în acest tichet
fact-unmerged = comasarea cu { $ticket } a fost anulată
fact-message-gone = un mesaj a fost mutat în { $ticket }
fact-message-came = un mesaj a fost mutat aici din { $ticket }
fact-message-admitted = a acceptat un mesaj reținut
fact-mail-bounced = e-mailul către { $to } s-a întors: { $problem }
context-about = Despre acest tichet
context-properties = Proprietăți
context-participants = Alți participanți
context-links = Legături
context-before = Anterior
property-title = Titlu
property-status = Stare
property-kind = Tip
property-desk = Birou
property-team = Echipă
property-assignee = Responsabil
property-priority = Prioritate
property-impact = Impact
property-urgency = Urgență
property-category = Categorie
property-service = Serviciu
property-tags = Etichete
property-requester = Solicitant
property-organisation = Organizație
property-language = Limbă
property-email = E-mail
property-phone = Telefon
property-opened = Deschis

### Composer
composer-kinds = Ce scrieți
composer-reply = Răspuns
composer-note = Notă
composer-to = Către
composer-cc = CC
composer-placeholder = Scrieți aici
composer-send = Trimite răspunsul
composer-keep = Salvează nota
composer-later = Trimite mai târziu
composer-later-at = Când, după ora dvs. locală
composer-later-send = Programează
composer-bounced = E-mailul către { $email } s-a întors: { $problem }
delivery-sent = Trimis către { $to }
delivery-waiting = Așteaptă trimiterea către { $to }
delivery-again = Încă nelivrat către { $to }; următoarea încercare { $at }: { $problem }
delivery-failed = Nu s-a putut trimite către { $to }: { $problem }
delivery-bounced = S-a întors de la { $to }: { $problem }
message-overtaken = scris înainte de ultimul mesaj
sends-title = Așteaptă trimiterea
send-undo = Se trimite în { $seconds } s
send-at = { $name }: se va trimite { $at }
send-aside = în conversația paralelă „{ $subject }”
action-undo = Anulează
action-withdraw = Retrage
send-problem-not-allowed = Netrimis: autorul nu mai are dreptul să răspundă aici. Retrageți-l și răspundeți în numele dvs.
send-problem-attachments = Netrimis: unul dintre fișiere aparține acum altui mesaj. Retrageți-l și atașați din nou fișierul.
send-problem-recipients = Netrimis: nu a mai rămas niciun destinatar. Retrageți-l și alegeți destinatarii.
send-problem-refused = Netrimis: tichetul nu mai acceptă acest răspuns. Retrageți-l și verificați tichetul.
send-problem-fault = Netrimis: a apărut de mai multe ori o eroare la noi. Retrageți-l și trimiteți din nou.
told-waiting = Răspunsul va fi trimis imediat.
told-scheduled = Răspunsul este programat.
told-withdrawn = Retras. Iată textul.
side-title = Conversații paralele
side-hint = Cu un furnizor sau altă echipă. Solicitantul nu le vede niciodată.
side-start = Începe o conversație paralelă
side-to = Adrese, separate prin virgulă
side-subject = Subiect
side-text = Mesaj
side-send = Trimite mesajul
side-with = Cu: { $people }
side-done = Încheiată
side-end = Marchează ca încheiată
side-reopen = Redeschide
message-side = Conversație paralelă: { $subject }
consequence-reply = { $to } va primi acest răspuns. Apoi: { $turn }.
consequence-reply-cc = { $n ->
         [one] { $to } și { $n } persoană în CC vor primi acest răspuns. Apoi: { $turn }.
         [few] { $to } și { $n } persoane în CC vor primi acest răspuns. Apoi: { $turn }.
        *[other] { $to } și { $n } de persoane în CC vor primi acest răspuns. Apoi: { $turn }.
    }
consequence-nobody = Nu se cunoaște nicio adresă: răspunsul rămâne aici și nu este trimis.
consequence-note = Nimeni din afară nu vede nota. Rămâne: { $turn }.

### New ticket
new-ticket-about = Pentru cineva care a sunat, a scris în altă parte sau a trecut pe aici.
new-requester = Solicitant
new-title = Subiect
new-body = Despre ce este vorba
new-create = Deschide tichetul

### Problems: headings
problem-malformed = Cererea nu poate fi citită
problem-unauthenticated = Vă rugăm să vă autentificați
problem-forbidden = Nu este permis
problem-not-found = Nu este nimic aici
problem-method = Aici nu este posibil
problem-conflict = Este în contradicție cu ce există deja
problem-stale = S-a schimbat între timp
problem-too-large = Dimensiunea este prea mare
problem-unsupported-media = Formatul nu este acceptat
problem-invalid = Ceva trebuie corectat
problem-too-many = Prea multe cereri
problem-unavailable = Încercați din nou peste puțin timp
problem-internal = A apărut o eroare la noi
go-to-start = Către pagina de început
request-id = Dacă ne întrebați, menționați

### Problems: what to do
error-unauthenticated = Autentificați-vă sau trimiteți un token valid.
error-not-found = Nu există sau nu aveți dreptul să vedeți acest lucru.
error-method = Adresa există, dar nu pentru acest fel de cerere.
error-malformed = Verificați ce s-a trimis și încercați din nou.
error-stale = Cineva a făcut modificări după ce ați deschis pagina. Verificați din nou, apoi repetați modificarea.
error-too-large = Se acceptă cel mult { $size }.
error-unsupported-media = Trimiteți conținutul ca application/json.
error-invalid = Verificați câmpurile indicate.
error-too-many = { $seconds ->
         [one] Așteptați { $seconds } secundă, apoi încercați din nou.
         [few] Așteptați { $seconds } secunde, apoi încercați din nou.
        *[other] Așteptați { $seconds } de secunde, apoi încercați din nou.
    }
error-internal = Eroarea a fost înregistrată cu numărul de mai jos. Puteți încerca din nou fără grijă.
error-unavailable = Stocarea nu poate fi accesată momentan. Nimic din ce ați trimis nu a rămas făcut pe jumătate.
error-cursor = Marcajul de pagină nu este valabil. Reluați lista de la început.
error-other-origin = Cererea a venit de pe alt site.
error-form-expired = Pagina a fost deschisă prea mult timp. Reîncărcați-o și repetați.
error-body-broken = Conținutul s-a încheiat prea devreme.
error-json-syntax = Nu este JSON: rândul { $line }, coloana { $column }.
error-field-required = Acest câmp este obligatoriu.
error-field-unknown = Acest câmp nu există.
error-field-type = Tipul valorii este greșit: { $detail }.
error-field-choice = Alegeți una dintre: { $known }.
error-needed = Este obligatoriu.
error-text-length = { $max ->
        [one] Cel mult un caracter.
        [few] Cel mult { $max } caractere.
       *[other] Cel mult { $max } de caractere.
    }
error-list-max = Numărul maxim: { $max }.
error-name-length = Numărul de caractere al unui nume: între 1 și { $max }.
error-number-needed = Introduceți un număr fără separator de mii, de exemplu 1000 sau 12,5.
error-between = Introduceți un număr între { $min } și { $max }.
error-boolean-needed = Introduceți true sau false.
error-date-needed = Introduceți o dată, de exemplu 2026-03-12.
error-one-of = Alegeți una dintre: { $options }.
error-email-invalid = Aceasta nu este o adresă de e-mail.
error-email-needed = Introduceți cel puțin o adresă de e-mail.
error-email-taken = { $email } aparține altcuiva.
error-password-too-short = Numărul minim de caractere al parolei: { $min }.
error-password-too-long = Numărul maxim de octeți al parolei: { $max }.
error-language-unknown = Această limbă nu este cunoscută.
error-time-zone-unknown = Fusul orar nu este cunoscut; un exemplu este Europe/Riga.
error-not-oneself = Nu puteți face acest lucru cu propriul cont.
error-idempotency-key-reused = Acest Idempotency-Key a fost folosit pentru altă cerere.
error-desk-unknown = Nu există biroul { $desk }.
error-desk-none = Încă nu există niciun birou.
error-kind-unknown = Nu există tipul { $kind }.
error-person-unknown = Nu se găsește nicio persoană: { $person }.
error-person-disabled = Această persoană nu se poate autentifica.
error-ticket-unknown = Nu există tichetul { $ticket }.
error-attachment-unknown = Fișierul nu este cunoscut sau aparține deja unui mesaj.
error-attachments-max = { $max ->
        [one] Cel mult un fișier la un mesaj.
        [few] Cel mult { $max } fișiere la un mesaj.
       *[other] Cel mult { $max } de fișiere la un mesaj.
    }
error-template-syntax = Rândul { $line }: nu poate fi citit. Scrieți numele ca { $value } și condițiile ca { $condition }.
error-template-name = Rândul { $line }: nu există valoarea „{ $name }”. Folosiți una dintre: { $known }.
error-template-part = Rândul { $line }: aici se pot folosi doar nume și condiții, fără bucle, calcule sau funcții.
error-template-empty = Scrieți textul, HTML-ul sau ambele.
error-outgoing-not-failed = Se poate reîncerca doar un e-mail la care s-a renunțat.
error-send-at = Alegeți un moment din viitor, cel mult peste un an.
error-send-at-replies = Doar răspunsurile agenților pot fi trimise mai târziu.
error-sends-max = { $max ->
        [one] Pe un tichet poate aștepta cel mult un răspuns.
        [few] Pe un tichet pot aștepta cel mult { $max } răspunsuri.
       *[other] Pe un tichet pot aștepta cel mult { $max } de răspunsuri.
    }
error-send-gone = A fost deja trimis sau retras.
error-send-author-only = Doar autorul poate modifica textul. Puteți însă retrage răspunsul.
error-recipient-not-cc = { $email } nu este în CC la acest tichet. Adăugați mai întâi adresa în CC.
error-recipients-none = Alegeți cel puțin un destinatar.
error-side-own-mailbox = { $email } este o căsuță a acestui birou. Scrieți cuiva din afară sau lăsați o notă.
error-side-participant = { $email } participă la tichet. Trimiteți un răspuns la această adresă.
error-agents-only = Doar agenții acestui birou pot face acest lucru.
error-assignee-of-desk = Doar agenții biroului { $desk } pot prelua tichetul.
error-team-of-desk = Echipa nu aparține biroului { $desk }.
error-category-of-desk = Categoria nu aparține biroului { $desk }.
error-category-depth = Numărul maxim de niveluri ale categoriilor: { $max }.
error-not-agent-of-desk = { $person } nu este agent al acestui birou.
error-domain-invalid = { $domain } nu este un domeniu de e-mail.
error-domain-public = { $domain } este folosit de oricine, deci nu arată cine aparține unei organizații.
error-domain-taken = { $domain } aparține altei organizații.
error-fields-max = { $max ->
        [one] Cel mult un câmp pentru un birou.
        [few] Cel mult { $max } câmpuri pentru un birou.
       *[other] Cel mult { $max } de câmpuri pentru un birou.
    }
error-key-invalid = O cheie conține litere mici, cifre și liniuțe de subliniere și începe cu o literă.
error-key-taken = { $key } este deja folosit.
error-link-to-itself = Un tichet nu poate fi legat cu el însuși.
error-options-for-choice = Opțiunile aparțin câmpurilor de tip alegere, care au nevoie de cel puțin una.
error-prefix-invalid = Un prefix are 2 până la 6 litere mari.
error-tag-invalid = O etichetă este un singur cuvânt; numărul maxim de caractere: { $max }.
error-tags-max = { $max ->
        [one] Cel mult o etichetă.
        [few] Cel mult { $max } etichete.
       *[other] Cel mult { $max } de etichete.
    }
error-transition = Nu se poate trece din „{ $from }” în „{ $to }”. Posibil: { $allowed }.
error-idempotency-key = Numărul de caractere vizibile ale unui Idempotency-Key: între 1 și { $max }.
error-limit = Numărul de înregistrări pe pagină: între 1 și { $max }.
error-organisation-unknown = Nu există organizația { $organisation }.
error-role-unknown = Nu există rolul { $role }.
error-fixed-once-made = Nu mai poate fi modificat.
sign-in-refused = Adresa și parola nu se potrivesc.
error-multipart = Trimiteți un singur fișier ca multipart/form-data.
error-last-event-id = Last-Event-ID trebuie să fie o poziție trimisă de acest flux.
error-query-length = Numărul maxim de octeți ai unei interogări: { $max }.
sign-in-throttled = Prea multe încercări. Așteptați puțin, apoi încercați din nou.

### Told after an action
told-sent = Răspuns trimis
told-kept = Notă salvată
told-changed = Modificat
told-opened = Tichet deschis
joined-report = Adăugat aici pentru că este un raport despre un e-mail al acestui tichet

### Merging, moving, held mail
error-merged = { $ticket } a fost comasat în { $into }: lucrați acolo.
error-merged-elsewhere = { $ticket } a fost comasat într-un alt tichet, unde se lucrează mai departe. Întrebați biroul care răspunde.
error-merge-itself = Un tichet nu poate fi comasat în el însuși. Alegeți altul.
error-merge-circle = { $into } a fost la rândul său comasat în { $ticket }. Anulați mai întâi acea comasare.
error-not-merged = { $ticket } nu este comasat în alt tichet.
error-move-side = Un mesaj dintr-o conversație paralelă rămâne în ea.
error-move-nowhere = Mesajul este deja în { $ticket }. Alegeți alt tichet.
error-not-held = Acest mesaj nu este reținut: a fost deja acceptat.
error-discard-inbound = Doar un mesaj primit poate fi înlăturat.
error-discarded = Acest mesaj a fost deja înlăturat.
fact-message-discarded = a înlăturat un mesaj nedorit
fact-other-ticket = un alt tichet
because-merged = comasat în alt tichet
because-unmerged = comasare anulată
because-moved-away = mesajele sale au fost mutate în alt tichet
because-discarded = doar mesaje nedorite
told-merged = Tichete comasate
told-unmerged = Comasare anulată
told-message-moved = Mesaj mutat
told-admitted = Mesaj acceptat
told-discarded = Mesaj înlăturat
message-actions = Ce se face cu acest mesaj
message-not-here = Nu ține de acest tichet
message-discard = Înlătură ca nedorit
message-genuine = Este autentic
message-genuine-join = Autentic, iar { $name } primește copii
message-discarded = Înlăturat ca nedorit
message-came-to = sosit la { $ticket }
message-came-back = S-a întors: { $to }. { $problem }
message-defects = Corectat la citire: { $list }
held-title = Reținut până îl verificați
held-forged = { $domain } arată că nu a trimis acest e-mail. Întrebați expeditorul pe altă cale înainte de a-i da curs.
held-unproven = Nimic nu dovedește că acest e-mail vine de la { $domain }.
held-ambiguous = E-mailul își indică expeditorul în mai multe feluri.
held-stranger = Expeditorul nu participă la acest tichet.
held-other = Nu s-a putut dovedi cine l-a trimis.
held-until = Îl văd doar agenții. Tichetul așteaptă decizia dvs.
invitation-request = Invitație
invitation-cancel = Întâlnire anulată
invitation-reply = Răspuns la o invitație
invitation-other = Înregistrare de calendar
invitation-by = de la { $name }
invitation-repeats = se repetă
protection-signed = Semnat cu { $standard }, neverificat
protection-signed-part = Semnat parțial cu { $standard }, neverificat
protection-encrypted = Criptat cu { $standard }: nu poate fi citit aici
protection-encrypted-part = Criptat parțial cu { $standard }: acea parte nu poate fi citită aici
merge-action = Comasează
merge-title = Comasează { $ticket } în alt tichet
merge-about = Mesajele sale vor apărea acolo, răspunsurile vor ajunge acolo, iar tichetul se va închide. Nimic nu se pierde și se poate anula.
merge-into = În care tichet
merge-into-help = Numărul său, de exemplu INC-1040
merge-suggested = Alte tichete deschise: { $name }
merge-look = Vezi ce se întâmplă
merge-what = Ce se întâmplă
merge-shown = Afișate de acum în { $into }: { $n ->
        [one] 1 mesaj din { $ticket }
        [few] { $n } mesaje din { $ticket }
       *[other] { $n } de mesaje din { $ticket }
    }
merge-desks = Agenți care le vor vedea, împreună cu notele: { $desks }
merge-readers = Le vor vedea și: { $names }
merge-managers = Le vor vedea și managerii din { $organisation }
merge-joining = De acum participă la { $into }, văd conversația și primesc răspunsurile: { $names }
merge-left-out = Nu sunt adăugați și nu mai primesc răspunsuri: { $names }
merge-all = Adaugă-i și pe ei
merge-closed = { $ticket } se închide
merge-done = { $into } este încheiat; comasarea nu îl redeschide
merge-do = Comasează în { $into }
merge-undo = Anulează comasarea
merge-undo-of = Anulează comasarea: { $ticket }
merged-into = Comasat în { $ticket }. Se lucrează acolo, iar răspunsurile la acest tichet ajung acolo.
merged-elsewhere = Comasat într-un alt tichet, pe care nu îl vedeți. Se lucrează acolo, iar răspunsurile la acest tichet ajung acolo.
merged-from = { $ticket } a fost comasat în acest tichet; mesajele sale apar aici.
portal-merged = Această cerere a fost comasată cu { $request }. Vă rugăm să continuați acolo.
portal-merged-elsewhere = Această cerere a fost comasată cu alta despre același lucru. Dacă răspundeți la un e-mail al nostru, răspunsul ajunge la noi.
move-about = De care tichet ține acest mesaj? Răspunsurile ulterioare îl vor urma.
move-new = Un tichet propriu
move-title = Titlul tichetului nou
move-other = Alt tichet
move-number = Numărul său
move-following = { $n ->
        [one] Și răspunsul la el
        [few] Și cele { $n } răspunsuri la el
       *[other] Și cele { $n } de răspunsuri la el
    }
move-do = Mută

### Portal
portal-company = Asistență { $company }
portal-menu = Meniu
portal-requests = Cererile mele
portal-new = Cerere nouă
portal-hero = Cu ce vă putem ajuta?
portal-hero-text = Spuneți-ne cu propriile cuvinte de ce aveți nevoie. Pe această pagină vedeți fiecare răspuns și al cui este rândul.
portal-runs-on = Funcționează cu Steward
portal-empty-title = Încă nu ne-ați cerut nimic
portal-empty-text = Tot ce ne cereți, aici sau prin e-mail, puteți urmări pe această pagină.
portal-newest = Cele mai noi cereri
portal-asked-by = solicitant: { $name }
portal-received = Am primit-o
portal-with-us = Ne ocupăm de ea
portal-with-you = Avem nevoie de un răspuns de la dvs.
portal-with-requester = Avem nevoie de un răspuns de la { $name }
portal-with-others = Așteptăm pe cineva din afara echipei
portal-done = Rezolvată
portal-closed = Închisă
portal-progress = Progres
portal-step-received = Primită
portal-step-answer = Primul răspuns
portal-step-solved = Rezolvată
portal-conversation = Conversație
portal-you = Dumneavoastră
portal-opened = Cerere deschisă
portal-opened-mail = Cerere deschisă prin e-mail
portal-opened-here = Cerere deschisă aici
portal-opened-phone = Cerere deschisă prin telefon
portal-reopened = Redeschisă
portal-write = Scrieți-ne
portal-answer = Răspundeți-ne
portal-reopens = Dacă scrieți, cererea se redeschide.
portal-send = Trimite
portal-told-sent = Trimis. Am primit mesajul dvs.
portal-told-opened = Am primit cererea dvs.
portal-about = Despre această cerere
portal-number = Număr
portal-requester = Solicitant
portal-desk = Răspunde
portal-copies = Mai sunt informați
portal-new-heading = De ce aveți nevoie?
portal-new-about = Spuneți cu propriile cuvinte. Aflăm noi cine vă poate ajuta.
portal-new-desk = Cine ar trebui să răspundă?
portal-new-desk-help = Dacă nu știți sigur, lăsați așa: o trimitem noi mai departe.
portal-new-title = Pe scurt
portal-new-body = De ce aveți nevoie sau ce s-a întâmplat?
portal-new-send = Trimite cererea
error-administrators-only = Doar administratorii pot face acest lucru.
error-own-requests-only = Puteți deschide cereri numai pentru dvs.
error-assignee-unknown = Nu există agentul { $assignee }.
error-category-unknown = Nu există categoria { $category }.
error-team-unknown = Nu există echipa { $team }.
error-query-field-unknown = Nu există câmpul „{ $field }”. (caracterul { $at })
error-query-field-unknown-near = Nu există câmpul „{ $field }”. Ați vrut „{ $nearest }”? (caracterul { $at })
error-query-value-unknown = „{ $field }” nu are valoarea „{ $value }”. (caracterul { $at })
error-query-value-unknown-near = „{ $field }” nu are valoarea „{ $value }”. Ați vrut „{ $nearest }”? (caracterul { $at })
error-query-value-missing = Lipsește o valoare după „{ $field }”. (caracterul { $at })
error-query-value-single = Aici „{ $field }” primește o singură valoare. (caracterul { $at })
error-query-day-bad = „{ $field }”: „{ $value }” nu este o zi. (caracterul { $at })
error-query-number-bad = „{ $field }”: „{ $value }” nu este un număr. (caracterul { $at })
error-query-time-bad = „{ $field }”: „{ $value }” nu este o dată sau o durată precum 4h, 7d, 2026-03-12 sau today. (caracterul { $at })
error-query-time-bad-near = „{ $field }”: „{ $value }” nu este o dată sau o durată. Ați vrut „{ $nearest }”? (caracterul { $at })
error-query-range-backwards = Intervalul pentru „{ $field }” se termină înainte de a începe. (caracterul { $at })
error-query-range-here = „{ $field }” nu acceptă intervale. (caracterul { $at })
error-query-range-open = Intervalul pentru „{ $field }” are nevoie de ambele capete. (caracterul { $at })
error-query-operator = „{ $field }” nu se poate compara cu „{ $operator }”. (caracterul { $at })
error-query-group-open = Această paranteză nu este închisă. (caracterul { $at })
error-query-group-close = Această paranteză nu a fost deschisă. (caracterul { $at })
error-query-group-empty = Nu este nimic între paranteze. (caracterul { $at })
error-query-phrase-empty = Nu este nimic între ghilimele. (caracterul { $at })
error-query-quote-open = Aceste ghilimele nu sunt închise. (caracterul { $at })
error-query-side-missing = Lângă „{ $word }” lipsește ceva. (caracterul { $at })
error-query-no-text = Aici nu se poate căuta după cuvinte; indicați un câmp. (caracterul { $at })
error-query-sort-bad = Sortați astfel: sort:-priority. (caracterul { $at })
error-query-sort-field = Nu se poate sorta după „{ $field }”. (caracterul { $at })
error-query-sort-inside = Sortarea se scrie în afara parantezelor și a negației. (caracterul { $at })
error-query-too-deep = Numărul maxim de niveluri de paranteze: { $max }. (caracterul { $at })
error-query-too-long = Numărul maxim de octeți ai unei interogări: { $max }. (caracterul { $at })
error-query-too-many-terms = Numărul maxim de termeni ai unei interogări: { $max }. (caracterul { $at })

# Poșta preluată
error-mail-source-name-unknown = Numele serverului nu este cunoscut: verificați ortografia. ({ $detail })
error-mail-source-address-forbidden = Mesajele nu pot fi preluate de la { $detail }: indicați chiar serverul de e-mail.
error-mail-source-no-connection = Nu răspunde nimic la acest port: verificați numele serverului, portul și firewallul dintre ele. ({ $detail })
error-mail-source-no-answer = Serverul nu răspunde la timp: verificați portul și criptarea corespunzătoare. ({ $detail })
error-mail-source-tls = Nu s-a putut stabili o conexiune sigură: verificați că numele este cel din certificatul serverului și că portul folosește TLS. ({ $detail })
error-mail-source-no-starttls = Serverul nu oferă STARTTLS: alegeți TLS cu portul său sau întrebați administratorul serverului. ({ $detail })
error-mail-source-cleartext = Parolele nu se trimit fără criptare: alegeți TLS sau STARTTLS. { $detail }
error-mail-source-sign-in-refused = Serverul refuză utilizatorul sau parola. Unii furnizori cer o parolă de aplicație sau xoauth2. Serverul spune: { $detail }
error-mail-source-sign-in-again = Permisiunea a expirat: autentificați-vă din nou la furnizor și salvați noul refresh token. ({ $detail })
error-mail-source-token = Furnizorul nu emite un token de acces: verificați adresa pentru tokenuri, client ID și client secret. ({ $detail })
error-mail-source-folder = Un dosar nu poate fi deschis: verificați-i numele. ({ $detail })
error-mail-source-move-to = Mesajele sunt preluate, dar serverul nu le mută, nu le marchează sau nu le șterge. Serverul spune: { $detail }
error-mail-source-protocol = Răspunsul nu este al unui server de e-mail de acest tip: verificați protocolul și portul. ({ $detail })
error-mail-source-server = Serverul a întrerupt conexiunea. Serverul spune: { $detail }
error-mail-source-storage = Steward nu poate stoca mesaje acum: { $detail }
error-mail-source-secret-key = Datele de autentificare salvate nu pot fi decriptate: restaurați cheia secretă sau introduceți-le din nou. ({ $detail })
error-mail-source-host = Introduceți numele sau adresa unui server, de exemplu imap.example.org.
error-mail-source-mailbox = Aceasta nu este adresa niciunuia dintre birourile dvs.
error-mail-source-password-again = Introduceți din nou datele de autentificare: cele salvate sunt pentru alt server.
error-mail-source-round = Mesajele nu pot fi mutate într-un dosar din care se preiau mesaje.
error-mail-source-token-url = Introduceți o adresă care începe cu https://.
mail-not-taken-size =
    Acest mesaj are { $size }, mai mult decât acceptă Steward. Aici este afișat doar antetul.
    Mesajul însuși se află în continuare la { $place }.
mail-not-taken-large =
    Acest mesaj este mai mare decât acceptă Steward. Aici este afișat doar antetul.
    Mesajul însuși se află în continuare la { $place }.
mail-not-taken-refused =
    Serverul de e-mail nu predă acest mesaj. Aici este afișată doar partea sosită din antet.
    Mesajul însuși se află în continuare la { $place }. Serverul spune: { $detail }
