"""Going on with work when what else there is to do has had its turn."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from textual.message_pump import MessagePump


def call_after(seconds: float, pump: MessagePump, callback: Callable[[], object]) -> None:
    """Have a widget, say, call back in its own turn, after a rest.

    For a few milliseconds Textual's timers are not to be relied upon: a timer that has just begun and is late
    by then, as happens on a busy machine, never calls. What goes on from call to call would stop there.
    """
    asyncio.get_running_loop().call_later(seconds, pump.call_later, callback)
