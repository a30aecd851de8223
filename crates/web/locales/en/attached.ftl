search-in-file = In the file
health-files = Attached files
health-files-says = Waiting to be read for search: { $waiting }. Could not be read: { $unread }.
