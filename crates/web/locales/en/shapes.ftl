# Boards and calendars

shape-board = Board
shape-calendar = Calendar
shape-board-by = Columns: { $what }
shape-calendar-by = Date: { $what }
board-label = Board of { $list }
board-empty = Nothing here
board-all = { $n ->
    [one] Show { $n } ticket as a list
   *[other] Show all { $n } as a list
 }
board-hint-beside = between columns
board-hint-move = move the ticket
board-hint-drag = Drag tickets between columns
calendar-label = { $list }, { $month }
calendar-earlier = Month before
calendar-later = Month after
calendar-today = This month
calendar-more = { $n } more
calendar-none = No ticket of this view has this date in this month.
calendar-day = { $weekday }, { $day }: { $n ->
    [one] { $n } ticket
   *[other] { $n } tickets
 }
view-shape = Shown as
view-shape-list = List
view-date = Date in the calendar
view-date-help = For views that are shown as a calendar.
error-turn-step = There is no step from its status to that column.
month-alone = { $month ->
    [1] January
    [2] February
    [3] March
    [4] April
    [5] May
    [6] June
    [7] July
    [8] August
    [9] September
    [10] October
    [11] November
   *[other] December
 }
month-title = { month-alone } { $year }
weekday-short = { $day ->
    [1] Mon
    [2] Tue
    [3] Wed
    [4] Thu
    [5] Fri
    [6] Sat
   *[other] Sun
 }
weekday-long = { $day ->
    [1] Monday
    [2] Tuesday
    [3] Wednesday
    [4] Thursday
    [5] Friday
    [6] Saturday
   *[other] Sunday
 }
