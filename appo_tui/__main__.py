"""The program `appo`."""
