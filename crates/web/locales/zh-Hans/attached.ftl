search-in-file = 在文件中
health-files = 附件
health-files-says = 等待读取以供搜索：{ $waiting }。无法读取：{ $unread }。
