# Danh sách thành tệp

export-title = Xuất
export-csv = CSV
export-xlsx = Sổ làm việc Excel (XLSX)
export-json = JSON, đầy đủ phiếu
export-nothing = Hãy sửa bộ lọc trước.
export-begun = Đã bắt đầu xuất.
export-progress = Đã xuất: { $n } trên { $total } phiếu
export-broken = Việc xuất bị gián đoạn. Tệp chưa đầy đủ; hãy xuất lại.
export-done = Đã xuất { $n } phiếu.
