# Bảng và lịch

shape-board = Bảng
shape-calendar = Lịch
shape-board-by = Cột: { $what }
shape-calendar-by = Ngày: { $what }
board-label = Bảng của { $list }
board-empty = Không có gì
board-all = Xem cả { $n } phiếu dạng danh sách
board-hint-beside = giữa các cột
board-hint-move = chuyển phiếu
board-hint-drag = Kéo phiếu giữa các cột
calendar-label = { $list }, { $month }
calendar-earlier = Tháng trước
calendar-later = Tháng sau
calendar-today = Tháng này
calendar-more = thêm { $n }
calendar-none = Trong tháng này không có phiếu nào của khung nhìn có ngày này.
calendar-day = { $weekday }, { $day }: { $n } phiếu
view-shape = Hiển thị dạng
view-shape-list = Danh sách
view-date = Ngày trong lịch
view-date-help = Dành cho khung nhìn hiển thị dạng lịch.
error-turn-step = Từ trạng thái hiện tại không có bước nào tới cột đó.
month-alone = Tháng { $month }
month-title = { month-alone } năm { $year }
weekday-short = { $day ->
    [1] T2
    [2] T3
    [3] T4
    [4] T5
    [5] T6
    [6] T7
   *[other] CN
 }
weekday-long = { $day ->
    [1] Thứ Hai
    [2] Thứ Ba
    [3] Thứ Tư
    [4] Thứ Năm
    [5] Thứ Sáu
    [6] Thứ Bảy
   *[other] Chủ nhật
 }
