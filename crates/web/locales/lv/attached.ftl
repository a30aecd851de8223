search-in-file = Failā
health-files = Pievienotie faili
health-files-says = Gaida nolasīšanu meklēšanai: { $waiting }. Neizdevās nolasīt: { $unread }.
