"""Terminals that are smaller than 80 columns and 24 rows, and that become so."""

from __future__ import annotations

import pytest

from tests.tui.acting import ActingWorkspace
from tests.tui.driving import driven

SMALL = (40, 10)


async def test_the_answers_of_every_question_are_seen_in_a_small_terminal(workspace: ActingWorkspace) -> None:
    async with driven(workspace, size=SMALL) as it:
        await it.press("2")
        await it.sees("Environment")
        await it.press("r")
        await it.sees("Cancel (esc)")
        await it.sees("Run (y)")
        await it.press("escape", "o")
        await it.sees("Cancel (esc)")
        await it.sees("Description")
        await it.press(*["down"] * 7)
        await it.sees("Trace")
        await it.press("escape", "escape", "q")
        await it.sees("Quit (y)")


@pytest.mark.parametrize("keys", ["1", "2", "4", "5", "2r", "2o", "?", ":"])
async def test_every_screen_lives_through_any_size(workspace: ActingWorkspace, keys: str) -> None:
    async with driven(workspace, size=(200, 60)) as it:
        for key in keys:
            await it.press({"?": "question_mark", ":": "colon"}.get(key, key))
            await it.until(lambda: "Planning" not in it.text())
        for size in ((80, 24), (40, 10), (12, 4), (3, 2), (160, 48)):
            await it.pilot.resize_terminal(*size)
            await it.until(lambda rows=size[1]: len(it.text().splitlines()) == rows, f"{size[1]} rows")  # type: ignore[misc]
        await it.press("escape")
        assert it.app.is_running
