"""Screens, one a file with its style sheet beside it: they compose widgets and route messages."""
