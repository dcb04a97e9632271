"""Runs the program and notes its longest piece of work: ``python -m bench.loop_pieces FILE [WORDS...]``.

A piece is what the event loop of the screens does before it looks for a key again. The file gets the
milliseconds of processor time of the longest so far.
"""

from __future__ import annotations

import asyncio.events
import sys
import time
from collections.abc import Callable
from pathlib import Path

from appo_tui.__main__ import main

Run = Callable[[asyncio.events.Handle], None]


def timed(run: Run, file: Path) -> Run:
    """Returns a way to run a piece of work that notes how long it took."""
    longest = 0.0

    def run_timed(piece: asyncio.events.Handle) -> None:
        nonlocal longest
        began = time.thread_time()
        run(piece)
        took = time.thread_time() - began
        if took > longest:
            longest = took
            file.write_text(f"{took * 1000:.1f}")

    return run_timed


if __name__ == "__main__":
    noted = Path(sys.argv[1])
    # There is no other way to learn what the loop does between two looks at the keyboard.
    setattr(asyncio.events.Handle, "_run", timed(getattr(asyncio.events.Handle, "_run"), noted))  # noqa: B009, B010
    sys.argv[:2] = ["appo"]
    sys.exit(main())
