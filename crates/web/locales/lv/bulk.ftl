bulk-all = Viss šajā sarakstā, ne tikai tas, kas redzams
bulk-look-title = { $n ->
    [zero] Mainīt { $n } pieteikumu
    [one] Mainīt { $n } pieteikumu
   *[other] Mainīt { $n } pieteikumus
}
bulk-look-found = Atrasti pēc
bulk-look-some = Pirmie { $looked } no { $n } tika izmēģināti un atgriezti, kā bija:
bulk-look-all = Visi tika izmēģināti un atgriezti, kā bija:
bulk-look-changed = { $n ->
    [zero] Mainītos { $n }
    [one] Mainītos { $n }
   *[other] Mainītos { $n }
}
bulk-look-refused = { $n ->
    [zero] { $n } nevar mainīt:
    [one] { $n } nevar mainīt:
   *[other] { $n } nevar mainīt:
}
bulk-look-mails = { $n ->
    [zero] Sūtīt { $n } atbilžu, vienu katram pieteikumam
    [one] Sūtīt { $n } atbildi, vienu katram pieteikumam
   *[other] Sūtīt { $n } atbildes, vienu katram pieteikumam
}
bulk-look-mails-help = Bez šīs atzīmes nevienam netiek rakstīts, viss pārējais tiek izdarīts. Nosūtīto atsaukt nevar.
bulk-look-undo = Tas notiek fonā. To var apturēt un vienas dienas laikā atsaukt ar vienu darbību.
bulk-look-do = { $n ->
    [zero] Mainīt { $n } pieteikumu
    [one] Mainīt { $n } pieteikumu
   *[other] Mainīt { $n } pieteikumus
}
bulk-run-title = Daudzu pieteikumu maiņa
bulk-run-progress = Norise
bulk-run-of = { $done } no { $n }
bulk-run-leave = Šo lapu varat atstāt: darbs turpinās, un ceļš atpakaļ paliek sānjoslā.
bulk-run-stop = Apturēt
bulk-run-undo = Atsaukt visu
bulk-run-again = Skatīt vēlreiz
bulk-run-running = Pieteikumi tiek mainīti.
bulk-run-undoing = Maiņa tiek atsaukta.
bulk-run-undone = Maiņa ir atsaukta.
bulk-run-stopped = Apturēts. Līdz tam mainītais paliek.
bulk-run-done = Gatavs.
bulk-run-kept = { $n ->
    [zero] { $n } palika kaut kas, kas pa to laiku mainīts:
    [one] { $n } palika kaut kas, kas pa to laiku mainīts:
   *[other] { $n } palika kaut kas, kas pa to laiku mainīts:
}
bulk-run-more = { $n ->
    [zero] un vēl { $n }
    [one] un vēl { $n }
   *[other] un vēl { $n }
}
bulk-working = Maina pieteikumus: { $done } no { $n }
bulk-working-back = Atsauc: { $done } no { $n }
error-bulk-none = Nav neviena pieteikuma: saraksts ir tukšs, vai nosauktais nav jums pieejams.
error-bulk-max = Vienā reizē var mainīt ne vairāk kā { $max } pieteikumus. Sašauriniet vaicājumu.
error-bulk-mails = Saraksts ir mainījies: tagad tiktu rakstīts { $n } pieteicējiem. Pirms apstiprināšanas paskatieties vēlreiz.
error-bulk-runs = Jums jau notiek { $max } maiņas. Pagaidiet, līdz kāda beidzas, vai apturiet kādu.
error-bulk-ended = Tas jau ir beidzies.
error-bulk-which = Norādiet vai nu vaicājumu, vai pieteikumus.
error-bulk-unread = Atzīmēt kā lasītus vai nelasītus var tikai pa vienam atlasītus pieteikumus.
