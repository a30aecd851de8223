# Lista de lucru: liste, semne de citire, modificări pentru mai multe tichete, revenire

undo-gone = Această modificare nu mai poate fi anulată.
bulk-refused = Nu a putut fi modificat.
bulk-not-found = Nu există sau nu aveți acces la el.
bulk-one-edit = Indicați exact o singură modificare.
list-select-all = Selectează tot ce se vede
list-sort-by = Sortează după { $column }
list-sorted-down = sortat descrescător
list-sorted-up = sortat crescător
list-width-of = Lățimea coloanei { $column }
list-select = Selectează { $number }
list-unread = necitit
list-previous = Pagina anterioară
list-shown = Afișate
list-hint-select = selectează
bulk-title = Modifică tichetele selectate
bulk-selected = Selectate
bulk-none = Anulează selecția
list-column-tags = Etichete
list-column-organisation = Organizație
list-column-team = Echipă
list-column-assignee = Responsabil
list-column-priority = Prioritate
list-column-status = Stare
list-column-turn = Al cui e rândul
list-column-kind = Tip
list-column-channel = Venit prin
list-column-language = Limbă
list-column-created = Deschis
list-column-first-reply = Primul răspuns
list-group-day = Ziua ultimei modificări
list-newer = Noi
list-left = Nu mai este în această listă
list-empty-whole = Vezi toată lista
list-empty-whole-hint = Fără ce este scris în filtru.
list-empty-everywhere = Caută peste tot
list-empty-everywhere-hint = Și în tichetele încheiate și în alte liste.
list-empty-take = Preia un tichet
list-empty-take-hint = Cele pe care nu le-a preluat încă nimeni.
list-empty-ours = Vezi ce ne așteaptă
list-empty-ours-hint = Tot ce are pasul următor la noi.
list-empty-mine = Nu aveți nimic de făcut
list-empty-mine-text = Tichetele care vă sunt alocate sau pe care le preluați stau aici, grupate după al cui e rândul.
list-empty-unassigned = Fiecare tichet are un responsabil
list-empty-unassigned-text = Un tichet nou stă aici până îl preia cineva. Apăsați a într-un tichet ca să îl alocați.
list-empty-us = Nimic nu ne așteaptă
list-empty-us-text = Un tichet vine aici când scrie cineva și pleacă când răspundeți.
list-empty-requester = Nimeni nu ne datorează un răspuns
list-empty-requester-text = După un răspuns, tichetul stă aici până scrie din nou solicitantul.
list-empty-done = Încă nu s-a încheiat nimic
list-empty-done-text = Tichetele rezolvate și închise se păstrează aici.
list-group-none = Fără grupuri
list-group-by = Grupare: { $what }
list-sort-is = Sortare: { $what }
list-columns = Coloane
list-look = Cum arată lista
list-group = Grupează după
list-sort = Sortează după
list-layout = Aranjare
list-layout-full = Listă
list-layout-split = Alăturat
list-order-newest = { $column }: cele mai noi întâi
list-order-oldest = { $column }: cele mai vechi întâi
list-order-first = { $column }: descrescător
list-order-last = { $column }: crescător
list-columns-show = Arată-le pe acestea
list-columns-reset = Ca la început
bulk-tag = Etichete
bulk-tags = Etichete, despărțite prin spații
bulk-tags-add = Adaugă
bulk-tags-remove = Scoate
bulk-read = Marchează ca citite
bulk-unread = Marchează ca necitite
bulk-changed = { $n ->
         [one] { $n } tichet modificat.
         [few] { $n } tichete modificate.
        *[other] { $n } de tichete modificate.
    }
bulk-unchanged = { $n ->
         [one] { $n } era deja așa.
         [few] { $n } erau deja așa.
        *[other] { $n } erau deja așa.
    }
bulk-stayed = { $n ->
         [one] { $n } a rămas cum era:
         [few] { $n } au rămas cum erau:
        *[other] { $n } au rămas cum erau:
    }
undo-done = { $n ->
         [one] Anulat la { $n } tichet.
         [few] Anulat la { $n } tichete.
        *[other] Anulat la { $n } de tichete.
    }
undo-kept-by = { $field } rămâne: între timp a schimbat { $by }.
undo-kept = { $field } rămâne: între timp s-a schimbat.
undo-button = Anulează
keys-extend-next = Extinde selecția în jos
keys-extend-previous = Extinde selecția în sus
keys-unread = Marchează ca necitit
keys-undo = Anulează ultima modificare
bulk-snooze = Amână
bulk-until = Până la
bulk-snooze-until = Până atunci
bulk-snooze-reply = Până scrie cineva
