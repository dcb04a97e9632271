"""The TUI in a browser: a web server that starts one for each visitor, and lets in who may come."""
