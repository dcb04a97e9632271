"""The log of a simulated run, in the form of Puppet's ``--logdest logstash_event``."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TextIO

from appo_tui.demo.resources import Resource


def timestamp(moment: float) -> str:
    """Returns seconds since the epoch as Puppet writes them."""
    return datetime.fromtimestamp(moment, UTC).strftime("%Y-%m-%dT%H:%M:%S.%f000+00:00")


@dataclass(slots=True)
class RunLog:
    """Where the run's messages go, at once, a line each; and all of them again for the report.

    Attributes:
        stream: standard output.
        structured: JSON lines, else the console's form.
        verbose: messages of level info and debug too.
        entries: what was logged.
    """

    stream: TextIO
    structured: bool
    verbose: bool
    clock: Clock
    entries: list[dict[str, object]] = field(default_factory=list)

    def write(self, level: str, message: str, resource: Resource | None = None, at: str = "") -> None:
        """Logs a message; ``at`` is a property of the resource."""
        if level in ("info", "debug") and not self.verbose:
            return
        source = "Puppet"
        if resource is not None:
            source = f"{resource.source}/{at}" if at else resource.source
        entry: dict[str, object] = {
            "level": level,
            "message": message,
            "source": source,
            "tags": [level, *(resource.tags if resource else ())],
            "file": resource.file if resource else None,
            "line": resource.line if resource else None,
        }
        moment = timestamp(self.clock.now())
        if self.structured:
            self.stream.write(json.dumps({**entry, "version": 1, "@timestamp": moment}) + "\n")
        else:
            label = {"err": "Error", "warning": "Warning"}.get(level, level.capitalize())
            place = f"{source}: " if resource else ""
            self.stream.write(f"{label}: {place}{message}\n")
        self.stream.flush()
        self.entries.append({**entry, "time": moment})


class Clock:
    """The time, and how it passes: the tests have one of their own."""

    def now(self) -> float:
        """Returns seconds since the epoch."""
        import time

        return time.time()

    def wait(self, seconds: float) -> None:
        """Lets time pass."""
        import time

        time.sleep(seconds)
