# 将列表导出为文件

export-title = 导出
export-csv = CSV
export-xlsx = Excel 工作簿 (XLSX)
export-json = JSON（完整工单）
export-nothing = 请先更正筛选。
export-begun = 导出已开始。
export-progress = 已导出：{ $n } / { $total } 个工单
export-broken = 导出已中断，文件不完整，请重新导出。
export-done = 已导出 { $n } 个工单。
