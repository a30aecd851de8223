search-in-file = Trong tệp
