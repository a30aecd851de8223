# The record of a ticket: tasks, time worked, links, putting off, who takes part, properties in place, and logging a call.
view-snoozed = Amânate
duration-minutes = { $m } min
duration-hours = { $h } h
duration-both = { $h } h { $m } min
work-work = lucru
work-travel = deplasare
work-meeting = ședință
work-call = apel
work-on-site = la fața locului
work-research = documentare
fact-task-added = Sarcină adăugată: { $task }
fact-task-changed = Sarcină modificată: { $task }
fact-task-done = Sarcină încheiată: { $task }
fact-task-reopened = Sarcină redeschisă: { $task }
fact-task-removed = Sarcină ștearsă: { $task }
fact-task-restored = Sarcină readusă: { $task }
fact-time-logged = { $time } lucrate ({ $work })
fact-time-changed = Timp lucrat corectat din { $from } în { $to }
fact-time-removed = { $time } de lucru retrase
fact-snoozed = Amânat până la { $at }
fact-snoozed-reply = Amânat până la un răspuns
fact-woke-time = Revenit din amânare: a sosit momentul
fact-woke-message = Revenit din amânare: a scris cineva
fact-woke-done = Amânare încheiată: tichetul este rezolvat
fact-woke-hand = Scos din amânare
error-tasks-open = { $n ->
    [one] O sarcină obligatorie este încă deschisă: { $tasks }. Încheiați-o sau faceți-o opțională.
    [few] { $n } sarcini obligatorii sunt încă deschise: { $tasks }. Încheiați-le sau faceți-le opționale.
   *[other] { $n } de sarcini obligatorii sunt încă deschise: { $tasks }. Încheiați-le sau faceți-le opționale.
}
error-task-waits = { $n ->
    [one] Sarcina așteaptă alta: { $tasks }.
    [few] Sarcina așteaptă alte { $n }: { $tasks }.
   *[other] Sarcina așteaptă alte { $n }: { $tasks }.
}
error-task-circle = „{ $task }” așteaptă deja această sarcină; s-ar aștepta una pe alta la nesfârșit.
error-task-unknown = Alegeți o sarcină a acestui tichet.
error-tasks-max = Un tichet are cel mult { $max } sarcini. Încheiați sau ștergeți din ele ori deschideți alt tichet.
error-time-needed = Acest birou cere timpul lucrat. Notați timpul, apoi rezolvați tichetul.
error-time-ahead = Alegeți un moment trecut.
error-time-own-only = Timpul lucrat îl corectează doar autorul și administratorii.
error-started-at = Dați un moment precum 2026-03-12T08:30:00Z.
error-snooze-until = Alegeți un moment viitor, cel mult peste un an.
error-snooze-done = Ce este încheiat nu se amână. Redeschideți mai întâi.
