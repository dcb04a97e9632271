"""Who needs the fleet, and whether it runs: locks, which the kernel frees however a process ends."""

from __future__ import annotations

import fcntl
import subprocess
import sys
import time
from pathlib import Path
from typing import IO

from appo_tui.demo.places import DemoPlaces

_ANSWER_TIMEOUT = 20.0  # seconds; a fleet takes under one to start on a quiet machine
_POLL = 0.02


class FleetError(Exception):
    """The fleet could not be started."""


def watch(places: DemoPlaces) -> IO[str]:
    """Registers this process as one that needs the fleet, for as long as the returned file is open."""
    _make_private(places.state)
    file = places.viewers.open("a")
    fcntl.flock(file, fcntl.LOCK_SH)
    return file


def ensure_fleet(places: DemoPlaces) -> None:
    """Starts the fleet unless one runs, and waits until it answers. The caller must be watching.

    Raises:
        FleetError: it did not come up; the message has the end of its log.
    """
    fleet = _spawn(places) if _free(places.running) else None
    deadline = time.monotonic() + _ANSWER_TIMEOUT
    while not places.running.read_text():
        gone = fleet is not None and fleet.poll() is not None and _free(places.running)
        if gone or time.monotonic() > deadline:
            raise FleetError(f"the demo's nodes did not start: {_last_line(places.log)}")
        time.sleep(_POLL)


def _free(lock: Path) -> bool:
    """Tells whether nobody holds the lock; then what its last holder wrote is gone from it too."""
    with lock.open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        file.truncate(0)
        return True


def _spawn(places: DemoPlaces) -> subprocess.Popen[bytes]:
    with places.log.open("w") as log:
        return subprocess.Popen(
            [sys.executable, "-m", "appo_tui.demo.fleet"],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )


def _last_line(log: Path) -> str:
    lines = log.read_text(errors="replace").splitlines() if log.exists() else []
    return lines[-1] if lines else f"see {log}"


class FleetLock:
    """The fleet's own lock: there is one fleet."""

    def __init__(self, places: DemoPlaces) -> None:
        _make_private(places.state)
        self._places = places
        self._file = places.running.open("a")

    def take(self) -> bool:
        """Takes the lock; returns False where another fleet has it."""
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        self._file.truncate(0)
        return True

    def announce(self, process: int) -> None:
        """Tells those who wait that the fleet answers."""
        self._file.write(f"{process}\n")
        self._file.flush()


class Departure:
    """The fleet's view of its viewers."""

    def __init__(self, places: DemoPlaces) -> None:
        self._file = places.viewers.open("a")

    def close_if_unwatched(self) -> bool:
        """Tells whether nobody watches, and if so keeps new viewers waiting until this process has ended.

        One that comes meanwhile finds the fleet gone and starts another.
        """
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def reopen(self) -> None:
        """Lets viewers in again: there is a reason to stay."""
        fcntl.flock(self._file, fcntl.LOCK_UN)


def _make_private(directory: Path) -> None:
    directory.mkdir(mode=0o700, parents=True, exist_ok=True)
