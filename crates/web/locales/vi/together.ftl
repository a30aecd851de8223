## Cùng làm việc
presence-viewing = { $name } đang xem
presence-editing = { $name } đang sửa thuộc tính
presence-noting = { $name } đang viết ghi chú
presence-replying = { $name } đang soạn trả lời
error-presence-place = Tên của trang gồm 8 đến 64 chữ cái, chữ số, dấu gạch nối hoặc gạch dưới.
