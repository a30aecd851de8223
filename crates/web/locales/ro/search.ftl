error-search-words = O căutare are cel mult { $words } cuvinte a câte { $letters } litere. Căutați după cuvintele cele mai importante.
error-search-kind = Nu se poate căuta tipul „{ $kind }”. Folosiți ticket, person sau organisation.
search-title = Căutare
search-placeholder = Cuvinte, o "expresie", un număr sau un test precum desk:it
search-do = Caută
search-hint = Căutarea citește titlurile, numerele, etichetele, mesajele pe care le puteți citi și textul fișierelor atașate lor, în orice formă a cuvântului, cu sau fără diacritice. Ghilimelele țin cuvintele împreună, minusul din față exclude, iar teste precum status:open sau created<7d restrâng.
search-kinds = Ce se caută
search-all = Toate
search-tickets = Tichete
search-people = Persoane și organizații
search-none = Nu s-a găsit nimic pentru „{ $text }”
search-none-hint = Încercați cu mai puține cuvinte sau cu altele. O literă poate fi greșită, iar diacriticele nu contează.
search-building = Indexul de căutare se construiește: { $percent } %. Cele mai noi tichete sunt deja în el.
search-pages = Pagini de rezultate
search-before = Înapoi
search-behind = Înainte
search-narrow = Restrângeți rezultatele
search-count = { $n ->
    [one] { $n } tichet
    [few] { $n } tichete
   *[other] { $n } de tichete
    }
search-many = Cele mai potrivite { $n } tichete; mai multe cuvinte găsesc altele
similar-title = Tichete similare
