# 看板与日历

shape-board = 看板
shape-calendar = 日历
shape-board-by = 分列：{ $what }
shape-calendar-by = 日期：{ $what }
board-label = { $list }的看板
board-empty = 暂无内容
board-all = 以列表显示全部 { $n } 个
board-hint-beside = 在各列之间
board-hint-move = 移动工单
board-hint-drag = 可在各列之间拖动工单
calendar-label = { $list }，{ $month }
calendar-earlier = 上个月
calendar-later = 下个月
calendar-today = 本月
calendar-more = 另有 { $n } 个
calendar-none = 本月没有此视图的工单属于该日期。
calendar-day = { $weekday }，{ $day }：{ $n } 个工单
view-shape = 显示方式
view-shape-list = 列表
view-date = 日历所用日期
view-date-help = 用于以日历显示的视图。
error-turn-step = 从它当前的状态没有通往该列的步骤。
month-alone = { $month }月
month-title = { $year }年{ month-alone }
weekday-short = { $day ->
    [1] 周一
    [2] 周二
    [3] 周三
    [4] 周四
    [5] 周五
    [6] 周六
   *[other] 周日
 }
weekday-long = { $day ->
    [1] 星期一
    [2] 星期二
    [3] 星期三
    [4] 星期四
    [5] 星期五
    [6] 星期六
   *[other] 星期日
 }
