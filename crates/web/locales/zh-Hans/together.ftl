## 协作
presence-viewing = { $name }正在查看
presence-editing = { $name }正在修改属性
presence-noting = { $name }正在写备注
presence-replying = { $name }正在写回复
error-presence-place = 页面名称须为 8 到 64 个字母、数字、连字符或下划线。
