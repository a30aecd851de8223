# Limbajul de interogare: completare și explicare

error-query-too-costly = Această interogare ar dura prea mult, mai ales din cauza „{ $part }”. Renunțați la unele cuvinte sau alternative. (caracterul { $at })
query-shows = Se afișează: { $what }
query-all-tickets = toate tichetele
query-tickets = tichete
query-such-tickets = tichete { $which }
query-flag-open = deschise
query-flag-done = încheiate
query-flag-assigned = atribuite
query-flag-unassigned = neatribuite
query-flag-merged = comasate
query-flag-snoozed = amânate
query-flag-not-merged = necomasate
query-flag-not-snoozed = neamânate
query-not = cu excepția ({ $what })
query-with-reply = cu răspuns
query-without-reply = fără răspuns
query-with-held = cu mesaje reținute
query-without-held = fără mesaje reținute
query-between-ago = { $field }: acum { $from } – { $to }
query-with-attachment = cu atașamente
query-without-attachment = fără atașamente
query-with-tag = cu etichete
query-without-tag = fără etichete
query-with-link = cu legături
query-without-link = fără legături
query-with-cc = cu persoane în copie
query-without-cc = fără persoane în copie
query-or = { $one } sau { $other }
query-field-is = { $field }: { $values }
query-field-not = { $field }: nu { $values }
query-field-any = { $field }: completat
query-field-none = { $field }: lipsește
query-none = lipsește
query-me = eu
query-yes = da
query-no = nu
query-quoted = „{ $text }”
query-text = cu „{ $text }”
query-no-text = fără „{ $text }”
query-younger = { $field }: acum mai puțin de { $length }
query-at-most-ago = { $field }: acum cel mult { $length }
query-older = { $field }: acum mai mult de { $length }
query-at-least-ago = { $field }: acum cel puțin { $length }
query-before = { $field }: înainte de { $when }
query-until = { $field }: cel târziu { $when }
query-after = { $field }: după { $when }
query-from = { $field }: cel devreme { $when }
query-time-now = acum
query-time-today = astăzi
query-time-yesterday = ieri
query-time-tomorrow = mâine
query-time-this-week = săptămâna aceasta
query-time-last-week = săptămâna trecută
query-time-next-week = săptămâna viitoare
query-time-this-month = luna aceasta
query-time-last-month = luna trecută
query-time-next-month = luna viitoare
query-time-this-quarter = trimestrul acesta
query-time-last-quarter = trimestrul trecut
query-time-next-quarter = trimestrul viitor
query-time-this-year = anul acesta
query-time-last-year = anul trecut
query-time-next-year = anul viitor
query-sorted = sortate după: { $fields }
query-label-closed = Închis
query-label-resolved = Rezolvat
query-label-mentions = Menționează
query-label-watcher = Participant
query-label-is = Stare
query-label-has = Conține
query-about-assignee = cine lucrează la tichet
query-about-category = categoria, cu tot ce e sub ea
query-about-channel = cum a sosit
query-about-closed = când a fost închis
query-about-created = când a fost deschis
query-about-desk = biroul care răspunde
query-about-has = atașament, etichetă, legătură, copie
query-about-impact = câți sunt afectați
query-about-is = deschis, neatribuit, amânat…
query-about-kind = incident, cerere, întrebare…
query-about-language = limba conversației
query-about-mentions = cine este menționat într-o notă
query-about-number = numărul tichetului
query-about-organisation = organizația solicitantului
query-about-priority = de la scăzută la critică
query-about-requester = cine a cerut
query-about-resolved = când a fost rezolvat
query-about-service = cuvinte din numele serviciului
query-about-status = o stare, de exemplu pending
query-about-tag = o etichetă
query-about-team = echipa
query-about-title = cuvinte din titlu
query-about-turn = cine urmează
query-about-updated = când s-a modificat ultima dată
query-about-urgency = cât de repede e nevoie
query-about-watcher = cine participă sau urmărește
query-about-sort = ordinea
query-about-or = oricare dintre cele două
query-about-not = tot, în afară de ce urmează
query-op-less = mai mic sau mai recent
query-op-more = mai mare sau mai vechi
query-suggestions = Sugestii
query-descending = descrescător
query-ascending = crescător
query-length-minutes = { $n ->
    [one] un minut
    [few] { $n } minute
    *[other] { $n } de minute
}
query-length-hours = { $n ->
    [one] o oră
    [few] { $n } ore
    *[other] { $n } de ore
}
query-length-days = { $n ->
    [one] o zi
    [few] { $n } zile
    *[other] { $n } de zile
}
query-length-weeks = { $n ->
    [one] o săptămână
    [few] { $n } săptămâni
    *[other] { $n } de săptămâni
}
