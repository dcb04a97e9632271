"""Values to lines of text: what screens and widgets show, without a widget in it."""
