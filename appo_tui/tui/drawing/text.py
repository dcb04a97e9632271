"""Text from outside, made literal before it reaches the screen.

``File[/etc/x]``, ``Lamp[app1]`` and most lines of a run's log are Textual markup if they are passed as
they are: they crash or lose their brackets. Every sink takes one of the forms made here instead.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from appo_tui.environment.printable import printable

if TYPE_CHECKING:
    from rich.text import Text
    from textual.content import Content

__all__ = ["content", "literal", "printable"]


def content(text: str) -> Content:
    """Textual's content showing ``text`` as it is, control characters made visible."""
    from textual.content import Content

    return Content(printable(text))


def literal(text: str) -> Text:
    """Rich's text showing ``text`` as it is, control characters made visible."""
    from rich.text import Text

    return Text(printable(text))
