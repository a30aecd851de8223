search-in-file = Failā
