### Dates and ages
month-name = { $month ->
         [1] января
         [2] февраля
         [3] марта
         [4] апреля
         [5] мая
         [6] июня
         [7] июля
         [8] августа
         [9] сентября
         [10] октября
         [11] ноября
        *[other] декабря
    }
date-long = { $day } { month-name } { $year } г.
date-short = { $day } { month-name }
date-time = { $date }, { $time }
date-today = Сегодня, { $date }
date-yesterday = Вчера, { $date }
moment-today = Сегодня, { $time }
moment-yesterday = Вчера, { $time }
ago-now = только что
ago-minutes = { $n } мин
ago-hours = { $n } ч
ago-days = { $n } дн
ago-weeks = { $n } нед
ago-years = { $n } г

### Marks
turn-us = Ждёт нас
turn-requester = Ждёт заявителя
turn-third-party = Ждёт третью сторону
turn-done = Завершено
priority-critical = Критический
priority-high = Высокий
priority-normal = Обычный
priority-low = Низкий
level-high = Высокое
level-medium = Среднее
level-low = Низкое
status-new = Новая
status-open = Открыта
status-pending = Ожидает ответа
status-on-hold = Приостановлена
status-resolved = Решена
status-closed = Закрыта
status-known-error = Известная ошибка
status-draft = Черновик
status-assessment = Оценка
status-approval = Согласование
status-scheduled = Запланировано
status-implementing = Внедрение
status-review = Анализ
status-rejected = Отклонено
status-cancelled = Отменено
status-planning = Планирование
status-building = Сборка
status-testing = Тестирование
status-deploying = Развёртывание
kind-question = Вопрос
kind-incident = Инцидент
kind-request = Запрос
kind-problem = Проблема
kind-change = Изменение
kind-release = Релиз
kind-task = Задача
channel-mail = по почте
channel-desk = в рабочей области
channel-portal = через портал
channel-phone = по телефону
channel-api = через API
link-relates = связана
link-causes = вызывает
link-caused-by = причина
link-duplicates = дублирует
link-duplicated-by = дубликат
link-parent = родительская
link-child = дочерняя
link-blocks = блокирует
link-blocked-by = заблокирована
role-cc = копия
role-watcher = наблюдатель
author-system = Steward

### Navigation and frame
skip-to-content = Перейти к содержимому
nav-workspace = Рабочая область
nav-workspace-phone = Разделы
nav-my-work = Моя работа
nav-desks = Службы
nav-views = Представления
nav-me = Я
view-mine = Входящие
view-unassigned = Не назначены
view-open = Все открытые
view-done = Завершённые
new-ticket = Новая заявка
new-ticket-short = Новая
language = Язык
theme = Оформление
theme-system = Авто
theme-light = Светлое
theme-dark = Тёмное
close = Закрыть
cancel = Отмена
keys-title = Горячие клавиши
keys-open = Открыть заявку
keys-reply = Ответить
keys-note = Написать заметку
keys-assign = Назначить
keys-resolve = Решить
keys-search = Искать в списке
keys-send = Отправить ответ или сохранить заметку
keys-sheet = Показать горячие клавиши
keys-hint = Одиночные буквы работают, только когда курсор не стоит в текстовом поле.
say-offline = Связь потеряна. Повторяем попытку.
say-changed = Заявка изменилась. Показана её последняя версия; ваш текст на месте.
say-failed = Не получилось. Ваш текст на месте.

### Sign-in
sign-in = Вход
sign-out = Выйти
sign-in-email = Эл. почта
sign-in-password = Пароль
sign-in-motto = Чей сейчас ход?
sign-in-promise = Один ящик для всех вопросов, и всегда видно, чей сейчас ход.

### Lists
query-label = Фильтр
query-placeholder = Слова или status:open priority:high
column-number = Номер
column-subject = Тема
column-requester = Заявитель
column-updated = Изменена
list-tickets = { $n ->
         [one] { $n } заявка
         [few] { $n } заявки
         [many] { $n } заявок
        *[other] { $n } заявки
    }
list-more = Дальше
hint-move = перейти
empty-done-title = Здесь ничего не ждёт
empty-done-text = В этом списке всё сделано. Новые заявки появятся здесь сами.
empty-search-title = Подходящих заявок нет
empty-search-text = Попробуйте меньше слов или поищите среди всех открытых заявок.
empty-first-title = Здесь пока ничего не ждёт
empty-first-text = Когда в эту службу пишут, каждое письмо становится заявкой в этом списке. Наполовину закрашенный круг показывает, чей ход: слева — ваш, справа — их.
empty-first-mail = Отправьте пробное письмо
empty-first-mail-hint = Напишите на { $mailbox } и посмотрите, как письмо придёт.
empty-first-ticket = Создайте заявку
empty-first-ticket-hint = За того, кто позвонил или зашёл.
choose-title = Выберите заявку
choose-text = Переписка откроется здесь, список останется рядом.

### Ticket
timeline = Хронология
action-assign = Назначить
action-resolve = Решить
assignee-nobody = Не назначена
assignee-me = я
team-none = Без команды
priority-reason = Почему отличается от влияния и срочности
message-note = Внутренняя
message-to = кому: { $to }
message-to-cc = кому: { $to }, копия { $cc }
message-stranger = Новый участник
message-unverified = Отправитель не подтверждён
message-automatic = Автоматическое
message-frame = Письмо в исходном виде
message-quoted = { $n ->
         [one] { $n } строка цитаты
         [few] { $n } строки цитаты
         [many] { $n } строк цитаты
        *[other] { $n } строки цитаты
    }
message-signature = Подпись
message-disclaimer = Юридическое уведомление
message-earlier = Предыдущие письма
message-language = Язык: { $language }
message-original = Оригинал
message-original-title = Скачать письмо в том виде, в каком оно пришло
message-simplified = Письмо слишком сложно устроено, чтобы показать его безопасно; вот его текст.
message-pictures-held = Внешние изображения не загружены.
message-pictures-load = Загрузить
message-trackers = { $n ->
        [one] Удалён { $n } отслеживающий пиксель.
        [few] Удалено { $n } отслеживающих пикселя.
        [many] Удалено { $n } отслеживающих пикселей.
       *[other] Удалено { $n } отслеживающего пикселя.
    }
joined-address = Добавлено сюда, потому что отправлено на адрес для ответов этой заявки
joined-thread = Добавлено сюда, потому что это ответ на письмо этой заявки
joined-subject = Добавлено сюда, потому что в теме указан номер этой заявки
joined-kin = Добавлено сюда, потому что письмо этой заявки относится к той же переписке
joined-moved = Добавлено сюда, потому что это ответ на перенесённое сюда сообщение
fact-opened = Создана { $channel }
fact-changed = { $field }: { $from } → { $to }
fact-set = { $field }: { $to }
fact-cleared = { $field }: убрано, было { $from }
fact-touched = { $field }: изменено
fact-with-reason = { $fact } ({ $reason })
because-reply = с ответом
because-message = пришло сообщение
because-kind = при смене вида
fact-kind = Новый вид: { $kind }; { $former } теперь { $number }
fact-tags-added = { $n ->
         [one] Добавлена метка: { $tags }
         [few] Добавлены метки: { $tags }
         [many] Добавлены метки: { $tags }
        *[other] Добавлены метки: { $tags }
    }
fact-tags-removed = { $n ->
         [one] Снята метка: { $tags }
         [few] Сняты метки: { $tags }
         [many] Сняты метки: { $tags }
        *[other] Сняты метки: { $tags }
    }
fact-linked = Связь с { $ticket }: { $link }
fact-unlinked = Связь с { $ticket } убрана: { $link }
fact-cc-added = Копии получает: { $name }
fact-cc-removed = Копии больше не получает: { $name }
fact-watcher-added = Наблюдает: { $name }
fact-watcher-removed = Больше не наблюдает: { $name }
fact-mail-sent = Письмо отправлено: { $to }
fact-mail-failed = Письмо не доставлено: { $to }. { $problem }
fact-send-scheduled = запланирован ответ: { $at }
fact-send-withdrawn = ответ отозван до отправки
fact-send-failed = запланированный ответ не удалось отправить; текст сохранён
fact-side-opened = начата параллельная переписка: { $subject }
fact-shared = видна также службе { $desk }: письмо пришло и на её адрес
fact-merged = объединена с { $ticket }
fact-absorbed = { $ticket } объединена с этой заявкой
fact-unmerged = объединение с { $ticket } отменено
fact-message-gone = сообщение перенесено в { $ticket }
fact-message-came = сообщение перенесено сюда из { $ticket }
fact-message-admitted = задержанное сообщение принято
fact-mail-bounced = письмо для { $to } вернулось: { $problem }
context-about = Об этой заявке
context-properties = Свойства
context-participants = Участвуют также
context-links = Связи
context-before = Ранее
property-title = Тема
property-status = Статус
property-kind = Вид
property-desk = Служба
property-team = Команда
property-assignee = Исполнитель
property-priority = Приоритет
property-impact = Влияние
property-urgency = Срочность
property-category = Категория
property-service = Услуга
property-tags = Метки
property-requester = Заявитель
property-organisation = Организация
property-language = Язык
property-email = Эл. почта
property-phone = Телефон
property-opened = Создана

### Composer
composer-kinds = Что написать
composer-reply = Ответ
composer-note = Заметка
composer-to = Кому
composer-cc = Копия
composer-placeholder = Пишите здесь
composer-send = Отправить ответ
composer-keep = Сохранить заметку
composer-later = Отправить позже
composer-later-at = Когда (по вашему времени)
composer-later-send = Запланировать
composer-bounced = Письмо для { $email } вернулось: { $problem }
delivery-sent = Отправлено: { $to }
delivery-waiting = Ожидает отправки: { $to }
delivery-again = Ещё не доставлено: { $to }; следующая попытка { $at }: { $problem }
delivery-failed = Не удалось отправить: { $to }: { $problem }
delivery-bounced = Вернулось от { $to }: { $problem }
message-overtaken = написан до последнего сообщения
sends-title = Ожидает отправки
send-undo = Отправка через { $seconds } с
send-at = { $name }: время отправки — { $at }
send-aside = в параллельной переписке «{ $subject }»
action-undo = Отменить
action-withdraw = Отозвать
send-problem-not-allowed = Не отправлено: у автора больше нет права отвечать здесь. Отзовите ответ и напишите от своего имени.
send-problem-attachments = Не отправлено: одно из вложений теперь относится к другому сообщению. Отзовите ответ и приложите файл заново.
send-problem-recipients = Не отправлено: получателей не осталось. Отзовите ответ и выберите получателей.
send-problem-refused = Не отправлено: заявка больше не принимает этот ответ. Отзовите его и посмотрите заявку.
send-problem-fault = Не отправлено: на нашей стороне несколько раз произошёл сбой. Отзовите ответ и отправьте снова.
told-waiting = Ответ сейчас будет отправлен.
told-scheduled = Отправка ответа запланирована.
told-withdrawn = Ответ отозван. Вот его текст.
side-title = Параллельная переписка
side-hint = С поставщиком или другой командой. Заявитель её никогда не видит.
side-start = Начать параллельную переписку
side-to = Адреса через запятую
side-subject = Тема
side-text = Сообщение
side-send = Отправить сообщение
side-with = С: { $people }
side-done = Завершено
side-end = Отметить завершённым
side-reopen = Открыть снова
message-side = Параллельная переписка: { $subject }
consequence-reply = Это получит { $to }. Затем: { $turn }.
consequence-reply-cc = { $n ->
        [one] Это получат { $to } и ещё { $n } адресат в копии. Затем: { $turn }.
        [few] Это получат { $to } и ещё { $n } адресата в копии. Затем: { $turn }.
        [many] Это получат { $to } и ещё { $n } адресатов в копии. Затем: { $turn }.
       *[other] Это получат { $to } и ещё { $n } адресата в копии. Затем: { $turn }.
    }
consequence-nobody = Адрес неизвестен: ответ сохранится здесь и не будет отправлен.
consequence-note = Никто снаружи этого не увидит. Остаётся: { $turn }.

### New ticket
new-ticket-about = За того, кто позвонил, написал в другом месте или зашёл.
new-requester = Заявитель
new-title = Тема
new-body = Описание
new-create = Создать заявку

### Problems: headings
problem-malformed = Запрос не удалось прочитать
problem-unauthenticated = Войдите, пожалуйста
problem-forbidden = Это не разрешено
problem-not-found = Здесь ничего нет
problem-method = Здесь это невозможно
problem-conflict = Это противоречит тому, что уже есть
problem-stale = За это время всё изменилось
problem-too-large = Слишком большой объём
problem-unsupported-media = Формат не поддерживается
problem-invalid = Нужно кое-что исправить
problem-too-many = Слишком много запросов
problem-unavailable = Попробуйте чуть позже
problem-internal = У нас что-то пошло не так
go-to-start = Перейти на главную
request-id = Если будете спрашивать нас, назовите

### Problems: what to do
error-unauthenticated = Войдите или отправьте действующий токен.
error-not-found = Этого не существует, или у вас нет доступа.
error-method = Адрес есть, но не для такого запроса.
error-malformed = Проверьте отправленное и повторите.
error-stale = Кто-то изменил это после того, как вы открыли. Посмотрите ещё раз и повторите.
error-too-large = Принимается не больше { $size }.
error-unsupported-media = Отправьте содержимое как application/json.
error-invalid = Проверьте указанные поля.
error-too-many = { $seconds ->
         [one] Подождите { $seconds } секунду и повторите.
         [few] Подождите { $seconds } секунды и повторите.
         [many] Подождите { $seconds } секунд и повторите.
        *[other] Подождите { $seconds } секунды и повторите.
    }
error-internal = Ошибка записана под номером ниже. Можно спокойно попробовать ещё раз.
error-unavailable = Хранилище сейчас недоступно. Ничего из отправленного не осталось сделанным наполовину.
error-cursor = Эта отметка страницы недействительна. Начните список сначала.
error-other-origin = Запрос пришёл с другого сайта.
error-form-expired = Страница была открыта слишком долго. Обновите её и повторите.
error-body-broken = Содержимое оборвалось.
error-json-syntax = Это не JSON: строка { $line }, столбец { $column }.
error-field-required = Это поле обязательно.
error-field-unknown = Такого поля нет.
error-field-type = Значение неверного типа: { $detail }.
error-field-choice = Выберите одно из значений: { $known }.
error-needed = Это обязательное значение.
error-text-length = Не длиннее { $max } знаков.
error-list-max = Не больше { $max }.
error-name-length = В названии от 1 до { $max } знаков.
error-number-needed = Введите число без разделителя тысяч, например 1000 или 12,5.
error-between = Укажите число от { $min } до { $max }.
error-boolean-needed = Укажите true или false.
error-date-needed = Нужна дата вида 2026-03-12.
error-one-of = Выберите одно из значений: { $options }.
error-email-invalid = Это не адрес эл. почты.
error-email-needed = Нужен хотя бы один адрес эл. почты.
error-email-taken = { $email } принадлежит другому человеку.
error-password-too-short = В пароле не меньше { $min } знаков.
error-password-too-long = В пароле не больше { $max } байт.
error-language-unknown = Этот язык неизвестен.
error-time-zone-unknown = Часовой пояс неизвестен; пример: Europe/Riga.
error-not-oneself = С самим собой этого сделать нельзя.
error-idempotency-key-reused = Этот Idempotency-Key уже использован для другого запроса.
error-desk-unknown = Службы { $desk } нет.
error-desk-none = Пока нет ни одной службы.
error-kind-unknown = Вида { $kind } нет.
error-person-unknown = Никто не найден: { $person }.
error-person-disabled = Этому человеку вход закрыт.
error-ticket-unknown = Заявки { $ticket } нет.
error-attachment-unknown = Файл неизвестен или уже относится к сообщению.
error-attachments-max = Не больше { $max } файлов в одном сообщении.
error-template-syntax = Строка { $line } не читается. Имена пишутся как { $value }, условия — как { $condition }.
error-template-name = Строка { $line }: значения «{ $name }» нет. Доступны: { $known }.
error-template-part = Строка { $line }: здесь допустимы только имена и условия, без циклов, вычислений и функций.
error-template-empty = Напишите текст, HTML или то и другое.
error-outgoing-not-failed = Повторить можно только письмо, от отправки которого отказались.
error-send-at = Выберите время в будущем, не позже чем через год.
error-send-at-replies = Отложить можно только ответ сотрудника.
error-sends-max = В одной заявке может ждать отправки не более { $max } ответов.
error-send-gone = Ответ уже отправлен или отозван.
error-send-author-only = Изменить текст может только автор. Вы можете отозвать ответ.
error-recipient-not-cc = { $email } нет в копии этой заявки. Сначала добавьте адрес в копию.
error-recipients-none = Выберите хотя бы одного получателя.
error-side-own-mailbox = { $email } — адрес самой службы. Напишите кому-то другому или оставьте заметку.
error-side-participant = { $email } участвует в самой заявке. Отправьте ответ.
error-agents-only = Это могут только сотрудники этой службы.
error-assignee-of-desk = Взять заявку могут только сотрудники службы { $desk }.
error-team-of-desk = Команда не относится к службе { $desk }.
error-category-of-desk = Категория не относится к службе { $desk }.
error-category-depth = Глубина категорий не больше { $max } уровней.
error-not-agent-of-desk = { $person } не входит в число сотрудников этой службы.
error-domain-invalid = { $domain } — не почтовый домен.
error-domain-public = { $domain } используют все, поэтому по нему не понять, кто из какой организации.
error-domain-taken = { $domain } относится к другой организации.
error-fields-max = Не больше { $max } полей на службу.
error-key-invalid = Ключ состоит из строчных латинских букв, цифр и подчёркиваний и начинается с буквы.
error-key-taken = { $key } уже используется.
error-link-to-itself = Заявку нельзя связать с самой собой.
error-options-for-choice = Варианты бывают только у полей с выбором, и нужен хотя бы один.
error-prefix-invalid = Префикс состоит из 2–6 заглавных букв.
error-tag-invalid = Метка состоит из одного слова не длиннее { $max } знаков.
error-tags-max = Не больше { $max } меток.
error-transition = Нельзя перейти из «{ $from }» в «{ $to }». Возможно: { $allowed }.
error-idempotency-key = В Idempotency-Key от 1 до { $max } видимых знаков.
error-limit = На странице от 1 до { $max } записей.
error-organisation-unknown = Организации { $organisation } нет.
error-role-unknown = Роли { $role } нет.
error-fixed-once-made = Это уже нельзя изменить.
sign-in-refused = Адрес и пароль не совпадают.
error-multipart = Отправьте один файл как multipart/form-data.
error-last-event-id = Last-Event-ID должен быть позицией, которую прислал этот поток.
error-query-length = В запросе не больше { $max } байт.
sign-in-throttled = Слишком много попыток. Подождите немного и повторите.

### Told after an action
told-sent = Ответ отправлен
told-kept = Заметка сохранена
told-changed = Изменено
told-opened = Заявка создана
joined-report = Добавлено сюда, потому что это отчёт о письме этой заявки

### Merging, moving, held mail
error-merged = { $ticket } объединена с { $into }: работайте с ней там.
error-merged-elsewhere = { $ticket } объединена с другой заявкой, работа идёт там. Обратитесь в службу, которая ею занимается.
error-merge-itself = Заявку нельзя объединить с самой собой. Укажите другую.
error-merge-circle = { $into } сама объединена с { $ticket }. Сначала отмените то объединение.
error-not-merged = { $ticket } не объединена с другой заявкой.
error-move-side = Сообщение параллельной переписки остаётся в ней.
error-move-nowhere = Сообщение уже в заявке { $ticket }. Укажите другую.
error-not-held = Это сообщение не задержано: оно уже принято.
error-discard-inbound = Отбросить можно только входящее сообщение.
error-discarded = Это сообщение уже отброшено.
fact-message-discarded = сообщение отброшено как спам
fact-other-ticket = другой заявкой
because-merged = объединена с другой заявкой
because-unmerged = объединение отменено
because-moved-away = её сообщения перенесены в другую заявку
because-discarded = только спам
told-merged = Заявки объединены
told-unmerged = Объединение отменено
told-message-moved = Сообщение перенесено
told-admitted = Сообщение принято
told-discarded = Сообщение отброшено
message-actions = Что сделать с этим сообщением
message-not-here = Не из этой заявки
message-discard = Отбросить как спам
message-genuine = Оно подлинное
message-genuine-join = Подлинное; копии получит { $name }
message-discarded = Отброшено как спам
message-came-to = пришло в { $ticket }
message-came-back = Вернулось: { $to }. { $problem }
message-defects = Исправлено при чтении: { $list }
held-title = Задержано для проверки
held-forged = { $domain } сообщает, что не отправлял это письмо. Прежде чем действовать, спросите отправителя другим способом.
held-unproven = Ничто не доказывает, что это письмо от { $domain }.
held-ambiguous = В письме отправитель указан по-разному.
held-stranger = Отправитель не участвует в этой заявке.
held-other = Не удалось доказать, кто это отправил.
held-until = Его видят только сотрудники. Заявка ждёт вашего решения.
invitation-request = Приглашение
invitation-cancel = Встреча отменена
invitation-reply = Ответ на приглашение
invitation-other = Запись календаря
invitation-by = от { $name }
invitation-repeats = повторяется
protection-signed = Подписано { $standard }, не проверено
protection-signed-part = Частично подписано { $standard }, не проверено
protection-encrypted = Зашифровано { $standard }: здесь прочитать нельзя
protection-encrypted-part = Частично зашифровано { $standard }: эту часть здесь прочитать нельзя
merge-action = Объединить
merge-title = Объединить { $ticket } с другой заявкой
merge-about = Её сообщения будут видны там, ответы придут туда, а сама она закроется. Ничего не пропадёт, и это можно отменить.
merge-into = С какой заявкой
merge-into-help = Её номер, например INC-1040
merge-suggested = Другие открытые заявки: { $name }
merge-look = Посмотреть, что будет
merge-what = Что произойдёт
merge-shown = В дальнейшем видно в { $into }: { $n ->
        [one] { $n } сообщение из { $ticket }
        [few] { $n } сообщения из { $ticket }
        [many] { $n } сообщений из { $ticket }
       *[other] { $n } сообщения из { $ticket }
    }
merge-desks = Сотрудники, которые увидят их и заметки: { $desks }
merge-readers = Увидят их также: { $names }
merge-managers = Их увидят и руководители организации «{ $organisation }»
merge-joining = В дальнейшем участвуют в { $into }, видят переписку и получают ответы: { $names }
merge-left-out = Не добавляются и больше не получают ответов: { $names }
merge-all = Добавить и их
merge-closed = { $ticket } закрывается
merge-done = { $into } завершена; объединение её не откроет
merge-do = Объединить с { $into }
merge-undo = Отменить объединение
merge-undo-of = Отменить объединение: { $ticket }
merged-into = Объединена с { $ticket }. Работа идёт там, и ответы на эту заявку приходят туда.
merged-elsewhere = Объединена с другой заявкой, которую вы не видите. Работа идёт там, и ответы на эту заявку приходят туда.
merged-from = { $ticket } объединена с этой заявкой; её сообщения видны здесь.
portal-merged = Это обращение объединено с { $request }. Пожалуйста, продолжайте там.
portal-merged-elsewhere = Это обращение объединено с другим по тому же вопросу. Если вы ответите на наше письмо, ответ дойдёт до нас.
move-about = Куда относится это сообщение? Последующие ответы пойдут за ним.
move-new = Отдельная заявка
move-title = Тема новой заявки
move-other = Другая заявка
move-number = Её номер
move-following = { $n ->
        [one] И { $n } ответ на него
        [few] И { $n } ответа на него
        [many] И { $n } ответов на него
       *[other] И { $n } ответа на него
    }
move-do = Перенести

### Portal
portal-company = { $company }: помощь
portal-menu = Меню
portal-requests = Мои обращения
portal-new = Новое обращение
portal-hero = Чем мы можем помочь?
portal-hero-text = Расскажите своими словами, что вам нужно. На этой странице видны все ответы и то, чей сейчас ход.
portal-runs-on = Работает на Steward
portal-empty-title = Вы пока ни о чём нас не спрашивали
portal-empty-text = За всем, о чём вы просите нас здесь или по почте, можно следить на этой странице.
portal-newest = Последние обращения
portal-asked-by = заявитель: { $name }
portal-received = Мы получили обращение
portal-with-us = Мы этим занимаемся
portal-with-you = Нам нужен ваш ответ
portal-with-requester = Ждём ответа: { $name }
portal-with-others = Ждём ответа от других
portal-done = Готово
portal-closed = Закрыто
portal-progress = Ход работы
portal-step-received = Получено
portal-step-answer = Первый ответ
portal-step-solved = Решено
portal-conversation = Переписка
portal-you = Вы
portal-opened = Обращение создано
portal-opened-mail = Обращение создано по почте
portal-opened-here = Обращение создано здесь
portal-opened-phone = Обращение создано по телефону
portal-reopened = Открыто снова
portal-write = Напишите нам
portal-answer = Ответьте нам
portal-reopens = Если вы напишете, обращение будет открыто снова.
portal-send = Отправить
portal-told-sent = Отправлено. Ваше сообщение у нас.
portal-told-opened = Мы получили ваше обращение.
portal-about = Об этом обращении
portal-number = Номер
portal-requester = Заявитель
portal-desk = Отвечает
portal-copies = Также в курсе
portal-new-heading = Что вам нужно?
portal-new-about = Опишите своими словами. Мы найдём, кто сможет помочь.
portal-new-desk = Кто должен ответить?
portal-new-desk-help = Если не уверены, оставьте как есть: мы передадим.
portal-new-title = Коротко
portal-new-body = Что вам нужно или что случилось?
portal-new-send = Отправить обращение
error-administrators-only = Это могут делать только администраторы.
error-own-requests-only = Обращения можно создавать только от своего имени.
error-assignee-unknown = Нет сотрудника { $assignee }.
error-category-unknown = Нет категории { $category }.
error-team-unknown = Нет команды { $team }.
error-query-field-unknown = Нет поля «{ $field }». (символ { $at })
error-query-field-unknown-near = Нет поля «{ $field }». Возможно, «{ $nearest }»? (символ { $at })
error-query-value-unknown = У поля «{ $field }» нет значения «{ $value }». (символ { $at })
error-query-value-unknown-near = У поля «{ $field }» нет значения «{ $value }». Возможно, «{ $nearest }»? (символ { $at })
error-query-value-missing = После «{ $field }» не хватает значения. (символ { $at })
error-query-value-single = Здесь у поля «{ $field }» может быть только одно значение. (символ { $at })
error-query-day-bad = «{ $field }»: «{ $value }» — не день. (символ { $at })
error-query-number-bad = «{ $field }»: «{ $value }» — не число. (символ { $at })
error-query-time-bad = «{ $field }»: «{ $value }» — не время, например 4h, 7d, 2026-03-12 или today. (символ { $at })
error-query-time-bad-near = «{ $field }»: «{ $value }» — не время. Возможно, «{ $nearest }»? (символ { $at })
error-query-range-backwards = Диапазон поля «{ $field }» заканчивается раньше, чем начинается. (символ { $at })
error-query-range-here = У поля «{ $field }» не бывает диапазонов. (символ { $at })
error-query-range-open = Диапазону поля «{ $field }» нужны оба конца. (символ { $at })
error-query-operator = Поле «{ $field }» нельзя сравнивать с помощью «{ $operator }». (символ { $at })
error-query-group-open = Эта скобка не закрыта. (символ { $at })
error-query-group-close = Эта скобка не была открыта. (символ { $at })
error-query-group-empty = Между скобками ничего нет. (символ { $at })
error-query-phrase-empty = Между кавычками ничего нет. (символ { $at })
error-query-quote-open = Эта кавычка не закрыта. (символ { $at })
error-query-side-missing = Рядом с «{ $word }» чего-то не хватает. (символ { $at })
error-query-no-text = Здесь нельзя искать по словам; укажите поле. (символ { $at })
error-query-sort-bad = Сортируйте так: sort:-priority. (символ { $at })
error-query-sort-field = По полю «{ $field }» нельзя сортировать. (символ { $at })
error-query-sort-inside = Сортировка пишется вне скобок и отрицания. (символ { $at })
error-query-too-deep = Скобки вкладываются не глубже { $max } уровней. (символ { $at })
error-query-too-long = В запросе не больше { $max } байт. (символ { $at })
error-query-too-many-terms = В запросе не больше { $max } условий. (символ { $at })

# Получаемая почта
error-mail-source-name-unknown = Такое имя сервера неизвестно: проверьте написание. ({ $detail })
error-mail-source-address-forbidden = Забирать почту с { $detail } нельзя: укажите сам почтовый сервер.
error-mail-source-no-connection = На этом порту ничего не отвечает: проверьте имя сервера, порт и межсетевой экран между ними. ({ $detail })
error-mail-source-no-answer = Сервер не отвечает вовремя: проверьте порт и соответствующее ему шифрование. ({ $detail })
error-mail-source-tls = Не удалось установить защищённое соединение: проверьте, что имя совпадает с сертификатом сервера и что порт работает с TLS. ({ $detail })
error-mail-source-no-starttls = Сервер не предлагает STARTTLS: выберите TLS с его портом или спросите того, кто управляет сервером. ({ $detail })
error-mail-source-cleartext = Пароли не отправляются без шифрования: выберите TLS или STARTTLS. { $detail }
error-mail-source-sign-in-refused = Сервер не принимает имя пользователя или пароль. Некоторым провайдерам нужен пароль приложения или xoauth2. Сервер отвечает: { $detail }
error-mail-source-sign-in-again = Срок разрешения истёк: войдите у провайдера заново и сохраните новый refresh token. ({ $detail })
error-mail-source-token = Провайдер не выдаёт токен доступа: проверьте адрес выдачи токенов, client ID и client secret. ({ $detail })
error-mail-source-folder = Папку не удаётся открыть: проверьте её имя. ({ $detail })
error-mail-source-move-to = Письма забраны, но сервер их не перемещает, не помечает или не удаляет. Сервер отвечает: { $detail }
error-mail-source-protocol = Почтовый сервер этого вида так не отвечает: проверьте протокол и порт. ({ $detail })
error-mail-source-server = Сервер разорвал соединение. Сервер отвечает: { $detail }
error-mail-source-storage = Steward сейчас не может сохранить почту: { $detail }
error-mail-source-secret-key = Сохранённые учётные данные не удаётся расшифровать: верните секретный ключ или введите их заново. ({ $detail })
error-mail-source-host = Нужно имя или адрес сервера, например imap.example.org.
error-mail-source-mailbox = Это не адрес ни одной из ваших служб.
error-mail-source-password-again = Введите учётные данные ещё раз: сохранённые относятся к другому серверу.
error-mail-source-round = Письма нельзя перемещать в папку, из которой они забираются.
error-mail-source-token-url = Нужен адрес, который начинается с https://.
mail-not-taken-size =
    Размер этого письма — { $size }, это больше, чем принимает Steward. Здесь показан только его заголовок.
    Само письмо по-прежнему находится здесь: { $place }.
mail-not-taken-large =
    Это письмо больше, чем принимает Steward. Здесь показан только его заголовок.
    Само письмо по-прежнему находится здесь: { $place }.
mail-not-taken-refused =
    Почтовый сервер не отдаёт это письмо. Здесь показан только его заголовок, насколько он получен.
    Само письмо по-прежнему находится здесь: { $place }. Сервер отвечает: { $detail }
