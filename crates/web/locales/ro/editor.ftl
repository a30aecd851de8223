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
editor-link-set = Setează linkul
editor-link-invalid = Introduceți o adresă web sau de e-mail. Lăsați câmpul gol ca să eliminați linkul.
editor-undo = Anulează
editor-redo = Refă
editor-attach = Atașează fișiere
editor-attach-limit = Cel mult { $size } fiecare; le puteți și trage sau lipi aici
editor-canned = Inserează un răspuns salvat
editor-mention = Menționează un coleg
editor-files = Fișiere atașate
editor-file-remove = Elimină { $name }
editor-file-failed = { $name } nu a putut fi încărcat. Verificați conexiunea și atașați-l din nou.
editor-file-large = { $name } este prea mare: cel mult { $size } pe fișier.
editor-file-busy = Un fișier încă se încarcă. Trimiteți din nou peste o clipă.
editor-files-max = { $max ->
        [one] La un mesaj se poate atașa cel mult un fișier.
        [few] La un mesaj se pot atașa cel mult { $max } fișiere.
       *[other] La un mesaj se pot atașa cel mult { $max } de fișiere.
    }
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
        [one] { $people } va fi notificat(ă).
        [few] { $people } vor fi notificați.
       *[other] { $people } vor fi notificați.
    }
error-mention-note = Doar o notă poate menționa colegi. Nimeni din afară nu trebuie să le citească numele.
error-mention-unknown = Una dintre persoanele menționate nu poate vedea acest tichet. Ștergeți numele sau dați-i acces la birou.
view-mentions = Mențiuni
canned-title = Răspunsuri salvate
canned-about = Texte folosite des. Tastați / într-un răspuns ca să inserați unul; numele dintre acolade duble se completează după tichet.
canned-words = răspunsuri predefinite, macrocomenzi, șabloane, texte standard
canned-none = Încă nu există niciunul. Scrieți-l pe primul: răspunsul pe care l-ați dat cel mai des săptămâna aceasta.
canned-new = Răspuns salvat nou
canned-edit = Răspuns salvat
canned-name = Titlu
canned-shortcut = Scurtătură
canned-shortcut-help = Ce se tastează după /: litere, cifre, cratime.
canned-place = Pentru cine
canned-place-help = Pe ale dvs. le vedeți doar dvs.
canned-mine = Doar eu
canned-everybody = Toți
canned-language = Limba
canned-languages = Limbile acestui text
canned-text = Text
canned-names-help = Se completează:
canned-save = Salvează
canned-remove = Șterge
canned-remove-language = Șterge { $language }
canned-uses = { $n ->
     [one] folosit o dată
     [few] folosit de { $n } ori
    *[other] folosit de { $n } de ori
    }
error-canned-name = „{ $name }” nu poate fi completat. Nume cunoscute: { $known }.
error-canned-shortcut = Doar litere, cifre și cratime; numărul maxim: { $max }.
error-canned-place = Puteți scrie răspunsuri salvate pentru dvs., birourile și echipele dvs. Cele pentru toți le scriu administratorii.
forward-title = Redirecționează
forward-about = Destinatarul vede doar acest mesaj și nimic altceva din tichet. Răspunsurile lui revin ca o conversație paralelă; solicitantul nu le vede niciodată.
forward-own = Mesajul dvs. (opțional)
forward-begins = Mesaj redirecționat
forward-from = De la
forward-date = Data
forward-subject = Subiect
forward-files = Fișiere de inclus
forward-send = Redirecționează
preview-download = Descarcă
preview-download-one = Descarcă { $name }
preview-look = Vezi { $name }
preview-open = Deschide într-o filă nouă
preview-back = Înapoi la mesaj
preview-cut = Se arată doar începutul. Descărcați fișierul pentru rest.
preview-none = Acest tip de fișier nu poate fi arătat aici. Descărcați-l și deschideți-l doar dacă aveți încredere în expeditor.
