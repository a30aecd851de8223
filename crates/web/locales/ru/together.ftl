## Совместная работа
presence-viewing = { $name } просматривает
presence-editing = { $name } меняет свойства
presence-noting = { $name } пишет заметку
presence-replying = { $name } пишет ответ
error-presence-place = Страница называет себя 8–64 латинскими буквами, цифрами, дефисами или подчёркиваниями.
