bulk-all = Tot ce este în această listă, nu doar ce se vede
bulk-look-title = { $n ->
    [one] Modifică { $n } tichet
    [few] Modifică { $n } tichete
   *[other] Modifică { $n } de tichete
}
bulk-look-found = Găsite după
bulk-look-some = S-au încercat primele { $looked } din { $n } și s-au readus la loc:
bulk-look-all = Toate s-au încercat și s-au readus la loc:
bulk-look-changed = { $n ->
    [one] { $n } s-ar modifica
    [few] { $n } s-ar modifica
   *[other] { $n } s-ar modifica
}
bulk-look-refused = { $n ->
    [one] { $n } nu se poate modifica:
    [few] { $n } nu se pot modifica:
   *[other] { $n } nu se pot modifica:
}
bulk-look-mails = { $n ->
    [one] Trimite { $n } răspuns
    [few] Trimite { $n } răspunsuri, câte unul pentru fiecare tichet
   *[other] Trimite { $n } de răspunsuri, câte unul pentru fiecare tichet
}
bulk-look-mails-help = Fără această bifă nu se scrie nimănui, iar restul se face. Ce s-a trimis nu mai poate fi retras.
bulk-look-undo = Rulează în fundal. Poate fi oprită, iar timp de o zi anulată dintr-o dată.
bulk-look-do = { $n ->
    [one] Modifică { $n } tichet
    [few] Modifică { $n } tichete
   *[other] Modifică { $n } de tichete
}
bulk-run-title = Modificarea mai multor tichete
bulk-run-progress = Progres
bulk-run-of = { $done } din { $n }
bulk-run-leave = Puteți părăsi pagina: lucrul continuă, iar drumul înapoi rămâne în bara laterală.
bulk-run-stop = Oprește
bulk-run-undo = Anulează tot
bulk-run-again = Vezi din nou
bulk-run-running = Tichetele se modifică.
bulk-run-undoing = Modificarea se anulează.
bulk-run-undone = Modificarea a fost anulată.
bulk-run-stopped = Oprită. Ce s-a modificat până atunci rămâne.
bulk-run-done = Gata.
bulk-run-kept = { $n ->
    [one] { $n } a păstrat ceva modificat între timp:
    [few] { $n } au păstrat ceva modificat între timp:
   *[other] { $n } au păstrat ceva modificat între timp:
}
bulk-run-more = { $n ->
    [one] și încă { $n }
    [few] și încă { $n }
   *[other] și încă { $n }
}
bulk-working = Se modifică tichete: { $done } din { $n }
bulk-working-back = Se anulează: { $done } din { $n }
error-bulk-none = Nu este vizat niciun tichet: lista e goală sau nu aveți acces la ce ați numit.
error-bulk-max = Se pot modifica cel mult { $max } de tichete deodată. Restrângeți interogarea.
error-bulk-mails = Lista s-a schimbat: acum s-ar scrie către { $n } solicitanți. Priviți din nou înainte de a confirma.
error-bulk-runs = Aveți deja { $max } modificări în curs. Așteptați să se termine una sau opriți una.
error-bulk-ended = S-a încheiat deja.
error-bulk-which = Numiți fie o interogare, fie tichete.
error-bulk-unread = Marcarea ca citite sau necitite se face pentru tichetele alese unul câte unul.
