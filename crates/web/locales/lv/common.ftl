### Dates and ages
month-name = { $month ->
         [1] janvāris
         [2] februāris
         [3] marts
         [4] aprīlis
         [5] maijs
         [6] jūnijs
         [7] jūlijs
         [8] augusts
         [9] septembris
         [10] oktobris
         [11] novembris
        *[other] decembris
    }
date-long = { $year }. gada { $day }. { month-name }
date-short = { $day }. { month-name }
date-time = { $date }, { $time }
date-today = Šodien, { $date }
date-yesterday = Vakar, { $date }
moment-today = Šodien, { $time }
moment-yesterday = Vakar, { $time }
ago-now = tikko
ago-minutes = { $n } min
ago-hours = { $n } h
ago-days = { $n } d
ago-weeks = { $n } ned.
ago-years = { $n } g

### Marks
turn-us = Gaida mūs
turn-requester = Gaida pieteicēju
turn-third-party = Gaida trešo pusi
turn-done = Pabeigts
priority-critical = Kritiska
priority-high = Augsta
priority-normal = Normāla
priority-low = Zema
level-high = Augsta
level-medium = Vidēja
level-low = Zema
status-new = Jauns
status-open = Atvērts
status-pending = Gaida atbildi
status-on-hold = Apturēts
status-resolved = Atrisināts
status-closed = Slēgts
status-known-error = Zināma kļūda
status-draft = Melnraksts
status-assessment = Izvērtēšana
status-approval = Apstiprināšana
status-scheduled = Ieplānots
status-implementing = Ieviešana
status-review = Pārskatīšana
status-rejected = Noraidīts
status-cancelled = Atcelts
status-planning = Plānošana
status-building = Izstrāde
status-testing = Testēšana
status-deploying = Izvietošana
kind-question = Jautājums
kind-incident = Incidents
kind-request = Pieprasījums
kind-problem = Problēma
kind-change = Izmaiņa
kind-release = Laidiens
kind-task = Uzdevums
channel-mail = pa e-pastu
channel-desk = darbvietā
channel-portal = portālā
channel-phone = pa tālruni
channel-api = ar API
link-relates = saistīts
link-causes = izraisa
link-caused-by = cēlonis
link-duplicates = dublē
link-duplicated-by = dublikāts
link-parent = virsuzdevums
link-child = apakšuzdevums
link-blocks = bloķē
link-blocked-by = bloķētājs
role-cc = CC
role-watcher = vērotājs
author-system = Steward

### Navigation and frame
skip-to-content = Pāriet uz saturu
nav-workspace = Darbvieta
nav-workspace-phone = Sadaļas
nav-my-work = Mans darbs
nav-desks = Dienesti
nav-views = Skati
nav-me = Es
view-mine = Iesūtne
view-unassigned = Nepiešķirtie
view-open = Visi atvērtie
view-done = Pabeigtie
new-ticket = Jauns pieteikums
new-ticket-short = Jauns
language = Valoda
theme = Izskats
theme-system = Sistēmas
theme-light = Gaišs
theme-dark = Tumšs
close = Aizvērt
cancel = Atcelt
keys-title = Īsinājumtaustiņi
keys-open = Atvērt pieteikumu
keys-reply = Atbildēt
keys-note = Rakstīt piezīmi
keys-assign = Piešķirt
keys-resolve = Atrisināt
keys-search = Meklēt sarakstā
keys-send = Nosūtīt atbildi vai saglabāt piezīmi
keys-sheet = Rādīt šos īsinājumtaustiņus
keys-hint = Atsevišķie burti darbojas tikai tad, ja kursors nav teksta laukā.
say-offline = Savienojums pārtrūcis. Notiek atkārtots mēģinājums.
say-changed = Pieteikums ir mainījies. Tagad redzat jaunāko versiju; jūsu teksts ir saglabāts.
say-failed = Tas neizdevās. Uzrakstītais ir saglabāts.

### Sign-in
sign-in = Pierakstīties
sign-out = Izrakstīties
sign-in-email = E-pasts
sign-in-password = Parole
sign-in-motto = Kura kārta?
sign-in-promise = Viena iesūtne visiem jautājumiem, un vienmēr redzams, kura kārta.

### Lists
query-label = Filtrs
query-placeholder = Vārdi vai status:open priority:high
column-number = Numurs
column-subject = Temats
column-requester = Pieteicējs
column-updated = Mainīts
list-tickets = { $n ->
         [zero] { $n } pieteikumu
         [one] { $n } pieteikums
        *[other] { $n } pieteikumi
    }
list-more = Nākamā lapa
hint-move = pārvietoties
empty-done-title = Šeit nekas negaida
empty-done-text = Viss šajā sarakstā ir pabeigts. Jaunie pieteikumi šeit parādās paši.
empty-search-title = Neviens pieteikums neatbilst
empty-search-text = Mēģiniet ar mazāk vārdiem vai meklējiet visos atvērtajos pieteikumos.
empty-first-title = Šeit vēl nekas negaida
empty-first-text = Kad kāds raksta šim dienestam, katra vēstule kļūst par pieteikumu šajā sarakstā. Līdz pusei aizpildītais aplis rāda, kura kārta: pa kreisi jūsu, pa labi viņu.
empty-first-mail = Nosūtiet izmēģinājuma vēstuli
empty-first-mail-hint = Rakstiet uz { $mailbox } un vērojiet, kā vēstule pienāk.
empty-first-ticket = Atveriet pieteikumu
empty-first-ticket-hint = Kādam, kas piezvanīja vai ienāca.
choose-title = Izvēlieties pieteikumu
choose-text = Sarakste atvērsies šeit, saraksts paliks blakus.

### Ticket
timeline = Laika līnija
action-assign = Piešķirt
action-resolve = Atrisināt
assignee-nobody = Nav piešķirts
assignee-me = es
team-none = Bez komandas
priority-reason = Kāpēc tā atšķiras no ietekmes un steidzamības
message-note = Iekšēja piezīme
message-to = kam: { $to }
message-to-cc = kam: { $to }, CC { $cc }
message-stranger = Jauns dalībnieks
message-unverified = Sūtītājs nav pārbaudīts
message-automatic = Automātiska
message-frame = Vēstule sākotnējā izskatā
message-quoted = { $n ->
         [zero] { $n } citētu rindu
         [one] { $n } citēta rinda
        *[other] { $n } citētas rindas
    }
message-signature = Paraksts
message-disclaimer = Juridisks paziņojums
message-earlier = Agrākās vēstules
message-language = Valoda: { $language }
message-original = Oriģināls
message-original-title = Lejupielādēt vēstuli tieši tādu, kāda tā saņemta
message-simplified = Vēstule bija pārāk sarežģīta, lai to droši attēlotu; šeit ir tās teksts.
message-pictures-held = Ārējie attēli nav ielādēti.
message-pictures-load = Ielādēt
message-trackers = { $n ->
        [zero] Izņemti { $n } izsekošanas pikseļi.
        [one] Izņemts { $n } izsekošanas pikselis.
       *[other] Izņemti { $n } izsekošanas pikseļi.
    }
joined-address = Pievienots šeit, jo nosūtīts uz šī pieteikuma atbildes adresi
joined-thread = Pievienots šeit, jo atbild uz šī pieteikuma vēstuli
joined-subject = Pievienots šeit, jo tematā ir šī pieteikuma numurs
joined-kin = Pievienots šeit, jo kāda šī pieteikuma vēstule ir no tās pašas sarakstes
joined-moved = Pievienots šeit, jo atbild uz šurp pārvietotu ziņojumu
fact-opened = Atvērts { $channel }
fact-changed = { $field }: { $from } → { $to }
fact-set = { $field }: { $to }
fact-cleared = { $field }: noņemts, bija { $from }
fact-touched = { $field }: mainīts
fact-with-reason = { $fact } ({ $reason })
because-reply = līdz ar atbildi
because-message = pienāca ziņojums
because-kind = līdz ar jauno veidu
fact-kind = Jaunais veids: { $kind }; { $former } tagad ir { $number }
fact-tags-added = { $n ->
         [zero] Pievienotas birkas: { $tags }
         [one] Pievienota birka: { $tags }
        *[other] Pievienotas birkas: { $tags }
    }
fact-tags-removed = { $n ->
         [zero] Noņemtas birkas: { $tags }
         [one] Noņemta birka: { $tags }
        *[other] Noņemtas birkas: { $tags }
    }
fact-linked = Piesaistīts { $ticket }: { $link }
fact-unlinked = Atsaistīts { $ticket }: { $link }
fact-cc-added = Kopijas saņems { $name }
fact-cc-removed = Kopijas vairs nesaņem { $name }
fact-watcher-added = Tagad vēro { $name }
fact-watcher-removed = Vairs nevēro { $name }
fact-mail-sent = Vēstule nosūtīta: { $to }
fact-mail-failed = Vēstuli nevarēja piegādāt: { $to }. { $problem }
fact-send-scheduled = ieplānoja atbildi, laiks: { $at }
fact-send-withdrawn = atsauca atbildi pirms nosūtīšanas
fact-send-failed = ieplānoto atbildi nevarēja nosūtīt; teksts ir saglabāts
fact-side-opened = sāka blakussarunu: { $subject }
fact-shared = redz arī { $desk }, jo vēstule nonāca arī tā pastkastē
fact-merged = apvienots ar { $ticket }
fact-absorbed = { $ticket } tika apvienots ar šo pieteikumu
fact-unmerged = apvienošana ar { $ticket } atcelta
fact-message-gone = ziņojums pārvietots uz { $ticket }
fact-message-came = ziņojums pārvietots šurp no { $ticket }
fact-message-admitted = pieņēma aizturētu ziņojumu
fact-mail-bounced = vēstule uz { $to } atgriezās: { $problem }
context-about = Par šo pieteikumu
context-properties = Īpašības
context-participants = Piedalās arī
context-links = Saites
context-before = Iepriekšējie
property-title = Temats
property-status = Statuss
property-kind = Veids
property-desk = Dienests
property-team = Komanda
property-assignee = Izpildītājs
property-priority = Prioritāte
property-impact = Ietekme
property-urgency = Steidzamība
property-category = Kategorija
property-service = Pakalpojums
property-tags = Birkas
property-requester = Pieteicējs
property-organisation = Organizācija
property-language = Valoda
property-email = E-pasts
property-phone = Tālrunis
property-opened = Atvērts

### Composer
composer-kinds = Ko rakstīt
composer-reply = Atbilde
composer-note = Piezīme
composer-to = Kam
composer-cc = CC
composer-placeholder = Rakstiet šeit
composer-send = Nosūtīt atbildi
composer-keep = Saglabāt piezīmi
composer-later = Sūtīt vēlāk
composer-later-at = Kad (pēc jūsu laika)
composer-later-send = Ieplānot
composer-bounced = Vēstule uz { $email } atgriezās: { $problem }
delivery-sent = Nosūtīts: { $to }
delivery-waiting = Gaida nosūtīšanu: { $to }
delivery-again = Vēl nav piegādāts: { $to }; nākamais mēģinājums { $at }: { $problem }
delivery-failed = Neizdevās nosūtīt: { $to }: { $problem }
delivery-bounced = Atgriezās no { $to }: { $problem }
message-overtaken = rakstīts pirms jaunākā ziņojuma
sends-title = Gaida nosūtīšanu
send-undo = Tiks nosūtīts pēc { $seconds } s
send-at = { $name }: nosūtīšanas laiks { $at }
send-aside = blakussarunā „{ $subject }”
action-undo = Atsaukt
action-withdraw = Atsaukt
send-problem-not-allowed = Nav nosūtīts: autors šeit vairs nedrīkst atbildēt. Atsauciet un atbildiet savā vārdā.
send-problem-attachments = Nav nosūtīts: viens no failiem tagad pieder citam ziņojumam. Atsauciet un pievienojiet failu vēlreiz.
send-problem-recipients = Nav nosūtīts: vairs nav neviena saņēmēja. Atsauciet un izvēlieties saņēmējus.
send-problem-refused = Nav nosūtīts: pieteikums šo atbildi vairs nepieņem. Atsauciet un apskatiet pieteikumu.
send-problem-fault = Nav nosūtīts: mūsu pusē vairākkārt radās kļūda. Atsauciet un nosūtiet vēlreiz.
told-waiting = Atbilde tūlīt tiks nosūtīta.
told-scheduled = Atbilde ir ieplānota.
told-withdrawn = Atsaukts. Teksts ir šeit.
side-title = Blakussarunas
side-hint = Ar piegādātāju vai citu komandu. Pieteicējs tās nekad neredz.
side-start = Sākt blakussarunu
side-to = Adreses, atdalītas ar komatiem
side-subject = Temats
side-text = Ziņojums
side-send = Nosūtīt ziņojumu
side-with = Ar: { $people }
side-done = Pabeigta
side-end = Atzīmēt kā pabeigtu
side-reopen = Atvērt no jauna
message-side = Blakussaruna: { $subject }
consequence-reply = To saņems { $to }. Pēc tam: { $turn }.
consequence-reply-cc = { $n ->
        [zero] To saņems { $to } un { $n } kopijas saņēmēju. Pēc tam: { $turn }.
        [one] To saņems { $to } un { $n } kopijas saņēmējs. Pēc tam: { $turn }.
       *[other] To saņems { $to } un { $n } kopijas saņēmēji. Pēc tam: { $turn }.
    }
consequence-nobody = Neviena adrese nav zināma: atbilde tiek saglabāta šeit un netiek nosūtīta.
consequence-note = Neviens no malas to neredz. Paliek: { $turn }.

### New ticket
new-ticket-about = Kādam, kas zvanīja, rakstīja citur vai ienāca.
new-requester = Pieteicējs
new-title = Temats
new-body = Apraksts
new-create = Atvērt pieteikumu

### Problems: headings
problem-malformed = Pieprasījumu nevar nolasīt
problem-unauthenticated = Lūdzu, pierakstieties
problem-forbidden = Tas nav atļauts
problem-not-found = Šeit nekā nav
problem-method = Šeit tas nav iespējams
problem-conflict = Tas ir pretrunā ar jau esošo
problem-stale = Tas pa šo laiku ir mainījies
problem-too-large = Tas ir par lielu
problem-unsupported-media = Šis formāts netiek atbalstīts
problem-invalid = Kaut kas jāizlabo
problem-too-many = Par daudz pieprasījumu
problem-unavailable = Lūdzu, mēģiniet pēc brīža
problem-internal = Mūsu pusē radās kļūda
go-to-start = Doties uz sākumlapu
request-id = Ja mums par to jautājat, norādiet

### Problems: what to do
error-unauthenticated = Pierakstieties vai nosūtiet derīgu pilnvaru.
error-not-found = Tas neeksistē vai jums nav tiesību to redzēt.
error-method = Adrese pastāv, bet ne šādam pieprasījumam.
error-malformed = Pārbaudiet nosūtīto un mēģiniet vēlreiz.
error-stale = Kāds to mainīja pēc tam, kad jūs atvērāt. Apskatiet vēlreiz un atkārtojiet izmaiņu.
error-too-large = Pieņem ne vairāk kā { $size }.
error-unsupported-media = Sūtiet saturu kā application/json.
error-invalid = Pārbaudiet norādītos laukus.
error-too-many = { $seconds ->
         [zero] Pagaidiet { $seconds } sekunžu un mēģiniet vēlreiz.
         [one] Pagaidiet { $seconds } sekundi un mēģiniet vēlreiz.
        *[other] Pagaidiet { $seconds } sekundes un mēģiniet vēlreiz.
    }
error-internal = Kļūda ir reģistrēta ar zemāk norādīto numuru. Varat droši mēģināt vēlreiz.
error-unavailable = Krātuve pašlaik nav pieejama. Nekas no nosūtītā nav palicis pusdarīts.
error-cursor = Šī lapas atzīme nav derīga. Sāciet sarakstu no sākuma.
error-other-origin = Pieprasījums nāca no citas vietnes.
error-form-expired = Lapa bija atvērta pārāk ilgi. Pārlādējiet to un atkārtojiet.
error-body-broken = Saturs beidzās pārāk agri.
error-json-syntax = Tas nav JSON: { $line }. rinda, { $column }. sleja.
error-field-required = Šis lauks ir obligāts.
error-field-unknown = Šāda lauka nav.
error-field-type = Vērtībai ir nepareizs tips: { $detail }.
error-field-choice = Izvēlieties vienu no: { $known }.
error-needed = Tas ir obligāti.
error-text-length = Ne vairāk kā { $max } rakstzīmes.
error-list-max = Ne vairāk kā { $max }.
error-name-length = Nosaukumam ir no 1 līdz { $max } rakstzīmēm.
error-number-needed = Ierakstiet skaitli bez tūkstošu atdalītāja, piemēram, 1000 vai 12,5.
error-between = Norādiet skaitli no { $min } līdz { $max }.
error-boolean-needed = Norādiet true vai false.
error-date-needed = Vajadzīgs datums, piemēram, 2026-03-12.
error-one-of = Izvēlieties vienu no: { $options }.
error-email-invalid = Tā nav e-pasta adrese.
error-email-needed = Vajadzīga vismaz viena e-pasta adrese.
error-email-taken = { $email } pieder kādam citam.
error-password-too-short = Parolē ir vismaz { $min } rakstzīmes.
error-password-too-long = Parolē ir ne vairāk kā { $max } baiti.
error-language-unknown = Šī valoda nav zināma.
error-time-zone-unknown = Šī laika josla nav zināma; piemērs ir Europe/Riga.
error-not-oneself = To nevar izdarīt ar sevi.
error-idempotency-key-reused = Šis Idempotency-Key jau izmantots citam pieprasījumam.
error-desk-unknown = Dienesta „{ $desk }” nav.
error-desk-none = Vēl nav neviena dienesta.
error-kind-unknown = Veida „{ $kind }” nav.
error-person-unknown = Neviens nav atrasts: { $person }.
error-person-disabled = Šī persona nedrīkst pierakstīties.
error-ticket-unknown = Pieteikuma { $ticket } nav.
error-attachment-unknown = Šis fails nav zināms vai jau pieder kādam ziņojumam.
error-attachments-max = Vienam ziņojumam ne vairāk kā { $max } faili.
error-template-syntax = { $line }. rinda nav salasāma. Nosaukumus rakstiet kā { $value }, nosacījumus kā { $condition }.
error-template-name = { $line }. rindā: vērtības „{ $name }” nav. Lietojiet kādu no: { $known }.
error-template-part = { $line }. rindā: šeit var lietot tikai nosaukumus un nosacījumus, bez cikliem, aprēķiniem un funkcijām.
error-template-empty = Uzrakstiet tekstu, HTML vai abus.
error-outgoing-not-failed = Atkārtoti var mēģināt tikai vēstuli, kuras sūtīšana pārtraukta.
error-send-at = Izvēlieties laiku nākotnē, ne vairāk kā gadu uz priekšu.
error-send-at-replies = Vēlāk var nosūtīt tikai darbinieku atbildes.
error-sends-max = Vienā pieteikumā var gaidīt ne vairāk kā { $max } atbildes.
error-send-gone = Tā jau ir nosūtīta vai atsaukta.
error-send-author-only = Tekstu var mainīt tikai tā autors. Jūs varat atbildi atsaukt.
error-recipient-not-cc = { $email } nav šī pieteikuma kopijas saņēmēju sarakstā. Vispirms pievienojiet adresi kopijai.
error-recipients-none = Izvēlieties vismaz vienu saņēmēju.
error-side-own-mailbox = { $email } ir šī dienesta pastkaste. Rakstiet kādam ārpusē vai atstājiet piezīmi.
error-side-participant = { $email } jau piedalās pašā pieteikumā. Nosūtiet atbildi.
error-agents-only = To drīkst tikai šī dienesta darbinieki.
error-assignee-of-desk = Pieteikumu var uzņemties tikai dienesta „{ $desk }” darbinieki.
error-team-of-desk = Komanda nepieder dienestam „{ $desk }”.
error-category-of-desk = Kategorija nepieder dienestam „{ $desk }”.
error-category-depth = Kategorijām ir ne vairāk kā { $max } līmeņi.
error-not-agent-of-desk = { $person } nav šī dienesta darbinieks.
error-domain-invalid = { $domain } nav e-pasta domēns.
error-domain-public = { $domain } lieto visi, tāpēc pēc tā nevar noteikt piederību organizācijai.
error-domain-taken = { $domain } pieder citai organizācijai.
error-fields-max = Ne vairāk kā { $max } lauki vienam dienestam.
error-key-invalid = Atslēgā ir mazie burti, cipari un pasvītras, tā sākas ar burtu.
error-key-taken = { $key } jau tiek izmantots.
error-link-to-itself = Pieteikumu nevar saistīt ar sevi.
error-options-for-choice = Varianti ir tikai izvēles laukiem, un tiem vajag vismaz vienu.
error-prefix-invalid = Prefiksā ir 2 līdz 6 lielie burti.
error-tag-invalid = Birka ir viens vārds, ne garāks par { $max } rakstzīmēm.
error-tags-max = Ne vairāk kā { $max } birkas.
error-transition = Nevar pāriet no „{ $from }” uz „{ $to }”. Iespējams: { $allowed }.
error-idempotency-key = Idempotency-Key ir no 1 līdz { $max } redzamām rakstzīmēm.
error-limit = Lapā ir no 1 līdz { $max } ierakstiem.
error-organisation-unknown = Organizācijas „{ $organisation }” nav.
error-role-unknown = Lomas „{ $role }” nav.
error-fixed-once-made = To vairs nevar mainīt.
sign-in-refused = Adrese un parole nesaskan.
error-multipart = Sūtiet vienu failu kā multipart/form-data.
error-last-event-id = Last-Event-ID ir pozīcija, ko šī straume ir sūtījusi.
error-query-length = Vaicājumā ir ne vairāk kā { $max } baiti.
sign-in-throttled = Pārāk daudz mēģinājumu. Mazliet pagaidiet un mēģiniet vēlreiz.

### Told after an action
told-sent = Atbilde nosūtīta
told-kept = Piezīme saglabāta
told-changed = Izmainīts
told-opened = Pieteikums atvērts
joined-report = Pievienots šeit, jo ziņo par šī pieteikuma vēstuli

### Merging, moving, held mail
error-merged = { $ticket } ir apvienots ar { $into }: turpiniet darbu tur.
error-merged-elsewhere = { $ticket } ir apvienots ar citu pieteikumu, un darbs turpinās tur. Jautājiet atbildīgajam dienestam.
error-merge-itself = Pieteikumu nevar apvienot ar sevi pašu. Norādiet citu.
error-merge-circle = { $into } jau ir apvienots ar { $ticket }. Vispirms atceliet šo apvienošanu.
error-not-merged = { $ticket } nav apvienots ar citu pieteikumu.
error-move-side = Blakussarunas ziņojums paliek tajā.
error-move-nowhere = Ziņojums jau ir pieteikumā { $ticket }. Norādiet citu.
error-not-held = Šis ziņojums nav aizturēts: tas jau ir pieņemts.
error-discard-inbound = Atmest var tikai saņemtu ziņojumu.
error-discarded = Šis ziņojums jau ir atmests.
fact-message-discarded = atmeta ziņojumu kā mēstuli
fact-other-ticket = citu pieteikumu
because-merged = apvienots ar citu pieteikumu
because-unmerged = apvienošana atcelta
because-moved-away = ziņojumi pārvietoti uz citu pieteikumu
because-discarded = tikai mēstules
told-merged = Pieteikumi apvienoti
told-unmerged = Apvienošana atcelta
told-message-moved = Ziņojums pārvietots
told-admitted = Ziņojums pieņemts
told-discarded = Ziņojums atmests
message-actions = Ko darīt ar šo ziņojumu
message-not-here = Ne šis pieteikums
message-discard = Atmest kā mēstuli
message-genuine = Tas ir īsts
message-genuine-join = Īsts, un { $name } saņems kopijas
message-discarded = Atmests kā mēstule
message-came-to = atnāca uz { $ticket }
message-came-back = Atgriezās: { $to }. { $problem }
message-defects = Izlabots lasot: { $list }
held-title = Aizturēts pārbaudei
held-forged = { $domain } norāda, ka nav sūtījis šo vēstuli. Pirms rīkojaties, sazinieties ar sūtītāju citādi.
held-unproven = Nekas nepierāda, ka šī vēstule ir no { $domain }.
held-ambiguous = Vēstulē sūtītājs norādīts dažādi.
held-stranger = Sūtītājs šajā pieteikumā nepiedalās.
held-other = Nevarēja pierādīt, kas to sūtīja.
held-until = To redz tikai darbinieki. Pieteikums gaida jūsu lēmumu.
invitation-request = Ielūgums
invitation-cancel = Sanāksme atcelta
invitation-reply = Atbilde uz ielūgumu
invitation-other = Kalendāra ieraksts
invitation-by = no { $name }
invitation-repeats = atkārtojas
protection-signed = Parakstīts ar { $standard }, nav pārbaudīts
protection-signed-part = Daļēji parakstīts ar { $standard }, nav pārbaudīts
protection-encrypted = Šifrēts ar { $standard }: šeit nav lasāms
protection-encrypted-part = Daļēji šifrēts ar { $standard }: šī daļa šeit nav lasāma
merge-action = Apvienot
merge-title = Apvienot { $ticket } ar citu pieteikumu
merge-about = Tā ziņojumi būs redzami tur, atbildes nonāks tur, un tas tiks slēgts. Nekas nezūd, un to var atcelt.
merge-into = Ar kuru pieteikumu
merge-into-help = Tā numurs, piemēram, INC-1040
merge-suggested = Citi atvērtie pieteikumi ({ $name })
merge-look = Skatīt, kas notiks
merge-what = Kas notiks
merge-shown = Turpmāk redzami pieteikumā { $into }: { $n ->
        [zero] { $n } ziņojumu no { $ticket }
        [one] { $n } ziņojums no { $ticket }
       *[other] { $n } ziņojumi no { $ticket }
    }
merge-desks = Darbinieki, kas redzēs ziņojumus un piezīmes: { $desks }
merge-readers = Tos redzēs arī: { $names }
merge-managers = Tos redzēs arī organizācijas vadītāji ({ $organisation })
merge-joining = Turpmāk piedalās pieteikumā { $into }, redz sarunu un saņem atbildes: { $names }
merge-left-out = Netiek pievienoti un vairs nesaņem atbildes: { $names }
merge-all = Pievienot arī viņus
merge-closed = { $ticket } tiek slēgts
merge-done = { $into } ir pabeigts; apvienošana to neatver no jauna
merge-do = Apvienot ar { $into }
merge-undo = Atcelt apvienošanu
merge-undo-of = Atcelt apvienošanu: { $ticket }
merged-into = Apvienots ar { $ticket }. Darbs turpinās tur, un atbildes uz šo pieteikumu nonāk tur.
merged-elsewhere = Apvienots ar citu pieteikumu, kuru jūs neredzat. Darbs turpinās tur, un atbildes uz šo pieteikumu nonāk tur.
merged-from = { $ticket } ir apvienots ar šo pieteikumu; tā ziņojumi redzami šeit.
portal-merged = Šis pieteikums ir apvienots ar { $request }. Lūdzu, turpiniet tur.
portal-merged-elsewhere = Šis pieteikums ir apvienots ar citu par to pašu jautājumu. Ja atbildēsiet uz mūsu vēstuli, atbilde mūs sasniegs.
move-about = Kur šim ziņojumam ir vieta? Vēlākās atbildes sekos tam.
move-new = Atsevišķs pieteikums
move-title = Jaunā pieteikuma temats
move-other = Cits pieteikums
move-number = Tā numurs
move-following = { $n ->
        [zero] Un { $n } atbildes uz to
        [one] Un { $n } atbildi uz to
       *[other] Un { $n } atbildes uz to
    }
move-do = Pārvietot

### Portal
portal-company = Palīdzība: { $company }
portal-menu = Izvēlne
portal-requests = Mani pieteikumi
portal-new = Jauns pieteikums
portal-hero = Kā varam palīdzēt?
portal-hero-text = Pastāstiet saviem vārdiem, kas jums vajadzīgs. Šajā lapā redzat katru atbildi un to, kura kārta.
portal-runs-on = Darbojas ar Steward
portal-empty-title = Jūs mums vēl neko neesat jautājuši
portal-empty-text = Visam, ko mums lūdzat šeit vai e-pastā, varat sekot šajā lapā.
portal-newest = Jaunākie pieteikumi
portal-asked-by = pieteicējs: { $name }
portal-received = Esam saņēmuši
portal-with-us = Strādājam pie tā
portal-with-you = Mums vajadzīga jūsu atbilde
portal-with-requester = Gaidām atbildi no: { $name }
portal-with-others = Gaidām kādu ārpus mūsu komandas
portal-done = Pabeigts
portal-closed = Slēgts
portal-progress = Norise
portal-step-received = Saņemts
portal-step-answer = Pirmā atbilde
portal-step-solved = Atrisināts
portal-conversation = Sarakste
portal-you = Jūs
portal-opened = Pieteikums atvērts
portal-opened-mail = Pieteikums atvērts pa e-pastu
portal-opened-here = Pieteikums atvērts šeit
portal-opened-phone = Pieteikums atvērts pa tālruni
portal-reopened = Atvērts no jauna
portal-write = Rakstiet mums
portal-answer = Atbildiet mums
portal-reopens = Ja rakstīsiet, pieteikums tiks atvērts no jauna.
portal-send = Nosūtīt
portal-told-sent = Nosūtīts. Jūsu ziņojums ir saņemts.
portal-told-opened = Jūsu pieteikums ir saņemts.
portal-about = Par šo pieteikumu
portal-number = Numurs
portal-requester = Pieteicējs
portal-desk = Atbild
portal-copies = Saņem arī
portal-new-heading = Kas jums vajadzīgs?
portal-new-about = Rakstiet saviem vārdiem. Mēs atradīsim, kas var palīdzēt.
portal-new-desk = Kam būtu jāatbild?
portal-new-desk-help = Ja neesat droši, atstājiet kā ir: mēs nodosim tālāk.
portal-new-title = Dažos vārdos
portal-new-body = Kas jums vajadzīgs vai kas notika?
portal-new-send = Nosūtīt pieteikumu
error-administrators-only = To drīkst darīt tikai administratori.
error-own-requests-only = Pieteikumus varat atvērt tikai savā vārdā.
error-assignee-unknown = Nav tāda darbinieka: { $assignee }.
error-category-unknown = Nav tādas kategorijas: { $category }.
error-team-unknown = Nav tādas komandas: { $team }.
error-query-field-unknown = Nav lauka „{ $field }”. ({ $at }. rakstzīme)
error-query-field-unknown-near = Nav lauka „{ $field }”. Vai domājāt „{ $nearest }”? ({ $at }. rakstzīme)
error-query-value-unknown = Laukam „{ $field }” nav vērtības „{ $value }”. ({ $at }. rakstzīme)
error-query-value-unknown-near = Laukam „{ $field }” nav vērtības „{ $value }”. Vai domājāt „{ $nearest }”? ({ $at }. rakstzīme)
error-query-value-missing = Aiz „{ $field }” trūkst vērtības. ({ $at }. rakstzīme)
error-query-value-single = Šeit laukam „{ $field }” der tikai viena vērtība. ({ $at }. rakstzīme)
error-query-day-bad = „{ $field }”: „{ $value }” nav diena. ({ $at }. rakstzīme)
error-query-number-bad = „{ $field }”: „{ $value }” nav skaitlis. ({ $at }. rakstzīme)
error-query-time-bad = „{ $field }”: „{ $value }” nav laiks, piemēram, 4h, 7d, 2026-03-12 vai today. ({ $at }. rakstzīme)
error-query-time-bad-near = „{ $field }”: „{ $value }” nav laiks. Vai domājāt „{ $nearest }”? ({ $at }. rakstzīme)
error-query-range-backwards = Lauka „{ $field }” diapazons beidzas, pirms sākas. ({ $at }. rakstzīme)
error-query-range-here = Laukam „{ $field }” nav diapazonu. ({ $at }. rakstzīme)
error-query-range-open = Lauka „{ $field }” diapazonam vajag abus galus. ({ $at }. rakstzīme)
error-query-operator = Lauku „{ $field }” nevar salīdzināt ar „{ $operator }”. ({ $at }. rakstzīme)
error-query-group-open = Šī iekava nav aizvērta. ({ $at }. rakstzīme)
error-query-group-close = Šī iekava nav atvērta. ({ $at }. rakstzīme)
error-query-group-empty = Starp iekavām nekā nav. ({ $at }. rakstzīme)
error-query-phrase-empty = Starp pēdiņām nekā nav. ({ $at }. rakstzīme)
error-query-quote-open = Šīs pēdiņas nav aizvērtas. ({ $at }. rakstzīme)
error-query-side-missing = Blakus „{ $word }” kaut kas trūkst. ({ $at }. rakstzīme)
error-query-no-text = Šeit nevar meklēt pēc vārdiem; nosauciet lauku. ({ $at }. rakstzīme)
error-query-sort-bad = Kārtojiet šādi: sort:-priority. ({ $at }. rakstzīme)
error-query-sort-field = Pēc „{ $field }” nevar kārtot. ({ $at }. rakstzīme)
error-query-sort-inside = Kārtošana rakstāma ārpus iekavām un nolieguma. ({ $at }. rakstzīme)
error-query-too-deep = Iekavas var ligzdot ne vairāk kā { $max } līmeņos. ({ $at }. rakstzīme)
error-query-too-long = Vaicājumā ir ne vairāk kā { $max } baiti. ({ $at }. rakstzīme)
error-query-too-many-terms = Vaicājumā ir ne vairāk kā { $max } nosacījumi. ({ $at }. rakstzīme)

# Saņemamais pasts
error-mail-source-name-unknown = Šāds servera nosaukums nav zināms: pārbaudiet pareizrakstību. ({ $detail })
error-mail-source-address-forbidden = No { $detail } vēstules saņemt nevar: norādiet pašu pasta serveri.
error-mail-source-no-connection = Šajā portā nekas neatbild: pārbaudiet servera nosaukumu, portu un ugunsmūri starp tiem. ({ $detail })
error-mail-source-no-answer = Serveris laikus neatbild: pārbaudiet portu un tam atbilstošo šifrēšanu. ({ $detail })
error-mail-source-tls = Neizdevās izveidot drošu savienojumu: pārbaudiet, vai nosaukums sakrīt ar servera sertifikātu un vai portā ir TLS. ({ $detail })
error-mail-source-no-starttls = Serveris nepiedāvā STARTTLS: izvēlieties TLS ar tā portu vai jautājiet servera uzturētājam. ({ $detail })
error-mail-source-cleartext = Paroles netiek sūtītas bez šifrēšanas: izvēlieties TLS vai STARTTLS. { $detail }
error-mail-source-sign-in-refused = Serveris nepieņem lietotāju vai paroli. Daži pakalpojumu sniedzēji prasa lietotnes paroli vai xoauth2. Serveris saka: { $detail }
error-mail-source-sign-in-again = Atļauja ir beigusies: pierakstieties pie pakalpojuma sniedzēja vēlreiz un saglabājiet jauno refresh token. ({ $detail })
error-mail-source-token = Pakalpojuma sniedzējs neizsniedz piekļuves pilnvaru: pārbaudiet pilnvaru adresi, client ID un client secret. ({ $detail })
error-mail-source-folder = Mapi nevar atvērt: pārbaudiet tās nosaukumu. ({ $detail })
error-mail-source-move-to = Vēstules ir saņemtas, bet serveris tās nepārvieto, neatzīmē vai nedzēš. Serveris saka: { $detail }
error-mail-source-protocol = Šāda veida pasta serveris tā neatbild: pārbaudiet protokolu un portu. ({ $detail })
error-mail-source-server = Serveris pārtrauca savienojumu. Serveris saka: { $detail }
error-mail-source-storage = Steward pašlaik nevar saglabāt pastu: { $detail }
error-mail-source-secret-key = Saglabātos piekļuves datus nevar atšifrēt: atjaunojiet slepeno atslēgu vai ievadiet tos vēlreiz. ({ $detail })
error-mail-source-host = Vajadzīgs servera nosaukums vai adrese, piemēram, imap.example.org.
error-mail-source-mailbox = Tā nav neviena no jūsu dienestu adresēm.
error-mail-source-password-again = Ievadiet piekļuves datus vēlreiz: tie bija doti citam serverim.
error-mail-source-round = Vēstules nevar pārvietot uz mapi, no kuras tās tiek saņemtas.
error-mail-source-token-url = Vajadzīga adrese, kas sākas ar https://.
mail-not-taken-size =
    Šīs vēstules lielums ir { $size }, un tas ir vairāk, nekā Steward pieņem. Šeit redzama tikai tās galvene.
    Pati vēstule joprojām atrodas: { $place }.
mail-not-taken-large =
    Šī vēstule ir lielāka, nekā Steward pieņem. Šeit redzama tikai tās galvene.
    Pati vēstule joprojām atrodas: { $place }.
mail-not-taken-refused =
    Pasta serveris šo vēstuli neizsniedz. Šeit redzama tikai tās galvene, ciktāl tā saņemta.
    Pati vēstule joprojām atrodas: { $place }. Serveris saka: { $detail }
