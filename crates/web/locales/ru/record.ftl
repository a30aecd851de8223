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
fact-snoozed = Отложена до: { $at }
fact-snoozed-reply = Отложена до ответа
fact-woke-time = Снова в работе: срок настал
fact-woke-message = Снова в работе: пришло сообщение
fact-woke-done = Больше не отложена: заявка завершена
fact-woke-hand = Больше не отложена
error-tasks-open = { $n ->
        [one] Не выполнена { $n } обязательная задача: { $tasks }. Сначала выполните её или сделайте необязательной.
        [few] Не выполнены { $n } обязательные задачи: { $tasks }. Сначала выполните их или сделайте необязательными.
        [many] Не выполнено { $n } обязательных задач: { $tasks }. Сначала выполните их или сделайте необязательными.
       *[other] Не выполнено { $n } обязательной задачи: { $tasks }. Сначала выполните их или сделайте необязательными.
    }
error-task-waits = { $n ->
        [one] Задача ждёт другую: { $tasks }.
        [few] Задача ждёт другие: { $tasks }.
        [many] Задача ждёт другие: { $tasks }.
       *[other] Задача ждёт другие: { $tasks }.
    }
error-task-circle = «{ $task }» уже ждёт эту задачу: они ждали бы друг друга вечно.
error-task-unknown = Выберите задачу этой заявки.
error-tasks-max = В заявке не больше { $max } задач. Завершите или удалите часть либо создайте вторую заявку.
error-time-needed = Эта служба требует учёта времени. Запишите затраченное время, затем решите заявку.
error-time-ahead = Выберите время в прошлом.
error-time-own-only = Затраченное время исправляют только автор и администраторы.
error-started-at = Укажите время, например 2026-03-12T08:30:00Z.
error-snooze-until = Выберите время в будущем, не дальше года.
error-snooze-done = Завершённую заявку не откладывают. Сначала откройте её снова.
property-empty = –
panel-save = Сохранить
panel-edit = Изменить
panel-yes = Да
panel-no = Нет
menu-narrow = Отобрать
title-edit = Изменить тему
tags-help = Разделяйте метки пробелами.
matrix-caption = Влияние по строкам, срочность по столбцам
matrix-cell = Влияние: { $impact }, срочность: { $urgency } — { $priority }
consequence-priority = Коллеги увидят сразу. Заявителю не сообщается.
consequence-team = Заявка появится в списках этой команды. Исполнитель остаётся.
consequence-assignee = Заявка перейдёт во входящие исполнителя. Заявителю не сообщается.
consequence-kind = Заявка получит новый номер этого вида; { $number } всегда будет вести сюда. Статус может измениться.
consequence-desk = Дальше отвечают сотрудники той службы. Команда и категория сбрасываются.
consequence-title = В следующих письмах будет новая тема.
consequence-snooze = До этого времени заявки нет во входящих; она вернётся раньше, если кто-то напишет.
consequence-people = В копии получают каждый ответ почтой. Наблюдатель видит заявку, но писем не получает.
consequence-link = Связь видна в обеих заявках. Посторонние о ней не узнают.
caller-vip = VIP
caller-clock = Местное время
caller-before = открытых { $open } из { $all }
caller-organisation-open = открытых: { $n }
caller-latest = Другие заявки
caller-nothing = Других заявок нет.
caller-perhaps = Не об одной из этих?
caller-go-on = продолжить там
copy-this = Скопировать: { $text }
panel-copied = Скопировано.
tasks-title = Задачи
tasks-progress = { $done } из { $all }
task-new = Добавить задачу
task-add = Добавить
task-tick = Выполнено: { $task }
task-edit = Изменить задачу: { $task }
task-title = Что нужно сделать
task-due = Срок
task-late = просрочена
task-list = Список
task-needs = Ждёт
task-waits = ждёт: { $tasks }
task-mandatory = обязательна
task-mandatory-help = Обязательна: пока она не выполнена, заявку не решить
task-up = Выше
task-down = Ниже
task-remove = Удалить задачу
time-title = Затраченное время
time-log = Записать время
time-minutes = Минуты
time-work = Вид работы
time-note = Что сделано
time-billable = оплачивается
time-billable-sum = из них оплачивается { $time }
time-required = Эта служба требует записать время до решения.
time-draft = учтено таймером. Сохранить?
time-keep = Сохранить
time-discard = Отбросить
time-remove = Удалить
time-edit = Исправить: { $time }, { $name }
time-more = { $n ->
    [one] ещё { $n } запись
    [few] ещё { $n } записи
    [many] ещё { $n } записей
   *[other] ещё { $n } записи
}
timer-start = Запустить таймер
timer-resume = Продолжить
timer-pause = Пауза
timer-stop = Стоп
timer-elsewhere = Запущен на
snooze-do = Отложить
snooze-later = Сегодня позже
snooze-tomorrow = Завтра утром
snooze-week = На следующей неделе
snooze-reply = До ответа
snooze-at = До
snoozed-until = Отложена до: { $at }
snoozed-reply = Отложена до ответа
snooze-wake = Вернуть
moment-tomorrow = Завтра, { $time }
watch-start = Наблюдать
watch-stop = Не наблюдать
people-add = Добавить участника
people-who = Имя или эл. почта
people-as-cc = В копию
people-as-watcher = Наблюдателем
people-remove = Убрать: { $name }
link-add = Связать заявку
link-kind = Эта заявка
link-target = Номер или слова темы
link-do = Связать
link-remove = Убрать связь с { $ticket }
told-linked = Связано. Видно в обеих заявках.
told-unlinked = Связь убрана.
told-joined = Добавлено в заявку.
told-left = Больше не участвует в заявке.
told-snoozed = Отложено. Заявка вернётся сама.
told-woken = Заявка снова в работе.
told-task-added = Задача добавлена.
told-task-done = Задача выполнена.
told-task-open = Задача снова открыта.
told-task-moved = Порядок сохранён.
told-task-removed = Задача удалена.
told-task-restored = Задача возвращена.
told-time-logged = Время записано.
told-time-removed = Запись удалена.
told-timer-started = Таймер запущен.
told-timer-paused = Таймер на паузе.
told-timer-stopped = Остановлен. Сохраните или отбросьте учтённое время.
told-timer-nothing = Остановлен. Меньше полуминуты не учитывается.
new-name = Имя
new-channel = Как обратились
new-mine = Назначить мне
new-minutes = Затрачено минут
channel-visit = лично
channel-other = иным путём
channel-noun-phone = Телефон
channel-noun-visit = Визит
channel-noun-other = Другое

ticket-more = Ещё
