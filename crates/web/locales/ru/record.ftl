# The record of a ticket: tasks, time worked, links, putting off, who takes part, properties in place, and logging a call.
view-snoozed = Отложенные
duration-minutes = { $m } мин
duration-hours = { $h } ч
duration-both = { $h } ч { $m } мин
work-work = работа
work-travel = дорога
work-meeting = встреча
work-call = звонок
work-on-site = выезд
work-research = изучение
fact-task-added = Добавлена задача: { $task }
fact-task-changed = Изменена задача: { $task }
fact-task-done = Выполнена задача: { $task }
fact-task-reopened = Задача снова открыта: { $task }
fact-task-removed = Удалена задача: { $task }
fact-task-restored = Возвращена задача: { $task }
fact-time-logged = Затрачено { $time } ({ $work })
fact-time-changed = Затраченное время исправлено с { $from } на { $to }
fact-time-removed = Удалено затраченное время: { $time }
fact-snoozed = Отложена до { $at }
fact-snoozed-reply = Отложена до ответа
fact-woke-time = Снова в работе: срок настал
fact-woke-message = Снова в работе: пришло сообщение
fact-woke-done = Откладывание снято: заявка завершена
fact-woke-hand = Откладывание снято
error-tasks-open = { $n ->
    [one] Не выполнена { $n } обязательная задача: { $tasks }. Сначала выполните её или снимите обязательность.
    [few] Не выполнены { $n } обязательные задачи: { $tasks }. Сначала выполните их или снимите обязательность.
    [many] Не выполнено { $n } обязательных задач: { $tasks }. Сначала выполните их или снимите обязательность.
   *[other] Не выполнено { $n } обязательной задачи: { $tasks }. Сначала выполните их или снимите обязательность.
}
error-task-waits = { $n ->
    [one] Задача ждёт другую: { $tasks }.
    [few] Задача ждёт другие: { $tasks }.
    [many] Задача ждёт другие: { $tasks }.
   *[other] Задача ждёт другие: { $tasks }.
}
error-task-circle = «{ $task }» уже ждёт эту задачу: они ждали бы друг друга вечно.
error-task-unknown = Выберите задачу этой заявки.
error-tasks-max = В заявке не больше { $max } задач. Завершите или удалите часть либо откройте вторую заявку.
error-time-needed = Эта служба учитывает время. Запишите затраченное время, затем решите заявку.
error-time-ahead = Выберите время в прошлом.
error-time-own-only = Затраченное время исправляют только автор и администраторы.
error-started-at = Укажите время, например 2026-03-12T08:30:00Z.
error-snooze-until = Выберите время в будущем, не дальше года.
error-snooze-done = Завершённую заявку не откладывают. Сначала откройте её снова.
