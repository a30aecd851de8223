# Small things that belong to several pages: callers without an address, the requester of a ticket, what must be logged.
gaps-desk-time = Pirms pieteikuma atrisināšanas jāieraksta laiks
gaps-desk-time-help = Pieteikumu nevar atrisināt, kamēr kāds nav ierakstījis vismaz vienu darba minūti.
error-caller-needed = Norādiet, kas tas ir: vārds, tālruņa numurs vai e-pasta adrese.
error-caller-which = { $n ->
    [zero] Ir jau { $n } cilvēki ar vārdu: { $name }. Izvēlieties no saraksta vai pievienojiet jaunajam numuru vai adresi.
    [one] Ir jau { $n } cilvēks ar vārdu: { $name }. Izvēlieties no saraksta vai pievienojiet jaunajam numuru vai adresi.
   *[other] Ir jau { $n } cilvēki ar vārdu: { $name }. Izvēlieties no saraksta vai pievienojiet jaunajam numuru vai adresi.
}
error-caller-number = { $n ->
    [zero] Šis numurs ir { $n } cilvēkiem. Izvēlieties no saraksta vai pievienojiet vārdu.
    [one] Šis numurs jau ir { $n } cilvēkam. Izvēlieties no saraksta vai pievienojiet vārdu.
   *[other] Šis numurs ir { $n } cilvēkiem. Izvēlieties no saraksta vai pievienojiet vārdu.
}
gaps-caller-find = Vārds, tālrunis vai e-pasts. Jaunam cilvēkam pietiek ar vienu no tiem.
gaps-no-address = neviens: e-pasta adrese nav zināma
gaps-requester-change = Mainīt pieteicēju
gaps-requester-who = Kam tas ir?
gaps-requester-new = Jauns cilvēks: vārds un tālrunis
gaps-requester-keep = Atstāt kopijā: { $name }
gaps-requester-do = Mainīt pieteicēju
gaps-requester-consequence = Turpmāk atbildes saņem jaunais pieteicējs, un pieteikums pieder viņa organizācijai. { $name } to redz tikai, kamēr saņem kopijas. Nevienam netiek paziņots.
gaps-account-mail = Vēstules par kontiem
gaps-account-mail-about = Ielūgumi un saites jaunai parolei. Neizdevusies vēstule netiek sūtīta vēlreiz: ielūdziet vai atiestatiet no jauna cilvēka lapā.
gaps-account-invitation = Ielūgums
gaps-account-reset = Jauna parole
gaps-account-ended = Saite beigusies
