"""What is remembered from one start to the next."""

from __future__ import annotations

from pathlib import Path

import pytest

from appo_tui.tui.remembered import Remembered, read_remembered, write_remembered
from tests.tui.acting import ActingWorkspace
from tests.tui.driving import driven


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "tui.json"
    write_remembered(path, Remembered("appo-light", {"JobScreen": "timeline"}))
    assert read_remembered(path) == Remembered("appo-light", {"JobScreen": "timeline"})


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"theme": 1, "sides": {}}', "\x00"])
def test_a_file_that_is_not_ours_is_as_none(tmp_path: Path, text: str) -> None:
    path = tmp_path / "tui.json"
    path.write_text(text)
    assert read_remembered(path) == Remembered()


async def test_a_screen_opens_with_the_side_pane_that_was_left(workspace: ActingWorkspace) -> None:
    async with driven(workspace, size=(160, 48)) as it:
        await it.press("2")
        await it.sees("Node run order")
        await it.press("right_square_bracket")
        await it.sees("Waits for")
        await it.press("escape", "2")
        await it.sees("Waits for")
        assert it.app.remembered.sides["PlanScreen"] == "why"
