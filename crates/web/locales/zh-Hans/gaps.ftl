# Small things that belong to several pages: callers without an address, the requester of a ticket, what must be logged.
gaps-desk-time = 解决工单前必须记录工时
gaps-desk-time-help = 在有人为该工单记录至少一分钟工时之前，无法将其标为已解决。
error-caller-needed = 请填写是谁：姓名、电话号码或电子邮件地址。
error-caller-which = 已有 { $n } 人名叫 { $name }。请从列表中选择，或为新人员补充电话或地址。
error-caller-number = 已有 { $n } 人使用这个号码。请从列表中选择，或补充姓名。
gaps-caller-find = 姓名、电话或电子邮件。新人员只需其中一项。
gaps-no-address = 无：没有已知的电子邮件地址
gaps-requester-change = 更改请求人
gaps-requester-who = 这是为谁处理的？
gaps-requester-new = 新人员：姓名和电话
gaps-requester-keep = 将 { $name } 保留为抄送
gaps-requester-do = 更改请求人
gaps-requester-consequence = 此后回复发给新请求人，工单归其组织。{ $name } 仅在抄送时可见。不会通知任何人。
