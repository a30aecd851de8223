search-in-file = В файле
health-files = Вложенные файлы
health-files-says = Ожидают чтения для поиска: { $waiting }. Не удалось прочитать: { $unread }.
