### Webhooks, outgoing mail, what was set aside, the journal and health, for administrators.

error-webhook-url = Adresa nu poate fi apelată: trebuie să înceapă cu https:// sau http:// și să nu conțină nume sau parolă.
error-webhook-event = Evenimentul „{$event}” nu există. Evenimentele sunt enumerate în descrierea API-ului.
error-webhooks-many = Pot exista cel mult {$max} webhookuri; ștergeți mai întâi unul.
error-webhook-inactive = Acest webhook este oprit; porniți-l ca să îl încercați.
