"""Dialogs: modal screens, typed by their answer."""
