search-in-file = 在文件中
