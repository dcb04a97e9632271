"""The event loop of a process that holds connections to many nodes."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import Callable, Coroutine
from importlib.util import find_spec
from typing import Any, TypeVar

_T = TypeVar("_T")
_COLLECT_AFTER = 50_000
"""Objects made after which Python looks for cycles: with its own 700 it looks at every connection."""


def run_many_connections(main: Coroutine[Any, Any, _T]) -> _T:
    """Run a coroutine as asyncio.run does, on uvloop where that is installed."""
    usual = gc.get_threshold()
    gc.set_threshold(_COLLECT_AFTER, *usual[1:])
    try:
        with asyncio.Runner(loop_factory=_loop_factory()) as runner:
            return runner.run(main)
    finally:
        gc.set_threshold(*usual)


def _loop_factory() -> Callable[[], asyncio.AbstractEventLoop] | None:
    if find_spec("uvloop") is None:
        return None
    import uvloop

    return uvloop.new_event_loop
