# Lists as files

export-title = Export
export-csv = CSV
export-xlsx = Excel workbook (XLSX)
export-json = JSON, whole tickets
export-nothing = Correct the filter first.
export-begun = The export has started.
export-progress = Exported: { $n } of { $total } tickets
export-broken = The export was broken off. The file is not whole; start it again.
export-done = { $n ->
     [one] Exported: { $n } ticket.
    *[other] Exported: { $n } tickets.
 }
