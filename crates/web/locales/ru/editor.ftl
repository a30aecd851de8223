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
editor-file-remove = Убрать { $name }
editor-file-failed = Не удалось загрузить { $name }. Проверьте соединение и приложите файл ещё раз.
editor-file-large = { $name } слишком велик: не больше { $size } на файл.
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
     [one] { $people } узнает об этом.
     [few] { $people } узнают об этом.
     [many] { $people } узнают об этом.
    *[other] { $people } узнают об этом.
    }
error-mention-note = Упоминать коллег можно только в заметке. Снаружи их имён видеть не должны.
error-mention-unknown = Кто-то из упомянутых не видит эту заявку. Уберите имя или дайте доступ к службе.
