admin-desks = Службы
admin-desks-help = Области поддержки, например ИТ или кадры: свои сотрудники, номера, категории и адреса.
admin-desks-words = отдел область сотрудники номера категории
admin-desk-add = Добавить службу
admin-desk-add-about = Затем добавьте сотрудников, категории и адрес.
admin-desk-itself = Служба
admin-desk-name = Название
admin-desk-name-help = Так его видят заявители в письмах и на портале.
admin-desk-key-help = Для запросов и API; сохранённые списки с этим именем нужно изменить вместе с ним.
admin-desk-mark = Значок
admin-desk-mark-help = Форма в меню.
admin-mark-square = Квадрат
admin-mark-circle = Круг
admin-mark-arch = Арка
admin-mark-diamond = Ромб
admin-desk-follow-up = Через сколько дней ответ создаст новую заявку
admin-desk-follow-up-help = Ответ на заявку, завершённую раньше этого срока, создаст новую, связанную с ней. Пусто: всегда открывается прежняя.
admin-desk-agents = Сотрудники
admin-desk-agents-help = Видят все заявки службы, отвечают и меняют их. Тому, у кого ещё нет роли, первую службу назначьте на его странице.
admin-desk-agents-count = { $n ->
    [one] { $n } сотрудник
    [few] { $n } сотрудника
    [many] { $n } сотрудников
   *[other] { $n } сотрудника
}
admin-desk-prefixes = Префиксы номеров
admin-desk-prefixes-help = От двух до восьми букв перед номером новых заявок, по видам; у существующих номер не меняется.
admin-desk-prefix-usual = Обычно { $prefix }
admin-desk-elsewhere = Адреса и команды
admin-categories = Категории
admin-categories-help = О чём заявки, в виде дерева. Новое название действует и для старых заявок.
admin-category-add = Новая категория
admin-category-add-help = Вместе с вышестоящими, например Оборудование/Принтеры.
admin-category-name = Название
admin-category-rename = Переименовать
admin-category-rename-named = Переименовать: { $name }
error-category-slash = В названии категории не может быть косой черты: она разделяет уровни.
error-category-taken = Категория { $path } уже есть.
admin-teams = Команды
admin-teams-help = Группы сотрудников внутри службы, которым можно передавать заявки.
admin-teams-words = группы очереди участники
admin-teams-none = Команд пока нет. Служба работает и без них; добавьте команду, если заявки нужно передавать части сотрудников.
admin-team-add = Добавить команду
admin-team-add-about = Затем выберите участников из сотрудников службы.
admin-team-name = Название
admin-team-name-help = Как её называют коллеги, например «Сеть».
admin-team-desk = Служба
admin-team-desk-help = После создания не меняется.
admin-team-key-help = Для запросов и API, например team:network.
admin-team-members = Участники
admin-team-members-help = Сотрудники службы «{ $desk }»; остальных сначала нужно добавить в службу.
admin-team-no-agents = В службе «{ $desk }» ещё никто не работает.
admin-team-of = Команда службы «{ $desk }»
admin-told-team-added = Команда создана; выберите участников.
admin-told-desk-added = Служба создана; выберите сотрудников.
admin-told-category-added = Категория добавлена.
