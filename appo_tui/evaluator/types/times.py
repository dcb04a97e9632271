"""Points in time and durations, to the nanosecond.

Manual: https://www.puppet.com/docs/puppet/7/lang_data_time.html
"""

from __future__ import annotations

import datetime
import functools
from dataclasses import dataclass

NANOSECONDS = 1_000_000_000


@functools.total_ordering
@dataclass(frozen=True, slots=True)
class Timestamp:
    """A point in time, in nanoseconds since 1970-01-01 UTC."""

    nanoseconds: int

    def __lt__(self, other: object) -> bool:
        return isinstance(other, Timestamp) and self.nanoseconds < other.nanoseconds

    def __str__(self) -> str:
        whole, fraction = divmod(self.nanoseconds, NANOSECONDS)
        moment = datetime.datetime.fromtimestamp(whole, tz=datetime.UTC)
        return f"{moment:%Y-%m-%dT%H:%M:%S}.{fraction:09d} UTC"

    @property
    def seconds(self) -> float:
        """Seconds since 1970-01-01 UTC."""
        return self.nanoseconds / NANOSECONDS


@functools.total_ordering
@dataclass(frozen=True, slots=True)
class Timespan:
    """A duration in nanoseconds, which may be negative."""

    nanoseconds: int

    def __lt__(self, other: object) -> bool:
        return isinstance(other, Timespan) and self.nanoseconds < other.nanoseconds

    @property
    def seconds(self) -> float:
        """The duration in seconds."""
        return self.nanoseconds / NANOSECONDS

    def __str__(self) -> str:
        whole, fraction = divmod(abs(self.nanoseconds), NANOSECONDS)
        days, rest = divmod(whole, 86_400)
        hours, rest = divmod(rest, 3_600)
        minutes, seconds = divmod(rest, 60)
        sign = "-" if self.nanoseconds < 0 else ""
        digits = f"{fraction:09d}".strip("0") or "0"  # Puppet's: 5 ms and 500 ms look the same
        return f"{sign}{days}-{hours:02d}:{minutes:02d}:{seconds:02d}.{digits}"
