### Webhooks, outgoing mail, what was set aside, the journal and health, for administrators.

error-webhook-url = Этот адрес нельзя вызвать: он должен начинаться с https:// или http:// и не содержать имени и пароля.
error-webhook-event = События «{$event}» нет. Список событий приведён в описании API.
error-webhooks-many = Вебхуков может быть не больше {$max}; сначала удалите один из них.
error-webhook-inactive = Этот вебхук выключен; включите его, чтобы проверить.
