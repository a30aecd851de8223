# Iesūtne: saraksti, lasīšanas atzīmes, vairāku pieteikumu labošana, atsaukšana

undo-gone = To vairs nevar atsaukt.
bulk-refused = To neizdevās mainīt.
bulk-not-found = Tāda nav, vai tas nav jums pieejams.
bulk-stopped = Serveris apstājās, pirms šis pieteikums tika mainīts. Mēģiniet vēlreiz.
bulk-one-edit = Izvēlieties tieši vienu izmaiņu.
list-select-all = Atlasīt visus redzamos
list-sort-by = Kārtot pēc: { $column }
list-sorted-down = sakārtots, lielākais pirmais
list-sorted-up = sakārtots, mazākais pirmais
list-width-of = Kolonnas platums: { $column }
list-select = Atlasīt { $number }
list-unread = nelasīts
list-previous = Iepriekšējā lapa
list-shown = Redzami
list-hint-select = atlasīt
bulk-title = Mainīt atlasītos pieteikumus
bulk-selected = Atlasīti
bulk-none = Noņemt atlasi
list-column-tags = Birkas
list-column-organisation = Organizācija
list-column-team = Komanda
list-column-assignee = Izpildītājs
list-column-priority = Prioritāte
list-column-status = Statuss
list-column-turn = Kura kārta
list-column-kind = Veids
list-column-channel = Kanāls
list-column-language = Valoda
list-column-created = Atvērts
list-column-first-reply = Pirmā atbilde
list-group-day = Pēdējās izmaiņas diena
list-newer = Jauni
list-left = Vairs nav šajā sarakstā
list-empty-whole = Skatīt visu sarakstu
list-empty-whole-hint = Bez tā, kas ierakstīts filtrā.
list-empty-everywhere = Meklēt visur
list-empty-everywhere-hint = Arī pabeigtos un citu sarakstu pieteikumus.
list-empty-take = Paņemt pieteikumu
list-empty-take-hint = Tie, kurus vēl neviens nav paņēmis.
list-empty-ours = Skatīt, kas gaida mūs
list-empty-ours-hint = Viss, kur nākamais solis ir mūsu.
list-empty-mine = Jums nekas nav piešķirts
list-empty-mine-text = Šeit parādās jums piešķirtie un jūsu paņemtie pieteikumi, sagrupēti pēc tā, kura kārta.
list-empty-unassigned = Viss ir piešķirts
list-empty-unassigned-text = Jauns pieteikums ir šeit, līdz kāds to paņem. Lai piešķirtu, pieteikumā nospiediet a.
list-empty-us = Nekas mūs negaida
list-empty-us-text = Pieteikums nonāk šeit, kad kāds raksta, un pazūd, kad atbildat.
list-empty-requester = Nekas negaida pieteicēju
list-empty-requester-text = Pēc jūsu atbildes pieteikums ir šeit, līdz pieteicējs raksta vēlreiz.
list-empty-done = Vēl nekas nav pabeigts
list-empty-done-text = Šeit glabājas atrisinātie un slēgtie pieteikumi.
list-group-none = Bez grupām
list-group-by = Grupas: { $what }
list-sort-is = Kārtība: { $what }
list-columns = Kolonnas
list-look = Saraksta izskats
list-group = Grupēt pēc
list-sort = Kārtot pēc
list-layout = Izkārtojums
list-layout-full = Saraksts
list-layout-split = Blakus
list-order-newest = { $column }: jaunākie vispirms
list-order-oldest = { $column }: vecākie vispirms
list-order-first = { $column }: augstākie vispirms
list-order-last = { $column }: zemākie vispirms
list-columns-show = Lietot
list-columns-reset = Atiestatīt
bulk-tag = Birkas
bulk-tags = Birkas, atdalītas ar atstarpēm
bulk-tags-add = Pievienot
bulk-tags-remove = Noņemt
bulk-read = Atzīmēt kā lasītus
bulk-unread = Atzīmēt kā nelasītus
bulk-changed = { $n ->
        [zero] Mainīti { $n } pieteikumi.
        [one] Mainīts { $n } pieteikums.
       *[other] Mainīti { $n } pieteikumi.
    }
bulk-unchanged = { $n ->
        [zero] { $n } nebija jāmaina.
        [one] { $n } nebija jāmaina.
       *[other] { $n } nebija jāmaina.
    }
bulk-stayed = { $n ->
        [zero] { $n } netika mainīti:
        [one] { $n } netika mainīts:
       *[other] { $n } netika mainīti:
    }
undo-done = { $n ->
         [zero] Atsaukts { $n } pieteikumos.
         [one] Atsaukts { $n } pieteikumā.
        *[other] Atsaukts { $n } pieteikumos.
    }
undo-kept-by = { $field }: nav atsaukts, pa to laiku mainīja { $by }.
undo-kept = { $field }: nav atsaukts, pa to laiku mainījies.
undo-button = Atsaukt
keys-extend-next = Paplašināt atlasi lejup
keys-extend-previous = Paplašināt atlasi augšup
keys-unread = Atzīmēt kā nelasītu
keys-undo = Atsaukt pēdējo izmaiņu
bulk-snooze = Atlikt
bulk-until = Līdz
bulk-snooze-until = Līdz tam brīdim
bulk-snooze-reply = Līdz kāds raksta
