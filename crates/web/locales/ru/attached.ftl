search-in-file = В файле
