# Hộp việc: danh sách, dấu đã đọc, sửa nhiều phiếu cùng lúc, hoàn tác

undo-gone = Việc này không còn hoàn tác được nữa.
bulk-refused = Không thể thay đổi.
bulk-not-found = Không có, hoặc bạn không được xem.
bulk-one-edit = Hãy nêu đúng một thay đổi.
