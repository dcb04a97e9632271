"""How runs reach nodes."""

from appo_tui.jobs.transport.protocol import (
    Errored,
    Interrupted,
    LogSink,
    NodeRun,
    Outcome,
    Reported,
    Transport,
    WaitingSink,
)

__all__ = [
    "Errored",
    "Interrupted",
    "LogSink",
    "NodeRun",
    "Outcome",
    "Reported",
    "Transport",
    "WaitingSink",
]
