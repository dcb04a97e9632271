"""Times and durations as people read them."""

from __future__ import annotations

from datetime import datetime


def clock(moment: float | None) -> str:
    """A moment, in seconds since the epoch, on the user's own clock."""
    if moment is None:
        return ""
    return f"{datetime.fromtimestamp(moment):%Y-%m-%d %H:%M:%S}"  # noqa: DTZ006 (the user's own time)


def duration(seconds: float | None) -> str:
    """A duration, short: ``0.4s``, ``12s``, ``3m05s``, ``2h07m``, ``4d03h``."""
    if seconds is None:
        return ""
    if seconds < 10:
        return f"{max(0.0, seconds):.1f}s"
    whole = int(seconds)
    if whole < 60:
        return f"{whole}s"
    if whole < 3600:
        return f"{whole // 60}m{whole % 60:02}s"
    if whole < 86_400:
        return f"{whole // 3600}h{whole % 3600 // 60:02}m"
    return f"{whole // 86_400}d{whole % 86_400 // 3600:02}h"


def age(moment: float, now: float) -> str:
    """How long ago a moment was, in the largest unit that fits."""
    seconds = max(0, int(now - moment))
    for unit, size in (("d", 86_400), ("h", 3600), ("m", 60)):
        if seconds >= size:
            return f"{seconds // size}{unit} ago"
    return f"{seconds}s ago"
