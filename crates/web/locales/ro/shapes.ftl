# Panouri și calendare

shape-board = Panou
shape-calendar = Calendar
shape-board-by = Coloane: { $what }
shape-calendar-by = Data: { $what }
board-label = Panoul listei { $list }
board-empty = Nimic aici
board-all = { $n ->
    [one] Arată { $n } tichet ca listă
    [few] Arată toate cele { $n } ca listă
   *[other] Arată toate cele { $n } ca listă
 }
board-hint-beside = între coloane
board-hint-move = mută tichetul
board-hint-drag = Trageți tichetele între coloane
calendar-label = { $list }, { $month }
calendar-earlier = Luna dinainte
calendar-later = Luna următoare
calendar-today = Luna aceasta
calendar-more = încă { $n }
calendar-none = Niciun tichet al vizualizării nu are această dată în luna aceasta.
calendar-day = { $weekday }, { $day }: { $n ->
    [one] { $n } tichet
    [few] { $n } tichete
   *[other] { $n } de tichete
 }
view-shape = Afișată ca
view-shape-list = Listă
view-date = Data din calendar
view-date-help = Pentru vizualizările afișate ca un calendar.
error-turn-step = Din starea lui nu duce niciun pas la acea coloană.
month-alone = { $month ->
    [1] Ianuarie
    [2] Februarie
    [3] Martie
    [4] Aprilie
    [5] Mai
    [6] Iunie
    [7] Iulie
    [8] August
    [9] Septembrie
    [10] Octombrie
    [11] Noiembrie
   *[other] Decembrie
 }
month-title = { month-alone } { $year }
weekday-short = { $day ->
    [1] lun
    [2] mar
    [3] mie
    [4] joi
    [5] vin
    [6] sâm
   *[other] dum
 }
weekday-long = { $day ->
    [1] luni
    [2] marți
    [3] miercuri
    [4] joi
    [5] vineri
    [6] sâmbătă
   *[other] duminică
 }
