admin-people = Persoane
admin-people-help = Toți cei care întreabă sau răspund: contact, drepturi și autentificare.
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
admin-people-none = Nimeni nu corespunde. Renunțați la un cuvânt sau la un filtru.
admin-next-page = Pagina următoare
admin-save = Salvează
admin-add = Adaugă
admin-actions = Acțiuni
admin-key = Nume scurt
admin-person-add = Adaugă o persoană
admin-person-add-about = Cine scrie un e-mail este adăugat automat. Adăugați manual o persoană pentru a-i da imediat un birou.
admin-person-name = Nume
admin-person-name-help = Așa cum îl scrie persoana însăși.
admin-person-emails = Adrese de e-mail
admin-person-emails-help = Câte una pe rând; mesajele merg la prima. Mesajele de la oricare îi aparțin persoanei.
admin-person-phones = Telefon
admin-person-phones-help = Câte unul pe rând, așa cum se formează.
admin-person-organisation = Organizație
admin-person-organisation-help = Numele ei; dacă e gol, se găsește după domeniul de e-mail.
admin-person-language = Limbă
admin-person-language-help = Pentru mesajele și paginile pe care le vede.
admin-person-language-none = Ca în browserul său
admin-person-zone = Fus orar
admin-person-zone-help = De exemplu Europe/Bucharest.
admin-person-vip = Necesită atenție deosebită
admin-person-vip-help = Agenții văd un semn lângă nume; nimic altceva nu se schimbă.
admin-person-vip-short = Atenție deosebită
admin-person-desks = Lucrează la
admin-person-desks-help = La aceste birouri vede orice tichet, răspunde și face modificări.
admin-person-contact = Contact
admin-person-since = În evidență din { $date }
admin-person-failing = E-mailul către { $email } s-a întors: { $problem }. Corectați adresa și salvați.
admin-role-manager-short = Manager
admin-rights = Drepturi
admin-rights-help = Bifați rolurile, vedeți ce se schimbă, apoi salvați.
admin-rights-roles = Ce permite fiecare rol
admin-roles-save = Salvează drepturile
admin-roles-preview = Arată ce se schimbă
admin-effect = La salvare
admin-effect-none = Nu se schimbă nimic.
admin-effect-desk-opens = { $n ->
        [one] Lucrează la { $desk }: va vedea un tichet deschis
        [few] Lucrează la { $desk }: va vedea { $n } tichete deschise
       *[other] Lucrează la { $desk }: va vedea { $n } de tichete deschise
    }
admin-effect-desk-closes = { $n ->
        [one] Nu mai lucrează la { $desk }: nu va mai vedea un tichet deschis
        [few] Nu mai lucrează la { $desk }: nu va mai vedea { $n } tichete deschise
       *[other] Nu mai lucrează la { $desk }: nu va mai vedea { $n } de tichete deschise
    }
admin-effect-lost = Nu mai:
admin-effect-teams = Părăsește echipele { $teams }
admin-effect-ends = Sesiunile și tokenurile active se încheie; va trebui să se autentifice din nou
admin-effect-assigned = { $n ->
        [one] Un tichet deschis îi rămâne alocat; dați-l altcuiva
        [few] { $n } tichete deschise îi rămân alocate; dați-le altcuiva
       *[other] { $n } de tichete deschise îi rămân alocate; dați-le altcuiva
    }
admin-access = Autentificare
admin-access-password = Se autentifică cu parolă.
admin-access-no-password = Nu are încă parolă: e-mailul funcționează și fără.
admin-sessions = Sesiuni deschise
admin-session-times = din { $since }, ultima activitate { $seen }
admin-enable-about = Dezactivat: nu se poate autentifica. E-mailurile sale sunt primite în continuare.
admin-enable = Permite accesul
admin-disable = Blochează accesul
admin-disable-sessions = { $n ->
    [one] O sesiune se încheie imediat
    [few] { $n } sesiuni se încheie imediat
   *[other] { $n } de sesiuni se încheie imediat
}
admin-disable-tokens = { $n ->
        [one] Un token se revocă definitiv
        [few] { $n } tokenuri se revocă definitiv
       *[other] { $n } de tokenuri se revocă definitiv
    }
admin-disable-assigned = { $n ->
        [one] Un tichet deschis îi rămâne alocat
        [few] { $n } tichete deschise îi rămân alocate
       *[other] { $n } de tichete deschise îi rămân alocate
    }
admin-disable-mail = Mesajele sale sunt primite și primesc răspuns; fișa rămâne.
admin-told-person-added = Adăugat. I se poate scrie de acum.
admin-told-roles = Drepturi salvate; sunt valabile de acum.
admin-told-disabled = Autentificarea este dezactivată; sesiunile și tokenurile s-au încheiat.
admin-told-enabled = Se poate autentifica din nou.
admin-invite = Invită la autentificare
admin-invitation = Link
admin-back = Înapoi
admin-invited-link = Încă nu se pot trimite e-mailuri, așa că transmiteți dvs. acest link. Funcționează o singură dată și nu mai este afișat.
admin-told-invited = Invitația este pe drum; linkul funcționează o singură dată.
admin-factor-about = Folosește un al doilea factor. Dacă s-au pierdut telefonul și codurile de recuperare, după resetare intră doar cu parola.
admin-factor-reset = Resetează al doilea factor
admin-told-factor-reset = Al doilea factor a fost eliminat; sesiunile s-au încheiat.
admin-organisations = Organizații
admin-organisations-help = Companii și departamente: recunoscute după domeniile de e-mail, cu cereri partajate cum alegeți.
admin-organisations-words = companii clienți departamente domenii partajare
admin-organisations-find = Nume sau domeniu
admin-organisations-none = Nicio organizație nu corespunde. Adăugați una pentru a grupa persoanele după domeniul de e-mail.
admin-organisation-add = Adaugă o organizație
admin-organisation-name = Nume
admin-organisation-people = Membri
admin-organisation-domains = Domenii de e-mail
admin-organisation-domains-help = Câte unul pe rând, de exemplu example.org. Cine scrie de acolo prima dată aparține organizației; cei cunoscuți rămân unde sunt.
admin-organisation-sharing = Cine vede cererile membrilor
admin-organisation-sharing-help = Pe portal, pe lângă cererile proprii. Agenții nu sunt afectați.
admin-sharing-none = Doar solicitantul
admin-sharing-managers = Managerii le văd pe toate
admin-sharing-everyone = Toți membrii le văd pe toate
admin-sharing-effect-none = Doar solicitantul: nimeni altcineva din organizație nu vede cererea
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
admin-token-name = Scop
admin-token-of = Cu drepturile cui
admin-token-used = creat { $made }, folosit ultima dată { $used }
admin-token-unused = creat { $made }, nefolosit
admin-token-revoke = Revocă
admin-token-revoke-named = Revocă { $name }
admin-told-revoked = Tokenul este revocat; programul este refuzat de acum.
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
admin-why-disabled = { $name } nu se poate autentifica, deci nu se aplică nicio regulă: nu vede nimic până la reactivarea autentificării.
admin-why-admin = Este administrator, iar administratorii văd orice tichet.
admin-why-auditor = Este auditor, iar auditorii citesc orice tichet.
admin-why-no-role = Nu este nici administrator, nici auditor.
admin-why-desk = Lucrează la { $desk }, de care ține acest tichet.
admin-why-no-desk = Nu lucrează la { $desk }, unde se află tichetul.
admin-why-requester = Este solicitantul.
admin-why-no-requester = Nu este solicitantul; solicitantul este { $name }.
admin-why-copy = Este în CC.
admin-why-watches = Urmărește tichetul.
admin-why-no-part = Nu este nici în CC, nici observator.
admin-why-no-organisation = Tichetul nu aparține niciunei organizații.
admin-why-manages = Este manager la { $organisation }, ale cărei cereri sunt văzute de manageri.
admin-why-shared = Aparține de { $organisation }, ai cărei membri își văd cererile reciproc.
admin-why-other-organisation = Nu aparține de { $organisation }, de care ține tichetul.
admin-why-unshared = Aparține de { $organisation }, ai cărei membri nu își partajează cererile.
admin-why-no-manager = Aparține de { $organisation }, dar nu este manager.
