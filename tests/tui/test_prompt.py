"""The line in which one types."""

from __future__ import annotations

from textual.events import Key
from textual.widgets import Input

from appo_tui.tui.widgets.outline import Outline
from appo_tui.tui.widgets.prompt import PromptInput
from tests.tui.acting import ActingWorkspace
from tests.tui.driving import driven


async def test_a_key_that_follows_enter_closely_is_not_in_the_text(workspace: ActingWorkspace) -> None:
    async with driven(workspace) as it:
        await it.press("slash")
        await it.until(lambda: isinstance(it.app.focused, Input), "the prompt")
        await it.pilot.press(*"web", "enter", "n", "j")
        await it.sees("esc clears")
        assert it.app.screen.query_one("#tree").search_text == "web"  # type: ignore[attr-defined]


async def test_keys_that_come_all_at_once_are_taken_as_if_they_were_typed(workspace: ActingWorkspace) -> None:
    async with driven(workspace) as it:
        names = {"/": "slash", "[": "left_square_bracket", "\r": "enter", ":": "colon"}
        for character in "/n[0-9]\r:hi":
            it.app.post_message(Key(names.get(character, character), character))
        query = it.app.screen.query
        await it.until(
            lambda: any(each.has_focus and each.value == "hi" for each in query(PromptInput)), "the command"
        )
        assert it.app.screen.query_one("#tree", Outline).search_text == "n[0-9]"
