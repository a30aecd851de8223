error-mending-press = Enter alone does not say which change you mean: press its button.
