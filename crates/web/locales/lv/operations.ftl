### Webhooks, outgoing mail, what was set aside, the journal and health, for administrators.

error-webhook-url = Šo adresi nevar izsaukt: tai jāsākas ar https:// vai http://, un tajā nedrīkst būt lietotājvārda vai paroles.
error-webhook-event = Notikuma “{$event}” nav. Notikumi ir uzskaitīti API aprakstā.
error-webhooks-many = Var būt ne vairāk kā {$max} tīmekļa aizķeres; vispirms noņemiet kādu.
error-webhook-inactive = Šī tīmekļa aizķere ir izslēgta; ieslēdziet to, lai izmēģinātu.
