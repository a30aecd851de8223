# Saraksti kā faili

export-title = Eksportēt
export-csv = CSV
export-xlsx = Excel darbgrāmata (XLSX)
export-json = JSON, pilni pieteikumi
export-nothing = Vispirms izlabojiet filtru.
export-begun = Eksports ir sākts.
export-progress = Eksportēti: { $n } no { $total } pieteikumiem
export-broken = Eksports tika pārtraukts. Fails nav pilnīgs; sāciet vēlreiz.
export-done = { $n ->
     [zero] Eksportēti { $n } pieteikumu.
     [one] Eksportēts { $n } pieteikums.
    *[other] Eksportēti { $n } pieteikumi.
 }
