"""The line in which one types."""

from __future__ import annotations

from textual.widgets import Input

from tests.tui.acting import ActingWorkspace
from tests.tui.driving import driven


async def test_a_key_that_follows_enter_closely_is_not_in_the_text(workspace: ActingWorkspace) -> None:
    async with driven(workspace) as it:
        await it.press("slash")
        await it.until(lambda: isinstance(it.app.focused, Input), "the prompt")
        await it.pilot.press(*"web", "enter", "n", "j")
        await it.sees("esc clears")
        assert it.app.screen.query_one("#tree").search_text == "web"  # type: ignore[attr-defined]
