# Lista de lucru: liste, semne de citire, modificări pentru mai multe tichete, revenire

undo-gone = Nu mai poate fi anulat.
bulk-refused = Nu a putut fi modificat.
bulk-not-found = Nu există sau nu aveți acces la el.
bulk-stopped = Serverul s-a oprit înainte ca acesta să fie modificat. Încercați din nou.
bulk-one-edit = Alegeți exact o singură modificare.
list-select-all = Selectează tot ce este afișat
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
list-column-turn = Al cui este rândul
list-column-kind = Tip
list-column-channel = Canal
list-column-language = Limbă
list-column-created = Deschis
list-column-first-reply = Primul răspuns
list-group-day = Ziua ultimei modificări
list-newer = Noi
list-left = Nu mai este în această listă
list-empty-whole = Vezi toată lista
list-empty-whole-hint = Fără ce este scris în filtru.
list-empty-everywhere = Caută peste tot
list-empty-everywhere-hint = Și în tichetele încheiate, și în celelalte liste.
list-empty-take = Preia un tichet
list-empty-take-hint = Unul pe care nu l-a preluat încă nimeni.
list-empty-ours = Vezi ce ne așteaptă
list-empty-ours-hint = Tot ce are la noi pasul următor.
list-empty-mine = Nu aveți niciun tichet alocat
list-empty-mine-text = Tichetele care vă sunt alocate sau pe care le preluați apar aici, grupate după al cui este rândul.
list-empty-unassigned = Fiecare tichet are un responsabil
list-empty-unassigned-text = Un tichet nou stă aici până când îl preia cineva. Apăsați a într-un tichet ca să îl alocați.
list-empty-us = Nimic nu ne așteaptă
list-empty-us-text = Un tichet ajunge aici când scrie cineva și pleacă după ce răspundeți.
list-empty-requester = Niciun tichet nu așteaptă un solicitant
list-empty-requester-text = După răspunsul dvs., tichetul stă aici până când solicitantul scrie din nou.
list-empty-done = Încă nu s-a încheiat nimic
list-empty-done-text = Tichetele rezolvate și închise se păstrează aici.
list-group-none = Fără grupuri
list-group-by = Grupare: { $what }
list-sort-is = Sortare: { $what }
list-columns = Coloane
list-look = Cum arată lista
list-group = Grupează după
list-sort = Sortează după
list-layout = Aspect
list-layout-full = Listă
list-layout-split = Alăturat
list-order-newest = { $column }: cele mai noi întâi
list-order-oldest = { $column }: cele mai vechi întâi
list-order-first = { $column }: descrescător
list-order-last = { $column }: crescător
list-columns-show = Aplică
list-columns-reset = Resetează
bulk-tag = Etichete
bulk-tags = Etichete, despărțite prin spații
bulk-tags-add = Adaugă
bulk-tags-remove = Elimină
bulk-read = Marchează ca citite
bulk-unread = Marchează ca necitite
bulk-changed = { $n ->
         [one] { $n } tichet modificat.
         [few] { $n } tichete modificate.
        *[other] { $n } de tichete modificate.
    }
bulk-unchanged = { $n ->
        [one] { $n } nu avea nevoie de modificare.
        [few] { $n } nu aveau nevoie de modificare.
       *[other] { $n } nu aveau nevoie de modificare.
    }
bulk-stayed = { $n ->
        [one] { $n } nu a fost modificat:
        [few] { $n } nu au fost modificate:
       *[other] { $n } nu au fost modificate:
    }
undo-done = { $n ->
         [one] Anulat la { $n } tichet.
         [few] Anulat la { $n } tichete.
        *[other] Anulat la { $n } de tichete.
    }
undo-kept-by = { $field }: nu s-a anulat, între timp a modificat { $by }.
undo-kept = { $field }: nu s-a anulat, între timp s-a modificat.
undo-button = Anulează
keys-extend-next = Extinde selecția în jos
keys-extend-previous = Extinde selecția în sus
keys-unread = Marchează ca necitit
keys-undo = Anulează ultima modificare
bulk-snooze = Amână
bulk-until = Până la
bulk-snooze-until = Până atunci
bulk-snooze-reply = Până scrie cineva
