## Kopīgs darbs
presence-viewing = { $name } skatās
presence-editing = { $name } maina īpašības
presence-noting = { $name } raksta piezīmi
presence-replying = { $name } raksta atbildi
error-presence-place = Lapas nosaukumā ir 8 līdz 64 burti, cipari, defises vai pasvītras.
