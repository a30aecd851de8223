admin-people = Люди
admin-people-help = Все, кто спрашивает и отвечает: контакты, права и вход.
admin-people-words = пользователи коллеги контакты учётные записи вход блокировка пароль
admin-people-count = { $n ->
    [one] { $n } человек
    [few] { $n } человека
    [many] { $n } человек
   *[other] { $n } человека
}
admin-people-find = Имя или адрес
admin-people-show = Показать
admin-people-role = Роль
admin-people-any-role = Любая роль
admin-people-agent-of = Сотрудник: { $desk }
admin-people-state = Вход
admin-people-any-state = Активные и отключённые
admin-people-active = Активен
admin-people-disabled = Отключён
admin-people-none = Никто не подходит. Уберите слово или фильтр.
admin-next-page = Следующая страница
admin-save = Сохранить
admin-add = Добавить
admin-actions = Действия
admin-key = Краткое имя
admin-person-add = Добавить человека
admin-person-add-about = Кто пишет письмо, добавляется сам. Добавьте человека вручную, чтобы сразу дать ему службу.
admin-person-name = Имя
admin-person-name-help = Так, как человек пишет его сам.
admin-person-emails = Почтовые адреса
admin-person-emails-help = По одному в строке; письма идут на первый. Письма с любого из них считаются его.
admin-person-phones = Телефон
admin-person-phones-help = По одному в строке.
admin-person-organisation = Организация
admin-person-organisation-help = Её название; если пусто, определяется по почтовому домену.
admin-person-language = Язык
admin-person-language-help = Писем и страниц для этого человека.
admin-person-language-none = Как в браузере
admin-person-zone = Часовой пояс
admin-person-zone-help = Например, Europe/Moscow.
admin-person-vip = Требует особого внимания
admin-person-vip-help = Сотрудники видят отметку у имени; больше ничего не меняется.
admin-person-vip-short = Особое внимание
admin-person-desks = Работает в службах
admin-person-desks-help = В этих службах видит все заявки, отвечает и меняет их.
admin-person-contact = Контакты
admin-person-since = В системе с { $date }
admin-person-failing = Письмо на { $email } вернулось: { $problem }. Исправьте адрес и сохраните.
admin-role-manager-short = Руководитель
admin-rights = Права
admin-rights-help = Отметьте нужное, посмотрите, что изменится, и сохраните.
admin-rights-roles = Что открывает каждая роль
admin-roles-save = Сохранить права
admin-roles-preview = Показать изменения
admin-effect = После сохранения
admin-effect-none = Ничего не изменится.
admin-effect-desk-opens = { $n ->
    [one] Работает в службе { $desk }: откроется { $n } заявка
    [few] Работает в службе { $desk }: откроются { $n } заявки
    [many] Работает в службе { $desk }: откроется { $n } заявок
   *[other] Работает в службе { $desk }: откроется { $n } заявки
}
admin-effect-desk-closes = { $n ->
    [one] Больше не работает в службе { $desk }: закроется { $n } заявка
    [few] Больше не работает в службе { $desk }: закроются { $n } заявки
    [many] Больше не работает в службе { $desk }: закроется { $n } заявок
   *[other] Больше не работает в службе { $desk }: закроется { $n } заявки
}
admin-effect-lost = Больше нет:
admin-effect-teams = Покинет команды { $teams }
admin-effect-ends = Открытые сеансы и токены завершатся; придётся войти снова
admin-effect-assigned = { $n ->
    [one] { $n } заявка останется за этим человеком; передайте её другому
    [few] { $n } заявки останутся за этим человеком; передайте их другому
    [many] { $n } заявок останется за этим человеком; передайте их другому
   *[other] { $n } заявки останется за этим человеком; передайте их другому
}
admin-access = Вход в систему
admin-access-password = Входит по паролю.
admin-access-no-password = Пароля ещё нет: почта работает и без него.
admin-sessions = Открытые сеансы
admin-session-times = с { $since }, последний раз { $seen }
admin-enable-about = Отключён: войти не может. Письма от него по-прежнему принимаются.
admin-enable = Снова разрешить вход
admin-disable = Отключить вход
admin-disable-sessions = { $n ->
    [one] { $n } сеанс завершится сразу
    [few] { $n } сеанса завершатся сразу
    [many] { $n } сеансов завершится сразу
   *[other] { $n } сеанса завершится сразу
}
admin-disable-tokens = { $n ->
    [one] { $n } токен отзывается навсегда
    [few] { $n } токена отзываются навсегда
    [many] { $n } токенов отзывается навсегда
   *[other] { $n } токена отзывается навсегда
}
admin-disable-assigned = { $n ->
    [one] { $n } открытая заявка останется за ним
    [few] { $n } открытые заявки останутся за ним
    [many] { $n } открытых заявок останется за ним
   *[other] { $n } открытой заявки останется за ним
}
admin-disable-mail = Письма принимаются и получают ответ; запись остаётся.
admin-told-person-added = Добавлено. Теперь можно писать письма.
admin-told-roles = Права сохранены и уже действуют.
admin-told-disabled = Вход отключён; сеансы и токены завершены.
admin-told-enabled = Снова может войти.
admin-invite = Пригласить войти
admin-invitation = Ссылка
admin-back = Назад
admin-invited-link = Почта пока не уходит, поэтому передайте эту ссылку сами. Она сработает один раз и больше не показывается.
admin-told-invited = Приглашение отправлено; ссылка сработает один раз.
admin-factor-about = Использует второй фактор. Потерявший телефон и коды после сброса войдёт по одному паролю.
admin-factor-reset = Сбросить второй фактор
admin-told-factor-reset = Второй фактор снят; сеансы завершены.
admin-organisations = Организации
admin-organisations-help = Компании и отделы: узнаются по почтовым доменам, заявки видны так, как вы решите.
admin-organisations-words = компании клиенты отделы домены общий доступ
admin-organisations-find = Название или домен
admin-organisations-none = Ни одна организация не подходит. Добавьте её, чтобы объединить людей по домену.
admin-organisation-add = Добавить организацию
admin-organisation-name = Название
admin-organisation-people = Участники
admin-organisation-domains = Почтовые домены
admin-organisation-domains-help = По одному в строке, например example.org. Кто пишет оттуда впервые, попадает в неё; остальные остаются где были.
admin-organisation-sharing = Кто видит заявки участников
admin-organisation-sharing-help = На портале, помимо собственных. Сотрудников служб это не касается.
admin-sharing-none = Только сам заявитель
admin-sharing-managers = Руководители видят все
admin-sharing-everyone = Все участники видят все
admin-sharing-effect-none = Только заявитель: больше никто в организации заявку не видит
admin-sharing-effect-managers = { $n ->
    [one] Руководители: { $n } человек видит заявки всех
    [few] Руководители: { $n } человека видят заявки всех
    [many] Руководители: { $n } человек видят заявки всех
   *[other] Руководители: { $n } человека видят заявки всех
}
admin-sharing-effect-everyone = { $n ->
    [one] Все участники: { $n } человек видит заявки всех
    [few] Все участники: { $n } человека видят заявки всех
    [many] Все участники: { $n } человек видят заявки всех
   *[other] Все участники: { $n } человека видят заявки всех
}
admin-tokens = Токены API
admin-tokens-help = Программы, действующие от имени человека с его правами. Каждый создаёт свои в профиле.
admin-tokens-words = ключи программы интеграция отозвать
admin-tokens-none = Ни у одной программы нет токена.
admin-token-name = Для чего
admin-token-of = Чьи права
admin-token-used = создан { $made }, использован { $used }
admin-token-unused = создан { $made }, не использовался
admin-token-revoke = Отозвать
admin-token-revoke-named = Отозвать: { $name }
admin-told-revoked = Токен отозван; программе теперь отказано.
admin-why = Почему этот человек это видит?
admin-why-short = Почему видит…
admin-why-help = Выберите человека и заявку: каждое правило скажет, даёт ли оно её видеть.
admin-why-words = доступ видимость право приватность кто видит
admin-why-person = Человек
admin-why-person-help = Адрес или начало имени.
admin-why-ticket = Заявка
admin-why-ticket-help = Номер, например INC-1042.
admin-why-ticket-door = Кто видит эту заявку и почему
admin-why-ask = Объяснить
admin-why-no-person = Никого с таким адресом или именем. Введите начало имени, как в записи.
admin-why-no-ticket = Такой заявки нет. Проверьте номер.
admin-why-several = Кого вы имеете в виду?
admin-why-sees = { $name } видит { $number }
admin-why-not = { $name } не видит { $number }
admin-why-may-see = Видеть её и сообщения
admin-why-may-notes = Читать внутренние заметки
admin-why-may-work = Отвечать и менять
admin-why-rules = Правило за правилом
admin-why-yes = Да:
admin-why-no = Нет:
admin-why-disabled = { $name } не может войти, поэтому правила не спрашиваются: ничего не видно, пока вход не разрешат.
admin-why-admin = Администратор, а администраторы видят все заявки.
admin-why-auditor = Аудитор, а аудиторы читают все заявки.
admin-why-no-role = Не администратор и не аудитор.
admin-why-desk = Работает в службе { $desk }, которой принадлежит заявка.
admin-why-no-desk = Не работает в службе { $desk }, где находится заявка.
admin-why-requester = Сам подал заявку.
admin-why-no-requester = Заявку подал не этот человек, а { $name }.
admin-why-copy = Получает копию.
admin-why-watches = Наблюдает за ней.
admin-why-no-part = Не в копии и не наблюдает.
admin-why-no-organisation = Заявка не относится ни к какой организации.
admin-why-manages = Руководит { $organisation }, а её заявки видят руководители.
admin-why-shared = Состоит в { $organisation }, где участники видят заявки друг друга.
admin-why-other-organisation = Не состоит в { $organisation }, которой принадлежит заявка.
admin-why-unshared = Состоит в { $organisation }, где заявки между участниками не открыты.
admin-why-no-manager = Состоит в { $organisation }, но не руководит ею.
