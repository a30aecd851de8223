macro-title = Macrocomenzi
macro-about = Mai multe modificări și un răspuns sub un singur nume. Vedeți ce va face macrocomanda înainte să o facă, iar o singură anulare readuce totul.
macro-words = macrocomenzi, macro, automatizare, acțiuni rapide, un clic, șabloane
macro-none = Încă nu există niciuna. Scrieți-o pe prima: pașii pe care îi repetați cel mai des.
macro-new = Macrocomandă nouă
macro-edit = Macrocomandă
macro-manage = Scrie și modifică macrocomenzi
macro-place-help = Pe ale dvs. le vedeți doar dvs.
macro-does = Ce modifică
macro-keep = Lasă cum este
macro-me = Cine o rulează
macro-category-none = Fără categorie
macro-tags-add = Etichete de adăugat
macro-tags-remove = Etichete de eliminat
macro-watch = Cine o rulează urmărește tichetul
macro-fields = Alte detalii
macro-says = Ce scrie
macro-says-to = Textul este
macro-says-nothing = Nu se scrie nimic
macro-text-help = Fiecare tichet primește textul în limba lui, dacă există.
macro-uses = { $n ->
    [one] Rulată o dată
    [few] Rulată de { $n } ori
   *[other] Rulată de { $n } de ori
}
macro-days = { $n ->
    [one] { $n } zi
    [few] { $n } zile
   *[other] { $n } de zile
}
macro-plan-do = Rulează macrocomanda
macro-plan-nothing = Totul este deja așa: nu e nimic de modificat.
macro-plan-refused = Macrocomanda nu poate fi rulată pe acest tichet. Nu se modifică nimic.
macro-plan-watch = Veți urmări acest tichet
macro-plan-note = Notă pentru colegi
macro-plan-reply = Răspuns către { $names }
macro-plan-reply-nobody = Răspuns în portal: solicitantul nu are adresă
macro-plan-undo = O singură anulare readuce totul; răspunsul, cât timp nu a fost trimis.
told-macro = Macrocomandă rulată
fact-macro-run = Macrocomanda { $title } a fost rulată
keys-macro = Rulează o macrocomandă
error-macro-empty = Alegeți cel puțin un pas: o macrocomandă fără pași nu face nimic.
error-macro-snooze = Scrieți „reply” sau un număr cu m, h, d ori w, de exemplu 4h sau 3d, cel mult 366 de zile.
error-macro-status = Niciun fel de tichet nu are starea „{ $status }”.
error-macro-code = Alegeți și o stare: felul în care s-a rezolvat ține de schimbarea stării.
error-macro-place = Puteți scrie macrocomenzi pentru dvs., birourile și echipele dvs. Cele pentru toți le scriu administratorii.
error-macro-other-desk = Această macrocomandă este pentru tichetele altui birou.
error-macro-gone = Ce numește macrocomanda aici nu mai există. Modificați macrocomanda.
error-macro-own = Este propria dvs. solicitare: o macrocomandă nu vă scrie în numele biroului.
