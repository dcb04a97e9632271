"""Yes or no, in words: a tick that differs by its colour alone is none without colours."""

from __future__ import annotations

from typing import ClassVar

from rich.text import Text
from textual.binding import Binding, BindingType
from textual.reactive import reactive
from textual.widget import Widget


class Toggle(Widget, can_focus=True):
    """``[x] yes`` or ``[ ] no``; space turns it."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("space", "turn", "turn")]
    DEFAULT_CSS = """
    Toggle { width: 12; height: 1; padding: 0 1; }
    Toggle:focus { background: $primary; color: $text; text-style: bold; }
    """

    value: reactive[bool] = reactive(default=False)

    def __init__(self, *, value: bool, id: str) -> None:  # noqa: A002 (Textual's name)
        super().__init__(id=id)
        self.set_reactive(Toggle.value, value)

    def render(self) -> Text:
        """The answer."""
        return Text("[x] yes" if self.value else "[ ] no")

    def action_turn(self) -> None:
        """The other answer."""
        self.value = not self.value

    def on_click(self) -> None:
        """The other answer."""
        self.action_turn()
