search-in-file = Trong tệp
health-files = Tệp đính kèm
health-files-says = Đang chờ đọc để tìm kiếm: { $waiting }. Không đọc được: { $unread }.
