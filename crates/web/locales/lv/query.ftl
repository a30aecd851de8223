# Vaicājumu valoda: ieteikumi un paskaidrojums

error-query-too-costly = Šis vaicājums aizņemtu pārāk ilgu laiku, galvenokārt “{ $part }” dēļ. Izlaidiet dažus vārdus vai variantus. ({ $at }. rakstzīme)
query-shows = Rāda: { $what }
query-all-tickets = visi pieteikumi
query-tickets = pieteikumi
query-such-tickets = { $which } pieteikumi
query-flag-open = atvērti
query-flag-done = pabeigti
query-flag-assigned = piešķirti
query-flag-unassigned = nepiešķirti
query-flag-merged = apvienoti
query-flag-snoozed = atlikti
query-flag-not-merged = neapvienoti
query-flag-not-snoozed = neatlikti
query-not = izņemot ({ $what })
query-with-reply = ar atbildi
query-without-reply = bez atbildes
query-with-held = ar aizturētiem ziņojumiem
query-without-held = bez aizturētiem ziņojumiem
query-between-ago = { $field }: pirms { $from } līdz { $to }
query-with-attachment = ar pielikumiem
query-without-attachment = bez pielikumiem
query-with-tag = ar birkām
query-without-tag = bez birkām
query-with-link = ar saitēm
query-without-link = bez saitēm
query-with-cc = ar kopijas saņēmējiem
query-without-cc = bez kopijas saņēmējiem
query-or = { $one } vai { $other }
query-field-is = { $field }: { $values }
query-field-not = { $field }: nav { $values }
query-field-any = { $field }: nav tukšs
query-field-none = { $field }: nav
query-none = nav
query-me = es
query-yes = jā
query-no = nē
query-quoted = “{ $text }”
query-text = ar vārdu “{ $text }”
query-no-text = bez vārda “{ $text }”
query-younger = { $field }: mazāk nekā pirms { $length }
query-at-most-ago = { $field }: ne agrāk kā pirms { $length }
query-older = { $field }: vairāk nekā pirms { $length }
query-at-least-ago = { $field }: vismaz pirms { $length }
query-before = { $field }: agrāk nekā { $when }
query-until = { $field }: ne vēlāk kā { $when }
query-after = { $field }: vēlāk nekā { $when }
query-from = { $field }: ne agrāk kā { $when }
query-time-now = tagad
query-time-today = šodien
query-time-yesterday = vakar
query-time-tomorrow = rīt
query-time-this-week = šī nedēļa
query-time-last-week = pagājusī nedēļa
query-time-next-week = nākamā nedēļa
query-time-this-month = šis mēnesis
query-time-last-month = pagājušais mēnesis
query-time-next-month = nākamais mēnesis
query-time-this-quarter = šis ceturksnis
query-time-last-quarter = pagājušais ceturksnis
query-time-next-quarter = nākamais ceturksnis
query-time-this-year = šis gads
query-time-last-year = pagājušais gads
query-time-next-year = nākamais gads
query-sorted = kārtots pēc: { $fields }
query-label-closed = Slēgts
query-label-resolved = Atrisināts
query-label-mentions = Piemin
query-label-watcher = Dalībnieks
query-label-is = Stāvoklis
query-label-has = Satur
query-about-assignee = kas pie tā strādā
query-about-category = kategorija ar visām apakškategorijām
query-about-channel = kā tas saņemts
query-about-closed = kad slēgts
query-about-created = kad atvērts
query-about-desk = dienests, kas atbild
query-about-has = pielikums, birka, saite, kopija
query-about-impact = cik daudzus tas skar
query-about-is = atvērts, nepiešķirts, atlikts u. c.
query-about-kind = incidents, pieprasījums, jautājums u. c.
query-about-language = sarakstes valoda
query-about-mentions = kas pieminēts piezīmē
query-about-number = pieteikuma numurs
query-about-organisation = pieteicēja organizācija
query-about-priority = no zemas līdz kritiskai
query-about-requester = kas pieteica
query-about-resolved = kad atrisināts
query-about-service = vārdi pakalpojuma nosaukumā
query-about-status = statuss, piemēram, pending
query-about-tag = birka
query-about-team = komanda
query-about-title = vārdi virsrakstā
query-about-turn = kura kārta
query-about-updated = kad pēdējoreiz mainīts
query-about-urgency = cik tas steidzams
query-about-watcher = kas piedalās vai seko
query-about-sort = secība
query-about-or = jebkurš no abiem
query-about-not = viss, izņemot turpmāko
query-op-less = mazāk vai nesenāk
query-op-more = vairāk vai senāk
query-suggestions = Ieteikumi
query-descending = dilstoši
query-ascending = augoši
query-length-minutes = { $n ->
    [zero] { $n } minūtēm
    [one] { $n } minūtes
    *[other] { $n } minūtēm
}
query-length-hours = { $n ->
    [zero] { $n } stundām
    [one] { $n } stundas
    *[other] { $n } stundām
}
query-length-days = { $n ->
    [zero] { $n } dienām
    [one] { $n } dienas
    *[other] { $n } dienām
}
query-length-weeks = { $n ->
    [zero] { $n } nedēļām
    [one] { $n } nedēļas
    *[other] { $n } nedēļām
}
