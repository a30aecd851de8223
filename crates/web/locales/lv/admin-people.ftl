admin-people = Cilvēki
admin-people-help = Visi, kas jautā vai atbild: kontaktinformācija, tiesības un pierakstīšanās.
admin-people-words = lietotāji kolēģi kontakti konti pierakstīšanās bloķēt parole
admin-people-count = { $n ->
    [zero] { $n } cilvēku
    [one] { $n } cilvēks
   *[other] { $n } cilvēki
}
admin-people-find = Vārds vai adrese
admin-people-show = Rādīt
admin-people-role = Loma
admin-people-any-role = Jebkura loma
admin-people-agent-of = Darbinieks: { $desk }
admin-people-state = Pierakstīšanās
admin-people-any-state = Aktīvi un atslēgti
admin-people-active = Aktīvs
admin-people-disabled = Atslēgts
admin-people-none = Neviens neatbilst. Mēģiniet ar mazāk vārdiem vai filtriem.
admin-next-page = Nākamā lapa
admin-save = Saglabāt
admin-add = Pievienot
admin-actions = Darbības
admin-key = Īsais nosaukums
admin-person-add = Pievienot cilvēku
admin-person-add-about = Kas atraksta vēstuli, tiek pievienots automātiski. Pievienojiet kādu manuāli, lai uzreiz piešķirtu dienestu.
admin-person-name = Vārds
admin-person-name-help = Tā, kā cilvēks to raksta.
admin-person-emails = E-pasta adreses
admin-person-emails-help = Katra savā rindā; vēstules sūta uz pirmo. Vēstules no jebkuras ir no šī cilvēka.
admin-person-phones = Tālrunis
admin-person-phones-help = Katrs savā rindā.
admin-person-organisation = Organizācija
admin-person-organisation-help = Tās nosaukums; ja tukšs, nosaka pēc e-pasta domēna.
admin-person-language = Valoda
admin-person-language-help = Vēstulēm un lapām, ko cilvēks redz.
admin-person-language-none = Kā pārlūkā
admin-person-zone = Laika josla
admin-person-zone-help = Piemēram, Europe/Riga.
admin-person-vip = Vajadzīga īpaša uzmanība
admin-person-vip-help = Darbinieki redz zīmi pie vārda; nekas cits nemainās.
admin-person-vip-short = Īpaša uzmanība
admin-person-desks = Strādā dienestos
admin-person-desks-help = Šajos dienestos redz visus pieteikumus, atbild un maina tos.
admin-person-contact = Kontakti
admin-person-since = Zināms kopš: { $date }
admin-person-failing = Vēstule atgriezās ({ $email }): { $problem }. Izlabojiet adresi un saglabājiet.
admin-role-manager-short = Vadītājs
admin-rights = Tiesības
admin-rights-help = Atzīmējiet lomas, pārbaudiet, kas mainīsies, un saglabājiet.
admin-rights-roles = Ko katra loma ļauj
admin-roles-save = Saglabāt tiesības
admin-roles-preview = Rādīt, kas mainīsies
admin-effect = Saglabājot
admin-effect-none = Nekas nemainās.
admin-effect-desk-opens = { $n ->
        [zero] Strādā dienestā „{ $desk }”: redzēs { $n } atvērtus pieteikumus
        [one] Strādā dienestā „{ $desk }”: redzēs { $n } atvērtu pieteikumu
       *[other] Strādā dienestā „{ $desk }”: redzēs { $n } atvērtus pieteikumus
    }
admin-effect-desk-closes = { $n ->
        [zero] Vairs nestrādā dienestā „{ $desk }”: neredzēs { $n } atvērtus pieteikumus
        [one] Vairs nestrādā dienestā „{ $desk }”: neredzēs { $n } atvērtu pieteikumu
       *[other] Vairs nestrādā dienestā „{ $desk }”: neredzēs { $n } atvērtus pieteikumus
    }
admin-effect-lost = Vairs nedrīkst:
admin-effect-teams = Aiziet no komandām: { $teams }
admin-effect-ends = Atvērtās sesijas un pilnvaras beidzas; būs jāpierakstās no jauna
admin-effect-assigned = { $n ->
        [zero] { $n } atvērti pieteikumi paliek piešķirti šim cilvēkam; nododiet tos citam
        [one] { $n } atvērts pieteikums paliek piešķirts šim cilvēkam; nododiet to citam
       *[other] { $n } atvērti pieteikumi paliek piešķirti šim cilvēkam; nododiet tos citam
    }
admin-access = Pierakstīšanās
admin-access-password = Pierakstās ar paroli.
admin-access-no-password = Paroles vēl nav: e-pasts darbojas arī bez tās.
admin-sessions = Atvērtās sesijas
admin-session-times = sākums: { $since }, pēdējoreiz redzēts: { $seen }
admin-enable-about = Atslēgts: nevar pierakstīties. Viņa vēstules joprojām tiek pieņemtas.
admin-enable = Atļaut pierakstīties
admin-disable = Liegt pierakstīties
admin-disable-sessions = { $n ->
    [zero] { $n } sesiju beidzas uzreiz
    [one] { $n } sesija beidzas uzreiz
   *[other] { $n } sesijas beidzas uzreiz
}
admin-disable-tokens = { $n ->
        [zero] { $n } pilnvaras tiek atsauktas pavisam
        [one] { $n } pilnvara tiek atsaukta pavisam
       *[other] { $n } pilnvaras tiek atsauktas pavisam
    }
admin-disable-assigned = { $n ->
        [zero] { $n } atvērti pieteikumi paliek piešķirti šim cilvēkam
        [one] { $n } atvērts pieteikums paliek piešķirts šim cilvēkam
       *[other] { $n } atvērti pieteikumi paliek piešķirti šim cilvēkam
    }
admin-disable-mail = Viņa vēstules joprojām tiek pieņemtas un atbildētas; ieraksts paliek.
admin-told-person-added = Pievienots. Tagad var rakstīt.
admin-told-roles = Tiesības saglabātas; tās ir spēkā no šī brīža.
admin-told-disabled = Pierakstīšanās liegta; sesijas un pilnvaras ir beigušās.
admin-told-enabled = Atkal var pierakstīties.
admin-invite = Uzaicināt pierakstīties
admin-invitation = Saite
admin-back = Atpakaļ
admin-invited-link = Vēstules vēl nevar nosūtīt, tāpēc nododiet šo saiti citādi. Tā derīga vienreiz un vairs netiks rādīta.
admin-told-invited = Uzaicinājums ir ceļā; saite derīga vienreiz.
admin-factor-about = Lieto otro faktoru. Ja tālrunis un atkopšanas kodi pazaudēti, pēc atiestates pietiek ar paroli.
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
admin-organisation-domains-help = Katrs savā rindā, piemēram, example.org. Kas no turienes raksta pirmoreiz, tiek pievienots organizācijai; zināmie paliek, kur ir.
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
admin-tokens = API pilnvaras
admin-tokens-help = Programmas, kas darbojas kāda vārdā ar viņa tiesībām. Katrs savas pilnvaras veido profilā.
admin-tokens-words = atslēgas programmas integrācija atsaukt
admin-tokens-none = Nevienai programmai nav pilnvaras.
admin-token-name = Kam paredzēts
admin-token-of = Ar kura tiesībām
admin-token-used = izveidota { $made }, pēdējoreiz lietota { $used }
admin-token-unused = izveidota { $made }, nav lietota
admin-token-revoke = Atsaukt
admin-token-revoke-named = Atsaukt: { $name }
admin-told-revoked = Pilnvara atsaukta; programma turpmāk tiek noraidīta.
admin-why = Kāpēc šis cilvēks to redz?
admin-why-short = Kāpēc redz…
admin-why-help = Izvēlieties cilvēku un pieteikumu: katrs noteikums pasaka, vai ļauj to redzēt.
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
admin-why-may-see = Redzēt to un tā ziņojumus
admin-why-may-notes = Lasīt iekšējās piezīmes
admin-why-may-work = Atbildēt un mainīt
admin-why-rules = Noteikums pa noteikumam
admin-why-yes = Jā:
admin-why-no = Nē:
admin-why-disabled = { $name } nedrīkst pierakstīties, tāpēc neviens noteikums nav spēkā: nekas nav redzams, līdz pierakstīšanos atkal atļauj.
admin-why-admin = Ir administrators, un administratori redz visus pieteikumus.
admin-why-auditor = Ir auditors, un auditori lasa visus pieteikumus.
admin-why-no-role = Nav ne administrators, ne auditors.
admin-why-desk = Strādā dienestā „{ $desk }”, kuram pieder šis pieteikums.
admin-why-no-desk = Nestrādā dienestā „{ $desk }”, kur ir pieteikums.
admin-why-requester = Ir pieteicējs.
admin-why-no-requester = Nav pieteicējs; pieteicējs ir { $name }.
admin-why-copy = Ir kopijas saņēmējs.
admin-why-watches = Vēro pieteikumu.
admin-why-no-part = Nav ne kopijas saņēmējs, ne vērotājs.
admin-why-no-organisation = Pieteikums nepieder nevienai organizācijai.
admin-why-manages = Ir organizācijas „{ $organisation }” vadītājs, un vadītāji redz tās pieteikumus.
admin-why-shared = Ir organizācijā „{ $organisation }”, kuras dalībnieki redz cits cita pieteikumus.
admin-why-other-organisation = Nav organizācijā „{ $organisation }”, kurai pieder pieteikums.
admin-why-unshared = Ir organizācijā „{ $organisation }”, kuras dalībnieki pieteikumus nekopīgo.
admin-why-no-manager = Ir organizācijā „{ $organisation }”, bet nav tās vadītājs.
