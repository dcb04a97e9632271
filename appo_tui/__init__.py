"""Puppet Application Orchestration, in the terminal and without a server."""

__version__ = "0.1.0"
