error-mending-press = Chỉ nhấn Enter thì chưa rõ bạn muốn thay đổi gì: hãy bấm nút tương ứng.
