### Coming in
sign-in-passkey = 使用通行密钥登录
sign-in-or = 或
sign-in-forgotten = 忘记密码？
sign-in-told-password = 新密码已设置，请用新密码登录。
sign-in-told-step = 时间过长，请重新登录。
back-to-sign-in = 返回登录
passkey-failed = 未能使用通行密钥。请重试，或换一种方式。
error-passkey = 此通行密钥在这里不被识别，或响应太迟。请重试，或用密码登录。
error-by-browser-only = 此操作须在浏览器的个人页面完成，不能通过令牌进行。
error-confirm-first = 请先用密码或第二因素确认是您本人。
error-app-is-set-up = 已设置身份验证器应用。如需换用其他应用，请先移除它。
error-person-signs-in = 此人已可登录。如忘记密码，可在登录页点“忘记密码？”获取链接。

### The second step
second-title = 还差一步
second-lead = 密码正确。请再确认是您本人。
second-lead-passkey = 密码正确。现在请使用您的通行密钥。
second-code = 应用中的验证码
second-code-help = 身份验证器应用中的六位数字，也可使用恢复码。
second-recovery = 恢复码
second-recovery-help = 添加通行密钥时保存的恢复码之一。
second-wrong = 验证码不正确或已被使用。请等下一个验证码再试。
second-locked = 错误次数过多，请在 { $n } 分钟后重试。
second-start-again = 以其他身份登录
enrol-title = 设置第二因素
enrol-required = 这里的每位工作人员登录时还需输入手机上的验证码。只需设置一次，一分钟即可。
enrol-scan = 在手机上打开身份验证器应用，扫描此二维码。
enrol-qr = 身份验证器应用的二维码
enrol-by-hand = 无法扫描？
enrol-by-hand-text = 请在应用中手动输入此密钥（类型：基于时间）。
enrol-open-app = 在此设备的应用中打开
enrol-type = 输入应用当前显示的六位数字。
enrol-confirm = 启用
codes-title = 您的恢复码
codes-keep = 请打印这些恢复码或存入密码管理器。手机不在身边时，每个恢复码可登录一次。
codes-once = 仅显示这一次。
codes-kept = 我已保存

### Forgotten passwords and invitations
reset-title = 新密码
reset-lead = 请输入您的邮箱，我们会发送用于设置新密码的链接。
reset-ask = 发送链接
reset-sent = 如果该邮箱已登记，邮件即将送达。邮件中的链接一小时内有效。
reset-sent-hint = 几分钟后仍未收到？请查看垃圾邮件，或联系管理员。
reset-new-title = 设置新密码
reset-new-lead = 您将在所有浏览器中退出登录，API 令牌也会失效。
reset-set = 设置密码
new-password = 新密码
new-password-help = 至少 { $n } 个字符。几个词连在一起既好记又难猜。
invitation-title = 欢迎，{ $name }
invitation-lead = 您受邀加入{ $company }的服务台。设置密码即可进入。
invitation-lead-plain = 您受邀加入服务台。设置密码即可进入。
invitation-accept = 设置密码并开始
link-ended-title = 此链接已失效
link-ended-reset = 链接已被使用或已超过一小时，请重新获取。
link-ended-invitation = 链接已被使用或已超过一天。请登录，或请邀请人重新发送。
link-ask-again = 重新获取链接

### Letters
letter-reset-subject = { $site }：设置新密码
letter-reset-text = 您好！有人（很可能是您本人）为此邮箱申请了新密码。请通过以下链接设置；链接仅可使用一次，一小时内有效。
letter-reset-else = 如果不是您本人操作，无需理会，密码不会改变。
letter-invitation-subject = { $site } 邀请您加入
letter-invitation-text = { $name }，您好！您受邀加入 { $site } 服务台。请通过以下链接设置密码；链接仅可使用一次，24 小时内有效。
letter-invitation-else = 如果您不清楚此事，无需理会。
