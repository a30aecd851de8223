search-in-file = În fișierul
health-files = Fișiere atașate
health-files-says = Așteaptă să fie citite pentru căutare: { $waiting }. Nu au putut fi citite: { $unread }.
