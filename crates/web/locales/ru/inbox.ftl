# Входящие: списки, отметки о прочтении, правка нескольких заявок, отмена

undo-gone = Это изменение уже нельзя отменить.
bulk-refused = Изменить не удалось.
bulk-not-found = Такой заявки нет, или она вам недоступна.
bulk-one-edit = Укажите ровно одно изменение.
list-select-all = Выбрать всё на экране
list-sort-by = Сортировать: { $column }
list-sorted-down = отсортировано по убыванию
list-sorted-up = отсортировано по возрастанию
list-width-of = Ширина столбца: { $column }
list-select = Выбрать { $number }
list-unread = не прочитано
list-previous = Предыдущая страница
list-shown = Показано
list-hint-select = выбрать
bulk-title = Изменить выбранные заявки
bulk-selected = Выбрано
bulk-none = Снять выделение
list-column-tags = Метки
list-column-organisation = Организация
list-column-team = Группа
list-column-assignee = Исполнитель
list-column-priority = Приоритет
list-column-status = Статус
list-column-turn = Чей ход
list-column-kind = Вид
list-column-channel = Канал
list-column-language = Язык
list-column-created = Создана
list-column-first-reply = Первый ответ
list-group-day = День последнего изменения
list-newer = Новое
list-left = Больше не в этом списке
list-empty-whole = Показать весь список
list-empty-whole-hint = Без того, что введено в фильтр.
list-empty-everywhere = Искать везде
list-empty-everywhere-hint = И среди завершённых, и в других списках.
list-empty-take = Взять заявку
list-empty-take-hint = Те, что ещё никто не взял.
list-empty-ours = Посмотреть, что ждёт нас
list-empty-ours-hint = Всё, где следующий шаг за нами.
list-empty-mine = У вас нет дел
list-empty-mine-text = Здесь заявки, назначенные вам или взятые вами, по тому, чей сейчас ход.
list-empty-unassigned = У каждой заявки есть исполнитель
list-empty-unassigned-text = Новая заявка лежит здесь, пока её не возьмут. Чтобы назначить, нажмите a в заявке.
list-empty-us = Нас ничего не ждёт
list-empty-us-text = Заявка попадает сюда, когда кто-то пишет, и уходит, когда вы отвечаете.
list-empty-requester = Никто не должен нам ответа
list-empty-requester-text = После ответа заявка лежит здесь, пока заявитель не напишет снова.
list-empty-done = Пока ничего не завершено
list-empty-done-text = Здесь хранятся решённые и закрытые заявки.
list-group-none = Без групп
list-group-by = Группы: { $what }
list-sort-is = Порядок: { $what }
list-columns = Столбцы
list-look = Вид списка
list-group = Группировать
list-sort = Сортировать
list-layout = Расположение
list-layout-full = Список
list-layout-split = Рядом
list-order-newest = { $column }: сначала новые
list-order-oldest = { $column }: сначала старые
list-order-first = { $column }: по убыванию
list-order-last = { $column }: по возрастанию
list-columns-show = Показать эти
list-columns-reset = Как было
bulk-tag = Метки
bulk-tags = Метки через пробел
bulk-tags-add = Добавить
bulk-tags-remove = Убрать
bulk-read = Отметить прочитанными
bulk-unread = Отметить непрочитанными
bulk-changed = { $n ->
         [one] Изменена { $n } заявка.
         [few] Изменены { $n } заявки.
         [many] Изменено { $n } заявок.
        *[other] Изменено { $n } заявки.
    }
bulk-unchanged = { $n ->
         [one] { $n } уже была такой.
         [few] { $n } уже были такими.
         [many] { $n } уже были такими.
        *[other] { $n } уже были такими.
    }
bulk-stayed = { $n ->
         [one] { $n } осталась как была:
         [few] { $n } остались как были:
         [many] { $n } остались как были:
        *[other] { $n } остались как были:
    }
undo-done = { $n ->
         [one] Отменено в { $n } заявке.
         [few] Отменено в { $n } заявках.
         [many] Отменено в { $n } заявках.
        *[other] Отменено в { $n } заявки.
    }
undo-kept-by = { $field }: оставлено, с тех пор изменил(а) { $by }.
undo-kept = { $field }: оставлено, с тех пор изменилось.
undo-button = Отменить
keys-extend-next = Выделить и следующую
keys-extend-previous = Выделить и предыдущую
keys-unread = Отметить непрочитанной
keys-undo = Отменить последнее изменение
bulk-snooze = Отложить
bulk-until = До
bulk-snooze-until = До этого времени
bulk-snooze-reply = Пока не напишут
