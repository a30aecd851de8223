# Tāfeles un kalendāri

shape-board = Tāfele
shape-calendar = Kalendārs
shape-board-by = Kolonnas: { $what }
shape-calendar-by = Datums: { $what }
board-label = Tāfele: { $list }
board-empty = Šeit nekā nav
board-all = { $n ->
    [zero] Rādīt visus { $n } sarakstā
    [one] Rādīt { $n } pieteikumu sarakstā
   *[other] Rādīt visus { $n } sarakstā
 }
board-hint-beside = starp kolonnām
board-hint-move = pārvieto pieteikumu
board-hint-drag = Velciet pieteikumus starp kolonnām
calendar-label = { $list }, { $month }
calendar-earlier = Iepriekšējais mēnesis
calendar-later = Nākamais mēnesis
calendar-today = Šis mēnesis
calendar-more = vēl { $n }
calendar-none = Šajā mēnesī nevienam skata pieteikumam nav šāda datuma.
calendar-day = { $weekday }, { $day }: { $n ->
    [zero] { $n } pieteikumu
    [one] { $n } pieteikums
   *[other] { $n } pieteikumi
 }
view-shape = Rādīt kā
view-shape-list = Saraksts
view-date = Datums kalendārā
view-date-help = Skatiem, ko rāda kā kalendāru.
error-turn-step = No tā stāvokļa uz šo kolonnu neved neviens solis.
month-alone = { $month ->
    [1] janvāris
    [2] februāris
    [3] marts
    [4] aprīlis
    [5] maijs
    [6] jūnijs
    [7] jūlijs
    [8] augusts
    [9] septembris
    [10] oktobris
    [11] novembris
   *[other] decembris
 }
month-title = { $year }. gada { month-alone }
weekday-short = { $day ->
    [1] P
    [2] O
    [3] T
    [4] C
    [5] Pk
    [6] S
   *[other] Sv
 }
weekday-long = { $day ->
    [1] pirmdiena
    [2] otrdiena
    [3] trešdiena
    [4] ceturtdiena
    [5] piektdiena
    [6] sestdiena
   *[other] svētdiena
 }
