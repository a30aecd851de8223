# Liste ca fișiere

export-title = Exportă
export-csv = CSV
export-xlsx = Registru Excel (XLSX)
export-json = JSON, tichete complete
export-nothing = Corectați mai întâi filtrul.
export-begun = Exportul a început.
export-progress = Exportate: { $n } din { $total } tichete
export-broken = Exportul a fost întrerupt. Fișierul nu este complet; porniți-l din nou.
export-done = { $n ->
     [one] { $n } tichet exportat.
     [few] { $n } tichete exportate.
    *[other] { $n } de tichete exportate.
 }
