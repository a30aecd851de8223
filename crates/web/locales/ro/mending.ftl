error-mending-press = Doar cu Enter nu se știe ce modificare doriți: apăsați butonul ei.
