### Webhooks, outgoing mail, what was set aside, the journal and health, for administrators.

error-webhook-url = Địa chỉ này không gọi được: địa chỉ phải bắt đầu bằng https:// hoặc http:// và không chứa tên hay mật khẩu.
error-webhook-event = Không có sự kiện “{$event}”. Danh sách sự kiện nằm trong tài liệu API.
error-webhooks-many = Chỉ được có tối đa {$max} webhook; hãy xóa bớt một webhook trước.
error-webhook-inactive = Webhook này đang tắt; hãy bật lên để thử.
