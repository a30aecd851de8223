### Письмо
editor-tools = Форматирование: { $name }
editor-bold = Полужирный
editor-italic = Курсив
editor-strike = Зачёркнутый
editor-code = Код
editor-bullets = Маркированный список
editor-numbers = Нумерованный список
editor-quote = Цитата
editor-code-block = Блок кода
editor-link = Ссылка
editor-link-address = Адрес ссылки
editor-link-set = Вставить ссылку
editor-link-invalid = Введите веб-адрес или адрес почты. Оставьте поле пустым, чтобы убрать ссылку.
editor-undo = Отменить
editor-redo = Повторить
editor-attach = Приложить файлы
editor-attach-limit = До { $size } каждый; можно перетащить или вставить
editor-canned = Вставить готовый ответ
editor-mention = Упомянуть коллегу
editor-files = Приложенные файлы
editor-file-remove = Убрать: { $name }
editor-file-failed = Не удалось загрузить файл: { $name }. Проверьте соединение и приложите его ещё раз.
editor-file-large = Слишком большой файл: { $name }. Не больше { $size } на файл.
editor-file-busy = Файл ещё загружается. Отправьте через мгновение.
editor-files-max = К одному сообщению можно приложить не больше { $max } файлов.
composer-cc-add = Добавить
composer-cc-add-label = Добавить в копию по имени или адресу
composer-address-invalid = Это не адрес почты.
composer-only-requester = Только заявителю
composer-everybody = Всем
consequence-joins = { $n ->
     [one] { $people } присоединится к переписке и сможет её читать.
     [few] { $people } присоединятся к переписке и смогут её читать.
     [many] { $people } присоединятся к переписке и смогут её читать.
    *[other] { $people } присоединятся к переписке и смогут её читать.
    }
consequence-mentions = { $n ->
        [one] { $people } получит уведомление.
        [few] { $people } получат уведомление.
        [many] { $people } получат уведомление.
       *[other] { $people } получат уведомление.
    }
error-mention-note = Упоминать коллег можно только в заметке. Снаружи их имён видеть не должны.
error-mention-unknown = Кто-то из упомянутых не видит эту заявку. Уберите имя или дайте доступ к службе.
view-mentions = Упоминания
canned-title = Готовые ответы
canned-about = Тексты, которые вы пишете часто. Введите / в ответе, чтобы вставить; имена в двойных фигурных скобках подставляются из заявки.
canned-words = шаблоны ответов, макросы, заготовки, стандартные ответы
canned-none = Пока ни одного. Напишите первый: тот ответ, который вы чаще всего давали на этой неделе.
canned-new = Новый готовый ответ
canned-edit = Готовый ответ
canned-name = Название
canned-shortcut = Сокращение
canned-shortcut-help = Что вводят после /: буквы, цифры, дефисы.
canned-place = Для кого
canned-place-help = Свои видите только вы.
canned-mine = Только я
canned-everybody = Все
canned-language = Язык
canned-languages = Языки этого текста
canned-text = Текст
canned-names-help = Подставляются:
canned-save = Сохранить
canned-remove = Удалить
canned-remove-language = Удалить: { $language }
canned-uses = { $n ->
     [one] использован { $n } раз
     [few] использован { $n } раза
     [many] использован { $n } раз
    *[other] использован { $n } раза
    }
error-canned-name = «{ $name }» нельзя подставить. Известные имена: { $known }.
error-canned-shortcut = Только буквы, цифры и дефисы, не больше { $max }.
error-canned-place = Готовые ответы можно писать для себя, своих служб и команд. Общие для всех пишут администраторы.
forward-title = Переслать
forward-about = Получатель увидит только это сообщение и ничего больше из заявки. Его ответы придут в параллельную переписку; заявитель их никогда не увидит.
forward-own = Ваш текст (необязательно)
forward-begins = Пересланное сообщение
forward-from = От
forward-date = Дата
forward-subject = Тема
forward-files = Приложить файлы
forward-send = Переслать
preview-download = Скачать
preview-download-one = Скачать: { $name }
preview-look = Посмотреть: { $name }
preview-open = Открыть в новой вкладке
preview-back = Назад к сообщению
preview-cut = Показано только начало. Остальное — в самом файле.
preview-none = Такой файл здесь показать нельзя. Скачайте его и открывайте, только если доверяете отправителю.
