"""Widgets, one a file: they draw and post messages, and never read or write."""
