admin-title = Администрирование
admin-about = Каждая настройка объясняет, что она делает, и до сохранения показывает, что изменится.
admin-find = Найти настройку
admin-hit-place = { $section }: { $help }
admin-found = { $n ->
        [one] Найдена { $n } настройка
        [few] Найдены { $n } настройки
        [many] Найдено { $n } настроек
       *[other] Найдено { $n } настройки
    }
admin-found-none = Нет настроек по запросу «{ $query }». Попробуйте другое слово или посмотрите группы ниже.
admin-open = Открыть
admin-open-named = Открыть: { $name }
admin-crumbs = Где вы находитесь
admin-group-people = Люди и права
admin-group-desks = Службы и команды
admin-group-mail = Почта
admin-group-practices = Процессы
admin-group-system = Система
admin-told-saved = Сохранено
admin-nothing = пусто
admin-now = Тем временем сохранено другим человеком: { $value }
admin-now-other = Тем временем это изменил кто-то другой
admin-stale = Пока вы редактировали, запись сохранил кто-то другой. Отличия отмечены ниже; сохраните ещё раз, чтобы оставить свой вариант.
admin-read-only = Вы можете только читать; изменяет администратор.
admin-roles = Роли
admin-roles-help = Что разрешает каждая роль. Прав, которых нет на этой странице, нет ни у кого.
admin-roles-words = права доступ разрешения администратор сотрудник аудитор
admin-roles-where = Роль назначается на странице человека; в службе работает тот, кто входит в число её сотрудников.
admin-role-requester = Заявитель
admin-role-requester-about = Любой человек. Обращается за помощью по почте или на портале.
admin-role-manager = Руководитель организации
admin-role-manager-about = Заявитель, который следит и за обращениями своей организации.
admin-role-agent = Сотрудник
admin-role-agent-about = Работает с заявками своих служб.
admin-role-auditor = Аудитор
admin-role-auditor-about = Читает всё, не меняет ничего.
admin-role-admin = Администратор
admin-role-admin-about = Настраивает систему и может помогать во всех службах.
admin-right-not = Нет:
admin-right-own = Свои обращения и те, в которых участвует
admin-right-organisation = Обращения своей организации
admin-right-desk = Видеть заявки своих служб, отвечать и менять их
admin-right-notes = Читать там внутренние заметки
admin-right-every = Видеть заявки всех служб
admin-right-work-every = Отвечать и менять их во всех службах
admin-right-people-see = Находить людей и организации
admin-right-people-keep = Добавлять людей и исправлять их контакты
admin-right-journal = Читать весь журнал
admin-right-settings = Менять настройки, роли и службы
