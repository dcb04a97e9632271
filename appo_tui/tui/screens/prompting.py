"""Screens with a line in which one types: filters, searches and commands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import events
from textual.widget import AwaitMount, Widget

from appo_tui.tui.filters import FilterError
from appo_tui.tui.screens.read_only import ReadOnlyScreen
from appo_tui.tui.widgets.lined import Lined

if TYPE_CHECKING:
    from appo_tui.tui.widgets.prompt import Prompt, Purpose


class PromptingScreen(ReadOnlyScreen):
    """A screen with a prompt, which is mounted when it is first wanted."""

    def __init__(self) -> None:
        super().__init__()
        self._asked_for: Widget | None = None
        self._text_before = ""
        self._prompt_mounted: AwaitMount | None = None
        """To be awaited before the prompt is used; None as long as there is none."""

    async def action_find(self) -> None:
        """Filter rows, or search text."""
        await self._ask("/")

    async def action_filter(self) -> None:
        """Show only lines that match."""
        await self._ask("&")

    async def action_command_line(self) -> None:
        """Type a command."""
        await self._ask(":")

    def action_next_match(self) -> None:
        """The next match."""
        if isinstance(self.focused, Lined):
            self.focused.next_match(1)

    def action_previous_match(self) -> None:
        """The match before."""
        if isinstance(self.focused, Lined):
            self.focused.next_match(-1)

    def searched(self, outcome: str) -> None:
        """A search has an outcome, such as a count of matches, to be told."""

    def on_lined_searched(self, event: Lined.Searched) -> None:
        """A search that goes on has come further."""
        if event.lined in (self.focused, self._asked_for):
            self.searched(event.outcome)

    async def _ask(self, purpose: Purpose) -> None:
        pane = self.focused
        if purpose != ":" and not isinstance(pane, Lined):
            return
        await self.prepare_prompt()
        prompt = self._prompt()
        assert prompt is not None
        self._asked_for = pane
        self._text_before = _in_force(pane, purpose)
        prompt.open(purpose, self._text_before, self.appo.commands() if purpose == ":" else [])

    async def prepare_prompt(self) -> None:
        """Have the prompt mounted, before it is wanted if there is time; both may be under way at once."""
        from appo_tui.tui.widgets.prompt import Prompt

        if self._prompt_mounted is None and self.is_attached:
            self._prompt_mounted = self.mount(Prompt())
        if self._prompt_mounted is not None:
            await self._prompt_mounted

    def take_stray_key(self, event: events.Key) -> bool:
        """Take a key that was on its way to a pane when the prompt opened; tells whether it was one."""
        prompt = self._prompt()
        if prompt is None or not prompt.display:
            return False
        if event.key == "enter":
            self._enter(*prompt.enter())
            return True
        return prompt.take_stray_key(event)

    def _prompt(self) -> Prompt | None:
        from appo_tui.tui.widgets.prompt import Prompt

        return next(iter(self.query(Prompt)), None)

    def _apply(self, purpose: Purpose, text: str) -> None:
        pane = self._asked_for
        if not isinstance(pane, Lined):
            return
        try:
            self.searched(pane.only(text) if purpose == "&" else pane.search(text))
        except FilterError as error:
            self.searched(str(error))

    def on_prompt_changed(self, event: object) -> None:
        """Show the effect of what is typed so far."""
        from appo_tui.tui.widgets.prompt import Prompt

        assert isinstance(event, Prompt.Changed)
        if event.purpose != ":":
            self._apply(event.purpose, event.text)

    def on_prompt_entered(self, event: object) -> None:
        """Do it."""
        from appo_tui.tui.widgets.prompt import Prompt

        assert isinstance(event, Prompt.Entered)
        self._enter(event.purpose, event.text)

    def _enter(self, purpose: Purpose, text: str) -> None:
        self._give_keyboard_back()
        if purpose == ":":
            self.appo.run_command(text)
        else:
            self._apply(purpose, text)

    def on_prompt_left(self, event: object) -> None:
        """Leave everything as it was before."""
        from appo_tui.tui.widgets.prompt import Prompt

        assert isinstance(event, Prompt.Left)
        self._give_keyboard_back()
        if event.purpose != ":":
            self._apply(event.purpose, self._text_before)

    def _give_keyboard_back(self) -> None:
        if self._asked_for is not None and self._asked_for.is_attached:
            self.set_focus(self._asked_for)


def _in_force(pane: Widget | None, purpose: Purpose) -> str:
    if not isinstance(pane, Lined):
        return ""
    return {"/": pane.search_text, "&": pane.only_text, ":": ""}[purpose]
