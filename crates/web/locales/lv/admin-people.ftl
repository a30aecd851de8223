admin-people = Cilvēki
admin-people-help = Visi, kas jautā vai atbild: kontakti, tiesības un pieslēgšanās.
admin-people-words = lietotāji kolēģi kontakti konti pieslēgšanās bloķēt parole
admin-people-count = { $n ->
    [zero] { $n } cilvēku
    [one] { $n } cilvēks
   *[other] { $n } cilvēki
}
admin-people-find = Vārds vai adrese
admin-people-show = Rādīt
admin-people-role = Loma
admin-people-any-role = Jebkura loma
admin-people-agent-of = { $desk } darbinieks
admin-people-state = Pieslēgšanās
admin-people-any-state = Aktīvi un atslēgti
admin-people-active = Aktīvs
admin-people-disabled = Atslēgts
admin-people-none = Neviens neatbilst. Noņemiet kādu vārdu vai filtru.
admin-next-page = Nākamā lapa
admin-save = Saglabāt
admin-add = Pievienot
admin-actions = Darbības
admin-key = Īsais nosaukums
admin-person-add = Pievienot cilvēku
admin-person-add-about = Kas raksta vēstuli, tiek pievienots automātiski. Pievienojiet pats, lai uzreiz piešķirtu dienestu.
admin-person-name = Vārds
admin-person-name-help = Tā, kā cilvēks pats to raksta.
admin-person-emails = E-pasta adreses
admin-person-emails-help = Katra savā rindā; vēstules sūta uz pirmo. Vēstules no jebkuras pieder šim cilvēkam.
admin-person-phones = Tālrunis
admin-person-phones-help = Katrs savā rindā.
admin-person-organisation = Organizācija
admin-person-organisation-help = Tās nosaukums; ja tukšs, nosaka pēc e-pasta domēna.
admin-person-language = Valoda
admin-person-language-help = Vēstulēm un lapām, ko viņš saņem.
admin-person-language-none = Kā pārlūkā
admin-person-zone = Laika josla
admin-person-zone-help = Piemēram, Europe/Riga.
admin-person-vip = Pelnījis īpašu uzmanību
admin-person-vip-help = Darbinieki redz zīmi pie vārda; nekas cits nemainās.
admin-person-vip-short = Īpaša uzmanība
admin-person-desks = Strādā dienestos
admin-person-desks-help = Šajos dienestos redz, atbild un maina visus pieteikumus.
admin-person-contact = Kontakti
admin-person-since = Zināms kopš { $date }
admin-person-failing = Vēstule uz { $email } nāca atpakaļ: { $problem }. Izlabojiet adresi un saglabājiet.
admin-role-manager-short = Vadītājs
admin-rights = Tiesības
admin-rights-help = Atzīmējiet lomas, apskatiet, kas mainās, un saglabājiet.
admin-rights-roles = Ko katra loma atver
admin-roles-save = Saglabāt tiesības
admin-roles-preview = Rādīt, kas mainīsies
admin-effect = Saglabājot
admin-effect-none = Nekas nemainās.
admin-effect-desk-opens = { $n ->
    [zero] Strādā dienestā { $desk }: atveras { $n } pieteikumu
    [one] Strādā dienestā { $desk }: atveras { $n } pieteikums
   *[other] Strādā dienestā { $desk }: atveras { $n } pieteikumi
}
admin-effect-desk-closes = { $n ->
    [zero] Vairs nestrādā dienestā { $desk }: neredz { $n } pieteikumu
    [one] Vairs nestrādā dienestā { $desk }: neredz { $n } pieteikumu
   *[other] Vairs nestrādā dienestā { $desk }: neredz { $n } pieteikumus
}
admin-effect-lost = Vairs ne:
admin-effect-teams = Aiziet no komandām { $teams }
admin-effect-ends = Atvērtās sesijas un piekļuves žetoni beidzas; jāpieslēdzas no jauna
admin-effect-assigned = { $n ->
    [zero] { $n } pieteikumu paliek piešķirti; nododiet citam
    [one] { $n } pieteikums paliek piešķirts; nododiet citam
   *[other] { $n } pieteikumi paliek piešķirti; nododiet citam
}
admin-access = Pieslēgšanās
admin-access-password = Pieslēdzas ar paroli.
admin-access-no-password = Paroles vēl nav: e-pasts darbojas arī bez tās.
admin-sessions = Pieslēgumi
admin-session-times = kopš { $since }, pēdējoreiz redzēts { $seen }
admin-enable-about = Atslēgts: nevar pieslēgties. Viņa vēstules joprojām tiek pieņemtas.
admin-enable = Atļaut pieslēgties no jauna
admin-disable = Atslēgt pieslēgšanos
admin-disable-sessions = { $n ->
    [zero] { $n } sesiju beidzas uzreiz
    [one] { $n } sesija beidzas uzreiz
   *[other] { $n } sesijas beidzas uzreiz
}
admin-disable-tokens = { $n ->
    [zero] { $n } žetonu beidzas pavisam
    [one] { $n } žetons beidzas pavisam
   *[other] { $n } žetoni beidzas pavisam
}
admin-disable-assigned = { $n ->
    [zero] { $n } pieteikumu paliek piešķirti
    [one] { $n } pieteikums paliek piešķirts
   *[other] { $n } pieteikumi paliek piešķirti
}
admin-disable-mail = Viņa vēstules joprojām pieņem un atbild; ieraksts paliek.
admin-told-person-added = Pievienots. Tagad var rakstīt vēstules.
admin-told-roles = Tiesības saglabātas; tās ir spēkā no šī brīža.
admin-told-disabled = Pieslēgšanās atslēgta; sesijas un žetoni beigušies.
admin-told-enabled = Atkal var pieslēgties.
admin-invite = Uzaicināt pieslēgties
admin-invitation = Saite
admin-back = Atpakaļ
admin-invited-link = Vēstules vēl nevar aiziet, tāpēc nododiet šo saiti pats. Tā derīga vienreiz un vairs netiks rādīta.
admin-told-invited = Uzaicinājums ir ceļā; saite derīga vienreiz.
admin-factor-about = Lieto otro faktoru. Kas pazaudējis tālruni un kodus, pēc atiestates ieiet ar paroli vien.
admin-factor-reset = Atiestatīt otro faktoru
admin-told-factor-reset = Otrais faktors noņemts; sesijas beigušās.
admin-organisations = Organizācijas
admin-organisations-help = Uzņēmumi un nodaļas: atpazīst pēc e-pasta domēniem, pieteikumus kopīgo pēc jūsu izvēles.
admin-organisations-words = uzņēmumi klienti nodaļas domēni kopīgošana
admin-organisations-find = Nosaukums vai domēns
admin-organisations-none = Neviena organizācija neatbilst. Pievienojiet, lai grupētu cilvēkus pēc domēna.
admin-organisation-add = Pievienot organizāciju
admin-organisation-name = Nosaukums
admin-organisation-people = Dalībnieki
admin-organisation-domains = E-pasta domēni
admin-organisation-domains-help = Katrs savā rindā, piemēram, example.org. Kas no turienes raksta pirmoreiz, pieder tai; zināmie paliek, kur ir.
admin-organisation-sharing = Kas redz dalībnieku pieteikumus
admin-organisation-sharing-help = Portālā, līdzās saviem pieteikumiem. Uz darbiniekiem neattiecas.
admin-sharing-none = Tikai pieteicējs
admin-sharing-managers = Vadītāji redz visus
admin-sharing-everyone = Visi dalībnieki redz visus
admin-sharing-effect-none = Tikai pieteicējs: neviens cits organizācijā pieteikumu neredz
admin-sharing-effect-managers = { $n ->
    [zero] Vadītāji: { $n } cilvēku redz visu pieteikumus
    [one] Vadītāji: { $n } cilvēks redz visu pieteikumus
   *[other] Vadītāji: { $n } cilvēki redz visu pieteikumus
}
admin-sharing-effect-everyone = { $n ->
    [zero] Visi dalībnieki: { $n } cilvēku redz visu pieteikumus
    [one] Visi dalībnieki: { $n } cilvēks redz visu pieteikumus
   *[other] Visi dalībnieki: { $n } cilvēki redz visu pieteikumus
}
admin-tokens = API žetoni
admin-tokens-help = Programmas, kas darbojas kāda vārdā ar viņa tiesībām. Katrs savus veido profilā.
admin-tokens-words = atslēgas programmas integrācija atsaukt
admin-tokens-none = Nevienai programmai nav žetona.
admin-token-name = Kam paredzēts
admin-token-of = Kā tiesības
admin-token-used = izveidots { $made }, pēdējoreiz lietots { $used }
admin-token-unused = izveidots { $made }, nav lietots
admin-token-revoke = Atsaukt
admin-token-revoke-named = Atsaukt: { $name }
admin-told-revoked = Žetons atsaukts; programma vairs netiek ielaista.
admin-why = Kāpēc šis cilvēks to redz?
admin-why-short = Kāpēc redz…
admin-why-help = Izvēlieties cilvēku un pieteikumu: katra kārtula pasaka, vai ļauj to redzēt.
admin-why-words = piekļuve redzams atļauja privātums kas redz
admin-why-person = Cilvēks
admin-why-person-help = Adrese vai vārda sākums.
admin-why-ticket = Pieteikums
admin-why-ticket-help = Numurs, piemēram, INC-1042.
admin-why-ticket-door = Kas redz šo pieteikumu un kāpēc
admin-why-ask = Paskaidrot
admin-why-no-person = Nevienam nav šādas adreses vai vārda. Ierakstiet vārda sākumu tā, kā tas ir ierakstā.
admin-why-no-ticket = Tāda pieteikuma nav. Pārbaudiet numuru.
admin-why-several = Kuru jūs domājat?
admin-why-sees = { $name } redz { $number }
admin-why-not = { $name } neredz { $number }
admin-why-may-see = Redzēt to un tā ziņas
admin-why-may-notes = Lasīt iekšējās piezīmes
admin-why-may-work = Atbildēt un mainīt
admin-why-rules = Kārtula pa kārtulai
admin-why-yes = Jā:
admin-why-no = Nē:
admin-why-disabled = { $name } nedrīkst pieslēgties, tāpēc kārtulas nejautā: nekas nav redzams, līdz pieslēgšanos atļauj.
admin-why-admin = Ir administrators, un administratori redz visus pieteikumus.
admin-why-auditor = Ir auditors, un auditori lasa visus pieteikumus.
admin-why-no-role = Nav ne administrators, ne auditors.
admin-why-desk = Strādā dienestā { $desk }, kuram pieder šis pieteikums.
admin-why-no-desk = Nestrādā dienestā { $desk }, kur ir pieteikums.
admin-why-requester = Pats to pieteica.
admin-why-no-requester = Nav pieteicējs; pieteica { $name }.
admin-why-copy = Ir kopijas saņēmējs.
admin-why-watches = Seko tam.
admin-why-no-part = Nav ne kopijā, ne seko.
admin-why-no-organisation = Pieteikums nepieder nevienai organizācijai.
admin-why-manages = Ir { $organisation } vadītājs, un vadītāji redz tās pieteikumus.
admin-why-shared = Pieder { $organisation }, kuras dalībnieki redz cits cita pieteikumus.
admin-why-other-organisation = Nepieder { $organisation }, kuras pieteikums tas ir.
admin-why-unshared = Pieder { $organisation }, kas pieteikumus starp dalībniekiem nekopīgo.
admin-why-no-manager = Pieder { $organisation }, bet nav tās vadītājs.
