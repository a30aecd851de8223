# Входящие: списки, отметки о прочтении, правка нескольких заявок, отмена

undo-gone = Это уже нельзя отменить.
bulk-refused = Изменить не удалось.
bulk-not-found = Этого не существует, или у вас нет доступа.
bulk-stopped = Сбой сервера: эта заявка ещё не изменена. Попробуйте ещё раз.
bulk-one-edit = Выберите ровно одно изменение.
list-select-all = Выбрать всё на экране
list-sort-by = Сортировать: { $column }
list-sorted-down = отсортировано по убыванию
list-sorted-up = отсортировано по возрастанию
list-width-of = Ширина столбца: { $column }
list-select = Выбрать { $number }
list-unread = не прочитано
list-previous = Назад
list-shown = Показано
list-hint-select = выбрать
bulk-title = Изменить выбранные заявки
bulk-selected = Выбрано
bulk-none = Снять выделение
list-column-tags = Метки
list-column-organisation = Организация
list-column-team = Команда
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
list-left = Больше нет в этом списке
list-empty-whole = Показать весь список
list-empty-whole-hint = Без того, что введено в фильтр.
list-empty-everywhere = Искать везде
list-empty-everywhere-hint = И среди завершённых, и в других списках.
list-empty-take = Взять заявку
list-empty-take-hint = Те, что ещё никто не взял.
list-empty-ours = Посмотреть, что ждёт нас
list-empty-ours-hint = Всё, где следующий шаг за нами.
list-empty-mine = Вам ничего не назначено
list-empty-mine-text = Здесь появляются заявки, назначенные вам или взятые вами, с группировкой по тому, чей сейчас ход.
list-empty-unassigned = Все заявки назначены
list-empty-unassigned-text = Новая заявка остаётся здесь, пока её кто-нибудь не возьмёт. Чтобы назначить, нажмите a в заявке.
list-empty-us = Нас ничего не ждёт
list-empty-us-text = Заявка попадает сюда, когда кто-то пишет, и уходит, когда вы отвечаете.
list-empty-requester = Ничто не ждёт заявителя
list-empty-requester-text = После вашего ответа заявка остаётся здесь, пока заявитель не напишет снова.
list-empty-done = Пока ничего не завершено
list-empty-done-text = Здесь хранятся решённые и закрытые заявки.
list-group-none = Без групп
list-group-by = Группировка: { $what }
list-sort-is = Порядок: { $what }
list-columns = Столбцы
list-look = Вид списка
list-group = Группировать по
list-sort = Сортировать по
list-layout = Вид
list-layout-full = Список
list-layout-split = Рядом
list-order-newest = { $column }: сначала новые
list-order-oldest = { $column }: сначала старые
list-order-first = { $column }: по убыванию
list-order-last = { $column }: по возрастанию
list-columns-show = Применить
list-columns-reset = Сбросить
bulk-tag = Метки
bulk-tags = Метки через пробел
bulk-tags-add = Добавить
bulk-tags-remove = Убрать
bulk-read = Прочитано
bulk-unread = Не прочитано
bulk-changed = { $n ->
        [one] Изменена { $n } заявка.
        [few] Изменены { $n } заявки.
        [many] Изменено { $n } заявок.
       *[other] Изменено { $n } заявки.
    }
bulk-unchanged = { $n ->
        [one] { $n } менять не пришлось.
        [few] { $n } менять не пришлось.
        [many] { $n } менять не пришлось.
       *[other] { $n } менять не пришлось.
    }
bulk-stayed = { $n ->
        [one] { $n } не изменена:
        [few] { $n } не изменены:
        [many] { $n } не изменены:
       *[other] { $n } не изменены:
    }
undo-done = { $n ->
         [one] Отменено в { $n } заявке.
         [few] Отменено в { $n } заявках.
         [many] Отменено в { $n } заявках.
        *[other] Отменено в { $n } заявки.
    }
undo-kept-by = { $field }: не отменено, позже изменено: { $by }.
undo-kept = { $field }: не отменено, позже изменено.
undo-button = Отменить
keys-extend-next = Расширить выделение вниз
keys-extend-previous = Расширить выделение вверх
keys-unread = Отметить непрочитанной
keys-undo = Отменить последнее изменение
bulk-snooze = Отложить
bulk-until = До
bulk-snooze-until = До этого времени
bulk-snooze-reply = Пока не напишут
