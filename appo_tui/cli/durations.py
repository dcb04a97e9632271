"""Spans of time in words."""

from __future__ import annotations


def duration(seconds: float) -> str:
    """Returns a span of time for a person: ``47 sec``, ``3 min 5 sec``, ``2 h 10 min``."""
    whole = round(seconds)
    if whole < 60:
        return f"{whole} sec"
    if whole < 3600:
        return f"{whole // 60} min {whole % 60} sec"
    return f"{whole // 3600} h {whole % 3600 // 60} min"
