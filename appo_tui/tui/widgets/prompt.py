"""The line in which one types a filter, a search or a command."""

from __future__ import annotations

from typing import ClassVar, Literal

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.message import Message
from textual.suggester import SuggestFromList
from textual.widgets import Input, Label

from appo_tui.tui.drawing.text import content

Purpose = Literal["/", "&", ":"]


class PromptInput(Input):
    """An input that submits at once: what is typed after enter is not for it any more.

    Textual handles enter when the key has come up to the app; a letter that follows closely would be in the
    text before.
    """

    class Entered(Message):
        """Enter was pressed."""

        def __init__(self, value: str) -> None:
            super().__init__()
            self.value = value

    def __init__(self) -> None:
        # When it has the keyboard at last, what was typed before must not be selected, and so be replaced.
        super().__init__(select_on_focus=False)
        self.open = False

    def begin(self, text: str) -> None:
        """Begin with a text that is there to be changed, or to be typed over."""
        self.open = True
        self.value = text
        self.select_all()

    def take(self, character: str) -> None:
        """Take a character as if it had been typed here."""
        if self.selection.is_empty:
            self.insert_text_at_cursor(character)
        else:
            self.replace(character, *self.selection)

    def on_key(self, event: events.Key) -> None:
        """Submit; once that is done, let keys go to what has the keyboard next."""
        if not self.open:
            event.prevent_default()
        elif event.key == "enter":
            event.stop()
            event.prevent_default()
            self.submit()

    async def action_submit(self) -> None:
        """Submit, if enter came by way of the app."""
        self.submit()

    def submit(self) -> None:
        """Hand over the text as it is now."""
        if self.open:
            self.open = False
            self.post_message(self.Entered(self.value))


class Prompt(Horizontal):
    """An input with a sign before it: ``/`` filter or search, ``&`` only, ``:`` command.

    What was entered before comes back with up and down, by purpose.
    """

    DEFAULT_CSS = """
    Prompt { height: 1; dock: bottom; background: $surface; }
    Prompt Label { width: 2; text-style: bold; padding: 0 0 0 1; }
    Prompt Input { border: none; height: 1; padding: 0; background: $surface; &:focus { border: none; } }
    """

    _entered: ClassVar[dict[str, list[str]]] = {}

    class Changed(Message):
        """What is typed so far: a preview of the effect."""

        def __init__(self, purpose: Purpose, text: str) -> None:
            super().__init__()
            self.purpose: Purpose = purpose
            self.text = text

    class Entered(Message):
        """Enter was pressed."""

        def __init__(self, purpose: Purpose, text: str) -> None:
            super().__init__()
            self.purpose: Purpose = purpose
            self.text = text

    class Left(Message):
        """Escape was pressed."""

        def __init__(self, purpose: Purpose) -> None:
            super().__init__()
            self.purpose: Purpose = purpose

    def __init__(self) -> None:
        super().__init__()
        self._purpose: Purpose = "/"
        self._recalled = 0
        self.display = False

    def compose(self) -> ComposeResult:
        """A sign and an input."""
        yield Label("/")
        yield PromptInput()

    def open(self, purpose: Purpose, text: str, suggestions: list[str]) -> None:
        """Begin to ask, with what is in force as the text to change."""
        self._purpose = purpose
        self._recalled = 0
        self.query_one(Label).update(content(purpose))
        field = self.query_one(PromptInput)
        field.suggester = SuggestFromList(suggestions, case_sensitive=False) if suggestions else None
        field.begin(text)
        self.display = True
        # At once: the next key may be here already, and it belongs to the prompt.
        self.screen.set_focus(field)

    def take_stray_key(self, event: events.Key) -> bool:
        """Take a key that reached a pane although the prompt is open; tells whether it did.

        What the input takes goes no further, so what comes here was typed before the prompt had the
        keyboard and is meant for it.
        """
        if not self.display or not (event.is_printable or event.key == "escape"):
            return False
        if event.key == "escape":
            self._leave()
        elif event.character is not None:
            self.query_one(PromptInput).take(event.character)
        return True

    def enter(self) -> tuple[Purpose, str]:
        """Close; returns what was asked for, and the answer."""
        field = self.query_one(PromptInput)
        field.open = False
        self._close(field.value)
        return self._purpose, field.value

    def _leave(self) -> None:
        self.query_one(PromptInput).open = False
        self.display = False
        self.post_message(self.Left(self._purpose))

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        if self.display:
            self.post_message(self.Changed(self._purpose, event.value))

    @on(PromptInput.Entered)
    def _submitted(self, event: PromptInput.Entered) -> None:
        event.stop()
        self._close(event.value)
        self.post_message(self.Entered(self._purpose, event.value))

    def _close(self, text: str) -> None:
        entered = self._entered.setdefault(self._purpose, [])
        if text and text not in entered[-1:]:
            entered.append(text)
        self.display = False

    def on_key(self, event: events.Key) -> None:
        """Escape leaves; up and down recall."""
        if event.key == "escape":
            event.stop()
            self._leave()
        elif event.key in ("up", "down"):
            event.stop()
            entered = self._entered.get(self._purpose, [])
            self._recalled = max(0, min(len(entered), self._recalled + (1 if event.key == "up" else -1)))
            self.query_one(PromptInput).value = entered[-self._recalled] if self._recalled else ""
