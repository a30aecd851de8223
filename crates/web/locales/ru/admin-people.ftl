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
admin-people-none = Никто не найден. Попробуйте меньше слов или фильтров.
admin-next-page = Дальше
admin-save = Сохранить
admin-add = Добавить
admin-actions = Действия
admin-key = Краткое имя
admin-person-add = Добавить человека
admin-person-add-about = Кто пишет письмо, добавляется автоматически. Добавьте человека вручную, чтобы сразу назначить ему службу.
admin-person-name = Имя
admin-person-name-help = Так, как человек пишет его сам.
admin-person-emails = Почтовые адреса
admin-person-emails-help = По одному в строке; письма идут на первый. Письма с любого из них считаются письмами этого человека.
admin-person-phones = Телефон
admin-person-phones-help = По одному в строке.
admin-person-organisation = Организация
admin-person-organisation-help = Её название; если пусто, определяется по почтовому домену.
admin-person-language = Язык
admin-person-language-help = Для писем и страниц этого человека.
admin-person-language-none = Как в его браузере
admin-person-zone = Часовой пояс
admin-person-zone-help = Например, Europe/Moscow.
admin-person-vip = Требует особого внимания
admin-person-vip-help = Сотрудники видят отметку у имени; больше ничего не меняется.
admin-person-vip-short = Особое внимание
admin-person-desks = Работает в службах
admin-person-desks-help = В этих службах видит все заявки, отвечает и меняет их.
admin-person-contact = Контакты
admin-person-since = В системе с: { $date }
admin-person-failing = Письмо на { $email } вернулось: { $problem }. Исправьте адрес и сохраните.
admin-role-manager-short = Руководитель
admin-rights = Права
admin-rights-help = Отметьте роли, посмотрите, что изменится, и сохраните.
admin-rights-roles = Что разрешает каждая роль
admin-roles-save = Сохранить права
admin-roles-preview = Показать изменения
admin-effect = При сохранении
admin-effect-none = Ничего не изменится.
admin-effect-desk-opens = { $n ->
        [one] Работает в службе «{ $desk }»: увидит { $n } открытую заявку
        [few] Работает в службе «{ $desk }»: увидит { $n } открытые заявки
        [many] Работает в службе «{ $desk }»: увидит { $n } открытых заявок
       *[other] Работает в службе «{ $desk }»: увидит { $n } открытой заявки
    }
admin-effect-desk-closes = { $n ->
        [one] Больше не работает в службе «{ $desk }»: не увидит { $n } открытую заявку
        [few] Больше не работает в службе «{ $desk }»: не увидит { $n } открытые заявки
        [many] Больше не работает в службе «{ $desk }»: не увидит { $n } открытых заявок
       *[other] Больше не работает в службе «{ $desk }»: не увидит { $n } открытой заявки
    }
admin-effect-lost = Больше нет:
admin-effect-teams = Покинет команды: { $teams }
admin-effect-ends = Открытые сеансы и токены завершатся; придётся войти снова
admin-effect-assigned = { $n ->
        [one] { $n } открытая заявка останется за этим человеком; передайте её другому
        [few] { $n } открытые заявки останутся за этим человеком; передайте их другому
        [many] { $n } открытых заявок останутся за этим человеком; передайте их другому
       *[other] { $n } открытой заявки останется за этим человеком; передайте их другому
    }
admin-access = Вход
admin-access-password = Входит по паролю.
admin-access-no-password = Пароля ещё нет: почта работает и без него.
admin-sessions = Открытые сеансы
admin-session-times = вход: { $since }, последняя активность: { $seen }
admin-enable-about = Отключён: войти нельзя. Письма от этого человека по-прежнему принимаются.
admin-enable = Разрешить вход
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
        [one] { $n } открытая заявка останется за этим человеком
        [few] { $n } открытые заявки останутся за этим человеком
        [many] { $n } открытых заявок останутся за этим человеком
       *[other] { $n } открытой заявки останется за этим человеком
    }
admin-disable-mail = Письма принимаются и получают ответ; запись остаётся.
admin-told-person-added = Добавлено. Теперь можно писать письма.
admin-told-roles = Права сохранены и уже действуют.
admin-told-disabled = Вход отключён; сеансы и токены завершены.
admin-told-enabled = Вход снова разрешён.
admin-invite = Пригласить войти
admin-invitation = Ссылка
admin-back = Назад
admin-invited-link = Почту пока нельзя отправить, поэтому передайте эту ссылку сами. Она сработает один раз и больше не показывается.
admin-told-invited = Приглашение отправлено; ссылка сработает один раз.
admin-factor-about = Использует второй фактор. Если телефон и коды восстановления потеряны, после сброса можно войти по одному паролю.
admin-factor-reset = Сбросить второй фактор
admin-told-factor-reset = Второй фактор снят; сеансы завершены.
admin-organisations = Организации
admin-organisations-help = Компании и отделы: узнаются по почтовым доменам, обращения видны так, как вы решите.
admin-organisations-words = компании клиенты отделы домены общий доступ
admin-organisations-find = Название или домен
admin-organisations-none = Ни одна организация не найдена. Добавьте её, чтобы объединить людей по почтовому домену.
admin-organisation-add = Добавить организацию
admin-organisation-name = Название
admin-organisation-people = Участники
admin-organisation-domains = Почтовые домены
admin-organisation-domains-help = По одному в строке, например example.org. Кто пишет оттуда впервые, попадает в эту организацию; известные остаются где были.
admin-organisation-sharing = Кто видит обращения участников
admin-organisation-sharing-help = На портале, помимо собственных обращений. На сотрудников служб это не влияет.
admin-sharing-none = Только заявитель
admin-sharing-managers = Руководители видят все
admin-sharing-everyone = Все участники видят все
admin-sharing-effect-none = Только заявитель: больше никто в организации обращение не видит
admin-sharing-effect-managers = { $n ->
        [one] Руководители: { $n } человек видит обращения всех
        [few] Руководители: { $n } человека видят обращения всех
        [many] Руководители: { $n } человек видят обращения всех
       *[other] Руководители: { $n } человека видят обращения всех
    }
admin-sharing-effect-everyone = { $n ->
        [one] Все участники: { $n } человек видит обращения всех
        [few] Все участники: { $n } человека видят обращения всех
        [many] Все участники: { $n } человек видят обращения всех
       *[other] Все участники: { $n } человека видят обращения всех
    }
admin-tokens = Токены API
admin-tokens-help = Программы, действующие от имени человека с его правами. Каждый создаёт свои в профиле.
admin-tokens-words = ключи программы интеграция отозвать
admin-tokens-none = Ни у одной программы нет токена.
admin-token-name = Назначение
admin-token-of = С чьими правами
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
admin-why-disabled = { $name } не может войти, поэтому правила не действуют: ничего не видно, пока вход не разрешат.
admin-why-admin = Это администратор, а администраторы видят все заявки.
admin-why-auditor = Это аудитор, а аудиторы читают все заявки.
admin-why-no-role = Это не администратор и не аудитор.
admin-why-desk = Работает в службе «{ $desk }», к которой относится эта заявка.
admin-why-no-desk = Не работает в службе «{ $desk }», где находится заявка.
admin-why-requester = Это заявитель.
admin-why-no-requester = Это не заявитель; заявитель — { $name }.
admin-why-copy = Получает копию.
admin-why-watches = Наблюдает за ней.
admin-why-no-part = Не в копии и не наблюдает.
admin-why-no-organisation = Заявка не относится ни к какой организации.
admin-why-manages = Это руководитель организации «{ $organisation }», а руководители видят её заявки.
admin-why-shared = Состоит в организации «{ $organisation }», участники которой видят заявки друг друга.
admin-why-other-organisation = Не состоит в организации «{ $organisation }», к которой относится заявка.
admin-why-unshared = Состоит в организации «{ $organisation }», участники которой не видят заявки друг друга.
admin-why-no-manager = Состоит в организации «{ $organisation }», но не руководит ею.
