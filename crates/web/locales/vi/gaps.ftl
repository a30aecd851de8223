# Small things that belong to several pages: callers without an address, the requester of a ticket, what must be logged.
gaps-desk-time = Phải ghi thời gian làm việc trước khi giải quyết phiếu
gaps-desk-time-help = Không thể giải quyết phiếu khi chưa ai ghi ít nhất một phút làm việc.
error-caller-needed = Hãy cho biết là ai: tên, số điện thoại hoặc địa chỉ e-mail.
error-caller-which = Đã có { $n } người tên { $name }. Hãy chọn trong danh sách, hoặc thêm số điện thoại hay e-mail cho người mới.
error-caller-number = Đã có { $n } người dùng số này. Hãy chọn trong danh sách, hoặc thêm tên.
gaps-caller-find = Tên, số điện thoại hoặc e-mail. Người mới chỉ cần một trong ba.
gaps-no-address = không ai: chưa biết địa chỉ e-mail
gaps-requester-change = Đổi người yêu cầu
gaps-requester-who = Phiếu này cho ai?
gaps-requester-new = Người mới: tên và số điện thoại
gaps-requester-keep = Giữ { $name } trong CC
gaps-requester-do = Đổi người yêu cầu
gaps-requester-consequence = Từ nay câu trả lời gửi đến người yêu cầu mới và phiếu được tính cho tổ chức của họ. { $name } chỉ thấy phiếu khi còn trong CC. Không ai được báo.
