# Язык запросов: подсказки и пояснение

error-query-too-costly = Такой запрос выполнялся бы слишком долго, прежде всего из-за «{ $part }». Уберите часть слов или вариантов. (символ { $at })
query-shows = Показаны: { $what }
query-all-tickets = все заявки
query-tickets = заявки
query-such-tickets = { $which } заявки
query-flag-open = открытые
query-flag-done = завершённые
query-flag-assigned = назначенные
query-flag-unassigned = неназначенные
query-flag-merged = объединённые
query-flag-snoozed = отложенные
query-flag-not-merged = необъединённые
query-flag-not-snoozed = не отложенные
query-not = кроме ({ $what })
query-with-reply = с ответом
query-without-reply = без ответа
query-with-held = с задержанными сообщениями
query-without-held = без задержанных сообщений
query-between-ago = { $field }: от { $from } до { $to } назад
query-with-attachment = с вложениями
query-without-attachment = без вложений
query-with-tag = с метками
query-without-tag = без меток
query-with-link = со связями
query-without-link = без связей
query-with-cc = с получателями копий
query-without-cc = без получателей копий
query-or = { $one } или { $other }
query-field-is = { $field }: { $values }
query-field-not = { $field }: не { $values }
query-field-any = { $field }: указано
query-field-none = { $field }: нет
query-none = нет
query-me = я
query-yes = да
query-no = нет
query-quoted = «{ $text }»
query-text = со словом «{ $text }»
query-no-text = без слова «{ $text }»
query-younger = { $field }: менее { $length } назад
query-at-most-ago = { $field }: не более { $length } назад
query-older = { $field }: более { $length } назад
query-at-least-ago = { $field }: не менее { $length } назад
query-before = { $field }: раньше, чем { $when }
query-until = { $field }: не позже, чем { $when }
query-after = { $field }: позже, чем { $when }
query-from = { $field }: не раньше, чем { $when }
query-time-now = сейчас
query-time-today = сегодня
query-time-yesterday = вчера
query-time-tomorrow = завтра
query-time-this-week = эта неделя
query-time-last-week = прошлая неделя
query-time-next-week = следующая неделя
query-time-this-month = этот месяц
query-time-last-month = прошлый месяц
query-time-next-month = следующий месяц
query-time-this-quarter = этот квартал
query-time-last-quarter = прошлый квартал
query-time-next-quarter = следующий квартал
query-time-this-year = этот год
query-time-last-year = прошлый год
query-time-next-year = следующий год
query-sorted = сортировка: { $fields }
query-label-closed = Закрыта
query-label-resolved = Решена
query-label-mentions = Упоминает
query-label-watcher = Участник
query-label-is = Состояние
query-label-has = Содержит
query-about-assignee = кто занимается заявкой
query-about-category = категория вместе с вложенными
query-about-channel = как поступила
query-about-closed = когда закрыта
query-about-created = когда создана
query-about-desk = служба, которая отвечает
query-about-has = вложение, метка, связь, копия
query-about-impact = сколько людей затронуто
query-about-is = открыта, не назначена, отложена и т. д.
query-about-kind = инцидент, запрос, вопрос и т. д.
query-about-language = язык переписки
query-about-mentions = кто упомянут в заметке
query-about-number = номер заявки
query-about-organisation = организация заявителя
query-about-priority = от низкого до критического
query-about-requester = кто обратился
query-about-resolved = когда решена
query-about-service = слова из названия услуги
query-about-status = статус, например pending
query-about-tag = метка
query-about-team = команда
query-about-title = слова из темы
query-about-turn = чей сейчас ход
query-about-updated = когда изменена
query-about-urgency = насколько срочно
query-about-watcher = кто участвует или следит
query-about-sort = порядок
query-about-or = любое из двух
query-about-not = всё, кроме следующего
query-op-less = меньше или новее
query-op-more = больше или старше
query-suggestions = Подсказки
query-descending = по убыванию
query-ascending = по возрастанию
query-length-minutes = { $n ->
    [one] { $n } минуты
    [few] { $n } минут
    [many] { $n } минут
    *[other] { $n } минуты
}
query-length-hours = { $n ->
    [one] { $n } часа
    [few] { $n } часов
    [many] { $n } часов
    *[other] { $n } часа
}
query-length-days = { $n ->
    [one] { $n } дня
    [few] { $n } дней
    [many] { $n } дней
    *[other] { $n } дня
}
query-length-weeks = { $n ->
    [one] { $n } недели
    [few] { $n } недель
    [many] { $n } недель
    *[other] { $n } недели
}
