# Iesūtne: saraksti, lasīšanas atzīmes, vairāku pieteikumu labošana, atsaukšana

undo-gone = To vairs nevar atsaukt.
bulk-refused = To neizdevās mainīt.
bulk-not-found = Tāda nav, vai tas nav jums pieejams.
bulk-one-edit = Norādiet tieši vienu izmaiņu.
