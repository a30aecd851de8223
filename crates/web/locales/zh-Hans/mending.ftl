error-mending-press = 仅按 Enter 无法判断要做哪项更改：请点击对应的按钮。
