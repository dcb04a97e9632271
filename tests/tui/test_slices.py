"""Work that is done in slices goes on, however busy the machine is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from textual.message_pump import MessagePump
from textual.timer import Timer

from appo_tui.tui import slices
from appo_tui.tui.widgets import log_view
from tests.tui.acting import ActingWorkspace
from tests.tui.driving import driven

_SHORT_SECONDS = 0.05


@pytest.fixture
def no_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every slice is over at once, and Textual leaves short timers out: they always come too late."""
    monkeypatch.setattr(slices, "_SLICE_SECONDS", -1.0)
    monkeypatch.setattr(log_view, "_SLICE_SECONDS", -1.0)
    set_timer = MessagePump.set_timer

    def late(pump: MessagePump, delay: float, callback: Callable[[], Any], **rest: Any) -> Timer:
        return set_timer(pump, delay, (lambda: None) if delay < _SHORT_SECONDS else callback, **rest)

    monkeypatch.setattr(MessagePump, "set_timer", late)


@pytest.mark.usefixtures("no_time")
async def test_a_tree_is_filtered_to_its_end(workspace: ActingWorkspace) -> None:
    async with driven(workspace) as it:
        await it.press("slash", *"web[app1-2]", "enter")
        await it.sees("1 match  esc clears")
        await it.sees_no_more("Lamp[app2]")


@pytest.mark.usefixtures("no_time")
async def test_a_log_is_searched_to_its_end(workspace: ActingWorkspace) -> None:
    async with driven(workspace) as it:
        await it.press("colon", *"job 1", "enter")
        await it.sees("job 1")
        await it.press("tab")
        await it.sees("all nodes")
        await it.press("slash", *"no.such.line", "enter")
        await it.sees("no match")
