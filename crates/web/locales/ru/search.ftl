error-search-words = В запросе может быть не больше { $words } слов по { $letters } букв. Ищите по самым важным словам.
error-search-kind = Искать «{ $kind }» нельзя. Используйте ticket, person или organisation.
search-title = Поиск
search-placeholder = Слова, "фраза", номер или условие, например desk:it
search-do = Найти
search-hint = Поиск читает заголовки, номера, метки, доступные вам сообщения и текст вложенных в них файлов, в любой форме слова. Кавычки держат слова вместе, минус впереди исключает, условия вроде status:open или created<7d сужают.
search-kinds = Что искать
search-all = Всё
search-tickets = Заявки
search-people = Люди и организации
search-none = По запросу «{ $text }» ничего не найдено
search-none-hint = Попробуйте меньше слов или другие. Одна буква может быть неверной, ё и е не различаются.
search-building = Поисковый индекс строится: { $percent } %. Самые новые заявки в нём уже есть.
search-pages = Страницы результатов
search-before = Назад
search-behind = Вперёд
search-narrow = Сузить результаты
search-count = { $n ->
    [one] { $n } заявка
    [few] { $n } заявки
    [many] { $n } заявок
   *[other] { $n } заявки
    }
search-many = Самые подходящие заявки: { $n }; уточните запрос, чтобы найти другие
similar-title = Похожие заявки
