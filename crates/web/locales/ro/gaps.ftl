# Small things that belong to several pages: callers without an address, the requester of a ticket, what must be logged.
gaps-desk-time = Timpul trebuie înregistrat înainte de rezolvarea unui tichet
gaps-desk-time-help = Rezolvarea este refuzată până când cineva înregistrează cel puțin un minut de lucru la tichet.
error-caller-needed = Spuneți cine este: un nume, un număr de telefon sau o adresă de e-mail.
error-caller-which = { $n ->
    [one] Există deja cineva cu numele { $name }. Alegeți persoana din listă sau adăugați un număr ori o adresă pentru cineva nou.
    [few] { $n } persoane se numesc { $name }. Alegeți una din listă sau adăugați un număr ori o adresă pentru cineva nou.
   *[other] { $n } de persoane se numesc { $name }. Alegeți una din listă sau adăugați un număr ori o adresă pentru cineva nou.
}
error-caller-number = { $n ->
    [one] Cineva are deja acest număr. Alegeți persoana din listă sau adăugați un nume.
    [few] { $n } persoane folosesc acest număr. Alegeți una din listă sau adăugați un nume.
   *[other] { $n } de persoane folosesc acest număr. Alegeți una din listă sau adăugați un nume.
}
gaps-caller-find = Nume, telefon sau e-mail. Pentru cineva nou ajunge unul dintre ele.
gaps-no-address = nimeni: nu se cunoaște nicio adresă de e-mail
gaps-requester-change = Schimbă solicitantul
gaps-requester-who = Pentru cine este?
gaps-requester-new = Cineva nou: nume și telefon
gaps-requester-keep = Păstrează în copie: { $name }
gaps-requester-do = Schimbă solicitantul
gaps-requester-consequence = De acum răspunsurile merg la noul solicitant, iar tichetul aparține organizației acestuia. { $name } îl mai vede doar cât este în copie. Nimeni nu este anunțat.
gaps-account-mail = Mesaje despre conturi
gaps-account-mail-about = Invitații și linkuri pentru o parolă nouă. Un mesaj eșuat nu se mai trimite: invitați sau resetați din nou de pe pagina persoanei.
gaps-account-invitation = Invitație
gaps-account-reset = Parolă nouă
gaps-account-ended = Link expirat
