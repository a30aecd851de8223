# The record of a ticket: tasks, time worked, links, putting off, who takes part, properties in place, and logging a call.
view-snoozed = Atliktie
duration-minutes = { $m } min
duration-hours = { $h } h
duration-both = { $h } h { $m } min
work-work = darbs
work-travel = ceļš
work-meeting = sanāksme
work-call = zvans
work-on-site = izbraukums
work-research = izpēte
fact-task-added = Pievienots uzdevums: { $task }
fact-task-changed = Mainīts uzdevums: { $task }
fact-task-done = Paveikts uzdevums: { $task }
fact-task-reopened = Uzdevums atkal atvērts: { $task }
fact-task-removed = Noņemts uzdevums: { $task }
fact-task-restored = Atjaunots uzdevums: { $task }
fact-time-logged = Nostrādāts { $time } ({ $work })
fact-time-changed = Nostrādātais laiks labots no { $from } uz { $to }
fact-time-removed = Atsaukts nostrādātais laiks: { $time }
fact-snoozed = Atlikts līdz { $at }
fact-snoozed-reply = Atlikts līdz atbildei
fact-woke-time = Atpakaļ no atlikšanas: laiks ir pienācis
fact-woke-message = Atpakaļ no atlikšanas: kāds atrakstīja
fact-woke-done = Atlikšana beigusies: pieteikums ir pabeigts
fact-woke-hand = Atlikšana atcelta
error-tasks-open = { $n ->
    [zero] Vēl nav paveikti { $n } obligāti uzdevumi: { $tasks }. Vispirms pabeidziet tos vai padariet par neobligātiem.
    [one] Vēl nav paveikts { $n } obligāts uzdevums: { $tasks }. Vispirms pabeidziet to vai padariet par neobligātu.
   *[other] Vēl nav paveikti { $n } obligāti uzdevumi: { $tasks }. Vispirms pabeidziet tos vai padariet par neobligātiem.
}
error-task-waits = { $n ->
    [zero] Šis uzdevums gaida citus: { $tasks }.
    [one] Šis uzdevums gaida citu: { $tasks }.
   *[other] Šis uzdevums gaida citus: { $tasks }.
}
error-task-circle = “{ $task }” jau gaida šo uzdevumu; tie mūžīgi gaidītu viens otru.
error-task-unknown = Izvēlieties šī pieteikuma uzdevumu.
error-tasks-max = Pieteikumā ir ne vairāk kā { $max } uzdevumu. Pabeidziet vai noņemiet kādu vai atveriet citu pieteikumu.
error-time-needed = Šis dienests grib zināt, cik ilgi strādāts. Ierakstiet nostrādāto laiku un tad atrisiniet.
error-time-ahead = Izvēlieties laiku, kas jau pagājis.
error-time-own-only = Nostrādāto laiku labo tikai tā autors un administratori.
error-started-at = Norādiet laiku, piemēram, 2026-03-12T08:30:00Z.
error-snooze-until = Izvēlieties laiku nākotnē, ne vēlāk kā pēc gada.
error-snooze-done = Pabeigto neatliek. Vispirms atveriet to no jauna.
