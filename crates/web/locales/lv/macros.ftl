macro-title = Makrokomandas
macro-about = Vairākas izmaiņas un atbilde ar vienu nosaukumu. Pirms izpildes redzat, ko makrokomanda darīs, un viena atsaukšana atgriež visu, kā bija.
macro-words = makrokomandas, makro, automatizācija, ātrās darbības, viens klikšķis
macro-none = Pagaidām nav nevienas. Uzrakstiet pirmo: darbības, ko atkārtojat visbiežāk.
macro-new = Jauna makrokomanda
macro-edit = Makrokomanda
macro-manage = Rakstīt un mainīt makrokomandas
macro-place-help = Savas redzat tikai jūs.
macro-does = Ko tā maina
macro-keep = Atstāt, kā ir
macro-me = Kas to izpilda
macro-category-none = Bez kategorijas
macro-tags-add = Pievienojamās birkas
macro-tags-remove = Noņemamās birkas
macro-watch = Kas to izpilda, tas vēro pieteikumu
macro-fields = Cita papildinformācija
macro-says = Ko tā raksta
macro-says-to = Teksts ir
macro-says-nothing = Neko neraksta
macro-text-help = Katrs pieteikums saņem tekstu savā valodā, ja tāds ir.
macro-uses = { $n ->
    [zero] Izpildīta { $n } reižu
    [one] Izpildīta { $n } reizi
   *[other] Izpildīta { $n } reizes
}
macro-days = { $n ->
    [zero] { $n } dienu
    [one] { $n } diena
   *[other] { $n } dienas
}
macro-plan-do = Izpildīt makrokomandu
macro-plan-nothing = Viss jau ir tā: nav ko mainīt.
macro-plan-refused = Šo makrokomandu šim pieteikumam nevar izpildīt. Nekas netiek mainīts.
macro-plan-watch = Jūs vērosiet šo pieteikumu
macro-plan-note = Piezīme kolēģiem
macro-plan-reply = Atbilde: { $names }
macro-plan-reply-nobody = Atbilde portālā: pieteicējam nav adreses
macro-plan-undo = Viena atsaukšana atgriež visu; atbildi, kamēr tā nav nosūtīta.
told-macro = Makrokomanda izpildīta
fact-macro-run = Izpildīta makrokomanda { $title }
keys-macro = Izpildīt makrokomandu
error-macro-empty = Izvēlieties vismaz vienu darbību: makrokomanda bez darbībām neko nedara.
error-macro-snooze = Rakstiet “reply” vai skaitli ar m, h, d vai w, piemēram, 4h vai 3d, ne vairāk par 366 dienām.
error-macro-status = Nevienam pieteikumu veidam nav statusa “{ $status }”.
error-macro-code = Izvēlieties arī statusu: tas, kā atrisināts, pieder pie statusa maiņas.
error-macro-place = Makrokomandas varat rakstīt sev, saviem dienestiem un komandām. Visiem kopīgās raksta administratori.
error-macro-other-desk = Šī makrokomanda ir cita dienesta pieteikumiem.
error-macro-gone = Tā, ko makrokomanda šeit min, vairs nav. Izmainiet makrokomandu.
error-macro-own = Šis ir jūsu paša pieteikums: makrokomanda jums neraksta dienesta vārdā.
