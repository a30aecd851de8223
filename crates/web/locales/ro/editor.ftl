### Scrierea
editor-tools = Formatare: { $name }
editor-bold = Aldin
editor-italic = Cursiv
editor-strike = Tăiat
editor-code = Cod
editor-bullets = Listă cu marcatori
editor-numbers = Listă numerotată
editor-quote = Citat
editor-code-block = Bloc de cod
editor-link = Link
editor-link-address = Adresa linkului
editor-link-set = Pune linkul
editor-link-invalid = Introduceți o adresă web sau de e-mail. Lăsați câmpul gol ca să eliminați linkul.
editor-undo = Anulează
editor-redo = Refă
editor-attach = Atașează fișiere
editor-attach-limit = Cel mult { $size } fiecare; le puteți și trage sau lipi aici
editor-canned = Inserează un răspuns salvat
editor-mention = Menționează un coleg
editor-files = Fișiere de trimis
editor-file-remove = Elimină { $name }
editor-file-failed = { $name } nu a putut fi încărcat. Verificați conexiunea și atașați-l din nou.
editor-file-large = { $name } este prea mare: cel mult { $size } pe fișier.
editor-file-busy = Un fișier încă se încarcă. Trimiteți din nou peste o clipă.
editor-files-max = Un mesaj poate avea cel mult { $max } fișiere.
composer-cc-add = Adaugă
composer-cc-add-label = Adaugă pe cineva în CC, după nume sau adresă
composer-address-invalid = Aceasta nu este o adresă de e-mail.
composer-only-requester = Doar solicitantul
composer-everybody = Toți
consequence-joins = { $n ->
     [one] { $people } intră în această conversație și o poate citi.
     [few] { $people } intră în această conversație și o pot citi.
    *[other] { $people } intră în această conversație și o pot citi.
    }
consequence-mentions = { $n ->
     [one] { $people } este anunțat.
     [few] { $people } sunt anunțați.
    *[other] { $people } sunt anunțați.
    }
error-mention-note = Doar o notă poate menționa colegi. Nimeni din afară nu trebuie să le citească numele.
error-mention-unknown = Una dintre persoanele menționate nu poate vedea acest tichet. Ștergeți numele sau dați-i acces la birou.
