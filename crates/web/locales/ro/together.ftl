## Lucrul împreună
presence-viewing = { $name } citește acum
presence-editing = { $name } modifică proprietățile
presence-noting = { $name } scrie o notă
presence-replying = { $name } scrie un răspuns
error-presence-place = O pagină se numește cu 8 până la 64 de litere, cifre, cratime sau liniuțe de subliniere.
