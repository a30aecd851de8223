# 收件箱：列表、已读标记、批量修改、撤销

undo-gone = 此操作已无法撤销。
bulk-refused = 无法修改。
bulk-not-found = 不存在，或您无权查看。
bulk-one-edit = 请只指定一项修改。
