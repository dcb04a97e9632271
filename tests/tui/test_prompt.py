"""The line in which one types."""

from __future__ import annotations

import asyncio

from textual.events import Key
from textual.widgets import Input

from appo_tui.tui.screens.applications import ApplicationsScreen
from appo_tui.tui.screens.prompting import PromptingScreen
from appo_tui.tui.widgets.outline import Outline
from appo_tui.tui.widgets.prompt import Prompt, PromptInput
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


async def test_what_was_typed_before_the_line_had_the_keyboard_stays(workspace: ActingWorkspace) -> None:
    async with driven(workspace) as it:
        screen = it.app.screen
        assert isinstance(screen, ApplicationsScreen)
        await screen.action_command_line()
        assert screen.take_stray_key(Key("h", "h"))
        await it.until(lambda: screen.query_one(PromptInput).has_focus)
        await it.press(*"ist", "enter")
        await it.sees("try it")


async def test_a_filter_in_force_comes_back_to_be_typed_over(workspace: ActingWorkspace) -> None:
    async with driven(workspace) as it:
        await it.press("slash", *"web2", "enter")
        await it.sees("/web2")
        await it.press("slash", *"lb1", "enter")
        await it.sees("/lb1")
        await it.press("slash", "end", *"|web2", "enter")
        await it.sees("/lb1|web2")


async def test_the_prompt_may_be_wanted_while_it_is_being_made(workspace: ActingWorkspace) -> None:
    async with driven(workspace) as it:
        await it.press("4")
        await it.sees("try it")
        await it.press("1", "5")
        screen = it.app.screen
        assert isinstance(screen, PromptingScreen)
        await asyncio.gather(screen.prepare_prompt(), screen.action_command_line(), screen.prepare_prompt())
        assert len(screen.query(Prompt)) == 1
        await it.press(*"hist", "enter")
        await it.sees("try it")
