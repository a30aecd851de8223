### Webhooks, outgoing mail, what was set aside, the journal and health, for administrators.

error-webhook-url = 无法调用此地址：地址须以 https:// 或 http:// 开头，且不得包含用户名或密码。
error-webhook-event = 没有名为“{$event}”的事件。可用事件见 API 说明。
error-webhooks-many = 最多只能有 {$max} 个 Webhook，请先删除一个。
error-webhook-inactive = 此 Webhook 已停用，请先启用再测试。
