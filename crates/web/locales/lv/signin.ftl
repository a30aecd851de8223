### Coming in
sign-in-passkey = Pierakstīties ar piekļuves atslēgu
sign-in-or = vai
sign-in-forgotten = Aizmirsāt?
sign-in-told-password = Jaunā parole ir iestatīta. Pierakstieties ar to.
sign-in-told-step = Pagāja pārāk ilgs laiks. Pierakstieties vēlreiz.
back-to-sign-in = Atpakaļ uz pierakstīšanos
passkey-failed = Piekļuves atslēga netika izmantota. Mēģiniet vēlreiz vai izvēlieties citu veidu.
error-passkey = Šī piekļuves atslēga te nav pazīstama vai tās atbilde pienāca par vēlu. Mēģiniet vēlreiz vai pierakstieties ar paroli.
error-by-browser-only = To dara savā lapā pārlūkprogrammā, nevis ar pilnvaru.
error-confirm-first = Vispirms apstipriniet, ka tas esat jūs: ar paroli vai otro faktoru.
error-app-is-set-up = Autentifikācijas lietotne jau ir iestatīta. Lai iestatītu citu, vispirms noņemiet šo.
error-person-signs-in = Šī persona jau pierakstās. Ja parole aizmirsta, saiti nosūta “Aizmirsāt?” pierakstīšanās lapā.

### The second step
second-title = Vēl viens solis
second-lead = Parole ir pareiza. Tagad apstipriniet, ka tas esat jūs.
second-lead-passkey = Parole ir pareiza. Tagad izmantojiet piekļuves atslēgu.
second-code = Kods no lietotnes
second-code-help = Seši cipari no autentifikācijas lietotnes. Der arī atkopšanas kods.
second-recovery = Atkopšanas kods
second-recovery-help = Viens no kodiem, ko saglabājāt, pievienojot piekļuves atslēgu.
second-wrong = Kods nav pareizs vai jau ir izmantots. Sagaidiet nākamo un mēģiniet vēlreiz.
second-locked = Pārāk daudz nepareizu kodu. Mēģiniet vēlreiz pēc { $n } min.
second-start-again = Pierakstīties kā citam
enrol-title = Iestatiet otro faktoru
enrol-required = Visi, kas te strādā, pierakstoties ievada arī kodu no tālruņa. Tas aizņem minūti, vienu reizi.
enrol-scan = Tālrunī atveriet autentifikācijas lietotni un noskenējiet šo kodu.
enrol-qr = QR kods autentifikācijas lietotnei
enrol-by-hand = Nevar noskenēt?
enrol-by-hand-text = Ievadiet šo atslēgu lietotnē. Tā ir laikā mainīgiem kodiem.
enrol-open-app = Atvērt lietotnē šajā ierīcē
enrol-type = Ievadiet sešus ciparus, ko lietotne tagad rāda.
enrol-confirm = Ieslēgt
codes-title = Jūsu atkopšanas kodi
codes-keep = Izdrukājiet šos kodus vai glabājiet paroļu pārvaldniekā. Katrs ielaidīs vienu reizi, kad tālrunis nav pa rokai.
codes-once = Tie tiek parādīti tikai tagad.
codes-kept = Esmu saglabājis

### Forgotten passwords and invitations
reset-title = Jauna parole
reset-lead = Ievadiet savu adresi. Nosūtīsim saiti, ar kuru iestatīt jaunu paroli.
reset-ask = Nosūtīt saiti
reset-sent = Ja šī adrese te ir zināma, vēstule ir ceļā. Saite tajā darbojas vienu stundu.
reset-sent-hint = Pēc dažām minūtēm nekā nav? Ieskatieties nevēlamajā pastā vai jautājiet administratoriem.
reset-new-title = Izvēlieties jaunu paroli
reset-new-lead = Visās pārlūkprogrammās notiks izrakstīšanās, un jūsu API pilnvaras beigsies.
reset-set = Iestatīt paroli
new-password = Jaunā parole
new-password-help = Vismaz { $n } rakstzīmes. Dažus vārdus pēc kārtas ir viegli atcerēties un grūti uzminēt.
invitation-title = Laipni lūdzam, { $name }
invitation-lead = Jūs esat uzaicināts “{ $company }” palīdzības dienestā. Izvēlieties paroli, un viss gatavs.
invitation-lead-plain = Jūs esat uzaicināts palīdzības dienestā. Izvēlieties paroli, un viss gatavs.
invitation-accept = Iestatīt paroli un sākt
link-ended-title = Šī saite vairs nedarbojas
link-ended-reset = Tā ir izmantota vai vecāka par stundu. Palūdziet citu.
link-ended-invitation = Tā ir izmantota vai vecāka par dienu. Pierakstieties vai palūdziet citu tam, kas jūs uzaicināja.
link-ask-again = Palūgt citu saiti

### Letters
letter-reset-subject = Jauna parole: { $site }
letter-reset-text = Labdien! Kāds, visticamāk jūs, lūdza jaunu paroli šai adresei. To iestata ar šo saiti; tā darbojas vienu reizi un vienu stundu.
letter-reset-else = Ja tas nebijāt jūs, nekas nav jādara: parole paliek nemainīga.
letter-invitation-subject = Jūsu ielūgums: { $site }
letter-invitation-text = Labdien, { $name }! Jūs esat uzaicināts palīdzības dienestā { $site }. Ar šo saiti izvēlieties paroli; tā darbojas vienu reizi un 24 stundas.
letter-invitation-else = Ja nezināt, par ko ir runa, nekas nav jādara.
