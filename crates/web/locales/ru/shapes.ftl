# Доски и календари

shape-board = Доска
shape-calendar = Календарь
shape-board-by = Столбцы: { $what }
shape-calendar-by = Дата: { $what }
board-label = Доска: { $list }
board-empty = Здесь пусто
board-all = { $n ->
    [one] Показать { $n } заявку списком
    [few] Показать все { $n } списком
    [many] Показать все { $n } списком
   *[other] Показать все { $n } списком
 }
board-hint-beside = между столбцами
board-hint-move = перенести заявку
board-hint-drag = Перетаскивайте заявки между столбцами
calendar-label = { $list }, { $month }
calendar-earlier = Предыдущий месяц
calendar-later = Следующий месяц
calendar-today = Этот месяц
calendar-more = ещё { $n }
calendar-none = В этом месяце нет заявок этого представления с такой датой.
calendar-day = { $weekday }, { $day }: { $n ->
    [one] { $n } заявка
    [few] { $n } заявки
    [many] { $n } заявок
   *[other] { $n } заявки
 }
view-shape = Показывать как
view-shape-list = Список
view-date = Дата в календаре
view-date-help = Для представлений в виде календаря.
error-turn-step = Из её состояния в этот столбец нет перехода.
month-alone = { $month ->
    [1] Январь
    [2] Февраль
    [3] Март
    [4] Апрель
    [5] Май
    [6] Июнь
    [7] Июль
    [8] Август
    [9] Сентябрь
    [10] Октябрь
    [11] Ноябрь
   *[other] Декабрь
 }
month-title = { month-alone } { $year }
weekday-short = { $day ->
    [1] Пн
    [2] Вт
    [3] Ср
    [4] Чт
    [5] Пт
    [6] Сб
   *[other] Вс
 }
weekday-long = { $day ->
    [1] понедельник
    [2] вторник
    [3] среда
    [4] четверг
    [5] пятница
    [6] суббота
   *[other] воскресенье
 }
