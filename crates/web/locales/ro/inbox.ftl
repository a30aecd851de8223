# Lista de lucru: liste, semne de citire, modificări pentru mai multe tichete, revenire

undo-gone = Aceasta nu mai poate fi anulată.
bulk-refused = Nu a putut fi modificat.
bulk-not-found = Nu există sau nu aveți acces.
bulk-one-edit = Indicați exact o singură modificare.
