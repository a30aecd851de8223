### Rakstīšana
editor-tools = Formatēšana: { $name }
editor-bold = Treknraksts
editor-italic = Slīpraksts
editor-strike = Pārsvītrots
editor-code = Kods
editor-bullets = Aizzīmju saraksts
editor-numbers = Numurēts saraksts
editor-quote = Citāts
editor-code-block = Koda bloks
editor-link = Saite
editor-link-address = Saites adrese
editor-link-set = Iestatīt saiti
editor-link-invalid = Ievadiet tīmekļa vai e-pasta adresi. Atstājiet tukšu, lai saiti noņemtu.
editor-undo = Atsaukt
editor-redo = Atkārtot
editor-attach = Pievienot failus
editor-attach-limit = Līdz { $size } katrs; var arī ievilkt vai ielīmēt
editor-canned = Ievietot sagatavotu atbildi
editor-mention = Pieminēt kolēģi
editor-files = Pievienotie faili
editor-file-remove = Noņemt: { $name }
editor-file-failed = Neizdevās augšupielādēt: { $name }. Pārbaudiet savienojumu un pievienojiet vēlreiz.
editor-file-large = Pārāk liels fails: { $name }. Ne vairāk kā { $size } failam.
editor-file-busy = Fails vēl tiek augšupielādēts. Pēc brīža sūtiet vēlreiz.
editor-files-max = Vienam ziņojumam var pievienot ne vairāk kā { $max } failus.
composer-cc-add = Pievienot
composer-cc-add-label = Pievienot kādu kopijā pēc vārda vai adreses
composer-address-invalid = Šī nav e-pasta adrese.
composer-only-requester = Tikai pieteicējs
composer-everybody = Visi
consequence-joins = { $n ->
     [zero] { $people } pievienojas šai sarakstei un var to lasīt.
     [one] { $people } pievienojas šai sarakstei un var to lasīt.
    *[other] { $people } pievienojas šai sarakstei un var to lasīt.
    }
consequence-mentions = { $n ->
        [zero] { $people } saņems paziņojumu.
        [one] { $people } saņems paziņojumu.
       *[other] { $people } saņems paziņojumu.
    }
error-mention-note = Kolēģus var pieminēt tikai piezīmē. Cilvēkiem ārpusē viņu vārdi nav jāredz.
error-mention-unknown = Kāds no pieminētajiem šo pieteikumu neredz. Izdzēsiet vārdu vai dodiet piekļuvi dienestam.
view-mentions = Pieminējumi
canned-title = Sagatavotās atbildes
canned-about = Teksti, ko raksta bieži. Atbildē ierakstiet /, lai kādu ievietotu; vārdi dubultās figūriekavās tiek aizpildīti pēc pieteikuma.
canned-words = gatavās atbildes, makro, veidnes, standarta teksti
canned-none = Pagaidām nav nevienas. Uzrakstiet pirmo: to atbildi, ko šonedēļ devāt visbiežāk.
canned-new = Jauna sagatavotā atbilde
canned-edit = Sagatavotā atbilde
canned-name = Nosaukums
canned-shortcut = Īsais vārds
canned-shortcut-help = Ko raksta pēc /: burti, cipari, defises.
canned-place = Kam
canned-place-help = Savas redzat tikai jūs.
canned-mine = Tikai es
canned-everybody = Visi
canned-language = Valoda
canned-languages = Šī teksta valodas
canned-text = Teksts
canned-names-help = Tiek aizpildīts:
canned-save = Saglabāt
canned-remove = Dzēst
canned-remove-language = Dzēst: { $language }
canned-uses = { $n ->
     [zero] izmantota { $n } reižu
     [one] izmantota { $n } reizi
    *[other] izmantota { $n } reizes
    }
error-canned-name = „{ $name }” nevar aizpildīt. Zināmie: { $known }.
error-canned-shortcut = Tikai burti, cipari un defises, ne vairāk kā { $max }.
error-canned-place = Sagatavotās atbildes varat rakstīt sev, saviem dienestiem un komandām. Visiem kopīgās raksta administratori.
forward-title = Pārsūtīt
forward-about = Saņēmējs redz tikai šo ziņojumu un neko citu no pieteikuma. Viņa atbildes nonāk blakussarunā; pieteicējs tās nekad neredz.
forward-own = Jūsu teksts (nav obligāts)
forward-begins = Pārsūtīts ziņojums
forward-from = No
forward-date = Datums
forward-subject = Temats
forward-files = Iekļaujamie faili
forward-send = Pārsūtīt
preview-download = Lejupielādēt
preview-download-one = Lejupielādēt: { $name }
preview-look = Skatīt: { $name }
preview-open = Atvērt jaunā cilnē
preview-back = Atpakaļ pie ziņojuma
preview-cut = Redzams tikai sākums. Pārējo skatiet, lejupielādējot failu.
preview-none = Šāda veida failu šeit nevar parādīt. Lejupielādējiet to un atveriet tikai tad, ja uzticaties sūtītājam.
