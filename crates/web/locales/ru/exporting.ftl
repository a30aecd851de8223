# Списки в виде файлов

export-title = Экспорт
export-csv = CSV
export-xlsx = Книга Excel (XLSX)
export-json = JSON, заявки целиком
export-nothing = Сначала исправьте фильтр.
export-begun = Экспорт начат.
export-progress = Экспортировано заявок: { $n } из { $total }
export-broken = Экспорт прерван. Файл неполный; запустите экспорт ещё раз.
export-done = { $n ->
     [one] Экспортирована { $n } заявка.
     [few] Экспортированы { $n } заявки.
     [many] Экспортировано { $n } заявок.
    *[other] Экспортировано { $n } заявки.
 }
