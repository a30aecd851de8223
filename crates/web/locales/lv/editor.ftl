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
editor-link-set = Ielikt saiti
editor-link-invalid = Ievadiet tīmekļa vai e-pasta adresi. Atstājiet tukšu, lai saiti noņemtu.
editor-undo = Atsaukt
editor-redo = Atkārtot
editor-attach = Pievienot failus
editor-attach-limit = Līdz { $size } katrs; var arī ievilkt vai ielīmēt
editor-canned = Ievietot sagatavotu atbildi
editor-mention = Pieminēt kolēģi
editor-files = Pievienotie faili
editor-file-remove = Noņemt { $name }
editor-file-failed = { $name } neizdevās augšupielādēt. Pārbaudiet savienojumu un pievienojiet vēlreiz.
editor-file-large = { $name } ir par lielu: ne vairāk kā { $size } failam.
editor-file-busy = Fails vēl tiek augšupielādēts. Pēc brīža sūtiet vēlreiz.
editor-files-max = Vienai ziņai var pievienot ne vairāk kā { $max } failus.
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
     [zero] { $people } tiks informēti.
     [one] { $people } tiks informēts.
    *[other] { $people } tiks informēti.
    }
error-mention-note = Kolēģus var pieminēt tikai piezīmē. Cilvēkiem ārpusē viņu vārdi nav jāredz.
error-mention-unknown = Kāds no pieminētajiem šo pieteikumu neredz. Izdzēsiet vārdu vai dodiet piekļuvi dienestam.
