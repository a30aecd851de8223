### Coming in
sign-in-passkey = Đăng nhập bằng passkey
sign-in-or = hoặc
sign-in-forgotten = Quên mật khẩu?
sign-in-told-password = Đã đặt mật khẩu mới. Hãy đăng nhập bằng mật khẩu này.
sign-in-told-step = Đã quá thời gian. Vui lòng đăng nhập lại.
back-to-sign-in = Quay lại đăng nhập
passkey-failed = Chưa dùng được passkey. Hãy thử lại hoặc chọn cách khác.
error-passkey = Passkey này không được nhận ra ở đây hoặc phản hồi đến quá muộn. Hãy thử lại hoặc đăng nhập bằng mật khẩu.
error-by-browser-only = Việc này thực hiện trên trang cá nhân trong trình duyệt, không phải bằng token.
error-confirm-first = Trước tiên hãy xác nhận chính bạn: bằng mật khẩu hoặc yếu tố thứ hai.
error-app-is-set-up = Đã có ứng dụng xác thực. Hãy gỡ ứng dụng đó trước khi thiết lập ứng dụng khác.
error-person-signs-in = Người này đã đăng nhập được. Nếu quên mật khẩu, mục “Quên mật khẩu?” ở trang đăng nhập sẽ gửi liên kết.

### The second step
second-title = Còn một bước nữa
second-lead = Mật khẩu đúng. Giờ hãy xác nhận chính là bạn.
second-lead-passkey = Mật khẩu đúng. Giờ hãy dùng passkey của bạn.
second-code = Mã từ ứng dụng
second-code-help = Sáu chữ số trong ứng dụng xác thực. Mã khôi phục cũng dùng được.
second-recovery = Mã khôi phục
second-recovery-help = Một trong các mã bạn đã cất khi thêm passkey.
second-wrong = Mã này không đúng hoặc đã được dùng. Hãy đợi mã tiếp theo rồi thử lại.
second-locked = Nhập sai mã quá nhiều lần. Thử lại sau { $n } phút.
second-start-again = Đăng nhập bằng tài khoản khác
enrol-title = Thiết lập yếu tố thứ hai
enrol-required = Mọi người làm việc ở đây đều đăng nhập kèm mã trên điện thoại. Chỉ mất một phút, một lần duy nhất.
enrol-scan = Mở ứng dụng xác thực trên điện thoại và quét mã này.
enrol-qr = Mã QR cho ứng dụng xác thực
enrol-by-hand = Không quét được?
enrol-by-hand-text = Nhập khóa này vào ứng dụng. Loại khóa: mã theo thời gian.
enrol-open-app = Mở trong ứng dụng trên thiết bị này
enrol-type = Nhập sáu chữ số mà ứng dụng đang hiển thị.
enrol-confirm = Bật
codes-title = Mã khôi phục của bạn
codes-keep = Hãy in các mã này hoặc lưu trong trình quản lý mật khẩu. Mỗi mã cho phép bạn đăng nhập một lần khi không có điện thoại.
codes-once = Chúng chỉ được hiển thị lần này.
codes-kept = Tôi đã cất giữ

### Forgotten passwords and invitations
reset-title = Mật khẩu mới
reset-lead = Nhập địa chỉ của bạn. Chúng tôi sẽ gửi liên kết để đặt mật khẩu mới.
reset-ask = Gửi liên kết
reset-sent = Nếu địa chỉ này có ở đây, thư đang được gửi. Liên kết trong thư có hiệu lực một giờ.
reset-sent-hint = Sau vài phút vẫn chưa thấy? Hãy xem thư rác hoặc hỏi người quản trị bàn hỗ trợ.
reset-new-title = Chọn mật khẩu mới
reset-new-lead = Mọi trình duyệt của bạn sẽ bị đăng xuất và các token API sẽ hết hiệu lực.
reset-set = Đặt mật khẩu
new-password = Mật khẩu mới
new-password-help = Ít nhất { $n } ký tự. Vài từ liền nhau vừa dễ nhớ vừa khó đoán.
invitation-title = Chào mừng { $name }
invitation-lead = Bạn được mời vào bàn hỗ trợ của { $company }. Chọn mật khẩu là xong.
invitation-lead-plain = Bạn được mời vào bàn hỗ trợ. Chọn mật khẩu là xong.
invitation-accept = Đặt mật khẩu và bắt đầu
link-ended-title = Liên kết này không còn hiệu lực
link-ended-reset = Liên kết đã được dùng hoặc đã quá một giờ. Hãy yêu cầu liên kết khác.
link-ended-invitation = Liên kết đã được dùng hoặc đã quá một ngày. Hãy đăng nhập hoặc nhờ người mời gửi lại.
link-ask-again = Yêu cầu liên kết khác

### Letters
letter-reset-subject = Mật khẩu mới cho { $site }
letter-reset-text = Xin chào, có người (hẳn là bạn) đã yêu cầu mật khẩu mới cho địa chỉ này. Dùng liên kết này để đặt mật khẩu; liên kết dùng được một lần trong vòng một giờ.
letter-reset-else = Nếu không phải bạn, bạn không cần làm gì: mật khẩu vẫn giữ nguyên.
letter-invitation-subject = Lời mời tham gia { $site }
letter-invitation-text = Xin chào { $name }, bạn được mời vào bàn hỗ trợ { $site }. Dùng liên kết này để chọn mật khẩu; liên kết dùng được một lần trong vòng 24 giờ.
letter-invitation-else = Nếu bạn không biết việc này, bạn không cần làm gì.
