search-in-file = In the file
