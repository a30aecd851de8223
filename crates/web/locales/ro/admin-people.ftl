admin-people = Persoane
admin-people-help = Toți cei care întreabă sau răspund: contact, drepturi și cum intră în cont.
admin-people-words = utilizatori colegi contacte conturi autentificare blocare parolă
admin-people-count = { $n ->
    [one] O persoană
    [few] { $n } persoane
   *[other] { $n } de persoane
}
admin-people-find = Nume sau adresă
admin-people-show = Arată
admin-people-role = Rol
admin-people-any-role = Orice rol
admin-people-agent-of = Agent la { $desk }
admin-people-state = Autentificare
admin-people-any-state = Active și dezactivate
admin-people-active = Activ
admin-people-disabled = Dezactivat
admin-people-none = Nimeni nu se potrivește. Renunțați la un cuvânt sau la un filtru.
admin-next-page = Pagina următoare
admin-save = Salvează
admin-add = Adaugă
admin-actions = Acțiuni
admin-key = Nume scurt
admin-person-add = Adaugă o persoană
admin-person-add-about = Cine scrie un e-mail este adăugat automat. Adăugați manual pe cineva pentru a-i da imediat un birou.
admin-person-name = Nume
admin-person-name-help = Așa cum îl scrie persoana.
admin-person-emails = Adrese de e-mail
admin-person-emails-help = Câte una pe linie; mesajele merg la prima. Mesajele de la oricare îi aparțin.
admin-person-phones = Telefon
admin-person-phones-help = Câte unul pe linie, așa cum se formează.
admin-person-organisation = Organizație
admin-person-organisation-help = Numele ei; dacă e gol, se găsește după domeniul de e-mail.
admin-person-language = Limbă
admin-person-language-help = A scrisorilor și paginilor pentru ei.
admin-person-language-none = Ca în browser
admin-person-zone = Fus orar
admin-person-zone-help = De exemplu Europe/Bucharest.
admin-person-vip = Merită o atenție deosebită
admin-person-vip-help = Agenții văd un semn lângă nume; nimic altceva nu se schimbă.
admin-person-vip-short = Atenție deosebită
admin-person-desks = Lucrează la
admin-person-desks-help = La aceste birouri vede, răspunde și modifică orice tichet.
admin-person-contact = Contact
admin-person-since = În evidență din { $date }
admin-person-failing = E-mailul către { $email } s-a întors: { $problem }. Corectați adresa și salvați.
admin-role-manager-short = Manager
admin-rights = Drepturi
admin-rights-help = Bifați ce trebuie să fie, vedeți ce se schimbă, apoi salvați.
admin-rights-roles = Ce deschide fiecare rol
admin-roles-save = Salvează drepturile
admin-roles-preview = Arată ce se schimbă
admin-effect = La salvare
admin-effect-none = Nu se schimbă nimic.
admin-effect-desk-opens = { $n ->
    [one] Lucrează la { $desk }: se deschide un tichet
    [few] Lucrează la { $desk }: se deschid { $n } tichete
   *[other] Lucrează la { $desk }: se deschid { $n } de tichete
}
admin-effect-desk-closes = { $n ->
    [one] Nu mai lucrează la { $desk }: nu mai vede un tichet
    [few] Nu mai lucrează la { $desk }: nu mai vede { $n } tichete
   *[other] Nu mai lucrează la { $desk }: nu mai vede { $n } de tichete
}
admin-effect-lost = Nu mai:
admin-effect-teams = Părăsește echipele { $teams }
admin-effect-ends = Sesiunile și tokenurile se încheie; se autentifică din nou
admin-effect-assigned = { $n ->
    [one] Un tichet îi rămâne atribuit; dați-l altcuiva
    [few] { $n } tichete îi rămân atribuite; dați-le altcuiva
   *[other] { $n } de tichete îi rămân atribuite; dați-le altcuiva
}
admin-access = Acces în cont
admin-access-password = Se autentifică cu parolă.
admin-access-no-password = Nu are încă parolă: e-mailul funcționează și fără.
admin-sessions = Sesiuni deschise
admin-session-times = din { $since }, văzut ultima dată { $seen }
admin-enable-about = Dezactivat: nu se poate autentifica. E-mailurile sale sunt primite în continuare.
admin-enable = Permite din nou autentificarea
admin-disable = Dezactivează autentificarea
admin-disable-sessions = { $n ->
    [one] O sesiune se încheie imediat
    [few] { $n } sesiuni se încheie imediat
   *[other] { $n } de sesiuni se încheie imediat
}
admin-disable-tokens = { $n ->
    [one] Un token se încheie definitiv
    [few] { $n } tokenuri se încheie definitiv
   *[other] { $n } de tokenuri se încheie definitiv
}
admin-disable-assigned = { $n ->
    [one] Un tichet deschis îi rămâne atribuit
    [few] { $n } tichete deschise îi rămân atribuite
   *[other] { $n } de tichete deschise îi rămân atribuite
}
admin-disable-mail = E-mailurile sale sunt primite și primesc răspuns; fișa rămâne.
admin-told-person-added = Adăugat. I se poate scrie acum.
admin-told-roles = Drepturi salvate; sunt valabile de acum.
admin-told-disabled = Autentificarea e dezactivată; sesiunile și tokenurile s-au încheiat.
admin-told-enabled = Se poate autentifica din nou.
admin-invite = Invită să se autentifice
admin-invitation = Link
admin-back = Înapoi
admin-invited-link = Încă nu poate pleca e-mail, așa că predați dvs. acest link. Funcționează o dată și nu mai e afișat.
admin-told-invited = Invitația este pe drum; linkul funcționează o singură dată.
admin-factor-about = Folosește un al doilea factor. Cine a pierdut telefonul și codurile intră din nou după resetare, doar cu parola.
admin-factor-reset = Resetează al doilea factor
admin-told-factor-reset = Al doilea factor a fost eliminat; sesiunile s-au încheiat.
admin-organisations = Organizații
admin-organisations-help = Companii și departamente: recunoscute după domeniile de e-mail, cu cereri partajate cum alegeți.
admin-organisations-words = companii clienți departamente domenii partajare
admin-organisations-find = Nume sau domeniu
admin-organisations-none = Nicio organizație nu se potrivește. Adăugați una pentru a grupa persoanele după domeniu.
admin-organisation-add = Adaugă o organizație
admin-organisation-name = Nume
admin-organisation-people = Membri
admin-organisation-domains = Domenii de e-mail
admin-organisation-domains-help = Câte unul pe linie, ca example.org. Cine scrie prima dată de acolo îi aparține; cei cunoscuți rămân unde sunt.
admin-organisation-sharing = Cine vede cererile membrilor
admin-organisation-sharing-help = Pe portal, pe lângă cererile proprii. Agenții nu sunt afectați.
admin-sharing-none = Doar cine a cerut
admin-sharing-managers = Managerii le văd pe toate
admin-sharing-everyone = Toți membrii le văd pe toate
admin-sharing-effect-none = Doar cine a cerut: nimeni altcineva din organizație nu vede cererea
admin-sharing-effect-managers = { $n ->
    [one] Manageri: o persoană vede cererile tuturor
    [few] Manageri: { $n } persoane văd cererile tuturor
   *[other] Manageri: { $n } de persoane văd cererile tuturor
}
admin-sharing-effect-everyone = { $n ->
    [one] Toți membrii: o persoană vede cererile tuturor
    [few] Toți membrii: { $n } persoane văd cererile tuturor
   *[other] Toți membrii: { $n } de persoane văd cererile tuturor
}
admin-tokens = Tokenuri API
admin-tokens-help = Programe care acționează în numele cuiva, cu drepturile sale. Fiecare și le creează în profil.
admin-tokens-words = chei programe integrare revocare
admin-tokens-none = Niciun program nu are token.
admin-token-name = Pentru ce
admin-token-of = Drepturile cui
admin-token-used = creat { $made }, folosit ultima dată { $used }
admin-token-unused = creat { $made }, nefolosit
admin-token-revoke = Revocă
admin-token-revoke-named = Revocă { $name }
admin-told-revoked = Tokenul s-a încheiat; programul este refuzat de acum.
admin-why = De ce vede persoana asta?
admin-why-short = De ce vede…
admin-why-help = Alegeți o persoană și un tichet: fiecare regulă spune dacă îi permite să-l vadă.
admin-why-words = acces vizibil permisiune confidențialitate cine vede
admin-why-person = Persoană
admin-why-person-help = Adresa sau începutul numelui.
admin-why-ticket = Tichet
admin-why-ticket-help = Numărul, de exemplu INC-1042.
admin-why-ticket-door = Cine vede acest tichet și de ce
admin-why-ask = Explică
admin-why-no-person = Nimeni nu are această adresă sau acest nume. Scrieți începutul numelui ca în fișă.
admin-why-no-ticket = Nu există un astfel de tichet. Verificați numărul.
admin-why-several = La cine vă referiți?
admin-why-sees = { $name } vede { $number }
admin-why-not = { $name } nu vede { $number }
admin-why-may-see = Îl vede cu mesajele sale
admin-why-may-notes = Citește notele interne
admin-why-may-work = Răspunde și modifică
admin-why-rules = Regulă cu regulă
admin-why-yes = Da:
admin-why-no = Nu:
admin-why-disabled = { $name } nu se poate autentifica, deci nicio regulă nu se aplică: nu vede nimic până la reactivare.
admin-why-admin = Este administrator, iar administratorii văd orice tichet.
admin-why-auditor = Este auditor, iar auditorii citesc orice tichet.
admin-why-no-role = Nu este nici administrator, nici auditor.
admin-why-desk = Lucrează la { $desk }, un birou al acestui tichet.
admin-why-no-desk = Nu lucrează la { $desk }, unde se află tichetul.
admin-why-requester = A cerut-o personal.
admin-why-no-requester = Nu a cerut-o; a cerut-o { $name }.
admin-why-copy = Este în CC.
admin-why-watches = O urmărește.
admin-why-no-part = Nu este nici în CC, nici observator.
admin-why-no-organisation = Tichetul nu aparține niciunei organizații.
admin-why-manages = Este manager la { $organisation }, ale cărei cereri sunt văzute de manageri.
admin-why-shared = Aparține de { $organisation }, ai cărei membri își văd cererile reciproc.
admin-why-other-organisation = Nu aparține de { $organisation }, a cărei cerere este.
admin-why-unshared = Aparține de { $organisation }, care nu partajează cererile între membri.
admin-why-no-manager = Aparține de { $organisation }, dar nu este manager.
