error-search-words = Meklēšanā var būt ne vairāk kā { $words } vārdi, katrā līdz { $letters } burtiem. Meklējiet pēc svarīgākajiem vārdiem.
error-search-kind = Veidu “{ $kind }” meklēt nevar. Lietojiet ticket, person vai organisation.
search-title = Meklēšana
search-placeholder = Vārdi, "frāze", numurs vai nosacījums, piemēram, desk:it
search-do = Meklēt
search-hint = Meklē virsrakstos, numuros, birkās, ziņojumos, ko drīkstat lasīt, un tiem pievienoto failu tekstā, jebkurā vārda formā, ar garumzīmēm vai bez tām. Pēdiņas tur vārdus kopā, mīnuss priekšā izslēdz, nosacījumi, piemēram, status:open vai created<7d, sašaurina.
search-kinds = Ko meklēt
search-all = Viss
search-tickets = Pieteikumi
search-people = Cilvēki un organizācijas
search-none = Pēc „{ $text }” nekas nav atrasts
search-none-hint = Mēģiniet ar mazāk vai citiem vārdiem. Viens burts var būt nepareizs, un garumzīmēm nav nozīmes.
search-building = Meklēšanas indekss tiek veidots: { $percent } %. Jaunākie pieteikumi tajā jau ir.
search-pages = Rezultātu lapas
search-before = Iepriekšējā
search-behind = Nākamā
search-narrow = Sašaurināt rezultātus
search-count = { $n ->
    [zero] { $n } pieteikumu
    [one] { $n } pieteikums
   *[other] { $n } pieteikumi
    }
search-many = Piemērotākie pieteikumi: { $n }; ar vairāk vārdiem atradīsiet citus
similar-title = Līdzīgi pieteikumi
