### Webhooks, outgoing mail, what was set aside, the journal and health, for administrators.

error-webhook-url = This is not an address that can be called: it begins with https:// or http:// and holds no name or password.
error-webhook-event = There is no event “{$event}”. The events are listed in the description of the API.
error-webhooks-many = There can be at most {$max} webhooks; remove one first.
error-webhook-inactive = This webhook is switched off; switch it on to try it.
